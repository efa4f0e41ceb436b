"""Reads the figures of one sentence: shapes claim chunks, lists add up, parts find their totals."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.extract.chunks import Chunk, Row
from digests.extract.counting import lexicon
from digests.extract.crowdnouns import YEAR_OLD
from digests.extract.drafts import ONE, SUM_RULE, Draft
from digests.extract.shapes import Shape, verb_span
from digests.extract.victimnames import name_before, name_ending
from digests.extract.victims import NATIONALS, OTHERS, PEOPLE, group_of, is_demonym, is_person
from digests.text.document import Document
from digests.text.numbers import Amount
from digests.text.numberwords import Hedge
from digests.types import Bounds, Measure, Span

# Shapes whose lists never name all victims.
_PARTIAL_SHAPES = frozenset(
    {
        "casualties.body",
        "casualties.among_body",
        "casualties.with_others",
        "casualties.along",
        "casualties.were_among_body",
    }
)
# Here a participle tells "the hostages" apart, not "two of the hostages".
_MODIFYING_SHAPES = frozenset({"casualties.state", "casualties.relative"})
# Who says so stands between the counted and their verb.
_TOLD_BETWEEN = frozenset({"casualties.reported_by", "casualties.active_insert"})
# "two more died, bringing the total to 15"
_NEW_TOTAL = "casualties.new_total"
# "Police freed 11 hostages"
_FREED = "casualties.freed"
# "Of the 34 killed, 20 were children"
OF_COUNTED = "casualties.of_counted"
# Words between "twelve of the dead" and "identified".
NAMED_REACH = 5
# "lost three men"
_LOST = "casualties.lost"
# A label in front of its number
_LABEL = "casualties.label"
# Of rules that find their chunk without a pattern over tags.
_NO_SHAPE = re.compile("")
# Tags of ", two of whom were children,": no new subject.
_WHOM = re.compile(r",[NnQ]B[^,]+,")
# From the end of a relative clause to the main verb, over tags.
_MAIN_VERB = re.compile(r"[pwdasf,SUt]{0,14}?(?:(?<!s)a*H?Ba*[VA]|(?<![sSUc])a*H?a*I)")
# Tags of what may follow "nine survived".
_CLAUSE_ENDS = frozenset({"", ";", ",", ")", "c", "p", "s"})
# Tags in front of "20 dead" that never were: "we could have had 20 dead".
_MIGHT_HAVE = re.compile(r"Ma?[HOLB][aHOLB]{0,3}$")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words between "members" and the crowd that they are members of.
_LONGEST_WHOLE = 7
# What may be over when the sentence ends.
_PASSING = frozenset({Measure.MISSING, Measure.RESCUED, Measure.INJURED})
# An amount of something unknown counts people only beside these.
_COUNTS_UNKNOWN = frozenset(
    {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING}
)


@dataclass(slots=True)
class _Deed:
    """What the words of a shape's verbs say of those whom they hit."""

    is_shot: bool
    # Whether it is left open that they lived.
    is_open: bool
    # Whether victims may be dead or alive ("victims", "casualties").
    is_any: bool
    is_weak: bool
    # Whether somebody cares for those counted ("treating 37").
    is_treated: bool
    is_stage: bool
    # Whether those listed so are counted, be they some of people known ("as missing").
    is_predicate: bool
    # "neutralised": what armies do to fighters.
    is_military: bool
    is_survival: bool


@functools.lru_cache(maxsize=4096)
def _deed(verbs: tuple[str, ...]) -> _Deed:
    """What some verbs say by their words; news uses the same few."""
    words = lexicon()
    return _Deed(
        is_shot=not words.shot.isdisjoint(verbs),
        is_open=words.survives.isdisjoint(verbs),
        is_any=not words.any_victims.isdisjoint(verbs),
        is_weak=bool(verbs) and words.weak.issuperset(verbs),
        is_treated=not words.treats.isdisjoint(verbs),
        is_stage=any(not words.stages.isdisjoint(verb.split()) for verb in verbs),
        is_predicate=not words.predicates.isdisjoint(verbs),
        is_military=not words.kills_fighters.isdisjoint(verbs),
        is_survival=not words.survivals.isdisjoint(verbs),
    )


class SentenceReader:
    """Applies shapes to one sentence and keeps what they claim."""

    def __init__(self, document: Document, sentence: Span, chunks: Row) -> None:
        self.document = document
        self.sentence = sentence
        self.tokens = chunks.tokens
        self.chunks = chunks
        self.tags = chunks.tags
        self.drafts: list[Draft] = []
        self.taken: dict[int, Draft] = {}
        self.blocked: set[int] = set()

    def apply(self, shape: Shape) -> None:
        at = 0
        while at < len(self.tags):
            found = shape.pattern.search(self.tags, at)
            if found is None:
                return
            if shape.is_known:
                at = found.end()
                self._take_known(shape, found)
                continue
            at = max(found.end("n"), at + 1)
            begin = found.start("n")
            if "p" in shape.pattern.groupindex and found.group("p"):
                if found.group("p").rstrip("a").endswith("c") and self._is_met(begin):
                    continue
                switched = self._whom_counts(found) or _real_subject(
                    found.group("p"), self.chunks, found.start("p")
                )
                if switched is not None and switched > begin:
                    at = switched
                    continue
                if _is_told_twice(found.group("p"), self.chunks[found.start("p") + 1]):
                    at = found.end("p")
            self._take(shape, found, begin)

    def _is_met(self, index: int) -> bool:
        """ "The vicar met nine people in the hall and died": an object, behind the subject of both verbs."""
        clause = self.tags[max(self.tags.rfind(",", 0, index), self.tags.rfind(";", 0, index)) + 1 : index]
        return len(clause) > 1 and clause[-1] in "wk" and clause[0] in "wSUN"

    def _whom_counts(self, found: re.Match[str]) -> int | None:
        """Index of the counted in "46 people, of whom 45 were killed": not the 46."""
        at = found.end("p") - 1
        if self.tags[at] == "r" and self.tags[found.start("n")] == "Q" and self.tags[at - 1] in "nNU":
            # "two articles on the six nuns that were murdered"
            return at - 1
        is_other = at > found.end("n") and self.tags[at - 1 : at + 1] in ("ni", "Ni")
        if is_other and self.word(self.chunks[at]) in lexicon().of_whom:
            # "800 volunteers, none of whom fell ill"
            return at - 1
        if self.tags[at] not in "nN" or self.tags[at - 1] != "i":
            return None
        return at if self.word(self.chunks[at - 1]) in lexicon().of_whom else None

    def _take(self, shape: Shape, found: re.Match[str], begin: int) -> None:
        spoken = [self.chunks[i] for i in range(*verb_span(found))]
        verbs = [verb for verb in spoken if verb.measure is not None]
        counted = "g" if shape.is_one else "NnQF"
        members = [i for i in range(begin, found.end("n")) if self.tags[i] in counted]
        if shape.verbs is not None and self.word(self.chunks[found.start("v")]) not in shape.verbs:
            return
        if shape.id == OF_COUNTED and self._are_named(found.end("n") - 1):
            return
        if shape.joints is not None and self.word(self.chunks[found.start("j")]) not in shape.joints:
            return
        if shape.heads is not None:
            members = [member for member in members if self.chunks[member].head in shape.heads]
        if shape.id == "casualties.toll":
            members = [self._new_toll(member) for member in members]
        known = self.tags[begin : found.end("n")].count("S")
        if self.is_unreal(found, verbs):
            self.blocked.update(members)
            return
        if shape.id == _NEW_TOTAL:
            measure = self._measure_before(begin)
        else:
            measure = shape.measure or self.measure_of(verbs, found.end("n"))
        is_clause = shape.id == "casualties.relative" or (found.groupdict().get("p") or "").endswith("r")
        if measure in _PASSING and is_clause:
            became = self._became_of(found.end())
            if became is None and shape.id != "casualties.relative" and self.chunks[begin].is_subset:
                # "Four of the seven who had been missing": what became of the four is told elsewhere, or not at all.
                return
            measure = became or measure
        deed = _deed(tuple([self.word(verb) for verb in verbs]))
        made: list[Draft] = []
        for member in members:
            chunk = self.chunks[member]
            if member in self.taken or member in self.blocked or chunk.amount is None:
                continue
            chosen = chunk.measure if chunk.tag == "F" else measure
            if chosen is None or self._hits_nobody(shape, chunk, member, chosen, deed):
                continue
            if shape.id == _LOST and not self._are_lost(chunk):
                continue
            if shape.id == _FREED and not lexicon().let_go.isdisjoint(self.tokens.lows):
                # "The group frees 14 hostages in exchange for prisoners."
                continue
            draft = self.draft(shape, chunk, member, chosen, found)
            draft.is_shot = deed.is_shot and chosen is Measure.INJURED
            draft.is_open = deed.is_open and (chosen is Measure.INJURED or deed.is_any)
            draft.is_aged = self._has_age(chunk, member)
            draft.is_stage = deed.is_stage
            self.keep(member, draft)
            made.append(draft)
        if (
            len(members) + known > 1
            and made
            and len(made) == len(members)
            and shape.id not in _PARTIAL_SHAPES
        ):
            self._add_up(made, known=known, start=begin, end=found.end("n"))

    def _are_named(self, index: int) -> bool:
        """Whether some of a body are only known by name: "Of the 14 dead, 11 have been identified"."""
        behind = self.chunks[index].last
        return not lexicon().named.isdisjoint(self.tokens.lows[behind : behind + NAMED_REACH])

    def _are_lost(self, chunk: Chunk) -> bool:
        """Whoever fights loses men, a family its sons; a club that "lost two players" lost nobody."""
        if chunk.head in lexicon().lost_heads or (chunk.is_own and chunk.head is None):
            # "lost two of its own"
            return True
        return self._victims(chunk)[1] in lexicon().lost_groups

    def _became_of(self, at: int) -> Measure | None:
        """ "Nine hikers who had been missing since Friday were found dead": the verb behind the clause tells more."""
        main = _MAIN_VERB.match(self.tags, at)
        measure = self.chunks[main.end() - 1].measure if main is not None else None
        return measure if measure in (Measure.KILLED, Measure.RESCUED) else None

    def _measure_before(self, index: int) -> Measure | None:
        """What the count before a chunk counts: "two more died, bringing the total to 15"."""
        before = [draft for draft in self.drafts if draft.index < index]
        return max(before, key=lambda draft: draft.index).measure if before else None

    def _hits_nobody(self, shape: Shape, chunk: Chunk, index: int, measure: Measure, deed: _Deed) -> bool:
        """Whether an amount that a shape claims counts no victims, or is counted elsewhere."""
        tag = chunk.tag
        if shape.id == _LABEL:
            # "Captured: 4": the label leaves no doubt.
            return False
        if (
            deed.is_weak
            and tag != "N"
            and not (tag == "n" and (deed.is_treated or self._is_of_people(index)))
        ):
            return True
        if deed.is_weak and self._is_old_thing(chunk):
            return True
        if deed.is_military and group_of([chunk.head or ""]) not in lexicon().fighters:
            return True
        if measure is Measure.RESCUED and deed.is_survival and not self._survive(shape, index):
            return True
        if chunk.amount is not None and chunk.amount.bounds.high == 0 and self._is_badly(index):
            return True
        if tag == "Q" and (measure not in _COUNTS_UNKNOWN or (deed.is_shot and measure is Measure.INJURED)):
            # Cars and windows are shot at, too.
            return True
        if shape.is_one and self.tags[max(0, index - 2) : index] == "N,":
            # "a woman, 22, was shot": counted by her noun
            return True
        if chunk.is_subset and shape.id in _MODIFYING_SHAPES and not (deed.is_predicate or chunk.is_own):
            return True
        if deed.is_shot and index and self.word(self.chunks[index - 1]) in lexicon().fires:
            # "fired one shot"
            return True
        is_bare = tag == "n" and chunk.amount is not None and not chunk.amount.is_word
        if deed.is_shot and is_bare and shape.id == "casualties.active":
            # "shot 46": strokes, points
            return True
        is_one = chunk.amount is not None and chunk.amount.bounds == ONE
        if chunk.head in lexicon().one_body and not is_one:
            # "four body parts", "seven body bags"
            return True
        return chunk.head in lexicon().bodies and not self._is_found_body()

    def _is_of_people(self, index: int) -> bool:
        """Whether a number without a noun counts people told of before: "of 22 miners, 19", "three others"."""
        before = self.tags[:index]
        return self.chunks[index].is_others or ("N" in before and "Q" not in before)

    def _is_old_thing(self, chunk: Chunk) -> bool:
        """ "A 26-year-old ferry was hit": an age in front of a noun that neither names nor tells of a person."""
        head = chunk.head
        if head is None or is_person(head) or not YEAR_OLD.match(self.tokens.lows[chunk.noun]):
            return False
        return not self.document.text[self.tokens.starts[chunk.last - 1]].isupper()

    def _survive(self, shape: Shape, index: int) -> bool:
        """ "Nine survived", "nine people survived it"; "nine who survived" are told of, "nine survived the cut"."""
        amount = self.chunks[index].amount
        if shape.is_one or shape.id == "casualties.relative" or amount is None or amount.bounds.high == 0:
            return False
        behind = self.tags[index + 1 :].partition("I")[2]
        return self.chunks[index].tag == "N" or behind[:1] in _CLAUSE_ENDS

    def _is_badly(self, index: int) -> bool:
        """ "None of them was seriously hurt": whether they were hurt is left open."""
        degrees = lexicon().degrees
        behind = [self.chunks[at] for at in range(index + 1, min(index + 4, len(self.chunks)))]
        return any(not degrees.isdisjoint(self.tokens.lows[chunk.first : chunk.last]) for chunk in behind)

    def _are_freed(self, chunk: Chunk, index: int) -> bool:
        """ "Troops freed 17 abducted pupils": rescued by the verb, abducted before."""
        is_taken = chunk.state is Measure.ABDUCTED
        return is_taken and index > 0 and self.word(self.chunks[index - 1]) in lexicon().frees

    def _new_toll(self, index: int) -> int:
        """ "The toll was revised from 22 to 17": the number it came to, not the one it was."""
        is_from = index > 0 and self.word(self.chunks[index - 1]) in lexicon().from_words
        return index + 2 if is_from and self.tags[index + 1 : index + 3] in ("tn", "tN") else index

    def _add_up(self, made: Sequence[Draft], *, known: int, start: int, end: int) -> None:
        """A list that names all victims also says how many there are: "two men and a woman were killed".

        Only kinds that divide one crowd are added, not the dead of two sides. `known` persons in it ("the driver
        and two passengers") count as one each. Where the first member is the sum of the others, they describe it
        ("five people, two men and three women").
        """
        counts = [draft.bounds.low for draft in made[1:] if draft.bounds.low == draft.bounds.high]
        numbers = [count for count in (made[0].bounds.low, *counts) if count]
        if len(numbers) != len(made):
            return
        if len(numbers) > 2 and not known and numbers[0] == sum(numbers[1:]):
            for draft in made[1:]:
                draft.total = made[0]
            return
        if made[0].bounds.low != made[0].bounds.high:
            return
        if not lexicon().summable.issuperset(draft.group for draft in made):
            return
        first = made[0]
        words = Span(start=self.chunks[start].start, end=self.chunks[end - 1].end)
        count = sum(numbers) + known
        total = replace(
            first,
            bounds=Bounds(low=count, high=count, approximate=any(draft.bounds.approximate for draft in made)),
            start=min(words.start, *(draft.start for draft in made)),
            end=max(words.end, *(draft.end for draft in made)),
            rule=SUM_RULE,
            words=words,
            victims=words,
            group=first.group if not known and all(draft.group == first.group for draft in made) else PEOPLE,
        )
        for draft in made:
            draft.total = total
        self.drafts.append(total)

    def _take_known(self, shape: Shape, found: re.Match[str]) -> None:
        """One person who is known: "the driver was shot", "Mara Lindqvist was pronounced dead"."""
        index = self._end_of_name(found) if found.start("n") >= 0 else found.start("n2")
        chunk = self.chunks[index]
        verbs = [self.chunks[i] for i in range(*verb_span(found))]
        measure = self.measure_of(verbs, found.end())
        if (
            index in self.taken
            or measure not in (Measure.KILLED, Measure.INJURED)
            or self.is_unreal(found, verbs)
        ):
            return
        words = [self.word(verb) for verb in verbs]
        if measure is Measure.INJURED and not lexicon().weak.isdisjoint(words):
            return
        name = None
        if chunk.tag == "w":
            name = name_ending(self.document, self.sentence, self.tokens, chunk.first)
            if name is None or not lexicon().no_name.isdisjoint(words):
                return
        elif (chunk.head or self.word(chunk)) not in lexicon().known_one and not YEAR_OLD.match(
            self.word(chunk)
        ):
            return
        if self.is_long_ago():
            return
        if measure is Measure.INJURED and (found.groupdict().get("p") or "").endswith("r"):
            # "The man who was hurt in the blast died later."
            measure = self._became_of(found.end()) or measure
        chunk.amount = Amount(bounds=ONE, first=chunk.first, last=chunk.last)
        if chunk.head is None:
            # "hanged himself": nobody is described
            chunk.noun = chunk.last
        draft = self.draft(shape, chunk, index, measure, None)
        draft.is_known = True
        draft.is_own = measure is Measure.KILLED and (chunk.head or "") in lexicon().attackers
        if name is not None:
            draft.words = name
        draft.start = min(draft.words.start, verbs[0].start)
        draft.end = max(chunk.end, verbs[-1].end)
        draft.is_open = measure is Measure.INJURED and lexicon().survives.isdisjoint(words)
        self.keep(index, draft)

    def _end_of_name(self, found: re.Match[str]) -> int:
        """The last capital of the words behind a verb: "shot Clara Holm shortly before noon"."""
        last = found.start("n")
        text = self.document.text
        while last + 1 < found.end("n") and text[self.chunks[last + 1].start].isupper():
            last += 1
        return last

    def is_long_ago(self) -> bool:
        """Whether the sentence names a year: it tells of somebody's past."""
        days = [self.chunks[at] for at, tag in enumerate(self.tags) if tag == "d"]
        return any(_YEAR.search(self.word(day)) for day in days)

    def is_unreal_at(self, at: int) -> bool:
        """Whether a verb at a chunk is a threat, a plan or a denial."""
        return self.tags[:at].rstrip("tHBa").endswith(("M", "x"))

    def _is_to_death(self, at: int) -> bool:
        """ "shot four people dead", "stabbed two men to death": what follows the object settles it."""
        if self.tags[at : at + 2] == "tZ":
            return self.chunks[at + 1].measure is Measure.KILLED
        return self.tags[at : at + 1] == "A" and self.chunks[at].measure is Measure.KILLED

    def _is_found_body(self) -> bool:
        """Bodies are victims where somebody finds or buries them."""
        lows = self.tokens.lows
        return not lexicon().finds.isdisjoint(lows) and lexicon().recounts.isdisjoint(lows)

    def _has_age(self, chunk: Chunk, index: int) -> bool:
        """ "a 19-year-old man", "a man, 19,"."""
        if any("-year" in low for low in self.tokens.lows[chunk.noun : chunk.last]):
            return True
        return self.tags[index + 1 : index + 3] in (",g", ",d")

    def word(self, chunk: Chunk) -> str:
        """A chunk's words in lower case."""
        return self.document.folded[chunk.start : chunk.end].lower()

    def is_unreal(self, found: re.Match[str], verbs: Sequence[Chunk]) -> bool:
        """Threats, plans, conditions, denials and beliefs."""
        groups = found.groupdict()
        before = (groups.get("b") or "") + (groups.get("b2") or "")
        if "M" in before or "x" in before or "z" in before:
            return True
        if "t" in before and verbs and verbs[0].tag == "P":
            return True
        at = verb_span(found)[0]
        if self._is_feared(at):
            return True
        clause = self.tags[:at]
        clause = clause[max(clause.rfind(";"), clause.rfind(",")) + 1 :]
        if "h" in clause or self._is_let(clause, verbs):
            return True
        if groups.get("n") and _MIGHT_HAVE.search(self.tags, 0, found.start("n")):
            return True
        first = at - len(clause)
        return "x" in clause and any(
            tag == "x" and self.word(self.chunks[first + i]) in lexicon().denials
            for i, tag in enumerate(clause)
        )

    def _is_let(self, clause: str, verbs: Sequence[Chunk]) -> bool:
        """ "The bill would let courts execute five": the infinitive behind a modal and whoever is let or made to."""
        if not verbs or verbs[0].tag != "P" or "M" not in clause:
            return False
        return self.word(verbs[0]) in lexicon().infinitives

    def _is_feared(self, at: int) -> bool:
        """ "is feared to have killed thousands"; "believed to have killed two" only says who did it."""
        chain = self.tags[:at].rstrip("tHBa")
        if chain.endswith("M"):
            return True
        if not chain.endswith("z") or at == len(chain):
            return False
        return self.word(self.chunks[len(chain) - 1]).split()[0] in lexicon().feared

    def measure_of(self, verbs: Sequence[Chunk], at: int) -> Measure | None:
        """What verbs count; `at` is the chunk behind their object, which may settle it ("shot two men dead")."""
        measure = self._measure(verbs)
        return Measure.KILLED if measure is Measure.INJURED and self._is_to_death(at) else measure

    def _measure(self, verbs: Sequence[Chunk]) -> Measure | None:
        measures = [verb.measure for verb in verbs if verb.measure is not None]
        if not measures or {Measure.KILLED, Measure.MISSING} <= set(measures):
            return None
        if Measure.KILLED in measures:
            harmed = [v for v in verbs if v.measure is Measure.INJURED and self.word(v) not in lexicon().shot]
            return Measure.CASUALTIES if harmed else Measure.KILLED
        return measures[0]

    def draft(
        self, shape: Shape, chunk: Chunk, index: int, measure: Measure, found: re.Match[str] | None
    ) -> Draft:
        """A figure of a chunk that a shape claims, with the words that say so."""
        amount = chunk.amount
        assert amount is not None
        bounds = amount.bounds
        start, end = chunk.start, chunk.end
        words = Span(start=self.tokens.starts[amount.first], end=self.tokens.ends[amount.last - 1])
        if shape.is_one:
            return self._aged(shape, chunk, index, measure, found)
        if found is not None and shape.id not in _TOLD_BETWEEN:
            first, last = verb_span(found)
            if first < last:
                start, end = self._extent(
                    shape, chunk, index, found, self.chunks[first], self.chunks[last - 1]
                )
        if (
            found is not None
            and (self.tags[index - 1 : index] == "X" or self._is_passed(shape, index))
            and bounds.low == bounds.high
            and bounds.low
        ):
            # "the toll passed 100"
            bounds = Bounds(low=bounds.low + 1, high=None)
        if shape.id == "casualties.toll" and bounds.low != bounds.high is not None:
            is_from = index > 0 and self.word(self.chunks[index - 1]) in lexicon().from_words
            if is_from or amount.hedge is Hedge.AT_MOST:
                # "rose from 12 to 15"; "the toll has edged up to 80": where it went, no limit
                bounds = Bounds(low=bounds.high, high=bounds.high)
        victims, group = self._victims(chunk)
        return Draft(
            measure, chunk, index, bounds, start, end, shape.id, self.sentence, words, victims, group
        )

    def _is_passed(self, shape: Shape, index: int) -> bool:
        """ "The toll has climbed past 500"."""
        is_toll = shape.id == "casualties.toll" and index > 0
        return is_toll and self.word(self.chunks[index - 1]) in lexicon().past

    def draft_of(self, rule: str, index: int, measure: Measure) -> Draft:
        """A figure of a chunk's amount that a rule without a shape of its own claims: a part, a number told again."""
        return self.draft(Shape(rule, _NO_SHAPE), self.chunks[index], index, measure, None)

    def keep(self, index: int, draft: Draft) -> None:
        """Count a figure among those of the sentence; its chunk is taken."""
        self.taken[index] = draft
        self.drafts.append(draft)

    def _aged(
        self, shape: Shape, chunk: Chunk, index: int, measure: Measure, found: re.Match[str] | None
    ) -> Draft:
        """A person named with an age counts as one, "Aldo Brun and Rita Holm, both 51" as two; the age never counts."""
        start, end = chunk.start, chunk.end
        if found is not None:
            end = max(end, self.chunks[verb_span(found)[1] - 1].end)
        words = name_before(self.document, self.tokens, chunk.first)
        bounds = ONE
        before = self.chunks[index - 1]
        if index and before.is_subset and before.tag == "n":
            words, bounds = Span(start=before.start, end=before.end), Bounds(low=2, high=2)
        return Draft(
            measure,
            chunk,
            index,
            bounds,
            min(start, words.start),
            end,
            shape.id,
            self.sentence,
            words,
            None,
            PEOPLE,
        )

    def _extent(
        self, shape: Shape, chunk: Chunk, index: int, found: re.Match[str], first: Chunk, last: Chunk
    ) -> tuple[int, int]:
        """Number, victims and verb where they stand together; the amount alone in the middle of a list."""
        if shape.id in _PARTIAL_SHAPES and found.end("n") - found.start("n") > 1:
            return chunk.start, chunk.end
        numbers = [i for i in range(*found.span("n")) if self.tags[i] in "NnQFg"]
        begin, end = chunk.start, chunk.end
        if first.start < chunk.start:
            if index == numbers[0]:
                begin = first.start
        elif index == numbers[-1]:
            end = last.end
        return begin, end

    def _victims(self, chunk: Chunk) -> tuple[Span | None, str]:
        """The victims' words and their normal form; others are counted like the figure before them."""
        words = self.tokens.lows[chunk.noun : chunk.last]
        span = None
        # "Four more bodies" says what it counts on top of; a bare toll does not.
        if chunk.noun < chunk.last and (chunk.tag != "F" or chunk.is_others):
            span = Span(start=self.tokens.starts[chunk.noun], end=chunk.end)
        if chunk.tag == "F":
            words = words[:-1]
            if words and chunk.amount is not None and chunk.amount.bounds.high == 0 and is_demonym(words[-1]):
                # "No British casualties": nobody of these, whoever else.
                span = Span(start=self.tokens.starts[chunk.noun], end=self.tokens.ends[chunk.last - 2])
                return span, NATIONALS
        if span is not None:
            span = self._with_whose(chunk, span)
        group = group_of(words)
        if group == OTHERS:
            before = [draft for draft in self.drafts if draft.chunk.start < chunk.start]
            group = before[-1].group if before else PEOPLE
        elif chunk.head is None and (chunk.is_whom or self._is_of_them(chunk)):
            heads = [
                other.head for _, other in self.chunks.read if other.end <= chunk.start and other.tag in "NU"
            ]
            group = group_of([heads[-1] or ""]) if heads else PEOPLE
        return span, group

    def _is_of_them(self, chunk: Chunk) -> bool:
        """ "Struck a base of militants and killed 20 of them": whose number it is stands before."""
        return chunk.is_partitive and self.word(chunk).endswith(lexicon().of_them)

    def _with_whose(self, chunk: Chunk, span: Span) -> Span:
        """ "two members of the choir": of what people are members tells who they are."""
        lows = self.tokens.lows
        if chunk.head not in lexicon().members or lows[chunk.last : chunk.last + 1] != ["of"]:
            return span
        end = 0
        for last in range(chunk.last + 1, min(len(lows), chunk.last + _LONGEST_WHOLE)):
            if not (lows[last][0].isalpha() or lows[last] == "'s"):
                break
            if is_person(lows[last]) or lows[last] in lexicon().bodies_of_people:
                end = self.tokens.ends[last]
                if lows[last] in lexicon().bodies_of_people:
                    break
        return Span(start=span.start, end=end) if end else span

    def drop_loose_sums(self) -> None:
        """A list that divides a total of its own ("five hikers - three men and two women -") adds no sum."""
        held = {id(draft.total) for draft in self.drafts}
        self.drafts = [
            draft for draft in self.drafts if draft.rule != SUM_RULE or draft.is_list or id(draft) in held
        ]

    def read_states(self) -> None:
        """ "two wounded soldiers", "five missing miners": the amount says by itself what it counts."""
        for index, chunk in self.chunks.read:
            if chunk.state is None or index in self.taken or index in self.blocked:
                continue
            if not self.is_unreal_at(index):
                measure = Measure.RESCUED if self._are_freed(chunk, index) else chunk.state
                self.keep(index, self.draft_of("casualties.attribute", index, measure))


def _is_told_twice(post: str, chunk: Chunk) -> bool:
    """Whether an insert describes one person once more: "one of the victims, a 40-year-old man, was shot"."""
    return post[:2] == ",N" and "," in post[2:] and chunk.amount is not None and chunk.amount.bounds == ONE


def _real_subject(post: str, chunks: Row, offset: int) -> int | None:
    """Index of a later subject among the words between an amount and a verb, where there is one.

    "12 men in a truck attacked, and three soldiers were killed": the soldiers, not the men.
    """
    if _WHOM.fullmatch(post):
        return None
    last = offset + len(post) - 1
    if post[-1] in "nN" and chunks[last].is_partitive and post[-2:-1] in ("c", "r"):
        # "27 wounded, mostly women, and that three of them had died"
        return last
    if "i" in post or "(" in post or (post[:1] == ":" and ":" in post[1:]):
        return None
    for at in range(len(post) - 1, 0, -1):
        chunk = chunks[offset + at]
        if post[at] in "NnQUS" and post[at - 1] in "c," and (chunk.is_whom or not chunk.is_partitive):
            if post[at] == "n" and post[at - 1] == ",":
                continue
            if post[at] == "U" and post[at - 1] == "," and "," in post[at + 1 :]:
                # "two members of the escort, agents of the ministry, were wounded"
                continue
            if at == 1 and _is_told_twice(post, chunk):
                continue
            return offset + at
    return None

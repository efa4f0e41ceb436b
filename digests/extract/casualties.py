"""Casualty figures: how many, of whom, by whose account, and the words that say so.

A sentence that holds a word of counting is cut into chunks, the shapes of `rules/casualties.toml` find amounts tied
to a verb, a state or a toll, then parts are tied to their totals.

Stance: a figure that is not there is worse than one that is missed: threats, plans, conditions and beliefs yield
nothing, and an amount needs a verb or noun of its own.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.extract.chunks import Chunk, find_chunks, lexicon
from digests.extract.claimants import Claimants
from digests.extract.incidents import incident_at
from digests.extract.victims import OTHERS, PEOPLE, group_of
from digests.rules import expand, find_matches, load_rules
from digests.text.document import Document
from digests.text.numbers import Amount
from digests.text.tokens import Token, tokenize
from digests.types import (
    Bounds,
    DateMention,
    Evidence,
    Figure,
    IncidentMention,
    Measure,
    Quote,
    Scope,
    Span,
)

_ONE = Bounds(low=1, high=1)
# The rule of a figure that adds up a list: its number stands in no one place of the text.
SUM_RULE = "casualties.sum"
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
# A toll is a number that somebody sets.
_TOLL_SHAPES = frozenset({"casualties.toll", "casualties.toll_after"})
KNOWN_RULE = "casualties.known"
# Here a participle tells "the hostages" apart, not "two of the hostages".
_MODIFYING_SHAPES = frozenset({"casualties.state", "casualties.relative"})
_WORDS = re.compile(r"[a-z]+")
# Characters within which words of time open a sentence ("So far this year 300 ...").
_OPENING = 12
# Figures within which a total and its details stand.
_NEAR = 30
# A sentence longer than this is a table or a list without full stops; it is read in pieces.
_LONGEST_SENTENCE = 3000


@dataclass(frozen=True, slots=True)
class _Shape:
    id: str
    pattern: re.Pattern[str]
    is_one: bool = False
    is_known: bool = False
    measure: Measure | None = None
    # A letter without which the shape cannot match.
    needs: str = ""


@dataclass(slots=True)
class _Draft:
    """A figure in the making; offsets count in the document."""

    measure: Measure
    chunk: Chunk
    index: int
    bounds: Bounds
    start: int
    end: int
    rule: str
    sentence: Span
    words: Span
    victims: Span | None
    group: str
    total: _Draft | None = None
    is_shot: bool = False
    is_aged: bool = False
    scope: Scope = Scope.INCIDENT


@functools.cache
def _shapes() -> tuple[_Shape, ...]:
    meaning = load_rules("casualties").meaning
    fragments = meaning["fragment"]
    return tuple(
        _Shape(
            name,
            re.compile(expand("casualties.toml", name, table["tags"], {}, fragments)),
            bool(table.get("one")),
            bool(table.get("known")),
            Measure(table["measure"]) if "measure" in table else None,
            table.get("needs", ""),
        )
        for name, table in meaning["shape"].items()
    )


@functools.cache
def _parts() -> re.Pattern[str]:
    return re.compile(load_rules("casualties").meaning["fragment"]["parts"])


def find_figures(
    document: Document,
    dates: Sequence[DateMention],
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
) -> tuple[Figure, ...]:
    """All casualty figures of a document, in order of the text; none for a text without any."""
    drafts = _keep_known(_find_drafts(document))
    if not drafts:
        return ()
    _tie_details(drafts)
    drafts = _split_shot(drafts)
    claimants = Claimants(document, quotes)
    figures: list[Figure] = []
    index = {id(draft): at for at, draft in enumerate(drafts)}
    for draft in drafts:
        span = Span(start=draft.start, end=draft.end)
        incident = incident_at(document, span, incidents)
        figures.append(
            Figure(
                measure=draft.measure,
                bounds=draft.bounds,
                words=document.words(draft.words),
                victims=document.words(draft.victims) if draft.victims else None,
                group=draft.group,
                scope=draft.scope,
                part_of=index.get(id(draft.total)) if draft.total is not None else None,
                claimant=claimants.of(span, draft.sentence, is_toll=draft.rule in _TOLL_SHAPES),
                incident=incident,
                as_of=_as_of(document, draft, dates),
                evidence=Evidence(
                    article_id=document.article_id, span=span, sentence=draft.sentence, rule=draft.rule
                ),
            )
        )
    return tuple(figures)


def _find_drafts(document: Document) -> list[_Draft]:
    stems = lexicon().stems
    drafts: list[_Draft] = []
    previous: list[_Draft] = []
    for sentence in document.sentences:
        words = _WORDS.findall(document.folded[sentence.start : sentence.end].lower())
        if stems.isdisjoint(words) and not (previous and _may_go_on(words)):
            previous = []
            continue
        found: list[_Draft] = []
        for piece in _pieces(document, sentence):
            found += _read_piece(document, sentence, piece, found or previous)
        found.sort(key=lambda draft: (draft.chunk.start, draft.start))
        if not lexicon().total_cues.isdisjoint(words):
            _mark_totals(document, sentence, found)
        if not lexicon().alone.isdisjoint(words):
            _mark_alone(document, sentence, found)
        drafts.extend(found)
        previous = found or previous
    return drafts


def _keep_known(drafts: list[_Draft]) -> list[_Draft]:
    """One death of somebody known ("the driver", "she") counts where the text tells of no others, and once."""
    known = [draft for draft in drafts if draft.rule == KNOWN_RULE]
    if not known:
        return drafts
    others = [draft for draft in drafts if draft.rule != KNOWN_RULE]
    if any(draft.measure in (Measure.KILLED, Measure.CASUALTIES) for draft in others):
        return others
    return [draft for draft in drafts if draft.rule != KNOWN_RULE or draft is known[0]]


def _tie_details(drafts: Sequence[_Draft]) -> None:
    """One person described after a total is one of them: "Four people were shot. A 19-year-old man was hit in the leg."

    The same holds for "two of the victims" without a total in their own sentence.
    """
    for at, draft in enumerate(drafts):
        low = draft.bounds.low
        if (
            draft.total is not None
            or low is None
            or not (draft.chunk.is_partitive or draft.chunk.is_subset or _is_described(draft))
        ):
            continue
        for earlier in reversed(drafts[max(0, at - _NEAR) : at]):
            if earlier.total is not None or not _may_hold(earlier, draft):
                continue
            draft.total = earlier
            break


def _split_shot(drafts: list[_Draft]) -> list[_Draft]:
    """ "Five people were shot, one fatally": five were hit, four of them lived.

    The count of those hit is no count of wounded where some of them died; the rest is added as a figure that adds up.
    """
    deaths: dict[Bounds, int] = {}
    for at, draft in enumerate(drafts):
        if not draft.is_shot or draft.total is not None or draft.chunk.is_others:
            continue
        for other in drafts[at + 1 : at + 1 + _NEAR]:
            if other.measure is not Measure.KILLED or other.rule in (SUM_RULE, KNOWN_RULE):
                continue
            is_own = other.total is draft or (other.sentence == draft.sentence and other.total is None)
            if is_own and not other.chunk.is_others and 0 < _count(other) < _count(draft):
                deaths.setdefault(draft.bounds, _count(other))
                break
    out: list[_Draft] = []
    for draft in drafts:
        out.append(draft)
        if (
            not draft.is_shot
            or draft.bounds not in deaths
            or draft.total is not None
            or draft.chunk.is_others
        ):
            continue
        draft.measure = Measure.CASUALTIES
        left = _count(draft) - deaths[draft.bounds]
        rest = replace(draft, measure=Measure.INJURED, bounds=Bounds(low=left, high=left), rule=SUM_RULE)
        rest.is_shot = False
        out.append(rest)
    return out


def _count(draft: _Draft) -> int:
    """An exact count; 0 for any other."""
    bounds = draft.bounds
    return bounds.low if bounds.low is not None and bounds.low == bounds.high else 0


def _is_described(draft: _Draft) -> bool:
    """Whether a figure is one person with an age, or "one"."""
    if draft.bounds != _ONE:
        return False
    return draft.rule == "casualties.aged" or draft.is_aged or draft.chunk.tag == "n"


def _may_hold(total: _Draft, part: _Draft) -> bool:
    if total.sentence == part.sentence or (total.bounds.low or 0) <= max(part.bounds.low or 0, 1):
        return False
    if total.measure is part.measure:
        return True
    return total.is_shot and part.measure in (Measure.KILLED, Measure.INJURED)


def _mark_totals(document: Document, sentence: Span, drafts: Sequence[_Draft]) -> None:
    """Counts over a war or a year: what stands before such words in the sentence, or everything after them."""
    if not drafts:
        return
    for match in find_matches(
        load_rules("casualties"), document.folded, start=sentence.start, end=sentence.end
    ):
        before = [draft for draft in drafts if draft.chunk.start < match.span.start]
        near = min((draft.chunk.start - match.span.end for draft in drafts), default=0) <= _OPENING
        if not before and match.span.start - sentence.start > _OPENING and not near:
            # "the worst accident since 2019": no count in front, and it does not open the sentence
            continue
        for draft in before or drafts:
            between = document.folded[draft.chunk.end : max(draft.chunk.end, match.span.start)]
            if ";" not in between and "," not in between.strip(", "):
                draft.scope = Scope.TOTAL


def _mark_alone(document: Document, sentence: Span, drafts: Sequence[_Draft]) -> None:
    """ "45 died in the town of Keth alone": how that count relates to the incident's is not clear."""
    for draft in drafts:
        behind = document.folded[draft.chunk.end : sentence.end].lower().partition(",")[0]
        if not lexicon().alone.isdisjoint(_WORDS.findall(behind)):
            draft.scope = Scope.UNKNOWN


def _may_go_on(words: Sequence[str]) -> bool:
    """Whether a sentence may go on listing the victims of the one before ("Among them were two children")."""
    return not lexicon().goes_on.isdisjoint(words[:3])


def _pieces(document: Document, sentence: Span) -> list[Span]:
    """A sentence, cut at white space where it is longer than any real one."""
    pieces: list[Span] = []
    start = sentence.start
    while sentence.end - start > _LONGEST_SENTENCE:
        cut = document.folded.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        pieces.append(Span(start=start, end=cut))
        start = cut
    pieces.append(Span(start=start, end=sentence.end))
    return pieces


def _read_piece(document: Document, sentence: Span, piece: Span, previous: Sequence[_Draft]) -> list[_Draft]:
    tokens = tokenize(document.folded, piece.start, piece.end)
    chunks, kept = find_chunks(tokens)
    tags = "".join(chunk.tag for chunk in chunks)
    reader = _Reader(document, sentence, kept, chunks, tags)
    for shape in _shapes():
        if shape.needs in tags:
            reader.apply(shape)
    reader.add_own_death()
    reader.read_states()
    reader.tie_parts(previous)
    return reader.drafts


class _Reader:
    """Applies shapes to one sentence and keeps what they claim."""

    def __init__(
        self, document: Document, sentence: Span, tokens: Sequence[Token], chunks: Sequence[Chunk], tags: str
    ) -> None:
        self.document = document
        self.sentence = sentence
        self.tokens = tokens
        self.chunks = chunks
        self.tags = tags
        self.drafts: list[_Draft] = []
        self.taken: dict[int, _Draft] = {}
        self.blocked: set[int] = set()

    def apply(self, shape: _Shape) -> None:
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
            if "p" in found.groupdict() and found.group("p"):
                switched = _real_subject(found.group("p"), self.chunks, found.start("p"))
                if switched is not None:
                    at = switched
                    continue
            self._take(shape, found, begin)

    def _take(self, shape: _Shape, found: re.Match[str], begin: int) -> None:
        verb_span = _verb_span(found)
        verbs = [self.chunks[i] for i in range(*verb_span) if self.chunks[i].measure is not None]
        members = [i for i in range(begin, found.end("n")) if self.tags[i] in "NnQFg"]
        known = self.tags[begin : found.end("n")].count("S")
        if self._is_unreal(found, verbs):
            self.blocked.update(members)
            return
        measure = shape.measure or self._measure(verbs)
        is_shot = any(self._word(verb) in lexicon().shot for verb in verbs)
        is_weak = bool(verbs) and all(self._word(verb) in lexicon().weak for verb in verbs)
        made: list[_Draft] = []
        for member in members:
            chunk = self.chunks[member]
            if member in self.taken or member in self.blocked or chunk.amount is None:
                continue
            chosen = chunk.measure if chunk.tag == "F" else measure
            if chunk.is_subset and shape.id in _MODIFYING_SHAPES:
                continue
            if is_weak and chunk.tag != "N":
                continue
            if is_shot and chunk.tag == "n" and shape.id == "casualties.active" and not chunk.amount.is_word:
                # "shot 46": strokes, points
                continue
            if chunk.head in lexicon().bodies and not self._is_found_body():
                continue
            if is_shot and chunk.tag == "Q" and chosen is Measure.INJURED:
                # cars and windows are shot at, too
                continue
            if chosen is None or (chunk.tag == "Q" and chosen not in _COUNTS_UNKNOWN):
                continue
            draft = self._draft(shape, chunk, member, chosen, found)
            draft.is_shot = is_shot
            draft.is_aged = self._has_age(member)
            self.taken[member] = draft
            self.drafts.append(draft)
            made.append(draft)
        if (
            len(members) + known > 1
            and made
            and len(made) == len(members)
            and shape.id not in _PARTIAL_SHAPES
        ):
            self._add_up(made, known=known, start=begin, end=found.end("n"))

    def _add_up(self, made: Sequence[_Draft], *, known: int, start: int, end: int) -> None:
        """A list that names all victims also says how many there are: "two men and a woman were killed".

        `known` persons in it ("the driver and two passengers") count as one each. Where the first member is the
        sum of the others, they describe it ("five people, two men and three women").
        """
        counts = [draft.bounds.low for draft in made if draft.bounds.low == draft.bounds.high]
        if len(counts) != len(made) or any(not count for count in counts):
            return
        numbers = [count for count in counts if count]
        if len(numbers) > 2 and not known and numbers[0] == sum(numbers[1:]):
            for draft in made[1:]:
                draft.total = made[0]
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

    def _take_known(self, shape: _Shape, found: re.Match[str]) -> None:
        index = found.start("n") if found.start("n") >= 0 else found.start("n2")
        chunk = self.chunks[index]
        verbs = [self.chunks[i] for i in range(*_verb_span(found))]
        head = chunk.head or self._word(chunk)
        if self._is_unreal(found, verbs) or self._measure(verbs) is not Measure.KILLED:
            return
        if head not in lexicon().known_one or index in self.taken or any(tag == "d" for tag in self.tags):
            return
        self.chunks[index].amount = Amount(bounds=_ONE, first=chunk.first, last=chunk.last)
        self.chunks[index].noun = self.chunks[index].noun or chunk.first
        start, end = min(chunk.start, verbs[0].start), max(chunk.end, verbs[-1].end)
        draft = self._draft(shape, chunk, index, Measure.KILLED, None)
        draft.start, draft.end = start, end
        self.taken[index] = draft
        self.drafts.append(draft)

    def add_own_death(self) -> None:
        """ "killed three people before killing himself": four dead, which the words do not say in one number."""
        at = self.tags.find("Y")
        before = [draft for draft in self.drafts if draft.index < at and draft.measure is Measure.KILLED]
        before = [draft for draft in before if draft.total is None]
        if at < 0 or len(before) != 1 or self._is_unreal_at(at):
            return
        victims = before[0]
        low, high = victims.bounds.low, victims.bounds.high
        if low is None or not low:
            return
        total = replace(
            victims,
            bounds=replace(victims.bounds, low=low + 1, high=None if high is None else high + 1),
            end=max(victims.end, self.chunks[at].end),
            words=Span(start=victims.words.start, end=self.chunks[at].end),
            rule=SUM_RULE,
            group=PEOPLE,
        )
        victims.total = total
        self.drafts.append(total)

    def _is_unreal_at(self, at: int) -> bool:
        return self.tags[:at].rstrip("tHBa").endswith(("M", "x"))

    def _is_found_body(self) -> bool:
        """Bodies are victims where somebody finds or buries them."""
        return any(token.word in lexicon().finds for token in self.tokens)

    def _has_age(self, index: int) -> bool:
        """ "a 19-year-old man", "a man, 19,"."""
        chunk = self.chunks[index]
        if any("-year" in token.word for token in self.tokens[chunk.noun : chunk.last]):
            return True
        return self.tags[index + 1 : index + 3] in (",g", ",d")

    def _word(self, chunk: Chunk) -> str:
        return self.document.folded[chunk.start : chunk.end].lower()

    def _is_unreal(self, found: re.Match[str], verbs: Sequence[Chunk]) -> bool:
        """Threats, plans, conditions, denials and beliefs."""
        groups = found.groupdict()
        before = (groups.get("b") or "") + (groups.get("b2") or "")
        if any(tag in before for tag in "Mxz"):
            return True
        if "t" in before and verbs and verbs[0].tag == "P":
            return True
        at = _verb_span(found)[0]
        if self._is_feared(at):
            return True
        clause = self.tags[:at]
        clause = clause[max(clause.rfind(";"), clause.rfind(",")) + 1 :]
        if "h" in clause:
            return True
        first = at - len(clause)
        return any(
            tag == "x" and self._word(self.chunks[first + i]) in lexicon().denials
            for i, tag in enumerate(clause)
        )

    def _is_feared(self, at: int) -> bool:
        """ "is feared to have killed thousands"; "believed to have killed two" only says who did it."""
        chain = self.tags[:at].rstrip("tHBa")
        if chain.endswith("M"):
            return True
        if not chain.endswith("z") or at == len(chain):
            return False
        return self._word(self.chunks[len(chain) - 1]).split()[0] in lexicon().feared

    def _measure(self, verbs: Sequence[Chunk]) -> Measure | None:
        measures = [verb.measure for verb in verbs if verb.measure is not None]
        if not measures or {Measure.KILLED, Measure.MISSING} <= set(measures):
            return None
        if Measure.KILLED in measures:
            harmed = [
                v for v in verbs if v.measure is Measure.INJURED and self._word(v) not in lexicon().shot
            ]
            return Measure.CASUALTIES if harmed else Measure.KILLED
        return measures[0]

    def _draft(
        self, shape: _Shape, chunk: Chunk, index: int, measure: Measure, found: re.Match[str] | None
    ) -> _Draft:
        amount = chunk.amount
        assert amount is not None
        bounds = amount.bounds
        start, end = chunk.start, chunk.end
        words = Span(start=self.tokens[amount.first].start, end=self.tokens[amount.last - 1].end)
        if shape.is_one:
            bounds = Bounds(low=1, high=1)
        if found is not None and _verb_span(found)[0] < _verb_span(found)[1]:
            first, last = self.chunks[_verb_span(found)[0]], self.chunks[_verb_span(found)[1] - 1]
            start, end = self._extent(shape, chunk, index, found, first, last)
        if (
            found is not None
            and self.tags[index - 1 : index] == "X"
            and bounds.low == bounds.high
            and bounds.low
        ):
            # "the toll passed 100"
            bounds = Bounds(low=bounds.low + 1, high=None)
        victims, group = self._victims(chunk)
        return _Draft(
            measure, chunk, index, bounds, start, end, shape.id, self.sentence, words, victims, group
        )

    def _extent(
        self, shape: _Shape, chunk: Chunk, index: int, found: re.Match[str], first: Chunk, last: Chunk
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
        words = [token.word for token in self.tokens[chunk.noun : chunk.last]]
        span = None
        if chunk.noun < chunk.last and chunk.tag != "F":
            span = Span(start=self.tokens[chunk.noun].start, end=chunk.end)
        if chunk.tag == "F":
            words = words[:-1]
        group = group_of(words)
        if group == OTHERS:
            before = [draft for draft in self.drafts if draft.chunk.start < chunk.start]
            group = before[-1].group if before else PEOPLE
        elif chunk.is_whom and chunk.head is None:
            heads = [other.head for other in self.chunks if other.end <= chunk.start and other.tag in "NU"]
            group = group_of([heads[-1] or ""]) if heads else PEOPLE
        return span, group

    def read_states(self) -> None:
        """ "two wounded soldiers", "five missing miners": the amount says by itself what it counts."""
        for index, chunk in enumerate(self.chunks):
            if self._is_unreal_at(index):
                continue
            if chunk.state is not None and index not in self.taken and index not in self.blocked:
                shape = _Shape("casualties.attribute", re.compile(""))
                draft = self._draft(shape, chunk, index, chunk.state, None)
                self.taken[index] = draft
                self.drafts.append(draft)

    def tie_parts(self, previous: Sequence[_Draft]) -> None:
        """Finds the parts that have no verb of their own and ties them to their totals."""
        for found in _parts().finditer(self.tags):
            members = [i for i in range(*found.span("n")) if self.tags[i] in "NnQ"]
            members = [i for i in members if i not in self.blocked]
            total = self._total_before(found.start())
            carried = total is None and found.start() <= 1 and not self.drafts
            if carried and previous:
                total = max(previous, key=lambda draft: draft.bounds.low or 0)
            if total is not None:
                self._add_parts(members, total, carried=carried)
        for index, chunk in enumerate(self.chunks):
            if not chunk.is_partitive:
                continue
            total = self._total_before(index)
            if total is None:
                self._take_body(index, previous)
                continue
            if index in self.taken:
                if _fits(self.taken[index], total):
                    self.taken[index].total = total
            elif chunk.head is not None or self.tags[index + 1 : index + 3] in ("BU", "BS"):
                self._add_parts([index], total, carried=False)

    def _take_body(self, index: int, previous: Sequence[_Draft]) -> None:
        """ "Twelve of the victims were women": the words say themselves what is counted."""
        chunk = self.chunks[index]
        if index in self.taken or chunk.measure is None or self.tags[index + 1 : index + 3] != "BU":
            return
        draft = self._draft(_Shape("casualties.of_body", re.compile("")), chunk, index, chunk.measure, None)
        draft.group = group_of([self.chunks[index + 2].head or ""])
        draft.end = self.chunks[index + 2].end
        totals = [one for one in previous if one.measure is chunk.measure and _fits(draft, one)]
        draft.total = totals[-1] if totals else None
        self.taken[index] = draft
        self.drafts.append(draft)

    def _total_before(self, index: int) -> _Draft | None:
        """The nearest figure before a chunk within the same clause that is no part itself."""
        before = [draft for draft in self.drafts if draft.index < index and draft.total is None]
        before.sort(key=lambda draft: draft.index)
        for draft in reversed(before):
            if ";" not in self.tags[draft.index : index]:
                return draft
        return None

    def _add_parts(self, members: Sequence[int], total: _Draft, *, carried: bool) -> None:
        for member in members:
            chunk = self.chunks[member]
            existing = self.taken.get(member)
            if existing is not None:
                if existing is not total and existing.measure is total.measure and _fits(existing, total):
                    existing.total = total
                continue
            if chunk.amount is None or (chunk.tag == "n" and not chunk.is_partitive and carried):
                continue
            shape = _Shape("casualties.part", re.compile(""))
            draft = self._draft(shape, chunk, member, total.measure, None)
            if not _fits(draft, total):
                continue
            draft.total = total
            if chunk.is_partitive and chunk.head is None and self.tags[member + 1 : member + 3] == "BU":
                draft.group = group_of([self.chunks[member + 2].head or ""])
            self.taken[member] = draft
            self.drafts.append(draft)


_PARTS = re.compile(
    r"(?:ia?B?a?(?=[NnQ])|[:(](?=N(?:,|c|\)|;|$)))(?P<n>[NnQ](?:(?:,a?[NnQ])*,?ca?[NnQ])?)(?!a*[BVAIHj])"
)
# An amount of something unknown counts people only beside these.
_COUNTS_UNKNOWN = frozenset(
    {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES, Measure.ABDUCTED, Measure.DETAINED, Measure.MISSING}
)


def _verb_span(found: re.Match[str]) -> tuple[int, int]:
    """Where the verb stands: `v`, or `v2` in the second branch of a shape."""
    span = found.span("v")
    return span if span[0] >= 0 or "v2" not in found.groupdict() else found.span("v2")


def _real_subject(post: str, chunks: Sequence[Chunk], offset: int) -> int | None:
    """Index of a later subject among the words between an amount and a verb, where there is one.

    "12 men in a truck attacked, and three soldiers were killed": the soldiers, not the men.
    """
    if "i" in post or "(" in post:
        return None
    for at in range(len(post) - 1, 0, -1):
        chunk = chunks[offset + at]
        if post[at] in "NnQUS" and post[at - 1] in "c," and (chunk.is_whom or not chunk.is_partitive):
            if post[at] == "n" and post[at - 1] == ",":
                continue
            return offset + at
    return None


def _fits(part: _Draft, total: _Draft) -> bool:
    """Whether a part is no larger than its total."""
    low = part.bounds.low or 0
    limit = total.bounds.high
    return limit is None or low <= limit


def _as_of(document: Document, draft: _Draft, dates: Sequence[DateMention]) -> dt.date | None:
    """The day that the sentence speaks about ("as of Friday"), else the day of publication."""
    cues = lexicon().as_of
    first = bisect.bisect_left(dates, draft.sentence.start, key=lambda mention: mention.evidence.span.start)
    for mention in dates[first:]:
        span = mention.evidence.span
        if span.start >= draft.sentence.end:
            break
        if mention.first is None or mention.first != mention.last:
            continue
        before = document.folded[draft.sentence.start : span.start].lower().split()[-3:]
        if any(" ".join(before[i:]) in cues for i in range(len(before))):
            return mention.first
    return document.published

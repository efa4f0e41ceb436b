"""Parts of a total within a sentence: "including three children", "two of them", "twelve of the victims were women"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import parts, verb_span
from digests.extract.counts.victims import PEOPLE, group_of
from digests.extract.drafts.deeds import is_unreal_at, is_unreal_deed, measure_of
from digests.extract.drafts.drafting import draft_of
from digests.extract.drafts.drafts import DIVIDED_RULE, Draft, fits
from digests.extract.drafts.reading import OF_COUNTED
from digests.extract.drafts.refusals import NAMED_REACH
from digests.extract.drafts.sentencereader import SentenceReader
from digests.types import Bounds, Measure, Span

# Over tags: "Four were British citizens", "and two were pupils", "Nine of the eleven have bullet wounds".
_DIVIDES = re.compile(
    r"(?:^|,?c|,)(?P<n>[nN])(?:a*Ba*(?:(?P<u>w{0,2}U)(?=[;,)c]|p|$)|(?P<k>w)(?=[;,)c]|$))|(?=a*[HBwk]))"
)
# "..., of whom five were teachers"
_OF_WHOM = re.compile(r"i(?P<n>[nN])a*B(?P<u>w{0,2}U)")
# "..., three critically"
_DEGREE = re.compile(r"[,c](?P<n>n)a?(?P<a>a)(?=[;,)c]|$)")
# "Only fighters were killed, 17 of them"
_OF_KIND = re.compile(r"U(?:a*Ba*(?P<v>[VA])|a*(?P<v2>I))[^;,NnQS]{0,8},(?P<n>N)(?=[;,)c]|$)")
# "..., and eight were women", behind "Nineteen of those killed were children"
_DIVIDES_ON = re.compile(r"BU(?:,?c|,)(?P<n>[nN])a*Ba*(?P<u>w{0,2}U)(?=[;,)c]|p|$)")
_BODY_RULE = "casualties.of_body"
# Tags behind which a clause is over, or only tells where and when.
_CLAUSE_ENDS = ("", ",", ";", "p", ")")
# What tells of some of a body of victims: that they were women, where they came from.
_OF_BODY = re.compile(r"a*(?:B(?P<u>U)|[BH]|[wk](?!s)|(?=[,;)]|$|p))")
# One of the victims may be anybody; none of them tells nothing of how many.
_FEW = (Bounds(low=0, high=0), Bounds(low=1, high=1))
# "Two clerks among six hurt", "a nurse was among nine people killed": over tags, the part and its total.
_AMONG = re.compile(
    r"(?P<n>[NnS](?:,?ca?[Nn])?)(?:[fp][^,;BVIi]{1,6})?(?:,[^,;BVI]{1,12},)?(?:a*H?a*B)?a*i(?P<t>[nNF])"
)
# An adverb that ends its clause: "two of them very seriously."
_ADVERB_ALONE = re.compile(r"a{1,3}(?=[;,)cs]|$)")


def tie_parts(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """Finds the parts that have no verb of their own and ties them to their totals."""
    for found in parts().finditer(reader.tags):
        members = [i for i in range(*found.span("n")) if reader.tags[i] in "NnQ"]
        members = [i for i in members if i not in reader.blocked]
        total = _total_before(reader, found.start())
        carried = total is None and found.start() <= 1 and not reader.drafts
        if carried and previous:
            total = max(previous, key=lambda draft: draft.bounds.low or 0)
        if total is not None:
            _add_parts(reader, members, total, carried=carried)
    _tie_whom(reader)
    _tie_opening(reader, previous)
    _tie_included(reader)
    _tie_among(reader)
    _add_degrees(reader)
    _divide(reader, previous)
    _divide_on(reader)
    for index, chunk in reader.chunks.read:
        if not chunk.is_partitive:
            continue
        total = _total_before(reader, index)
        if total is None or (chunk.measure is not None and total.measure is not chunk.measure):
            continue
        if index in reader.taken:
            part = reader.taken[index]
            if fits(part, total) and (part.total is None or not part.total.is_own):
                part.total = total
        elif _is_told_apart(reader, index, total):
            _add_parts(reader, [index], total, carried=False)


def _tie_whom(reader: SentenceReader) -> None:
    """ "Twelve people died, of whom five were teachers": a part by what it was of, whatever counts the whole."""
    for found in _OF_WHOM.finditer(reader.tags):
        index = found.start("n")
        total = _total_before(reader, index)
        is_free = index not in reader.taken and index not in reader.blocked
        if total is None or not is_free or reader.word(reader.chunks[found.start()]) not in lexicon().of_whom:
            continue
        draft = draft_of(reader, "casualties.part", index, total.measure)
        if fits(draft, total):
            _name_kind(reader, draft, found)
            draft.total = total
            reader.keep(index, draft)


def _name_kind(reader: SentenceReader, draft: Draft, found: re.Match[str]) -> None:
    """Whom a count is of by the noun behind its verb: "five were teachers"."""
    head = reader.chunks[found.end("u") - 1]
    draft.group, draft.end = group_of([head.head or ""]), head.end
    draft.victims = Span(start=reader.chunks[found.start("u")].start, end=head.end)


def _is_told_apart(reader: SentenceReader, index: int, total: Draft) -> bool:
    """Whether what follows "six of them" says only who or how badly hurt they are: "six of them critically"."""
    tags = reader.tags
    if reader.chunks[index].head is not None or tags[index + 1 : index + 3] in ("BU", "BS"):
        return True
    if tags[index + 1 : index + 2] == "p" and reader.word(reader.chunks[index + 1]) in lexicon().at_cause:
        # "one of them by his own bomb", "two of them in Arden"
        return True
    if tags[index - 1 : index + 2] == ",Ns" and reader.word(reader.chunks[index + 1]) in lexicon().at_moment:
        # "33 were killed, 20 of them when a mine went off"
        return True
    alone = _ADVERB_ALONE.match(tags, index + 1)
    if total.measure is not Measure.INJURED or alone is None:
        return False
    return reader.word(reader.chunks[alone.end() - 1]) in lexicon().degrees


def _tie_included(reader: SentenceReader) -> None:
    """ "Four were wounded, including one hospitalized in critical condition": one of the four, whatever the verb."""
    for part in reader.drafts:
        if reader.tags[part.index - 1 : part.index] != "i" or part.index == 0 or part.total is not None:
            continue
        total = _total_before(reader, part.index)
        if total is not None and total.measure is part.measure and fits(part, total):
            part.total = total


def _tie_among(reader: SentenceReader) -> None:
    """ "Two clerks among six hurt": the part stands before its total."""
    for found in _AMONG.finditer(reader.tags):
        total = reader.taken.get(found.start("t"))
        among = reader.chunks[found.start("t") - 1]
        if reader.word(among) not in lexicon().among or found.start("t") in reader.blocked:
            continue
        if total is None:
            total = _take_victims(reader, found.start("t"))
        if total is None:
            continue
        members = [i for i in range(*found.span("n")) if reader.tags[i] in "Nn" and i not in reader.blocked]
        free = [i for i in members if i not in reader.taken]
        if all(reader.chunks[i].amount is not None for i in free):
            _add_parts(reader, free, total, carried=False)


def _take_victims(reader: SentenceReader, index: int) -> Draft | None:
    """ "Two children were among the five victims": dead, if the text tells of dead."""
    chunk = reader.chunks[index]
    if chunk.head not in lexicon().victim_heads or not chunk.is_definite or chunk.is_subset:
        return None
    draft = draft_of(reader, "casualties.victims", index, Measure.KILLED)
    draft.is_open = True
    reader.keep(index, draft)
    return draft


def _tie_opening(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """ "Of those, 18 died in one county": a part of the count of the sentence before, or of its own sentence."""
    part = next((draft for draft in reader.drafts if draft.rule == OF_COUNTED), None) or _opened(reader)
    if part is None or part.total is not None:
        return
    before = _total_before(reader, part.index)
    if before is not None and before.measure is part.measure and fits(part, before):
        part.total = before
        return
    totals = [one for one in previous if one.measure is part.measure and fits(part, one)]
    part.total = max(totals, key=lambda draft: draft.bounds.low or 0, default=None)


def _opened(reader: SentenceReader) -> Draft | None:
    """Who is counted behind "of those" at the head of a sentence."""
    index = 2 if reader.tags[1:2] == "," else 1
    if reader.tags[:1] != "i" or reader.word(reader.chunks[0]) not in lexicon().of_these:
        return None
    return reader.taken.get(index)


def _add_degrees(reader: SentenceReader) -> None:
    """ "Eighteen were hurt, three critically": how badly some of them are."""
    for found in _DEGREE.finditer(reader.tags):
        index = found.start("n")
        total = _total_before(reader, index)
        if total is None or total.measure is not Measure.INJURED:
            continue
        if reader.word(reader.chunks[found.start("a")]) in lexicon().degrees:
            _add_parts(reader, [index], total, carried=False)


def _divide(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """ "Nine people died. Four were teachers and two were pupils", "... Six of them came from one village"."""
    totals = [draft for draft in previous if draft.total is None and not draft.is_known]
    if not totals:
        # "Twelve of the dead are known by name. Five are women.": of the twelve, or of all.
        totals = [draft.total for draft in previous if draft.total is not None]
    measures = {draft.measure for draft in totals if draft.bounds.high != 0}
    if len(measures) != 1 or reader.drafts:
        return
    total = max(totals, key=lambda draft: draft.bounds.low or 0)
    for found in _DIVIDES.finditer(reader.tags):
        index = found.start("n")
        chunk = reader.chunks[index]
        if index in reader.taken or index in reader.blocked or not _is_of(chunk, total, reader, found):
            continue
        draft = draft_of(reader, DIVIDED_RULE, index, total.measure)
        if not fits(draft, total) or draft.bounds == total.bounds:
            continue
        if found.group("u"):
            _name_kind(reader, draft, found)
        elif _is_kind(reader, found):
            kind = reader.chunks[found.start("k")]
            draft.group, draft.end = group_of([reader.word(kind)]), kind.end
            draft.victims = Span(start=kind.start, end=kind.end)
        draft.total = total
        reader.keep(index, draft)


def _divide_on(reader: SentenceReader) -> None:
    """ "Nineteen of those killed were children and eight were women": the eight are of the same body."""
    for body in [draft for draft in reader.drafts if draft.rule == _BODY_RULE]:
        found = _DIVIDES_ON.match(reader.tags, body.index + 1)
        if found is None or found.start("n") in reader.taken or found.start("n") in reader.blocked:
            continue
        draft = draft_of(reader, DIVIDED_RULE, found.start("n"), body.measure)
        _name_kind(reader, draft, found)
        draft.total = body.total
        reader.keep(found.start("n"), draft)


def join_kinds(reader: SentenceReader) -> None:
    """ "Dozens of fighters and soldiers were killed": a number before two kinds of people counts both."""
    for draft in reader.drafts:
        at, tags = draft.index, reader.tags
        if tags[at + 1 : at + 3] != "cU" or draft.chunk.head is None:
            continue
        second = reader.chunks[at + 2]
        kind = group_of([second.head or ""])
        is_object = draft.start < draft.chunk.start
        if kind in (draft.group, PEOPLE) or (is_object and tags[at + 3 : at + 4] not in _CLAUSE_ENDS):
            # "The mine killed 30 soldiers and rebels fled."
            continue
        draft.group = PEOPLE
        if draft.victims is not None:
            draft.victims = Span(start=draft.victims.start, end=second.end)
        draft.end = max(draft.end, second.end)


def _is_of(chunk: Chunk, total: Draft, reader: SentenceReader, found: re.Match[str]) -> bool:
    """Whether a count at the head of a clause is one of those counted before: by "of them", by its whole, by a noun."""
    if chunk.is_partitive:
        is_one = chunk.amount is not None and chunk.amount.bounds in _FEW
        if is_one and not found.group("u") and reader.tags[found.end("n") : found.end("n") + 2] == "Bw":
            # "One of them is Ana Reyes" tells who that was.
            return False
        return found.start() == 0 and chunk.measure is None and not _is_named(reader, found.start("n"))
    if chunk.whole is not None:
        return chunk.whole == total.bounds and not _is_named(reader, found.start("n"))
    return bool(found.group("u")) or _is_kind(reader, found)


def _is_kind(reader: SentenceReader, found: re.Match[str]) -> bool:
    """ "Five are male": an adjective that says of which kind they are."""
    return found.group("k") is not None and reader.word(reader.chunks[found.start("k")]) in lexicon().kinds


def _is_named(reader: SentenceReader, index: int) -> bool:
    """ "Twelve of the dead have been identified": known by name, which is no count of dead."""
    first = reader.chunks[index].last
    return not lexicon().named.isdisjoint(reader.tokens.lows[first : first + NAMED_REACH])


def take_bodies(reader: SentenceReader, previous: Sequence[Draft]) -> None:
    """The parts of a sentence whose words say of which body they are: "twelve of the dead"."""
    for index, chunk in reader.chunks.read:
        if chunk.is_partitive and chunk.measure is not None:
            _take_body(reader, index, previous)


def take_kinds(reader: SentenceReader) -> None:
    """ "Only fighters were killed, 17 of them": the number of those whom the verb tells of."""
    for found in _OF_KIND.finditer(reader.tags):
        index = found.start("n")
        chunk = reader.chunks[index]
        verbs = [reader.chunks[at] for at in range(*verb_span(found))]
        measure = measure_of(reader, verbs, index)
        is_free = index not in reader.taken and chunk.is_partitive and chunk.head is None
        if (
            not is_free
            or chunk.measure is not None
            or measure is None
            or is_unreal_deed(reader, found, verbs)
        ):
            continue
        kind = reader.chunks[found.start()]
        draft = draft_of(reader, "casualties.of_kind", index, measure)
        draft.group = group_of([kind.head or ""])
        draft.victims = Span(start=kind.start, end=kind.end)
        draft.start = kind.start
        reader.keep(index, draft)


def _take_body(reader: SentenceReader, index: int, previous: Sequence[Draft]) -> None:
    """ "Twelve of the victims were women", "23 of the injured had been flown out": the words say what is counted."""
    chunk = reader.chunks[index]
    found = _OF_BODY.match(reader.tags, index + 1)
    if index in reader.taken or index in reader.blocked or chunk.measure is None or found is None:
        return
    is_group = found.group("u") is not None
    if not is_group and (
        chunk.amount is None
        or chunk.amount.bounds in _FEW
        or _is_named(reader, index)
        or reader.word(chunk).endswith(lexicon().may_live)
    ):
        return
    if is_unreal_at(reader, index) or reader.tags[max(0, index - 1) : index] == "f":
        # "the legs of four of the wounded" is about their legs
        return
    draft = draft_of(reader, _BODY_RULE, index, chunk.measure)
    if is_group:
        head = reader.chunks[found.start("u")]
        draft.group, draft.end = group_of([head.head or ""]), head.end
    totals = [one for one in previous if one.measure is chunk.measure and fits(draft, one)]
    draft.total = totals[-1] if totals else None
    reader.keep(index, draft)


def _total_before(reader: SentenceReader, index: int) -> Draft | None:
    """The nearest figure before a chunk within the same clause that is no part itself."""
    before = [draft for draft in reader.drafts if draft.index < index and draft.total is None]
    before.sort(key=lambda draft: draft.index)
    for draft in reversed(before):
        if ";" not in reader.tags[draft.index : index]:
            return draft
    return None


def _add_parts(reader: SentenceReader, members: Sequence[int], total: Draft, *, carried: bool) -> None:
    for member in members:
        chunk = reader.chunks[member]
        existing = reader.taken.get(member)
        if existing is not None:
            if existing is not total and existing.measure is total.measure and fits(existing, total):
                existing.total = total
            continue
        if chunk.amount is None or (chunk.tag == "n" and not chunk.is_partitive and carried):
            continue
        draft = draft_of(reader, "casualties.part", member, total.measure)
        if not fits(draft, total):
            continue
        draft.total = total
        if chunk.is_partitive and chunk.head is None and reader.tags[member + 1 : member + 3] == "BU":
            draft.group = group_of([reader.chunks[member + 2].head or ""])
        reader.keep(member, draft)

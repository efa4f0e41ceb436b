"""Lists of victims that count only when added up: "his wife, Mara, and two sons", "Aldo Brun and Rita Holm".

Stance: "and" closes a list; a name beside a person tells who that is and adds nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.counts.crowdnouns import YEAR_OLD
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import verb_span
from digests.extract.counts.victims import PEOPLE, group_of, is_person
from digests.extract.drafts.deeds import is_unreal_deed, measure_of
from digests.extract.drafts.drafts import SUM_RULE, Draft
from digests.extract.drafts.sentencereader import SentenceReader
from digests.extract.drafts.victimnames import name_ending
from digests.types import Bounds, Measure, Span

# Over the tags of `rules/casualties.toml`: a verb in front of what it governs, a verb behind its subject, what
# stands between two members, a person told of twice ("his wife, Mara Lind", "Mara Lind, 25").
_BEFORE = re.compile(r"(?P<b>[tMHx]?a?H?a?x?)(?<!B)(?<!Ba)(?P<v>[VGP](?:ca?[VGP])?|[ZG]f)a?$")
_BEHIND = re.compile(
    r",?a?(?:(?P<b>M?a*H?a*B[aBzx]*)(?P<v>[VAW](?:ca?[VA])?)|(?P<b2>M?H?a*)(?P<v2>I|[VA](?![wNnQSU]|a[NnQSU])))"
)
_AND = "(?:,|,?ca?)"
_JOINT = re.compile(rf"(?P<p>p[wU]{{1,3}})?{_AND}")
# Two that may be members with their joint; a sentence without it holds no list.
_TWO = re.compile(rf"[wUSNnQgd]{_AND}[wSNnQ]")
_AGE = re.compile(r",[gd](?=,|c|;|\)|$)")
# "his three children, his wife and then himself"
_CLOSED = re.compile(r",?cs?Y")
# Tags of what opens a clause in front of the main one, and of the verb of the main one.
_FRONTED = frozenset("ps")
_NEXT_VERB = frozenset("BHM")
# Chunks in front of a list that are looked at.
_CONTEXT = 8
_MOST_MEMBERS = 20


@dataclass(slots=True)
class _Member:
    """Chunks `first:last`, how many persons, whether it is a name."""

    first: int
    last: int
    count: int
    is_name: bool = False


def add_lists(reader: SentenceReader) -> None:
    """Adds a figure that adds up for each list of a sentence that tells of persons without a number."""
    if _TWO.search(reader.tags) is None:
        return
    if reader.chunks.measures().isdisjoint((Measure.KILLED, Measure.INJURED)):
        return
    members = _told_once(reader, _members(reader))
    at = 0
    while at < len(members):
        end = at + 1
        while end < len(members) and _is_joined(reader, members[end - 1], members[end]):
            end += 1
        if end - at > 1:
            _take_list(reader, members[at:end][:_MOST_MEMBERS])
        at = end


def _members(reader: SentenceReader) -> list[_Member]:
    """Everybody whom a sentence tells of by a noun, a number or a name, in order."""
    tags, members = reader.tags, list[_Member]()
    at = 0
    while at < len(tags):
        tag, end = tags[at], at + 1
        if tag == "w" and reader.word(reader.chunks[at]) in lexicon().list_pronoun:
            members.append(_Member(at, end, 1))
        elif tag == "w":
            while end < len(tags) and tags[end] == "w":
                end += 1
            name = name_ending(
                reader.document, reader.sentence, reader.tokens, reader.chunks[end - 1].last - 1
            )
            if name is not None:
                first = next(i for i in range(at, end) if reader.chunks[i].end > name.start)
                members.append(_Member(first, end, 1, is_name=True))
        elif tag == "S":
            members.append(_Member(at, end, 2 if reader.chunks[at].head in lexicon().pairs else 1))
        elif tag in "NnQ":
            amount = reader.chunks[at].amount
            bounds = amount.bounds if amount is not None else Bounds(low=None, high=None)
            if bounds.low and bounds.low == bounds.high:
                members.append(_Member(at, end, bounds.low, is_name=_is_aged_name(reader, at)))
        at = end
    return members


def _is_aged_name(reader: SentenceReader, at: int) -> bool:
    """ "74-year-old Rita Holm"."""
    chunk = reader.chunks[at]
    if not YEAR_OLD.match(reader.tokens.lows[chunk.first]):
        return False
    return chunk.head is None or not is_person(chunk.head)


def _told_once(reader: SentenceReader, members: Sequence[_Member]) -> list[_Member]:
    """Joins a person and the name, the age or the trade that stands beside: "his wife, Mara Lind, 25,"."""
    tags, out = reader.tags, list[_Member]()
    for member in members:
        before = out[-1] if out else None
        if before is not None and before.count == member.count == 1 and before.is_name != member.is_name:
            between = tags[before.last : member.first]
            if between == "" or (between == "," and _ends_insert(tags, member.last)):
                before.last, before.is_name = _behind_age(tags, member.last), False
                continue
        member.last = _behind_age(tags, member.last)
        out.append(member)
    return out


def _behind_age(tags: str, at: int) -> int:
    age = _AGE.match(tags, at)
    return at if age is None else age.end()


def _ends_insert(tags: str, at: int) -> bool:
    return tags[at : at + 1] in (",", "c", ";", "Y", "", "V", "B")


def _is_joined(reader: SentenceReader, one: _Member, other: _Member) -> bool:
    found = _JOINT.fullmatch(reader.tags, one.last, other.first)
    if found is None:
        return False
    return found.group("p") is None or reader.word(reader.chunks[one.last]) in lexicon().list_inserts


def _take_list(reader: SentenceReader, members: Sequence[_Member]) -> None:
    tags = reader.tags
    last = tags[members[-2].last : members[-1].first]
    behind = _BEHIND.match(tags, members[-1].last)
    is_closed = "c" in last or _CLOSED.match(tags, members[-1].last) is not None
    if not is_closed and not (behind and _is_bare(reader, members[-1])):
        return
    if (
        all(tags[member.first] in "NnQ" for member in members)
        and "p" not in tags[members[0].first : members[-1].last]
    ):
        # Read by the shapes.
        return
    if len(members) > 2 and members[0].count == sum(member.count for member in members[1:]):
        # "two clerks, Aldo Brun and Rita Holm": told twice
        return
    sides = [_is_side(reader, member) for member in members]
    if any(sides) and not all(sides):
        return
    start = members[0].first
    found = _BEFORE.search(tags, max(0, start - _CONTEXT), start)
    if found is None:
        found = behind
    elif behind is not None and len(members) > 1:
        # "killed his wife, and two sons were hurt": the last is the subject of the next verb
        members = members[:-1]
    elif tags[:1] in _FRONTED and "," not in tags[:start] and tags[members[-1].last :][:1] in _NEXT_VERB:
        # "after the death of Aldo Brun, Rita Holm and Ida Lund were at odds": a new clause begins at the comma
        members = _before_comma(tags, members)
    if found is None or len(members) < 2:
        return
    verbs = [reader.chunks[i] for i in range(*verb_span(found)) if reader.chunks[i].measure is not None]
    measure = measure_of(reader, verbs, found.end())
    if measure not in (Measure.KILLED, Measure.INJURED) or is_unreal_deed(reader, found, verbs):
        return
    _add(reader, members, measure, [reader.word(verb) for verb in verbs])


def _before_comma(tags: str, members: Sequence[_Member]) -> Sequence[_Member]:
    """The members in front of the first comma that stands between two."""
    for at in range(1, len(members)):
        if tags[members[at - 1].last : members[at].first] == ",":
            return members[:at]
    return members


def _is_side(reader: SentenceReader, member: _Member) -> bool:
    """Whether a member fought those of the others: the dead of two sides are no one crowd."""
    head = reader.chunks[member.first].head
    return head is not None and group_of([head]) in lexicon().sides


def _is_bare(reader: SentenceReader, member: _Member) -> bool:
    """Whether a person stands without an article, as in a headline's list ("Man, woman found dead")."""
    chunk = reader.chunks[member.first]
    word = reader.tokens.lows[chunk.first]
    return YEAR_OLD.match(word) is not None or (chunk.tag == "S" and word not in lexicon().determiners)


def _add(reader: SentenceReader, members: Sequence[_Member], measure: Measure, verbs: Sequence[str]) -> None:
    first, last = reader.chunks[members[0].first], reader.chunks[members[-1].last - 1]
    count = sum(member.count for member in members)
    held = [
        reader.taken[i] for member in members for i in range(member.first, member.last) if i in reader.taken
    ]
    if any(draft.measure is not measure or (draft.bounds.low or 0) > count for draft in held):
        return
    words = Span(start=first.start, end=last.end)
    sums = [draft.total for draft in held if draft.total is not None and draft.total.rule == SUM_RULE]
    if any((total.bounds.low or 0) >= count for total in sums):
        return
    reader.drafts = [draft for draft in reader.drafts if not any(draft is total for total in sums)]
    is_shot = measure is Measure.INJURED and not lexicon().shot.isdisjoint(verbs)
    total = Draft(
        measure,
        first,
        members[0].first,
        Bounds(low=count, high=count),
        words.start,
        words.end,
        SUM_RULE,
        reader.sentence,
        words,
        words,
        PEOPLE,
        is_list=True,
        is_shot=is_shot,
        is_open=measure is Measure.INJURED and lexicon().survives.isdisjoint(verbs),
    )
    for draft in held:
        if draft.total is None or draft.total.rule == SUM_RULE:
            draft.total = total
    reader.drafts.append(total)

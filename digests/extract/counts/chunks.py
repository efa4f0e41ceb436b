"""A sentence as a row of chunks with one-letter tags: counted people, verbs that count, joints between them.

The letters are explained at the head of `rules/casualties.toml`. Case never matters here: upper-case wire copy and
headlines read like ordinary text.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Sequence

from digests.extract.counts.counted import Chunk, make_chunk, read_counted, read_owned
from digests.extract.counts.crowdnouns import CREW_ENDS, MAX_MODIFIERS, OLDEST, YEAR_OLD, crowd_words
from digests.extract.counts.crowds import read_aged, read_headed, read_known, read_people, read_single
from digests.extract.counts.harm import read_harm
from digests.extract.counts.lexicon import Lexicon, lexicon
from digests.extract.counts.tollheads import read_crew, read_toll_head
from digests.extract.counts.uncounted import behind_uncounted, is_day, is_year
from digests.extract.counts.victims import is_person, is_plural
from digests.extract.counts.wordroles import STOP, WordRole, word_roles
from digests.text.numbers import Amount, may_begin_amount, read_amount
from digests.text.tokens import Tokens
from digests.types import Bounds, Measure

__all__ = ["Chunk", "Row", "find_chunks"]

# "her sons, 12 and 9,", "two brothers (19 and 22)": over tags
_AGES = re.compile(r"(?<=[UNS][,(])(?P<n>n(?:,n)*,?cn)(?=[,;:)])")
# Tags of what may follow a dash that closes an insert: "were", "had".
_DASHED = frozenset("BH")
# Behind "three of them": an adjective or a name, people, and the end of the clause.
_KIND = re.compile(r"w{1,2}U(?=[,;c]|$)")
# "none of the four nuns and 100 refugees", "nobody among the 41 passengers"
_NONE_OF = re.compile(r"Nf[NnQU](?:,?c[aU]?|,)[NnQ]|Ni[NnQ]")
# "were both shot"
_WHOLE = re.compile(r"Bn(?=[VA])")
_QUOTES = frozenset("\"'")
# An age in front of a noun ends so ("a 40-year-old clerk"), if nothing else does.
_AGE_ENDS = ("old", "olds", "-year")
_TAG, _BEGINS, _MEASURE = (operator.attrgetter(name) for name in ("tag", "begins", "measure"))


class Row:
    """The chunks of one sentence with their tags, and the tokens that they index.

    Chunks of one word are made when somebody asks for them: of most only the tag matters.
    """

    __slots__ = ("_entries", "_roles", "read", "tags", "tokens")

    def __init__(
        self,
        tokens: Tokens,
        roles: Sequence[WordRole],
        entries: list[Chunk | int],
        tags: Sequence[str],
        read: Sequence[tuple[int, Chunk]],
    ) -> None:
        """`entries` are the chunks in order; of a single word only the index of its token.

        `read` are those that were read with their neighbours, each with its place in the row.
        """
        self.tokens = tokens
        self.tags = "".join(tags)
        self.read = read
        self._roles = roles
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, at: int) -> Chunk:
        entry = self._entries[at]
        if isinstance(entry, int):
            entry = make_chunk(self.tokens, self.tags[at], entry, entry + 1)
            entry.measure = self._roles[entry.first].measure
            self._entries[at] = entry
        return entry

    def measures(self) -> set[Measure | None]:
        """What the words and chunks of the row may count by themselves."""
        return {*map(_MEASURE, self._roles), *[chunk.measure for _, chunk in self.read]}


def find_chunks(tokens: Tokens) -> Row:
    """The chunks of one sentence, over its tokens without quotation marks."""
    words = lexicon()
    tokens = _without_dashes(_without_quotes(tokens), words)
    lows = tokens.lows
    roles = list(map(word_roles().__getitem__, lows))
    alone = list(map(_TAG, roles))
    entries: list[Chunk | int] = []
    tags: list[str] = []
    read: list[tuple[int, Chunk]] = []
    at = 0
    has_part = has_number = False
    has_owner = "'" in "".join(lows)
    # Nine words in ten are settled by their roles.
    words_apart = zip(itertools.count(), roles, [*lows[1:], ""], strict=False)
    for index, role, follower in itertools.compress(words_apart, map(_BEGINS, roles)):
        if index < at:
            continue
        if role.is_open or follower in role.followers:
            chunk = _chunk_at(tokens, index, role, words)
        elif role.leads and (found := _led_by(tokens, index, role, words, has_owner=has_owner)) is not None:
            chunk = found
        else:
            continue
        if index == at and tags and tags[-1] == "N" and chunk.tag in "wL" and role.is_participle:
            chunk.tag = "k"
        entries += range(at, index)
        tags += alone[at:index]
        read.append((len(entries), chunk))
        entries.append(chunk)
        tags.append(chunk.tag)
        at = chunk.last
        if chunk.tag == "N" and at < len(lows) and alone[at] in "wL" and roles[at].is_participle:
            alone[at] = "k"
        has_part = has_part or chunk.is_partitive
        has_number = has_number or chunk.tag == "n"
    entries += range(at, len(lows))
    tags += alone[at:]
    if lows and lows[-1] == "." and at < len(lows):
        tags[-1] = STOP
    if has_number:
        _mark_ages(entries, tags)
        if not words.wholes.isdisjoint(lows):
            _join_wholes(tokens, entries, tags, words)
    if not words.none_first.isdisjoint(lows):
        _spare_all(entries, tags)
    if has_part:
        entries, tags = _one_of_them(entries, tags)
        read = [(place, entry) for place, entry in enumerate(entries) if isinstance(entry, Chunk)]
    return Row(tokens, roles, entries, tags, read)


def _leads_to_crowd(lows: Sequence[str], at: int) -> bool:
    """Whether a noun for people, or an age, may stand behind a determiner: a look that spares reading most nouns."""
    return not crowd_words().isdisjoint(lows[at : at + MAX_MODIFIERS]) or (
        at < len(lows) and lows[at].endswith(_AGE_ENDS)
    )


def _led_by(tokens: Tokens, at: int, role: WordRole, words: Lexicon, *, has_owner: bool) -> Chunk | None:
    """The number or the noun for people that a hedge or a determiner leads to; None where it leads to neither.

    For the words whose role `leads`. `has_owner`: whether an apostrophe stands in the sentence at all.
    """
    lows = tokens.lows
    follower = lows[at + 1] if at + 1 < len(lows) else ""
    if role.hedges and may_begin_amount(follower):
        return _chunk_at(tokens, at, role, words)
    if not (role.is_determiner or role.ones) or follower.endswith(CREW_ENDS):
        return None
    owned = read_owned(tokens, at, words) if has_owner and role.is_determiner else None
    if owned is not None:
        return owned
    if not (_leads_to_crowd(lows, at + 1) or follower in words.ordinals):
        return None
    single = read_single(tokens, at, at + 1, words) if role.ones else None
    if single is not None or not role.is_determiner:
        return single
    return read_known(tokens, at, words)


def _without_quotes(tokens: Tokens) -> Tokens:
    if _QUOTES.isdisjoint(tokens.lows):
        return tokens
    kept = [at for at, low in enumerate(tokens.lows) if low not in _QUOTES]
    return Tokens(
        [tokens.lows[at] for at in kept], [tokens.starts[at] for at in kept], [tokens.ends[at] for at in kept]
    )


def _without_dashes(tokens: Tokens, words: Lexicon) -> Tokens:
    """Words that a dash without spaces ties together, taken apart: "clerks-two women and a man-were killed"."""
    if "-" not in "".join(tokens.lows):
        return tokens
    lows: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for low, start, end in zip(tokens.lows, tokens.starts, tokens.ends, strict=True):
        left, dash, right = low.partition("-")
        if dash and right and _is_dash(left, right, words):
            middle = start + len(left)
            lows += [left, "-", right]
            starts += [start, middle, middle + 1]
            ends += [middle, middle + 1, end]
        else:
            lows.append(low)
            starts.append(start)
            ends.append(end)
    return Tokens(lows, starts, ends)


def _is_dash(left: str, right: str, words: Lexicon) -> bool:
    """Whether a hyphen between two words is a dash: a noun for people before it, a count or a verb behind it."""
    if not is_person(left) or "-" in right:
        return False
    if right in ("a", "an") or (is_plural(left) and may_begin_amount(right)):
        return True
    return _is_tagged(right, words)


def _is_tagged(word: str, words: Lexicon) -> bool:
    found = words.phrases.at([word], 0)
    return found is not None and found[0][0] in _DASHED


def _one_of_them(entries: Sequence[Chunk | int], tags: Sequence[str]) -> tuple[list[Chunk | int], list[str]]:
    """ "one of them a pregnant woman" is one part, told twice."""
    kept: list[int] = []
    joined = 0
    for at, entry in enumerate(entries):
        if at < joined:
            continue
        last = entries[kept[-1]] if kept else None
        if isinstance(entry, Chunk) and entry.is_partitive and entry.head is None:
            kind = _kind_behind(entries, tags, at)
            if kind is not None:
                # "50 of them Hezbollah fighters"
                people = entries[kind]
                assert isinstance(people, Chunk)
                entry.head, entry.noun, entry.last, entry.end = (
                    people.head,
                    entry.last,
                    people.last,
                    people.end,
                )
                joined = kind + 1
        if (
            isinstance(last, Chunk)
            and last.is_partitive
            and last.head is None
            and last.amount is not None
            and isinstance(entry, Chunk)
            and entry.tag == "N"
            and entry.amount is not None
            and last.amount.bounds == entry.amount.bounds
        ):
            last.head, last.noun, last.last, last.end = entry.head, entry.noun, entry.last, entry.end
            continue
        kept.append(at)
    return [entries[at] for at in kept], [tags[at] for at in kept]


def _kind_behind(entries: Sequence[Chunk | int], tags: Sequence[str], at: int) -> int | None:
    """Where the people stand that a part is told to be, behind an adjective or a name: ", 50 of them Thai sailors"."""
    if at == 0 or tags[at - 1] != ",":
        return None
    found = _KIND.match("".join(tags), at + 1)
    return found.end() - 1 if found is not None and isinstance(entries[found.end() - 1], Chunk) else None


def _spare_all(entries: Sequence[Chunk | int], tags: list[str]) -> None:
    """ "None of the four nuns and 100 refugees was hurt": nobody of the list counts."""
    for found in _NONE_OF.finditer("".join(tags)):
        none = entries[found.start()]
        if not isinstance(none, Chunk) or none.amount is None or none.amount.bounds.high != 0:
            continue
        for at in range(found.start() + 2, found.end()):
            entry = entries[at]
            if isinstance(entry, Chunk) and entry.tag in "NnQ":
                entry.tag = tags[at] = "U"


def _join_wholes(tokens: Tokens, entries: Sequence[Chunk | int], tags: list[str], words: Lexicon) -> None:
    """ "The two men were both shot": "both" between a verb and its participle counts nobody anew."""
    for found in _WHOLE.finditer("".join(tags)):
        entry = entries[found.start() + 1]
        if isinstance(entry, Chunk) and tokens.lows[entry.first] in words.wholes and entry.head is None:
            entry.tag = tags[found.start() + 1] = "a"


def _mark_ages(entries: Sequence[Chunk | int], tags: list[str]) -> None:
    """ "Mara Lindqvist, 25, ...": a bare number between a name and a mark is an age; so are "her sons, 12 and 9,"."""
    for found in _AGES.finditer("".join(tags)):
        numbers = [entries[at] for at in range(*found.span("n")) if tags[at] == "n"]
        if all(isinstance(one, Chunk) and _may_be_age(one) for one in numbers):
            for at in range(*found.span("n")):
                entry = entries[at]
                if isinstance(entry, Chunk):
                    entry.tag = "d"
                tags[at] = "d"
    for index in [index for index, tag in enumerate(tags) if tag == "n"]:
        chunk, previous = entries[index], entries[index - 1]
        if index < 2 or not isinstance(chunk, Chunk) or chunk.amount is None or chunk.amount.is_word:
            continue
        before = tags[index - 2] + tags[index - 1]
        if before == ",a" and index > 2:
            # "Karl Holm, also 35,"
            before = tags[index - 3] + ","
        both = isinstance(previous, Chunk) and previous.is_subset and previous.tag == "n"
        if before != "rB" and not both and not (before[1] == "," and before[0] in "wSUN"):
            continue
        follower = tags[index + 1] if index + 1 < len(tags) else STOP
        ends = ",:);BVI" if both else ",:);c" if before == "rB" else ",:);"
        if _may_be_age(chunk) and follower in ends:
            chunk.tag = tags[index] = "g"


def _may_be_age(chunk: Chunk) -> bool:
    """Whether a bare number may tell how old somebody is."""
    bounds = None if chunk.amount is None else chunk.amount.bounds
    return bounds is not None and bounds.low == bounds.high and 0 < (bounds.high or 0) <= OLDEST


def _chunk_at(tokens: Tokens, at: int, role: WordRole, words: Lexicon) -> Chunk:
    lows = tokens.lows
    crew = read_crew(tokens, at, words) if role.is_crew else None
    if crew is not None:
        return crew
    date = behind_uncounted(tokens, at, words) if role.dates else 0
    if date:
        return make_chunk(tokens, "d", at, date)
    found = words.phrases.at(lows, at) if role.phrases else None
    toll = read_toll_head(lows, at, words) if role.is_toll else None
    if toll is not None and (found is None or found[1] < toll[1]):
        return _phrase(tokens, at, (("D", toll[0]), toll[1]))
    harm = read_harm(lows, at, words.harm) if role.harms else None
    if harm is not None and (found is None or found[1] < harm[1]):
        return _phrase(tokens, at, ((harm[0], Measure.INJURED), harm[1]))
    none = words.none.at(lows, at) if role.nones else None
    if none is not None:
        chunk = make_chunk(tokens, "N", at, none[1])
        chunk.amount = Amount(bounds=Bounds(low=0, high=0), first=at, last=none[1])
        chunk.noun = none[1]
        return chunk
    amount = read_amount(tokens, at) if role.amounts else None
    if amount is not None:
        if role.is_determiner and is_year(lows, amount.last - 1):
            # "the 2013 killing of a guard"
            return make_chunk(tokens, "d", at, amount.last)
        if role.is_determiner and is_day(lows, amount.last - 1, words):
            # "the 5 October arrest of a clerk"
            return make_chunk(tokens, "d", at, amount.last + 1)
        if found is None or found[1] <= amount.last:
            return read_counted(tokens, at, amount, words)
    if at == 0 and lows[0] in words.ordinals:
        # "Fourth student dies of wounds"
        first = read_single(tokens, 0, 1, words)
        if first is not None and first.last == 2:
            return first
    one = words.one.at(lows, at) if role.ones else None
    if one is not None:
        chunk_one = read_single(tokens, at, one[1], words)
        if chunk_one is not None:
            return chunk_one
    if role.is_determiner:
        known = read_known(tokens, at, words)
        if known is not None and (found is None or known.last > found[1] or found[0][0] in "rw"):
            return known
    if found is not None:
        return _phrase(tokens, at, found)
    if is_person(lows[at]):
        return (read_headed(tokens, words) if at == 0 else None) or read_people(tokens, at)
    aged = read_aged(tokens, at, words) if YEAR_OLD.fullmatch(lows[at]) else None
    return aged or make_chunk(tokens, "w", at, at + 1)


def _phrase(tokens: Tokens, at: int, found: tuple[tuple[str, Measure | None], int]) -> Chunk:
    (tag, measure), last = found
    chunk = make_chunk(tokens, tag, at, last)
    chunk.measure = measure
    return chunk

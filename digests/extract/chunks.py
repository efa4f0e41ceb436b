"""A sentence as a row of chunks with one-letter tags: counted people, verbs that count, joints between them.

The letters are explained at the head of `rules/casualties.toml`. Case never matters here: upper-case wire copy and
headlines read like ordinary text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.counting import Lexicon, lexicon
from digests.extract.crowds import (
    MAX_MODIFIERS,
    ONES,
    YEAR_OLD,
    Chunk,
    crowd_words,
    make_chunk,
    part_starts,
    read_aged,
    read_counted,
    read_known,
    read_people,
    read_single,
)
from digests.extract.harm import read_harm
from digests.extract.victims import is_person, is_plural
from digests.text.numbers import (
    Amount,
    amount_starts,
    may_begin_amount,
    only_hedges,
    plain_letters,
    read_amount,
)
from digests.text.tokens import Tokens
from digests.types import Bounds, Measure

__all__ = ["Chunk", "find_chunks"]

# Years. Nobody of whom news gives the age is older; above it the number is none.
OLDEST = 115
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# "ages 19 and 22", "aged 5 to 12"
_AGE_JOINTS = frozenset({"and", "to", "-", ",", "or"})
# Tags of what may follow a dash that closes an insert: "were", "had".
_DASHED = frozenset("BH")
# "none of the four nuns and 100 refugees"
_NONE_OF = re.compile(r"Nf[NnQU](?:,?c[aU]?|,)[NnQ]")
_QUOTES = frozenset("\"'")
_MARKS = {
    ",": ",",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    ":": ":",
    "–": ":",
    "-": ":",
    ".": ";",
    "!": ";",
    "?": ";",
}


# Not frozen, and no tuple: a field of either is read several times slower, and each word of a sentence asks for some.
@dataclass(slots=True)
class _Role:
    """What a word is by itself, and behind what it has to be read with its neighbours."""

    tag: str
    measure: Measure | None = None
    # Words behind it with which it may begin a longer phrase or an amount.
    followers: frozenset[str] = frozenset()
    # Whether it is always read with its neighbours.
    is_open: bool = False
    # Whether it may lead to a noun for people ("the", "a"), and to a number ("the", "about").
    leads: bool = False
    hedges: bool = False
    # Whether it tells more of people counted right before it: "two boys playing", "ten villagers trapped".
    is_participle: bool = False


# Words in no list.
_PLAIN = _Role("w")
_PARTICIPLE = _Role("w", is_participle=True)
# How participles end.
_PARTICIPLES = ("ing", "ed")
# An age in front of a noun ends so ("a 40-year-old clerk"), if nothing else does.
_AGE_ENDS = ("old", "olds", "-year")
# Words whose roles are remembered; a language has more, but uses few of them often.
_REMEMBERED = 20_000


class _Roles(dict[str, _Role]):
    """The role of each word and mark: a dictionary that fills itself, since every word of a sentence is looked up."""

    def __missing__(self, word: str) -> _Role:
        words = lexicon()
        role = _role(word, words) if word in words.first_words else _unlisted(word, words)
        if len(self) < _REMEMBERED:
            self[word] = role
        return role


@functools.cache
def _roles() -> _Roles:
    # A hyphen between words is a joint, a full stop inside a sentence mostly an abbreviation.
    return _Roles({mark: _Role(tag) for mark, tag in _MARKS.items()} | {".": _PLAIN})


def _unlisted(word: str, words: Lexicon) -> _Role:
    """The role of a word in no list: a plain one, unless it is a number or may be a compound of one."""
    if word[0] not in plain_letters() and (not word[0].isalpha() or word.startswith(words.tens)):
        return _Role("", is_open=True, is_participle=_is_participle(word, words))
    return _PARTICIPLE if _is_participle(word, words) else _PLAIN


def _role(word: str, words: Lexicon) -> _Role:
    amounts = amount_starts()
    may_alone = (
        word in words.months
        or word in words.ages
        or word in words.harm_first
        or word in ONES
        or is_person(word)
        or words.none.stands_alone(word)
        or (may_begin_amount(word) and word not in amounts.first_words)
        or (amounts.stands_alone(word) and word not in only_hedges())
    )
    if may_alone:
        return _Role("", is_open=True, is_participle=_is_participle(word, words))
    tag, measure = words.phrases.alone(word) or ("w", None)
    followers = words.phrases.followers(word) | words.none.followers(word) | amounts.followers(word)
    if word in words.one_first:
        followers |= words.one.followers(word) | part_starts() | words.ordinals.keys()
    return _Role(
        tag,
        measure,
        followers,
        leads=word in words.determiners or word in words.one_first,
        hedges=amounts.stands_alone(word),
        is_participle=_is_participle(word, words),
    )


def _spare_all(chunks: Sequence[Chunk]) -> None:
    """ "None of the four nuns and 100 refugees was hurt": nobody of the list counts."""
    tags = "".join([chunk.tag for chunk in chunks])
    for found in _NONE_OF.finditer(tags):
        amount = chunks[found.start()].amount
        if amount is not None and amount.bounds.high == 0:
            for chunk in chunks[found.start() + 2 : found.end()]:
                if chunk.tag in "NnQ":
                    chunk.tag = "U"


def _is_participle(word: str, words: Lexicon) -> bool:
    return word in words.participles or (word.endswith(_PARTICIPLES) and word not in words.no_participles)


def find_chunks(tokens: Tokens) -> tuple[list[Chunk], Tokens]:
    """The chunks of one sentence, in order, and the tokens that they index: all but quotation marks."""
    words = lexicon()
    tokens = _without_dashes(_without_quotes(tokens), words)
    lows, starts, ends = tokens.lows, tokens.starts, tokens.ends
    chunks: list[Chunk] = []
    at = 0
    has_part = has_number = is_behind_people = False
    following = [*lows[1:], ""]
    for index, role in enumerate(map(_roles().__getitem__, lows)):
        if index < at:
            continue
        chunk: Chunk | None = None
        if role.is_open or following[index] in role.followers:
            chunk = _chunk_at(tokens, index, words)
        elif role.leads or role.hedges:
            chunk = _led_by(tokens, index, role, words)
        if chunk is None:
            # Nine words in ten are settled by these look-ups.
            chunk = Chunk(role.tag, index, index + 1, starts[index], ends[index])
            if role.measure is not None:
                chunk.measure = role.measure
        else:
            has_part = has_part or chunk.is_partitive
            has_number = has_number or chunk.tag == "n"
            at = chunk.last
        if is_behind_people and chunk.tag in "wL" and role.is_participle:
            chunk.tag = "k"
        is_behind_people = chunk.tag == "N"
        chunks.append(chunk)
    if chunks and lows[chunks[-1].first :] == ["."]:
        chunks[-1].tag = _MARKS["."]
    if has_number:
        _mark_ages(chunks)
    if not words.none_first.isdisjoint(lows):
        _spare_all(chunks)
    return _one_of_them(chunks) if has_part else chunks, tokens


def _leads_to_crowd(lows: Sequence[str], at: int) -> bool:
    """Whether a noun for people, or an age, may stand behind a determiner: a look that spares reading most nouns."""
    return not crowd_words().isdisjoint(lows[at : at + MAX_MODIFIERS]) or (
        at < len(lows) and lows[at].endswith(_AGE_ENDS)
    )


def _led_by(tokens: Tokens, at: int, role: _Role, words: Lexicon) -> Chunk | None:
    """The number or the noun for people that a hedge or a determiner leads to; None where it leads to neither."""
    lows = tokens.lows
    if role.hedges and at + 1 < len(lows) and may_begin_amount(lows[at + 1]):
        return _chunk_at(tokens, at, words)
    if not (role.leads and _leads_to_crowd(lows, at + 1)):
        return None
    word = lows[at]
    single = read_single(tokens, at, at + 1, words) if word in words.one_first else None
    if single is not None or word not in words.determiners:
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


def _one_of_them(chunks: list[Chunk]) -> list[Chunk]:
    """ "one of them a pregnant woman" is one part, told twice."""
    out: list[Chunk] = []
    for chunk in chunks:
        last = out[-1] if out else None
        if (
            last is not None
            and last.is_partitive
            and last.head is None
            and last.amount is not None
            and chunk.tag == "N"
            and chunk.amount is not None
            and last.amount.bounds == chunk.amount.bounds
        ):
            last.head, last.noun, last.last, last.end = chunk.head, chunk.noun, chunk.last, chunk.end
            continue
        out.append(chunk)
    return out


def _mark_ages(chunks: Sequence[Chunk]) -> None:
    """ "Mara Lindqvist, 25, ...": a bare number between a name and a mark is an age."""
    for index in [index for index, chunk in enumerate(chunks) if chunk.tag == "n"]:
        chunk = chunks[index]
        if index < 2 or chunk.amount is None or chunk.amount.is_word:
            continue
        before = chunks[index - 2].tag + chunks[index - 1].tag
        if before == ",a" and index > 2:
            # "Karl Holm, also 35,"
            before = chunks[index - 3].tag + ","
        both = chunks[index - 1].is_subset and chunks[index - 1].tag == "n"
        if before != "rB" and not both and not (before[1] == "," and before[0] in "wSUN"):
            continue
        bounds = chunk.amount.bounds
        follower = chunks[index + 1].tag if index + 1 < len(chunks) else ";"
        ends = ",:);BVI" if both else ",:);c" if before == "rB" else ",:);"
        if bounds.low == bounds.high and 0 < (bounds.high or 0) <= OLDEST and follower in ends:
            chunk.tag = "g"


def _chunk_at(tokens: Tokens, at: int, words: Lexicon) -> Chunk:
    lows = tokens.lows
    word = lows[at]
    is_dated = word[0].isdigit() or word in words.months or word in words.ages
    date = _date(tokens, at, words) if is_dated else 0
    if date:
        return make_chunk(tokens, "d", at, date)
    found = words.phrases.at(lows, at) if word in words.phrase_first else None
    harm = read_harm(lows, at, words.harm) if word in words.harm_first else None
    if harm is not None and (found is None or found[1] < harm[1]):
        return _phrase(tokens, at, ((harm[0], Measure.INJURED), harm[1]))
    none = words.none.at(lows, at) if word in words.none_first else None
    if none is not None:
        chunk = make_chunk(tokens, "N", at, none[1])
        chunk.amount = Amount(bounds=Bounds(low=0, high=0), first=at, last=none[1])
        chunk.noun = none[1]
        return chunk
    if may_begin_amount(word):
        amount = read_amount(tokens, at)
        if amount is not None and word in words.determiners and _is_year(lows, amount.last - 1):
            # "the 2013 killing of a guard"
            return make_chunk(tokens, "d", at, amount.last)
        if amount is not None and (found is None or found[1] <= amount.last):
            return read_counted(tokens, at, amount, words)
    one = words.one.at(lows, at) if word in words.one_first else None
    if one is not None:
        chunk_one = read_single(tokens, at, one[1], words)
        if chunk_one is not None:
            return chunk_one
    if found is not None and word not in words.determiners:
        return _phrase(tokens, at, found)
    if word in words.determiners:
        known = read_known(tokens, at, words)
        if known is not None and (found is None or known.last > found[1] or found[0][0] in "rw"):
            return known
        if found is not None:
            return _phrase(tokens, at, found)
    if is_person(word):
        return read_people(tokens, at)
    aged = read_aged(tokens, at, words) if YEAR_OLD.fullmatch(word) else None
    return aged or make_chunk(tokens, "w", at, at + 1)


def _phrase(tokens: Tokens, at: int, found: tuple[tuple[str, Measure | None], int]) -> Chunk:
    (tag, measure), last = found
    chunk = make_chunk(tokens, tag, at, last)
    chunk.measure = measure
    return chunk


def _date(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The index after a day, a year, an age or a time of day that begins here; 0 for none."""
    lows = tokens.lows
    word = lows[at]
    following = lows[at + 1] if at + 1 < len(lows) else ""
    if word in words.months and (following[:1].isdigit() or word != "may"):
        last = at + 1
        if following == "." and last + 1 < len(lows) and lows[last + 1][0].isdigit():
            # "Feb. 21"
            last += 1
        while last < len(lows) and last < at + 5:
            inner = lows[last]
            if not (inner[0].isdigit() and len(inner) <= 4 and not _counts(lows, last)):
                if inner == "," and last + 1 < len(lows) and _YEAR.fullmatch(lows[last + 1]):
                    last += 2
                break
            last += 1
        return last
    if word[0].isdigit():
        if _is_negative(tokens, at):
            return at + 1
        if following in words.months and len(word) <= 4:
            year = at + 2
            return (
                year + 1
                if year < len(lows) and lows[year].isdigit() and not _leads_to_noun(lows, year + 1)
                else year
            )
        if following in words.clock:
            return at + 2
        if following == ":" and at + 2 < len(lows) and lows[at + 2][0].isdigit():
            return at + 3
        if _YEAR.fullmatch(word) and not _leads_to_noun(lows, at + 1):
            return at + 1
        if len(word) > 1 and not word[-1].isdigit() and not YEAR_OLD.fullmatch(word):
            return at + 1
        if at and lows[at - 1] in words.labels:
            return at + 1
        if (
            at > 2
            and lows[at - 1] in _AGE_JOINTS
            and lows[at - 3] in words.labels
            and lows[at - 2][0].isdigit()
        ):
            # "pages 6 and 7"
            return at + 1
        if following == "-" and at + 2 < len(lows) and lows[at + 2] in words.age_units:
            # "4- years old"
            return _behind_units(lows, at + 2, words)
        return 0
    if word in words.ages and following[:1].isdigit():
        last = _behind_units(lows, at + 2, words)
        while (
            last + 1 < len(lows)
            and last < at + 8
            and lows[last] in _AGE_JOINTS
            and lows[last + 1][0].isdigit()
        ):
            last = _behind_units(lows, last + 2, words)
        return last
    if word in words.ages and may_begin_amount(following):
        # "a girl aged four died"
        amount = read_amount(tokens, at + 1)
        is_age = amount is not None and amount.bounds.low == amount.bounds.high is not None
        return _behind_units(lows, amount.last, words) if amount is not None and is_age else 0
    return 0


def _behind_units(lows: Sequence[str], at: int, words: Lexicon) -> int:
    while at < len(lows) and lows[at] in words.age_units:
        at += 1
    return at


def _is_year(lows: Sequence[str], at: int) -> bool:
    return _YEAR.fullmatch(lows[at]) is not None and not _leads_to_noun(lows, at + 1)


def _is_negative(tokens: Tokens, at: int) -> bool:
    """Whether a minus stands at a number ("-5 degrees"); a hyphen that opens a line is a bullet."""
    lows = tokens.lows
    if at < 2 or lows[at - 1] != "-":
        return False
    return tokens.ends[at - 1] == tokens.starts[at] and tokens.ends[at - 2] < tokens.starts[at - 1]


def _counts(lows: Sequence[str], at: int) -> bool:
    """ "In March 40 people", not "on March 4 two people": whether a number behind a month counts somebody."""
    if at + 1 < len(lows) and may_begin_amount(lows[at + 1]):
        return False
    return _leads_to_noun(lows, at + 1)


def _leads_to_noun(lows: Sequence[str], at: int) -> bool:
    """Whether a noun for people stands here or one word on."""
    for low in lows[at : at + 2]:
        if is_person(low):
            return True
        if not low[0].isalpha():
            return False
    return False

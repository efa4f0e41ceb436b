"""A sentence as a row of chunks with one-letter tags: counted people, verbs that count, joints between them.

The letters are explained at the head of `rules/casualties.toml`. Case never matters here: upper-case wire copy and
headlines read like ordinary text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from digests.extract.counting import Lexicon, lexicon
from digests.extract.crowds import (
    YEAR_OLD,
    Chunk,
    make_chunk,
    read_aged,
    read_counted,
    read_known,
    read_people,
    read_single,
)
from digests.extract.harm import read_harm
from digests.extract.victims import is_person, is_plural
from digests.text.numbers import Amount, may_begin_amount, plain_letters, read_amount
from digests.text.tokens import Token
from digests.types import Bounds, Measure

__all__ = ["Chunk", "find_chunks"]

# Years. Nobody of whom news gives the age is older; above it the number is none.
OLDEST = 115
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# "ages 19 and 22", "aged 5 to 12"
_AGE_JOINTS = frozenset({"and", "to", "-", ",", "or"})
# Tags of what may follow a dash that closes an insert: "were", "had".
_DASHED = frozenset("BH")
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


# A word that may begin an amount, a known person, a day: it has to be read with its neighbours.
_OPEN = None


@functools.cache
def _roles() -> Mapping[str, tuple[str, Measure | None, frozenset[str]] | None]:
    """What a word is by itself: tag, measure, and the words behind it that may make a longer phrase of it.

    `_OPEN` for one that more than its phrases decide about. Words that stand in no list are plain words ("w").
    """
    words = lexicon()
    roles: dict[str, tuple[str, Measure | None, frozenset[str]] | None] = dict.fromkeys(words.first_words)
    more = (
        words.harm_first | words.none_first | words.one_first | words.determiners | words.months | words.ages
    )
    for word in words.phrase_first - more:
        if not (may_begin_amount(word) or is_person(word)):
            alone = words.phrases.alone(word)
            tag, measure = alone if alone is not None else ("w", None)
            roles[word] = (tag, measure, words.phrases.followers(word))
    # A full stop is read with what follows.
    return (
        roles | {mark: (tag, None, frozenset()) for mark, tag in _MARKS.items() if mark != "."} | {".": _OPEN}
    )


def find_chunks(tokens: Sequence[Token]) -> tuple[list[Chunk], list[Token]]:
    """The chunks of one sentence, in order, and the tokens that they index: all but quotation marks."""
    words = lexicon()
    tokens = _without_dashes([token for token in tokens if token.word not in _QUOTES], words)
    chunks: list[Chunk] = []
    at = 0
    roles, plain, phrases = _roles(), plain_letters(), words.phrases
    following = [token.word for token in tokens[1:]] + [""]
    has_part = False
    for index, (word, start, end) in enumerate(tokens):
        if index < at:
            continue
        # Four words in five are settled by a look-up or two.
        if word not in roles and (
            word[0] in plain or (word[0].isalpha() and not word.startswith(words.tens))
        ):
            chunk = Chunk("w", index, index + 1, start, end)
        elif (role := roles.get(word, _OPEN)) is not _OPEN:
            tag, measure, followers = role
            longer = phrases.at(tokens, index) if following[index] in followers else None
            if longer is not None:
                chunk = _phrase(tokens, index, longer)
            else:
                chunk = Chunk(tag, index, index + 1, start, end, measure)
        else:
            chunk = _chunk_at(tokens, index, words)
            has_part = has_part or chunk.is_partitive
        chunks.append(chunk)
        at = chunk.last
    _mark_ages(chunks)
    return _one_of_them(chunks) if has_part else chunks, tokens


def _without_dashes(tokens: list[Token], words: Lexicon) -> list[Token]:
    """Words that a dash without spaces ties together, taken apart: "clerks-two women and a man-were killed"."""
    if not [token for token in tokens if "-" in token.word]:
        return tokens
    out: list[Token] = []
    for token in tokens:
        left, dash, right = token.word.partition("-")
        if dash and right and _is_dash(left, right, words):
            middle = token.start + len(left)
            out.append(Token(left, token.start, middle))
            out.append(Token("-", middle, middle + 1))
            out.append(Token(right, middle + 1, token.end))
        else:
            out.append(token)
    return out


def _is_dash(left: str, right: str, words: Lexicon) -> bool:
    """Whether a hyphen between two words is a dash: a noun for people before it, a count or a verb behind it."""
    if not is_person(left) or "-" in right:
        return False
    if right in ("a", "an") or (is_plural(left) and may_begin_amount(right)):
        return True
    return _is_tagged(right, words)


def _is_tagged(word: str, words: Lexicon) -> bool:
    found = words.phrases.at([Token(word, 0, len(word))], 0)
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
        if bounds.low == bounds.high and 0 < (bounds.high or 0) <= OLDEST and follower in ",:);":
            chunk.tag = "g"


def _chunk_at(tokens: Sequence[Token], at: int, words: Lexicon) -> Chunk:
    word = tokens[at].word
    if len(word) == 1 and word in _MARKS:
        return make_chunk(tokens, _mark(tokens, at), at, at + 1)
    is_dated = word[0].isdigit() or word in words.months or word in words.ages
    date = _date(tokens, at, words) if is_dated else 0
    if date:
        return make_chunk(tokens, "d", at, date)
    found = words.phrases.at(tokens, at) if word in words.phrase_first else None
    harm = read_harm(tokens, at, words.harm) if word in words.harm_first else None
    if harm is not None and (found is None or found[1] < harm[1]):
        return _phrase(tokens, at, ((harm[0], Measure.INJURED), harm[1]))
    none = words.none.at(tokens, at) if word in words.none_first else None
    if none is not None:
        chunk = make_chunk(tokens, "N", at, none[1])
        chunk.amount = Amount(bounds=Bounds(low=0, high=0), first=at, last=none[1])
        chunk.noun = none[1]
        return chunk
    if may_begin_amount(word):
        amount = read_amount(tokens, at)
        if amount is not None and word in words.determiners and _is_year(tokens, amount.last - 1):
            # "the 2013 killing of a guard"
            return make_chunk(tokens, "d", at, amount.last)
        if amount is not None and (found is None or found[1] <= amount.last):
            return read_counted(tokens, at, amount, words)
    one = words.one.at(tokens, at) if word in words.one_first else None
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


def _mark(tokens: Sequence[Token], at: int) -> str:
    """A hyphen between words is a joint, a full stop inside a sentence mostly an abbreviation."""
    word = tokens[at].word
    if word == "." and at + 1 < len(tokens):
        return "w"
    return _MARKS[word]


def _phrase(tokens: Sequence[Token], at: int, found: tuple[tuple[str, Measure | None], int]) -> Chunk:
    (tag, measure), last = found
    chunk = make_chunk(tokens, tag, at, last)
    chunk.measure = measure
    return chunk


def _date(tokens: Sequence[Token], at: int, words: Lexicon) -> int:
    """The index after a day, a year, an age or a time of day that begins here; 0 for none."""
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word in words.months and (following[:1].isdigit() or word != "may"):
        last = at + 1
        if following == "." and last + 1 < len(tokens) and tokens[last + 1].word[0].isdigit():
            # "Feb. 21"
            last += 1
        while last < len(tokens) and last < at + 5:
            inner = tokens[last].word
            if not (inner[0].isdigit() and len(inner) <= 4 and not _counts(tokens, last)):
                if inner == "," and last + 1 < len(tokens) and _YEAR.fullmatch(tokens[last + 1].word):
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
                if year < len(tokens) and tokens[year].word.isdigit() and not _leads_to_noun(tokens, year + 1)
                else year
            )
        if following in words.clock:
            return at + 2
        if following == ":" and at + 2 < len(tokens) and tokens[at + 2].word[0].isdigit():
            return at + 3
        if _YEAR.fullmatch(word) and not _leads_to_noun(tokens, at + 1):
            return at + 1
        if len(word) > 1 and not word[-1].isdigit() and not YEAR_OLD.fullmatch(word):
            return at + 1
        if at and tokens[at - 1].word in words.labels:
            return at + 1
        return 0
    if word in words.ages and following[:1].isdigit():
        last = at + 2
        while (
            last + 1 < len(tokens)
            and last < at + 8
            and tokens[last].word in _AGE_JOINTS
            and tokens[last + 1].word[0].isdigit()
        ):
            last += 2
        return last
    return 0


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    return _YEAR.fullmatch(tokens[at].word) is not None and not _leads_to_noun(tokens, at + 1)


def _is_negative(tokens: Sequence[Token], at: int) -> bool:
    """Whether a minus stands at a number ("-5 degrees"); a hyphen that opens a line is a bullet."""
    if at < 2 or tokens[at - 1].word != "-":
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at - 2].end < tokens[at - 1].start


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """ "In March 40 people", not "on March 4 two people": whether a number behind a month counts somebody."""
    if at + 1 < len(tokens) and may_begin_amount(tokens[at + 1].word):
        return False
    return _leads_to_noun(tokens, at + 1)


def _leads_to_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun for people stands here or one word on."""
    for token in tokens[at : at + 2]:
        if is_person(token.word):
            return True
        if not token.word[0].isalpha():
            return False
    return False

"""A sentence as a row of chunks with one-letter tags: counted people, verbs that count, joints between them.

The letters are explained at the head of `rules/casualties.toml`. Case never matters here: upper-case wire copy and
headlines read like ordinary text.

Stance: an amount whose noun is a known thing is no victim; an amount of something unknown is one only where the verb
says so ("killed 12 Jesuits").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.counting import Lexicon, lexicon
from digests.extract.harm import read_harm
from digests.extract.victims import is_person, is_plural, people_lexicon
from digests.text.numbers import Amount, may_begin_amount, read_amount
from digests.text.tokens import Token
from digests.types import Bounds, Measure

# Words between an amount and the noun it counts ("two young Spanish aid workers").
_MAX_MODIFIERS = 6
# Years. Nobody of whom news gives the age is older; above it the number is none.
OLDEST = 115
_YEAR_OLD = re.compile(r"(?:\d{1,3}|[a-z]+)-?(?:year|month)-?olds?|\d{1,3}-year")
_SINGULAR = (Bounds(low=1, high=1), Bounds(low=0, high=0))
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# "ages 19 and 22", "aged 5 to 12"
_AGE_JOINTS = frozenset({"and", "to", "-", ",", "or"})
# Tags of what may follow a dash that closes an insert: "were", "had".
_DASHED = frozenset("BH")
_OTHER_WORDS = frozenset({"another", "other", "further", "additional"})
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


@dataclass(slots=True)
class Chunk:
    """One piece of a sentence; `first:last` index the tokens, offsets count in the document."""

    tag: str
    first: int
    last: int
    start: int
    end: int
    measure: Measure | None = None
    amount: Amount | None = None
    # Index of the first token after the amount, where the victims' words begin.
    noun: int = 0
    head: str | None = None
    # "two wounded soldiers": what the amount says by itself.
    state: Measure | None = None
    is_others: bool = False
    is_partitive: bool = False
    # "22 of whom": the subject of a clause of its own.
    is_whom: bool = False
    is_definite: bool = False
    # "two of the hostages": some of people who are known.
    is_subset: bool = False


def find_chunks(tokens: Sequence[Token]) -> tuple[list[Chunk], list[Token]]:
    """The chunks of one sentence, in order, and the tokens that they index: all but quotation marks."""
    words = lexicon()
    tokens = _without_dashes([token for token in tokens if token.word not in _QUOTES], words)
    chunks: list[Chunk] = []
    at = 0
    known, tens = words.first_words, words.tens
    for index, token in enumerate(tokens):
        if index < at:
            continue
        word = token.word
        # Most words do nothing here: one look-up settles them.
        if word not in known and word[0].isalpha() and not word.startswith(tens):
            chunks.append(Chunk("w", index, index + 1, token.start, token.end))
            at = index + 1
            continue
        chunk = _chunk_at(tokens, index, words)
        chunks.append(chunk)
        at = max(chunk.last, index + 1)
    _mark_ages(chunks)
    return _one_of_them(chunks), tokens


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
    for index in range(2, len(chunks)):
        chunk = chunks[index]
        if chunk.tag != "n" or chunk.amount is None or chunk.amount.is_word:
            continue
        before = chunks[index - 2].tag + chunks[index - 1].tag
        both = chunks[index - 1].is_subset and chunks[index - 1].tag == "n"
        if before != "rB" and not both and not (before[1] == "," and before[0] in "wSUN"):
            continue
        bounds = chunk.amount.bounds
        follower = chunks[index + 1].tag if index + 1 < len(chunks) else ";"
        if bounds.low == bounds.high and 0 < (bounds.high or 0) <= OLDEST and follower in ",:);":
            chunk.tag = "g"


def _make(tokens: Sequence[Token], tag: str, first: int, last: int) -> Chunk:
    return Chunk(tag, first, last, tokens[first].start, tokens[last - 1].end)


def _chunk_at(tokens: Sequence[Token], at: int, words: Lexicon) -> Chunk:
    word = tokens[at].word
    if len(word) == 1 and word in _MARKS:
        return _make(tokens, _mark(tokens, at), at, at + 1)
    is_dated = word[0].isdigit() or word in words.months or word in words.ages
    date = _date(tokens, at, words) if is_dated else 0
    if date:
        return _make(tokens, "d", at, date)
    found = words.phrases.at(tokens, at) if word in words.phrase_first else None
    harm = read_harm(tokens, at, words.harm) if word in words.harm_first else None
    if harm is not None and (found is None or found[1] < harm[1]):
        return _phrase(tokens, at, ((harm[0], Measure.INJURED), harm[1]))
    none = words.none.at(tokens, at) if word in words.none_first else None
    if none is not None:
        chunk = _make(tokens, "N", at, none[1])
        chunk.amount = Amount(bounds=Bounds(low=0, high=0), first=at, last=none[1])
        chunk.noun = none[1]
        return chunk
    if may_begin_amount(word):
        amount = read_amount(tokens, at)
        if amount is not None and (found is None or found[1] <= amount.last):
            return _counted(tokens, at, amount, words)
    one = words.one.at(tokens, at) if word in words.one_first else None
    if one is not None:
        chunk_one = _single(tokens, at, one[1], words)
        if chunk_one is not None:
            return chunk_one
    if found is not None and word not in words.determiners:
        return _phrase(tokens, at, found)
    if word in words.determiners:
        known = _known(tokens, at, words)
        if known is not None and (found is None or known.last > found[1] or found[0][0] in "rw"):
            return known
        if found is not None:
            return _phrase(tokens, at, found)
    if is_person(word):
        return _bare_people(tokens, at)
    return _make(tokens, "w", at, at + 1)


def _mark(tokens: Sequence[Token], at: int) -> str:
    """A hyphen between words is a joint, a full stop inside a sentence mostly an abbreviation."""
    word = tokens[at].word
    if word == "." and at + 1 < len(tokens):
        return "w"
    return _MARKS[word]


def _phrase(tokens: Sequence[Token], at: int, found: tuple[tuple[str, Measure | None], int]) -> Chunk:
    (tag, measure), last = found
    chunk = _make(tokens, tag, at, last)
    chunk.measure = measure
    return chunk


def _date(tokens: Sequence[Token], at: int, words: Lexicon) -> int:
    """The index after a day, a year, an age or a time of day that begins here; 0 for none."""
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word in words.months and (following[:1].isdigit() or word != "may"):
        last = at + 1
        while last < len(tokens) and last < at + 4:
            inner = tokens[last].word
            if not (inner[0].isdigit() and len(inner) <= 4 and not following_person(tokens, last + 1)):
                if inner == "," and last + 1 < len(tokens) and _YEAR.fullmatch(tokens[last + 1].word):
                    last += 2
                break
            last += 1
        return last
    if word[0].isdigit():
        if following in words.months and len(word) <= 4:
            year = at + 2
            return (
                year + 1
                if year < len(tokens)
                and tokens[year].word.isdigit()
                and not following_person(tokens, year + 1)
                else year
            )
        if following in words.clock:
            return at + 2
        if following == ":" and at + 2 < len(tokens) and tokens[at + 2].word[0].isdigit():
            return at + 3
        if _YEAR.fullmatch(word) and not following_person(tokens, at + 1):
            return at + 1
        if len(word) > 1 and not word[-1].isdigit() and not _YEAR_OLD.fullmatch(word):
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


def _is_clock(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether what follows a number makes it a time of day."""
    if at >= len(tokens):
        return False
    if tokens[at].word in words.clock:
        return True
    return tokens[at].word == ":" and at + 1 < len(tokens) and tokens[at + 1].word[0].isdigit()


def following_person(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun for people stands here or one word on."""
    for token in tokens[at : at + 2]:
        if is_person(token.word):
            return True
        if not token.word[0].isalpha():
            return False
    return False


def _counted(tokens: Sequence[Token], at: int, amount: Amount, words: Lexicon) -> Chunk:
    """An amount with the noun that it counts."""
    chunk = _make(tokens, "n", at, amount.last)
    chunk.amount = amount
    chunk.noun = amount.last
    if not amount.is_word and _is_clock(tokens, amount.last, words):
        chunk.tag = "d"
        return chunk
    chunk.is_definite = tokens[at].word in words.determiners
    chunk.is_others = not _OTHER_WORDS.isdisjoint([token.word for token in tokens[at : amount.last]])
    _read_noun(tokens, chunk, words)
    if words.rates.at(tokens, chunk.last) is not None:
        chunk.tag = "w"
    elif chunk.amount.bounds.is_vague and chunk.tag in "Qn" and not chunk.is_others:
        chunk.tag = "n" if chunk.tag == "n" and tokens[at].word in ("several", "many", "some") else "w"
    return chunk


def _single(tokens: Sequence[Token], at: int, noun: int, words: Lexicon) -> Chunk | None:
    """ "a man", "another woman", "one"; None where no person follows."""
    amount = Amount(bounds=Bounds(low=1, high=1), first=at, last=noun)
    chunk = _make(tokens, "n", at, noun)
    chunk.amount = amount
    chunk.noun = noun
    chunk.is_others = tokens[at].word in ("another", "further")
    _read_noun(tokens, chunk, words)
    if chunk.tag == "N":
        return chunk
    if chunk.tag in "nQ" and noun < len(tokens) and _YEAR_OLD.fullmatch(tokens[noun].word):
        chunk.tag, chunk.last, chunk.end = "N", noun + 1, tokens[noun].end
        return chunk
    if tokens[at].word in ("one", "another") and chunk.tag == "n":
        return chunk
    return None


def _read_noun(tokens: Sequence[Token], chunk: Chunk, words: Lexicon) -> None:
    """Sets tag, extent, head and state of a chunk from the words behind its amount."""
    at = chunk.last
    partitive = words.partitive.at(tokens, at)
    if partitive is not None:
        phrase = " ".join(token.word for token in tokens[at : partitive[1]])
        chunk.is_whom = phrase in words.of_whom
        chunk.measure = words.of_body.get(phrase)
        chunk.is_partitive, chunk.tag, at = True, "N", partitive[1]
        chunk.last, chunk.end = at, tokens[at - 1].end
        chunk.noun = at
        if at < len(tokens) and is_person(tokens[at].word):
            chunk.head, chunk.last, chunk.end = tokens[at].word, at + 1, tokens[at].end
        return
    of = words.follow_of.at(tokens, at)
    chunk.is_subset = (of is not None and of[1] > at + 1) or tokens[chunk.first].word == "both"
    if of is not None:
        inner = read_amount(tokens, of[1]) if of[1] < len(tokens) else None
        at = inner.last if inner is not None and not inner.bounds.is_vague else of[1]
    head, last, tag, state = _noun_run(tokens, at, words)
    amount = chunk.amount
    chunk.is_subset = chunk.is_subset or (of is not None and at > of[1])
    if (
        head is not None
        and amount is not None
        and tag in "NQ"
        and not _is_single(amount)
        and not _is_many(head)
    ):
        # "put the toll at 58 late on Tuesday", "28 Caption Close girl shot": what follows is not what is counted.
        head, last, tag, state = None, at, "n", None
    if of is not None and tag in "nF":
        # "one of the deaths" counts nothing new; "two of ..." without a noun stays a bare amount
        chunk.tag = "w" if tag == "F" else "n"
        return
    if tag == "n" and at > chunk.last:
        return
    chunk.tag, chunk.head, chunk.state = tag, head, state
    if last > chunk.last:
        chunk.last, chunk.end = last, tokens[last - 1].end
    if head in words.others and head is not None:
        chunk.is_others = True
    if not words.others.isdisjoint([token.word for token in tokens[chunk.noun : chunk.last]]):
        chunk.is_others = True
    if tag == "F" and head is not None:
        chunk.measure = words.toll_nouns[head]


def _noun_run(
    tokens: Sequence[Token], at: int, words: Lexicon
) -> tuple[str | None, int, str, Measure | None]:
    """Head, index after it, tag (N, Q, F, w for a thing, n for nothing) and state of the noun that begins here."""
    state: Measure | None = None
    begin = at
    head: str | None = None
    stop = min(len(tokens), at + _MAX_MODIFIERS)
    while at < stop:
        word = tokens[at].word
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if word in words.determiners:
            break
        if word in words.toll_nouns:
            return word, at + 1, "F", None
        if is_person(word) and word not in words.others:
            if is_person(following) and (not is_plural(word) or word == "police"):
                at += 1
                continue
            if (following in words.things and not is_plural(word)) or _is_attribute(tokens, at, words):
                at += 1
                continue
            return word, at + 1, "N", state
        if word in words.others:
            if at == begin and (not following or _is_joint(tokens, at + 1, words)):
                return word, at + 1, "N", state
            if at > begin and word != "more":
                return word, at + 1, "N", state
            at += 1
            continue
        if word in words.things:
            if is_person(following):
                at += 1
                continue
            return word, at + 1, "w", None
        found = words.phrases.at(tokens, at) if word in words.phrase_first else None
        if found is not None:
            (tag, measure), last = found
            if (
                tag in "VA"
                and measure is not None
                and last < len(tokens)
                and _leads_to_person(tokens, last, words)
            ):
                state, at = measure, last
                continue
            if tag != "a" and tag != "w":
                break
            if not _leads_to_person(tokens, last, words):
                break
            at = last
            continue
        if not word[0].isalpha() and not _YEAR_OLD.fullmatch(word):
            break
        if (
            at > begin
            and may_begin_amount(word)
            and word not in words.others
            and read_amount(tokens, at) is not None
        ):
            break
        head = word
        at += 1
    if head is None or at == begin:
        return None, begin, "n", None
    return head, at, "Q", None


def _is_single(amount: Amount) -> bool:
    """Whether a noun in the singular fits: "one", "no", "at least one person"."""
    bounds = amount.bounds
    return (
        bounds in _SINGULAR or (bounds.low == 1 and bounds.high is None) or bounds == Bounds(low=None, high=1)
    )


def _is_many(head: str) -> bool:
    """Whether a noun looks like a plural."""
    return (
        is_plural(head)
        or head.endswith(("s", "men", "women", "ese", "folk", "staff", "children"))
        or head in lexicon().others
    )


def _is_joint(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether a word ends a noun: a verb, a preposition, a mark."""
    word = tokens[at].word
    found = words.phrases.at(tokens, at)
    return not word[0].isalpha() or found is not None or word in words.determiners


def _is_attribute(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether a noun for people only describes the next noun ("three police stations")."""
    if at + 1 >= len(tokens) or tokens[at].word not in people_lexicon().attributive:
        return False
    following = tokens[at + 1].word
    if (
        not following[0].isalpha()
        or words.phrases.at(tokens, at + 1) is not None
        or following in words.determiners
    ):
        return False
    return not following.endswith(("ed", "ing", "ly"))


def _leads_to_person(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Whether a noun for people follows within three words and nothing else before it."""
    for index in range(at, min(at + 3, len(tokens))):
        word = tokens[index].word
        if is_person(word):
            return True
        if not word[0].isalpha() or words.phrases.at(tokens, index) is not None or word in words.things:
            return False
    return False


def _known(tokens: Sequence[Token], at: int, words: Lexicon) -> Chunk | None:
    """ "the driver" (S), "the villagers" (U)."""
    if (
        at + 1 < len(tokens)
        and may_begin_amount(tokens[at + 1].word)
        and read_amount(tokens, at + 1) is not None
    ):
        return None
    head, last, tag, _ = _noun_run(tokens, at + 1, words)
    if tag != "N" or head is None:
        return None
    if is_plural(head) and tokens[at].word in words.singular_only:
        return None
    chunk = _make(tokens, "U" if is_plural(head) else "S", at, last)
    chunk.head = head
    chunk.noun = at + 1
    return chunk


def _bare_people(tokens: Sequence[Token], at: int) -> Chunk:
    last = at + 1
    while last < len(tokens) and last < at + 3 and is_person(tokens[last].word):
        last += 1
    head = tokens[last - 1].word
    chunk = _make(tokens, "U" if is_plural(head) else "S", at, last)
    chunk.head = head
    chunk.noun = at
    return chunk

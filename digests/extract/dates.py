"""Time expressions with their TIMEX3 values: `find_dates`.

Find, read, resolve: runs of words that speak of time are cut out by a word list, the rules of `dates.toml` read each
run (the same run is read once and remembered), and each match gets its value from the publication day, the tense and
the day last spoken of.

Stance: a wrong day is worse than a missing one; what no rule is sure of gives a value that names no day.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digests.extract.tense import Tense, tense_at
from digests.extract.timereading import read
from digests.extract.timevalues import days_of, move
from digests.extract.timewords import Moment, Reading, word_list
from digests.rules import Rule, load_rules
from digests.text.document import Document, lower_case
from digests.types import DateMention, Evidence, Precision, Span, TimexType

_WORD = re.compile(
    r"'?\d+(?:[.:,/-]\d+)*(?:T\d\d:\d\d(?::\d\d)?)?[A-Za-z]{0,3}|[A-Za-z](?:\.[A-Za-z])+\b|[A-Za-z]+(?:'[A-Za-z]+)?"
)
# What may stand between two words of one expression.
_GAPS = frozenset({" ", " , ", ", ", ",", "-", "–", " - ", " – ", "\n", "/", " (", ") ", "'", "' ", ",\n"})
# After an abbreviation also a full stop.
_DOT_GAPS = frozenset({". ", ".", "., ", ".-", " .", ".\n"})
_DOTTED = re.compile(r"(?:[a-z]{3,5}|[ap]\.?m)$", re.IGNORECASE)
# Longest run, in characters: a calendar page must not become one expression.
_MAX_RUN = 160
# Letters of an abbreviated time zone.
_ZONE_LETTERS = 4
# Expressions of one sentence that are read: a calendar page without a full stop is no sentence.
_MOST_IN_SENTENCE = 60
# Sentences after which "the previous day" no longer means the day last spoken of.
_MEMORY_SENTENCES = 3

_STRONG = frozenset({"month", "weekday", "unit", "part", "season", "clock", "digits", "strong"})
_YEAR = re.compile(r"'?(?:1\d|20|21)\d\d(?:s|[-/]\d\d(?:\d\d)?)?$")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:[ap]m?)?$|\d{1,2}[ap]m?$|[01]\d[0-5]\d$|2[0-4][0-5]\d$", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:T[\d:]+Z?)?$")
_DECADE = re.compile(r"'?(?:\d\d)?\d0s$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A rule's match inside a run, before it has a value."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str | None]


@functools.cache
def _lexicon() -> dict[str, frozenset[str]]:
    """Word to what it can be: a class of `_STRONG`, "number" or "weak"."""
    rules = load_rules("dates")
    table: dict[str, set[str]] = {}
    for name, kind in (
        ("weekday", "weekday"), ("month", "month"), ("unit", "unit"), ("part", "part"), ("season", "season"),
        ("strong", "strong"), ("number", "number"), ("ordinal", "number"), ("weak", "weak"), ("zone", "weak"),
        ("holiday_words", "weak"), ("vague_number", "weak"),
    ):  # fmt: skip
        for entry in rules.words[name]:
            for word in re.split(r"[\s-]", entry):
                whole = len(re.split(r"[\s-]", entry)) == 1
                table.setdefault(word, set()).add(kind if whole else "weak")
    for word in rules.words["zone"]:
        if len(word) <= _ZONE_LETTERS:
            table[word] = {"clock"}
    for word in rules.words["weekday"]:
        if word.endswith("day"):
            table[word + "s"] = {"weekday"}
    return {word: frozenset(kinds) for word, kinds in table.items()}


class _Word(NamedTuple):
    """A word that may belong to a time: its offsets in its chunk, what it can be, whether a full stop may follow it."""

    start: int
    end: int
    kinds: frozenset[str]
    is_abbreviation: bool


class _Chunk(NamedTuple):
    """What stands between two blanks of a text, where it holds words that may belong to a time or marks alone."""

    words: tuple[_Word, ...]
    is_strong: bool


# What was read of the texts seen so far. Every word of every article comes by here, so that most sentences have to end
# at one question to a set: chunks without a strong word, and every chunk with words for time.
_PASSED: set[str] = set()
_CHUNKS: dict[str, _Chunk] = {}
# Chunks after which both begin anew; English news has about so many, numbers apart.
_REMEMBERED = 65536


def _is_strong(text: str) -> bool:
    """Whether a chunk alone makes a stretch a time; reads and remembers a new one."""
    chunk = _CHUNKS.get(text)
    if chunk is None:
        chunk = _read_chunk(text)
        if chunk is not None:
            _CHUNKS[text] = chunk
        if chunk is None or not chunk.is_strong:
            _PASSED.add(text)
    return chunk is not None and chunk.is_strong


# What stands around a word.
_MARKS = ".,;:!?()[]\"'-–"


def _read_chunk(text: str) -> _Chunk | None:
    plain = text.strip(_MARKS)
    if plain.isalpha() and plain.isascii() and plain.lower() not in _lexicon():
        # Nearly all new chunks are one word that has nothing to do with time.
        return None
    words: list[_Word] = []
    for found in _WORD.finditer(text):
        classes = _read_classes(found.group())
        if classes is not None:
            words.append(_Word(*found.span(), classes, _DOTTED.search(found.group()) is not None))
    if not words and any(char.isalnum() for char in text):
        return None
    return _Chunk(tuple(words), any(word.kinds & _STRONG for word in words))


def _read_classes(word: str) -> frozenset[str] | None:
    if word[0].isdigit() or word[0] == "'":
        return _number_classes(word)
    lexicon = _lexicon()
    plain = word.lower()
    found = lexicon.get(plain)
    if found is None and plain.endswith("'s"):
        found = lexicon.get(plain[:-2])
    return found


@functools.lru_cache(maxsize=4096)
def _number_classes(word: str) -> frozenset[str]:
    kinds = {"number"}
    if _DATE.match(word) or _YEAR.match(word) or _DECADE.match(word):
        kinds.add("digits")
    if _CLOCK.match(word) and (":" in word or word[-1].isalpha()):
        kinds.add("clock")
    return frozenset(kinds)


# A stretch of words about time: its offsets, and all that its words can be.
_Run = tuple[int, int, "frozenset[str]"]


def _runs(folded: str, sentence: Span) -> list[_Run]:
    """Stretches of words about time inside a sentence."""
    texts = folded[sentence.start : sentence.end].split(" ")
    if _PASSED.issuperset(texts):
        return []
    strong = [index for index, text in enumerate(texts) if text not in _PASSED and _is_strong(text)]
    chunks = list(map(_CHUNKS.get, texts)) if strong else []
    runs: list[_Run] = []
    done = 0
    for index in strong:
        if index < done:
            continue
        # No run reaches over a chunk that has nothing to do with time.
        first, done = index, index + 1
        while first and chunks[first - 1] is not None:
            first -= 1
        while done < len(chunks) and chunks[done] is not None:
            done += 1
        start = sentence.start + sum(map(len, texts[:first])) + first
        runs += _runs_of(folded, start, texts[first:done], chunks[first:done])
    return runs


def _runs_of(folded: str, offset: int, texts: Sequence[str], chunks: Sequence[_Chunk | None]) -> list[_Run]:
    """The runs of neighbouring chunks of which the first begins at an offset."""
    runs: list[_Run] = []
    start = end = -1
    kinds: frozenset[str] = frozenset()
    may_stop = False
    for text, chunk in zip(texts, chunks, strict=True):
        for first, last, classes, is_abbreviation in chunk[0] if chunk else ():
            at = offset + first
            gap = folded[end:at] if start >= 0 else ""
            joined = start >= 0 and (not gap or gap in _GAPS or (may_stop and gap in _DOT_GAPS))
            if not joined or at - start > _MAX_RUN:
                if not kinds.isdisjoint(_STRONG):
                    runs.append((start, end, kinds))
                start, kinds = at, classes
            elif kinds is not classes:
                kinds |= classes
            end, may_stop = offset + last, is_abbreviation
        offset += len(text) + 1
    if not kinds.isdisjoint(_STRONG):
        runs.append((start, end, kinds))
    return runs


class _Reader(NamedTuple):
    """A rule with its place in the file and its pattern for runs in small letters."""

    order: int
    rule: Rule
    # Without regard to case a pattern takes twice the time.
    search: Callable[[str], Iterator[re.Match[str]]]
    is_weak: bool
    holds: tuple[str, ...]


@functools.cache
def _readers() -> tuple[tuple[_Reader, frozenset[str]], ...]:
    """The rules in order, each with the kinds of words that its run must hold."""
    readers: list[tuple[_Reader, frozenset[str]]] = []
    for order, rule in enumerate(load_rules("dates").rules):
        search = re.compile(rule.pattern.pattern).finditer
        holds = tuple(rule.yields.get("holds", ()))
        reader = _Reader(order, rule, search, bool(rule.yields.get("weak")), holds)
        readers.append((reader, frozenset(rule.yields.get("needs", ()))))
    return tuple(readers)


@functools.cache
def _readers_for(kinds: frozenset[str]) -> tuple[_Reader, ...]:
    """The rules that may match a run with words of these kinds."""
    return tuple(reader for reader, needs in _readers() if needs <= kinds)


@functools.lru_cache(maxsize=8192)
def _pieces(run: str, kinds: frozenset[str]) -> tuple[_Piece, ...]:
    """The rules' matches in a run, settled: the longest wins, then the earlier rule."""
    low = lower_case(run)
    candidates: list[tuple[bool, int, int, int, Rule, re.Match[str]]] = []
    for order, rule, search, is_weak, holds in _readers_for(kinds):
        for piece in holds:
            if piece in low:
                break
        else:
            if holds:
                continue
        for found in search(low):
            start, end = found.span()
            if end > start:
                candidates.append((is_weak, start - end, order, start, rule, found))
    if len(candidates) > 1:
        candidates.sort(key=lambda c: c[:4])
    taken: list[tuple[int, int]] = []
    pieces: list[_Piece] = []
    for *_, rule, found in candidates:
        start, end = found.span()
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        if not rule.drop:
            # As written. Hard-wrapped text breaks lines inside an expression; its meaning is looked up on one line.
            groups: dict[str, str | None] = {}
            for name in found.re.groupindex:
                first, last = found.span(name)
                groups[name] = " ".join(run[first:last].split()) if first >= 0 else None
            groups["words"] = run[start:end]
            pieces.append(_Piece(start, end, rule, groups))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


# --------------------------------------------------------------------------- what only looks like time

# Characters before and after an expression that are looked at.
_AROUND = 24
# Years of living memory need less support than others.
_OUR_YEARS = range(1900, 2100)


@functools.cache
def _context() -> dict[str, re.Pattern[str]]:
    """The patterns of `date_context.toml` by the end of their id ("month.lead")."""
    return {rule.id.removeprefix("date_context."): rule.pattern for rule in load_rules("date_context").rules}


def _is_time(piece: _Piece, folded: str, start: int, end: int) -> bool:
    """Whether the words around a match let it be a time ("they may go", "1500 people" are none)."""
    kind = piece.rule.yields["kind"]
    words = folded[start:end]
    before = folded[max(0, start - _AROUND) : start]
    if kind == "month" and not piece.groups.get("year") and not piece.groups.get("step"):
        name = (piece.groups.get("month") or "").strip()
        if name.lower() in word_list("unsure"):
            return name[0].isupper() and bool(
                _context()["month.lead"].search(before) or piece.groups.get("phase")
            )
        return name[0].isupper() or len(name) > 3
    if kind == "weekday" and words == piece.groups.get("weekday") and words.lower() in word_list("unsure"):
        return words[0].isupper() and folded[end : end + 1] in (".", ",") and before[-2:-1].isalpha()
    if kind == "year":
        return _is_year(piece, before, folded[end : end + _AROUND])
    if kind == "clock" and piece.rule.id == "dates.clock.alone":
        return bool(_context()["clock.sure"].search(words))
    return True


def _is_year(piece: _Piece, before: str, after: str) -> bool:
    if piece.groups.get("phase") or piece.groups.get("spoken"):
        return True
    context = _context()
    if context["year.amount"].search(before) and not context["year.about"].search(before):
        return False
    counted = bool(context["year.counted"].match(after))
    if int(piece.groups["year"] or 0) not in _OUR_YEARS:
        return bool(context["year.only_lead"].search(before)) and not counted
    # "In 2019 soldiers marched" has a year; "the 2019 soldiers" has a number.
    return not counted or context["year.sure_lead"].search(before) is not None


# --------------------------------------------------------------------------- resolving


# A page of dates in numbers asks for each of them.
@functools.lru_cache(maxsize=4)
def _day_first(folded: str) -> bool | None:
    """How the page writes 03/04: as its other dates do; `None` when they do not say."""
    votes = 0
    for found in re.finditer(r"\b(\d{1,2})[/.](\d{1,2})[/.](?:19|20)\d\d\b", folded):
        a, b = int(found[1]), int(found[2])
        votes += (a > 12 >= b) - (b > 12 >= a)
    return None if not votes else votes > 0


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """All time expressions of a document, in order.

    Relative ones are measured from `document.published`; without it they keep an open value and no days.
    """
    mentions: list[DateMention] = []
    folded = document.folded
    state = _State(document)
    if len(_PASSED) + len(_CHUNKS) > _REMEMBERED:
        _PASSED.clear()
        _CHUNKS.clear()
    for number, sentence in enumerate(document.sentences):
        found = [
            (run_start + piece.start, run_start + piece.end, piece)
            for run_start, run_end, kinds in _runs(folded, sentence)
            for piece in _pieces(folded[run_start:run_end], kinds)
        ]
        if not found:
            continue
        state.enter(number, found)
        for index, (start, end, piece) in enumerate(found[:_MOST_IN_SENTENCE]):
            if not _is_time(piece, folded, start, end):
                continue
            kind = str(piece.rule.yields["kind"])
            tense = tense_at(folded, sentence, Span(start=start, end=end)) if kind in _BY_TENSE else None
            around = folded[max(0, start - _AROUND) : start], folded[end : end + _AROUND]
            moment = state.moment(kind, tense, *around)
            if kind == "clock" and (day := _day_beside(document, sentence, state, end, found[index + 1 :])):
                moment = moment._replace(spoken=day)
            reading = read(kind, piece.groups, moment)
            if reading is None:
                continue
            mention = _mention(document, sentence, start, end, piece, reading, tense)
            state.remember(number, mention)
            mentions.append(mention)
    return tuple(mentions)


# What may stand between a time of the clock and its day ("at 7.25 (0355 GMT) on Monday").
_BESIDE = re.compile(
    r"[\s(),]{0,4}(?:(?:\d[\d:.]{2,6}|gmt|utc|hours|hrs|local|time|on|late|early)\b[\s(),]{0,4}){0,4}",
    re.IGNORECASE,
)
_DAYS = frozenset({"weekday", "calendar", "deictic"})


def _day_beside(
    document: Document, sentence: Span, state: _State, end: int, after: Sequence[tuple[int, int, _Piece]]
) -> dt.date | None:
    """The day named right behind a time of the clock: it goes before the day that the text spoke of last."""
    # The same time in another zone may stand between.
    ahead = (found for found in after[:2] if str(found[2].rule.yields["kind"]) != "clock")
    start, last, piece = next(ahead, (0, 0, None))
    if piece is None or str(piece.rule.yields["kind"]) not in _DAYS:
        return None
    if not _BESIDE.fullmatch(document.folded, end, start):
        return None
    kind = str(piece.rule.yields["kind"])
    tense = tense_at(document.folded, sentence, Span(start=start, end=last))
    around = document.folded[max(0, start - _AROUND) : start], document.folded[last : last + _AROUND]
    reading = read(kind, piece.groups, state.moment(kind, tense, *around))
    covered = days_of(reading.value) if reading is not None else None
    return covered[0] if covered is not None and covered[0] == covered[1] else None


# Kinds whose value depends on the tense, or that may be planned.
_BY_TENSE = frozenset(
    {
        "calendar",
        "calendar_range",
        "weekday",
        "month",
        "season",
        "quarter",
        "clock",
        "holiday",
        "weekend",
        "step",
        "the_unit",
    }
    | {"deictic", "year", "year_end", "part"}
)


class _State:
    """What the text has spoken of so far."""

    def __init__(self, document: Document) -> None:
        self._published = document.published
        self._document = document
        self._spoken: DateMention | None = None
        self._spoken_in = -10
        self._quarter: str | None = None
        self._sentence = 0
        self._year: int | None = None

    def enter(self, number: int, found: list[tuple[int, int, _Piece]]) -> None:
        """Begin a sentence: a year written in it holds for its other days too ("between May 3 and June 4, 2008")."""
        self._sentence = number
        years = {
            int(piece.groups["year"] or 0)
            for _, _, piece in found
            if piece.rule.yields["kind"] == "calendar" and len(piece.groups.get("year") or "") == 4
        }
        year = years.pop() if len(years) == 1 else None
        if year is not None and self._published is not None and year > self._published.year + 1:
            # "To redeem on Nov. 16 its bonds due July 1, 2041" speaks of two years.
            year = None
        self._year = year

    def moment(self, kind: str, tense: Tense | None, before: str, after: str) -> Moment:
        spoken = self._spoken if self._sentence - self._spoken_in <= _MEMORY_SENTENCES else None
        return Moment(
            published=self._published,
            tense=tense,
            spoken=spoken.first if spoken else None,
            year=self._year,
            quarter=self._quarter,
            day_first=_day_first(self._document.folded) if kind == "numeric" else None,
            before=before,
            after=after,
        )

    def remember(self, number: int, mention: DateMention) -> None:
        if mention.precision in (Precision.DAY, Precision.TIME) and mention.first is not None:
            self._spoken, self._spoken_in = mention, number
        if (
            mention.precision is Precision.QUARTER
            and "-Q" in mention.value
            and "ago" not in mention.evidence.rule
        ):
            self._quarter = mention.value


def _mention(
    document: Document,
    sentence: Span,
    start: int,
    end: int,
    piece: _Piece,
    reading: Reading,
    tense: Tense | None,
) -> DateMention:
    covered = days_of(reading.value) if reading.type in (TimexType.DATE, TimexType.TIME) else None
    first, last, precision = covered or (None, None, None)
    if (
        first is not None
        and piece.rule.yields["kind"] == "part"
        and (piece.groups.get("step") or "").lower() == "last"
    ):
        # The night before the paper: it ends on the next day.
        last = move(first, 1)
    published = document.published
    planned = False
    if first is not None and last is not None and published is not None:
        planned = first > published or (tense is Tense.FUTURE and last >= published)
    return DateMention(
        words=document.text[start:end],
        type=reading.type,
        value=reading.value,
        first=first,
        last=last,
        precision=precision,
        is_relative=reading.is_relative,
        is_planned=planned,
        evidence=Evidence(
            article_id=document.article_id,
            span=Span(start=start, end=end),
            sentence=sentence,
            rule=piece.rule.id,
        ),
    )

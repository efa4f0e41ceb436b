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
from typing import NamedTuple

from digests.extract.tense import Tense, tense_at
from digests.extract.timereading import READERS
from digests.extract.timevalues import days_of, move
from digests.extract.timewords import Groups, Moment, Reader, Reading, word_list
from digests.rules import Rule, load_rules
from digests.text.document import Document, lower_case
from digests.types import DateMention, Evidence, Precision, Span, TimexType

_WORD = re.compile(
    r"'?\d+(?:[.:,/-]\d+)*(?:T\d\d:\d\d(?::\d\d)?)?(?:[A-Za-z]{1,7}(?![A-Za-z])|[A-Za-z]{0,3})|[A-Za-z](?:\.[A-Za-z])+\b|[A-Za-z]+(?:'[A-Za-z]+)?"
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

_STRONG = frozenset({"month", "weekday", "unit", "part", "season", "clock", "digits", "strong", "ordinal"})
_YEAR = re.compile(r"'?(?:1\d|20|21)\d\d(?:s|[-/]\d\d(?:\d\d)?)?$")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:[ap]m?)?$|\d{1,4}[ap]m?$|[01]\d[0-5]\d$|2[0-4][0-5]\d$", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:T[\d:]+Z?)?$")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)$", re.IGNORECASE)
_UNIT = frozenset({"unit"})
_NOTHING: frozenset[str] = frozenset()
_DECADE = re.compile(r"'?(?:\d\d)?\d0s$")


class _Piece(NamedTuple):
    """A rule's match before it has a value, with what its kind asks for; offsets count in the run or stretch.

    `is_doubtful` where the words around decide whether it is a time at all, `is_by_tense` where they decide which.
    """

    start: int
    end: int
    rule: Rule
    kind: str
    groups: Groups
    read: Reader
    is_doubtful: bool
    is_by_tense: bool


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


# What a chunk, which is all that stands between two blanks, can be for a stretch of time.
_APART, _PART, _STRONG_PART = range(3)
# Characters of the longest chunk that is remembered; longer ones are addresses and the like.
_LONGEST_CHUNK = 40
# Chunks after which the memory begins anew; English news has about so many, numbers apart.
_REMEMBERED = 65536


class _Codes(dict[str, int]):
    """Chunk to what it can be. It fills itself: every word of every article is looked up here."""

    def __missing__(self, text: str) -> int:
        words = _read_chunk(text)
        is_strong = words is not None and any(word.kinds & _STRONG for word in words)
        code = _STRONG_PART if is_strong else _APART if words is None else _PART
        if len(text) <= _LONGEST_CHUNK:
            self[text] = code
        return code


_CODES = _Codes()

# What stands around a word.
_MARKS = ".,;:!?()[]\"'-–"


def _read_chunk(text: str) -> tuple[_Word, ...] | None:
    """The words of a chunk that may belong to a time; `None` where others stand in it and none of these."""
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
    return tuple(words)


def _read_classes(word: str) -> frozenset[str] | None:
    if word[0].isdigit() or word[0] == "'":
        return _number_classes(word)
    lexicon = _lexicon()
    plain = word.lower()
    found = lexicon.get(plain)
    if plain.endswith("'s"):
        # "Year's" stands in "New Year's Day" too.
        base = lexicon.get(plain[:-2])
        found = found | base if found and base else found or base
    return found


@functools.lru_cache(maxsize=4096)
def _number_classes(word: str) -> frozenset[str]:
    kinds = {"number"}
    if _DATE.match(word) or _YEAR.match(word) or _DECADE.match(word):
        kinds.add("digits")
    if _CLOCK.match(word) and (":" in word or word[-1].isalpha()):
        kinds.add("clock")
    if _ORDINAL.match(word):
        kinds.add("ordinal")
    kinds |= _lexicon().get(word.lstrip("'0123456789.,"), _NOTHING) & _UNIT
    return frozenset(kinds)


def _stretches(folded: str, sentence: Span) -> list[tuple[int, str]]:
    """Neighbouring chunks of a sentence that may belong to a time, one of them strong, each with its offset."""
    texts = folded[sentence.start : sentence.end].split(" ")
    # One byte for each chunk, so that the stretches are found by plain searches.
    codes = bytes(map(_CODES.__getitem__, texts))
    at = codes.find(_STRONG_PART)
    found: list[tuple[int, str]] = []
    while at >= 0:
        first = codes.rfind(_APART, 0, at) + 1
        end = codes.find(_APART, at)
        end = end if end >= 0 else len(texts)
        offset = sentence.start + sum(map(len, texts[:first])) + first
        found.append((offset, " ".join(texts[first:end])))
        at = codes.find(_STRONG_PART, end)
    return found


def _pieces(stretch: str) -> tuple[_Piece, ...]:
    """The rules' matches in a stretch, in order."""
    # The longest stretches are calendar pages: they are not worth remembering.
    return _remembered_pieces(stretch) if len(stretch) <= _MAX_RUN else _read_pieces(stretch)


def _read_pieces(stretch: str) -> tuple[_Piece, ...]:
    return tuple(
        piece._replace(start=start + piece.start, end=start + piece.end)
        for start, end, kinds in _runs(stretch)
        for piece in _run_pieces(stretch[start:end], kinds)
    )


_remembered_pieces = functools.lru_cache(maxsize=8192)(_read_pieces)


# Words about time that belong together: offsets in the stretch, and all that the words can be.
_Run = tuple[int, int, "frozenset[str]"]


def _runs(stretch: str) -> list[_Run]:
    """The runs of a stretch: what stands between two of their words may stand inside one expression."""
    runs: list[_Run] = []
    start = end = -1
    kinds: frozenset[str] = frozenset()
    may_stop = False
    offset = 0
    for text in stretch.split(" "):
        for first, last, classes, is_abbreviation in _read_chunk(text) or ():
            at = offset + first
            gap = stretch[end:at] if start >= 0 else ""
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


class _Search(NamedTuple):
    """A rule with its place in the file and its pattern for runs in small letters."""

    order: int
    rule: Rule
    # Without regard to case a pattern takes twice the time.
    search: Callable[[str], Iterator[re.Match[str]]]
    is_weak: bool
    holds: tuple[str, ...]


@functools.cache
def _readers() -> tuple[tuple[_Search, frozenset[str]], ...]:
    """The rules in order, each with the kinds of words that its run must hold."""
    readers: list[tuple[_Search, frozenset[str]]] = []
    for order, rule in enumerate(load_rules("dates").rules):
        search = re.compile(rule.pattern.pattern).finditer
        holds = tuple(rule.yields.get("holds", ()))
        reader = _Search(order, rule, search, bool(rule.yields.get("weak")), holds)
        readers.append((reader, frozenset(rule.yields.get("needs", ()))))
    return tuple(readers)


@functools.cache
def _readers_for(kinds: frozenset[str]) -> tuple[_Search, ...]:
    """The rules that may match a run with words of these kinds."""
    return tuple(reader for reader, needs in _readers() if needs <= kinds)


@functools.lru_cache(maxsize=8192)
def _run_pieces(run: str, kinds: frozenset[str]) -> tuple[_Piece, ...]:
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
            kind = str(rule.yields["kind"])
            asks = (kind in _DOUBTFUL, kind in _BY_TENSE)
            for first, last, parts in _ends_of_range(found, groups):
                pieces.append(_Piece(first, last, rule, kind, parts, READERS[kind], *asks))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _ends_of_range(
    found: re.Match[str], groups: dict[str, str | None]
) -> Iterator[tuple[int, int, dict[str, str | None]]]:
    """A match as it is; "May 2 to 5" and "2 to 5 May" as two, each with its own day."""
    start, end = found.span()
    if not groups.get("day_to"):
        yield start, end, groups
        return
    month_first = found.start("month") < found.start("day")
    yield start if month_first else found.start("day"), found.end("day"), groups
    yield found.start("day_to"), end, {**groups, "day": groups["day_to"]}


# Kinds that the words around may make something else ("they may go", "1500 people").
_DOUBTFUL = frozenset({"month", "weekday", "year", "clock", "ordinal_day", "deictic"})
# Kinds whose value depends on the tense, or that may be planned.
_BY_TENSE = frozenset(
    {"calendar", "calendar_range", "weekday", "month", "season", "quarter", "clock", "holiday", "weekend"}
    | {"step", "the_unit", "deictic", "year", "year_end", "part"}
)
# Those longer than a day.
_PERIODS = frozenset({"month", "season", "quarter", "step", "the_unit", "year", "year_end"})


# --------------------------------------------------------------------------- what only looks like time

# Characters before and after an expression that are looked at.
_AROUND = 24
# What stands before two digits at the end of a day.
_SHORT_YEAR = re.compile(r"\s?,?\s(?=\d\d$)")
# Years of living memory need less support than others.
_OUR_YEARS = range(1900, 2100)


@functools.cache
def _context() -> dict[str, re.Pattern[str]]:
    """The patterns of `date_context.toml` by the end of their id ("month.lead")."""
    return {rule.id.removeprefix("date_context."): rule.pattern for rule in load_rules("date_context").rules}


def _is_time(piece: _Piece, folded: str, start: int, end: int) -> bool:
    """Whether the words around a match let it be a time ("they may go", "1500 people" are none)."""
    kind = piece.kind
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
    if kind == "ordinal_day":
        context = _context()
        is_led = context["ordinal.lead"].search(before) is not None
        return is_led and context["ordinal.end"].match(folded[end : end + _AROUND]) is not None
    if kind == "deictic":
        return not _is_idle(words, before, folded[end : end + 2])
    if kind == "clock" and piece.rule.id == "dates.clock.alone":
        return bool(_context()["clock.sure"].search(words))
    return True


def _is_idle(words: str, before: str, after: str) -> bool:
    """Whether "Today" is the name of a paper, or "tomorrow" whoever is to come ("the leaders of tomorrow")."""
    context = _context()
    if words.istitle() and (after[:1] in ".," or after.strip()[:1].islower()):
        return context["deictic.title"].search(before) is not None
    return before.endswith(" of ") and context["deictic.vague"].search(before) is not None


def _is_year(piece: _Piece, before: str, after: str) -> bool:
    if piece.groups.get("phase") or piece.groups.get("spoken") or piece.groups.get("lead"):
        return True
    context = _context()
    if context["year.amount"].search(before) and not context["year.about"].search(before):
        return False
    counted = bool(context["year.counted"].match(after))
    if int(piece.groups["year"] or 0) not in _OUR_YEARS:
        return bool(context["year.only_lead"].search(before)) and not counted
    # "In 2019 soldiers marched" has a year; "the 2019 soldiers" has a number.
    return not counted or context["year.sure_lead"].search(before) is not None


def _without_count(piece: _Piece, folded: str, start: int, end: int) -> tuple[_Piece, int]:
    """A day and its end without two digits that count what follows: "on May 5, 12 people", "by 4 March 31 bodies"."""
    year = piece.groups.get("year")
    day = _SHORT_YEAR.search(folded[start:end]) if year is not None and len(year) == 2 else None
    if day is None:
        return piece, end
    is_year = day.group() == " " and _context()["year.short"].search(folded[end : end + _AROUND])
    if is_year:
        return piece, end
    return piece._replace(groups={**piece.groups, "year": None}), start + day.start()


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
    if len(_CODES) > _REMEMBERED:
        _CODES.clear()
    for number, sentence in enumerate(document.sentences):
        stretches = _stretches(folded, sentence)
        if not stretches:
            continue
        found = [
            (offset + piece.start, offset + piece.end, piece)
            for offset, stretch in stretches
            for piece in _pieces(stretch)
        ]
        if not found:
            continue
        state.enter(number, found)
        for index, (start, end, piece) in enumerate(found[:_MOST_IN_SENTENCE]):
            if piece.is_doubtful and not _is_time(piece, folded, start, end):
                continue
            if piece.kind == "calendar":
                piece, end = _without_count(piece, folded, start, end)
            moment = state.moment(piece, sentence, start, end)
            if piece.kind == "clock" and (day := _day_beside(sentence, state, end, found[index + 1 :])):
                moment = moment._replace(spoken=day)
            reading = piece.read(piece.groups, moment)
            if reading is None:
                continue
            mention = _mention(document, sentence, start, end, piece, reading, moment.tense)
            state.remember(mention)
            mentions.append(mention)
    return tuple(mentions)


# What may stand between a time of the clock and its day ("at 7.25 (0355 GMT) on Monday").
_BESIDE = re.compile(
    r"[\s(),]{0,4}(?:(?:\d[\d:.]{2,6}|gmt|utc|hours|hrs|local|time|on|late|early)\b[\s(),]{0,4}){0,4}",
    re.IGNORECASE,
)
_DAYS = frozenset({"weekday", "calendar", "deictic", "day_before"})


def _day_beside(
    sentence: Span, state: _State, end: int, after: Sequence[tuple[int, int, _Piece]]
) -> dt.date | None:
    """The day named right behind a time of the clock: it goes before the day that the text spoke of last."""
    # The same time in another zone may stand between.
    ahead = (found for found in after[:2] if found[2].kind != "clock")
    start, last, piece = next(ahead, (0, 0, None))
    if piece is None or piece.kind not in _DAYS:
        return None
    if not _BESIDE.fullmatch(state.folded, end, start):
        return None
    reading = piece.read(piece.groups, state.moment(piece, sentence, start, last))
    covered = days_of(reading.value) if reading is not None else None
    return covered[0] if covered is not None and covered[0] == covered[1] else None


class _State:
    """What the text has spoken of so far."""

    def __init__(self, document: Document) -> None:
        self.folded = document.folded
        self._published = document.published
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
            if piece.kind == "calendar" and len(piece.groups.get("year") or "") == 4
        }
        year = years.pop() if len(years) == 1 else None
        if year is not None and self._published is not None and year > self._published.year + 1:
            # "To redeem on Nov. 16 its bonds due July 1, 2041" speaks of two years.
            year = None
        self._year = year

    def moment(self, piece: _Piece, sentence: Span, start: int, end: int) -> Moment:
        """What the expression at these offsets is read against."""
        folded = self.folded
        spoken = self._spoken if self._sentence - self._spoken_in <= _MEMORY_SENTENCES else None
        return Moment(
            self._published,
            self._tense(piece, sentence, Span(start=start, end=end)) if piece.is_by_tense else None,
            spoken.first if spoken else None,
            self._year,
            self._quarter,
            _day_first(folded) if piece.kind == "numeric" else None,
            folded[max(0, start - _AROUND) : start],
            spoken is not None and _is_late(spoken),
        )

    def _tense(self, piece: _Piece, sentence: Span, span: Span) -> Tense | None:
        """The tense around an expression; `None` also where it changes nothing."""
        written = piece.groups.get("year") or ""
        if self._published is None or (len(written) == 4 and int(written) < self._published.year):
            return None
        return tense_at(self.folded, sentence, span, is_day=piece.kind not in _PERIODS)

    def remember(self, mention: DateMention) -> None:
        if mention.precision in (Precision.DAY, Precision.TIME) and mention.first is not None:
            self._spoken, self._spoken_in = mention, self._sentence
        if (
            mention.precision is Precision.QUARTER
            and "-Q" in mention.value
            and "ago" not in mention.evidence.rule
        ):
            self._quarter = mention.value


def _is_late(mention: DateMention) -> bool:
    """Whether a mention is an evening or a night ("late on Tuesday")."""
    return mention.value.endswith(("TNI", "TEV")) or mention.words[:4].lower() == "late"


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
    if first is not None and piece.kind == "part" and (piece.groups.get("step") or "").lower() == "last":
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

"""Time expressions with their TIMEX3 values: `find_dates`.

Find, read, resolve: runs of words that speak of time are cut out by a word list (`timeruns`), the rules of
`dates.toml` read each run (`timematches`), the words around may say that it is none (`timedoubts`), and each match gets
its value from the publication day, the tense and the day last spoken of.

Stance: a wrong day is worse than a missing one; what no rule is sure of gives a value that names no day.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence

from digests.extract.times.doubts import (
    AROUND,
    is_bound,
    is_of_event,
    is_of_feast,
    is_of_that_year,
    is_time,
    without_count,
)
from digests.extract.times.matches import PERIODS, Piece, find_pieces
from digests.extract.times.runs import bound_memory, find_stretches, may_speak_of_time
from digests.extract.times.tense import Tense, tense_at
from digests.extract.times.values import days_of, move
from digests.extract.times.words import Moment, Reading
from digests.text.document import Document
from digests.types import DateMention, Evidence, Precision, Span, TimexType

# Expressions of one sentence that are read: a calendar page without a full stop is no sentence.
_MOST_IN_SENTENCE = 60
# Sentences after which "the previous day" no longer means the day last spoken of.
_MEMORY_SENTENCES = 3


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
    bound_memory()
    for number, sentence in enumerate(document.sentences):
        if not may_speak_of_time(folded, sentence, document.plain[number]):
            continue
        stretches = find_stretches(folded, sentence)
        found = [
            (offset + piece.start, offset + piece.end, piece)
            for offset, stretch in stretches
            for piece in find_pieces(stretch)
        ]
        if not found:
            continue
        state.enter(number, found)
        for index, (start, end, piece) in enumerate(found[:_MOST_IN_SENTENCE]):
            if piece.is_doubtful and not is_time(piece, folded, start, end):
                continue
            if piece.kind == "unit_before" and is_of_event(folded[end : end + AROUND]):
                # "The year before the war": no year was spoken of.
                continue
            if piece.kind == "calendar":
                piece, end = without_count(piece, folded, start, end)
            moment = state.moment(piece, sentence, start, end)
            if piece.kind in _HOURS and (day := _day_beside(sentence, state, piece, end, found[index + 1 :])):
                moment = moment._replace(spoken=day)
            elif piece.kind == "clock" and state.heading is not None and _opens_line(folded, start):
                moment = moment._replace(spoken=state.heading)
            elif (piece.kind in _HOURS and state.is_ahead(moment, sentence, start, end)) or (
                piece.groups.get("overnight") and start == sentence.start and state.is_eve_told()
            ):
                moment = moment._replace(spoken=None)
            elif piece.kind == "day_before" and is_of_event(folded[end : end + AROUND]):
                # Where no day was spoken of, nobody knows when that event was.
                moment = moment._replace(published=None)
            reading = piece.read(piece.groups, moment)
            if reading is None:
                continue
            mention = _mention(document, sentence, start, end, piece, reading, moment.tense)
            if not is_bound(folded[max(0, start - AROUND) : start]):
                state.remember(mention)
            if piece.kind == "calendar" and _is_alone(document, sentence, start, end):
                state.heading = mention.first
            mentions.append(mention)
    return tuple(mentions)


# What may stand between a time of the clock and its day ("at 7.25 (0355 GMT) on Monday").
_BESIDE = re.compile(
    r"[\s(),]{0,4}(?:(?:\d[\d:.]{2,6}|gmt|utc|hours|hrs|local|time|on|late|early)\b[\s(),]{0,4}){0,4}",
    re.IGNORECASE,
)
# The same behind a part of the day ("sunset prayers on Friday").
_PART_BESIDE = re.compile(r"\s(?:[a-z]{1,12}\s){0,2}on\s")
_HOURS = frozenset({"clock", "part"})
_DAYS = frozenset({"weekday", "calendar", "deictic", "day_before"})
# Characters beside a time on a line that is nothing else: a zone, a mark.
_LINE_REST = 7


def _is_alone(document: Document, sentence: Span, start: int, end: int) -> bool:
    """Whether a time is all of its line: the day over a part of a live page, or the hour of one of its entries."""
    folded = document.folded
    line_end = folded.find("\n", end)
    rest = (line_end if line_end >= 0 else len(folded)) - end
    return start == sentence.start and rest <= _LINE_REST and _opens_line(folded, start)


def _opens_line(folded: str, start: int) -> bool:
    return folded[start - 1 : start] in ("\n", "")


def _day_beside(
    sentence: Span, state: _State, hour: Piece, end: int, after: Sequence[tuple[int, int, Piece]]
) -> dt.date | None:
    """The day named right behind a time of the clock: it goes before the day that the text spoke of last."""
    if hour.kind == "part" and not hour.groups.get("alone"):
        return None
    # The same time in another zone may stand between.
    ahead = (found for found in after[:2] if found[2].kind != "clock")
    start, last, piece = next(ahead, (0, 0, None))
    if piece is None or piece.kind not in _DAYS:
        return None
    beside = _BESIDE if hour.kind == "clock" else _PART_BESIDE
    if not beside.fullmatch(state.folded, end, start):
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
        self._spoken_year: int | None = None
        self._spoken_year_in = -10
        self._month: dt.date | None = None
        self._month_in = -10
        self._this_year = document.published.year if document.published is not None else None
        # The day that stands alone over what follows, on a page with hours.
        self.heading: dt.date | None = None

    def enter(self, number: int, found: list[tuple[int, int, Piece]]) -> None:
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

    def moment(self, piece: Piece, sentence: Span, start: int, end: int) -> Moment:
        """What the expression at these offsets is read against."""
        folded = self.folded
        spoken_year = (
            self._spoken_year if self._sentence - self._spoken_year_in <= _MEMORY_SENTENCES else None
        )
        year = self._year
        if piece.kind == "month" and year is None and is_of_that_year(folded[end : end + AROUND]):
            year = spoken_year or (self._spoken.first.year if self._spoken and self._spoken.first else None)
        spoken = self._spoken if self._sentence - self._spoken_in <= _MEMORY_SENTENCES else None
        return Moment(
            self._published,
            self._tense(piece, sentence, Span(start=start, end=end)) if piece.is_by_tense else None,
            spoken.first if spoken else None,
            year,
            self._quarter,
            _day_first(folded) if piece.kind == "numeric" else None,
            folded[max(0, start - AROUND) : start],
            spoken is not None and _is_late(spoken),
            spoken_year if spoken_year is not None and spoken_year != self._this_year else None,
            self._month if self._sentence - self._month_in <= 1 else None,
        )

    def is_ahead(self, moment: Moment, sentence: Span, start: int, end: int) -> bool:
        """Whether the day that an earlier sentence spoke of is still to come where an hour is told as past."""
        if moment.spoken is None or self._published is None or moment.spoken <= self._published:
            return False
        if self._spoken_in == self._sentence:
            return False
        return tense_at(self.folded, sentence, Span(start=start, end=end)) is Tense.PAST

    def is_eve_told(self) -> bool:
        """Whether an earlier sentence spoke of the day before the news: "Overnight, ..." is of last night then."""
        day = self._spoken.first if self._spoken is not None and self._spoken_in < self._sentence else None
        return day is not None and self._published is not None and (self._published - day).days == 1

    def _tense(self, piece: Piece, sentence: Span, span: Span) -> Tense | None:
        """The tense around an expression; `None` also where it changes nothing."""
        written = piece.groups.get("year") or ""
        if self._published is None or (len(written) == 4 and int(written) < self._published.year):
            return None
        return tense_at(self.folded, sentence, span, is_day=piece.kind not in PERIODS)

    def remember(self, mention: DateMention) -> None:
        if mention.names_day and mention.first is not None:
            self._spoken, self._spoken_in = mention, self._sentence
            self._spoken_year = self._month = None
        elif mention.precision in (Precision.MONTH, Precision.YEAR) and mention.first is not None:
            self._spoken_year, self._spoken_year_in = mention.first.year, self._sentence
            self._month = mention.first if mention.precision is Precision.MONTH else None
            self._month_in = self._sentence
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
    piece: Piece,
    reading: Reading,
    tense: Tense | None,
) -> DateMention:
    covered = days_of(reading.value) if reading.type in (TimexType.DATE, TimexType.TIME) else None
    if piece.kind == "holiday" and is_of_feast(
        document.folded[start:end], document.folded[end : end + AROUND]
    ):
        covered = None
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

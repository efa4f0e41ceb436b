"""Where a moment stands on the level axis: a column a day while they fit, else in proportion to the time between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from digests.cards.wording import day_words
from digests.tongues import ENGLISH, Tongue

# Days that get a column of their own: 90 pixels each at least.
MOST_COLUMNS = 7
# Day labels under an axis in proportion.
_TICKS = 6
# The width of a day with little on it, in marks, so that a name has room beside its one mark.
_NARROWEST = 2
# From mark to mark at least, where days are narrower than marks.
_CLOSEST = 24.0
# A mark never stands at a column's very edge.
_INSET = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAxis:
    """A level axis from `left` to `right`; `columns` are (day, left edge, right edge), empty when in proportion."""

    left: float
    right: float
    days: tuple[dt.date, ...]
    columns: tuple[tuple[dt.date, float, float], ...]

    @staticmethod
    def over(rows: Sequence[Sequence[dt.datetime]], left: float, right: float) -> DayAxis:
        """The axis that holds all moments; a day is as wide as the row that says most on it needs."""
        days = sorted({utc_day(moment) for row in rows for moment in row})
        if len(days) > MOST_COLUMNS:
            return DayAxis(left=left, right=right, days=tuple(days), columns=())
        weights = [
            max(_NARROWEST, *(sum(utc_day(moment) == day for moment in row) for row in rows)) for day in days
        ]
        unit = (right - left) / sum(weights)
        columns, edge = [], left
        for day, weight in zip(days, weights, strict=True):
            columns.append((day, edge, edge + weight * unit))
            edge += weight * unit
        return DayAxis(left=left, right=right, days=tuple(days), columns=tuple(columns))

    @property
    def year(self) -> int:
        """The year that goes without saying on the axis: the last day's."""
        return self.days[-1].year

    def places(self, moments: Sequence[dt.datetime]) -> list[float]:
        """The x of each moment; `moments` oldest first. In a column, marks share its width in their order."""
        if not self.columns:
            return _apart([self._proportional(moment) for moment in moments], self.right - _INSET)
        found: list[float] = []
        for day, left, right in self.columns:
            count = sum(utc_day(moment) == day for moment in moments)
            found += [left + _INSET + (right - left) * index / count for index in range(count)]
        return found

    def _proportional(self, moment: dt.datetime) -> float:
        start = dt.datetime.combine(self.days[0], dt.time(), dt.UTC)
        whole = (self.days[-1] - self.days[0]).total_seconds() + 86_400
        share = (moment - start).total_seconds() / whole
        return self.left + _INSET + share * (self.right - self.left - 2 * _INSET)

    def labels(self, tongue: Tongue = ENGLISH) -> list[tuple[float, str]]:
        """(middle, "3 Jun") under the axis; days of another year than the last one's have theirs with them."""
        if self.columns:
            shown = [(day, (left + right) / 2) for day, left, right in self.columns]
        else:
            step = max(1, -(-len(self.days) // _TICKS))
            days = [*reversed(self.days[::-1][::step])]
            noon = dt.time(12)
            shown = [(day, self._proportional(dt.datetime.combine(day, noon, dt.UTC))) for day in days]
            shown = _spread(shown)
        return [(x, day_words(day, year=self.year, tongue=tongue)) for day, x in shown]


def _apart(places: list[float], right: float) -> list[float]:
    """Places in their order with a mark's width between them: pushed right, and back from the edge."""
    found: list[float] = []
    for x in places:
        found.append(max(x, found[-1] + _CLOSEST) if found else x)
    for index in range(len(found) - 1, -1, -1):
        found[index] = min(found[index], right - _CLOSEST * (len(found) - 1 - index))
    return found


def _spread(shown: list[tuple[dt.date, float]]) -> list[tuple[dt.date, float]]:
    """Without labels that would touch the one to their right."""
    kept: list[tuple[dt.date, float]] = []
    for day, x in reversed(shown):
        if not kept or kept[-1][1] - x >= 90:
            kept.append((day, x))
    return kept[::-1]


def utc_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(dt.UTC).date()

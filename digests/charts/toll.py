"""The toll of a story's main incident over time: every count with its hedge, who says so, and who disagrees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from digests.cards.incidents import incident_words
from digests.cards.wording import day_words
from digests.charts.axis import DayAxis, utc_day
from digests.charts.canvas import WIDTH, Canvas, Colour, Shape, fit_text, text_width, wrap_text
from digests.charts.counts import Mark, Row, Toll, read_toll
from digests.charts.labels import ARROW, NAME_SIZE, Box, Label, place_label
from digests.charts.words import cut_words, drawn_tongue
from digests.tongues import ENGLISH, Tongue, phrase
from digests.types import Bounds, Findings, Measure, Status, Story

STATUS_WORDS = {
    Status.SINGLE: phrase("one voice so far"),
    Status.AGREED: phrase("agreed"),
    Status.UPDATED: phrase("updated"),
    Status.CONFLICTING: phrase("conflicting"),
}
_SHAPES = (Shape.CIRCLE, Shape.DIAMOND, Shape.SQUARE)
_MARGIN = 18.0
# Pixels of the parts, from the top: title, rows, days, legend.
_ROWS_TOP, _ROWS_BOTTOM, _DAYS_Y, _LEGEND_Y = 66.0, 386.0, 402.0, 432.0
_PLOT_LEFT, _PLOT_RIGHT = 172.0, WIDTH - _MARGIN
# Counts are larger where a row holds few.
_NUMBER_SIZE, _CROWDED_SIZE, _CROWD = 23.0, 20.0, 4
# A phone shows the picture 300 points wide: nothing is smaller than this.
_SMALL = 16.0
# Counts further apart than this share a row on a logarithmic scale: 10 and 600 would leave the ten on the floor.
_WIDE = 30


@dataclass(frozen=True, slots=True)
class _Scale:
    """People to pixels: `floor` is nobody, `top` the highest count."""

    floor: float
    top: float
    highest: int
    is_wide: bool

    def y(self, people: int) -> float:
        share = math.log1p(people) / math.log1p(self.highest) if self.is_wide else people / self.highest
        return self.floor - share * (self.floor - self.top)


def draw_toll(
    story: Story,
    findings: Findings,
    *,
    theme: str = "dark",
    measure: Measure | None = None,
    tongue: Tongue = ENGLISH,
) -> bytes | None:
    """The picture as PNG, 800x450; `None` with fewer than two dated claims. `theme` is "dark" or "light"."""
    tongue = drawn_tongue(tongue)
    toll = read_toll(findings, measure=measure, tongue=tongue)
    if toll is None:
        return None
    canvas = Canvas(theme)
    ink, soft = canvas.theme.ink, canvas.theme.soft
    room = WIDTH - 2 * _MARGIN
    canvas.text(_MARGIN, 26, fit_text(_heading(story, toll, tongue), 26, room), size=26, colour=ink)
    axis = DayAxis.over([[mark.moment for mark in row.marks] for row in toll.rows], _PLOT_LEFT, _PLOT_RIGHT)
    when = tongue.say("What was said, by the day it came out · {year}", year=axis.year)
    canvas.text(_MARGIN, 50, when, size=17, colour=soft)
    _draw_days(canvas, axis, tongue)
    top = _ROWS_TOP
    for row, height in zip(toll.rows, _heights(toll.rows), strict=True):
        _draw_row(canvas, row, axis, top, top + height, tongue)
        top += height
    _draw_legend(canvas, toll, tongue)
    return canvas.finish()


def shown_toll(
    story: Story, findings: Findings, *, measure: Measure | None = None, tongue: Tongue = ENGLISH
) -> str | None:
    """All that the picture and its description are made from, to tell it from others; `None` where there is none."""
    toll = read_toll(findings, measure=measure, tongue=tongue)
    return None if toll is None else repr((_heading(story, toll, tongue), toll))


def describe_toll(
    story: Story, findings: Findings, *, measure: Measure | None = None, tongue: Tongue = ENGLISH
) -> str:
    """What the picture says, in words: at most 1,000 characters; "" where there is no picture."""
    toll = read_toll(findings, measure=measure, tongue=tongue)
    if toll is None:
        return ""
    years = {utc_day(mark.moment).year for row in toll.rows for mark in row.marks}
    year = max(years) if len(years) == 1 else None
    opening = (
        tongue.say("Counts by the day they came out in {year}.", year=year)
        if year
        else tongue.say("Counts by the day they came out.")
    )
    parts = [f"{opening} {_heading(story, toll, tongue)}."]
    for row in toll.rows:
        said = "; ".join(_mark_words(mark, year, tongue) for mark in row.marks)
        counted = f"{row.label}, {row.victims}" if row.victims else row.label
        parts.append(f"{counted} ({tongue.say(STATUS_WORDS[row.status])}): {said}.")
    return cut_words(" ".join(parts))


def _mark_words(mark: Mark, year: int | None, tongue: Tongue) -> str:
    parts = [f"{day_words(utc_day(mark.moment), year=year, tongue=tongue)} {mark.words}"]
    names = list(mark.names[:2])
    if len(mark.names) > 2:
        names.append(tongue.say_count("{count} other", "{count} others", len(mark.names) - 2))
    if names:
        parts.append(tongue.all_of(names))
    if mark.is_earlier:
        parts.append(tongue.say("earlier"))
    if mark.side is not None:
        parts.append(tongue.say("disputed"))
    return ", ".join(parts)


def _heading(story: Story, toll: Toll, tongue: Tongue) -> str:
    return (incident_words(toll.incident, tongue) if toll.incident else "") or story.title


# --------------------------------------------------------------------------- parts of the picture


def _heights(rows: Sequence[Row]) -> list[float]:
    """A row with more marks is higher; the lowest still holds its label."""
    weights = [4 + len(row.marks) for row in rows]
    return [(_ROWS_BOTTOM - _ROWS_TOP) * weight / sum(weights) for weight in weights]


def _draw_days(canvas: Canvas, axis: DayAxis, tongue: Tongue) -> None:
    faint = canvas.theme.faint
    for _, left, _ in axis.columns[1:]:
        canvas.dashes((left, _ROWS_TOP), (left, _ROWS_BOTTOM), colour=faint)
    for x, words in axis.labels(tongue):
        half = text_width(words, 18) / 2
        x = min(max(x, _PLOT_LEFT + half), _PLOT_RIGHT - half)
        canvas.text(x, _DAYS_Y, words, size=18, colour=canvas.theme.soft, anchor="mm")


def _draw_row(canvas: Canvas, row: Row, axis: DayAxis, top: float, bottom: float, tongue: Tongue) -> None:
    theme = canvas.theme
    floor = bottom - 12
    canvas.line([(_PLOT_LEFT, floor), (_PLOT_RIGHT, floor)], colour=theme.faint)
    canvas.text(_PLOT_LEFT - 6, floor, "0", size=_SMALL, colour=theme.soft, anchor="rm")
    scale = _scale(row, floor, top + ARROW + 14)
    _draw_row_label(canvas, row, scale, (top + floor) / 2, tongue)
    places = axis.places([mark.moment for mark in row.marks])
    taken: list[Box] = []
    for mark, x in zip(row.marks, places, strict=True):
        taken.append(_draw_mark(canvas, mark, x, scale, _colour(canvas, mark, row)))
    space = Box(_PLOT_LEFT, top + 2, _PLOT_RIGHT, floor - 1)
    order = sorted(
        range(len(places)), key=lambda i: (not row.marks[i].is_latest, row.marks[i].side is None, -i)
    )
    for index in order:
        mark = row.marks[index]
        label = place_label(
            mark.words,
            mark.names,
            _CROWDED_SIZE if len(row.marks) > _CROWD else _NUMBER_SIZE,
            (places[index], scale.y(mark.value)),
            taken=taken,
            space=space,
            must_name=mark.side is not None,
        )
        if label is not None:
            taken.append(label.box)
            _draw_label(canvas, label, _colour(canvas, mark, row))


def _draw_label(canvas: Canvas, label: Label, colour: Colour) -> None:
    box = label.box
    # No dashes between two days run through the words; nothing else stands there.
    canvas.box(box.left, box.top, box.right, box.bottom, fill=canvas.theme.paper)
    line = box.top + label.size / 2 + 1
    canvas.text(box.left, line, label.words, size=label.size, colour=colour)
    names = line + label.size / 2 + NAME_SIZE / 2 + 1
    canvas.text(box.left, names, label.names, size=NAME_SIZE, colour=canvas.theme.soft)


def _draw_row_label(canvas: Canvas, row: Row, scale: _Scale, middle: float, tongue: Tongue) -> None:
    """What is counted and how it stands, left of the plot: "Killed", "children", "agreed"."""
    theme, room = canvas.theme, _PLOT_LEFT - _MARGIN - 20
    lines = [(row.label, 23.0, theme.ink)]
    if row.victims:
        lines.append((row.victims, 19.0, theme.ink))
    stands = wrap_text(tongue.say(STATUS_WORDS[row.status]), 17.0, room, 2)
    lines += [(words, 17.0, theme.soft) for words in stands]
    if scale.is_wide:
        lines.append((tongue.say("uneven scale"), _SMALL, theme.soft))
    y = middle - 11 * (len(lines) - 1)
    for words, size, colour in lines:
        canvas.text(_MARGIN, y, fit_text(words, size, room), size=size, colour=colour)
        y += 22


def _scale(row: Row, floor: float, top: float) -> _Scale:
    highs = [mark.bounds.high or mark.bounds.low or 0 for mark in row.marks]
    lows = [mark.value for mark in row.marks if mark.value > 0]
    highest = max([*highs, 1])
    return _Scale(floor, top, highest, highest > _WIDE * min(lows, default=highest))


def _colour(canvas: Canvas, mark: Mark, row: Row) -> Colour:
    """A side's colour; beside a dispute, those who take no part in it are drawn in ink."""
    theme = canvas.theme
    if mark.side is not None:
        return theme.sides[mark.side]
    if mark.is_earlier:
        return theme.soft
    return theme.ink if row.is_disputed else theme.sides[0]


def _draw_mark(canvas: Canvas, mark: Mark, x: float, scale: _Scale, colour: Colour) -> Box:
    """An exact count as a full shape, "about" as a hollow one, an open side as an arrow, a range as a bar."""
    shape = _SHAPES[mark.side or 0]
    low, high = mark.bounds.low, mark.bounds.high
    y = scale.y(mark.value)
    top, bottom = y - 8, y + 8
    if high is not None and _is_range(mark.bounds):
        top, bottom = scale.y(high), y
        canvas.line([(x, top), (x, bottom)], colour=colour, width=4)
        for end in (top, bottom):
            canvas.line([(x - 7, end), (x + 7, end)], colour=colour, width=3)
        return Box(x - 9, top - 3, x + 9, bottom + 3)
    if low is None or high is None:
        away = -1 if high is None else 1
        tip = y + away * ARROW
        canvas.line([(x, y), (x, tip - away * 5)], colour=colour, width=3)
        canvas.polygon([(x - 6, tip - away * 8), (x + 6, tip - away * 8), (x, tip)], fill=colour)
        top, bottom = min(top, tip), max(bottom, tip)
    canvas.shape(x, y, shape, colour=colour, hollow=mark.bounds.approximate)
    return Box(x - 9, top, x + 9, bottom)


def _is_range(bounds: Bounds) -> bool:
    return bounds.low is not None and bounds.high is not None and bounds.low != bounds.high


def _draw_legend(canvas: Canvas, toll: Toll, tongue: Tongue) -> None:
    """Only the forms that are in the picture."""
    marks = [mark for row in toll.rows for mark in row.marks]
    soft = canvas.theme.soft
    x = _MARGIN + 6
    for words, is_used, draw in (
        (
            phrase("exact"),
            any(m.bounds.low == m.bounds.high and not m.bounds.approximate for m in marks),
            "full",
        ),
        (phrase("about"), any(m.bounds.approximate for m in marks), "hollow"),
        (phrase("at least"), any(m.bounds.high is None for m in marks), "up"),
        (phrase("up to"), any(m.bounds.low is None for m in marks), "down"),
        (phrase("range"), any(_is_range(m.bounds) for m in marks), "bar"),
    ):
        if not is_used:
            continue
        _legend_sign(canvas, x, draw)
        words = tongue.say(words)
        canvas.text(x + 13, _LEGEND_Y, words, size=_SMALL, colour=soft)
        x += 13 + text_width(words, _SMALL) + 24
    notes = []
    if any(mark.side is not None for mark in marks):
        notes.append(tongue.say("colour and shape: who disagrees"))
    if any(mark.is_earlier and mark.side is None for mark in marks):
        notes.append(tongue.say("grey: earlier"))
    hidden = sum(row.hidden for row in toll.rows) + toll.others
    if hidden:
        notes.append(tongue.say("{count} more in the text", count=hidden))
    room = WIDTH - _MARGIN - x
    canvas.text(
        WIDTH - _MARGIN,
        _LEGEND_Y,
        fit_text(" · ".join(notes), _SMALL, room),
        size=_SMALL,
        colour=soft,
        anchor="rm",
    )


def _legend_sign(canvas: Canvas, x: float, sign: str) -> None:
    soft, y = canvas.theme.soft, _LEGEND_Y
    if sign in ("full", "hollow"):
        canvas.shape(x, y, Shape.CIRCLE, colour=soft, hollow=sign == "hollow")
    elif sign == "bar":
        canvas.line([(x, y - 9), (x, y + 9)], colour=soft, width=3)
    else:
        away = -1 if sign == "up" else 1
        canvas.line([(x, y - away * 9), (x, y + away * 4)], colour=soft, width=3)
        canvas.polygon([(x - 6, y + away * 2), (x + 6, y + away * 2), (x, y + away * 10)], fill=soft)

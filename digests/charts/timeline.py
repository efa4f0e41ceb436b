"""A story's timeline as a picture: days down an axis, what is planned hollow, what came long before set apart.

Stance: the picture is the way in, the message beside it is the whole. What most outlets tell is shown; the rest is
counted at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.timeline import choose_entries
from digests.cards.wording import span_words
from digests.charts.canvas import HEIGHT, WIDTH, Canvas, Shape, fit_text, text_width, wrap_text
from digests.charts.words import cut_words, drawn_tongue
from digests.tongues import ENGLISH, Tongue, phrase
from digests.types import Precision, Story, TimelineEntry

_MARGIN = 18.0
_TOP, _BOTTOM = 68.0, HEIGHT - 34.0
_AXIS_X = 164.0
_TEXT_X = _AXIS_X + 22
_WHEN_SIZE, _SIZE, _LINE = 19.0, 20.0, 25.0
# Pixels between entries, and between the parts.
_GAP, _PART_GAP = 7.0, 12.0
# Entries shown: fewer, with two lines for those that need them, say more than many cut short.
_MOST = 7
# Of these, entries before the story and ahead of it.
_MOST_BACKGROUND, _MOST_PLANNED = 2, 2
_MOST_LINES = 2
_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?: \([^()]{1,40}\))? ?[—–-]{1,2} ?(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The entries that are shown, in order of time; `hidden` how many are not."""

    background: tuple[TimelineEntry, ...]
    current: tuple[TimelineEntry, ...]
    planned: tuple[TimelineEntry, ...]
    hidden: int

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        return (*self.background, *self.current, *self.planned)

    @property
    def year(self) -> int:
        """The year that goes without saying: of the last that happened, else of the first shown."""
        return (self.current[-1] if self.current else self.entries[0]).last.year


def draw_timeline(
    story: Story, entries: Sequence[TimelineEntry], *, theme: str = "dark", tongue: Tongue = ENGLISH
) -> bytes | None:
    """The picture as PNG, 800x450; `None` with fewer than two entries. `theme` is "dark" or "light"."""
    tongue = drawn_tongue(tongue)
    chosen = _choose(entries)
    if chosen is None:
        return None
    canvas = Canvas(theme)
    room = WIDTH - 2 * _MARGIN
    canvas.text(_MARGIN, 26, fit_text(story.title, 26, room), size=26, colour=canvas.theme.ink)
    when = tongue.say("What happened when · {year}", year=chosen.year)
    canvas.text(_MARGIN, 50, when, size=17, colour=canvas.theme.soft)
    _draw_entries(canvas, chosen, tongue)
    _draw_legend(canvas, chosen, tongue)
    return canvas.finish()


def shown_timeline(story: Story, entries: Sequence[TimelineEntry]) -> str | None:
    """All that the picture and its description are made from, to tell it from others; `None` where there is none."""
    chosen = _choose(entries)
    return None if chosen is None else repr((story.title, chosen))


def describe_timeline(story: Story, entries: Sequence[TimelineEntry], *, tongue: Tongue = ENGLISH) -> str:
    """What the picture says, in words: at most 1,000 characters; "" where there is no picture."""
    chosen = _choose(entries)
    if chosen is None:
        return ""
    parts = [tongue.say("Timeline, {year}.", year=chosen.year) + f" {story.title.rstrip('.')}."]
    for words, shown in (
        (phrase("Before"), chosen.background),
        (phrase("Then"), chosen.current),
        (phrase("Planned"), chosen.planned),
    ):
        if shown:
            said = [f"{_when(entry, chosen.year, tongue)}: {_text(entry).rstrip('.')}" for entry in shown]
            parts.append(f"{tongue.say(words)}: {'; '.join(said)}.")
    return cut_words(" ".join(parts))


def _choose(entries: Sequence[TimelineEntry]) -> _Chosen | None:
    """The entries with most voices that fit the picture; `None` with fewer than two in all."""
    if len(entries) < 2:
        return None
    background = choose_entries([e for e in entries if e.is_background], _MOST_BACKGROUND)
    planned = choose_entries([e for e in entries if e.is_planned and not e.is_background], _MOST_PLANNED)
    current = [e for e in entries if not e.is_background and not e.is_planned]
    shown = choose_entries(current, _MOST - len(background) - len(planned))
    return _Chosen(
        background=background,
        current=shown,
        planned=planned,
        hidden=len(entries) - len(background) - len(shown) - len(planned),
    )


def _height(lines: Sequence[int], parts: int) -> float:
    return sum(count * _LINE + _GAP for count in lines) + (parts - 1) * _PART_GAP


def _text(entry: TimelineEntry) -> str:
    """What happened, without the place and agency that a report opens with: "PORT ALDER (Coast Wire) — "."""
    return _DATELINE.sub("", " ".join(entry.text.split()))


def _when(entry: TimelineEntry, year: int | None, tongue: Tongue) -> str:
    return span_words(entry.first, entry.last, entry.precision, time=entry.time, year=year, tongue=tongue)


# --------------------------------------------------------------------------- parts of the picture


def _draw_entries(canvas: Canvas, chosen: _Chosen, tongue: Tongue) -> None:
    parts = [part for part in (chosen.background, chosen.current, chosen.planned) if part]
    room = WIDTH - _MARGIN - _TEXT_X
    wrapped = _wrapped(chosen.entries, room, len(parts))
    left = _BOTTOM - _TOP - _height([len(lines) for lines in wrapped], len(parts))
    gap = _GAP + min(14.0, left / max(1, len(wrapped)))
    y, index, dots = _TOP + gap / 2, 0, []
    for number, part in enumerate(parts):
        start = y
        for entry in part:
            dots.append((entry, y + _LINE / 2))
            when = "" if _follows(part, entry) else _when(entry, chosen.year, tongue)
            _draw_entry(canvas, entry, when, wrapped[index], y)
            y += len(wrapped[index]) * _LINE + gap
            index += 1
        _draw_axis(canvas, part, start, y - gap)
        if number < len(parts) - 1:
            y += _PART_GAP
    for entry, middle in dots:
        _draw_dot(canvas, entry, middle)


def _wrapped(entries: Sequence[TimelineEntry], room: float, parts: int) -> list[tuple[str, ...]]:
    """Each entry's lines: a second one where it is needed and there is height for it, the most told first."""
    found = [wrap_text(_text(entry), _SIZE, room, 1) for entry in entries]
    for index in sorted(range(len(entries)), key=lambda i: (entries[i].is_background, -entries[i].voices, i)):
        longer = [*found]
        longer[index] = wrap_text(_text(entries[index]), _SIZE, room, _MOST_LINES)
        if _height([len(lines) for lines in longer], parts) <= _BOTTOM - _TOP:
            found = longer
    return found


def _follows(part: Sequence[TimelineEntry], entry: TimelineEntry) -> bool:
    """Whether the entry above is of the same day, so that the day need not be said again."""
    index = part.index(entry)
    return (
        index > 0
        and entry.precision is Precision.DAY
        and (part[index - 1].first, part[index - 1].last) == (entry.first, entry.last)
    )


def _draw_entry(canvas: Canvas, entry: TimelineEntry, when: str, lines: Sequence[str], y: float) -> None:
    theme = canvas.theme
    when = fit_text(when, _WHEN_SIZE, _AXIS_X - _MARGIN - 14)
    canvas.text(_AXIS_X - 16, y + _LINE / 2, when, size=_WHEN_SIZE, colour=_tint(canvas, entry), anchor="rm")
    colour = theme.soft if entry.is_background else theme.ink
    for number, line in enumerate(lines):
        canvas.text(_TEXT_X, y + _LINE * (number + 0.5), line, size=_SIZE, colour=colour)


def _tint(canvas: Canvas, entry: TimelineEntry) -> tuple[int, int, int]:
    if entry.is_background:
        return canvas.theme.soft
    return canvas.theme.sides[1] if entry.is_planned else canvas.theme.sides[0]


def _draw_axis(canvas: Canvas, part: Sequence[TimelineEntry], top: float, bottom: float) -> None:
    """A full line for what happened, dashes for what is planned or came long before."""
    faint = canvas.theme.faint
    if part[0].is_background or part[0].is_planned:
        canvas.dashes((_AXIS_X, top), (_AXIS_X, bottom), colour=faint, width=2)
    else:
        canvas.line([(_AXIS_X, top), (_AXIS_X, bottom)], colour=faint, width=3)


def _draw_dot(canvas: Canvas, entry: TimelineEntry, y: float) -> None:
    shape = Shape.SQUARE if entry.is_background else Shape.CIRCLE
    radius = 5 if entry.is_background else 6.5
    colour = _tint(canvas, entry)
    canvas.shape(_AXIS_X, y, shape, colour=colour, radius=radius, hollow=entry.is_planned)


def _draw_legend(canvas: Canvas, chosen: _Chosen, tongue: Tongue) -> None:
    """Only the forms that are in the picture, and how much is not."""
    theme, y = canvas.theme, HEIGHT - 18.0
    x = _MARGIN + 6
    for words, entries in (
        (phrase("background"), chosen.background),
        (phrase("happened"), chosen.current),
        (phrase("planned"), chosen.planned),
    ):
        if entries:
            entry = entries[0]
            shape = Shape.SQUARE if entry.is_background else Shape.CIRCLE
            canvas.shape(x, y, shape, colour=_tint(canvas, entry), hollow=entry.is_planned)
            words = tongue.say(words)
            canvas.text(x + 13, y, words, size=16, colour=theme.soft)
            x += 13 + text_width(words, 16) + 26
    if chosen.hidden:
        canvas.text(
            WIDTH - _MARGIN,
            y,
            tongue.say("{count} more in the text", count=chosen.hidden),
            size=16,
            colour=theme.soft,
            anchor="rm",
        )

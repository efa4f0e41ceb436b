"""Numbers in front of a card's lines, so that a reader can name one: `F2` a figure, `7` any other line.

While a card is made to fit its message, lines are left out; numbers are given at the end, to what is left, without
gaps. Until then a place is kept by a sign that words of others cannot hold: `markup.clean` takes it out of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.render.page import Page
from digests import Line, SectionKind, ShownLine

#: Opens a kept place; a private character, followed by the number of the line in order of writing.
_OPEN = "\ue000"
_PLACE = re.compile(_OPEN + r"(\d{3})")
#: Lines that have room for a number; a message cannot hold more.
_MAX_LINES = 1000
#: Articles kept for one line: the first of them are shown, the rest only counted.
MAX_EVIDENCE = 6


class Numbering:
    """Keeps places for numbers while a message is written, and fills them when it is finished."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, SectionKind, Line]] = []

    def place(self, line: Line, kind: SectionKind, story_id: str) -> str:
        """What stands in front of a line; nothing for a line that leads to no words."""
        if not line.evidence or len(self._lines) >= _MAX_LINES:
            return ""
        self._lines.append((story_id, kind, line))
        return f"`{_OPEN}{len(self._lines) - 1:03}` "

    def finish(self, page: Page) -> Page:
        """The page with its numbers, figures and other lines counted apart, and what stands behind each."""
        shown: list[ShownLine] = []
        counts = {True: 0, False: 0}

        def fill(match: re.Match[str]) -> str:
            story_id, kind, line = self._lines[int(match[1])]
            is_figure = kind is SectionKind.FIGURES
            counts[is_figure] += 1
            mark = f"F{counts[True]}" if is_figure else str(counts[False])
            text = f"{line.label}: {line.text}" if line.label else line.text
            evidence = line.evidence[:MAX_EVIDENCE]
            shown.append(ShownLine(mark=mark, story_id=story_id, text=text, evidence=evidence))
            return mark

        blocks = tuple(_PLACE.sub(fill, block) for block in page.blocks)
        return replace(page, blocks=blocks, lines=tuple(shown))

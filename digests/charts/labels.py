"""Where a label goes beside its mark: near enough to be read as one, and never over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digests.charts.canvas import fit_text, text_width
from digests.charts.letters import drawable

NAME_SIZE = 17.0
# From the middle of a mark to the tip of its arrow.
ARROW = 22.0
# Between words side by side; a mark's own label stands this far from its box.
_AIR = 4.0
# From the middle of a mark to its label.
_BESIDE = 13.0
# Widths tried for the names under a count, widest first.
_ROOMS = (270.0, 190.0, 140.0, 100.0)
# Letters of a name that is cut, at least: "the…" tells nobody anything.
_SHORTEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap, or stand side by side without a gap."""
        return (
            self.left < other.right + _AIR
            and other.left < self.right + _AIR
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A count and who says so, in its place; `names` is "" where there was no room for any."""

    words: str
    names: str
    size: float
    box: Box


def place_label(
    words: str,
    names: Sequence[str],
    size: float,
    at: tuple[float, float],
    *,
    taken: Sequence[Box],
    space: Box,
    must_name: bool = False,
) -> Label | None:
    """A place for `words` with `names` under them beside the mark at `at`; `None` where there is none.

    Right of its mark a label is read without a second look: there even the count alone goes before a name elsewhere,
    unless the name matters (`must_name`: in a dispute).
    """
    named = [found for found in dict.fromkeys(name_words(names, room) for room in _ROOMS) if found]
    bare = [*named, ""]
    for found, find_spots in (
        *((one, _spots_right) for one in named),
        *((one, _spots_near) for one in named if must_name),
        ("", _spots_right),
        *((one, _spots_near) for one in bare),
        *((one, _spots_left) for one in bare),
    ):
        width = max(text_width(words, size), text_width(found, NAME_SIZE))
        for box in find_spots(*at, width, size + (NAME_SIZE + 5 if found else 2), space):
            if box.within(space) and not any(box.meets(other) for other in taken):
                return Label(words, found, size, box)
    return None


def _spots_right(x: float, y: float, width: float, height: float, space: Box) -> list[Box]:
    """Right of the mark, level with it or moved up or down."""
    return [Box(x + _BESIDE, top, x + _BESIDE + width, top + height) for top in _tops(y, height, space)]


def _spots_near(x: float, y: float, width: float, height: float, space: Box) -> list[Box]:
    """Above the mark or its arrow, or under it."""
    left = min(max(x - width / 2, space.left), space.right - width)
    return [
        Box(left, top, left + width, top + height) for top in (y - height - 9, y - height - ARROW - 2, y + 9)
    ]


def _spots_left(x: float, y: float, width: float, height: float, space: Box) -> list[Box]:
    return [Box(x - _BESIDE - width, top, x - _BESIDE, top + height) for top in _tops(y, height, space)]


def _tops(y: float, height: float, space: Box) -> list[float]:
    middle = min(max(y, space.top + height / 2), space.bottom - height / 2)
    tops = (middle - height / 2, space.top, space.bottom - height, y - height, y)
    return [top for top in tops if top - 4 <= y <= top + height + 4]


def name_words(names: Sequence[str], room: float) -> str:
    """As many names as fit: "interior ministry", "interior ministry +2"."""
    if not names:
        return ""
    if len(names) == 2 and text_width(both := f"{names[0]}, {names[1]}", NAME_SIZE) <= room:
        return both
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    first = fit_text(names[0], NAME_SIZE, room - text_width(more, NAME_SIZE))
    is_telling = first == drawable(names[0]) or len(first) > _SHORTEST_NAME
    return first + more if is_telling else ""

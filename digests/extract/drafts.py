"""A figure in the making: a chunk with what is counted, its words and its total."""

from __future__ import annotations

from dataclasses import dataclass

from digests.extract.chunks import Chunk
from digests.trace import Reason
from digests.types import Bounds, Measure, Scope, Span

ONE = Bounds(low=1, high=1)
# The rule of a figure that adds up a list: its number stands in no one place of the text.
SUM_RULE = "casualties.sum"


@dataclass(slots=True)
class Draft:
    """A figure in the making; offsets count in the document."""

    measure: Measure
    chunk: Chunk
    index: int
    bounds: Bounds
    start: int
    end: int
    rule: str
    sentence: Span
    words: Span
    victims: Span | None
    group: str
    total: Draft | None = None
    is_shot: bool = False
    # One person without a number: "the driver", "she", a name.
    is_known: bool = False
    # Adds up persons who are no figures of their own.
    is_list: bool = False
    # Hurt in a way that leaves open whether they lived: "was shot", "was taken to hospital".
    is_open: bool = False
    is_aged: bool = False
    scope: Scope = Scope.INCIDENT
    why_scope: Reason | None = None


def count_of(draft: Draft) -> int:
    """An exact count; 0 for any other."""
    bounds = draft.bounds
    return bounds.low if bounds.low is not None and bounds.low == bounds.high else 0


def fits(part: Draft, total: Draft) -> bool:
    """Whether a part is no larger than its total."""
    low = part.bounds.low or 0
    limit = total.bounds.high
    return limit is None or low <= limit

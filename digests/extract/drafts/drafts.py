"""A figure in the making: a chunk with what is counted, its words and its total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.victims import PEOPLE
from digests.trace import Reason
from digests.types import Bounds, Measure, Scope, Span

# The rule of a figure that adds up a list: its number stands in no one place of the text.
SUM_RULE = "casualties.sum"
# The rule of the number of an earlier count told once more.
AGAIN_RULE = "casualties.again"
# The rule of a number that a newer one has replaced: "raised its count from 22".
FORMER_RULE = "counts.former"
# The rule of a line of a list below a heading that says what is counted: "Central Clinic: 19".
LINE_RULE = "counts.topic_line"
# The rule of what stands for the counts that a heading speaks of; it is no figure.
TOPIC_RULE = "topics.heading"
# The rule of a kind of those counted before: "Five were women."
DIVIDED_RULE = "casualties.divided"
# The rule of what somebody did to himself alone.
OWN_RULE = "casualties.own"


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
    # The attacker's own death, alone or within a sum.
    is_own: bool = False
    # Adds up persons who are no figures of their own.
    is_list: bool = False
    # Hurt in a way that leaves open whether they lived: "was shot", "was taken to hospital".
    is_open: bool = False
    is_aged: bool = False
    # Told of by what became of them: "were taken to hospital", "was pronounced dead".
    is_stage: bool = False
    scope: Scope = Scope.INCIDENT
    why_scope: Reason | None = None


def count_of(draft: Draft) -> int:
    """An exact count; 0 for any other."""
    bounds = draft.bounds
    return bounds.low if bounds.low is not None and bounds.low == bounds.high else 0


def sum_of(members: Sequence[Draft]) -> Draft:
    """A figure that adds up exact counts, from the words of the first to those of the last."""
    first, last = members[0], members[-1]
    count = sum(map(count_of, members))
    return replace(
        first,
        bounds=Bounds(low=count, high=count),
        end=max(first.end, last.end),
        words=replace(first.words, end=max(first.words.end, last.words.end)),
        rule=SUM_RULE,
        victims=None,
    )


def with_one_more(victims: Draft, end: int) -> Draft:
    """A figure that adds one death, told up to an offset, to a count of victims."""
    low, high = victims.bounds.low, victims.bounds.high
    return replace(
        victims,
        bounds=replace(
            victims.bounds, low=None if low is None else low + 1, high=None if high is None else high + 1
        ),
        end=max(victims.end, end),
        words=Span(start=victims.words.start, end=max(victims.words.end, end)),
        rule=SUM_RULE,
        group=PEOPLE,
        total=None,
        is_known=False,
        is_own=True,
    )


def fits(part: Draft, total: Draft) -> bool:
    """Whether a part is no larger than its total."""
    low = part.bounds.low or 0
    limit = total.bounds.high
    return limit is None or low <= limit

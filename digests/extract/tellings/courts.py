"""Days on which a court dealt with something that happened: no days of what happened.

Stance: whoever is tried for a deed did it long before; a day of the court's own clause never dates it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling, View

# Tokens between "opened" and its day.
_SITS_REACH = 3


def is_of_court(view: View, owner: Telling, first: int, last: int, *, is_relative: bool) -> bool:
    """Whether the day at tokens `first` to `last`, outside a trigger's phrase, is that of a court's deed.

    "A jury on Wednesday found him guilty of killing three"; "the trial over a fire that killed four opened on
    Wednesday". Not "the court heard that on Saturday he shot three". "Found guilty of murder on Monday" tells of
    the court, "on May 3" (not `is_relative`) of the deed.
    """
    courts = lexicon().words["courts"]
    if courts.isdisjoint(view.lows):
        return False
    if last < owner.first:
        return not courts.isdisjoint(view.lows[_clause_start(view.lows, first) : owner.first])
    words = lexicon().words
    if not words["sits"].isdisjoint(view.lows[max(0, first - _SITS_REACH) : first]):
        return not words["sittings"].isdisjoint(view.lows[: owner.first])
    between = view.lows[owner.last + 1 : first]
    if not words["court_breaks"].isdisjoint(between):
        return False
    before = view.lows[_clause_start(view.lows, owner.first) : owner.first]
    return is_tried(between) or (is_relative and is_tried(before))


def days_tried(view: View, telling: Telling) -> tuple[dt.date, dt.date] | None:
    """The days on which a court dealt with what a sentence tells as a thing not yet known; `None` without any.

    "In May a man was jailed over a fire that killed four": the fire was in May or before.
    """
    if telling.form is not Form.NOUN or telling.is_definite or telling.days is not None or not view.dates:
        return None
    words, before = lexicon().words, view.lows[: telling.phrase]
    if words["courts"].isdisjoint(before) and words["charges"].isdisjoint(before):
        return None
    for date in view.dates:
        first = view.token_at(date.evidence.span.start)
        if first >= telling.phrase:
            break
        if (
            date.first is not None
            and date.last is not None
            and not date.is_planned
            and view.lows[first - 1 : first] not in (["since"], ["until"], ["by"], ["before"])
        ):
            return (date.first, date.last)
    return None


def is_tried(lows: Sequence[str]) -> bool:
    """Whether some words tell of a court that deals with something."""
    return not lexicon().words["courts"].isdisjoint(lows)


def is_charge_for(view: View, at: int) -> bool:
    """Whether "for" at a token leads to what a court deals with: "convicted of murder for the killing of a guard"."""
    if at < 0 or view.lows[at] != "for":
        return False
    before = view.lows[_clause_start(view.lows, at) : at]
    return is_tried(before) or not lexicon().words["charges"].isdisjoint(before)


def _clause_start(lows: Sequence[str], at: int) -> int:
    """Index behind the last word before a token at which a clause ends."""
    breaks = lexicon().words["court_breaks"]
    return next((k + 1 for k in range(at - 1, -1, -1) if lows[k] in breaks), 0)

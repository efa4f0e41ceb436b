"""What is done about something that happened, and when that says nothing of its day: `mark_occasions`.

Stance: whoever resigns over a fire does so days later as often as not; the day of that is no day of the fire.
"""

from __future__ import annotations

from collections.abc import Iterable

from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling, View

# Tokens between a deed and what leads from it to its occasion, and from there to the trigger: a noun phrase, a clause.
_DEED_REACH = 14
# Tokens from a deed to whom it is done to.
_OBJECT_REACH = 3
_PHRASE_REACH, _CLAUSE_REACH = 5, 8
_ENDS = frozenset({",", ";", ":", '"'})


def mark_occasions(view: View, tellings: Iterable[Telling]) -> None:
    """Mark those that are only the occasion of what is told: "resigned on Friday after a fire", "held over a raid"."""
    if not lexicon().words["sequels"].isdisjoint(view.lows):
        for telling in tellings:
            telling.is_occasion = _is_occasion(view, telling)


def _is_occasion(view: View, telling: Telling) -> bool:
    words = lexicon().words
    behind = view.lows[max(0, telling.first - _OBJECT_REACH) : telling.first]
    if telling.form is Form.TOLL and not words["slow_sequels"].isdisjoint(behind):
        # "They buried their dead on Friday."
        return True
    at = _link(view, telling)
    if at is None:
        return _is_of_the_buried(view, telling)
    deeds = words["slow_sequels"] if view.lows[at] in words["slow_leads"] else words["sequels"]
    return not deeds.isdisjoint(view.lows[max(0, at - _DEED_REACH) : at])


def _is_of_the_buried(view: View, telling: Telling) -> bool:
    """Whether those who died in it are mourned: "they buried nine killed in a crash", "a vigil for victims of"."""
    words = lexicon().words
    start = telling.phrase if telling.form is Form.NOUN else telling.first
    # "buried victims on Friday of an air strike"
    reach = _PHRASE_REACH if start and view.lows[start - 1] == "of" else _OBJECT_REACH
    if words["dead"].isdisjoint(view.lows[max(0, start - reach) : start]):
        return False
    return not words["burials"].isdisjoint(view.lows[max(0, start - _DEED_REACH) : start])


def _link(view: View, telling: Telling) -> int | None:
    """The token that leads to a trigger as to an occasion: "over" and "with" right before its phrase, "after" before
    its phrase or clause; `None` without one."""
    words = lexicon().words
    start = telling.phrase if telling.form is Form.NOUN else telling.first
    before = view.lows[start - 1] if start else ""
    if before in words["occasion_leads"] or (
        start > 1 and view.lows[start - 2] in words["occasion_nouns"] and before in ("with", "to")
    ):
        return start - 1
    reach = _PHRASE_REACH if telling.form is Form.NOUN else _CLAUSE_REACH
    for k in range(start - 1, max(0, start - 1 - reach), -1):
        if view.lows[k] in _ENDS:
            return None
        if view.lows[k] in words["then_leads"]:
            return k
    return None

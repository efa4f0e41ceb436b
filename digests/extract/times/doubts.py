"""What only looks like a time: the words around a match may make it something else ("they may go", "1500 people").

Stance: a wrong day is worse than a missing one.
"""

from __future__ import annotations

import functools
import re

from digests.extract.times.matches import Piece
from digests.extract.times.words import word_list
from digests.rules import load_rules

# Characters before and after an expression that are looked at.
AROUND = 24
# What stands before two digits at the end of a day.
_SHORT_YEAR = re.compile(r"\s?,?\s(?=\d\d$)")
# Years of living memory need less support than others.
_OUR_YEARS = range(1900, 2100)


@functools.cache
def _context() -> dict[str, re.Pattern[str]]:
    """The patterns of `date_context.toml` by the end of their id ("month.lead")."""
    return {rule.id.removeprefix("date_context."): rule.pattern for rule in load_rules("date_context").rules}


def is_time(piece: Piece, folded: str, start: int, end: int) -> bool:
    """Whether the words around a match let it be a time ("they may go", "1500 people" are none)."""
    kind = piece.kind
    words = folded[start:end]
    before = folded[max(0, start - AROUND) : start]
    if kind == "month" and not piece.groups.get("year") and not piece.groups.get("step"):
        name = (piece.groups.get("month") or "").strip()
        if name.lower() in word_list("unsure"):
            return name[0].isupper() and bool(
                _context()["month.lead"].search(before) or piece.groups.get("phase")
            )
        return name[0].isupper() or len(name) > 3
    if kind == "weekday" and words == piece.groups.get("weekday") and words.lower() in word_list("unsure"):
        return words[0].isupper() and folded[end : end + 1] in (".", ",") and before[-2:-1].isalpha()
    if kind == "weekday" and _context()["weekday.named"].search(before):
        return False
    if kind == "year":
        return _is_year(piece, before, folded[end : end + AROUND])
    if kind == "ordinal_day":
        context = _context()
        is_led = context["ordinal.lead"].search(before) is not None
        return is_led and context["ordinal.end"].match(folded[end : end + AROUND]) is not None
    if kind == "determined":
        # "The month after his election" is any month.
        return _context()["period.of_event"].match(folded[end : end + AROUND]) is None
    if kind == "deictic":
        return not _is_idle(words, before, folded[end : end + 2])
    if kind == "part" and piece.groups.get("alone") and words[0].isupper():
        # "The MV Coral Dawn", "Dawn Reed".
        behind = folded[end : end + 3]
        is_first_name = (
            behind[:1] == " " and behind[1:].isalpha() and behind[1:].istitle() and len(behind) == 3
        )
        return not is_first_name and not _context()["part.named"].search(before)
    if kind == "clock" and piece.rule.id == "dates.clock.alone":
        return bool(_context()["clock.sure"].search(words))
    return True


def _is_idle(words: str, before: str, after: str) -> bool:
    """Whether "Today" is the name of a paper, or "tomorrow" whoever is to come ("the leaders of tomorrow")."""
    context = _context()
    if words.isupper() and context["deictic.paper"].search(before):
        return True
    if words.istitle() and before.endswith('"') and after[:1] == '"':
        # The name of a programme.
        return True
    if words.istitle() and (after[:1] in ".," or after.strip()[:1].islower()):
        return context["deictic.title"].search(before) is not None
    return before.endswith(" of ") and context["deictic.vague"].search(before) is not None


def is_of_feast(words: str, after: str) -> bool:
    """Whether a feast only says of what kind something is: "a Christmas market" and "the Good Friday Agreement" are an
    expression of time to the makers of keys, and nothing happened on that day.

    Args:
        words: The feast.
        after: What follows it, at least `AROUND` characters where there are so many.
    """
    context = _context()
    if context["holiday.treaty"].match(after):
        return True
    return context["holiday.thing"].match(after) is not None and not context["holiday.day"].search(words)


def is_of_that_year(after: str) -> bool:
    """Whether a month is one of the year last spoken of ("in January of that year")."""
    return _context()["month.that_year"].match(after) is not None


def is_of_event(after: str) -> bool:
    """Whether a day before or after counts from an event ("the day before his death"), and not from the day told of."""
    return _context()["day.of_event"].match(after) is not None


def is_bound(before: str) -> bool:
    """Whether a time is only that from which or up to which something lasts ("closed since Wednesday"): what follows
    goes on from another."""
    return _context()["day.bound"].search(before) is not None


def _is_year(piece: Piece, before: str, after: str) -> bool:
    if piece.groups.get("phase") or piece.groups.get("spoken") or piece.groups.get("lead"):
        return True
    context = _context()
    if context["year.amount"].search(before) and not context["year.about"].search(before):
        return False
    counted = bool(context["year.counted"].match(after))
    if int(piece.groups["year"] or 0) not in _OUR_YEARS:
        return bool(context["year.only_lead"].search(before)) and not counted
    # "In 2019 soldiers marched" has a year; "the 2019 soldiers" has a number.
    return not counted or context["year.sure_lead"].search(before) is not None


def without_count(piece: Piece, folded: str, start: int, end: int) -> tuple[Piece, int]:
    """A day and its end without two digits that count what follows: "on May 5, 12 people", "by 4 March 31 bodies"."""
    year = piece.groups.get("year")
    day = _SHORT_YEAR.search(folded[start:end]) if year is not None and len(year) == 2 else None
    if day is None:
        return piece, end
    is_year = day.group() == " " and _context()["year.short"].search(folded[end : end + AROUND])
    if is_year:
        return piece, end
    return piece._replace(groups={**piece.groups, "year": None}), start + day.start()

"""What a server says about when to ask again: Retry-After, Cache-Control, Expires. Pure arithmetic on headers.

Stance: a server that asks us to wait is obeyed, within bounds: a slip of its software must not silence a source
for weeks. What cannot be understood counts as not said.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Mapping

# Seconds: a wait that a server asks for counts up to a day (RELIABILITY L4); an answer's freshness up to an hour,
# because news older than that are no news, whatever a forgotten setting says.
MAX_RETRY = 86_400
MAX_FRESH = 3_600

_SECONDS = re.compile(r"\s*(\d{1,18})\s*")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s{0,3}=\s{0,3}\"?(\d{1,18})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[,\s])(?:no-cache|no-store)(?:$|[,\s=])", re.IGNORECASE)


def retry_seconds(headers: Mapping[str, str], *, now: dt.datetime) -> int | None:
    """How long a server asks us to stay away (RFC 9110, 10.2.3): 1 to `MAX_RETRY` seconds.

    A date counts from the server's own `Date`, which needs no agreement of clocks; without one from `now`. `None`
    when the header is missing, cannot be understood or names a moment that is over.
    """
    value = headers.get("Retry-After", "")
    plain = _SECONDS.fullmatch(value)
    if plain:
        seconds = int(plain.group(1))
    else:
        moment = _date(value)
        if moment is None:
            return None
        seconds = int((moment - (_date(headers.get("Date", "")) or now)).total_seconds())
    return min(seconds, MAX_RETRY) if seconds > 0 else None


def fresh_seconds(headers: Mapping[str, str], *, now: dt.datetime) -> int:
    """How long an answer holds (RFC 9111, 4.2.1), less the `Age` that it has: 0 to `MAX_FRESH` seconds.

    `max-age` goes before `Expires`; 0 when the server says nothing, or that the answer must not be kept.
    """
    control = headers.get("Cache-Control", "")[:500]
    if _NOT_KEPT.search(control):
        return 0
    age = _SECONDS.fullmatch(headers.get("Age", ""))
    named = _MAX_AGE.search(control)
    if named:
        seconds = int(named.group(1))
    else:
        expires = _date(headers.get("Expires", ""))
        if expires is None:
            return 0
        seconds = int((expires - (_date(headers.get("Date", "")) or now)).total_seconds())
    return max(0, min(seconds - (int(age.group(1)) if age else 0), MAX_FRESH))


def _date(value: str) -> dt.datetime | None:
    """A date of HTTP as aware UTC; `None` for anything else."""
    if not value or len(value) > 64:
        return None
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

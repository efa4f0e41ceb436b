"""What a source states beside an article's text, read with distrust: its day or time, its address."""

from __future__ import annotations

import datetime as dt
import email.utils

# Years that an article can be of; others are slips or stand for "no date", and days are counted from it.
FIRST_YEAR, LAST_YEAR = 1800, 2200


def parse_moment(value: object) -> dt.datetime | dt.date | None:
    """An ISO 8601 day or time, or the date form of e-mail; a time without a zone is UTC, another keeps its own.

    `None` when it is neither, or of a year in which no article can have been published.
    """
    moment = _parse_moment(value)
    return moment if moment and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _parse_moment(value: object) -> dt.datetime | dt.date | None:
    if not isinstance(value, str) or len(value) > 64:
        return None
    text = value.strip()
    try:
        if len(text) <= 10 and ":" not in text:
            return dt.date.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        if moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        # "Today" is counted from the day in the outlet's zone; at the ends of the calendar our clock has no such time.
        moment.astimezone(dt.UTC)
        return moment
    except (OverflowError, ValueError):
        return None


def web_address(value: object) -> str | None:
    """An http(s) address without credentials, else `None`: nothing else is ever shown as a link."""
    if not isinstance(value, str) or len(value) > 2000:
        return None
    text = value.strip()
    scheme, _, rest = text.partition("://")
    host = rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    if scheme.lower() not in ("http", "https") or not host or "@" in host:
        return None
    return None if any(character.isspace() or not character.isprintable() for character in text) else text

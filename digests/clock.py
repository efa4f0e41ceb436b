"""Clocks: what the engine asks for the time, and how a time is read that somebody gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from digests.errors import ConfigError

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The clock of the machine, aware UTC."""
    return dt.datetime.now(dt.UTC)


def fixed_clock(now: dt.datetime) -> Clock:
    """A clock that stands still (`SITREP_NOW`, tests)."""
    moment = now.astimezone(dt.UTC)
    return lambda: moment


def shifted_clock(file: Path) -> Clock:
    """The machine's clock moved by the seconds that stand in a file, which is read at each look: to let time pass.

    Raises (when asked for the time):
        ConfigError: The file cannot be read or holds no number.
    """

    def now() -> dt.datetime:
        try:
            return utc_now() + dt.timedelta(seconds=float(file.read_text("ascii")))
        except (OSError, ValueError, OverflowError) as exc:
            raise ConfigError("environment", "SITREP_CLOCK", f"{file}: expected seconds, {exc}") from exc

    return now


def parse_now(value: str, *, where: str) -> dt.datetime:
    """An ISO 8601 time or day as aware UTC (no zone means UTC). Raises ConfigError naming `where`."""
    try:
        moment = dt.datetime.fromisoformat(value)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError) as exc:
        raise ConfigError(where, "", f"expected an ISO 8601 time, got {value!r}") from exc

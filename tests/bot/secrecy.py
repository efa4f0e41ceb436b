"""What must stand in no log, and looking for it: the bot's token and the tokens of interactions, which speak for it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.logs import RedactingFormatter, quieten_libraries
from bot.sandbox import LoopbackDiscord


def secrets_of(double: LoopbackDiscord) -> dict[str, str]:
    """Every secret that the bot has been told so far, by what it is; webhook addresses carry those of interactions."""
    tokens = {
        f"token of interaction {number}": token for token, number in double.world.interaction_ids.items()
    }
    return {"token of the bot": double.token, **tokens}


def secrets_in(text: str, double: LoopbackDiscord) -> list[str]:
    """Which secrets stand in a text, by what they are; and whether headers of requests do."""
    found = [what for what, secret in secrets_of(double).items() if secret in text]
    return found + [header for header in ("Authorization", "authorization") if header in text]


def refuse_secrets(log: str, double: LoopbackDiscord) -> None:
    """Raises AssertionError with what stands in a log and must not; the secret itself is not repeated."""
    if found := secrets_in(log, double):
        raise AssertionError(f"logged: {', '.join(found)}")


@contextmanager
def no_secrets_logged(double: LoopbackDiscord) -> Iterator[io.StringIO]:
    """Log everything inside as `sitrep run --verbose` does; afterwards no secret may stand in it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter([double.token]))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quieten_libraries(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    refuse_secrets(stream.getvalue(), double)

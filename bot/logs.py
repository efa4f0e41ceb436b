"""Logging set up once: one line an event, `key=value` fields in the message, secrets cut out.

Tokens of the bot, of interactions and of webhooks give whoever holds them the right to speak as the bot. They
stand in addresses that libraries log, so they are cut from the finished line, traceback included.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterable
from typing import TextIO

from digests import SECRET, without_login

#: What replaces a secret.
REDACTED = SECRET

# A bot token: three parts, the first a user id in base64 (Discord reference, "Authentication").
_BOT_TOKEN = re.compile(r"\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,50}")
# Interaction and webhook addresses carry their token behind the id.
_URL_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d{1,20}/)[^\s/?\"']+")
# The least level of each: at DEBUG discord logs what people write, aiosqlite every value that is stored.
_LIBRARIES = {"discord": logging.INFO, "aiosqlite": logging.INFO, "apscheduler": logging.WARNING}


class RedactingFormatter(logging.Formatter):
    """Writes `time level logger message` in UTC and cuts secrets out of the result."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._secrets = tuple(secret for secret in secrets if secret)

    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        return time.gmtime(seconds)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without the given secrets and without anything that looks like a token or a password in an address."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    text = _BOT_TOKEN.sub(REDACTED, text)
    return without_login(_URL_TOKEN.sub(rf"\1{REDACTED}", text))


def set_up_logging(
    *, secrets: Iterable[str] = (), level: int = logging.INFO, stream: TextIO | None = None
) -> None:
    """Log everything from `level` up to standard error, libraries less (`quieten_libraries`)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    quieten_libraries(level)


def quieten_libraries(level: int) -> None:
    """Keep out what libraries log below the given levels: message text, and what goes into the store."""
    for name, least in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(level, least))

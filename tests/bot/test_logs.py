"""Nothing that opens anything stands in a log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import redact, set_up_logging

# Made up: the shape of a bot token, the value of none.
SHAPED = "M" + "x" * 25 + "." + "abcdef" + "." + "y" * 30


@pytest.fixture
def quiet_root() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers, root.level = before[0], before[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing secret", "nothing secret"),
        (f"token={SHAPED} used", "token=[secret] used"),
        ("POST /webhooks/123/aVeryLongToken/messages", "POST /webhooks/123/[secret]/messages"),
        (
            "POST https://d.example/api/interactions/9/tok_en/callback",
            "POST https://d.example/api/interactions/9/[secret]/callback",
        ),
        ("GET https://user:pw@feed.example/rss", "GET https://[secret]@feed.example/rss"),
        ("mine is hunter2", "mine is [secret]"),
    ],
)
def test_secrets_are_cut_out(text: str, expected: str) -> None:
    """Tokens of bots, interactions and webhooks, passwords in addresses, and whatever we were told is secret."""
    assert expected == redact(text, ["hunter2"])


@pytest.mark.usefixtures("quiet_root")
def test_tracebacks_are_cut_too() -> None:
    """An exception carries the address it failed at."""
    stream = io.StringIO()
    set_up_logging(secrets=["hunter2"], stream=stream)
    try:
        raise ValueError("hunter2 at /webhooks/1/abc")
    except ValueError:
        logging.getLogger("bot").exception("failed key=%s", "hunter2")
    assert "hunter2" not in stream.getvalue()
    assert "/webhooks/1/[secret]" in stream.getvalue()
    assert "Z ERROR bot failed key=[secret]" in stream.getvalue()


@pytest.mark.usefixtures("quiet_root")
def test_the_library_never_logs_what_people_write() -> None:
    """At DEBUG it logs message text; it stays at INFO. So does what stores the text."""
    set_up_logging(level=logging.DEBUG, stream=io.StringIO())
    assert logging.INFO == logging.getLogger("discord").level == logging.getLogger("aiosqlite").level

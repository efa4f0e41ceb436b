"""What holds for everything that the bot says, looked up in the double's record of calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox import LoopbackDiscord
from bot.sandbox.record import Call

__all__ = ["assert_nobody_pinged", "spoken"]

#: Answers that carry a message: to a command, to a button in place (Discord, "Interaction Callback Type").
MESSAGE_CALLBACKS = (4, 7)
#: Calls that create or edit a message.
SPEAKING = ("POST", "PATCH")
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


def spoken(double: LoopbackDiscord) -> Iterator[tuple[Call, dict[str, Any]]]:
    """Every message that the bot created or edited: the call, and the message in it."""
    for call in double.calls:
        if call.method not in SPEAKING or not isinstance(call.body, dict) or call.template is None:
            continue
        if call.template.endswith("/callback"):
            if call.body.get("type") in MESSAGE_CALLBACKS:
                yield call, call.body.get("data") or {}
        elif "/messages" in call.template or call.template.startswith("/webhooks/"):
            yield call, call.body


def assert_nobody_pinged(double: LoopbackDiscord) -> int:
    """Every message forbids mentions, whatever stands in it; how many there were."""
    count = 0
    for call, message in spoken(double):
        allowed = message.get("allowed_mentions")
        assert allowed is not None, f"{call}: without allowed_mentions"
        assert {"parse": []} == {key: value for key, value in allowed.items() if key != "replied_user"}, call
        assert not allowed.get("replied_user"), call
        count += 1
    return count

"""The judge over Discord's API description: what it takes, what it refuses, and that it says why."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.discord_judge import needs_document

pytestmark = needs_document

_MESSAGES = ("POST", "/channels/1/messages")
_COMMANDS = ("PUT", "/applications/1/commands")
_CALLBACK = ("POST", "/interactions/1/token/callback")


def _command(**changed: Any) -> list[dict[str, Any]]:
    return [{"type": 1, "name": "digest", "description": "d", **changed}]


_VALID = {
    "text": (*_MESSAGES, {"content": "x"}),
    "attachment ids as integers": (*_MESSAGES, {"attachments": [{"id": 0, "filename": "a.png"}]}),
    "attachment url": (*_MESSAGES, {"embeds": [{"image": {"url": "attachment://a.png"}}]}),
    "unknown property": (*_MESSAGES, {"embeds": [{"title": "t", "flags": 0}]}),
    "layout": (*_MESSAGES, {"flags": 1 << 15, "components": [{"type": 10, "content": "t"}]}),
    "commands": (*_COMMANDS, _command()),
    "defer": (*_CALLBACK, {"type": 5, "data": {"flags": 64}}),
    "own user": ("GET", "/users/@me", None),
}
_INVALID = {
    "embed title": (*_MESSAGES, {"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
    "26 fields": (
        *_MESSAGES,
        {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]},
        "embeds.0.fields",
    ),
    "11 embeds": (*_MESSAGES, {"embeds": [{"title": "t"}] * 11}, "embeds"),
    "embed url": (*_MESSAGES, {"embeds": [{"url": "ftp://example.org"}]}, "embeds.0.url"),
    "timestamp": (*_MESSAGES, {"embeds": [{"timestamp": "yesterday"}]}, "embeds.0.timestamp"),
    "label": (
        *_MESSAGES,
        {
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}]}
            ]
        },
        "components.0.components.0.label",
    ),
    "section": (
        *_MESSAGES,
        {"components": [{"type": 9, "components": [{"type": 10, "content": "t"}]}]},
        "accessory",
    ),
    "unknown component": (*_MESSAGES, {"components": [{"type": 99}]}, "components.0"),
    "command name": (*_COMMANDS, _command(name="x" * 33), "0.name"),
    "modal title": (
        *_CALLBACK,
        {"type": 9, "data": {"custom_id": "c", "title": "x" * 46, "components": []}},
        "data.title",
    ),
    "callback type": (*_CALLBACK, {"type": 77}, "type: 77"),
    "route": ("POST", "/channels/1/mesages", {}, "not in the API description"),
    "no body": (*_MESSAGES, None, "a body is required"),
}


@pytest.mark.parametrize(("method", "path", "body"), _VALID.values(), ids=_VALID)
def test_valid_requests_pass(discord_judge, method, path, body):
    """Bodies the service takes."""
    assert discord_judge(method, path, body, None, None) == []


@pytest.mark.parametrize(("method", "path", "body", "words"), _INVALID.values(), ids=_INVALID)
def test_invalid_requests_are_named(discord_judge, method, path, body, words):
    """Bodies the service refuses, with the place in the body."""
    problems = discord_judge(method, path, body, None, None)
    assert problems
    assert words in " ".join(problems)


def test_replies_are_judged(discord_judge):
    """A reply without a required field, with a wrong status, with a body where none belongs."""
    assert "required" in " ".join(discord_judge("GET", "/users/@me", None, 200, {"id": "1"}))
    assert "status 302" in " ".join(discord_judge("GET", "/users/@me", None, 302, None))
    assert discord_judge("GET", "/channels/1", None, 404, {"code": 10003, "message": "Unknown Channel"}) == []
    assert discord_judge("DELETE", "/channels/1/messages/2", None, 204, None) == []


async def test_requests_are_refused_by_the_judge(town, bot):
    """What the judge finds is answered with 50035 and recorded."""
    with pytest.raises(discord.HTTPException) as caught:
        await bot.http.request(
            discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=town.news.id),
            json={"embeds": [{"timestamp": "yesterday"}]},
        )
    assert caught.value.code == 50035
    assert any("timestamp" in problem for problem in town.discord.take_problems())

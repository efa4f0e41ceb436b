"""The limits that the API description leaves out, as tables: what passes and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.mentions import find_pings
from bot.sandbox.rules import check_message, check_modal, length
from bot.sandbox.rules_commands import check_choices, check_command, check_set


def _codes(problems: list[Any]) -> list[str]:
    return sorted({problem.code for problem in problems})


def _text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def _button(custom_id: str = "a", **changed: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "l", "custom_id": custom_id, **changed}


def _row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(items)}


def _select(count: int, **changed: Any) -> dict[str, Any]:
    options = [{"label": "l", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **changed}


@pytest.mark.parametrize(
    ("state", "v2", "codes"),
    [
        ({"content": "x" * 2000}, False, []),
        ({"content": "x" * 2001}, False, ["BASE_TYPE_MAX_LENGTH"]),
        ({"content": "\U0001f4f0" * 1000}, False, []),
        ({"content": "\U0001f4f0" * 1001}, False, ["BASE_TYPE_MAX_LENGTH"]),
        ({"embeds": [{"title": "x" * 256, "description": "x" * 4096}]}, False, []),
        ({"embeds": [{"title": "x" * 257}]}, False, ["BASE_TYPE_MAX_LENGTH"]),
        ({"embeds": [{"description": "x" * 3000}] * 2}, False, []),
        (
            {"embeds": [{"description": "x" * 3000}, {"footer": {"text": "x" * 3001}, "title": "t"}]},
            False,
            ["BASE_TYPE_MAX_LENGTH", "MAX_EMBED_SIZE_EXCEEDED"],
        ),
        (
            {"embeds": [{"title": "t", "fields": [{"name": "n", "value": " "}]}]},
            False,
            ["BASE_TYPE_BAD_LENGTH"],
        ),
        (
            {"embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}] * 26}]},
            False,
            ["BASE_TYPE_MAX_LENGTH"],
        ),
        ({"embeds": [{"color": 1}]}, False, ["BASE_TYPE_REQUIRED"]),
        ({"embeds": [{"title": "t", "url": "javascript:alert(1)"}]}, False, ["URL_TYPE_INVALID_SCHEME"]),
        ({"components": [_row(_button())] * 2}, False, ["COMPONENT_CUSTOM_ID_DUPLICATED"]),
        (
            {"components": [_row(*(_button(str(n)) for n in range(6)))]},
            False,
            ["COMPONENT_LAYOUT_WIDTH_EXCEEDED"],
        ),
        ({"components": [_row(_button(str(n))) for n in range(6)]}, False, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [_row(_button(str(n))) for n in range(6)]}, True, []),
        ({"components": [_row(_select(26))]}, False, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [_row(_select(2, placeholder="x" * 151))]}, False, ["BASE_TYPE_MAX_LENGTH"]),
        ({"components": [_row(_button(label="x" * 81))]}, False, ["BASE_TYPE_MAX_LENGTH"]),
        ({"components": [_row(_button("x" * 101))]}, False, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [_row(_button(None, style=5, url="https://example.org"))]}, False, []),
        (
            {"components": [_row(_button(style=5, url="https://example.org"))]},
            False,
            ["BUTTON_COMPONENT_INVALID_URL"],
        ),
        ({"components": [_text("t")]}, False, ["UNION_TYPE_CHOICES"]),
        ({"components": [_text("t")]}, True, []),
        ({"components": [_text("x" * 2000)] * 2}, True, []),
        (
            {"components": [_text("x" * 2000), _text("x" * 2001)]},
            True,
            ["COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"],
        ),
        ({"components": [_text("t")] * 40}, True, []),
        (
            {"components": [{"type": 17, "components": [_text("t")] * 40}]},
            True,
            ["COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"],
        ),
        ({"components": [{"type": 9, "components": [_text("t")]}]}, True, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [{"type": 13, "file": {"url": "attachment://a.txt"}}]}, True, []),
        (
            {"components": [{"type": 13, "file": {"url": "attachment://b.txt"}}]},
            True,
            ["UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"],
        ),
        (
            {"content": "x", "components": [_text("t")]},
            True,
            ["MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"],
        ),
        ({"nonce": "x" * 26}, False, ["BASE_TYPE_MAX_LENGTH"]),
        (
            {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            False,
            ["MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"],
        ),
        (
            {"allowed_mentions": {"parse": [], "users": [str(n) for n in range(101)]}},
            False,
            ["BASE_TYPE_MAX_LENGTH"],
        ),
    ],
)
def test_message_limits(state, v2, codes):
    """Each limit at its edge, and one past it."""
    assert _codes(check_message(state, v2=v2, file_names=["a.txt"])) == codes


def _label(custom_id: str = "a", **changed: Any) -> dict[str, Any]:
    return {"type": 18, "label": "l", "component": {"type": 4, "custom_id": custom_id, **changed}}


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"title": "x" * 46}, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": []}, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [_label(str(n)) for n in range(6)]}, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [_label(), _label()]}, ["COMPONENT_CUSTOM_ID_DUPLICATED"]),
        ({"components": [{**_label(), "label": "x" * 46}]}, ["BASE_TYPE_BAD_LENGTH"]),
        ({"components": [_label(value="x" * 4001)]}, ["BASE_TYPE_MAX_LENGTH"]),
        ({"components": [_label(placeholder="x" * 101)]}, ["BASE_TYPE_MAX_LENGTH"]),
    ],
)
def test_modal_limits(changed, codes):
    """Title, fields, labels and their texts."""
    assert _codes(check_modal({"title": "t", "custom_id": "c", "components": [_label()], **changed})) == codes


def _option(**changed: Any) -> dict[str, Any]:
    return {"type": 3, "name": "o", "description": "d", **changed}


_SUB = {"type": 1, "name": "s", "description": "d"}
_GROUP = {"type": 2, "name": "g", "description": "d"}


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"name": "quellen-übersicht"}, []),
        ({"name": "Upper"}, ["APPLICATION_COMMAND_INVALID_NAME"]),
        ({"name": "two words"}, ["APPLICATION_COMMAND_INVALID_NAME"]),
        ({"name": "x" * 33}, ["APPLICATION_COMMAND_INVALID_NAME"]),
        ({"name_localizations": {"de": "Groß"}}, ["APPLICATION_COMMAND_INVALID_NAME"]),
        ({"description": ""}, ["BASE_TYPE_BAD_LENGTH"]),
        ({"description_localizations": {"de": "x" * 101}}, ["BASE_TYPE_BAD_LENGTH"]),
        ({"options": [_option(name="a"), _option(name="b", required=True)]},
         ["APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"]),
        ({"options": [_option(), _option()]}, ["APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"]),
        ({"options": [_option(name=f"o{n}") for n in range(26)]}, ["BASE_TYPE_MAX_LENGTH"]),
        ({"options": [_option(autocomplete=True, choices=[{"name": "n", "value": "v"}])]},
         ["APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID"]),
        ({"options": [{**_GROUP, "options": [_SUB]}]}, []),
        ({"options": [_SUB, _option()]}, ["APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]),
        ({"options": [{**_GROUP, "options": [{**_GROUP, "options": []}]}]},
         ["APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]),
        ({"options": [{**_SUB, "options": [_SUB]}]}, ["APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]),
        ({"options": [_option(name=f"o{n}", choices=[{"name": "x" * 100, "value": f"{c:x>100}"} for c in range(25)])
                      for n in range(2)]}, ["APPLICATION_COMMAND_TOO_LARGE"]),
    ],
)  # fmt: skip
def test_command_limits(changed, codes):
    """Names, lengths, order, nesting and size of one command."""
    assert _codes(check_command({"type": 1, "name": "c", "description": "d", **changed})) == codes


def test_command_sets():
    """At most 100 slash commands, each name once."""
    many = [{"type": 1, "name": f"c{n}", "description": "d"} for n in range(101)]
    assert check_set(many[:100]) == []
    assert _codes(check_set(many)) == ["APPLICATION_COMMAND_MAX_COUNT"]
    assert _codes(check_set([many[0], many[0]])) == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]
    menus = [{"type": 3, "name": f"M {n}"} for n in range(16)]
    assert _codes(check_set(menus)) == ["APPLICATION_COMMAND_MAX_COUNT"]


def test_autocomplete_choices():
    """25 choices of 100 characters."""
    assert check_choices([{"name": "n", "value": "v"}] * 25) == []
    assert _codes(check_choices([{"name": "n", "value": "v"}] * 26)) == ["BASE_TYPE_MAX_LENGTH"]
    assert _codes(check_choices([{"name": "n", "value": "x" * 101}])) == ["BASE_TYPE_BAD_LENGTH"]


def test_length_counts_utf16():
    """The stricter reading of "characters"; a lone surrogate counts too."""
    assert [length(text) for text in ("", None, "abc", "\U0001f4f0", "\ud800")] == [0, 0, 3, 2, 1]


def test_pings_strip_invisible_characters():
    """`@<U+202E>everyone` is read as @everyone, as the service reads it."""
    pings = find_pings(
        ["@\u202eeveryone <@\u200b5>"], None, known_users={5}, open_roles=set(), may_mention_everyone=True
    )
    assert pings == ([5], [], True)

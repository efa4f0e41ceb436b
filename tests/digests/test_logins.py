"""Passwords in addresses: cut out of whatever is told, and nothing else with them."""

from __future__ import annotations

import pytest

from digests.errors import ConfigError, NotFound, SourceInvalid
from digests.logins import without_login


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://me:pw@a.example/", "http://[secret]@a.example/"),
        ("got 'https://token@a.example/feed'", "got 'https://[secret]@a.example/feed'"),
        ("http://me:p/w#x@a.example/", "http://[secret]@a.example/"),
        ("http:/me:pw@a.example", "http:/[secret]@a.example"),
        ("me:pw@a.example/feed", "[secret]@a.example/feed"),
        ("//me@a.example and ftp://x:y@b.example", "//[secret]@a.example and ftp://[secret]@b.example"),
        ("http://me:pw@[::1]:80/", "http://[secret]@[::1]:80/"),
        ("http://a.example/@name/feed", "http://a.example/@name/feed"),
        ("http://a.example:8080/@name", "http://a.example:8080/@name"),
        ("http://a.example/feed?to=me@b.example", "http://a.example/feed?to=me@b.example"),
        ("http://[::1]:8080/@name", "http://[::1]:8080/@name"),
        (
            "write to me@a.example: nobody@b.example reads it",
            "write to me@a.example: nobody@b.example reads it",
        ),
        ("news/a.txt:3: broken", "news/a.txt:3: broken"),
        ("ask <@123> and <@&456>", "ask <@123> and <@&456>"),
    ],
)
def test_only_the_login_goes(text: str, expected: str) -> None:
    """Also where a slash or the scheme is missing; an `@` in a path or a query is none, nor is a mention."""
    assert expected == without_login(text)


def test_no_error_repeats_it() -> None:
    """Errors go to terminals, logs, Discord and the store."""
    given = "http://me:pw@a.example/"
    for error in (
        ConfigError("x", "y", given),
        SourceInvalid("s", given),
        NotFound("source", given, near=[given]),
    ):
        assert "pw" not in str(error)
        assert "pw" not in getattr(error, "problem", "")

"""Why a source does not work, told again: every sentence that the engine gives is known, in each language."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from digests import LANGUAGES, tongue_of
from digests.errors import SourceGone, SourceUnavailable
from digests.health import WALLS, Checks, after_failure, describe_health, span_words
from digests.sources import opml
from digests.sources.feed_parser import describe_content
from digests.sources.fetch import _status_words, too_large_words
from digests.sources.walls import REASONS
from digests.tongues.troubles import say_trouble
from digests.types import Source, SourceKind

ROOT = Path(__file__).parents[3] / "digests"
#: Where sentences about sources are written, by what raises or holds them: the place of the sentence in the call.
RAISED = {
    "SourceUnavailable": 1, "SourceInvalid": 1, "SourceGone": 1, "SourceRateLimited": 1, "Unreadable": 0,
    "WorkerFailed": 0, "ReadFailure": 0, "RefusedAddress": 0, "_unreachable": 1,
}  # fmt: skip
#: The operator's own files are told of in English, as on their command line; the parser's check is theirs alone.
ENGLISH_ONLY = {"folder.py", "engine.py", "plain_rss.py"}
NOW = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
DOWN = "the server cannot answer now (503)"


def written() -> Iterator[str]:
    """The literal sentences of the code, a 7 in each of their places."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.name in ENGLISH_ONLY:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in RAISED:
                continue
            given = [*node.args[RAISED[name] :][:1], *(k.value for k in node.keywords if k.arg == "reason")]
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value
                elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
                    yield "".join(
                        str(part.value) if isinstance(part, ast.Constant) else "7" for part in value.values
                    )


def health_words() -> Iterator[str]:
    """What the health of a source may say."""
    source = Source(
        id="wire", kind=SourceKind.FEED, name="Wire", location="https://wire.example", checked_at=NOW
    )
    for failures in (1, 3):
        failed = Source(**{**as_dict(source), "error": DOWN, "failures": failures})
        yield describe_health(failed, Checks(), NOW, times=(), articles_day=0).why
    yield describe_health(source, Checks(), NOW, times=(), articles_day=0).why
    yield describe_health(source, Checks(), NOW, times=[NOW - dt.timedelta(days=40)], articles_day=0).why
    for wall in WALLS:
        yield describe_health(source, Checks(wall=wall), NOW, times=[NOW], articles_day=0).why
    paused = Source(**{**as_dict(source), "paused": True})
    yield describe_health(paused, Checks(), NOW, times=(), articles_day=0).why
    given_up = after_failure(
        Checks(failing_since=NOW - dt.timedelta(days=8)),
        NOW,
        source_id="wire",
        failures=9,
        error=SourceUnavailable("wire", DOWN),
    )
    gone = after_failure(
        Checks(gone_days=2),
        NOW,
        source_id="wire",
        failures=3,
        error=SourceGone("wire", "the server says that the feed is gone for good (410)"),
    )
    for checks in (given_up, gone):
        assert checks.paused_because is not None
        yield describe_health(paused, checks, NOW, times=(), articles_day=0).why


def as_dict(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in Source.__dataclass_fields__}


def list_words() -> Iterator[str]:
    """Why a list of feeds, or one of its feeds, is not taken."""
    for data in (
        b"x" * (opml.MAX_BYTES + 1),
        b"<opml",
        b"<html/>",
        b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>",
    ):
        with pytest.raises(ValueError) as caught:
            opml.parse_opml(data)
        yield str(caught.value)
    urls = ("ftp://a.example/", "http://me:pw@a.example/", "feed", *["https://a.example/7"] * 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opml, "MAX_FEEDS", 0)
        outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in urls)
        for name, reason in opml.parse_opml(f"<opml><body>{outlines}</body></opml>".encode()).refused:
            yield reason
            if not name.startswith("https"):
                yield name


SPANS = (1, 60, 300, 3600, 90_000, 900_000)
BODIES = (
    b"",
    b"%PDF",
    b"GIF8",
    b"PK\x03\x04",
    b"<html>",
    b"<html><input type=password>",
    b"<?xml?>",
    b"\x00",
    b"a",
)
SAID = [
    *dict.fromkeys(written()),
    *dict.fromkeys(
        _status_words(status) for status in (204, 301, 304, 401, 403, 404, 410, 418, 429, 500, 503)
    ),
    *(f"not a feed: {describe_content(body)}" for body in BODIES),
    *REASONS.values(),
    *health_words(),
    *dict.fromkeys(list_words()),
    too_large_words(5 * 2**20, "max_bytes"),
    too_large_words(4_000, "max_page_bytes"),
    *(f"answers, but nothing new for {span_words(dt.timedelta(seconds=seconds))}" for seconds in SPANS),
]


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("said", SAID)
def test_every_sentence_is_told_in_every_language(said: str, code: str) -> None:
    """None comes back in English; one that is new in the code has to be put into the catalogues."""
    told = say_trouble(tongue_of(code), said)
    assert told != said
    assert not {"the", "server", "for", "days"} & set(told.replace(":", " ").split()), told


def test_sentences_are_read_from_the_code() -> None:
    """The search above finds them, and finds many."""
    assert "an entry without title and text" in SAID
    assert 50 <= len(SAID) <= 200


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3 times in a row: the server cannot answer now (503)",
         "3-mal hintereinander: der Server kann gerade nicht antworten (503)"),
        ("the server asks for fewer requests (429); it wants to be left alone for 5 minutes",
         "der Server bittet um weniger Anfragen (429); er will 5 Minuten in Ruhe gelassen werden"),
        ("failed for 8 days: not a feed: a web page, and its site names no feed; the address of the feed itself is "
         "needed",
         "seit 8 Tagen fehlgeschlagen: kein Feed, sondern eine Webseite, und die Website nennt keinen Feed; "
         "gebraucht wird die Adresse des Feeds selbst"),
        ("larger than 5 MiB, which is all that is read (fetch.max_bytes in config.toml)",
         "größer als 5 MiB; mehr wird nicht gelesen (fetch.max_bytes in config.toml)"),
        ("1,204 of its entries: seems to be written in Spanish; only English is read",
         "1.204 der Einträge: Sprache offenbar: Spanisch; gelesen wird nur Englisch"),
        ("once: permission denied", "einmal: permission denied"),
        ("permission denied", "permission denied"),
    ],
)  # fmt: skip
def test_sentences_stand_in_one_another(said: str, expected: str) -> None:
    """Each part in the language, numbers with its marks; what is unknown stays as it is."""
    assert expected == say_trouble(tongue_of("de"), said)
    assert said == say_trouble(tongue_of("en"), said)


def test_a_sentence_in_a_hundred_others_ends() -> None:
    """A made-up reason is not followed for ever, and long ones are no work."""
    assert say_trouble(tongue_of("de"), "once: " * 500 + "x").startswith("einmal: einmal: ")

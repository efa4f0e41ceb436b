"""One article from the keys that FORMATS names, as they stand in a JSON object or are made of a text file.

Stance: only a missing text costs an article. What else it states and cannot be used (a day that no calendar has, an
address that is none) is left out, and a note says so: a script that writes such records learns of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from digests.sources import MAX_TEXT, Item, ReadFailure, ReadNote, tidy_line, tidy_text
from digests.sources.pages import ReadPage
from digests.sources.stated import FIRST_YEAR, LAST_YEAR, parse_moment, web_address
from digests.types import RawArticle

# Characters of an id, authors of an article, and characters of a value that a note repeats.
_MAX_ID = 500
_MAX_AUTHORS = 50
_MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class How:
    """How inputs become articles: for which source, HTML as it stands (`raw`), and who reads pages."""

    source_id: str
    raw: bool
    pages: ReadPage | None


@dataclass(frozen=True, slots=True)
class Found:
    """What stood at a place (file, or file and line), and what of it could not be used."""

    where: str
    item: Item
    note: ReadNote | None = None


def read_record(text: str, where: str, how: How) -> Found:
    """An article that is given as a JSON object."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as exc:
        # In JSON lines, `where` names the line already.
        place = f"line {exc.lineno}, column {exc.colno}" if "\n" in text.strip() else f"column {exc.colno}"
        return failed(where, f"broken JSON: {exc.msg} ({place})")
    except RecursionError:
        return failed(where, "broken JSON: nested too deeply")
    except ValueError as exc:
        return failed(where, f"broken JSON: {str(exc).partition(';')[0]}")
    if isinstance(data, list):
        return failed(where, "expected one article as a JSON object, found an array (several go in a .jsonl)")
    if not isinstance(data, dict):
        return failed(where, "expected an article as a JSON object, found a bare value")
    return make_article(data, where, how)


def make_article(data: dict[str, Any], where: str, how: How) -> Found:
    """An article from the keys of FORMATS: id, text or html, title, published, url, outlet, authors."""
    markup, text = data.get("html"), data.get("text")
    if not isinstance(text, str) and not isinstance(markup, str):
        return failed(where, "expected the key 'text' or 'html' with a string")
    given = data.get("id")
    external_id = str(given) if _is_id(given) else where
    article = RawArticle(
        source_id=how.source_id,
        external_id=tidy_line(external_id, limit=_MAX_ID) or where,
        body=tidy_text(text if isinstance(text, str) else str(markup)),
        url=web_address(data.get("url")),
        title=tidy_line(data.get("title")),
        outlet=tidy_line(data.get("outlet")),
        published=parse_moment(data.get("published")),
        authors=_authors(data.get("authors")),
    )
    if not isinstance(text, str) and not how.raw:
        from digests.sources.page import MAX_MARKUP, complete_from_page, read_page

        if len(article.body) > MAX_MARKUP:
            return failed(where, f"page of {len(article.body):,} characters; the limit is {MAX_MARKUP:,}")
        try:
            article = complete_from_page(article, (how.pages or read_page)(article.body))
        except ValueError as exc:
            return failed(where, str(exc))
    if not any(map(str.isalnum, article.body)):
        return failed(where, "no text")
    if len(article.body) > MAX_TEXT:
        return failed(where, f"text of {len(article.body):,} characters; the limit is {MAX_TEXT:,}")
    return Found(where, article, _note(data, where))


def failed(where: str, reason: str) -> Found:
    """What could not be read, and why."""
    return Found(where, ReadFailure(where=where, reason=reason))


def _is_id(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _authors(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    return tuple(name for name in map(tidy_line, names[:_MAX_AUTHORS]) if name)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_names(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(map(_is_text, value)))


# What each key must hold, in words, and whether a value is that. Neither `null` nor an empty word states anything.
_EXPECTED: tuple[tuple[str, str, Callable[[object], bool]], ...] = (
    ("id", "a string or a whole number", _is_id),
    ("title", "a string", _is_text),
    (
        "published",
        f"an ISO 8601 day or time between {FIRST_YEAR} and {LAST_YEAR}",
        lambda value: parse_moment(value) is not None,
    ),
    (
        "url",
        "an http or https address without user name and password",
        lambda value: web_address(value) is not None,
    ),
    ("outlet", "a string", _is_text),
    ("authors", "an array of strings", _are_names),
)


def _note(data: dict[str, Any], where: str) -> ReadNote | None:
    """What the record states and cannot be used, each with what was expected; `None` when all is well."""
    odd = [
        # An address may hold a password: it is not repeated.
        f"{key}: expected {expected}" + ("" if key == "url" else f", found {_shown(data[key])}")
        for key, expected, fits in _EXPECTED
        if data.get(key) not in (None, "") and not fits(data[key])
    ]
    return ReadNote(where=where, note=f"{'; '.join(odd)}; left out") if odd else None


def _shown(value: object) -> str:
    """A value as JSON on one line, the start of it alone where it is long."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"

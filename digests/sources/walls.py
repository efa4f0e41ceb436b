"""What stands where an article should: consent pages, paywalls, pages that need JavaScript, pages that are gone.

Stance: an article that is lost costs little, since the feed's own text of it stays; a consent page read as an article
costs a wrong story. Still, an article about cookies or a paywall is an article: what counts is how much of a text such
sentences are, how short it is, and where they stand. Wording in `walls.toml`.
"""

from __future__ import annotations

import re

from digests.rules import Rule, load_rules
from digests.text.document import fold

# What is said of a page, by the kind of its sentences: the kind of the wall.
REASONS = {
    "consent": "a page that asks for consent stands in front of the article",
    "paywall": "the article is behind a paywall",
    "script": "the page shows nothing without JavaScript",
    "missing": "the page says that there is no such article",
    "human": "the page wants to see a human (captcha)",
    "login": "the page asks to sign in",
}
#: Of the letters of a text; measured on made pages: articles about the matter stay below 0.2, walls are above 0.4.
SHARE = 0.3
#: Characters. A consent text with all its purposes is long; a page that says that something is missing is not.
MAX_WALL = 12_000
MAX_MISSING = 1_500
#: Characters of an article's beginning in front of a paywall, and sentences at its end that are looked at.
MAX_PREVIEW = 1_800
LAST_SENTENCES = 4
_MAX_LINE = 1_000
_TAG = re.compile(r"<[^<>]{0,5000}>")
# Elements whose text nobody sees.
_HIDDEN = re.compile(r"<(script|style)\b", re.IGNORECASE)
_HIDDEN_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_LOOKED_AT = 100_000
# Roughly is enough: what a whole paragraph says must not be charged with one sentence of it.
_SENTENCE = re.compile(r"(?<=[.!?])[ \t]+|\n")


def find_wall(text: str, *, title: str | None = None, is_free: bool = True) -> str | None:
    """What stands in place of an article, a key of `REASONS`; `None` where the page's text is one.

    Args:
        text: Its main text, a paragraph a line.
        title: Its headline.
        is_free: Whether the page says of itself that everybody may read it, or says nothing.
    """
    lines = _sentences(text)
    kinds = [_kind(line) for line in lines]
    if len(text) <= MAX_MISSING and _is_missing(title, kinds[:2]):
        return "missing"
    if len(text) <= MAX_PREVIEW and ("paywall" in kinds[-LAST_SENTENCES:] or not is_free):
        return "paywall"
    if len(text) > MAX_WALL:
        return None
    sizes: dict[str, int] = {}
    for line, kind in zip(lines, kinds, strict=True):
        if kind is not None:
            sizes[kind] = sizes.get(kind, 0) + len(line)
    if sum(sizes.values()) < SHARE * sum(map(len, lines)) or not sizes:
        return None
    return max(sizes, key=lambda kind: sizes[kind])


def find_wall_in_markup(markup: str) -> str | None:
    """The same of a page without any main text, from all of its words; `None` where they tell nothing."""
    words = _TAG.sub("\n", _without_hidden(markup[:_LOOKED_AT]))
    found = [kind for kind in map(_kind, _sentences(words)) if kind]
    return found[0] if found else None


def _without_hidden(markup: str) -> str:
    """The markup without scripts and styles; one that does not end takes the rest with it."""
    parts, start = [], 0
    while match := _HIDDEN.search(markup, start):
        parts.append(markup[start : match.start()])
        end = _HIDDEN_END.search(markup, match.end())
        if end is None:
            return "".join(parts)
        start = end.start()
    return "".join((*parts, markup[start:]))


def _sentences(text: str) -> list[str]:
    return [fold(one.strip())[:_MAX_LINE] for one in _SENTENCE.split(text) if one.strip()]


def _is_missing(title: str | None, first: list[str | None]) -> bool:
    return "missing" in first or (title is not None and _kind(fold(title)) == "missing")


def _kind(line: str) -> str | None:
    rule = next((rule for rule in _rules() if rule.pattern.search(line)), None)
    return str(rule.yields["kind"]) if rule else None


def _rules() -> tuple[Rule, ...]:
    return load_rules("walls").rules

"""An article's HTML page to its text and what its head says: title, outlet, time, address.

trafilatura finds the main text (`fast`); the metadata is read here from the head alone, which costs a fraction of
its own reader (PERFORMANCE: 40 to 85 % more) and takes what publishers write for machines: JSON-LD, Open Graph.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from digests.sources import tidy_line, tidy_text
from digests.sources.encoding import decode
from digests.sources.feed_parser import Unreadable
from digests.sources.stated import parse_moment, web_address
from digests.sources.walls import REASONS, find_wall, find_wall_in_markup
from digests.types import RawArticle

# The extractor logs each page that it finds odd.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Characters of one page; saved ones with their styles have up to four million.
MAX_MARKUP = 5_000_000
_MAX_ATTRIBUTES = 3_000
_LONG_TAG = re.compile(r"<[^<>]{10000,}")
_XML_DECLARATION = re.compile(r"^\s{0,100}<\?xml[^<>]{0,200}\?>")
# A body without any of these, sent as a page, is an error message or data.
_TAG = re.compile(r"<(?:html|head|body|article|main|section|div|p|h1|title)\b", re.IGNORECASE)
# Characters of a JSON-LD block that are looked at.
_MAX_LD = 200_000

# Words that the name of a site has at most, and a headline in front of it more.
_SITE_WORDS = 4

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "date",
)
_TITLE = ("og:title", "twitter:title", "headline")
_OUTLET = ("og:site_name", "application-name", "publisher")
_AUTHOR = ("author", "article:author", "parsely-author")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says; `text` is "" when no main text was found."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.datetime | dt.date | None = None
    authors: tuple[str, ...] = ()
    # Whether everybody may read it, as far as the page says.
    is_free: bool = True


def read_page(markup: str) -> Page:
    """Main text and metadata of a page. Never raises for odd markup; a page without text has `text` ""."""
    if len(markup) > MAX_MARKUP or _has_monstrous_tag(markup):
        return Page(text="")
    tree = _load(markup)
    if tree is None:
        # A fragment ("<p>...</p>"), an XHTML page: refused for its first letters only.
        tree = _load("<html>" + _XML_DECLARATION.sub("", markup, count=1))
    if tree is None:
        return Page(text="")
    page = _read_head(tree)
    return dataclasses.replace(page, text=_main_text(tree))


def _load(markup: str) -> HtmlElement | None:
    try:
        return trafilatura.load_html(markup)
    except Exception:  # the parser's own errors are many and undocumented
        return None


def parse_markup(body: bytes) -> dict[str, Any]:
    """Markup in UTF-8 as the values of its `Page`, for the worker process; `text` is "" where there is none."""
    return _values(read_page(body.decode("utf-8", "replace")))


def page_of(values: Mapping[str, Any]) -> Page:
    """The page whose values the worker process sent."""
    return Page(
        **{**values, "published": parse_moment(values["published"]), "authors": tuple(values["authors"])}
    )


def parse_page(body: bytes, *, content_type: str) -> dict[str, Any]:
    """A page's bytes as plain values, for the worker process. Raises Unreadable when it is no page with an article."""
    charset = re.search(r"charset=[\"']?([\w.:-]{2,40})", content_type)
    markup = _decode(body, charset.group(1) if charset else None)
    page = read_page(markup) if _TAG.search(markup) else Page(text="")
    if not page.text.strip():
        wall = find_wall_in_markup(markup)
        raise Unreadable(REASONS[wall] if wall else "no article text on the page", wall=wall)
    if wall := find_wall(page.text, title=page.title, is_free=page.is_free):
        raise Unreadable(REASONS[wall], wall=wall)
    return _values(page)


def _values(page: Page) -> dict[str, Any]:
    published = page.published.isoformat() if page.published else None
    return {**dataclasses.asdict(page), "published": published}


def _decode(body: bytes, charset: str | None) -> str:
    if charset:
        try:
            return body.decode(charset)
        except (LookupError, UnicodeError):
            pass
    try:
        return decode(body, is_html=True)
    except ValueError:
        return body.decode("utf-8", "replace")


def _has_monstrous_tag(markup: str) -> bool:
    """A tag of thousands of attributes: the parser's cost grows with their square (100,000 take minutes)."""
    return any(match.group().count("=") > _MAX_ATTRIBUTES for match in _LONG_TAG.finditer(markup))


def complete_from_page(article: RawArticle, page: Page) -> RawArticle:
    """An article with its page's text, and the page's title, outlet, time where the article has none of its own."""
    return dataclasses.replace(
        article,
        body=page.text or article.body if article.is_html else page.text,
        is_html=article.is_html and not page.text,
        url=article.url or page.url,
        title=article.title or page.title,
        outlet=article.outlet or page.outlet,
        published=article.published or page.published,
        authors=article.authors or page.authors,
    )


def _main_text(tree: HtmlElement) -> str:
    try:
        text = trafilatura.extract(
            tree,
            fast=True,
            include_comments=False,
            include_tables=False,
            deduplicate=False,
            with_metadata=False,
        )
    except Exception:  # as above
        text = None
    return tidy_text(text) if text else _paragraphs(tree)


def _paragraphs(tree: HtmlElement) -> str:
    """The fallback for short pages and fragments: what stands in paragraphs, else all words of the body."""
    found = [" ".join("".join(p.itertext()).split()) for p in tree.iter("p")]
    if any(found):
        return tidy_text("\n\n".join(text for text in found if text))
    etree.strip_elements(tree, "script", "style", "noscript", "template", "nav", "head", with_tail=False)
    lines = (" ".join(line.split()) for line in "\n".join(tree.itertext()).split("\n"))
    return tidy_text("\n".join(line for line in lines if line))


def _read_head(tree: HtmlElement) -> Page:
    meta = _meta(tree)
    linked = next(_articles_in_json(tree), {})
    publisher = linked.get("publisher")
    heading = tree.find(".//h1")
    title = tree.find(".//title")
    return Page(
        text="",
        title=_first(
            linked.get("headline"),
            *(meta.get(name) for name in _TITLE),
            "".join(heading.itertext()) if heading is not None else None,
            _without_site(title.text) if title is not None and title.text else None,
        ),
        outlet=_first(
            *(meta.get(name) for name in _OUTLET),
            publisher.get("name") if isinstance(publisher, dict) else publisher,
        ),
        url=_address(tree, meta, linked),
        published=next(
            (
                moment
                for moment in map(
                    parse_moment, (linked.get("datePublished"), *(meta.get(name) for name in _PUBLISHED))
                )
                if moment is not None
            ),
            _time_element(tree),
        ),
        authors=_authors(linked.get("author")) or tuple(_names(meta.get(name) for name in _AUTHOR)),
        is_free=str(linked.get("isAccessibleForFree", True)).lower() != "false",
    )


def _without_site(title: str) -> str:
    """A browser's title without the name of the site behind its last bar ("River rises | Lindmere Wire")."""
    headline, bar, site = title.rpartition("|")
    is_site = bar and len(site.split()) <= _SITE_WORDS < len(headline.split())
    return headline if is_site else title


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Contents of the `meta` elements by property, name or itemprop, lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _articles_in_json(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that describe an article, at the top, in a list or in a graph."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text or len(script.text) > _MAX_LD:
            continue
        try:
            data = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for entry in graph if isinstance(graph, list) else []:
            kinds = entry.get("@type") if isinstance(entry, dict) else None
            if any(str(kind).endswith(("Article", "Posting", "Report")) for kind in _as_list(kinds)):
                yield entry


def _address(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    canonical = next(
        (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None
    )
    return next(
        (url for url in map(web_address, (canonical, meta.get("og:url"), linked.get("url"))) if url), None
    )


def _time_element(tree: HtmlElement) -> dt.datetime | dt.date | None:
    for element in tree.iter("time"):
        moment = parse_moment(element.get("datetime"))
        if moment is not None:
            return moment
    return None


def _authors(value: object) -> tuple[str, ...]:
    return tuple(_names(entry.get("name") if isinstance(entry, dict) else entry for entry in _as_list(value)))


def _names(values: Any) -> Iterator[str]:
    for value in values:
        name = tidy_line(value)
        if name and "://" not in name:
            yield name


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(*candidates: object) -> str | None:
    return next((line for line in map(tidy_line, candidates) if line), None)

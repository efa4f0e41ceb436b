"""A raw article to an `Article`: title, outlet, day of publication, authors, and the text without its page.

What the source gives wins. What it lacks is read from the page's own words; the day of publication is never today's
and never a file's. Stance: no outlet and no day rather than a wrong one, because every "Thursday" is counted from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence

from digests.extract.pages.outlets import find_outlet
from digests.extract.pages.published import find_published
from digests.text.clean import html_blocks, normalise
from digests.text.document import fold
from digests.text.markdown import strip_marks
from digests.text.outlets import press_name
from digests.text.page import LineKind, PageLine, read_page
from digests.types import Article, DateOrigin, RawArticle

# The rule for a writer's name behind "By": several such lines may stand below each other.
_BY = "furniture.byline.by"
# What stands behind a writer's name: the place, or when.
_BESIDE_NAME = re.compile(r" in [A-Z].*$| \((?:now|earlier)\)$")


def read_article(
    raw: RawArticle, *, article_id: str, retrieved: dt.datetime | None, keep_text: bool = False
) -> Article:
    """The article in what a source yielded.

    Args:
        raw: Nothing cleaned; only `body` must be there.
        article_id: Becomes `Article.id`.
        retrieved: Our clock, aware.
        keep_text: The body as it stands (of markup: its words), so that every offset counts in the input; the title
            only as given.

    Returns:
        `text` holds the headline, where the page has one or a feed gives one, and the body paragraphs, so that what
        the headline counts has its words too. `published_on` is `None` where neither the source nor the page says it.
    """
    # Text that is kept as it stands is read as a page only where its day is asked for.
    lines = _page_lines(raw) if not keep_text or raw.published is None else ()
    if keep_text:
        text = "\n\n".join(block for block, _ in html_blocks(raw.body)) if raw.is_html else raw.body
        title = raw.title
    else:
        text = "\n\n".join(line.text for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY))
        title = _one_line(raw.title) or next(
            (line.text for line in lines if line.kind is LineKind.TITLE), None
        )
        if raw.is_entry and title and not fold(text).casefold().startswith(_bare(title)):
            text = f"{title}\n\n{text}" if text else title
    outlet = _one_line(raw.outlet) or find_outlet(lines)
    published, day, origin = _published(raw, lines, outlet)
    return Article(
        id=article_id,
        source_id=raw.source_id,
        external_id=raw.external_id,
        text=text,
        title=title or None,
        outlet=outlet,
        url=raw.url,
        published=published,
        published_on=day,
        published_from=origin,
        retrieved=retrieved,
        authors=raw.authors or _authors(lines),
        content_hash=hashlib.sha256(f"{title or ''}\n{text}".encode("utf-8", "replace")).hexdigest(),
    )


def _page_lines(raw: RawArticle) -> tuple[PageLine, ...]:
    if not raw.is_html:
        return read_page(strip_marks(normalise(raw.body)))
    blocks = html_blocks(raw.body)
    body = normalise("\n\n".join(text for text, is_caption in blocks if not is_caption))
    captions = (normalise(text) for text, is_caption in blocks if is_caption)
    return read_page(body) + tuple(PageLine(text=text, kind=LineKind.CAPTION) for text in captions if text)


def _one_line(text: str | None) -> str | None:
    return " ".join(normalise(text).split()) if text else None


def _bare(title: str) -> str:
    """A headline as a text that repeats it may begin."""
    return fold(title).casefold().rstrip(".… ")


def _authors(lines: Sequence[PageLine]) -> tuple[str, ...]:
    """The names of the bylines up to the text, in order; a newspaper named among them is no author."""
    names: list[str] = []
    for line in lines:
        if line.kind is LineKind.BYLINE and line.found is not None and (not names or line.rule == _BY):
            names += re.split(r",| and | & | \| ", line.found.group("author"))
        elif names and line.kind is LineKind.BODY:
            break
    people = (_BESIDE_NAME.sub("", name).strip() for name in names)
    return tuple(dict.fromkeys(name for name in people if name and not press_name(name)))


# --------------------------------------------------------------------------- the day of publication


def _published(
    raw: RawArticle, lines: Sequence[PageLine], outlet: str | None
) -> tuple[dt.datetime | None, dt.date | None, DateOrigin | None]:
    """The outlet's clock, its day, and where they come from."""
    given = raw.published
    if isinstance(given, dt.datetime):
        aware = given if given.tzinfo else given.replace(tzinfo=dt.UTC)
        # The day is the outlet's own: an evening in its zone is not our next morning.
        return aware.astimezone(dt.UTC), aware.date(), DateOrigin.GIVEN
    if given is not None:
        return _midnight(given), given, DateOrigin.GIVEN
    day = find_published(lines, outlet=outlet)
    if day is None:
        return None, None, None
    return _midnight(day), day, DateOrigin.TEXT


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)

"""One article read: from what a source gave to clean text and its facts. The road that every way in shares."""

from __future__ import annotations

import datetime as dt

from digests.extract import extract
from digests.extract.header import read_article
from digests.text.document import make_document
from digests.types import Article, Facts, RawArticle


def read_facts(
    raw: RawArticle, *, article_id: str, retrieved: dt.datetime | None, keep_text: bool = False
) -> tuple[Article, Facts]:
    """Clean one article and read its facts; all evidence counts characters of the article's text.

    Args:
        raw: What a source gave.
        article_id: The id that the article and its evidence bear.
        retrieved: When it was first seen, passed through.
        keep_text: Take the text as it stands, so that every offset counts in the given text too.
    """
    article = read_article(raw, article_id=article_id, retrieved=retrieved, keep_text=keep_text)
    document = make_document(
        article.id, article.text, published=article.published_on, title=article.title, outlet=article.outlet
    )
    return article, extract(document)

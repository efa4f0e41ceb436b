"""How fast facts are read: `python -m tests.bench.extract [ARTICLES]` (default 1,000 of 700 words), one core.

Counts processor seconds, so that a busy machine does not decide it. Prints articles per second, what loading the rules
takes, the share of each extractor and of the JSON that `sitrep extract` prints, and the memory after each quarter (flat
is right).
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from digests.console import dump
from digests.export_facts import export_extract
from digests.extract import extract
from digests.extract.accounts import find_accounts
from digests.extract.casualties import find_figures
from digests.extract.dates import find_dates
from digests.extract.header import read_article
from digests.extract.incidents import find_incidents
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import Document, make_document
from digests.types import Article, Facts, RawArticle
from tests.bench.corpus import made_articles


def read(row: dict[str, str]) -> Article:
    raw = RawArticle(
        source_id="bench",
        external_id=row["id"],
        body=row["text"],
        title=row["title"],
        published=dt.date.fromisoformat(row["published"]),
    )
    return read_article(raw, article_id=row["id"], retrieved=None)


def segment(article: Article) -> Document:
    return make_document(article.id, article.text, published=article.published_on, title=article.title)


def prepare(row: dict[str, str]) -> Document:
    return segment(read(row))


def print_facts(article: Article, facts: Facts) -> str:
    return dump(export_extract(article, facts))


def shares(rows: list[dict[str, str]]) -> dict[str, float]:
    """Milliseconds per article of each step, over some of the articles."""
    spent: dict[str, float] = {}

    def timed(name: str, step: Callable[..., Any], *args: Any) -> Any:
        start = time.process_time()
        result = step(*args)
        spent[name] = spent.get(name, 0.0) + time.process_time() - start
        return result

    for row in rows:
        article = timed("clean", read, row)
        document = timed("segment", segment, article)
        dates = timed("dates", find_dates, document)
        places = timed("places", find_places, document)
        quotes = timed("quotes", find_quotes, document)
        incidents = timed("incidents", find_incidents, document, dates, places)
        figures = timed("figures", find_figures, document, dates, quotes, incidents)
        timed("accounts", find_accounts, document, quotes, incidents)
        facts = Facts(figures=figures, dates=dates, quotes=quotes, places=places)
        timed("JSON", print_facts, article, facts)
    return {name: seconds / len(rows) * 1000 for name, seconds in spent.items()}


def main(count: int) -> None:
    rows = list(made_articles(count))
    start = time.process_time()
    extract(prepare(rows[0]))
    loading = time.process_time() - start
    # Rules are compiled when they are first asked, rare ones after many articles.
    for row in rows[:100]:
        extract(prepare(row))
    memory = []
    start = time.process_time()
    for number, row in enumerate(rows, start=1):
        extract(prepare(row))
        if number % max(1, count // 4) == 0:
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    seconds = time.process_time() - start
    words = sum(len(row["text"].split()) for row in rows) // len(rows)
    print(f"{count} articles of {words} words: {seconds:.2f} s, {count / seconds:.0f} articles/s on one core")
    print(f"rules loaded with the first article: {loading:.2f} s")
    print("peak memory after each quarter, MiB:", *memory)
    for name, share in sorted(shares(rows[:200]).items(), key=lambda item: -item[1]):
        print(f"  {name:<18} {share:6.3f} ms per article")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

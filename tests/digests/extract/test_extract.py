"""What reading a text costs: in step with its length, whatever the text is."""

import datetime as dt
import time

import pytest

from digests.extract.dates import find_dates
from digests.extract.header import read_article
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import RawArticle


def seconds(text: str) -> float:
    """Processor time of reading a page and its dates, places and quotations; the quicker of two rounds."""
    rounds: list[float] = []
    for _ in range(2):
        start = time.process_time()
        raw = RawArticle(source_id="wire", external_id="1", body=text, published=dt.date(2024, 1, 18))
        article = read_article(raw, article_id="1", retrieved=None)
        document = make_document("1", article.text, published=article.published_on)
        for find in (find_dates, find_places, find_quotes):
            find(document)
        rounds.append(time.process_time() - start)
    return min(rounds)


@pytest.mark.parametrize(
    "piece",
    [
        "killed ",
        "a, ",
        "he said, ",
        "Rome ",
        "|",
        "[",
        "1 ",
        ". ",
        '"',
        "“",
        "'",
        "Monday ",
        "By Ana ",
        "told X ",
        "a\n",
        "3/4/2020\n",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """One repeated piece, 8 and 64 kB: a square would take 64 times as long, at each of three tries."""
    for _ in range(3):
        short, long = (seconds((piece * (size // len(piece) + 1))[:size]) for size in (8_192, 65_536))
        # The constant stands for the clock's grain and for tables that are read on first use.
        if long < 24 * short + 0.1:
            return
    raise AssertionError(f"8 kB took {short:.3f} s, 64 kB {long:.3f} s")

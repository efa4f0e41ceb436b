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
def test_four_times_the_text_takes_no_sixteen_times_the_time(piece: str) -> None:
    """One repeated piece, 16 and 64 kB: what grew with the square would take sixteen times as long."""
    short, long = (seconds((piece * (size // len(piece) + 1))[:size]) for size in (16_384, 65_536))
    # The constant stands for the clock's grain and for tables that are read on first use.
    assert long < 9 * short + 0.1

"""What reading a text costs: in step with its length, whatever the text is; and that it may break off anywhere."""

import datetime as dt
import json
import re
import time
from pathlib import Path

import pytest

from digests.extract import extract
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


SENTENCES = Path(__file__).parents[2] / "eval" / "figures.jsonl"


def test_a_text_may_break_off_behind_any_word() -> None:
    """Whatever looks at the next word must bear that there is none: teasers of feeds end in the middle."""
    texts = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()[::8]]
    texts += [
        "Neighbours saved three others of all ages.",
        "She was aged 4 and 5.",
        "It was on pages 6 and 7, one said.",
    ]
    for text in texts:
        for end in re.finditer(r"\w\b", text):
            piece = text[: end.end()]
            facts = extract(make_document("1", piece, published=dt.date(2024, 1, 18)))
            assert all(figure.evidence.span.end <= len(piece) for figure in facts.figures)

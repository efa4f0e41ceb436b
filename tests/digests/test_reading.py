"""One road from a raw article to its facts, whoever walks it."""

import pytest

from digests.reading import read_facts
from digests.types import RawArticle

RAW = RawArticle(
    source_id="test",
    external_id="quay.txt",
    body="Quay wall collapses in Port Alder\n\nTwo\u00a0dockers  were killed on Monday, the harbour office said.",
)


@pytest.mark.parametrize("keep_text", [False, True])
def test_facts_lead_back_to_the_words(keep_text: bool) -> None:
    """Every span counts in the article's own text, and bears the id that was asked for."""
    article, facts = read_facts(RAW, article_id="a7", retrieved=None, keep_text=keep_text)
    (figure,) = facts.figures
    span = figure.evidence.span
    assert (article.id, figure.evidence.article_id) == ("a7", "a7")
    assert "dockers" in article.text[span.start : span.end]


def test_kept_text_is_the_text_as_given() -> None:
    """Offsets in it are offsets in the input."""
    article, _ = read_facts(RAW, article_id="a7", retrieved=None, keep_text=True)
    assert article.text == RAW.body

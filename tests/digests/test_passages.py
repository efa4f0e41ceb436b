"""From the words of a card back to the sentence they stand in."""

from __future__ import annotations

import pytest

from digests.passages import find_passage
from digests.reading import read_facts
from digests.types import Article, Citation, Facts, RawArticle, Span

TEXT = (
    "A crane fell on the quay of Morvik on Monday. At least six dockers were killed, the harbour master said. "
    "Work on the quay has stopped.\n\nThe crane was forty years old."
)


def read(text: str = TEXT) -> tuple[Article, Facts]:
    return read_facts(RawArticle(source_id="s", external_id="a1", body=text), article_id="a1", retrieved=None)


def cite(words: str, *, text: str = TEXT) -> Citation:
    start = text.index(words)
    return Citation(article_id="a1", span=Span(start=start, end=start + len(words)), text=words)


def test_a_figure_leads_to_its_sentence_and_rule() -> None:
    """With the sentences around it, and the rule that read the count."""
    article, facts = read()
    figure = facts.figures[0]
    words = article.text[figure.evidence.span.start : figure.evidence.span.end]
    citation = Citation(article_id="a1", span=figure.evidence.span, text=words)
    passage = find_passage(article, facts, citation)
    assert passage.sentence == "At least six dockers were killed, the harbour master said."
    assert passage.before == "A crane fell on the quay of Morvik on Monday."
    assert passage.after == "Work on the quay has stopped."
    assert passage.rule == figure.evidence.rule


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        pytest.param("A crane fell", "", "At least six dockers were killed, the harbour master said.", id="first"),
        pytest.param("forty years old", "Work on the quay has stopped.", "", id="last"),
    ],
)  # fmt: skip
def test_the_ends_of_a_text_have_one_neighbour(words: str, before: str, after: str) -> None:
    """Nothing is made up before the first sentence and after the last."""
    passage = find_passage(*read(), cite(words))
    assert (before, after) == (passage.before, passage.after)


def test_a_whole_sentence_has_no_rule_of_a_fact_inside() -> None:
    """A key sentence was chosen whole: the rule of a count inside of it is not its own."""
    passage = find_passage(*read(), cite("At least six dockers were killed, the harbour master said."))
    assert passage.rule is None
    assert passage.sentence.startswith("At least six")


def test_a_text_that_was_edited_is_searched() -> None:
    """Words that moved are found; words that are gone are said to be gone, and nothing stands in for them."""
    citation = cite("Work on the quay has stopped.")
    moved = find_passage(*read("Correction: the day was wrong. " + TEXT), citation)
    assert moved.sentence == citation.text
    gone = find_passage(*read(TEXT.replace("has stopped", "goes on")), citation)
    assert ("", citation.text) == (gone.sentence, gone.words)

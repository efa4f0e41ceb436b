"""Whom a pronoun at the head of a timeline's sentence stands for."""

import pytest

from digests.analysis.entries.subjects import name_subject
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Article, Facts, Span, StoryArticle


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("The Lowland Geological Survey said Tuesday's tremor was centred near Brume.", None),
        ("The mayor told Ana Reyes to close the quay.", None),
    ],
    ids=["a body that only tells", "nobody that is a thing"],
)
def test_it_is_no_body_that_only_tells(before: str, name: str | None) -> None:
    """What a survey says something of is the likelier subject of the next sentence."""
    text = f"{before} It struck at a depth of nine miles."
    document = make_document("a", text)
    made = Article(id="a", source_id="s", external_id="a", text=text)
    item = StoryArticle(article=made, facts=Facts(quotes=find_quotes(document)))
    at = text.index("It struck")
    assert name == name_subject(item, Span(start=at, end=at + 2))

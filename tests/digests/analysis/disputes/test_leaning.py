"""Pages that name no incident: which of them speak of their story's, and what they may tell of it."""

import datetime as dt

import pytest

from digests.analysis.accounts import compare_accounts
from digests.analysis.incidents import group_incidents
from digests.extract import extract
from digests.text.document import make_document
from digests.types import Article, StoryArticle

_FERRY = (
    "At least nine people drowned when a ferry capsized on Lake Nyasa on Tuesday, police in Karonga said. "
    "The owner of the ferry said it had hit a rock."
)


def _item(article_id: str, text: str) -> StoryArticle:
    document = make_document(article_id, text, published=dt.date(2024, 5, 16))
    article = Article(id=article_id, source_id="s", external_id=article_id, text=text, outlet=article_id)
    return StoryArticle(article=article, facts=extract(document))


def _sides(*texts: str) -> list[tuple[str, ...]]:
    items = [_item(f"a{number}", text) for number, text in enumerate(texts)]
    return [
        tuple(side.says for side in conflict.sides)
        for conflict in compare_accounts(items, group_incidents(items))
    ]


def test_statement_without_an_incident_speaks_of_its_story() -> None:
    page = "The governor said the ferry had been carrying twice the number of passengers that it was licensed for."
    assert not _item("a", page).facts.incidents
    assert _sides(_FERRY, page) == [
        ("hit a rock", "the ferry had been carrying twice the number of passengers that it was licensed for")
    ]


@pytest.mark.parametrize(
    "page",
    [
        # Nothing of it is in the reports.
        "The governor said that the driver had fallen asleep.",
        # Nobody says so.
        "The ferry was overloaded. Fares on Lake Nyasa are low.",
    ],
)
def test_page_without_an_incident_tells_nothing_of_it(page: str) -> None:
    assert _sides(_FERRY, page) == []


def test_long_page_without_an_incident_is_no_statement() -> None:
    rest = " ".join(["The lake has many islands and a long history of trade."] * 20)
    assert _sides(_FERRY, f"The governor said that the ferry was overloaded. {rest}") == []

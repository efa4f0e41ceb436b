"""Reports of one town that share no particulars tell of two happenings."""

from __future__ import annotations

import pytest

from digests.analysis.disputes.marks import find_apart
from digests.types import Article, Facts, StoryArticle

BAKER = "Four men were shot on Baker Street in Leeds at 10:20 p.m., Sgt. Nora Pym said. Tony Adley, 22, is in hospital."


def told(article_id: str, text: str) -> StoryArticle:
    article = Article(id=article_id, source_id="test", external_id=article_id, text=text)
    return StoryArticle(article=article, facts=Facts())


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Six people were shot outside the Anchor Club in Leeds at 1:15 a.m., Lt. Omar Beck said.", True),
        ("Six people were shot on Baker Street in Leeds, Lt. Omar Beck said near the Anchor Club.", False),
        ("Six people were shot at the Anchor Club in Leeds at 10:20 p.m., Lt. Omar Beck said.", False),
        ("Six people were shot in Leeds on Sunday, the police department said.", False),
    ],
    ids=["nothing shared", "a street", "the hour", "few particulars"],
)
def test_reports_without_shared_particulars_are_apart(other: str, *, expected: bool) -> None:
    """A street, a name or an hour in both reports makes them one; so does a report with few particulars."""
    one, two = told("one", BAKER), told("two", other)
    apart = find_apart([one, two])
    assert expected == (two.article.id in apart.get(one.article.id, ()))

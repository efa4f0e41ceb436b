"""The stories in memory: their order, who sees what, and ids that lead on."""

from __future__ import annotations

import datetime as dt

import pytest

from digests.catalogue import ALL_OWNERS, Catalogue, Entry
from digests.store.stories import StoredStory
from digests.types import Story

DAY = dt.datetime(2026, 6, 9, tzinfo=dt.UTC)


def stored(
    name: str,
    *,
    voices: int = 1,
    figures: int = 0,
    days: float | None = 0,
    merged_into: str | None = None,
    owners: tuple[tuple[str, str], ...] = (),
    titles: tuple[tuple[str, str], ...] = (),
    revision: int = 1,
) -> StoredStory:
    """A story whose newest article is `days` after the ninth."""
    last = None if days is None else DAY + dt.timedelta(days=days)
    story = Story(
        id=name,
        title=f"Title of {name}",
        article_ids=("a1", "a2"),
        last_published=last,
        voices=voices,
        merged_into=merged_into,
    )
    return StoredStory(story=story, figures=figures, revision=revision, owners=owners, titles=titles)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(stored("x", voices=3), stored("a"), id="more voices"),
        pytest.param(stored("x", figures=3), stored("a"), id="figures"),
        pytest.param(stored("x", days=1), stored("a"), id="newer"),
        pytest.param(stored("x", voices=9), stored("a", days=3), id="much told against a little newer"),
        pytest.param(stored("x", days=14), stored("a", voices=50), id="two weeks against many voices"),
        pytest.param(stored("x", days=-900), stored("a", voices=90, days=None), id="undated comes last"),
        pytest.param(stored("a"), stored("b"), id="alike: by id"),
    ],
)
def test_the_more_important_story_comes_first(first: StoredStory, second: StoredStory) -> None:
    """What decides, and what outweighs what."""
    catalogue = Catalogue()
    catalogue.learn([second, first])
    assert [entry.story.id for entry in catalogue.by_importance()] == [first.story.id, second.story.id]


@pytest.mark.parametrize(
    ("owner", "visible", "title"),
    [
        pytest.param("g1", ("a1",), "One", id="a part"),
        pytest.param("g2", None, "Title of s", id="the owner"),
        pytest.param(None, ("a1",), "One", id="nobody"),
        pytest.param(ALL_OWNERS, None, "Title of s", id="everybody"),
    ],
)
def test_owners_see_their_part(owner: str | None, visible: tuple[str, ...] | None, title: str) -> None:
    """The title may have come from another server's article."""
    entry = Entry(stored("s", owners=(("a2", "g2"),), titles=(("a2", "Two"), ("a1", "One"))))
    assert entry.visible_ids(owner) == visible
    assert entry.title(owner) == title


def test_a_story_of_others_has_no_title() -> None:
    """Not even that it exists."""
    catalogue = Catalogue()
    catalogue.learn([stored("s", owners=(("a1", "g2"), ("a2", "g2")), titles=(("a1", "One"),))])
    assert catalogue.titles("g1") == ()
    assert catalogue.titles("g2") == (("s", "Title of s"),)


def test_merged_stories_lead_on_and_circles_end() -> None:
    """However often it was merged; a circle (a bug) must not hang a command."""
    catalogue = Catalogue()
    catalogue.learn([stored("a", merged_into="b"), stored("b", merged_into="c"), stored("c")])
    found = catalogue.find("a")
    assert found is not None
    assert found.story.id == "c"
    assert [entry.story.id for entry in catalogue.by_importance()] == ["c"]
    assert len(catalogue) == 1
    catalogue.learn([stored("c", merged_into="a", revision=2)])
    assert catalogue.find("a") is None
    assert catalogue.find("nope") is None


def test_changes_replace_what_was_known() -> None:
    """Order and titles are made anew."""
    catalogue = Catalogue()
    catalogue.learn([stored("a"), stored("b", voices=2)])
    assert [story_id for story_id, _ in catalogue.titles(None)] == ["b", "a"]
    catalogue.learn([stored("a", voices=9, revision=2)])
    assert [story_id for story_id, _ in catalogue.titles(None)] == ["a", "b"]


@pytest.mark.parametrize(("day", "expected"), [(8, True), (9, True), (10, False)])
def test_since_looks_at_the_newest_article(day: int, expected: bool) -> None:
    """A day is the whole day; an undated story might be of any."""
    assert Entry(stored("s")).is_since(dt.date(2026, 6, day)) is expected
    assert Entry(stored("s", days=None)).is_since(dt.date(2026, 6, day))


def test_servers_without_articles_of_their_own_share_one_list() -> None:
    """A thousand servers hold ten thousand titles once, not a thousand times; an owner's list is their own."""
    catalogue = Catalogue()
    own = stored("b", owners=(("a1", "7"), ("a2", "7")), titles=(("a1", "Own"),))
    catalogue.learn([stored("a"), own])
    assert catalogue.titles("1") is catalogue.titles("2")
    assert ["a"] == [story_id for story_id, _ in catalogue.titles("1")]
    assert ["a", "b"] == [story_id for story_id, _ in catalogue.titles("7")]

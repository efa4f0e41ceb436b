"""What newer articles add: from their own words, and nothing that only looks new."""

from __future__ import annotations

import datetime as dt

from digests.analysis import analyse
from digests.analysis.changes import find_changes
from digests.reading import read_facts
from digests.types import Changes, Findings, RawArticle, StoryArticle

NOON = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)
SILO = "{count} people were killed when a grain silo exploded in Tarnholm on Wednesday, {who} said."


def item(key: str, text: str, *, hour: int) -> StoryArticle:
    raw = RawArticle(
        source_id="s", external_id=key, body=text, outlet=key.title(), published=NOON.replace(hour=hour)
    )
    article, facts = read_facts(raw, article_id=key, retrieved=None)
    return StoryArticle(article=article, facts=facts)


def count(key: str, number: str, who: str, *, hour: int, more: str = "") -> StoryArticle:
    return item(key, SILO.format(count=number, who=who) + more, hour=hour)


def changes(*items: StoryArticle) -> Changes:
    """What the articles since noon add."""
    new = [one.article.id for one in items if one.article.published and one.article.published >= NOON]
    known = [one for one in items if one.article.id not in new]
    before = analyse("s1", known) if known else Findings(story_id="s1")
    return find_changes(before, analyse("s1", items), since=NOON, new_articles=new)


WIRE = count("wire", "At least 14", "the fire service", hour=8)


def test_a_count_that_moved() -> None:
    """From what stood to what stands, with the new words for it."""
    found = changes(WIRE, count("later", "Twenty", "the fire service", hour=14))
    [change] = found.figures
    assert change.before is not None
    assert (14, 20) == (change.before.bounds.low, change.group.bounds.low)
    assert ["later"] == [claim.citation.article_id for claim in change.claims]
    assert (("later",), (), ()) == (found.articles, found.opened, found.settled)


def test_a_new_count_has_nothing_before_it() -> None:
    """What nobody has counted until then."""
    more = " Fifty others were injured, the clinic of Tarnholm said."
    found = changes(WIRE, count("later", "At least 14", "the fire service", hour=14, more=more))
    assert ["injured"] == [change.group.measure for change in found.figures]
    assert found.figures[0].before is None


def test_the_same_again_is_no_news() -> None:
    """Another outlet with the same count, and an article that says nothing of it."""
    found = changes(
        WIRE,
        count("later", "At least 14", "the fire service", hour=14),
        item("colour", "The silo of Tarnholm had stood empty for years.", hour=15),
    )
    assert ((), ()) == (found.figures, found.opened)


def test_a_dispute_opens_once() -> None:
    """With the article that brought the second side; later ones that repeat a side open nothing."""
    mayor = count("mayor", "Nine", "the mayor", hour=14)
    found = changes(WIRE, mayor)
    assert [["9", "at least 14"]] == [sorted(side.says for side in one.sides) for one in found.opened]
    morning = count("mayor", "Nine", "the mayor", hour=9)
    again = changes(WIRE, morning, count("later", "Nine", "the mayor", hour=14))
    assert () == again.opened


def test_a_dispute_is_settled_by_a_newer_count() -> None:
    """One side takes up the other's count."""
    mayor = count("mayor", "Nine", "the mayor", hour=9)
    settling = count("late", "Fourteen", "the mayor", hour=18)
    found = changes(WIRE, mayor, settling)
    assert 1 == len(found.settled)
    conflict, group = found.settled[0]
    assert ("killed", 14) == (conflict.about, group.bounds.low)


def test_reactions_and_events_of_new_articles_alone() -> None:
    """A statement that an older article carries too is not new."""
    older = item("older", "“We heard it in the next valley,” said miller Jonas Brekke.", hour=9)
    newer = item(
        "newer",
        "“We heard it in the next valley,” said miller Jonas Brekke. An inquiry is to open on 15 June, the ministry "
        "of labour said. “Nobody will sweep this up,” said Labour Minister Edda Holm.",
        hour=15,
    )
    found = changes(WIRE, older, newer)
    assert ["Edda Holm"] == [one.actor for one in found.reactions if one.statements[0].is_direct]
    assert any("inquiry" in entry.text for entry in found.events)


def test_nothing_new_is_empty() -> None:
    """No article since then, no change, whatever the story holds."""
    assert changes(WIRE).is_empty

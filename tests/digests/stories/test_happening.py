"""What an article is about brings differently worded reports together and parts items of two towns."""

import datetime as dt

import pytest

from digests.extract import extract
from digests.stories.cluster import StoryIndex
from digests.stories.happening import Happening, are_apart, are_one, balance, find_happening
from digests.stories.signature import Signature, make_signature
from digests.text.document import make_document
from tests.digests.stories.texts import make_article

MONDAY, TUESDAY, FRIDAY = dt.date(2025, 6, 2), dt.date(2025, 6, 3), dt.date(2025, 6, 6)


def happen(
    kind: str,
    place: str | None,
    country: str | None,
    day: dt.date | None,
    *,
    last: dt.date | None = None,
    is_item: bool = False,
) -> Happening:
    return Happening(kind, place, country, day, last or day, is_item=is_item)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (happen("flood", "Puno", "PE", MONDAY), happen("flood", "Peru", "PE", MONDAY), True),
        (happen("flood", "Puno", "PE", MONDAY), happen("flood", "Peru", "PE", TUESDAY), True),
        (happen("fire", "Puno", "PE", MONDAY), happen("fire", "Puno", "PE", FRIDAY), False),
        (happen("flood", "Puno", "PE", MONDAY), happen("flood", "Puno", "PE", FRIDAY), True),
        (happen("deaths", "Puno", "PE", MONDAY), happen("fire", "Puno", "PE", MONDAY), True),
        (happen("deaths", "Puno", "PE", None), happen("fire", "Puno", "PE", None), False),
        (happen("flood", "Puno", "PE", MONDAY), happen("shooting", "Puno", "PE", MONDAY), False),
        (happen("flood", "Puno", "PE", MONDAY), happen("flood", "Oruro", "BO", MONDAY), False),
        (happen("flood", "Puno", "PE", None), happen("flood", "Puno", "PE", None), True),
        (happen("flood", "Peru", "PE", None), happen("flood", "Peru", "PE", None), False),
        (happen("flood", None, None, MONDAY), happen("flood", None, None, MONDAY), False),
        (
            happen("flood", None, "PE", dt.date(2025, 6, 1), last=dt.date(2025, 6, 30)),
            happen("flood", None, "PE", MONDAY),
            False,
        ),
    ],
    ids=[
        "day",
        "night",
        "other-day",
        "lasting",
        "kind-unsaid",
        "kind-and-day-unsaid",
        "other-kind",
        "abroad",
        "place",
        "country",
        "no-place",
        "month",
    ],
)
def test_one_happening_needs_kind_and_day_and_country_or_exact_place(
    one: Happening, other: Happening, expected: bool
) -> None:
    """Both ways round."""
    assert (expected, expected) == (are_one(one, other), are_one(other, one))


@pytest.mark.parametrize(
    ("place", "is_item", "expected"),
    [("Arequipa", True, True), ("Arequipa", False, False), ("Puno", True, False), (None, True, False)],
    ids=["two-towns", "long-report", "one-town", "no-town"],
)
def test_only_items_of_feeds_are_parted_by_their_places(
    place: str | None, is_item: bool, expected: bool
) -> None:
    """A long report names several places, and the one that was read may be the wrong one."""
    one = happen("fire", "Puno", "PE", MONDAY, is_item=True)
    assert expected == are_apart(one, happen("fire", place, "PE", MONDAY, is_item=is_item))


def test_balance_counts_articles_about_nothing_too() -> None:
    """Two of four pairs speak of one flood; no happenings on one side are no sign at all."""
    flood = happen("flood", "Puno", "PE", MONDAY)
    assert (0.5, 0.0) == (balance({flood: 1}, {flood: 2}, 4), balance({}, {flood: 2}, 4))


def test_headline_of_an_item_tells_what_its_line_does_not() -> None:
    """What it is about, where, and the day of the news where none is named."""
    text = "Police are questioning the driver."
    article = make_article("h1", text, title="Six dead as coach overturns near Arequipa", day="2025-06-03")
    facts = extract(make_document("h1", text, published=article.published_on))
    expected = Happening("road crash", "Arequipa", "PE", MONDAY, TUESDAY, is_item=True)
    assert expected == find_happening(article, facts)


def test_signature_keeps_its_happening_in_the_store() -> None:
    """And one stored before there were any has none."""
    text = "A flood killed six people in Arequipa on Monday, the mayor said."
    article = make_article("f1", text, day="2025-06-03")
    signature = make_signature(article, extract(make_document("f1", text, published=article.published_on)))
    assert signature.happening is not None
    assert signature == Signature.from_json(signature.to_json())
    old = {key: value for key, value in signature.to_json().items() if key != "happening"}
    assert Signature.from_json(old).happening is None


WALL = (
    "A wall of water tore through the lower town of Arequipa on Monday after the river burst its banks in the night. "
    "Six people drowned in the flood, the mayor, Hector Rojas, told a local radio station."
)
RAIN = (
    "Relatives gathered at the morgue on Tuesday to name those lost in Monday's flood in Arequipa. Nobody had warned "
    'them, said Elvira Quispe, a seamstress. "I want to see the mayor here," she said as soldiers carried mattresses.'
)


def test_two_ways_of_telling_one_disaster_meet() -> None:
    """Few words are shared; kind, day and town are."""
    signatures = []
    for name, text in (("w1", WALL), ("w2", RAIN)):
        article = make_article(name, text, day="2025-06-03")
        signatures.append(
            make_signature(article, extract(make_document(name, text, published=article.published_on)))
        )
    stories = StoryIndex().assign(signatures)
    assert stories["w1"] == stories["w2"]

"""The title of a story is the plainest headline that tells it."""

import dataclasses
import datetime as dt

import pytest

from digests.stories.titles import choose_title
from tests.digests.stories.texts import FERRY, FERRY_OTHER, make_article

PLAIN = "Ferry capsizes off Port Alder, killing at least 31"


@pytest.mark.parametrize(
    "other",
    [
        "Opinion: Port Alder ferry deaths were no accident",
        "LIVE: Ferry capsizes off Port Alder, at least 31 killed – latest updates",
        "Horror at sea as doomed ferry capsizes off Port Alder!",
        "Why did the ferry off Port Alder capsize?",
        "5 things to know about the ferry that capsized off Port Alder",
        "BREAKING NEWS: Ferry capsizes off Port Alder, killing at least 31",
        "Port Alder ferry live: crews search for those who were aboard when she capsized",
        "Statement No. 4 regarding the ferry that capsized off Port Alder",
        "Port Alder ferry: What we know about the capsized ship",
        "Two days on, Port Alder asks how its ferry capsized",
        "Special inspection of Port Alder ferry firm follows",
        "Tragedy",
        "Lowland mourns",
        None,
        "",
    ],
)
def test_plain_headline_wins(other: str | None) -> None:
    """Whatever judges, asks, shouts or says too little comes after the one that tells."""
    articles = [make_article("a", FERRY_OTHER, title=other), make_article("b", FERRY, title=PLAIN)]
    assert choose_title(articles) == choose_title(articles[::-1]) == PLAIN


def test_opinion_is_taken_where_there_is_nothing_else() -> None:
    """A story never goes without a title."""
    assert (
        choose_title([make_article("a", FERRY, title="Opinion: Drain the harbour.")])
        == "Opinion: Drain the harbour"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "A bridge fell. Nobody was hurt when it broke. More follows.",
            "A bridge fell. Nobody was hurt when it broke",
        ),
        (
            "BRUME, Lowland (AP) -- A bridge of the coast road fell on Monday. Nobody was hurt.",
            "A bridge of the coast road fell on Monday",
        ),
        ("", ""),
    ],
)
def test_untitled_story_opens_with_its_text(text: str, title: str) -> None:
    """The first sentence that says something, without its dateline."""
    assert title == choose_title([make_article("a", text)])


def test_long_opening_is_cut_at_a_word() -> None:
    """With a mark that says so."""
    title = choose_title([make_article("a", "A bridge fell and " * 20)])
    assert title.startswith("A bridge fell and A bridge fell")
    assert title.endswith(" …")
    assert len(title) <= 152


def test_cut_opening_ends_with_a_word_that_says_something() -> None:
    """ "The gate that has the …" is cut one word earlier."""
    text = "Harbour engineers found seven rusted bolts in the tide gate of the old lower harbour on Monday evening, "
    title = choose_title(
        [make_article("a", f"{text}when Ana Reyes had them look at it for the first time in years.")]
    )
    assert title.endswith("Ana Reyes …") or title.endswith("look …")


def test_untitled_reports_open_with_what_they_have_in_common() -> None:
    """What a picture shows stands first in one report alone; the others begin with what happened."""
    articles = [
        make_article("a", "Ana Reyes of Radio Brume stands at the gate in the rain."),
        make_article("b", "A ferry with 214 people on board sank off Port Alder on Tuesday."),
        make_article("c", "Divers look for those on board a ferry that sank off Port Alder."),
    ]
    assert choose_title(articles) == "A ferry with 214 people on board sank off Port Alder on Tuesday"


def test_no_articles_have_no_title() -> None:
    """An empty story is not an error."""
    assert choose_title([]) == ""


def test_an_old_count_gives_way_to_a_newer_headline() -> None:
    """ "At least 14 dead" of the first day does not head a story whose later reports count on."""
    day = dt.datetime(2021, 3, 16, 8, tzinfo=dt.UTC)
    first = make_article(
        "a", "A ferry sank off Port Alder.", title="At least 14 dead as ferry sinks off Port Alder"
    )
    later = make_article(
        "b", "A ferry sank off Port Alder.", title="Divers reach ferry that sank off Port Alder, 27 dead"
    )
    first = dataclasses.replace(first, published=day)
    later = dataclasses.replace(later, published=day + dt.timedelta(days=2))
    assert later.title == choose_title([first, later])


def test_a_count_of_no_known_day_gives_way_too() -> None:
    """A page that does not say its day may be of the first hour: the dated headline heads the story."""
    text = "A ferry sank off Port Alder."
    undated = make_article("a", text, title="Ferry sank off Port Alder, 14 dead")
    undated = dataclasses.replace(undated, published=None)
    dated = make_article("b", text, title="Ferry toll rises to 27 off Port Alder")
    assert dated.title == choose_title([undated, dated])


def test_somebodys_words_in_front_give_way_to_what_happened() -> None:
    """A headline that opens with a quotation is a scene."""
    text = "A ferry sank off Port Alder in a storm."
    scene = make_article("a", text, title="'It tipped': Ferry sank off Port Alder in storm")
    plain = make_article("b", text, title="Passenger ferry sank off Port Alder")
    assert plain.title == choose_title([scene, plain])

"""Days for articles that do not say when they appeared, in made-up stories."""

import datetime as dt

import pytest

from digests.analysis.anchors import date_undated
from digests.extract import extract
from digests.text.document import make_document
from digests.types import Article, StoryArticle

# Tuesday: the quay fell on Monday 14 June.
DAY = dt.date(2021, 6, 15)


def article(name: str, text: str, published: dt.date | None = None) -> StoryArticle:
    at = dt.datetime.combine(published, dt.time(), dt.UTC) if published else None
    return StoryArticle(
        article=Article(
            id=name, source_id="s", external_id=name, text=text, published=at, published_on=published
        ),
        facts=extract(make_document(name, text, published=published)),
    )


TOLD = article("told", "The old quay of Southport fell on Monday and killed nine people, police said.", DAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The old quay of Southport fell on Monday, killing at least four people, police said.",
            "2021-06-14",
        ),
        ("SOUTHPORT, Thursday. They come every morning to look at what is left of the quay.", "2021-06-17"),
        ("Quay disaster live\n\nWednesday\n\n18:41\nDivers have found another body.", "2021-06-16"),
        (
            "Southport, 16 June\n\nThe guild of dockers has learned with sorrow of the death of its men.",
            "2021-06-16",
        ),
        ("16 Jun, 09:40\n\nThe president has returned from Alma, his office said.", "2021-06-16"),
        ("Southport, June 16 (Kern) -- The ministry rejected the reports.", "2021-06-16"),
        (
            "It was on Monday that the quay fell. By Wednesday evening ten bodies had been found.",
            "2021-06-16",
        ),
        ("The quay fell on Monday. The council is due to hold closed talks on Friday.", "2021-06-14"),
        (
            "On Monday Ida Dahl ran for her life. Three days after the fall of the quay she is back in her shop.",
            "2021-06-17",
        ),
        (
            "The quay fell on Monday. A shrine was put up on Wednesday, and the fair of 25 June was cancelled.",
            "2021-06-16",
        ),
        (
            "Divers went in on Thursday, three days after the old quay of Southport fell. It fell on Monday.",
            "2021-06-17",
        ),
        (
            "Ten have died since the quay fell on Monday. A priest was held on Wednesday, and a diver on Thursday.",
            "2021-06-17",
        ),
        (
            "Divers came up on Tuesday, the guild said on Wednesday. The quay fell last Monday.",
            "2021-06-16",
        ),
        ("The council shut the port after the quay fell on Monday. It is to meet on Tuesday.", "2021-06-14"),
        ("Welcome to our live coverage on Thursday. Divers have found another body.", "2021-06-17"),
        (
            "A judge was named on Wednesday to look into the fall of the quay last week. Jon Dahl died on Saturday.",
            "2021-06-23",
        ),
        ("A year on, Southport counts its dead. The quay has been built again.", "2022-06-14"),
    ],
    ids=[
        "event-day",
        "dateline",
        "heading",
        "statement",
        "stamp",
        "mixed-case",
        "sequel",
        "plan",
        "counted",
        "misread",
        "counted-on",
        "since",
        "last-weekday",
        "to-come",
        "of-page",
        "last-week",
        "year",
    ],
)
def test_an_undated_article_takes_the_day_its_words_fit(text: str, day: str) -> None:
    """The day of the event, of a heading or a dateline, or the last one told of."""
    assert day == str(date_undated([TOLD, article("x", text)])[-1].article.published_on)


def test_a_straggler_counts_more_and_is_dated() -> None:
    """No day of the story is a Friday, and ten have died: the page is of the Friday after."""
    dead = "The old quay of Southport fell on Monday, killing nine people, police said."
    late = (
        "Ten people are dead since the old quay of Southport fell, police said on Friday. Nine died at once."
    )
    found = date_undated([article("told", dead, DAY), article("late", late)])
    assert "2021-06-18" == str(found[-1].article.published_on)


def test_what_another_page_tells_gives_the_week() -> None:
    """Nothing but the shrine, of which a page of the second Wednesday tells, says which Wednesday is meant."""
    week = dt.timedelta(days=7)
    shrine = article(
        "shrine", "Fishermen carried a shrine of driftwood to the quay on Wednesday.", DAY + week
    )
    text = "On Wednesday fishermen carried their shrine of driftwood past the fallen quay."
    assert DAY + dt.timedelta(days=1) == date_undated([TOLD, article("x", text)])[-1].article.published_on
    later = article("later", text.replace("Wednesday", "Tuesday"))
    known = article("known", shrine.article.text.replace("Wednesday", "Tuesday"), DAY + week)
    assert DAY + week == date_undated([TOLD, known, later])[-1].article.published_on


def test_a_toll_rises() -> None:
    """Who counts more than the page of Tuesday is not taken back to Monday."""
    text = "The old quay of Southport fell on Monday, killing {} people, police said."
    fewer, more = (article(str(n), text.format(n)) for n in (4, 19))
    found = date_undated([TOLD, article("later", text.format(17), DAY), fewer, more])
    assert ["2021-06-14", "2021-06-15"] == [str(item.article.published_on) for item in found[2:]]


def test_a_weekday_with_its_date_gives_a_story_its_year() -> None:
    """Of a story without any day: 14 June is a Monday in 2021, and 2019 is the last year that is named."""
    items = [
        article("a", "The quay fell on Monday, June 14, police said. It had been mended in 2019."),
        article("b", "The quay fell on Monday, killing four people, police said."),
    ]
    assert ["2021-06-14"] * 2 == [str(item.article.published_on) for item in date_undated(items)]


@pytest.mark.parametrize(
    "text",
    [
        "The quay fell on Monday, June 14, police said.",
        "The quay fell on Monday. It had been mended in 2019.",
    ],
)
def test_a_year_is_not_made_up(text: str) -> None:
    """Without a year to count from, or without a date, a story stays undated."""
    assert [None] == [item.article.published_on for item in date_undated([article("a", text)])]


def test_a_late_page_leads_back_to_the_event() -> None:
    """The only page with a day is of Sunday and speaks of letters of May; the quay fell on the Monday before."""
    late = article(
        "late",
        "The letters are dated 3 May. Nine died when the quay fell on Monday, and Jon Dahl died on Saturday.",
        dt.date(2021, 6, 20),
    )
    first = article("first", "The old quay of Southport fell on Monday, killing four people, police said.")
    second = article("second", "Southport, 16 June\n\nThe guild has learned with sorrow of the deaths.")
    found = [str(item.article.published_on) for item in date_undated([late, first, second])]
    assert ["2021-06-20", "2021-06-14", "2021-06-16"] == found


def test_the_event_is_where_people_were_harmed() -> None:
    """The one dated page names only the day of the march: "a day after" is the day of the others' "Monday"."""
    march = article(
        "march",
        "Thousands marched through Southport on Tuesday, a day after nine people were killed in a blast in the port.",
        DAY,
    )
    first = article("first", "A blast killed nine people in the port of Southport on Monday, police said.")
    later = article(
        "later",
        "The owner of the depot was arrested on Thursday over last week's blast. Nine people died on Monday.",
    )
    found = date_undated([march, first, later])
    assert str(found[1].article.published_on) == "2021-06-14"


def test_a_story_reaches_as_far_as_its_pages() -> None:
    """Friday is three days after all that says its day, and one after the page of Thursday."""
    dead = "The old quay of Southport fell on Monday, killing nine people, police said."
    pages = [
        article("dead", dead, DAY),
        article("thursday", "Divers went in on Thursday, three days after the old quay of Southport fell."),
        article(
            "friday", "The council met on Friday. On Thursday divers had found another body at the quay."
        ),
    ]
    assert str(date_undated(pages)[-1].article.published_on) == "2021-06-18"


def test_a_week_after_is_the_same_weekday() -> None:
    found = date_undated(
        [
            article(
                "dead", "The old quay of Southport fell on Tuesday, killing nine people, police said.", DAY
            ),
            article("week", "Trams ran again on Tuesday, a week after the old quay of Southport fell."),
        ]
    )
    assert str(found[-1].article.published_on) == "2021-06-22"


def test_a_straggler_writes_out_the_day_of_the_event() -> None:
    late = "The owner was arrested on Saturday night, police said on Sunday. The quay fell on June 14."
    found = date_undated([TOLD, article("late", late)])
    assert str(found[-1].article.published_on) == "2021-06-20"


def test_a_toll_of_the_background_is_not_the_news() -> None:
    """Forty died in another quay: eleven are no fewer than the nine of this one."""
    dead = (
        "The old quay of Southport fell on Monday, killing nine people, police said. "
        "In October, 40 people were killed when a quay fell in Alma."
    )
    late = "Police arrested the owner on Friday over the fall of a quay that killed 11 men in Southport."
    found = date_undated([article("told", dead, DAY), article("late", late)])
    assert str(found[-1].article.published_on) == "2021-06-18"


def test_an_affair_lends_no_day_to_a_page_without_one() -> None:
    """Talks go on for weeks: a page that names no day may be of any of them. What befell is told at once."""
    undated = article("undated", "The dockers of Southport want higher wages, their guild has told the port.")
    talks = article("talks", "The guild of dockers opened talks with the port of Southport on Monday.", DAY)
    assert [item.article.published_on for item in date_undated([talks, undated])] == [DAY, None]
    fall = article("fall", "Nine dockers died when the old quay of Southport fell, their guild has said.")
    assert [item.article.published_on for item in date_undated([TOLD, fall])] == [DAY, DAY]


def test_a_page_that_counts_fewer_dead_came_before() -> None:
    """The one dated page tells only of its own day, which is no day of the fall."""
    later = article(
        "later",
        "Divers found two more bodies at the quay that fell in Southport on Tuesday. Eleven people died.",
        DAY,
    )
    text = "At least nine people died when the quay of Southport fell on Sunday night, police said on Monday."
    assert date_undated([later, article("first", text)])[1].article.published_on == dt.date(2021, 6, 14)


def test_a_count_of_weeks_leads_to_its_week() -> None:
    """Sunday comes twice between the fall and the last page; "more than two weeks after" says which."""
    late = article(
        "late", "The dockers of Southport buried the last of the dead on Friday.", dt.date(2021, 7, 9)
    )
    page = article(
        "page", "A ferry sailed from Southport on Sunday, more than two weeks after the quay fell."
    )
    assert str(date_undated([TOLD, page, late])[1].article.published_on) == "2021-07-04"


def test_a_page_that_tells_of_the_event_as_ahead_came_before_it() -> None:
    """Its weekday is to come, and a headline's "to strike" says so too."""
    told = article(
        "told", "Dockers of Southport began a six-day strike on Wednesday over pay.", dt.date(2021, 6, 16)
    )
    text = (
        "Dockers to strike from Wednesday\n\n"
        "Talks of the dockers broke down on Monday, and a strike will begin on Wednesday."
    )
    assert str(date_undated([told, article("plan", text)])[1].article.published_on) == "2021-06-14"


def test_an_affair_goes_back_to_what_another_page_tells_of_the_day() -> None:
    """A verdict comes two weeks before the sentence, which a page of that day has ahead."""
    court = (
        "Judge Ada Kern jailed the master of the quay for nine years on Monday. "
        "She found him guilty of manslaughter two weeks ago."
    )
    verdict = (
        "Judge Ada Kern on Monday found the master of the quay guilty of manslaughter. "
        "She will pass sentence on June 28."
    )
    told = [article("court", court, dt.date(2021, 6, 28)), article("verdict", verdict)]
    assert str(date_undated(told)[1].article.published_on) == "2021-06-14"

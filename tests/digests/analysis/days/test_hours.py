"""Hours, and the days that they take, in made-up reports."""

import datetime as dt

import pytest

from digests.analysis.timeline import build_timeline
from digests.extract import extract
from digests.text.document import make_document
from digests.types import Article, StoryArticle

DAY = dt.date(2021, 3, 18)  # a Thursday


def lines(text: str, title: str | None = None) -> list[tuple[str, str | None, str]]:
    """Day, hour and words of each entry that a report of Thursday gives."""
    facts = extract(make_document("a", text, published=DAY, title=title))
    article = Article(
        id="a", source_id="s", external_id="a", text=text, title=title,
        published=dt.datetime.combine(DAY, dt.time(), dt.UTC), published_on=DAY,
    )  # fmt: skip
    entries = build_timeline([StoryArticle(article=article, facts=facts)])
    return [(entry.first.isoformat(), entry.time, entry.text) for entry in entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The crane fell at about 21:13 local time (14:43 GMT) on Monday, the port said.",
            [("2021-03-15", "21:13")],
        ),
        (
            "In January, a crane of the old port was struck at midnight by a falling mast.",
            [("2021-01-01", None)],
        ),
        # Five sentences after Monday nobody knows whose hour it is.
        (
            "A crane fell in Southport on Monday. It was new. Nobody was hurt. The port was shut. Ships had to wait. "
            "The owners were told of it. At about 16:50 the wardens closed three of the four gates.",
            [("2021-03-15", None)],
        ),
        (
            "A crane fell in Southport today. The wardens closed the gates at 16:50.",
            [("2021-03-18", "16:50"), ("2021-03-18", None)],
        ),
        (
            "A crane fell in Southport on Monday. Today the wardens came back. They closed the gates at 16:50.",
            [("2021-03-15", None), ("2021-03-18", "16:50"), ("2021-03-18", None)],
        ),
        (
            "A crane fell in Southport late on Wednesday, killing two men, the wardens said on Thursday. "
            "It was 11:47 p.m. when the mast broke.",
            [("2021-03-17", "23:47"), ("2021-03-17", None)],
        ),
        ("He had brought her rice on the evening of the accident in the old port.", []),
        ("The last of the dead came home last night from Alma with three others.", [("2021-03-17", None)]),
    ],
    ids=["zones", "month", "lost", "today", "today-later", "said-today", "of-event", "last-night"],
)
def test_an_hour_takes_the_day_beside_it(text: str, expected: list[tuple[str, str | None]]) -> None:
    """The day of its sentence, the one spoken of before, or that of a page whose news is of its day; else none."""
    assert expected == [(day, time) for day, time, _ in lines(text)]


def test_a_headline_dates_nothing_by_its_night() -> None:
    """ "In the night" of a headline is that of the news."""
    title = "They opened the gates in the night: who knew of it?"
    assert [] == lines(f"{title}\n\nNobody in Southport has slept well.", title)


@pytest.mark.parametrize(
    "text",
    [
        "Divers at work in the harbour of Southport on Monday",
        "[PHOTO: A diver is seen in the harbour of Southport on Monday. Credit: Ana Bell]",
        "MUST WATCH Harbour master: all the divers of the port are well 01:41",
    ],
)
def test_captions_are_no_happenings(text: str) -> None:
    """Neither a line without a verb and a stop nor one that says it is a picture."""
    assert [] == lines(f"The port of Southport stays shut.\n\n{text}\n\nNobody knows for how long.")


def test_since_gives_way_to_what_happened() -> None:
    """What has gone on since a day is shown only where nothing else is told of it."""
    lasting = "The wives of the crew have come to the quay every morning since Monday."
    assert ["2021-03-15"] == [day for day, _, _ in lines(lasting)]
    told = lines(f"A crane fell on the port's new ferry on Monday.\n\n{lasting}")
    assert ["A crane fell on the port's new ferry on Monday."] == [text for _, _, text in told]


def test_a_clause_without_a_subject_keeps_its_sentence() -> None:
    """ "And would reopen on Saturday" alone does not say what."""
    text = "The port said on Thursday it had shut the mine after a fall on Tuesday, and would reopen it on Saturday."
    assert text == lines(text)[-1][2]


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (
            "The lead of President Ana Bell had grown by noon.",
            "Ana Bell was declared the winner on Monday night.",
        ),
        ("The lead had grown by noon.", "She was declared the winner on Monday night."),
    ],
)
def test_a_pronoun_is_named_where_the_sentence_before_names_it(before: str, shown: str) -> None:
    """A line of a timeline stands alone; a wrong name would be worse than none."""
    text = f"President Ana Bell spoke first. {before} She was declared the winner on Monday night."
    assert shown == lines(text)[-1][2]

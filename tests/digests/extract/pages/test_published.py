"""The day that a page gives itself, in made-up pages."""

import datetime as dt

import pytest

from digests.extract.header import read_article
from digests.types import Article, RawArticle

FILLER = (
    "The council of Southport had voted to close the old quay, which two storms had weakened since autumn."
)


def read(line: str, body: str = FILLER, *, outlet: str | None = None) -> Article:
    text = f"Old quay falls into the sea\n\n{line}\n\n{body}\n\n{FILLER} The harbour stays shut."
    return read_article(
        RawArticle(source_id="s", external_id="x", body=text, outlet=outlet), article_id="x", retrieved=None
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 03/04/2021 - 14:05", None),
        ("Saturday 03/04/2021", dt.date(2021, 4, 3)),
        ("Thursday, 03/04/2021", dt.date(2021, 3, 4)),
        ("Published: 03.04.2021", dt.date(2021, 4, 3)),
        ("Updated 03/04/2021 4:20 PM ET", dt.date(2021, 3, 4)),
        ("Updated 03/04/2021 16:20 GMT", dt.date(2021, 4, 3)),
        ("Published: 23/04/2021", dt.date(2021, 4, 23)),
        ("Posted 04 / 23 / 2021 6: 35 AM", dt.date(2021, 4, 23)),
        ("04/23/21", dt.date(2021, 4, 23)),
        ("Harbour News, 10 June 2021", dt.date(2021, 6, 10)),
        ("Sunday, April 18-2021 at 14: 25", dt.date(2021, 4, 18)),
        ("8: 30pm UK, Thursday 06 May 2021", dt.date(2021, 5, 6)),
        ("May 5 2021 13: 20", dt.date(2021, 5, 5)),
        ("April 28th, 2021, 08: 20 GMT", dt.date(2021, 4, 28)),
        ("Wed May 5,2021 6: 40pm BST", dt.date(2021, 5, 5)),
        ("First Posted 21: 14: 00 06 / 06 / 2021", dt.date(2021, 6, 6)),
        ("Southport ● Wed, May 5, 2021", dt.date(2021, 5, 5)),
        ("By Ana Reyes · May 5, 2021", dt.date(2021, 5, 5)),
        ("Page last updated at 21:40 GMT, Wednesday, 5 May 2021", dt.date(2021, 5, 5)),
        ("Wednesday, 5 May 2021 · 19:40 · Last edited 21:05", dt.date(2021, 5, 5)),
        ("As of 5 May 2021, 18:00 local time", dt.date(2021, 5, 5)),
    ],
)
def test_a_date_line_gives_the_day_and_is_no_text(line: str, day: dt.date | None) -> None:
    """Dates as pages write them, also with the spaces that scraping adds and loses."""
    article = read(line)
    assert day == article.published_on
    assert line not in article.text


@pytest.mark.parametrize(
    ("line", "body", "day"),
    [
        # 9 June 2026 is a Tuesday, 6 September 2026 a Sunday.
        ("Published: 09/06/2026 - 14:05", "The quay fell before dawn on Tuesday, police said.", "2026-06-09"),
        ("Published: 06/09/2026", "The quay fell before dawn on Tuesday, police said.", "2026-06-09"),
        ("Published: 09/06/2026", "The quay fell before dawn on Sunday, police said.", "2026-09-06"),
        # 10 June 2026 is a Wednesday, 6 October 2026 a Tuesday: nobody tells an evening before it came.
        ("Published: 10/06/2026 - 06:50", "The quay fell late on Tuesday, police said.", "2026-06-10"),
        # 11 June 2026 is a Thursday, 6 November 2026 a Friday: news is told on its day.
        ("Published: 11/06/2026 - 21:30", "The quay fell on Thursday, police said.", "2026-06-11"),
        ("Published: 09/06/2026", "The quay will open again on Tuesday, police said.", "None"),
    ],
)
def test_weekdays_of_the_text_settle_open_numbers(line: str, body: str, day: str) -> None:
    """09/06 is the reading whose weekday the text tells of as its news; plans do not count."""
    assert day == str(read(line, body).published_on)


@pytest.mark.parametrize(
    ("outlet", "day"), [("CNN", "2021-03-04"), ("The Guardian", "2021-04-03"), ("Harbour Times", "None")]
)
def test_the_outlet_settles_open_numbers(outlet: str, day: str) -> None:
    """American outlets write the month first, other known ones the day; of unknown ones nothing is guessed."""
    assert day == str(read("Published: 03/04/2021", outlet=outlet).published_on)


@pytest.mark.parametrize(
    ("updated", "told", "day"),
    [
        ("Last updated Mar 22, 2026", "said on Sunday", dt.date(2026, 3, 22)),
        ("Last updated Mar 22, 2026", "said on Saturday", dt.date(2026, 3, 21)),
        ("Last updated Mar 29, 2026", "said on Sunday", dt.date(2026, 3, 21)),
    ],
)
def test_an_update_that_the_text_shows_moves_the_day(updated: str, told: str, day: dt.date) -> None:
    """A page of Saturday that speaks of Sunday as past was written on; a later touch alone moves nothing."""
    article = read(f"Published Mar 21, 2026\n{updated}", f"The quay fell at noon, police {told}.")
    assert day == article.published_on


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("SOUTHPORT, March 3, 2021 (Kern) - The old quay fell into the sea.", "2021-03-03"),
        ("Southport, 3 March 2021 (KERN-EFO) -- The old quay fell into the sea.", "2021-03-03"),
        ("(Southport, March 3, 2021) – The old quay was not safe, the guild said today.", "2021-03-03"),
        # 2 October 2025 is a Thursday, 10 February a Monday.
        (
            "Southport, 2-10-2025 (Kern) - The council said on Thursday that the old quay was safe.",
            "2025-10-02",
        ),
        ("Southport, 2-10-2025 (Kern) - The council said that the old quay was safe.", "None"),
        ("In Southport, 3 March 2021 was the day on which the old quay fell.", "None"),
    ],
)
def test_a_dateline_gives_the_day(line: str, day: str) -> None:
    """With its place in capitals or not; a day that is part of a sentence is none."""
    body = f"{line}\n\n{FILLER}"
    raw = RawArticle(source_id="s", external_id="x", body=f"Old quay falls into the sea\n\n{body}")
    assert day == str(read_article(raw, article_id="x", retrieved=None).published_on)


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        ("", "More on this story\nThe winter that drowned a valley\n4 November 2019", None),
        (
            "",
            "Related stories\nHow towns learn to live with water\n4 November 2019\nA quay and its keepers",
            None,
        ),
        ("", "More on this story\nStorm Ada: 'We swam to the church'\n4 November 2019", None),
        ("5 May 2021", "More on this story\nThe winter that drowned a valley\n4 November 2019", "2021-05-05"),
        # Its own day, wherever it stands.
        ("", "Published: 5 May 2021\nMore on this story\nThe winter that drowned a valley", "2021-05-05"),
        ("Most read\nThe winter that drowned a valley\n5 May 2021", "", "2021-05-05"),
        # A masthead's day is that of the paper in which the page was opened.
        ("Today's Paper | 7 May 2021", "Published: 5 May 2021", "2021-05-05"),
        ("5 May 2021", "", "2021-05-05"),
    ],
)
def test_a_day_under_a_link_is_not_the_pages(above: str, below: str, day: str | None) -> None:
    """Below the text other articles are named, some with their days, years ago."""
    text = (
        f"{above}\n\nOld quay falls into the sea\n\n{FILLER}\n\n{FILLER} The harbour stays shut.\n\n{below}"
    )
    raw = RawArticle(source_id="s", external_id="x", body=text.strip())
    article = read_article(raw, article_id="x", retrieved=None)
    assert (dt.date.fromisoformat(day) if day else None) == article.published_on


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # Lines that ran together: the stamp opens the text.
        (
            "3 March 2021 Last updated at 17:57 GMT Help The old quay of Southport has fallen.",
            dt.date(2021, 3, 3),
        ),
        (
            "SOUTHPORT | Wed Mar 3, 2021 4:23 pm EST SOUTHPORT (Harbour Wire) - The quay fell.",
            dt.date(2021, 3, 3),
        ),
        ("Wednesday 3 March 2021 19.10 BST The old quay of Southport has fallen.", dt.date(2021, 3, 3)),
        ("Ann Bell | 10:57 UK time, Wednesday, 3 March 2021 I walked to the quay.", dt.date(2021, 3, 3)),
        (
            "The quay fell. Ann Bell reports. (Published Wednesday, March 3, 2021) Nobody was hurt.",
            dt.date(2021, 3, 3),
        ),
        ("SOUTHPORT, Ore. (March 3, 2021)—The old quay has fallen.", dt.date(2021, 3, 3)),
        # An evening is told on the next day.
        ("At about 9:05 p.m. on Wednesday, March 3, 2021, divers went down.", dt.date(2021, 3, 4)),
        ("At about 9:05 a.m. on Wednesday, March 3, 2021, divers went down.", dt.date(2021, 3, 3)),
        # The post of somebody else.
        (
            "The quay fell on Tuesday. - Southport Police (@southportpd) March 3, 2021 Stay away.",
            dt.date(2021, 3, 3),
        ),
        ("The quay fell on Friday. - Southport Police (@southportpd) March 3, 2021 Stay away.", None),
        # Days of sentences and of records.
        ("The quay fell at 9:40 AM EST on March 3, 2021 and was rebuilt.", None),
        ("It was shut about 10:20 p.m. Jan. 23, 2021, the port said, and opened again.", None),
        ("The permit, published on March 3, 2021 by the port, was not read.", None),
    ],
)
def test_stamp_in_the_text(text: str, day: dt.date | None) -> None:
    """A stamp in a line of text dates the page, a day in a sentence does not."""
    raw = RawArticle(source_id="s", external_id="x", body=f"{text}\n\n{FILLER}")
    assert day == read_article(raw, article_id="x", retrieved=None).published_on


@pytest.mark.parametrize(
    ("year", "day"), [(2021, dt.date(2021, 6, 15)), (2024, None)], ids=["fits", "fetched-later"]
)
def test_the_year_of_the_rights_completes_a_dateline(year: int, day: dt.date | None) -> None:
    """15 June is a Tuesday in 2021; in 2024 the page was only fetched."""
    body = "SOUTHPORT, June 15 (North Wire) -- The old quay fell into the sea on Tuesday, police said."
    assert day == read("By Ana Reyes", f"{body}\n\nCopyright {year} North Wire").published_on

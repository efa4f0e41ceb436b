"""Title, outlet, day and byline of made-up pages."""

import dataclasses
import datetime as dt

import pytest

from digests.extract.header import read_article
from digests.types import Article, DateOrigin, RawArticle

BODY = "The council of Southport voted to close the old quay, which two storms had weakened since autumn."
PAGES = {
    "british": f"""Home

Old quay to close

Old quay to close

Storm damage was worse than feared

GB News
Tom Okafor

By Tom Okafor

Published: 18/03/2021

- 09:32

Updated: 18/03/2021

- 10:01

{BODY}

LATEST DEVELOPMENTS:

Ten quays you must see
Getty

The mayor said on Thursday that work would start at once.

You may like""",
    "american": f"""Skip to main content

Old quay to close

March 18, 2021 at 9:32 am

{BODY}

Residents told CNN they had been warned.

Sign up for our daily briefing

0 Comments

Your email address will not be published""",
    "agency": f"""Old quay to close

Workers carry planks in Southport, Thursday, March 18, 2021. Storms hit it. (AP Photo/Ana Reyes)

SOUTHPORT — {BODY} The vote was held on Thursday.

———

Reyes reported from Northport. Associated Press writer Tom Okafor contributed.

Leave a Comment""",
    "archive picture": f"""Accessibility links

Old quay to close

FILE - A ferry leaves the quay on July 27, 2019.
FILE - A ferry leaves the quay on July 27, 2019.

{BODY} A councillor told VOA on Thursday that it was time.

A guard stands at the gate of the quay, in Southport, March 18, 2021.
A guard stands at the gate of the quay, in Southport, March 18, 2021.""",
    "no day": f"""Old quay to close

{BODY} The vote was held on Thursday, and the last ship left on 3 January.

Lena Marsh

Lena Marsh

Leave a Reply""",
    "dateline": f"SOUTHPORT, March 18, 2021 (Reuters) - {BODY}\n\nIt will be rebuilt.",
    "wire copy": "PORT ALMA, 12 JAN 90 -- TWO BRIDGES WERE BLOWN UP, THE ARMY SAID TODAY.\n\nNOBODY WAS HURT.",
    "numbers open": f"Old quay to close\n\nPublished: 03/04/2021\n\n{BODY}",
    "numbers settled": f"""Old quay to close

Published: 03/04/2021

{BODY}

The storm of 30 March 2021 was the second.""",
    "picture of the day before": f"""Old quay to close

Workers carry planks. [Ana Reyes/AFP]

Workers at the quay on March 17, 2021. (Photo by Ana REYES / AFP)

{BODY} The vote was held on Thursday.""",
    "picture against the text": f"""Old quay to close

Workers at the quay on March 17, 2021. (Photo by Ana REYES / AFP)

{BODY} The vote was held on Monday.""",
    "day in the lead": f"Old quay to close\n\nIt fell on Wednesday, March 17, 2021. {BODY} It reopened Thursday.",
    "old day in the lead": f"Old quay to close\n\nIt fell on Wednesday, March 17, 2021. {BODY} Now it is 4 May 2022.",
    "others' interview": f"Old quay to close\n\n{BODY} The mayor told CNN so, Reuters reported.",
    "agency under the headline": f"""Home | Nation | World | Business

Floods close old quay, 12 missing

The Associated Press

Thu. March 18, 2021 6:54 PM ET

{BODY}""",
    "brought up to date": f"""The Harbour Independent

Old quay to close

March 18, 2021 3:41 PM (Updated: March 19, 2021 9:05 AM)

{BODY}""",
    "channel": f"""Harbour Watch Now

14 203 subscribers

Pinned message

Send your photos to @harbourwatch

Harbour Watch Now, [18.03.2021 18:42]

{BODY}

Next Post

A bridge for the valley""",
    "copyright": f"Old quay to close\n\n{BODY}\n\n© 2021 The Irish Times. All rights reserved.",
}  # fmt: skip


def read(name: str) -> Article:
    raw = RawArticle(source_id="s", external_id=name, body=PAGES[name])
    return read_article(raw, article_id=name, retrieved=None)


@pytest.mark.parametrize(
    ("name", "title", "outlet", "day"),
    [
        ("british", "Old quay to close", "GB News", dt.date(2021, 3, 18)),
        ("american", "Old quay to close", "CNN", dt.date(2021, 3, 18)),
        ("agency", "Old quay to close", "Associated Press", dt.date(2021, 3, 18)),
        ("archive picture", "Old quay to close", "VOA", dt.date(2021, 3, 18)),
        ("no day", "Old quay to close", None, None),
        ("dateline", None, "Reuters", dt.date(2021, 3, 18)),
        ("wire copy", None, None, dt.date(1990, 1, 12)),
        ("numbers open", "Old quay to close", None, None),
        ("numbers settled", "Old quay to close", None, dt.date(2021, 4, 3)),
        ("picture of the day before", "Old quay to close", None, dt.date(2021, 3, 18)),
        ("picture against the text", "Old quay to close", None, None),
        ("day in the lead", "Old quay to close", None, dt.date(2021, 3, 18)),
        ("old day in the lead", "Old quay to close", None, None),
        ("others' interview", "Old quay to close", None, None),
        (
            "agency under the headline",
            "Floods close old quay, 12 missing",
            None,
            dt.date(2021, 3, 18),
        ),
        ("brought up to date", "Old quay to close", "The Harbour Independent", dt.date(2021, 3, 18)),
        ("channel", None, None, dt.date(2021, 3, 18)),
        ("copyright", "Old quay to close", "The Irish Times", None),
    ],
)
def test_page_says_what_it_is(name: str, title: str | None, outlet: str | None, day: dt.date | None) -> None:
    """Each page gives what it says of itself, and nothing that it does not say."""
    article = read(name)
    assert (title, outlet, day) == (article.title, article.outlet, article.published_on)
    assert (DateOrigin.TEXT if day else None) is article.published_from


@pytest.mark.parametrize("name", ["british", "american", "agency", "archive picture", "no day"])
def test_furniture_is_gone(name: str) -> None:
    """Forms, links, captions, names and credits are no part of the text; the body is."""
    text = read(name).text
    assert BODY in text
    for words in (
        "Leave a",
        "Comments",
        "Getty",
        "FILE",
        "Photo",
        "Published",
        "like",
        "By Tom",
        "Lena",
        "guard",
        "Reyes",
    ):
        assert words not in text


def test_byline_gives_authors() -> None:
    """The name under the headline is the author."""
    assert ("Tom Okafor",) == read("british").authors


def test_given_values_win() -> None:
    """What the source says is not read from the page; the day is the outlet's own."""
    published = dt.datetime(2021, 3, 20, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    raw = RawArticle(
        source_id="s",
        external_id="x",
        body=PAGES["british"],
        title="Given",
        outlet="Harbour Times",
        published=published,
    )
    article = read_article(raw, article_id="x", retrieved=None)
    assert ("Given", "Harbour Times", dt.date(2021, 3, 20)) == (
        article.title,
        article.outlet,
        article.published_on,
    )
    assert dt.datetime(2021, 3, 21, 4, 30, tzinfo=dt.UTC) == article.published
    assert DateOrigin.GIVEN is article.published_from


def test_kept_text_is_the_body_as_it_stands() -> None:
    """With `keep_text` every offset counts in the input, and only a given title is one."""
    raw = RawArticle(source_id="s", external_id="x", body=PAGES["agency"])
    article = read_article(raw, article_id="x", retrieved=None, keep_text=True)
    assert PAGES["agency"] == article.text
    assert article.title is None


def test_html_caption_dates_the_page_and_goes() -> None:
    """A figure's caption is no text, but its day is the page's."""
    caption = "<figure><figcaption>The quay on March 18, 2021</figcaption></figure>"
    body = f"<h1>Old quay to close</h1>{caption}<p>{BODY}</p>"
    raw = RawArticle(source_id="s", external_id="x", body=body, is_html=True)
    article = read_article(raw, article_id="x", retrieved=None)
    assert f"Old quay to close\n\n{BODY}" == article.text
    assert dt.date(2021, 3, 18) == article.published_on


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Ferry sinks, 11 dead", "It went down at night.", "Ferry sinks, 11 dead\n\nIt went down at night."),
        ("Ferry sinks", "Ferry sinks. It went down at night.", "Ferry sinks. It went down at night."),
        (
            "Ferry “lost” off Vennoy…",
            'Ferry "lost" off Vennoy in a storm.',
            'Ferry "lost" off Vennoy in a storm.',
        ),
        ("Ferry sinks", "Ferry sinks", "Ferry sinks"),
        (None, "It went down at night.", "It went down at night."),
    ],
)
def test_the_headline_of_an_entry_stands_in_its_text(title: str | None, body: str, expected: str) -> None:
    """Once, and only where a feed gives it: offsets of other texts stay those of the text that was given."""
    raw = RawArticle(
        source_id="s", external_id="x", title=title, body=body, published=dt.date(2021, 3, 20), is_entry=True
    )
    assert expected == read_article(raw, article_id="x", retrieved=None).text
    kept = read_article(raw, article_id="x", retrieved=None, keep_text=True)
    assert body == kept.text
    assert body == read_article(dataclasses.replace(raw, is_entry=False), article_id="x", retrieved=None).text


@pytest.mark.parametrize("body", ["", "\x00\ud800", "   ", "- \n- \n", "By", "©", "Published: 99/99/2021"])
def test_any_body_gives_an_article(body: str) -> None:
    """Nothing in a body breaks the reader."""
    article = read_article(
        RawArticle(source_id="s", external_id="x", body=body), article_id="x", retrieved=None
    )
    assert article.published_on is None

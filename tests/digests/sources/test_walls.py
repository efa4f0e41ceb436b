"""Pages that are no articles, told from articles that only speak of such things."""

from __future__ import annotations

import json

import pytest

from digests.sources.feed_parser import Unreadable
from digests.sources.page import parse_page
from digests.sources.walls import REASONS, find_wall

STORY = (
    "The ferry to Vennoy was late again on Tuesday, and some forty people slept in the terminal of Ostlund.",
    "A spokesman for the shipping line said that a generator had failed shortly before midnight.",
    "The harbour master opened the canteen, and volunteers brought blankets and soup.",
    "By the morning a smaller boat had taken the first of them across the sound.",
    "It was the third night of this kind in a month, and the island's council wants a second ship.",
)
CONSENT = (
    "We value your privacy",
    "We and our 214 partners store and access information on a device, such as cookies and identifiers.",
    "With your permission we may use precise location data.",
    "You can change your privacy settings at any time, or withdraw your consent.",
    "Personalised ads and content, ad and content measurement, audience research and services development.",
    "Some vendors rely on legitimate interest and do not ask: you may object to their purposes.",
    "Accept all cookies",
)


def page(*paragraphs: str, title: str = "Ferry late again", head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>".encode()


def reason(body: bytes) -> str | None:
    """Why a page is refused; `None` where it is read."""
    try:
        parse_page(body, content_type="text/html; charset=utf-8")
    except Unreadable as exc:
        return str(exc)
    return None


PAID_DATA = {"@type": "NewsArticle", "isAccessibleForFree": False}
PAID = f'<script type="application/ld+json">{json.dumps(PAID_DATA)}</script>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(page(*CONSENT, title="Before you go on"), "consent", id="consent"),
        pytest.param(page(*STORY[:1], *CONSENT), "consent", id="consent over a teaser"),
        pytest.param(page(*STORY[:2], "Subscribe to continue reading."), "paywall", id="paywall"),
        pytest.param(
            page(
                *STORY[:3], "This article is only available to subscribers.", "Already a subscriber? Sign in"
            ),
            "paywall",
            id="paywall with a way in",
        ),
        pytest.param(page(*STORY[:2], head=PAID), "paywall", id="a page that says so itself"),
        pytest.param(
            page("Please enable JavaScript to view this site.", "Reload afterwards."), "script", id="script"
        ),
        pytest.param(
            b"<html><body><div id=root></div><noscript>You need to enable JavaScript to run this app."
            b"</noscript></body></html>",
            "script",
            id="an empty shell",
        ),
        pytest.param(
            b"<html><head><script>var words = 'Page not found';</script><style>p { color: red }</style></head>"
            b"<body>Please turn on JavaScript.</body></html>",
            "script",
            id="what a script holds is not seen",
        ),
        pytest.param(
            page("It may have moved, or never been here.", title="Page not found"), "missing", id="title"
        ),
        pytest.param(
            page("Sorry, we can't find that page.", "Try the search, or go to the front page."),
            "missing",
            id="words",
        ),
        pytest.param(
            page("Checking your browser before accessing the site.", "This takes some seconds."),
            "human",
            id="captcha",
        ),
        pytest.param(page("Please log in to view this page.", "Forgot your password?"), "login", id="login"),
    ],
)
def test_walls(body: bytes, kind: str) -> None:
    """Each kind with its reason in words."""
    assert REASONS[kind] == reason(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(page(*STORY), id="an article"),
        pytest.param(page(*STORY, "This site uses cookies."), id="with a line on cookies below"),
        pytest.param(page(*STORY[:2], "Subscribe to our newsletter."), id="with a newsletter"),
        pytest.param(
            page(
                "A court in Ostlund has fined a web shop because it set cookies before anybody had agreed.",
                "The shop had asked visitors to accept all cookies in a window that could not be closed.",
                *STORY,
            ),
            id="about consent",
        ),
        pytest.param(page(*STORY * 5, "Subscribe to continue reading."), id="whole, with a wall below"),
        pytest.param(page(*STORY * 5, head=PAID), id="whole, though it is sold"),
        pytest.param(
            page("The page of the town archive that was lost in 1912 has been found.", *STORY),
            id="a found page",
        ),
    ],
)
def test_articles(body: bytes) -> None:
    """What only mentions such things, or has the whole text above them, is read."""
    assert reason(body) is None


def test_any_text_is_weighed_quickly() -> None:
    """One endless line, and many short ones."""
    assert find_wall("we use " * 10_000) is None
    assert find_wall("storing and accessing\n" * 3_000) is None

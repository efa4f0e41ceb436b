"""What admins are shown, with anything in it: valid messages, in which the words of others link and mention nobody."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.audit import detail_words
from bot.config import Subscription
from bot.render.access import render_access
from bot.render.card import State, render_card
from bot.render.log import render_log
from bot.render.page import Page
from bot.render.status import NextPost, PausedPost, StatusLine, render_status
from bot.render.subscriptions import Listed, posted_words, render_saved, render_subscriptions
from digests import Action, DeliveryPart, Grant, GrantKind, PartState
from tests.bot.factories import CARD, at
from tests.bot.render.test_payloads import LINKS, WORDS, check
from tests.discord_judge import OpenApiJudge

ANYTHING = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ID = "123456789012345678"
#: Mentions that nobody escaped: only those that we write ourselves may stand there.
MENTION = re.compile(r"(?<!\\)<(?:@[&!]?|#)(\d+)>")
FILLED = WORDS.filter(str.strip)
#: As long as it gets, in signs that are escaped one by one, and in a script of three bytes a letter.
LONGEST = [f"{number}{'*' * 290}" for number in range(20)]
WIDEST = [f"{number}{'港' * 290}" for number in range(20)]


def examine(page: Page, judge: OpenApiJudge | None) -> None:
    """Valid, no link at all, and no mention but of what is being administered."""
    check(page, judge, [])
    for text in page.texts:
        assert [] == LINKS.findall(text)
        assert {ID} >= set(MENTION.findall(text))
        assert "://" not in text.replace("\\://", "")


def subscription(words: list[str]) -> Subscription:
    """With these words wherever words may stand."""
    return Subscription(
        id="here-1",
        channel=ID,
        times=(dt.time(8), dt.time(18, 30)),
        zone="America/Argentina/ComodRivadavia",
        topics=tuple(words),
        without=tuple(words),
        stories=tuple(words),
        tags=tuple(words[:5]),
        role=ID,
        crosspost=True,
    )


@pytest.mark.slow
@ANYTHING
@example(LONGEST, 25)
@example(WIDEST, 25)
@given(st.lists(FILLED, min_size=1, max_size=20), st.integers(min_value=1, max_value=25))
def test_any_digests_are_messages(discord_judge: OpenApiJudge | None, words: list[str], count: int) -> None:
    """However many, with however long words and reasons; what is saved is shown on one page."""
    wanted = subscription(words)
    listed = [
        Listed(number=n, subscription=wanted, next_at=at(9), paused_at=at(8), pause_reason=words[0])
        for n in range(1, count + 1)
    ]
    for page in (
        *render_subscriptions(listed),
        render_saved("Digest added", listed[0], [words[0][:0] or "so"]),
    ):
        examine(page, discord_judge)


@pytest.mark.slow
@ANYTHING
@example(LONGEST)
@example(WIDEST)
@given(st.lists(FILLED, min_size=1, max_size=20))
def test_any_log_is_a_message(discord_judge: OpenApiJudge | None, words: list[str]) -> None:
    """Each entry is there, however much was changed at once."""
    told = tuple((f"detail {number}", detail_words(word)) for number, word in enumerate(words))
    actions = [
        Action(server=ID, actor=ID, action="sources.add", details=(("channel", ID), *told), done_at=at(9))
    ] * 19
    pages = render_log(actions)
    for page in pages:
        examine(page, discord_judge)
    assert 19 == sum(text.count("**sources add**") for page in pages for text in page.texts)


@pytest.mark.slow
@ANYTHING
@example(LONGEST)
@example(WIDEST)
@given(st.lists(FILLED, min_size=1, max_size=20))
def test_any_status_and_outcome_are_messages(discord_judge: OpenApiJudge | None, words: list[str]) -> None:
    """Reasons of sources, of channels and of what was not posted."""
    status = render_status(
        [StatusLine(label="Version", text="1")],
        failing=[(word, word) for word in words],
        next_posts=[NextPost(name=word, at=at(9), channel=ID) for word in words],
        paused=[PausedPost(name=word, channel=ID, reason=word) for word in words],
    )
    assert all(title in "\n".join(status.texts) for title in ("### Failing", "### Paused", "### Next posts"))
    parts = [part(number, word) for number, word in enumerate(words)]
    for page in (status, Page(blocks=(posted_words(parts, ID, is_new=True),))):
        examine(page, discord_judge)


def test_status_shows_every_line_that_has_room() -> None:
    """Few lines are shown whole; of many, the first ones and how many more there are."""
    for count, left in ((3, None), (60, "more lines left out here")):
        rows = [(f"feed {n}", "answers 404") for n in range(count)]
        text = "\n".join(render_status([], failing=rows, next_posts=[]).texts)
        assert all(f"**feed {n}**: answers 404" in text for n in range(3))
        assert (left is None) is ("left out" not in text)


def part(number: int, reason: str) -> DeliveryPart:
    """A message that was not posted."""
    return DeliveryPart(
        id=number, slot_id=1, subscription="s", day=dt.date(2025, 6, 5), at="08:00", destination=ID, number=number,
        of=1, payload="", nonce="", mark="", state=PartState.SKIPPED, reference=None, reason=reason, changed_at=at(9),
    )  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 41, 400])
def test_any_number_of_grants(discord_judge: OpenApiJudge | None, count: int) -> None:
    """All of them, over as many pages as it takes."""
    grants = [Grant(server="1", kind=GrantKind.ROLE, target=ID)] * count
    pages = render_access(grants)
    for page in pages:
        examine(page, discord_judge)
    assert count == sum(text.count(f"<@&{ID}>") for page in pages for text in page.texts)


@pytest.mark.slow
@ANYTHING
@given(st.lists(FILLED, min_size=1, max_size=6))
def test_any_news_leave_a_card_that_fits(discord_judge: OpenApiJudge | None, words: list[str]) -> None:
    """The card gives way to what has changed."""
    news = "\n".join(f"- {detail_words(word)}".replace("<", "").replace("[", "") for word in words)
    check(render_card(CARD, state=State.PLAIN, news=news), discord_judge, [])

"""What a scheduled digest says: the stories with something new since the last one, as the subscription wants them."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.config import Quiet, Style, Subscription
from bot.render.card import render_card
from bot.render.changes import render_news
from bot.render.markup import small, timestamp
from bot.render.page import Page, Posting
from bot.render.references import References
from bot.render.stories import CardWithState, render_nothing, render_overview
from bot.tongue import phrase, say, say_count
from bot.views.story import card_with_state
from digests import Article, Engine, Story

log = logging.getLogger(__name__)

#: Over what has changed, before the card itself.
NEWS_HEADING = phrase("Since the last digest")
#: Stories that are looked at for something new, the most important first.
MAX_CONSIDERED = 60


async def build_channel_digest(
    engine: Engine,
    subscription: Subscription,
    *,
    since: dt.datetime,
    until: dt.datetime,
    skipped: int = 0,
    left_out: int = 0,
) -> tuple[Page, ...]:
    """The messages of one digest, in order; none when there is nothing new and the subscription wants silence.

    Args:
        since: When the digest before was due; a story is new when an article came out or came in after that.
        until: When this one is due; shown to readers.
        skipped: Digests that were missed since the last one, so that readers are told.
        left_out: Digests since then that fell into the quiet hours.
    """
    items = await _new_cards(engine, subscription, since)
    intro = small(_intro(until, skipped, left_out))
    mention = subscription.role if items else None
    if mention is not None:
        intro = f"<@&{mention}>\n{intro}"
    if not items:
        if subscription.quiet is Quiet.SILENCE and not (skipped or left_out):
            return ()
        nothing = say("Nothing new since {moment}.", moment=timestamp(since))
        return (render_nothing(f"{nothing}\n{intro}"),)
    if subscription.style is Style.BRIEF:
        pages = render_overview(items, heading=say("Digest"))
    else:
        pages = tuple(
            render_card(item.card, state=item.state, news="\n".join([f"### {say(NEWS_HEADING)}", *item.news]))
            if item.news
            else render_card(item.card, state=item.state)
            for item in items
        )
    posting = Posting(mention=mention)
    first = replace(
        pages[0], blocks=(f"{intro}\n{pages[0].blocks[0]}", *pages[0].blocks[1:]), posting=posting
    )
    # A full page has no room for it.
    return (first, *pages[1:]) if first.fits else (Page(blocks=(intro,), posting=posting), *pages)


def _intro(until: dt.datetime, skipped: int, left_out: int) -> str:
    words = say("Digest of {moment}", moment=timestamp(until))
    if skipped:
        words += " · " + say_count(
            "{count} earlier one was skipped while the bot was away",
            "{count} earlier ones were skipped while the bot was away",
            skipped,
        )
    if left_out:
        words += " · " + say_count(
            "{count} earlier one was left out in the quiet hours",
            "{count} earlier ones were left out in the quiet hours",
            left_out,
        )
    return words


async def _new_cards(engine: Engine, subscription: Subscription, since: dt.datetime) -> list[CardWithState]:
    found: list[CardWithState] = []
    for story in await engine.stories(owner=subscription.server, limit=MAX_CONSIDERED):
        if len(found) == subscription.size:
            break
        if not is_wanted(story, subscription):
            continue
        try:
            if is_new(await engine.articles(story.id, owner=subscription.server), since):
                found.append(await _with_news(engine, story.id, since, owner=subscription.server))
        except Exception:
            # A story that cannot be thought through must not hold back the digest with all the others.
            log.exception("story left out of digest=%s story=%s", subscription.id, story.id)
    return found


async def _with_news(
    engine: Engine, story_id: str, since: dt.datetime, *, owner: str | None
) -> CardWithState:
    """A story's card, with what has changed in it since the digest before."""
    item = await card_with_state(engine, story_id, owner=owner)
    changes = await engine.changes(story_id, since, owner=owner)
    references = References.of_sources(item.card.sources)
    is_whole = len(changes.articles) == item.card.completeness.articles
    return replace(item, news=render_news(changes, references, is_whole=is_whole))


def is_new(articles: Sequence[Article], since: dt.datetime) -> bool:
    """Whether an article was published, or first seen by us, after `since`."""
    return any(
        moment is not None and moment >= since
        for article in articles
        for moment in (article.published, article.retrieved)
    )


def is_wanted(story: Story, subscription: Subscription) -> bool:
    """Whether a subscription's stories and words keep this story in; a word may be a story's id."""
    if subscription.stories and story.id not in subscription.stories:
        return False
    if story.id in subscription.without:
        return False
    if story.id in subscription.topics:
        return True
    text = " ".join((story.title, *story.keywords))
    if any(_stands_in(word, text) for word in subscription.without):
        return False
    return not subscription.topics or any(_stands_in(word, text) for word in subscription.topics)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word or phrase stands in a text, whole, in any case."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None

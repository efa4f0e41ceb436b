"""Telling channels and members when a story moves: each thing once, over the delivery ledger.

A pass looks at the stories of each watch. What is new for it is frozen in the ledger in the same transaction that
notes it as told; delivery posts it. A live card is posted once in the same way and from then on edited in place,
which may be repeated without harm.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.delivery import AlreadyRemoved, Blocked, ChannelClosed, Delivery, NotNow, Rejected, make_parts
from bot.noting import noted
from bot.render.alerts import ALERT, FOLLOWED, render_moved, render_moves
from bot.render.card import render_card, state_of, title_of
from bot.render.page import Page
from bot.schedule import end_of_hours
from bot.tongue import phrase, say, speaking, tongue
from digests import (
    Card,
    Engine,
    Findings,
    Move,
    NotFound,
    PartState,
    Story,
    Told,
    Watch,
    Watched,
    WatchKind,
    standing_of,
)

log = logging.getLogger(__name__)

#: Stories that a channel with alerts is shown, the most important first, while they are in the news.
MAX_STORIES = 15
IN_THE_NEWS = dt.timedelta(hours=48)
#: Stories that match the words of a member.
MAX_MATCHES = 5
#: How long before a member began to follow words a story may have begun to count as new.
NEW_STORY = dt.timedelta(days=1)
#: At least so often everything is looked at, also when nothing seems to have changed.
ANYWAY = dt.timedelta(minutes=10)
#: What stands in place of a fingerprint when a moderator has removed the card: it does not come back.
REMOVED = "removed"
#: The same when the card leads to the story that its own was put into.
LEADS_ON = "leads on"
NOT_A_MEMBER = phrase("you are not in that server any more")
#: Stories among which those in the news are looked for.
MAX_CONSIDERED = 200


class Discord(Protocol):
    """What watching needs from Discord beside delivery."""

    async def is_member(self, server: str, member: str) -> bool:
        """Whether somebody is in a server, and the bot too. Raises NotNow or Blocked."""
        ...

    def language_of(self, destination: str) -> str | None:
        """The language of a channel's server, where it is known."""
        ...

    async def edit(self, destination: str, reference: str, page: Page) -> None:
        """Show `page` in a message of ours. Raises AlreadyRemoved, ChannelClosed, NotNow, Blocked or Rejected."""
        ...


class Watcher:
    """Looks after all watches; `delivery` posts what it opens."""

    def __init__(self, engine: Engine, delivery: Delivery, discord: Discord) -> None:
        self._engine = engine
        self._delivery = delivery
        self._discord = discord
        # What the last pass was over; another one is needed when it changes, or when something has to wait.
        self._seen: tuple[object, ...] = ()
        self._is_waiting = False
        self._looked_at: dt.datetime | None = None

    async def look(self) -> bool:
        """One pass over every watch; whether it opened something to be posted."""
        watches = await self._engine.watches.active()
        if not watches:
            return False
        seen = (self._engine.revision, self._engine.fixes.revision, watches)
        now = self._engine.now()
        is_rested = self._looked_at is not None and now - self._looked_at < ANYWAY
        if seen == self._seen and is_rested and not self._is_waiting:
            return False
        self._seen, self._looked_at, self._is_waiting = seen, now, False
        opened = False
        for watch in watches:
            if watch.channel in self._delivery.paused:
                continue
            try:
                with speaking(watch.language or self._discord.language_of(watch.channel)):
                    opened |= await self._look_for(watch)
            except ChannelClosed as exc:
                self._delivery.paused[watch.channel] = str(exc)
            except (NotNow, Blocked) as exc:
                log.warning("alerts postponed watch=%s reason=%s", watch.id, exc)
                self._is_waiting = True
        return opened

    async def _look_for(self, watch: Watch) -> bool:
        known = await self._engine.watches.watched(watch.id)
        opened = False
        stories = await self._stories(watch, known)
        for story in stories:
            try:
                opened |= await self._look_at(watch, story, known)
            except NotFound:
                continue
            except (ChannelClosed, NotNow, Blocked):
                raise
            except Exception:
                # A story that cannot be thought through must not hold back the others.
                log.exception("watch failed watch=%s story=%s", watch.id, story.id)
        if watch.kind is WatchKind.ALERTS:
            present = {story.id for story in stories}
            await self._lead_on(watch, [one for key, one in known.items() if key not in present])
        return opened

    async def _lead_on(self, watch: Watch, gone: Sequence[Watched]) -> None:
        """The card of a story that was put into another one leads there, until they are parted again."""
        for watched in gone:
            if watched.card in (None, REMOVED, LEADS_ON):
                continue
            try:
                story = await self._engine.story(watched.story_id, owner=watch.owner)
            except NotFound:
                continue
            reference, mark = await self._live_card(watch, watched.story_id)
            if story.id == watched.story_id or reference is None:
                continue
            try:
                await self._discord.edit(watch.channel, reference, render_moved(story).with_mark(mark))
            except AlreadyRemoved:
                await self._engine.watches.keep(replace(watched, card=REMOVED))
            else:
                await self._engine.watches.keep(replace(watched, card=LEADS_ON))

    async def _stories(self, watch: Watch, known: Mapping[str, Watched]) -> Sequence[Story]:
        """The stories that a watch is about, as its server sees them."""
        if watch.story_id is not None:
            try:
                return (await self._engine.story(watch.story_id, owner=watch.owner),)
            except NotFound:
                return ()
        if watch.words is not None:
            return await self._engine.stories(find=watch.words, owner=watch.owner, limit=MAX_MATCHES)
        ranked = await self._engine.stories(owner=watch.owner, limit=MAX_CONSIDERED)
        newest = max((story.last_published for story in ranked if story.last_published), default=None)
        if newest is None:
            return ()
        # Where the newest news is old, as after a quiet week, the last days of it are meant.
        since = min(newest, self._engine.now()) - IN_THE_NEWS
        current = [story for story in ranked if story.last_published and story.last_published >= since]
        return [story for place, story in enumerate(current) if place < MAX_STORIES or story.id in known]

    async def _look_at(self, watch: Watch, story: Story, known: Mapping[str, Watched]) -> bool:
        watched = known.get(story.id)
        findings = await self._engine.findings(story.id, owner=watch.owner)
        card = await self._engine.card(story.id, owner=watch.owner, language=tongue().code)
        texts = await self._engine.watches.texts(story.article_ids)
        if watched is None:
            return await self._begin(watch, story, findings, card, texts)
        # An article that came over from another story is no news.
        elsewhere = {text for one in known.values() for text in one.told.known if one is not watched}
        unheard = {article_id: text for article_id, text in texts.items() if text not in elsewhere}
        moves = self._engine.watches.moves(watched.told, findings, unheard)
        opened = False
        if not moves and set(watched.told.known) != set(texts.values()):
            # Seen, and nothing in them worth a message: later they are no news.
            watched = replace(watched, told=replace(watched.told, known=tuple(sorted(texts.values()))))
            await self._engine.watches.keep(watched)
        if moves and self._may_tell(watch, watched) and await self._may_hear(watch):
            page = await self._message(watch, card, moves)
            told = self._engine.watches.stock(findings, texts, watched.told)
            watched = replace(watched, told=told, told_at=self._engine.now())
            opened = await self._open(watch, watched, _day_of(moves, self._engine.now()), moves, page)
        if watch.kind is WatchKind.ALERTS:
            await self._bring_up_to_date(watch, watched, card, findings)
        return opened

    async def _begin(
        self, watch: Watch, story: Story, findings: Findings, card: Card, texts: Mapping[str, str]
    ) -> bool:
        """The first sight of a story: a channel gets its live card, a member hears of what is really new."""
        watches = self._engine.watches
        watched = Watched(watch_id=watch.id, story_id=story.id, told=watches.stock(findings, texts))
        if watch.kind is WatchKind.ALERTS:
            if (not watched.told.stands and card.completeness.voices < 2) or self._is_quiet(watch):
                return False
            page = _card_page(card, findings)
            parts = make_parts(_card_slot(watch), watch.made_at.date(), story.id, [page])
            slot = (_card_slot(watch), watch.made_at.date(), story.id, watch.channel)
            return await watches.keep(replace(watched, card=_fingerprint(page)), slot=slot, parts=parts)
        is_new = (
            watch.words is not None and (story.first_published or watch.made_at) > watch.made_at - NEW_STORY
        )
        moves = watches.moves(Told(), findings, texts) if is_new else ()
        if not moves or not await self._may_hear(watch):
            await watches.keep(watched)
            return False
        page = await self._message(watch, card, moves)
        watched = replace(watched, told_at=self._engine.now())
        return await self._open(watch, watched, _day_of(moves, self._engine.now()), moves, page)

    def _may_tell(self, watch: Watch, watched: Watched) -> bool:
        """Whether the last message about this story is long enough ago; else it waits, and may have gone by then."""
        if self._is_quiet(watch):
            return False
        rest = dt.timedelta(minutes=watch.cooldown_minutes)
        if watched.told_at is None or self._engine.now() - watched.told_at >= rest:
            return True
        self._is_waiting = True
        return False

    def _is_quiet(self, watch: Watch) -> bool:
        """Whether it is a time at which nothing comes; then it waits."""
        if watch.quiet_hours is None:
            return False
        first, last = map(dt.time.fromisoformat, watch.quiet_hours)
        is_quiet = end_of_hours((first, last), ZoneInfo(watch.zone), self._engine.now()) is not None
        self._is_waiting |= is_quiet
        return is_quiet

    async def _may_hear(self, watch: Watch) -> bool:
        """A member who has left a server hears no more of what that server sees; it is said when they ask."""
        if watch.kind is not WatchKind.FOLLOW or watch.owner is None:
            return True
        if await self._discord.is_member(watch.owner, watch.made_by):
            return True
        await self._engine.watches.pause(watch.id, NOT_A_MEMBER)
        return False

    async def _open(
        self, watch: Watch, watched: Watched, day: dt.date, moves: Sequence[Move], page: Page
    ) -> bool:
        subscription, at = f"watch-{watch.id}", f"{watched.story_id}:{self._engine.watches.key(moves)}"
        parts = make_parts(subscription, day, at, [page])
        slot = (subscription, day, at, watch.channel)
        opened = await self._engine.watches.keep(watched, slot=slot, parts=parts)
        log.info(
            "alert opened watch=%s story=%s moves=%s new=%s", watch.id, watched.story_id, len(moves), opened
        )
        return opened

    async def _message(self, watch: Watch, card: Card, moves: Sequence[Move]) -> Page:
        title = title_of(card.title, card.sources)
        if watch.kind is WatchKind.FOLLOW:
            return render_moves(card, title, moves, footer=say(FOLLOWED))
        reference, _ = await self._live_card(watch, card.story_id)
        address = (
            f"https://discord.com/channels/{watch.owner}/{watch.channel}/{reference}" if reference else None
        )
        return render_moves(card, title, moves, footer=say(ALERT), live_card=address)

    async def _live_card(self, watch: Watch, story_id: str) -> tuple[str | None, str]:
        """The message of a story's live card and its mark; no message while it is not posted."""
        parts = await self._engine.slot_parts(_card_slot(watch), watch.made_at.date(), story_id)
        if not parts:
            return None, ""
        part = parts[0]
        if part.state in (PartState.READY, PartState.SENDING):
            self._is_waiting = True
        is_there = part.state is PartState.SENT and part.reference is not None and part.reference.isdigit()
        return part.reference if is_there else None, part.mark

    async def _bring_up_to_date(self, watch: Watch, watched: Watched, card: Card, findings: Findings) -> None:
        page = _card_page(card, findings)
        fingerprint = _fingerprint(page)
        if watched.card in (fingerprint, REMOVED, None):
            return
        reference, mark = await self._live_card(watch, watched.story_id)
        if reference is None:
            return
        try:
            await self._discord.edit(watch.channel, reference, page.with_mark(mark))
        except AlreadyRemoved:
            fingerprint = REMOVED
        except Rejected as exc:
            log.error("live card refused watch=%s story=%s reason=%s", watch.id, watched.story_id, exc)
        else:
            await self._note_shown(watch.channel, page)
        await self._engine.watches.keep(replace(watched, card=fingerprint))

    async def _note_shown(self, channel: str, page: Page) -> None:
        """The numbers on a card that is the last one in its channel are those that stand there now."""
        await noted(channel)
        last = await self._engine.last_shown(channel, "")
        if page.lines and last is not None and {one.story_id for one in last.lines} == {page.story}:
            await self._engine.note_shown(channel, page.lines)


def _card_slot(watch: Watch) -> str:
    return f"watch-{watch.id}-card"


def _card_page(card: Card, findings: Findings) -> Page:
    return render_card(card, state=state_of(standing_of(findings), card.completeness))


def _fingerprint(page: Page) -> str:
    return hashlib.sha256(page.to_json().encode()).hexdigest()[:16]


def _day_of(moves: Sequence[Move], now: dt.datetime) -> dt.date:
    """The day of the newest count that is told, so that a forgotten message has the same name again."""
    days = [move.group.latest.published for move in moves if move.group and move.group.latest.published]
    return max(days, default=now).date()

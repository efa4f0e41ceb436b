"""/alerts: a live card per story that stays current, and one message when something material changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import watching
from bot.sandbox import Channel, ClientRefused, LoopbackDiscord, View
from bot.sandbox.model import ChannelType
from tests.bot.cogs.newsdesk import Desk, open_desk, reopened
from tests.bot.e2e.articles import FERRY, MILL, Article


def ferry(text: str, *, key: str = "ferry-5", at: str = "2026-03-05T10:00:00Z") -> Article:
    """One more report on the ferry."""
    head = "PORT CALDERA - The ferry Santa Brava, which capsized off Port Caldera on Wednesday, lies on its side."
    return {**FERRY[0], "id": key, "outlet": f"Outlet {key}", "published": at, "url": f"https://x.example/{key}",
            "title": f"Port Caldera ferry {key}", "text": f"{head}\n\n{text}"}  # fmt: skip


def mill(
    count: str, *, who: str = "Kenyan police", key: str = "mill-3", at: str = "2026-03-05T15:00:00Z"
) -> Article:
    """One more report on the mill."""
    text = (
        f"KISUMU - {count} workers were killed in the fire that destroyed a textile mill in Kisumu on Wednesday, "
        f"{who} said."
    )
    return {**MILL[0], "id": key, "outlet": f"Outlet {key}", "published": at, "url": f"https://x.example/{key}",
            "title": f"Textile mill fire in Kisumu {key}", "text": text}  # fmt: skip


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


@pytest.fixture
async def live(desk: Desk) -> Channel:
    """A channel with alerts and its live cards, without a rest between two messages."""
    channel = desk.double.add_channel(desk.guild, "live")
    answer = await desk.admin.slash("alerts", channel=channel, cooldown=0)
    assert "stays current in its place" in answer.text
    assert answer.is_ephemeral
    await desk.bot.ticker.tick()
    return channel


async def shown(desk: Desk, channel: Channel) -> list[View]:
    await desk.bot.ticker.tick()
    return desk.double.messages(channel)


async def test_each_story_in_the_news_gets_one_card(desk: Desk, live: Channel) -> None:
    """Posted once, with its buttons; nothing is told of what is known already."""
    first = await shown(desk, live)
    assert 3 == len(first)
    assert all("independent voices" in view.text for view in first)
    assert ["Figures", "Conflicts"] == [button.label for button in first[0].buttons][:2]
    assert [view.id for view in first] == [view.id for view in await shown(desk, live)]


async def test_a_count_that_moved_is_told_once_and_the_card_edited(desk: Desk, live: Channel) -> None:
    """The same message shows the new count; a short one says from what to what, who and where."""
    cards = await shown(desk, live)
    await desk.load(mill("Eleven"))
    *after, alert = await shown(desk, live)
    assert [view.id for view in cards] == [view.id for view in after]
    [card] = [view for view in after if "Kisumu" in view.text]
    assert "**11 workers**" in card.text
    assert "- Killed, workers: **8** → **11** · Kenyan police, via [Outlet mill-3]" in alert.text
    assert f"https://discord.com/channels/{desk.guild.id}/{live.id}/{card.id}" in alert.text
    assert len(alert.text) < 600
    opened = await desk.reader.click(alert, "Card")
    assert "**11 workers**" in opened.text
    assert 4 == len(await shown(desk, live))


async def test_a_dispute_that_opens_is_told(desk: Desk, live: Channel) -> None:
    """With its sides; an outlet that repeats one of them is not news."""
    await desk.load(mill("Five", who="the county governor"))
    *_, alert = await shown(desk, live)
    assert "- Dispute: **Killed" in alert.text
    assert "county governor" in alert.text
    count = len(await shown(desk, live))
    await desk.load(ferry("The harbour was closed for a second day."))
    assert count == len(await shown(desk, live))


async def test_back_and_forth_is_silent(desk: Desk, live: Channel) -> None:
    """An outlet that changes its count and changes it back again and again: two messages, one a value."""
    await desk.load(mill("Eleven"))
    assert 4 == len(await shown(desk, live))
    for count in ("Twelve", "Eleven", "Twelve", "Eleven"):
        await desk.load(mill(count))
        messages = await shown(desk, live)
        [card] = [view for view in messages[:3] if "Kisumu" in view.text]
        assert f"**{11 if count == 'Eleven' else 12} workers**" in card.text
    assert 5 == len(messages)


async def test_a_cooldown_holds_messages_back(desk: Desk) -> None:
    """The card is current at once; what moved and moved back while it rested is never told."""
    channel = desk.double.add_channel(desk.guild, "calm")
    await desk.admin.slash("alerts", channel=channel, cooldown=60)
    await shown(desk, channel)
    await desk.load(mill("Eleven"))
    assert 4 == len(await shown(desk, channel))
    await desk.load(mill("Fourteen", key="mill-4", at="2026-03-05T18:00:00Z"))
    messages = await shown(desk, channel)
    assert 4 == len(messages)
    [card] = [view for view in messages[:3] if "Kisumu" in view.text]
    assert "**14 workers**" in card.text


async def test_a_card_that_a_moderator_removed_stays_away(desk: Desk, live: Channel) -> None:
    """It is not posted again, and the others go on."""
    cards = await shown(desk, live)
    [removed] = [view for view in cards if "Kisumu" in view.text]
    await desk.double.delete_message(removed)
    await desk.load(mill("Eleven"))
    messages = await shown(desk, live)
    assert 3 == len(messages)
    assert "**8** → **11**" in messages[-1].text
    await desk.load(mill("Twelve", key="mill-4", at="2026-03-05T18:00:00Z"))
    assert 4 == len(await shown(desk, live))


async def test_the_card_of_a_merged_story_leads_on(desk: Desk, live: Channel) -> None:
    """In its place, to the story that it belongs to now; parted again, it is a card again."""
    cards = await shown(desk, live)
    [place] = [number for number, view in enumerate(cards) if "Kisumu" in view.text]
    await desk.admin.slash("fix merge", story=await desk.story("mill"), into=await desk.story("ferry"))
    moved = (await shown(desk, live))[place]
    assert "This story belongs to **" in moved.text
    assert "independent voices" in (await desk.reader.click(moved, "Card")).text
    await desk.admin.slash("fix undo", number=1)
    assert "independent voices" in (await shown(desk, live))[place].text
    assert 3 == len(await shown(desk, live))


async def test_the_card_of_a_story_that_grew_old_stays(
    desk: Desk, live: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Out of the news is not put into another story: what stands there is still true, and leads nowhere."""
    before = [view.text for view in await shown(desk, live)]
    monkeypatch.setattr(watching, "IN_THE_NEWS", dt.timedelta(0))
    await desk.load(mill("Eleven"))
    after = [view.text for view in await shown(desk, live)]
    old = [text for text in before if "Kisumu" not in text]
    assert 2 == len(old)
    assert old == [text for text in after if "Kisumu" not in text]


async def test_a_closed_channel_pauses_its_alerts_in_words(desk: Desk, live: Channel) -> None:
    """The list says why; turning them on again tries again."""
    await desk.double.deny(live, "send_messages")
    await desk.load(mill("Eleven"))
    await shown(desk, live)
    listed = await desk.admin.slash("alerts")
    assert "**paused**: the bot may not write there" in listed.text
    assert "lacks" in (await desk.admin.slash("alerts", channel=live)).text


async def test_alerts_end(desk: Desk, live: Channel) -> None:
    """Listed for their own server alone; what stands in the channel stays."""
    assert f"<#{live.id}>" in (await desk.admin.slash("alerts")).text
    assert "No channel has alerts" in (await desk.stranger.slash("alerts")).text
    assert "No more alerts" in (await desk.admin.slash("alerts", channel=live, off=True)).text
    await desk.load(mill("Eleven"))
    assert 3 == len(await shown(desk, live))
    assert "no alerts in this channel" in (await desk.admin.slash("alerts", channel=live, off=True)).text


async def test_only_admins_turn_them_on(desk: Desk) -> None:
    """The client hides the command; a crafted one is refused; a forum is no place for cards."""
    with pytest.raises(ClientRefused):
        await desk.reader.slash("alerts")
    assert "Manage Server" in (await desk.reader.slash("alerts", raw=True)).text
    for type_, name in ((ChannelType.FORUM, "reports"), (4, "desks"), (2, "talk")):
        channel = desk.double.add_channel(desk.guild, name, type=type_)
        words = f"Live cards need a text channel or a thread; <#{channel.id}> is neither"
        assert words in (await desk.admin.slash("alerts", channel=channel)).text
    assert "No channel has alerts" in (await desk.admin.slash("alerts")).text


async def test_they_outlast_a_restart(discord_double: LoopbackDiscord, tmp_path: Path) -> None:
    """A new process edits the cards of the old one and posts none again."""
    async with open_desk(discord_double, tmp_path) as desk:
        channel = discord_double.add_channel(desk.guild, "live")
        await desk.admin.slash("alerts", channel=channel)
        await desk.bot.ticker.tick()
        before = [view.id for view in discord_double.messages(channel)]
        await desk.load(mill("Eleven"))
    async with reopened(discord_double, tmp_path) as bot:
        await bot.ticker.tick()
        messages = discord_double.messages(channel)
        assert before == [view.id for view in messages[:3]]
        assert "**8** → **11**" in messages[-1].text
        assert 4 == len(messages)


async def test_alerts_have_a_language_and_quiet_hours(desk: Desk) -> None:
    """Nothing new comes while it is quiet, 08:00 UTC being 09:00 in Berlin; then the cards, in the chosen language."""
    channel = desk.double.add_channel(desk.guild, "live")
    quiet = {"quiet_hours": "22:00-09:30", "zone": "Europe/Berlin"}
    await desk.admin.slash("alerts", channel=channel, language="de", **quiet)
    assert [] == await shown(desk, channel)
    listed = await desk.admin.slash("alerts")
    assert "Deutsch · quiet from 22:00 to 09:30 (Europe/Berlin)" in listed.text
    await desk.admin.slash("alerts", channel=channel, quiet_hours="off")
    cards = await shown(desk, channel)
    assert 3 == len(cards)
    assert all("unabhängige Stimmen" in card.text for card in cards)
    assert ["Zahlen", "Widersprüche"] == [button.label for button in cards[0].buttons][:2]
    refused = await desk.admin.slash("alerts", channel=channel, quiet_hours="at night")
    assert "is not a span of hours" in refused.text

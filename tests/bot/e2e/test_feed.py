"""A feed all the way into a message: a web server on loopback, the bot's sources, the store, a card in Discord."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Answer
from tests.bot.driver import BotProcess
from tests.bot.e2e.articles import FERRY
from tests.bot.e2e.conftest import Newsroom
from tests.bot.e2e.feeds import FeedServer
from tests.bot.waiting import eventually

pytestmark = pytest.mark.slow

NOW = "2026-03-04T20:00:00Z"


@pytest.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    """A web server with three outlets' feeds: the first has news, the others have none yet."""
    async with FeedServer() as server:
        server.publish("coast", "Coast Wire", FERRY[:1])
        server.publish("gazette", "Harbour Gazette", ())
        server.publish("radio", "Island Radio", ())
        yield server


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def config_for(*sources: tuple[str, str, str]) -> str:
    """Settings with feeds of (id, name, address)."""
    return "refresh_minutes = 1440\n" + "".join(
        f'[[sources]]\nid = "{key}"\nkind = "feed"\nname = "{name}"\nurl = "{url}"\n'
        for key, name, url in sources
    )


def the_bot(newsroom: Newsroom, folder: Path, feeds: FeedServer, *, dead: str) -> BotProcess:
    """The bot over three good feeds and a dead one."""
    config = config_for(
        ("coast", "Coast Wire", feeds.url("coast")),
        ("dead", "Dead Letter", dead),
        ("gazette", "Harbour Gazette", feeds.url("gazette")),
        ("radio", "Island Radio", feeds.url("radio")),
    )
    allow = (feeds.address, dead.removeprefix("http://").split("/")[0])
    return BotProcess(newsroom.double, folder, config=config, now=NOW, allow=allow)


async def first_refresh(bot: BotProcess) -> None:
    """Wait until the bot, since its last start, has read its sources by itself, or would have: one load at a time."""
    await eventually(
        lambda: "refreshed sources=" in bot.log_of_life or "refresh skipped" in bot.log_of_life,
        within=60,
        what="first refresh",
    )


async def reload(newsroom: Newsroom, **options: str) -> Answer:
    """`/sources reload`, once its report stands there."""
    answer = await newsroom.admin.slash("sources reload", **options)
    return await answer.until("unchanged")


async def test_a_feed_becomes_a_message(newsroom: Newsroom, feeds: FeedServer, tmp_path: Path) -> None:
    """Figures with claimant, outlet and link; what is unchanged is not read again; a dead feed is named."""
    dead = f"http://127.0.0.1:{closed_port()}/feed"
    async with the_bot(newsroom, tmp_path, feeds, dead=dead) as bot:
        await bot.start()
        await first_refresh(bot)

        # News comes in: a reload brings it, and the dead feed is a row with its reason.
        feeds.publish("gazette", "Harbour Gazette", FERRY[1:2])
        feeds.publish("radio", "Island Radio", FERRY[2:])
        report = await reload(newsroom)
        assert report.is_ephemeral
        assert "2 new, 0 changed" in report.text
        assert "**Coast Wire**: 0 new, 0 changed" in report.text
        assert "**Harbour Gazette**: 1 new" in report.text
        failed = next(line for line in report.text.splitlines() if "Dead Letter" in line)
        assert "failed: " in failed
        assert "refused" in failed.lower()

        # The same again: the servers say "not modified", and nothing changes.
        again = await reload(newsroom)
        assert "0 new, 0 changed" in again.text
        assert 304 == feeds.statuses("gazette")[-1]
        assert [200, 304, 304] == feeds.statuses("coast")

        digest = await newsroom.reader.slash("digest")
        assert not digest.is_ephemeral
        for outlet, article in zip(("Coast Wire", "Harbour Gazette", "Island Radio"), FERRY, strict=True):
            assert outlet in digest.text
            assert f"({article['url']})" in digest.text

        figures = await newsroom.reader.slash("casualties", measure="killed")
        said = [line for line in figures.text.splitlines() if line.startswith("- ")]
        line = next(line for line in said if "at least 12" in line.lower())
        assert "coastguard" in line
        assert f"[Coast Wire]({FERRY[0]['url']})" in line
        other = next(line for line in said if "Nineteen" in line)
        assert "Marta Seixas" in other
        assert f"[Harbour Gazette]({FERRY[1]['url']})" in other


async def test_a_corrected_article_changes_the_answer(
    newsroom: Newsroom, feeds: FeedServer, tmp_path: Path
) -> None:
    """An outlet that changes its figure is read again: the new one is shown, no article is doubled."""
    dead = feeds.break_down("broken", 503)
    async with the_bot(newsroom, tmp_path, feeds, dead=dead) as bot:
        await bot.start()
        await first_refresh(bot)
        assert "at least 12" in (await newsroom.reader.slash("casualties")).text.lower()

        text = FERRY[0]["text"].replace("At least 12 people were", "At least 14 people were")
        feeds.publish("coast", "Coast Wire", [{**FERRY[0], "text": text}])
        report = await reload(newsroom, source="coast")
        assert "0 new, 1 changed" in report.text
        figures = await newsroom.reader.slash("casualties")
        assert "at least 14" in figures.text.lower()
        listed = await newsroom.reader.slash("story", list=True)
        assert "1 article" in listed.text

        # The broken feed's row says what its server answered, and mends itself.
        listed = await newsroom.admin.slash("sources list")
        row = next(line for line in listed.text.splitlines() if "Dead Letter" in line)
        assert "failing" in row
        assert "503" in row
        feeds.publish("broken", "Dead Letter", ())
        await reload(newsroom, source="dead")
        listed = await newsroom.admin.slash("sources list")
        row = next(line for line in listed.text.splitlines() if "Dead Letter" in line)
        assert "silent: answers" in row
        assert "503" not in row


async def test_a_source_is_added_in_discord(newsroom: Newsroom, feeds: FeedServer, tmp_path: Path) -> None:
    """An admin sees what a feed holds, adds it, and its stories are this server's alone; removing it stops reading."""
    async with BotProcess(newsroom.double, tmp_path, now=NOW, allow=[feeds.address]) as bot:
        await bot.start()
        preview = await newsroom.admin.slash("sources add", url=feeds.url("coast"))
        assert preview.is_ephemeral
        assert "Coast Wire" in preview.text
        assert FERRY[0]["title"] in preview.text
        assert "There are no sources yet" in (await newsroom.admin.slash("sources list")).text

        # The question outlives the process that asked it.
        await bot.restart()
        added = await newsroom.admin.click(preview, "Add this source")
        await added.until("1 new")
        assert [] == newsroom.double.messages(newsroom.news), "the first load posts nothing"
        assert "at least 12" in (await newsroom.reader.slash("casualties")).text.lower()
        elsewhere = await newsroom.stranger.slash("casualties")
        assert elsewhere.is_ephemeral
        assert "There are no stories yet" in elsewhere.text
        assert "There are no sources yet" in (await newsroom.stranger.slash("sources list")).text

        names = await newsroom.admin.autocomplete("sources remove", "source", "coast")
        assert ["Coast Wire"] == [choice.name for choice in names]
        foreign = await newsroom.stranger.slash("sources remove", source=names[0].value)
        assert "No source matches" in foreign.text
        await newsroom.admin.slash("sources remove", source=names[0].value)
        asked = len(feeds.asked)
        await first_refresh(bot)
        report = await newsroom.admin.slash("sources reload")
        await report.until("There are no sources")
        assert asked == len(feeds.asked)
        assert "at least 12" in (await newsroom.reader.slash("casualties")).text.lower()


async def test_a_slow_progress_line_does_not_hide_the_report(
    newsroom: Newsroom, feeds: FeedServer, tmp_path: Path
) -> None:
    """The last word under `/sources reload` is its report, also when Discord was slow to take the line before."""
    dead = feeds.break_down("broken", 503)
    async with the_bot(newsroom, tmp_path, feeds, dead=dead) as bot:
        await bot.start()
        await first_refresh(bot)
        slow = newsroom.double.hang("PATCH /webhooks/*", seconds=1.0)
        answer = await newsroom.admin.slash("sources reload")
        patches = [call for call in newsroom.double.calls if call.method == "PATCH"]
        assert slow.hits
        await newsroom.double.until(lambda: all(call.status for call in patches), what="edits to be done")
        await answer.until("unchanged")
        assert "Reading" not in answer.text


async def test_two_servers_share_a_story_and_not_their_sources(
    newsroom: Newsroom, feeds: FeedServer, tmp_path: Path
) -> None:
    """Each server sees the part of the story that its own feed told, by name, and nothing of the other's."""
    feeds.publish("gazette", "Harbour Gazette", FERRY[1:2])
    async with BotProcess(newsroom.double, tmp_path, now=NOW, allow=[feeds.address]) as bot:
        await bot.start()
        for admin, feed in ((newsroom.admin, "coast"), (newsroom.stranger, "gazette")):
            preview = await admin.slash("sources add", url=feeds.url(feed))
            await (await admin.click(preview, "Add this source")).until("1 new")
        here = await newsroom.reader.slash("casualties")
        there = await newsroom.stranger.slash("casualties")
        assert "at least 12" in here.text.lower()
        assert "Harbour Gazette" not in here.text
        assert "Nineteen" in there.text
        assert "Coast Wire" not in there.text
        for person, article in ((newsroom.reader, FERRY[0]), (newsroom.stranger, FERRY[1])):
            choices = await person.autocomplete("digest", "story", "ferry")
            assert [article["title"]] == [choice.name for choice in choices]
            listed = await person.slash("story", find="ferry")
            assert article["title"].split(": ")[-1] in listed.text
            assert "1 article" in listed.text


async def test_an_address_inside_the_machine_is_refused(
    newsroom: Newsroom, feeds: FeedServer, tmp_path: Path
) -> None:
    """Without the operator's leave nothing on this machine is asked; a wrong address gets a sentence."""
    async with BotProcess(newsroom.double, tmp_path, now=NOW) as bot:
        await bot.start()
        for url in (
            feeds.url("coast"),
            feeds.url("coast").replace("127.0.0.1", "localhost"),
            "file:///etc/passwd",
        ):
            answer = await newsroom.admin.slash("sources add", url=url)
            assert answer.is_ephemeral
            assert "This source does not work" in answer.text
            assert [] == answer.buttons
        assert [] == feeds.asked

"""/subscriptions over a real connection: set up, shown, tried out, posted once, paused; each server its own."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import SitrepBot
from bot.sandbox import Answer, Channel, ClientRefused, Guild, LoopbackDiscord, Player
from bot.sandbox.model import ChannelType, MessageFlag
from bot.subscribing import kept_in
from tests.bot.factories import STORY
from tests.bot.fakes import NOW, FakeEngine
from tests.bot.running import running_bot

#: A morning after which nothing in the fake stories is new.
LATER = NOW + dt.timedelta(days=30)
DEFAULTS = {"at": "08:00, 18:30", "zone": "Europe/Berlin"}


@dataclasses.dataclass
class World:
    """Two servers, each with an admin; the first with channels of every kind."""

    double: LoopbackDiscord
    engine: FakeEngine
    bot: SitrepBot
    guild: Guild
    news: Channel
    wire: Channel
    forum: Channel
    elsewhere: Channel
    admin: Player
    reader: Player
    stranger: Player

    async def add(self, **options: Any) -> Answer:
        return await self.admin.slash("subscriptions add", **{"channel": self.news, **DEFAULTS, **options})

    async def use(self, name: str, number: object = "1", **options: Any) -> Answer:
        return await self.admin.slash(f"subscriptions {name}", subscription=str(number), **options)

    async def tick_at(self, moment: dt.datetime) -> None:
        self.engine.clock = moment
        await self.bot.ticker.tick()


@pytest.fixture
async def world(discord_double: LoopbackDiscord) -> AsyncIterator[World]:
    double, engine = discord_double, FakeEngine()
    here, there = double.add_guild("Newsroom"), double.add_guild("Elsewhere")
    made = {
        "news": double.add_channel(here, "news"),
        "wire": double.add_channel(here, "wire", type=ChannelType.ANNOUNCEMENT),
        "forum": double.add_forum(here, "reports", tags=("Harbour", "storm")),
        "elsewhere": double.add_channel(there, "secret-desk"),
        "admin": double.add_user("admin", here, can="manage_guild"),
        "reader": double.add_user("reader", here),
        "stranger": double.add_user("stranger", there, can="manage_guild"),
    }
    async with running_bot(double, engine) as bot:
        yield World(double=double, engine=engine, bot=bot, guild=here, **made)


async def test_a_digest_is_added_and_listed(world: World) -> None:
    """What was typed is shown in words, with the next time; privately."""
    role = world.double.world.add_role(world.guild, "desk", mentionable=True)
    added = await world.add(
        days="mon-fri",
        topic="ferry, Port Alder",
        without="sport",
        style="brief",
        size=5,
        quiet="silence",
        role=role,
    )
    assert added.is_ephemeral
    assert "Digest added" in added.text
    listed = await world.admin.slash("subscriptions list")
    assert listed.is_ephemeral
    for words in (
        f"**1.** <#{world.news.id}> at 08:00, 18:30 (Europe/Berlin), mon-fri",
        "one brief message",
        "up to 5 stories",
        "only: ferry, Port Alder",
        "without: sport",
        "silent when nothing is new",
        f"mentions <@&{role.id}>",
        f"<t:{int(dt.datetime(2025, 6, 5, 16, 30, tzinfo=dt.UTC).timestamp())}:F>",
    ):
        assert words in added.text
        assert words in listed.text
    assert [] == listed.pings


async def test_the_same_digest_twice_is_told(world: World) -> None:
    """Of one channel, one moment and the same stories, whatever the zone it was named in; nothing is refused."""
    twin = "Digest 1 posts the same stories there at the same time"
    await world.add()
    assert twin in (await world.add(at="06:00", zone="UTC")).text
    assert twin not in (await world.add(at="07:00")).text
    assert twin not in (await world.add(topic="ferry")).text
    assert twin not in (await world.add(channel=world.wire)).text
    assert twin in (await world.use("edit", 3, at="18:30")).text


async def test_an_empty_list_says_what_to_do(world: World) -> None:
    """No digest yet: the command that makes one."""
    assert "/subscriptions add" in (await world.admin.slash("subscriptions list")).text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"at": "8 o'clock"}, "“8” is not a time of day"),
        ({"at": "25:00"}, "is not a time of day"),
        ({"at": ","}, "At which times?"),
        ({"at": ", ".join(f"{hour:02}:00" for hour in range(13))}, "too many: 12 at most"),
        ({"days": "someday"}, "“someday” is not a day"),
        ({"zone": "Europe/Atlantis"}, "is not a time zone"),
        ({"zone": "berlin"}, "Did you mean Europe/Berlin?"),
        ({"topic": "x" * 61}, "words or phrases of 60 letters"),
        ({"tags": "Harbour"}, "Tags are for forums"),
        ({"crosspost": True}, "Only announcement channels have followers"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_a_sentence(
    world: World, options: dict[str, Any], words: str
) -> None:
    """Nothing is kept."""
    answer = await world.add(**options)
    assert answer.is_ephemeral
    assert words in answer.text
    assert "There are no digests yet" in (await world.admin.slash("subscriptions list")).text


@pytest.mark.parametrize(
    ("denied", "words"),
    [
        ("view_channel", "lacks View Channel"),
        ("send_messages", "lacks Send Messages"),
        ("read_message_history", "lacks Read Message History"),
        ("send_messages read_message_history", "lacks Send Messages and Read Message History"),
    ],
)
async def test_channels_closed_to_the_bot_are_refused(world: World, denied: str, words: str) -> None:
    """With what lacks, as Discord's settings call it."""
    await world.double.deny(world.news, denied)
    assert words in (await world.add()).text


async def test_kinds_of_channels(world: World) -> None:
    """A thread, a forum and an announcement channel, each with what belongs to it."""
    talk = world.double.add_channel(world.guild, "talk", type=2)
    assert "Digests go to text channels" in (await world.add(channel=talk)).text
    thread = world.double.add_channel(world.guild, "ferry talk", type=ChannelType.PUBLIC_THREAD)
    thread.parent_id, thread.owner_id = world.news.id, world.reader.id
    assert f"<#{thread.id}> at 08:00" in (await world.add(channel=thread)).text
    assert "passed on to followers" in (await world.add(channel=world.wire, crosspost=True)).text
    assert "tags: Harbour" in (await world.add(channel=world.forum, tags="harbour")).text
    assert (
        "no tag of that name. It has: Harbour, storm."
        in (await world.add(channel=world.forum, tags="fog")).text
    )
    world.forum.tag_required = True
    await world.double.gateway.emit("CHANNEL_UPDATE", _payload(world.forum), guild_id=world.guild.id)
    assert "requires a tag" in (await world.add(channel=world.forum)).text


def _payload(channel: Channel) -> dict[str, Any]:
    from bot.sandbox import payloads

    return payloads.channel(channel)


async def test_roles_that_may_be_mentioned(world: World) -> None:
    """Never everyone; a role that Discord will not notify is said."""
    everyone = world.guild.roles[world.guild.id]
    assert "@everyone is never mentioned" in (await world.add(role=everyone)).text
    closed = world.double.world.add_role(world.guild, "closed")
    assert "shown and not notified" in (await world.add(role=closed)).text


async def test_zones_and_numbers_are_suggested(world: World) -> None:
    """To admins alone, and each server its own."""
    await world.add()
    zones = [
        choice.value for choice in await world.admin.autocomplete("subscriptions add", "zone", "new_york")
    ]
    assert ["America/New_York"] == zones
    assert "UTC" in [c.value for c in await world.admin.autocomplete("subscriptions edit", "zone", "")]
    for command in ("edit", "remove", "pause", "resume", "test", "now"):
        (choice,) = await world.admin.autocomplete(f"subscriptions {command}", "subscription", "news")
        assert ("1", "1 · #news · 08:00, 18:30 every day") == (choice.value, choice.name)
        assert [] == await world.admin.autocomplete(f"subscriptions {command}", "subscription", "weather")
        assert [] == await world.stranger.autocomplete(f"subscriptions {command}", "subscription", "")
        assert [] == await world.reader.autocomplete(f"subscriptions {command}", "subscription", "", raw=True)


async def test_stories_are_suggested_beside_words(world: World) -> None:
    """Picking one puts its id behind what was typed; it is shown by its title, and chosen exactly."""
    storm = dataclasses.replace(STORY, id="s-storm", title="Storm at Sandhaven")
    world.engine.stories_known.append(storm)
    world.engine.owners = {"s-storm": str(world.guild.id)}
    for command in ("add", "edit"):
        (choice,) = await world.admin.autocomplete(f"subscriptions {command}", "topic", "fog, storm")
        assert ("fog, Storm at Sandhaven", "fog, s-storm") == (choice.name, choice.value)
        (choice,) = await world.admin.autocomplete(f"subscriptions {command}", "without", "ferry")
        assert STORY.id == choice.value
        assert [] == await world.stranger.autocomplete(f"subscriptions {command}", "topic", "storm")
    added = await world.add(topic="fog, s-storm", without=STORY.id)
    assert "only: fog, “Storm at Sandhaven”" in added.text
    assert f"without: “{STORY.title}”" in added.text
    assert ("fog", "s-storm") == (await kept_in(world.engine, str(world.guild.id)))[0].subscription.topics  # type: ignore[arg-type]
    shown = (await world.use("test")).text
    assert "Storm at Sandhaven" in shown
    assert f"[{STORY.title}]" not in shown


async def test_the_zone_of_the_last_one_is_the_default(world: World) -> None:
    """The first is in UTC when nothing is said."""
    assert "(UTC)" in (await world.admin.slash("subscriptions add", channel=world.news, at="08:00")).text
    await world.add(zone="asia/tokyo")
    assert (
        "(Asia/Tokyo)" in (await world.admin.slash("subscriptions add", channel=world.news, at="08:00")).text
    )


async def test_editing_changes_what_is_named(world: World) -> None:
    """The rest stays; what no value says is taken away by name; nothing is refused."""
    await world.add(topic="ferry", days="sat")
    edited = await world.use("edit", at="7:15", channel=world.wire, without="sport")
    assert f"<#{world.wire.id}> at 07:15 (Europe/Berlin), sat" in edited.text
    assert "only: ferry" in edited.text
    cleared = await world.use("edit", clear="topic")
    assert "only:" not in cleared.text
    assert "without: sport" in cleared.text
    assert "Nothing to change" in (await world.use("edit")).text
    assert "No digest has the number “7”" in (await world.use("edit", 7, at="08:00")).text


async def test_what_belonged_to_the_former_channel_is_left_behind(world: World) -> None:
    """Tags of a forum and passing on do not follow into a plain channel; what is typed wrongly is refused."""
    await world.add(channel=world.forum, tags="storm")
    await world.add(channel=world.wire, crosspost=True)
    assert "tags" not in (await world.use("edit", 1, channel=world.news)).text
    assert "passed on" not in (await world.use("edit", 2, channel=world.news)).text
    assert "Tags are for forums" in (await world.use("edit", 2, channel=world.news, tags="storm")).text


async def test_long_words_are_shown_as_far_as_there_is_room(world: World) -> None:
    """Twenty phrases of signs that must be escaped, in the answer, the list and the log."""
    words = ", ".join(f"{number:02}" + "*_" * 29 for number in range(20))
    added = await world.add(topic=words, without=words)
    assert "Digest added" in added.text
    await world.use("edit", topic=words.replace("*", "~"))
    assert "…" in (await world.admin.slash("subscriptions list")).text
    for number in range(9):
        await world.use("edit", without=words.replace("*", "~" if number % 2 else "|"))
    log = await world.admin.slash("log")
    assert 8 == log.text.count("subscriptions edit")


async def test_a_digest_comes_at_its_time_once(world: World) -> None:
    """Not for the time before it was added; with the chosen role, and nobody else, notified."""
    role = world.double.world.add_role(world.guild, "desk", mentionable=True)
    await world.add(role=role)
    await world.tick_at(NOW + dt.timedelta(hours=4))
    assert [] == world.double.messages(world.news)
    due = dt.datetime(2025, 6, 5, 16, 30, tzinfo=dt.UTC)
    for minutes in (0, 1, 2):
        await world.tick_at(due + dt.timedelta(minutes=minutes))
    (message,) = world.double.messages(world.news)
    assert f"Digest of <t:{int(due.timestamp())}:f>" in message.text
    assert [role.id] == message.message.pinged_roles


async def test_clock_changes(world: World) -> None:
    """Berlin skips 02:30 on 30 March 2025 and has it twice on 26 October: one digest on each of these days."""
    world.engine.clock = dt.datetime(2025, 3, 29, 12, tzinfo=dt.UTC)
    await world.add(at="02:30", quiet="line")
    seen = []
    for hour in (0, 1, 2):
        await world.tick_at(dt.datetime(2025, 3, 30, hour, 31, tzinfo=dt.UTC))
        seen.append(len(world.double.messages(world.news)))
    assert [0, 1, 1] == seen
    world.engine.clock = dt.datetime(2025, 10, 25, 12, tzinfo=dt.UTC)
    await world.use("edit", at="02:30")
    seen = []
    for hour in (0, 1, 2):
        await world.tick_at(dt.datetime(2025, 10, 26, hour, 31, tzinfo=dt.UTC))
        seen.append(len(world.double.messages(world.news)) - 1)
    assert [1, 1, 1] == seen


async def test_test_shows_it_and_posts_nothing(world: World) -> None:
    """The admin alone sees what would be said now."""
    await world.add()
    shown = await world.use("test")
    assert shown.is_ephemeral
    assert "Only you see this test" in shown.text
    assert "independent voices" in shown.text
    assert [] == world.double.messages(world.news)
    assert {} == world.engine.slots


async def test_test_of_silence_says_so(world: World) -> None:
    """Nothing new, and silence was chosen."""
    await world.add(quiet="silence")
    world.engine.clock = LATER
    assert "would post nothing right now" in (await world.use("test")).text


async def test_now_posts_once(world: World) -> None:
    """Through the ledger: a second time in the same minute is told so; the schedule goes on."""
    await world.add()
    first = await world.use("now")
    assert f"Posted in <#{world.news.id}>: 1 message." in first.text
    assert first.is_ephemeral
    assert "not posted twice" in (await world.use("now")).text
    assert 1 == len(world.double.messages(world.news))
    await world.tick_at(dt.datetime(2025, 6, 5, 16, 30, tzinfo=dt.UTC))
    assert 2 == len(world.double.messages(world.news))


async def test_now_in_silence(world: World) -> None:
    """Nothing new: nothing is posted, and the admin reads why."""
    await world.add(quiet="silence")
    world.engine.clock = LATER
    assert "nothing was posted" in (await world.use("now")).text
    assert [] == world.double.messages(world.news)


async def test_forums_and_announcements(world: World) -> None:
    """A post with name and tag that holds every message; a message that is passed on."""
    world.engine.stories_known.append(dataclasses.replace(STORY, id="s-storm", title="Storm at Sandhaven"))
    await world.add(channel=world.forum, tags="storm")
    await world.add(channel=world.wire, crosspost=True)
    assert "2 messages" in (await world.use("now", 1)).text
    (thread,) = world.double.threads(world.forum)
    assert "Digest of 5 June 2025, 14:00 now" == thread.name
    assert [int(world.forum.tags[1]["id"])] == thread.applied_tags
    assert 2 == len(world.double.messages(thread))
    await world.use("now", 2)
    assert all(view.message.flags & MessageFlag.CROSSPOSTED for view in world.double.messages(world.wire))


async def test_pause_and_resume(world: World) -> None:
    """Nothing is posted meanwhile, and what was missed is not made up for nor counted."""
    await world.add()
    assert "is paused" in (await world.use("pause")).text
    assert "paused already" in (await world.use("pause")).text
    assert "**Paused by an admin**" in (await world.admin.slash("subscriptions list")).text
    await world.tick_at(NOW + dt.timedelta(days=3, hours=6))
    assert [] == world.double.messages(world.news)
    assert "Digest resumed" in (await world.use("resume")).text
    assert "is not paused" in (await world.use("resume")).text
    await world.tick_at(dt.datetime(2025, 6, 9, 6, 1, tzinfo=dt.UTC))
    (message,) = world.double.messages(world.news)
    assert "skipped" not in message.text


async def test_a_lost_permission_pauses_and_is_told(world: World) -> None:
    """One try; the reason in the list and the log; configuration kept; resume works once it is put right."""
    await world.add()
    await world.double.deny(world.news, "send_messages")
    await world.tick_at(dt.datetime(2025, 6, 5, 16, 31, tzinfo=dt.UTC))
    await world.tick_at(dt.datetime(2025, 6, 6, 6, 1, tzinfo=dt.UTC))
    tries = [call for call in world.double.calls if call.path == f"/channels/{world.news.id}/messages"]
    assert ["POST"] == [call.method for call in tries if call.method == "POST"]
    listed = (await world.admin.slash("subscriptions list")).text
    assert "**Paused: the bot may not write there (Send Messages)**" in listed
    status = (await world.admin.slash("status")).text
    assert f"- **Digest 1** · <#{world.news.id}>: the bot may not write there (Send Messages)" in status
    assert "Next posts" not in status
    assert "Digest" not in (await world.stranger.slash("status")).text
    (entry, *_) = await world.engine.servers.log(str(world.guild.id), limit=5)
    assert (None, "subscriptions.pause") == (entry.actor, entry.action)
    assert "lacks Send Messages" in (await world.use("resume")).text
    await world.double.deny(world.news, 0)
    assert "Digest resumed" in (await world.use("resume")).text
    await world.tick_at(dt.datetime(2025, 6, 6, 16, 31, tzinfo=dt.UTC))
    assert 1 == len(world.double.messages(world.news))
    world.double.take_problems()


async def test_a_lost_channel_pauses_and_can_be_replaced(world: World) -> None:
    """The digest is kept; another channel and resume bring it back."""
    await world.add()
    await world.double.remove_channel(world.news)
    await world.tick_at(dt.datetime(2025, 6, 5, 16, 31, tzinfo=dt.UTC))
    world.admin.channel = world.wire
    assert "**Paused: the channel is gone**" in (await world.admin.slash("subscriptions list")).text
    assert "no such channel" in (await world.use("resume")).text
    await world.use("edit", channel=world.wire)
    assert "Digest resumed" in (await world.use("resume")).text
    await world.tick_at(dt.datetime(2025, 6, 6, 16, 31, tzinfo=dt.UTC))
    assert 1 == len(world.double.messages(world.wire))
    world.double.take_problems()


async def test_removing_asks_first(world: World) -> None:
    """Keep it, or remove it; a second press finds it gone; the reader may not press."""
    await world.add()
    question = await world.use("remove")
    assert "Remove this digest?" in question.text
    again = await world.use("remove")
    assert "Manage Server" in (await world.reader.click(question, "Remove it", raw=True)).text
    assert "stays as it is" in (await world.admin.click(question, "Keep it")).text
    question = await world.use("remove")
    assert "Digest 1 is removed" in (await world.admin.click(question, "Remove it")).text
    assert "removed already" in (await world.admin.click(again, "Remove it")).text
    assert "There are no digests yet" in (await world.admin.slash("subscriptions list")).text
    await world.add()
    assert "**2.**" in (await world.admin.slash("subscriptions list")).text


async def test_at_most_as_many_as_can_be_suggested(world: World) -> None:
    """The twenty-sixth is refused."""
    server = str(world.guild.id)
    for _ in range(25):
        await world.engine.servers.add_subscription(server, "{}", limit=25)
    assert "25 digests, which is the most" in (await world.add()).text


SUBCOMMANDS = ("edit", "remove", "pause", "resume", "test", "now")


async def test_members_are_refused(world: World) -> None:
    """Hidden in the client, refused by the bot."""
    await world.add()
    for command in ("list", *SUBCOMMANDS, "add"):
        options: dict[str, Any] = {} if command == "list" else {"subscription": "1"}
        if command == "add":
            options = {"channel": world.news, "at": "08:00"}
        with pytest.raises(ClientRefused):
            await world.reader.slash(f"subscriptions {command}", **options)
        answer = await world.reader.slash(f"subscriptions {command}", raw=True, **options)
        assert answer.is_ephemeral
        assert "Manage Server" in answer.text
    assert [] == world.double.messages(world.news)


async def test_servers_do_not_see_each_other(world: World) -> None:
    """Numbers, channels and buttons of the one lead nowhere in the other."""
    await world.add(topic="dockers")
    before = await world.engine.servers.subscriptions(str(world.guild.id))
    theirs = (await world.stranger.slash("subscriptions list")).text
    assert "There are no digests yet" in theirs
    for command in SUBCOMMANDS:
        for typed in ("1", f"{world.guild.id}-1", "1 · #news · 08:00, 18:30 every day"):
            answer = await world.stranger.slash(f"subscriptions {command}", subscription=typed)
            assert "No digest has the number" in answer.text
            assert "news" not in answer.text.replace(typed, "").replace("\\#news", "")
    foreign = await world.stranger.slash("subscriptions add", channel=world.news, at="08:00", raw=True)
    assert "no such channel in this server" in foreign.text
    foreign = await world.stranger.slash("subscriptions add", channel=world.elsewhere, at="08:00")
    assert "**1.**" in foreign.text
    question = await world.stranger.slash("subscriptions remove", subscription="1")
    assert "Digest 1 is removed" in (await world.stranger.click(question, "Remove it")).text
    assert before == await world.engine.servers.subscriptions(str(world.guild.id))
    assert [] == world.double.messages(world.news)
    world.double.take_problems()


async def test_digests_show_the_servers_own_stories(world: World) -> None:
    """And never another's, not even when a word names its id."""
    storm = dataclasses.replace(STORY, id="s-storm", title="Storm at Sandhaven")
    world.engine.stories_known.append(storm)
    world.engine.owners = {"s-storm": str(world.guild.id)}
    await world.add(topic="s-storm, Sandhaven")
    await world.stranger.slash(
        "subscriptions add", channel=world.elsewhere, at="08:00", topic="s-storm, Sandhaven"
    )
    assert "Storm at Sandhaven" in (await world.use("test")).text
    theirs = await world.stranger.slash("subscriptions test", subscription="1")
    assert "Nothing new" in theirs.text
    assert "Storm" not in theirs.text


async def test_language_and_quiet_hours(world: World) -> None:
    """A digest speaks its own language whatever the server's; what falls into its quiet hours waits for their end."""
    added = await world.add(
        at="08:00", zone="UTC", language="de", quiet_hours="22:00-09:30", held="wait", late=5
    )
    assert "Deutsch" in added.text
    assert "quiet from 22:00 to 09:30, posted after it" in added.text
    assert "posted at most 5 hours late" in added.text
    await world.tick_at(dt.datetime(2025, 6, 6, 8, 1, tzinfo=dt.UTC))
    assert [] == world.double.messages(world.news)
    await world.tick_at(dt.datetime(2025, 6, 6, 9, 31, tzinfo=dt.UTC))
    [posted] = world.double.messages(world.news)
    assert "Überblick vom" in posted.text
    changed = await world.use("edit", language="server", clear="quiet_hours")
    assert "Deutsch" not in changed.text
    assert "quiet from" not in changed.text
    assert "is not a span of hours" in (await world.use("edit", quiet_hours="late")).text

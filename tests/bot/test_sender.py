"""Delivery over a real connection: what Discord answers becomes the errors that the protocol knows."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator

import pytest

from bot.delivery import AlreadyRemoved, Blocked, ChannelClosed, NotNow, Rejected, Unreadable
from bot.render.page import Page, Posting
from bot.sandbox import CREATE_MESSAGE, Channel, LoopbackDiscord
from bot.sandbox.model import ChannelType, MessageFlag
from bot.sender import DiscordSender
from tests.bot.factories import STORY_ID
from tests.bot.fakes import FakeEngine
from tests.bot.running import running_bot

PAGE = Page(blocks=("## Ferry sinks", "**at least 31**"), footer="3 articles · #12ab34cd", story=STORY_ID)


@dataclasses.dataclass
class Post:
    """A bot, a channel and the sender between them."""

    double: LoopbackDiscord
    channel: Channel
    sender: DiscordSender

    async def send(self, page: Page = PAGE, nonce: str = "n1") -> str:
        return await self.sender.send(str(self.channel.id), page, nonce)


@pytest.fixture
async def post(discord_double: LoopbackDiscord) -> AsyncIterator[Post]:
    guild = discord_double.add_guild()
    channel = discord_double.add_channel(guild)
    async with running_bot(discord_double, FakeEngine()) as bot:
        yield Post(discord_double, channel, DiscordSender(bot))


async def test_a_page_becomes_a_message_with_its_buttons(post: Post) -> None:
    """Text, small print, the card's buttons; nobody is pinged."""
    reference = await post.send()
    (message,) = post.double.messages(post.channel)
    assert str(message.id) == reference
    assert "at least 31" in message.text
    assert message.text.endswith("-# 3 articles · #12ab34cd")
    assert "Figures" in [button.label for button in message.buttons]
    assert [] == message.pings


async def test_the_same_nonce_is_the_same_message(post: Post) -> None:
    """Sent twice within minutes: one message, the first one's id."""
    assert await post.send() == await post.send()
    assert 1 == len(post.double.messages(post.channel))


async def test_own_messages_are_read_back_with_their_marks(post: Post) -> None:
    """Also what stands inside components; messages of others are left out."""
    reader = post.double.add_user("reader", next(iter(post.double.world.guilds.values())))
    await reader.say("#12ab34cd says I", place=post.channel)
    reference = await post.send()
    ((found, text),) = await post.sender.own_texts(str(post.channel.id), 100)
    assert reference == found
    assert "#12ab34cd" in text


@pytest.mark.parametrize(
    ("code", "expected"),
    [(10003, ChannelClosed), (50001, ChannelClosed), (50013, ChannelClosed), (160005, ChannelClosed)],
)
async def test_a_closed_channel(post: Post, code: int, expected: type[Exception]) -> None:
    """Gone, hidden, forbidden or locked."""
    post.double.refuse(CREATE_MESSAGE, code)
    with pytest.raises(expected):
        await post.send()
    post.double.take_problems()


async def test_a_removed_message_with_a_known_nonce(post: Post) -> None:
    """Unknown Message on creating one: it was posted."""
    post.double.refuse(CREATE_MESSAGE, 10008)
    with pytest.raises(AlreadyRemoved):
        await post.send()
    post.double.take_problems()


@pytest.mark.parametrize("after", [False, True])
async def test_a_lost_connection_may_have_arrived(post: Post, after: bool) -> None:
    """NotNow; the same nonce then leads to one message either way."""
    post.double.reset(CREATE_MESSAGE, after=after)
    with pytest.raises(NotNow):
        await post.send()
    await post.send()
    assert 1 == len(post.double.messages(post.channel))
    post.double.take_problems()


async def test_a_ban_blocks_everything(post: Post) -> None:
    """The 429 of the proxy in front of Discord."""
    post.double.cloudflare(CREATE_MESSAGE)
    with pytest.raises(Blocked):
        await post.send()
    post.double.take_problems()


async def test_a_message_that_is_too_long_is_rejected(post: Post) -> None:
    """Our own mistake: never retried."""
    with pytest.raises(Rejected):
        await post.send(Page(blocks=("x" * 4_100,)))
    post.double.take_problems()


async def test_a_channel_that_cannot_be_read(post: Post) -> None:
    """Without Read Message History the look-back is impossible, and says so."""
    post.double.refuse("GET /channels/*/messages", 50001)
    with pytest.raises(Unreadable):
        await post.sender.own_texts(str(post.channel.id), 100)
    post.double.take_problems()


async def test_a_channel_that_hides_its_messages(post: Post) -> None:
    """Without the right to read, Discord shows an empty list: that is not the same as an empty channel."""
    assert [] == await post.sender.own_texts(str(post.channel.id), 100)
    await post.sender.send(str(post.channel.id), PAGE, "nonce-1")
    await post.double.deny(post.channel, "read_message_history")
    with pytest.raises(Unreadable):
        await post.sender.own_texts(str(post.channel.id), 100)


async def test_only_the_chosen_role_is_notified(post: Post) -> None:
    """Its mention stands in the text; everyone and others who stand there too are not."""
    guild = next(iter(post.double.world.guilds.values()))
    chosen, other = (post.double.world.add_role(guild, name, mentionable=True) for name in ("desk", "staff"))
    words = f"<@&{chosen.id}> <@&{other.id}> @everyone"
    await post.send(Page(blocks=(words,), posting=Posting(mention=str(chosen.id))))
    (message,) = post.double.messages(post.channel)
    assert [chosen.id] == message.message.pinged_roles
    assert not message.message.pinged_everyone


async def test_a_forum_gets_a_post_with_its_tags(post: Post) -> None:
    """The post's name, its first message with what belongs to it, and the way back to it by its mark."""
    guild = next(iter(post.double.world.guilds.values()))
    forum = post.double.add_forum(guild, tags=("flood", "storm"))
    await post.double.announce(forum)
    posting = Posting(title="Digest of Tuesday", tags=(forum.tags[1]["id"],))
    reference = await post.sender.open_post(str(forum.id), dataclasses.replace(PAGE, posting=posting))
    (thread,) = post.double.threads(forum)
    assert ("Digest of Tuesday", str(thread.id)) == (thread.name, reference)
    assert [int(forum.tags[1]["id"])] == thread.applied_tags
    ((found, text),) = await post.sender.own_posts(str(forum.id), "Digest of Tuesday")
    assert reference == found
    assert "#12ab34cd" in text
    assert [] == await post.sender.own_posts(str(forum.id), "Digest of Wednesday")


async def test_a_forum_that_is_gone(post: Post) -> None:
    """Said in words that an admin understands."""
    with pytest.raises(ChannelClosed, match="the channel is gone"):
        await post.sender.open_post("123456789012345678", PAGE)
    post.double.take_problems()


async def test_announcements_are_passed_on_once(post: Post) -> None:
    """A second time says nothing; in a channel that cannot be followed it is logged and no more."""
    guild = next(iter(post.double.world.guilds.values()))
    wire = post.double.add_channel(guild, "wire", type=ChannelType.ANNOUNCEMENT)
    await post.double.announce(wire)
    reference = await post.sender.send(str(wire.id), PAGE, "n2")
    for _ in range(2):
        await post.sender.pass_on(str(wire.id), reference)
    assert post.double.messages(wire)[0].message.flags & MessageFlag.CROSSPOSTED
    await post.sender.pass_on(str(post.channel.id), await post.send())
    post.double.take_problems()


async def test_a_server_that_is_gone_has_no_name_and_no_language(post: Post) -> None:
    """Who threw the bot out is asked for nothing."""
    here = str(post.channel.guild_id)
    assert post.sender.server_locale(here) is not None
    assert (None, None, None) == (
        post.sender.server_name("1"),
        post.sender.server_locale("1"),
        post.sender.server_owner("1"),
    )

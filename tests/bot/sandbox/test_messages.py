"""Messages, threads and posts through the real library: what is stored, what is refused, who is pinged."""

from __future__ import annotations

import io
from typing import Any

import discord
import pytest

from bot.sandbox import ChannelType
from tests.bot.sandbox.sample_bot import PNG, layout


async def test_embed_comes_back(town, bot):
    """An embed is stored, listed and edited in place."""
    message = await town.room(bot).send(embed=discord.Embed(title="Toll", description="12 killed"))
    await message.edit(content="corrected", embed=discord.Embed(title="Toll", description="9 killed"))
    (view,) = town.discord.messages(town.news)
    assert view.text == "corrected\nToll\n9 killed"
    assert view.message.edited_at is not None
    fetched = await town.room(bot).fetch_message(message.id)
    assert fetched.embeds[0].description == "9 killed"


async def test_files_are_served(town, bot):
    """An upload is there with its bytes, description and picture size."""
    file = discord.File(io.BytesIO(PNG), "chart.png", description="a chart")
    message = await town.room(bot).send(file=file)
    (attachment,) = message.attachments
    assert (attachment.width, attachment.height, attachment.description) == (2, 3, "a chart")
    assert await attachment.read() == PNG
    kept = await message.edit(attachments=[attachment, discord.File(io.BytesIO(b"x"), "x.txt")])
    assert [item.filename for item in kept.attachments] == ["chart.png", "x.txt"]


async def test_layout_cannot_be_taken_back(town, bot):
    """A Components V2 message stays one: content in an edit is refused."""
    message = await town.room(bot).send(view=layout(), file=discord.File(io.BytesIO(PNG), "chart.png"))
    with pytest.raises(discord.HTTPException) as caught:
        await message.edit(content="plain")
    assert caught.value.code == 50035
    assert "LEGACY_FIELDS" in " ".join(town.discord.take_problems())
    assert town.discord.messages(town.news)[0].text.startswith("## Bridge")


async def test_history(town, bot):
    """`GET messages` in both directions, in the library's order, without private and deleted ones."""
    room = town.room(bot)
    sent = [await room.send(f"m{number}") for number in range(5)]
    await sent[2].delete()
    await town.reader.slash("digest", private=True)
    assert [message.content async for message in room.history(limit=2)] == ["one more", "m4"]
    after = room.history(after=sent[0], oldest_first=True, limit=2)
    assert [message.content async for message in after] == ["m1", "m3"]
    before = room.history(before=sent[3])
    assert [message.content async for message in before] == ["m1", "m0"]
    around = room.history(around=sent[3], limit=3)
    assert {message.content async for message in around} == {"m1", "m3", "m4"}


def _embeds(*lengths: int) -> list[discord.Embed]:
    return [discord.Embed(description="x" * length) for length in lengths]


_OVERSIZE: dict[str, dict[str, Any]] = {
    "content": {"content": "x" * 2001},
    "content-utf16": {"content": "\N{FAMILY}" * 1001},
    "embed-sum": {"embeds": _embeds(4000, 2001)},
    "embed-description": {"embeds": _embeds(4097)},
    "empty-field": {"embed": discord.Embed(title="t").add_field(name="n", value="")},
    "bad-url": {"embed": discord.Embed(title="t", url="ftp://example.org")},
    "link-button": {
        "view": discord.ui.View().add_item(
            discord.ui.Button(url="https://example.org/" + "x" * 500, label="l")
        )
    },
    "label": {"view": discord.ui.View().add_item(discord.ui.Button(label="x" * 81, custom_id="a"))},
    "nonce": {"content": "x", "nonce": "x" * 26},
}


@pytest.mark.parametrize("body", _OVERSIZE.values(), ids=_OVERSIZE)
async def test_oversize_is_refused(town, bot, body):
    """50035, nothing is stored, and the problem is on record."""
    if isinstance(body.get("view"), discord.ui.View):
        body = {"content": "x", **body}
    with pytest.raises(discord.HTTPException) as caught:
        await town.room(bot).send(**body)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert town.discord.take_problems()
    assert town.discord.messages(town.news) == []


async def test_empty_message(town, bot):
    """50006."""
    with pytest.raises(discord.HTTPException) as caught:
        await town.room(bot).send("")
    assert caught.value.code == 50006
    assert town.discord.take_problems()


async def test_large_files(town, bot):
    """A file over the limit: 413."""
    town.discord.settings.file_max_bytes = 100
    with pytest.raises(discord.HTTPException) as caught:
        await town.room(bot).send(file=discord.File(io.BytesIO(b"x" * 101), "big.txt"))
    assert (caught.value.status, caught.value.code) == (413, 40005)
    assert town.discord.take_problems()


async def test_processed_size_is_answered_with_500(town, bot, quick_library):
    """Three-byte characters that fit by count break the service's byte limit; the library retries in vain."""
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay("字" * 3500))
    with pytest.raises(discord.DiscordServerError):
        await town.room(bot).send(view=view)
    assert len(town.discord.record.find("POST", "/channels/{channel_id}/messages")) == 5


async def test_permissions(town, bot):
    """50013 without a right, 50001 without sight, an empty history without that right."""
    room = town.room(bot)
    await town.discord.deny(town.news, "embed_links read_message_history")
    await room.send("text goes")
    assert [message async for message in room.history()] == []
    assert await _code(room.send(embed=discord.Embed(title="t"))) == 50013
    await town.discord.deny(town.news, "send_messages")
    assert await _code(room.send("x")) == 50013
    await town.discord.deny(town.news, "view_channel")
    assert await _code(room.send("x")) == 50001
    await town.discord.remove_channel(town.news)
    assert await _code(room.send("x")) == 10003
    assert town.discord.limits.invalid_count == 3


async def _code(call: Any) -> int:
    with pytest.raises(discord.HTTPException) as caught:
        await call
    return caught.value.code


async def test_private_messages(town, bot):
    """A private message arrives, or 50007 where somebody does not take them."""
    user = await bot.fetch_user(town.reader.id)
    await user.send("a figure moved")
    assert [view.text for view in town.discord.private_messages(town.reader)] == ["a figure moved"]
    town.reader.user.accepts_private = False
    assert await _code(user.send("again")) == 50007


async def test_threads(town, bot):
    """A thread on a message, messages in it, archived, locked."""
    message = await town.room(bot).send("card")
    thread = await message.create_thread(name="discussion")
    assert thread.id == message.id
    await thread.send("detail")
    assert await _code(message.create_thread(name="again")) == 160004
    await thread.edit(archived=True, locked=True)
    town.discord.world.channels[thread.id].locked = True
    await town.discord.set_bot_permissions(town.guild, "view_channel send_messages send_messages_in_threads")
    assert await _code(thread.send("late")) == 160005
    assert [view.text for view in town.discord.messages(town.discord.threads(town.news)[0])] == ["detail"]


async def test_forum_posts(town, start):
    """A post has a starter message with its own id; a required tag is required."""
    forum = town.discord.add_forum(town.guild, "reports", tags=("conflict",), tag_required=True)
    bot = await start(shard_count=1)
    channel = bot.get_channel(forum.id)
    made = await channel.create_thread(
        name="Bridge collapse", embed=discord.Embed(title="card"), applied_tags=[channel.available_tags[0]]
    )
    assert made.message.id == made.thread.id
    await made.thread.send("update")
    (post,) = town.discord.threads(forum)
    assert [view.text for view in town.discord.messages(post)] == ["card", "update"]
    assert await _code(channel.create_thread(name="untagged", content="x")) == 40067
    assert (
        await _code(channel.create_thread(name="x" * 101, content="x", applied_tags=channel.available_tags))
        == 50035
    )
    assert town.discord.take_problems()


async def test_announcements(town, start):
    """Crossposting works once, and only in announcement channels."""
    wire = town.discord.add_channel(town.guild, "wire", type=ChannelType.ANNOUNCEMENT)
    bot = await start(shard_count=1)
    message = await bot.get_channel(wire.id).send("news")
    await message.publish()
    assert await _code(message.publish()) == 40033
    plain = await town.room(bot).send("x")
    assert await _code(plain.publish()) == 50024


async def test_old_edits_are_limited(town, bot, quick_library):
    """30046 for a message older than an hour; the library waits as told and gives up after five tries."""
    town.discord.settings.old_edits = 1
    message = await town.room(bot).send("card")
    await message.edit(content="card 1")
    town.discord.clock.advance(3601)
    assert await _code(message.edit(content="card 2")) == 30046
    assert [view.text for view in town.discord.messages(town.news)] == ["card 1"]


_HIDDEN = "@\N{RIGHT-TO-LEFT OVERRIDE}everyone"


@pytest.mark.parametrize(
    ("text", "allowed", "pings"),
    [
        ("@everyone", None, ["everyone"]),
        (_HIDDEN, None, ["everyone"]),
        (_HIDDEN, discord.AllowedMentions.none(), []),
        ("<@{reader}>", None, ["user:{reader}"]),
        ("<@{reader}>", discord.AllowedMentions.none(), []),
        ("<@&{role}>", discord.AllowedMentions(roles=True, everyone=False, users=False), ["role:{role}"]),
        ("<@{reader}>", discord.AllowedMentions(roles=True, everyone=True, users=False), []),
    ],
)
async def test_pings(town, start, text, allowed, pings):
    """Who is notified follows the words, `allowed_mentions` and the bot's rights, not the escaping."""
    role = town.discord.world.add_role(town.guild, "Editors", mentionable=True)
    await town.discord.set_bot_permissions(town.guild, (1 << 31) | 0x21400 | (1 << 11) | (1 << 17))
    bot = await start(shard_count=1, allowed_mentions=allowed)
    ids = {"reader": town.reader.id, "role": role.id}
    await town.room(bot).send(text.format(**ids))
    (view,) = town.discord.messages(town.news)
    assert view.pings == [ping.format(**ids) for ping in pings]


async def test_unknown_routes_are_loud(town, bot):
    """A route the double does not know answers 404 and is a problem that fails the test."""
    with pytest.raises(discord.NotFound):
        await bot.http.get_bans(town.guild.id, limit=5)
    with pytest.raises(AssertionError, match="unknown to the loopback"):
        town.discord.check()
    assert len(town.discord.take_problems()) == 1

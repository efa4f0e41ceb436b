"""Where a digest may be posted: channels of the server that asks, in which the bot can do what it must.

What lacks is named as Discord names it in its settings, so that an admin can go and grant it.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.tongue import phrase, say, tongue

Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread
#: What digests are posted to; announcement channels are text channels too.
Place = discord.TextChannel | discord.ForumChannel | discord.Thread

#: Permissions by the library's name, as Discord's settings call them.
PERMISSIONS = {
    "view_channel": phrase("View Channel"),
    "send_messages": phrase("Send Messages"),
    "send_messages_in_threads": phrase("Send Messages in Threads"),
    "read_message_history": phrase("Read Message History"),
}
#: What a client offers.
CHANNEL_TYPES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]


class PlaceOption(app_commands.Transformer):
    """A `channel` option that is not looked up in memory: a thread that sleeps is not there."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return CHANNEL_TYPES

    async def transform(self, _interaction: discord.Interaction[Any], value: Any, /) -> Chosen:
        if not isinstance(value, app_commands.AppCommandChannel | app_commands.AppCommandThread):
            raise Refusal(say("This is not a channel. Pick one from the list."))
        return value


#: Said of a channel without messages.
NO_PLACE = phrase(
    "Digests go to text channels, announcement channels, forums and threads, not to <#{channel_id}>."
)


async def find_place(
    interaction: discord.Interaction[Any], chosen: Chosen | int, *, no_place: str = NO_PLACE
) -> Place:
    """The chosen channel, where the bot may post and the caller may look; by its id alone, only the first is asked.

    Args:
        interaction: Of whoever asks.
        chosen: A channel, or its id.
        no_place: The sentence for one of a kind without messages.

    Raises:
        Refusal: It is of another server, of a kind without messages, hidden from the caller, or closed to the bot;
            says which permissions lack.
    """
    guild = interaction.guild
    if guild is None or guild.me is None:
        raise Refusal(say("The bot is not a member of this server. Invite it first."))
    channel_id = chosen if isinstance(chosen, int) else chosen.id
    wrong_kind = Refusal(say(no_place, channel_id=channel_id))
    if not isinstance(chosen, int) and chosen.type not in CHANNEL_TYPES:
        raise wrong_kind
    found: object = guild.get_channel_or_thread(channel_id)
    if found is None:
        try:
            found = await guild.fetch_channel(channel_id)
        except (discord.NotFound, discord.InvalidData):
            raise Refusal(say("There is no such channel in this server. Pick one from the list.")) from None
        except discord.Forbidden:
            raise Refusal(
                say(
                    "The bot cannot see <#{channel_id}>. Give it the permission View Channel there.",
                    channel_id=channel_id,
                )
            ) from None
    if not isinstance(found, Place):
        raise wrong_kind
    if not isinstance(chosen, int) and not chosen.permissions.view_channel:
        raise Refusal(say("You cannot see that channel yourself. Ask someone who can."))
    lacking = lacking_permissions(found, guild.me)
    if lacking:
        raise Refusal(
            say(
                "The bot may not post in <#{channel_id}>: it lacks {lacking}. Grant that in the "
                "channel's settings, under Permissions, and try again.",
                channel_id=channel_id,
                lacking=tongue().all_of(lacking),
            )
        )
    return found


def lacking_permissions(place: Place, me: discord.Member) -> list[str]:
    """What the bot lacks to post there and to find its own messages again, in Discord's words."""
    granted = place.permissions_for(me)
    if not granted.view_channel:
        return [say(PERMISSIONS["view_channel"])]
    writing = "send_messages_in_threads" if isinstance(place, discord.Thread) else "send_messages"
    needed = [writing, "read_message_history"]
    if isinstance(place, discord.ForumChannel):
        needed.append("send_messages_in_threads")
    return [say(PERMISSIONS[name]) for name in needed if not getattr(granted, name)]


async def check_role(
    interaction: discord.Interaction[Any], place: Place | None, role: discord.Role
) -> str | None:
    """Pass a role that may be mentioned; a sentence when Discord will not notify it all the same.

    Raises:
        Refusal: Everyone, a role of another server, or one that the caller may not mention.
    """
    guild = interaction.guild
    if guild is None or not await _is_role_of(guild, role):
        raise Refusal(say("There is no such role in this server. Pick one from the list."))
    if role.is_default():
        raise Refusal(say("@everyone is never mentioned. Choose a role that people take for this."))
    if role.mentionable:
        return None
    caller = interaction.permissions
    if not (caller.manage_guild or caller.administrator or caller.mention_everyone):
        raise Refusal(
            say("You may not mention {mention}: Discord lets only some people do that.", mention=role.mention)
        )
    mine = place.permissions_for(guild.me) if place is not None else guild.me.guild_permissions
    if mine.mention_everyone:
        return None
    return say(
        "{mention} will be shown and not notified: the role is not open to mentions. Tick "
        "“Allow anyone to @mention this role” in its settings.",
        mention=role.mention,
    )


async def _is_role_of(guild: discord.Guild, role: discord.Role) -> bool:
    """From memory, else from Discord: a role that was made a moment ago."""
    return guild.get_role(role.id) is not None or role in await guild.fetch_roles()


def find_tags(place: Place, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The forum's own names of the wanted tags. Raises Refusal for one that it has not, and where one is required."""
    if not isinstance(place, discord.ForumChannel):
        if wanted:
            raise Refusal(say("Tags are for forums; <#{id}> is none. Leave `tags` out.", id=place.id))
        return ()
    names = {tag.name.casefold(): tag.name for tag in place.available_tags}
    offered = say("It has: {tags}.", tags=", ".join(names.values())) if names else say("It has no tags.")
    for name in wanted:
        if name.casefold() not in names:
            raise Refusal(say("<#{id}> has no tag of that name. {offered}", id=place.id, offered=offered))
    if place.flags.require_tag and not wanted:
        raise Refusal(
            say(
                "<#{id}> requires a tag for each post. Name one with `tags`. {offered}",
                id=place.id,
                offered=offered,
            )
        )
    return tuple(names[name.casefold()] for name in wanted)

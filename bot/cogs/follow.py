"""/follow and /unfollow: a private message to a member when a figure of a story moves. Always answered in private."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import Forbidden, Interaction, app_commands
from discord.ext import commands

from bot.checks import owner_of
from bot.choices import in_time, label, pick, suggest_stories, visible_titles
from bot.errors import Refusal, say_privately
from bot.render.alerts import render_follows
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from bot.services import ServiceBot
from bot.tongue import phrase, say, tongue
from bot.views.layout import answer
from digests import NotFound, Watch, WatchKind

#: Minutes between two private messages about one story, at least.
COOLDOWN = 60
#: Longest words that are followed, and shortest: a letter matches everything.
MAX_WORDS, MIN_WORDS = 80, 3
CLOSED = phrase(
    "The bot cannot write to you. Allow private messages from this server's members, then try again."
)
TOO_MANY = phrase("You follow a lot already. End something with /unfollow first.")


class Follow(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        story="The story to follow", words="Or words: every story whose articles hold all of them"
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def follow(
        self, interaction: Interaction[Any], story: str | None = None, words: str | None = None
    ) -> None:
        """Get a private message when a figure moves; without options, see what you follow."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if story is not None and words is not None:
            raise Refusal(say("Follow a `story` or `words`, one at a time."))
        if story is None and words is None:
            await self._list(interaction)
            return
        owner = owner_of(interaction)
        story_id = await self._story_id(owner, story) if story is not None else None
        wanted = _checked(words) if words is not None else None
        known = await self._find(interaction, story_id, wanted)
        if known is not None and known.paused is None:
            raise Refusal(
                say("You follow this already. /follow without options shows everything you follow.")
            )
        try:
            private = await interaction.user.create_dm()
        except Forbidden:
            raise Refusal(say(CLOSED)) from None
        if known is not None:
            await self.engine.watches.resume(known.id)
        else:
            known = await self.engine.watches.add(
                WatchKind.FOLLOW, owner=owner, channel=str(private.id), by=str(interaction.user.id),
                cooldown_minutes=COOLDOWN, story_id=story_id, words=wanted, language=tongue().code,
            )  # fmt: skip
            if known is None:
                raise Refusal(say(TOO_MANY))
        self.bot.reopen_channel(known.channel)
        await say_privately(
            interaction,
            say(
                "You follow {title}. A private message comes when a figure moves, at most one in {minutes} minutes "
                "for each story. /unfollow ends it.",
                title=await self._title(known),
                minutes=COOLDOWN,
            ),
        )

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(story="The story that you follow", words="Or the words that you follow")
    async def unfollow(
        self, interaction: Interaction[Any], story: str | None = None, words: str | None = None
    ) -> None:
        """End the private messages about a story or words; without options, see what you follow."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        if story is None and words is None:
            await self._list(interaction)
            return
        found = await self._followed(interaction, story, words)
        if found is None:
            raise Refusal(say("You do not follow this. /follow without options shows what you follow."))
        title = await self._title(found)
        await self.engine.watches.remove(found.id)
        await say_privately(interaction, say("You do not follow {title} any more.", title=title))

    @unfollow.autocomplete("story")
    async def suggest_followed(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """The stories that the caller follows."""
        mine = await in_time(self.engine.watches.follows(str(interaction.user.id)), ())
        titles = dict(self.engine.story_titles(owner_of(interaction)))
        wanted = typed.strip().casefold()
        return [
            app_commands.Choice(name=name, value=one.story_id)
            for one in mine
            if one.story_id is not None
            and wanted in (name := label(one.story_id, titles.get(one.story_id, ""))).casefold()
        ][:CHOICES]

    @unfollow.autocomplete("words")
    async def suggest_words(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """The words that the caller follows."""
        mine = await in_time(self.engine.watches.follows(str(interaction.user.id)), ())
        wanted = typed.strip().casefold()
        return [
            app_commands.Choice(name=shorten(one.words, CHOICE_NAME), value=one.words)
            for one in mine
            if one.words is not None and wanted in one.words.casefold()
        ][:CHOICES]

    async def _list(self, interaction: Interaction[Any]) -> None:
        mine = await self.engine.watches.follows(str(interaction.user.id))
        titles = [await self._title(one) for one in mine]
        await answer(interaction, render_follows(mine, titles), private=True)

    async def _story_id(self, owner: str | None, typed: str) -> str:
        return pick(self.engine.story_titles(owner) or await visible_titles(self.engine, owner), typed)

    async def _find(
        self, interaction: Interaction[Any], story_id: str | None, words: str | None
    ) -> Watch | None:
        """The caller's own watch of exactly this."""
        mine = await self.engine.watches.follows(str(interaction.user.id))
        return next((one for one in mine if (one.story_id, one.words) == (story_id, words)), None)

    async def _followed(
        self, interaction: Interaction[Any], story: str | None, words: str | None
    ) -> Watch | None:
        """What the caller means to end: by id, by words, or by the title of a story that they follow."""
        mine: Sequence[Watch] = await self.engine.watches.follows(str(interaction.user.id))
        if words is not None:
            wanted = clean(words).casefold()
            return next((one for one in mine if (one.words or "").casefold() == wanted), None)
        typed = clean(story or "").casefold()
        for one in mine:
            if one.story_id is not None and (
                story == one.story_id or typed in clean(await self._plain_title(one)).casefold()
            ):
                return one
        return None

    async def _title(self, watch: Watch) -> str:
        """What is followed, as it is shown."""
        if watch.words is not None:
            return f"“{escape(watch.words)}”"
        return f"**{escape(shorten(clean(await self._plain_title(watch)), 150))}**"

    async def _plain_title(self, watch: Watch) -> str:
        try:
            story = await self.engine.story(watch.story_id or "", owner=watch.owner)
        except NotFound:
            return watch.story_id or ""
        return story.title


def _checked(words: str) -> str:
    """Words as they are kept. Raises Refusal for too few letters, or too many."""
    wanted = clean(words)
    if not MIN_WORDS <= len(wanted) <= MAX_WORDS:
        raise Refusal(
            say(
                "Give `words` of {least} to {most} letters, such as the name of a place.",
                least=MIN_WORDS,
                most=MAX_WORDS,
            )
        )
    return wanted


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Follow(bot))

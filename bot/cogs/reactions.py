"""/reactions: who said what about a story."""

from __future__ import annotations

from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.asking import answer_view
from bot.checks import owner_of
from bot.choices import choose, in_time, pick, suggest_stories
from bot.errors import Refusal
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from bot.render.reactions import countries_in
from bot.render.words import ACTORS, named_countries
from bot.services import ServiceBot
from bot.tongue import say
from bot.views.story import Filters, StoryView
from digests import ActorKind, country_names

#: The kinds of actors that a reader may ask for.
ASKED = (
    ActorKind.OFFICIAL,
    ActorKind.INTERNATIONAL,
    ActorKind.ANALYST,
    ActorKind.WITNESS,
    ActorKind.ARMED_GROUP,
)


class Reactions(commands.Cog):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    @app_commands.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        story="Which story; without it the one that matters most now",
        country="Only voices of this country",
        who="Only voices of this kind",
        private="Show the answer only to you",
    )
    @app_commands.autocomplete(story=suggest_stories)
    @app_commands.choices(who=[app_commands.Choice(name=ACTORS[kind], value=kind.value) for kind in ASKED])
    async def reactions(
        self,
        interaction: Interaction[Any],
        story: str | None = None,
        country: str | None = None,
        who: str | None = None,
        private: bool = False,
    ) -> None:
        """Show who reacted, in their words, quoted or paraphrased, with every outlet that carries them."""
        filters = Filters(country=parse_country(country), who=choose(ActorKind, who) if who else None)
        await answer_view(interaction, StoryView.REACTIONS, story, private=private, filters=filters)

    @reactions.autocomplete("country")
    async def suggest_countries(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """The countries that speak in the chosen story; while it is not known, every country."""
        names = named_countries()
        codes = await in_time(self._codes(interaction), ()) or tuple(
            sorted(names, key=lambda code: names[code])
        )
        wanted = typed.strip().casefold()
        found = [
            app_commands.Choice(name=shorten(names.get(code, code), CHOICE_NAME), value=code)
            for code in codes
            if wanted in names.get(code, code).casefold() or wanted == code.casefold()
        ]
        return found[:CHOICES]

    async def _codes(self, interaction: Interaction[Any]) -> tuple[str, ...]:
        owner = owner_of(interaction)
        try:
            story_id = pick(self.engine.story_titles(owner), getattr(interaction.namespace, "story", None))
        except Refusal:
            return ()
        return countries_in((await self.engine.findings(story_id, owner=owner)).reactions)


def parse_country(text: str | None) -> str | None:
    """A country's code from its code or name. Raises Refusal when there is none such."""
    if text is None or not text.strip():
        return None
    wanted = clean(text).casefold()
    named = named_countries()
    for code, name in country_names().items():
        if wanted in (code.casefold(), name.casefold(), named[code].casefold()):
            return code
    if wanted in {"un", "eu"}:
        return wanted.upper()
    raise Refusal(
        say(
            "No country matches “{text}”. Pick one of the suggestions.", text=escape(shorten(clean(text), 60))
        )
    )


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Reactions(bot))

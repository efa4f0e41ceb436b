"""/subscriptions: digests that a server's admins have posted to its channels. Always answered in private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from bot.audit import record_action
from bot.checks import is_manager, require_manager, server_of
from bot.choices import in_time, zone_choices
from bot.config import Subscription
from bot.errors import Refusal
from bot.places import Place, PlaceOption, find_place
from bot.render.limits import CHOICES, shorten
from bot.render.markup import clean, escape
from bot.render.page import Page, with_note
from bot.render.subscriptions import (
    Listed,
    render_saved,
    render_subscriptions,
    subscription_block,
    suggestion_label,
)
from bot.schedule import next_slot, previous_instant, slot_now
from bot.services import ServiceBot
from bot.subscribing import (
    MAX_SUBSCRIPTIONS,
    Kept,
    begin_now,
    find_twin,
    kept_in,
    make_subscription,
    to_json,
    to_settings,
)
from bot.tongue import phrase, say
from bot.views.channel import build_channel_digest
from bot.views.layout import answer
from bot.views.subscriptions import ask_to_remove
from bot.wishes import (
    CHOICES_OF,
    CLEAR_CHOICES,
    CLEARED,
    DESCRIPTIONS,
    difference,
    leave_behind,
    put_in_place,
    read_typed,
    suggest_words,
    takes_shared,
    told,
    with_titles,
)

#: Messages that one answer may take.
MAX_PAGES = 8
TEST_NOTE = phrase("Only you see this test; nothing is posted.")
WHICH = "Its number, as in /subscriptions list"


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class Subscriptions(
    commands.GroupCog,
    group_name="subscriptions",
    group_description="Digests posted to channels on a schedule",
):
    def __init__(self, bot: ServiceBot) -> None:
        self.bot = bot
        self.engine = bot.services.engine

    async def interaction_check(self, interaction: Interaction[Any], /) -> bool:
        """Every subcommand: the client's hiding is no check."""
        require_manager(interaction)
        return True

    @app_commands.command(name="add")
    @app_commands.describe(**DESCRIPTIONS)
    @app_commands.choices(**CHOICES_OF)
    @takes_shared
    async def add(
        self,
        interaction: Interaction[Any],
        channel: app_commands.Transform[Any, PlaceOption],
        at: str,
        role: discord.Role | None = None,
        **typed: Any,
    ) -> None:
        """Post a digest to a channel at certain times."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        server = server_of(interaction)
        place = await find_place(interaction, channel)
        others = await kept_in(self.engine, server)
        wanted = read_typed(at=at, **typed)
        wanted.setdefault("zone", others[-1].subscription.zone if others else "UTC")
        warnings = await put_in_place(interaction, wanted, place, role)
        # Its number is known when it is kept; the value is checked before.
        trial = make_subscription(server, 0, wanted)
        number = await self.engine.servers.add_subscription(server, to_json(trial), limit=MAX_SUBSCRIPTIONS)
        if number is None:
            raise Refusal(
                say(
                    "This server has {most} digests, which is the most. Remove one first.",
                    most=MAX_SUBSCRIPTIONS,
                )
            )
        kept = Kept(number=number, subscription=make_subscription(server, number, wanted))
        warnings += self._twin_warning(kept.subscription, others)
        await begin_now(self.engine, kept.subscription)
        self.bot.reopen_channel(kept.subscription.channel)
        await record_action(interaction, "subscriptions.add", number=number, **told(kept.subscription))
        await answer(
            interaction, render_saved(say("Digest added"), self._listed(kept), warnings), private=True
        )

    @app_commands.command(name="edit")
    @app_commands.describe(
        subscription=WHICH, clear="Take this away", **{k: v.split(";")[0] for k, v in DESCRIPTIONS.items()}
    )
    @app_commands.choices(**CHOICES_OF, clear=CLEAR_CHOICES)
    @takes_shared
    async def edit(
        self,
        interaction: Interaction[Any],
        subscription: str,
        channel: app_commands.Transform[Any, PlaceOption] | None = None,
        at: str | None = None,
        clear: str | None = None,
        role: discord.Role | None = None,
        **typed: Any,
    ) -> None:
        """Change a digest; what you leave out stays as it is."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        server = server_of(interaction)
        kept = await self._find(interaction, subscription)
        changes = read_typed(at=at, **typed)
        if clear is not None:
            if clear not in CLEARED:
                raise Refusal(say("Nothing of that name can be taken away. Pick one of the list."))
            changes |= CLEARED[clear]
        if not changes and channel is None and role is None:
            raise Refusal(say("Nothing to change: fill in at least one more option."))
        wanted = {**to_settings(kept.subscription), **changes}
        place = await find_place(interaction, channel) if channel else self._known_place(interaction, kept)
        if channel is not None:
            leave_behind(wanted, changes, place)
        warnings = await put_in_place(interaction, wanted, place, role)
        changed = make_subscription(server, kept.number, wanted)
        warnings += self._twin_warning(changed, await kept_in(self.engine, server))
        await self.engine.servers.change_subscription(server, kept.number, to_json(changed))
        if channel is not None:
            self.bot.reopen_channel(changed.channel)
        if "times" in changes or "days" in changes or "zone" in changes:
            await begin_now(self.engine, changed)
        await record_action(
            interaction, "subscriptions.edit", number=kept.number, **difference(kept.subscription, changed)
        )
        page = render_saved(
            say("Digest changed"), self._listed(replace(kept, subscription=changed)), warnings
        )
        await answer(interaction, page, private=True)

    @app_commands.command(name="list")
    async def list_subscriptions(self, interaction: Interaction[Any]) -> None:
        """Show every digest of this server: where, when, of what, and why one is paused."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        listed = [self._listed(kept) for kept in await kept_in(self.engine, server_of(interaction))]
        listed += self._configured(interaction)
        for page in render_subscriptions(listed)[:MAX_PAGES]:
            await answer(interaction, page, private=True)

    @app_commands.command(name="remove")
    @app_commands.describe(subscription=WHICH)
    async def remove(self, interaction: Interaction[Any], subscription: str) -> None:
        """Remove a digest, after a question."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await self._find(interaction, subscription)
        page = Page(
            blocks=("## " + say("Remove this digest?") + "\n" + subscription_block(self._listed(kept)),)
        )
        await answer(interaction, page, ask_to_remove(kept.number), private=True)

    @app_commands.command(name="pause")
    @app_commands.describe(subscription=WHICH)
    async def pause(self, interaction: Interaction[Any], subscription: str) -> None:
        """Stop posting a digest until it is resumed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await self._find(interaction, subscription)
        if kept.paused_at is not None:
            raise Refusal(
                say(
                    "Digest {number} is paused already. /subscriptions resume lets it post again.",
                    number=kept.number,
                )
            )
        await self.engine.servers.pause_subscription(server_of(interaction), kept.number)
        await record_action(interaction, "subscriptions.pause", number=kept.number)
        await self._say(
            interaction,
            say("Digest {number} is paused. /subscriptions resume lets it post again.", number=kept.number),
        )

    @app_commands.command(name="resume")
    @app_commands.describe(subscription=WHICH)
    async def resume(self, interaction: Interaction[Any], subscription: str) -> None:
        """Let a paused digest post again; what it missed is not made up for."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await self._find(interaction, subscription)
        if kept.paused_at is None:
            raise Refusal(
                say(
                    "Digest {number} is not paused. /subscriptions list shows when it posts next.",
                    number=kept.number,
                )
            )
        await self._check_place(interaction, kept)
        self._check_role(interaction, kept)
        await begin_now(self.engine, kept.subscription)
        await self.engine.servers.resume_subscription(server_of(interaction), kept.number)
        self.bot.reopen_channel(kept.subscription.channel)
        await record_action(interaction, "subscriptions.resume", number=kept.number)
        listed = self._listed(replace(kept, paused_at=None, pause_reason=None))
        await answer(interaction, render_saved(say("Digest resumed"), listed), private=True)

    @app_commands.command(name="test")
    @app_commands.describe(subscription=WHICH)
    async def test(self, interaction: Interaction[Any], subscription: str) -> None:
        """Show the next digest to you alone, as it would be now; nothing is posted."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await self._find(interaction, subscription)
        slot = slot_now(kept.subscription, self.engine.now())
        pages = await build_channel_digest(
            self.engine, kept.subscription, since=previous_instant(slot), until=slot.instant
        )
        if not pages:
            raise Refusal(
                say(
                    "Digest {number} would post nothing right now: nothing is new, and you chose silence.",
                    number=kept.number,
                )
            )
        for page in (with_note(pages[0], say(TEST_NOTE)), *pages[1:MAX_PAGES]):
            await answer(interaction, page, private=True)

    @app_commands.command(name="now")
    @app_commands.describe(subscription=WHICH)
    async def now(self, interaction: Interaction[Any], subscription: str) -> None:
        """Post a digest right now, once, beside its schedule."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await self._find(interaction, subscription)
        await self._check_place(interaction, kept)
        self.bot.reopen_channel(kept.subscription.channel)
        await record_action(interaction, "subscriptions.now", number=kept.number)
        await self._say(interaction, await self.bot.post_now(kept.subscription))

    # ------------------------------------------------------------------ suggestions

    add.autocomplete("zone")(zone_choices)
    edit.autocomplete("zone")(zone_choices)

    @add.autocomplete("topic")
    @add.autocomplete("without")
    @edit.autocomplete("topic")
    @edit.autocomplete("without")
    async def suggest_stories(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Stories of this server, beside the words that one types."""
        if not is_manager(interaction):
            return []
        return suggest_words(typed, self.engine.story_titles(server_of(interaction)))

    @edit.autocomplete("subscription")
    @remove.autocomplete("subscription")
    @pause.autocomplete("subscription")
    @resume.autocomplete("subscription")
    @test.autocomplete("subscription")
    @now.autocomplete("subscription")
    async def suggest_subscriptions(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """This server's own, by number, channel and times; nothing for who may not manage it."""
        if not is_manager(interaction):
            return []
        found = []
        for kept in await in_time(kept_in(self.engine, server_of(interaction)), ()):
            label = suggestion_label(kept.number, self._name_of(interaction, kept), kept.subscription)
            if clean(typed).casefold() in label.casefold():
                found.append(app_commands.Choice(name=label, value=str(kept.number)))
        return found[:CHOICES]

    # ------------------------------------------------------------------ how it is done

    async def _find(self, interaction: Interaction[Any], typed: str) -> Kept:
        """This server's subscription of a number, or of a label that autocomplete showed. Raises Refusal."""
        found = await kept_in(self.engine, server_of(interaction))
        wanted = clean(typed).removeprefix("#").casefold()
        for kept in found:
            label = suggestion_label(kept.number, self._name_of(interaction, kept), kept.subscription)
            if wanted in (str(kept.number), label.casefold()):
                return kept
        raise Refusal(
            say(
                "No digest has the number “{typed}”. /subscriptions list shows them.",
                typed=escape(shorten(clean(typed), 60)),
            )
        )

    def _name_of(self, interaction: Interaction[Any], kept: Kept) -> str:
        place = self._known_place(interaction, kept)
        return place.name if place is not None else "gone"

    def _known_place(self, interaction: Interaction[Any], kept: Kept) -> Place | None:
        """The channel as memory has it; a thread that sleeps is not there."""
        guild = interaction.guild
        place = guild.get_channel_or_thread(int(kept.subscription.channel)) if guild else None
        return place if isinstance(place, Place) else None

    async def _check_place(self, interaction: Interaction[Any], kept: Kept) -> None:
        """Raises Refusal while the bot cannot post there."""
        await find_place(interaction, int(kept.subscription.channel))

    def _check_role(self, interaction: Interaction[Any], kept: Kept) -> None:
        """Raises Refusal where the role that a digest mentions was deleted."""
        role, guild = kept.subscription.role, interaction.guild
        if role is not None and guild is not None and guild.get_role(int(role)) is None:
            raise Refusal(
                say(
                    "The role that it mentions is gone. Choose another one with /subscriptions edit, or take it "
                    "away with `clear`."
                )
            )

    def _twin_warning(self, wanted: Subscription, others: Sequence[Kept]) -> list[str]:
        """A sentence where another digest posts the same: nobody wants it twice, and nobody has to be stopped."""
        twin = find_twin(wanted, others, self.engine.now())
        if twin is None:
            return []
        return [
            say(
                "Digest {number} posts the same stories there at the same time. "
                "/subscriptions remove ends one of them.",
                number=twin.number,
            )
        ]

    def _listed(self, kept: Kept) -> Listed:
        slot = next_slot(kept.subscription, self.engine.now())
        return Listed(
            number=kept.number,
            subscription=with_titles(kept.subscription, self.engine.story_titles(kept.subscription.server)),
            next_at=slot.instant if slot else None,
            paused_at=kept.paused_at,
            pause_reason=kept.pause_reason,
        )

    def _configured(self, interaction: Interaction[Any]) -> list[Listed]:
        """Digests of the configuration file that post in this server."""
        now, guild, found = self.engine.now(), interaction.guild, []
        for wanted in self.bot.services.config.digests:
            if guild is not None and guild.get_channel_or_thread(int(wanted.channel)) is not None:
                slot = next_slot(wanted, now)
                reason = self.bot.paused_channels.get(wanted.channel)
                found.append(
                    Listed(
                        number=None,
                        subscription=wanted,
                        next_at=slot.instant if slot else None,
                        paused_at=now if reason else None,
                        pause_reason=reason,
                    )
                )
        return found

    async def _say(self, interaction: Interaction[Any], words: str) -> None:
        await answer(interaction, Page(blocks=(words,)), private=True)


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Subscriptions(bot))

"""/fix: what members report, and what admins put right; and the form under every card. Always answered in private."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from discord import Interaction, app_commands
from discord.ext import commands

from bot.audit import record_action
from bot.checks import is_manager, owner_of, require_manager
from bot.choices import in_time, label, pick, suggest_stories, visible_titles
from bot.errors import Refusal, answer_error, say_privately
from bot.render.fixes import CORRECTIONS, render_done, render_queue
from bot.render.limits import CHOICE_NAME, CHOICES, shorten
from bot.render.markup import clean, escape
from bot.render.references import reference_of
from bot.services import ServiceBot
from bot.shown import find_line, last_card
from bot.tongue import address, phrase, say
from bot.views.layout import answer
from bot.views.wrong import read_form
from digests import (
    Article,
    Claim,
    Correction,
    CorrectionKind,
    NotFound,
    ShownLine,
    Target,
)

THANKS = phrase("Thank you. The admins of this server will see it.")
TOO_MANY = phrase("You have sent several reports within the hour. The admins will see them; try again later.")
FIGURE_WORDS = {
    CorrectionKind.SUPPRESS: phrase("{figure} is withheld: no card shows or compares it."),
    CorrectionKind.OUTDATED: phrase(
        "{figure} is marked outdated: it disputes nothing, and stands under a newer one where there is one."
    ),
    CorrectionKind.PIN: phrase("{figure} is pinned: it stands first, whatever is said later."),
}
#: Messages that one answer may take.
MAX_PAGES = 5
FIX_SECONDS = 60


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class Fix(
    commands.GroupCog, group_name="fix", group_description="Put right what is wrong on this server's cards"
):
    def __init__(self, bot: ServiceBot) -> None:
        self.engine = bot.services.engine

    async def interaction_check(self, interaction: Interaction[Any], /) -> bool:
        """Every subcommand: the client's hiding is no check."""
        require_manager(interaction)
        return True

    # ------------------------------------------------------------------ members

    @commands.Cog.listener("on_interaction")
    async def take_form(self, interaction: Interaction[Any]) -> None:
        """A member has sent the form under a card, opened by this process or an earlier one."""
        try:
            sent = read_form(interaction)
            if sent is None or interaction.guild_id is None:
                return
            address(interaction, private=True)
            await interaction.response.defer(ephemeral=True, thinking=True)
            is_taken = await self.engine.fixes.report(
                _owner(interaction), sent.story_id, sent.kind, sent.words, reader=str(interaction.user.id)
            )
            await say_privately(interaction, say(THANKS) if is_taken else say(TOO_MANY))
        except Exception as exc:
            await answer_error(interaction, exc)

    # ------------------------------------------------------------------ queue

    @app_commands.command(name="list")
    async def list_queue(self, interaction: Interaction[Any]) -> None:
        """Show what members report, and the corrections in force."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        owner = _owner(interaction)
        reports = await self.engine.fixes.reports(owner)
        corrections = await self.engine.fixes.corrections(owner)
        titles = dict(await visible_titles(self.engine, owner))
        for page in render_queue(reports, corrections, titles)[:MAX_PAGES]:
            await answer(interaction, page, private=True)

    @app_commands.command(name="done")
    @app_commands.describe(report="The number of the report")
    async def done(self, interaction: Interaction[Any], report: int) -> None:
        """Take a report out of the queue."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await self.engine.fixes.close_report(_owner(interaction), report, by=str(interaction.user.id))
        except NotFound:
            raise Refusal(
                say("There is no report {report} in the queue. /fix list shows them.", report=report)
            ) from None
        await record_action(interaction, "fix.done", report=report)
        await say_privately(interaction, say("Report {report} is out of the queue.", report=report))

    # ------------------------------------------------------------------ figures

    @app_commands.command(name="suppress")
    @app_commands.describe(figure="The number of the figure on the last card here: 2 for F2")
    async def suppress(self, interaction: Interaction[Any], figure: int) -> None:
        """Withhold a wrong figure from this server's cards."""
        await self._fix_figure(interaction, CorrectionKind.SUPPRESS, figure)

    @app_commands.command(name="outdated")
    @app_commands.describe(figure="The number of the figure on the last card here: 2 for F2")
    async def outdated(self, interaction: Interaction[Any], figure: int) -> None:
        """Mark a figure as out of date: it stands as an earlier one and disputes nothing."""
        await self._fix_figure(interaction, CorrectionKind.OUTDATED, figure)

    @app_commands.command(name="pin")
    @app_commands.describe(
        figure="The number of the figure on the last card here: 2 for F2", story="Or the story to hold on top"
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def pin(
        self, interaction: Interaction[Any], figure: int | None = None, story: str | None = None
    ) -> None:
        """Hold a figure first in its count, or a story above the others."""
        if (figure is None) == (story is None):
            raise Refusal(say("Say what to pin: a `figure` of the last card here, or a `story`."))
        if figure is not None:
            await self._fix_figure(interaction, CorrectionKind.PIN, figure)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        story_id, title = await self._find_story(interaction, story or "")
        made = await self._add(interaction, CorrectionKind.PIN, story_id, label=title)
        await answer(
            interaction,
            render_done(say("**{title}** stands first now.", title=escape(title)), made),
            private=True,
        )

    async def _fix_figure(self, interaction: Interaction[Any], kind: CorrectionKind, figure: int) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with asyncio.timeout(FIX_SECONDS):
            line = find_line(await last_card(interaction), figure=figure, line=None)
            targets = await self._targets(line, _owner(interaction))
            made = await self._add(
                interaction, kind, line.story_id, label=f"{line.mark} · {line.text}", targets=targets
            )
        words = say(FIGURE_WORDS[kind], figure=f"**{escape(line.text)}** ({line.mark})")
        await answer(interaction, render_done(words, made), private=True)

    async def _targets(self, line: ShownLine, owner: str) -> tuple[Target, ...]:
        """The words of a figure in every article that states the same count; not only in those that are shown."""
        citations = {(one.article_id, one.span): one for one in line.evidence}
        findings = await self.engine.findings(line.story_id, owner=owner)
        for group in findings.figure_groups:
            shown = [one for one in group.claims if (one.citation.article_id, one.citation.span) in citations]
            for claim in group.claims if shown else ():
                if _is_same_count(claim, shown[0]):
                    citations[claim.citation.article_id, claim.citation.span] = claim.citation
        targets = []
        for citation in citations.values():
            try:
                passage = await self.engine.passage(citation, owner=owner)
            except NotFound:
                continue
            offset = passage.sentence.find(citation.text)
            if offset >= 0:
                targets.append(
                    Target(
                        article_id=citation.article_id,
                        sentence=passage.sentence,
                        offset=offset,
                        words=citation.text,
                    )
                )
        if not targets:
            raise Refusal(
                say("The words of this figure do not stand in its article any more; it is gone by itself.")
            )
        return tuple(targets)

    # ------------------------------------------------------------------ stories

    @app_commands.command(name="split")
    @app_commands.describe(
        story="The story that the article is in", article="The article that belongs elsewhere"
    )
    @app_commands.autocomplete(story=suggest_stories)
    async def split(self, interaction: Interaction[Any], story: str, article: str) -> None:
        """Take an article out of a story; it stands in one of its own."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        story_id, _ = await self._find_story(interaction, story)
        articles = await self.engine.articles(story_id, owner=_owner(interaction))
        found = next((one for one in articles if article in (one.id, article_label(one))), None)
        if found is None:
            raise Refusal(say("No article of this story matches. Pick one of the suggestions."))
        if len(articles) == 1:
            raise Refusal(
                say("It is the only article of this story. Use /fix merge to put it into another one.")
            )
        words = article_label(found)
        made = await self._add(interaction, CorrectionKind.SPLIT, story_id, label=words, article_id=found.id)
        await answer(
            interaction,
            render_done(say("**{words}** stands in a story of its own.", words=escape(words)), made),
            private=True,
        )

    @split.autocomplete("article")
    async def suggest_articles(
        self, interaction: Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        """The articles of the chosen story; nothing for who may not manage the server."""
        if not is_manager(interaction):
            return []
        wanted = typed.strip().casefold()
        found = await in_time(self._articles(interaction), ())
        return [
            app_commands.Choice(name=article_label(one), value=one.id)
            for one in found
            if wanted in article_label(one).casefold() and len(one.id) <= CHOICE_NAME
        ][:CHOICES]

    async def _articles(self, interaction: Interaction[Any]) -> Sequence[Article]:
        owner = _owner(interaction)
        typed = getattr(interaction.namespace, "story", None)
        try:
            return await self.engine.articles(pick(self.engine.story_titles(owner), typed), owner=owner)
        except (Refusal, NotFound):
            return ()

    @app_commands.command(name="merge")
    @app_commands.describe(
        story="The story that is the same as another", into="The story that both are from now on"
    )
    @app_commands.autocomplete(story=suggest_stories, into=suggest_stories)
    async def merge(self, interaction: Interaction[Any], story: str, into: str) -> None:
        """Put two stories together."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        story_id, title = await self._find_story(interaction, story)
        goal_id, goal = await self._find_story(interaction, into)
        if story_id == goal_id:
            raise Refusal(say("These are one story already. Pick two different ones."))
        made = await self._add(
            interaction, CorrectionKind.MERGE, story_id, label=f"{title} → {goal}", into=goal_id
        )
        words = say("**{title}** belongs to **{goal}** now.", title=escape(title), goal=escape(goal))
        await answer(interaction, render_done(words, made), private=True)

    # ------------------------------------------------------------------ undo

    @app_commands.command(name="undo")
    @app_commands.describe(number="The number of the correction")
    async def undo(self, interaction: Interaction[Any], number: int) -> None:
        """Take a correction back."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            undone = await self.engine.fixes.undo(_owner(interaction), number, by=str(interaction.user.id))
        except NotFound:
            raise Refusal(
                say("There is no correction {number} in force. /fix list shows them.", number=number)
            ) from None
        await record_action(
            interaction, "fix.undo", correction=number, kind=undone.kind.value, about=undone.label
        )
        await say_privately(
            interaction,
            say("Correction {number} is taken back: {label}.", number=number, label=escape(undone.label)),
        )

    @undo.autocomplete("number")
    async def suggest_corrections(
        self, interaction: Interaction[Any], typed: str | int
    ) -> list[app_commands.Choice[int]]:
        """What is in force; nothing for who may not manage the server."""
        if not is_manager(interaction):
            return []
        found = await in_time(self.engine.fixes.corrections(_owner(interaction)), ())
        return [
            app_commands.Choice(
                name=shorten(f"{one.id} · {say(CORRECTIONS[one.kind])} · {clean(one.label)}", CHOICE_NAME),
                value=one.id,
            )
            for one in reversed(found)
            if str(typed) in str(one.id)
        ][:CHOICES]

    # ------------------------------------------------------------------ what they share

    async def _find_story(self, interaction: Interaction[Any], typed: str) -> tuple[str, str]:
        """Id and title of a story that this server sees. Raises Refusal."""
        owner = _owner(interaction)
        titles = self.engine.story_titles(owner) or await visible_titles(self.engine, owner)
        story_id = pick(titles, typed)
        return story_id, label(story_id, dict(titles).get(story_id, ""))

    async def _add(
        self, interaction: Interaction[Any], kind: CorrectionKind, story_id: str, **more: Any
    ) -> Correction:
        made = await self.engine.fixes.add(
            _owner(interaction), kind, story_id, by=str(interaction.user.id), **more
        )
        await record_action(
            interaction, f"fix.{kind.value}", correction=made.id, story=story_id, about=made.label
        )
        return made


def _is_same_count(claim: Claim, other: Claim) -> bool:
    """Equal bounds; where both are open ("dozens") also the same words."""
    one, two = claim.figure, other.figure
    return one.bounds == two.bounds and (
        not one.bounds.is_vague or one.words.casefold() == two.words.casefold()
    )


def article_label(article: Article) -> str:
    """An article as autocomplete shows it: outlet and title."""
    return shorten(f"{reference_of(article).name}: {clean(article.title or article.id)}", CHOICE_NAME)


def _owner(interaction: Interaction[Any]) -> str:
    """The server of the call; the group is refused outside of one."""
    owner = owner_of(interaction)
    assert owner is not None
    return owner


async def setup(bot: ServiceBot) -> None:
    await bot.add_cog(Fix(bot))

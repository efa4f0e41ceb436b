"""`sitrep explain`: why each figure is what it is, and why two of them were or were not held together."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from digests.analysis.explanation import Explanation, explain
from digests.cards.explanation import chosen_figures, render_explanation
from digests.console import (
    EXIT_SOME_FAILED,
    StorePath,
    asyncio_run,
    clock_of_call,
    complain,
    dump,
    format_option,
    now_option,
    opened,
    paths_argument,
    print_result,
    reads_only,
    require_store,
    take_in_or_sample,
    text_width,
)
from digests.engine import Engine
from digests.export import export_explanations
from digests.types import Story

# Stories explained by one call: more than any store of a server holds.
_MOST_STORIES = 100_000


@click.command(name="explain")
@paths_argument
@click.option(
    "--jsonl", type=click.Path(allow_dash=True), help="Read articles from JSON lines; '-' is standard input."
)
@click.option("--db", type=StorePath(path_type=Path), help="Explain the stories of this SQLite file.")
@click.option("--story", "story_id", help="Explain this story alone (its id, see `sitrep stories`).")
@click.option(
    "--figure", "numbers", type=click.IntRange(min=1), multiple=True, help="Only this figure, by its number."
)
@click.option("--words", help="Only figures with this in their sentence, claimant, victims or incident.")
@format_option("the reasons are")
@now_option
def explain_command(
    paths: tuple[Path, ...],
    jsonl: str | None,
    db: Path | None,
    story_id: str | None,
    numbers: tuple[int, ...],
    words: str | None,
    form: str,
    now: dt.datetime | None,
) -> None:
    """Tell why each figure is what it is, and why figures were held together or apart.

    For every figure: its words and sentence, the number and the rule that read it, victims, claimant, incident and
    scope, each with its reasons. For every two figures that count alike: whether they agree, bring each other up to
    date or conflict, and why. With --figure or --words, for these figures alone, held against all others.

    PATHS as for `sitrep digest`; with --db also the articles that are stored there. Figures are numbered within
    their story.
    """
    asyncio_run(_explain(paths, jsonl, db, story_id, frozenset(numbers), words, form, now))


async def _explain(
    paths: tuple[Path, ...],
    jsonl: str | None,
    db: Path | None,
    story_id: str | None,
    numbers: frozenset[int],
    words: str | None,
    form: str,
    now: dt.datetime | None,
) -> int:
    clock = clock_of_call(now)
    require_store(db, paths, jsonl)
    async with opened(db, clock, only_reads=reads_only(db, paths, jsonl)) as engine:
        failed = await take_in_or_sample(engine, paths, jsonl)
        stories = (
            [await engine.story(story_id)]
            if story_id is not None
            else await engine.stories(limit=_MOST_STORIES)
        )
        made = [await _one(engine, story) for story in stories]
    if not stories:
        complain("no article could be read, so there is no figure")
    _print(_chosen(made, numbers, words), form, clock())
    return EXIT_SOME_FAILED if failed else 0


async def _one(engine: Engine, story: Story) -> Explanation:
    return await asyncio.to_thread(explain, story, await engine.articles(story.id))


def _chosen(
    made: Sequence[Explanation], numbers: frozenset[int], words: str | None
) -> list[tuple[Explanation, frozenset[int] | None]]:
    """The stories that are told, each with the numbers of its figures that are; `None` for all.

    Raises:
        UsageError: No figure is what was asked for.
    """
    if not numbers and not words:
        return [(one, None) for one in made]
    told = [(one, chosen_figures(one, numbers, words)) for one in made]
    kept = [(one, only) for one, only in told if only]
    if not kept:
        count = max((len(one.figures) for one in made), default=0)
        raise click.UsageError(
            f"no figure is asked for: expected a number from 1 to {count}, or words near one"
        )
    return list(kept)


def _print(
    told: Sequence[tuple[Explanation, frozenset[int] | None]], form: str, generated: dt.datetime
) -> None:
    if form == "json":
        print_result(dump(export_explanations(told, generated=generated)))
        return
    width = text_width()
    blocks = [render_explanation(one, width=width, only=only).rstrip() for one, only in told]
    print_result("\n\n\n".join(blocks))

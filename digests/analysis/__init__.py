"""Facts of one story's articles to findings: pure, deterministic, whatever order the articles come in.

The modules here are the front doors: incidents, figures, accounts, key facts, the timeline and reactions of a story,
the days of undated articles, and what changed. What they read with stands in rooms, of which each imports from those
above it alone:

    days/        on which day something was said or done
    occurrences/ incidents as each article tells them, and which two are one
    actors/      who speaks, over all articles
    statements/  what was said, once
    disputes/    counts held against each other
    sentences/   which sentences tell the news
    entries/     the entries of a timeline
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.trace import StoryTrace
from digests.types import Findings, StoryArticle


def analyse(story_id: str, articles: Sequence[StoryArticle], trace: StoryTrace | None = None) -> Findings:
    """Everything that can be said about one story.

    Args:
        story_id: The story's stable id, passed through.
        articles: Its articles with their facts, any order; undated ones get the story's day where their own
            words do not speak against it.
        trace: Takes the reasons of the comparisons of figures; without one none are noted.
    """
    from digests.analysis.accounts import compare_accounts
    from digests.analysis.anchors import date_undated
    from digests.analysis.figures import compare_figures, figure_conflicts
    from digests.analysis.incidents import group_incidents
    from digests.analysis.key_facts import find_key_facts
    from digests.analysis.reactions import gather_reactions
    from digests.analysis.timeline import build_timeline

    dated = sorted(date_undated(articles), key=reading_order)
    incidents = group_incidents(dated, trace)
    groups = compare_figures(dated, incidents, trace)
    return Findings(
        story_id=story_id,
        key_facts=find_key_facts(dated),
        incidents=incidents.incidents,
        figure_groups=groups,
        conflicts=(*figure_conflicts(groups, trace), *compare_accounts(dated, incidents)),
        timeline=build_timeline(dated),
        reactions=gather_reactions(dated),
    )


def reading_order(item: StoryArticle) -> tuple[str, str]:
    """Oldest first, undated last, then by id: the one order that analysis reads in."""
    published = item.article.published
    return (published.isoformat() if published else "9999", item.article.id)

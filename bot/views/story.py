"""The views of a story as pages: what a command and a button that ask for the same thing both show."""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass
from enum import StrEnum

from bot.render.card import render_card, state_of, title_of
from bot.render.changes import render_changes
from bot.render.conflicts import render_conflicts
from bot.render.figures import render_figures
from bot.render.page import Page
from bot.render.reactions import render_reactions
from bot.render.references import References
from bot.render.sources import render_article_list
from bot.render.stories import CardWithState, render_nothing, render_overview
from bot.render.timeline import render_timeline
from bot.render.words import named_countries
from bot.tongue import say, tongue
from digests import ActorKind, Card, Chart, DigestError, Engine, Measure

log = logging.getLogger(__name__)

#: Stories in a digest of several.
MAX_OVERVIEW = 15
#: What counts as new when nobody says since when: what the story's last day of reporting brought.
LAST_NEWS = dt.timedelta(hours=24)
#: Stands where a story's id would be in the id of a button that belongs to no story.
ALL_STORIES = "all"


class StoryView(StrEnum):
    CARD = "card"
    FIGURES = "figures"
    CONFLICTS = "conflicts"
    REACTIONS = "reactions"
    TIMELINE = "timeline"
    SOURCES = "sources"
    CHANGES = "changes"
    OVERVIEW = "overview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What of a view is shown; travels inside a button's id, so that pages keep it after a restart."""

    measure: Measure | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    country: str | None = None
    who: ActorKind | None = None
    since: dt.datetime | None = None

    def encode(self) -> str:
        """`m=killed,f=20240116`; empty when nothing is filtered."""
        parts = {
            "m": self.measure and self.measure.value,
            "f": self.first and self.first.isoformat().replace("-", ""),
            "l": self.last and self.last.isoformat().replace("-", ""),
            "c": self.country,
            "w": self.who and self.who.value,
            # No sign: no outlet published before 1970, and a button's id knows no minus.
            "s": self.since and str(max(0, int(self.since.timestamp()))),
        }
        return ",".join(f"{key}={value}" for key, value in parts.items() if value)

    @staticmethod
    def decode(text: str) -> Filters:
        """What `encode` wrote. Raises ValueError for anything else."""
        parts = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
        country = parts.get("c")
        if country is not None and not re.fullmatch(r"[A-Z]{2,3}", country):
            raise ValueError(f"not a country: {country!r}")
        return Filters(
            measure=Measure(parts["m"]) if "m" in parts else None,
            first=_day(parts.get("f")),
            last=_day(parts.get("l")),
            country=country,
            who=ActorKind(parts["w"]) if "w" in parts else None,
            since=dt.datetime.fromtimestamp(int(parts["s"][:12]), dt.UTC) if "s" in parts else None,
        )


def _day(text: str | None) -> dt.date | None:
    return dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=dt.UTC).date() if text else None


NO_FILTERS = Filters()


async def build_pages(
    engine: Engine, view: StoryView, story_id: str, *, owner: str | None, filters: Filters = NO_FILTERS
) -> tuple[Page, ...]:
    """The pages of one view of one story as a server sees it; at least one.

    Raises:
        NotFound: There is no such story for this server.
    """
    if view is StoryView.OVERVIEW:
        return await build_overview(engine, owner=owner, since=filters.since)
    card = await engine.card(story_id, owner=owner, language=tongue().code)
    if view is StoryView.SOURCES:
        story = await engine.story(story_id, owner=owner)
        articles = await engine.articles(story_id, owner=owner)
        return render_article_list(story.title, articles, dict(story.copies))
    if view is StoryView.CHANGES:
        return await build_changes(engine, card, owner=owner, since=filters.since)
    if view is StoryView.CARD:
        edits = await engine.story_edits(story_id, owner=owner)
        standing = await engine.standing(story_id, owner=owner)
        return (render_card(card, state=state_of(standing, card.completeness), edits=edits),)
    link_to = title_of(card.title, card.sources)
    if view is StoryView.TIMELINE:
        chronicle = await engine.timeline(story_id, owner=owner)
        return render_timeline(
            card.title,
            chronicle.entries,
            References.of_sources(card.sources, chronicle.articles),
            first=filters.first,
            last=filters.last,
            link_to=link_to,
        )
    references = References.of_sources(card.sources)
    findings = await engine.findings(story_id, owner=owner)
    match view:
        case StoryView.FIGURES:
            edits = await engine.story_edits(story_id, owner=owner)
            return render_figures(
                card.title, findings, references, measure=filters.measure, link_to=link_to, edits=edits
            )
        case StoryView.CONFLICTS:
            return render_conflicts(card.title, findings, references, link_to=link_to)
    return render_reactions(
        card.title,
        findings,
        references,
        countries=named_countries(),
        country=filters.country,
        who=filters.who,
        link_to=link_to,
    )


async def build_changes(
    engine: Engine, card: Card, *, owner: str | None, since: dt.datetime | None
) -> tuple[Page, ...]:
    """What is new in a story; without a moment, since a day before its newest article."""
    if since is None:
        since = (card.as_of or engine.now()) - LAST_NEWS
    changes = await engine.changes(card.story_id, since, owner=owner)
    edits = await engine.story_edits(card.story_id, owner=owner)
    references = References.of_sources(card.sources)
    link_to = title_of(card.title, card.sources)
    return render_changes(card.title, changes, references, link_to=link_to, edits=edits)


async def build_chart(
    engine: Engine, view: StoryView, story_id: str, *, owner: str | None, filters: Filters = NO_FILTERS
) -> Chart | None:
    """The picture on the first page of a view; `None` for views without one and where there is too little to draw.

    A picture that cannot be drawn is logged and left out: the words beside it say everything.
    """
    try:
        match view:
            case StoryView.FIGURES:
                return await engine.toll_chart(
                    story_id, measure=filters.measure, owner=owner, language=tongue().code
                )
            case StoryView.TIMELINE:
                return await engine.timeline_chart(
                    story_id, first=filters.first, last=filters.last, owner=owner, language=tongue().code
                )
    except DigestError:
        raise
    except Exception:
        log.exception("chart failed view=%s story=%s", view.value, story_id)
    return None


async def build_overview(
    engine: Engine, *, owner: str | None, since: dt.datetime | None = None
) -> tuple[Page, ...]:
    """The digest of a server's stories, most important first; a single story is shown as its card."""
    day = since.date() if since else None
    found = await engine.stories(since=day, owner=owner, limit=MAX_OVERVIEW + 1)
    if since is not None:
        # The engine's question knows days only.
        found = tuple(
            story for story in found if story.last_published is None or story.last_published >= since
        )
    if not found:
        return (render_nothing(say("Nothing new in this time. Leave out `since` to see all stories.")),)
    if len(found) == 1:
        return await build_pages(engine, StoryView.CARD, found[0].id, owner=owner)
    items = [await card_with_state(engine, story.id, owner=owner) for story in found[:MAX_OVERVIEW]]
    hidden = max(0, len(engine.story_titles(owner)) - len(items)) if len(found) > MAX_OVERVIEW else 0
    return render_overview(items, heading=say("Digest"), hidden=hidden)


async def card_with_state(engine: Engine, story_id: str, *, owner: str | None) -> CardWithState:
    card = await engine.card(story_id, owner=owner, language=tongue().code)
    standing = await engine.standing(story_id, owner=owner)
    return CardWithState(card=card, state=state_of(standing, card.completeness))

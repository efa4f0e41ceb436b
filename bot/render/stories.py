"""Lists of stories: /story, and the digest of several stories in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.render.card import (
    ACCENTS,
    State,
    article_words,
    completeness_words,
    section_blocks,
    span_of,
    title_of,
    voice_words,
)
from bot.render.limits import shorten
from bot.render.markup import bold, clean, day_stamp, escape, small
from bot.render.numbering import Numbering
from bot.render.page import Accent, Page, paginate
from bot.render.references import References, joined
from bot.tongue import say, say_count
from digests import Card, SectionKind, Story

#: Lines that one story gets in a digest of several.
OVERVIEW_LINES = 3
#: Where these lines are taken from, in order.
OVERVIEW_SECTIONS = (SectionKind.FIGURES, SectionKind.CONFLICTS, SectionKind.KEY_FACTS)
STORIES_A_PAGE = 10
CARDS_A_PAGE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWithState:
    """A story in a digest; `news` are finished lines of what is new in it since the digest before."""

    card: Card
    state: State
    news: tuple[str, ...] = ()


def render_story_list(stories: Sequence[Story], *, heading: str) -> tuple[Page, ...]:
    """Stories with id, span of dates, number of articles and voices; in the order given."""
    blocks = [story_line(number, story) for number, story in enumerate(stories, 1)]
    return paginate(
        f"## {heading}",
        blocks,
        footer=say("The id works as `story` in every command."),
        per_page=STORIES_A_PAGE,
    )


def story_line(number: int, story: Story) -> str:
    """`1. **title**`, and under it id, days, articles and voices."""
    days = [day_stamp(day.date()) for day in (story.first_published, story.last_published) if day]
    articles, voices = len(story.article_ids), story.voices
    under = joined(
        f"`{story.id}`",
        span_of(days) or say("undated"),
        article_words(articles),
        voice_words(voices),
    )
    return f"{number}. {bold(escape(shorten(clean(story.title), 150)))}\n{under}"


def render_overview(cards: Sequence[CardWithState], *, heading: str, hidden: int = 0) -> tuple[Page, ...]:
    """Several stories, a few lines each, most important first; `hidden` are those that are not shown."""
    numbering = Numbering()
    blocks = [_overview_block(number, item, numbering) for number, item in enumerate(cards, 1)]
    footer = (
        say_count("{count} more: /story lists them", "{count} more: /story lists them", hidden)
        if hidden
        else ""
    )
    accent = ACCENTS[cards[0].state] if cards else Accent.PLAIN
    pages = paginate(f"## {heading}", blocks, footer=footer, accent=accent, per_page=CARDS_A_PAGE)
    return with_links(
        [numbering.finish(page) for page in pages],
        [(number_label(number, item.card), item.card.story_id) for number, item in enumerate(cards, 1)],
    )


def with_links(pages: Sequence[Page], links: Sequence[tuple[str, str]]) -> tuple[Page, ...]:
    """Each page with the links of its own blocks; a page's first block is its heading."""
    linked: list[Page] = []
    start = 0
    for page in pages:
        end = start + len(page.blocks) - 1
        linked.append(replace(page, links=tuple(links[start:end])))
        start = end
    return tuple(linked)


def number_label(number: int, card: Card) -> str:
    """A button's label: the number of the story in the list, and the beginning of its title."""
    return shorten(f"{number}. {clean(card.title)}", 38)


def _overview_block(number: int, item: CardWithState, numbering: Numbering) -> str:
    card = item.card
    references = References.of_sources(card.sources)
    by_kind = {section.kind: section for section in card.sections}
    lines = [
        line
        for kind in OVERVIEW_SECTIONS
        if kind in by_kind
        for block in section_blocks(by_kind[kind], card, references, numbering, most=2)
        for line in [line for line in block.split("\n") if line.startswith("- ")][:1]
    ]
    lines = list(dict.fromkeys([*item.news[:OVERVIEW_LINES], *lines]))[:OVERVIEW_LINES]
    title = shorten(clean(card.title), 150)
    state = bold(say(item.state.value)) if item.state.value else ""
    return "\n".join(
        [
            f"### {number}. {title_of(title, card.sources)}",
            *([state] if state else []),
            *lines,
            small(completeness_words(card.completeness)),
        ]
    )


def render_nothing(sentence: str) -> Page:
    """One line that says so."""
    return Page(blocks=(sentence,))

"""The card of a story as one message: what happened, how many, where accounts conflict, who says what, and when.

A message holds 4,000 characters, and addresses of articles count. What does not fit is left out line by line, the
least important first, and each section says how many lines stand behind its button.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.render.fixes import corrected_words
from bot.render.limits import shorten
from bot.render.markup import MAX_HEADLINE, bold, clean, day_stamp, escape, link, small, timestamp
from bot.render.numbering import Numbering
from bot.render.page import LEFT_OUT, LEFT_OUT_ONE, Accent, Page
from bot.render.references import Reference, References, joined, reference_of
from bot.tongue import phrase, say, say_count
from digests import (
    SECTION_TITLES,
    ArticleEdit,
    Card,
    Completeness,
    ConflictKind,
    Line,
    Section,
    SectionKind,
    SourceRef,
    Standing,
    Status,
)

#: Lines of a section on a card; the rest stands behind its button. Conflicts need a line a side.
MAX_LINES = {
    SectionKind.KEY_FACTS: 5,
    SectionKind.FIGURES: 7,
    SectionKind.CONFLICTS: 9,
    SectionKind.REACTIONS: 5,
    SectionKind.TIMELINE: 5,
}
#: Sources that a card lists; the rest stands behind its button.
MAX_SOURCES = 6
#: Sections from the one that gives way first to the one that stays longest.
GIVES_WAY = (
    SectionKind.TIMELINE,
    SectionKind.REACTIONS,
    SectionKind.KEY_FACTS,
    SectionKind.CONFLICTS,
    SectionKind.FIGURES,
)
#: The button behind which more of a section stands.
BEHIND = {
    SectionKind.FIGURES: phrase("Figures"),
    SectionKind.CONFLICTS: phrase("Conflicts"),
    SectionKind.REACTIONS: phrase("Reactions"),
    SectionKind.TIMELINE: phrase("Timeline"),
}


class State(StrEnum):
    """How far a story's figures and accounts can be trusted, in words."""

    DISPUTED = phrase("Accounts conflict")
    MOVING = phrase("Figures are moving")
    AGREED = phrase("Outlets agree")
    ALONE = phrase("One outlet so far")
    PLAIN = ""


ACCENTS = {
    State.DISPUTED: Accent.DISPUTED,
    State.MOVING: Accent.MOVING,
    State.AGREED: Accent.AGREED,
    State.ALONE: Accent.PLAIN,
    State.PLAIN: Accent.PLAIN,
}


def state_of(standing: Standing, completeness: Completeness) -> State:
    """The state of a story in words."""
    kinds, statuses = set(standing.conflicts), set(standing.statuses)
    if kinds & {ConflictKind.DISPUTE, ConflictKind.ACCOUNT} or Status.CONFLICTING in statuses:
        return State.DISPUTED
    if Status.UPDATED in statuses or ConflictKind.UPDATE in kinds:
        return State.MOVING
    if completeness.outlets <= 1 or completeness.voices <= 1:
        return State.ALONE
    return State.AGREED if Status.AGREED in statuses else State.PLAIN


@dataclass(slots=True)
class _Draft:
    """A card on its way to fitting: finished blocks of lines by section, in the reader's order."""

    heading: str
    news: str
    sections: dict[SectionKind, list[str]]
    hidden: dict[SectionKind, int]
    sources: list[str]
    short_sources: list[str]
    hidden_sources: int
    # Figures that outlets have changed in their own texts.
    changed_figures: int

    def blocks(self) -> tuple[str, ...]:
        found = [self.heading, *([self.news] if self.news else [])]
        for kind, blocks in self.sections.items():
            if blocks or self.hidden[kind]:
                below = _behind(kind, self.hidden[kind])
                if kind is SectionKind.FIGURES and self.changed_figures:
                    below = [*below, small(_changed_words(self.changed_figures))]
                found.append("\n".join([f"### {say(SECTION_TITLES[kind])}", *blocks, *below]))
        if self.sources:
            more = [small(_more_behind(self.hidden_sources, "Sources"))] if self.hidden_sources else []
            found.append("\n".join(["### " + say("Sources"), *self.sources, *more]))
        return tuple(found)

    def give_way(self) -> bool:
        """Leave out the least important thing that is still there; `False` when nothing is left to leave out."""
        if self.short_sources:
            self.sources, self.short_sources = self.short_sources, []
            return True
        # A section keeps its first block, however long, while another one still has two.
        present = [kind for kind in GIVES_WAY if self.sections.get(kind)]
        several = [kind for kind in present if len(self.sections[kind]) > 1]
        if len(self.sources) > 1 and max((_size(self.sections[kind]) for kind in several), default=0) <= 2:
            self.sources.pop()
            self.hidden_sources += 1
            return True
        candidates = several or present
        if not candidates:
            return False
        self.drop(max(candidates, key=lambda kind: _size(self.sections[kind])))
        return True

    def drop(self, kind: SectionKind) -> None:
        """Leave out a section's least important block: its last, in a timeline background and then the oldest."""
        blocks = self.sections[kind]
        index = len(blocks) - 1
        if kind is SectionKind.TIMELINE:
            mark = f"*{say('background')}*"
            index = next((number for number, block in enumerate(blocks) if mark in block), 0)
        del blocks[index]
        self.hidden[kind] += 1


def _size(blocks: Sequence[str]) -> int:
    return sum(block.count("\n") + 1 for block in blocks)


def render_card(
    card: Card, *, state: State = State.PLAIN, news: str = "", edits: Sequence[ArticleEdit] = ()
) -> Page:
    """One page that fits a message; its buttons are the view's. `news` is a finished block that comes first.

    How many figures `edits` changed is said below the figures; which ones stands behind their button.
    """
    references, numbering = References.of_sources(card.sources), Numbering()
    listed = list(enumerate(card.sources[:MAX_SOURCES], 1))
    draft = _Draft(
        heading=heading_of(card, state),
        news=news,
        sections={},
        hidden={},
        sources=[source_line(number, source) for number, source in listed],
        short_sources=[short_source_line(number, source) for number, source in listed],
        hidden_sources=max(0, len(card.sources) - MAX_SOURCES),
        changed_figures=sum(len(edit.figures) for edit in edits),
    )
    for section in card.sections:
        draft.sections[section.kind] = section_blocks(section, card, references, numbering)
        draft.hidden[section.kind] = section.dropped
        while (
            _size(draft.sections[section.kind]) > MAX_LINES[section.kind]
            and len(draft.sections[section.kind]) > 1
        ):
            draft.drop(section.kind)
    page = _page(draft, card, state)
    while not page.fits and draft.give_way():
        page = _page(draft, card, state)
    return numbering.finish(page)


def _changed_words(count: int) -> str:
    return say_count(
        "{count} figure has been changed by its outlet, see behind {button}",
        "{count} figures have been changed by their outlets, see behind {button}",
        count,
        button=say("Figures"),
    )


def _page(draft: _Draft, card: Card, state: State) -> Page:
    return Page(
        blocks=draft.blocks(),
        footer=completeness_words(card.completeness),
        accent=ACCENTS[state],
        story=card.story_id,
    )


def heading_of(card: Card, state: State) -> str:
    """Title, then one line: days, outlets, voices, as of; then the state in words."""
    done = card.completeness
    line = joined(
        _days(card),
        outlet_words(done.outlets),
        voice_words(done.voices),
        say("as of {moment}", moment=timestamp(card.as_of, "R")) if card.as_of else "",
    )
    state_line = f"\n**{say(state.value)}**" if state.value else ""
    return f"## {title_of(card.title, card.sources)}\n{line}{state_line}"


def title_of(title: str, sources: Sequence[SourceRef]) -> str:
    """The title, linked to the article whose own words it is."""
    words = shorten(clean(title), MAX_HEADLINE) or say("A story without a title")
    for source in sources:
        if source.title and clean(source.title) == clean(title):
            return link(words, source.url)
    return escape(words)


def _days(card: Card) -> str:
    days = [day_stamp(day) for day in (card.first, card.last) if day]
    return span_of(days)


def span_of(days: Iterable[str]) -> str:
    """One finished day, or the first and the last."""
    first, *rest = dict.fromkeys(days) or [""]
    return say("{first} to {last}", first=first, last=rest[-1]) if rest else first


def article_words(count: int) -> str:
    return say_count("{count} article", "{count} articles", count)


def outlet_words(count: int) -> str:
    return say_count("{count} outlet", "{count} outlets", count)


def voice_words(count: int) -> str:
    return say_count("{count} independent voice", "{count} independent voices", count)


def section_blocks(
    section: Section, card: Card, references: References, numbering: Numbering, *, most: int | None = None
) -> list[str]:
    """Finished blocks, or the first of them: a line with the parts or sides under it, which are shown together or not
    at all.
    """

    def words(line: Line) -> str:
        mark = "" if _is_heading(line, section.kind) else numbering.place(line, section.kind, card.story_id)
        return line_words(line, section.kind, card.sources, references, mark=mark)

    groups: list[list[Line]] = []
    for line in section.lines:
        if groups and (line.indent or _is_heading(groups[-1][-1], section.kind)):
            groups[-1].append(line)
        else:
            groups.append([line])
    if section.kind is SectionKind.CONFLICTS:
        return [conflict_words(group, words) for group in groups[:most]]
    return ["\n".join(map(words, group)) for group in groups[:most]]


def _is_heading(line: Line, kind: SectionKind) -> bool:
    """Whether a line names the incident that the figures under it belong to."""
    return kind is SectionKind.FIGURES and not (line.label or line.attribution or line.indent)


def conflict_words(lines: Sequence[Line], words: Callable[[Line], str]) -> str:
    """The question in bold, a line a side, then the reason; without sides one line that names its outlets."""
    head, *sides = lines
    if not sides:
        return words(head)
    mark = f" · *{escape(head.mark)}*" if head.mark else ""
    rows = [f"- {bold(escape(head.label or head.text))}{mark}"]
    rows += map(words, sides)
    if head.label and head.text:
        rows.append(f"  {escape(head.text)}")
    return "\n".join(rows)


def line_words(
    line: Line, kind: SectionKind, sources: Sequence[SourceRef], references: References, *, mark: str = ""
) -> str:
    """One line: its number, its label, what is said, its state, who says it, the outlets, and when."""
    cited = [sources[index].article_id for index in line.citations if index < len(sources)]
    outlets = references.cite(cited)
    said_by = _attribution(line.attribution, outlets, references.outlets(cited))
    text, label = escape(line.text), escape(line.label or "")
    if _is_heading(line, kind):
        return joined(bold(text), escape(line.when) if line.when and line.when not in line.text else "")
    if kind is SectionKind.FIGURES:
        body = f"{label} {bold(text)}".strip()
    elif label:
        # "Norway" in front of what Norway said: once is enough.
        rest = text[len(label) :] if text.startswith(f"{label} ") else f" {text}"
        body = bold(label) + rest
    else:
        body = bold(text) if line.indent else text
    state = f"*{escape(line.mark)}*" if line.mark else ""
    return f"{'  ' * line.indent}- {mark}{joined(body, state, said_by, escape(line.when or ''))}"


_VIA = re.compile(r"(?:^|,? )via (?P<outlet>.{1,80})$")


def _attribution(attribution: str | None, outlets: str, cited: Sequence[Reference]) -> str:
    """Who says it, then the outlets as links; an outlet that the words name already is not named twice."""
    if not attribution:
        return outlets
    who = clean(attribution)
    names = {reference.name.casefold() for reference in cited}
    if (match := _VIA.search(who)) and match["outlet"].casefold() in names:
        who = who[: match.start()]
    if who.casefold() in names or not who:
        return outlets
    return say("{who}, via {outlets}", who=escape(who), outlets=outlets) if outlets else escape(who)


def _behind(kind: SectionKind, count: int) -> list[str]:
    if not count:
        return []
    button = BEHIND.get(kind)
    return [small(_more_behind(count, button) if button else say_count(LEFT_OUT_ONE, LEFT_OUT, count))]


def _more_behind(count: int, button: str) -> str:
    return say("{count} more behind {button}", count=count, button=say(button))


def source_line(number: int, source: SourceRef) -> str:
    """`1. Coast Wire · day · title`"""
    title = escape(shorten(clean(source.title or ""), 90))
    return joined(short_source_line(number, source), title)


def short_source_line(number: int, source: SourceRef) -> str:
    reference = reference_of(source)
    day = day_stamp(source.published.date()) if source.published else ""
    return f"{number}. {joined(reference.linked, day)}"


def completeness_words(done: Completeness) -> str:
    """What the card rests on: "5 articles, 3 outlets, 2 independent voices, 1 copy, 0 unread, 0 silent sources"."""
    return ", ".join(
        (
            article_words(done.articles),
            outlet_words(done.outlets),
            voice_words(done.voices),
            say_count("{count} copy", "{count} copies", done.copies),
            say_count("{count} unread", "{count} unread", done.unread),
            say_count("{count} silent source", "{count} silent sources", done.silent_sources),
            *corrected_words(done.corrected),
        )
    )

"""The card of a story as one message: what happened, how many, where accounts conflict, who says what, and when.

A message holds 4,000 characters, and addresses of articles count. What does not fit is left out line by line, the
least important first, and each section says how many lines stand behind its button.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.render.limits import shorten
from bot.render.markup import bold, clean, day_stamp, escape, link, small, timestamp
from bot.render.page import Accent, Page
from bot.render.references import Reference, References, joined
from bot.render.words import SECTIONS
from digests import Card, Completeness, ConflictKind, Findings, Line, Section, SectionKind, SourceRef, Status

#: Lines of a section on a card; the rest stands behind its button.
MAX_LINES = 5
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
    SectionKind.FIGURES: "Figures",
    SectionKind.CONFLICTS: "Conflicts",
    SectionKind.REACTIONS: "Reactions",
    SectionKind.TIMELINE: "Timeline",
}


class State(StrEnum):
    """How far a story's figures and accounts can be trusted, in words."""

    DISPUTED = "accounts conflict"
    MOVING = "figures are moving"
    AGREED = "outlets agree"
    ALONE = "one outlet so far"
    PLAIN = ""


ACCENTS = {
    State.DISPUTED: Accent.DISPUTED,
    State.MOVING: Accent.MOVING,
    State.AGREED: Accent.AGREED,
    State.ALONE: Accent.PLAIN,
    State.PLAIN: Accent.PLAIN,
}


def state_of(findings: Findings, completeness: Completeness) -> State:
    """The state of a story, from its own incidents; figures of the background do not move it."""
    background = {incident.id for incident in findings.incidents if incident.is_background}
    groups = [group for group in findings.figure_groups if group.incident_id not in background]
    kinds = {conflict.kind for conflict in findings.conflicts if conflict.incident_id not in background}
    statuses = {group.status for group in groups}
    if kinds & {ConflictKind.DISPUTE, ConflictKind.ACCOUNT} or Status.CONFLICTING in statuses:
        return State.DISPUTED
    if Status.UPDATED in statuses or ConflictKind.UPDATE in kinds:
        return State.MOVING
    if completeness.outlets <= 1 or completeness.voices <= 1:
        return State.ALONE
    return State.AGREED if Status.AGREED in statuses else State.PLAIN


@dataclass(slots=True)
class _Draft:
    """A card on its way to fitting: finished lines by section, least important ones last."""

    heading: str
    sections: dict[SectionKind, list[str]]
    hidden: dict[SectionKind, int]
    sources: list[str]
    hidden_sources: int
    short_sources: list[str] = field(default_factory=list)

    def blocks(self) -> tuple[str, ...]:
        found = [self.heading]
        for kind, lines in self.sections.items():
            if lines or self.hidden[kind]:
                found.append("\n".join([f"### {SECTIONS[kind]}", *lines, *_behind(kind, self.hidden[kind])]))
        if self.sources:
            more = [small(f"{self.hidden_sources} more behind Sources")] if self.hidden_sources else []
            found.append("\n".join(["### Sources", *self.sources, *more]))
        return tuple(found)

    def give_way(self) -> bool:
        """Leave out the least important thing that is still there; `False` when nothing is left to leave out."""
        if self.sources and self.short_sources:
            self.sources, self.short_sources = self.short_sources, []
            return True
        longest = max((len(lines) for lines in self.sections.values()), default=0)
        if longest > 2 or (longest and not self.sources):
            for kind in GIVES_WAY:
                lines = self.sections.get(kind, [])
                if len(lines) == longest:
                    self._drop(kind)
                    return True
        if len(self.sources) > 1:
            self.sources.pop()
            self.hidden_sources += 1
            return True
        for kind in GIVES_WAY:
            if self.sections.get(kind):
                self._drop(kind)
                return True
        return False

    def _drop(self, kind: SectionKind) -> None:
        lines = self.sections[kind]
        lines.pop()
        self.hidden[kind] += 1


def render_card(card: Card, *, state: State = State.PLAIN) -> Page:
    """One page that fits a message; its buttons are the view's."""
    references = References.of_sources(card.sources)
    draft = _Draft(
        heading=heading_of(card, state),
        sections={},
        hidden={},
        sources=[source_line(number, source) for number, source in enumerate(card.sources[:MAX_SOURCES], 1)],
        hidden_sources=max(0, len(card.sources) - MAX_SOURCES),
        short_sources=[
            short_source_line(number, source) for number, source in enumerate(card.sources[:MAX_SOURCES], 1)
        ],
    )
    for section in card.sections:
        lines = section_lines(section, card.sources, references)
        draft.sections[section.kind] = lines[:MAX_LINES]
        draft.hidden[section.kind] = max(0, len(lines) - MAX_LINES) + section.dropped
    page = _page(draft, card, state)
    while not page.fits and draft.give_way():
        page = _page(draft, card, state)
    return page


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
        _count(done.outlets, "outlet"),
        _count(done.voices, "independent voice"),
        f"as of {timestamp(card.as_of, 'R')}" if card.as_of else "",
    )
    state_line = f"\n**{state.value.capitalize()}**" if state.value else ""
    return f"## {title_of(card.title, card.sources)}\n{line}{state_line}"


def title_of(title: str, sources: Sequence[SourceRef]) -> str:
    """The title, linked to the article whose own words it is."""
    words = shorten(clean(title), 200) or "A story without a title"
    for source in sources:
        if source.title and clean(source.title) == clean(title):
            return link(words, source.url)
    return escape(words)


def _days(card: Card) -> str:
    days = [day_stamp(day) for day in (card.first, card.last) if day]
    return " to ".join(dict.fromkeys(days))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def section_lines(section: Section, sources: Sequence[SourceRef], references: References) -> list[str]:
    """Finished lines; a part of a line above is indented under it."""
    return [line_words(line, section.kind, sources, references) for line in section.lines]


def line_words(line: Line, kind: SectionKind, sources: Sequence[SourceRef], references: References) -> str:
    """One line: its label, what is said, who says it, the outlets, and its mark."""
    cited = [sources[index].article_id for index in line.citations if index < len(sources)]
    outlets = references.cite(cited)
    said_by = _attribution(line.attribution, outlets, references.outlets(cited))
    text = escape(line.text)
    label = escape(line.label or "")
    if kind is SectionKind.FIGURES:
        body = f"{label} {bold(text)}" if label else bold(text)
    elif kind is SectionKind.CONFLICTS and label:
        body = f"{bold(label)} {text}" if label.endswith((":", "?")) else f"{bold(label + ':')} {text}"
    elif label:
        body = f"{bold(label)} {text}"
    else:
        body = text
    mark = f"*{escape(line.mark)}*" if line.mark else ""
    return f"{'  ' * line.indent}- {joined(body, mark, said_by)}"


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
    return f"{escape(who)}, via {outlets}" if outlets else escape(who)


def _behind(kind: SectionKind, count: int) -> list[str]:
    if not count:
        return []
    button = BEHIND.get(kind)
    words = f"{count} more" + (f" behind {button}" if button else " left out here")
    return [small(words)]


def source_line(number: int, source: SourceRef) -> str:
    """`1. Coast Wire · day · title`"""
    title = escape(shorten(clean(source.title or ""), 90))
    return joined(short_source_line(number, source), title)


def short_source_line(number: int, source: SourceRef) -> str:
    reference = Reference(
        outlet=source.outlet, url=source.url, title=source.title, published=source.published
    )
    day = day_stamp(source.published.date()) if source.published else ""
    return f"{number}. {joined(reference.linked, day)}"


def completeness_words(done: Completeness) -> str:
    """What the card rests on: "5 articles, 3 outlets, 2 independent voices, 1 copy, 0 unread, 0 silent sources"."""
    copies = f"{done.copies} {'copy' if done.copies == 1 else 'copies'}"
    return ", ".join(
        (
            _count(done.articles, "article"),
            _count(done.outlets, "outlet"),
            _count(done.voices, "independent voice"),
            copies,
            f"{done.unread} unread",
            _count(done.silent_sources, "silent source"),
        )
    )

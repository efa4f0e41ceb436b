"""Findings to the sections of a card: one function per section, in the order a reader asks.

What happened, how bad, can I trust the numbers, who says what, how did it come to this. A section with nothing to
say is `None`; every line cites sources by number; what does not fit is counted in `dropped`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from digests.analysis.days.clauses import role
from digests.analysis.entries.marks import is_leaning
from digests.cards.desk import Desk
from digests.cards.figures import figure_lines
from digests.cards.repeats import untold, without_repeats
from digests.cards.speech import statement_words, who_label
from digests.cards.wording import CONFLICT_LABELS, about_label, day_words, span_words
from digests.rules import load_rules
from digests.text.document import fold
from digests.text.similarity import stop_words
from digests.tongues import ENGLISH, Tongue, phrase
from digests.tongues.conflicts import conflict_reason, say_figure
from digests.types import (
    ActorKind,
    Conflict,
    ConflictKind,
    Findings,
    KeyFact,
    Line,
    Reaction,
    Section,
    SectionKind,
    TimelineEntry,
)

PLANNED, BACKGROUND = phrase("planned"), phrase("background")
# Lines of a section on a card: what a reader takes in at a glance. Conflicts need a line per side.
_MOST_LINES = {
    SectionKind.KEY_FACTS: 5,
    SectionKind.FIGURES: 8,
    SectionKind.CONFLICTS: 12,
    SectionKind.REACTIONS: 8,
    SectionKind.TIMELINE: 8,
}
# Entries of one day in the timeline before other days have theirs.
_A_DAY = 2
# Entries that a timeline keeps, however much they lean on sentences before them.
_FEWEST_ENTRIES = 3
# Sides named in the question of a conflict, and how long such a name may be.
_SIDES_ASKED, _LONGEST_ASKED = 4, 48
# Sides of one conflict that get a line each.
_MOST_SIDES = 4
# Words behind a weekday among which its date may stand: "Monday night, February 10th".
_NAMED_BEHIND = 3
# The order of conflicts: what a reader must know first.
_CONFLICT_ORDER = (
    ConflictKind.DISPUTE,
    ConflictKind.ACCOUNT,
    ConflictKind.CORRECTION,
    ConflictKind.UPDATE,
    ConflictKind.DEFINITION,
    ConflictKind.SCOPE,
    ConflictKind.PRECISION,
)
# The order of actors: those who decide, those who saw it, those who explain it.
_ACTOR_ORDER = (
    ActorKind.OFFICIAL,
    ActorKind.ARMED_GROUP,
    ActorKind.INTERNATIONAL,
    ActorKind.WITNESS,
    ActorKind.OTHER,
    ActorKind.ANALYST,
    ActorKind.UNNAMED,
    ActorKind.MEDIA,
)


def build_sections(findings: Findings, desk: Desk) -> tuple[Section, ...]:
    """The sections that have something to say, in the order of `SECTIONS`."""
    return tuple(section for build in SECTIONS if (section := build(findings, desk)) is not None)


def key_facts_section(findings: Findings, desk: Desk) -> Section | None:
    blocks = [[desk.line(_with_marks(f, desk), f.support)] for f in findings.key_facts]
    return _section(SectionKind.KEY_FACTS, blocks)


def figures_section(findings: Findings, desk: Desk) -> Section | None:
    return _section(SectionKind.FIGURES, figure_lines(findings, desk))


def conflicts_section(findings: Findings, desk: Desk) -> Section | None:
    background = {incident.id for incident in findings.incidents if incident.is_background}
    ordered = sorted(
        (conflict for conflict in findings.conflicts if not conflict.is_settled),
        key=lambda c: (c.incident_id in background, _CONFLICT_ORDER.index(c.kind), -len(c.sides)),
    )
    blocks = [_conflict_lines(c, desk, is_background=c.incident_id in background) for c in ordered]
    return _section(SectionKind.CONFLICTS, blocks)


def reactions_section(findings: Findings, desk: Desk) -> Section | None:
    """One line per actor; each country or kind of actor speaks once before any speaks again.

    What a line above has told in the same words is no line, while there are others.
    """
    said = untold(findings.reactions, findings.key_facts[: _MOST_LINES[SectionKind.KEY_FACTS]])
    said.sort(key=lambda r: (not r.statements[0].is_direct, -len(r.statements[0].citations)))
    turns: Counter[str] = Counter()
    ranked: list[tuple[int, int, int, Reaction]] = []
    for place, reaction in enumerate(said):
        label = who_label(reaction)
        ranked.append((turns[label], _ACTOR_ORDER.index(reaction.kind), place, reaction))
        turns[label] += 1
    ranked.sort(key=lambda entry: entry[:3])
    kept = sorted(
        ranked[: _MOST_LINES[SectionKind.REACTIONS]],
        key=lambda entry: (entry[1], who_label(entry[3]), entry[2]),
    )
    lines = [
        [_reaction_line(entry[3], desk)] for entry in (*kept, *ranked[_MOST_LINES[SectionKind.REACTIONS] :])
    ]
    return _section(SectionKind.REACTIONS, lines)


def timeline_section(findings: Findings, desk: Desk) -> Section | None:
    """The entries that most voices tell and the last thing done, in order of time.

    Few are of one day while others have none. Background gives way first, then what leans on a sentence that is not
    there, then what few tell.
    """
    most = _MOST_LINES[SectionKind.TIMELINE]
    told = [entry for entry in findings.timeline if not _points(entry)]
    told = told if len(told) >= _FEWEST_ENTRIES else list(findings.timeline)
    done = [entry for entry in told if not entry.is_planned and not entry.is_background]
    last = next((entry for entry in reversed(done) if not is_leaning(entry.text)), None)
    turns: Counter[dt.date] = Counter()
    entries: list[tuple[int, int, TimelineEntry]] = []
    for place, entry in sorted(enumerate(told), key=lambda pair: (-pair[1].weight, -pair[1].voices, pair[0])):
        entries.append((turns[entry.first] // _A_DAY, place, entry))
        turns[entry.first] += 1
    ranked = [
        (place, entry)
        for _, place, entry in sorted(
            entries,
            key=lambda e: (
                e[2] is not last,
                e[2].is_background,
                is_leaning(e[2].text),
                e[0],
                -e[2].voices,
                e[1],
            ),
        )
    ]
    shown = without_repeats(ranked)[:most]
    kept = [entry for _, entry in sorted(shown, key=lambda pair: pair[0])]
    lines = [line for line in (_timeline_line(entry, desk) for entry in kept) if line.citations]
    if not lines:
        return None
    return Section(kind=SectionKind.TIMELINE, lines=tuple(lines), dropped=max(0, len(ranked) - len(shown)))


def _points(entry: TimelineEntry) -> bool:
    """Whether a line only says what the sentence before it was about."""
    return role("pointing").search(fold(entry.text)) is not None


SECTIONS: tuple[Callable[[Findings, Desk], Section | None], ...] = (
    key_facts_section,
    figures_section,
    conflicts_section,
    reactions_section,
    timeline_section,
)


def _section(kind: SectionKind, blocks: Sequence[Sequence[Line]]) -> Section | None:
    """As many blocks as fit, none in part; a line without a source is none. `dropped` counts blocks."""
    sourced = [cited for block in blocks if (cited := [line for line in block if line.citations])]
    lines: list[Line] = []
    shown = 0
    for block in sourced:
        if lines and len(lines) + len(block) > _MOST_LINES[kind]:
            break
        lines.extend(block)
        shown += 1
    return Section(kind=kind, lines=tuple(lines), dropped=len(sourced) - shown) if lines else None


def _with_marks(fact: KeyFact, desk: Desk) -> str:
    """A sentence with an editor's additions in square brackets: the day behind each "on Tuesday", and that a count of
    the dead was an earlier one.

    Words that name the day themselves ("on 12 March") need none.
    """
    text = fact.text
    # The same day is named once.
    days = {day: offset for offset, day in sorted(fact.days, reverse=True)}
    marks = [
        (offset, day_words(day, year=desk.year, tongue=desk.tongue), day) for day, offset in days.items()
    ]
    earlier = [(offset, desk.tongue.say("earlier"), None) for offset in fact.raised]
    for offset, mark, named in sorted([*marks, *earlier], key=lambda m: (m[0], m[1]), reverse=True):
        near = (*text[:offset].split()[-2:], *text[offset:].split()[:_NAMED_BEHIND])
        if named and any(word.strip(",.").rstrip("stndrh") == str(named.day) for word in near):
            continue
        at = _behind_day(text, offset) if named else offset
        text = f"{text[:at]} [{mark}]{text[at:]}"
    return text


def _behind_day(text: str, offset: int) -> int:
    """Where the words for a day really end: "on Sunday morning", "at 7 p.m."; after "last Tuesday's" its noun follows,
    and the mark stands behind the possessive."""
    found = _day_goes_on().match(text, offset)
    return found.end() if found else offset


@functools.cache
def _day_goes_on() -> re.Pattern[str]:
    parts = load_rules("cards").alternation("parts_of_day")
    return re.compile(rf"(?<=[ap]\.m)\.|(?: {parts})?(?: ?['’]s)?(?![\w'’])", re.IGNORECASE)


def _conflict_lines(conflict: Conflict, desk: Desk, *, is_background: bool) -> list[Line]:
    """The question with the reason, then a line per side."""
    kind, note = desk.tongue.say(CONFLICT_LABELS[conflict.kind]), _reason(conflict, desk.tongue)
    asked = desk.line(
        f"{kind}: {note}" if note and not note.lower().startswith(kind) else note or kind,
        [citation for side in conflict.standing for citation in side.citations],
        label=question(conflict, desk.tongue),
        mark=desk.tongue.say("background") if is_background else None,
    )
    sides = [
        desk.line(
            say_figure(desk.tongue, side.says),
            side.citations,
            attribution=", ".join(side.claimants[:2]) or None,
            indent=1,
        )
        for side in conflict.standing[:_MOST_SIDES]
    ]
    return [asked, *sides]


def _reason(conflict: Conflict, tongue: Tongue) -> str:
    """Why the sides differ, without naming again what stands in the lines below."""
    if tongue is not ENGLISH:
        return conflict_reason(tongue, conflict)
    note = conflict.note.strip()
    head, colon, rest = note.partition(": ")
    if colon and all(side.says in rest for side in conflict.standing):
        note = f"{head}."
    first = note.split(" ", 1)[0]
    return note[:1].lower() + note[1:] if first.lower() in stop_words() and len(first) > 1 else note


def question(conflict: Conflict, tongue: Tongue = ENGLISH) -> str:
    """What the sides differ about, as one asks it: "Killed: at least 31 or 37?"; of a denial "Cause: gas leak?"."""
    says = [say_figure(tongue, side.says) for side in conflict.standing if not side.is_denial]
    # "1, 2 or at least 2?" asks whether it was one or two.
    plain = [words for words in says if not any(words.endswith(f" {other}") for other in says)]
    says = plain if len(plain) > 1 else says
    about = about_label(conflict.about, tongue)
    if len(conflict.standing) < 2 or not says or any(len(words) > _LONGEST_ASKED for words in says):
        return f"{about}:"
    if len(says) > _SIDES_ASKED:
        # Sides come in order of what they say, so that the ends stand for all.
        return tongue.say("{about}: {answers}?", about=about, answers=f"{says[0]} … {says[-1]}")
    return tongue.say("{about}: {answers}?", about=about, answers=tongue.any_of(says))


def _reaction_line(reaction: Reaction, desk: Desk) -> Line:
    latest = reaction.statements[0]
    return desk.line(
        statement_words(reaction, latest),
        latest.citations,
        label=who_label(reaction, desk.tongue),
        when=day_words(latest.day, year=desk.year, tongue=desk.tongue) if latest.day else None,
    )


def _timeline_line(entry: TimelineEntry, desk: Desk) -> Line:
    marks = [
        desk.tongue.say(word)
        for word, holds in ((PLANNED, entry.is_planned), (BACKGROUND, entry.is_background))
        if holds
    ]
    return desk.line(
        entry.text,
        entry.citations,
        label=span_words(
            entry.first, entry.last, entry.precision, time=entry.time, year=desk.year, tongue=desk.tongue
        ),
        mark=", ".join(marks) or None,
    )

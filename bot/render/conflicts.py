"""/conflicts: each conflict as a question, its sides one line each, and the sentence that says why."""

from __future__ import annotations

from bot.render.figures import days_beside
from bot.render.markup import bold, escape, headline, small
from bot.render.page import Accent, Page, paginate
from bot.render.references import References, joined
from bot.render.words import CONFLICTS, about_words, says_words
from bot.tongue import phrase, say, tongue
from digests import ENGLISH, Conflict, ConflictKind, Findings, Side, conflict_reason, incident_words

NOTHING = phrase("Nothing in this story contradicts anything else so far.")

#: Conflicts that a reader must decide come before those that explain themselves.
ORDER = (
    ConflictKind.DISPUTE,
    ConflictKind.ACCOUNT,
    ConflictKind.CORRECTION,
    ConflictKind.UPDATE,
    ConflictKind.DEFINITION,
    ConflictKind.SCOPE,
    ConflictKind.PRECISION,
)
#: Kinds in which two accounts stand against each other.
OPEN = frozenset({ConflictKind.DISPUTE, ConflictKind.ACCOUNT})


def render_conflicts(
    title: str, findings: Findings, references: References, *, link_to: str = ""
) -> tuple[Page, ...]:
    """Pages with a block a conflict, open ones first."""
    heading = f"## {link_to or headline(title)}\n{say('Where accounts conflict')}"
    told = [conflict for conflict in findings.conflicts if not conflict.is_settled]
    if not told:
        return (Page(blocks=(heading, say(NOTHING)), accent=Accent.AGREED),)
    incidents = {incident.id: incident for incident in findings.incidents}
    blocks = []
    for conflict in sorted(told, key=lambda conflict: ORDER.index(conflict.kind)):
        incident = incidents.get(conflict.incident_id)
        place = joined(
            say(CONFLICTS[conflict.kind]),
            escape(incident_words(incident, tongue())) if incident else "",
            days_beside(incident) if incident else "",
        )
        blocks.append(conflict_block(conflict, references, place))
    is_open = any(conflict.kind in OPEN for conflict in told)
    return paginate(heading, blocks, accent=Accent.DISPUTED if is_open else Accent.MOVING, per_page=5)


def conflict_block(conflict: Conflict, references: References, place: str) -> str:
    """The question, its kind and incident, a line a side, and the reason."""
    lines = [f"### {question(conflict)}", small(place)]
    lines += [f"- {side_words(side, references)}" for side in conflict.standing]
    if conflict.note:
        lines.append(escape(reason(conflict)))
    return "\n".join(lines)


def reason(conflict: Conflict) -> str:
    """The note; where it lists the sides once more after a colon, only what stands before it."""
    if tongue() is not ENGLISH:
        return conflict_reason(tongue(), conflict)
    head, colon, rest = conflict.note.partition(": ")
    return f"{head}." if colon and all(side.says in rest for side in conflict.standing) else conflict.note


def question(conflict: Conflict) -> str:
    """`Killed: 14, 19 or 21?`; `Cause: gas leak?` where somebody denies it."""
    answers = [says_words(side.says) for side in conflict.standing if not side.is_denial]
    return say(
        "{about}: {answers}?",
        about=about_words(conflict.about),
        answers=tongue().any_of(list(dict.fromkeys(answers))),
    )


def side_words(side: Side, references: References) -> str:
    """`**37** · regional governor, via Radio North`"""
    outlets = references.cite_all(side.citations)
    names = {reference.name for reference in references.outlets(c.article_id for c in side.citations)}
    claimants = [escape(name) for name in side.claimants if name not in names]
    said_by = (
        say("{who}, via {outlets}", who=", ".join(claimants), outlets=outlets)
        if claimants and outlets
        else outlets or ", ".join(claimants)
    )
    return joined(bold(says_words(side.says)), said_by)

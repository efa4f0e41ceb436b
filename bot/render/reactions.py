"""/reactions: who says what, quoted or paraphrased, when, and every outlet that carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.render.markup import bold, day_stamp, escape
from bot.render.page import Page, paginate
from bot.render.references import References, joined
from bot.render.words import ACTORS
from digests import ActorKind, Findings, Reaction, Statement

NOTHING = "Nobody has been quoted on this story yet."
NOTHING_OF = (
    "No reaction of this kind has been read in this story. Leave out `country` and `who` to see all of them."
)

#: Statements of one actor that are shown; newest first.
MAX_STATEMENTS = 4
_ORDER = {kind: index for index, kind in enumerate(ACTORS)}


def render_reactions(
    title: str,
    findings: Findings,
    references: References,
    *,
    countries: Mapping[str, str],
    country: str | None = None,
    who: ActorKind | None = None,
    link_to: str = "",
) -> tuple[Page, ...]:
    """Pages with a block an actor, kinds of actors in a fixed order; `countries` are names by code."""
    heading = f"## {link_to or escape(title)}\nReactions"
    kept = [
        reaction
        for reaction in findings.reactions
        if (country is None or reaction.country == country) and (who is None or reaction.kind is who)
    ]
    if not kept:
        words = NOTHING_OF if findings.reactions else NOTHING
        return (Page(blocks=(heading, words)),)
    blocks: list[str] = []
    for kind, same in groupby(sorted(kept, key=lambda one: _ORDER[one.kind]), key=lambda one: one.kind):
        own = [actor_block(reaction, references, countries) for reaction in same]
        own[0] = f"### {ACTORS[kind]}\n{own[0]}"
        blocks += own
    return paginate(heading, blocks, per_page=6)


def actor_block(reaction: Reaction, references: References, countries: Mapping[str, str]) -> str:
    """The actor with role and country, then one line a statement."""
    lines = [joined(bold(escape(reaction.actor)), _role_words(reaction, countries))]
    lines += [f"- {statement_words(one, references)}" for one in reaction.statements[:MAX_STATEMENTS]]
    hidden = len(reaction.statements) - MAX_STATEMENTS
    if hidden > 0:
        lines.append(f"- {hidden} earlier statement{'s' if hidden > 1 else ''} not shown")
    return "\n".join(lines)


def _role_words(reaction: Reaction, countries: Mapping[str, str]) -> str:
    country = countries.get(reaction.country or "", "")
    parts: list[str] = []
    for part in (reaction.role, reaction.affiliation, country):
        # "Foreign Ministry of Japan, Japan" says it twice.
        if (
            part
            and part != reaction.actor
            and not any(part.casefold() in known.casefold() for known in parts)
        ):
            parts.append(part)
    return escape(", ".join(parts))


def statement_words(statement: Statement, references: References) -> str:
    """`“No one sails tonight.” · day · Coast Wire`; a paraphrase stands without marks and says that it is one."""
    words = escape(statement.words)
    said = f"“{words}”" if statement.is_direct else f"{escape(statement.cue or 'said')}, paraphrased: {words}"
    day = day_stamp(statement.day) if statement.day else ""
    return joined(said, day, references.cite_all(statement.citations, names=6))


def countries_in(reactions: Sequence[Reaction]) -> tuple[str, ...]:
    """Codes of the countries that the actors of a story belong to, most frequent first."""
    counts: dict[str, int] = {}
    for reaction in reactions:
        if reaction.country:
            counts[reaction.country] = counts.get(reaction.country, 0) + 1
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))

"""/reactions: who says what, quoted or paraphrased, when, and every outlet that carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.render.markup import bold, day_stamp, escape, headline
from bot.render.page import Page, paginate
from bot.render.references import References, joined
from bot.render.words import ACTORS
from bot.tongue import phrase, say
from digests import ActorKind, Findings, Reaction, Statement

NOTHING = phrase("Nobody has been quoted on this story yet.")
NOTHING_OF = phrase(
    "No reaction of this kind has been read in this story. Leave out `country` and `who` to see all of them."
)

#: Statements of one actor in one block; further ones follow in blocks of their own, newest first.
MAX_STATEMENTS = 5
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
    heading = f"## {link_to or headline(title)}\n{say('Reactions')}"
    kept = [
        reaction
        for reaction in findings.reactions
        if (country is None or reaction.country == country) and (who is None or reaction.kind is who)
    ]
    if not kept:
        words = say(NOTHING_OF) if findings.reactions else say(NOTHING)
        return (Page(blocks=(heading, words)),)
    blocks: list[str] = []
    for kind, same in groupby(sorted(kept, key=lambda one: _ORDER[one.kind]), key=lambda one: one.kind):
        own = [block for reaction in same for block in actor_blocks(reaction, references, countries)]
        own[0] = f"### {say(ACTORS[kind])}\n{own[0]}"
        blocks += own
    return paginate(heading, blocks, per_page=6)


def actor_blocks(reaction: Reaction, references: References, countries: Mapping[str, str]) -> list[str]:
    """The actor with role and country, then one line a statement; several blocks for who said a lot."""
    head = joined(bold(escape(reaction.actor)), _role_words(reaction, countries))
    lines = [f"- {statement_words(one, references)}" for one in reaction.statements]
    chunks = [lines[start : start + MAX_STATEMENTS] for start in range(0, len(lines), MAX_STATEMENTS)] or [[]]
    more = joined(bold(escape(reaction.actor)), say("earlier"))
    return ["\n".join([more if index else head, *chunk]) for index, chunk in enumerate(chunks)]


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
    """`“No one sails tonight.” · day · Coast Wire`; a paraphrase stands without marks behind its word and says so."""
    words = escape(statement.words)
    said = f"“{words}”" if statement.is_direct else f"*{escape(statement.cue or say('said'))}* {words}"
    kind = "" if statement.is_direct else say("paraphrase")
    day = day_stamp(statement.day) if statement.day else ""
    return joined(said, kind, day, references.cite_all(statement.citations, names=6))


def countries_in(reactions: Sequence[Reaction]) -> tuple[str, ...]:
    """Codes of the countries that the actors of a story belong to, most frequent first."""
    counts: dict[str, int] = {}
    for reaction in reactions:
        if reaction.country:
            counts[reaction.country] = counts.get(reaction.country, 0) + 1
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))

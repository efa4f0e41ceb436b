"""Who denies to have done it: what a power says against the charge that its forces did.

Read by grammar, without a table of answers: a verb of denial, a speaker who may have done it (a state, its forces, an
armed group), and what is denied: a part in it, a deed of its own, or the charge made in the sentences before.
Stance: a denial counts for itself; that somebody holds the speaker to have done it is for others to say.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

from digests.extract.aspects.answers import account_word_set
from digests.extract.aspects.parties import NAMELESS, OWN, deed_words, find_parties
from digests.extract.aspects.quoted import quoted_account
from digests.extract.incidents import incident_at
from digests.extract.speech.lexicon import base_form
from digests.extract.tellings.agents import ends_like_group
from digests.extract.tellings.likeness import (
    STATE_FORCES,
    actor_key,
    has_doer,
    is_state,
    may_be_state,
    skeleton,
)
from digests.extract.tellings.triggers import lexicon, tokens
from digests.rules import Rule, load_rules
from digests.rules.alternation import alternation
from digests.rules.gazetteer import STATE_KINDS, country_names, find_names
from digests.text.document import Document, plain_words
from digests.types import AccountMention, Aspect, IncidentMention, Quote, Span, Speaker

# The rule on a denial of a deed, which names who did not do it.
DENIED_DEED = "denials.deed"
# A name of several words with capitals.
_GROUP = re.compile(r"\b(?!The |A )(?:[A-Z][\w'-]+ ){1,4}(?P<tail>[A-Z][\w'-]+)\b")
# Characters before a denial in which the charge stands that it answers.
CHARGE_REACH = 700


def find_denials(
    document: Document,
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
    charges: Sequence[AccountMention],
) -> list[AccountMention]:
    """The denials of an article, each naming the speaker as who did not do it.

    Args:
        charges: The accounts of the article; those of who did it are what a bare "denied the accusation" answers.
    """
    found: list[AccountMention] = []
    if not any(may_have_doer(incident, incidents) for incident in incidents):
        return found
    for quote in quotes:
        if quote.cue is None or quote.speaker is None:
            continue
        rule = _rule_for(document, quote, _rules_by_cue().get(base_form(quote.cue.words), ()))
        power = power_of(quote.speaker) if rule else None
        if (
            rule is None
            or power is None
            or not _denies_deed(document, quote, rule, incidents, charges, power)
        ):
            continue
        incident = incident_at(document, quote.evidence.span, incidents)
        if not may_have_doer(incident, incidents):
            continue
        found.append(
            quoted_account(
                quote,
                incident,
                Aspect.ACTOR,
                _denier(document, quote),
                power,
                quote.evidence.span,
                DENIED_DEED,
                is_denied=True,
            )
        )
    return found


def may_be_done(kind: str) -> bool:
    """Whether somebody does this kind of thing, or may have shot at one that is no deed of itself: a protest."""
    return has_doer(kind) or kind in account_word_set("contested")


def may_have_doer(incident: IncidentMention, incidents: Sequence[IncidentMention]) -> bool:
    """Whether somebody may have done an incident of an article; of a page that names none its story tells."""
    return may_be_done(incident.kind) or names_none(incidents)


def names_none(incidents: Sequence[IncidentMention]) -> bool:
    """Whether an article names no incident itself: a statement on that of its story."""
    return not incidents[0].kind


def is_called_untrue(document: Document, span: Span) -> bool:
    """Whether what is said calls a charge untrue: "the reports were false", "claims without proof"."""
    held = frozenset(plain_words(document.letters, span))
    if held.isdisjoint(deed_words("charges")):
        return False
    content = document.low[span.start : span.end]
    return any(phrase in content if " " in phrase else phrase in held for phrase in deed_words("untrue"))


def _denier(document: Document, quote: Quote) -> str:
    """Who did not do it: the power itself where it speaks, the forces that a person speaks of, else whoever speaks."""
    speaker = quote.speaker
    if speaker is None:
        return ""
    span = quote.evidence.span
    force = _any_of("forces").search(document.folded, span.start, span.end)
    if is_state(speaker.name) or may_be_state(speaker.name) or force is None or not speaker.role:
        return speaker.name
    return document.words(Span(start=force.start(), end=force.end()))


def power_of(speaker: Speaker) -> str | None:
    """The form by which a state, its forces or an armed group meet as doers; `None` for anybody else."""
    key = actor_key(speaker.name)
    if is_state(speaker.name):
        return key
    if not deed_words("mourning").isdisjoint(key.split()):
        # "The mother of a man killed by police".
        return None
    told = " ".join(filter(None, (speaker.name, speaker.role, speaker.affiliation)))
    group = _group_in(told)
    if group is not None:
        return " ".join(skeleton(actor_key(group)))
    if may_be_state(speaker.name) or _any_of("powers").search(told):
        named = next((name.name for name in find_names(told) if name.name.kind in STATE_KINDS), None)
        state = country_names().get(named.country if named else speaker.country or "")
        return actor_key(state) if state else STATE_FORCES
    words = tuple(key.split())
    known = _known_group(words)
    if known is not None:
        # "a Highland Front spokesman", "the Ruritanian Taliban"
        return " ".join(skeleton(actor_key(" ".join(words[known[0] : known[1]]))))
    is_named = len(words) > 1 and ends_like_group(words)
    return " ".join(skeleton(key)) if is_named else None


def _known_group(lows: Sequence[str]) -> tuple[int, int] | None:
    """The words, first and one past the last, of the first known armed group in a name; "of Hamas" is somebody's."""
    groups = lexicon().groups
    for k, low in enumerate(lows):
        if low in groups and (not k or lows[k - 1] not in lexicon().words["prepositions"]):
            for parts in groups[low]:
                if tuple(lows[k : k + len(parts)]) == parts:
                    return k, k + len(parts)
    return None


def name_of_side(speaker: Speaker) -> str:
    """The words for the side that a speaker speaks for: the group of "a Highland Front spokesman", the state of
    "Ruritania's information minister", else the speaker."""
    words = speaker.name.split()
    known = _known_group([word.lower() for word in words])
    if known is not None:
        return " ".join(words[known[0] : known[1]])
    if _any_of("offices").search(speaker.name):
        return next(
            (name.name.canonical for name in find_names(speaker.name) if name.name.kind in STATE_KINDS),
            speaker.name,
        )
    return speaker.name


def _group_in(told: str) -> str | None:
    """The armed group that a speaker speaks for: "a spokesman for the White Army", not "the Ruritanian Army"."""
    for match in _GROUP.finditer(told):
        name = match.group()
        if ends_like_group(name.lower().split()) and not find_names(name):
            return name
    return None


def _rule_for(document: Document, quote: Quote, rules: Sequence[Rule]) -> Rule | None:
    """The first rule at the head of whose kind of denial the words of a quote stand."""
    if not rules:
        return None
    span = quote.evidence.span
    content = document.folded[span.start : span.end]
    low = document.low[span.start : span.end]
    # All alternatives of these rules stand at the head; a search would try them at each character.
    return next((rule for rule in rules if _may_hold(rule, low) and rule.pattern.match(content)), None)


def _may_hold(rule: Rule, low: str) -> bool:
    """Whether one of the pieces of words stands in a content, in small letters, without which a rule reads none."""
    return any(piece in low for piece in rule.yields.get("holds", ("",)))


def _denies_deed(
    document: Document,
    quote: Quote,
    rule: Rule,
    incidents: Sequence[IncidentMention],
    charges: Sequence[AccountMention],
    power: str,
) -> bool:
    """Whether what is denied is a part in the deed, a deed of the speaker's own, or a charge of it."""
    span = quote.evidence.span
    content = document.folded[span.start : span.end]
    needs = rule.yields.get("needs")
    if needs == "accusation" and _is_of_other(document, span, power):
        # "The government rejected accusations that the Coast Militia attacked the depot."
        return False
    is_deed = any(m.span is not None and span.covers(m.span) and has_doer(m.kind) for m in incidents) or any(
        did.pattern.search(content) for did in load_rules("denials").rules if did.yields.get("word")
    )
    if needs is None or is_deed:
        return True
    return needs == "accusation" and any(
        charge.aspect is Aspect.ACTOR
        and charge.normal in (power, STATE_FORCES)
        and 0 < span.start - charge.evidence.span.end < CHARGE_REACH
        for charge in charges
    )


def _is_of_other(document: Document, span: Span, power: str) -> bool:
    """Whether the first whom a denied charge names is a named party other than the speaker's."""
    names = find_names(document.folded)
    low = bisect.bisect_left(names, span.start, key=lambda name: name.span.start)
    high = bisect.bisect_left(names, span.end, lo=low, key=lambda name: name.span.start)
    words = tokens(document.folded, span.start, span.end)
    first = next(iter(find_parties(words, names[low:high])), None)
    return first is not None and first.key not in (OWN, power, *NAMELESS) and power != STATE_FORCES


@functools.cache
def _rules_by_cue() -> dict[str, tuple[Rule, ...]]:
    """The rules of what may be denied, by the verb that denies it."""
    family = load_rules("denials")
    found: dict[str, list[Rule]] = {}
    for rule in family.rules:
        for cue in () if rule.yields.get("word") else rule.yields.get("cues", family.words["cues"]):
            found.setdefault(str(cue), []).append(rule)
    return {cue: tuple(rules) for cue, rules in found.items()}


@functools.cache
def _any_of(name: str) -> re.Pattern[str]:
    """The words of a list of `rules/denials.toml`."""
    return re.compile(rf"\b{alternation(load_rules('denials').words[name], space=' ')}\b", re.IGNORECASE)

"""Who is held to have done it: which charges of doers stand against each other, and which denials answer them.

What a speaker tells of a deed with its doer is no answer by itself, for in a war each side has deeds of its own. It is
one where the speaker's side is itself charged with what happened, or where both hit one thing.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Sequence

from digests.analysis.disputes.exclusion import Said, same_party
from digests.extract.aspects.denials import power_of
from digests.extract.aspects.parties import deed_words
from digests.extract.aspects.telling import KILLED
from digests.extract.tellings.likeness import (
    STATE_FORCES,
    days_fit,
    is_state,
    kinds_fit,
    may_be_state,
    places_fit,
)
from digests.extract.tellings.triggers import lexicon
from digests.rules.gazetteer import country_names
from digests.types import AccountMention, IncidentMention

# The class of people who are told to have offered no fight.
UNRESISTING = "unresisting"
# Characters in front of such a telling in which whoever killed them is named.
_BEFORE = 200
# The rules on who is told to have killed.
_KILLING = frozenset({KILLED, "accounts.actor.did", "accounts.actor.by"})


def side_of(account: AccountMention) -> str | None:
    """The party for which the claimant of an account speaks; `None` for anybody who is none."""
    return power_of(account.claimant) if account.claimant is not None else None


def answering(said: Sequence[Said], one_deed: Container[str]) -> list[Said]:
    """The charges by and against a side that is charged itself and names somebody else: "they did it", "no, they did".

    Both the charge and its answer stand. In a fight each side kills, so of two who are only told to have killed both
    must speak of one deed.

    Args:
        one_deed: The voices that name the same thing as hit, or people of peace as dead.
    """
    told = [one for one in said if not one.account.is_denied]
    # "No officer had fired; he was killed by a civilian."
    denying = {
        one.voice for one in said if one.account.is_denied and side_of(one.account) == one.account.normal
    }
    found: list[Said] = []
    for answer in told:
        own = side_of(answer.account)
        if own is None or same_party(own, answer.account.normal):
            continue
        charges = [
            one
            for one in told
            if one.voice != answer.voice
            and _is_charge_of(one.account, own, answer.account)
            and not same_party(one.account.normal, answer.account.normal)
            and side_of(one.account) != own
            and (
                not {one.account.evidence.rule, answer.account.evidence.rule} <= _KILLING
                or (one.voice in one_deed and answer.voice in one_deed)
                or answer.voice in denying
            )
        ]
        if charges:
            found += [one for one in (*charges, answer) if one not in found]
    return found


def _is_charge_of(charge: AccountMention, own: str, answer: AccountMention) -> bool:
    """Whether a charge is of the party for which another account's claimant speaks.

    Police or an army without a land are those of where it happened, or of whoever speaks for them.
    """
    if own != STATE_FORCES or not is_state(charge.normal):
        return same_party(charge.normal, own)
    lands = {answer.incident.country, charge.incident.country}
    if answer.claimant is not None:
        lands.add(answer.claimant.country)
    known = {country_names().get(land, "").casefold() for land in lands if land}
    return charge.normal in known


def may_tell_encounter(one: Said) -> bool:
    """Whether what is told of how it came to a killing is of people whom a state's forces killed.

    "They had surrendered" stands against the gunfight of which police speak; who was dragged from his house by raiders
    stands against no fight with them.
    """
    account = one.account
    if account.normal != UNRESISTING:
        return True
    if account.claimant is not None and side_of(account) == STATE_FORCES:
        return False
    actor = account.incident.actor
    if actor is not None and (is_state(actor) or may_be_state(actor)):
        return True
    sentence = account.evidence.sentence
    told = one.item.article.text[max(0, sentence.start - _BEFORE) : sentence.end]
    words = told.lower().replace(",", " ").replace(".", " ").split()
    return not deed_words("state_people").isdisjoint(words)


def mutual(said: Sequence[Said]) -> list[tuple[Said, Said]]:
    """Two charges that each lay what happened to the other's side, in one fight: on one day, at no other place."""
    told = [one for one in said if not one.account.is_denied and not one.account.incident.is_background]
    found: list[tuple[Said, Said]] = []
    for one, other in itertools.combinations(told, 2):
        ours, theirs = one.account, other.account
        own, their_own = side_of(ours), side_of(theirs)
        if (
            own is not None
            and their_own is not None
            and not same_party(own, their_own)
            and same_party(ours.normal, their_own)
            and same_party(theirs.normal, own)
            and _is_one_fight(ours.incident, theirs.incident)
        ):
            found.append((one, other))
    return found


def _is_one_fight(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether two tellings may be one fight: face to face, of one day, and not of two places."""
    if {ours.kind, theirs.kind} & lexicon().words["from_afar"]:
        # Two armies that shell each other's towns tell of two deeds.
        return False
    return (
        kinds_fit(ours.kind, theirs.kind) is not False
        and days_fit((ours.first, ours.last), (theirs.first, theirs.last)) is True
        and places_fit((ours.place, ours.country), (theirs.place, theirs.country)) is not False
    )

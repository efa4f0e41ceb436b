"""Who did it and who did not, as each voice of an article tells it in any words.

Each statement is read for its deeds (`deeds`); who denies a charge, or calls it untrue, denies the deed that it is of,
and where none is named its own. Stance: a doer in a statement is only shown where another voice contradicts it, so
what is read here is much, and `analysis.disputes` decides what of it stands against what.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence
from dataclasses import replace

from digests.extract.aspects.answers import account_words
from digests.extract.aspects.deeds import Deed, DeedReader, unique, works_words
from digests.extract.aspects.denials import (
    CHARGE_REACH,
    is_called_untrue,
    may_have_doer,
    name_of_side,
    names_none,
    power_of,
)
from digests.extract.aspects.parties import OWN, Party, deed_words, kind_of
from digests.extract.aspects.quoted import quoted_account
from digests.extract.incidents import incident_at
from digests.extract.speech.lexicon import base_form
from digests.extract.tellings.likeness import actor_key, skeleton
from digests.extract.tellings.triggers import tokens
from digests.rules import load_rules
from digests.rules.gazetteer import find_names
from digests.text.document import Document, plain_words
from digests.types import AccountMention, Aspect, Cue, IncidentMention, Quote, Span

# Rules on who is said to have done it: told with the deed, or named as who was behind what is known; and on who is not.
TOLD, KILLED, NAMED, DENIED = "deeds.told", "deeds.killed", "deeds.named", "deeds.denied"

# Characters in front of a verb of saying in which a "not" takes it back.
_NOT_REACH = 14
# Tokens behind the speaker's side in which a "no" and what it did not do stand.
_ABSENT_REACH = 16
# Words that tell of a deed, or of none, beside others alone: "had a hand", "carried out the raid", "were not near".
_PAIRS = (
    ("hands", "having"),
    ("links", "having"),
    ("light", "done"),
    ("begins", "begun"),
    ("absent", "negations"),
)


def find_tellings(
    document: Document,
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
    known: Sequence[AccountMention],
) -> list[AccountMention]:
    """The doers that the speakers of an article name or deny beyond those in `known`, in order of the quotes."""
    if not any(may_have_doer(incident, incidents) for incident in incidents):
        return []
    taken = {
        (account.claimant.name, account.normal, account.is_denied)
        for account in known
        if account.aspect is Aspect.ACTOR and account.claimant is not None
    }
    found: list[AccountMention] = []
    for quote in quotes:
        if quote.speaker is None or quote.cue is None:
            continue
        for deed in _deeds_of(document, quote, incidents, known):
            normal = power_of(quote.speaker) if deed.doer.key == OWN else deed.doer.key
            span = _span_of(document, quote, deed.doer)
            is_own = deed.doer.key == OWN
            if normal is None and deed.is_claim:
                normal = " ".join(skeleton(actor_key(quote.speaker.name)))
            if normal is None and deed.is_denied:
                # "Organisers denied that their supporters had set it on fire."
                normal, is_own = kind_of(document.words(span)), False
            incident = incident_at(document, span, incidents)
            if normal is None or not may_have_doer(incident, incidents):
                continue
            if (quote.speaker.name, normal, deed.is_denied) in taken:
                continue
            if (
                deed.is_denied
                and deed.verb == 0
                and deed.doer.key == OWN
                and _answers_for_other(found, quote, normal)
            ):
                continue
            taken.add((quote.speaker.name, normal, deed.is_denied))
            found.append(
                quoted_account(
                    quote,
                    incident,
                    Aspect.ACTOR,
                    name_of_side(quote.speaker) if is_own else document.words(span),
                    normal,
                    span,
                    _rule_of(deed),
                    is_denied=deed.is_denied,
                )
            )
    return found


def _answers_for_other(found: Sequence[AccountMention], quote: Quote, own: str) -> bool:
    """Whether "such charges are baseless" answers a charge against somebody else, denied in the sentences before."""
    return any(
        account.is_denied
        and account.normal != own
        and 0 < quote.evidence.span.start - account.evidence.span.end < CHARGE_REACH
        for account in found
    )


def _rule_of(deed: Deed) -> str:
    if deed.is_denied:
        return DENIED
    if deed.is_named:
        return NAMED
    return KILLED if deed.is_killing else TOLD


def _span_of(document: Document, quote: Quote, party: Party) -> Span:
    words = tokens(document.folded, quote.evidence.span.start, quote.evidence.span.end)
    return Span(start=words.starts[party.first], end=words.ends[party.last])


def _deeds_of(
    document: Document,
    quote: Quote,
    incidents: Sequence[IncidentMention],
    known: Sequence[AccountMention],
) -> list[Deed]:
    """The deeds that one statement tells or denies, one for each doer."""
    span = quote.evidence.span
    held = frozenset(plain_words(document.letters, span))
    assert quote.cue is not None
    verb = base_form(quote.cue.words)
    is_denial = verb in load_rules("denials").words["cues"]
    if document.low.startswith("responsibility", span.start) and verb in deed_words("claiming"):
        if _is_taken_back(document, quote.cue) or any(
            account.aspect is Aspect.ACTOR and account.evidence.sentence == quote.evidence.sentence
            for account in known
        ):
            return []
        return [Deed(0, Party(0, 0, OWN), is_named=True, is_claim=True)]
    is_untrue = not held.isdisjoint(deed_words("charges")) and (is_denial or is_called_untrue(document, span))
    is_charge = verb in deed_words("charging")
    if not is_untrue and not _may_tell(held, is_charge=is_charge):
        return []
    names = find_names(document.folded)
    low = bisect.bisect_left(names, span.start, key=lambda name: name.span.start)
    high = bisect.bisect_left(names, span.end, lo=low, key=lambda name: name.span.start)
    words = tokens(document.folded, span.start, span.end)
    reader = DeedReader(words, names[low:high], is_charge=is_charge, is_denial=is_denial)
    deeds = reader.deeds()
    if is_untrue:
        told = [replace(deed, is_denied=True) for deed in deeds]
        is_of_deed = (
            names_none(incidents)
            or any(m.span is not None and span.covers(m.span) for m in incidents)
            or any(
                account.aspect is Aspect.ACTOR and 0 < span.start - account.evidence.span.end < CHARGE_REACH
                for account in known
            )
        )
        return unique(told) or ([Deed(0, Party(0, 0, OWN), is_denied=True)] if is_of_deed else [])
    if is_denial:
        return unique([replace(deed, is_denied=not deed.is_denied) for deed in deeds])
    return unique([*deeds, *_absences(reader)])


def _is_taken_back(document: Document, cue: Cue) -> bool:
    """Whether a "not" stands before a verb of saying."""
    start = cue.span.start
    return account_words("undenied").search(document.folded, max(0, start - _NOT_REACH), start) is not None


def _absences(reader: DeedReader) -> list[Deed]:
    """Where a speaker's own side is said to have been nowhere near: "we carried out no strikes there"."""
    lows = reader.lows
    if deed_words("negations").isdisjoint(lows) or deed_words("absent").isdisjoint(lows):
        return []
    own = next((k for k, low in enumerate(lows) if low in deed_words("own")), None)
    party = next((party for party in reader.parties if party.key == OWN), None)
    start = min((at for at in (own, party.first if party else None) if at is not None), default=None)
    if start is None:
        return []
    behind = lows[start : start + _ABSENT_REACH]
    end = next((k for k, low in enumerate(behind) if low in deed_words("clause_ends")), len(behind))
    behind = behind[:end]
    if deed_words("negations").isdisjoint(behind) or deed_words("absent").isdisjoint(behind):
        return []
    return [Deed(start, Party(start, start, OWN), is_denied=True)]


def _may_tell(held: frozenset[str], *, is_charge: bool) -> bool:
    """Whether a statement of these words may tell of a deed or of an absence: a look before it is read."""
    if not held.isdisjoint(_openers()) or (is_charge and not held.isdisjoint(deed_words("done"))):
        return True
    return not held.isdisjoint(_firsts()) and any(
        not (held.isdisjoint(deed_words(one)) or held.isdisjoint(deed_words(other))) for one, other in _PAIRS
    )


@functools.cache
def _firsts() -> frozenset[str]:
    return frozenset().union(*(deed_words(one) for one, _ in _PAIRS))


@functools.cache
def _openers() -> frozenset[str]:
    """Words that tell of a deed by themselves."""
    names = ("hit", "killed", "taken", "bases", "behind", "doers")
    return frozenset().union(*map(deed_words, names), works_words(), ("nothing",))

"""Who did it, as somebody says in naming the deed: "the ministry said a Ruritanian air strike had hit the clinic".

Stance: the doer of an incident is what the reading of incidents found (`tellings`), in any words; what a speaker tells
of it holds against a denial alone, for in a war each side has deeds of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digests.extract.aspects.answers import Answer, AnswerReader
from digests.extract.aspects.quoted import quoted_account
from digests.extract.speech.lexicon import base_form
from digests.extract.tellings.likeness import actor_key, has_doer, is_nameless
from digests.rules import load_rules
from digests.text.document import Document
from digests.types import AccountMention, Aspect, IncidentMention, Quote, Span

# The rule on a doer that is told with the deed.
TOLD_DOER = "tellings.doer"
# Characters of a state's name and its forces right before a deed.
_NAME_REACH = 40


def find_charges(
    document: Document,
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
    known: Sequence[AccountMention],
) -> list[AccountMention]:
    """The doers that speakers of an article name with what was done, beyond those in `known`."""
    done = [
        m
        for m in incidents
        if m.span is not None and has_doer(m.kind) and not (m.actor is not None and is_nameless(m.actor))
    ]
    if not done:
        return []
    taken = {
        (account.claimant, account.evidence.sentence) for account in known if account.aspect is Aspect.ACTOR
    }
    found: list[AccountMention] = []
    for quote in quotes:
        if quote.speaker is None or (quote.speaker, quote.evidence.sentence) in taken:
            continue
        if quote.cue is not None and base_form(quote.cue.words) in load_rules("denials").words["cues"]:
            continue
        for incident in done:
            if incident.span is None or not quote.evidence.span.covers(incident.span):
                continue
            doer = _doer_of(document, quote, incident)
            if doer is None:
                continue
            found.append(
                quoted_account(
                    quote,
                    incident,
                    Aspect.ACTOR,
                    document.words(doer.span),
                    doer.normal,
                    doer.span,
                    TOLD_DOER,
                )
            )
            break
    return found


def _doer_of(document: Document, quote: Quote, incident: IncidentMention) -> Answer | None:
    """The words that name an incident's doer within what is said; `None` where the speaker is the doer, or none.

    Of an incident whose doer is in dispute it is who stands right before it: "an Israeli air strike".
    """
    assert quote.speaker is not None
    assert incident.span is not None
    speaker, start = actor_key(quote.speaker.name), incident.span.start
    if incident.actor is None and document.folded[max(0, start - _NAME_REACH) : start].islower():
        # Nobody is named right before it.
        return None
    reader = AnswerReader(document, quote.evidence.sentence)
    for one in reader.agents():
        if not quote.evidence.span.covers(one.span) or one.key == speaker or not reader.may_act(one, start):
            continue
        if incident.actor is None:
            is_doer = one.is_state and one.span.start < start <= one.span.end + 1
            one = replace(one, span=Span(start=one.span.start, end=incident.span.end))
        else:
            is_doer = one.key == actor_key(incident.actor)
        if is_doer:
            return one
    return None

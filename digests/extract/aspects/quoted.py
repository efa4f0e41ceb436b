"""What a statement tells about an aspect of an incident, as an account of whoever speaks."""

from __future__ import annotations

from digests.types import AccountMention, Aspect, Evidence, IncidentMention, Quote, Span

# The marks at which a clause of what is said ends.
MARKS = frozenset({".", ";", ":", "?", "!"})


def quoted_account(
    quote: Quote,
    incident: IncidentMention,
    aspect: Aspect,
    answer: str,
    normal: str,
    span: Span,
    rule: str,
    *,
    is_denied: bool = False,
) -> AccountMention:
    """The account that a statement gives of an incident.

    Args:
        answer: The words that answer what the aspect asks.
        normal: The form by which equal answers in other words meet.
        span: Where the answer stands.
        rule: The id of the rule that read it.
        is_denied: The speaker says that it was not so.
    """
    evidence = Evidence(
        article_id=quote.evidence.article_id, span=span, sentence=quote.evidence.sentence, rule=rule
    )
    return AccountMention(
        aspect=aspect,
        answer=answer,
        normal=normal,
        claimant=quote.speaker,
        incident=incident,
        evidence=evidence,
        is_denied=is_denied,
    )

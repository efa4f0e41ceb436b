"""Who claims a figure: the speaker of the words around it, or nobody when the writer says so."""

from __future__ import annotations

from collections.abc import Sequence

from digests.text.document import Document
from digests.types import Quote, Span, Speaker


class Claimants:
    """Answers who says the words at a span."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self._document = document
        self._quotes = [quote for quote in quotes if quote.speaker is not None]

    def of(self, span: Span, sentence: Span) -> Speaker | None:
        """The speaker whose words cover the span, the closest around it first; None for the writer."""
        covering = [quote for quote in self._quotes if quote.evidence.span.meets(span)]
        if not covering:
            return None
        return min(covering, key=lambda quote: quote.evidence.span.end - quote.evidence.span.start).speaker

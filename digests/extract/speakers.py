"""Who a speaker is: the name behind a pronoun or a surname, role, affiliation, country and kind."""

from __future__ import annotations

from digests.text.document import Document
from digests.types import Span, Speaker


class SpeakerBook:
    """The speakers of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def resolve(self, span: Span) -> Speaker:
        words = self.document.words(span)
        return Speaker(name=words, words=words, span=span)

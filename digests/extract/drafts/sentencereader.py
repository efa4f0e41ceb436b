"""A sentence while its figures are read: its chunks with their tags, and what has been claimed of them so far.

Hides nothing but the state that all who read figures (shapes, lists, parts, gaps) share; it decides nothing.

Stance: a chunk that is taken or blocked stays so until the sentence ends.
"""

from __future__ import annotations

from digests.extract.counts.chunks import Chunk, Row
from digests.extract.drafts.drafts import Draft
from digests.text.document import Document
from digests.types import Span


class SentenceReader:
    """A sentence while it is read: its chunks with their tags, and the figures claimed of them so far."""

    def __init__(self, document: Document, sentence: Span, chunks: Row) -> None:
        self.document = document
        self.sentence = sentence
        self.tokens = chunks.tokens
        self.chunks = chunks
        self.tags = chunks.tags
        self.drafts: list[Draft] = []
        self.taken: dict[int, Draft] = {}
        self.blocked: set[int] = set()

    def word(self, chunk: Chunk) -> str:
        """A chunk's words in lower case."""
        return self.document.folded[chunk.start : chunk.end].lower()

    def keep(self, index: int, draft: Draft) -> None:
        """Count a figure among those of the sentence; its chunk is taken."""
        self.taken[index] = draft
        self.drafts.append(draft)

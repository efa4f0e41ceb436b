"""What every section of a card needs to write a line: the numbers of the sources, the story's year, the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digests.tongues import ENGLISH, Tongue
from digests.types import Citation, Line


@dataclass(frozen=True, slots=True)
class Desk:
    """`numbers` maps article ids to places in `Card.sources`; days of another year than `year` carry theirs."""

    numbers: Mapping[str, int]
    year: int | None
    # In which language the program's own words are.
    tongue: Tongue = ENGLISH

    def line(
        self,
        text: str,
        citations: Iterable[Citation],
        *,
        label: str | None = None,
        attribution: str | None = None,
        when: str | None = None,
        mark: str | None = None,
        indent: int = 0,
    ) -> Line:
        """A line with its sources, each once, in order, and the words that it rests on."""
        evidence: dict[int, Citation] = {}
        for citation in citations:
            if citation.article_id in self.numbers:
                evidence.setdefault(self.numbers[citation.article_id], citation)
        return Line(
            text=text,
            citations=tuple(sorted(evidence)),
            label=label,
            attribution=attribution,
            mark=mark,
            indent=indent,
            when=when,
            evidence=tuple(evidence[number] for number in sorted(evidence)),
        )

"""Facts of one article: each extractor reads the same document and what the ones before it found.

The order is part of the design: dates and places tie incidents down, quotes tell who claims a figure, and a figure
belongs to an incident.

The modules here are the front doors: one public function each, for one kind of fact. What they read with stands in
rooms, of which each imports from those above it alone:

    times/      time expressions
    placenames/ names of places
    speech/     words that somebody says
    counts/     a sentence that counts
    tellings/   what a sentence tells of an incident
    joining/    which tellings are one incident
    speakers/   who speaks
    pages/      what a page says of itself
    drafts/     figures of one sentence in the making
    tolls/      what sentences make of each other's figures
    claims/     who gives a figure
    aspects/    what is said of an incident without a number
"""

from __future__ import annotations

from digests.rules import fingerprint
from digests.text.document import Document
from digests.trace import ArticleTrace
from digests.types import Facts

# Raised when judgement (code) changes what is read from the same text with the same rules.
EXTRACT_VERSION = 1


def rules_fingerprint() -> str:
    """Which rules and code read an article: one that carries another value is read again."""
    return f"{EXTRACT_VERSION}-{fingerprint()}"


def extract(document: Document, trace: ArticleTrace | None = None) -> Facts:
    """All facts of one document, each tuple in order of the text; an empty text gives empty facts.

    `trace` takes the reasons of the decisions about figures and incidents; without one none are noted.
    """
    from digests.extract.accounts import find_accounts
    from digests.extract.casualties import find_figures
    from digests.extract.dates import find_dates
    from digests.extract.incidents import find_incidents
    from digests.extract.places import find_places
    from digests.extract.quotes import find_quotes

    if not document.sentences:
        return Facts()
    dates = find_dates(document)
    places = find_places(document)
    quotes = find_quotes(document)
    incidents = find_incidents(document, dates, places, trace)
    figures = find_figures(document, dates, quotes, incidents, trace)
    accounts = find_accounts(document, quotes, incidents)
    return Facts(
        figures=figures, dates=dates, quotes=quotes, places=places, incidents=incidents, accounts=accounts
    )

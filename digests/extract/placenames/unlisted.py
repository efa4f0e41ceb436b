"""Places that the gazetteer does not hold: named by their kind, inside a region, by what happened there, and again.

Stance: a name is new only where the words around it say that it is a place; a wrong one costs more than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digests.extract.placenames.listed import Candidate, load_places
from digests.rules import Rule
from digests.rules.gazetteer import NameKind, look_up
from digests.text.document import Document
from digests.types import Span

_LARGER = frozenset({NameKind.COUNTRY, NameKind.REGION})
# Letters of an abbreviation.
_ABBREVIATION = 5
# Characters around a word for a settlement in which its name stands.
_KIND_REACH = 80
_INSIDE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside) (?P<place>[A-Z][\w-]{1,24}(?: [A-Z][\w-]{1,24}){0,2})"
    r"(?:, | in (?:the )?(?:[a-z-]{4,15} ){0,3}(?:of )?)$"
)
# Begins with a blank, so that the search is quick.
_WHERE = re.compile(
    r" (?:in|near|outside) (?P<place>[A-Z][a-z][\w-]{1,24}(?: [A-Z][a-z][\w-]{1,24}){0,2})"
    r"(?!'s|\w| [A-Z])"
)
# Characters of the longest word for a happening, with its blank.
_WORD_REACH = 16
# New names whose further mentions are looked for: each costs a walk over the text.
_MOST_NEW_NAMES = 12


def _windows(text: str, lowered: str) -> list[tuple[Rule, Span]]:
    """Where the rules are worth trying: around the words for settlements and areas."""
    lexicon = load_places()
    cues = sorted(
        at
        for word in lexicon.settlement
        for at in _finds(lowered, word)
        if _may_name(text, at) or _NAMED_BEHIND.match(text, at + len(word))
    )
    windows: list[Span] = []
    for cue in cues:
        start, end = max(0, cue - _KIND_REACH), cue + _KIND_REACH
        if windows and start <= windows[-1].end:
            start = windows.pop().start
        windows.append(Span(start=start, end=end))
    return [(rule, window) for window in windows for rule in lexicon.rules.rules]


# "village of E", "towns called E": what stands behind a word for a settlement.
_NAMED_BEHIND = re.compile(r"[a-z]{0,3} (?:of|called|named) [A-Z]")


def _may_name(text: str, at: int) -> bool:
    """Whether a name may stand before a word for a settlement: most stand behind "the", "a", "his"."""
    return text[at - 1 : at] == " " and not text[text.rfind(" ", 0, at - 1) + 1 : at - 1].islower()


def _finds(text: str, word: str) -> Iterator[int]:
    """Every offset of a word; the interpreter's own search is faster here than one pattern for all words."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def named_by_kind(document: Document, known: list[Candidate]) -> list[Candidate]:
    """Settlements and areas told by their kind that the gazetteer does not hold."""
    taken = {offset for c in known for offset in (c.span.start, c.span.end)}
    found: list[Candidate] = []
    for rule, window in _windows(document.folded, document.low):
        for match in rule.pattern.finditer(document.folded, window.start, window.end):
            span = Span(start=match.start("place"), end=match.end("place"))
            if look_up(match.group("place")) or (span.start in taken and span.end in taken):
                continue
            first = match.group("place").split()[0].casefold()
            # "The Gulf island of X", "the Baltic coast": the sea names no place of its own.
            if match.group("place").casefold() in load_places().too_wide:
                continue
            if any(
                first in words
                for words in (load_places().not_given_names, load_places().before, load_places().titles)
            ):
                continue
            taken |= {span.start, span.end}
            found.append(Candidate(span, document.words(span), None, NameKind.REGION, rule.id))
    return found


def named_in_region(document: Document, known: list[Candidate]) -> list[Candidate]:
    """Unknown names right before a known region: "in Ekenstad in Tarvo province", "near Kolm Bara, Kenya"."""
    lexicon = load_places()
    taken = {c.span.end for c in known}
    found: list[Candidate] = []
    for region in known:
        if region.kind not in _LARGER:
            continue
        match = _INSIDE.search(document.folded, max(0, region.span.start - 70), region.span.start)
        if match is None or match.end("place") in taken or look_up(match.group("place")):
            continue
        name = match.group("place")
        # "the UN, Haiti": an abbreviation in ordinary text is a body.
        is_body = name.isupper() and len(name) <= _ABBREVIATION
        if is_body or name.casefold() in lexicon.not_given_names:
            continue
        taken.add(match.end("place"))
        span = Span(start=match.start("place"), end=match.end("place"))
        found.append(
            Candidate(span, document.words(span), region.country, NameKind.CITY, "places.named.inside")
        )
    return found


def named_by_happening(document: Document, known: list[Candidate]) -> list[Candidate]:
    """Unknown names that something happened in: "the bombing in Ekenstad", "nine people died near Kolm Bara"."""
    lexicon = load_places()
    taken = {c.span.start for c in known}
    found: list[Candidate] = []
    for match in _WHERE.finditer(document.folded):
        if match.start("place") in taken:
            continue
        at = match.start()
        what = document.folded[document.folded.rfind(" ", max(0, at - _WORD_REACH), at) + 1 : at]
        if what.casefold() not in lexicon.happenings:
            continue
        name = match.group("place")
        first = name.split()[0].casefold()
        if name.isupper() or look_up(name) or first in lexicon.not_given_names or first in lexicon.no_places:
            continue
        if name.split()[-1].casefold() in lexicon.bodies or first in lexicon.titles:
            continue
        span = Span(start=match.start("place"), end=match.end("place"))
        found.append(Candidate(span, document.words(span), None, NameKind.CITY, "places.named.happening"))
    return found


def named_again(document: Document, known: list[Candidate]) -> list[Candidate]:
    """Further mentions of a settlement that the text introduced by its kind."""
    taken = {c.span.start for c in known}
    found: list[Candidate] = []
    new = {c.canonical: c for c in known if c.rule.startswith("places.named")}
    for name, first in list(new.items())[:_MOST_NEW_NAMES]:
        for at in _finds(document.text, name):
            if at in taken or not (_is_edge(document.text, at) and _is_edge(document.text, at + len(name))):
                continue
            taken.add(at)
            span = Span(start=at, end=at + len(name))
            found.append(Candidate(span, name, first.country, first.kind, "places.named.again"))
    return found


def _is_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends at an offset."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    return (before.isalnum() or before == "_") != (after.isalnum() or after == "_")

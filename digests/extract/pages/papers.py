"""Papers in which a body speaks of itself without a head that says whose statement it is.

Stance: a reporter's page that is taken for a body's own gives figures to the wrong one, so the name alone is no
evidence. It takes a signature, or the body speaking of itself as no reporter writes, with another mark of a paper or
below its own name; a known outlet issues none. `pages/issuers.py` reads the heads of statements.
"""

from __future__ import annotations

import functools

from digests.rules import Rule, load_rules
from digests.text.document import Document, plain_words
from digests.text.outlets import known_outlet, press_name
from digests.types import Span

# Lines at the foot of a page that may name who issues it.
_FOOT = 4
# Characters of such a line; what is longer is text.
_LINE = 200
# Paragraphs of the text in which a body speaks of itself for the first time.
_OPENING = 6
# Characters in which marks of a paper are looked for, from both ends.
_MARKED = 1500


def find_signer(document: Document) -> Span | None:
    """Where the body is named that signs a page or speaks of itself in it; `None` for a reporter's page."""
    if document.outlet is not None or not document.paragraphs:
        return None
    lines = [line for line in document.paragraphs if line.end - line.start <= _LINE]
    for line in lines[-_FOOT:]:
        if (who := _named(document, line, "signed")) is not None:
            return who
    return _headed(document) or _solemn(document)


def _solemn(document: Document) -> Span | None:
    """Who speaks of itself at the head of a page that bears another mark of a paper."""
    opening = document.paragraphs[:_OPENING]
    who = next((found for part in opening if (found := _named(document, part, "solemn"))), None)
    if who is None or not _is_marked(document):
        return None
    return who


def _headed(document: Document) -> Span | None:
    """The name in the first line that the text goes on with: "PORT AUTHORITY ... The Authority regrets to"."""
    first = document.paragraphs[0]
    name = document.folded[first.start : first.end]
    if len(name.split()) > 10 or not (name.isupper() or name.istitle()):
        return None
    last = name.split()[-1].lower()
    for part in document.paragraphs[1:_OPENING]:
        who = _named(document, part, "solemn")
        if who is not None and document.folded[who.start : who.end].lower().split()[-1] == last:
            return first
    return None


def _named(document: Document, line: Span, rule: str) -> Span | None:
    """The name that a rule finds at the head of a line, no outlet's."""
    head = Span(start=line.start, end=min(line.end, line.start + _LINE))
    if not _rules()[rule].needs.are_met_by(plain_words(document.letters, head)):
        # Nearly always.
        return None
    found = _rules()[rule].pattern.match(document.folded[head.start : head.end])
    if found is None:
        return None
    who = found["who"].rstrip(" ,'").removesuffix("'s")
    if not who or known_outlet(who) or press_name(who):
        return None
    start = line.start + found.start("who")
    return Span(start=start, end=start + len(who))


def _is_marked(document: Document) -> bool:
    folded = document.folded
    marker = _rules()["marker"].pattern
    return marker.search(folded[:_MARKED]) is not None or marker.search(folded[-_MARKED:]) is not None


@functools.cache
def _rules() -> dict[str, Rule]:
    return {rule.id.removeprefix("papers."): rule for rule in load_rules("papers").rules}

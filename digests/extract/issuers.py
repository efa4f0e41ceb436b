"""Who puts out a page that is a statement itself, and what it says there in its own person.

Stance: a page is a statement only where its head says so and its text speaks as the issuer; a report about a statement
has no issuer.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from digests.extract.profiles import read_phrase
from digests.rules import load_rules
from digests.text.document import fold
from digests.text.sentences import split_sentences
from digests.types import Span

# Lines of the head of a page, and characters of the longest of them.
_HEAD_LINES, _LONGEST_LINE = 8, 160
# Characters of a statement; what is longer is a report.
_LONGEST = 12_000
# A line that is a name: capitals, joined by small words.
_NAME_LINE = re.compile(r"[A-Z][\w.&'-]*(?: (?:of|for|and|the|[A-Z][\w.&'-]*)){0,8}\s*")


class Issuer(NamedTuple):
    """A body that speaks on a page: its name with the span where the page gives it, and its own sentences."""

    name: str
    span: Span
    said: tuple[Span, ...]


def find_issuer(text: str) -> Issuer | None:
    """Who issues the statement that a cleaned text is; `None` for reports, and for statements without a name."""
    if len(text) > _LONGEST:
        return None
    folded = fold(text)
    lines = _head(folded)
    is_paper = any(p.search(line) for _, line in lines for p in (*_role("head"), *_role("paper")))
    is_numbered = any(p.search(line) for _, line in lines for p in _role("numbered"))
    opening = _named_in_opening(folded, lines)
    if not is_paper and opening is None:
        return None
    named = (_named_in_head(lines) if is_paper else None) or opening
    said = tuple(
        span
        for span in split_sentences(text, 0, len(text))
        if _is_own(folded[span.start : span.end]) and not _is_quoted(folded, span.start)
    )
    if named is None or not (is_paper or said):
        return None
    if is_numbered:
        # No report bears the number of a paper under the name of a body.
        return Issuer(text[named.start : named.end], named, said)
    again = "|".join(map(re.escape, _taken_up(folded[named.start : named.end])))
    speaks = said or re.search(rf"\b(?:{again})(?: of [A-Z]\w+)? (?:{_speaks()})\b", folded)
    return Issuer(text[named.start : named.end], named, said) if speaks else None


def _head(folded: str) -> list[tuple[int, str]]:
    """The first lines with their offsets."""
    found: list[tuple[int, str]] = []
    at = 0
    for line in folded[: _HEAD_LINES * _LONGEST_LINE].split("\n"):
        if line.strip() and len(line) <= _LONGEST_LINE:
            found.append((at, line))
        at += len(line) + 1
    return found[:_HEAD_LINES]


def _named_in_head(lines: list[tuple[int, str]]) -> Span | None:
    """The name beside the word for the paper, or the line of a body that stands over it."""
    for at, line in lines:
        # "PRESS STATEMENT" names no press.
        for pattern in () if _says_paper(line) else _role("head"):
            if found := pattern.search(line):
                return Span(start=at + found.start("who"), end=at + found.end("who"))
    paper = next((i for i, (_, line) in enumerate(lines) if _says_paper(line)), 0)
    below = lines[paper + 1 : paper + 2] if lines and _says_paper(lines[paper][1]) else []
    for at, line in (*lines[:paper], *below):
        # Under a coat of arms several names stand one above the other: the first body is the one that speaks.
        if _NAME_LINE.fullmatch(line) and read_phrase(line.title(), line.title()).is_body:
            return Span(start=at, end=at + len(line.rstrip()))
    return None


def _says_paper(line: str) -> bool:
    return any(pattern.search(line) for pattern in _role("paper"))


def _named_in_opening(folded: str, lines: list[tuple[int, str]]) -> Span | None:
    """The subject of the first sentence below the head."""
    for at, line in lines:
        for pattern in _role("opening"):
            if found := pattern.match(line):
                return Span(start=at + found.start("who"), end=at + found.end("who"))
    rest = folded.find("\n", lines[-1][0]) if lines else -1
    for pattern in _role("opening") if rest >= 0 else ():
        if found := pattern.match(folded[rest:].lstrip()[:_LONGEST_LINE]):
            start = rest + len(folded[rest:]) - len(folded[rest:].lstrip()) + found.start("who")
            return Span(start=start, end=start + len(found.group("who")))
    return None


def _is_own(folded: str) -> bool:
    return any(pattern.match(folded) for pattern in _role("own"))


def _is_quoted(folded: str, offset: int) -> bool:
    return folded.count('"', folded.rfind("\n", 0, offset) + 1, offset + 1) % 2 == 1


def _taken_up(name: str) -> tuple[str, ...]:
    """The words by which a body is taken up again: "the Commission", "the Authority", its initials."""
    words = name.split(" of ")[0].split()
    last = words[-1].title() if words[-1].isupper() and len(words) > 1 else words[-1]
    return (last, words[0]) if words[0].isupper() else (last,)


@functools.cache
def _speaks() -> str:
    words = load_rules("issuers").words
    return "|".join(map(re.escape, (*words["speaks"], *words["speaks_on"])))


@functools.cache
def _role(role: str) -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in load_rules("issuers").rules if rule.yields["role"] == role)

"""Who puts out a page that is a statement itself, and what it says there in its own person.

Stance: a page is a statement only where its head says so and its text speaks as the issuer; a report about a statement
has no issuer.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from digests.extract.speakers.profiles import read_phrase
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.text.document import all_words, fold
from digests.text.outlets import known_outlet, press_name
from digests.text.sentences import split_sentences
from digests.types import Span

# Lines of the head of a page, and characters of the longest of them.
_HEAD_LINES, _LONGEST_LINE = 8, 160
# Characters of a line that may still be a heading: what is longer is the text.
_SHORT_LINE = 60
# Characters of a line in which its subject and its verb stand.
_OPENING_REACH = 260
# Characters at the start of a text in which the head of a page and its first sentence stand.
_START = _HEAD_LINES * 2 * _LONGEST_LINE + _OPENING_REACH
# What the rules that tell a statement find; without any of them a page is none.
_TELLING = frozenset({"head", "paper", "opening"})
# Characters of a statement; what is longer is a report.
_LONGEST = 12_000
# A line that is a name: capitals, joined by small words; a firm's form may stand behind a comma ("Alder Lines, S.A.").
_NAME_LINE = re.compile(
    r"(?P<name>[A-Z][\w.&'-]*(?: (?:of|for|and|the|[A-Z][\w.&'-]*)){0,8})"
    r"(?P<form>, [A-Z][\w.]{1,4}(?: [A-Z][\w.]{1,4})?)?\s*"
)
# The same as a headline, its town behind a comma: "Office of the Governor, Orm".
_TITLE_LINE = re.compile(
    r"(?P<name>[A-Z][\w.&'-]*(?: (?:of|for|and|the|[A-Z][\w.&'-]*)){1,8})(?:, [A-Z][\w.'-]+)?\s*"
)
_OF = re.compile(r" (?:of|for) ")
# Words of a sentence that says something, at least.
_SHORTEST = 4
_ENDS = (".", "!", "?", ";")


class Issuer(NamedTuple):
    """A body that speaks on a page: its name with the span where the page gives it, and its own sentences.

    `said` are those in its own person ("We regret"), `told` the others outside quotation marks.
    """

    name: str
    span: Span
    said: tuple[Span, ...]
    told: tuple[Span, ...] = ()


def find_issuer(text: str) -> Issuer | None:
    """Who issues the statement that a cleaned text is; `None` for reports, and for statements without a name."""
    if len(text) > _LONGEST:
        return None
    found = _named_statement(text) if _may_be_statement(text) else None
    return found or _titled(text)


def _named_statement(text: str) -> Issuer | None:
    """Who speaks on a page that says that it is a statement, or opens as one."""
    folded = fold(text)
    lines = _head(folded)
    is_paper = any(p.search(line) for _, line in lines for p in (*_role("head"), *_role("paper")))
    opening = _named_in_opening(folded, lines, is_paper=is_paper)
    if not is_paper and opening is None:
        return None
    own, others = _sentences(text, folded, is_paper=is_paper)
    named = (_named_in_head(lines, folded, has_own=bool(own)) if is_paper else None) or opening
    if named is None or not (is_paper or own):
        return None
    # Its initials stand in brackets behind it: "Nurses of the World (NOW)".
    name = text[named.start : named.end].partition(" (")[0]
    issuer = Issuer(name, named, own, others)
    if any(p.search(line) for _, line in lines for p in _role("numbered")):
        # No report bears the number of a paper under the name of a body.
        return issuer
    again = "|".join(map(re.escape, _taken_up(name)))
    is_spoken = (
        bool(own)
        or opening is not None
        or re.search(rf"\b(?:{again})(?: of [A-Z]\w+)? (?:{_speaks()})\b", folded)
    )
    return issuer if is_spoken else None


def _titled(text: str) -> Issuer | None:
    """Who speaks on a page whose headline is a body's name and no more, the line below it that says what the page is
    being lost: "Ministry of Transport", and then "The Ministry informs that ..."."""
    line, gap, rest = text[: 2 * _LONGEST_LINE].partition("\n")
    if len(line) > _SHORT_LINE or " " not in line or not (gap and rest.startswith("\n")):
        return None
    found = _TITLE_LINE.fullmatch(fold(line))
    name = found["name"] if found else ""
    if not name or known_outlet(name) or press_name(name):
        return None
    profile = read_phrase(name, name)
    heads = (profile.head or "").lower().split()[-1:]
    if not profile.is_body or _OF.split(name.lower(), maxsplit=1)[0].split()[-1:] != heads:
        # "FBI Makes Final Preparations"
        return None
    folded = fold(text)
    again = "|".join(map(re.escape, _taken_up(name)))
    own, others = _sentences(text, folded, is_paper=True)
    if not own and re.search(rf"\b[Tt]h(?:e|is) (?i:{again})\b", folded[len(line) :]) is None:
        return None
    return Issuer(name, Span(start=0, end=len(name)), own, others)


def _may_be_statement(text: str) -> bool:
    """Whether the words at the start of a text leave it open that it is one: of nearly no report do they."""
    words = all_words(fold(text[:_START]))
    rules = load_rules("issuers").rules
    return any(rule.yields["role"] in _TELLING and rule.needs.are_met_by(words) for rule in rules)


def _sentences(text: str, folded: str, *, is_paper: bool) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The sentences of a page outside quotation marks: those that say "we", and the others.

    Where nothing says that the page is a statement, "we" has to open its sentence.
    """
    own: list[Span] = []
    others: list[Span] = []
    for found in split_sentences(text, 0, len(text)):
        # Lines of the head have no full stop.
        span = Span(start=max(found.start, folded.rfind("\n", 0, found.end) + 1), end=found.end)
        sentence = folded[span.start : span.end]
        if _is_quoted(folded, span.start) or not sentence.endswith(_ENDS):
            continue
        if any(p.match(sentence) for p in _role("own")) or (
            is_paper and '"' not in sentence and any(p.search(sentence) for p in _role("person"))
        ):
            own.append(span)
        elif is_paper and '"' not in sentence and len(sentence.split()) >= _SHORTEST:
            others.append(span)
    return tuple(own), tuple(others)


def _head(folded: str) -> list[tuple[int, str]]:
    """The first lines with their offsets."""
    found: list[tuple[int, str]] = []
    at = 0
    for line in folded[: _HEAD_LINES * _LONGEST_LINE].split("\n"):
        if line.strip() and len(line) <= _LONGEST_LINE:
            found.append((at, line))
        at += len(line) + 1
    return found[:_HEAD_LINES]


def _named_in_head(lines: list[tuple[int, str]], folded: str, *, has_own: bool) -> Span | None:
    """The name beside the word for the paper, or the line of a body that stands over it.

    Where the page says "we", any name right above that word will do but a paper's.
    """
    for at, line in lines:
        # "PRESS STATEMENT" names no press.
        for pattern in () if _says_paper(line) else _role("head"):
            if found := pattern.search(line):
                return Span(start=at + found.start("who"), end=at + found.end("who"))
    paper = next((i for i, (_, line) in enumerate(lines) if _says_paper(line)), 0)
    below = lines[paper + 1 : paper + 2] if lines and _says_paper(lines[paper][1]) else []
    for number, (at, line) in enumerate((*lines[:paper], *below)):
        if number and any(pattern.search(line) for pattern in _role("desk")):
            # "Alder Air" and below it "Press Centre"
            at, line = lines[number - 1]
            return Span(start=at, end=at + len(line.rstrip())) if _NAME_LINE.fullmatch(line) else None
        # Under a coat of arms several names stand one above the other: the first body is the one that speaks.
        found = _NAME_LINE.fullmatch(line)
        if found is None:
            continue
        name = found["name"]
        is_above = has_own and number == paper - 1 and not (known_outlet(name) or press_name(name))
        if found["form"] or is_above or _is_body(name.title()) or _is_told_of(name, folded):
            return Span(start=at, end=at + found.end("name"))
    return None


def _is_body(name: str) -> bool:
    return read_phrase(name, name).is_body


def _is_told_of(name: str, folded: str) -> bool:
    """Whether the foot of a page tells what a name is, as firms do: "About Alder Lines"."""
    return any(f"\n{lead} {name}\n" in folded for lead in load_rules("issuers").words["about"])


def _says_paper(line: str) -> bool:
    return any(pattern.search(line) for pattern in _role("paper"))


def _named_in_opening(folded: str, lines: list[tuple[int, str]], *, is_paper: bool) -> Span | None:
    """The subject of the first sentence below the head."""
    patterns = (*_role("opening"), *(_role("paper_opening") if is_paper else ()))
    for begin in re.finditer(r"^(?=.*\S)", folded[: _HEAD_LINES * 2 * _LONGEST_LINE], re.MULTILINE):
        at = begin.start()
        line = folded[at : at + _OPENING_REACH].partition("\n")[0]
        found = next((found for pattern in patterns if (found := pattern.search(line))), None)
        if found is not None and found["who"].lower() not in load_lexicon().words["subject_pronouns"]:
            return Span(start=at + found.start("who"), end=at + found.end("who"))
        if lines and at > lines[-1][0] and len(line) > _SHORT_LINE:
            break
    return None


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

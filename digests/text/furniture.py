"""What a line of a page is by its own words: the first rule of `furniture.toml` that matches it.

Stance: a line that no rule names is body; what its neighbours say of it is for `digests.text.page`.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from digests.rules import Rule, load_rules
from digests.rules.gazetteer import look_up

# role, rule id, match in the tidied line
Role = tuple[str, str, "re.Match[str] | None"]
BODY: Role = ("", "", None)

# Characters of a line that may be a date of the page and no more, and of one that may be a map's label.
_DATE_LINE = 160
_LABEL = 80
# Characters of the longest line that a rule is tried on where it does not say.
_DEFAULT_MAX = 240
_PLACE = re.compile(r"[A-Z][\w' -]{1,40}, (?P<outer>[A-Z][\w' -]{1,30})$")
# The letters that a line begins with; every line has the empty run.
_FIRST = re.compile(r"[A-Za-z]*")


class _Candidate(NamedTuple):
    """A rule with its place in the file and what a line must be for it to be tried.

    The line is no longer than `longest`, holds one of `holds` and ends with one of the characters `ends`; empty ones
    ask for nothing.
    """

    order: int
    rule: Rule
    longest: int
    holds: tuple[str, ...]
    ends: str


class _Candidates(NamedTuple):
    """The rules by what a line must have: letters it begins with (in small letters), others that it holds, neither."""

    opening: dict[str, tuple[_Candidate, ...]]
    holding: tuple[_Candidate, ...]
    always: tuple[_Candidate, ...]


@functools.cache
def _candidates() -> _Candidates:
    """All rules, each list in the order of the file.

    Nearly every line is a paragraph that begins like no menu, so that few of the patterns are tried on it.
    """
    rules = load_rules("furniture")
    opening: dict[str, list[_Candidate]] = {}
    others: list[_Candidate] = []
    for order, rule in enumerate(rules.rules):
        longest, ends = int(rule.yields.get("max", _DEFAULT_MAX)), str(rule.yields.get("ends", ""))
        candidate = _Candidate(order, rule, longest, tuple(rule.yields.get("holds", ())), ends)
        letters: set[str] = set()
        for entry in rule.yields.get("opens", ()):
            listed = rules.words[entry[1:-1]] if entry[:1] == "{" else (entry,)
            letters.update(_first_letters(word) for word in listed)
        for word in sorted(letters):
            opening.setdefault(word, []).append(candidate)
        if not letters:
            others.append(candidate)
    return _Candidates(
        opening={word: tuple(listed) for word, listed in opening.items()},
        holding=tuple(one for one in others if one.holds),
        always=tuple(one for one in others if not one.holds),
    )


def _first_letters(line: str) -> str:
    found = _FIRST.match(line)
    return found.group().lower() if found else ""


def find_roles(folded: Sequence[str], words: frozenset[str]) -> list[Role]:
    """What the first rule that matches each line of a folded page says it is; the lines are trimmed and not empty.

    `words` are the plain words of the page (`all_words`): what they rule out is looked for in no line.
    """
    lines = [tidy_dates(line) if len(line) <= _DATE_LINE else line for line in folded]
    opening, _, always = _candidates()
    return [
        _role(line, (always, opening.get(_first_letters(line), ()), holding))
        for line, holding in zip(lines, _held(lines, words), strict=True)
    ]


def _role(line: str, candidates: Sequence[Sequence[_Candidate]]) -> Role:
    hits = [hit for listed in candidates if listed and (hit := _first_match(line, listed))]
    if hits:
        _, rule, found = min(hits, key=lambda hit: hit[0])
        return "archive" if rule.yields.get("archive") else str(rule.yields["role"]), rule.id, found
    place = _PLACE.match(line) if len(line) < _LABEL else None
    if place and look_up(place.group("outer")):
        # A map's label; as a paragraph of its own it tells nothing.
        return "caption", "furniture.caption.place", None
    return BODY


def _held(lines: Sequence[str], words: frozenset[str]) -> list[list[_Candidate]]:
    """For each line the rules of whose letters it holds some, in order.

    Looked for in all lines at once: most of the letters stand nowhere in an article.
    """
    text = "\n".join(lines)
    starts = [0, *itertools.accumulate(len(line) + 1 for line in lines)]
    held: list[list[_Candidate]] = [[] for _ in lines]
    for candidate in _candidates().holding:
        if not candidate.rule.needs.are_met_by(words):
            continue
        for piece in candidate.holds:
            at = text.find(piece)
            while at >= 0:
                index = bisect.bisect_right(starts, at) - 1
                if candidate not in held[index][-1:]:
                    held[index].append(candidate)
                at = text.find(piece, starts[index + 1])
    return held


def _first_match(line: str, candidates: Sequence[_Candidate]) -> tuple[int, Rule, re.Match[str]] | None:
    """The first of some rules that matches a line, with its place in the file."""
    for order, rule, longest, holds, ends in candidates:
        if len(line) > longest or (ends and line[-1] not in ends):
            continue
        if holds and not any(piece in line for piece in holds):
            continue
        found = rule.pattern.match(line)
        if found:
            return order, rule, found
    return None


# Spaces that scraping puts into "05 / 06 / 2026" and "6: 35", and what it loses in "May 5,2010" and "May 5-2010".
_SPLIT_NUMBER = re.compile(r"(?<=\d) ?([:/]) ?(?=\d)")
_BEFORE_NUMBER = re.compile(r"[:/] ?\d")
_LOST_SPACE = re.compile(
    r"(?<=[a-z.] \d)[,-]{1,2}(?=(?:19|20)\d\d\b)|(?<=[a-z.] \d\d)[,-]{1,2}(?=(?:19|20)\d\d\b)"
)
_LOST_BEFORE = (",19", ",20", "-19", "-20")
_GLUED_CLOCK = re.compile(r"(?<=[a-z\d,] )((?:19|20)\d\d)(?=\d{1,2}:\d\d)")
_ZERO_DAY = re.compile(r"(?<=[a-z.] )0(?=[1-9],? (?:19|20)\d\d\b)")


def tidy_dates(text: str) -> str:
    """A line whose dates and times are written as usual; its length may change."""
    # Most lines hold no date, and looking for a character costs far less than a pattern.
    if (":" in text or "/" in text) and _BEFORE_NUMBER.search(text):
        text = _SPLIT_NUMBER.sub(r"\1", text)
    if "19" in text or "20" in text:
        text = _GLUED_CLOCK.sub(r"\1 ", text)
        if any(letters in text for letters in _LOST_BEFORE):
            text = _LOST_SPACE.sub(", ", text)
        if " 0" in text:
            text = _ZERO_DAY.sub("", text)
    return text

"""Which outlet a page names as its own.

Stance: the page's own words go before its agency's ("(Reuters)" in a reprint), and no outlet before a wrong one; a name
that nobody knows needs both the place of an outlet's name and the shape of one.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digests.rules import load_rules
from digests.rules.gazetteer import find_names
from digests.text.document import fold
from digests.text.outlets import known_outlet, outlet_starts, press_name
from digests.text.page import LineKind, PageLine

# Characters at a text's start in which a dateline may name the outlet, and lines that may open so.
_DATELINE, _OPENING = 120, 4
# Characters from which a line is a paragraph of the text rather than the headline of another one.
_PARAGRAPH = 120
# Characters from which a line is more than what stands between a headline and its text.
_TOLD = 90
# Rules for a day that stands alone, for links and for what stands behind a text's end.
_DAY, _LINKS = "furniture.dated.alone", ("furniture.links.", "furniture.tail.rest")
_AUTHORS = re.compile(r", ?| (?:for|FOR) ")
# What a firm's name ends with.
_FIRM = re.compile(r"(?:[ ,]+(?:Ltd|Limited|Inc|LLC|Company|Co|PLC|Plc|Pvt|Corporation|Corp)\b\.?)+$")
# What a line about rights holds, and characters of one that holds no name.
_RIGHTS, _BARE = ("©", "(c)", "(C)", "opyright", "OPYRIGHT"), 20
# The call sign of a station.
_STATION = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM))?")
# Rules that go by where a line stands, not by what it says.
_POSITIONED = (
    "furniture.line.menu",
    "furniture.line.section",
    "furniture.line.repeated",
    "furniture.links.stretch",
)
# Lines of a page's head, and words of a name.
_HEAD, _MOST_WORDS = 20, 5
# The name in an address of the page or of its desk: "www.harbournews.example", "desk@harbournews.example".
_HOST = re.compile(r"(?:https?://(?:www\.)?|\bwww\.|[\w.-]@)([a-z\d-]{4,40})\.[a-z]{2,}")
# Letters of the shortest name that an address begins with.
_SHORTEST = 4
# A name of up to five words with capitals.
_NAME = re.compile(r"(?:[Tt]he )?[A-Z][\w/&'-]{0,24}(?:[ .][A-Z][\w/&'-]{0,24}){0,4}")


def find_outlet(lines: Sequence[PageLine]) -> str | None:
    """The outlet that a page names as its own.

    By a line, a byline, a date line, a copyright line, its address, its first line, a dateline, its staff, or as the
    one that people spoke to, in this order; `None` when nothing or more than one thing is named.
    """
    body = [line for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY)]
    return (
        _own_line(lines)
        or _named_group(lines, (LineKind.BYLINE, LineKind.DATED))
        or _copyright(lines)
        or _address(lines)
        or _masthead(lines)
        or _dateline(body)
        or _staff(lines)
        or (None if _has_rights(lines) else _spoken_to(body))
    )


def is_month_first(outlet: str | None) -> bool | None:
    """Whether an outlet writes the month first in 06/09/2026; `None` where that is not known."""
    if outlet is None:
        return None
    if outlet in load_rules("outlets").words["month_first"]:
        return True
    return False if known_outlet(outlet, sure=True) else None


def _name(words: str | None, *, sure: bool = True) -> str | None:
    """The outlet that words name: a well-known one, or one by its shape."""
    # "Format: Situation Report" is a label and its value.
    return (known_outlet(words, sure=sure) or press_name(words)) if words and ":" not in words else None


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    return next(rule.pattern for rule in load_rules("outlets").rules if rule.id == f"outlets.{name}")


def _own_line(lines: Sequence[PageLine]) -> str | None:
    """A line that holds the name alone, or with its way home ("Harbour Times - Back to home")."""
    for line in lines:
        if line.rule == "furniture.line.name" and (name := _name(line.text, sure=False)):
            return name
        if line.rule == "furniture.line.brand" and line.found and (name := _name(line.found["outlet"])):
            return name
    return None


def _named_group(lines: Sequence[PageLine], kinds: Sequence[LineKind]) -> str | None:
    """The outlet beside the writer's name or beside the day."""
    for line in own_lines(lines, kinds):
        if line.found is None:
            continue
        groups = line.found.groupdict()
        parts = [
            groups.get("outlet"),
            groups.get("paper"),
            groups.get("head"),
            groups.get("tail"),
            # "By Ana Reyes, Harbour Times"; of "Ana Reyes and Tom Post" none is a newspaper.
            *(part for part in _AUTHORS.split(groups.get("author") or "") if " and " not in part),
        ]
        for words in parts:
            if name := _name(words):
                return name
    return None


def _has_rights(lines: Sequence[PageLine]) -> bool:
    """Whether a page says whose it is, though by a name that is no outlet's."""
    return any(
        line.kind is LineKind.DROP
        and any(mark in line.text for mark in _RIGHTS)
        and _pattern("self.copyright").search(fold(line.text[:300]))
        for line in lines
    )


def own_lines(lines: Sequence[PageLine], kinds: Sequence[LineKind]) -> Iterator[PageLine]:
    """The lines that say who wrote the page and when: below its text, a byline or a day alone among links or behind
    the text's end is that of the article it stands with."""
    is_below = is_among_links = False
    for line in lines:
        is_others = is_among_links and (line.rule == _DAY or line.kind is LineKind.BYLINE)
        if line.kind in kinds and not is_others:
            yield line
        is_paragraph = line.kind is LineKind.BODY and len(line.text) >= _PARAGRAPH
        is_link = line.rule.startswith(_LINKS)
        is_below = is_below or (line.kind is LineKind.BODY and len(line.text) >= _TOLD)
        is_among_links = is_below and not is_paragraph and (is_link or is_among_links)


def _dateline(body: Sequence[PageLine]) -> str | None:
    for line in body[:_OPENING]:
        opening = fold(line.text[:_DATELINE])
        found = _pattern("self.dateline").match(opening)
        if found and (name := _name(found.group("outlet"))):
            return name
        # A country may stand there too: "PARIS (France) -".
        found = _pattern("self.agency").match(opening)
        if found and not find_names(found.group("outlet")):
            return found.group("outlet")
    return None


def _copyright(lines: Sequence[PageLine]) -> str | None:
    for index, line in enumerate(lines):
        if line.kind is not LineKind.DROP or not any(mark in line.text for mark in _RIGHTS):
            continue
        words = fold(line.text[:300])
        found = _pattern("self.copyright").search(words)
        if found is None and len(words) <= _BARE and index + 1 < len(lines):
            # "© 2021", and the name in a line of its own.
            found = _pattern("self.copyright").search(f"{words} {fold(lines[index + 1].text[:100])}")
        if found is None:
            continue
        held = found.group("outlet").split(". ")[0].strip()
        spaced = (held.split(), held.replace("/", " / ").split())
        pieces = (" ".join(parts[:end]) for parts in spaced for end in range(len(parts), 0, -1))
        known = next((name for piece in pieces if (name := known_outlet(piece))), None)
        if name := known or press_name(_FIRM.sub("", held)) or (held if _STATION.fullmatch(held) else None):
            return name
    return None


def _address(lines: Sequence[PageLine]) -> str | None:
    """The outlet that the addresses outside the text name, where they agree: a well-known one, or one whose name stands
    in the page's head or in its line of rights."""
    hosts = {
        host.replace("-", "")
        for line in lines
        if line.kind is LineKind.DROP and ("@" in line.text or "www." in line.text or "://" in line.text)
        for host in _HOST.findall(line.text.lower())
        if host not in load_rules("outlets").words["host"]
    }
    if len(hosts) != 1:
        return None
    (host,) = hosts
    if known := _squashed().get(host):
        return known
    held = [
        found.group("outlet")
        for line in lines
        if line.kind is LineKind.DROP and any(mark in line.text for mark in _RIGHTS)
        if (found := _pattern("self.copyright").search(fold(line.text[:300])))
    ]
    names = [*held, *(line.text for line in lines[:_HEAD] if line.kind is LineKind.DROP)]
    for name in names:
        words = name.split()
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            piece = " ".join(words[:count]).strip(" .,")
            letters = _letters(piece)
            if len(letters) >= _SHORTEST and (letters == host or (name in held and host.startswith(letters))):
                return known_outlet(piece, sure=True) or piece
    return None


@functools.cache
def _squashed() -> dict[str, str]:
    """The well-known outlets by the letters of their names: "harbourtimes" for "The Harbour Times"."""
    known = load_rules("outlets").meaning["outlet"]
    return {_letters(name): str(usual) for name, usual in known.items()} | {
        _letters(name.removeprefix("the ")): str(usual) for name, usual in known.items()
    }


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _masthead(lines: Sequence[PageLine]) -> str | None:
    """The name of an outlet that opens the page, above its menu and its headline."""
    for line in itertools.takewhile(lambda line: line.kind is LineKind.DROP, lines):
        if not line.rule.startswith(_POSITIONED):
            continue
        return _name(fold(line.text))
    return None


def _staff(lines: Sequence[PageLine]) -> str | None:
    for line in lines:
        found = _pattern("self.credit").search(fold(line.text)) if line.kind is LineKind.FOOT else None
        if found and (name := known_outlet(found.group("writers") or found.group("staff") or "", sure=True)):
            return name
    return None


def _spoken_to(body: Sequence[PageLine]) -> str | None:
    """The outlet that people "told": named so twice, or once where the text names no other outlet at all.

    A text may also quote what somebody told another outlet, so anything less is not sure; and what a text cites by name
    ("Xinhua news agency", "according to CNN") is not its own outlet.
    """
    named: Counter[str] = Counter()
    told = _pattern("self.told")
    whole = "\n".join(line.text for line in body)
    for line in _lines_told(whole):
        for found in told.finditer(fold(line)):
            words = found.group("outlet").split()
            for count in range(len(words), 0, -1):
                name = _name(" ".join(words[:count]), sure=words[0].lower() == "the")
                if name:
                    named[name] += 1
                    break
    if len(named) != 1:
        return None
    ((name, times),) = named.items()
    if any(name in _cited(fold(line.text)) for line in body):
        return None
    if times > 1:
        return name
    # Line by line: most texts that name another outlet do so early.
    return None if any(_outlets_named(fold(line.text)) - {name} for line in body) else name


def _lines_told(text: str) -> list[str]:
    """The lines of a text in which a capital stands behind a word for telling, in order."""
    starts: set[int] = set()
    for cue in load_rules("outlets").words["told"]:
        at = text.find(cue)
        while at >= 0:
            behind = at + len(cue) + 1
            if text[behind : behind + 1].isupper() or text[behind : behind + 3] == "the":
                starts.add(text.rfind("\n", 0, at) + 1)
            at = text.find(cue, behind)
    return [text[start:].partition("\n")[0] for start in sorted(starts)]


def _cited(folded: str) -> set[str]:
    """The outlets that a line cites."""
    found: set[str] = set()
    if not any(cue in folded for cue in load_rules("outlets").words["cited_cue"]):
        return found
    for match in _pattern("other.cited").finditer(folded):
        words = (match.group("outlet") or match.group("cited")).split()
        pieces = (" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1))
        found.update(name for piece in pieces if (name := _name(piece)))
    return found


def _outlets_named(folded: str) -> set[str]:
    """All outlets that a line names: well-known ones by their usual names, others by the shape of theirs."""
    found: set[str] = set()
    for match in _NAME.finditer(folded):
        if name := press_name(match.group()):
            found.add(name)
        words = match.group().split()
        for first, word in enumerate(words):
            if word.removesuffix("'s").rstrip(".,-").casefold() in outlet_starts():
                pieces = (" ".join(words[first:end]) for end in range(first + 1, len(words) + 1))
                found.update(name for piece in pieces if (name := known_outlet(piece)))
    return found

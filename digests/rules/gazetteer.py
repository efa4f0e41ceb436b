"""Countries with their other names, demonyms and capitals; regions and cities: who and where a name points to.

Data: `countries.tsv`, `regions.tsv`, `cities.tsv`, written by `tools/build_gazetteer.py`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from digests.rules import data_lines, load_rules
from digests.types import Span
from digests.values import made_often


class NameKind(StrEnum):
    COUNTRY = "country"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    REGION = "region"
    CITY = "city"


# The kinds of names that stand for a state: "Japan", "the Japanese", "Tokyo".
STATE_KINDS = frozenset({NameKind.COUNTRY, NameKind.DEMONYM, NameKind.CAPITAL})


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class GeoName:
    """A name in the gazetteer: `country` is ISO 3166 alpha-2 (XK for Kosovo), `canonical` its usual spelling."""

    canonical: str
    kind: NameKind
    country: str


class GeoMatch(NamedTuple):
    span: Span
    name: GeoName


# Longest name in words ("Democratic Republic of the Congo").
_MAX_WORDS = 6
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['-][^\W\d_]+)*")
# A word that may begin a name: every script's capitals beyond ASCII pass and are settled by the table.
# Begins with ranges, which the search runs over fast; whether it is a letter is asked behind it, and what stands
# inside a word is sorted out in code.
_CAPITAL = re.compile(r"[A-Z\x80-\U0010ffff](?<=[^\W\d_])(?:\.(?:[A-Z]\.)+|[^\W\d_]*(?:['-][^\W\d_]+)*)")
# What may stand between two words of a name: "St. Louis", "Stratford upon Avon"; one line only.
_GAP = re.compile(r"\.? {1,3}|\.?\n(?!\n)|-")
_GAP_STARTS = frozenset(" .\n-")
# Words that are names only in capitals: "us" and "Us" are the pronoun.
_EXACT = frozenset({"US", "UK", "USA", "UAE", "DRC", "PRC", "DPRK", "USSR"})


@functools.cache
def _table() -> dict[str, GeoName]:
    """Case-folded name to entry; where a name has several readings, country beats capital beats region beats city."""
    table: dict[str, GeoName] = {}
    for code, names, demonyms, capitals in data_lines("countries.tsv"):
        first = names.split("|")[0]
        for name in filter(None, names.split("|")):
            table.setdefault(name.casefold(), GeoName(canonical=first, kind=NameKind.COUNTRY, country=code))
        for name in filter(None, demonyms.split("|")):
            for form in (name, name + "s"):
                entry = GeoName(canonical=name, kind=NameKind.DEMONYM, country=code)
                table.setdefault(form.casefold(), entry)
        for name in filter(None, (c.strip() for c in capitals.split("|"))):
            entry = GeoName(canonical=name, kind=NameKind.CAPITAL, country=code)
            if name.casefold() not in table or table[name.casefold()].country != code:
                table.setdefault(name.casefold(), entry)
    for name, code in data_lines("regions.tsv"):
        table.setdefault(name.casefold(), GeoName(canonical=name, kind=NameKind.REGION, country=code))
    for name, code, _ in data_lines("cities.tsv"):
        table.setdefault(name.casefold(), GeoName(canonical=name, kind=NameKind.CITY, country=code))
    for name, entry in list(table.items()):
        if not name.isascii():
            table.setdefault(_plain(name), entry)
    return table


def _plain(name: str) -> str:
    """A name as newsrooms write it: no accents, no mark for the glottal stop ("Ābū 'Arīsh" is "abu arish")."""
    letters = unicodedata.normalize("NFKD", name)
    return re.sub(r"(?<![^\W\d_])'", "", "".join(c for c in letters if not unicodedata.combining(c)))


@functools.cache
def _beginnings() -> tuple[dict[str, int], dict[str, frozenset[str]]]:
    """First word of each name to the most words a name with it has, and to the words that follow it in a name.

    Most candidates of several words end at the second one.
    """
    longest: dict[str, int] = {}
    following: dict[str, set[str]] = {}
    for name in _table():
        if name.isalpha():
            # Seven names in ten.
            longest.setdefault(name, 1)
        elif words := _WORD.findall(name):
            longest[words[0]] = max(longest.get(words[0], 0), min(len(words), _MAX_WORDS))
            if len(words) > 1:
                following.setdefault(words[0], set()).add(words[1])
    return longest, {word: frozenset(seconds) for word, seconds in following.items()}


@functools.cache
def _regions() -> dict[str, GeoName]:
    return {
        name.casefold(): GeoName(canonical=name, kind=NameKind.REGION, country=code)
        for name, code in data_lines("regions.tsv")
    }


def region_named(name: str) -> GeoName | None:
    """The province or state of a name that may be a country's or a capital's as well ("Niger state")."""
    return _regions().get(name.casefold())


@functools.cache
def _sizes() -> dict[str, int]:
    """City to inhabitants."""
    return {name: int(inhabitants) for name, _, inhabitants in data_lines("cities.tsv")}


def city_size(canonical: str) -> int:
    """Inhabitants of a city by its canonical name, 0 for what is none."""
    return _sizes().get(canonical, 0)


@functools.cache
def country_names() -> dict[str, str]:
    """ISO code to the newsroom's name of the country ("PK" to "Pakistan")."""
    return {code: names.split("|")[0] for code, names, *_ in data_lines("countries.tsv")}


@functools.cache
def demonyms() -> dict[str, str]:
    """ISO code to the country's usual demonym ("PK" to "Pakistani"), where it has one."""
    rows = data_lines("countries.tsv")
    return {code: names.split("|")[0] for code, _, names, *_ in rows if names}


@functools.lru_cache(maxsize=4096)
def look_up(name: str) -> GeoName | None:
    """The entry of one name, as written ("Tehran", "Iranian", "the United States"); `None` if there is none."""
    plain = name.strip()
    if plain[:3].lower() == "the" and plain[3:4].isspace():
        plain = plain[3:].lstrip()
    plain = plain.removesuffix("'") if plain.endswith("'") else _bare(plain)
    plain = plain.strip()
    if plain.upper() in _EXACT and plain != plain.upper():
        return None
    return _table().get(plain.casefold())


# Texts whose names are remembered: one article and the phrases of most articles' speakers.
_TEXTS = 32


@functools.lru_cache(maxsize=_TEXTS)
def find_names(folded: str, start: int = 0, end: int | None = None) -> tuple[GeoMatch, ...]:
    """All gazetteer names in a folded text, longest first at each place, in order.

    Ordinary text must have a capital; a text all in capitals (wire copy) is read without regard to case. The last
    texts are remembered: several extractors ask for the same document, and for the phrases of its speakers in between.
    """
    stop = len(folded) if end is None else end
    found: list[GeoMatch] = []
    at = start
    for candidate in _CAPITAL.finditer(folded, start, stop):
        first = _FIRSTS[candidate[0]]
        if first is None:
            continue
        begin = candidate.start()
        if begin < at or (begin and folded[begin - 1].isalpha()):
            continue
        name, close = first.alone, begin + first.length
        if first.seconds:
            name, close = _longer(folded, candidate, first, stop) or (name, close)
        if name is not None:
            at = close
            if not (begin and name.country == "US" and _is_continent(folded, begin, close)):
                found.append(GeoMatch(Span(start=begin, end=close), name))
    return tuple(found)


def _is_continent(folded: str, begin: int, close: int) -> bool:
    """ "South America", "Latin American": no country's name."""
    words = load_rules("places").words
    if folded[begin:close].casefold() not in words["continents"]:
        return False
    return folded[max(0, begin - _PART) : begin - 1].casefold().endswith(words["parts_of_continents"])


class _First(NamedTuple):
    """What the gazetteer knows of a word that a name begins with."""

    # The name that the word is by itself.
    alone: GeoName | None
    # Letters of the word without a possessive.
    length: int
    # The most words of a name that begins so, and the words that follow it in a longer one.
    most: int
    seconds: frozenset[str]


class _Firsts(dict[str, _First | None]):
    """A word as written to what the gazetteer knows of it; `None` where no name begins with it.

    A dictionary that fills itself: every capital of every text is looked up here, and a call would cost more.
    """

    def __missing__(self, word: str) -> _First | None:
        bare = _bare(word)
        longest, following = _beginnings()
        most = longest.get(bare.casefold(), 0)
        seconds = following.get(bare.casefold(), frozenset())
        first = _First(_entry(bare), len(bare), most, seconds) if most else None
        if len(self) < _REMEMBERED:
            self[word] = first
        return first


_REMEMBERED = 20_000
# Letters in which the part of a continent stands before its name ("Central ").
_PART = 12
_FIRSTS = _Firsts()


def _entry(written: str) -> GeoName | None:
    """The entry of a name exactly as written."""
    entry = _table().get(written.casefold())
    is_pronoun = entry is not None and written != written.upper() and written.upper() in _EXACT
    return None if is_pronoun else entry


def _longer(folded: str, candidate: re.Match[str], first: _First, stop: int) -> tuple[GeoName, int] | None:
    """The longest name of several words that begins with a candidate, and where it ends without its possessive."""
    at = candidate.end()
    if folded[at : at + 1] not in _GAP_STARTS:
        return None
    ends: list[int] = []
    while len(ends) < first.most - 1:
        gap = _GAP.match(folded, at, stop)
        word = _WORD.match(folded, gap.end(), stop) if gap else None
        if word is None:
            break
        bare = _bare(word.group())
        if not ends and bare.casefold() not in first.seconds:
            break
        ends.append(word.start() + len(bare))
        at = word.end()
    for close in reversed(ends):
        name = _entry(folded[candidate.start() : close])
        if name is not None:
            return name, close
    return None


def _bare(word: str) -> str:
    """A word without a possessive."""
    return word[:-2] if word.endswith(("'s", "'S")) else word.rstrip("'")

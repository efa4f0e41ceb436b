"""Countries with their other names, demonyms and capitals; regions and cities: who and where a name points to.

Data: `countries.tsv`, `regions.tsv`, `cities.tsv`, written by `tools/build_gazetteer.py`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from digests.rules import data_lines
from digests.types import Span


class NameKind(StrEnum):
    COUNTRY = "country"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    REGION = "region"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoName:
    """A name in the gazetteer: `country` is ISO 3166 alpha-2 (XK for Kosovo), `canonical` its usual spelling."""

    canonical: str
    kind: NameKind
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoMatch:
    span: Span
    name: GeoName


# Longest name in words ("Democratic Republic of the Congo").
_MAX_WORDS = 6
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['-][^\W\d_]+)*")
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
    return table


@functools.cache
def _first_words() -> dict[str, int]:
    """First word of each name to the most words a name with it has."""
    longest: dict[str, int] = {}
    for name in _table():
        words = _WORD.findall(name)
        if words:
            longest[words[0]] = max(longest.get(words[0], 0), min(len(words), _MAX_WORDS))
    return longest


@functools.cache
def country_names() -> dict[str, str]:
    """ISO code to the newsroom's name of the country ("PK" to "Pakistan")."""
    return {code: names.split("|")[0] for code, names, *_ in data_lines("countries.tsv")}


def look_up(name: str) -> GeoName | None:
    """The entry of one name, as written ("Tehran", "Iranian", "the United States"); `None` if there is none."""
    plain = re.sub(r"^(?:the)\s+|'s?$", "", name.strip(), flags=re.IGNORECASE).strip()
    if plain.upper() in _EXACT and plain != plain.upper():
        return None
    return _table().get(plain.casefold())


def country_of(name: str) -> str | None:
    """ISO code of the country that a name, a demonym, a capital, a region or a city belongs to."""
    entry = look_up(name)
    return entry.country if entry else None


def find_names(folded: str, start: int = 0, end: int | None = None) -> tuple[GeoMatch, ...]:
    """All gazetteer names in a folded text, longest first at each place, in order.

    Ordinary text must have a capital; a text all in capitals (wire copy) is read without regard to case.
    """
    stop = len(folded) if end is None else end
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded, start, stop)]
    table, firsts = _table(), _first_words()
    found: list[GeoMatch] = []
    i = 0
    while i < len(words):
        word, at, _ = words[i]
        most = firsts.get(_bare(word).casefold(), 0) if word[0].isupper() else 0
        for count in range(min(most, len(words) - i), 0, -1):
            last, last_start, last_end = words[i + count - 1]
            if count > 1 and folded[words[i][2] : last_start].count("\n"):
                continue
            close = last_start + len(_bare(last)) if last.endswith(("'s", "'")) else last_end
            written = folded[at:close]
            entry = table.get(written.casefold())
            if entry is None or (written.upper() in _EXACT and written != written.upper()):
                continue
            found.append(GeoMatch(span=Span(start=at, end=close), name=entry))
            i += count - 1
            break
        i += 1
    return tuple(found)


def _bare(word: str) -> str:
    """A word without a possessive."""
    return word[:-2] if word.endswith("'s") else word.rstrip("'")

"""What the words around a name tell: role, affiliation, country, kind of actor.

Lexicon: `rules/roles.toml`, the names of `rules/groups.toml` and the gazetteer. Stance: nothing is invented; a field
that the words do not state stays `None`, and a speaker whom no list knows is `other`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digests.rules import load_rules
from digests.rules.gazetteer import GeoMatch, NameKind, find_names
from digests.types import ActorKind

_WORD = re.compile(r"[^\s,()\"–;:]+")
# Lists in order of precedence where two entries of one length stand at one place.
_LISTS: tuple[tuple[str, ActorKind], ...] = (
    ("armed_groups", ActorKind.ARMED_GROUP),
    ("official_roles", ActorKind.OFFICIAL),
    ("analyst_roles", ActorKind.ANALYST),
    ("witness_roles", ActorKind.WITNESS),
    ("media_roles", ActorKind.MEDIA),
    ("media", ActorKind.MEDIA),
    ("institutions", ActorKind.OFFICIAL),
    ("unnamed_heads", ActorKind.UNNAMED),
    ("other_roles", ActorKind.OTHER),
    ("analyst_houses", ActorKind.ANALYST),
    ("organisations", ActorKind.OTHER),
)
_ROLE_LISTS = frozenset(
    {"official_roles", "analyst_roles", "witness_roles", "media_roles", "other_roles", "unnamed_heads"}
)
_BODY_LISTS = frozenset(
    {"institutions", "media", "armed_groups", "organisations", "analyst_houses", "international"}
)


class Entry(NamedTuple):
    """A lexicon entry found among words: the list it is of, its kind and the words it covers."""

    list: str
    kind: ActorKind
    first: int
    last: int
    country: str | None = None


@dataclass(frozen=True, slots=True)
class RoleLexicon:
    entries: dict[tuple[str, ...], tuple[str, ActorKind, str | None]]
    home: dict[tuple[str, ...], str]
    # Words in the longest entry that begins with a word.
    longest: dict[str, int]
    words: dict[str, frozenset[str]]


@functools.cache
def load_roles() -> RoleLexicon:
    """Read the family `roles` and the names of `groups` once. Raises RulesError."""
    rules = load_rules("roles")
    entries: dict[tuple[str, ...], tuple[str, ActorKind, str | None]] = {}
    for name, code in rules.meaning["international"].items():
        entries[_entry(name)] = ("international", ActorKind.INTERNATIONAL, str(code) or None)
    for name, code in rules.meaning["ruling_groups"].items():
        entries[_entry(name)] = ("institutions", ActorKind.OFFICIAL, str(code))
    names = {
        **rules.words,
        "armed_groups": (*rules.words["armed_groups"], *load_rules("groups").words["armed"]),
    }
    for family, kind in _LISTS:
        for name in names[family]:
            entries.setdefault(_entry(name), (family, kind, None))
    home = {_entry(name): str(code) for name, code in rules.meaning["home"].items()}
    for words, code in home.items():
        entries.setdefault(words, ("institutions", ActorKind.OFFICIAL, code))
    longest: dict[str, int] = {}
    for words in entries:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return RoleLexicon(
        entries=entries,
        home=home,
        longest=longest,
        words={name: frozenset(listed) for name, listed in names.items()},
    )


def _entry(name: str) -> tuple[str, ...]:
    """The key of a lexicon entry: its plain words."""
    return tuple(plain(word) for word in name.split())


def words_of(folded: str) -> list[tuple[str, int, int]]:
    """The words of a phrase with their offsets; a possessive keeps its mark, a full stop at the end goes."""
    return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]


@functools.cache
def _capitals() -> dict[str, str]:
    """Acronyms that are everyday words in small letters, with their entry of the lexicon."""
    return {name: str(entry) for name, entry in load_rules("roles").meaning["capitals"].items()}


@functools.lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """A word for the lexicon: lower case, without possessive and without "ex-" or "vice-"."""
    if word[:3].isupper() and word.removesuffix("'s") in _capitals():
        return _capitals()[word.removesuffix("'s")]
    low = (
        word.lower()
        .removeprefix("ex-")
        .removeprefix("vice-")
        .removesuffix("-designate")
        .removesuffix("-in-law")
    )
    if low.endswith("'s"):
        low = low[:-2]
    elif low.endswith("s'"):
        low = low[:-1]
    return low if low.count(".") > 1 else low.rstrip(".'")


def find_entries(words: Sequence[str], possessors: frozenset[int] = frozenset()) -> list[Entry]:
    """Lexicon entries among plain words, longest first at each place, not overlapping, in order.

    No role runs over one of the `possessors`: "the army's chief of staff" is no army chief.
    """
    lexicon, longest = load_roles().entries, load_roles().longest
    found: list[Entry] = []
    index = 0
    while index < len(words):
        for count in range(min(longest.get(words[index], 0), len(words) - index), 0, -1):
            entry = lexicon.get(tuple(words[index : index + count]))
            if entry is not None and not (
                possessors
                and entry[0] in _ROLE_LISTS
                and any(index <= i < index + count - 1 for i in possessors)
            ):
                found.append(Entry(entry[0], entry[1], index, index + count - 1, entry[2]))
                index += count - 1
                break
        index += 1
    return _without_members(found, words) if len(found) > 1 else found


def _without_members(entries: list[Entry], words: Sequence[str]) -> list[Entry]:
    """The entries where a plural of people in front of a body is a part of it: "Doctors Committee"."""
    out: list[Entry] = []
    for index, entry in enumerate(entries):
        behind = entries[index + 1 : index + 2]
        if entry.list == "witness_roles" and any(map(is_body, behind)) and _modifies(entry, words):
            # "the local daily"
            continue
        before = out[-1] if out else None
        if (
            before is not None
            and before.last + 1 == entry.first
            and before.list in {"other_roles", "witness_roles"}
            and words[before.last].endswith("s")
            and is_body(entry)
            and words[entry.first] in load_roles().words["member_bodies"]
        ):
            out[-1] = Entry("organisations", ActorKind.OTHER, before.first, entry.last)
        else:
            out.append(entry)
    return out


@functools.cache
def trade_words(name: str) -> frozenset[str]:
    """A list of `rules/trades.toml` by its name. Raises KeyError."""
    return frozenset(load_rules("trades").words[name])


@functools.cache
def entry_words() -> frozenset[str]:
    """Single words that stand in role and body entries; "under secretary" makes none of a preposition that opens it."""
    opens_none = set(load_rules("quotes").words["prepositions"])
    return frozenset(
        word
        for entry in load_roles().entries
        for at, word in enumerate(entry)
        if at or word not in opens_none
    )


def is_role(entry: Entry) -> bool:
    return entry.list in _ROLE_LISTS


def is_body(entry: Entry) -> bool:
    return entry.list in _BODY_LISTS


def _without_posts(entries: Sequence[Entry], words: Sequence[str]) -> list[Entry]:
    """The entries without the bodies that somebody is sent to: "ambassador to the United Nations"."""
    lists = load_roles().words
    sent = next((e for e in entries if is_role(e) and words[e.last] in lists["sent_roles"]), None)
    if sent is None or list(words[sent.last + 1 : sent.last + 2]) != ["to"]:
        return list(entries)
    return [e for e in entries if e.last <= sent.last]


def country_in(folded: str, entries: Sequence[Entry], words: Sequence[str]) -> str | None:
    """The country that a phrase names: of a body, a demonym or a country; cities and regions only after these."""
    entries = _without_posts(entries, words)
    for entry in entries:
        if entry.country:
            return entry.country
        is_whole = entry.first == int(words[0] == "the") and entry.last == len(words) - 1
        if entry.list == "international" and is_whole:
            # "the Organization of American States" is of no one state, "the Chilean Red Cross" is.
            return None
        home = load_roles().home.get(tuple(words[entry.first : entry.last + 1]))
        if home:
            return home
    names = find_names(folded)
    if not load_roles().words["sent_roles"].isdisjoint(words):
        # "the fund's envoy to Chad" is of no Chad.
        names = tuple(name for name in names if not _is_posting(name, folded))
    kinds: tuple[NameKind, ...]
    is_group = any(entry.list == "armed_groups" for entry in entries)
    for kinds in ((NameKind.DEMONYM, NameKind.COUNTRY), (NameKind.REGION, NameKind.CAPITAL)):
        for match in names if not (is_group and NameKind.REGION in kinds) else ():
            if match.name.kind in kinds and _tells_country(match, folded):
                return None if _is_one_of_two(match, names, folded) else match.name.country
    return None


def _is_posting(match: GeoMatch, folded: str) -> bool:
    """Whether a place stands behind a preposition by which somebody is sent there."""
    before = folded[: match.span.start].split()
    if before and before[-1].lower() == "the":
        before = before[:-1]
    return bool(before) and before[-1].lower() in load_roles().words["posting_links"]


def _is_one_of_two(match: GeoMatch, names: Sequence[GeoMatch], folded: str) -> bool:
    """ "Turkish and Qatari officials" are of no one country."""
    joined = (other for other in names if folded[match.span.end : other.span.start] == " and ")
    return any(other.name.country != match.name.country for other in joined)


def _tells_country(match: GeoMatch, folded: str) -> bool:
    """Whether a place's name may be trusted: a region's only beside "province", "governor of" and the like.

    Everyday words are regions somewhere, and towns share their names with regions elsewhere. A capital in
    front of a further name is a part of it ("Victoria Coal Company").
    """
    if match.name.kind is NameKind.CAPITAL:
        behind = folded[match.span.end :].split(" ", 2)[1:2] if folded[match.span.end :][:1] == " " else []
        return not behind or not behind[0][:1].isupper() or plain(behind[0]) in entry_words()
    if match.name.kind is not NameKind.REGION:
        return True
    before = [plain(word) for word in folded[: match.span.start].split()]
    after = [plain(word) for word in folded[match.span.end :].split()[:1]]
    if before and before[-1] in load_roles().words["belonging"] | {"the"}:
        beside = {*before, *after}
    else:
        beside = {*before[-1:], *after}
    return not load_roles().words["regional_words"].isdisjoint(beside)


def kind_in(entries: Sequence[Entry], words: Sequence[str]) -> ActorKind:
    """The kind of actor that the entries around a name make: a role first, then the body it belongs to."""
    entries = _without_posts(entries, words)
    leads = any(is_role(e) and words[e.last] in load_roles().words["house_roles"] for e in entries)
    roles = [e for e in entries if is_role(e)]
    role = next((e for e in roles if not _describes(e, roles, words)), None)
    bodies = [e for e in entries if is_body(e)]
    if role is not None:
        if role.kind is ActorKind.OFFICIAL and any(b.kind is ActorKind.INTERNATIONAL for b in bodies):
            return ActorKind.INTERNATIONAL
        if (
            role.kind is ActorKind.OFFICIAL
            and bodies
            and bodies[0].list == "armed_groups"
            and bodies[0].last < role.first
        ):
            # "Al-Shabab's military spokesman"
            return bodies[0].kind
        if role.kind is ActorKind.OFFICIAL and words[role.last] in load_roles().words["state_roles"]:
            return role.kind
        if role.kind is ActorKind.OFFICIAL and bodies and not any(b.list == "institutions" for b in bodies):
            groups = [b for b in bodies if b.list == "armed_groups"]
            return groups[0].kind if groups else ActorKind.OTHER
        if role.kind is not ActorKind.OTHER:
            return role.kind
        behind = words[role.last + 1 :]
        leads_area = words[role.last] in load_roles().words["local_heads"] and behind[:1] == ["of"]
        if leads_area and not bodies and not load_roles().words["local_areas"].isdisjoint(behind):
            return ActorKind.OFFICIAL
        kind = _first_kind(bodies, ActorKind.OTHER)
        # A student of a university is no analyst, its director is.
        return kind if kind is not ActorKind.ANALYST or leads else ActorKind.OTHER
    return _first_kind(bodies, ActorKind.OTHER)


def _modifies(entry: Entry, words: Sequence[str]) -> bool:
    """Whether an entry is one word that may only describe what stands behind it: "deputy", "local"."""
    return entry.first == entry.last and words[entry.first] in load_roles().words["role_modifiers"]


def _describes(entry: Entry, roles: Sequence[Entry], words: Sequence[str]) -> bool:
    """Whether a role only describes the one behind it: "local councillor", "deputy digital affairs minister"."""
    is_one = entry.first == entry.last
    if is_one and any(other.first == entry.last + 1 for other in roles):
        return True
    if not _modifies(entry, words):
        return False
    behind = next((other for other in roles if other.first > entry.last), None)
    ends = load_roles().words["belonging"] | {"and"}
    return behind is not None and ends.isdisjoint(words[entry.last + 1 : behind.first])


def _first_kind(bodies: Sequence[Entry], default: ActorKind) -> ActorKind:
    for kind in (ActorKind.INTERNATIONAL, ActorKind.ARMED_GROUP):
        if any(b.kind is kind for b in bodies):
            return kind
    telling = next((b for b in bodies if b.kind is not ActorKind.OTHER), None)
    return telling.kind if telling else default

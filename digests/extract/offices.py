"""An office as a phrase writes it: the role with what modifies it, and the body in front of it or behind it.

Stance: what is no body (a country, a town, a day) is no affiliation; an office that somebody held is not held now.
"""

from __future__ import annotations

import functools
import re

from digests.extract.lexicon import load_lexicon
from digests.extract.roles import Entry, is_body, is_role, load_roles, plain
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.types import ActorKind

_ARTICLE = re.compile(r"(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
# "agency's" of "the agency's coastal office": whose it is stands elsewhere.
_COMMON_OWNER = re.compile(r"^(?:the |its |their )?[a-z][\w-]*['’]s (?=\S)")
_PLACE_TAIL = re.compile(r"\s+(?:in|at)\s+((?:[A-Z][\w.'-]*\s*){1,4})$")
_POSTED = re.compile(r"\s+(?:to|for|in)\s+(?=[A-Z])")
_BASED = re.compile(r"\b[\w.]+-based\s+(?:the\s+)?", re.IGNORECASE)
_OWNING = frozenset({"'s", "s'"})
# Words of a phrase with their offsets.
Words = list[tuple[str, int, int]]


def possessors(words: Words) -> frozenset[int]:
    """The words that own what stands behind them."""
    return frozenset([i for i, (word, _, _) in enumerate(words) if word[-2:].lower() in _OWNING])


def of_state(kind: ActorKind, words: Words, entries: list[Entry], role: Entry) -> ActorKind:
    """A country's own head of something is an official: "Chile's communications director"."""
    if kind is not ActorKind.OTHER or any(is_body(e) for e in entries):
        return kind
    heads = plain(words[role.last][0]) in load_roles().words["local_heads"]
    owners = (look_up(words[at][0]) for at in possessors(words) if at < role.first)
    is_states = heads and any(owner and owner.kind is NameKind.COUNTRY for owner in owners)
    return ActorKind.OFFICIAL if is_states else kind


def _role_first(words: Words, plains: list[str], entries: list[Entry], role: Entry) -> int:
    """The first word of a role with what modifies it: "former defence minister", "foreign policy chief"."""
    lists = load_roles().words
    first = role.first
    taken = {i for e in entries if is_body(e) for i in range(e.first, e.last + 1)}
    is_narrowed = plains[role.last] in lists["narrowed_roles"]
    for _ in range(2):
        before = first - 1
        if before < 0 or before in taken or plains[before] in lists["role_stops"]:
            break
        word = words[before][0]
        is_field = plains[before] in lists["fields"]
        if not (is_narrowed or is_field) or word.endswith(("'s", "'")) or "-" in word or look_up(word):
            break
        if before > 0 and look_up(f"{words[before - 1][0]} {word}"):
            # "South Korean minister"
            break
        # A field of work opens the sentence with a capital ("Oil minister Hadi Salman").
        if word[0].isupper() != words[role.first][0][0].isupper() and not (is_field and before == 0):
            break
        first = before
    modifiers = _modifiers(is_spokesman=plains[role.last] in lists["spokes_roles"])
    while first > 0 and plains[first - 1] in modifiers and first - 1 not in taken:
        first -= 1
    is_force = (
        0 < first < role.first and plains[first] in lists["spoken_for"] and words[first][0][0].isupper()
    )
    if (
        is_force
        and words[first - 1][0][0].isupper()
        and " ".join(plains[role.first : role.last + 1]) in lists["ranks"]
    ):
        # "British Transport Police Superintendent": a police force by its name.
        first += 1
    if first > 0 and plains[first - 1] in lists["group_adjectives"]:
        # "rebel commander", though rebels are a body of their own.
        first -= 1
        first -= int(first > 0 and plains[first - 1] in modifiers)
    for other in reversed(entries):
        if other.last != first - 1 or not is_role(other):
            continue
        is_rank = " ".join(plains[other.first : first]) in lists["ranks"]
        is_one = other.first == other.last and words[other.last][0].isalpha()
        is_one = is_one and plains[other.last] not in lists["spoken_for"]
        if is_rank or (is_one and (words[other.last][0].islower() or other.last == 0)):
            # "Detective Chief Inspector", "volunteer firefighter"
            first = other.first
    return first


@functools.cache
def _modifiers(*, is_spokesman: bool) -> frozenset[str]:
    """Words that grade a role; whom a spokesman speaks for is none of them."""
    lists = load_roles().words
    return lists["role_modifiers"] - lists["spoken_for"] if is_spokesman else lists["role_modifiers"]


@functools.cache
def _leading() -> frozenset[str]:
    """Small words and grades in front of a body."""
    lists = load_lexicon().words
    return (
        lists["determiners"]
        | lists["conjunctions"]
        | lists["prepositions"]
        | load_roles().words["past_grades"]
    )


def role_text(text: str, words: Words, plains: list[str], entries: list[Entry], role: Entry) -> str:
    """The role as written, with what modifies it; a country or region between them goes ("former US minister")."""
    first = _role_first(words, plains, entries, role)
    last = role_last(words, plains, entries, role)
    written = _COMMON_OWNER.sub("", text[words[first][1] : words[last][2]].rstrip(".,'"))
    grade = first - 1
    while grade >= 0 and _is_demonym(words[grade][0], plains[grade]):
        grade -= 1
    if 0 <= grade < first - 1 and plains[grade] in load_roles().words["role_modifiers"]:
        return f"{text[words[grade][1] : words[grade][2]]} {written}"
    opening = 1 if plains[0] in load_lexicon().words["articles"] else 0
    if opening < first and plains[opening] in load_roles().words["past_grades"]:
        # "former central bank governor": no governor any more.
        return f"{text[words[opening][1] : words[opening][2]]} {written}"
    if opening < first and words[opening][0].lower().startswith("ex-"):
        return f"{text[words[opening][1] : words[opening][1] + 3]}{written}"
    return written


def role_last(words: Words, plains: list[str], entries: list[Entry], role: Entry) -> int:
    """The last word of a role with its field behind it: "head of pipelines", "Minister of Health"."""
    last = role.last
    links = load_roles().words["field_links"]
    if plains[last] not in load_roles().words["field_heads"] or links.isdisjoint(plains[last + 1 : last + 2]):
        return last
    portfolios = load_roles().words["portfolios"]
    end = last + 2
    while end < len(words) and plains[end] in portfolios and not words[end][0].endswith(("'s", "s'")):
        end += 1
    if end > last + 2 and plains[end - 1] not in portfolios & load_lexicon().words["conjunctions"]:
        return end - 1
    return _field_last(words, plains, entries, last) if plains[last + 1] == "of" else last


def _field_last(words: Words, plains: list[str], entries: list[Entry], last: int) -> int:
    """The last of up to three words in small letters behind "of" that are neither a body nor a place."""
    lists = load_lexicon().words
    stops = (
        lists["determiners"]
        | lists["prepositions"]
        | lists["conjunctions"]
        | load_roles().words["local_areas"]
    )
    taken = {i for e in entries for i in range(e.first, e.last + 1)}
    end = last + 2
    while end < len(words) and end - last < 5 and words[end][0].islower() and end not in taken:
        if plains[end] in stops or words[end][0].endswith(("'s", "s'")):
            break
        end += 1
    is_whole = end == len(words) or plains[end] in lists["prepositions"]
    return end - 1 if end > last + 2 and is_whole else last


def _is_demonym(word: str, plain_word: str) -> bool:
    """Whether a word in front of a role only says of which country, creed or side it is: "pro-Russian"."""
    lists = load_roles().words
    if "-" in plain_word and look_up(word) is None:
        first, _, last = plain_word.rpartition("-")
        return last in lists["side_endings"] or first in lists["side_starts"]
    return look_up(word) is not None or plain_word in lists["regional_adjectives"]


def affiliation_before(
    text: str,
    folded: str,
    words: Words,
    plains: list[str],
    entries: list[Entry],
    role: Entry | None,
) -> str | None:
    """The body in front of a role: "Chinese Foreign Ministry spokesperson"; a mere demonym is none."""
    if role is None:
        return None
    if plains[role.last] in load_roles().words["kin_roles"]:
        return None
    last = _role_first(words, plains, entries, role) - 1
    first = 0
    lists = load_lexicon().words
    leading = _leading()
    grades = _modifiers(is_spokesman=plains[role.last] in load_roles().words["spokes_roles"])
    while first <= last and (plains[first] in leading or words[first][0] in grades):
        # "a senior Justice Department official", but "the National Guard's".
        first += 1
    if first < last and words[first][0].lower().endswith(("'s", "s'")):
        # "Japan's top government spokesman"
        is_graded = look_up(words[first][0]) and plains[first + 1] in load_roles().words["high_grades"]
        first += 2 if is_graded else 0
    if first > last:
        return None
    start, end = words[first][1], words[last][2]
    piece = folded[start:end]
    lows = [word.lower() for word, _, _ in words[first : last + 1]]
    is_two = any(
        is_role(e) and first <= e.last < last and plains[e.last + 1] in lists["coordinators"] for e in entries
    )
    # "Ghana's information minister and government spokesman" is of no body that ends with "government".
    if (
        is_two
        or lows[-1] in lists["coordinators"]
        or any(low in lists["time_words"] or low in lists["finite_verbs"] for low in lows)
    ):
        # A body's name holds no day and no verb: the phrase began too early.
        return None
    if (
        not any(word[0].isupper() for word, _, _ in words[first : last + 1])
        and not any(is_body(e) and first <= e.first <= last for e in entries)
        and plains[last] not in load_roles().words["spoken_for"]
    ):
        return None
    rest = [
        (word, low)
        for (word, _, _), low in zip(words[first : last + 1], lows, strict=True)
        if low not in grades and low not in lists["coordinators"]
    ]
    if plains[role.last] in load_roles().words["place_offices"] and not any(
        is_body(e) and first <= e.first <= last for e in entries
    ):
        # "West Marsh mayor": a place, whether a list knows it or not.
        return None
    if is_place(piece) or look_up(piece) or all(_is_demonym(word, low) for word, low in rest):
        # "a senior Israeli official", "Turkish and Qatari officials": countries are no bodies.
        return None
    if last == first and lows[0] in load_roles().words["regional_adjectives"]:
        return None
    if last == first and piece[0].islower() and piece.endswith(("'s", "s'")):
        # "the company's chief": which company, the text tells elsewhere.
        return None
    return tidy(text[start:end])


def affiliation_behind(
    text: str,
    folded: str,
    words: Words,
    plains: list[str],
    entries: list[Entry],
    role: Entry,
) -> str | None:
    """The body right behind a role: "a spokesman for the Bern Bank"; whoever saw something is of none."""
    at = role_last(words, plains, entries, role) + 1
    if (
        role.kind is ActorKind.WITNESS
        or at >= len(words)
        or plains[at] not in load_roles().words["belonging"]
    ):
        return None
    return affiliation_after(text, folded, words, plains, entries, at)


def affiliation_after(
    text: str,
    folded: str,
    words: Words,
    plains: list[str],
    entries: list[Entry],
    at: int,
) -> str | None:
    """The body behind a role and its preposition: "of the South Institute at Bern College in Bern"."""
    if plains[at] in load_roles().words["place_belonging"]:
        links = load_roles().words["body_belonging"]
        later = next((i for i in range(at + 1, len(plains)) if plains[i] in links), None)
        if later is None:
            return None
        at = later
    elif at + 1 < len(words) and words[at + 1][0][0].islower():
        # "professor of law at Bern College": the field is no body.
        links = load_roles().words["body_belonging"]
        later = next((i for i in range(at + 2, len(plains) - 1) if plains[i] in links), at)
        if plains[at + 1] not in load_lexicon().words["articles"]:
            at = later
    first = at + 1
    while first < len(words) and plains[first] in load_lexicon().words["articles"]:
        first += 1
    if first >= len(words):
        return None
    named = _named_from(words, entries, first)
    start = words[named][1]
    body = folded[start : words[-1][2]]
    based = _BASED.match(body)
    if based:
        start += based.end()
        body = folded[start : words[-1][2]]
    tail = _PLACE_TAIL.search(body)
    end = words[-1][2]
    posted = _POSTED.search(body)
    if posted and look_up(body[: posted.start()]):
        # "the ambassador of Chile to Peru"
        return None
    if tail and look_up(tail.group(1).strip()):
        end = start + tail.start()
        body = folded[start:end]
    capitals = any(word[0].isupper() for word in body.split())
    if not capitals and not any(is_body(e) and e.first >= at for e in entries):
        return None
    town = look_up(body) if plains[at] in load_roles().words["town_belonging"] else None
    if is_place(body) or (town is not None and town.kind is NameKind.CITY):
        return None
    return tidy(text[start:end])


def _named_from(words: Words, entries: list[Entry], first: int) -> int:
    """Where a body's name begins behind the noun that says what it is: "the mining company Altaro Resources"."""
    ends = {e.last for e in entries if is_body(e)}
    for at in range(first, len(words) - 1):
        if not words[at][0][0].islower():
            break
        if at in ends and words[at + 1][0][0].isupper():
            return at + 1
    return first


@functools.lru_cache(maxsize=4096)
def is_place(folded: str) -> bool:
    """Whether a phrase is nothing but a country, a demonym, a capital or a region."""
    bare = _ARTICLE.sub("", folded.strip(), count=1)
    entry = look_up(bare)
    if entry is not None:
        return entry.kind is not NameKind.CITY
    matches = find_names(bare)
    return bool(matches) and matches[0].span.start == 0 and matches[0].span.end >= len(bare.rstrip("'s"))


def tidy(name: str) -> str:
    """A name without a possessive, brackets or marks at its ends."""
    name = _COMMON_OWNER.sub("", name.strip(" ,;:\"'“”‘’()"))
    if name.endswith(("'s", "’s")) and " " not in name:
        return name[:-2]
    return (
        re.sub(r"['’]s?$", "", name).rstrip(",")
        if name.endswith(("'s", "’s", "s'", "s’")) and name.count(" ")
        else name
    )

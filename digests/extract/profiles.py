"""A speaker's phrase taken apart: the name in it, and what the words in front of and behind it say of its bearer.

"Norwegian Transport Ministry spokeswoman Ida Dahl" and "Ana Bell, director of the Bern Institute, " are read here.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

from digests.extract.lexicon import load_lexicon
from digests.extract.roles import (
    Entry,
    country_in,
    find_entries,
    is_body,
    is_role,
    kind_in,
    load_roles,
    plain,
    words_of,
)
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.types import ActorKind

# An apposition is read up to here, in characters.
APPOSITION = 180
_APPOSITION_END = re.compile(r"[,;:–()\"]|(?<![A-Z])\.\s|\.$|\b(?:who|which|whose|whom)\b")
_ARTICLE = re.compile(r"(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
_RELATIVE = re.compile(r"\W*(?:who|which|whose|whom)\b", re.IGNORECASE)
# "agency's" of "the agency's coastal office": whose it is stands elsewhere.
_COMMON_OWNER = re.compile(r"^(?:the |its |their )?[a-z][\w-]*['’]s (?=\S)")
_HEADING = re.compile(r"who\s+(\w+)\s+(?:the\s+)?", re.IGNORECASE)
_PLACE_TAIL = re.compile(r"\s+(?:in|at)\s+((?:[A-Z][\w.'-]*\s*){1,4})$")
_BASED = re.compile(r"\b[\w.]+-based\s+(?:the\s+)?", re.IGNORECASE)


class Profile(NamedTuple):
    """What a phrase tells of a speaker. `head` is the role or body noun by which it may be taken up again.

    A tuple, because every speaker makes several.
    """

    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    kind: ActorKind = ActorKind.OTHER
    head: str | None = None
    is_person: bool = False
    is_body: bool = False
    is_definite: bool = False
    sex: str | None = None


@functools.lru_cache(maxsize=4096)
def read_phrase(text: str, folded: str) -> Profile:
    """The profile of a noun phrase; `text` as written, `folded` its plain form, equal in length."""
    words = words_of(folded)
    if not words:
        return Profile()
    plains = [plain(word) for word, _, _ in words]
    entries = _without_surname(find_entries(plains), words, plains)
    definite = plains[0] in load_lexicon().words["definite_words"] or words[0][0].lower().endswith("'s")
    sex = _sex(plains)
    cut = _tail_of_name(words, plains, entries)
    if cut is not None:
        return _with_tail(text, folded, words[cut][1], words[cut - 1][2])
    role = _naming_role(words, entries)
    if role is None and _is_office_of(plains, entries):
        return _office(folded, plains, entries, definite=definite)
    if role is not None:
        country = country_in(
            folded[: words[role.last][2]],
            [e for e in entries if e.last <= role.last],
            plains[: role.last + 1],
        )
        return _with_role(text, folded, words, plains, entries, role, country, sex)
    first = _name_start(words, plains)
    named = first is not None and not any(is_body(e) or is_role(e) for e in entries)
    if first is not None and named and not _is_place(folded[words[first][1] :]):
        name = _tidy(text[words[first][1] : words[-1][2]])
        person = first >= 0 and (len(words) - first > 1 or sex is not None)
        return Profile(
            name=name,
            country=country_in(folded, entries, plains) if first > 0 else None,
            is_person=person,
            sex=sex,
            head=None,
        )
    country = country_in(folded, entries, plains)
    kind = kind_in(entries, plains)
    if not entries and _is_place(folded):
        kind = ActorKind.OFFICIAL
    # "the governor's office" is an office and no governor.
    held = [e for e in entries if is_role(e) and not _owns(words, entries, e)]
    main = next((e for e in entries if is_body(e) or e in held), None)
    if entries and is_role(entries[-1]) and entries[-1].last == len(words) - 1:
        main = entries[-1]
    elif main is not None and is_body(main) and words[main.last][0].lower().endswith(("'s", "s'")):
        # "the food programme's country director in Chad": whoever stands behind the possessor speaks.
        main = _main_role([e for e in held if e.first > main.last], plains) or main
    elif main is not None and is_role(main):
        main = _main_role(held, plains) or main
    head = _head(plains, entries)
    body = any(is_body(e) for e in entries) and not held
    role_words = None
    if main is not None and not body and is_role(main):
        role_words = _role_text(text, words, plains, entries, main)
    return Profile(
        name=None,
        role=role_words,
        affiliation=_affiliation_before(text, folded, words, plains, entries, main)
        if not body and main
        else None,
        country=country,
        kind=kind,
        head=head,
        is_body=body or _is_place(folded),
        is_definite=definite,
        sex=sex,
    )


@functools.lru_cache(maxsize=4096)
def read_apposition(text: str, folded: str) -> Profile:
    """The profile of what stands behind a name and a comma: "the director of ...", "who heads ..."."""
    end = _APPOSITION_END.search(folded, 4)
    stop = end.start() if end else len(folded)
    heading = _HEADING.match(folded)
    verbs = load_roles().words["heading_verbs"]
    if heading and heading.group(1).lower() in verbs:
        close = re.compile(r"[,;:–()\"]|(?<![A-Z])\.\s|\.$").search(folded, heading.end())
        body = text[heading.end() : close.start() if close else len(folded)]
        plains = [plain(w) for w, _, _ in words_of(folded[heading.end() : heading.end() + len(body)])]
        entries = find_entries(plains)
        kind = kind_in(entries, plains)
        return Profile(
            role="head", affiliation=_tidy(body), country=country_in(body, entries, plains), kind=kind
        )
    if _RELATIVE.match(folded):
        # "who is on a visit to Lowland": where somebody is, and no office.
        return Profile()
    text, folded = text[:stop], folded[:stop]
    words = words_of(folded)
    plains = [plain(word) for word, _, _ in words]
    lexicon = load_lexicon()
    for index, low in enumerate(plains[1:], 1):
        if low in lexicon.words["finite_verbs"] or (low in lexicon.lemma and low.endswith("ed")):
            words, plains = words[:index], plains[:index]
            break
    entries = find_entries(plains)
    if not words or not entries:
        return Profile(country=country_in(folded, entries, plains) if words else None)
    main = _main_role(entries, plains)
    if (
        main is not None
        and is_body(entries[0])
        and set(plains[entries[0].last : main.first]) & load_roles().words["belonging"]
    ):
        # "an advocacy group for the people of ...": a body and no role.
        main = None
    country = country_in(folded, entries, plains)
    if main is None:
        behind = None
        if plains[0] in load_roles().words["belonging"] and is_body(entries[0]):
            # "Ana Bell, of the Bern Institute, ".
            behind = _affiliation_after(text, folded, words, plains, entries, 0)
        return Profile(
            affiliation=behind,
            country=country,
            kind=kind_in(entries, plains),
            head=plains[entries[0].last],
        )
    belonging = load_roles().words["belonging"]
    last = main.last
    affiliation = None
    if last + 1 < len(words) and plains[last + 1] in belonging:
        affiliation = _affiliation_after(text, folded, words, plains, entries, last + 1)
    if affiliation is None:
        affiliation = _affiliation_before(text, folded, words, plains, entries, main)
    kind = _careful(kind_in(entries, plains), affiliation, entries, plains, country)
    return Profile(
        role=_role_text(text, words, plains, entries, main),
        affiliation=affiliation,
        country=country,
        kind=kind,
        head=plains[main.last],
        sex=_sex(plains),
    )


def _main_role(entries: list[Entry], plains: list[str]) -> Entry | None:
    """The first role; "deputy" in front of another one only modifies it ("deputy head of the Red Cross")."""
    modifiers = load_roles().words["role_modifiers"]
    roles = [e for e in entries if is_role(e)]
    for role, behind in itertools.pairwise(roles):
        is_modifier = role.first == role.last and plains[role.first] in modifiers
        if not (is_modifier and behind.first == role.last + 1):
            return role
    return roles[-1] if roles else None


def _head(plains: list[str], entries: list[Entry]) -> str:
    """The noun by which a body or role may be taken up again: "ministry" of "the ministry of health"."""
    last = entries[-1] if entries else None
    if last is not None and last.last == len(plains) - 1:
        plains = plains[: last.last + 1] if "of" not in plains else plains[: plains.index("of")]
    elif entries:
        plains = plains[: entries[0].last + 1]
        if "of" in plains:
            plains = plains[: plains.index("of")]
    return plains[-1] if plains else ""


def merge(phrase: Profile, apposition: Profile) -> Profile:
    """A phrase with what its apposition adds; the phrase's own words win."""
    kind = phrase.kind if phrase.kind is not ActorKind.OTHER else apposition.kind
    return phrase._replace(
        role=phrase.role or apposition.role,
        affiliation=phrase.affiliation or apposition.affiliation,
        country=phrase.country or apposition.country,
        kind=kind,
        head=phrase.head or apposition.head,
        sex=phrase.sex or apposition.sex,
    )


def _owns(words: list[tuple[str, int, int]], entries: list[Entry], role: Entry) -> bool:
    """Whether a role is the possessor of the body that follows: "the governor's office"."""
    is_possessive = words[role.last][0].lower().endswith(("'s", "s'"))
    return is_possessive and any(is_body(e) and e.first > role.last for e in entries)


def _is_office_of(plains: list[str], entries: list[Entry]) -> bool:
    """Whether a phrase names an office by who sits in it: "the Bern Office of the Chief Medical Examiner"."""
    heads = load_roles().words["offices_of"]
    at = next((i for i, low in enumerate(plains[:-1]) if low in heads and plains[i + 1] == "of"), None)
    return at is not None and any(is_role(e) and e.first > at for e in entries)


def _office(folded: str, plains: list[str], entries: list[Entry], *, definite: bool) -> Profile:
    """The profile of an office that is named by a role."""
    head = next(low for low in plains if low in load_roles().words["offices_of"])
    bodies = [entry for entry in entries if is_body(entry)]
    return Profile(
        country=country_in(folded, entries, plains),
        kind=kind_in(bodies, plains),
        head=head,
        is_body=True,
        is_definite=definite,
    )


# --------------------------------------------------------------------------- names


def _without_surname(
    entries: list[Entry], words: list[tuple[str, int, int]], plains: list[str]
) -> list[Entry]:
    """The entries without a role that is a surname: "Marta King" is no king."""
    last = entries[-1] if entries else None
    if (
        last is None
        or len(words) < 2
        or last.first != len(words) - 1
        or plains[-1] not in load_roles().words["surname_roles"]
        or not words[-1][0][0].isupper()
    ):
        return entries
    given = words[-2][0]
    taken = len(entries) > 1 and entries[-2].last == len(words) - 2
    is_given = given[0].isupper() and given[1:].islower() and not taken and look_up(given) is None
    return entries[:-1] if is_given and plains[-2] not in load_roles().words["role_modifiers"] else entries


def _is_name_word(word: str) -> bool:
    return word[0].isupper() or word.lower() in load_roles().words["name_particles"]


def _name_start(words: list[tuple[str, int, int]], plains: list[str]) -> int | None:
    """Where the run of capitalised words begins that ends the phrase; `None` where the last word is none."""
    index = len(words)
    while index > 0 and _is_name_word(words[index - 1][0]):
        index -= 1
    while index < len(words) and (
        plains[index] in load_roles().words["name_particles"]
        or plains[index] in load_lexicon().words["articles"]
    ):
        index += 1
    return index if index < len(words) else None


def _tail_of_name(words: list[tuple[str, int, int]], plains: list[str], entries: list[Entry]) -> int | None:
    """Where "of Ohio" begins behind a person's name ("Gov. Ellen Marsh of Ohio"); `None` where nothing does."""
    belonging = load_roles().words["belonging"]
    at = next((i for i in range(2, len(words) - 1) if plains[i] in belonging), None)
    if at is None:
        return None
    behind = at + 2 if plains[at + 1] in load_lexicon().words["articles"] and at + 2 < len(words) else at + 1
    if not words[behind][0][0].isupper():
        return None
    if any(e.first <= at <= e.last or e.last == at - 1 for e in entries):
        return None
    named = [word for word, _, _ in words[at - 2 : at]]
    return (
        at
        if all(word[0].isupper() for word in named) and plains[at - 2] not in load_lexicon().words["articles"]
        else None
    )


def _with_tail(text: str, folded: str, tail: int, end: int) -> Profile:
    """The profile of a name with the place or body that stands behind it with a preposition."""
    profile = read_phrase(text[:end], folded[:end])
    if not profile.is_person:
        return profile
    words = words_of(folded[tail:])
    plains = [plain(word) for word, _, _ in words]
    entries = find_entries(plains)
    behind = _affiliation_after(text[tail:], folded[tail:], words, plains, entries, 0)
    kind = profile.kind
    if kind is ActorKind.OTHER and profile.role:
        kind = kind_in(entries, plains)
    return profile._replace(
        affiliation=profile.affiliation or behind,
        country=profile.country or country_in(folded, entries, plains),
        kind=kind,
    )


def _naming_role(words: list[tuple[str, int, int]], entries: list[Entry]) -> Entry | None:
    """The role that stands right in front of a name: "spokeswoman Ida Dahl", "Gen. Reyes"."""
    for entry in reversed(entries):
        if not is_role(entry) or entry.last >= len(words) - 1:
            continue
        rest = words[entry.last + 1 :]
        if not rest or words[entry.last][0].endswith(("'s", "s'")):
            return None
        if any(e.first == entry.last + 1 and e.last == len(words) - 1 and is_role(e) for e in entries):
            # "the chief medical examiner": two roles in a row and no name.
            return None
        if any(e.first == entry.last + 1 and e.last == len(words) - 1 and is_body(e) for e in entries):
            # "Mercy General Hospital" is no general.
            return None
        if plain(rest[0][0]) in load_roles().words["belonging"]:
            # "MAYOR OF BRUME ANA REYES" in capitals
            return None
        if len(rest) <= 6 and all(_is_name_word(word) for word, _, _ in rest) and rest[0][0][0].isupper():
            return entry
        return None
    return None


def _with_role(
    text: str,
    folded: str,
    words: list[tuple[str, int, int]],
    plains: list[str],
    entries: list[Entry],
    role: Entry,
    country: str | None,
    sex: str | None,
) -> Profile:
    """The profile of "<affiliation> <role> <name>"."""
    name = _tidy(text[words[role.last + 1][1] : words[-1][2]])
    kept = [e for e in entries if e.first <= role.last]
    affiliation = _affiliation_before(text, folded, words, plains, kept, role)
    return Profile(
        name=name,
        role=_role_text(text, words, plains, kept, role),
        affiliation=affiliation,
        country=country,
        kind=_careful(kind_in(kept, plains), affiliation, kept, plains, country),
        head=plains[role.last],
        is_person=True,
        sex=sex,
    )


def _careful(
    kind: ActorKind, affiliation: str | None, entries: list[Entry], plains: list[str], country: str | None
) -> ActorKind:
    """A president or spokesman of a named body that no list knows as a state's is no official."""
    if kind is not ActorKind.OFFICIAL or affiliation is None or country is not None:
        return kind
    if any(e.list == "institutions" for e in entries):
        return kind
    private = load_roles().words["private_roles"]
    official = [e for e in entries if is_role(e) and e.kind is ActorKind.OFFICIAL]
    public = any(" ".join(plains[e.first : e.last + 1]) not in private for e in official)
    return kind if public else ActorKind.OTHER


def _role_first(
    words: list[tuple[str, int, int]], plains: list[str], entries: list[Entry], role: Entry
) -> int:
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
        # A field of work opens the sentence with a capital ("Oil minister Hadi Salman").
        if word[0].isupper() != words[role.first][0][0].isupper() and not (is_field and before == 0):
            break
        first = before
    while first > 0 and plains[first - 1] in lists["role_modifiers"] and first - 1 not in taken:
        first -= 1
    return first


def _role_text(
    text: str, words: list[tuple[str, int, int]], plains: list[str], entries: list[Entry], role: Entry
) -> str:
    """The role as written, with what modifies it."""
    first = _role_first(words, plains, entries, role)
    return _COMMON_OWNER.sub("", text[words[first][1] : words[role.last][2]].rstrip(".,'"))


def _affiliation_before(
    text: str,
    folded: str,
    words: list[tuple[str, int, int]],
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
    leading = lists["determiners"] | lists["conjunctions"] | lists["prepositions"]
    grades = load_roles().words["role_modifiers"]
    while first <= last and (plains[first] in leading or words[first][0] in grades):
        # "a senior Justice Department official", but "the National Guard's".
        first += 1
    if first > last:
        return None
    start, end = words[first][1], words[last][2]
    piece = folded[start:end]
    lows = [word.lower() for word, _, _ in words[first : last + 1]]
    if lows[-1] in lists["coordinators"] or any(
        low in lists["time_words"] or low in lists["finite_verbs"] for low in lows
    ):
        # A body's name holds no day and no verb: the phrase began too early.
        return None
    if not any(word[0].isupper() for word, _, _ in words[first : last + 1]) and not any(
        is_body(e) and first <= e.first <= last for e in entries
    ):
        return None
    rest = [low for low in lows if low not in grades | lists["coordinators"]]
    if _is_place(piece) or look_up(piece) or all(look_up(low) for low in rest):
        # "a senior Israeli official", "Turkish and Qatari officials": countries are no bodies.
        return None
    if last == first and lows[0] in load_roles().words["regional_adjectives"]:
        return None
    if last == first and piece[0].islower() and piece.endswith(("'s", "s'")):
        # "the company's chief": which company, the text tells elsewhere.
        return None
    return _tidy(text[start:end])


def _affiliation_after(
    text: str,
    folded: str,
    words: list[tuple[str, int, int]],
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
    start = words[first][1]
    body = folded[start : words[-1][2]]
    based = _BASED.match(body)
    if based:
        start += based.end()
        body = folded[start : words[-1][2]]
    tail = _PLACE_TAIL.search(body)
    end = words[-1][2]
    if tail and look_up(tail.group(1).strip()):
        end = start + tail.start()
        body = folded[start:end]
    capitals = any(word[0].isupper() for word in body.split())
    if not capitals and not any(is_body(e) and e.first >= at for e in entries):
        return None
    if _is_place(body):
        return None
    return _tidy(text[start:end])


@functools.lru_cache(maxsize=4096)
def _is_place(folded: str) -> bool:
    """Whether a phrase is nothing but a country, a demonym, a capital or a region."""
    bare = _ARTICLE.sub("", folded.strip(), count=1)
    entry = look_up(bare)
    if entry is not None:
        return entry.kind is not NameKind.CITY
    matches = find_names(bare)
    return bool(matches) and matches[0].span.start == 0 and matches[0].span.end >= len(bare.rstrip("'s"))


def _sex(plains: list[str]) -> str | None:
    words = load_roles().words
    for word in plains:
        if word in words["female_words"]:
            return "f"
        if word in words["male_words"]:
            return "m"
    return None


def _tidy(name: str) -> str:
    """A name without a possessive, brackets or marks at its ends."""
    name = _COMMON_OWNER.sub("", name.strip(" ,;:\"'“”‘’()"))
    return (
        re.sub(r"['’]s?$", "", name).rstrip(",")
        if name.endswith(("'s", "’s", "s'", "s’")) and name.count(" ")
        else name
    )

"""What stands in front of the head of an office: the words that are part of the role, and the body that it is of.

"[Nepal's] [home ministry] [deputy spokesperson] Dilip Rana": owners and countries first, then the body, then what
narrows the role down, right before its head. A word in small letters that is no body, no grade of its own and no word
of grammar narrows the head behind it, whatever it is ("glacier researcher"), so that no list of fields is needed.
Stance: what is no body (a country, a town, a day, "the company") is no affiliation.
"""

from __future__ import annotations

import functools

from digests.extract.speakers.offices import COMMON_OWNER, Words, is_demonym, is_place, role_last, tidy
from digests.extract.speakers.roles import Entry, is_body, is_role, load_roles, trade_words
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, look_up

# Words in front of a head that may be a part of its role, at most.
_NARROWING = 4
_OWNING = ("'s", "s'")


@functools.cache
def grades(*, is_spokesman: bool) -> frozenset[str]:
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


@functools.cache
def _no_part() -> frozenset[str]:
    """Words in small letters that are no part of any role."""
    lists = load_lexicon().words
    return (
        _leading()
        | lists["time_words"]
        | lists["finite_verbs"]
        | lists["auxiliaries"]
        | lists["adverbs"]
        | load_roles().words["role_stops"]
        | load_roles().words["regional_adjectives"]
        | trade_words("role_describers")
    )


def role_first(words: Words, plains: list[str], entries: list[Entry], role: Entry) -> int:
    """The first word of a role with what modifies it: "former defence minister", "glacier researcher"."""
    lists = load_roles().words
    bodies = {at: e for e in entries if is_body(e) for at in range(e.first, e.last + 1)}
    first = role.first
    for _ in range(_NARROWING):
        if first == 0 or not _narrows(first - 1, words, plains, bodies, role):
            break
        first -= 1
    modifiers = grades(is_spokesman=plains[role.last] in lists["spokes_roles"])
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
        is_one = is_one and not (
            plains[other.last] in trade_words("party_words") and words[role.first][0][0].isupper()
        )
        if is_rank or (is_one and (words[other.last][0].islower() or other.last == 0)):
            # "Detective Chief Inspector", "volunteer firefighter"
            first = other.first
    return first


def _narrows(at: int, words: Words, plains: list[str], bodies: dict[int, Entry], role: Entry) -> bool:
    """Whether a word in front of a role, or of what narrows it already, is a part of it."""
    word, low = words[at][0], plains[at]
    lists = load_roles().words
    if word.endswith(("'s", "'")):
        # "Children's commissioner"
        return at == 0 and low in trade_words("cared_for")
    if at in bodies:
        return _is_common_body(bodies[at], words, plains, role)
    if low in grades(is_spokesman=plains[role.last] in lists["spokes_roles"]):
        is_force = low in lists["spoken_for"] and word[0].isupper() and at > 0
        # "British Transport Police Superintendent": a force by its name.
        return not (is_force and words[at - 1][0][0].isupper())
    if plains[role.last] in lists["spokes_roles"]:
        # "Altaro spokesman", "Ministry of Energy spokesman": for whom somebody speaks is no part of the role.
        return low in lists["fields"] and not (word[0].isupper() and at > 0 and plains[at - 1] == "of")
    if low in trade_words("opening_describers"):
        return False
    if _is_area(at, words, plains, role):
        return True
    if low in lists["role_stops"] or look_up(word) or (at and look_up(f"{words[at - 1][0]} {word}")):
        # "South Korean minister"
        return False
    return _is_noun_in_front(at, words, plains, role)


def _is_noun_in_front(at: int, words: Words, plains: list[str], role: Entry) -> bool:
    """Whether a word that is neither a body nor a place nor a grade narrows a role down."""
    word, low = words[at][0], plains[at]
    lists = load_roles().words
    is_small = words[role.first][0][0].islower()
    is_field = low in lists["fields"] or low in trade_words("opening_fields")
    if (
        word[0].isupper()
        and at + 1 == role.first
        and is_small
        and plains[role.last] in trade_words("thing_heads")
    ):
        # "Orchard owner", "Uber driver"
        return True
    if word[0].isupper() and is_small and low in trade_words("party_words"):
        # "Democratic strategist": the adjective of a party is no body.
        return True
    if word[0].isupper():
        # A field of work opens the sentence with a capital ("Oil minister Hadi Salman").
        if is_small:
            if (
                at == 0
                and low.partition("-")[0] in trade_words("joined_grades")
                and word.partition("-")[2].islower()
            ):
                # "Sub-county chief"
                return True
            return at == 0 and not is_demonym(word, low) and _is_everyday(word, low, is_field=is_field)
        return "-" not in word and (low in lists["fields"] or plains[role.last] in lists["narrowed_roles"])
    if not is_small or low in _no_part() or is_demonym(word, low) or not low.replace("-", "").isalpha():
        return False
    if is_field:
        return True
    is_bare = plains[role.last] in lists["kin_roles"] or plains[role.last] in trade_words("bare_roles")
    lemma = load_lexicon().lemma.get(low, low)
    return not (is_bare or low.endswith("ly") or lemma != low)


def _is_area(at: int, words: Words, plains: list[str], role: Entry) -> bool:
    """Whether a place by its noun is what somebody is in charge of or studies: "deputy Asia director"."""
    if plains[role.last] not in trade_words("area_heads") or words[role.first][0][0].isupper():
        return False
    if words[at][0].isupper() or not words[at][0][0].isupper():
        # "US analyst"
        return False
    if plains[at] in trade_words("continents"):
        return True
    if plains[at] in trade_words("directions") and plains[at + 1] in trade_words("continents"):
        # "East Africa researcher"
        return True
    pieces = (words[at : at + 1], words[max(0, at - 1) : at + 1], words[at : at + 2])
    found = (look_up(" ".join(word for word, _, _ in piece)) for piece in pieces)
    return any(entry and entry.kind in {NameKind.COUNTRY, NameKind.REGION} for entry in found)


def _is_everyday(word: str, low: str, *, is_field: bool) -> bool:
    """Whether a word with the capital of a sentence's head is a common noun: "Avalanche forecaster Ida Dahl"."""
    _, dash, tail = word.partition("-")
    if dash:
        # "Prize-winning chef", not "Al-Sahar reporter".
        return tail.endswith(("ed", "ing"))
    return is_field or low in trade_words("opening_nouns") or low.endswith(_common_endings())


@functools.cache
def _common_endings() -> tuple[str, ...]:
    """Endings of nouns that are no names: a capital at the head of a sentence says nothing."""
    return tuple(load_rules("trades").words["common_endings"])


@functools.cache
def _common_bodies() -> frozenset[str]:
    """Bodies in one word that may only say what sort of role it is."""
    lists = load_roles().words
    common = lists["bare_heads"] | lists["role_modifiers"] | lists["fields"]
    return common | trade_words("inner_bodies") | trade_words("opening_fields")


def _is_common_body(body: Entry, words: Words, plains: list[str], role: Entry) -> bool:
    """Whether a body in one word only says what sort of role it is: "union official", "county health director".

    With a name or a noun of its own in front ("Altaro campaign manager", "flood agency chief") it is a body.
    """
    at, low = body.first, plains[body.first]
    lists = load_roles().words
    is_small = words[at][0].islower() or at == 0
    if body.last != at or not is_small or not words[role.first][0][0].islower():
        return False
    if low not in _common_bodies():
        return False
    if plains[role.last] in lists["spokes_roles"]:
        return False
    if low in trade_words("inner_bodies"):
        return at + 1 == role.first
    if at == 0:
        return True
    if words[at - 1][0].lower().endswith("s'"):
        # "the teachers' union president"
        return False
    before, before_low = words[at - 1][0], plains[at - 1]
    return (
        before_low in _no_part()
        or before_low in lists["role_modifiers"]
        or before.endswith(_OWNING)
        or is_demonym(before, before_low)
    )


def affiliation_before(
    text: str, folded: str, words: Words, plains: list[str], entries: list[Entry], role: Entry | None
) -> str | None:
    """The body in front of a role: "Chinese Foreign Ministry spokesperson"; a mere demonym is none."""
    if role is None or plains[role.last] in load_roles().words["kin_roles"] | trade_words("tie_heads"):
        return None
    last = role_first(words, plains, entries, role) - 1
    while last >= 0 and "-" in words[last][0] and is_demonym(words[last][0], plains[last]):
        # "the airline's Bern-based chief executive"
        last -= 1
    first = _body_first(words, plains, role, last)
    if first > last:
        return None
    if _is_no_body(folded, words, plains, entries, role, first, last):
        return None
    return tidy(text[words[first][1] : words[last][2]])


def _body_first(words: Words, plains: list[str], role: Entry, last: int) -> int:
    """The first word of what may be a body in front of a role, behind articles, grades and a graded country."""
    modifiers = grades(is_spokesman=plains[role.last] in load_roles().words["spokes_roles"])
    leading = _leading()
    first = 0
    while first <= last and (
        plains[first] in leading or words[first][0] in modifiers or _tells_no_body(*words[first][:1])
    ):
        # "a senior Justice Department official", but "the National Guard's".
        first += 1
    if first < last and words[first][0].lower().endswith(_OWNING):
        # "Japan's top government spokesman"
        is_graded = look_up(words[first][0]) and plains[first + 1] in load_roles().words["high_grades"]
        first += 2 if is_graded else 0
    return first


def _tells_no_body(word: str) -> bool:
    """Whether a word in front of a body's name is none of it: a year, "Bern-based", "unnamed"."""
    describes = word in trade_words("role_describers") or word.lower() in trade_words("opening_describers")
    return describes or word.isdigit() or word.endswith("-based")


def _is_no_body(
    folded: str, words: Words, plains: list[str], entries: list[Entry], role: Entry, first: int, last: int
) -> bool:
    """Whether the words in front of a role name no body of their own."""
    lists, roles = load_lexicon().words, load_roles().words
    piece = folded[words[first][1] : words[last][2]]
    lows = [word.lower() for word, _, _ in words[first : last + 1]]
    bodies = [e for e in entries if is_body(e) and first <= e.first <= last]
    is_two = any(
        is_role(e) and first <= e.last < last and plains[e.last + 1] in lists["coordinators"] for e in entries
    )
    # "Ghana's information minister and government spokesman" is of no body that ends with "government".
    if is_two or lows[-1] in lists["coordinators"] | lists["articles"] | lists["prepositions"]:
        return True
    if any(low in lists["time_words"] or low in lists["finite_verbs"] for low in lows):
        # A body's name holds no day and no verb: the phrase began too early.
        return True
    has_name = any(
        word[0].isupper() and not is_demonym(word, low)
        for (word, _, _), low in zip(words[first : last + 1], lows, strict=True)
    )
    if not has_name and not bodies and plains[last] not in roles["spoken_for"]:
        return True
    if not bodies and plains[role.last] in roles["place_offices"] | roles["state_roles"]:
        # "West Marsh mayor", "Kurdistan's prime minister": a place, whether a list knows it or not.
        return True
    if not bodies and words[last][0].endswith(_OWNING) and _is_person(words, entries, last):
        return True
    if not any(e.last == last for e in bodies) and _ends_outside(words[last][0]):
        return True
    modifiers = grades(is_spokesman=plains[role.last] in roles["spokes_roles"])
    rest = [
        (word, low)
        for (word, _, _), low in zip(words[first : last + 1], lows, strict=True)
        if (word[0].isupper() or low not in modifiers) and low not in lists["coordinators"]
    ]
    roles_in = {
        at
        for e in entries
        if is_role(e) and plains[e.last] not in roles["spoken_for"]
        for at in range(e.first, e.last + 1)
    }
    describing = (modifiers - roles["spoken_for"]) | trade_words("role_describers")
    if all(at in roles_in or plains[at] in describing for at in range(first, last + 1)):
        # "Republican presidential hopeful"
        return True
    if is_place(piece) or look_up(piece) or all(is_demonym(word, low) for word, low in rest):
        # "a senior Israeli official", "Turkish and Qatari officials": countries are no bodies.
        return True
    if last > first:
        return False
    # "the company's chief": which company, the text tells elsewhere.
    return piece[0].islower() and (piece.endswith(_OWNING) or plains[last] not in roles["spoken_for"])


def _ends_outside(word: str) -> bool:
    """Whether the word in front of a role ends no body's name: "Photo caption General Bell"."""
    entry = look_up(word)
    is_adjective = entry is not None and entry.kind is NameKind.DEMONYM
    return is_adjective or (
        word[0].islower() and word.isalpha() and word not in load_roles().words["spoken_for"]
    )


def _is_person(words: Words, entries: list[Entry], owner: int) -> bool:
    """Whether an owner is somebody by office: "the interior minister's spokesman", "President Tom Reed's adviser"."""
    held = [e for e in entries if is_role(e) and e.last <= owner]
    ends_small = any(e.last == owner and words[owner][0].islower() for e in held)
    return ends_small or any(e.last < owner and e.list == "official_roles" for e in held)


def role_text(text: str, words: Words, plains: list[str], entries: list[Entry], role: Entry) -> str:
    """The role as written, with what modifies it; a country or region between them goes ("former US minister")."""
    first = role_first(words, plains, entries, role)
    last = role_last(words, plains, entries, role)
    written = COMMON_OWNER.sub("", text[words[first][1] : words[last][2]].rstrip(".,'"))
    grade = first - 1
    while grade >= 0 and is_demonym(words[grade][0], plains[grade]):
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

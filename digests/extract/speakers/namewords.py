"""Where a name stands in a speaker's phrase: behind its office, in front of its place, or none at all.

Read by word classes alone (`rules/roles.toml`); what the other words tell of the bearer is read in `profiles`.
"""

from __future__ import annotations

from digests.extract.speakers.offices import Words, role_last, tidy
from digests.extract.speakers.roles import Entry, entry_words, is_body, is_role, load_roles, plain
from digests.extract.speech.lexicon import load_lexicon
from digests.rules.gazetteer import look_up
from digests.rules.given_names import is_given_name
from digests.types import ActorKind

# "Seventeen-year-old Jon Bell": how old somebody is stands in front of the name.
_AGE = "-year-old"


def bare_name(text: str, words: Words, plains: list[str], first: int) -> str:
    """The name that begins at a word, without a rank or a title in front: "officer Major Tariq Nasser"."""
    titles = load_roles().words["ranks"] | load_roles().words["honorifics"]
    while first < len(words) - 1 and plains[first] in titles:
        first += 1
    return tidy(text[words[first][1] : words[-1][2]])


def without_surname(entries: list[Entry], words: Words, plains: list[str]) -> list[Entry]:
    """The entries without what is a part of a name: "Marta King" is no king, "Petra Lund" no agency."""
    entries = [e for e in entries if not (e.kind is ActorKind.MEDIA and _is_given(e, words, plains))]
    entries = [e for i, e in enumerate(entries) if not _is_middle(entries[:i], e, words, plains)]
    last = entries[-1] if entries else None
    if (
        last is None
        or len(words) < 2
        or last.first != len(words) - 1
        or not words[-1][0][0].isupper()
        or not (plains[-1] in load_roles().words["surname_roles"] or _is_surname(last, words, plains))
    ):
        return entries
    given = words[-2][0]
    taken = len(entries) > 1 and entries[-2].last == len(words) - 2
    is_given = given[0].isupper() and given[1:].islower() and not taken and look_up(given) is None
    return entries[:-1] if is_given and plains[-2] not in load_roles().words["role_modifiers"] else entries


def _is_surname(trade: Entry, words: Words, plains: list[str]) -> bool:
    """Whether a trade in capitals behind a given name is but a surname: "Judge Tom Baker" bakes nothing."""
    is_written = words[-2][0].istitle() and words[-1][0].istitle()
    return is_written and trade.list == "other_roles" and is_given_name(plains[-2])


def _is_middle(before: list[Entry], entry: Entry, words: Words, plains: list[str]) -> bool:
    """Whether a word stands in a name or opens it behind an office: "John Marshal Brown", "Emir Sheikh Omar"."""
    at = entry.first
    if entry.last != at or not 0 < at < len(words) - 1:
        return False
    lists = load_roles().words
    is_between = all(words[i][0].istitle() for i in (at - 1, at, at + 1))
    if not is_between or plains[at + 1] in entry_words():
        return False
    if before and before[-1].last == at - 1:
        return is_role(before[-1]) and plains[at] in lists["address_titles"]
    return plains[at] in lists["surname_roles"] | lists["address_titles"] and is_given_name(plains[at - 1])


def _is_given(entry: Entry, words: Words, plains: list[str]) -> bool:
    """Whether a single word is the given name in front of a surname: "Petra Lund", not "Petra news agency"."""
    at = entry.first
    behind = words[at + 1 : at + 2]
    is_written = entry.last == at and bool(behind) and words[at][0].istitle() and behind[0][0].istitle()
    return is_written and is_given_name(plains[at]) and plains[at + 1] not in entry_words()


def is_name_word(word: str) -> bool:
    """Whether a word may stand in a name: with a capital, or a particle ("al-Khalil", "de")."""
    first, dash, rest = word.partition("-")
    particles = load_roles().words["name_particles"]
    return (
        word[0].isupper()
        or word.lower() in particles
        or bool(dash and first in particles and rest[:1].isupper())
    )


def name_start(words: Words, plains: list[str]) -> int | None:
    """Where the run of capitalised words begins that ends the phrase; `None` where the last word is none."""
    index = len(words)
    while index > 0 and is_name_word(words[index - 1][0]):
        index -= 1
    while index < len(words) and (
        # "de" alone begins no name; "Ben Dahl" begins with his.
        (
            plains[index] in load_roles().words["name_particles"]
            and (words[index][0][0].islower() or plains[index] not in load_roles().words["given_words"])
        )
        or plains[index] in load_lexicon().words["articles"]
        # "52-year-old Jon Bell", "Mother-of-two Ida Dahl"
        or ((plains[index].endswith(_AGE) or "-of-" in plains[index]) and index + 1 < len(words))
    ):
        index += 1
    return index if index < len(words) else None


def is_place_behind(plains: list[str], first: int) -> bool:
    """Whether a name at a word is but the place of those in front: "Fishermen in Brume", "near the port of Lund"."""
    at = first - 1
    links, articles = load_lexicon().words["place_prepositions"], load_lexicon().words["articles"]
    while at > 0 and plains[at] not in links:
        if plains[at] not in articles and plains[at] != "of" and plains[at + 1] != "of":
            return False
        at -= 1
    return at > 0


def owner_of_name(words: Words, entries: list[Entry]) -> int | None:
    """The body with its possessive that a person by two names or more is of: "Oslo University's Ida Dahl"."""
    at = next((i for i in range(len(words) - 3, -1, -1) if words[i][0][-2:].lower() in {"'s", "s'"}), None)
    if at is None or not any(is_body(e) and e.last == at for e in entries):
        return None
    if any(e.first > at or is_role(e) for e in entries):
        return None
    return at if all(is_name_word(word) and word[:1].isupper() for word, _, _ in words[at + 1 :]) else None


def tail_of_name(words: Words, plains: list[str], entries: list[Entry]) -> int | None:
    """Where "of Ohio" begins behind a person's name ("Gov. Ellen Marsh of Ohio"); `None` where nothing does."""
    belonging = load_roles().words["belonging"]
    at = next((i for i in range(2, len(words) - 1) if plains[i] in belonging), None)
    if at is None:
        return None
    behind = at + 2 if plains[at + 1] in load_lexicon().words["articles"] and at + 2 < len(words) else at + 1
    if behind < len(words) - 1 and words[behind + 1][0][0].isupper() and plains[behind] not in belonging:
        # "Ana Bell of the independent Bern Report"
        behind += int(words[behind][0][0].islower())
    is_named = any(is_body(e) and e.first in {behind, behind + 1} for e in entries)
    # "Ana Bell of the ruling party", but "Tom Reed of the sheriff's department" has an owner in between.
    is_common = plains[at + 1] in load_lexicon().words["articles"] and not any(
        word.endswith(("'s", "s'")) for word, _, _ in words[at:]
    )
    is_told = is_named and (words[-1][0][0].isupper() or is_common)
    if not (words[behind][0][0].isupper() or is_told):
        return None
    if any(e.first <= at <= e.last or e.last == at - 1 for e in entries):
        return None
    named = [word for word, _, _ in words[at - 2 : at]]
    return (
        at
        if all(word[0].isupper() for word in named) and plains[at - 2] not in load_lexicon().words["articles"]
        else None
    )


def name_behind_place(folded: str, words: Words, plains: list[str], entries: list[Entry]) -> int | None:
    """Where the name begins behind an office and its place or field: "Archbishop of Kampala Joseph Okello"."""
    role = next((e for e in entries if is_role(e)), None)
    if (
        role is None
        or len(words) < role.last + 5
        or plains[role.last + 1] not in load_roles().words["belonging"]
    ):
        return None
    first = role.last + 2
    behind = role_last(words, plains, entries, role) + 1
    if first < behind < len(words) - 1 and all(is_name_word(word) for word, _, _ in words[behind:]):
        return behind
    body = next((e for e in entries if is_body(e) and e.first in {first, first + 1}), None)
    is_owner = body is not None and words[body.last][0].lower().endswith(("'s", "s'"))
    if body is not None and body.last < len(words) - 2 and not is_owner:
        # "President of the European Council Ida Dahl"
        is_name = all(is_name_word(word) for word, _, _ in words[body.last + 1 :])
        return body.last + 1 if is_name and entries[-1] is body else None
    if not all(is_name_word(word) for word, _, _ in words[first:]) or any(e.first >= first for e in entries):
        return None
    for last in range(len(words) - 2, first, -1):
        if look_up(folded[words[first][1] : words[last - 1][2]]) is not None:
            return last
    return None


def naming_role(words: Words, plains: list[str], entries: list[Entry]) -> Entry | None:
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
        if _speaks_for(words, plains, entries, entry):
            # "a spokesman for Mayor Ida Dahl", "relatives of President Tom Reed"
            return None
        if plain(rest[0][0]) in load_roles().words["belonging"]:
            # "MAYOR OF BRUME ANA REYES" in capitals
            return None
        ranks = load_roles().words["ranks"]
        before = next((e for e in entries if is_role(e) and e.last == entry.first - 1), None)
        if (
            before
            and plains[entry.last] in ranks
            and plains[before.last] not in ranks | load_roles().words["role_modifiers"]
            and not words[before.last][0].endswith(("'s", "s'"))
        ):
            # "army officer Major Tariq Nasser", not "the sheriff's Lt. Ida Dahl"
            continue
        if len(rest) <= 6 and all(is_name_word(word) for word, _, _ in rest) and rest[0][0][0].isupper():
            return entry
        return None
    return None


def _speaks_for(words: Words, plains: list[str], entries: list[Entry], named: Entry) -> bool:
    """Whether the role in front of a name only tells for whom somebody else speaks."""
    links = load_roles().words["belonging"]
    lists = load_roles().words
    is_office = plains[named.last] not in lists["ranks"] and not lists["spokes_roles"].isdisjoint(plains)
    if any(is_body(e) and e.last == named.first - 1 for e in entries) and not is_office:
        # "the head of the army General Tom Reed", but "a spokesman for EU commissioner Ana Bell"
        return False
    return any(
        e.last + 1 < named.first and plains[e.last + 1] in links and words[e.first][0][0].islower()
        for e in entries
        if is_role(e)
        and e.last < named.first
        and (words[named.first][0][0].isupper() or (is_office and plains[e.last] in lists["spokes_roles"]))
    )

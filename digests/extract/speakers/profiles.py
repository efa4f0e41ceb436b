"""A speaker's phrase taken apart: the name in it, and what the words in front of and behind it say of its bearer.

"Norwegian Transport Ministry spokeswoman Ida Dahl" and "Ana Bell, director of the Bern Institute, " are read here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from digests.extract.speakers.fronts import affiliation_before, role_text
from digests.extract.speakers.heads import find_heads, main_role
from digests.extract.speakers.namewords import (
    bare_name,
    is_place_behind,
    name_behind_place,
    name_start,
    naming_role,
    owner_of_name,
    tail_of_name,
    without_surname,
)
from digests.extract.speakers.offices import (
    Words,
    affiliation_after,
    affiliation_behind,
    is_place,
    of_state,
    possessors,
    second_role,
    tidy,
)
from digests.extract.speakers.roles import (
    Entry,
    country_in,
    find_entries,
    is_body,
    is_role,
    kind_in,
    load_roles,
    plain,
    trade_words,
    words_of,
)
from digests.extract.speech.lexicon import load_lexicon
from digests.types import ActorKind

# An apposition is read up to here, in characters.
APPOSITION = 180
_APPOSITION_END = re.compile(r"[,;:–()\"]|(?<![A-Z])\.\s|\.$|\b(?:who|which|whose|whom|that)\b")
# A preposition in a name, with the words beside it.
_JOINED = 3
# Words of a title with a surname.
_TITLED = 2
_RELATIVE = re.compile(r"\W*(?:who|which|whose|whom)\b", re.IGNORECASE)
_HEADING = re.compile(r"who\s+(\w+)\s+(?:the\s+)?", re.IGNORECASE)


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


def _noun_leads() -> frozenset[str]:
    return load_lexicon().words["noun_prepositions"] - load_lexicon().words["joins_of_names"]


def _joined_name(text: str, words: Sequence[tuple[str, int, int]], plains: Sequence[str]) -> Profile | None:
    """A body whose name a preposition joins, be its first word a trade: "the aid group Doctors Without Borders"."""
    joins = load_lexicon().words["joins_of_names"]
    if joins.isdisjoint(plains):
        return None
    at = next(k for k, low in enumerate(plains) if low in joins)
    around = words[max(0, at - 1) : at + 2]
    if len(around) < _JOINED or not all(word[0].isupper() for word, _, _ in around):
        return None
    if any(word[0].isupper() for word, _, _ in words[1 : at - 1]) or not _noun_leads().isdisjoint(
        plains[:at]
    ):
        # "Ana Bell of Doctors Without Borders"
        return None
    last = at + 1
    while last + 1 < len(words) and words[last + 1][0][0].isupper():
        last += 1
    return Profile(name=text[words[at - 1][1] : words[last][2]])


@functools.lru_cache(maxsize=8192)
def read_phrase(text: str, folded: str) -> Profile:
    """The profile of a noun phrase; `text` as written, `folded` its plain form, equal in length."""
    words = words_of(folded)
    if not words:
        return Profile()
    plains = [plain(word) for word, _, _ in words]
    if len(words) == _TITLED and plains[0] in load_roles().words["honorifics"] and words[1][0][0].isupper():
        # "Ms. Boxer" is no boxer.
        return Profile(name=tidy(text), is_person=True, sex=_sex(words, plains))
    if (joined := _joined_name(text, words, plains)) is not None:
        return joined
    entries = without_surname(find_heads(words, plains), words, plains)
    definite = plains[0] in load_lexicon().words["definite_words"] or _has_possessor(words, entries)
    sex = _sex(words, plains)
    cut = tail_of_name(words, plains, entries)
    if cut is not None:
        return _with_tail(text, folded, words[cut][1], words[cut - 1][2])
    named = name_behind_place(folded, words, plains, entries)
    if named is not None:
        office = read_phrase(text[: words[named - 1][2]], folded[: words[named - 1][2]])
        return office._replace(name=bare_name(text, words, plains, named), is_person=True)
    role = naming_role(words, plains, entries)
    if role is None and _is_office_of(words, plains, entries):
        return _office(folded, plains, entries, definite=definite)
    if role is not None:
        country = country_in(
            folded[: words[role.last][2]],
            [e for e in entries if e.last <= role.last],
            plains[: role.last + 1],
        )
        return _with_role(text, folded, words, plains, entries, role, country, sex)
    of_body = owner_of_name(words, entries)
    if of_body is not None:
        # "The Crisis Institute's Ida Dahl"
        owned = _owned(text, folded, words, 1 if plains[0] in _articles() else 0, of_body, sex)
        return owned._replace(kind=kind_in(entries, plains), affiliation=owned.affiliation)
    if (bearer := _bearer(text, folded, words, plains, entries, sex)) is not None:
        return bearer
    country = country_in(folded, entries, plains)
    kind = kind_in(entries, plains)
    if not entries and is_place(folded):
        kind = ActorKind.OFFICIAL
    main, held, entries = _speaking(words, plains, entries)
    head = _head(plains, entries) if main is None or not is_role(main) else plains[main.last]
    body = any(is_body(e) for e in entries) and not held
    role_words = affiliation = None
    if main is not None and not body:
        affiliation = affiliation_before(text, folded, words, plains, entries, main)
        if is_role(main):
            kind = of_state(kind, words, entries, main)
            is_anyone = plains[main.last] in trade_words("anyone")
            role_words = None if is_anyone else role_text(text, words, plains, entries, main)
            affiliation = affiliation or affiliation_behind(text, folded, words, plains, entries, main)
            if plains[main.last] in load_roles().words["group_words"]:
                # "Civil society groups": of no body.
                affiliation = None
    return Profile(
        name=None,
        role=role_words,
        affiliation=affiliation,
        country=country,
        kind=kind,
        head=head,
        is_body=body or is_place(folded),
        is_definite=definite,
        sex=sex,
    )


def _bearer(
    text: str, folded: str, words: Words, plains: list[str], entries: list[Entry], sex: str | None
) -> Profile | None:
    """The profile of a name without an office or a body; `None` where the phrase has those, or no name."""
    first = name_start(words, plains)
    if first is None or any(is_body(e) or is_role(e) for e in entries):
        return None
    if first > 1 and is_place_behind(plains, first):
        # "Fishermen in Brume", "Shop owners near the port of Lund"
        return None
    is_described = first > 1 and plains[0] in load_lexicon().words["articles"]
    if is_described and not load_roles().words["belonging"].isdisjoint(plains[1:first]):
        # "a user of the network Chatter" is not Chatter.
        return None
    if is_place(folded[words[first][1] :]):
        return None
    owner = max((at for at in possessors(words) if first <= at < len(words) - 1), default=None)
    if owner is not None and (owner < len(words) - 2 or is_place(folded[words[first][1] : words[owner][2]])):
        # "Oxfam's Ida Dahl", "Iran's Dahl"
        owned = _owned(text, folded, words, first, owner, sex)
        return owned._replace(is_person=owner < len(words) - 2 or sex is not None)
    return Profile(
        name=tidy(text[words[first][1] : words[-1][2]]),
        country=country_in(folded, entries, plains) if first > 0 else None,
        is_person=first >= 0 and (len(words) - first > 1 or sex is not None),
        sex=sex,
        head=None,
    )


def _speaking(
    words: Words, plains: list[str], entries: list[Entry]
) -> tuple[Entry | None, list[Entry], list[Entry]]:
    """Which entry of a phrase without a name speaks, the roles held in it, and its entries.

    All are empty where the phrase names somebody only by whom he or she stands near.
    """
    # "the governor's office" is an office and no governor.
    held = [e for e in entries if is_role(e) and not _owns(words, entries, e)]
    held = _behind_owner(held, words)
    last = entries[-1] if entries else None
    if last is not None and is_body(last) and last.last == len(words) - 1 and words[last.first][0].islower():
        # "the student union": whose body it is.
        held = [e for e in held if e.last != last.first - 1]
    belonging = load_roles().words["belonging"]
    main = next((e for e in entries if is_body(e) or e in held), None)
    posted = next((e for e in held if not belonging.isdisjoint(plains[e.last + 1 : e.last + 2])), None)
    if posted is not None and is_role(entries[-1]):
        # "an aide to the president", "the mayor and head of the party"
        main = next((e for e in held if e.last == posted.first - 2 and plains[e.last + 1] == "and"), posted)
    elif entries and is_role(entries[-1]) and entries[-1].last == len(words) - 1:
        main = entries[-1]
        if len(entries) == 1 and not (belonging - {"of"}).isdisjoint(plains[1 : main.first]):
            # "a person close to the chairman"
            main, held, entries = None, [], []
    elif main is not None and is_body(main) and words[main.last][0].lower().endswith(("'s", "s'")):
        # "the food programme's country director in Chad": whoever stands behind the possessor speaks.
        main = _main_role([e for e in held if e.first > main.last], words, plains) or main
    elif main is not None and is_role(main):
        main = _main_role(held, words, plains) or main
    elif main is not None and is_body(main):
        # "a government spokesman in Bern".
        main = next((e for e in held if e.first == main.last + 1), main)
    return main, held, entries


@functools.lru_cache(maxsize=4096)
def read_apposition(text: str, folded: str) -> Profile:
    """The profile of what stands behind a name and a comma: "the director of ...", "who heads ..."."""
    if (told := _told_of(text, folded)) is not None:
        return told
    stop = _apposition_stop(folded)
    text, folded = text[:stop], folded[:stop]
    words = words_of(folded)
    plains = [plain(word) for word, _, _ in words]
    clause = _clause_start(plains)
    if clause is not None and plains[clause] in load_lexicon().words["auxiliaries"]:
        # "According to Ida Dahl, the man had been": the clause behind the comma.
        return Profile()
    words, plains = words[:clause], plains[:clause]
    entries = find_heads(words, plains, is_person=True)
    if not words or not entries:
        return Profile(country=country_in(folded, entries, plains) if words else None)
    main = _held_by_bearer(entries, words, plains)
    country = country_in(folded, entries, plains)
    if main is None:
        behind = None
        if plains[0] in load_roles().words["belonging"] and is_body(entries[0]):
            # "Ana Bell, of the Bern Institute, ".
            behind = affiliation_after(text, folded, words, plains, entries, 0)
        return Profile(
            affiliation=behind,
            country=country,
            kind=kind_in(entries, plains),
            head=plains[entries[0].last],
        )
    affiliation = affiliation_behind(text, folded, words, plains, entries, main)
    if affiliation is None or any(is_body(e) and e.last < main.first for e in entries):
        # "a State House press secretary for Tom Reed"
        before = affiliation_before(text, folded, words, plains, entries, main)
        affiliation = before or affiliation
    kind = _careful(kind_in(entries, plains), affiliation, entries, plains, country)
    kind = of_state(kind, words, entries, main)
    if plains[main.last] in load_roles().words["kin_roles"]:
        # "a daughter of Governor Ana Bell" holds no office.
        kind = kind_in([main], plains)
    return Profile(
        role=role_text(text, words, plains, entries, main),
        affiliation=affiliation,
        country=country,
        kind=kind,
        head=plains[main.last],
        sex=_sex(words, plains),
    )


def _apposition_stop(folded: str) -> int:
    """Where an apposition ends: no full stop behind a title ("an aide to Sen. Marsh") does."""
    titles = load_lexicon().words["titles"]
    for end in _APPOSITION_END.finditer(folded, 4):
        if end.group()[0] != "." or folded[: end.start()].rpartition(" ")[2].lower() not in titles:
            return end.start()
    return len(folded)


def _told_of(text: str, folded: str) -> Profile | None:
    """What a verb behind a name tells of its bearer ("who heads the fund"); `None` where no verb stands there."""
    heading = _HEADING.match(folded)
    verbs = load_roles().words["heading_verbs"]
    if heading and heading.group(1).lower() in verbs:
        close = re.compile(r"[,;:–()\"]|(?<![A-Z])\.\s|\.$").search(folded, heading.end())
        body = text[heading.end() : close.start() if close else len(folded)]
        words = words_of(folded[heading.end() : heading.end() + len(body)])
        plains = [plain(w) for w, _, _ in words]
        entries = find_entries(plains, possessors(words))
        kind = kind_in(entries, plains)
        lists = load_lexicon().words
        if plains[:1] and plains[0] in (lists["articles"] | lists["owners"]) - lists["definite_words"]:
            # "who runs a bakery", "who heads its mission": no body that anybody knows by this.
            return Profile()
        if body.islower() and plains[-1:] and plains[-1] in trade_words("tasks"):
            # "who leads the search": a task and no body.
            return Profile(country=country_in(body, entries, plains), kind=kind)
        return Profile(
            role="head", affiliation=tidy(body), country=country_in(body, entries, plains), kind=kind
        )
    if heading and heading.group(1).lower() in load_roles().words["witness_verbs"]:
        return Profile(kind=ActorKind.WITNESS)
    if _RELATIVE.match(folded):
        # "who is on a visit to Lowland": where somebody is, and no office.
        return Profile()
    return None


def _clause_start(plains: list[str]) -> int | None:
    """The first word behind the head of an apposition that is a verb; `None` where there is none."""
    lexicon = load_lexicon()
    for at, low in enumerate(plains[1:], 1):
        if low in lexicon.words["auxiliaries"] or low in lexicon.words["finite_verbs"]:
            return at
        if low in lexicon.lemma and low.endswith("ed"):
            return at
    return None


def _held_by_bearer(entries: list[Entry], words: Words, plains: list[str]) -> Entry | None:
    """The role that an apposition gives to whoever is named in front of it; `None` where it tells of a body."""
    main = _main_role(entries, words, plains)
    if main is not None and plains[main.last] in trade_words("tie_heads"):
        # "a Reed supporter and president of the Bern Club"
        main = second_role(entries, plains, main.last + 1) or main
    if (
        main is not None
        and is_body(entries[0])
        and set(plains[entries[0].last : main.first]) & load_roles().words["belonging"]
        and not _heads_names(main, entries[0], words, plains)
    ):
        # "an advocacy group for the people of ...": a body and no role.
        main = None
    return main


def _heads_names(role: Entry, body: Entry, words: Words, plains: list[str]) -> bool:
    """Whether a role ends the phrase that a body's name begins: "a University of Lund professor"."""
    is_whole = _articles().isdisjoint(plains[body.last : role.first])
    is_named = words[role.first - 1][0][0].isupper() and words[role.first][0][0].islower()
    return is_whole and (role.last == len(words) - 1 or is_named)


def _articles() -> frozenset[str]:
    return load_lexicon().words["articles"]


def _behind_owner(roles: list[Entry], words: Words) -> list[Entry]:
    """The roles behind the last owner in front of any "of": "Children's director", "the minister's spokesman"."""
    belonging = load_roles().words["belonging"]
    stop = next(
        (e.last for e in roles if belonging.intersection(map(_low, words[e.last + 1 : e.last + 2]))), None
    )
    last = max((at for at in possessors(words) if stop is None or at < stop), default=None)
    behind = [e for e in roles if last is not None and e.first > last]
    return behind or roles


def _low(word: tuple[str, int, int]) -> str:
    return word[0].lower()


def _has_possessor(words: Words, entries: list[Entry]) -> bool:
    """Whether a possessor begins the phrase: "Chile's minister", "Bern Water's head of mission"."""
    first = next((e.first for e in reversed(entries) if is_role(e)), 1)
    return any(at < max(1, first) for at in possessors(words))


def _main_role(entries: list[Entry], words: Words, plains: list[str]) -> Entry | None:
    """The head among the roles behind the last owner of a phrase."""
    return main_role(_behind_owner([e for e in entries if is_role(e)], words), words, plains)


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
    """A phrase with what its apposition adds; the phrase's own words win, but an office tells more than a rank."""
    if phrase.role and apposition.role and _is_title(phrase.role) and not _is_title(apposition.role):
        # "Brigadier Felix Opio, a spokesman for the army".
        is_past = plain(phrase.role.split()[0]) in load_roles().words["past_grades"]
        kind = ActorKind.OTHER if is_past else phrase.kind
        phrase = phrase._replace(role=None, head=None, affiliation=apposition.affiliation, kind=kind)
    kind = phrase.kind if phrase.kind is not ActorKind.OTHER else apposition.kind
    ties = load_roles().words["kin_roles"] | trade_words("tie_heads")
    if phrase.role and apposition.role and plain(apposition.role.split()[-1]) in ties:
        # "President Ana Bell, an old friend of Reed": of nobody's country.
        apposition = apposition._replace(affiliation=None)
    return phrase._replace(
        role=phrase.role or apposition.role,
        affiliation=phrase.affiliation or apposition.affiliation,
        country=phrase.country or apposition.country,
        kind=kind,
        head=phrase.head or apposition.head,
        sex=phrase.sex or apposition.sex,
    )


def _is_title(role: str) -> bool:
    """Whether a role is a rank, or a title of a church as a name has it."""
    lists = load_roles().words
    words = plain(role).split()
    while len(words) > 1 and words[0] in lists["role_modifiers"] and " ".join(words) not in lists["ranks"]:
        # "Retired Major General"
        words = words[1:]
    low = " ".join(words)
    if low in trade_words("noble_titles"):
        return True
    return role in lists["religious_titles"] or low in lists["ranks"] or low in lists["academic_titles"]


def _owns(words: Words, entries: list[Entry], role: Entry) -> bool:
    """Whether a role is the possessor of the body that follows: "the governor's office"."""
    is_possessive = words[role.last][0].lower().endswith(("'s", "s'"))
    return is_possessive and any(is_body(e) and e.first > role.last for e in entries)


def _is_office_of(words: Words, plains: list[str], entries: list[Entry]) -> bool:
    """Whether a phrase names an office by who sits in it: "the Bern Office of the Chief Medical Examiner".

    "A Department of Health spokesman" speaks for one.
    """
    heads = load_roles().words["offices_of"]
    at = next((i for i, low in enumerate(plains[:-1]) if low in heads and plains[i + 1] == "of"), None)
    last = entries[-1] if entries else None
    if at is None or last is None or not any(is_role(e) and e.first > at for e in entries):
        return False
    speaks = is_role(last) and last.last == len(words) - 1 and words[last.first][0].islower()
    return not (speaks and words[last.first - 1][0][0].isupper())


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


def _owned(text: str, folded: str, words: Words, first: int, owner: int, sex: str | None) -> Profile:
    """The profile of a person by name behind the body or the country that he or she is of."""
    start, end = words[first][1], words[owner][2]
    is_state = is_place(folded[start:end])
    return Profile(
        name=tidy(text[words[owner + 1][1] : words[-1][2]]),
        affiliation=None if is_state else tidy(text[start:end]),
        country=country_in(folded[start:end], (), ()),
        is_person=True,
        sex=sex,
    )


def _with_tail(text: str, folded: str, tail: int, end: int) -> Profile:
    """The profile of a name with the place or body that stands behind it with a preposition."""
    profile = read_phrase(text[:end], folded[:end])
    if not profile.is_person:
        return profile
    words = words_of(folded[tail:])
    plains = [plain(word) for word, _, _ in words]
    entries = find_entries(plains, possessors(words))
    behind = affiliation_after(text[tail:], folded[tail:], words, plains, entries, 0)
    kind = profile.kind
    if kind is ActorKind.OTHER and profile.role:
        kind = kind_in(entries, plains)
    return profile._replace(
        affiliation=profile.affiliation or behind,
        country=profile.country or country_in(folded, entries, plains),
        kind=kind,
    )


def _with_role(
    text: str,
    folded: str,
    words: Words,
    plains: list[str],
    entries: list[Entry],
    role: Entry,
    country: str | None,
    sex: str | None,
) -> Profile:
    """The profile of "<affiliation> <role> <name>"."""
    name = bare_name(text, words, plains, role.last + 1)
    if plains[role.last] in load_roles().words["group_words"]:
        # "Activist group Clean Rivers": a body by its name.
        bodies = [e for e in entries if e.last < role.first]
        return Profile(
            name=name, country=country, kind=kind_in([*bodies, role], plains), head=plains[role.last]
        )
    kept = [e for e in entries if e.first <= role.last]
    affiliation = affiliation_before(text, folded, words, plains, kept, role)
    # "trapping people Mr Brown": no role.
    is_anyone = plains[role.last] in trade_words("anyone")
    kind = of_state(_careful(kind_in(kept, plains), affiliation, kept, plains, country), words, kept, role)
    return Profile(
        name=name,
        role=None if is_anyone else role_text(text, words, plains, kept, role),
        affiliation=affiliation,
        country=country,
        # Whoever has a name is not unnamed, of whatever "Insider" he or she is.
        kind=kind if kind is not ActorKind.UNNAMED else ActorKind.OTHER,
        head=plains[role.last],
        is_person=True,
        sex=sex,
    )


def _careful(
    kind: ActorKind, affiliation: str | None, entries: list[Entry], plains: list[str], country: str | None
) -> ActorKind:
    """A president or spokesman of a named body that no list knows as a state's is no official; a police director is."""
    if kind is ActorKind.OTHER and affiliation is not None and _is_states(affiliation):
        return ActorKind.OFFICIAL
    if kind is not ActorKind.OFFICIAL or affiliation is None or country is not None:
        return kind
    if (
        any(e.list == "institutions" for e in entries)
        or plain(affiliation.rsplit(None, 1)[-1]) in load_roles().words["spoken_for"]
    ):
        return kind
    private = load_roles().words["private_roles"]
    official = [e for e in entries if is_role(e) and e.kind is ActorKind.OFFICIAL]
    public = any(" ".join(plains[e.first : e.last + 1]) not in private for e in official)
    return kind if public else ActorKind.OTHER


def _is_states(affiliation: str) -> bool:
    """Whether a body that no list knows is a state's by its name: "Brume Police", "Bank of Ghana"."""
    _, _, place = affiliation.partition(" of ")
    is_bank = affiliation.startswith("Bank of ") and is_place(place)
    return is_bank or plain(affiliation.rsplit(None, 1)[-1]) in load_roles().words["spoken_for"]


def _sex(words: Words, plains: list[str]) -> str | None:
    """Whether words tell of a man or a woman; whose spokesman somebody is tells nothing of the spokesman."""
    lists = load_roles().words
    if lists["female_words"].isdisjoint(plains) and lists["male_words"].isdisjoint(plains):
        return None
    last = max(possessors(words), default=-1)
    for at, word in enumerate(plains):
        if at <= last:
            continue
        if word in lists["female_words"]:
            return "f"
        if word in lists["male_words"]:
            return "m"
    return None

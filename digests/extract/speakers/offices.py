"""An office as a phrase writes it: the role with what modifies it, and the body in front of it or behind it.

Stance: what is no body (a country, a town, a day) is no affiliation; an office that somebody held is not held now.
"""

from __future__ import annotations

import functools
import re

from digests.extract.speakers.roles import Entry, is_body, is_role, load_roles, plain
from digests.extract.speech.lexicon import load_lexicon
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.types import ActorKind

_ARTICLE = re.compile(r"(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
# "agency's" of "the agency's coastal office": whose it is stands elsewhere.
COMMON_OWNER = re.compile(r"^(?:the |its |their )?[a-z][\w-]*['’]s (?=\S)")
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
    first = 1 if words[0][0].lower() in load_lexicon().words["articles"] else 0
    owners = (
        look_up(" ".join(word for word, _, _ in words[first : at + 1]))
        for at in possessors(words)
        if at < role.first
    )
    is_states = heads and any(owner and owner.kind is NameKind.COUNTRY for owner in owners)
    return ActorKind.OFFICIAL if is_states else kind


def role_last(words: Words, plains: list[str], entries: list[Entry], role: Entry) -> int:
    """The last word of a role with its field behind it: "head of pipelines", "Minister of Health"."""
    last = role.last
    lists = load_roles().words
    links = lists["field_links"]
    if plains[last] in lists["learned_heads"]:
        links = links | lists["learned_links"]
    if plains[last] not in lists["field_heads"] or links.isdisjoint(plains[last + 1 : last + 2]):
        return last
    portfolios = lists["portfolios"]
    end = last + 2
    if plains[end : end + 1] == ["the"] and plains[last] in lists["portfolio_heads"]:
        # "Secretary of the Interior"
        end += 1
    while end < len(words) and plains[end] in portfolios and not words[end][0].endswith(("'s", "s'")):
        end += 1
    if plains[end - 1] in portfolios and plains[end - 1] not in load_lexicon().words["conjunctions"]:
        return end - 1
    return _field_last(words, plains, entries, last)


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
    is_whole = end == len(words) or plains[end] in lists["prepositions"] or words[end][0][0].isupper()
    return end - 1 if end > last + 2 and is_whole else last


def is_demonym(word: str, plain_word: str) -> bool:
    """Whether a word in front of a role only says of which country, creed or side it is: "pro-Russian"."""
    lists = load_roles().words
    if "-" in plain_word and look_up(word) is None:
        first, _, last = plain_word.rpartition("-")
        return last in lists["side_endings"] or first in lists["side_starts"]
    return look_up(word) is not None or plain_word in lists["regional_adjectives"]


def affiliation_behind(
    text: str,
    folded: str,
    words: Words,
    plains: list[str],
    entries: list[Entry],
    role: Entry,
) -> str | None:
    """The body right behind a role: "a spokesman for the Bern Bank"; whoever saw something is of none.

    Of two roles in a row the second tells it too: "a surgeon and director of the Bern Clinic".
    """
    at = role_last(words, plains, entries, role) + 1
    if role.kind is ActorKind.WITNESS or at >= len(words):
        return None
    other = second_role(entries, plains, at)
    if other is not None and plains[role.last] not in load_roles().words["state_roles"]:
        return affiliation_behind(text, folded, words, plains, entries, other)
    if plains[at] not in load_roles().words["belonging"]:
        return None
    return affiliation_after(text, folded, words, plains, entries, at)


def second_role(entries: list[Entry], plains: list[str], at: int) -> Entry | None:
    """The role behind the "and" at a word ("and a former commissioner"); `None` where there is none."""
    if at >= len(plains) or plains[at] not in load_lexicon().words["coordinators"]:
        return None
    leading = load_roles().words["role_modifiers"] | load_lexicon().words["articles"]
    behind = at + 1
    while behind < len(plains) and plains[behind] in leading:
        behind += 1
    firsts = range(at + 1, behind + 1)
    return next((e for e in entries if is_role(e) and e.first in firsts), None)


def affiliation_after(
    text: str,
    folded: str,
    words: Words,
    plains: list[str],
    entries: list[Entry],
    at: int,
) -> str | None:
    """The body behind a role and its preposition: "of the South Institute at Bern College in Bern"."""
    link = _body_link(words, plains, at)
    if link is None:
        return None
    first = link + 1
    while first < len(words) and plains[first] in load_lexicon().words["articles"]:
        first += 1
    last = next((i for i in range(first, len(words)) if second_role(entries, plains, i)), len(words)) - 1
    last = next((i - 1 for i in range(first + 1, last) if _tells_more(words, plains, i)), last)
    if first > last or _is_titled(words, plains, first, last):
        return None
    start, end = words[_named_from(words, plains, first, last)][1], words[last][2]
    based = _BASED.match(folded[start:end])
    start += based.end() if based else 0
    posted = _POSTED.search(folded[start:end])
    if posted and look_up(folded[start : start + posted.start()]):
        # "the ambassador of Chile to Peru"
        return None
    tail = _PLACE_TAIL.search(folded[start:end])
    if tail and look_up(tail.group(1).strip()):
        end = start + tail.start()
    inside = [e for e in entries if is_body(e) and first <= e.first <= last]
    return None if _is_somewhere(folded[start:end], plains, inside, link) else tidy(text[start:end])


def _is_titled(words: Words, plains: list[str], first: int, last: int) -> bool:
    """Whether somebody by a title stands where a body may: "a spokesman for Mrs. Dahl", no "Mrs. Dahl's party"."""
    lists = load_roles().words
    titles = lists["honorifics"] | (load_lexicon().words["titles"] - lists["name_particles"])
    is_owner = any(word.endswith(("'s", "s'")) for word, _, _ in words[first:last])
    return plains[first] in titles and words[first][0][0].isupper() and not is_owner


def _tells_more(words: Words, plains: list[str], at: int) -> bool:
    """Whether a participle behind a body's name tells what somebody does: "of the Works Department visiting Chad"."""
    return plains[at].endswith("ing") and words[at][0].islower() and words[at - 1][0][0].isupper()


def _body_link(words: Words, plains: list[str], at: int) -> int | None:
    """The preposition in front of a body, from the one behind a role on; `None` where only a place follows."""
    links = load_roles().words["body_belonging"]
    if plains[at] in load_roles().words["place_belonging"]:
        return next((i for i in range(at + 1, len(plains)) if plains[i] in links), None)
    if at + 1 < len(words) and words[at + 1][0][0].islower():
        # "professor of law at Bern College": the field is no body.
        later = next((i for i in range(at + 2, len(plains) - 1) if plains[i] in links), at)
        if plains[at + 1] not in load_lexicon().words["articles"]:
            return later
    return at


def _is_somewhere(body: str, plains: list[str], inside: list[Entry], link: int) -> bool:
    """Whether what stands behind a preposition is a place, people or a thing and no body."""
    if is_place(body):
        return True
    if body.islower() and plains[link + 1] in load_roles().words["indefinite"]:
        # "for a tech firm"
        return True
    if inside:
        # "of the agency": which one, the text tells elsewhere.
        return body.islower() and " " not in body and plains[link + 1 :] != [body]
    lists = load_roles().words
    is_from = plains[link] in lists["town_belonging"] and lists["spoken_for"].isdisjoint(plains[link + 1 :])
    # "a mother of three from Brume"
    return body[0].islower() or is_from


def _named_from(words: Words, plains: list[str], first: int, last: int) -> int:
    """Where a body's own name begins behind small words that describe it: "the mining company Altaro Resources"."""
    stops = load_lexicon().words["prepositions"] | load_lexicon().words["conjunctions"]
    for at in range(first, last + 1):
        word = words[at][0]
        if word[0].isupper():
            return at
        if plains[at] == "of" and plains[at - 1] in load_roles().words["local_areas"]:
            # "the flooded town of Brume"
            continue
        if plains[at] in stops or word.endswith(("'s", "s'")):
            break
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
    name = COMMON_OWNER.sub("", name.strip(" ,;:\"'“”‘’()"))
    if name.endswith(("'s", "’s")) and " " not in name:
        return name[:-2]
    return (
        re.sub(r"['’]s?$", "", name).rstrip(",")
        if name.endswith(("'s", "’s", "s'", "s’")) and name.count(" ")
        else name
    )

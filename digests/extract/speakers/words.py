"""The words of a speaker: who is meant in "a statement by the ministry", how a name is shown, when two are one."""

from __future__ import annotations

import functools
import re

from digests.extract.speakers.profiles import read_phrase
from digests.extract.speakers.roles import load_roles
from digests.extract.speech.lexicon import load_lexicon
from digests.extract.speech.phrases import people_words
from digests.rules import load_rules

_LEADING = re.compile(r"^(?:the|The|THE)\s+")
# "the state news agency Sana": words in small letters in front of a name.
_NAMED_BODY = re.compile(r"(?:[Tt]he |An? )?(?:[a-z][\w'’-]* ){0,4}?([a-z][\w-]*) (?=[A-Z][^a-z]?[\w' -]*$)")

# Words of the name of a town.
_PLACE_WORDS = 2
# Phrases of speakers that are remembered: "police", "the ministry" speak in every other article.
_KEPT = 8192


@functools.lru_cache(maxsize=_KEPT)
def author(folded: str) -> tuple[int, int]:
    """Who speaks in a phrase about a document: "a statement by the foreign office" is the foreign office."""
    documents = load_lexicon().words["document_nouns"]
    if documents.isdisjoint(folded.lower().split()):
        return 0, len(folded)
    match = re.match(r"(?:[\w'.-]+\s+){0,4}?([\w-]+)\s+(?:issued\s+|released\s+)?(?:by|from|of)\s+", folded)
    if match and match.group(1).lower() in documents:
        return match.end(), len(folded)
    possessive = re.match(r"((?:[\w.'-]+\s+){0,8}?[\w.'-]+'s?)\s+(?:[\w-]+\s+){0,2}?([\w-]+)$", folded)
    if possessive and possessive.group(2).lower() in documents:
        return 0, len(possessive.group(1).removesuffix("'s").removesuffix("'"))
    behind = re.match(r"((?:[\w.'-]+\s+){1,6}?)([\w-]+)$", folded)
    if behind and behind.group(2) in documents and len(behind.group(1).split()) >= 2:
        inner = read_phrase(behind.group(1), behind.group(1))
        if inner.is_body or inner.country:
            article = re.match(r"an?\s+", folded, re.IGNORECASE)
            if article and behind.group(2) in load_roles().words["named_heads"]:
                # "A Norvian news website" speaks for itself.
                return 0, len(folded)
            return article.end() if article else 0, len(behind.group(1).rstrip())
    return 0, len(folded)


def without_kin(folded: str, end: int) -> int:
    """Where a speaker ends in front of his or her own company: "Vice President Tom Reed and his wife"."""
    at = folded.find(" and ", 0, end)
    behind = folded[at + len(" and ") : end].split(" ", 1) if at > 0 else []
    is_own = len(behind) == 2 and behind[0] in load_rules("roles").meaning["pronoun_sex"]
    return at if is_own and read_phrase(folded[:at], folded[:at]).is_person else end


@functools.lru_cache(maxsize=_KEPT)
def is_plural(folded: str) -> bool:
    """Whether "they" may take a phrase up again: a plural in small letters, two names, the police."""
    words = folded.split()
    links = load_lexicon().words["place_links"]
    if not links.isdisjoint(words):
        # "Engineers at the dam"
        words = words[: next((i for i, word in enumerate(words) if i and word in links), None)]
    if not words:
        return False
    last = words[-1].lower()
    return (
        " and " in folded
        or last in load_lexicon().words["bare_nouns"]
        or (words[-1][0].islower() and last.endswith("s") and not last.endswith(("'s", "ss")))
        or (last.endswith("s") and last in people_words())
    )


@functools.lru_cache(maxsize=_KEPT)
def shown_name(words: str) -> str:
    """A name to show: no article in front of a name, a small one in front of the rest."""
    if words[:3].lower() == "the":
        bare = _LEADING.sub("", words)
        if bare != words and bare[:1].isupper():
            return bare
    first, _, rest = words.partition(" ")
    lists = load_lexicon().words
    is_small = first.lower() in lists["small_starts"] or (
        first.lower() in lists["owners"] and rest[:1].islower()
    )
    return f"{first.lower()} {rest}" if is_small and rest else words


def without_place(words: str) -> str:
    """The name of a body without the town that it sits in: "the Geological Survey in Bern"."""
    body, _, place = words.rpartition(" in ")
    named = body.split()[-1:] and body.split()[-1][0].isupper() and body.count(" ") > 1
    # "Special Agent in Charge Dana Osei" sits nowhere.
    named = named and len(place.split()) <= _PLACE_WORDS
    return body if named and all(word[0].isupper() for word in place.split()) else words


def own_name(words: str) -> str:
    """The name of a body without the noun that says what it is: "the state news agency Sana"."""
    named = _NAMED_BODY.match(words)
    heads = load_roles().words
    is_noun = named and named.group(1) in heads["bare_heads"] | heads["named_heads"]
    return words[named.end() :] if named and is_noun else words


def name_key(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s").rstrip(".")


def may_be_one(one: str, other: str) -> bool:
    """Whether two full names may be one person's: the first names agree or one is a short form of the other."""
    first, second = name_key(one.split()[0]), name_key(other.split()[0])
    return first == second or first.startswith(second[:3]) or second.startswith(first[:3])


def is_abbreviation(word: str, full: str) -> bool:
    """Whether a single name in capitals alone is a body's initials, and no surname that a fuller name ends with."""
    return word.isupper() and len(word) > 1 and not full.isupper()

"""Who the dead were, as somebody says of them: "the three were hunters", "he sold popcorn", "none had a weapon".

Read by grammar: words that speak of the dead as the subject, and what is told of them in the same clause, weighed by
large lists of kinds of people, of arms and of peaceful work. Stance: only what a speaker says; who is told as both, or
as neither, is nobody.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digests.extract.aspects.answers import NEEDING_ADJECTIVE
from digests.extract.aspects.denials import may_have_doer
from digests.extract.aspects.parties import deed_words
from digests.extract.aspects.quoted import MARKS, quoted_account
from digests.extract.incidents import incident_at
from digests.extract.speech.lexicon import base_form
from digests.extract.tellings.triggers import Words, tokens
from digests.rules import load_rules
from digests.text.document import Document, longest_word, plain_words
from digests.text.phrases import Phrases
from digests.types import AccountMention, Aspect, IncidentMention, Quote, Span

# The rule on who the dead are said to have been.
SAID_TO_BE = "deeds.victims"
FIGHTERS, CIVILIANS = "fighters", "civilians"
# Tokens behind the subject in which something is told of it, behind a tie, and in front of a word that is denied.
_TOLD_REACH, _TIE_REACH, _DENIED_REACH = 30, 8, 6
# Tokens behind "the" in which a "killed" stands.
_DYING_REACH = 9
# Characters in front of a statement in which somebody is told to have died; tokens behind "killed" up to its "who".
_DYING_BEFORE, _WHO_REACH = 250, 12
# What stands in front of the dead at the head of what is said: "all the dead were".
_WHOLE = (["all"], ["all", "of"], ["that", "all"], ["that", "all", "of"])
# Tokens behind "was" in which its noun stands.
_NOUN_REACH = 9


def find_identities(
    document: Document,
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
    known: Sequence[AccountMention],
) -> list[AccountMention]:
    """Who the speakers of an article say the dead were, beyond those in `known`, in order of the quotes."""
    if not any(may_have_doer(incident, incidents) for incident in incidents):
        return []
    taken = {
        account.claimant.name
        for account in known
        if account.aspect is Aspect.VICTIMS and account.claimant is not None
    }
    found: list[AccountMention] = []
    for quote in quotes:
        if quote.speaker is None or quote.cue is None or quote.speaker.name in taken:
            continue
        span = quote.evidence.span
        held = plain_words(document.letters, span)
        if _openers().isdisjoint(held) or _predicates().isdisjoint(held):
            continue
        words = tokens(document.folded, span.start, span.end)
        before = document.low[max(0, span.start - _DYING_BEFORE) : span.start]
        told = _identity(
            words,
            is_calling=base_form(quote.cue.words) in deed_words("calling"),
            are_dead=not deed_words("dying").isdisjoint(before.replace(",", " ").replace(".", " ").split()),
            mourns=not deed_words("mourning").isdisjoint(quote.speaker.words.lower().split()),
        )
        if told is None:
            continue
        first, last, normal = told
        place = Span(start=words.starts[first], end=words.ends[last])
        incident = incident_at(document, place, incidents)
        if not may_have_doer(incident, incidents):
            continue
        taken.add(quote.speaker.name)
        found.append(
            quoted_account(quote, incident, Aspect.VICTIMS, document.words(place), normal, place, SAID_TO_BE)
        )
    return found


def _identity(words: Words, *, is_calling: bool, are_dead: bool, mourns: bool) -> tuple[int, int, str] | None:
    """What is told of the dead: the tokens, first and last, and what that makes of them.

    Args:
        is_calling: The verb of saying tells what somebody was ("described as").
        are_dead: The words before tell of dead people.
        mourns: Who speaks is a relative.
    """
    lows = words.lows
    if is_calling and lows[:1] == ["as"]:
        # "Three men whom the president described as militants."
        start, is_sure = 1, True
    else:
        subject = _subject(lows, are_dead=are_dead, mourns=mourns)
        if subject is None:
            return None
        start, is_sure = subject
    end = next((k for k in range(start, len(lows)) if lows[k] in MARKS), len(lows))
    end = min(end, start + _TOLD_REACH)
    armed = _kind_at(lows, start, end, _armed_kinds(), is_calling=is_calling)
    civil = _kind_at(lows, start, end, _civil_kinds(), is_calling=is_calling)
    if is_sure:
        armed = armed or _tied(lows, start, end)
        civil = civil or _harmless(lows, start, end)
    if armed is not None and not deed_words("posing").isdisjoint(lows[start:end]):
        civil = None
    if armed is not None and civil is not None:
        return None
    if armed is not None:
        return (*armed, FIGHTERS)
    return (*civil, CIVILIANS) if civil is not None else None


def _subject(lows: Sequence[str], *, are_dead: bool, mourns: bool) -> tuple[int, bool] | None:
    """The token behind words that speak of the dead as a subject, and whether they can be nobody else.

    `None` without such words.
    """
    may_open = _subject_starts()
    for k, low in enumerate(lows):
        if low not in may_open:
            continue
        if low in deed_words("killing_them") and "who" in lows[k + 1 : k + _WHO_REACH]:
            # "killed nine people there who worked for the army"
            who = lows.index("who", k + 1)
            if deed_words("identity_ends").isdisjoint(lows[who - 1 : who]):
                return who + 1, True
        if k and lows[k - 1] not in deed_words("clause_starts") and lows[:k] not in _WHOLE:
            continue
        following = lows[k + 1] if k + 1 < len(lows) else ""
        are_told_dead = not deed_words("dying").isdisjoint(lows[k : k + _DYING_REACH])
        if low == "one" and following == "of" and are_told_dead:
            rest = next((i for i in range(k, len(lows)) if lows[i] in deed_words("being")), None)
            if rest is not None:
                return rest, True
        if low in deed_words("pronouns"):
            return k + 1, mourns
        if low in deed_words("everybody") and following in ("of", "were", "was", "had"):
            return k + 1, True
        if low in ("the", "those"):
            if following in deed_words("dead") and lows[k + 2 : k + 3] != ["'s"]:
                return k + 2, True
            rest = next(
                (i for i in range(k + 1, min(k + 4, len(lows))) if lows[i] in deed_words("may_be_dead")), None
            )
            if rest is not None:
                return rest + 1, are_dead or are_told_dead
        if low in deed_words("owners") and following in deed_words("kin"):
            return k + 2, True
    return None


@functools.cache
def _subject_starts() -> frozenset[str]:
    """The words that words which speak of the dead as a subject begin with."""
    names = ("killing_them", "pronouns", "everybody", "owners")
    return frozenset({"one", "the", "those"}).union(*map(deed_words, names))


def _is_denied(lows: Sequence[str], start: int, at: int) -> bool:
    """Whether a "no" stands in front of a word, or the subject is "none"."""
    return not deed_words("negations").isdisjoint(lows[max(0, start - 3, at - _DENIED_REACH) : at])


def _tied(lows: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """What ties the subject to arms: "were members of a gang", "was moving weapons"."""
    ties, things = deed_words("tied"), deed_words("armed_things")
    for k in range(start, end):
        if lows[k] not in things or _is_denied(lows, start, k):
            continue
        tie = next((t for t in range(k - 1, max(start - 1, k - _TIE_REACH), -1) if lows[t] in ties), None)
        if tie is not None and deed_words("identity_ends").isdisjoint(lows[tie:k]):
            return tie, k
    return None


def _harmless(lows: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """What tells that the subject carried no arms: "had no weapon", "had gone out to fish"."""
    for k in range(start, end):
        low = lows[k]
        if low == "unarmed" and not _is_denied(lows, start, k):
            return k, k
        if low in deed_words("armed_things") and _is_denied(lows, start, k):
            first = next(
                i
                for i in range(max(0, start - 3, k - _DENIED_REACH), k)
                if lows[i] in deed_words("negations")
            )
            return first, k
        if low in deed_words("peaceful") and not _is_denied(lows, start, k) and k > start:
            return _phrase(lows, start, k)
    return None


def _phrase(lows: Sequence[str], start: int, at: int) -> tuple[int, int]:
    """A word with what leads to it: "gone out to fish", "carrying apples"."""
    first = at
    while first - 1 >= start and at - first < 4 and lows[first - 1].isalpha():
        first -= 1
    last = at
    while last + 1 < len(lows) and last - at < 2 and lows[last + 1].isalpha():
        if any(lows[last + 1] in deed_words(name) for name in ("identity_ends", "clause_starts", "off")):
            break
        last += 1
    return first, last


def _kind_at(
    lows: Sequence[str], start: int, end: int, kinds: Phrases[bool], *, is_calling: bool
) -> tuple[int, int] | None:
    """Where behind a "was" a kind of people stands as what the subject is."""
    being = deed_words("being")
    for k in range(start, end):
        if lows[k] not in being and not (is_calling and (k == start or lows[k] == "as")):
            continue
        for i in range(k, min(end, k + _NOUN_REACH)):
            if lows[i] in deed_words("identity_ends") and i > k:
                break
            found = kinds.at(lows, i)
            if found is not None and found[1] <= end:
                return None if _is_denied(lows, start, i) else (i, found[1] - 1)
    return None


@functools.cache
def _armed_kinds() -> Phrases[bool]:
    return _phrases("armed_kinds", "fighters")


@functools.cache
def _civil_kinds() -> Phrases[bool]:
    return _phrases("civil_kinds", "civilians")


def _phrases(name: str, kind: str) -> Phrases[bool]:
    """The kinds of people of one class: those of the table of victims and a list of their own."""
    table = load_rules("accounts").meaning["victims"]
    entries = [str(word) for word, group in table.items() if group == kind and word not in NEEDING_ADJECTIVE]
    return Phrases({" ".join(tokens(e, 0, len(e)).lows): True for e in (*entries, *deed_words(name))})


@functools.cache
def _openers() -> frozenset[str]:
    """Words of which every statement on the dead holds one."""
    names = ("dead", "may_be_dead", "kin", "pronouns", "everybody")
    return frozenset({"as"}).union(*(deed_words(name) for name in names))


@functools.cache
def _predicates() -> frozenset[str]:
    """Plain words of which every statement on who the dead were holds one."""
    kinds = [*_armed_kinds().first_words, *_civil_kinds().first_words]
    words = [*kinds, *deed_words("armed_things"), *deed_words("peaceful"), "unarmed"]
    return frozenset(map(longest_word, words))

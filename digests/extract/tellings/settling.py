"""Which words of casualties tell of the trigger beside them, and which of an incident of their own.

Stance: a toll that its own clause, day or place parts from a trigger is not added to it.
"""

from __future__ import annotations

import itertools

from digests.extract.tellings.answers import provokes
from digests.extract.tellings.governing import governor
from digests.extract.tellings.likeness import days_fit, may_be_state
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling, View, is_in_clause, next_word

# Tokens around a death in which it stands that it came later.
_DEATH_REACH = 7
# Tokens from "more" to a word of casualties: "three more people were found dead".
_MORE_REACH = 5
# What leads from the news to what came before it, behind a length of time.
_APART = frozenset({"after", "before"})
# Whoever was named before in the sentence.
_ONE_NAMED = frozenset({"him", "her", "them"})


def settle_tolls(view: View, tellings: list[Telling], *, opens: bool) -> list[Telling]:
    """What a word of casualties tells goes to the trigger that governs it; alone it must tell a day or a place.

    `opens`: nothing was told before it in the lead, so that it is the news itself ("Nine have died of heat").
    """
    real = [t for t in tellings if t.form is not Form.TOLL]
    if all(t.form is not Form.TOLL for t in tellings):
        return [t for t in real if not t.is_loose]
    spots = [(t.first, t.last) for t in real]
    for toll in (t for t in tellings if t.form is Form.TOLL):
        if _is_of_more(view, toll, opens=opens):
            toll.is_late, toll.days, toll.day_words = True, None, None
        chosen = governor(view.lows, spots, toll.first)
        if chosen is None:
            # "The families asked for their dead": of what, was told before.
            is_known = toll.first > 0 and view.lows[toll.first - 1] in lexicon().words["determiners"]
            if toll.days or toll.places or (opens and not is_known):
                toll.is_other = toll.is_other or _came_before(view, 0, toll)
                real.append(toll)
            continue
        owner = real[chosen]
        is_before = owner.last < toll.first and _came_before(view, owner.last + 1, toll)
        if is_before or provokes(view, [owner], toll.first):
            toll.is_other = True
            real.append(toll)
            continue
        if _is_of_other_clause(view, toll, owner):
            real.append(toll)
            continue
        if toll.days and owner.days and days_fit(toll.days, owner.days) is False:
            # "Four died in a crash in 2013, and 71 were killed in 1996."
            real.append(toll)
            continue
        if owner.first > toll.last and owner.kind in lexicon().words["violent"]:
            owner.actor = owner.actor or toll.actor
        owner.places.extend(toll.places)
        if owner.days is None and not _is_later_death(view, toll, owner):
            owner.days, owner.day_is_exact = toll.days, toll.day_is_exact
            owner.day_words = toll.day_words
    real.sort(key=lambda t: t.span.start)
    for deed in real[1:]:
        if deed.actor and may_be_state(deed.actor) and next_word(view, deed.last) in _ONE_NAMED:
            # "A gunman killed five before police shot him": the news was not done by them.
            deed.actor = None
    return real


def _is_of_more(view: View, toll: Telling, *, opens: bool) -> bool:
    """Whether a toll is of people who died or were found after others: "two more died", "raising the toll to".

    In the middle of a text also "two died in hospital on Friday". Its day is not the incident's.
    """
    words = lexicon().words
    before = view.lows[max(0, toll.first - _MORE_REACH) : toll.last + 2]
    pairs = itertools.pairwise(before)
    is_later = view.lows[toll.first] in words["dying"] | words["bodies"] and not toll.places
    if is_later and any(word in words["still_more"] and behind != "than" for word, behind in pairs):
        return True
    if "toll" in before and not words["toll_movers"].isdisjoint(before):
        # "Rescuers found a body on Friday, bringing the death toll to 21."
        return True
    if opens or view.lows[toll.first] not in words["dying"]:
        return False
    near = view.lows[max(0, toll.first - _DEATH_REACH) : toll.last + _DEATH_REACH + 1]
    # "A man died in hospital on Friday after he was shot": that may have been the same night.
    is_hurt = any(
        (owner, noun) == ("in", "hospital") or (owner in words["owners"] and noun in words["hurt"])
        for owner, noun in itertools.pairwise(near)
    )
    return is_hurt and "after" not in near


def _is_later_death(view: View, toll: Telling, owner: Telling) -> bool:
    """ "A fourth passenger died on Friday after the crash": Friday is not the day of the crash.

    Nor is it in "the crash, of whose injured two died on Friday" and "the toll of the crash stood at nine on Friday".
    """
    if toll.day_words is None:
        return False
    if "toll" in view.lows[max(0, toll.first - _MORE_REACH) : toll.last + 2]:
        # The day on which a toll rises is not that of what happened.
        return True
    if view.lows[toll.first] not in lexicon().words["dying"]:
        return False
    near = view.lows[max(0, toll.first - _DEATH_REACH) : toll.last + _DEATH_REACH + 1]
    if owner.is_definite and not lexicon().words["dying_later"].isdisjoint(near):
        return True
    between = view.lows[toll.last + 1 : owner.first]
    return "after" in between and "when" not in between


def _came_before(view: View, start: int, toll: Telling) -> bool:
    """Whether a toll behind token `start` is of what came before: "the raid came days after nine were killed"."""
    spans = lexicon().words["timespans"]
    pairs = itertools.pairwise(view.lows[start : toll.first])
    last = max(
        (at for at, (span, lead) in enumerate(pairs) if lead in _APART and span in spans), default=None
    )
    return last is not None and is_in_clause(view.lows[start + last + 2 : toll.first])


def _is_of_other_clause(view: View, toll: Telling, owner: Telling) -> bool:
    """Whether a toll in front of a trigger has a clause, and a day or place, of its own: "Nine died in 2014, and a fire
    killed two"."""
    if owner.first < toll.last or not (toll.days or toll.places):
        return False
    links = lexicon().words["clause_links"]
    between = view.lows[toll.last + 1 : owner.first]
    return any(mark in (",", ";") and link in links for mark, link in itertools.pairwise(between))

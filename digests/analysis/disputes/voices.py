"""Whose count it is and when it was told: what sets an update apart from a dispute.

Stance: one source quoted by two outlets in other words ("the state police", "police chief Ashok Rana") is taken for
one, because a source that corrects itself is no quarrel.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.actors.aliases import initials_of
from digests.analysis.actors.people import fold_name
from digests.analysis.disputes.words import is_official
from digests.extract.tellings.likeness import has_doer
from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, look_up
from digests.types import ActorKind, Claim, Speaker

# Letters of the longest name that is taken for initials.
_LONGEST_INITIALS = 6
_WORD = re.compile(r"[a-z0-9]+")


def time_between(a: Claim, b: Claim) -> dt.timedelta | None:
    """How long after `a` the claim `b` was told, negative when before; `None` where nothing tells the order.

    An article of which only the day is known stands at midnight UTC: on that day its order is open.
    """
    first, second = a.published, b.published
    if first is None or second is None:
        return None
    if _has_time(first) and _has_time(second):
        return second - first
    days = second.date() - first.date()
    return days if days else None


def _has_time(moment: dt.datetime) -> bool:
    return moment.time() != dt.time()


def same_claimant(a: Claim, b: Claim) -> bool:
    """Whether two claims name one source, as far as their words tell."""
    one, two = a.figure.claimant, b.figure.claimant
    return one is not None and two is not None and _same(one, two)


def claimed_apart(a: Claim, b: Claim) -> bool:
    """Whether two claims name two sources; "officials" and "the authorities" may be any of a state's."""
    one, two = a.figure.claimant, b.figure.claimant
    if one is None or two is None:
        told, other = (a, two) if one is None else (b, one)
        # "The official toll stands at 54. The relatives count 57."
        return other is not None and not _speaks_for_state(other) and is_official(told)
    if _same(one, two) or _is_nobody(one) or _is_nobody(two):
        return False
    return not (_is_any_official(one) and _speaks_for_state(two)) and not (
        _is_any_official(two) and _speaks_for_state(one)
    )


def _is_nobody(speaker: Speaker) -> bool:
    """Whether nothing is told of a source but that something is said: "reports", "the next report", "some"."""
    words = _profile(speaker).words
    return bool(words) and words <= frozenset(load_rules("casualties").words["nobody"])


def speaks_for_state(claim: Claim) -> bool:
    """Whether a body of a state, or who speaks for one, gives a count."""
    speaker = claim.figure.claimant
    return speaker is not None and speaker.kind is ActorKind.OFFICIAL and not is_counter_voice(claim)


def is_counter_voice(claim: Claim) -> bool:
    """Whether those give a count who stand against a state, or are hurt by what it did where a count has a doer: the
    opposition, a rights group, the residents of a village that was bombed."""
    speaker = claim.figure.claimant
    if speaker is None:
        return False
    words = load_rules("comparison").words
    told = set(
        _WORD.findall(" ".join(filter(None, (speaker.words, speaker.role, speaker.affiliation))).casefold())
    )
    sides = words["against"] + (words["struck"] if has_doer(claim.figure.incident.kind) else ())
    return not told.isdisjoint(sides)


def _speaks_for_state(speaker: Speaker) -> bool:
    return speaker.kind in (ActorKind.OFFICIAL, ActorKind.UNNAMED)


def _is_any_official(speaker: Speaker) -> bool:
    """Whether nothing tells which body speaks: "officials", "local authorities"."""
    profile = _profile(speaker)
    return _speaks_for_state(speaker) and not profile.words and not profile.office and not profile.is_state


def _same(one: Speaker, two: Speaker) -> bool:
    a, b = _profile(one), _profile(two)
    if a.name == b.name or _abbreviates(one.name, two.name) or _abbreviates(two.name, one.name):
        return True
    if a.is_state != b.is_state and one.country and one.country == two.country:
        # "India said", "the Indian army said"
        return ActorKind.MEDIA not in (one.kind, two.kind)
    return _overlap(a.words, b.words) or _overlap(a.office, b.office)


def _abbreviates(short: str, name: str) -> bool:
    """Whether a name is the initials of another one: "BLF", "Bay Liberation Front"."""
    letters = short.replace(".", "")
    return 1 < len(letters) <= _LONGEST_INITIALS and letters.isupper() and letters == initials_of(name)


def _overlap(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is compared of a speaker: the folded name, its words, those of the body he or she speaks for."""

    name: str
    words: frozenset[str]
    office: frozenset[str]
    is_state: bool


@functools.lru_cache(maxsize=4096)
def _profile(speaker: Speaker) -> _Profile:
    place = look_up(speaker.name)
    described = " ".join(filter(None, (speaker.words, speaker.role, speaker.affiliation)))
    office = _words(described)
    if _is_personal(speaker):
        office -= _words(speaker.name)
    return _Profile(
        fold_name(speaker.name),
        _words(speaker.name),
        office,
        place is not None and place.kind in STATE_KINDS,
    )


def _is_personal(speaker: Speaker) -> bool:
    """Whether the name is a person's: capitalised, with a role or a body that it speaks for."""
    if speaker.role is None and speaker.affiliation is None:
        return False
    is_body = speaker.affiliation is not None and fold_name(speaker.name) == fold_name(speaker.affiliation)
    return not is_body and all(part[:1].isupper() for part in speaker.name.split())


def _words(text: str) -> frozenset[str]:
    """The words of a name that tell bodies apart, offices by one name ("ministry" and "minister")."""
    offices, fillers = _lexicon()
    return frozenset(
        offices.get(word, word) for word in _WORD.findall(fold_name(text)) if word not in fillers
    )


@functools.cache
def _lexicon() -> tuple[dict[str, str], frozenset[str]]:
    rules = load_rules("casualties")
    return dict(rules.meaning["office"]), frozenset(rules.words["office_filler"])


def names_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Who says a count: claimants, else the outlet; each once, nobody where neither is known."""
    told = {claim.citation.article_id for claim in claims if claim.figure.claimant is not None}
    speakers: list[Speaker] = []
    outlets: list[str] = []
    for claim in claims:
        speaker = claim.figure.claimant
        if speaker is None:
            # A headline's number is the one that the text below it gives to somebody; "the official toll" is a state's.
            if claim.outlet and claim.citation.article_id not in told and not (told and is_official(claim)):
                outlets.append(claim.outlet)
            continue
        known = next((at for at, other in enumerate(speakers) if _is_named_by(speaker, other)), None)
        if known is None:
            speakers.append(speaker)
        elif _is_fuller(speaker, speakers[known]):
            speakers[known] = speaker
    return tuple(dict.fromkeys([*(speaker.name for speaker in speakers), *outlets]))


def _is_fuller(one: Speaker, other: Speaker) -> bool:
    """Whether one of two speakers of one source names it better: a person, "the mayor" over a headline's "Mayor"."""
    if one.name.casefold().endswith(f" {other.name.casefold()}") or _is_part_of(other, one):
        return True
    return _is_personal(one) and not _is_personal(other)


def _is_part_of(one: Speaker, other: Speaker) -> bool:
    """Whether a speaker without a name opens another's words: "engineers", "engineers at the Lund Institute"."""
    return (
        " " not in one.name and bool(one.role) and other.name.casefold().startswith(f"{one.name.casefold()} ")
    )


def _is_named_by(one: Speaker, other: Speaker) -> bool:
    """Whether naming one of two speakers is enough: the same source, and not two people of one body."""
    if _is_part_of(one, other) or _is_part_of(other, one):
        return True
    return _same(one, other) and not (_is_personal(one) and _is_personal(other) and one.name != other.name)

"""The sentences of conflicts in another language: what a side says, and why the sides stand apart.

Analysis says both in English, as the public JSON has it. A count there has one of a few forms (`says_of` in
`digests.analysis.disputes.agreement`), which are told again here; anything else is words of an article, which stay.
"""

from __future__ import annotations

import re

from digests.tongues import ENGLISH, Tongue, phrase
from digests.types import Aspect, Conflict, ConflictKind, Measure

_NUMBER = r"\d{1,3}(?:,\d{3}){0,5}"
_FIGURE = re.compile(rf"(?:(?P<hedge>[a-z]+(?: [a-z]+)?) )?(?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER}))?")
_HEDGES = {
    "about": phrase("about {count}"),
    "at least": phrase("at least {count}"),
    "up to": phrase("up to {count}"),
    "more than": phrase("more than {count}"),
    "fewer than": phrase("fewer than {count}"),
    "nearly": phrase("nearly {count}"),
}
# Other words for the same.
_LIKE = {
    "above": "more than",
    "over": "more than",
    "upwards of": "more than",
    "below": "fewer than",
    "less than": "fewer than",
    "under": "fewer than",
    "almost": "nearly",
    "close to": "nearly",
}
# Counts without a number, as texts have them.
_VAGUE = {
    "several": phrase("several"),
    "dozens": phrase("dozens"),
    "scores": phrase("dozens"),
    "hundreds": phrase("hundreds"),
    "thousands": phrase("thousands"),
    "tens of thousands": phrase("tens of thousands"),
    "hundreds of thousands": phrase("hundreds of thousands"),
}
# Why sides stand apart, by kind; their sides stand beside it.
_REASONS = {
    ConflictKind.UPDATE: phrase("The later reports say {most}, the earlier ones {least}."),
    ConflictKind.CORRECTION: phrase("The count was taken down from {most} to {least}."),
    ConflictKind.DEFINITION: phrase("One count includes the attacker, the other does not."),
    ConflictKind.SCOPE: phrase(
        "{most} most likely counts more than this incident, for which {least} is told."
    ),
    ConflictKind.PRECISION: phrase("The same count, told roughly and exactly."),
}
_FELL = phrase("The number of missing fell from {most} to {least}.")
_LEAST_DIFFER = phrase("The least numbers differ.")
_EXCLUDED = phrase("{least} and {most} cannot both be right.")
_ACCOUNTS: dict[str, str] = {
    Aspect.TARGET: phrase("Accounts differ on what was targeted."),
    Aspect.MEANS: phrase("Accounts differ on the means used."),
    Aspect.VICTIMS: phrase("Accounts differ on who the dead were."),
    Aspect.CAUSE: phrase("Accounts differ on the cause."),
    Aspect.ACTOR: phrase("Accounts differ on who did it."),
    Aspect.TIME: phrase("Accounts differ on the hour."),
    Aspect.PLACE: phrase("Accounts differ on the place."),
    Aspect.COURSE: phrase("Accounts differ on what happened."),
}
_OPEN_ABOVE = ("at least ", "more than ")


def say_figure(tongue: Tongue, says: str) -> str:
    """What is said of a count: with its hedge in this language; other words of an article as they are."""
    if tongue is ENGLISH:
        return says
    if (vague := _VAGUE.get(says.removesuffix(" of"))) is not None:
        return tongue.say(vague)
    match = _FIGURE.fullmatch(says)
    hedge = _LIKE.get(match["hedge"], match["hedge"]) if match is not None else None
    if match is None or (hedge is not None and hedge not in _HEDGES):
        return says
    words = _number(tongue, match["low"])
    if match["high"] is not None:
        words = tongue.say("{first} to {last}", first=words, last=_number(tongue, match["high"]))
    return tongue.say(_HEDGES[hedge], count=words) if hedge else words


def _number(tongue: Tongue, digits: str) -> str:
    return tongue.number(int(digits.replace(",", "")))


def conflict_reason(tongue: Tongue, conflict: Conflict) -> str:
    """Why the sides differ, in one sentence that does not name all of them again; in English the note itself."""
    if tongue is ENGLISH or not conflict.standing:
        return conflict.note
    if conflict.kind is ConflictKind.ACCOUNT:
        return tongue.say(_ACCOUNTS[conflict.about]) if conflict.about in _ACCOUNTS else conflict.note
    first, last = conflict.standing[0], conflict.standing[-1]
    least, most = (f"{say_figure(tongue, side.says)}{_by(side.claimants)}" for side in (first, last))
    reason = _REASONS.get(conflict.kind, _EXCLUDED)
    is_fall = conflict.note.startswith(_FELL.partition("{")[0])
    if conflict.kind is ConflictKind.UPDATE and conflict.about == Measure.MISSING and is_fall:
        reason = _FELL
    elif reason is _EXCLUDED and first.says.startswith(_OPEN_ABOVE) and last.says.startswith(_OPEN_ABOVE):
        reason = _LEAST_DIFFER
    return tongue.say(reason, least=least, most=most)


def _by(names: tuple[str, ...]) -> str:
    """Who says it, in brackets, where that is known."""
    return f" ({', '.join(names)})" if names else ""

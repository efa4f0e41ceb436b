"""Which names an article ties to what happened: those whom or what it was done to.

Stance: only what stands right beside the word for the deed ("the killing of Ana Bell", "the Bell murder", "Bell was
shot") is tied to it; whoever only speaks of it is not. A name that is shared so makes two mentions one incident even
where one of them tells another place or day: nobody dies twice.
"""

from __future__ import annotations

import functools
import re

from digests.extract.tellings.triggers import lexicon
from digests.rules.gazetteer import look_up
from digests.types import IncidentMention

# Characters around a word for a deed in which a name may stand.
_REACH = 110
# Letters of a name that tells one from others.
_SHORTEST = 4
_NAME = r"[A-Z][\w'.-]{1,24}(?: [A-Z][\w'.-]{1,24}){1,3}"
# "... of the former mayor Ana Bell", "... Ana Bell dead"
_BEHIND = re.compile(
    r"(?: dead| to death)?(?: of(?: [^\s,;:.!?\"“”]{1,20},?){0,9}?)? "
    rf"(?P<name>{_NAME}|[A-Z][\w'-]{{3,24}}(?= dead\b))"
)


def names_beside(text: str, mention: IncidentMention) -> frozenset[str]:
    """The last parts of the names that stand beside a mention as its object, in small letters.

    Places are none: what happens in a city happens there again.
    """
    if mention.span is None or mention.sentence is None:
        return frozenset()
    start, end = mention.span.start, mention.span.end
    behind = text[end : min(mention.sentence.end, end + _REACH)]
    before = text[max(mention.sentence.start, start - _REACH) : start]
    found: list[str] = []
    if match := _BEHIND.match(behind):
        found.append(match["name"])
    if match := _before().search(before):
        found.append(match["name"])
    return frozenset(last for name in found if (last := _last_part(name, text)))


@functools.cache
def _before() -> re.Pattern[str]:
    """A name that ends right in front of a deed: "Bell's ", "Ana Bell, 41, was ", "Bell, a singer who was "."""
    passives = "|".join(sorted(lexicon().words["passives"]))
    aside = r"(?:,|,[^,]{2,60},|,[^,]{2,80} who)"
    return re.compile(
        rf"(?P<name>[A-Z][\w'-]{{2,24}})(?:['’]s)?{aside}?(?: (?:{passives}|had|has|have)){{0,3}} $"
    )


def _last_part(name: str, text: str) -> str:
    """The part of a name by which it is named again; "" for a place and for a word that only begins a sentence."""
    last = name.split()[-1].removesuffix("'s").removesuffix("’s").rstrip(".")
    if len(last) < _SHORTEST or look_up(name) is not None or look_up(last) is not None:
        return ""
    # A longer name ends with it somewhere in the text.
    return last.casefold() if re.search(rf"\b[A-Z][\w'.-]{{1,24}} {re.escape(last)}\b", text) else ""

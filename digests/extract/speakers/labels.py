"""Round-ups of what states and bodies say, each under its name: "France: President Ana Bell said ...".

Stance: one such line may be anything ("Chile: the long road"); two of states or international bodies make a round-up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from digests.extract.speakers.profiles import Profile, read_phrase
from digests.rules.gazetteer import NameKind, look_up
from digests.types import ActorKind

# A name in front of a colon, or alone on its line, with a mark of a list before it.
_LABEL = re.compile(
    r"^(?:[-–—•*][ \t]*)?([A-Z][\w.'& -]{2,40}?)(?::[ \t]+(?=[\w\"])|[ \t]*:?[ \t]*$)", re.MULTILINE
)
# Labels from which lines are a round-up.
_FEWEST = 2
# Characters below a label that stands alone which it may speak of.
_REACH = 1200


class Label(NamedTuple):
    """A label's own span's start, the end of what it is for, and whom it names."""

    start: int
    end: int
    profile: Profile


def find_labels(folded: str) -> tuple[Label, ...]:
    """The labels of a round-up in order; empty where the text is none."""
    found: list[Label] = []
    for match in _LABEL.finditer(folded):
        profile = _labelled(match[1].strip())
        if profile is None:
            continue
        line = folded.find("\n", match.end(1))
        own = len(folded) if line < 0 else line
        is_alone = not folded[match.end() : own].strip()
        found.append(Label(match.start(), min(len(folded), own + _REACH) if is_alone else own, profile))
    if len(found) < _FEWEST:
        return ()
    behind = [*(label.start for label in found[1:]), len(folded)]
    return tuple(
        label._replace(end=min(label.end, following)) for label, following in zip(found, behind, strict=True)
    )


def label_at(labels: tuple[Label, ...], at: int) -> Profile | None:
    """Whom the label names under which an offset stands; `None` outside of any."""
    index = bisect_right([label.start for label in labels], at) - 1
    return labels[index].profile if index >= 0 and at < labels[index].end else None


def _labelled(name: str) -> Profile | None:
    """The state or the international body of a label; `None` for others."""
    place = look_up(name)
    if place is not None:
        is_state = place.kind is NameKind.COUNTRY
        return Profile(country=place.country, kind=ActorKind.OFFICIAL) if is_state else None
    body = read_phrase(name, name)
    if body.kind is not ActorKind.INTERNATIONAL or body.role:
        return None
    return Profile(affiliation=name, country=body.country, kind=body.kind)

"""Names of outlets: well-known ones by the lexicon, others by their shape ("Harbour Times", "Radio Southport").

Stance: a name is a newspaper's only where a word of the press stands in it; whether it names *this* page's outlet is
for the caller to judge by where it stands.
"""

from __future__ import annotations

import functools

from digests.rules import load_rules
from digests.text.document import fold

# Words that a newspaper's name has at most.
_MOST_WORDS = 6


def known_outlet(name: str, *, sure: bool = False) -> str | None:
    """A well-known outlet's usual name; a name that is also a common word only when `sure`."""
    rules = load_rules("outlets")
    plain = fold(name).removesuffix("'s").strip(" .,-").casefold()
    if not sure and plain in rules.words["unsure"]:
        return None
    found = rules.meaning["outlet"].get(plain)
    return str(found) if found else None


@functools.cache
def outlet_starts() -> frozenset[str]:
    """The first words of the well-known outlets' names in small letters: most names need no further look."""
    return frozenset(name.split()[0] for name in load_rules("outlets").meaning["outlet"])


def press_name(name: str) -> str | None:
    """A name that is an outlet's by its shape, as written: capitals throughout, a word of the press first or last.

    `None` for one word alone ("Herald"), for roles ("News Editor", "Foreign Reporter"), for a list and for what is too
    long for a name.
    """
    plain = " ".join(fold(name).strip(" .,-*|").split())
    if "," in plain:
        return None
    words = plain.split()
    core = words[1:] if words and words[0].casefold() == "the" else words
    if not 2 <= len(core) <= _MOST_WORDS:
        return None
    linking, first, last, roles, desks = _shapes()
    if not all(word[:1].isupper() or word[:1].isdigit() or word in linking for word in core):
        return None
    lowered = [word.casefold() for word in core]
    if not roles.isdisjoint(lowered) or core[-1] in linking:
        return None
    if lowered[-1] == "reporter" and lowered[-2] in desks:
        return None
    return plain if lowered[-1] in last or lowered[0] in first else None


@functools.cache
def _shapes() -> tuple[frozenset[str], ...]:
    words = load_rules("outlets").words
    return tuple(
        frozenset(words[name])
        for name in ("press_link", "press_first", "press_last", "press_role", "press_desk")
    )

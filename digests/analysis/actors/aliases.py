"""Other names of one actor: a title alone, initials of a body.

Stance: a title or initials that fit two actors of the story join neither.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from digests.extract.speakers.roles import load_roles
from digests.extract.speech.lexicon import load_lexicon
from digests.rules.gazetteer import look_up
from digests.rules.given_names import is_given_name
from digests.types import Speaker

_WORD = re.compile(r"[\w.'’-]+")


def title_of(speaker: Speaker) -> frozenset[str] | None:
    """The words of an office that only one person holds, for a speaker named by it alone; else `None`.

    "The Norwegian prime minister" is one, "a minister" and "Prime Minister Ida Dahl" are none.
    """
    if speaker.role is None:
        return None
    name = [word.lower().rstrip(".") for word in _WORD.findall(speaker.name)]
    office = _office(speaker.role)
    if (
        not office
        or not name
        or name[0] in load_lexicon().words["small_starts"] - {"the"}
        or name[-1] != speaker.role.lower().split()[-1]
    ):
        return None
    return office


@functools.lru_cache(maxsize=1024)
def _office(role: str) -> frozenset[str]:
    """The words of a role that one person holds at a time; empty for others."""
    words = role.lower().replace("-", " ").replace(".", "").split()
    sole = load_roles().words["sole_roles"]
    return frozenset(words) if words and words[-1] in sole and "former" not in words else frozenset()


def holders(groups: Mapping[str, Sequence[Speaker]]) -> dict[str, str]:
    """Keys of titles alone to the key of the one person of the story who holds the office."""
    people = {
        key: offices
        for key, group in groups.items()
        if (offices := [(_office(s.role), s.country) for s in group if s.role and title_of(s) is None])
        and any(len(s.name.split()) > 1 for s in group)
    }
    joined: dict[str, str] = {}
    for key, group in groups.items():
        titles = [(title, s.country) for s in group if (title := title_of(s)) is not None]
        if key in people or not titles:
            continue
        title, country = titles[0]
        fits = [
            other
            for other, offices in people.items()
            if any(
                office == title and (country is None or home is None or country == home)
                for office, home in offices
            )
        ]
        if len(fits) == 1:
            joined[key] = fits[0]
    return joined


def initials(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Keys of initials to the key of the one body of the story that they stand for ("BLF", "Bay Liberation Front")."""
    spelled: dict[str, set[str]] = {}
    for key, group in names.items():
        for name in group:
            letters = initials_of(name)
            if len(letters) > 1:
                spelled.setdefault(letters, set()).add(key)
    joined: dict[str, str] = {}
    for key, group in names.items():
        for name in group:
            short = name.replace(".", "")
            if len(short) > 1 and short.isupper() and short.isalpha():
                others = spelled.get(short, set()) - {key}
                if len(others) == 1:
                    joined[key] = next(iter(others))
    return joined


def short_names(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Keys of single words to the key of the one body of the story whose name begins so ("Selvo", "Selvo Power")."""
    longer: dict[str, set[str]] = {}
    for key, group in names.items():
        for name in group:
            first, _, rest = name.partition(" ")
            if rest and rest[:1].isupper() and key.startswith("name:") and not is_given_name(first):
                longer.setdefault(first, set()).add(key)
    joined: dict[str, str] = {}
    for key, group in names.items():
        others = {other for name in group if " " not in name for other in longer.get(name, ())} - {key}
        if len(others) == 1 and key.startswith("name:") and not any(map(look_up, group)):
            joined[key] = next(iter(others))
    return joined


def initials_of(name: str) -> str:
    """The letters by which a body's name of two words or more is abbreviated; empty for other names."""
    words = [word for word in _WORD.findall(name) if word[0].isupper() and word != "The"]
    if len(words) < 2:
        return ""
    return "".join(
        word.replace(".", "") if word.replace(".", "").isupper() and len(word) < 6 else word[0]
        for word in words
    )

"""Which line of a page's head is its headline: the one whose words the text tells again.

Stance: the first line that looks like a headline is one, but for a menu above it ("War in the north", "Become a
member"), whose words the text does not know.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from digests.text.furniture import BODY, Role
from digests.text.neighbours import TITLE_MIN_WORDS, ends_told

# Characters that a headline has at most.
TITLE_MAX = 220
# What a line ends like that is no headline: a full stop, or a mark with more than a sentence before it.
_TOLD = re.compile(r"[.!?]['\"]?\s+\S.*[.!]$|[^.]\.$")
# Lines of a page's head that are looked at.
_HEAD = 120
# Characters from which a told line is a paragraph here, and how many of the text's first are looked at.
_PARAGRAPH, _LOOKED_AT = 80, 8
# Letters by which two forms of a word meet, and those of the shortest word that counts.
_STEM, _SHORTEST = 5, 4
# Words that a headline shares with its text at least; of those of the line that shares most, or of its own, so many.
_SHARED, _PART, _OWN_PART = 2, 0.5, 0.4
_WORD = re.compile(rf"[a-z]{{{_SHORTEST},}}|\d+")
# Rules for links, among which the headline of a page may have fallen where a menu opens with such a heading.
_LINKS = "furniture.links.item"


def is_told(folded: str) -> bool:
    """Whether a line ends like a sentence, or holds more than one."""
    return _TOLD.search(folded) is not None


def find_headline(folded: Sequence[str], roles: list[Role], first: int | None) -> int | None:
    """The headline of a page with a menu above its text, else `first`; a link that is it becomes body (`roles`).

    Args:
        folded: The page's lines.
        first: The first line that looks like a headline; `None` where the text begins like a body.
    """
    told = (
        i for i, line in enumerate(folded) if roles[i] == BODY and len(line) >= _PARAGRAPH and ends_told(line)
    )
    lines = list(itertools.islice(told, _LOOKED_AT))
    if not lines or lines[0] > _HEAD or all(role == BODY for role in roles[: lines[0]]):
        return first
    top, known = _find_text({i: _words(folded[i]) for i in lines})
    candidates = [
        i
        for i in range(top)
        if (roles[i] == BODY or roles[i][1] == _LINKS)
        and len(folded[i]) <= TITLE_MAX
        and len(folded[i].split()) >= TITLE_MIN_WORDS
        and not is_told(folded[i])
        and not folded[i].endswith(":")
    ]
    if not candidates or candidates == [first]:
        return first
    words = {i: _words(folded[i]) for i in candidates}
    shared = {i: len(words[i] & known) for i in candidates}
    most = max(shared.values())
    title = next(
        (
            i
            for i in candidates
            if shared[i] >= _SHARED and shared[i] >= min(most * _PART, len(words[i]) * _OWN_PART)
        ),
        first,
    )
    if title is not None and roles[title] != BODY:
        # The links of the menu went on below the headline.
        for i in range(title, top):
            if roles[i][1] == _LINKS:
                roles[i] = BODY
    return title


def _find_text(words: dict[int, set[str]]) -> tuple[int, set[str]]:
    """The first paragraph of the text and the words of its opening, given those of each line that may be one.

    A paragraph shares words with others, as what a page says of itself ("We use cookies") does not.
    """
    kept = [
        i
        for i, own in words.items()
        if len(own & set().union(*(others for j, others in words.items() if j != i))) >= _SHARED
    ] or list(words)
    return kept[0], set().union(*(words[i] for i in kept))


def clear_above(folded: Sequence[str], roles: list[Role], title: int) -> None:
    """Drops the labels above a headline that a menu stands above."""
    for i in range(title):
        if roles[i] == BODY and not ends_told(folded[i]):
            roles[i] = ("drop", "furniture.line.menu", None)


def _words(text: str) -> set[str]:
    """The longer words of a line by their first letters, and its numbers."""
    return {word[:_STEM] for word in _WORD.findall(text.lower())}

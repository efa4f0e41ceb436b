"""Which line of a page's head is its headline: the one whose words the text tells again.

Stance: the first line that looks like a headline is one, but for a menu above it ("War in the north", "Become a
member"), whose words the text does not know.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from digests.rules import load_rules
from digests.text.furniture import BODY, Role
from digests.text.neighbours import TITLE_MIN_WORDS, ends_told
from digests.text.outlets import press_name

# Characters that a headline has at most.
TITLE_MAX = 220
# What a line ends like that is no headline: a full stop, or a mark with more than a sentence before it.
_TOLD = re.compile(r"[.!?]['\"]?\s+\S.*[.!]$|[^.]\.$")
# The path of a section: "Africa / Lowland".
_PART_OF_PATH = r"[A-Z][\w'&-]{1,20}(?: [A-Z&][\w'-]{0,20}){0,2}"
PATH = re.compile(rf"{_PART_OF_PATH}(?: ?[/|] ?{_PART_OF_PATH}){{1,3}}$")
# Lines above a statement's mark in which its sender may stand.
_SENDER = 3
# Words of the longest button, what opens an item of a summary, and a line of names: who wrote it, or a place.
_BUTTON, _BULLETS = 8, ("•", "-", "–", "*", "·")
_NAMED = re.compile(
    r"(?:(?:[A-Z][\w.'&-]*|and|in|de|van|von|al|bin|el|la|\((?:now|earlier)\)|[|,])[ ,]*)+(?:agencies)?"
)
# Lines of a page's head that are looked at.
_HEAD = 120
# Characters from which a told line is a paragraph here, and how many of the text's first are looked at.
_PARAGRAPH, _LOOKED_AT = 80, 8
# Lines between a told line and the next one from which it is no text, and how many paragraphs must be left.
_APART, _FEW = 12, 2
# Letters by which two forms of a word meet, and those of the shortest word that counts.
_STEM, _SHORTEST = 5, 4
# Words that a headline shares with its text at least; of those of the line that shares most, or of its own, so many.
_SHARED, _PART, _OWN_PART = 2, 0.5, 0.4
_DIGIT = re.compile(r"\d")
_WORD = re.compile(rf"[a-z]{{{_SHORTEST},}}|\d+")
# Rules for links, among which the headline of a page may have fallen where a menu opens with such a heading.
_LINKS = "furniture.links.item"
# The rule for lines that stand twice: a headline too, where a box above it has it.
_TWICE = "furniture.caption.repeated"


def is_told(folded: str) -> bool:
    """Whether a line ends like a sentence, or holds more than one."""
    return _TOLD.search(folded) is not None


def find_headline(folded: Sequence[str], roles: list[Role], first: int | None) -> int | None:
    """The headline of a page with a menu above its text, else `first`.

    What stands above it goes, and so do the labels between it and the text whose words the text does not know; a link
    that is the headline becomes body (`roles` is changed).

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
    words = {
        i: _words(folded[i])
        for i in range(top)
        if roles[i] == BODY or (roles[i][1] == _LINKS and len(folded[i]) <= TITLE_MAX)
    }
    shared = {i: len(own & known) for i, own in words.items()}
    candidates = [i for i in words if _is_candidate(folded[i])]
    best = max((shared[i] for i in candidates), default=0)
    twice = {
        i: own
        for i in range(top)
        if roles[i][1] == _TWICE
        and _is_candidate(folded[i])
        and len((own := _words(folded[i])) & known) > best
    }
    if twice:
        words |= twice
        shared |= {i: len(own & known) for i, own in twice.items()}
        candidates = sorted([*candidates, *twice])
    title = first
    if candidates and candidates != [first]:
        enough = max(_SHARED, max(shared[i] for i in candidates) * _PART)
        title = next(
            (
                i
                for i in candidates
                if shared[i] >= enough
                or (i == first and shared[i] >= max(_SHARED, len(words[i]) * _OWN_PART))
            ),
            first,
        )
    if title is None:
        return None
    if roles[title][1] == _TWICE:
        roles[title] = BODY
    if roles[title] != BODY:
        # The links of the menu went on below the headline.
        for i in range(title, top):
            if roles[i][1] == _LINKS:
                roles[i] = BODY
    if shared.get(title, 0) >= _SHARED:
        # A statement's sender and number stand beside its mark.
        mark = next((i for i in range(title) if statement_mark().fullmatch(folded[i])), title)
        for i in (*range(mark - _SENDER if mark < title else mark), *range(title, top)):
            if roles[i] == BODY and i != title and _is_menu(folded[i], shared[i], is_above=i < title):
                roles[i] = ("drop", "furniture.line.menu", None)
    return title


@functools.cache
def statement_mark() -> re.Pattern[str]:
    """A line that says that a statement follows, or its number."""
    return re.compile(
        rf"(?i){load_rules('furniture').alternation('statement_mark')}(?:\s?[:.#]\s?[\w/ .-]{{0,40}})?"
    )


def _is_menu(line: str, shared: int, *, is_above: bool) -> bool:
    """Whether a line of the head is the page's; `shared` are the words that the text knows."""
    if is_above:
        return shared < _SHARED or not ends_told(line)
    is_short = len(line.split()) <= _BUTTON and _NAMED.fullmatch(line) is None and not _DIGIT.search(line)
    return is_short and not shared and not line.startswith(_BULLETS) and not ends_told(line)


def _is_candidate(line: str) -> bool:
    return (
        len(line) <= TITLE_MAX
        and len(line.split()) >= TITLE_MIN_WORDS
        and not is_told(line)
        and not line.endswith(":")
        and not PATH.match(line)
        and not press_name(line)
    )


def _find_text(words: dict[int, set[str]]) -> tuple[int, set[str]]:
    """The first paragraph of the text and the words of its opening, given those of each line that may be one.

    A paragraph shares words with others, as what a page says of itself ("We use cookies") does not.
    """
    kept = [
        i
        for i, own in words.items()
        if len(own & set().union(*(others for j, others in words.items() if j != i))) >= _SHARED
    ] or list(words)
    while len(kept) > _FEW and kept[1] - kept[0] > _APART:
        # "When suggestions are available, use the arrows": told far above the text.
        kept.pop(0)
    while kept[0] - 1 in words:
        # The paragraph right above one of the text is the text's.
        kept.insert(0, kept[0] - 1)
    return kept[0], set().union(*(words[i] for i in kept))


def _words(text: str) -> set[str]:
    """The longer words of a line by their first letters, and its numbers."""
    return {word[:_STEM] for word in _WORD.findall(text.lower())}

"""Where a page's text ends and what stands between its paragraphs that is no text: promotions, lists of links, labels.

Stance: an article is told in sentences. A line that neither ends like one nor is as long as a paragraph is a label, and
a run of labels between or behind the paragraphs is the page's (links to other news above all, whose figures belong to
other events). One label alone is a subheading and stays. Lists, tables of figures and pages whose lines have lost their
marks are left as they are.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from digests.rules import load_rules
from digests.text.furniture import BODY, Role
from digests.text.neighbours import PARAGRAPH, ends_told

# Lines that count or name somebody one by one: "Deaths: 14", "- three boys", "Mara Bell, 34",
# "[Signed] The council".
_LISTED = re.compile(
    r"(?i:\[?(?:signed|dated)\b)|[-–•*·]\s|\d{1,2}[.)]\s|[A-Za-z][^:]{1,60}: ?\d|.{3,50}, \d{1,2}$"
)
# A sentence with who reported it behind it: "... on Friday. - with a report from the coast", "... on Friday. CNA".
_CREDITED = re.compile(r"[a-z\d]{2}[.!?]['\"]? [^a-z]")
# Words from which a label that stands alone between two paragraphs is no subheading but another article's headline or
# a picture's words, and up to which: a sentence may have lost its mark.
_HEADLINE, _SENTENCE = 7, 16
# Characters of text above a line that may end it, and the part of them that may be told below it all the same.
_END_AFTER = 300
_REST = 0.25
# Told lines from which a page is one whose sentences have their marks, and the part of its paragraphs that must have.
_TOLD_LINES = 2
_MARKED = 0.67
# Characters from which a line counts for that.
_LONG = 80
# Characters from which a told line below a text's end counts as text.
_SHORT = 40
# Characters of the longest scene, and of the longest sentence of a box; what makes one a fact; letters by which two
# forms of a word meet.
_LONGEST_SCENE, _LONE = 170, 110
_FACT = re.compile(r"[\d\"]|day\b|\bsa(?:id|ys)\b")
_STEM, _WORDS = 5, re.compile(r"[a-z]{4,}")
# Characters of the longest teaser, how many make a list, and what is a name in one (a sentence's first word is none).
_TEASER, _FEWEST = 260, 2
_NAMES = re.compile(r"(?<=[a-z,;:'\"-] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w'-]{2,}")
# Rules for a headline that stands with a teaser: among links, or once as its picture's words and once as its own.
_LABELS = ("furniture.links.item", "furniture.caption.repeated", "furniture.line.repeated")
# Lines from the end in which contributors are named where more is told below them.
_FOOT_LINES = 8
# Words up to which a label above the first paragraph is a section's name, not a line of the head.
_SECTION_WORDS = 3
# Roles of lines that may end the text, and the rule for the edition in which it was printed.
_ENDS = ("tail", "foot", "end")
_EDITION = "furniture.dated.edition"
# Behind a form for comments whatever is told is the readers'; terms may also stand in a box between the paragraphs.
_TERMS = "furniture.tail.terms"
# Roles of lines that may stand in a signature block.
_NO_FURNITURE = ("", "dated")


def clear_stretches(folded: Sequence[str], roles: list[Role], title: int | None) -> None:
    """Drops what stands behind a text's end, and the labels among a page's furniture; `roles` is changed.

    Args:
        folded: The page's lines.
        title: Which of them is the headline.
    """
    _cut_end(folded, roles)
    _clear_teasers(folded, roles)
    body = [i for i, line in enumerate(folded) if roles[i] == BODY and i != title]
    told = [i for i in body if _is_told(folded[i])]
    has_furniture = len(body) + 1 < len(folded)
    if not told or not (has_furniture or len(told) < len(body)) or not _has_marks(folded, roles, told[0]):
        return
    if has_furniture:
        _clear_scenes(folded, roles, told)
        _clear_lone(folded, roles, told)
    if len(told) == len(body):
        return
    _clear_head(folded, roles, title, told[0])
    for start, end in zip(told, [*told[1:], len(folded)], strict=True):
        if not folded[start].endswith(":"):
            _clear(folded, roles, [i for i in range(start + 1, end) if i != title], end == len(folded))


def _is_told(line: str) -> bool:
    return (
        len(line) >= PARAGRAPH
        or ends_told(line)
        or (len(line) >= _SHORT and _CREDITED.search(line) is not None)
    )


def _cut_end(folded: Sequence[str], roles: list[Role]) -> None:
    """From the first line that ends the text, everything goes but pictures, dates and who wrote it.

    Who contributed, or a box with a form, may also stand higher up: only where little is told below it does it end
    the text, and contributors named higher up are the story's own.
    """
    if not any(role in _ENDS or rule == _EDITION for role, rule, _ in roles):
        return
    lengths = [len(line) if role == BODY else 0 for line, role in zip(folded, roles, strict=True)]
    told = [
        length if length >= _SHORT and ends_told(line) else 0
        for line, length in zip(folded, lengths, strict=True)
    ]
    last = max((i for i, role in enumerate(roles) if role[0] in ("", "foot")), default=0)
    for i, (role, rule, _) in enumerate(roles):
        if role not in _ENDS and rule != _EDITION:
            continue
        above, below = sum(lengths[:i]), sum(told[i + 1 :])
        if above >= _END_AFTER and ((role == "tail" and rule != _TERMS) or below < above * _REST):
            for j in range(i + 1, len(roles)):
                if roles[j] == BODY:
                    roles[j] = ("drop", "furniture.tail.rest", None)
            return
        is_head = any(roles[j][0] in ("byline", "dated") for j in (i - 1, i + 1) if 0 <= j < len(roles))
        if role == "foot" and i < last - _FOOT_LINES and not is_head:
            roles[i] = BODY


def _clear_teasers(folded: Sequence[str], roles: list[Role]) -> None:
    """Headlines of other articles with a sentence each, under a heading over links or behind the last two paragraphs
    that stand together: two or more of them, each with names that the text hardly knows, or with its age."""
    if sum(role != BODY for role in roles) < _FEWEST:
        return
    months = set(load_rules("furniture").words["month"])
    told = [i for i, line in enumerate(folded) if roles[i] == BODY and _is_told(line)]
    last = max((j for i, j in itertools.pairwise(told) if j == i + 1), default=None)
    headings = [i for i, role in enumerate(roles) if role[0] == "links"]
    for heading in (*headings, last) if last is not None and last != told[-1] else headings:
        pairs = _teasers(folded, roles, heading + 1)
        if len(pairs) < _FEWEST:
            continue
        inside = {i for pair in pairs for i in pair}
        known = {
            name
            for i, line in enumerate(folded)
            if roles[i] == BODY and i not in inside
            for name in _NAMES.findall(line)
        }
        named = [set(_NAMES.findall(folded[told])) - months for _, told in pairs]
        aged = [any(rule.startswith("furniture.dated") for _, rule, _ in roles[a:b]) for a, b in pairs]
        shared = sum(len(names & known) for names in named)
        is_foreign = all(names or is_aged for names, is_aged in zip(named, aged, strict=True))
        if is_foreign and shared * _FEWEST <= len(pairs):
            for i in inside:
                roles[i] = ("drop", "furniture.links.teaser", None)


def _teasers(folded: Sequence[str], roles: Sequence[Role], start: int) -> list[tuple[int, int]]:
    """The labels from a line on with the sentence below each; those behind the last paragraph without a label."""
    pairs: list[tuple[int, int]] = []
    label = None
    for i in range(start, len(folded)):
        kind, rule, _ = roles[i]
        if rule in _LABELS or (kind == "" and not _is_told(folded[i])):
            label = i
        elif kind == "":
            if label is None or len(folded[i]) > _TEASER:
                pairs.clear()
            else:
                pairs.append((label, i))
            label = None
        elif kind == "links" or (pairs and kind in _ENDS):
            break
    return pairs


def _has_marks(folded: Sequence[str], roles: Sequence[Role], first: int) -> bool:
    """Whether a page whose first told line is `first` is told in sentences that have kept their marks."""
    long = [folded[i] for i in range(first, len(folded)) if roles[i] == BODY and len(folded[i]) >= _LONG]
    told = sum(map(ends_told, long))
    return told >= _TOLD_LINES and told >= len(long) * _MARKED


def _clear_head(folded: Sequence[str], roles: list[Role], title: int | None, first: int) -> None:
    """Section names above the first paragraph of a page that has other furniture there."""
    if all(role == BODY for role in roles[:first]):
        return
    for i in range(first):
        if roles[i] == BODY and i != title and len(folded[i].split()) <= _SECTION_WORDS:
            roles[i] = ("drop", "furniture.line.section", None)


def _clear_scenes(folded: Sequence[str], roles: list[Role], told: Sequence[int]) -> None:
    """What a picture shows, told in the present tense, above the text or alone among furniture."""
    for i in told:
        is_first = i == told[0] and len(told) > _FEWEST
        if (is_first or _is_alone(roles, i, 1)) and len(folded[i]) <= _LONGEST_SCENE and _is_scene(folded[i]):
            roles[i] = ("caption", "furniture.caption.scene", None)


def _is_scene(line: str) -> bool:
    """Whether a sentence says what several or an unnamed one do now ("Workers look at a bridge")."""
    found = _scene().match(line)
    if found is None or '"' in line or _not_scene().search(line):
        return False
    if _has_object(line[: found.start("verb")].lower().split()):
        # "The coastguard called off the search": a noun.
        return False
    verb = found.group("verb").split()[0]
    return line.startswith(("A ", "An ")) or not verb.endswith("s") or verb == "pass"


def _has_object(before: Sequence[str]) -> bool:
    """Whether the words in front of what may be a verb have one already: an article ends them, or follows no joint."""
    words = load_rules("furniture").words
    objects, joints = words["scene_object"], words["scene_joint"]
    is_object = any(low in objects and prior not in joints for prior, low in itertools.pairwise(before))
    return is_object or before[-1] in objects


@functools.cache
def _scene() -> re.Pattern[str]:
    return re.compile(
        rf"[A-Z]\S* (?:\S+ ){{0,8}}?(?P<verb>{load_rules('furniture').alternation('scene_verb')})\b"
    )


@functools.cache
def _not_scene() -> re.Pattern[str]:
    return re.compile(rf"\b{load_rules('furniture').alternation('scene_not')}\b|[.!?] [A-Z]")


def _clear_lone(folded: Sequence[str], roles: list[Role], told: Sequence[int]) -> None:
    """Short sentences alone among furniture of which the text knows no word: a box's."""
    known: set[str] | None = None
    for i in told:
        line = folded[i]
        if len(line) > _LONE or roles[i] != BODY or not _is_boxed(roles, i, told) or _FACT.search(line):
            continue
        if known is None:
            known = {word for j in told for word in _stems(folded[j]) if not _is_boxed(roles, j, told)}
        if not _stems(line) & known:
            roles[i] = ("drop", "furniture.line.lone", None)


def _is_alone(roles: Sequence[Role], i: int, lines: int) -> bool:
    """Whether so many lines on both sides of one are there and are furniture."""
    around = [*range(i - lines, i), *range(i + 1, i + 1 + lines)]
    return (
        around[0] >= 0 and around[-1] < len(roles) and all(roles[j][0] not in _NO_FURNITURE for j in around)
    )


def _is_boxed(roles: Sequence[Role], i: int, told: Sequence[int]) -> bool:
    """Whether the two lines on either side of a sentence are furniture or labels, and one of each two furniture."""
    above, below = (i - 2, i - 1), (i + 1, i + 2)
    if (
        above[0] < 0
        or below[-1] >= len(roles)
        or any(j in told and roles[j] == BODY for j in (*above, *below))
    ):
        return False
    return all(any(roles[j][0] not in _NO_FURNITURE for j in side) for side in (above, below))


def _stems(line: str) -> set[str]:
    return {word[:_STEM] for word in _WORDS.findall(line.lower())}


def _clear(folded: Sequence[str], roles: list[Role], lines: Sequence[int], is_last: bool) -> None:
    """The labels of one stretch between two told lines, or behind the last one: there a signature may stand alone."""
    labels = [i for i in lines if roles[i] == BODY]
    has_furniture = any(roles[i][0] not in _NO_FURNITURE for i in lines)
    if any(_LISTED.match(folded[i]) or (folded[i].endswith(":") and not is_last) for i in labels):
        return
    is_link = len(labels) == 1 and not is_last and _is_link(folded[labels[0]])
    if has_furniture or is_link or (len(labels) > 1 and not is_last):
        for i in labels:
            roles[i] = ("drop", "furniture.links.stretch", None)


def _is_link(line: str) -> bool:
    """Whether a line reads like another article's headline or a picture's words: several words, none that a sentence of
    a text would begin with."""
    words = line.split()
    is_headline = _HEADLINE <= len(words) <= _SENTENCE and line[-1].isalnum() and not line.isupper()
    return (
        is_headline and words[0].strip(",").lower() not in load_rules("furniture").words["sentence_opening"]
    )

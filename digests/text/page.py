"""What each line of a scraped page is: title, body, caption, byline, date or furniture; wording in `furniture.toml`.

Stance: a lost menu line costs nothing and a lost body sentence costs a fact, so a long line that ends like a
sentence is body unless a rule names it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from digests.rules import load_rules
from digests.text.document import all_words, fold, is_hard_wrapped
from digests.text.furniture import BODY, Role, find_roles
from digests.text.glued import find_glues, unglue
from digests.text.outlets import press_name


class LineKind(StrEnum):
    TITLE = "title"
    BODY = "body"
    DROP = "drop"
    CAPTION = "caption"
    # A caption of an old picture: its date says nothing of the article.
    ARCHIVE = "archive"
    BYLINE = "byline"
    DATED = "dated"
    FOOT = "foot"


class PageLine(NamedTuple):
    """One line of a page; `rule` is what named it, `found` that rule's match in the folded line.

    A tuple, because every line makes one.
    """

    text: str
    kind: LineKind
    rule: str = ""
    found: re.Match[str] | None = None


# A headline has at least so many words; shorter first lines are labels ("World", "Analysis").
_TITLE_MIN_WORDS = 3
# Characters: what a headline, a link or a name has at most.
_TITLE_MAX = 220
_LINK_MAX = 200
# Characters from which a line is a paragraph rather than a caption or a name.
_PARAGRAPH = 120
# Characters of body that must stand above a line that cuts the rest; a form at the top of a page does not.
_TAIL_AFTER = 300
# Lines from the top in which an outlet's name may stand alone.
_HEAD_LINES = 12
# Lines from the end in which contributors are named.
_FOOT_LINES = 8
# A link that ends like a sentence: a question, or a headline with somebody's words in quotation marks behind it.
_LINK = re.compile(r"[^.!?]+\?$|[^.!?\"]{3,120}: ?(?P<mark>['\"])[^.!?\"]{3,120}(?P=mark)$")
# The path of a section: "Africa / Lowland".
_PART = r"[A-Z][\w'&-]{1,20}(?: [A-Z&][\w'-]{0,20}){0,2}"
_PATH = re.compile(rf"{_PART}(?: ?[/|] ?{_PART}){{1,3}}$")
# Words in small letters that a sender's name does not hold.
_TOLD_WORD = re.compile(r"\b[a-z]{4,}\b")
_SENTENCE_END = re.compile(r"[.!?…:;,]['\")\]]*$|['\"]$")
# What a line ends like that is no headline: a full stop, or a mark with more than a sentence before it.
_TOLD = re.compile(r"[.!?]['\"]?\s+\S.*[.!]$|[^.]\.$")


def read_page(text: str) -> tuple[PageLine, ...]:
    """All non-blank lines of a normalised text in order, each with its kind; hard-wrapped lines are joined first."""
    texts = _units(text)
    # Folding keeps every line end and blank, so that both are cut alike.
    folded_text = fold(text)
    folded = texts if folded_text is text else _units(folded_text)
    words = all_words("\n".join(folded))
    roles = find_roles(folded, words)
    if glues := find_glues(text, words):
        # What a rule names as a whole needs no cutting.
        cut = [
            unglue(line, plain, glues) if role == BODY else [line]
            for line, plain, role in zip(texts, folded, roles, strict=True)
        ]
        if cut != [[line] for line in texts]:
            texts = [piece for pieces in cut for piece in pieces]
            folded = [fold(piece) for piece in texts]
            roles = find_roles(folded, all_words("\n".join(folded)))
    bare = _take_bare(roles)
    _mark_repeats(texts, folded, roles)
    _mark_links(folded, roles)
    _mark_picture_words(folded, roles)
    _mark_names(texts, folded, roles)
    _mark_bare(bare, texts, roles)
    _cut_tail(texts, roles)
    _limit_foot(roles)
    title = _find_title(folded, roles)
    lines: list[PageLine] = []
    headline = texts[title] if title is not None else None
    for index, line in enumerate(texts):
        role, rule, found = roles[index]
        kind = _KINDS.get(role, LineKind.DROP)
        if line == headline and kind is LineKind.BODY:
            kind = LineKind.TITLE if index == title else LineKind.DROP
        lines.append(PageLine(line, kind, rule, found))
    return tuple(lines)


_KINDS = {
    "": LineKind.BODY,
    "caption": LineKind.CAPTION,
    "archive": LineKind.ARCHIVE,
    "byline": LineKind.BYLINE,
    "dated": LineKind.DATED,
    "foot": LineKind.FOOT,
}


def _units(text: str) -> list[str]:
    if is_hard_wrapped(text):
        blocks = [" ".join(block.split()) for block in text.split("\n\n")]
        return [block for block in blocks if block]
    return [stripped for line in text.split("\n") if (stripped := line.strip())]


def _mark_repeats(texts: list[str], folded: list[str], roles: list[Role]) -> None:
    """A line that stands twice in a row is a caption or an author box (once as text, once as the picture's).

    A caption's words may also stand elsewhere without their credit.
    """
    if len(set(texts)) == len(texts) and not any(role[0] == "caption" for role in roles):
        return
    captions = {
        _stem(texts[i]) for i, role in enumerate(roles) if role[0] == "caption" and len(texts[i]) >= 40
    }
    first = next(
        (i for i, role in enumerate(roles) if role == BODY and len(texts[i].split()) >= _TITLE_MIN_WORDS), 0
    )
    for i, line in enumerate(texts):
        if roles[i] != BODY or line == texts[first]:
            continue
        twice = (i > 0 and texts[i - 1] == line) or (i + 1 < len(texts) and texts[i + 1] == line)
        if twice and len(line) >= _PARAGRAPH and not _is_scene(folded[i]):
            # A paragraph that stands twice is told once.
            if texts[i - 1] == line and i > 0:
                roles[i] = ("drop", "furniture.line.repeated", None)
        elif twice or (captions and len(line) >= 40 and _stem(line) in captions):
            roles[i] = ("caption", "furniture.caption.repeated", None)


def _is_scene(folded: str) -> bool:
    """Whether a line tells what a picture shows."""
    return _scene().search(folded) is not None


@functools.cache
def _scene() -> re.Pattern[str]:
    return re.compile(rf"\b{load_rules('furniture').alternation('scene_verb')}\b")


# What the stem of a line leaves out.
_NO_LETTERS = re.compile(r"[\W_]+")


def _stem(line: str) -> str:
    """The first forty letters of a line without case and marks: by these, a caption and its copy meet."""
    return _NO_LETTERS.sub("", line[:90].casefold())[:40]


def _mark_links(folded: list[str], roles: list[Role]) -> None:
    """Short lines without a full stop under a heading over links, and those right above a picture credit, go.

    So do, behind the text, the questions and cries among them, and the days on which what they lead to was published.
    """
    under = has_text = False
    for i, line in enumerate(folded):
        role = roles[i][0]
        has_text = has_text or (role == "" and len(line) >= _PARAGRAPH)
        if role == "links":
            under = True
        elif role == "dated" and under and has_text and roles[i - 1][1] == "furniture.links.item":
            roles[i] = ("drop", "furniture.links.item", None)
        elif role == "credit":
            for above in (i - 1, i - 2):
                if above >= 0 and roles[above] == BODY and _is_label(folded[above]):
                    roles[above] = ("caption", "furniture.credit.above", None)
                else:
                    break
        elif role == "" and under:
            if _is_label(line) or (has_text and len(line) <= _LINK_MAX and _LINK.match(line)):
                roles[i] = ("drop", "furniture.links.item", None)
            else:
                under = False


def _mark_picture_words(folded: list[str], roles: list[Role]) -> None:
    """The short line below the words of a picture that open with its agency is what stood under that picture."""
    for i in range(1, len(folded)):
        is_below = roles[i - 1][1] == "furniture.caption.credit_in_front"
        if is_below and roles[i] == BODY and len(folded[i]) < _PARAGRAPH and _is_label(folded[i]):
            roles[i] = ("caption", "furniture.caption.below", None)


def _is_label(folded: str) -> bool:
    return len(folded) <= _LINK_MAX and not _SENTENCE_END.search(folded)


def _mark_names(texts: list[str], folded: list[str], roles: list[Role]) -> None:
    """A line that is only the byline's name again, or a well-known outlet's, is no body."""
    names = {
        name.casefold().strip()
        for role, _, found in roles
        if role == "byline" and found is not None
        for name in re.split(r",| and | & | \| ", found.group("author"))
    }
    outlets = load_rules("outlets").meaning["outlet"]
    for i, line in enumerate(folded if names else folded[:_HEAD_LINES]):
        if roles[i] != BODY:
            continue
        plain = line.casefold().strip()
        if plain in names or (i < _HEAD_LINES and plain in outlets):
            roles[i] = ("drop", "furniture.line.name", None)
    head = [i for i, role in enumerate(roles) if role[0] in ("byline", "dated")]
    first = next((i for i, text in enumerate(texts) if roles[i] == BODY and _is_headline(text)), len(texts))
    for i in head:
        # A newspaper that nobody knows: a line beside the page's own date or byline, below its headline.
        for near in (i - 1, i + 1):
            if first < near < len(texts) and roles[near] == BODY and press_name(texts[near]):
                roles[near] = ("drop", "furniture.line.name", None)


def _take_bare(roles: list[Role]) -> list[int]:
    """The lines that hold names alone: body until their neighbours have said whether they are a byline."""
    bare = [i for i, role in enumerate(roles) if role[0] == "bare"]
    for i in bare:
        roles[i] = BODY
    return bare


# What stands beside a writer's name: an outlet's name, the writer's job, the day or how long ago it was.
_BESIDE_NAMES = ("furniture.line.name", "furniture.byline.job", "furniture.dated.")


def _mark_bare(bare: Sequence[int], texts: list[str], roles: list[Role]) -> None:
    """Names alone below the headline, right beside the page's date or byline, a job, or a line that went for that."""
    first = next((i for i, text in enumerate(texts) if roles[i] == BODY and _is_headline(text)), len(texts))
    for i in bare:
        if first < i < _HEAD_LINES and roles[i] == BODY:
            near = [roles[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(roles)]
            if any(role[0] == "byline" or role[1].startswith(_BESIDE_NAMES) for role in near):
                roles[i] = ("drop", "furniture.byline.bare", None)


def _is_headline(text: str) -> bool:
    return len(text.split()) >= _TITLE_MIN_WORDS


def _cut_tail(texts: list[str], roles: list[Role]) -> None:
    """From the first line that opens a page's end, everything goes but pictures, dates and who wrote it."""
    body = 0
    cut = False
    for i, line in enumerate(texts):
        role = roles[i][0]
        cut = cut or (role == "tail" and body >= _TAIL_AFTER)
        if cut and role == "":
            roles[i] = ("drop", "furniture.tail.rest", None)
        elif role == "":
            body += len(line)


def _limit_foot(roles: list[Role]) -> None:
    """Who contributed stands at the end; such words higher up are the story's own."""
    last = max((i for i, role in enumerate(roles) if role[0] in ("", "foot")), default=0)
    for i, role in enumerate(roles):
        if role[0] == "foot" and i < last - _FOOT_LINES:
            roles[i] = BODY


def _behind_statement_head(folded: list[str], roles: list[Role]) -> int:
    """The line behind "PRESS RELEASE" and what belongs to it; 0 on any other page.

    Only where a headline follows: a statement may begin with its text at once.
    """
    marked = [
        i
        for i, line in enumerate(folded[:_HEAD_LINES])
        if _statement_mark().fullmatch(line) and roles[i] == BODY
    ]
    above = [line for i, line in enumerate(folded[: marked[0]]) if roles[i] == BODY] if marked else []
    if any(len(_TOLD_WORD.findall(line)) > 1 for line in above):
        # The headline stands above the mark.
        return 0
    start = marked[-1] + 1 if marked else 0
    following = next((line for i, line in enumerate(folded) if i >= start and roles[i] == BODY), "")
    is_headline = _is_headline(following) and len(following) <= _TITLE_MAX and not _TOLD.search(following)
    return start if is_headline else 0


@functools.cache
def _statement_mark() -> re.Pattern[str]:
    """A line that says that a statement follows, or its number."""
    return re.compile(
        rf"(?i){load_rules('furniture').alternation('statement_mark')}(?:\s?[:.#]\s?[\w/ .-]{{0,40}})?"
    )


def _find_title(folded: list[str], roles: list[Role]) -> int | None:
    """The first line that could be a headline; `None` when the text begins like a body.

    Above it may stand the paper's own name, the section's path ("Africa / Lowland") and, on a statement, its sender.
    """
    start = _behind_statement_head(folded, roles)
    for i, line in enumerate(folded):
        if roles[i] != BODY or i < start:
            continue
        if i + 1 < len(folded) and i < _HEAD_LINES and (_PATH.match(line) or press_name(line)):
            continue
        words = line.split()
        if len(words) < _TITLE_MIN_WORDS and i + 1 < len(folded):
            continue
        is_headline = len(line) <= _TITLE_MAX and not _TOLD.search(line)
        return i if is_headline and i + 1 < len(folded) else None
    return None

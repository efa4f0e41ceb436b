"""What each line of a scraped page is: title, body, caption, byline, date or furniture; wording in `furniture.toml`.

Stance: a lost menu line costs nothing and a lost body sentence costs a fact, so a long line that ends like a
sentence is body unless a rule names it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from digests.text.document import all_words, fold, is_hard_wrapped
from digests.text.furniture import BODY, Role, find_roles
from digests.text.glued import find_glues, split_caption, unglue
from digests.text.headline import PATH, TITLE_MAX, find_headline, is_told, statement_mark
from digests.text.neighbours import HEAD_LINES, TITLE_MIN_WORDS, is_headline, mark_bare, settle
from digests.text.outlets import press_name
from digests.text.stretches import clear_stretches


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


# The rule for the stamp of a channel's message.
_CHANNEL = "furniture.dated.channel"
# Lines of the longest credit whose brackets stand apart.
_BRACKETED = 4
# "Southport, CT": where a page is for, or a dateline alone.
_TOWN = re.compile(r"[A-Z][\w .'-]{2,40}, [A-Z]{2}")
# Words in small letters that a sender's name does not hold.
_TOLD_WORD = re.compile(r"\b[a-z]{4,}\b")


def read_page(text: str) -> tuple[PageLine, ...]:
    """All non-blank lines of a normalised text in order, each with its kind; hard-wrapped lines are joined first."""
    texts = _units(text)
    # Folding keeps every line end and blank, so that both are cut alike.
    folded_text = fold(text)
    folded = texts if folded_text is text else _units(folded_text)
    if texts and len(opening := split_caption(texts[0], folded[0])) > 1:
        texts, folded = [*opening, *texts[1:]], [*map(fold, opening), *folded[1:]]
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
    _clear_channel_head(folded, roles)
    bare = settle(texts, folded, roles)
    title = find_headline(folded, roles, _find_title(folded, roles))
    mark_bare(bare, texts, roles, title)
    clear_stretches(folded, roles, title)
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
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    return _join_brackets(lines) if "(" in lines else lines


def _join_brackets(lines: list[str]) -> list[str]:
    """A credit whose brackets stand in lines of their own ("(", "Image:", "Ana Reyes/PA)") as one line."""
    joined: list[str] = []
    at = 0
    while at < len(lines):
        piece = lines[at : at + _BRACKETED]
        end = next((n for n, line in enumerate(piece) if line.endswith(")")), 0) if piece[0] == "(" else 0
        joined.append(" ".join(piece[: end + 1]))
        at += end + 1
    return joined


def _behind_statement_head(folded: list[str], roles: list[Role]) -> int:
    """The line behind "PRESS RELEASE" and what belongs to it; 0 on any other page.

    Only where a headline follows: a statement may begin with its text at once.
    """
    marked = [
        i
        for i, line in enumerate(folded[:HEAD_LINES])
        if statement_mark().fullmatch(line) and roles[i] == BODY
    ]
    above = [line for i, line in enumerate(folded[: marked[0]]) if roles[i] == BODY] if marked else []
    if any(len(_TOLD_WORD.findall(line)) > 1 for line in above):
        # The headline stands above the mark.
        return 0
    start = marked[-1] + 1 if marked else 0
    following = next((line for i, line in enumerate(folded) if i >= start and roles[i] == BODY), "")
    opens = is_headline(following) and len(following) <= TITLE_MAX and not is_told(following)
    return start if opens else 0


def _clear_channel_head(folded: list[str], roles: list[Role]) -> None:
    """Above the first message of a channel stand its name, its size and what is pinned: no headline."""
    first = next((i for i, (_, rule, _) in enumerate(roles) if rule == _CHANNEL), 0)
    if not any(is_told(line) for line in folded[:first]):
        roles[:first] = [("drop", "furniture.line.channel", None)] * first


def _find_title(folded: list[str], roles: list[Role]) -> int | None:
    """The first line that could be a headline; `None` when the text begins like a body.

    Above it may stand the paper's own name, the section's path ("Africa / Lowland") and, on a statement, its sender.
    """
    start = _behind_statement_head(folded, roles)
    for i, line in enumerate(folded):
        if roles[i] != BODY or i < start or _TOWN.fullmatch(line):
            continue
        if i + 1 < len(folded) and i < HEAD_LINES and (PATH.match(line) or press_name(line)):
            continue
        words = line.split()
        if len(words) < TITLE_MIN_WORDS and i + 1 < len(folded):
            continue
        opens = len(line) <= TITLE_MAX and not is_told(line)
        return i if opens and i + 1 < len(folded) else None
    return None

"""What a page's lines are by what stands beside them: repeats, links under a heading, the words of a picture, names.

Works on the roles that the lines have by their own words (`digests.text.furniture`), in place and in this order.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

from digests.rules import load_rules
from digests.text.furniture import BODY, Role
from digests.text.outlets import press_name

# A headline has at least so many words; shorter first lines are labels ("World", "Analysis").
TITLE_MIN_WORDS = 3
# Rules for lines that ask something of the reader, and characters of those that are more than a button.
_ASKING = (
    "furniture.line.appeal",
    "furniture.tail.newsletter",
    "furniture.line.asked",
    "furniture.line.consent",
    "furniture.line.cookies",
)
_ASKED = 30
# Who is spoken to.
_READER = re.compile(r"\b[Yy]our?\b")
# A newsroom that speaks of itself above such a line, and the lines that say so by themselves.
_SELLING = ("furniture.line.appeal", "furniture.line.asked", "furniture.line.consent")
_ASKS = re.compile(r"(?:You|Your|If you|We|Our|As you|Dear) ")
# Characters that a sentence above a credit has at most to be a picture's.
_SCENE_MAX = 150
# Characters: what a link or a name has at most.
_LINK_MAX = 200
# Characters that a caption's copy may be longer than the caption: a credit.
_CREDIT = 60
# Characters from which a line is a paragraph rather than a caption or a name.
PARAGRAPH = 120
# Times that a label stands on a page that is its sender, an hour or a button, and characters of such a label.
_OFTEN, _OFTEN_MAX = 3, 60
# Lines from the top in which an outlet's name may stand alone.
HEAD_LINES = 12
# A link that ends like a sentence: a question, or a headline with somebody's words in quotation marks behind it.
_LINK = re.compile(r"[^.!?]+\?$|[^.!?\"]{3,120}: ?(?P<mark>['\"])[^.!?\"]{3,120}(?P=mark)$")
# A headline that ends with somebody's words, which no stop closes: "Gunman 'was known to police'".
_QUOTING = re.compile(r"[^'\".!?]{3,100} (?P<quote>['\"])[^'\".!?,]{2,80}(?P=quote)")
# How a told line ends, with what may close it.
_TOLD_ENDS = (".", "!", "?", "…")
_CLOSERS = "'\")]"
_MARKS = ("'", '"')
_END_MARKS = " ■●▪◼□#"
# The numbers of a sentence's notes: "... was closed.[3][4]".
_NOTES = re.compile(r"(?:\[\w{1,4}\])+$")
_SENTENCE_END = re.compile(r"[.!?…:;,]['\")\]]*$|['\"]$")
# What stands between a headline and its section's or its paper's name in a browser's tab.
_TAB = re.compile(r" ?\| ?| [-–—] ")
_BY = re.compile(r"(?:By|BY|by):?")
# How a line for those who cannot see the picture begins: nobody is named in it.
_SHOWN = re.compile(r"(?:An?|Two|Three|Four|Several|People|Men|Women) ")


def settle(texts: list[str], folded: list[str], roles: list[Role]) -> dict[int, Role]:
    """Gives the lines of a page the roles that their neighbours tell; `roles` is changed.

    Returns the lines that hold names alone, with what named them: for `mark_bare`, once the headline is known.
    """
    bare = _take_bare(roles)
    for i in bare:
        if i and _BY.fullmatch(folded[i - 1]):
            # "By" and the name in lines of their own.
            roles[i - 1], roles[i] = ("drop", "furniture.byline.by", None), ("byline", *bare[i][1:])
    _mark_tabs(texts, roles)
    _mark_repeats(texts, folded, roles)
    _mark_links(folded, roles)
    _mark_picture_words(folded, roles)
    _mark_appeals(folded, roles)
    _mark_names(texts, folded, roles)
    return bare


def _mark_tabs(texts: list[str], roles: list[Role]) -> None:
    """A line of the head that holds another one whole beside a section's or the paper's name is the page's."""
    for i, line in enumerate(texts[:HEAD_LINES]):
        if roles[i] != BODY or not _TAB.search(line):
            continue
        parts = {part.strip() for part in _TAB.split(line) if len(part.split()) > TITLE_MIN_WORDS}
        if any(text in parts for text in texts[i + 1 :]):
            roles[i] = ("drop", "furniture.line.tab", None)


def _mark_repeats(texts: list[str], folded: list[str], roles: list[Role]) -> None:
    """A line that stands twice in a row is a caption or an author box (once as text, once as the picture's).

    A caption's words may also stand elsewhere without their credit.
    """
    if len(set(texts)) == len(texts) and not any(role[0] == "caption" for role in roles):
        return
    often = {line for line, times in Counter(texts).items() if times >= _OFTEN and len(line) <= _OFTEN_MAX}
    captions = {
        _stem(texts[i]): len(texts[i])
        for i, role in enumerate(roles)
        if role[0] == "caption" and len(texts[i]) >= 40
    }
    first = next(
        (i for i, role in enumerate(roles) if role == BODY and len(texts[i].split()) >= TITLE_MIN_WORDS), 0
    )
    for i, line in enumerate(texts):
        if roles[i] != BODY or line == texts[first]:
            continue
        if line in often and not ends_told(line) and not line.endswith(":"):
            roles[i] = ("drop", "furniture.line.repeated", None)
            continue
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(texts)]
        twice = any(texts[j] == line for j in beside)
        if any(roles[j][0] == "caption" and texts[j].startswith(line) for j in beside):
            roles[i] = ("caption", "furniture.caption.repeated", None)
            continue
        if twice and len(line) >= PARAGRAPH and not _is_scene(folded[i]):
            # A paragraph that stands twice is told once.
            if texts[i - 1] == line and i > 0:
                roles[i] = ("drop", "furniture.line.repeated", None)
        elif twice or (len(line) >= 40 and len(line) <= captions.get(_stem(line), -_CREDIT) + _CREDIT):
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
        has_text = has_text or (role == "" and len(line) >= PARAGRAPH)
        if role == "links":
            under = True
        elif role == "dated" and under and has_text and roles[i - 1][1] == "furniture.links.item":
            roles[i] = ("drop", "furniture.links.item", None)
        elif role == "credit":
            # An agency between the headline and the day is who reported it.
            is_agency_line = not has_text and i + 1 < len(roles) and roles[i + 1][0] in ("dated", "byline")
            for above in (i - 1, i - 2):
                if above >= 0 and roles[above] == BODY and _is_pictured(folded[above]) and not is_agency_line:
                    roles[above] = ("caption", "furniture.credit.above", None)
                else:
                    break
        elif role == "caption" and i and roles[i - 1] == BODY and _is_shown(folded[i - 1]):
            roles[i - 1] = ("caption", "furniture.caption.above", None)
        elif role == "" and under:
            if _is_label(line) or (has_text and len(line) <= _LINK_MAX and _LINK.match(line)):
                roles[i] = ("drop", "furniture.links.item", None)
            else:
                under = False
    _restore_headline(folded, roles)


def _restore_headline(folded: list[str], roles: list[Role]) -> None:
    """The last link of a menu above the text, where no headline is left there: the menu went on to the article's."""
    first = next(
        (i for i, line in enumerate(folded) if roles[i] == BODY and not _is_label(line)), len(folded)
    )
    if any(roles[i] == BODY and is_headline(folded[i]) for i in range(first)):
        return
    for i in range(first - 1, -1, -1):
        if roles[i][1] == "furniture.links.item" and len(folded[i].split()) > TITLE_MIN_WORDS:
            roles[i] = BODY
            return


def _mark_picture_words(folded: list[str], roles: list[Role]) -> None:
    """What stands below a heading for a picture's words, or below those that open with its agency, is the picture's."""
    for i in range(1, len(folded)):
        if roles[i - 1][0] == "pictured" and roles[i] == BODY and len(folded[i]) <= _LINK_MAX:
            roles[i] = ("caption", "furniture.caption.below", None)
        is_below = roles[i - 1][1] == "furniture.caption.credit_in_front"
        if is_below and roles[i] == BODY and len(folded[i]) < PARAGRAPH and _is_label(folded[i]):
            roles[i] = ("caption", "furniture.caption.below", None)


def _is_shown(folded: str) -> bool:
    """Whether a line above a caption says what the picture shows."""
    return _SHOWN.match(folded) is not None and _is_pictured(folded) and _is_scene(folded)


def _mark_appeals(folded: list[str], roles: list[Role]) -> None:
    """What goes on asking the reader below a line that did, and what leads up to it."""
    for i in range(len(folded) - 2, -1, -1):
        is_above = roles[i + 1][1] in _SELLING and roles[i] == BODY and '"' not in folded[i]
        if is_above and _ASKS.match(folded[i]) and _sold().search(folded[i]):
            roles[i] = ("drop", "furniture.line.asked", None)
    for i in range(1, len(folded)):
        is_below = roles[i - 1][1] in _ASKING and len(folded[i - 1]) >= _ASKED
        if is_below and roles[i] == BODY and '"' not in folded[i] and _READER.search(folded[i]):
            roles[i] = ("drop", "furniture.line.asked", None)


@functools.cache
def _sold() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{load_rules('furniture').alternation('sold')}\b")


def _is_pictured(folded: str) -> bool:
    """Whether a line above a credit is the picture's: a label, or one sentence that tells a scene."""
    return _is_label(folded) or (
        len(folded) <= _SCENE_MAX and ". " not in folded and '"' not in folded and _is_scene(folded)
    )


def _is_label(folded: str) -> bool:
    return len(folded) <= _LINK_MAX and (
        not _SENTENCE_END.search(folded) or _QUOTING.fullmatch(folded) is not None
    )


def _mark_names(texts: list[str], folded: list[str], roles: list[Role]) -> None:
    """A line that is only the byline's name again, or a well-known outlet's, is no body."""
    names = {
        name.casefold().strip()
        for role, _, found in roles
        if role == "byline" and found is not None
        for name in re.split(r",| and | & | \| ", found.group("author"))
    }
    outlets = load_rules("outlets").meaning["outlet"]
    for i, line in enumerate(folded if names else folded[:HEAD_LINES]):
        if roles[i] != BODY:
            continue
        plain = line.casefold().strip()
        if plain in names or (i < HEAD_LINES and plain in outlets):
            roles[i] = ("drop", "furniture.line.name", None)
    head = [i for i, role in enumerate(roles) if role[0] in ("byline", "dated")]
    if not head:
        return
    first = next((i for i, text in enumerate(texts) if roles[i] == BODY and is_headline(text)), len(texts))
    for i in head:
        # A newspaper that nobody knows: a line beside the page's own date or byline, below its headline.
        for near in (i - 1, i + 1):
            if first < near < len(texts) and roles[near] == BODY and press_name(texts[near]):
                roles[near] = ("drop", "furniture.line.name", None)


def _take_bare(roles: list[Role]) -> dict[int, Role]:
    """The lines that hold names alone, with what named them: body until their neighbours have said whether they are a
    byline."""
    bare = {i: role for i, role in enumerate(roles) if role[0] == "bare"}
    for i in bare:
        roles[i] = BODY
    return bare


# What stands beside a writer's name: an outlet's name, the writer's job, the day or how long ago it was.
_BESIDE_NAMES = ("furniture.line.name", "furniture.byline.job", "furniture.dated.")


def mark_bare(bare: dict[int, Role], texts: list[str], roles: list[Role], title: int | None) -> None:
    """Names alone below the headline, right beside the page's date or byline, a job, or a line that went for that."""
    first = title
    if first is None:
        first = next(
            (i for i, text in enumerate(texts) if roles[i] == BODY and is_headline(text)), len(texts)
        )
    for i, (_, rule, found) in bare.items():
        if first < i < first + HEAD_LINES and roles[i] == BODY:
            near = [roles[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(roles)]
            if any(role[0] == "byline" or role[1].startswith(_BESIDE_NAMES) for role in near):
                # A signature in capitals is a body's.
                roles[i] = ("drop" if texts[i].isupper() else "byline", rule, found)


def is_headline(text: str) -> bool:
    return len(text.split()) >= TITLE_MIN_WORDS


def ends_told(folded: str) -> bool:
    """Whether a line ends like a sentence of a text, the mark behind the last one aside."""
    folded = folded.rstrip(_END_MARKS)
    if folded.endswith("]"):
        folded = _NOTES.sub("", folded)
    if folded.endswith(_MARKS):
        return _QUOTING.fullmatch(folded) is None
    return folded.rstrip(_CLOSERS).endswith(_TOLD_ENDS)

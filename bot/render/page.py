"""What one message says, before it becomes Discord's components: blocks of finished text and a colour.

Renderers build pages, views put buttons under them, the ledger keeps them as JSON: so that what was decided to be
posted is what is posted, even by another process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import IntEnum
from typing import Any

from bot.render.limits import V2_BYTES_GOAL, V2_COMPONENTS, V2_TEXT_GOAL, fits_v2, length, v2_bytes
from bot.render.markup import small
from bot.tongue import phrase, say, say_count, tongue
from digests import Citation, ShownLine, Span

#: What stands in place of lines that are not shown.
LEFT_OUT_ONE = phrase("{count} more line left out here")
LEFT_OUT = phrase("{count} more lines left out here")
#: Components that a page never uses for text: the container, its separators, the rows of buttons.
MAX_BLOCKS = (V2_COMPONENTS - 16) // 2


class Accent(IntEnum):
    """The colour at a message's edge; what it means is always said in words too."""

    PLAIN = 0x5865F2
    AGREED = 0x3BA55D
    MOVING = 0xD9A441
    DISPUTED = 0xC0504D


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """How a page is posted when nobody asked for it.

    `mention` is the id of the one role that is notified; `crosspost` passes the message on to the channels that
    follow this one. In a forum the first message opens a post with the name `title` and the tags of these ids; the
    other messages stand in it.
    """

    mention: str | None = None
    crosspost: bool = False
    title: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One message. `blocks` are divided by lines, `footer` is small print.

    `story` puts a card's buttons under it, `links` buttons that open the cards of other stories: (label, story id).
    `language` is that of the page and of the buttons which are put under it later.
    `lines` are the numbered lines in it, with the words behind each: what `/source` leads to.
    """

    blocks: tuple[str, ...]
    footer: str = ""
    accent: Accent = Accent.PLAIN
    story: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    lines: tuple[ShownLine, ...] = ()
    posting: Posting = Posting()
    language: str = field(default_factory=lambda: tongue().code)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is shown, as the text components that will carry it."""
        return (*self.blocks, small(self.footer)) if self.footer else self.blocks

    @property
    def fits(self) -> bool:
        return len(self.blocks) <= MAX_BLOCKS and fits_v2(self.texts)

    def with_mark(self, mark: str) -> Page:
        """The page with a short id in its last line, by which a posted message is found again."""
        return replace(self, footer=f"{self.footer} · {mark}" if self.footer else mark)

    def to_json(self) -> str:
        fields = {
            "blocks": self.blocks,
            "footer": self.footer,
            "accent": int(self.accent),
            "story": self.story,
            "links": self.links,
            "lines": [asdict(line) for line in self.lines],
            "posting": asdict(self.posting),
            "language": self.language,
        }
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> Page:
        """The page that `to_json` wrote. Raises ValueError when it is something else."""
        data: dict[str, Any] = json.loads(text)
        try:
            return Page(
                blocks=tuple(str(block) for block in data["blocks"]),
                footer=str(data["footer"]),
                accent=Accent(data["accent"]),
                story=data.get("story"),
                links=tuple((str(label), str(story)) for label, story in data.get("links", ())),
                lines=tuple(_shown_line(line) for line in data.get("lines", ())),
                posting=_posting(data.get("posting", {})),
                language=str(data.get("language", "en")),
            )
        except (KeyError, TypeError) as exc:
            raise ValueError(f"not a page: {exc}") from exc


def _posting(data: dict[str, Any]) -> Posting:
    return Posting(**{**data, "tags": tuple(map(str, data.get("tags", ())))})


def _shown_line(data: dict[str, Any]) -> ShownLine:
    evidence = tuple(
        Citation(article_id=one["article_id"], span=Span(**one["span"]), text=one["text"])
        for one in data["evidence"]
    )
    return ShownLine(**{**data, "evidence": evidence})


def with_note(page: Page, note: str) -> Page:
    """The page with small print over its first words; short, since a full page has little room."""
    first, *others = page.blocks
    return replace(page, blocks=(f"{small(note)}\n{first}", *others))


def paginate(
    heading: str, blocks: Sequence[str], *, footer: str = "", accent: Accent = Accent.PLAIN, per_page: int = 8
) -> tuple[Page, ...]:
    """Spread blocks over as few pages as hold them, in order, the heading on each.

    A block that alone does not fit loses lines at its end, and says how many.
    """
    frame = _Size.of(heading) + _Size.of(small(_numbered(footer, 99, 99)))
    pages: list[list[str]] = [[]]
    filled = frame
    for block in blocks:
        size = _Size.of(block)
        if not (frame + size).fits:
            block = shrink_block(block, lambda text: (frame + _Size.of(text)).fits)
            size = _Size.of(block)
        if pages[-1] and (len(pages[-1]) >= min(per_page, MAX_BLOCKS - 1) or not (filled + size).fits):
            pages.append([])
            filled = frame
        pages[-1].append(block)
        filled += size
    return tuple(
        Page(blocks=(heading, *page), footer=_numbered(footer, number, len(pages)), accent=accent)
        for number, page in enumerate(pages, 1)
    )


def _numbered(footer: str, number: int, total: int) -> str:
    if total == 1:
        return footer
    count = say("page {number} of {total}", number=number, total=total)
    return f"{footer} · {count}" if footer else count


@dataclass(frozen=True, slots=True)
class _Size:
    """What texts take of a message: UTF-16 units, and bytes by Discord's rule."""

    units: int
    weight: int

    @staticmethod
    def of(text: str) -> _Size:
        return _Size(length(text), v2_bytes((text,)))

    def __add__(self, other: _Size) -> _Size:
        return _Size(self.units + other.units, self.weight + other.weight)

    @property
    def fits(self) -> bool:
        return self.units <= V2_TEXT_GOAL and self.weight <= V2_BYTES_GOAL


def shrink_block(block: str, fits: Callable[[str], bool]) -> str:
    """`block` without as many of its last lines as needed, and a line that says how many are left out."""
    lines = block.split("\n")
    for keep in range(len(lines) - 1, 0, -1):
        text = "\n".join([*lines[:keep], small(left_out(len(lines) - keep))])
        if fits(text):
            return text
    return small(left_out(len(lines)))


def left_out(count: int) -> str:
    """The words for lines that are not shown."""
    return say_count(LEFT_OUT_ONE, LEFT_OUT, count)

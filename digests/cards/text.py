"""A card as plain text for a terminal: aligned columns, wrapped, no colour needed.

Columns shrink with the width; below a point a row's columns stand under each other. No number, quotation or name is
cut; only headlines in the list of sources are.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

from digests.cards.wording import SECTION_TITLES, count_words, long_days, time_words
from digests.types import Card, Completeness, Line, Section, SectionKind, SourceRef

# Columns of a terminal that the text is laid out for, at least.
_NARROWEST = 40
# Widest label ("Armed group", "12 May 2019 04:50") and widest count in columns.
_LABEL_WIDTH, _COUNT_WIDTH = 20, 26
# Columns that who-says-it needs to stand in its own column.
_WHO_WIDTH = 22
# Numbers of sources behind a line; more are counted.
_MOST_NUMBERS = 5
# Sources listed; every cited one is.
_MOST_SOURCES = 12
_NOTHING = "No facts, figures or statements yet that can be traced to a source."


def render_text(card: Card, *, width: int = 100) -> str:
    """The card as lines of at most `width` columns (at least 40), each ending in a line break."""
    width = max(width, _NARROWEST)
    lines = _heading(card, width)
    for section in card.sections:
        lines += ["", SECTION_TITLES[section.kind].upper(), *_section_lines(section, width)]
        if section.dropped:
            lines.append(f"  … {section.dropped} more")
    if not card.sections:
        lines += ["", *_wrap(_NOTHING, width, indent="  ")]
    lines += ["", "SOURCES", *_source_lines(card, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def outlets_words(done: Completeness) -> str:
    """How many independent origins a card rests on; one outlet is no agreement."""
    if done.outlets <= 1:
        return "one outlet so far"
    return f"{count_words(done.outlets, 'outlet')} · {count_words(done.voices, 'independent voice')}"


def articles_words(done: Completeness) -> str:
    """How many articles were read: "5 articles, 0 unread, 1 copy"."""
    words = [count_words(done.articles, "article"), f"{done.unread} unread"]
    if done.copies:
        words.append(count_words(done.copies, "copy", "copies"))
    if done.silent_sources:
        words.append(count_words(done.silent_sources, "silent source"))
    return ", ".join(words)


def dates_words(card: Card) -> str:
    """The days of a story and the newest article's time: "3 to 5 June 2025 · as of 5 Jun 18:40 UTC"."""
    days = long_days(card.first, card.last)
    if card.as_of is None:
        return days or "undated"
    moment = time_words(card.as_of, year=card.last.year if card.last else None)
    return " · ".join(filter(None, (days, f"as of {moment} UTC" if ":" in moment else f"as of {moment}")))


def plain(text: str) -> str:
    """One line without control and direction characters, which could move a terminal's cursor or turn its text."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(
        "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")).split()
    )


def numbers(citations: Sequence[int]) -> str:
    """Numbers of sources from 1: "[1][3]", "[1][2][3][4][5]+7"."""
    shown = "".join(f"[{number + 1}]" for number in citations[:_MOST_NUMBERS])
    return shown + (f"+{len(citations) - _MOST_NUMBERS}" if len(citations) > _MOST_NUMBERS else "")


def _heading(card: Card, width: int) -> list[str]:
    done = card.completeness
    return [
        *_two_sided(plain(card.title).upper(), outlets_words(done), width),
        *_two_sided(dates_words(card), articles_words(done), width),
    ]


def _two_sided(left: str, right: str, width: int) -> list[str]:
    """One line with both ends where they fit, else the left wrapped and the right below it."""
    if len(left) + 3 + len(right) <= width:
        return [left + right.rjust(width - len(left))]
    return [*_wrap(left, width), right.rjust(width)]


def _section_lines(section: Section, width: int) -> list[str]:
    match section.kind:
        case SectionKind.KEY_FACTS:
            return [
                row
                for line in section.lines
                for row in _wrap(_sourced(line), width, indent="  ", hang="    ")
            ]
        case SectionKind.FIGURES:
            return _figure_rows(section.lines, width)
        case SectionKind.CONFLICTS:
            sides = [len(plain(line.text)) for line in section.lines if line.indent]
            column = min(max(sides, default=0), _COUNT_WIDTH)
            return [row for line in section.lines for row in _conflict_rows(line, column, width)]
        case SectionKind.REACTIONS:
            return _labelled_rows(section.lines, width)
        case SectionKind.TIMELINE:
            return _labelled_rows(section.lines, width, align_days=True)


def _sourced(line: Line) -> str:
    return f"{plain(line.text)} {numbers(line.citations)}"


def _figure_rows(lines: Sequence[Line], width: int) -> list[str]:
    """A table: label, count, who says it, when, sources, mark."""
    cells = [
        (
            "  " * line.indent + plain(line.label or ""),
            plain(line.text),
            plain(line.attribution or ""),
            line.when or "",
            numbers(line.citations),
            line.mark or "",
        )
        for line in lines
    ]
    table = [row for row in cells if row[0].strip() != "Earlier" and row[0]]
    label, count, when, cited, mark = (
        _widest(table, i, cap) for i, cap in ((0, 20), (1, 26), (3, 16), (4, 20), (5, 20))
    )
    who = (
        width - 2 - (label + count + when + cited + mark) - 2 * 5
    )  # indent, and the gaps between six columns
    rows: list[str] = []
    for row in cells:
        if who < _WHO_WIDTH or len(row[0]) > label or len(row[1]) > count:
            rows += _stacked_row(row, label, width)
        else:
            rows += _columns(row, (label, count, who, when, cited, mark))
    return rows


def _widest(rows: Iterable[Sequence[str]], column: int, most: int) -> int:
    return min(max((len(row[column]) for row in rows), default=0), most)


def _columns(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row of a table; a cell that is too long goes on below, in its column."""
    wrapped = [
        textwrap.wrap(cell, max(w, 1), break_long_words=False) or [""]
        for cell, w in zip(row, widths, strict=True)
    ]
    height = max(len(cell) for cell in wrapped)
    return [
        "  "
        + "  ".join(
            (cell[i] if i < len(cell) else "").ljust(w) for cell, w in zip(wrapped, widths, strict=True)
        )
        for i in range(height)
    ]


def _stacked_row(row: Sequence[str], label_width: int, width: int) -> list[str]:
    """The same as running text, for long counts and narrow screens."""
    label, count, who, when, cited, mark = row
    said = ", ".join(filter(None, (who, when)))
    text = " · ".join(filter(None, (count, said, mark))) + f" {cited}"
    if not label:
        return _wrap(text, width, indent="  ", hang="    ")
    return _wrap(text, width, indent=f"  {label.ljust(label_width)}  ", hang=" " * (label_width + 4))


def _conflict_rows(line: Line, column: int, width: int) -> list[str]:
    if not line.indent:
        mark = f" ({line.mark})" if line.mark else ""
        return _wrap(f"{plain(line.label or '')}   {plain(line.text)}{mark}", width, indent="  ", hang="    ")
    says = plain(line.text)
    who = f"{says.ljust(column)}  {plain(line.attribution)}" if line.attribution else says
    return _wrap(f"{who} {numbers(line.citations)}", width, indent="    ", hang="      ")


def _labelled_rows(lines: Sequence[Line], width: int, *, align_days: bool = False) -> list[str]:
    """Lines behind a column of labels; days of one digit are set under the ones of those with two."""
    labels = [plain(line.label or "") for line in lines]
    if align_days:
        labels = [
            f" {words}" if words[:1].isdigit() and not words[1:2].isdigit() else words for words in labels
        ]
    column = min(max((len(words) for words in labels), default=0), _LABEL_WIDTH)
    rows: list[str] = []
    for line, words in zip(lines, labels, strict=True):
        mark = f"{line.mark}: " if line.mark else ""
        when = f" ({line.when})" if line.when else ""
        text = f"{mark}{plain(line.text)}{when} {numbers(line.citations)}"
        rows += _wrap(text, width, indent=f"  {words.ljust(column)}  ", hang=" " * (column + 4))
    return rows


def _source_lines(card: Card, width: int) -> list[str]:
    """The cited sources, then others as far as there is room, and how many are left."""
    cited = {
        number
        for section in card.sections
        for line in section.lines
        for number in line.citations[:_MOST_NUMBERS]
    }
    room = max(0, _MOST_SOURCES - len(cited))
    others = [number for number in range(len(card.sources)) if number not in cited][:room]
    shown = sorted(cited | set(others))
    year = card.last.year if card.last else None
    rows = [row for number in shown for row in _source_row(number, card.sources[number], width, year)]
    left = len(card.sources) - len(shown)
    return [*rows, f"  and {count_words(left, 'more article')}"] if left else rows


def _source_row(number: int, source: SourceRef, width: int, year: int | None) -> list[str]:
    day = time_words(source.published, year=year) if source.published else ""
    where = ", ".join(filter(None, (plain(source.outlet or "unnamed outlet"), day)))
    words = f"  [{number + 1}] {where}" + (f": {plain(source.title)}" if source.title else "")
    row = words if len(words) <= width else words[: width - 2].rsplit(" ", 1)[0] + " …"
    return [row, f"      {plain(source.url)}"] if source.url else [row]


def _wrap(text: str, width: int, *, indent: str = "", hang: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]

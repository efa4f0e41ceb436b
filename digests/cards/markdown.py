"""A card as Markdown: headings, lists, links to sources; every word of an article escaped."""

from __future__ import annotations

import re

from digests.cards.links import safe_url
from digests.cards.text import articles_words, dates_words, outlets_words, plain
from digests.cards.wording import SECTION_TITLES, time_words
from digests.types import Card, Line, SectionKind, SourceRef

# What Markdown reads as markup, wherever it stands.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")
# A number with a stop at the start of a line would open a list.
_LIST = re.compile(r"^(\d+)\.")
# Bare addresses become links in most kinds of Markdown: the character that makes them one is escaped.
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
# Numbers of sources behind a line; more are counted.
_MOST_NUMBERS = 5


def render_markdown(card: Card) -> str:
    """The card as a Markdown document that starts with a heading and ends in a line break."""
    blocks = [
        f"## {escape_markdown(card.title)}",
        f"{escape_markdown(dates_words(card))}  \n"
        f"{escape_markdown(outlets_words(card.completeness))} · {articles_words(card.completeness)}",
    ]
    for section in card.sections:
        lines = [_line(line, section.kind, card) for line in section.lines]
        if section.dropped:
            lines.append(f"- … {section.dropped} more")
        blocks.append("\n".join([f"### {SECTION_TITLES[section.kind]}", "", *lines]))
    sources = [_source(number, source, card) for number, source in enumerate(card.sources, 1)]
    blocks.append("\n".join(["### Sources", "", *sources]))
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """One line in which no character is markup."""
    escaped = _MARKUP.sub(r"\\\1", plain(text))
    return _LIST.sub(r"\1\\.", _ADDRESS.sub(r"\\\g<0>", escaped))


def _line(line: Line, kind: SectionKind, card: Card) -> str:
    text = escape_markdown(line.text)
    label = escape_markdown(line.label or "")
    if kind is SectionKind.FIGURES:
        text = f"{label} **{text}**" if label else f"**{text}**"
    elif label:
        text = f"**{label}** {text}"
    said = ", ".join(escape_markdown(words) for words in (line.attribution, line.when) if words)
    mark = f" *{escape_markdown(line.mark)}*" if line.mark else ""
    return f"{'  ' * line.indent}- {text}{f' – {said}' if said else ''}{mark} {_numbers(line, card)}"


def _numbers(line: Line, card: Card) -> str:
    shown = " ".join(_number(number, card.sources[number]) for number in line.citations[:_MOST_NUMBERS])
    more = len(line.citations) - _MOST_NUMBERS
    return f"{shown} +{more}" if more > 0 else shown


def _number(number: int, source: SourceRef) -> str:
    url = safe_url(source.url)
    return f"[\\[{number + 1}\\]]({_target(url)})" if url else f"\\[{number + 1}\\]"


def _target(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")


def _source(number: int, source: SourceRef, card: Card) -> str:
    day = time_words(source.published, year=card.last.year if card.last else None) if source.published else ""
    where = ", ".join(filter(None, (escape_markdown(source.outlet or "unnamed outlet"), day)))
    title = escape_markdown(source.title or "")
    url = safe_url(source.url)
    if url:
        title = f"[{title or 'article'}]({_target(url)})"
    return f"{number}. {where}{f': {title}' if title else ''}"

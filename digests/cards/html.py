"""Cards as one self-contained page: no script, nothing loaded, readable on a phone, in the dark and on paper.

Every word of an article goes through `html.escape`, every address through `safe_url`; the page's own policy forbids
scripts and loading besides. Under each line stand the words that it rests on.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from html import escape
from importlib import resources

from digests.cards.links import safe_url
from digests.cards.text import articles_words, dates_words, outlets_words, plain
from digests.cards.wording import SECTION_TITLES, count_words, time_words
from digests.types import Card, Citation, Line, Section, SectionKind, SourceRef

# Quotations under one line; more articles say the same.
_MOST_QUOTES = 4
# Characters of a quotation, cut at a sentence or a word; the article has the rest.
_LONGEST_QUOTE = 320
_NOTHING = "No facts, figures or statements yet that can be traced to a source."
# Sections whose labels stand in a column.
_LABELLED = frozenset({SectionKind.FIGURES, SectionKind.REACTIONS, SectionKind.TIMELINE})


def render_html(cards: Sequence[Card]) -> str:
    """A whole page with the cards in the order given; a page that says so where there are none."""
    heading = f"<h1>{count_words(len(cards), 'story', 'stories')}</h1>" if len(cards) != 1 else ""
    title = (
        _text(cards[0].title)
        if len(cards) == 1
        else f"Situation reports: {count_words(len(cards), 'story', 'stories')}"
    )
    body = "\n".join(filter(None, [heading, *(_card(card, place) for place, card in enumerate(cards))]))
    parts = {"{title}": title, "{body}": body}
    return re.sub("|".join(map(re.escape, parts)), lambda found: parts[found.group()], _template())


@functools.cache
def _template() -> str:
    return resources.files(__package__ or "digests.cards").joinpath("page.html").read_text(encoding="utf-8")


def _text(words: str | None) -> str:
    return escape(plain(words or ""))


def _card(card: Card, place: int) -> str:
    done = card.completeness
    facts = " · ".join((dates_words(card), outlets_words(done), articles_words(done)))
    sections = [_section(section, card, place) for section in card.sections] or [f"<p>{_NOTHING}</p>"]
    sources = "\n".join(_source(number, source, card, place) for number, source in enumerate(card.sources))
    return (
        f'<article id="c{place}">\n<h2>{_text(card.title)}</h2>\n<p class="facts">{escape(facts)}</p>\n'
        + "\n".join(sections)
        + f'\n<section>\n<h3>Sources</h3>\n<ol class="sources">\n{sources}\n</ol>\n</section>\n</article>'
    )


def _section(section: Section, card: Card, place: int) -> str:
    lines = "\n".join(_line(line, section.kind, card, place) for line in section.lines)
    more = f'<p class="more">{section.dropped} more</p>\n' if section.dropped else ""
    return f"<section>\n<h3>{SECTION_TITLES[section.kind]}</h3>\n<ul>\n{lines}\n</ul>\n{more}</section>"


def _line(line: Line, kind: SectionKind, card: Card, place: int) -> str:
    is_row = kind in _LABELLED and bool(line.label)
    classes = " ".join(filter(None, ("row" if is_row else "", "part" if line.indent else "")))
    label = f'<span class="label">{_text(line.label)}</span> ' if is_row else ""
    if kind is SectionKind.CONFLICTS and line.label:
        label = f'<span class="question">{_text(line.label)}</span> '
    is_question = kind is SectionKind.CONFLICTS and not line.indent  # its sides quote
    quotes = "" if is_question else f" {_quotes(line, card)}"
    return f'<li class="{classes}">{label}<div>{_statement(line, kind, place)}{quotes}</div></li>'


def _statement(line: Line, kind: SectionKind, place: int) -> str:
    words = (
        f'<span class="count">{_text(line.text)}</span>' if kind is SectionKind.FIGURES else _text(line.text)
    )
    said = ", ".join(filter(None, (line.attribution, line.when)))
    parts = [
        words,
        f'<span class="said">{_text(said)}</span>' if said else "",
        f'<span class="mark">{_text(line.mark)}</span>' if line.mark else "",
        _numbers(line, place),
    ]
    return " ".join(filter(None, parts))


def _numbers(line: Line, place: int) -> str:
    links = "".join(f'<a href="#c{place}s{number + 1}">[{number + 1}]</a>' for number in line.citations)
    return f'<span class="numbers">{links}</span>'


def _quotes(line: Line, card: Card) -> str:
    """The words that a line rests on, as written, folded away."""
    number_of = {source.article_id: number for number, source in enumerate(card.sources)}
    shown = [_quote(citation, card.sources[number_of[citation.article_id]], number_of[citation.article_id])
             for citation in line.evidence[:_MOST_QUOTES] if citation.article_id in number_of]  # fmt: skip
    return f"<details><summary>in their words</summary>{''.join(shown)}</details>" if shown else ""


def _quote(citation: Citation, source: SourceRef, number: int) -> str:
    words = plain(citation.text)
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " […]"
    outlet = _text(source.outlet or "unnamed outlet")
    return f"<blockquote>{escape(words)}<cite>[{number + 1}] {outlet}</cite></blockquote>"


def _source(number: int, source: SourceRef, card: Card, place: int) -> str:
    day = time_words(source.published, year=card.last.year if card.last else None) if source.published else ""
    where = ", ".join(filter(None, (_text(source.outlet or "unnamed outlet"), day)))
    title = _text(source.title) or ("article" if source.url else "")
    url = safe_url(source.url)
    if url:
        title = f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{title}</a>'
    return f'<li id="c{place}s{number + 1}">[{number + 1}] {where}{f": {title}" if title else ""}</li>'

"""The card in a terminal, held against whole cards in tests/data/cards."""

import dataclasses
from pathlib import Path

import pytest

from digests.cards import build_card, render_html, render_markdown, render_text
from digests.types import Findings, SourceRef
from tests.digests.cards.ferry import ARTICLES, FINDINGS, STORY

GOLDEN = Path(__file__).parents[2] / "data" / "cards"
CARD = build_card(STORY, FINDINGS, ARTICLES)


@pytest.mark.parametrize(("width", "file"), [(100, "ferry.txt"), (60, "ferry_narrow.txt")])
def test_card_in_a_terminal(width: int, file: str) -> None:
    """Columns where there is room, stacked where there is none."""
    assert render_text(CARD, width=width) == (GOLDEN / file).read_text(encoding="utf-8")


def test_card_as_markdown() -> None:
    """Headings, lists, links; the words of articles escaped."""
    assert render_markdown(CARD) == (GOLDEN / "ferry.md").read_text(encoding="utf-8")


def test_card_as_a_page() -> None:
    """One file; opened in a browser when it was made."""
    assert render_html([CARD]) == (GOLDEN / "ferry.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Addresses alone may be: a cut address leads nowhere."""
    lines = render_text(CARD, width=width).splitlines()
    assert [line for line in lines if len(line) > width and "://" not in line] == []


def test_nothing_found_is_said() -> None:
    """An empty card says so and lists its sources."""
    text = render_text(build_card(STORY, Findings(story_id="s"), ARTICLES))
    assert "No facts, figures or statements yet" in text
    assert "[5] Coast Wire" in text


def test_one_outlet_is_no_agreement() -> None:
    """The heading says so."""
    assert "one outlet so far" in render_text(build_card(STORY, FINDINGS, ARTICLES[:1]))


def _hostile() -> list[str]:
    words = "x\x1b[2J\u202e<script>alert(1)</script> [a](javascript:alert) **b** \n# c"
    source = SourceRef(article_id="a", outlet=words, title=words, url="javascript:alert(1)", published=None)
    line = dataclasses.replace(CARD.sections[0].lines[0], text=words, citations=(0,))
    section = dataclasses.replace(CARD.sections[0], lines=(line,))
    card = dataclasses.replace(CARD, title=words, sections=(section,), sources=(source,))
    return [render_text(card), render_markdown(card), render_html([card])]


@pytest.mark.parametrize("number", range(3), ids=["text", "markdown", "html"])
def test_hostile_words_stay_words(number: int) -> None:
    """No control or direction character gets out, in any form."""
    assert not set("\x1b\u202e") & set(_hostile()[number])


def test_markdown_of_hostile_words_links_nowhere() -> None:
    """Neither our links nor theirs."""
    text = _hostile()[1]
    assert "](javascript" not in text
    assert "<script>" not in text
    assert "**b**" not in text


def test_page_of_hostile_words_runs_nothing() -> None:
    """No tag of theirs, no address but http(s), and a policy against both."""
    page = _hostile()[2]
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://coast.example/a?b=1&c=2", True),
        ("http://coast.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://user:pass@coast.example/", False),
        ("https:///nowhere", False),
        ("//coast.example", False),
        ('https://coast.example/"onmouseover=', False),
        ("https://[broken", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_are_links(url: str | None, is_link: bool) -> None:
    """Everything else is text without a link."""
    card = dataclasses.replace(CARD, sources=tuple(dataclasses.replace(s, url=url) for s in CARD.sources))
    assert ('rel="noopener' in render_html([card])) == is_link
    assert ("](http" in render_markdown(card)) == is_link


def test_long_quotation_ends_with_a_sentence() -> None:
    """A quotation is never cut in half."""
    reaction = FINDINGS.reactions[1]
    words = "No one sails tonight. " * 30
    long = dataclasses.replace(
        reaction, statements=(dataclasses.replace(reaction.statements[0], words=words),)
    )
    card = build_card(STORY, dataclasses.replace(FINDINGS, reactions=(long,)), ARTICLES)
    text = next(line.text for section in card.sections for line in section.lines if "Ana Reyes" in line.text)
    assert text.endswith("tonight. […]”")


def test_many_sources_are_counted() -> None:
    """Not thirty numbers behind one line, and not fifty sources that nobody cites."""
    articles = [dataclasses.replace(ARTICLES[0], id=f"n{i}", outlet=f"Outlet {i}") for i in range(50)]
    fact = dataclasses.replace(
        FINDINGS.key_facts[0],
        support=tuple(
            dataclasses.replace(FINDINGS.key_facts[0].support[0], article_id=f"n{i}") for i in range(30)
        ),
    )
    text = render_text(build_card(STORY, Findings(story_id="s", key_facts=(fact,)), articles))
    assert "[5]+25" in text
    assert "and 38 more articles" in text

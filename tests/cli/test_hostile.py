"""Articles that are written against their reader: markup, links and terminal codes stay words in every form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from digests.cli import cli

SNIPPETS = (
    "<script>alert(1)</script>",
    "</style><script>x</script>",
    "</title><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[a](http://evil.example/x)",
    "<http://evil.example/auto>",
    "https://evil.example/bare",
    "www.evil.example",
    "![p](http://evil.example/p.png)",
    "# Heading",
    "```",
    "<!--",
    '" onmouseover="alert(1)',
    "\x1b[31mred\x1b]0;title\x07",
    "\u009b31mcsi",
    "\u202eevil",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three outlets on one flood, each snippet in each article's title, outlet, words and quotes."""
    root = tmp_path_factory.mktemp("hostile")
    for number in range(3):
        article = {
            "id": f"{number}<script>](http://evil.example/id)\x1b[31m",
            "title": f"Flood kills {12 + number} in Sarno " + " ".join(SNIPPETS[number * 5 : number * 5 + 5]),
            "outlet": f"Post {number} {SNIPPETS[number]} {SNIPPETS[4]} {SNIPPETS[13]} {SNIPPETS[14]}",
            "url": f"https://post{number}.example/a?b=1",
            "published": f"2024-03-0{5 + number}",
            "text": "\n\n".join(
                f"At least {12 + number} people were killed in a flood {words} in Sarno on Monday, police said.\n\n"
                f'{words}\n"We are {words} sad," said Mayor Gino Rossi {words}, adding that help came.'
                for words in SNIPPETS
            ),
        }
        (root / f"{number}.json").write_text(json.dumps(article), encoding="utf-8")
    return root


def shown(folder: Path, form: str) -> str:
    result = CliRunner().invoke(cli, ["digest", str(folder), "--format", form, "--now", "2024-03-09"])
    assert result.exit_code == 0, result.output
    assert "Sarno" in result.stdout
    return result.stdout


def test_page_holds_only_its_own_markup(folder: Path) -> None:
    """No script, picture, handler or foreign address; only the sources' own links."""
    tree = html.fromstring(shown(folder, "html"))
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    assert not {"script", "img", "iframe", "object", "svg", "form"} & {element.tag for element in elements}
    attributes = {name for element in elements for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]
    links = {str(link.get("href")) for link in tree.iter("a")}
    assert [] == [link for link in links if not re.match(r"#|https://post\d\.example/", link)]
    assert any(link.startswith("https://post") for link in links)


def test_markdown_holds_only_our_links_and_headings(folder: Path) -> None:
    """Read as CommonMark with HTML, tables and bare addresses as links."""
    text = shown(folder, "markdown")
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inline = [child for token in tokens for child in token.children or []]
    links = {str(child.attrs["href"]) for child in inline if child.type == "link_open"}
    assert [] == [link for link in links if not link.startswith("https://post")]
    kinds = {token.type for token in (*tokens, *inline)}
    assert (
        not {"html_block", "html_inline", "image", "fence", "code_block", "code_inline", "table_open"} & kinds
    )
    headings = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert 1 == sum("Sarno" in heading for heading in headings)
    # Discord and GitHub link bare addresses too: an escape stands inside each that is not ours.
    assert [] == re.findall(r"https?://evil|www\.evil", text)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_no_terminal_code_is_printed(form: str, folder: Path) -> None:
    """Neither escapes nor C1 controls nor marks that turn the direction of a line."""
    assert [] == re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown(folder, form))

"""Markdown to the words that a reader of the rendered page sees; plain text passes unchanged.

Stance: only marks that plain news text does not use are read, so that no file needs to say what it is.
"""

from __future__ import annotations

import re

from digests.rules import load_rules

# The block of keys and values that opens many Markdown files.
_FRONT = re.compile(r"\A---\n((?:[^\n]{0,400}\n){1,40}?)(?:---|\.\.\.) *(?:\n|\Z)")
_KEY = re.compile(r"([A-Za-z_]{2,20}) ?: ?(\S.*)")
# Characters of a link's words and of its address.
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:<[^<>\n]{1,600}>|[^()\s]{1,600})(?: \"[^\"\n]{0,200}\")?\)"
)
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\n]{1,600}\)")
_HEADING = re.compile(r"^ {0,3}#{1,6} +(\S.*?)(?: +#+)? *$", re.MULTILINE)
_RULE_UNDER = re.compile(r"^(?=\S)(.{1,200})\n {0,3}(?:={3,80}|-{3,80}) *$", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)([^*_\n]{1,400}?)(?<=\S)\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s_])_(?![\w_])")
_QUOTED = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_ITEM = re.compile(r"^ {0,3}[*+-] +(?=\w)", re.MULTILINE)
# Characters of which every mark but the line under a heading holds one.
_MARKS = "#=]*_"


def strip_marks(text: str) -> str:
    """Text without Markdown's marks: headings, links, emphasis; where it has headings also quotes and list items.

    Title, writer, outlet and day of a front matter become lines such as pages have.
    """
    if "---" not in text and not any(mark in text for mark in _MARKS):
        return text
    front = _FRONT.match(text)
    if front:
        text = "\n\n".join((*_page_lines(front.group(1)), text[front.end() :]))
    marked = "#" in text or "===" in text or "---" in text
    if marked and (_HEADING.search(text) or text.startswith("---")):
        text = _ITEM.sub("", _QUOTED.sub("", text))
    if "](" in text:
        text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    if marked:
        text = _RULE_UNDER.sub(r"\1", _HEADING.sub(r"\1", text))
    if "**" in text or "__" in text:
        text = _STRONG.sub(r"\2", text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", text)
    return _UNDERLINED.sub(r"\1", text) if "_" in text else text


def _page_lines(front: str) -> list[str]:
    """The lines of a page that say what a front matter says: headline, byline, outlet, day."""
    table = load_rules("furniture").meaning["front_matter"]
    lines: dict[str, str] = {}
    for line in front.splitlines():
        found = _KEY.match(line)
        if found and (form := table.get(found.group(1).lower())):
            lines.setdefault(str(form), str(form).replace("*", found.group(2).strip(" \"'[]")))
    order = list(dict.fromkeys(str(form) for form in table.values()))
    return [lines[form] for form in order if form in lines]

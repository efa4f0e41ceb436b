"""Raw text or an HTML fragment to the text that everything else reads; cleaned once, never changed again.

Small total functions: any string goes in, a string comes out, in time linear in its length.
"""

from __future__ import annotations

import html
import re
import unicodedata

from digests.text.page import LineKind, read_page
from digests.text.tokenised import is_tokenised, untokenise

# Characters of one article that are read; the rest is dropped. The longest news features have about 60,000.
MAX_CHARACTERS = 200_000
# Characters of markup that are looked at: pages carry ten times their text in tags.
_MAX_MARKUP = 4_000_000

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_ODD_SPACES = re.compile(r"[^\S\n ]+")
# Control characters, soft hyphen, zero-width and direction marks, surrogates, private use, non-characters, the
# object and byte-order marks: they show nothing and break words in two.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# What every text is made of, as bytes, and other characters that normalising leaves as they are: Latin and Cyrillic
# letters, printed quotation marks and dashes, signs of currencies. None is composed with what stands in front of it.
_PLAIN = bytes((ord("\n"), *range(ord(" "), 0x7F)))
_SETTLED = re.compile(
    "[\xa1-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*+"
)

# One tag; attribute values may hold ">". Repetition is bounded, so that broken markup costs no more than its length.
# Nothing of it is tried twice ("+"): a quotation mark that never closes would be tried in every way there is.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20}+)((?:[^<>\"']{1,2000}+|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'){0,60}+)>"
)
# Elements whose content is no text.
_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "form",
        "select",
        "button",
        "nav",
        "textarea",
    }
)
# Elements that flow inside a line; every other one starts a paragraph.
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
    }
    | {
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
_CAPTIONS = frozenset({"figcaption", "caption"})


def normalise(text: str) -> str:
    """Composed characters (NFC), plain spaces, `\\n` as the one line end, nothing invisible; cut at `MAX_CHARACTERS`.

    Runs of spaces fold into one, three or more line ends into two.
    """
    text = text[: 2 * MAX_CHARACTERS]
    if not _is_settled(text):
        text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
        text = _ODD_SPACES.sub(" ", _INVISIBLE.sub("", text))
    # Runs halve with each round; a pattern would stop at every single space.
    while "  " in text:
        text = text.replace("  ", " ")
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    if is_tokenised(text):
        text = untokenise(text)
    return text.strip()[:MAX_CHARACTERS].rstrip()


def _is_settled(text: str) -> bool:
    """Whether a text holds no odd line end or space, nothing invisible and nothing to compose: so most articles.

    Bytes are deleted many times faster than a pattern walks over the same characters; few are left.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return not rest or _SETTLED.fullmatch(rest.decode("utf-8", "surrogatepass")) is not None


def html_to_text(markup: str) -> str:
    """The words of an HTML fragment, one paragraph per block element, a blank line between; captions left out."""
    return "\n\n".join(text for text, is_caption in html_blocks(markup) if not is_caption)


def html_blocks(markup: str) -> list[tuple[str, bool]]:
    """The text blocks of an HTML fragment in order, each with whether it is a picture's caption."""
    blocks: list[tuple[str, bool]] = []
    words: list[str] = []
    in_caption = False

    def close() -> None:
        text = _SPACES.sub(" ", html.unescape("".join(words)).replace("\n", " ")).strip()
        words.clear()
        if text:
            blocks.append((text, in_caption))

    for kind, value in _tokens(markup[:_MAX_MARKUP]):
        if kind == "text":
            words.append(value)
        elif kind == "open" and value not in _INLINE:
            close()
            in_caption = in_caption or value in _CAPTIONS
        elif kind == "close" and value not in _INLINE:
            close()
            in_caption = in_caption and value not in _CAPTIONS
    close()
    return blocks


def _tokens(markup: str) -> list[tuple[str, str]]:
    """("text", words), ("open", name) and ("close", name) in order; comments and silent elements are left out."""
    tokens: list[tuple[str, str]] = []
    lower = markup.lower() if len(markup.lower()) == len(markup) else markup
    at = 0
    while at < len(markup):
        bracket = markup.find("<", at)
        if bracket < 0:
            tokens.append(("text", markup[at:]))
            break
        tokens.append(("text", markup[at:bracket]))
        if markup.startswith("<!", bracket) or markup.startswith("<?", bracket):
            stop = "-->" if markup.startswith("<!--", bracket) else ">"
            end = markup.find(stop, bracket)
            at = end + len(stop) if end >= 0 else len(markup)
            continue
        tag = _TAG.match(markup, bracket)
        if tag is None:
            tokens.append(("text", "<"))
            at = bracket + 1
            continue
        at = tag.end()
        name = tag.group(2).lower()
        if tag.group(1):
            tokens.append(("close", name))
        elif name in _SILENT and not tag.group(3).rstrip().endswith("/"):
            end = lower.find("</" + name, at)
            at = end if end >= 0 else len(markup)
        else:
            tokens.append(("open", name))
    return tokens


def clean_text(raw: str) -> str:
    """The article in a scraped page: title and body paragraphs with a blank line between them.

    Menus, forms, share lines, links, author boxes and captions are dropped (`digests.text.page` says how).
    """
    lines = read_page(normalise(raw))
    return "\n\n".join(line.text for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY))

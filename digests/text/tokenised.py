"""Text of a corpus as people write it: tokens that were set apart, put together again (Penn Treebank's manner).

Stance: only a text that sets most of its commas and stops apart is touched; no page does.
"""

from __future__ import annotations

import re

# Marks between blanks from which a text is one of tokens.
_FEWEST = 2
_BRACKETS = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
    "``": "“", "\\*": "*", "\\/": "/",
}  # fmt: skip
_CLOSING = re.compile(r" (?=(?:[,.;:?!%)\]}”]|\.\.\.)(?:[\s)”'’]|$))")
_OPENING = re.compile(r"(?<=[(\[{“$£€#]) (?=\S)|(?<= ') (?=\w[^'\n]{0,80} ')")
_ENDS = re.compile(r" (?=(?:n't|'(?:s|re|ll|ve|d|m|S))(?![\w']))|(?<=s) (?='(?: [a-z]|[,.]))")


def is_tokenised(text: str) -> bool:
    """Whether a text has its marks between blanks, as corpora have it."""
    if " , " not in text and " .\n" not in text:
        return False
    # Each " , " is counted among the ", " as well.
    apart = text.count(" , ") + text.count(" .\n")
    return apart >= max(_FEWEST, text.count(", ") // 2)


def untokenise(text: str) -> str:
    """A tokenised text with its marks at their words; a text of one line stays one line."""
    for odd, plain in _BRACKETS.items():
        text = text.replace(odd, plain)
    text = re.sub(r" ?''", "”", text)
    return _ENDS.sub("", _CLOSING.sub("", _OPENING.sub("", text)))

"""Words, numbers and marks of a sentence with their offsets: what the chunk readers walk over."""

from __future__ import annotations

from digests.text.cuts import cut_pattern, offsets
from digests.text.document import lower_case

# In the order of how often they stand in a text, what is cheap first. Words that nothing inside breaks; single marks;
# names that hold a number ("radio5", "h5n1"); dotted abbreviations ("U.S.") and words with inner apostrophes and
# hyphens; ages with their hyphens torn apart ("16 - year - old"); digits with separators ("1,200", "1 ,200", "1, 000",
# "1,23,456", "3.5"); powers of ten ("1e3"); digits bound to words ("25-year-old", "8th"). Each alternative is linear;
# the text is in lower case.
_WORDS_AND_MARKS = (
    r"{letter}++(?!['.\d-])|[^\w\s]"
    r"|{letter}++\d++(?:{letter}++\d*+)*+(?![\w'])"
    r"|{letter}(?:\.(?:{letter}\.)+|{letter}*(?:['-]{sign}+)*)"
    r"|\d{{1,3}}\s{{0,2}}-\s{{0,2}}(?:year|month)\s{{0,2}}-?\s{{0,2}}olds?\b"
    r"|\d{{1,3}}(?: ?,\d{{3}}|, 000)+(?!\d)|\d{{1,2}}(?:,\d{{2}}){{1,4}},\d{{3}}(?!\d)|\d+e[+-]?\d+\b"
    r"|\d+(?:\.\d+)?(?:-?{letter}+(?:-{letter}+)*)?"
)
# A class of plain letters is searched several times faster than one of all letters, and most sentences are plain.
_PLAIN = cut_pattern(_WORDS_AND_MARKS.format(letter="[a-z]", sign="[a-z0-9]"))
_ANY = cut_pattern(_WORDS_AND_MARKS.format(letter=r"[^\W\d_]", sign=r"[^\W_]"))


class Tokens:
    """The words and marks of a stretch in parallel lists: in lower case, and their offsets in the document.

    Lists and no token objects: readers look at the words alone, and most never ask where one stands.
    """

    __slots__ = ("ends", "lows", "starts")

    def __init__(self, lows: list[str], starts: list[int], ends: list[int]) -> None:
        self.lows = lows
        self.starts = starts
        self.ends = ends


def tokenize(text: str, start: int, end: int) -> Tokens:
    """The tokens of `text[start:end]` in order."""
    piece = lower_case(text[start:end])
    parts: list[str] = (_PLAIN if piece.isascii() else _ANY).split(piece)
    lows = parts[1::2]
    if "-" in piece or " ," in piece or ", 000" in piece:
        # Ages whose hyphens and numbers whose commas are torn off are the only tokens that hold white space.
        lows = ["".join(low.split()) if low[0].isdigit() else low for low in lows]
    return Tokens(lows, *offsets(parts, start))

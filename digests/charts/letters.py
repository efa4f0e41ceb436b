"""Text in the letters that the pictures' font has: Pillow's own Aileron, which knows ASCII and a few marks.

Stance: a plain letter is better than a box. Accents are dropped ("Erdogan"), Cyrillic and Greek are written in Latin
letters, what has no such form is left out; the message beside a picture carries every name as it is written.
"""

from __future__ import annotations

import functools
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LATIN = {
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d",
    "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "ŧ": "t", "Ŧ": "T",
    "ə": "a", "Ə": "A", "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'",
}  # fmt: skip
# Close to what news agencies print of Russian, Ukrainian, Bulgarian and Serbian names.
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџў",
        (
            "a", "b", "v", "g", "d", "e", "yo", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
            "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "dj", "j", "lj",
            "nj", "c", "dz", "u",
        ),
        strict=True,
    )
)  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y",
            "f", "ch", "ps", "o",
        ),
        strict=True,
    )
)  # fmt: skip
_MARKS = {
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "•": "·", "«": "“", "»": "”", "„": "“",
    "‹": "‘", "›": "’", "×": "x", "→": "to", "≥": ">=", "≤": "<=", "≈": "~", "€": "EUR ", "£": "GBP ", "¥": "JPY ",
    "№": "No. ", "′": "'", "″": '"',
}  # fmt: skip
# What the font has beside ASCII (read out of its character map).
_KEPT = frozenset("“”‘’…·")


@functools.lru_cache(maxsize=256)
def drawable(text: str) -> str:
    """`text` on one line, in letters that the font has; "" when none of it can be written."""
    plain = "".join(_letter(char) for char in text) if not text.isascii() else text
    return " ".join("".join(char if char.isprintable() else " " for char in plain).split())


@functools.lru_cache(maxsize=2_048)
def _letter(char: str) -> str:
    if char.isascii() or char in _KEPT:
        return char
    if char.isspace():
        return " "
    if (known := _known(char)) is not None:
        return known
    return "".join(
        part if part.isascii() else _known(part) or ""
        for part in unicodedata.normalize("NFKD", char)
        if not unicodedata.combining(part)
    )


def _known(char: str) -> str | None:
    """The form of a letter in the tables; a capital keeps its size."""
    for table in (_LATIN, _MARKS):
        if char in table:
            return table[char]
    lower = char.lower()
    found = _CYRILLIC.get(lower, _GREEK.get(lower))
    return found if found is None or char == lower else found.capitalize()

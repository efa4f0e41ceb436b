"""Text in the letters that pictures can be drawn in, and which of the two fonts has them.

Most text is written in Pillow's own Aileron, which knows ASCII and a few marks. Text with other letters (accents,
Cyrillic, Greek, Arabic) is written in the font beside this file. Stance: a plain letter is better than a box. What
neither has is written in the Latin letters that Unicode takes it apart into, else left out; the message beside a
picture carries every name as it is written.
"""

from __future__ import annotations

import functools
import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LATIN = {
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d",
    "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "ŧ": "t", "Ŧ": "T",
    "ə": "a", "Ə": "A", "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'",
}  # fmt: skip
_MARKS = {
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "•": "·", "«": "“", "»": "”", "„": "“",
    "‹": "‘", "›": "’", "×": "x", "→": "to", "≥": ">=", "≤": "<=", "≈": "~", "€": "EUR ", "£": "GBP ", "¥": "JPY ",
    "№": "No. ", "′": "'", "″": '"',
}  # fmt: skip
# What the font has beside ASCII (read out of its character map).
_KEPT = frozenset("“”‘’…·")


# What the other font has beyond ASCII: letters and their signs, then digits and marks (read out of its character map).
_WIDE_LETTERS = (
    (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x2BB, 0x2BF), (0x370, 0x373),
    (0x376, 0x377), (0x37B, 0x37D), (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3F5),
    (0x3F7, 0x45F), (0x490, 0x493), (0x621, 0x63A), (0x640, 0x652), (0x670, 0x670), (0x679, 0x679), (0x67E, 0x67E),
    (0x686, 0x686), (0x688, 0x688), (0x691, 0x691), (0x698, 0x698), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6BE, 0x6BE),
    (0x6CC, 0x6CC), (0x660, 0x669), (0x6F0, 0x6F9), (0x1E00, 0x1EFB),
)  # fmt: skip
_WIDE_MARKS = (
    (0xA1, 0xA9), (0xAB, 0xAC), (0xAE, 0xB4), (0xB6, 0xB9), (0xBB, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x60C, 0x60C),
    (0x61B, 0x61B), (0x61F, 0x61F), (0x66A, 0x66C), (0x2010, 0x2015), (0x2018, 0x201E), (0x2026, 0x2026),
    (0x2032, 0x2033), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2192, 0x2192), (0x2248, 0x2248), (0x2264, 0x2265),
)  # fmt: skip


def _class_of(ranges: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    """Finds a letter of some ranges."""
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]")


_WIDE = _class_of(_WIDE_LETTERS)
_WIDE_MARK = _class_of(_WIDE_MARKS)
# Letters that are joined to each other, right to left.
_JOINED = re.compile("[\u0600-\u06ff]")


@functools.lru_cache(maxsize=256)
def drawable(text: str) -> str:
    """`text` on one line, in letters that one of the fonts has; "" when none of it can be written."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if not _joins():
            text = _JOINED.sub("", text)
        write = _wide_letter if is_wide(text) else _letter
        text = "".join(write(char) for char in text)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


@functools.lru_cache(maxsize=1_024)
def is_wide(text: str) -> bool:
    """Whether a text needs the font beside this file: a letter of it is in no other. A dash alone does not."""
    return not text.isascii() and _WIDE.search(text) is not None


def is_joined(text: str) -> bool:
    """Whether letters take their shapes from their neighbours, and run from right to left."""
    return not text.isascii() and _JOINED.search(text) is not None


@functools.cache
def _joins() -> bool:
    """Whether Pillow can join letters (libraqm, with what it needs): else such text is left out."""
    from PIL import features

    return bool(features.check("raqm") and features.check("fribidi"))


def can_write(text: str) -> bool:
    """Whether nothing is lost of a text but marks: a picture whose words cannot be written is drawn in English."""
    return _joins() or not is_joined(text)


@functools.lru_cache(maxsize=2_048)
def _wide_letter(char: str) -> str:
    if char.isascii() or _WIDE.match(char) or _WIDE_MARK.match(char):
        return char
    return _letter(char)


@functools.lru_cache(maxsize=2_048)
def _letter(char: str) -> str:
    """A letter as Aileron has it."""
    if char.isascii() or char in _KEPT:
        return char
    if char.isspace():
        return " "
    if char in _LATIN:
        return _LATIN[char]
    if char in _MARKS:
        return _MARKS[char]
    return "".join(
        part if part.isascii() else _LATIN.get(part) or _MARKS.get(part) or ""
        for part in unicodedata.normalize("NFKD", char)
        if not unicodedata.combining(part)
    )

"""Bytes of a file to text: byte order marks, UTF-8, what HTML declares, Windows-1252; binary data is refused."""

from __future__ import annotations

import codecs
import re

_WIDE_MARKS = (
    # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# Encodings that a page may name; Python knows others that decode to anything but text.
_TEXT_CODECS = re.compile(
    r"utf-?8|utf-?16|iso-?8859-\d+|latin-?1|windows-?125\d|cp125\d|koi8-[ru]|shift_?jis|euc-\w+|gb\w+|big5"
)
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\x1f\x8b",
    b"SQLite format 3",
)
_CONTROLS = bytes(range(0x20)).translate(None, b"\t\n\r\x0c\x1b")
# Control characters that a text may hold: wire copy has some, as marks of its own.
_MOST_CONTROLS = 8
_MOST_CONTROL_SHARE = 0.01
# Western text in Windows-1252 has a few per cent beyond ASCII; other scripts have most.
_MOST_BEYOND_ASCII = 0.25
# Letters of several bytes in UTF-8, and how many of their bytes excuse one that is broken.
_UTF8_LETTERS = re.compile(
    rb"(?:[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+"
)
_MOST_BROKEN_LETTERS = 2
# Share of zero bytes on one side of UTF-16 text in Latin letters.
_LEAST_ZEROS = 0.7


def decode(data: bytes, *, is_html: bool) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        ValueError: It is empty, binary, or in an encoding that is not known; says which.
    """
    if not data.strip():
        raise ValueError("empty file")
    if data.startswith(codecs.BOM_UTF8):
        return _decode_as(data, "utf-8").removeprefix("\ufeff")
    wide = marked_encoding(data) or _wide_encoding(data)
    if wide:
        return _decode_as(data, wide).removeprefix("\ufeff")
    if data.startswith(_MAGIC) or b"\x00" in data or _has_many_controls(data):
        raise ValueError("binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Cut in a letter, or patched with a few bytes of something else: most of it says that it is UTF-8.
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") * _MOST_BROKEN_LETTERS <= sum(map(len, _UTF8_LETTERS.findall(data))):
        return mended
    declared = _CHARSET.search(data[:4096]) if is_html else None
    charset = declared.group(1).decode("ascii").lower() if declared else ""
    # A page that says UTF-8 and is not has been made in Windows-1252 and not converted.
    if _TEXT_CODECS.fullmatch(charset) and not charset.startswith("utf"):
        return data.decode(charset, "replace")
    if len(data) - len(data.translate(None, bytes(range(0x80, 0x100)))) > _MOST_BEYOND_ASCII * len(data):
        raise ValueError("encoding is neither UTF-8 nor Windows-1252")
    return _decode_as(data, "cp1252")


def marked_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a letter that a byte order mark tells."""
    return next((encoding for mark, encoding in _WIDE_MARKS if data.startswith(mark)), None)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise ValueError(f"encoding is not {encoding.upper()}, as it seemed (byte {exc.start:,})") from exc


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark, as some exports write it: in western text every second byte is zero."""
    start = data[:2000]
    half = len(start) // 2
    if half < 8 or len(data) % 2:
        return None
    high, low = start[0::2].count(0), start[1::2].count(0)
    if high > _LEAST_ZEROS * half and low == 0:
        return "utf-16-be"
    if low > _LEAST_ZEROS * half and high == 0:
        return "utf-16-le"
    return None


def _has_many_controls(data: bytes) -> bool:
    count = len(data) - len(data.translate(None, _CONTROLS))
    return count > max(_MOST_CONTROLS, _MOST_CONTROL_SHARE * len(data))

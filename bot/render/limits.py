"""Every limit of Discord that we meet, with its name and source, and the one way to make text fit.

Discord counts "characters" without saying which; UTF-16 units are the strictest reading (an emoji of a family is
eight of them), so lengths here are UTF-16 units. Text is made to fit by leaving out whole lines, the least
important first, and saying how many; a number or a quotation is never cut in half.
"""

from __future__ import annotations

import unicodedata

#: Message `content` (Discord reference, "Create Message").
MESSAGE_CONTENT = 2_000
#: Components in a Components V2 message, nested ones counted (Discord reference, "Component Reference").
V2_COMPONENTS = 40
#: Text of all TextDisplays of a message together (Discord reference, "Text Display").
V2_TEXT = 4_000
#: What we fill of it, to leave room for counting differences.
V2_TEXT_GOAL = 3_900
#: UTF-8 bytes of all texts plus 12 for each; over 10,170 Discord answers 500 (discord-api-docs issue 8554).
V2_BYTES_GOAL = 9_500
#: What each text costs beside its bytes (same issue).
V2_BYTES_EACH = 12
#: Buttons in one action row (Discord reference, "Action Row").
ROW_BUTTONS = 5
#: Button label and custom id (Discord reference, "Button").
BUTTON_LABEL = 80
CUSTOM_ID = 100
#: Suggestions of an autocomplete, and the length of each name and value (Discord reference, "Autocomplete").
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
#: Nonce of a message (Discord reference, "Create Message").
NONCE = 25
#: Link addresses longer than this are named without their link: they would eat the room of five lines.
LINK_URL = 512
#: Name of a command and of an option, description (Discord reference, "Application Commands").
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 100


def length(text: str) -> int:
    """UTF-16 units of `text`."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def v2_bytes(texts: tuple[str, ...]) -> int:
    """What Discord's size rule for Components V2 makes of these texts."""
    return sum(len(text.encode("utf-8", "surrogatepass")) + V2_BYTES_EACH for text in texts)


def fits_v2(texts: tuple[str, ...]) -> bool:
    """Whether one Components V2 message may carry these texts."""
    return sum(map(length, texts)) <= V2_TEXT_GOAL and v2_bytes(texts) <= V2_BYTES_GOAL


def shorten(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, cut at a word and ended by "…"; never inside a letter with its marks.

    For titles, names and labels only; statements are left out whole instead.
    """
    if length(text) <= limit:
        return text
    room, cut, used = limit - 1, 0, 0
    for index, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > room:
            break
        cut = index + 1
    while cut and cut < len(text) and _joins(text[cut - 1], text[cut]):
        cut -= 1
    head = text[:cut]
    space = head.rfind(" ")
    if space >= limit // 2:
        head = head[:space]
    return head.rstrip(" ,;:-–—") + "…"


def _joins(left: str, right: str) -> bool:
    """Whether a cut between the two would tear a grapheme: marks, joiners, variation selectors, emoji modifiers."""
    return (
        unicodedata.combining(right) != 0
        or unicodedata.category(right) in {"Mn", "Me", "Mc"}
        or right in "\u200d\ufe0e\ufe0f"
        or left == "\u200d"
        or 0x1F3FB <= ord(right) <= 0x1F3FF
        or (0x1F1E6 <= ord(left) <= 0x1F1FF and 0x1F1E6 <= ord(right) <= 0x1F1FF)
    )

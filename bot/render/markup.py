"""The one way of words that others wrote into a message: cleaned, on one line, and shown as they are.

Article text may hold mentions, masked links, headings, spoilers and characters that nobody sees. Discord itself
removes some invisible characters *before* it looks for mentions, so escaping alone cannot hold: the bot also sends
every message with mentions switched off. Links are ours alone: `[outlet](address)` with a checked address.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.render.limits import LINK_URL, length, shorten
from bot.tongue import phrase, say

# What acts wherever it stands. Brackets of links are enough: without them parentheses, and without "<" colons and
# "#", are plain signs. They are left alone, since every backslash counts as a character and titles are full of them.
_SPECIAL = re.compile(r"([\\*_~|`>\[\]<@])")
# An address would become a link; a backslash before the colon keeps it words.
_SCHEME = re.compile(r":(?=//)")
# What acts at the start of a line, or of a point in a list: headings, small print, bullets, numbers.
_LINE_START = re.compile(r"^(\d{0,9})([.+#-]|(?<=\d)\))")
_INVITE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:discord\.gg|discord(?:app)?\.com/invite|dsc\.gg)/[\w-]{1,64}", re.I
)
_SPACE = re.compile(r"\s+")
# Anything but letters and signs of European languages and typographic punctuation: looked at one by one.
_UNUSUAL = re.compile(r"[^\x20-\u02ff\u0400-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20c0]")
_ROUND = str.maketrans("[]", "()")
#: Longest title that is shown whole.
MAX_HEADLINE = 200
#: Combining marks on one letter beyond this are decoration meant to break layouts.
MAX_MARKS = 4
#: Joiners that belong between letters in Persian, Hindi and others; elsewhere they hide things.
_JOINERS = "\u200c\u200d"
#: Cleaned texts that are remembered: an overview names the same outlets hundreds of times.
KEPT_CLEAN = 4096
#: What stands where an invitation to another server stood.
INVITE_WORDS = phrase("(invite removed)")


@lru_cache(maxsize=KEPT_CLEAN)
def clean(text: str) -> str:
    """Text on one line without control, format, private and unassigned characters; NFC; spaces collapsed."""
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if text.isprintable() and not _UNUSUAL.search(text):
        return text
    kept: list[str] = []
    marks = 0
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        if category in {"Cc", "Cs", "Co", "Cn"} or (category == "Cf" and not _joins_letters(text, index)):
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()


def _joins_letters(text: str, index: int) -> bool:
    """Whether the joiner at `index` stands between two letters (their marks count) or two parts of an emoji."""
    if text[index] not in _JOINERS or not 0 < index < len(text) - 1:
        return False
    before, after = unicodedata.category(text[index - 1]), unicodedata.category(text[index + 1])
    return before[0] in "LM" and after[0] in "LM"


def escape(text: str) -> str:
    """Words of others, cleaned, with everything escaped that Discord would read as markup."""
    text = _SPECIAL.sub(r"\\\1", _INVITE.sub(say(INVITE_WORDS), clean(text)))
    return _LINE_START.sub(r"\1\\\2", _SCHEME.sub(r"\\:", text))


def headline(title: str) -> str:
    """A title as words above a message or beside an article: escaped, and not the message's whole room."""
    return escape(shorten(clean(title), MAX_HEADLINE))


def safe_url(url: str | None) -> str | None:
    """`url` as it may stand in a link, or `None`: http(s), with a host, without credentials, percent-encoded."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    name = _ascii_host(host)
    if name is None:
        return None
    path = quote(parts.path or "/", safe="/%:=&;,+!$'*~.-_@")
    query = f"?{quote(parts.query, safe='/%:=&;,+!$*~.-_@?')}" if parts.query else ""
    result = f"{parts.scheme.lower()}://{name}{f':{port}' if port else ''}{path}{query}"
    return result if length(result) <= LINK_URL else None


def visible_host(url: str | None) -> str | None:
    """The host that a link leads to, as a reader should see it: punycode for look-alikes, without "www."."""
    if safe_url(url) is None:
        return None
    host = urlsplit((url or "").strip()).hostname
    return (_ascii_host(host) or "").removeprefix("www.") if host else None


def _ascii_host(host: str) -> str | None:
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    allowed = r"[A-Za-z0-9._-]{1,253}" if ":" not in host else r"[0-9A-Fa-f:.]{2,45}"
    if not re.fullmatch(allowed, name):
        return None
    return f"[{name}]" if ":" in name else name.lower()


def link(label: str, url: str | None) -> str:
    """`[label](url)` when the address is safe, else the label alone; the label is words of others.

    Discord looks for the end of a label without regard to backslashes, so its brackets become round ones.
    """
    address = safe_url(url)
    if not address:
        return escape(label)
    words = escape(label.translate(_ROUND))
    return f"[{words}]({address})" if words else ""


def bold(text: str) -> str:
    """Already escaped text in bold; nothing when there is none."""
    return f"**{text}**" if text else ""


def small(text: str) -> str:
    """Already escaped text as Discord's small print; it must stand at the start of a line."""
    return f"-# {text}"


def timestamp(moment: dt.datetime, style: str = "f") -> str:
    """A moment that each reader sees in their own zone (Discord reference, "Timestamps"; styles t T d D f F R)."""
    return f"<t:{int(moment.timestamp())}:{style}>"


#: The time of day at which almost every zone from UTC-10 to UTC+13 still has the same date.
_SAME_DAY = dt.time(10, 30, tzinfo=dt.UTC)


def day_stamp(day: dt.date) -> str:
    """A calendar day as a timestamp that shows the same day in nearly every zone."""
    return timestamp(dt.datetime.combine(day, _SAME_DAY), "D")

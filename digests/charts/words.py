"""The words of pictures: what an attachment may carry, and in which language a picture can be drawn."""

from __future__ import annotations

from digests.charts.letters import can_write
from digests.tongues import ENGLISH, Tongue

# UTF-16 units; Discord takes 1,024 as the description of an attachment.
MOST_UNITS = 1_000


def cut_words(text: str, limit: int = MOST_UNITS) -> str:
    """At most `limit` UTF-16 units; what is too long ends behind a whole item, with "…"."""
    encoded = text.encode("utf-16-le", "replace")
    if len(encoded) // 2 <= limit:
        return text
    short = encoded[: (limit - 2) * 2].decode("utf-16-le", "ignore")
    end = max(short.rfind("; "), short.rfind(". "), 0) or short.rfind(" ")
    return f"{short[:end] if end > 0 else short} …"


def drawn_tongue(tongue: Tongue) -> Tongue:
    """The language, or English where its letters cannot be drawn on this machine; descriptions are not concerned."""
    return tongue if can_write("".join(tongue.months)) else ENGLISH

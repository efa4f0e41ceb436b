"""What an admin types for times, days and zones, as the values that a subscription keeps.

What cannot be read is refused with a sentence that shows the form; nothing is guessed beyond what people write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

from bot.config import WEEKDAYS
from bot.errors import Refusal
from bot.render.limits import CHOICES, shorten
from bot.render.markup import clean, escape
from bot.tongue import say

#: Digests of one subscription in a day.
MAX_TIMES = 12
#: Words or phrases of one filter, and their length.
MAX_WORDS = 20
MAX_WORD = 60
#: What a list option may be separated by.
_BETWEEN = re.compile(r"[,;\s]+")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_HOURS = re.compile(
    r"(?P<first>(?:[01]?\d|2[0-3])[:.][0-5]\d)\s*[-\u2013]\s*(?P<last>(?:[01]?\d|2[0-3])[:.][0-5]\d)"
)
#: Whole weeks and parts of them, by the word that people use.
_NAMED_DAYS = {"daily": WEEKDAYS, "weekdays": WEEKDAYS[:5], "weekends": WEEKDAYS[5:], "weekend": WEEKDAYS[5:]}
#: Shown first while nothing is typed: a zone for every few hours, so that the form is understood.
_SHOWN_FIRST = (
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Africa/Nairobi", "Asia/Dubai", "Asia/Kolkata",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo", "America/New_York",
    "America/Chicago", "America/Los_Angeles",
)  # fmt: skip


def parse_times(text: str) -> tuple[str, ...]:
    """`08:00, 18:30` as "HH:MM" in order of the day. Raises Refusal."""
    found: set[str] = set()
    for word in _words(text):
        match = _CLOCK.fullmatch(word)
        if match is None:
            raise Refusal(
                say("“{word}” is not a time of day. Write times as 08:00, 18:30.", word=_shown(word))
            )
        found.add(f"{int(match[1]):02}:{match[2]}")
    if not found:
        raise Refusal(say("At which times? Write them as 08:00, 18:30."))
    if len(found) > MAX_TIMES:
        raise Refusal(
            say(
                "{count} times a day are too many: {most} at most.",
                count=len(found),
                most=MAX_TIMES,
            )
        )
    return tuple(sorted(found))


def parse_hours(text: str) -> tuple[str, str]:
    """`22:00-07:00` as two times "HH:MM". Raises Refusal."""
    match = _HOURS.fullmatch(text.strip())
    if match is None or match["first"] == match["last"]:
        raise Refusal(
            say("“{text}” is not a span of hours. Write quiet hours as 22:00-07:00.", text=_shown(text))
        )
    return parse_times(match["first"])[0], parse_times(match["last"])[0]


def parse_days(text: str) -> tuple[str, ...]:
    """`mon-fri`, `sat, sun`, `weekdays` or `daily`, also in the caller's language, as weekdays in order.

    Raises Refusal.
    """
    found: set[str] = set()
    for word in _words(re.sub(r"\s*[-\u2013]\s*", "-", text.casefold())):
        found.update(_days_of(word))
    if not found:
        raise Refusal(say("On which days? Write them as mon-fri, as sat, sun, or as daily."))
    return tuple(day for day in WEEKDAYS if day in found)


def _days_of(word: str) -> Sequence[str]:
    if word in _NAMED_DAYS:
        return _NAMED_DAYS[word]
    ends = [_weekday(part) for part in word.split("-")]
    if len(ends) > 2 or any(end not in WEEKDAYS for end in ends):
        raise Refusal(
            say("“{word}” is not a day. Write days as mon-fri, as sat, sun, or as daily.", word=_shown(word))
        )
    first, last = WEEKDAYS.index(ends[0]), WEEKDAYS.index(ends[-1])
    if first <= last:
        return WEEKDAYS[first : last + 1]
    return WEEKDAYS[first:] + WEEKDAYS[: last + 1]


def _weekday(word: str) -> str:
    """A weekday by its beginning in English, or in the language of whoever types; else the word."""
    if word[:3] in WEEKDAYS:
        return word[:3]
    own = {day: say(day).casefold().rstrip(".") for day in WEEKDAYS}
    return next((day for day, short in own.items() if word.startswith(short)), word)


@cache
def _zones() -> dict[str, str]:
    """Every zone by its name in small letters."""
    return {name.casefold(): name for name in sorted(available_timezones())}


def find_zone(text: str) -> str:
    """The IANA zone of a name in any case. Raises Refusal, with names that come near."""
    wanted = clean(text).casefold().replace(" ", "_")
    if wanted in _zones():
        return _zones()[wanted]
    near = [name for name in suggest_zones(text) if text.strip()][:3]
    hint = (
        say("Did you mean {near}?", near=", ".join(near))
        if near
        else say("Pick one of the suggestions, such as Europe/Berlin.")
    )
    raise Refusal(say("“{text}” is not a time zone. {hint}", text=_shown(text), hint=hint))


def suggest_zones(typed: str) -> list[str]:
    """Zones whose name holds what is typed, those whose city begins with it first."""
    wanted = clean(typed).casefold().replace(" ", "_")
    if not wanted:
        return list(_SHOWN_FIRST)
    hits = [folded for folded in _zones() if wanted in folded]
    hits.sort(key=lambda folded: (not folded.rsplit("/", 1)[-1].startswith(wanted), folded))
    return [_zones()[folded] for folded in hits[:CHOICES]]


def parse_words(text: str) -> tuple[str, ...]:
    """`ferry, Port Alder` as words and phrases, each once, in order; none for an empty text. Raises Refusal."""
    found = tuple(dict.fromkeys(word for part in re.split(r"[,;\n]", text) if (word := clean(part))))
    if len(found) > MAX_WORDS or any(len(word) > MAX_WORD for word in found):
        raise Refusal(
            say(
                "At most {most} words or phrases of {longest} letters, separated by commas.",
                most=MAX_WORDS,
                longest=MAX_WORD,
            )
        )
    return found


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text.strip()) if word]


def _shown(text: str) -> str:
    return escape(shorten(clean(text), 60))

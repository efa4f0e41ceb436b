"""Why a source does not work, in another language.

Sources, their checks and lists of feeds say it in English: so it stands in the log, in the store and on the command
line. The same few sentences are told again here, also one inside the other ("3 times in a row: the server ..."). What
is not among them stays in English, as do the words of the operator's own system and files: better understood late
than not at all.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from digests.tongues import ENGLISH, Tongue, phrase

# Whole sentences; the alternatives of a part that another sentence holds stand among them.
_PLAIN = frozenset(
    {
        phrase("the address could not be read"),
        phrase("no complete answer in time"),
        phrase("the address cannot be fetched"),
        phrase("only http and https addresses are fetched"),
        phrase("the address has no host"),
        phrase("an address with a user name or password is not fetched"),
        phrase("the address is private; fetch.allow_hosts may name it"),
        phrase("there is no server of this name"),
        phrase("what the server sent cannot be unpacked"),
        phrase("the server broke off in the middle of its answer"),
        phrase("the server broke off without an answer"),
        phrase("what answers there speaks no HTTP"),
        phrase("the server asks for fewer requests"),
        phrase("the site's robots.txt asks programs not to read this page"),
        phrase("takes more memory or time to parse than is given to it"),
        phrase("declares XML entities, which no feed needs; it is not read"),
        phrase("JSON of another kind"),
        phrase("JSON that is broken"),
        phrase("XML of another kind"),
        phrase("an empty answer"),
        phrase("a PDF file"),
        phrase("a picture"),
        phrase("an archive"),
        phrase("a web page"),
        phrase("a page that wants to see a human (captcha)"),
        phrase("a page that asks to sign in"),
        phrase("binary data"),
        phrase("plain text"),
        phrase("an entry without title and text"),
        phrase("no text is left after cleaning"),
        phrase("no article text on the page"),
        phrase("a page that asks for consent stands in front of the article"),
        phrase("the article is behind a paywall"),
        phrase("the page shows nothing without JavaScript"),
        phrase("the page says that there is no such article"),
        phrase("the page wants to see a human (captcha)"),
        phrase("the page asks to sign in"),
        phrase("a consent page"),
        phrase("a paywall"),
        phrase("a page that needs JavaScript"),
        phrase("a captcha"),
        phrase("a sign-in page"),
        phrase("paused by an admin"),
        phrase("answers, but has brought nothing yet"),
        phrase("less than a minute"),
        phrase("only feeds can be added; folders are named in the configuration file"),
        phrase("expected an http or https address without user name and password"),
        phrase("expected an http or https address"),
        phrase("an address with a user name or password is not taken"),
        phrase("a feed without a name"),
        phrase("the list declares a document type or entities, which OPML does not need"),
        # Languages that are recognised and not read (rules/languages.toml).
        phrase("German"),
        phrase("French"),
        phrase("Spanish"),
        phrase("Portuguese"),
        phrase("Italian"),
        phrase("Dutch"),
        phrase("Swedish"),
        phrase("Turkish"),
        phrase("Polish"),
        phrase("Indonesian"),
        phrase("another script"),
    }
)
# Sentences with places, those that hold another one first. `{problem}`, `{found}`, `{wall}`, `{span}` and `{language}`
# are told in the same language; numbers have its marks.
_SHAPED = (
    phrase("{number} of its entries: {problem}"),
    phrase("seems to be written in {language}; only English is read"),
    phrase("paused: {problem}"),
    phrase("{problem}, and its site names no feed; the address of the feed itself is needed"),
    phrase("{problem}; it wants to be left alone for {span}"),
    phrase("not asked: the server wants to be left alone for {span} more"),
    phrase("answers, but nothing new for {span}"),
    phrase("its pages stand behind {wall}; the feed's own text is used"),
    phrase("the server says that it has moved to {moved}"),
    phrase("the address could not be read: {problem}"),
    phrase("not a feed: {found}"),
    phrase("could not be read ({reason})"),
    phrase("the server asks for a password ({status})"),
    phrase("the server refuses to answer us ({status})"),
    phrase("the server knows no such address ({status})"),
    phrase("the server sends nothing ({status})"),
    phrase("the server says that nothing has changed, though it was not asked that ({status})"),
    phrase("the server says that the feed is gone for good ({status})"),
    phrase("the server asks for fewer requests ({status})"),
    phrase("the server redirects without saying where ({status})"),
    phrase("the server cannot answer now ({status})"),
    phrase("the server answered oddly ({status})"),
    phrase("more than {number} redirects"),
    phrase("larger than {size}, which is all that is read (fetch.{setting} in config.toml)"),
    phrase("takes longer than {number} seconds to parse"),
    phrase("text of {number} characters; the limit is {limit}"),
    phrase("the list has more than {number} feeds"),
    phrase("the list is larger than {number} MB; cut it into several"),
    phrase("only http and https addresses are read, not {scheme}"),
    phrase("the list is not XML: {reason}"),
    phrase("expected OPML, found XML that begins with {reason}"),
)
#: The same with a number on which the words depend, singular and plural.
COUNTED = (
    ("once: {problem}", "{count} times in a row: {problem}"),
    ("failed for {count} day: {problem}", "failed for {count} days: {problem}"),
    ("{problem}, on {count} day", "{problem}, on {count} days"),
    ("{count} minute", "{count} minutes"),
    ("{count} hour", "{count} hours"),
    ("{count} day", "{count} days"),
)
_TOLD_TOO = ("problem", "found", "wall", "span", "language")
_NUMBER = r"\d[\d,]{0,20}"
# What a place may hold, where that is not just anything.
_PLACES = {"number": _NUMBER, "limit": _NUMBER, "count": _NUMBER, "status": r"\d{3}"}
# How deep one sentence may stand in another.
_DEEPEST = 4


def say_trouble(tongue: Tongue, trouble: str) -> str:
    """A reason as the engine gives it, in a language; in English, and where it is unknown, as it is."""
    return trouble if tongue is ENGLISH else _say(tongue, trouble, _DEEPEST)


def _say(tongue: Tongue, trouble: str, depth: int) -> str:
    if trouble in _PLAIN:
        return tongue.say(trouble)
    if depth == 0:
        return trouble
    for pattern, one, many in _patterns():
        if (match := pattern.fullmatch(trouble)) is None:
            continue
        values = {name: _tell(tongue, name, found, depth) for name, found in match.groupdict().items()}
        if one is None:
            return tongue.say(many, **values)
        values.pop("count", None)
        return tongue.say_count(one, many, _count(match.groupdict().get("count", "1")), **values)
    return trouble


def _tell(tongue: Tongue, name: str, found: str, depth: int) -> str:
    """What stands in a place."""
    if name in _TOLD_TOO:
        return _say(tongue, found, depth - 1)
    return tongue.number(_count(found)) if name in ("number", "limit") else found


def _count(digits: str) -> int:
    return int(digits.replace(",", ""))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str | None, str], ...]:
    """Each sentence with places: its pattern, its singular where it is counted, and itself."""
    counted = [(_pattern(text), one, many) for one, many in COUNTED for text in (one, many)]
    return (*counted, *((_pattern(text), None, text) for text in _SHAPED))


def _pattern(template: str) -> re.Pattern[str]:
    parts = (
        re.escape(words) + (f"(?P<{name}>{_PLACES.get(name, '.+')})" if name else "")
        for words, name, _, _ in Formatter().parse(template)
    )
    return re.compile("".join(parts), re.DOTALL)

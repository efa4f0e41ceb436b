"""The program's own words in other languages: what readers see beside the words of articles, which stay as they are.

English stands in the code and is the key; `<language>.toml` beside this file holds what another language says instead,
with the plural forms that it needs. A key that a language lacks is said in English: better understood late than not
at all, and a test lets no such gap through. Codes are Discord's ("es-419"); a catalogue may rest on another one.

Like the rules, the catalogues are data of the package and are read once.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Any

from digests.tongues.plurals import category

#: Every language that is spoken, English first, each with its own name for itself.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "de": "Deutsch",
        "fr": "Français",
        "es-ES": "Español",
        "es-419": "Español (Latinoamérica)",
        "ar": "العربية",
        "uk": "Українська",
    }
)
#: Isolates a run of another direction (Unicode Bidirectional Algorithm, "First Strong Isolate" and its end).
_ISOLATE, _END = "\u2068", "\u2069"
# What Discord shows as words of its own: times, channels, roles and members.
_MARKUP = re.compile(r"<[^<>\s]{1,40}>")
# A command as sentences name it ("/subscriptions list", "/digest"), and an option ("`since`", "off:true").
_COMMAND = re.compile(r"(?<![\w/<])/(?P<name>[a-z]{2,20})(?: (?P<sub>[a-z]{2,20}))?")
_OPTION = re.compile(r"`(?P<name>[a-z]{2,20})`|(?<![\w/])(?P<given>[a-z]{2,20}):(?=true\b|\{)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language. `texts` and `plurals` are keyed by the English words, plurals by their plural form.

    `commands` and `options` are the names that Discord shows for those of `bot.cogs`, by the stored English one;
    `choices` are names of an option's choices. `months` stand in a date, `months_alone` without a day.
    """

    code: str
    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    months_short: tuple[str, ...]
    thousands: str = ","
    is_rtl: bool = False

    def say(self, text: str, /, **values: object) -> str:
        """`text` in this language with its places filled; the key itself where there is no translation."""
        return self._fill(self._named(self.texts.get(text, text)), values)

    def say_count(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The form that `count` asks for, with `{count}` and the other places filled."""
        forms = self.plurals.get(many)
        text = (one if count == 1 else many) if forms is None else forms[category(self.code, count)]
        return self._fill(self._named(text), {"count": self.number(count), **values})

    def all_of(self, words: Sequence[str]) -> str:
        """ "one, two and three"."""
        return _listed(self.say(" and "), words)

    def any_of(self, words: Sequence[str]) -> str:
        """ "one, two or three"."""
        return _listed(self.say(" or "), words)

    def number(self, number: int) -> str:
        """Digits with the language's own mark between thousands."""
        return f"{number:,}".replace(",", self.thousands)

    def country(self, code: str | None, name: str) -> str:
        """A country's name by its code; `name` is the English one."""
        return self.countries.get(code or "", name)

    def isolate(self, text: str) -> str:
        """`text` closed off where it runs against this language's direction, so that the words around it stay put."""
        if not self.is_rtl or "\n" in text:
            return text
        if not any(unicodedata.bidirectional(char) == "L" for char in _MARKUP.sub("", text)):
            return text
        return f"{_ISOLATE}{text}{_END}"

    def option(self, name: str) -> str:
        """An option's name, as Discord shows it."""
        return self.options.get(name, name)

    def command(self, name: str) -> str:
        """A command's name with its group, as Discord shows it: "subscriptions list"."""
        head, _, sub = name.partition(" ")
        shown = self.commands.get(head, head)
        return f"{shown} {self.commands.get(name, sub)}" if sub else shown

    def _named(self, text: str) -> str:
        """Commands and options by the names that Discord shows in this language."""
        if not self.commands:
            return text
        return _OPTION.sub(self._option, _COMMAND.sub(self._command, text))

    def _command(self, match: re.Match[str]) -> str:
        name, sub = match["name"], match["sub"]
        if name not in self.commands:
            return match[0]
        if sub is None:
            return f"/{self.command(name)}"
        if f"{name} {sub}" in self.commands:
            return f"/{self.command(f'{name} {sub}')}"
        return f"/{self.command(name)} {sub}"

    def _option(self, match: re.Match[str]) -> str:
        name = match["name"] or match["given"]
        shown = self.option(name)
        return f"`{shown}`" if match["name"] else f"{shown}:"

    def _fill(self, text: str, values: Mapping[str, object]) -> str:
        if not values:
            return text
        return text.format(**{name: self.isolate(str(value)) for name, value in values.items()})


def _listed(last: str, words: Sequence[str]) -> str:
    """`words` with commas between them, and `last` before the last one."""
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def phrase(text: str) -> str:
    """Marks words that are said later, so that the test which holds the catalogues complete finds them."""
    return text


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ENGLISH = Tongue(
    code="en", months=_MONTHS, months_alone=_MONTHS, months_short=tuple(name[:3] for name in _MONTHS)
)


def tongue_of(code: str | None) -> Tongue:
    """The language of a code, also of a variety of it that is not kept apart ("en-GB"); English for any other."""
    if code in LANGUAGES:
        return _load(code)
    head = (code or "").partition("-")[0]
    return _load(head) if head in LANGUAGES else ENGLISH


@functools.cache
def _load(code: str) -> Tongue:
    if code == "en":
        return ENGLISH
    data = read_catalogue(code)
    base = data.pop("rests_on", None)
    if base is not None:
        data = _merged(read_catalogue(base), data)
    lists = {key: tuple(data[key]) for key in ("months", "months_alone", "months_short")}
    return Tongue(**{**data, **lists, "code": code})


def read_catalogue(code: str) -> dict[str, Any]:
    """A language's file as it stands."""
    file = resources.files("digests.tongues") / f"{code}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with what `more` says otherwise."""
    found = dict(base)
    for key, value in more.items():
        known = found.get(key)
        found[key] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
    return found


__all__ = ["ENGLISH", "LANGUAGES", "Tongue", "phrase", "read_catalogue", "tongue_of"]

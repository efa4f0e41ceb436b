"""robots.txt: which pages of a site a program may read (RFC 9309). Pure: text in, rules out.

The standard library's reader knows neither `*` inside a path nor that the longest rule counts; most news sites use
both. Matching is linear in the length of the path, whatever a site writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

# Bytes that are read (RFC 9309, 2.5: at least 500 KiB), rules that are kept, and characters of one.
MAX_BYTES = 512_000
_MAX_RULES = 5_000
_MAX_PATTERN = 1_000
# Seconds between two pages that a site may ask for; more would hold up all other sources.
_MAX_DELAY = 2.0

_DELAY = re.compile(r"\d{1,6}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for us: (pattern, allowed) in the file's order, and the pause that it asks for."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_seconds: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path with its query may be read: the longest rule that matches decides, in doubt the friendlier."""
        path = _normal(path or "/")
        if path == "/robots.txt":
            return True
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)]
        return max(matching, default=(0, True))[1]


ALL_ALLOWED = Robots()
ALL_REFUSED = Robots(rules=(("/", False),))


def parse_robots(text: str, *, agent: str) -> Robots:
    """The rules for a program: those of the groups that name it, else those for all (`*`); never raises.

    Args:
        text: The file; broken lines are passed over.
        agent: The product token of our User-Agent ("sitrep").
    """
    named: list[tuple[str, str]] = []
    common: list[tuple[str, str]] = []
    is_named = False
    into: list[list[tuple[str, str]]] = []
    in_agents = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not in_agents:
                into = []
            in_agents = True
            if value == "*":
                into.append(common)
            elif value.split("/")[0].strip().lower() == agent.lower():
                is_named = True
                into.append(named)
        elif key in ("allow", "disallow", "crawl-delay"):
            in_agents = False
            for group in into:
                group.append((key, value))
    return _make_robots(named if is_named else common)


def _make_robots(lines: list[tuple[str, str]]) -> Robots:
    rules = [
        (_normal(value), key == "allow")
        for key, value in lines
        if key != "crawl-delay" and value.startswith(("/", "*")) and len(value) <= _MAX_PATTERN
    ]
    delays = [float(value) for key, value in lines if key == "crawl-delay" and _DELAY.fullmatch(value)]
    return Robots(tuple(rules[:_MAX_RULES]), min(max(delays, default=0.0), _MAX_DELAY))


def _normal(path: str) -> str:
    """One spelling for each path, so that an escaped rule and a plain one are the same."""
    return quote(unquote(path, errors="replace"), safe="/?&=*$:@!'(),;+~%")


def _matches(pattern: str, path: str) -> bool:
    """`*` stands for anything, `$` at the end for the end; otherwise a rule is a beginning."""
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not is_whole or path == first
    at = len(first)
    *middle, last = others
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if is_whole:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0

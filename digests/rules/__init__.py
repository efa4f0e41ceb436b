"""Rules and lexicons as data: one TOML file per family, read once, compiled, fingerprinted.

A file holds `[words]` (lists used as `{placeholders}` in patterns), `[meaning]` (word to value) and `[[rule]]`
(a pattern, what it yields, examples that must match and near misses that must not). `README.md` beside the
files says how to write one.
"""

from __future__ import annotations

import functools
import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from digests.errors import RulesError
from digests.rules.alternation import alternation
from digests.rules.needs import Needs
from digests.types import Span

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_RULE_KEYS = {"id", "pattern", "examples", "not_examples", "drop", "note", "case"}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One pattern with what it yields (all keys of the TOML table that the loader does not know itself).

    `source` is the pattern with all lists in it, `needs` what the words of a text tell of whether it may match there at
    all. Half of all rules are never asked in reading one article, so a pattern is compiled when it is first asked for
    (and kept in the rule, which therefore has no slots).
    """

    file: str
    id: str
    source: str
    flags: re.RegexFlag
    needs: Needs = field(repr=False, compare=False)
    drop: bool = False
    yields: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[Mapping[str, Any], ...] = ()
    not_examples: tuple[str, ...] = ()

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern. Raises RulesError where it does not compile."""
        try:
            return _compiled(self.source, self.flags)
        except re.error as exc:
            raise RulesError(self.file, self.id, f"pattern does not compile: {exc}") from exc


@functools.cache
def _compiled(source: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """The interpreter's own memory of patterns is too short for all rules."""
    return re.compile(source, flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One family: `words` by name, `meaning` by name (a table of word to value), rules in order of precedence."""

    family: str
    words: Mapping[str, tuple[str, ...]]
    meaning: Mapping[str, Mapping[str, Any]]
    rules: tuple[Rule, ...]

    def alternation(self, name: str) -> str:
        """The words of a list as one regular expression group, longest first. Raises KeyError."""
        return alternation(self.words[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule's match in a text."""

    rule: Rule
    span: Span
    found: re.Match[str]


@functools.cache
def load_rules(family: str) -> RuleSet:
    """Load `digests/rules/<family>.toml`.

    Raises:
        RulesError: The file is missing or malformed; names file and rule.
    """
    file = f"{family}.toml"
    try:
        text = resources.files(__name__).joinpath(file).read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise RulesError(file, "", "no such rule file") from exc
    return parse_rules(family, text)


@functools.cache
def pattern_yielding(family: str, key: str) -> re.Pattern[str]:
    """The pattern of the first rule of a family that yields something under a key. Raises RulesError, StopIteration."""
    return next(rule.pattern for rule in load_rules(family).rules if rule.yields.get(key))


def parse_rules(family: str, text: str) -> RuleSet:
    """The rules in the text of a rule file. Raises RulesError with file and rule."""
    file = f"{family}.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise RulesError(file, "", str(exc)) from exc
    words = {name: tuple(entries) for name, entries in data.get("words", {}).items()}
    fragments = dict(data.get("patterns", {}))
    rules: list[Rule] = []
    seen: set[str] = set()
    for number, table in enumerate(data.get("rule", []), start=1):
        rule = _read_rule(file, number, table, words, fragments)
        if rule.id in seen:
            raise RulesError(file, rule.id, "id is used twice")
        seen.add(rule.id)
        rules.append(rule)
    return RuleSet(family=family, words=words, meaning=data.get("meaning", {}), rules=tuple(rules))


def _read_rule(
    file: str,
    number: int,
    table: dict[str, Any],
    words: Mapping[str, tuple[str, ...]],
    fragments: dict[str, str],
) -> Rule:
    name = str(table.get("id", f"rule {number}"))
    if "id" not in table or "pattern" not in table:
        raise RulesError(file, name, "expected the keys 'id' and 'pattern'")
    flags = re.NOFLAG if table.get("case") else re.IGNORECASE
    source = expand(file, name, table["pattern"], words, fragments)
    return Rule(
        file=file,
        id=name,
        source=source,
        flags=flags,
        needs=Needs(source, flags),
        drop=bool(table.get("drop", False)),
        yields={key: value for key, value in table.items() if key not in _RULE_KEYS},
        examples=tuple({"text": e} if isinstance(e, str) else e for e in table.get("examples", [])),
        not_examples=tuple(table.get("not_examples", [])),
    )


def expand(
    file: str, rule: str, pattern: str, words: Mapping[str, tuple[str, ...]], fragments: Mapping[str, str]
) -> str:
    """Replace `{name}` by the alternation of a word list or by a named fragment of `[patterns]`.

    Fragments may name lists and other fragments, up to eight levels deep. Quantifiers like `{0,3}` are left alone.
    """

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in words:
            return alternation(words[name])
        if name in fragments:
            return f"(?:{fragments[name]})"
        raise RulesError(file, rule, f"unknown placeholder {{{name}}}")

    for _ in range(8):
        expanded = _PLACEHOLDER.sub(replace, pattern)
        if expanded == pattern:
            return expanded
        pattern = expanded
    raise RulesError(file, rule, "placeholders nest deeper than eight levels")


def find_matches(
    rules: RuleSet, text: str, words: Collection[str], *, start: int = 0, end: int | None = None
) -> tuple[Match, ...]:
    """All rule matches between two offsets of a text of these plain words (`Needs.are_met_by`), settled, in order.

    Where matches overlap the longest wins, then the earlier rule. Rules with `drop` claim their span and yield
    nothing.
    """
    stop = len(text) if end is None else end
    candidates = [
        (Span(start=found.start(), end=found.end()), order, rule, found)
        for order, rule in enumerate(rules.rules)
        if rule.needs.are_met_by(words)
        for found in rule.pattern.finditer(text, start, stop)
        if found.end() > found.start()
    ]
    candidates.sort(key=lambda c: (c[0].start - c[0].end, c[1], c[0].start))
    taken: list[Span] = []
    settled: list[Match] = []
    for span, _, rule, found in candidates:
        if any(span.meets(other) for other in taken):
            continue
        taken.append(span)
        if not rule.drop:
            settled.append(Match(rule=rule, span=span, found=found))
    return tuple(sorted(settled, key=lambda match: match.span.start))


def data_lines(file: str) -> Iterator[tuple[str, ...]]:
    """The rows of a tab-separated data file beside the rules; lines that start with '#' are comments."""
    text = resources.files(__name__).joinpath(file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


@functools.cache
def fingerprint() -> str:
    """A hash over all data files: articles read with another one are read again."""
    digest = hashlib.sha256()
    for entry in sorted(resources.files(__name__).iterdir(), key=lambda item: item.name):
        if entry.name.endswith((".toml", ".tsv", ".json")):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]

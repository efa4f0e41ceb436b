"""Word lists as tree-shaped expressions find what a plain alternation, the longest first, would find."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from digests.rules import load_rules
from digests.rules.alternation import alternation

FAMILIES = sorted(
    entry.name.removesuffix(".toml")
    for entry in resources.files("digests.rules").iterdir()
    if entry.name.endswith(".toml")
)


def plain(entries: tuple[str, ...]) -> str:
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in ordered) + ")"


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (("at", "at least", "at most"), "at  least at", ["at  least", "at"]),
        (("boat", "boats", "bo"), "boats boat bo b", ["boats", "boat", "bo"]),
        (("Corps", "corps of guards"), "a corps of guards, the Corps", ["corps of guards", "Corps"]),
        (("a.b", "a+"), "a.b a+ ab", ["a.b", "a+"]),
        ((), "x", ["", ""]),
    ],
)
def test_the_longest_entry_is_found(entries: tuple[str, ...], text: str, expected: list[str]) -> None:
    """Also where entries begin alike, part by case alone, or hold marks that mean something in expressions."""
    assert expected == re.findall(alternation(entries), text, re.IGNORECASE)


def test_a_blank_may_stand_for_itself() -> None:
    """What a blank matches is the caller's choice."""
    assert ["in jail"] == re.findall(alternation(["in jail"], space=" "), "in jail, in  jail")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_list_of_the_rules_finds_the_same(family: str) -> None:
    """Whole words and parts of words, as they are written and in capitals."""
    for entries in load_rules(family).words.values():
        listed = [entry for entry in entries if isinstance(entry, str)]
        text = " ".join(f"{one} {one.upper()}  {one[:3]}x{one}." for one in listed)
        for edge in ("", r"\b"):
            tree, flat = (f"{edge}{shape(tuple(listed))}{edge}" for shape in (alternation, plain))
            expected = [found.span() for found in re.finditer(flat, text, re.IGNORECASE)]
            assert expected == [found.span() for found in re.finditer(tree, text, re.IGNORECASE)]

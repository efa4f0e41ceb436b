"""What a pattern needs: words without which it cannot match, worked out from the pattern itself."""

from __future__ import annotations

import re

import pytest

from digests.rules import load_rules, needs
from digests.rules.alternation import alternation
from digests.rules.needs import Needs

FAMILIES = ("accounts", "casualties", "causes", "claims", "counts", "dates", "denials", "unreal")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Needs are worked out when first asked for."""
    monkeypatch.setattr(needs, "_WORTH", 0)


def plain(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower())


def may_match(pattern: str, text: str) -> bool:
    return Needs(pattern, re.IGNORECASE).are_met_by(plain(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bblamed (?:on|by)\b", "The crew blamed nobody."),
        (r"\bblamed (?:on|by)\b", "It was put on the crew."),
        (r"\b(?:caused|sparked) by\b", "Rain caused it."),
        (r"\bcaused(?: \w+){0,3} by\b", "Rain caused it."),
        (r"\b(?:the )?past (?:two|three) weeks\b", "In past weeks nine died."),
        (r"\bfires?(?!\w)", "They were fired."),
        (r"\bcaf[eé] owner\b", "The owner left."),
    ],
)
def test_without_its_words_a_pattern_cannot_match(pattern: str, text: str) -> None:
    """A word that every match holds is missing: `by` behind `caused`, `two` or `three` before `weeks`."""
    assert not may_match(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bblamed (?:on|by)\b", "Blamed by all"),
        (r"\bcaused(?: \w+){0,3} by\b", "caused in part by rain"),
        (r"\b(?:the )?past weeks?\b", "In past weeks"),
        (r"burn", "the burning house"),
        (r"\bburn\w*", "the burning house"),
        (r"\bburn(?:t|ed|ing)?(?!\w)", "the burning house"),
        (r"\b[yt]esterday\b", "Yesterday"),
        (r"\b[a-z]esterday\b", "Yesterday"),
        (r"\b\d+(?:st|th)? floor", "the 4th floor"),
        (r"\b(?:said|(?:\w+ )*told)\b", "he told"),
        (r"(?<=[\w,]) (?:was|were) (?!not )hit\b", "he was hit"),
        (r"\bcaf[eé] owner\b", "the café owner"),
        (r"^on(?:-| )board$", "on-board"),
        (r"(?P<who>he|she) (?:said|(?P=who) told)\b", "he he told"),
    ],
)
def test_a_text_that_matches_has_the_words(pattern: str, text: str) -> None:
    """Nothing is needed that a match can do without: half words, classes, repeated and optional parts."""
    assert re.search(pattern, text, re.IGNORECASE)
    assert may_match(pattern, text)


def test_a_pattern_without_certain_words_needs_none() -> None:
    """A pattern that may match any text is never turned away."""
    assert Needs(r"\w+ \d+", re.NOFLAG).are_met_by([])


def test_many_ways_are_taken_together() -> None:
    """A pattern with hundreds of ways keeps what all of them need."""
    verbs = [f"{a}{b} {c}" for a in "abcdefghij" for b in "klmnopqr" for c in ("up", "down")]
    pattern = rf"\b{alternation(verbs)} the (?:gate|door)\b"
    assert may_match(pattern, "they ak up the gate")
    assert not may_match(pattern, "they ak up the road")
    assert not may_match(pattern, "they sit up the gate")


@pytest.mark.parametrize("family", FAMILIES)
def test_no_rule_loses_one_of_its_examples(family: str) -> None:
    """Where a rule matches one of its own examples or near misses, their words meet what it needs."""
    for rule in load_rules(family).rules:
        needed = Needs(rule.source, rule.flags)
        for text in (*(example["text"] for example in rule.examples), *rule.not_examples):
            if rule.pattern.search(text):
                assert needed.are_met_by(plain(text)), (rule.id, text)


def test_a_pattern_is_searched_until_its_needs_are_worth_working_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first texts are not turned away: a rule that is hardly asked costs no more than its searches."""
    monkeypatch.setattr(needs, "_WORTH", 2)
    one = Needs(r"\bflood\b", re.NOFLAG)
    assert [True, True, False] == [one.are_met_by(["fire"]) for _ in range(3)]

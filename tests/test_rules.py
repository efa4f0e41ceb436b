"""Every rule matches its examples and none of its near misses; every family loads."""

from collections import Counter
from importlib import resources

import pytest

from digests.errors import RulesError
from digests.rules import Rule, load_rules, parse_rules
from digests.text.document import fold

FAMILIES = sorted(
    entry.name.removesuffix(".toml")
    for entry in resources.files("digests.rules").iterdir()
    if entry.name.endswith(".toml")
)
RULES = [pytest.param(rule, id=rule.id) for family in FAMILIES for rule in load_rules(family).rules]


@pytest.mark.parametrize("rule", RULES)
def test_rule_matches_its_examples_and_no_near_miss(rule: Rule) -> None:
    """The examples in the data file are the specification of the pattern."""
    assert rule.examples, f"{rule.id} has no example"
    for example in rule.examples:
        assert rule.pattern.search(fold(str(example["text"]))), (rule.id, example["text"])
    for text in rule.not_examples:
        assert not rule.pattern.search(fold(text)), (rule.id, text)


@pytest.mark.parametrize("family", FAMILIES)
def test_word_lists_hold_no_entry_twice(family: str) -> None:
    """A word added again is one that somebody did not find in its list."""
    repeated = {
        name: [word for word, number in Counter(entries).items() if number > 1]
        for name, entries in load_rules(family).words.items()
        if len(set(entries)) < len(entries)
    }
    assert {} == repeated


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[rule]]\npattern = 'x'", "expected the keys"),
        ("[[rule]]\nid = 'a'\npattern = '('", "does not compile"),
        ("[[rule]]\nid = 'a'\npattern = '{nothing}'", "unknown placeholder"),
        ("[[rule]]\nid = 'a'\npattern = 'x'\n[[rule]]\nid = 'a'\npattern = 'y'", "id is used twice"),
        ("rule = ", "broken.toml"),
    ],
)
def test_broken_file_names_file_and_rule(text: str, problem: str) -> None:
    """Whoever edits a rule file is told where it is wrong, at the latest when a pattern is first asked for."""
    with pytest.raises(RulesError, match=problem) as info:
        _ = [rule.pattern for rule in parse_rules("broken", text).rules]
    assert info.value.file == "broken.toml"

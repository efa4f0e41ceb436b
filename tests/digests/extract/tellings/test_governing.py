"""Which trigger of a sentence governs the words at one place."""

import pytest

from digests.extract.tellings.governing import governor
from digests.extract.tellings.triggers import Promise, find_triggers, promise_of, tokens
from digests.text.document import only_letters, plain_words
from digests.types import Span


def _governs(text: str, at: str, triggers: tuple[str, ...]) -> str | None:
    """The trigger word that governs the first token of `at`."""
    words = tokens(text, 0, len(text))
    spots = [(i, i) for i, word in enumerate(words.lows) if word in triggers]
    start = text.index(at)
    chosen = governor(words.lows, spots, next(i for i, at in enumerate(words.starts) if at >= start))
    return None if chosen is None else words.lows[spots[chosen][0]]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("The raid killed nine people after a siege.", "nine", "raid"),
        ("Nine people were killed in a raid.", "Nine", "raid"),
        ("The siege was a response to a raid that killed nine.", "nine", "raid"),
        ("The siege, which followed a raid in May, killed nine.", "nine", "siege"),
        ("The siege came two days after a raid. Nine", "Nine", "siege"),
        ("Nine were killed in the siege, in retaliation for a raid.", "Nine", "siege"),
        ("The siege killed six, hours after a raid in which nine died.", "nine", "raid"),
        ("A day after a raid killed six, nine died in a siege.", "six", "raid"),
        ("A day after a raid killed six, nine died.", "nine", None),
        ("Nobody was counted: nine.", "nine", None),
        ("It was the worst raid since a siege in 2011; nine died.", "nine", "raid"),
        ("The worst raid since a siege that killed nine in 2011 began at dawn.", "nine", "siege"),
        ("It was the worst raid since rebels killed nine in 2011.", "nine", None),
        ("It was the worst raid since a siege in 2011, killing nine.", "nine", "siege"),
        ("Since the raid began on Monday nine have died.", "nine", "raid"),
        ("In a siege nine died in the south, the clinic said, with a raid cutting roads.", "nine", "siege"),
        ("In the siege nine died in Orvalle, a town hit in a raid last week.", "nine", "siege"),
        ("In the siege, nine died in Orvalle, Kelm, in a swift, sudden raid.", "nine", "raid"),
    ],
)
def test_clause_decides(text: str, at: str, expected: str | None) -> None:
    """Subjects and relative clauses look left, "killed in" looks right, an insert is stepped over."""
    assert expected == _governs(text, at, ("raid", "siege"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A car bomb went off near a suicide bomber.", ["bombing", "explosion", "suicide bombing"]),
        ("They struck a deal over the ceasefire.", []),
        ("The general strike began.", []),
        ("AN AIR RAID HIT THE PORT.", ["airstrike"]),
    ],
)
def test_longest_phrase_is_the_trigger(text: str, kinds: list[str]) -> None:
    """Phrases win over their words, standing phrases claim theirs."""
    found = find_triggers(tokens(text, 0, len(text)).lows)
    assert kinds == [trigger.kind for trigger in found]
    assert (
        not kinds
        or promise_of(plain_words(only_letters(text.lower()), Span(start=0, end=len(text))))
        is not Promise.NOTHING
    )

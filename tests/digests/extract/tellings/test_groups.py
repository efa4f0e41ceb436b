"""One list of armed groups serves those who act and those who speak."""

from __future__ import annotations

import pytest

from digests.extract.speakers.roles import find_entries
from digests.extract.speakers.roles import plain as plain_word
from digests.extract.tellings.triggers import lexicon, tokens
from digests.rules import load_rules
from digests.types import ActorKind

NAMES = load_rules("groups").words["armed"]


@pytest.mark.parametrize("name", NAMES)
def test_a_listed_group_may_act_and_may_speak(name: str) -> None:
    """A group that acts is known as a speaker too: an armed group, or the government it has become."""
    parts = tuple(tokens(name, 0, len(name)).lows)
    assert parts in lexicon().groups[parts[0]]
    (entry,) = find_entries([plain_word(word) for word in name.split()])
    assert entry.kind in (ActorKind.ARMED_GROUP, ActorKind.OFFICIAL)


def test_an_armed_body_of_a_state_speaks_for_the_state() -> None:
    (entry,) = find_entries(["revolutionary", "guards"])
    assert entry.kind is ActorKind.OFFICIAL


def test_other_names_lead_to_a_listed_one() -> None:
    """What a name is compared by is itself the usual name, not one more alias."""
    same = load_rules("groups").meaning["same"]
    assert [name for name in same.values() if name in same] == []

"""What is held in memory: the last things that were asked for, no more."""

from __future__ import annotations

import pytest

from digests.recent import Recent


def held(*asked: str, most: int = 2) -> tuple[int, ...]:
    """What is left of "a", "b" (1, 2) and then "c" (3), when some were asked for in between."""
    recent: Recent[str, int] = Recent(most)
    recent["a"], recent["b"] = 1, 2
    for key in asked:
        assert recent[key]
    recent["c"] = 3
    assert most == len(recent)
    return recent.values()


@pytest.mark.parametrize(("asked", "expected"), [((), (2, 3)), (("a",), (1, 3)), (("a", "b"), (2, 3))])
def test_what_nobody_asked_for_goes_first(asked: tuple[str, ...], expected: tuple[int, ...]) -> None:
    """Asking keeps a thing; of two, the one asked for longer ago goes."""
    assert expected == held(*asked)


def test_a_thing_kept_again_is_held_once() -> None:
    """A new value takes the place of the old one, and counts as asked for."""
    recent: Recent[str, int] = Recent(2)
    recent["a"], recent["b"] = 1, 2
    recent["a"] = 4
    assert (2, 4) == recent.values()
    assert 2 == recent.drop_oldest()
    assert "a" in recent
    assert "b" not in recent

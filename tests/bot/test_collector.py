"""The collector within the bot: what stays is put aside, circles are freed all the same."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot import collector
from bot.collector import calm_collector


class Plain:
    """Something that nothing holds but its owner."""


class Knot:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Nothing of it is left for other tests."""
    callbacks, threshold = list(gc.callbacks), gc.get_threshold()
    yield
    assert callbacks == gc.callbacks
    assert threshold == gc.get_threshold()
    assert 0 == gc.get_freeze_count()


def test_what_stays_is_not_walked_again() -> None:
    """After a full collection nothing is left to look at but what is new."""
    with calm_collector():
        kept = [Knot() for _ in range(1_000)]
        gc.collect()
        assert gc.get_freeze_count() > len(kept)
        assert len(gc.get_objects()) < len(kept)


def test_what_is_let_go_of_is_freed_also_when_it_was_put_aside() -> None:
    """Values without circles, as cards are: the collector has no part in it."""
    with calm_collector():
        kept = {"a": Plain()}
        gc.collect()
        watch = weakref.ref(kept["a"])
        del kept["a"]
        assert watch() is None


def test_new_circles_are_freed_at_once() -> None:
    """As without it."""
    with calm_collector():
        watch = weakref.ref(Knot())
        gc.collect()
        assert watch() is None


def test_old_circles_are_freed_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was put aside alive and died later is found by the collection that looks at everything."""
    monkeypatch.setattr(collector, "ALL_AGAIN", 3)
    with calm_collector():
        knot = Knot()
        watch = weakref.ref(knot)
        gc.collect()
        del knot
        gc.collect()
        assert watch() is not None
        gc.collect()
        gc.collect()
        assert watch() is None

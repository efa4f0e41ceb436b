"""Values that are made often are ordinary frozen dataclasses to everybody who uses them."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from digests.types import Bounds, Span
from digests.values import made_often


def test_a_value_made_often_stays_a_frozen_dataclass() -> None:
    """Equality, hash, copies with a change and pickles work; setting a field does not."""
    span = Span(start=3, end=8)
    assert span == Span(start=3, end=8)
    assert hash(span) == hash(Span(start=3, end=8))
    assert Span(start=3, end=9) == dataclasses.replace(span, end=9)
    assert span == pickle.loads(pickle.dumps(span))
    with pytest.raises(dataclasses.FrozenInstanceError):
        span.start = 4  # type: ignore[misc]


def test_defaults_and_keywords_hold() -> None:
    """A field with a default may be left out, another one not, and none goes by its place."""
    assert Bounds(low=1, high=None).approximate is False
    with pytest.raises(
        TypeError, match=r"Bounds\.__init__\(\) missing 1 required keyword-only argument: 'high'"
    ):
        Bounds(low=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Bounds(1, 2)  # type: ignore[call-arg, misc]


def test_a_default_factory_is_refused() -> None:
    """What the fast method cannot do is said when the class is made, with its field."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Listed:
        items: list[int] = dataclasses.field(default_factory=list)

    with pytest.raises(TypeError, match=r"Listed\.items: expected a plain default"):
        made_often(Listed)

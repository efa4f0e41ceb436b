"""Copies are told from look-alikes: the figures that are asked for, over made pairs of fifteen kinds."""

from __future__ import annotations

import pytest

from tests.eval.copies import KINDS, LEAST_PRECISION, LEAST_RECALL, PAIRS_OF_A_KIND, SEED, make_pairs, score


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_copies_and_look_alikes(seed: int) -> None:
    """Four hundred and fifty pairs a seed; no kind of copy is missed as a kind."""
    pairs = make_pairs(seed)
    assert len(pairs) == PAIRS_OF_A_KIND * len(KINDS) >= 300
    got = score(pairs)
    assert got.precision >= LEAST_PRECISION, got
    assert got.recall >= LEAST_RECALL, got
    for kind, (found, total) in got.by_kind.items():
        if KINDS[kind][1]:
            assert found >= 0.8 * total, kind


def test_pairs_are_made_the_same_each_time() -> None:
    """A figure that cannot be repeated says nothing."""
    assert make_pairs() == make_pairs()
    assert make_pairs(1) != make_pairs(2)

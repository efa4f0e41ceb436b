"""How far a story's figures and accounts agree, in the few words above its card."""

from __future__ import annotations

import dataclasses

from digests.cards.standing import standing_of
from digests.types import Findings, Standing
from tests.digests.cards.ferry import FINDINGS


def test_each_state_stands_once_in_order() -> None:
    """Whatever the order of the findings."""
    turned = dataclasses.replace(
        FINDINGS,
        figure_groups=tuple(reversed(FINDINGS.figure_groups)),
        conflicts=tuple(reversed(FINDINGS.conflicts)),
    )
    standing = standing_of(FINDINGS)
    assert standing == standing_of(turned)
    assert standing.statuses == tuple(sorted(set(standing.statuses)))
    assert standing.conflicts


def test_the_background_does_not_count() -> None:
    """What is told of earlier incidents says nothing of how this story stands."""
    behind = tuple(dataclasses.replace(one, is_background=True) for one in FINDINGS.incidents)
    assert Standing() == standing_of(dataclasses.replace(FINDINGS, incidents=behind))
    assert Standing() == standing_of(Findings(story_id="s"))

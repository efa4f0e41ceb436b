"""The quality floors hold: on our own sets always, on the corpus and the public sets where they are there."""

from __future__ import annotations

import json

import pytest

from tests.eval import shared
from tests.eval.__main__ import FLOORS, falls, own_scores
from tests.eval.own import STORIES

NAMED = json.loads(FLOORS.read_text(encoding="utf-8"))


def test_own_sets_hold_their_floors() -> None:
    """What we once read right in our own sentences and stories stays right."""
    assert falls("own", own_scores()) == []


@pytest.mark.parametrize("name", STORIES)
def test_an_id_names_one_story(name: str) -> None:
    """A miss is told by its id."""
    rows = (FLOORS.parent / name).read_text(encoding="utf-8").splitlines()
    ids = [json.loads(row)["id"] for row in rows]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.slow
@pytest.mark.parametrize("scope", [scope for scope in NAMED if scope.startswith("corpus:")])
def test_corpus_holds_its_floors(scope: str) -> None:
    """The whole road, scored by the corpus' own script."""
    folder = shared.SHARED / "corpus" / scope.removeprefix("corpus:")
    if not (folder / "gold.json").exists():
        pytest.skip(f"{folder.name}: the corpus is not beside this checkout")
    assert falls(scope, shared.score_corpus(folder)) == []


@pytest.mark.long
@pytest.mark.parametrize(
    "scope", [scope for scope in NAMED if ":" in scope and not scope.startswith("corpus:")]
)
def test_public_set_holds_its_floors(scope: str) -> None:
    """Public annotated news, scored by its own script; minutes long, so only on request."""
    if not (shared.SHARED / "eval" / "score.py").exists():
        pytest.skip(f"{scope}: the public sets are not beside this checkout")
    assert falls(scope, shared.score_set(scope)) == []

"""Gists: what a statement comes to, and whether two wordings come to one."""

import pytest

from digests.analysis.statements.gists import find_gists
from tests.eval.speech import are_one


@pytest.mark.parametrize(
    ("cue", "words", "gists"),
    [
        ("urged", "both sides to stop fighting at once", {("gists.ceasefire", False)}),
        ("called for", "an immediate end to the violence", {("gists.ceasefire", False)}),
        ("said", "he would not resign", {("gists.resign", True)}),
        ("said", "the road to the mine was open", set()),
    ],
)
def test_find_gists(cue: str, words: str, gists: set[tuple[str, bool]]) -> None:
    """The verb and what is said are read together; a negation in front turns a gist round."""
    assert gists == {(gist.rule, gist.is_denied) for gist in find_gists(cue, words)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "Denmark called for an immediate end to the fighting on Friday.",
            "Denmark urged the two armies to lay down their weapons.",
            True,
        ),
        (
            "Mayor Ida Dahl condemned the raid on the market.",
            "Mayor Ida Dahl called the arrest of the traders outrageous.",
            False,
        ),
        (
            "Mayor Ida Dahl vowed to rebuild the wrecked bridge.",
            "“We will rebuild that bridge by spring,” Mayor Ida Dahl said.",
            True,
        ),
        (
            "Mayor Ida Dahl said that she would not resign.",
            "“The minister must resign,” Mayor Ida Dahl said.",
            False,
        ),
        (
            "Denmark condemned the raid on the market.",
            "A Danish foreign ministry spokesman said Copenhagen condemned the market raid in the strongest terms.",
            True,
        ),
    ],
)
def test_one_statement(one: str, other: str, same: bool) -> None:
    """One gist of one actor and day is one statement, but for a gist that needs an object and has another."""
    assert same == are_one({"reports": [one, other]})

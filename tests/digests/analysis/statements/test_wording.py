"""Wording: what two wordings of one thing are compared by."""

import pytest

from digests.analysis.statements.wording import find_words, one_wording, telling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the deployment of extra police", "additional officers would be deployed"),
        ("a withdrawal", "must be withdrawn"),
        ("his resignation", "to resign"),
        ("readiness for talks", "is ready to talk"),
        ("the dismissal of the mayor", "the mayor should be sacked"),
        ("fifty percent of the harvest", "half of the crops"),
        ("stay shut until Monday", "not reopen before Monday"),
        ("every warning", "the warnings"),
    ],
)
def test_one_thing_in_two_wordings(one: str, other: str) -> None:
    """Nouns for verbs, shares and words for one thing are compared by one root; small words tell nothing."""
    first, second = (telling(one_wording(find_words(words))) for words in (one, other))
    assert len(first & second) >= min(len(first), len(second))


@pytest.mark.parametrize(
    ("one", "other"), [("the clinic", "the market"), ("the crew", "the army"), ("a third", "a half")]
)
def test_two_things(one: str, other: str) -> None:
    """What differs stays apart."""
    first, second = (telling(one_wording(find_words(words))) for words in (one, other))
    assert first.isdisjoint(second)

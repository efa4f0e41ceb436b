"""Phrases of words, looked up where they begin."""

import pytest

from digests.text.phrases import Phrases

PHRASES = Phrases({"at": 1, "at least": 2, "at least as many": 3, "about": 4})


@pytest.mark.parametrize(
    ("words", "index", "found"),
    [
        ("at sea", 0, (1, 1)),
        ("at least ten", 0, (2, 2)),
        ("at least as many", 0, (3, 4)),
        ("at least as few", 0, (2, 2)),
        ("at least as", 0, (2, 2)),
        ("some about ten", 1, (4, 2)),
        ("least", 0, None),
        ("at", 1, None),
    ],
)
def test_longest_phrase_is_found(words: str, index: int, found: tuple[int, int] | None) -> None:
    """The longest phrase that begins at a word, and where it ends."""
    assert found == PHRASES.at(words.split(), index)


def test_phrases_are_told_by_their_words() -> None:
    """What stands alone, what follows a first word, and all phrases."""
    assert (1, None) == (PHRASES.alone("at"), PHRASES.alone("least"))
    assert (True, False) == (PHRASES.stands_alone("about"), PHRASES.stands_alone("least"))
    assert (frozenset({"least"}), frozenset()) == (PHRASES.followers("at"), PHRASES.followers("about"))
    assert {"at": 1, "at least": 2, "at least as many": 3, "about": 4} == {
        " ".join(words): value for words, value in PHRASES.items()
    }

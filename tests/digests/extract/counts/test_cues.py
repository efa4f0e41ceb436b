"""The cheap test in front of reading a sentence for victims."""

from __future__ import annotations

import pytest

from digests.extract.counts.lexicon import lexicon
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine miners were killed.", True),
        ("The toll is not known.", True),
        ("Four were pulled out of the mud.", True),
        ("Two boats ran out of fuel.", False),
        ("Some 900 people fled the country.", True),
        ("The country has 900 lakes.", False),
        ("A cook was taken to the clinic.", True),
        ("The clinic has two doctors.", False),
        ("The flood claimed six lives.", True),
        ("He spent his life at sea.", False),
        ("She suffered three wounds.", True),
        ("The navy freed nine hostages.", True),
        ("Nine are still in hospital.", True),
        ("The hospital in the valley has two wards.", False),
        ("Rescue teams rested by the road.", False),
        ("The rescue of 17 took hours.", True),
        ("Nobody was pulled out.", True),
        ("News came of the death of Jon Dahl.", True),
        ("The slide has claimed eight victims.", True),
    ],
)
def test_a_sentence_may_count_with_the_words_that_belong_together(text: str, expected: bool) -> None:
    """A word that counts only beside another opens no sentence without it."""
    (words,) = make_document("a", text).plain
    assert expected is lexicon().cues.may_count(words, text)

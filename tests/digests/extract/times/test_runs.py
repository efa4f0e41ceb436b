"""Which sentences may speak of time, seen from their plain words alone."""

from __future__ import annotations

import pytest

from digests.extract.times.runs import find_stretches, may_speak_of_time
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry left on Tuesday.", True),
        ("They met at seven o'clock.", True),
        ("They met at seven p.m. in Kolm.", True),
        ("Today's paper says so.", True),
        ("The mill was built in 1890.", True),
        ("It rained in the '90s.", True),
        ("The mayor opened a bridge.", False),
        ("Two of the three boats sank.", False),
    ],
)
def test_a_sentence_without_strong_words_holds_no_stretch(text: str, expected: bool) -> None:
    """The look at the plain words lets through all that the walk over the chunks finds."""
    document = make_document("a", text)
    (sentence,) = document.sentences
    assert expected is bool(find_stretches(document.folded, sentence))
    assert expected is may_speak_of_time(document.folded, sentence, document.plain[0])

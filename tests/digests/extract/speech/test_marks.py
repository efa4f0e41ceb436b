"""Quotation marks: what stands in quotes, whatever marks the outlet uses."""

import pytest

from digests.extract.speech.marks import find_marked
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We are here,” he said.", ["We are here"]),
        ('"We are here," he said.', ["We are here"]),
        ("«We are here», he said.", ["We are here"]),
        ("''We are here,'' he said.", ["We are here"]),
        ("'We are here,' he said.", ["We are here"]),
        ("”Death to the weeds” is its name.", ["Death to the weeds"]),
        ("He said “it's over” and “good-bye”.", ["it's over", "good-bye"]),
        ("“She told me ‘go’ and I went,” he said.", ["She told me ‘go’ and I went"]),
        ("The workers' tents and the owners' cars were moved.", []),
        ("It's the 1980s' best film, isn't it?", []),
        ("No marks here.", []),
        (
            'They left."It was late," he said. "We ran."A bus came."It was full."',
            ["It was late", "We ran.", "It was full."],
        ),
    ],
    ids=[
        "curly",
        "straight",
        "guillemets",
        "typewriter",
        "single",
        "wrong way",
        "two",
        "nested",
        "plurals",
        "contractions",
        "none",
        "glued",
    ],
)
def test_marks_of_all_kinds(text: str, inner: list[str]) -> None:
    """Every kind of mark is read; an apostrophe is none."""
    document = make_document("a", text)
    assert inner == [document.words(mark.inner) for mark in find_marked(document)]


def test_open_quotation_goes_on_in_the_next_paragraph() -> None:
    """A paragraph that opens with a mark again continues what the one before left open."""
    document = make_document("a", "He said: “We lost the bridge.\n\n“We got it back.”\n\nThe end.")
    first, second = find_marked(document)
    assert (False, False) == (first.is_closed, first.continues)
    assert (True, True) == (second.is_closed, second.continues)
    assert "We got it back." == document.words(second.inner)


def test_missing_closing_mark_ends_before_the_next_quotation() -> None:
    """A mark that is never closed takes no sentence that another quotation follows."""
    document = make_document("a", "“The road is shut. He left at noon. Then she said “Come back” twice.")
    assert "Come back" == document.words(find_marked(document)[-1].inner)

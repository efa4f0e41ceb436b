"""What stands in front of a sentence: credits, datelines, hours."""

import pytest

from digests.text.document import fold
from digests.text.heads import head_length, stamp_length


@pytest.mark.parametrize(
    ("head", "opens"),
    [
        ("BRUME, Low. (AP) — ", False),
        ("Brume (CNA)", False),
        ("Brume – ", True),
        ("(By Ana Reyes -- Coast Images) BRUME, June 3 -- ", True),
        ("(Photo: Ana Reyes) ", False),
        ("13:50 GMT - ", False),
        ("1350 ", False),
        ("(Ana Reyes/The Harbour) BRUME — ", True),
        ("(Southport Police Department) ", False),
    ],
)
def test_head_is_cut(head: str, *, opens: bool) -> None:
    """A credit, a dateline and an hour end where the sentence begins."""
    assert len(head) == head_length(fold(head + "Four people died in the flood."), opens=opens)


@pytest.mark.parametrize(
    "sentence",
    [
        "Alma – a port of the north – was flooded.",
        "The Monetary Fund (IMF) sent a team.",
        "The Northern League (NL) - which rules the port - agreed.",
        "Four people died.",
    ],
)
def test_what_belongs_to_a_sentence_stays(sentence: str) -> None:
    """Further down an aside between dashes is none, and an abbreviation in brackets never is."""
    assert 0 == head_length(fold(sentence), opens=False)


def test_nothing_is_left_behind_a_bare_head() -> None:
    """A head alone is no sentence, so it stays as it is."""
    assert 0 == head_length("BRUME (AP) - ", opens=True)


@pytest.mark.parametrize(
    ("sentence", "length"),
    [
        ("9th June 2025 - 8:26 The bridge is open.", 21),
        ("13:50 The bridge is open.", 0),
        ("On 9 June 2025 the bridge was opened.", 0),
    ],
)
def test_stamp_of_a_comment(sentence: str, length: int) -> None:
    """Day and hour together; an hour alone is a live page's."""
    assert length == stamp_length(sentence)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("Old Quay Falls Into Southport Harbour ", "A crane and six boats were lost when the quay fell."),
        ("Port declares state of alarm ", "The Harbour Master of Southport, Ana Reyes, has shut both quays."),
        ("", "Two boats carried hepatitis A vaccine and food to the port of Southport on Friday."),
        ("", "The port of Southport was shut on Monday, The Harbour Times has reported in its late edition."),
    ],
)
def test_glued_headline_is_cut(head: str, sentence: str) -> None:
    """A headline that lost its line end; names with a capital determiner are none."""
    assert len(head) == head_length(fold(head + sentence), opens=False)

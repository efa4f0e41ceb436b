"""Sentence boundaries in news text."""

import time

import pytest

from digests.text.document import make_document
from digests.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No.” OK.", ["“No.”", "OK."]),
        ("He said “No.” Then he left.", ["He said “No.”", "Then he left."]),
        ("“We stopped.” “Then we ran,” she said.", ["“We stopped.”", "“Then we ran,” she said."]),
        ("“Why?” he asked. “Why now?”", ["“Why?” he asked.", "“Why now?”"]),
        ("“It is fine.” said the mayor.", ["“It is fine.” said the mayor."]),
        (
            "Gen. Okafor met Sen. Reyes on Jan. 5 in Southport.",
            ["Gen. Okafor met Sen. Reyes on Jan. 5 in Southport."],
        ),
        (
            "It fell. (Friday, May 3, 2019) Nobody was hurt. It was dear (from 20 to 30), they say.",
            ["It fell.", "(Friday, May 3, 2019) Nobody was hurt.", "It was dear (from 20 to 30), they say."],
        ),
        ("It was 5 p.m. The crowd left.", ["It was 5 p.m.", "The crowd left."]),
        ("It was 5 p.m. Detectives came.", ["It was 5 p.m.", "Detectives came."]),
        ("It rained. • A bus burned. It was empty.", ["It rained.", "• A bus burned.", "It was empty."]),
        ("He paid No. 5 a visit.", ["He paid No. 5 a visit."]),
        ("She moved to the U.S. Two others stayed.", ["She moved to the U.S.", "Two others stayed."]),
        ("The U.S. Army left.", ["The U.S. Army left."]),
        ("It rose 4.5 percent. It fell later.", ["It rose 4.5 percent.", "It fell later."]),
        ("Waves of 4. 5 metres beat the quay. It held.", ["Waves of 4. 5 metres beat the quay.", "It held."]),
        (
            "The toll rose to 12. 5 August is a day of mourning.",
            ["The toll rose to 12.", "5 August is a day of mourning."],
        ),
        ("Acme Inc. said so. It paid.", ["Acme Inc. said so.", "It paid."]),
        ("Señor Peña fled. Él murió.", ["Señor Peña fled.", "Él murió."]),
        ("One.\n\nTwo", ["One.", "Two"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    """Abbreviations join, quotations close their own sentence."""
    document = make_document("a", text)
    assert expected == [document.words(span) for span in document.sentences]


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\u200b", "\U0001f600", "\u2028"])
def test_odd_characters_do_no_harm(odd: str) -> None:
    """Whatever stands in a text, offsets hold."""
    document = make_document("a", f"One {odd} here. Two {odd} there.")
    assert len(document.text) == len(document.folded)
    assert 2 == len(document.sentences)


def test_long_text_is_fast() -> None:
    """64 kB without a full stop take a fraction of a second."""
    start = time.perf_counter()
    make_document("a", "word, " * 11_000)
    assert time.perf_counter() - start < 10


def test_long_paragraphs_are_cut_at_their_stops() -> None:
    """A paragraph of any length gives its sentences; one of quotation marks alone ends soon."""
    text = "The river “rose” again in Milby. " * 1_000
    assert {"The river “rose” again in Milby."} == {
        text[span.start : span.end] for span in split_sentences(text, 0, len(text))
    }
    assert 1_000 == len(split_sentences(text, 0, len(text)))
    marks = "“" * 100_000
    assert marks == "".join(marks[span.start : span.end] for span in split_sentences(marks, 0, len(marks)))

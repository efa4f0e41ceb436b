"""Furniture in the middle of a line."""

import pytest

from digests.text.clean import clean_text
from digests.text.document import all_words
from digests.text.glued import find_glues, split_caption, unglue

QUAY = "The quay of Southport was closed on Monday after two storms, the harbour office said."


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (QUAY, [QUAY]),
        (f"Please enable Javascript to watch this video {QUAY}", [QUAY]),
        (f"Copyright 2021 Harbour Media, Inc. All rights reserved. {QUAY}", [QUAY]),
        (f"Ana Reyes (Photo: Southport police) {QUAY} Buy Photo {QUAY}", [QUAY, QUAY]),
        (f"Story highlights Two boats sank {QUAY}", [f"Two boats sank {QUAY}"]),
        (f"{QUAY} (Published Friday, Jan. 8, 2021)", [QUAY, "(Published Friday, Jan. 8, 2021)"]),
        (
            f"{QUAY} Tom Okafor can be reached at tokafor@harbour.example. Follow him on Twitter @tokafor",
            [QUAY],
        ),
        (f"{QUAY} Read or Share this story: http://harbour.example/1iLB", [QUAY]),
    ],
)
def test_furniture_is_cut_out_of_a_line(line: str, left: list[str]) -> None:
    """What belongs to the page goes, with what it parts on lines of their own; a date stays beside."""
    assert left == unglue(line, line, find_glues(line, all_words(line)))


def test_page_without_line_ends_keeps_its_sentences_alone() -> None:
    """Of a page in one line the text has the report, and none of what stood around it."""
    page = (
        f"× Quay closed in Southport Posted: Monday, January 4, 2021 5:50 AM EST {QUAY} AlertMe"
        "\n\nThis is a developing story. Check back for updates."
    )
    assert f"Quay closed in Southport\n\n{QUAY}" == clean_text(page)


def test_headline_in_front_of_a_dateline_is_a_line() -> None:
    """The article begins with its place and agency; what a page without line ends has before them is the headline."""
    page = f"× Quay closed near 9th & Hill SOUTHPORT (WHBR) — {QUAY} Monitor Harbour6.example for updates."
    assert f"Quay closed near 9th & Hill\n\nSOUTHPORT (WHBR) — {QUAY}" == clean_text(page)


def test_line_that_a_rule_names_is_not_cut() -> None:
    """A caption with its credit goes as a whole, though the credit alone could be cut out of it."""
    page = f"{QUAY}\n\nCrews clear mud from the quay. (AP Photo/Ana Reyes)"
    assert QUAY == clean_text(page)


def test_a_caption_in_front_of_the_first_sentence_stands_alone() -> None:
    """A page that lost its lines begins with what stood under its picture."""
    caption = "Divers look for the mast that fell into the harbour"
    assert [caption, QUAY] == split_caption(f"{caption} {QUAY}", f"{caption} {QUAY}")
    assert [QUAY] == split_caption(QUAY, QUAY)

"""What a line of a page is by its own words."""

import pytest

from digests.text.document import all_words
from digests.text.furniture import BODY, find_roles, tidy_dates

QUAY = "The quay of Southport was closed on Monday after two storms, the harbour office said."


@pytest.mark.parametrize(
    ("line", "role", "rule"),
    [
        ("Skip to content", "drop", "furniture.line.navigation"),
        ("By Ana Reyes", "byline", "furniture.byline.by"),
        ("story_12.htm", "drop", "furniture.line.address"),
        ("desk@harbour-times.example", "drop", "furniture.line.mailbox"),
        ("The quay at dawn (AP Photo/Ana Reyes)", "caption", "furniture.caption.credit_in_line"),
        ("Southport, Kenya", "caption", "furniture.caption.place"),
        ("FILE - The quay, May 4, 2019.", "archive", "furniture.caption.file"),
    ],
)
def test_first_rule_names_a_line(line: str, role: str, rule: str) -> None:
    """Rules are found by the letters that a line begins with, by those that it holds, and by neither."""
    roles = find_roles([QUAY, line, QUAY], all_words(f"{QUAY} {line}"))
    assert (role, rule) == roles[1][:2]
    assert [BODY, BODY] == [roles[0], roles[2]]


def test_page_without_lines_has_no_roles() -> None:
    """An empty page is read like any other."""
    assert [] == find_roles([], frozenset())


@pytest.mark.parametrize(
    ("scraped", "usual"),
    [
        ("05 / 06 / 2026", "05/06/2026"),
        ("May 5,2010", "May 5, 2010"),
        ("May 05,2010", "May 5, 2010"),
        ("May 5-2010", "May 5, 2010"),
        ("Updated 6: 35", "Updated 6:35"),
        ("A score of 3-2 in 2019", "A score of 3-2 in 2019"),
        ("Read more: the quay", "Read more: the quay"),
    ],
)
def test_dates_are_written_as_usual(scraped: str, usual: str) -> None:
    """Spaces that scraping puts in and takes out of dates and times; all else stays."""
    assert usual == tidy_dates(scraped)

"""Acts that have a day without naming it."""

import datetime as dt

import pytest

from digests.analysis.entries.undated import undated_acts
from digests.extract.dates import find_dates
from digests.text.document import make_document
from digests.types import Article, Facts, StoryArticle

DAY = dt.date(2021, 3, 18)  # a Thursday


def found(text: str, title: str = "A mill burns in Southport") -> list[tuple[str, str]]:
    """The acts of a page of that Thursday: the day and how each begins."""
    article = Article(
        id="a", source_id="s", external_id="a", text=text, title=title, published_on=DAY,
        published=dt.datetime.combine(DAY, dt.time(), dt.UTC),
    )  # fmt: skip
    item = StoryArticle(
        article=article, facts=Facts(dates=find_dates(make_document("a", text, published=DAY)))
    )
    return [(act.day.isoformat(), text[act.span.start : act.span.end][:12]) for act in undated_acts(item)]


FILL = "The mill stands by the river. It is old. It is large. It belongs to two brothers."


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (f"The mill burnt on Thursday. {FILL} Police have detained its owner.", [("2021-03-18", "Police have ")]),
        (f"The mill burnt on Tuesday. {FILL} Police have detained its owner.", []),
        (f"The mill burnt on Thursday. {FILL} The fire has killed ten people.", []),
        (f"The mill burnt on Thursday. {FILL} The club, which has banned him, was silent.", []),
        (f"The mill burnt on Thursday. {FILL} Police have raided it for years.", []),
        ("The two met on Tuesday. In a joint note they promised an inquiry.", [("2021-03-16", "In a joint n")]),
        ("The two met on Tuesday.\n\nThey signed a pact.", [("2021-03-16", "They signed ")]),
        ("The two met on Tuesday.\n\nA pact was signed.", []),
        (
            "The two met on Tuesday. They signed a pact.\n\nHours earlier the judge had refused to.",
            [("2021-03-16", "They signed "), ("2021-03-16", "Hours earlie")],
        ),
        ("The two met on Tuesday. They had signed a pact before.", []),
        ("The two met on Tuesday. In 2012 they signed a pact.", []),
        ("The two will meet on Tuesday. They signed a letter.", []),
        ("It has been shut since Tuesday. The owner was arrested.", []),
    ],
    ids=[
        "same-day", "old-news", "sum", "relative", "lasting", "goes-on", "pronoun", "new-paragraph", "hours", "before",
        "own-date", "plan", "aside",
    ],
)  # fmt: skip
def test_what_has_a_day_unnamed(text: str, acts: list[tuple[str, str]]) -> None:
    """Deeds of a page of the day itself and of what went on; no state, no sum, nothing with a day of its own."""
    assert acts == found(text)


def test_a_page_that_is_written_on_is_of_its_day() -> None:
    """Whether its headline or a line says so."""
    text = f"The mill burnt on Tuesday. {FILL} - The mayor fired the chief. Two men were charged with arson."
    wanted = [("2021-03-18", "- The mayor "), ("2021-03-18", "Two men were")]
    assert wanted == found(text, "Mill fire live: chief goes")
    assert wanted == found(f"{text} This live page is now closed.")
    assert [] == found(text)

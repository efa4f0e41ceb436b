"""Names that stand beside a deed as whom it was done to, and reports that a name makes one incident."""

import datetime as dt

import pytest

from digests.analysis.incidents import group_incidents
from digests.analysis.occurrences.naming import names_beside
from digests.extract import extract
from digests.extract.incidents import find_incidents, main_incident
from digests.text.document import make_document
from digests.types import Article, StoryArticle

_THURSDAY = dt.date(2024, 5, 16)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The murder of the former mayor Ana Karvel shocked the town.", {"karvel"}),
        ("Mayor Ana Karvel was shot dead on Tuesday.", {"karvel"}),
        ("Ana Karvel, 61, was shot dead on Tuesday.", {"karvel"}),
        ("They mourned Ana Karvel, a mayor of two terms who was gunned down on Tuesday.", {"karvel"}),
        ("Karvel's murder divides the town that Ana Karvel led.", {"karvel"}),
        ("Police chief Ana Karvel said a shooting had left two dead.", set()),
        ("The bombing of two bridges in New York shocked the world.", set()),
    ],
)
def test_names_beside_a_deed(text: str, names: set[str]) -> None:
    """Right in front of it, behind "of", with an aside between; no speaker and no place."""
    document = make_document("a1", text, published=_THURSDAY)
    mention = main_incident(find_incidents(document, (), ()))
    assert names == names_beside(text, mention)


def _item(article_id: str, text: str, day: dt.date = _THURSDAY) -> StoryArticle:
    article = Article(id=article_id, source_id="s", external_id=article_id, text=text, published_on=day)
    return StoryArticle(article=article, facts=extract(make_document(article_id, text, published=day)))


_NEWS = "Mayor Ana Karvel was shot dead in Utrecht on Tuesday. One guard was killed too."


@pytest.mark.parametrize(
    ("other", "incidents"),
    [
        ("The murder of Ana Karvel drew thousands to a vigil in Rotterdam. Two people were killed.", 1),
        ("A baker was shot dead in Rotterdam on Sunday. Two people were killed.", 2),
        ("The shooting of Ana Karvel in May 2014 in Rotterdam killed two people.", 2),
    ],
)
def test_a_name_ties_reports_of_one_deed(other: str, incidents: int) -> None:
    """Another place is that of the vigil; without the name, or ten years before, it is another deed."""
    found = group_incidents([_item("a", _NEWS), _item("b", other)])
    assert incidents == len(found.incidents)


_BRIDGE = "A bridge over the Orne collapsed in Kestrel Falls on Tuesday, killing nine people, police said."


@pytest.mark.parametrize(
    ("other", "incidents"),
    [
        (
            "Families near Utrecht wait for news from Kestrel Falls, where a bridge collapsed. Nine people died.",
            1,
        ),
        ("A bridge collapsed near Utrecht. Nine people died.", 1),
    ],
)
def test_a_report_that_names_the_place_of_the_news_tells_of_it(other: str, incidents: int) -> None:
    """Be it told from elsewhere."""
    found = group_incidents([_item("a", _BRIDGE), _item("b", other)])
    assert incidents == len([one for one in found.incidents if one.kind == "collapse"])


def test_two_sides_of_one_clash_are_one_incident() -> None:
    """What either state did at their border is a scene of it, and neither is the doer."""
    text = (
        "Norwegian and Swedish troops traded fire at their border on Tuesday, killing nine people. "
        "Sweden's army said Norwegian soldiers opened fire first. Norway said Swedish artillery shelled a farm, "
        "and that four people were killed."
    )
    found = group_incidents([_item("a", text)])
    assert [("clash", None)] == [(one.kind, one.actor) for one in found.incidents]


def test_the_day_of_a_follow_up_is_no_other_day() -> None:
    """A report of the fourth day that gives no day of its own does not part from the news."""
    clash = "Two people died when gangs fought in Utrecht on Sunday, police said."
    later = "Gang shooting in Utrecht claims third life\n\nThe mayor met families on Thursday. Three men have died."
    found = group_incidents([_item("a", clash, dt.date(2024, 5, 12)), _item("b", later)])
    assert 1 == len(found.incidents)

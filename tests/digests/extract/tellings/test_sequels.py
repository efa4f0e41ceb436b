"""The day of what is done about an incident is not the incident's."""

import datetime as dt

import pytest

from digests.extract import extract
from digests.text.document import make_document

# Saturday.
DAY = dt.date(2023, 11, 11)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor of Orm resigned on Friday after a fire that killed 12 people.", None),
        ("The mayor of Orm resigned on Friday over a fire that killed 12 people.", None),
        ("Norvia filed a complaint on Wednesday over an air strike that killed nine people in Orm.", None),
        ("Two men were arrested on Friday in connection with a bombing that killed 12 people in Orm.", None),
        ("A court jailed the owner on Friday for a fire that killed 12 people in Orm.", None),
        ("Thousands marched on Friday after soldiers killed three students in Orm.", None),
        ("A truce was holding on Thursday after two days of fighting that killed ten people in Orm.", None),
        ("Mourners on Friday buried nine people killed in a bus crash in Orm.", None),
        ("Hundreds held a vigil on Friday for the victims of a drone strike on Orm that killed 30.", None),
        ("On Friday gunmen killed four people at a funeral in Orm.", "2023-11-10"),
        # Give or take a day.
        ("The mayor of Orm resigned on Friday, four days after a fire killed 12 people.", "2023-11-07"),
        ("A man was arrested on Friday after a shooting that killed two people in Orm.", "2023-11-10"),
        (
            "Police arrested two men in Orm for shooting at a bus on Friday. Two people were killed.",
            "2023-11-10",
        ),
        ("On Friday gunmen killed four people in Orm after a protest.", "2023-11-10"),
    ],
)
def test_a_sequel_does_not_date_its_occasion(text: str, day: str | None) -> None:
    facts = extract(make_document("a", text, published=DAY))
    last = facts.figures[-1].incident.last
    assert (None if last is None else str(last)) == day

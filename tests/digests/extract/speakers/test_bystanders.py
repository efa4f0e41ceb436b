"""Whom "he" and "she" stand for where a sentence only names somebody by the way."""

import pytest

from digests.extract import extract
from digests.text.document import make_document


@pytest.mark.parametrize(
    ("before", "pronoun", "speaker"),
    [
        ("Her husband, Nestor, held on to a palm for six hours.", "he", "Nestor"),
        ("That is what Marta Bell, 38, saw when she lifted her head.", "she", "Marta Bell"),
        ("In the evening Jon's wife, Karima, received the minister. He promised a pension.", "she", "Karima"),
        ("Three lawyers walked up the steps. One of them, Ana Bell, held up a copy.", "she", "Ana Bell"),
        ("The curfew was imposed by Home Minister Brenda Tamba on Tuesday.", "she", "Brenda Tamba"),
        ("The mason Adil, 23, who did not want his family name used, had come by bus.", "he", "Adil"),
        ("For Jon Dahl of the guild, the figures are bad.", "he", "Jon Dahl"),
        # Two who fit, the other sex, and a name that only owns something.
        ("The well was dug by Ana Bell, 38, and Marta Reyes, 41.", "she", "she"),
        ("Her husband, Nestor, held on to a palm for six hours.", "she", "she"),
        ("The curfew was imposed by Home Minister Brenda Tamba on Tuesday.", "he", "he"),
        ("Ana's dog had been found at the well.", "she", "she"),
        ("The well was dug by Marta Bell's brother.", "she", "she"),
    ],
)
def test_a_pronoun_takes_the_one_who_is_named_before(before: str, pronoun: str, speaker: str) -> None:
    """A name whose sex is known, or that has an office or an age; of two who fit none."""
    text = f'{before} "Nobody has told us what to do," {pronoun} said.'
    (quote,) = [q for q in extract(make_document("a", text)).quotes if q.words.startswith("Nobody")]
    assert quote.speaker is not None
    assert speaker == quote.speaker.name

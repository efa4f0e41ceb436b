"""Whether the words around an expression speak of what was or what is to come."""

import pytest

from digests.extract.times.tense import Tense, tense_at
from digests.types import Span


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The mayor said Friday that work will start Monday.", "Friday", Tense.PAST),
        ("The mayor said Friday that work will start Monday.", "Monday", Tense.FUTURE),
        ("On Friday, the crew found a leak.", "Friday", Tense.PAST),
        ("On Friday, the crew will look for the leak.", "Friday", Tense.FUTURE),
        ("Talks are set to resume Monday.", "Monday", Tense.FUTURE),
        ("They agreed to meet Monday.", "Monday", Tense.FUTURE),
        ("They began to leave Monday.", "Monday", Tense.PAST),
        ("The report will be released Monday.", "Monday", Tense.FUTURE),
        ("They set fire to the mill Monday.", "Monday", Tense.PAST),
        ("It had been scheduled for Monday.", "Monday", Tense.PAST),
        ("The line was shut until Monday.", "Monday", Tense.FUTURE),
        ("The line had been shut until Monday.", "Monday", Tense.PAST),
        ("By Monday, ten people were dead.", "Monday", Tense.PAST),
        ("The inquiry opens on Monday.", "Monday", Tense.FUTURE),
        ("The Monday deadline is firm.", "Monday", Tense.FUTURE),
        ("A quiet Monday in the old town.", "Monday", None),
        ("The storm was expected to move off by Monday.", "Monday", Tense.FUTURE),
        ("It had been due to expire Monday.", "Monday", Tense.PAST),
        ("The union has asked the miners to stop work on Monday.", "Monday", Tense.FUTURE),
        ("Polls close Monday.", "Monday", Tense.FUTURE),
        ("He and the head of the union meet again Monday.", "Monday", Tense.FUTURE),
        ("It rained at the meet Monday.", "Monday", Tense.PAST),
        ("Rain is forecast for Sunday and Monday.", "Monday", Tense.FUTURE),
        ("He was held without bail pending a hearing Monday.", "Monday", Tense.FUTURE),
        ("Detectives will look into Monday's attack.", "Monday's", Tense.PAST),
        ("The case was adjourned to Monday.", "Monday", Tense.FUTURE),
        ("The mayor could not be reached on Monday.", "Monday", None),
        ("The roof was not mended until Monday.", "Monday", Tense.PAST),
        (
            "She will meet former presidents Ana Bell and Tom Reed at the palace on Monday.",
            "Monday",
            Tense.FUTURE,
        ),
        ("The airline had a jet standing by to fly out on Monday.", "Monday", Tense.FUTURE),
        ("The final is Monday.", "Monday", Tense.FUTURE),
        ("Monday marks a year since the fire.", "Monday", Tense.FUTURE),
        ("The board is due to hold closed talks on Monday.", "Monday", Tense.FUTURE),
        ("The board is to meet behind closed doors in Alma on Monday.", "Monday", Tense.FUTURE),
        ("The navy shelled targets across the strait on Monday.", "Monday", Tense.PAST),
        ("The mayor would not comment on that on Monday.", "Monday", Tense.PAST),
        ("The guild calls for a day without work on Monday.", "Monday", Tense.FUTURE),
    ],
)
def test_nearest_verb_tells(text: str, words: str, expected: Tense | None) -> None:
    """To the left first, then to the right."""
    start = text.index(words)
    assert expected == tense_at(text, Span(start=0, end=len(text)), Span(start=start, end=start + len(words)))


def test_for_a_period_is_no_plan() -> None:
    """ "For Friday" is a plan, "for the third quarter" are results."""
    text = "The yard told of a loss for October."
    span = Span(start=text.index("October"), end=len(text) - 1)
    whole = Span(start=0, end=len(text))
    assert Tense.FUTURE == tense_at(text, whole, span)
    assert Tense.PAST == tense_at(text, whole, span, is_day=False)

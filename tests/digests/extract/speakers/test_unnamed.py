"""Speakers told by an office or a body before they are named."""

import pytest

from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Speaker


def speakers_of(text: str) -> list[Speaker]:
    return [quote.speaker for quote in find_quotes(make_document("a", text)) if quote.speaker]


def test_an_office_has_the_name_that_speaks_next() -> None:
    """The article opens with the office alone and goes on with its holder, new and bare."""
    first, second = speakers_of(
        "Chile's transport minister on Friday condemned the delay.\n\n“Nobody told us,” Rosa Vial said."
    )
    assert ("Rosa Vial", "transport minister", "CL") == (first.name, first.role, first.country)
    assert ("Rosa Vial", "transport minister", "CL") == (second.name, second.role, second.country)


@pytest.mark.parametrize(
    "text",
    [
        "Chile's transport minister condemned the delay. “Nobody told us,” said Rosa Vial, 43.",
        "Chile's transport minister condemned the delay. “Nobody told us,” said Rosa Vial, a passenger.",
        "Rosa Vial waited. Chile's transport minister condemned the delay. “Nobody told us,” Rosa Vial said.",
        "A transport official condemned the delay. “Nobody told us,” Rosa Vial said.",
        "Chile's transport minister condemned the delay. “Nobody told us,” Ms. Vial said.",
    ],
)
def test_an_office_is_nobody_s_who_is_told_otherwise(text: str) -> None:
    """An age, another description or an earlier mention tells of somebody else."""
    assert "Rosa Vial" != speakers_of(text)[0].name


@pytest.mark.parametrize(
    ("text", "name", "affiliation", "country", "kind"),
    [
        (
            "The Dockers' Union rejected the offer. “We stay out,” said its chairman, Jan Dvorak.",
            "Jan Dvorak", "Dockers' Union", None, "other",
        ),
        (
            "Yemen's Houthi rebels said they fired. The group's military spokesman Ali Saad said more would follow.",
            "Ali Saad", "Yemen's Houthi rebels", "YE", "armed_group",
        ),
        (
            "The Kremlin denied it. Spokesman Jan Dvorak told reporters that it was a lie.",
            "Jan Dvorak", "Kremlin", "RU", "official",
        ),
        (
            "UN rights chief Tom Reed spoke first. His spokeswoman, Ida Dahl, said that reports had come in.",
            "Ida Dahl", "UN", "UN", "international",
        ),
        (
            "UNHCR said thousands had fled. “They need water,” said its representative in Lund, Ida Dahl.",
            "Ida Dahl", "UNHCR", "UN", "international",
        ),
    ],
)  # fmt: skip
def test_who_speaks_for_its_body(text: str, name: str, affiliation: str, country: str, kind: str) -> None:
    """ "Its chairman" is of the body that was spoken of, and of its kind."""
    speaker = speakers_of(text)[-1]
    assert (name, affiliation, country, kind) == (
        speaker.name, speaker.affiliation, speaker.country, speaker.kind.value,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Omar Reza stood by his house. “Nothing is left,” the 46-year-old farmer said.", "Omar Reza"),
        ("Omar Reza, 46, stood by his house. “Nothing is left,” the 46-year-old farmer said.", "Omar Reza"),
        ("Omar Reza, 31, stood by. “Nothing is left,” the 46-year-old farmer said.", "the 46-year-old farmer"),
        ("Mayor Omar Reza stood by. “Nothing is left,” the 46-year-old farmer said.", "the 46-year-old farmer"),
    ],
)  # fmt: skip
def test_an_age_with_a_trade(text: str, name: str) -> None:
    """Whoever was named before and has no other office or age."""
    assert name == speakers_of(text)[-1].name


def test_who_gives_only_a_name() -> None:
    """The name that somebody gives is how he is shown."""
    (speaker,) = speakers_of("“Nothing is left,” said a man who gave his name only as Karim.")
    assert "Karim" == speaker.name


def test_an_apposition_with_a_relative_clause_is_its_bearer() -> None:
    """ "Ana Bell, an engineer who warned of it": she is "she", and no engineer without a name is."""
    text = "Ana Bell, an engineer who warned of it, said it was too late. “It was old,” she told the court."
    assert ["Ana Bell"] * 3 == [speaker.name for speaker in speakers_of(text)]

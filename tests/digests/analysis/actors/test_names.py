"""Names that only the text around a speaker tells."""

import pytest

from digests.analysis.actors.names import name_speakers
from digests.extract.pages.issuers import find_issuer
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Article


def last_speaker(text: str) -> str:
    article = Article(id="a", source_id="s", external_id="a", text=text)
    quotes = find_quotes(make_document("a", text))
    speaker = name_speakers(article, quotes, find_issuer(text))[-1].speaker
    return speaker.name if speaker else ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The army said it had held its fire. “No house was hit,” the statement said.", "the army"),
        ("The group, known as the Alder Front, said it was “ready for talks”.", "Alder Front"),
        ("The mine’s operator, state-run Tarn Coal, denied there had been any warning.", "Tarn Coal"),
        ("His lawyers left. “He met the man once,” one of them, Jon Dahl, said.", "Jon Dahl"),
        ("His firm Alder Oil blamed a power cut.", "Alder Oil"),
        ("The Commission of EASTA met. The Commission calls on all sides to talk.", "Commission of EASTA"),
        ("PORT SAFETY AUTHORITY\n\nThe Authority urged crews to stay ashore.", "Port Safety Authority"),
        ("“It was black,” said fisherman Jon Dahl in the village of Tarn.", "Jon Dahl"),
        (
            "THE EVENT\n\nAlderoil regrets the loss.\n\nWe mourn. The company denies that it hid it.",
            "Alderoil",
        ),
        ("Chad had no part in the raid, its Foreign Ministry said.", "Chad's Foreign Ministry"),
        ("The group said it was “ready for talks”.", "the group"),
        ("“No house was hit,” the statement said.", "the statement"),
    ],
)
def test_a_phrase_gets_the_name_beside_it(text: str, name: str) -> None:
    """A name behind a comma, the body that spoke last, the full name given before; else the phrase itself."""
    assert name == last_speaker(text)

"""Papers in which a body speaks of itself, and whose counts they state."""

import pytest

from digests.extract import extract
from digests.extract.pages.papers import find_signer
from digests.text.document import make_document

TOLL = "Nine persons lost their lives and 14 were injured."

PAPERS = [
    (
        f"ORLAN PORTS AUTHORITY\n\nFIRE AT KETH QUAY\n\nThe Authority regrets to announce a fire. {TOLL}",
        "ORLAN PORTS AUTHORITY",
    ),
    (
        "Orlan: clinic bombed\n\nPress release\n\nORLAN – Care Beyond (CB) is horrified by the bombing of a clinic. "
        f"Our teams report the following. {TOLL}",
        "Care Beyond (CB)",
    ),
    (f"Fire at Keth\n\n{TOLL}\n\nISSUED BY THE ORLAN PORTS AUTHORITY", "THE ORLAN PORTS AUTHORITY"),
]


@pytest.mark.parametrize(("text", "who"), PAPERS, ids=[who for _, who in PAPERS])
def test_who_speaks_of_itself(text: str, who: str) -> None:
    """The head, the foot or the way it speaks of itself names the body, which claims what the page states."""
    document = make_document("a", text)
    found = find_signer(document)
    assert found is not None
    assert who == document.words(found)
    claimants = [figure.claimant for figure in extract(document).figures]
    assert [found] * 2 == [claimant.span if claimant else None for claimant in claimants[-2:]]


@pytest.mark.parametrize(
    "text",
    [
        f"Fire at Keth quay\n\nA fire broke out at Keth on Monday. {TOLL}",
        f"Union condemns raid at Keth\n\nThe Dockers' Union condemns the raid, it said in a statement. {TOLL}",
        f"Harbour Times Statement on the Fire\n\n{TOLL}",
        f"A statement on the fire was due on Monday\n\n{TOLL}",
    ],
    ids=["report", "report of a statement", "an outlet's own", "a sentence"],
)
def test_a_reporter_s_page_has_no_signer(text: str) -> None:
    """A name and a stance make no paper."""
    assert find_signer(make_document("a", text)) is None


def test_a_page_of_an_outlet_has_no_signer() -> None:
    """Where the outlet is known, it reprints."""
    assert find_signer(make_document("a", PAPERS[0][0], outlet="Harbour Times")) is None


def test_others_keep_their_counts_on_a_paper() -> None:
    """Whoever is quoted on a page claims what he says; "our teams" are the body's."""
    head = "Statement by the Orlan Relief Union"
    text = f"{head}\n\nThe mayor said nine people died. Our teams report that 14 people died."
    names = [figure.claimant and figure.claimant.name for figure in extract(make_document("a", text)).figures]
    assert ["the mayor", "Orlan Relief Union"] == names

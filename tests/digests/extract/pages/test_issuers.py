"""Pages that are statements: whose they are, and what is said in the issuer's own person."""

import pytest

from digests.extract.pages.issuers import find_issuer


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "Alder Lines' statement on the loss of the ferry\n\nWe are grieving with the families. The ferry was new.",
            "Alder Lines",
            ["We are grieving with the families."],
        ),
        (
            "Statement regarding the incident in Tarn\n\nAlder Lines S.A. confirms that its ship ran aground."
            "\n\nOur thoughts are with the crew.",
            "Alder Lines S.A.",
            ["Our thoughts are with the crew."],
        ),
        (
            "NRF Press Office\n\nStatement on the raid\n\nWe call for an inquiry.",
            "NRF",
            ["We call for an inquiry."],
        ),
        (
            "THE EVENT OF 3 MAY\n\nAlderoil deeply regrets the loss of life.\n\nWe have hired 200 people.",
            "Alderoil",
            ["We have hired 200 people."],
        ),
        (
            "EASTA Statement on the Situation in Tarn\n\nThe Chairman of EASTA condemns the raid. EASTA urges calm.",
            "EASTA",
            [],
        ),
        (
            "PRESS STATEMENT\n\nNorvia Miners' Federation\n\nWe have counted 27 dead.",
            "Norvia Miners' Federation",
            ["We have counted 27 dead."],
        ),
        (
            "OFFICE OF THE STATE ATTORNEY\nRepublic of Norvia\n\nPress release No. 31/2025\n\n1. That nine have died.",
            "OFFICE OF THE STATE ATTORNEY",
            [],
        ),
        (
            "Alder Lines\nNewsroom\nStatement on the loss of the ferry\n\nIt is with sorrow that we confirm a death."
            "\n\nThe pier is shut.\n\nAbout Alder Lines\nA carrier.",
            "Alder Lines",
            ["It is with sorrow that we confirm a death."],
        ),
        (
            "VALE POWER, S.A.\nCommuniqué 3\n\nThe Company informs that two gates were opened at noon.",
            "VALE POWER",
            [],
        ),
        (
            "Tarn: clinic hit\n\nPress release\n3 May\n\nTARN – Care Norvia is appalled by the raid.",
            "Care Norvia",
            [],
        ),
        (
            "Ministry of Trade Affairs\nPress Release\n\nTarn, 3 May - The Ministry of Trade Affairs mourns two men.",
            "Ministry of Trade Affairs",
            [],
        ),
        (
            "Ministry of Trade Affairs\n\nThe Ministry reminds all firms that nine men are missing.",
            "Ministry of Trade Affairs",
            [],
        ),
        (
            "Tarn (Radio) - On the raid, the Norvian government hereby announces the following:\n\nOur aim is peace.",
            "Norvian government",
            ["Our aim is peace."],
        ),
    ],
)
def test_a_statement_has_an_issuer(text: str, name: str, said: list[str]) -> None:
    """The name beside the word for the paper, or the subject below it; sentences that say "we"."""
    issuer = find_issuer(text)
    assert issuer is not None
    assert (name, said) == (issuer.name, [text[span.start : span.end] for span in issuer.said])
    assert name == text[issuer.span.start : issuer.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Ferry firm's statement angers families\n\n“We are grieving,” it said. The ferry was new.",
        "Statement on the raid\n\nTwo men were held in Tarn.",
        "Port shut after fire\n\nWe saw it from the hill, said a baker.",
        "",
    ],
)
def test_a_report_has_no_issuer(text: str) -> None:
    """A report about a statement, or a statement by nobody, speaks for nobody."""
    assert find_issuer(text) is None

"""Which outlet a made-up page names as its own."""

import pytest

from digests.extract.header import read_article
from digests.types import Article, RawArticle

BODY = "The council of Southport voted to close the old quay, which two storms had weakened since autumn."


def read(text: str) -> Article:
    return read_article(RawArticle(source_id="s", external_id="x", body=text), article_id="x", retrieved=None)


@pytest.mark.parametrize(
    ("page", "outlet"),
    [
        (f"Old quay to close\n\nBy Ana Reyes, Coastal Wire\n\n{BODY}\n\n{BODY} It rained.", "Coastal Wire"),
        (f"Old quay to close\n\nBy Ana Reyes, Northport\n\n{BODY}\n\n{BODY} It rained.", None),
        (f"Old quay to close\n\nBy Ana Reyes, Health Correspondent\n\n{BODY}\n\n{BODY} It rained.", None),
        (f"Old quay to close\n\nBy Ana Reyes, Foreign Reporter\n\n{BODY}\n\n{BODY} It rained.", None),
        (
            f"Old quay to close\n\nBy Ana Reyes, Harbour Reporter\n\n{BODY}\n\n{BODY} It rained.",
            "Harbour Reporter",
        ),
        (f"Old quay to close\n\nSOUTHPORT (Harbour Press) - {BODY}\n\nIt will be rebuilt.", "Harbour Press"),
        (
            f"Old quay to close\n\nSOUTHPORT, Arden, March 4 (Tidewire) - {BODY}\n\nIt will be rebuilt.",
            "Tidewire",
        ),
        (f"Old quay to close\n\nSOUTHPORT, 4 MARCH (QNS) -- {BODY}\n\nIt will be rebuilt.", "QNS"),
        (f"Old quay to close\n\nPARIS (France) - {BODY}\n\nIt will be rebuilt.", None),
        (f"Old quay to close\n\nThe Southport Union (SPU) - a small one - struck. {BODY}", None),
        (f"Old quay to close\n\nSOUTHPORT (see map) - {BODY}\n\nIt will be rebuilt.", None),
        (f"Old quay to close\n\nEvening Courier\n\nPublished: 23/04/2021\n\n{BODY}", "Evening Courier"),
        (f"Old quay to close\n\nHarbour News, 10 June 2021\n\n{BODY}\n\nIt rained.", "Harbour News"),
        (
            f"Old quay to close\n\n{BODY}\n\n© 2021 The Southport Post. All rights reserved.",
            "The Southport Post",
        ),
        (f"Old quay to close\n\n{BODY}\n\n© 2021\nThe Southport Post\n", "The Southport Post"),
        (f"Old quay to close\n\n{BODY}\n\nCopyright 2021 WXQZ. All rights reserved.", "WXQZ"),
        (f"Old quay to close\n\n{BODY}\n\n© 2021 Al Jazeera Media Network", "Al Jazeera"),
        (f"Old quay to close\n\n{BODY}\n\nThe mayor told Reuters so.\n\n© 2021 Quay & Sons Ltd", None),
        (f"Old quay to close\n\n{BODY}\n\n© 1994 - 2021 The Southport Post", "The Southport Post"),
        (f"Old quay to close\n\n{BODY}\n\nwww.quaywatch.example\n\n© 2021 QuayWatch Ltd", "QuayWatch"),
        (f"Old quay to close\n\n{BODY}\n\ndesk@bangkokpost.example", "Bangkok Post"),
        (f"Old quay to close\n\n{BODY}\n\nwww.quaywatch.example\n\n© 2021 Ana Reyes", None),
        (
            f"Skip to content\n\nCoastal Wire\n\nSport\n\nOld quay to close\n\n3 March 2021\n\n{BODY}\n\nIt was weak.",
            "Coastal Wire",
        ),
        (
            f"Old quay to close\n\n{BODY}\n\n© Copyright 1997-2021 Southport Post Company Ltd.",
            "Southport Post",
        ),
        (f"Coastal Wire - Back to home\n\nOld quay to close\n\n{BODY}\n\nIt rained.", "Coastal Wire"),
        (f"Old quay to close\n\n{BODY}\n\nMost read\nQuay fell twice\nBy Coastal Wire", None),
        (f"Old quay to close\n\n{BODY}\n\nPublished in Dawn, March 3rd, 2021", "Dawn"),
        (f"Today's Paper | March 4, 2021\n\nOld quay to close\n\n{BODY}\n\nIt rained.", None),
        (f"Old quay to close\n\n{BODY}\n\nThe mayor told the Southport Post so.", "the Southport Post"),
        (
            f"Old quay to close\n\nEvening Courier\n\nPublished: 23/04/2021\n\nSOUTHPORT (Reuters) - {BODY}",
            "Evening Courier",
        ),
        (f"Old quay to close\n\nBy ANA REYES and TOM POST\n\n{BODY}", None),
        (f"Old quay to close\n\nBy News Agencies\n\n{BODY}", None),
        (f"Old quay to close\n\nBy ANA REYES FOR EVENING COURIER\n\n{BODY}", "EVENING COURIER"),
        (f"Old quay to close\n\n{BODY}\n\nThe mayor told Xinhua news agency so.", None),
        (f"Old quay to close\n\n{BODY}\n\nThe mayor told Kyodo so. It fell, Kyodo reported.", None),
        (
            f"Old quay to close\n\n{BODY}\n\nIt fell, the Southport Daily News found. The mayor told Kyodo so.",
            None,
        ),
    ],
)
def test_an_outlet_is_named_by_a_clear_pattern(page: str, outlet: str | None) -> None:
    """A newspaper's name where an outlet's name stands; the page's own goes before its agency's."""
    assert outlet == read(page).outlet


def test_a_name_of_its_own_is_no_text() -> None:
    """The line with the newspaper's name, its date and its byline leave the text; the newspaper is no author."""
    article = read(f"Old quay to close\n\nEvening Courier\n\nPublished: 23/04/2021\n\n{BODY}\n\nIt rained.")
    assert f"Old quay to close\n\n{BODY}\n\nIt rained." == article.text
    assert ("Ana Reyes",) == read(f"Old quay to close\n\nBy Ana Reyes, Coastal Wire\n\n{BODY}").authors

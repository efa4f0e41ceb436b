"""Which line of a page with a menu is its headline."""

from __future__ import annotations

from digests.text.page import LineKind, read_page

HEAD = "Ferry sinks off Southport with 40 aboard"
BODY = (
    "A ferry with 40 people aboard sank off Southport on Monday in high waves, the coast guard said in the evening.\n"
    "Divers looked for nine passengers of the ferry until it was dark, and two boats of the coast guard stayed there."
)


def title_of(page: str) -> str | None:
    return next((line.text for line in read_page(page) if line.kind is LineKind.TITLE), None)


def test_a_menu_above_the_text_is_no_headline() -> None:
    """Its words do not come again in the text; neither do those of what the page says of itself."""
    menu = "Home\nSubmit Photos and Video\nWar in the North\nWe use cookies to give you the best service on this site."
    page = f"{menu}\n{HEAD}\nBy Ana Reyes\n3 March 2021\n{BODY}"
    assert HEAD == title_of(page)
    kept = {line.text for line in read_page(page) if line.kind is LineKind.BODY}
    assert set(BODY.split("\n")) == kept


def test_a_headline_that_a_menu_took_for_a_link_is_found() -> None:
    """ "About us" opens a list of links, which goes on down to the text."""
    assert HEAD == title_of(f"Local News\nAbout us\nContests\nCircle of Music\n{HEAD}\nMarch 3, 2021\n{BODY}")


def test_the_papers_name_is_no_headline() -> None:
    """Though the text knows its words, and a menu stands between."""
    menu = "Southport Coast Times\nHome\nSport"
    assert HEAD == title_of(f"{menu}\n{HEAD}\n3 March 2021\n{BODY}")


def test_the_first_of_headline_and_deck_is_the_headline() -> None:
    """A deck shares more words with the text than the headline does, which is shorter."""
    deck = "Divers of the coast guard looked for nine passengers until dark on Monday"
    assert HEAD == title_of(f"Home\n{HEAD}\n{deck}\n3 March 2021\n{BODY}")


def test_a_page_without_furniture_keeps_its_first_line() -> None:
    """Whatever its words are."""
    assert "A black day for the coast" == title_of(f"A black day for the coast\n{HEAD}\n{BODY}")


def test_buttons_between_headline_and_text_go() -> None:
    """The text knows none of their words; a summary, a deck and who wrote it stay."""
    head = [
        "Home",
        HEAD,
        "• Nobody hurt in port",
        "Send in e-mail",
        "Open gallery view",
        "High waves held up divers",
    ]
    page = read_page("\n".join([*head, "3 March 2021", BODY]))
    kept = [line.text for line in page if line.kind is LineKind.BODY]
    assert ["• Nobody hurt in port", "High waves held up divers", *BODY.split("\n")] == kept


def test_the_sender_and_day_of_a_statement_stay() -> None:
    """They stand beside its mark, and who speaks in it is told nowhere else."""
    head = ["Home", "PRESS NOTE", "Harbour and Fisheries Department", "10.11.2023", HEAD]
    page = read_page("\n".join([*head, BODY]))
    kinds = {line.text: line.kind for line in page}
    assert LineKind.BODY == kinds["Harbour and Fisheries Department"]
    assert LineKind.DATED == kinds["10.11.2023"]
    assert LineKind.TITLE == kinds[HEAD]


def test_a_headline_that_a_box_above_it_has_too_is_no_caption() -> None:
    """It knows more of the text than whatever stands once."""
    page = f"Home\nTop stories\nPound gains\n{HEAD}\n{HEAD}\n3 March 2021\nScene of the wreck\n{BODY}"
    assert HEAD == title_of(page)


def test_the_paragraph_above_another_one_is_the_texts() -> None:
    """It is told in words of its own, which the headline knows."""
    lead = "At least nine of the forty who sailed on Monday morning drowned, and the ship lies on the sea bed now."
    caption = "Divers of the coast guard looked for nine until it was dark"
    page = (
        f"Home\nFisheries\nForty sailed on Monday and nine drowned\n3 March 2021\n{caption}\n{lead}\n{BODY}"
    )
    assert "Forty sailed on Monday and nine drowned" == title_of(page)

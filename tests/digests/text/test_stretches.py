"""What stands between and behind the paragraphs of a page."""

import pytest

from digests.text.page import LineKind, read_page

TEXT = [
    "The council of Southport voted on Monday to close the old quay, which two storms had weakened since the autumn.",
    "Divers found cracks in nine of its pillars, the harbour master said, and one of them had moved by an inch.",
    "Boats will use the new pier until the summer, when the council is to say whether it will pay for the repairs.",
]


def body(lines: list[str]) -> list[str]:
    return [line.text for line in read_page("\n".join(lines)) if line.kind in (LineKind.TITLE, LineKind.BODY)]


@pytest.mark.parametrize(
    "between",
    [
        ["Ferry sinks, killing nine", "Two shot dead in a bar in Brume"],
        [
            "Keep reading",
            "list of 2 items",
            "list 1 of 2",
            "Nine die on a ferry",
            "list 2 of 2",
            "Two shot",
            "end of list",
        ],
        ["Related article", "Fire in a mill kills dozens", "video", "Video shows the mill in flames"],
        ["Sign up to the morning email", "Free, six days a week", "Sign up"],
        ["Seven shot dead in a bar in Brume on Friday night"],
        ["Image caption,", "The quay has been shut twice before."],
    ],
)
def test_a_run_of_labels_between_paragraphs_goes(between: list[str]) -> None:
    """Links to other news count the dead of other events."""
    assert body(["Quay of Southport to close", TEXT[0], *between, *TEXT[1:]]) == [
        "Quay of Southport to close",
        *TEXT,
    ]


@pytest.mark.parametrize(
    "between",
    [
        ["Why the quay is old"],
        ["On Friday the council heard the master of the harbour twice"],
        ["The mayor said nobody would be hurt. CNA"],
        ["Deaths: 14", "Wounded: 30"],
        ["- three boys from Brume", "- a fisherman"],
        ["Mara Bell, 34", "Tom Okafor, 51"],
        ["The pillars that moved are:", "the one by the gate", "the one by the lamp"],
    ],
)
def test_subheadings_lists_and_tables_stay(between: list[str]) -> None:
    """What belongs to the text though it does not end like a sentence."""
    assert body(["Quay of Southport to close", TEXT[0], *between, *TEXT[1:]])[2:-2] == between


def test_a_signature_stays_and_links_behind_a_text_go() -> None:
    """Only beside other furniture is a label behind the last paragraph the page's."""
    assert (
        body(["Quay to be closed soon", *TEXT, "The Council of Southport"])[-1] == "The Council of Southport"
    )
    assert body(["Quay to be closed soon", *TEXT, "Share", "Nine die on a ferry"]) == [
        "Quay to be closed soon",
        *TEXT,
    ]


@pytest.mark.parametrize(
    "end", ["Source: Harbour Wire", "Ana Reyes contributed reporting.", "Published in Brume, March 3, 2021"]
)
def test_little_told_below_the_end_of_a_text_goes(end: str) -> None:
    """A teaser below it may be a sentence; where much is told below it, the line ends nothing."""
    teaser = "A ferry has sunk off Brume and killed nine people."
    assert body(["Quay of Southport to close", *TEXT, end, teaser]) == ["Quay of Southport to close", *TEXT]
    assert body(["Quay of Southport to close", *TEXT, end, *(f"{line} So they said." for line in TEXT)])[4:]


def test_a_page_without_marks_is_left_alone() -> None:
    """Where sentences have lost their full stops, a label cannot be told from one."""
    lines = [f"{line[:-1]}" for line in TEXT]
    kept = ["Quay of Southport to close", lines[0], "Two boats left", "Nobody was hurt", lines[1], lines[2]]
    assert body(kept) == kept


def test_teasers_of_other_articles_go() -> None:
    """A headline and a sentence each, whose names the text does not know; paragraphs under subheadings stay."""
    teasers = [
        "Most recent",
        "Rate 'stays'",
        "The Bank of Brume sees no reason to lower it.",
        "Rain in the north",
        "Crews filled sandbags in Alma, the mayor said.",
    ]
    page = ["Quay of Southport to close", *TEXT, *teasers, "3 Comments"]
    assert body(page) == ["Quay of Southport to close", *TEXT]
    own = ["Read next", "Rain in the north", TEXT[1], "What comes next", TEXT[2]]
    assert body(["Quay of Southport to close", TEXT[0], *own])[-1] == TEXT[2]


def test_what_a_picture_shows_now_goes_above_the_text_and_among_furniture() -> None:
    """Told in the present tense, of somebody unnamed; news is told in the past."""
    scene = "Rescue workers look at a leaning crane in Southport on Monday."
    assert body(["Quay of Southport to close", "3 March 2021", scene, *TEXT]) == [
        "Quay of Southport to close",
        *TEXT,
    ]
    told = "The coastguard called off the search on Monday for those aboard a boat."
    assert told in body(["Quay of Southport to close", "3 March 2021", told, *TEXT])
    among = [TEXT[0], "Share", scene, "Advertisement", *TEXT[1:]]
    assert scene not in body(["Quay of Southport to close", *among])
    assert scene in body(["Quay of Southport to close", TEXT[0], scene, *TEXT[1:]])
    news = "Rescuers in Southport ended their search on Monday for two divers."
    assert news in body(["Quay of Southport to close", "3 March 2021", news, *TEXT])


def test_a_short_sentence_alone_in_a_box_goes() -> None:
    """The text knows none of its words; a fact with a number stays."""
    box = ["Sign up to the morning email", "Sign up", "Every morning at breakfast.", "Share", "Advertisement"]
    page = ["Quay of Southport to close", TEXT[0], *box, *TEXT[1:]]
    assert body(page) == ["Quay of Southport to close", *TEXT]
    page[4] = "It rained for 9 hours."
    assert page[4] in body(page)


def test_teasers_behind_the_text_go_by_their_age() -> None:
    """A headline, how old it is, and a sentence without names."""
    rest = [
        "News",
        "Rain in the north",
        "14 hours ago",
        "The crews filled bags.",
        "Fire in a mill",
        "2 days ago",
        "It is out.",
    ]
    assert body(["Quay of Southport to close", *TEXT, *rest]) == ["Quay of Southport to close", *TEXT]

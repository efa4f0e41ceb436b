"""What each line of a scraped page is."""

import pytest

from digests.rules import load_rules
from digests.text.page import LineKind, read_page

BODY = "The council of Southport voted on Monday to close the old quay, which two storms had weakened since the autumn."
LONG_BODY = "\n\n".join(f"{BODY} Point {number}." for number in ("one", "two", "three"))


def kinds(text: str) -> dict[str, str]:
    """Line to kind; the last one of equal lines."""
    return {line.text: line.kind.value for line in read_page(text)}


HEAD = "Quay of Southport to close"


@pytest.mark.parametrize(
    ("before", "line", "after", "kind"),
    [
        ("", "Skip to content", f"{HEAD}\n\n{BODY}", LineKind.DROP),
        ("", HEAD, BODY, LineKind.TITLE),
        (HEAD, "By Ana Reyes", BODY, LineKind.BYLINE),
        (HEAD, "Ana Reyes", f"By Ana Reyes\n\n{BODY}", LineKind.DROP),
        (HEAD, "Published: 18/03/2021", BODY, LineKind.DATED),
        (HEAD, "FILE - The quay, May 4, 2019.", BODY, LineKind.ARCHIVE),
        (HEAD, "The old quay. (AP Photo/Ana Reyes)", BODY, LineKind.CAPTION),
        (HEAD, "A crane lifts stones", f"A crane lifts stones\n\n{BODY}", LineKind.CAPTION),
        (HEAD, "Southport, Kenya", BODY, LineKind.CAPTION),
        (f"{HEAD}\n\n{BODY}\n\nRelated stories", "Five quays that fell", "", LineKind.DROP),
        (f"{HEAD}\n\n{LONG_BODY}\n\nMore on this story\n\nQuay: 'We ran'", "3 March 2019", "", LineKind.DROP),
        (f"{HEAD}\n\n{BODY}", "Harbour Weekly, Edition of 3 March 2021", "", LineKind.DATED),
        (f"{HEAD}\n\n{LONG_BODY}\n\n3 Comments", "What a shame, says reader.", "", LineKind.DROP),
        (HEAD, "The quay at dawn", f"Getty\n\n{BODY}", LineKind.CAPTION),
        (f"{HEAD}\n\n{BODY}", "Reyes reported from Southport.", "", LineKind.FOOT),
        (HEAD, "Our reasons", BODY, LineKind.BODY),
        (HEAD, BODY, "", LineKind.BODY),
    ],
)
def test_line_is_what_it_looks_like(before: str, line: str, after: str, kind: LineKind) -> None:
    """One row for each sort of page furniture, and for what must stay."""
    assert kind.value == kinds(f"{before}\n\n{line}\n\n{after}")[line]


@pytest.mark.parametrize(
    ("rule_id", "line"),
    [
        (rule.id, str(example["text"]))
        for rule in load_rules("furniture").rules
        # Names alone are a byline beside another one only.
        if rule.yields["role"] != "bare"
        for example in rule.examples
    ],
)
def test_cheap_tests_let_every_example_through(rule_id: str, line: str) -> None:
    """What `opens`, `holds` and `max` of a rule keep away is nothing that its pattern matches."""
    ids = [rule.id for rule in load_rules("furniture").rules]
    found = read_page(f"{HEAD}\n\n{line}")[-1].rule
    assert found in ids[: ids.index(rule_id) + 1]


def test_headline_is_kept_once() -> None:
    """A page that repeats its headline has it once."""
    lines = read_page(f"Quay to close soon\n\nQuay to close soon\n\n{BODY}")
    assert [LineKind.TITLE, LineKind.DROP, LineKind.BODY] == [line.kind for line in lines]


def test_comment_form_above_the_body_does_not_cut_it() -> None:
    """A page that opens with a form keeps its article."""
    assert "body" == kinds(f"Leave a Reply\n\nQuay to close soon\n\n{BODY}")[BODY]


def test_hard_wrapped_copy_is_joined() -> None:
    """Lines cut at a column are one paragraph."""
    wrapped = (
        "SOUTHPORT TWO BRIDGES WERE BLOWN UP ON MONDAY NIGHT,",
        "THE ARMY SAID, AND ONE MORE WAS DAMAGED BY THE FLOOD,",
        "WHICH CAME AT DAWN AND LEFT THE TOWN WITHOUT POWER AND",
        "WATER FOR MOST OF THE DAY, OFFICIALS SAID ON TUESDAY.",
    )
    lines = read_page("\n".join(wrapped))
    assert 1 == len(lines)


@pytest.mark.parametrize(
    "names", ["Ana Reyes", "Ana Reyes in Southport and Tom Okafor in Brume", "Ana Reyes and agencies"]
)
def test_names_alone_are_a_byline_only_beside_the_date(names: str) -> None:
    """A line of names goes right under a page's date, and stays in the middle of its text."""
    assert "byline" == kinds(f"{HEAD}\n\n3 March 2021\n\n{names}\n\n{BODY}")[names]
    assert "body" == kinds(f"{HEAD}\n\n3 March 2021\n\n{BODY}\n\n{BODY}\n\n{names}\n\n{BODY}")[names]


def test_the_writers_name_and_job_below_the_headline_go() -> None:
    """Also where the page says only how long ago it was put up."""
    found = kinds(
        f"Quay to close soon\n\n2 days ago\n\nAna Reyes\n\nSouth Coast correspondent\n\n{BODY}\n\n{BODY} It rained."
    )
    assert "byline" == found["Ana Reyes"]
    assert {"drop"} == {found[line] for line in ("2 days ago", "South Coast correspondent")}


def test_words_for_those_who_do_not_see_the_picture_go_with_what_stood_below_it() -> None:
    """The agency opens the first; the second is short and no sentence."""
    first, second = "Getty Images Cranes lift stones from a quay", "The quay was closed for a month"
    found = kinds(f"Quay to close soon\n\n{first}\n\n{second}\n\n{BODY}\n\n{BODY} It rained.")
    assert {"caption"} == {found[first], found[second]}
    assert "body" == kinds(f"Quay to close soon\n\n{BODY}\n\n{second}\n\n{BODY} It rained.")[second]


def test_what_a_page_leads_to_at_its_end_goes_with_its_day() -> None:
    """A question under "More on this story" is a headline, the day below it that of another page."""
    page = f"Quay to close soon\n\n{BODY * 3}\n\nMore on this story\n\nCan the quay be saved?\n\n28 November 2020"
    assert {"drop"} == {kinds(page)[line] for line in ("Can the quay be saved?", "28 November 2020")}
    own = f"Quay to close soon\n\n{BODY * 3}\n\n28 November 2020"
    assert "dated" == kinds(own)["28 November 2020"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (("The Brume Ledger", "Gate tragedy: Death toll now 17"), "Gate tragedy: Death toll now 17"),
        (("Africa / Lowland", "Lowland buries its first dead"), "Lowland buries its first dead"),
        (
            ("Ministry of Works", "PRESS RELEASE", "Ref: MW/25/061", "COLLAPSE OF THE GATE AT BRUME"),
            "COLLAPSE OF THE GATE AT BRUME",
        ),
        (
            ("Lowland: Soldiers must leave the gate", "PRESS RELEASE", "Responding to the raid on the gate"),
            "Lowland: Soldiers must leave the gate",
        ),
        (("Analysis | Why the old gate fell",), "Analysis | Why the old gate fell"),
    ],
)
def test_title_stands_below_paper_path_and_sender(head: tuple[str, ...], title: str) -> None:
    """A name, a section's path or a statement's sender is no headline; a headline above the mark stays one."""
    body = "Nine people died when the old gate of Brume fell on a market on Tuesday, the mayor said."
    page = read_page("\n\n".join((*head, body, body.replace("Nine", "Ten"))))
    assert [title] == [line.text for line in page if line.kind is LineKind.TITLE]


@pytest.mark.parametrize(
    "line",
    [
        "LOG IN | SUBSCRIBE | E-PAPER",
        "That's all from us for today. Thanks for reading.",
        "Have YOU been affected? Email tips@brume.test",
        "A version of this article appears in print on June 13, 2025, Section A.",
        "Ana Reyes has covered the ports of Lowland for CNA since 2016.",
        "BRUME (Radio Brume) – This is a developing story. Check back for updates.",
        "Sign up to our newsletter for the latest news of the coast.",
        "For more information, please contact:",
    ],
)
def test_what_newsrooms_write_around_a_report_goes(line: str) -> None:
    """Invitations, farewells of a live page, print editions and authors' lives tell nothing of the news."""
    page = read_page(
        f"Gate of Brume falls on market\n\nNine people died on Tuesday.\n\n{line}\n\nTen were hurt."
    )
    assert [LineKind.DROP] == [found.kind for found in page if found.text == line]


def test_a_sentence_above_a_credit_is_the_pictures() -> None:
    """Where it tells a scene; a paragraph above a credit that lost its picture stays."""
    scene = "Divers search the water for the crew of the ferry on Monday."
    found = kinds(f"Quay to close soon\n\n{scene}\n\nAna Reyes/AFP\n\n{BODY}\n\n{BODY} It rained.")
    assert "caption" == found[scene]
    told = "The mayor said that nobody had been hurt on Monday."
    found = kinds(f"Quay to close soon\n\n{BODY}\n\n{told}\n\nAna Reyes/AFP\n\n{BODY} It rained.")
    assert "body" == found[told]


def test_a_label_that_stands_often_is_no_text() -> None:
    """The sender of posts, a button below each of them."""
    posts = "\n\n".join(
        f"Harbour Watch\n\nBoat {number} is back in the harbour, all are well." for number in "123"
    )
    assert "drop" == kinds(f"Quay to close soon\n\n{posts}\n\n{BODY}")["Harbour Watch"]


def test_what_goes_on_asking_the_reader_goes() -> None:
    """Below a line that asks for support; a sentence of the text that says "you" stays."""
    asked = "Sign up to our newsletter for the latest news of the coast."
    more = "Your gift will help us to ask more questions."
    found = kinds(f"Quay to close soon\n\n{BODY}\n\n{asked}\n\n{more}\n\n{BODY} It rained.")
    assert {"drop"} == {found[asked], found[more]}
    assert "body" == kinds(f"Quay to close soon\n\n{BODY}\n\n{more}\n\n{BODY} It rained.")[more]


def test_a_line_that_holds_the_headline_and_the_section_is_the_browsers() -> None:
    """So it stands above the headline on pages that are copied whole."""
    page = f"Home\n\nCoast|Quay of Southport to close\n\nAna Reyes\n\n{HEAD}\n\n{BODY}\n\n{BODY} It rained."
    assert "drop" == kinds(page)[f"Coast|{HEAD}"]
    assert "title" == kinds(page)[HEAD]


def test_what_a_newsroom_says_of_itself_above_its_appeal_goes() -> None:
    """A statement's "we" above a line on how to subscribe stays."""
    own, appeal = (
        "You know our careful reporting.",
        "Please consider supporting our newsroom: subscribe today.",
    )
    assert "drop" == kinds(f"{HEAD}\n\n{LONG_BODY}\n\n{own}\n\n{appeal}")[own]
    said = "We ask everybody not to come near the quay: the wall can fall at any hour."
    assert "body" == kinds(f"{HEAD}\n\n{LONG_BODY}\n\n{said}\n\nSubscribe to the channel")[said]


def test_what_a_caption_shows_goes_with_the_caption() -> None:
    """Words for those who do not see it name nobody; a caption may stand above without its credit."""
    shown, caption = (
        "A man in yellow looks at a fallen crane.",
        "The quay on Monday. (Harbour News: Ana Reyes)",
    )
    assert "caption" == kinds(f"{HEAD}\n\n{BODY}\n\n{shown}\n\n{caption}\n\n{BODY} It rained.")[shown]
    page = f"{HEAD}\n\nScene of the fall\n\nScene of the fall. Photo: Harbour News\n\n{BODY}"
    assert "caption" == kinds(page)["Scene of the fall"]


def test_a_mark_behind_the_last_word_ends_the_text() -> None:
    """The sentence in front of it is told."""
    last = 'The mayor called it "a black day".  ■'
    assert "body" == kinds(f"{HEAD}\n\n{LONG_BODY}\n\n{last}\n\nMore news\n\nRain in Brume")[last]


def test_a_name_below_by_is_the_writers() -> None:
    """ "By" and the name stand in lines of their own."""
    assert "byline" == kinds(f"{HEAD}\n\nBY\n\nAna Reyes\n\n{BODY}\n\n{BODY} It rained.")["Ana Reyes"]


def test_a_credit_whose_brackets_stand_apart_is_one_line() -> None:
    """What stands above it is the picture's."""
    page = f"{HEAD}\n\n{BODY}\n\nDivers at the quay\n\n(\n\nImage:\n\nAna Reyes/PA Wire)\n\n{BODY} It rained."
    assert "caption" == kinds(page)["Divers at the quay"]
    assert "(" not in kinds(page)

"""Figures come out of sentences with their measure, interval, victims, parts and evidence."""

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest

from digests.extract.casualties import SUM_RULE, find_figures
from digests.extract.incidents import find_incidents
from digests.extract.quotes import find_quotes
from digests.rules import load_rules
from digests.text.document import make_document
from digests.types import Figure, Measure, Scope

SHAPES: dict[str, dict[str, Any]] = dict(load_rules("casualties").meaning["shape"])


def read(text: str, *, quotes: bool = False) -> tuple[Figure, ...]:
    document = make_document("a", text, published=dt.date(2025, 3, 12))
    said = find_quotes(document) if quotes else ()
    return find_figures(document, (), said, find_incidents(document, (), ()))


def brief(figure: Figure) -> tuple[str, int | None, int | None]:
    return figure.measure.value, figure.bounds.low, figure.bounds.high


@pytest.mark.parametrize(
    ("shape", "text"),
    [(name, text) for name, table in SHAPES.items() for text in table.get("examples", [])],
)
def test_shape_reads_its_examples(shape: str, text: str) -> None:
    """Every shape has sentences that it reads itself."""
    assert shape in {figure.evidence.rule for figure in read(text)}


def test_every_shape_has_an_example() -> None:
    """The rule file shows what each shape is for."""
    assert [] == [name for name, table in SHAPES.items() if not table.get("examples")]


@pytest.mark.parametrize(
    "text", [text for table in SHAPES.values() for text in table.get("not_examples", [])]
)
def test_near_misses_give_no_figure(text: str) -> None:
    """Threats, denials and possibilities count nobody."""
    assert () == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THREE NUNS WERE SLAIN AND TWO OTHERS HURT.", [("killed", 3, 3), ("injured", 2, 2)]),
        ("Mara Lindqvist, 25, was shot dead.", [("killed", 1, 1)]),
        ("Odell, who was 71, died on Monday.", [("killed", 1, 1)]),
        ("In Kelmar, 12 were killed.", [("killed", 12, 12)]),
        ("Four people are recovering after being shot.", [("injured", 4, 4)]),
        ("The flood sent nine people to the hospital.", [("injured", 9, 9)]),
        ("Three police stations were hit.", []),
        ("The group carried out an attack at 11:20 p.m. and killed two guards.", [("killed", 2, 2)]),
        ("The quake is feared to have killed thousands of people.", []),
        ("A robber shot two clerks dead and stabbed a guard to death.", [("killed", 2, 2), ("killed", 1, 1)]),
        ("The golfer shot 68 on Sunday.", []),
        ("He has four prior arrests.", []),
        ("One of three people taken to hospital later died.", [("killed", 1, 1)]),
        ("The ministry would not say how many people were killed.", []),
        ("A girl aged four died of a head wound.", [("killed", 1, 1)]),
        ("All knew one of the four miners who died.", [("killed", 4, 4)]),
        ("He is one of two Swedes missing.", [("missing", 2, 2)]),
        ("The number of people known to have died rose to 27.", [("killed", 27, 27)]),
    ],
)
def test_reads(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Wordings that once were read wrong."""
    assert expected == [brief(figure) for figure in read(text)]


def test_list_gives_each_member_and_a_sum() -> None:
    """A list that names all victims is counted as written; its sum is marked as such and holds the members."""
    figures = read("Two men and a woman were killed.")
    total = next(figure for figure in figures if figure.evidence.rule == SUM_RULE)
    parts = [figure for figure in figures if figure.evidence.rule != SUM_RULE]
    assert ("killed", 3, 3) == brief(total)
    assert [("men", 2), ("women", 1)] == [(figure.group, figure.bounds.low) for figure in parts]
    assert {figures.index(total)} == {figure.part_of for figure in parts}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nine people, four of them children, were killed.", {"children": 0}),
        ("The crash killed 17 people, including six students.", {"students": 0}),
        ("Eight people died: five civilians and three soldiers.", {"civilians": 0, "soldiers": 0}),
        ("Ten people drowned. Among them were three nurses.", {"medics": 0}),
    ],
)
def test_parts_point_to_their_total(text: str, parts: dict[str, int]) -> None:
    """A part carries the index of its total."""
    assert parts == {figure.group: figure.part_of for figure in read(text) if figure.part_of is not None}


def test_person_described_after_a_total_is_one_of_them() -> None:
    """Details about one victim do not stand as a count of their own."""
    figures = read("Four people were shot. A 19-year-old man was shot in the leg.")
    assert [None, 0] == [figure.part_of for figure in figures]


def test_known_person_counts_only_where_nobody_else_died() -> None:
    """The attacker's death is the only one, or it is left out."""
    assert [("killed", 1, 1)] == [
        brief(figure) for figure in read("Officers fired and the suspect was killed.")
    ]
    figures = read("Three people were killed. Officers fired and the suspect was killed.")
    assert [("killed", 3, 3)] == [brief(figure) for figure in figures]


def test_shots_that_killed_some_are_casualties() -> None:
    """ "Seven people were shot, two fatally" does not say that seven were injured; five were, by adding up."""
    figures = read("Seven people were shot, two of them fatally.")
    told = [(f.measure, f.bounds.low) for f in figures if f.evidence.rule != SUM_RULE]
    added = [(f.measure, f.bounds.low) for f in figures if f.evidence.rule == SUM_RULE]
    assert [(Measure.CASUALTIES, 7), (Measure.KILLED, 2)] == told
    assert [(Measure.INJURED, 5)] == added


def test_own_death_of_the_attacker_adds_to_the_dead() -> None:
    """Three victims and the attacker are four dead; the text's own number stays what it is."""
    figures = read("The gunman killed three colleagues before killing himself.")
    assert [("killed", 3, 3), ("killed", 4, 4)] == [brief(figure) for figure in figures]
    assert SUM_RULE == figures[1].evidence.rule
    assert 1 == figures[0].part_of


def test_others_are_of_the_kind_before_them() -> None:
    """ "several others" after officers are officers."""
    assert ["police", "police"] == [
        f.group for f in read("11 officers were killed and several others injured.")
    ]


def test_running_total_is_no_count_of_the_incident() -> None:
    """A count since a day long ago is a total."""
    figures = read(
        "More than 20,000 people have been killed since October. Five people were killed on Monday."
    )
    assert [Scope.TOTAL, Scope.INCIDENT] == [figure.scope for figure in figures]


def test_count_over_several_is_a_total() -> None:
    """What many crashes killed is no count of the last one."""
    figures = read(
        "It was the ninth crash on the pass; 40 people have died in them. Two people died on Monday."
    )
    assert [Scope.TOTAL, Scope.INCIDENT] == [figure.scope for figure in figures]


def test_other_people_may_be_anybody() -> None:
    """ "Others" are of the kind before them, "other people" need not be."""
    assert ["medics", "people"] == [
        figure.group
        for figure in read("The blast killed three nurses and wounded seven other people.")
        if figure.evidence.rule != "casualties.sum"
    ]


def test_bodies_on_top_of_a_toll_keep_that_word() -> None:
    """ "Four more bodies" are no earlier toll of four: what they come on top of shows in the victims' words."""
    toll, more = read("The toll rose to 23 after four more bodies were found in a barn.")
    assert (23, None) == (toll.bounds.low, toll.victims)
    assert (4, "more bodies") == (more.bounds.low, more.victims)


def test_evidence_leads_back_to_the_words() -> None:
    """Spans hold in the text as it stands, odd quotes and all."""
    text = "Officials said the blast killed “at least seven” guards."
    figure = read(text)[0]
    span = figure.evidence.span
    assert "killed “at least seven” guards" == text[span.start : span.end]
    assert ("at least seven", "police") != (figure.words, figure.group)
    assert "at least seven" == figure.words
    assert "guards" == figure.group


def test_empty_text_gives_nothing() -> None:
    """No sentence, no figure."""
    assert () == read("")


@pytest.mark.parametrize(
    "piece",
    [
        "12 killed, ",
        "12 killed ",
        "killed ",
        "killed and ",
        "attack ",
        "two ",
        "and ",
        "a, ",
        "two men and ",
        "( 5 people, including ",
        "a ",
        "one of the 3 of the ",
        "12 of them, ",
        "Mara Holm, 25, ",
    ],
)
def test_time_stays_linear(piece: str) -> None:
    """Eight times the text takes about eight times as long; a square would take 64 times, at each of three tries."""
    for _ in range(3):
        short, long = _seconds(piece, 8_192), _seconds(piece, 65_536)
        if long < 24 * short + 0.1:
            return
    raise AssertionError(f"8 kB took {short:.3f} s, 64 kB {long:.3f} s")


def _seconds(piece: str, length: int) -> float:
    """Processor time, which a busy machine does not change much; the better of two."""
    text = piece * (length // len(piece))
    spent: list[float] = []
    for _ in range(2):
        begin = time.process_time()
        read(text)
        spent.append(time.process_time() - begin)
    return min(spent)


def test_endless_sentence_is_read_to_its_end() -> None:
    """A text without full stops loses nothing."""
    text = "the market was full of people who bought bread and salt " * 100 + "and a blast killed 12 people"
    assert [("killed", 12, 12)] == [brief(figure) for figure in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Feb. 21 two people were killed.", [("killed", 2, 2)]),
        ("KETH (Feb. 21, 2014) - Two people died.", [("killed", 2, 2)]),
        ("In March 40 people were killed.", [("killed", 40, 40)]),
        ("The plague killed 1e3 people.", []),
        ("In the cold of -5 people died.", []),
        ("-5 people were killed in Keth.", [("killed", 5, 5)]),
        ("In all 41 people were killed.", [("killed", 41, 41)]),
        ("The man fired one shot at the car.", []),
        ("Three officers were shot at while on patrol.", []),
        ("Karl Holm, also 35, died.", [("killed", 1, 1)]),
        ("A woman, 22, was shot.", [("injured", 1, 1)]),
    ],
)
def test_numbers_that_count_nobody(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Days, degrees, powers, ages and shots are no victims."""
    assert expected == [brief(figure) for figure in read(text)]


def test_headline_without_a_stop_is_read_by_itself() -> None:
    """Two blanks end a line where a page was made plain text."""
    text = "Five hurt in Keth shooting  Two women were killed in the lane"
    assert [("injured", 5, 5), ("killed", 2, 2)] == [brief(figure) for figure in read(text)]


def test_annotated_sentences_are_all_there() -> None:
    """The annotated set is large enough for the quality gate."""
    path = Path(__file__).parents[2] / "eval" / "figures.jsonl"
    assert len([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]) >= 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Capt. Aldo Brun and Trooper Rita Holm, both 51, died.", [("both", 2)]),
        ("The town's fire chief, Mark Orlov, 46, was injured.", [("Mark Orlov", 1)]),
        ("Ken Ross (Kiki) Moore, 16, was killed.", [("Ken Ross (Kiki) Moore", 1)]),
        ("Anna Berg, 31, and Karl Holm, 35, died.", [("Anna Berg, 31, and Karl Holm, 35", 2)]),
        ("Four people died. Anna Berg, 31, and Karl Holm, 35, died at once.", [("Four", 4)]),
    ],
)
def test_ages_are_no_counts(text: str, expected: list[tuple[str, int]]) -> None:
    """A person named with an age is one, and the words are the name; a list of such names is its sum."""
    told = [figure for figure in read(text) if figure.evidence.rule != SUM_RULE]
    assert expected == [(figure.words, figure.bounds.low) for figure in told]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The three clerks-two women and a man-were killed.",
            [("workers", 3, None), ("women", 2, 0), ("men", 1, 0)],
        ),
        (
            "Five divers – three men and two women – were killed.",
            [("athletes", 5, None), ("men", 3, 0), ("women", 2, 0)],
        ),
        ("Three people, one of them a pregnant woman, died.", [("people", 3, None), ("women", 1, 0)]),
        (
            "At least nine people, a boy and eight men, had drowned.",
            [("people", 9, None), ("children", 1, 0), ("men", 8, 0)],
        ),
    ],
)
def test_inserts_divide_their_total(text: str, expected: list[tuple[str, int, int | None]]) -> None:
    """What stands between dashes or commas behind a total are its parts, and adds no sum."""
    assert expected == [(figure.group, figure.bounds.low, figure.part_of) for figure in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deaths rose to 14 on Monday.", [("killed", 14, 14)]),
        ("The plane crashed, killing everyone aboard.", []),
        ("The suspect hanged himself in his cell.", [("killed", 1, 1)]),
        ("The toll rose from 12 to 15.", [("killed", 15, 15), ("killed", 12, 12)]),
        ("The ministry revised the toll from 22 to 17.", [("killed", 22, 22), ("killed", 17, 17)]),
        ("At least one person was killed.", [("killed", 1, None)]),
        ("The coach was carrying 46 people, of whom 45 were killed.", [("killed", 45, 45)]),
    ],
)
def test_deaths_that_rose(text: str, expected: list[tuple[str, int, int]]) -> None:
    """A rising number is a toll; "everyone" is no number."""
    assert expected == [brief(figure) for figure in read(text)]


def test_a_pronoun_describes_no_victim() -> None:
    """ "himself" says nothing about who died."""
    assert [None] == [figure.victims for figure in read("The suspect hanged himself in his cell.")]


def test_a_table_is_not_read_to_its_end() -> None:
    """Hundreds of counts in one text are no report."""
    assert 300 == len(read("12 killed. " * 900))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two troopers guarding a prisoner outside the hall were shot dead.", [("troopers", 2)]),
        ("A trooper questioning a woman and a man near Orm was fatally shot.", [("trooper", 1)]),
        ("A nurse carrying two children was killed when the wall fell.", [("nurse", 1)]),
        ("A judge upheld the wish of a jury that convicted killer Ben Rowe die for it.", []),
        ("When one is killed, all of us lose.", []),
        ("A guard — a father of two — died after a shooting.", [("guard", 1)]),
    ],
)
def test_whom_a_verb_hits_is_its_subject(text: str, expected: list[tuple[str, int]]) -> None:
    """Whoever does something to others is hit, not they; a verb that fits no subject beside it counts nobody."""
    told = [figure for figure in read(text) if figure.evidence.rule != SUM_RULE]
    assert expected == [(figure.victims, figure.bounds.low) for figure in told]

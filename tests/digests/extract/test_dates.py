"""Time expressions: the rule files' own examples, the annotated sentences, and what only a whole text shows."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from digests.extract.dates import find_dates
from digests.rules import Rule, load_rules
from digests.text.document import make_document
from digests.types import DateMention, Precision, TimexType

THURSDAY = dt.date(2024, 1, 18)
SENTENCES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "eval" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
]
RULES = [pytest.param(rule, id=rule.id) for rule in load_rules("dates").rules if not rule.drop]


def find(text: str, published: dt.date | None = THURSDAY) -> tuple[DateMention, ...]:
    return find_dates(make_document("a", text, published=published))


@pytest.mark.parametrize("rule", RULES)
def test_rule_gives_the_value_of_its_examples(rule: Rule) -> None:
    """Each example in the rule file has the value that it promises, read in a sentence."""
    for example in rule.examples:
        if "value" not in example:
            continue
        published = dt.date.fromisoformat(example["published"]) if "published" in example else None
        values = [mention.value for mention in find(f"It was known in {example['text']}.", published)]
        assert example["value"] in values, (rule.id, example, values)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=str(row["text"])[:50],
            # Should be read and is not yet: `tests/eval/README.md` names them.
            marks=[pytest.mark.xfail(reason="not read yet", strict=True)] if row.get("missed") else [],
        )
        for row in SENTENCES
    ],
)
def test_annotated_sentence(row: dict[str, object]) -> None:
    """The project's own annotated sentences, words, type and value."""
    published = dt.date.fromisoformat(str(row["published"])) if row["published"] else None
    found = [
        {"words": m.words, "type": m.type.value, "value": m.value} for m in find(str(row["text"]), published)
    ]
    assert row["dates"] == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On May 5, 12 people were hurt in Oslo.", "May 5 2023-05-05"),
        ("By 4 March 31 bodies had been found.", "4 March 2024-03-04"),
        ("As of 4 March, 31 of the miners were missing.", "4 March 2024-03-04"),
        ("BERGEN, 12 JAN 19 (HW) -- The dam broke.", "12 JAN 19 2019-01-12"),
        ("On 12 Jan 19 the dam broke.", "12 Jan 19 2019-01-12"),
        ("The bridge was opened on May 5 '89.", "May 5 '89 1989-05-05"),
    ],
)
def test_a_count_behind_a_day_is_no_year(text: str, day: str) -> None:
    """Two digits that count somebody do not move a day by years."""
    (mention,) = find(text)
    assert day == f"{text[mention.evidence.span.start : mention.evidence.span.end]} {mention.value}"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("She reads Sweden Today.", []),
        ("Sweden Today reported the sale.", []),
        ("Five Killed Today in Oslo", ["2024-01-18"]),
        ("Police met Ms Lind today.", ["2024-01-18"]),
        ("They are the leaders of tomorrow.", []),
        ("The match of tomorrow is off.", ["2024-01-19"]),
        ("The boat sails on Monday and Tuesday nights.", ["XXXX-WXX-1", "XXXX-WXX-2TNI"]),
        ("They kept the tapes of the night the ferry sank.", []),
        ("It rained through the night.", ["2024-01-18TNI"]),
        ("She read USA TODAY.", []),
        ("He spoke to the “Today” programme.", []),
        ("“Today we leave,” he said.", ["2024-01-18"]),
        ("They voted on Super Tuesday.", []),
        ("They voted on Tuesday.", ["2024-01-16"]),
        ("He was seen the day before his death.", ["XXXX-XX-XX"]),
        ("He was seen the day before.", ["2024-01-17"]),
        ("The month after his election was wasted.", []),
        ("One recent evening two men sat there.", ["PAST_REF"]),
        ("He was jailed in 2006. It fell in June of the same year.", ["2006", "2006-06", "2006"]),
    ],
)
def test_days_that_are_none_of_the_calendar(text: str, values: list[str]) -> None:
    """Names of papers, whoever is to come, timetables and nights told by what happened in them are no days."""
    assert values == [mention.value for mention in find(text)]


def test_spans_lead_back_to_the_words() -> None:
    """Every mention's span holds its words, inside its sentence."""
    text = "“We left on Tuesday,” she said.\n\nThe road opened on 3 March 2021 at 4.30am."
    for mention in find(text):
        assert mention.words == text[mention.evidence.span.start : mention.evidence.span.end]
        assert mention.evidence.sentence.covers(mention.evidence.span)


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("The ministers will meet Friday in Southport.", True),
        ("The ministers met Friday in Southport.", False),
        ("The ministers are to meet on 25 January 2024.", True),
        ("The envoy will speak later on Thursday.", True),
        ("The envoy spoke on Thursday.", False),
    ],
)
def test_what_is_ahead_is_planned(text: str, planned: bool) -> None:
    """Tense and calendar tell what has not happened yet."""
    assert [planned] == [mention.is_planned for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("It fell in December 2023.", "2023-12-01", "2023-12-31", Precision.MONTH),
        ("It fell in 2019.", "2019-01-01", "2019-12-31", Precision.YEAR),
        ("It fell last week.", "2024-01-08", "2024-01-14", Precision.WEEK),
        ("It fell at 7am on Tuesday.", "2024-01-16", "2024-01-16", Precision.TIME),
        ("It fell last night.", "2024-01-17", "2024-01-18", Precision.TIME),
        ("It fell in the third quarter of 2022.", "2022-07-01", "2022-09-30", Precision.QUARTER),
        ("It fell in the 1980s.", "1980-01-01", "1989-12-31", Precision.DECADE),
    ],
)
def test_mention_covers_its_days(text: str, first: str, last: str, precision: Precision) -> None:
    """First and last day and how exact they are."""
    (mention,) = find(text)
    assert (first, last, precision) == (str(mention.first), str(mention.last), mention.precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A car was driven into the Christmas market.", None),
        ("The Good Friday Agreement still holds.", None),
        ("The choir sang at the Christmas Eve concert.", "2021-12-24"),
        ("The choir sang at Christmas.", "2021-12-25"),
    ],
)
def test_what_is_of_a_feast_is_not_on_its_day(text: str, day: str | None) -> None:
    """The feast keeps its value, but nothing happened on that day."""
    (mention,) = find_dates(make_document("a", text, published=dt.date(2021, 12, 20)))
    assert day == (str(mention.first) if mention.first else None)


def test_without_a_publication_day_nothing_is_guessed() -> None:
    """Relative days stay open; written ones do not need the day."""
    mentions = find("It fell on Tuesday. It rose on 4 May 2016. It fell yesterday, and last month.", None)
    assert ["XXXX-WXX-2", "2016-05-04", "XXXX-XX-XX", "XXXX-XX"] == [mention.value for mention in mentions]
    assert [None, dt.date(2016, 5, 4), None, None] == [mention.first for mention in mentions]


def test_other_dates_say_how_a_page_writes_numbers() -> None:
    """03/04 follows a date on the same page that can be read in one way only."""
    assert ["2019-04-03", "2019-04-25"] == [m.value for m in find("From 03/04/2019 until 25/04/2019.")]
    assert ["2019-03-04", "2019-04-25"] == [m.value for m in find("From 03/04/2019 until 04/25/2019.")]
    assert ["2019"] == [m.value for m in find("From 03/04/2019 on.")]


def test_memory_of_a_day_fades() -> None:
    """ "The previous day" counts from the day last spoken of, but not from one many sentences ago."""
    filler = "Nobody spoke. " * 5
    (_, near) = find("The wall fell on Monday. It had creaked the previous day.")
    (_, far) = find(f"The wall fell on Monday. {filler}It had creaked the previous day.")
    assert ("2024-01-14", "2024-01-17") == (near.value, far.value)


@pytest.mark.parametrize(
    "text",
    [
        "They may march in the sun, and sat down to wed.",
        "The firm sold 1,500 cars, 2000 bikes and 1999 boats.",
        "Flight 1990 carried more than 2010 people.",
        "A three-quarters majority of the 52-year-old club met.",
        "He came second, and she was first.",
    ],
)
def test_words_that_only_look_like_time(text: str) -> None:
    """Common words, amounts, ages and ranks name no day."""
    assert [] == [mention.words for mention in find(text) if mention.first is not None]


def test_types_are_timex_types() -> None:
    """A day is a DATE, an hour a TIME, a length a DURATION, what recurs a SET."""
    mentions = find("On Tuesday at 7am they met for two hours, as they do every week.")
    assert [TimexType.TIME, TimexType.DURATION, TimexType.SET] == [mention.type for mention in mentions]


@pytest.mark.parametrize(
    "piece",
    ["Monday ", "2019 ", "the last the next ", "1/", "a week or so ", "ten-", "May 3-", "at 7 ", "'s "],
)
def test_any_text_is_read_in_linear_time(piece: str) -> None:
    """64 kB of one repeated piece take a fraction of a second."""
    text = piece * (64_000 // len(piece))
    start = time.perf_counter()
    find(text)
    assert time.perf_counter() - start < 15


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "The wall fell on Sunday. It creaked again at 07:25 hours (0355 GMT) on Monday.",
            ["2024-01-14", "2024-01-15T07:25", "2024-01-15T03:55", "2024-01-15"],
        ),
        (
            "The wall fell on Sunday. It creaked at 09:10 and was shut on Monday.",
            ["2024-01-14", "2024-01-14T09:10", "2024-01-15"],
        ),
    ],
)
def test_the_day_beside_a_clock_goes_before_the_day_last_spoken_of(text: str, values: list[str]) -> None:
    """Unless other words stand between them."""
    assert values == [mention.value for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "A judge sentenced him on Monday. He broke out of jail in March 2005. Later that day he shot a guard.",
            ["2024-01-15", "2005-03", "XXXX-XX-XX"],
        ),
        (
            "He was freed on Monday. He had killed two in 2005, and a third the next day.",
            ["2024-01-15", "2005", "XXXX-XX-XX"],
        ),
        (
            "He fled in March 2005. On Monday he was caught. The next day he spoke.",
            ["2005-03", "2024-01-15", "2024-01-16"],
        ),
    ],
)
def test_a_day_counted_from_some_month_is_open(text: str, values: list[str]) -> None:
    """Behind a month or a year of long ago "the next day" is not the one behind the day spoken of before."""
    assert values == [mention.value for mention in find(text)]


def test_for_the_night_is_no_plan() -> None:
    """Words for how long are none for what is fixed."""
    assert not any(mention.is_planned for mention in find("Many people bedded down for the night in a park."))

"""Timelines over made-up articles."""

import dataclasses
import datetime as dt

import pytest

from digests.analysis.anchors import date_undated
from digests.analysis.entries.choice import choose_days, weigh_days
from digests.analysis.timeline import build_timeline, choose_entries
from digests.extract.dates import find_dates
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import (
    ActorKind,
    Article,
    Evidence,
    Facts,
    IncidentMention,
    Precision,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    StoryArticle,
    TimelineEntry,
)

DAY = dt.date(2021, 3, 18)  # a Thursday


def article(
    name: str, text: str, published: dt.date | None = DAY, copy_of: str | None = None
) -> StoryArticle:
    document = make_document(name, text, published=published)
    at = dt.datetime(published.year, published.month, published.day, tzinfo=dt.UTC) if published else None
    return StoryArticle(
        article=Article(
            id=name, source_id="s", external_id=name, text=text, published=at, published_on=published
        ),
        facts=Facts(dates=find_dates(document)),
        copy_of=copy_of,
    )


def days(entries: tuple[TimelineEntry, ...]) -> list[str]:
    return [entry.first.isoformat() for entry in entries]


def test_one_happening_in_two_articles_is_one_entry() -> None:
    """Both outlets are cited, with their own words."""
    first = article("a", "The ferry Aurora sank off Southport harbour on Tuesday with forty passengers.")
    second = article(
        "b", "On Tuesday the Aurora, a ferry, sank outside the harbour of Southport, police said."
    )
    (entry,) = build_timeline([first, second])
    assert (dt.date(2021, 3, 16), 2) == (entry.first, entry.voices)
    assert ["a", "b"] == sorted(citation.article_id for citation in entry.citations)
    for citation in entry.citations:
        text = {"a": first, "b": second}[citation.article_id].article.text
        assert citation.text == text[citation.span.start : citation.span.end]


def test_different_happenings_of_one_day_stay_apart() -> None:
    """A shared day joins nothing."""
    text = "The ferry Aurora sank off Southport harbour on Tuesday. Teachers voted on Tuesday for a strike."
    assert ["2021-03-16", "2021-03-16"] == days(build_timeline([article("a", text)]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Two divers were found dead on Tuesday and the search for three others was called off on Wednesday.",
            [("2021-03-16", None), ("2021-03-17", None)],
            id="two clauses",
        ),
        pytest.param(
            "Inspectors had found worn ropes on the ferry weeks before it sank, port records showed on Wednesday.",
            [("2021-03-17", None)],
            id="records showed",
        ),
        pytest.param("The harbour was raided at 5 a.m. on Tuesday.", [("2021-03-16", "05:00")], id="an hour"),
        pytest.param(
            "A curfew from 8 p.m. to 5 a.m. was imposed on Tuesday by the governor of Southport.",
            [("2021-03-16", None)],
            id="hours of a stretch",
        ),
        pytest.param(
            "The airport reopened on Tuesday evening.", [("2021-03-16", None)], id="a short sentence"
        ),
        pytest.param(
            "The last sailors were rescued late on Tuesday. "
            "They were found by a tug at about 11 p.m., the coastguard said on Wednesday.",
            [("2021-03-16", "23:00"), ("2021-03-16", None)],
            id="the night just told of",
        ),
    ],
)
def test_days_and_hours_are_those_of_what_was_done(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Each clause has its own day; the hour is that of the deed, and says how exact the entry is."""
    entries = build_timeline([article("a", text)])
    assert expected == [(entry.first.isoformat(), entry.time) for entry in entries]
    assert {(Precision.TIME if entry.time else Precision.DAY) == entry.precision for entry in entries} == {
        True
    }


def test_one_page_tells_one_thing_after_the_other() -> None:
    """Two sentences of one page on the same people are two happenings."""
    text = (
        "Ana Reyes won the election in Southport with 52 percent of the vote, the commission said on Tuesday. "
        "Omar Holt, who took 41 percent of the vote in Southport, had not commented by Tuesday evening."
    )
    assert len(build_timeline([article("a", text)])) == 2


def test_what_a_sentence_counts_its_time_from_joins_nothing() -> None:
    """An aftershock a day after the quake is not the toll of the quake."""
    first = article(
        "a",
        "An aftershock sent people into the streets of Jarma on Tuesday, a day after a quake killed nine villagers.",
    )
    second = article("b", "The toll of the quake that killed villagers near Jarma rose on Tuesday to nine.")
    assert len(build_timeline([first, second])) == 2


def test_entries_are_in_order_of_day_and_hour() -> None:
    """Oldest first, and within a day by the hour given."""
    text = (
        "Divers left the wreck of the ferry at 9 p.m. on Tuesday. The captain was questioned on Wednesday by police. "
        "The first distress call reached Southport at 4.30am on Tuesday."
    )
    entries = build_timeline([article("a", text)])
    assert ["04:30", "21:00", None] == [entry.time for entry in entries]


def test_background_and_plans_are_marked() -> None:
    """What is long past, what has just happened, what is to come."""
    text = (
        "In May 2016 the same ferry ran aground on a sandbank. The ferry sank on Tuesday off the harbour. "
        "The owners will meet the families on Friday in Southport."
    )
    entries = build_timeline([article("a", text)])
    assert [(True, False), (False, False), (False, True)] == [
        (e.is_background, e.is_planned) for e in entries
    ]
    assert Precision.MONTH is entries[0].precision


def test_a_plan_that_was_kept_is_no_plan() -> None:
    """A later article tells as done what an earlier one announced."""
    before = article("a", "The owners of the ferry will meet the families on Friday in Southport.")
    after = article(
        "b", "The owners of the ferry met the families in Southport on Friday.", DAY + dt.timedelta(days=2)
    )
    (entry,) = build_timeline([before, after])
    assert not entry.is_planned


def test_sentence_with_two_dates_falls_apart() -> None:
    """Each day gets the clause that tells of it."""
    text = "The harbour office was searched on Wednesday after the ferry Aurora sank off Southport on Tuesday night."
    entries = build_timeline([article("a", text)])
    assert [
        "The ferry Aurora sank off Southport on Tuesday night.",
        "The harbour office was searched on Wednesday",
    ] == [entry.text for entry in entries]


def test_line_stands_alone() -> None:
    """A word that ties a sentence to the one before goes; the citation keeps it."""
    (entry,) = build_timeline([article("a", "However, the ferry was raised by two cranes on Wednesday.")])
    assert "The ferry was raised by two cranes on Wednesday." == entry.text
    assert entry.citations[0].text.startswith("However")


def test_hour_of_a_live_page_is_no_part_of_a_line() -> None:
    """It stands beside the line already."""
    (entry,) = build_timeline([article("a", "14:05 The ferry was raised by two cranes on Wednesday.")])
    assert "The ferry was raised by two cranes on Wednesday." == entry.text


def test_leading_pronoun_is_named() -> None:
    """Where the article's quotes know who "she" is, the line says so; the citation keeps the words."""
    text = "She said on Wednesday that the ferry would be raised by two cranes."
    item = article("a", text)
    evidence = Evidence(article_id="a", span=Span(start=22, end=66), sentence=Span(start=0, end=67), rule="r")
    speaker = Speaker(name="Ana Reyes", words="She", span=Span(start=0, end=3))
    quote = Quote(words="w", kind=QuoteKind.INDIRECT, speaker=speaker, cue=None, evidence=evidence)
    facts = dataclasses.replace(item.facts, quotes=(quote,))
    (entry,) = build_timeline([dataclasses.replace(item, facts=facts)])
    assert "Ana Reyes said on Wednesday that the ferry would be raised by two cranes." == entry.text
    assert text == entry.citations[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Reyes said the ferry was old. In a speech on Wednesday, she said that two cranes would raise it.",
            "In a speech on Wednesday, Ana Reyes said that two cranes would raise it.",
        ),
        (
            "Ana Reyes said the ferry was old. It was shut. "
            "In a speech on Wednesday, she said that two cranes would raise it.",
            "In a speech on Wednesday, she said that two cranes would raise it.",
        ),
        (
            "Her brother Gary Reyes wept. Ms. Reyes said the ferry was old. "
            "In a speech on Wednesday, she said that two cranes would raise it.",
            "In a speech on Wednesday, she said that two cranes would raise it.",
        ),
    ],
    ids=["before", "further", "namesakes"],
)
def test_pronoun_inside_is_named_by_the_sentence_before(text: str, expected: str) -> None:
    """Only whom that sentence names: a wrong name is worse than "she"."""
    item = article("a", text)
    quotes = find_quotes(make_document("a", text))
    (entry,) = build_timeline(
        [dataclasses.replace(item, facts=dataclasses.replace(item.facts, quotes=quotes))]
    )
    assert expected == entry.text


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "Judge Ana Reyes set Clara Voss's bail at noon.",
            "She was taken to the gaol of Southport on Wednesday.",
        ),
        (
            "Ana Reyes had a stall at the old quay.",
            "Ana Reyes was taken to the gaol of Southport on Wednesday.",
        ),
    ],
    ids=["others", "one"],
)
def test_nobody_is_named_where_others_may_be_meant(before: str, expected: str) -> None:
    """Who judges or tells is not who was held."""
    text = f"{before} She was taken to the gaol of Southport on Wednesday."
    (entry,) = build_timeline([article("a", text)])
    assert expected == entry.text


def test_a_charge_gives_the_day_of_what_it_came_of() -> None:
    """The day is that of the fire; the line shows the fire."""
    (entry,) = build_timeline(
        [article("a", "A man has denied arson following a fire at a mill in Brume on Tuesday.")]
    )
    assert ("A fire at a mill in Brume on Tuesday.", dt.date(2021, 3, 16)) == (entry.text, entry.first)


def test_a_year_or_month_that_names_something_dates_nothing() -> None:
    """ "A 2003 murder case", "who won it in 2001"."""
    text = (
        "Prosecutors spoke of a new turn in a 2003 murder case at length. "
        "Ana Reyes, who shocked the port when she won the race in 2001, took no part in the show."
    )
    assert () == build_timeline([article("a", text)])


def test_month_of_an_undated_page_is_background() -> None:
    """News has its day; what a month alone dates was before it."""
    (entry,) = build_timeline(
        [article("a", "The old quay was opened by the mayor in June 2012.", published=None)]
    )
    assert entry.is_background


def test_today_in_the_present_is_no_plan() -> None:
    """Only "will" is ahead."""
    (entry,) = build_timeline([article("a", "Crews are today clearing the mud off the old quay of Brume.")])
    assert not entry.is_planned


def test_durations_and_bounds_make_no_entries() -> None:
    """A length, a stretch, a vague time and the running month are no happenings."""
    text = (
        "The search took three days. The line has been closed since May. Recently, prices rose in the harbour. "
        "This month the harbour is full of visitors. For years nobody had looked at the hull."
    )
    assert () == build_timeline([article("a", text)])


def test_a_copy_is_cited_but_is_no_voice() -> None:
    """A reprint adds a source and no voice."""
    text = "The ferry Aurora sank off Southport harbour on Tuesday with forty passengers."
    (entry,) = build_timeline([article("a", text), article("b", text, copy_of="a")])
    assert (1, 2) == (entry.voices, len(entry.citations))


def test_month_sinks_into_its_day() -> None:
    """An outlet that gives only the month tells the same entry as one that gives the day."""
    exact = article("a", "The ferry Aurora ran aground near the Southport lighthouse on 4 January 2021.")
    vague = article(
        "b", "The ferry Aurora ran aground near the Southport lighthouse in January 2021, records show."
    )
    (entry,) = build_timeline([exact, vague])
    assert ("2021-01-04", 2) == (entry.first.isoformat(), entry.voices)


def test_limit_keeps_what_most_tell() -> None:
    """With a limit, the happening of two voices stays; the second of a day comes after the first of another."""
    first = article(
        "a", "The ferry Aurora sank off Southport harbour on Tuesday. The mayor spoke at length on Wednesday."
    )
    second = article("b", "The ferry Aurora sank on Tuesday near Southport harbour, police said.")
    entries = build_timeline([first, second])
    assert days(entries) == ["2021-03-16", "2021-03-17"]
    assert days(choose_entries(entries, 1)) == ["2021-03-16"]
    assert days(choose_entries((*entries, *entries), 2)) == ["2021-03-16", "2021-03-17"]


def test_order_of_articles_does_not_matter() -> None:
    """The same articles give the same timeline."""
    items = [
        article(str(n), f"The ferry number {n} sank off Southport harbour on Tuesday.") for n in range(5)
    ]
    assert build_timeline(items) == build_timeline(items[::-1])


def test_long_story_shows_the_days_that_mattered() -> None:
    """A day named once among dozens of articles is left out, one that many come back to stays."""
    items = []
    for number in range(40):
        published = DAY + dt.timedelta(days=number)
        text = "The ferry Aurora sank off Southport harbour on 16 March 2021 with forty passengers."
        text += f" The inquiry heard witness number {number} on {published:%A}." if number % 2 else ""
        items.append(article(f"{number:02}", text, published))
    chosen = choose_days(items)
    assert dt.date(2021, 3, 16) in chosen
    assert len(chosen) < 5
    assert {"2021-03-16"} == set(days(build_timeline(items)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # DAY is Thursday 18 March 2021.
        ("On Tuesday, we lost the last of our boats in the harbour.", []),
        ("The hearing opens on Saturday in the harbour office.", [("2021-03-20", True, None)]),
        ("The harbour board meets on Friday to choose a new crane.", [("2021-03-19", True, None)]),
        ("Ferries between Southport and Alma were stopped until Saturday.", []),
        (
            "The mayor said on Tuesday evening that 21 boats sank, more than the port had counted at noon.",
            [("2021-03-16", False, None)],
        ),
        ("On Tuesday, the port office said, the crane fell at 3.20am.", [("2021-03-16", False, "03:20")]),
        (
            "A crane fell near Southport on Tuesday night, police said on Wednesday, raising an earlier toll.",
            [("2021-03-16", False, None)],
        ),
        (
            "The search was stopped at dusk on Tuesday and went on at first light on Wednesday.",
            [("2021-03-16", False, None), ("2021-03-17", False, None)],
        ),
        (
            "The guild asked for the keys that were taken in May, a spokesman told reporters late on Tuesday.",
            [("2021-03-16", False, None)],
        ),
        (
            "Crews have put out a blaze in the mill that broke out early on Monday, the port office said on Wednesday.",
            [("2021-03-17", False, None)],
        ),
        (
            "The toll has risen to 60, the port office said on Wednesday, as boats reached quays cut off since Monday.",
            [("2021-03-17", False, None)],
        ),
        (
            "Divers worked through the night and the last of the crew were brought up at dawn on Wednesday.",
            [("2021-03-17", False, None)],
        ),
        (
            "A crane fell on the quay of Southport on Wednesday. Overnight, a mast fell on a ferry in Alma.",
            [("2021-03-17", False, None), ("2021-03-18", False, None)],
        ),
    ],
)
def test_what_a_sentence_dates(text: str, expected: list[tuple[str, bool, str | None]]) -> None:
    """Day, plan and time of what is told; neither the end of a stretch, the hour of another clause, nor the day on
    which it was told."""
    entries = build_timeline([article("a", text)])
    assert expected == [(entry.first.isoformat(), entry.is_planned, entry.time) for entry in entries]


def test_a_remark_of_a_bystander_is_no_happening() -> None:
    """What an official says on a day is one."""
    text = '"We heard the crane break and ran," a baker said on Tuesday.'
    remark = article("a", text)

    def said_by(kind: ActorKind) -> tuple[TimelineEntry, ...]:
        speaker = Speaker(name="x", words="a baker", span=Span(start=36, end=43), kind=kind)
        evidence = Evidence(
            article_id="a", span=Span(start=1, end=34), sentence=Span(start=0, end=60), rule="q"
        )
        quote = Quote(words=text[1:34], kind=QuoteKind.DIRECT, speaker=speaker, cue=None, evidence=evidence)
        return build_timeline(
            [dataclasses.replace(remark, facts=dataclasses.replace(remark.facts, quotes=(quote,)))]
        )

    assert [] == days(said_by(ActorKind.WITNESS))
    assert ["2021-03-16"] == days(said_by(ActorKind.OFFICIAL))


def test_an_accident_of_one_day_is_one_entry() -> None:
    """Two outlets that share few words tell one accident; in two places it is two."""

    def tell(name: str, text: str, place: str | None) -> StoryArticle:
        item = article(name, text)
        crash = IncidentMention(
            kind="derailment",
            place=place,
            first=dt.date(2021, 3, 16),
            last=dt.date(2021, 3, 16),
            span=Span(start=0, end=20),
        )
        return dataclasses.replace(item, facts=dataclasses.replace(item.facts, incidents=(crash,)))

    first = tell("a", "A night train left the rails on Tuesday.", None)
    second = tell("b", "Carriages lay in a field near Southport late on Tuesday.", "Southport")
    other = tell("c", "Wagons tipped over in Manila on Tuesday evening.", "Manila")
    assert [2] == [entry.voices for entry in build_timeline([first, second])]
    assert 2 == len(build_timeline([tell("b", second.article.text, "London"), other]))


def test_a_plan_told_twice_is_one_entry_and_a_dateline_no_part_of_it() -> None:
    """Short plans share fewer words; the line begins behind the dateline."""
    first = article("a", "A public hearing is to open on Friday.")
    second = article("b", "ALMA (Harbour Press) - The hearing opens on Friday in the old capital.")
    (entry,) = build_timeline([first, second])
    assert 2 == entry.voices
    (line,) = build_timeline([second])
    assert "The hearing opens on Friday in the old capital." == line.text


def test_weight_of_a_day_grows_with_later_mentions() -> None:
    """Coming back to a day weighs more than telling it at once; what is ahead weighs nothing."""
    told = weigh_days([article("a", "The ferry sank on Tuesday.")])
    recalled = weigh_days([article("a", "The ferry sank on 16 March 2021.", DAY + dt.timedelta(days=30))])
    ahead = weigh_days([article("a", "The owners will meet on Friday.")])
    assert recalled[dt.date(2021, 3, 16)] > told[dt.date(2021, 3, 16)] > 0
    assert dt.date(2021, 3, 19) not in ahead


def test_undated_article_gets_the_story_day() -> None:
    """Where most appeared on one day and the article's weekdays fit, its dates are read by that day."""
    dated = [article("a", "The ferry sank on Tuesday."), article("b", "Divers went down on Wednesday.")]
    undated = article("c", "The harbour office was searched early on Thursday, police said.", None)
    *_, found = date_undated([*dated, undated])
    assert DAY == found.article.published_on
    assert [DAY] == [mention.first for mention in found.facts.dates]


@pytest.mark.parametrize(
    "text",
    [
        "BRUME, MAR 17 - DIVERS WENT DOWN ON MONDAY, THE HARBOUR OFFICE SAID.",
        "BRUME, Lowland, March 17 (AFP) - Divers went down on Monday, the harbour office said.",
        "What we know on Wednesday, March 17:\nThe ferry sank on Monday.",
    ],
    ids=["dateline", "with-country", "heading"],
)
def test_a_day_without_a_year_dates_an_article(text: str) -> None:
    """A dateline and a live page's heading name the day, the story its year."""
    *_, found = date_undated([article("a", "The ferry sank on Tuesday."), article("c", text, None)])
    assert dt.date(2021, 3, 17) == found.article.published_on


def test_undated_article_stays_so_when_its_words_speak_against_it() -> None:
    """Another weekday or a later date keep the story's day away."""
    dated = [article("a", "The ferry sank on Tuesday."), article("b", "Divers went down on Wednesday.")]
    other = article("c", "The harbour office was searched on Sunday, police said.", None)
    later = article("d", "The harbour office was searched on 4 May 2021, police said.", None)
    assert [None, None] == [item.article.published_on for item in date_undated([*dated, other, later])[2:]]


def test_no_common_day_dates_nothing() -> None:
    """A story spread over days lends its day only to an article that names it."""
    spread = [article(str(n), "The ferry sank.", DAY + dt.timedelta(days=n)) for n in range(4)]
    silent = article("x", "The ferry sank.", None)
    naming = article("y", "The ferry was raised on Saturday, police said, after it sank on Thursday.", None)
    found = date_undated([*spread, silent, naming])
    assert [None, dt.date(2021, 3, 20)] == [item.article.published_on for item in found[4:]]


def test_weekday_before_the_story_speaks_against_a_day() -> None:
    """On the story's commonest day "Saturday" would be five days before it began, so the later day is taken."""
    dated = [article(str(n), "The ferry sank on Thursday.", DAY) for n in range(2)]
    later = article("b", "Divers found the wreck.", DAY + dt.timedelta(days=2))
    undated = article("c", "The ferry, which sank on Thursday, was raised on Saturday, police said.", None)
    assert dt.date(2021, 3, 20) == date_undated([*dated, later, undated])[-1].article.published_on


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # Thursday 18 brought the news, Friday 19 more of it.
        ("Divers went down on Friday as the toll of a wreck a day before rose, police said.", "2021-03-19"),
        ("Divers went down on Saturday, police said.", "2021-03-20"),
        ("Divers went down on Monday, police said.", "None"),
        ("The ferry sank yesterday, police said.", "2021-03-19"),
        ("The ferry sank today, police said. The owners will meet on Monday.", "2021-03-18"),
        ("It is a day after forty people sank with a ferry.", "2021-03-19"),
        ("Forty people sank with a ferry.", "None"),
    ],
)
def test_an_undated_article_takes_the_day_that_its_words_speak_of(text: str, day: str) -> None:
    """Its last weekday is that day or the one before; "yesterday" counts from the story's main event."""
    first = [article(f"a{n}", "The ferry sank on Thursday.", DAY) for n in range(2)]
    second = [article(f"b{n}", "The ferry sank on Thursday.", DAY + dt.timedelta(days=1)) for n in range(2)]
    undated = article("x", text, None)
    assert day == str(date_undated([*first, *second, undated])[-1].article.published_on)


def test_story_without_any_day_lends_none() -> None:
    """Nothing is made up."""
    undated = article("x", "The ferry sank on Thursday.", None)
    assert (undated,) == date_undated([undated])


def test_what_all_tell_stands_for_them() -> None:
    """Of three tellings of one event the shown one says what the others say, not its own side matter."""
    items = [
        article("a", "The Westmere viaduct collapsed on Tuesday near the town of Kelby, police said."),
        article("b", "The Westmere viaduct collapsed on Tuesday and fell on the railway near Kelby."),
        article(
            "c",
            "Singer Dora Lint asked her fans for gifts after the Westmere viaduct near Kelby collapsed on Tuesday.",
        ),
    ]
    (entry,) = build_timeline(items)
    assert entry.voices == 3
    assert "Dora Lint" not in entry.text


def test_page_stamp_dates_nothing() -> None:
    """The day on which a page was put up is no event, nor is the day of a printed article."""
    assert [] == days(
        build_timeline(
            [
                article(
                    "a", "Page last updated at 21:40 GMT, Tuesday, 16 March 2021 Families wait for news."
                ),
                article("b", "Why was nobody warned of the flood at all (front page, March 16)?"),
            ]
        )
    )


def test_a_plan_and_what_came_of_it_are_one_entry() -> None:
    """It is shown as what happened, in the words of who saw it."""
    plan = article("a", "A funeral for the drowned will be held on Saturday.", DAY)
    told = article(
        "b",
        "Hundreds came to the funeral on Saturday of six sailors who drowned.",
        DAY + dt.timedelta(days=4),
    )
    (entry,) = build_timeline([plan, told])
    assert (2, False) == (entry.voices, entry.is_planned)
    assert entry.text.startswith("Hundreds came")


def test_two_clauses_with_days_of_their_own_are_two_entries() -> None:
    """A clause is cut off only where the other day stands."""
    both = article(
        "a",
        "A crane fell on a barge in the old harbour on Monday, and divers went down on Tuesday when the wind dropped.",
    )
    first, second = build_timeline([both])
    assert "A crane fell on a barge in the old harbour on Monday" == first.text
    assert "Divers went down on Tuesday when the wind dropped." == second.text


def test_few_words_that_are_nearly_the_same_tell_one_happening() -> None:
    """Two telling words do where a sentence has few."""
    first = article("a", "Talks with the operator broke down on Tuesday evening.")
    second = article("b", "Talks between the rail union and the operator collapsed on Tuesday.")
    others = [
        article("c", "Rail workers walked out on Monday, stopping nearly all trains."),
        article("d", "A ferry ran aground off the lighthouse of Alma on Wednesday in thick fog."),
    ]
    assert [1, 2, 1] == [entry.voices for entry in build_timeline([first, second, *others])]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Island under emergency",
            "The governor has declared a state of emergency on the island.",
            ["2021-03-18"],
        ),
        ("Island under emergency", "The harbour has been shut for lack of fuel.", []),
        ("Island under emergency", "“She has resigned from the council,” he said.", []),
        ("Vaccines arrive", "Vaccination began on Tuesday.", ["2021-03-16"]),
        ("Vaccines arrive", "Published on Tuesday.", []),
    ],
)
def test_acts_without_a_day_are_of_the_page(title: str, text: str, expected: list[str]) -> None:
    """What a report opens with as done has its day; a state, somebody's words and a stamp have none."""
    assert expected == days(build_timeline([article("a", f"{title}\n\n{text}")]))


def test_acts_on_a_live_page_have_the_day_over_them() -> None:
    """An older part of a page that is written on for days stands under its own day."""
    text = (
        "Strike live\n\nThursday 18 March\n\nTwo men have been charged with arson.\n\nOne.\n\nTwo.\n\nThree."
    )
    text += "\n\nFour.\n\nWednesday 17 March\n\nThe minister has resigned from the cabinet."
    item = article("a", text)
    item = dataclasses.replace(item, article=dataclasses.replace(item.article, title="Strike live"))
    assert ["2021-03-17", "2021-03-18"] == days(build_timeline([item]))


@pytest.mark.parametrize("head", ["14:20 ", "- ", "ALDERTON, Norvia (AFP) - "])
def test_an_act_without_a_day_stands_without_its_head(head: str) -> None:
    """The hour of a live page, a mark and a dateline are no part of the line, nor of the words that it cites."""
    told = "Two men have been charged with arson."
    item = article("a", f"Mill fire live\n\n{head}{told}")
    item = dataclasses.replace(item, article=dataclasses.replace(item.article, title="Mill fire live"))
    [entry] = build_timeline([item])
    assert (told, told) == (entry.text, entry.citations[0].text)


def test_undated_follow_up_is_dated_from_last_friday() -> None:
    """A report of a Wednesday that puts the event on "last Friday" appeared in the week after it."""
    event = article("a", "The quay fell on Friday, killing two people.", dt.date(2021, 3, 13))
    later = article(
        "b", "Two dockers who died when the quay fell last Friday were buried on Wednesday.", None
    )
    dated = date_undated([event, later])
    assert dt.date(2021, 3, 17) == dated[1].article.published_on


def test_a_day_that_names_an_event_gives_way_to_the_day_told() -> None:
    told = article("a", "The search for the crew of the ferry lost in the storm of March 4 ended on Tuesday.")
    assert ["2021-03-16"] == days(build_timeline([told]))


def test_a_sentence_that_opens_with_what_went_before_is_told_without_it() -> None:
    """ "After nine hours of talks" is no clause to stand alone."""
    told = article(
        "a",
        "Under the deal, which was reached late on Tuesday after nine hours of talks, the dockers of Southport will be "
        "paid by 30 March and the owner will apologise.",
    )
    assert build_timeline([told])[-1].text.startswith("The dockers of Southport will be paid")


def test_an_hour_is_not_of_the_day_since_when_something_lasts() -> None:
    told = article(
        "a",
        "Guards fired on dockers in Southport on Wednesday. They had blocked the gate since Monday. "
        "Stones were thrown at around 3 p.m., witnesses said.",
    )
    assert "2021-03-17" in [entry.first.isoformat() for entry in build_timeline([told]) if entry.time]

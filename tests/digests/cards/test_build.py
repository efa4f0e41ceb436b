"""A card says what the findings say, each line with its sources, in the order a reader asks."""

import dataclasses
import datetime as dt

import pytest

from digests.cards import build_card
from digests.cards.sections import question
from digests.types import (
    Bounds,
    Citation,
    Conflict,
    ConflictKind,
    Findings,
    KeyFact,
    Measure,
    Scope,
    SectionKind,
    Side,
    Span,
    Status,
    Story,
)
from tests.digests.cards.ferry import ARTICLES, FINDINGS, GOVERNOR, MINISTRY, STORY, cite, claim, group

CARD = build_card(STORY, FINDINGS, ARTICLES)


def lines_of(
    kind: SectionKind, findings: Findings = FINDINGS
) -> list[tuple[str | None, str, str | None, str | None]]:
    card = build_card(STORY, findings, ARTICLES)
    return [
        (line.label, line.text, line.attribution, line.mark)
        for section in card.sections
        if section.kind is kind
        for line in section.lines
    ]


def with_groups(*groups: object) -> Findings:
    return dataclasses.replace(FINDINGS, figure_groups=groups)


def test_sections_stand_in_the_order_of_a_readers_questions() -> None:
    """What happened, how many, where accounts conflict, who says what, when."""
    assert [section.kind for section in CARD.sections] == list(SectionKind)


def test_every_line_has_a_source_and_its_words() -> None:
    """Citations index the card's sources; the evidence is of those articles, one each."""
    for section in CARD.sections:
        for line in section.lines:
            assert line.citations
            assert [CARD.sources[n].article_id for n in line.citations] == [
                c.article_id for c in line.evidence
            ]


def test_sources_are_numbered_oldest_first() -> None:
    """Whatever order the articles come in."""
    assert [source.article_id for source in CARD.sources] == ["a1", "a2", "a5", "a3", "a4"]
    assert build_card(STORY, FINDINGS, ARTICLES[::-1]) == CARD


def test_latest_count_stands_first_and_earlier_ones_are_marked() -> None:
    """Hedges stay as written; the claimant comes before the outlet, a reprint is not named."""
    assert lines_of(SectionKind.FIGURES)[:4] == [
        ("Killed", "37", "regional governor, via Radio North", None),
        ("Killed", "at least 12", "coastguard, via Coast Wire", "earlier"),
        ("Killed", "more than 30", "health ministry, via Harbour Post", "earlier"),
        ("children", "9", "regional governor, via Radio North", "part of 37"),
    ]


def test_background_comes_last_with_its_mark() -> None:
    """An older accident's dead are not this one's."""
    assert lines_of(SectionKind.FIGURES)[-1] == (
        "Earlier",
        "12 killed, ferry accident",
        "Coast Wire",
        "background",
    )


def test_outlets_own_voice_is_the_outlet_alone() -> None:
    """Nobody is named who is not in the text."""
    assert ("Injured", "several", "Coast Wire", None) in lines_of(SectionKind.FIGURES)


def test_conflicting_counts_are_all_shown_as_disputed() -> None:
    """Neither is chosen."""
    found = lines_of(
        SectionKind.FIGURES,
        with_groups(
            group(
                (claim("a2", "31", 31, 31, MINISTRY), claim("a3", "37", 37, 37, GOVERNOR)), Status.CONFLICTING
            )
        ),
    )
    assert [(text, mark) for _, text, _, mark in found] == [("37", "disputed"), ("31", "disputed")]


def test_only_the_sides_of_a_conflict_are_disputed() -> None:
    """A count that was left behind before they were given is an earlier one."""
    old, low, high = (
        claim("a1", "12", 12, 12, MINISTRY),
        claim("a3", "31", 31, 31, MINISTRY),
        claim("a4", "37", 37, 37, GOVERNOR),
    )
    sides = tuple(Side(says=one.figure.words, claimants=(), citations=(one.citation,)) for one in (low, high))
    conflict = Conflict(
        incident_id="i1", about=Measure.KILLED, kind=ConflictKind.DISPUTE, note="", sides=sides
    )
    findings = dataclasses.replace(
        with_groups(group((old, low, high), Status.CONFLICTING)), conflicts=(conflict,)
    )
    found = lines_of(SectionKind.FIGURES, findings)
    assert {"37": "disputed", "31": "disputed", "12": "earlier"} == {text: mark for _, text, _, mark in found}


def test_a_least_number_leaves_no_larger_one_behind() -> None:
    """ "At least two" of a later report says nothing against three."""
    claims = (claim("a2", "3", 3, 3, MINISTRY), claim("a4", "at least 2", 2, None, GOVERNOR))
    found = lines_of(SectionKind.FIGURES, with_groups(group(claims, Status.UPDATED)))
    assert ("3", "also given") in [(text, mark) for _, text, _, mark in found]


def test_agreeing_counts_cite_only_their_own_sentences() -> None:
    """ "37" is not cited to an article that says "more than 30"."""
    agreed = dataclasses.replace(
        group(
            (claim("a2", "more than 30", 31, None, MINISTRY), claim("a3", "37", 37, 37, GOVERNOR)),
            Status.AGREED,
        ),
        bounds=Bounds(low=37, high=37),
    )
    card = build_card(STORY, with_groups(agreed), ARTICLES)
    figures = next(section for section in card.sections if section.kind is SectionKind.FIGURES)
    assert [(line.text, line.citations, line.mark) for line in figures.lines] == [
        ("37", (3,), None),
        ("more than 30", (1,), "also given"),
    ]


def test_a_line_leads_to_the_words_of_whom_it_names() -> None:
    """Of an article that states the count twice, not to its headline under another name."""
    headline, body = claim("a3", "37", 37, 37, MINISTRY), claim("a3", "37", 37, 37, GOVERNOR)
    body = dataclasses.replace(body, citation=cite("a3", "37 died, the governor said"))
    card = build_card(STORY, with_groups(group((headline, body), Status.SINGLE)), ARTICLES)
    figures = next(section for section in card.sections if section.kind is SectionKind.FIGURES)
    assert [(line.attribution, [one.text for one in line.evidence]) for line in figures.lines] == [
        ("regional governor, via Radio North", ["37 died, the governor said"])
    ]


def test_total_is_marked() -> None:
    """A running total is not this incident's count."""
    found = lines_of(
        SectionKind.FIGURES,
        with_groups(group((claim("a3", "90", 90, 90),), Status.SINGLE, scope=Scope.TOTAL)),
    )
    assert found[0][3] == "running total"


def test_victims_are_named_where_the_label_does_not() -> None:
    """ "Killed 11 police officers"."""
    found = lines_of(
        SectionKind.FIGURES,
        with_groups(group((claim("a3", "11", 11, 11, victims="police officers"),), Status.SINGLE)),
    )
    assert found[0][:2] == ("Killed", "11 police officers")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (4, [("4", (1, 3))]),
        (3, [("4", (1,)), ("3 students", (3,))]),
    ],
)
def test_students_who_are_all_the_dead_are_told_once(number: int, shown: list[object]) -> None:
    """ "4" and "4 students" of one incident are the same people; three students may not be all."""
    everybody = group((claim("a2", "4", 4, 4, MINISTRY),), Status.SINGLE)
    students = claim("a3", str(number), number, number, GOVERNOR, victims="students")
    card = build_card(STORY, with_groups(everybody, group((students,), Status.SINGLE)), ARTICLES)
    figures = next(section for section in card.sections if section.kind is SectionKind.FIGURES)
    assert shown == [(line.text, line.citations) for line in figures.lines]


def test_students_are_not_the_bodies_that_were_found_last() -> None:
    """ "Four more bodies" makes up no count of its own beside a toll of 23: the four students have their line."""
    toll, more = claim("a2", "23", 23, 23, MINISTRY), claim("a2", "four more", 4, 4, MINISTRY)
    everybody = group((toll, dataclasses.replace(more, is_detail=True)), Status.SINGLE)
    students = claim("a3", "4", 4, 4, GOVERNOR, victims="students")
    card = build_card(STORY, with_groups(everybody, group((students,), Status.SINGLE)), ARTICLES)
    figures = next(section for section in card.sections if section.kind is SectionKind.FIGURES)
    assert [("23", (1,)), ("4 students", (3,))] == [(line.text, line.citations) for line in figures.lines]


def test_the_child_whom_all_tell_of_in_passing_is_told_once() -> None:
    """ "Killing the girl" here and "killed a child" there, each in passing, are no two lines."""
    dead = dataclasses.replace(claim("a2", "one", 1, 1), is_detail=True)
    child = dataclasses.replace(claim("a3", "a", 1, 1, victims="children"), is_detail=True)
    found = with_groups(group((dead,), Status.SINGLE), group((child,), Status.SINGLE))
    assert 1 == len(lines_of(SectionKind.FIGURES, found))


@pytest.mark.parametrize(
    ("victims", "words"),
    [("children", "1 child"), ("police", "1 police officer"), ("nuns", "1 nuns")],
)
def test_one_is_counted_in_the_singular(victims: str, words: str) -> None:
    """ "1 children" reads as a mistake; a word that nobody listed stays as it is."""
    found = with_groups(group((claim("a2", "one", 1, 1, victims=victims),), Status.SINGLE))
    assert lines_of(SectionKind.FIGURES, found)[0][1] == words


@pytest.mark.parametrize(
    ("said", "group_name", "shown"),
    [
        (("colleagues", "colleagues of the driver"), "workers", "3 colleagues"),
        (("colleagues", "welders"), "workers", "3 workers"),
        (("deputies",), "police", "3 police"),
    ],
)
def test_victims_are_shown_as_all_articles_say_them(
    said: tuple[str, ...], group_name: str, shown: str
) -> None:
    """Three colleagues are no "workers" for a reader; where articles differ the normal form stands for them."""
    claims = tuple(claim(f"a{at}", "three", 3, 3, victims=victims) for at, victims in enumerate(said, 1))
    counted = dataclasses.replace(group(claims, Status.SINGLE), victims=group_name)
    assert lines_of(SectionKind.FIGURES, with_groups(counted))[0][1] == shown


def test_weekday_gets_its_day() -> None:
    """ "Tuesday" never stands alone."""
    assert lines_of(SectionKind.KEY_FACTS)[0][1] == (
        "A ferry with 214 people on board sank off Port Alder early on Tuesday [3 Jun]."
    )


@pytest.mark.parametrize(
    "named", ["on 3 June", "on June 3rd", "on Tuesday, 3 June,", "on Tuesday| night, June 3rd,"]
)
def test_day_that_is_named_is_not_named_twice(named: str) -> None:
    """ "On 3 June [3 Jun]" tells nobody anything."""
    words, _, behind = named.partition("|")
    text = f"A ferry sank {words}{behind} off Port Alder."
    offset = text.index(words) + len(words)
    fact = KeyFact(text=text, score=1.0, support=(cite("a1"),), days=((offset, dt.date(2025, 6, 3)),))
    card = build_card(STORY, dataclasses.replace(FINDINGS, key_facts=(fact,)), ARTICLES)
    assert card.sections[0].lines[0].text == text


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("It sank on Tuesday morning off Brume.", "Tuesday", "It sank on Tuesday morning [3 Jun] off Brume."),
        ("It sank, Tuesday 9 p.m., off Brume.", "Tuesday 9 p.m", "It sank, Tuesday 9 p.m. [3 Jun], off Brume."),
        ("It sank in Tuesday's storm.", "Tuesday", "It sank in Tuesday's [3 Jun] storm."),
        ("It sank on Tuesday nightly news.", "Tuesday", "It sank on Tuesday [3 Jun] nightly news."),
    ],
    ids=["part of day", "hour", "possessive", "another word"],
)  # fmt: skip
def test_day_stands_behind_what_belongs_to_it(text: str, words: str, shown: str) -> None:
    """An editor's bracket parts no "Tuesday morning"."""
    offset = text.index(words) + len(words)
    fact = KeyFact(text=text, score=1.0, support=(cite("a1"),), days=((offset, dt.date(2025, 6, 3)),))
    card = build_card(STORY, dataclasses.replace(FINDINGS, key_facts=(fact,)), ARTICLES)
    assert card.sections[0].lines[0].text == shown


def test_count_that_rose_since_is_marked() -> None:
    """An earlier toll is never shown without its mark."""
    text = "A ferry sank off Port Alder, killing 12 people."
    offset = text.index("12 people") + len("12 people")
    fact = KeyFact(text=text, score=1.0, support=(cite("a1"),), raised=(offset,))
    card = build_card(STORY, dataclasses.replace(FINDINGS, key_facts=(fact,)), ARTICLES)
    assert card.sections[0].lines[0].text == "A ferry sank off Port Alder, killing 12 people [earlier]."


def test_conflict_is_a_question_with_a_line_per_side() -> None:
    """The reason stands with the question, the claimants with the sides; accounts come before updates."""
    found = lines_of(SectionKind.CONFLICTS)
    assert found[0][0] == "Cause: overloading or a sudden squall?"
    assert found[1:3] == [
        (None, "overloading", "survivors", None),
        (None, "a sudden squall", "Alder Lines", None),
    ]
    assert found[3][0] == "Killed: more than 30 or 37?"
    assert found[3][1].startswith("update: ")


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("the count is newer", "update: the count is newer"),
        ("Updated at noon", "updated at noon"),
        ("", "update"),
    ],
)
def test_the_kind_of_a_conflict_is_named_once(note: str, text: str) -> None:
    """In front of the reason, unless that begins with it; alone where there is no reason."""
    update = dataclasses.replace(FINDINGS.conflicts[0], note=note)
    (asked, *_) = lines_of(SectionKind.CONFLICTS, dataclasses.replace(FINDINGS, conflicts=(update,)))
    assert text == asked[1]


def test_reactions_name_the_speaker_first() -> None:
    """Officials under their country, quotations in marks, paraphrases without."""
    assert [line[:2] for line in lines_of(SectionKind.REACTIONS)] == [
        ("New Zealand", "Ana Reyes, transport minister, Ministry of Transport: “No one sails tonight.”"),
        ("Witness", "A survivor: “It went over in a minute.”"),
        ("Others", "Alder Lines denied that the ferry was overloaded."),
    ]


def test_timeline_runs_in_time_and_marks_what_is_no_news() -> None:
    """Planned and background entries carry their mark."""
    assert [(line[0], line[3]) for line in lines_of(SectionKind.TIMELINE)] == [
        ("2019", "background"),
        ("12 May", None),
        ("3 Jun 04:50", None),
        ("16 Jun", "planned"),
    ]


@pytest.mark.parametrize(("facts", "shown", "dropped"), [(5, 5, 0), (9, 5, 4)])
def test_what_does_not_fit_is_counted(facts: int, shown: int, dropped: int) -> None:
    """A reader is told how many lines are left out."""
    many = tuple(KeyFact(text=f"Fact {i}.", score=1.0, support=(cite("a1"),)) for i in range(facts))
    section = build_card(STORY, Findings(story_id="s", key_facts=many), ARTICLES).sections[0]
    assert (len(section.lines), section.dropped) == (shown, dropped)


def test_timeline_drops_background_first() -> None:
    """With too many entries the older ones give way, in order of time still."""
    entry = FINDINGS.timeline[2]
    many = tuple(
        dataclasses.replace(entry, first=dt.date(2025, 6, d), last=dt.date(2025, 6, d)) for d in range(1, 9)
    )
    findings = dataclasses.replace(FINDINGS, timeline=(FINDINGS.timeline[0], *many))
    section = build_card(STORY, findings, ARTICLES).sections[-1]
    assert (section.lines[0].label, section.dropped) == ("1 Jun 04:50", 1)


def test_timeline_shows_first_what_stands_alone() -> None:
    """With too many entries those that only the sentence before explains give way; what points at it is not shown."""
    entry = FINDINGS.timeline[2]
    words = [f"Ferry {number} is searched" for number in range(8)]
    many = tuple(
        dataclasses.replace(entry, text=text, first=dt.date(2025, 6, d), last=dt.date(2025, 6, d))
        for d, text in enumerate(["The others are due in court.", "This was denied.", *words], 1)
    )
    section = build_card(STORY, dataclasses.replace(FINDINGS, timeline=many), ARTICLES).sections[-1]
    assert words == [line.text for line in section.lines]


def test_timeline_keeps_what_was_done_last() -> None:
    """Of many entries that weigh the same the first are shown, and how it ended."""
    entry = FINDINGS.timeline[2]
    words = [f"Ferry {number} is searched" for number in range(10)]
    many = tuple(
        dataclasses.replace(
            entry, text=text, first=dt.date(2025, 6, d), last=dt.date(2025, 6, d), is_planned=False
        )
        for d, text in enumerate(words, 1)
    )
    section = build_card(STORY, dataclasses.replace(FINDINGS, timeline=many), ARTICLES).sections[-1]
    assert [*words[:7], words[9]] == [line.text for line in section.lines]


def test_line_without_a_source_is_not_shown() -> None:
    """Words that lead nowhere are left out."""
    stray = Citation(article_id="gone", span=Span(start=0, end=1), text="x")
    findings = Findings(story_id="s", key_facts=(KeyFact(text="It is said.", score=1.0, support=(stray,)),))
    assert build_card(STORY, findings, ARTICLES).sections == ()


def test_heading_counts_articles_outlets_voices_and_copies() -> None:
    """Two articles of one outlet are one outlet, a copy is no voice."""
    done = CARD.completeness
    assert (done.articles, done.outlets, done.voices, done.copies) == (5, 4, 3, 1)


def test_fingerprint_ignores_when_we_fetched() -> None:
    """The same card for a reader has the same fingerprint."""
    later = [
        dataclasses.replace(article, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) for article in ARTICLES
    ]
    assert build_card(STORY, FINDINGS, later).fingerprint == CARD.fingerprint


def test_fingerprint_ignores_where_words_stand() -> None:
    """An outlet that mends a line above moves every span below it; a reader sees the same card."""
    moved = dataclasses.replace(
        FINDINGS,
        key_facts=tuple(
            dataclasses.replace(
                fact,
                support=tuple(
                    dataclasses.replace(c, span=Span(start=c.span.start + 7, end=c.span.end + 7))
                    for c in fact.support
                ),
            )
            for fact in FINDINGS.key_facts
        ),
    )
    card = build_card(STORY, moved, ARTICLES)
    assert card.sections != CARD.sections
    assert card.fingerprint == CARD.fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Ferry sinks, dozens dead"},
        {"voices": 2},
        {"last_published": dt.datetime(2025, 6, 6, tzinfo=dt.UTC)},
    ],
    ids=str,
)
def test_fingerprint_changes_with_what_a_reader_sees(change: dict[str, object]) -> None:
    """Title, voices and days are seen."""
    story: Story = dataclasses.replace(STORY, **change)  # type: ignore[arg-type]
    assert build_card(story, FINDINGS, ARTICLES).fingerprint != CARD.fingerprint


def test_untitled_story_takes_a_headline() -> None:
    """An outlet's own words."""
    assert build_card(dataclasses.replace(STORY, title=""), FINDINGS, ARTICLES).title in {
        a.title for a in ARTICLES
    }


def test_empty_story_has_a_card() -> None:
    """No articles, no findings: a card without sections."""
    card = build_card(Story(id="s", title="", article_ids=()), Findings(story_id="s"), ())
    assert (card.sections, card.sources, card.first, card.as_of) == ((), (), None, None)


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        (("14", "19", "at least 19", "21"), "Killed: 14, 19 or 21?"),
        (("2", "more than 2"), "Killed: 2 or more than 2?"),
        (("3", "5", "7", "9", "12"), "Killed: 3 … 12?"),
    ],
    ids=["four", "hedge", "five"],
)
def test_question_of_many_sides_is_never_empty(says: tuple[str, ...], asked: str) -> None:
    """A reader sees what is in dispute also where many counts stand side by side."""
    citation = Citation(article_id="a", span=Span(start=0, end=1), text="x")
    sides = tuple(Side(says=words, claimants=(), citations=(citation,)) for words in says)
    conflict = Conflict(
        incident_id="i1", about="killed", kind=ConflictKind.DISPUTE, note="Counts differ.", sides=sides
    )
    assert asked == question(conflict)


def test_what_is_denied_is_asked_once() -> None:
    """The one who denies it has a line below, and no answer of its own in the question."""
    citation = Citation(article_id="a", span=Span(start=0, end=1), text="x")
    sides = (
        Side(says="gas leak", claimants=("traders",), citations=(citation,)),
        Side(says="no gas leak", claimants=("the mayor",), citations=(citation,), is_denial=True),
    )
    conflict = Conflict(
        incident_id="i1", about="cause", kind=ConflictKind.ACCOUNT, note="Accounts differ.", sides=sides
    )
    assert question(conflict) == "Cause: gas leak?"

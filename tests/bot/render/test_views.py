"""What a reader sees: one hand-made story through every renderer, line by line."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from bot.render.card import State, render_card, state_of
from bot.render.conflicts import question, render_conflicts
from bot.render.figures import render_figures
from bot.render.page import Accent, Page
from bot.render.reactions import render_reactions
from bot.render.references import References
from bot.render.sources import render_article_list, render_report, render_source_list
from bot.render.stories import CardWithState, render_overview, render_story_list
from bot.render.timeline import render_timeline
from bot.render.words import (
    ACTORS,
    CONFLICTS,
    STATUSES,
    bounds_words,
    coarse_words,
    days_words,
)
from digests import (
    ASPECT_LABELS,
    MEASURE_LABELS,
    SECTION_TITLES,
    ActorKind,
    Aspect,
    Bounds,
    Completeness,
    ConflictKind,
    Findings,
    Line,
    Measure,
    Precision,
    RefreshReport,
    Section,
    SectionKind,
    Source,
    SourceHealth,
    SourceKind,
    SourceRef,
    SourceResult,
    SourceState,
    Status,
    standing_of,
)
from tests.bot.factories import (
    ARTICLES,
    CARD,
    COMPLETENESS,
    FINDINGS,
    HIGH,
    INCIDENT,
    LOW,
    OLDER,
    SOURCES,
    STORY,
    at,
    make_card,
    make_claim,
    make_group,
)

REFERENCES = References.of_sources((), ARTICLES)
TITLE = "Ferry sinks"
COAST = "[Coast Wire](https://coastwire.example/a1)"
NORTH = "[Radio North](https://radionorth.example/a2)"


def text_of(*pages: Page) -> str:
    """What is shown, without the numbers in front of figures: those have tests of their own."""
    return re.sub(r"`F\d+` ", "", "\n".join(text for page in pages for text in page.texts))


@pytest.mark.parametrize(
    ("labels", "members"),
    [
        (MEASURE_LABELS, Measure),
        (STATUSES, Status),
        (ASPECT_LABELS, Aspect),
        (CONFLICTS, ConflictKind),
        (ACTORS, ActorKind),
        (SECTION_TITLES, SectionKind),
    ],
    ids=["measures", "statuses", "aspects", "conflicts", "actors", "sections"],
)
def test_every_member_has_a_label(labels: dict[object, str], members: type) -> None:
    """A new measure or kind needs its word here."""
    assert set(members) == set(labels)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("low", "high", "approximate", "expected"),
    [
        (12, 12, False, "12"),
        (12, None, False, "at least 12"),
        (None, 12, False, "up to 12"),
        (3, 5, False, "3 to 5"),
        (1200, 1200, True, "about 1,200"),
        (None, None, False, "several"),
    ],
)
def test_bounds_keep_their_hedge(low: int | None, high: int | None, approximate: bool, expected: str) -> None:
    """Never an average, never a bare number for an open bound."""
    assert expected == bounds_words(Bounds(low=low, high=high, approximate=approximate))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2025, 6, 4), (2025, 6, 4), "4 June 2025"),
        ((2025, 6, 4), (2025, 6, 5), "4 to 5 June 2025"),
        ((2025, 5, 30), (2025, 6, 5), "30 May to 5 June 2025"),
        ((2024, 12, 30), (2025, 1, 2), "30 December 2024 to 2 January 2025"),
    ],
)
def test_spans_of_days(first: tuple[int, int, int], last: tuple[int, int, int], expected: str) -> None:
    """A span names its month and year once where that is enough."""
    assert expected == days_words(dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    ("first", "last", "precision", "expected"),
    [
        ((2023, 12, 1), (2023, 12, 31), Precision.MONTH, "December 2023"),
        ((2023, 1, 1), (2023, 12, 31), Precision.YEAR, "2023"),
        ((2010, 1, 1), (2019, 12, 31), Precision.DECADE, "the 2010s"),
        ((2025, 4, 1), (2025, 6, 30), Precision.QUARTER, "quarter 2 of 2025"),
        ((2025, 6, 2), (2025, 6, 8), Precision.WEEK, "2 to 8 June 2025"),
    ],
)
def test_coarse_dates(
    first: tuple[int, int, int], last: tuple[int, int, int], precision: Precision, expected: str
) -> None:
    """A month is not shown as a day."""
    assert expected == coarse_words(dt.date(*first), dt.date(*last), precision)


# --------------------------------------------------------------------------- figures


def test_figures_say_who_where_and_when() -> None:
    """Hedge inside the bold, claimant before the outlet, the outlet as the link."""
    (page,) = render_figures(TITLE, FINDINGS, REFERENCES)
    lines = text_of(page).split("\n")
    assert f"- **at least 31** people · health ministry, via {COAST} · <t:1749071400:f>" in lines
    assert f"- of them **nine** children · regional governor, via {NORTH} · <t:1749071400:f>" in lines
    assert "**Killed** · conflicting" in lines
    assert "**Missing** · one outlet so far" in lines
    assert Accent.DISPUTED is page.accent


def test_background_figures_come_last_and_marked() -> None:
    """A toll of an earlier accident never stands beside today's without its mark."""
    text = text_of(*render_figures(TITLE, FINDINGS, REFERENCES))
    assert (
        text.index("Ferry sinks off Port Alder")
        < text.index("1 March 2019 · background")
        < text.index("**12**")
    )


def test_one_measure_can_be_asked_for() -> None:
    """Only missing people; nothing of that kind is said in a sentence."""
    text = text_of(*render_figures(TITLE, FINDINGS, REFERENCES, measure=Measure.MISSING))
    assert "Missing" in text
    assert "Killed" not in text
    assert "No figures of this kind" in text_of(
        *render_figures(TITLE, FINDINGS, REFERENCES, measure=Measure.RESCUED)
    )


def test_a_figure_that_was_left_behind_says_so() -> None:
    """After an update the older figure stands last and begins with "earlier"."""
    group = make_group(make_claim("a1", "12", 12, 12), HIGH, status=Status.UPDATED)
    lines = text_of(*render_figures(TITLE, dataclasses.replace(FINDINGS, figure_groups=(group,)), REFERENCES))
    assert lines.index("**37**") < lines.index("- earlier · **12**")


def test_equal_claims_of_one_claimant_are_one_line() -> None:
    """Two outlets that carry one ministry's figure: one line, both outlets."""
    group = make_group(
        LOW, make_claim("a2", "at least 31", 31, None, claimant="Health Ministry"), status=Status.AGREED
    )
    text = text_of(*render_figures(TITLE, dataclasses.replace(FINDINGS, figure_groups=(group,)), REFERENCES))
    assert 1 == text.count("at least 31")
    assert f"via {COAST}, {NORTH}" in text


def test_a_headline_that_repeats_the_claim_adds_no_line() -> None:
    """ "31 dead" above "at least 31, the ministry said": once, with who says so; another outlet's own voice stays."""
    bare = make_claim("a1", "at least 31", 31, None)
    group = make_group(bare, LOW, make_claim("a3", "at least 31", 31, None), status=Status.AGREED)
    text = text_of(*render_figures(TITLE, dataclasses.replace(FINDINGS, figure_groups=(group,)), REFERENCES))
    lines = [line.split(" · <t:")[0] for line in text.split("\n") if "at least 31" in line]
    expected = {
        f"- **at least 31** people · health ministry, via {COAST}",
        "- **at least 31** people · Port Gazette",
    }
    assert (2, expected) == (len(lines), set(lines))


# --------------------------------------------------------------------------- conflicts, timeline, reactions


def test_conflicts_stand_side_by_side_with_their_reason() -> None:
    """The question, its kind, one line a side, the note; accounts before updates."""
    (page,) = render_conflicts(TITLE, FINDINGS, REFERENCES)
    text = text_of(page)
    assert text.index("### Cause: overloading or a squall?") < text.index("### Killed: at least 31 or 37?")
    assert f"- **37** · regional governor, via {NORTH}" in text
    assert "- **overloading** · survivors, via Port Gazette" in text
    assert "The governor's count is 12 hours newer." in text


def test_no_conflict_is_said() -> None:
    """Silence would leave open whether anyone looked."""
    (page,) = render_conflicts(TITLE, Findings(story_id="s"), REFERENCES)
    assert "Nothing in this story contradicts" in text_of(page)


def test_timeline_marks_plans_and_sets_background_apart() -> None:
    """In order; the planned one marked; the older year under its own heading."""
    text = text_of(*render_timeline(TITLE, FINDINGS.timeline, REFERENCES))
    assert f"- 04:50 · Ferry sends a distress call · {COAST}, {NORTH}" in text
    assert (
        text.index("distress call")
        < text.index("- **planned** · Inquiry opens")
        < text.index("### Background\n**2019**")
    )


def test_timeline_of_a_day_begins_with_what_has_a_time() -> None:
    """The call at 04:50 stands above what was done at some time of that day."""
    timed = next(entry for entry in FINDINGS.timeline if entry.time)
    later = dataclasses.replace(timed, time=None, text="Search is suspended at dusk")
    earlier = dataclasses.replace(timed, time="04:10", text="Ferry leaves the harbour")
    text = text_of(*render_timeline(TITLE, (later, timed, earlier), REFERENCES))
    assert text.index("leaves") < text.index("distress") < text.index("suspended")


def test_timeline_keeps_the_days_that_were_asked_for() -> None:
    """`from` and `to` are inclusive; nothing in them is said in a sentence."""
    day = dt.date(2025, 6, 6)
    text = text_of(*render_timeline(TITLE, FINDINGS.timeline, REFERENCES, first=day, last=day))
    assert "Inquiry" in text
    assert "distress" not in text
    late = dt.date(2026, 1, 1)
    assert "falls into these days" in text_of(
        *render_timeline(TITLE, FINDINGS.timeline, REFERENCES, first=late)
    )


def test_reactions_tell_quotes_from_paraphrases() -> None:
    """Marks only around words that were said; role and country in plain words."""
    text = text_of(*render_reactions(TITLE, FINDINGS, REFERENCES, countries={"PT": "Portugal"}))
    assert "**Ana Reyes** · transport minister, Ministry of Transport, Portugal" in text
    assert f"- “No one sails tonight.” · <t:1749033000:D> · {COAST}, {NORTH}" in text
    assert "- *denied* the ferry was not overloaded · paraphrase · Port Gazette" in text


def test_reactions_of_one_country_or_kind() -> None:
    """Both filters; nothing left is said."""
    only = render_reactions(TITLE, FINDINGS, REFERENCES, countries={}, country="PT", who=ActorKind.OFFICIAL)
    assert "Alder Lines" not in text_of(*only)
    none = render_reactions(TITLE, FINDINGS, REFERENCES, countries={}, who=ActorKind.WITNESS)
    assert "No reaction of this kind" in text_of(*none)


# --------------------------------------------------------------------------- cards and lists


def test_a_card_answers_in_order() -> None:
    """Title, state in words, sections in their order, numbered sources, completeness last."""
    text = text_of(render_card(CARD, state=State.DISPUTED))
    order = [
        "Ferry with more than",
        "Accounts conflict",
        "What happened",
        "Figures",
        "Conflicting",
        "Reactions",
        "Timeline",
    ]
    places = [
        text.index(words) for words in [*order, "### Sources", "1. [Coast Wire]", "-# 3 articles, 3 outlets"]
    ]
    assert sorted(places) == places
    assert f"- Killed **at least 31** · health ministry, via {COAST}" in text
    assert "2 more behind Timeline" in text


def test_every_line_of_a_card_names_its_outlet() -> None:
    """A line without a source is not shown; one without an address names the outlet."""
    page = render_card(CARD)
    for block in page.blocks[1:]:
        for line in block.split("\n")[1:]:
            assert line.startswith("-#") or re.search(r"\]\(https://|Port Gazette", line), line


def test_a_long_card_gives_way_line_by_line() -> None:
    """Sixty long lines and long addresses still fit; figures stay longest and what is hidden is counted."""
    url = "https://news.example/" + "a" * 300
    sources = tuple(
        SourceRef(
            article_id=f"a{n}", outlet=f"Outlet {n}", title="t" * 100, url=url + str(n), published=at(9)
        )
        for n in range(12)
    )
    lines = tuple(
        Line(label="Label", text=f"statement {n} " + "w" * 80, citations=(n, n - 1)) for n in range(1, 12)
    )
    sections = tuple(Section(kind=kind, lines=lines) for kind in SectionKind)
    page = render_card(make_card(sections=sections, sources=sources))
    assert page.fits
    text = text_of(page)
    assert "### Figures\n- Label **statement 1" in text
    assert "more behind Figures" in text
    assert "more behind Sources" in text


@pytest.mark.parametrize(
    ("findings", "completeness", "expected"),
    [
        (FINDINGS, COMPLETENESS, State.DISPUTED),
        (
            Findings(story_id="s", figure_groups=(make_group(LOW, HIGH, status=Status.UPDATED),)),
            COMPLETENESS,
            State.MOVING,
        ),
        (
            Findings(story_id="s", figure_groups=(make_group(LOW, status=Status.AGREED),)),
            COMPLETENESS,
            State.AGREED,
        ),
        (
            Findings(story_id="s", figure_groups=(make_group(LOW, status=Status.AGREED),)),
            Completeness(articles=1, outlets=1, voices=1, copies=0),
            State.ALONE,
        ),
        (Findings(story_id="s"), COMPLETENESS, State.PLAIN),
        (
            Findings(
                story_id="s",
                incidents=(dataclasses.replace(INCIDENT, is_background=True),),
                figure_groups=(make_group(LOW, HIGH, status=Status.CONFLICTING),),
            ),
            COMPLETENESS,
            State.PLAIN,
        ),
    ],
    ids=["disputed", "moving", "agreed", "one-outlet", "no-figures", "background-does-not-count"],
)
def test_state_of_a_story(findings: Findings, completeness: Completeness, expected: State) -> None:
    """The colour's meaning, from the story's own incidents."""
    assert expected is state_of(standing_of(findings), completeness)


def test_an_overview_links_each_story() -> None:
    """A few lines each, a button for each story of the page."""
    items = [
        CardWithState(card=make_card(story_id=f"s{n}", title=f"Story {n}"), state=State.PLAIN)
        for n in range(7)
    ]
    pages = render_overview(items, heading="Digest", hidden=2)
    assert [5, 2] == [len(page.links) for page in pages]
    assert ("6. Story 5", "s5") == pages[1].links[0]
    assert "2 more: /story lists them" in pages[0].footer


def test_story_list_names_ids_days_and_counts() -> None:
    """What /story promises."""
    text = text_of(*render_story_list([STORY], heading="Stories"))
    assert "`s-ferry` · <t:1749033000:D> to <t:1749119400:D> · 3 articles · 2 independent voices" in text


def test_article_list_shows_hosts_and_copies() -> None:
    """The host that a link leads to beside the outlet's name; a reprint says of what."""
    text = text_of(*render_article_list(TITLE, ARTICLES, {"a3": "a1"}))
    assert f"1. {COAST} (coastwire.example)" in text
    assert "3. Port Gazette · <t:1749033000:D> · repeats 1" in text


def test_source_list_says_how_each_stands() -> None:
    """State and why, last success, next check, articles of the day, where it moved; text from outside is escaped."""
    source = Source(
        id="s", kind=SourceKind.FEED, name="S", location="https://s.example/rss", succeeded_at=at(9)
    )
    health = [
        SourceHealth(source=source, state=SourceState.WORKING, articles_day=1),
        SourceHealth(
            source=source,
            state=SourceState.FAILING,
            why="3 times in a row: timed out *after* 30 s",
            next_check_at=at(12),
        ),
        SourceHealth(
            source=source, state=SourceState.RATE_LIMITED, why="fewer", moved_to="https://t.example/rss"
        ),
        SourceHealth(source=source, state=SourceState.SILENT, why="nothing new for 3 days"),
        SourceHealth(source=source, state=SourceState.PAUSED, why="paused by an admin"),
        SourceHealth(source=source, state=SourceState.NEW, why="not read yet"),
    ]
    text = text_of(*render_source_list(health))
    for words in (
        "· working",
        "1 article in a day",
        r"· failing: 3 times in a row: timed out \*after\* 30 s",
        f"next check <t:{int(at(12).timestamp())}:R>",
        f"last success <t:{int(at(9).timestamp())}:R>",
        "· rate limited: fewer",
        "has moved to https",
        "· silent: nothing new for 3 days",
        "· paused: paused by an admin",
        "· not read yet",
    ):
        assert words in text, words


def test_report_names_failures_first() -> None:
    """Totals, then the sources, broken ones on top with their reason."""
    results = (
        SourceResult(source_id="a", name="A", new=3, unchanged=4),
        SourceResult(source_id="b", name="B", error="answers 404"),
        SourceResult(source_id="c", name="C", new=1, failed=1, failures=(("x.txt", "is empty"),)),
    )
    text = text_of(*render_report(RefreshReport(started=at(9), finished=at(9, 1), results=results)))
    assert "4 new, 0 changed, 4 unchanged, 2 failed" in text
    assert (
        text.index("**B**: failed: answers 404")
        < text.index("- x.txt: is empty")
        < text.index("**A**: 3 new")
    )


def test_sources_of_the_card_are_the_articles() -> None:
    """References from a card and from articles lead to the same place."""
    assert REFERENCES.cite(["a1", "a2"]) == References.of_sources(SOURCES).cite(["a1", "a2"])
    assert f"{COAST}, {NORTH}, Port Gazette" == REFERENCES.cite(["a1", "a1", "a2", "a3"])


def test_reason_does_not_list_the_sides_again() -> None:
    """What stands in the lines above is not said a third time."""
    disputed = FINDINGS.conflicts[0]
    says = " and ".join(side.says for side in disputed.sides)
    repeating = dataclasses.replace(disputed, note=f"The counts differ: {says}.")
    text = text_of(
        *render_conflicts(TITLE, dataclasses.replace(FINDINGS, conflicts=(repeating,)), REFERENCES)
    )
    assert text.count(disputed.sides[0].says) == 2
    assert "The counts differ." in text


def test_count_stands_without_half_a_quotation() -> None:
    """A quotation that begins inside the count belongs to the sentence, not to the number."""
    quoted = make_group(make_claim("a1", "a “number of", None, None))
    text = text_of(*render_figures(TITLE, dataclasses.replace(FINDINGS, figure_groups=(quoted,)), REFERENCES))
    assert "**a number of**" in text


def test_what_counts_only_some_is_no_earlier_count() -> None:
    """ "Four more bodies" beside a toll of 37 stands last and says so; where nobody gives more it is the count."""
    more = dataclasses.replace(make_claim("a1", "four more bodies", 4, 4, victims=None), is_detail=True)
    beside = dataclasses.replace(
        FINDINGS, figure_groups=(make_group(more, OLDER, HIGH, status=Status.UPDATED),)
    )
    lines = text_of(*render_figures(TITLE, beside, REFERENCES)).splitlines()
    marked = [line.split("**")[0] for line in lines if line.startswith("- ")]
    assert ["- ", "- earlier · ", "- also given · "] == marked
    alone = dataclasses.replace(FINDINGS, figure_groups=(make_group(more),))
    assert "also given" not in text_of(*render_figures(TITLE, alone, REFERENCES))


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (("31", "37"), "Killed: 31 or 37?"),
        (("14", "19", "14", "at least 21"), "Killed: 14, 19 or at least 21?"),
    ],
)
def test_sides_are_asked_about_once(says: tuple[str, ...], expected: str) -> None:
    """As a person lists them, each once."""
    conflict = FINDINGS.conflicts[0]
    sides = tuple(dataclasses.replace(conflict.sides[0], says=words) for words in says)
    assert expected == question(dataclasses.replace(conflict, sides=sides))
    denied = dataclasses.replace(sides[0], says="none", is_denial=True)
    assert expected == question(dataclasses.replace(conflict, sides=(*sides, denied)))

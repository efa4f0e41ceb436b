"""Claims of several articles: what agrees, what was updated, what conflicts, and what is no conflict at all."""

import datetime as dt
from dataclasses import replace

import pytest

from digests.analysis.disputes.agreement import says_of
from digests.analysis.figures import compare_figures, figure_conflicts
from digests.analysis.incidents import group_incidents
from digests.extract.casualties import find_figures
from digests.extract.incidents import find_incidents
from digests.extract.places import find_places
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import (
    Article,
    Bounds,
    Conflict,
    ConflictKind,
    Facts,
    FigureGroup,
    Measure,
    Status,
    StoryArticle,
)

DAY = dt.datetime(2025, 3, 12, 8, tzinfo=dt.UTC)


def story_article(
    name: str, text: str, *, hours: int = 0, copy_of: str | None = None, outlet: str | None = None
) -> StoryArticle:
    """An article of the outlet `name`, published some hours after the first."""
    published = DAY + dt.timedelta(hours=hours)
    article = Article(
        id=name,
        source_id="s",
        external_id=name,
        text=text,
        outlet=outlet or name,
        published=published,
        published_on=published.date(),
    )
    document = make_document(name, text, published=published.date())
    places = find_places(document)
    quotes = find_quotes(document)
    incidents = find_incidents(document, (), places)
    figures = find_figures(document, (), quotes, incidents)
    facts = Facts(figures=figures, quotes=quotes, places=places, incidents=incidents)
    return StoryArticle(article=article, facts=facts, copy_of=copy_of)


def compare(*articles: StoryArticle) -> tuple[tuple[FigureGroup, ...], tuple[Conflict, ...]]:
    groups = compare_figures(articles, group_incidents(articles))
    return groups, figure_conflicts(groups)


QUAKE = "A strong earthquake hit the town of Lorvik on Wednesday. "


def killed(groups: tuple[FigureGroup, ...], victims: str = "people") -> FigureGroup:
    return next(group for group in groups if (group.measure, group.victims) == (Measure.KILLED, victims))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("At least 12 people were killed.", "The quake killed 14 people."),
        ("About 12 people were killed.", "The quake killed 11 people."),
        ("Dozens of people were killed.", "The quake killed 20 people."),
        ("Several people were killed.", "The quake killed 14 people."),
        ("More than 100 people were killed.", "The quake killed at least 113 people."),
        ("Twelve people were killed, four of them children.", "The quake killed 12 people."),
        ("The quake killed three women.", "The quake killed five men."),
        ("The quake killed 12 people.", "Two Belgians were killed."),
        ("The quake injured 40 people.", "The quake killed 12 people."),
        ("Five people were hurt. A 19-year-old man was hurt.", "The quake injured five people."),
        ("Four people are in intensive care.", "The quake injured nine people, the mayor said."),
        ("Twenty people are still in hospital.", "The quake injured 31 people."),
        (
            "Eleven people were hurt in the mill. Another list has 30 people hurt.",
            "The quake injured 11 people.",
        ),
    ],
)
def test_no_conflict(first: str, second: str) -> None:
    """Parts and totals, vague and exact, other victims, other measures and near estimates do not disagree."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + first), story_article("Delta Wire", QUAKE + second)
    )
    assert () == conflicts


@pytest.mark.parametrize(
    ("first", "second", "hours", "kind", "says"),
    [
        ("The quake killed 12 people.", "The quake killed 19 people.", 0, ConflictKind.DISPUTE, ["12", "19"]),
        ("The quake killed 12 people.", "The quake killed 19 people.", 12, ConflictKind.UPDATE, ["12", "19"]),
        (
            "The quake killed 19 people.",
            "The quake killed 12 people.",
            12,
            ConflictKind.DISPUTE,
            ["12", "19"],
        ),
        (
            "The quake killed at least seven people.",
            "The quake killed at least nine people.",
            0,
            ConflictKind.DISPUTE,
            ["at least 7", "at least 9"],
        ),
        (
            "The quake killed 85 people.",
            "The quake killed over 90 people.",
            0,
            ConflictKind.DISPUTE,
            ["85", "more than 90"],
        ),
    ],
)
def test_conflict(first: str, second: str, hours: int, kind: ConflictKind, says: list[str]) -> None:
    """Counts that do not meet, and least numbers that differ, are shown with both sides."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + first), story_article("Delta Wire", QUAKE + second, hours=hours)
    )
    assert [kind] == [conflict.kind for conflict in conflicts]
    assert says == [side.says for side in conflicts[0].sides]
    assert [("North Post",), ("Delta Wire",)] == sorted(
        (side.claimants for side in conflicts[0].sides), reverse=True
    )
    assert conflicts[0].note.endswith(".")


def test_next_day_s_toll_is_an_update_and_no_conflict() -> None:
    """News that goes on for days does not read as sources at odds."""
    groups, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 12 people."),
        story_article("Delta Wire", QUAKE + "The quake killed 19 people.", hours=26),
    )
    assert (Status.UPDATED, Bounds(low=19, high=19)) == (killed(groups).status, killed(groups).bounds)
    assert [(ConflictKind.UPDATE, True)] == [(one.kind, one.is_settled) for one in conflicts]


def test_copy_is_the_voice_of_its_original() -> None:
    """A reprint neither agrees nor disagrees with anybody."""
    groups, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 12 people."),
        story_article("Delta Wire", QUAKE + "The quake killed 12 people.", copy_of="North Post"),
    )
    assert (Status.SINGLE, ()) == (killed(groups).status, conflicts)
    assert 2 == len(killed(groups).claims)


def test_outlet_brings_its_own_count_up_to_date() -> None:
    """The same outlet's later article replaces its earlier one: no conflict, but an update."""
    groups, conflicts = compare(
        story_article("a", QUAKE + "The quake killed 12 people.", outlet="North Post"),
        story_article("b", QUAKE + "The quake killed 19 people.", outlet="North Post", hours=9),
    )
    assert (Status.UPDATED, [True]) == (killed(groups).status, [one.is_settled for one in conflicts])
    assert Bounds(low=19, high=19) == killed(groups).bounds


def test_headline_and_text_of_one_outlet_do_not_conflict() -> None:
    """A smaller number in one's own text is another hour or another place."""
    _, conflicts = compare(
        story_article("North Post", "Quake kills 12\n\n" + QUAKE + "Nine people were killed.")
    )
    assert () == conflicts


def test_two_bodies_that_both_articles_quote_are_in_dispute() -> None:
    """A headline's number is the one that its text gives to somebody, and no count of others beside the second one."""
    _, conflicts = compare(
        story_article(
            "North Post",
            "Quake kills 41\n\n"
            + QUAKE
            + "The quake killed 41 people, the interior ministry said. The Red Crescent said 60 people had died.",
        ),
        story_article(
            "Delta Wire",
            QUAKE
            + "The quake killed 60 people, the Red Crescent said. The interior ministry gave a toll of 41 dead.",
        ),
    )
    assert [ConflictKind.DISPUTE] == [one.kind for one in conflicts]


def test_who_contradicts_a_count_does_not_bring_it_up_to_date() -> None:
    """A day later a higher number is an update, but for one that is told against the first."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 47 people, the interior ministry said."),
        story_article(
            "Delta Wire",
            QUAKE
            + "The Red Crescent said 52 people had died in the quake, not 47 as stated by the ministry.",
            hours=26,
        ),
    )
    assert [ConflictKind.DISPUTE] == [one.kind for one in conflicts]


def test_wounded_told_in_one_breath_are_of_the_side_of_the_dead() -> None:
    """ "Two officers were killed and 14 injured": no 14 people, to hold against 60 others."""
    _, conflicts = compare(
        story_article(
            "North Post",
            QUAKE
            + "More than 60 people were injured in the quake, the clinic said. "
            + "Police said two officers were killed and 14 injured.",
        )
    )
    assert () == conflicts


def test_count_that_its_own_sentence_takes_back_stands_for_nothing() -> None:
    """ "They had put it at 28, but one body was counted twice": the newer number stands."""
    groups, conflicts = compare(
        story_article(
            "North Post",
            QUAKE
            + "The quake killed 27 people. On Tuesday the rescue agency had put the number of dead at 28, "
            "but later said one body was counted twice.",
        )
    )
    assert (27, 27) == (killed(groups).bounds.low, killed(groups).bounds.high)
    assert () == conflicts


def test_each_country_counts_its_own_dead_of_a_disaster() -> None:
    """A quake that two countries feel has a toll in each, and no dispute."""
    _, conflicts = compare(
        story_article("North Post", "A quake hit on Sunday. It killed 46 people in Peru, the ministry said."),
        story_article("South Post", "A quake hit on Sunday. Ecuador's agency said 81 people were killed."),
    )
    assert () == conflicts


def test_others_come_on_top_of_whoever_is_named() -> None:
    """ "The singer and four others" beside "five people"."""
    _, conflicts = compare(
        story_article("North Post", "A helicopter crash killed the singer and four other people."),
        story_article("South Post", "Five people were killed in a helicopter crash."),
    )
    assert () == conflicts


def test_no_one_of_a_nation_is_no_count_of_all() -> None:
    """ "No Swedes died" says nothing of the others."""
    groups, _ = compare(story_article("North Post", QUAKE + "No Swedes were killed."))
    assert "people" not in {group.victims for group in groups}


def test_agreeing_claims_are_narrowed() -> None:
    """ "at least 12" and "up to 20" leave 12 to 20; nothing is averaged."""
    groups, _ = compare(
        story_article("North Post", QUAKE + "At least 12 people were killed."),
        story_article("Delta Wire", QUAKE + "Up to 20 people were killed."),
    )
    assert (Status.AGREED, Bounds(low=12, high=20)) == (killed(groups).status, killed(groups).bounds)


def test_every_claim_is_kept_with_its_words() -> None:
    """A citation's text stands at its span."""
    item = story_article("North Post", QUAKE + "The quake killed 12 people and injured 30.")
    groups, _ = compare(item)
    for group in groups:
        for claim in group.claims:
            span = claim.citation.span
            assert item.article.text[span.start : span.end] == claim.citation.text
    assert [Measure.KILLED, Measure.INJURED] == [group.measure for group in groups]


def test_parts_point_to_the_group_of_their_total() -> None:
    """Children among the dead are a part of the dead."""
    groups, _ = compare(
        story_article("North Post", QUAKE + "Twelve people were killed, four of them children.")
    )
    children = killed(groups, "children")
    assert children.part_of is not None
    assert "people" == groups[children.part_of].victims


def test_those_of_the_wounded_who_died_do_not_make_the_toll_a_part() -> None:
    """ "Three of the 27 wounded died" is a part; the 40 dead that are counted beside them are none."""
    groups, _ = compare(
        story_article(
            "North Post",
            QUAKE
            + "At least 40 people were killed, the army said. A nurse said the clinic had received 27 wounded "
            "people, mostly women, and that three of them had died.",
        )
    )
    assert killed(groups).part_of is None


def test_nationality_may_stand_for_the_total() -> None:
    """ "85 Belgians" here and "more than 90 people" there count the same dead."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 85 Belgians."),
        story_article("Delta Wire", QUAKE + "The quake killed over 90 people."),
    )
    assert 1 == len(conflicts)


@pytest.mark.parametrize(
    ("without", "with_attackers"),
    [
        (
            "A gunman killed three people in Lorvik on Wednesday.",
            "Four people, including the gunman, were killed in Lorvik on Wednesday.",
        ),
        (
            "A gunman killed three people in Lorvik on Wednesday.",
            "Four people died in a shooting at a bakery in Lorvik on Wednesday, among them the gunman.",
        ),
        (
            "Gunmen killed seven people at an inn in Lorvik on Wednesday.",
            "Eleven people, including four gunmen, died at an inn in Lorvik on Wednesday when gunmen opened fire.",
        ),
    ],
)
def test_count_with_the_attackers_differs_by_definition(without: str, with_attackers: str) -> None:
    """Three victims, and four dead with the gunman, are one fact told twice."""
    _, conflicts = compare(story_article("North Post", without), story_article("Delta Wire", with_attackers))
    assert [ConflictKind.DEFINITION] == [conflict.kind for conflict in conflicts]


def test_places_of_two_sorts_are_two_happenings() -> None:
    """A fire in a hostel and one in a mill, in one town on one day, do not dispute each other."""
    _, conflicts = compare(
        story_article(
            "North Post", "A fire in a hostel in Lorvik killed five people on Wednesday, police said."
        ),
        story_article(
            "Delta Wire", "A fire in a cotton mill in Lorvik killed eight people on Wednesday, rescuers said."
        ),
    )
    assert () == tuple(conflicts)


def test_bodies_at_a_morgue_are_counted_otherwise() -> None:
    """Bodies that a hospital received may be of more than the incident."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "Nine people were killed, the mayor said."),
        story_article("Delta Wire", QUAKE + "The hospital said it had received 12 bodies."),
    )
    assert [ConflictKind.DEFINITION] == [conflict.kind for conflict in conflicts]
    assert "bodies at a hospital" in conflicts[0].note


def test_count_of_many_incidents_is_another_scope() -> None:
    """A running total that slipped in beside a count is no dispute about it."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed three people."),
        story_article("Delta Wire", QUAKE + "The quake killed 480 people."),
    )
    assert [ConflictKind.SCOPE] == [conflict.kind for conflict in conflicts]


def test_missing_are_found() -> None:
    """The number of missing falls by itself."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "Thirty people were missing."),
        story_article("Delta Wire", QUAKE + "Twelve people were missing.", hours=1),
    )
    assert [ConflictKind.UPDATE] == [conflict.kind for conflict in conflicts]


POLICE = QUAKE + "The quake killed {} people, police said."
MAYOR = QUAKE + "The mayor said the quake killed {} people."


@pytest.mark.parametrize(
    ("first", "second", "hours", "kind"),
    [
        (POLICE.format(3), POLICE.format(5), 0, ConflictKind.UPDATE),
        (POLICE.format(3), POLICE.format(5), 9, ConflictKind.UPDATE),
        (POLICE.format(5), POLICE.format(3), 9, ConflictKind.CORRECTION),
        (POLICE.format(3), MAYOR.format(5), 0, ConflictKind.DISPUTE),
        (POLICE.format(5), MAYOR.format(3), 9, ConflictKind.DISPUTE),
        (POLICE.format(3), MAYOR.format(5), 9, ConflictKind.UPDATE),
        (POLICE.format(3), QUAKE + "The toll rose to five.", 1, ConflictKind.UPDATE),
        (
            QUAKE + "The quake injured 63 people.",
            QUAKE + "The clinic withdrew an earlier count. The quake injured 58 people.",
            12,
            ConflictKind.CORRECTION,
        ),
    ],
)
def test_who_says_it_and_when_settles_the_kind(
    first: str, second: str, hours: int, kind: ConflictKind
) -> None:
    """One source's later number never disputes its earlier one; two sources' numbers at one time do."""
    _, conflicts = compare(
        story_article("North Post", first), story_article("Delta Wire", second, hours=hours)
    )
    assert [kind] == [conflict.kind for conflict in conflicts]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A clerk was killed.", "The quake killed two clerks."),
        ("Three people died, one of them a pregnant woman.", "The quake killed two women."),
        ("Mark Orlov, 46, was injured.", "The quake injured nine people."),
        ("Forty people were injured, three of them seriously.", "The quake injured 40 people."),
        ("Rescuers found 69 bodies.", "The quake killed 72 people."),
        ("A reporter spoke of seeing about 100 bodies.", "The quake killed 1,500 people."),
        ("Four people were taken to Ada Holm Hospital.", "The quake injured 16 people."),
        ("No injuries were reported.", "The quake injured 40 people."),
        ("Four people were injured.", "The quake injured 46 people."),
        ("Four of the injured are in critical condition.", "The quake injured 31 people."),
        ("Rita Holm, 61, was killed. Thirteen others died.", "The quake killed 14 people."),
        ("The quake killed 12 staff members.", "The quake killed 22 people."),
        ("The quake killed 27 people. Fourteen died in one street.", "At least 27 people were killed."),
        (
            "The quake killed 24 people. Of those, 18 died in the old town.",
            "Eighteen people were killed in the old town.",
        ),
        ("One person was arrested for looting.", "Police arrested 46 people for looting."),
        ("A baker lost three sons.", "The quake killed 13 children."),
        ("The clinic had received 27 wounded people.", "More than 30 people were wounded, the mayor said."),
        (
            "A Chadian crew rescued five people from the quake.",
            "Firefighters rescued 11 people after the quake.",
        ),
        ("The toll rose to 15 after two women died in hospital.", "The quake killed 15 people."),
        ("Two women died overnight, bringing the number of dead to 15.", "The quake killed nine women."),
        ("Eight people died in Lorvik and one in the port of Skern.", "The quake killed nine people."),
        ("At least 19 people died, among them seven children.", "The quake killed eight children."),
        ("Twenty Chadian soldiers were killed.", "The quake killed 43 Kenyan soldiers."),
    ],
)
def test_what_is_no_count_is_held_against_nothing(first: str, second: str) -> None:
    """Somebody told of, a part of the same crowd, found bodies, one case among many, two nations."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + first), story_article("Delta Wire", QUAKE + second)
    )
    assert () == conflicts


@pytest.mark.parametrize(
    ("first", "says"),
    [
        ("The quake hit a camp and killed 14 of them.", ["14", "19"]),
        ("Of some 300 campers 19 were killed. It killed 14 of them in a tent.", []),
    ],
)
def test_some_of_a_crowd_are_all_its_dead_where_nobody_counts_more(first: str, says: list[str]) -> None:
    """ "Killed 14 of them" is the toll of a crowd, and a part of it only beside a larger count of the same kind."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + first),
        story_article("Delta Wire", QUAKE + "It killed 19 people."),
    )
    assert says == [side.says for conflict in conflicts for side in conflict.sides]


def test_two_states_that_fight_count_their_own() -> None:
    """Where they trade fire, each tells its own losses; of one nation's dead they may disagree."""
    fight = "Chad and Niger traded fire across the border on Wednesday. "
    texts = [
        fight + "{} said two soldiers were killed in the fighting.",
        fight + "{} said five soldiers were killed in the fighting.",
    ]
    own = [text.format(who) for text, who in zip(texts, ("Chad's army", "Niger's army"), strict=True)]
    _, conflicts = compare(story_article("North Post", own[0]), story_article("Delta Wire", own[1]))
    assert () == conflicts
    theirs = [text.replace("soldiers", "Chadian soldiers") for text in own]
    _, conflicts = compare(story_article("North Post", theirs[0]), story_article("Delta Wire", theirs[1]))
    assert [["2", "5"]] == [[side.says for side in conflict.sides] for conflict in conflicts]


def test_somebody_told_of_sets_no_bounds() -> None:
    """ "a police officer" beside two officers leaves two."""
    groups, _ = compare(
        story_article("North Post", QUAKE + "A police officer was killed."),
        story_article("Delta Wire", QUAKE + "Two police officers were killed."),
    )
    assert Bounds(low=2, high=2) == killed(groups, "police").bounds


def test_round_number_differs_by_precision() -> None:
    """600 is 612 told roughly."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 600 people."),
        story_article("Delta Wire", QUAKE + "The quake killed 612 people."),
    )
    assert [ConflictKind.PRECISION] == [conflict.kind for conflict in conflicts]


def test_one_article_may_quote_two_sources_at_odds() -> None:
    """What one outlet tells of two sources is a dispute, too."""
    text = QUAKE + "Police said two people were killed. The union said six people were killed."
    _, conflicts = compare(story_article("North Post", text))
    assert [["2", "6"]] == [[side.says for side in conflict.sides] for conflict in conflicts]


def test_a_round_up_quotes_no_two_counts_of_one_happening() -> None:
    """One article's 6 and 74 are of two happenings, be they of two sources."""
    article = story_article(
        "North Post",
        "The fighting in Peru went on. The army said six people were killed. The rebels said 74 people were killed.",
    )
    assert () == compare(article)[1]


def test_the_missing_of_one_report_may_be_the_dead_of_another() -> None:
    """Three dead and nine missing are the twelve dead of a report of which nothing tells that it is the later one."""
    first = story_article("North Post", QUAKE + "The quake killed three people. Nine people were missing.")
    for count, kinds in (("12", [ConflictKind.UPDATE]), ("13", [ConflictKind.DISPUTE])):
        second = story_article("Delta Wire", QUAKE + f"The quake killed {count} people.")
        assert kinds == [conflict.kind for conflict in compare(first, second)[1]]


@pytest.mark.parametrize(
    ("words", "told"),
    [("The army said it knew of no deaths.", 0), ("The army said there were no deaths.", 1)],
)
def test_who_knows_of_no_deaths_counts_none(words: str, told: int) -> None:
    """Not having heard of any is no other count."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 11 people, doctors said."),
        story_article("Delta Wire", QUAKE + words),
    )
    assert told == len(conflicts)


def test_headline_with_one_source_s_number_hides_no_other_source() -> None:
    """The governor's 21 in the headline leaves the police's 14 in the text standing."""
    text = (
        "Governor: 21 dead in quake\n\n"
        + QUAKE
        + "The governor said 21 people were killed. Police said 14 people were killed."
    )
    _, conflicts = compare(story_article("North Post", text))
    assert [["14", "21"]] == [[side.says for side in conflict.sides] for conflict in conflicts]


def test_dispute_that_a_later_count_leaves_behind_is_history() -> None:
    """The row shows the newest count as an update; the dispute stays told, once."""
    groups, conflicts = compare(
        story_article("North Post", POLICE.format(14)),
        story_article("Delta Wire", MAYOR.format(21)),
        story_article("Late Star", POLICE.format(23), hours=48),
    )
    assert (Status.UPDATED, Bounds(low=23, high=23)) == (killed(groups).status, killed(groups).bounds)
    assert [["14", "21"]] == [[side.says for side in conflict.standing] for conflict in conflicts]
    assert ["14", "21", "23"] == [side.says for side in conflicts[0].sides]
    assert conflicts[0].note.endswith("could not both be right; the last count is 23.")


def test_sides_name_claimants_once_and_no_article() -> None:
    """A side is named by who says it, else by the outlet, else by nobody."""
    headline = "Mayor: quake kills 9\n\n" + MAYOR.format(9)
    unnamed = story_article("b1", QUAKE + "The quake killed six people.")
    unnamed = replace(unnamed, article=replace(unnamed.article, outlet=None))
    _, conflicts = compare(story_article("North Post", headline), unnamed)
    assert [("6", ()), ("9", ("the mayor",))] == [(s.says, s.claimants) for s in conflicts[0].sides]
    assert "b1" not in conflicts[0].note


@pytest.mark.parametrize("victims", ["passengers", "workers", "Belgians", "residents", "employees"])
def test_one_crowd_by_other_names(victims: str) -> None:
    """The same number of passengers, workers, nationals or people is one row."""
    groups, conflicts = compare(
        story_article("North Post", QUAKE + "The quake killed 12 people."),
        story_article("Delta Wire", QUAKE + f"The quake killed 12 {victims}."),
    )
    assert (["people"], ()) == ([group.victims for group in groups], conflicts)


@pytest.mark.parametrize(
    ("first", "second", "third", "says"),
    [
        (
            "The union said the quake killed 12 workers.",
            "A doctor said the quake killed 12 people.",
            "The army said the quake killed two workers.",
            ["2", "12"],
        ),
        (
            "The mayor said 18 people were missing.",
            "The Red Cross said 35 passengers were missing.",
            "",
            ["18", "35"],
        ),
    ],
)
def test_a_crowd_that_is_everybody_is_so_in_every_report(
    first: str, second: str, third: str, says: list[str]
) -> None:
    """As many workers as people, or more passengers than people: whoever counts that crowd counts everybody."""
    texts = [("North Post", first), ("Delta Wire", second), ("Sun", third)]
    _, conflicts = compare(*(story_article(name, QUAKE + text) for name, text in texts if text))
    assert [says] == [[side.says for side in conflict.sides] for conflict in conflicts]


def test_some_of_a_number_are_no_count_of_all() -> None:
    """ "22 of the 37 dead have been named" is no other toll than 37."""
    _, conflicts = compare(
        story_article("North Post", QUAKE + "Only 22 of the 37 dead have been named, the mayor said."),
        story_article("Delta Wire", QUAKE + "The quake killed 37 people, rescuers said."),
    )
    assert () == conflicts


def test_civilians_are_everybody_where_no_fighter_died() -> None:
    """ "21 civilians" and "23 people" are held against each other, "21 civilians and two soldiers" are not."""
    civilians = "The quake killed 21 civilians"
    others = story_article("North Post", QUAKE + "The mayor said the quake killed 23 people.")
    _, conflicts = compare(others, story_article("Delta Wire", QUAKE + f"{civilians}, police said."))
    assert [["21", "23"]] == [[side.says for side in conflict.sides] for conflict in conflicts]
    _, conflicts = compare(
        others, story_article("Delta Wire", QUAKE + f"{civilians} and two soldiers, police said.")
    )
    assert () == conflicts


@pytest.mark.parametrize("victims", ["children", "women", "soldiers", "police officers"])
def test_kinds_of_victims_stay_apart(victims: str) -> None:
    """Twelve children are not the twelve people."""
    groups, _ = compare(
        story_article("North Post", QUAKE + "The quake killed 12 people."),
        story_article("Delta Wire", QUAKE + f"The quake killed 12 {victims}."),
    )
    assert 2 == len(groups)


def test_order_within_a_day_is_open_without_a_time() -> None:
    """Two counts of one day, neither with an hour nor a source, are a dispute; a day apart they are news."""
    midnight = DAY.replace(hour=0)
    first = story_article("North Post", QUAKE + "The quake killed 12 people.")
    second = story_article("Delta Wire", QUAKE + "The quake killed 19 people.")
    kinds = []
    for days in (0, 1):
        moved = [
            replace(item, article=replace(item.article, published=midnight + dt.timedelta(days=add)))
            for item, add in ((first, 0), (second, days))
        ]
        kinds.append([(conflict.kind, conflict.is_settled) for conflict in compare(*moved)[1]])
    assert [[(ConflictKind.DISPUTE, False)], [(ConflictKind.UPDATE, True)]] == kinds


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Police said 40 people were killed.", "Police said 75 people were killed across the country."),
        ("Police said 40 people were killed.", "In all, 75 people were killed, the government said."),
    ],
)
def test_a_count_beside_one_over_a_wider_place_is_a_part(first: str, second: str) -> None:
    """Forty in one town and 75 nationwide are no two counts of one thing, here or in another article."""
    told = QUAKE + first + " " + second.replace("Police", "The government")
    other = QUAKE + "The government said 75 people were killed."
    groups, conflicts = compare(story_article("a", told), story_article("b", other))
    assert ((), Bounds(low=75, high=75)) == (conflicts, killed(groups).bounds)


@pytest.mark.parametrize("where", ["at the scene and two in hospital", "on the spot", "instantly"])
def test_those_who_died_in_one_place_are_some_of_the_dead(where: str) -> None:
    """Eight at the scene are held against no total."""
    some, total = (
        QUAKE + f"Police said eight people died {where}.",
        QUAKE + "The mayor said ten people were killed.",
    )
    _, conflicts = compare(story_article("a", some), story_article("b", total))
    assert () == conflicts


def test_a_round_least_number_stands_beside_near_ones_alone() -> None:
    """ "At least 20" in the morning and "at least 44" at noon are no one count."""
    near, far = (QUAKE + f"Police said at least {count} people were killed." for count in (23, 44))
    first = story_article("a", QUAKE + "Police said at least 20 people were killed.")
    assert Status.AGREED is killed(compare(first, story_article("b", near, hours=5))[0]).status
    assert Status.UPDATED is killed(compare(first, story_article("b", far, hours=5))[0]).status


def test_a_count_far_above_the_claimed_one_does_not_stand_for_it() -> None:
    """What the country has recorded of a fever is not the toll of the quake."""
    first = QUAKE + "Police said 14 people were killed. The country has recorded 9,100 deaths."
    second = QUAKE + "The ministry said 47 people were killed."
    _, conflicts = compare(story_article("a", first), story_article("b", second, hours=5))
    assert [["14", "47"]] == [[side.says for side in conflict.sides] for conflict in conflicts]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said its earlier count of 31 dead was wrong and that 25 people were killed.",
        "Officials said 25 people were killed. They had earlier given a figure of 31.",
    ],
)
def test_a_withdrawn_count_is_corrected_by_whom_it_names(text: str) -> None:
    """The old number, named beside the new one, makes a correction of it, whoever gave it first."""
    first = story_article("a", QUAKE + "The ministry said 31 people were killed.")
    _, conflicts = compare(first, story_article("b", QUAKE + text, hours=6))
    assert [ConflictKind.CORRECTION] == [conflict.kind for conflict in conflicts]


def test_nobody_is_held_against_whomever_others_count() -> None:
    """ "Nobody was hurt" speaks of the passengers too."""
    none, some = QUAKE + "Nobody was hurt, police said.", QUAKE + "The mayor said 14 passengers were hurt."
    _, conflicts = compare(story_article("a", none), story_article("b", some))
    assert [ConflictKind.DISPUTE] == [conflict.kind for conflict in conflicts]


@pytest.mark.parametrize(
    "text",
    [
        "Police broke up a crowd and said {} people were killed.",
        "Troops withdrew. Police said {} people were killed.",
    ],
)
def test_words_that_say_nothing_of_the_count_make_no_update(text: str) -> None:
    """Breaking up and withdrawing are no toll going up or taken back."""
    for low, high in ((12, 21), (21, 12)):
        texts = (QUAKE + f"The mayor said {low} people were killed.", QUAKE + text.format(high))
        _, conflicts = compare(story_article("a", texts[0]), story_article("b", texts[1], hours=1))
        assert [ConflictKind.DISPUTE] == [conflict.kind for conflict in conflicts]


def test_a_reprint_with_another_number_is_its_own_count() -> None:
    """A copy repeats its original but for the figures that it changes."""
    text = QUAKE + "Officials said {} people were killed and 40 injured."
    original = story_article("North Post", text.format(12))
    copy = story_article("Delta Wire", text.format(21), hours=1, copy_of="North Post")
    groups, _ = compare(original, copy)
    assert Status.UPDATED is killed(groups).status
    assert Status.SINGLE is next(group.status for group in groups if group.measure is Measure.INJURED)


def test_two_counts_that_one_article_sets_side_by_side_are_a_dispute() -> None:
    """Whatever larger total stands above them: the sources count the same town's dead."""
    text = (
        QUAKE + "It has now killed 41 people, Kenyan authorities said.\n\n"
        "The mayor insists that the town has lost 27 people. Nairobi sticks to its figure of 24."
    )
    _, conflicts = compare(story_article("a", text), story_article("b", QUAKE, hours=1))
    assert [["24", "27"]] == [[side.says for side in one.sides if not side.is_aside] for one in conflicts]


@pytest.mark.parametrize(
    "local",
    ["The mayor said the town had lost 27 people.", "Of the dead 27 are from one village, the mayor said."],
)
def test_a_town_s_own_dead_are_not_held_against_all(local: str) -> None:
    """The mayor of one town counts its own."""
    whole = QUAKE + "It killed 41 people, the interior ministry said."
    _, conflicts = compare(story_article("a", whole), story_article("b", QUAKE + local, hours=1))
    assert () == conflicts


def test_those_who_raised_a_count_are_not_held_against_others() -> None:
    """ "It raised its count from 34 to 36 after two women died": the 36 are of people, the two come on top."""
    first = QUAKE + "It killed 34 people, 17 of them women, the fire service said."
    later = QUAKE + "The fire service raised its count from 34 to 36 after two women died of their wounds."
    groups, conflicts = compare(story_article("a", first), story_article("b", later, hours=30))
    assert "36" in {says_of(claim.figure) for claim in killed(groups).claims}
    assert all("2" not in {side.says for side in one.sides} for one in conflicts)


def test_others_stand_beside_nobody() -> None:
    """Where nobody is said to have been hurt, "30 others" come on top of no count."""
    first = QUAKE + "No tourist was hurt, but 30 others were injured, the mayor said."
    second = QUAKE + "It injured 25 people, the fire service said."
    _, conflicts = compare(story_article("a", first), story_article("b", second, hours=1))
    assert [{"25", "30"}] == [{side.says for side in one.sides} for one in conflicts]


def test_a_number_that_its_source_replaced_is_no_side() -> None:
    """The dispute is between what two sources say now; the older number stands beside it."""
    _, conflicts = compare(
        story_article("A Post", QUAKE + "The ministry said 12 miners were killed. The union spoke of 19."),
        story_article(
            "B Wire",
            QUAKE + "Seventeen miners were killed, the ministry said. The union spoke of 19.",
            hours=9,
        ),
    )
    assert [(ConflictKind.DISPUTE, {"17", "19"})] == [
        (conflict.kind, {side.says for side in conflict.sides if not side.is_aside}) for conflict in conflicts
    ]


def test_a_bare_count_goes_on_with_the_town() -> None:
    """The dispute over one town's dead is none with the toll of all."""
    _, conflicts = compare(
        story_article(
            "A Post", QUAKE + "The mayor said the town had lost 27 people. The ministry speaks of 24."
        ),
        story_article("B Wire", QUAKE + "The quake killed 38 people."),
    )
    assert [{"24", "27"}] == [{side.says for side in conflict.sides} for conflict in conflicts]


def test_each_state_counts_its_own() -> None:
    """Where two states fight, a number of one of them is no number of all, and no other state's."""
    clash = "Troops of Norway and Sweden traded fire at the border near Lorvik on Wednesday. "
    _, conflicts = compare(
        story_article("A Post", clash + "Norway said two people were killed."),
        story_article("B Wire", clash + "At least nine people were killed."),
        story_article("C Mail", clash + "Sweden said seven people were killed."),
    )
    assert () == conflicts

"""What ties two counts of two articles to one happening, beyond the story that both came into."""

import datetime as dt
from dataclasses import replace

import pytest

from digests.analysis.disputes.ties import are_tied
from digests.types import Bounds, Citation, Claim, Evidence, Figure, IncidentMention, Measure, Scope, Span

DAY = dt.date(2025, 3, 12)
WEEK_AFTER = DAY + dt.timedelta(days=7)
SPAN = Span(start=0, end=10)


def mention(
    kind: str = "shooting",
    place: str | None = None,
    day: dt.date | None = None,
    actor: str | None = None,
    country: str | None = None,
) -> IncidentMention:
    return IncidentMention(kind=kind, place=place, country=country, actor=actor, first=day, last=day)


def claim(article: str, incident: IncidentMention, sentence: str = "Nine were killed.") -> Claim:
    figure = Figure(
        measure=Measure.KILLED,
        bounds=Bounds(low=9, high=9),
        words="Nine",
        victims=None,
        group="people",
        scope=Scope.INCIDENT,
        part_of=None,
        claimant=None,
        incident=incident,
        as_of=None,
        evidence=Evidence(article_id=article, span=SPAN, sentence=SPAN, rule="casualties.passive"),
    )
    citation = Citation(article_id=article, span=SPAN, text="Nine")
    return Claim(figure=figure, citation=citation, outlet=article, published=None, sentence=sentence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(place="Orlin"), mention(place="Orlin", day=DAY)),
        (mention(day=DAY), mention(day=DAY)),
        (mention(actor="Free Valley Front", day=DAY), mention("attack", actor="Free Valley Front")),
        (mention("flood", place="Orlin"), mention("flood")),
        (mention(""), mention(place="Orlin", day=DAY)),
        (mention("deaths", day=WEEK_AFTER), mention(place="Orlin", day=DAY)),
        (mention(), mention(day=DAY)),
    ],
)
def test_one_sign_ties(one: IncidentMention, other: IncidentMention) -> None:
    """A place, a day, a doer, one disaster; and a line of news that says nothing of its own leans on the others."""
    assert are_tied(claim("a", one), claim("b", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(place="Orlin"), mention(day=DAY)),
        (mention(place="Leeds", country="GB", day=DAY), mention(place="Lyon", country="FR", day=DAY)),
        (mention(place="Orlin", day=DAY), mention("bombing", place="Kess", actor="Free Valley Front")),
    ],
)
def test_no_sign_ties_not(one: IncidentMention, other: IncidentMention) -> None:
    """Two shootings of one story need not be one."""
    assert not are_tied(claim("a", one), claim("b", other))
    assert are_tied(claim("a", one), claim("a", other))


def test_a_story_of_one_happening_ties_all_its_counts() -> None:
    """Where every article holds the same incident as its own, a page that names no place counts it too."""
    one, other = claim("a", mention(place="Orlin")), claim("b", mention(day=DAY))
    assert not are_tied(one, other)
    assert are_tied(replace(one, is_of_one=True), replace(other, is_of_one=True))


@pytest.mark.parametrize(
    ("first", "second", "tied"),
    [
        ("Nine were shot on Tuesday night.", "Nine were shot early Saturday.", False),
        ("Nine were shot on Friday night.", "Nine were shot early Saturday.", True),
        ("Nine were shot on Sunday.", "Nine died on Monday.", True),
        ("Nine were shot on Tuesday, police said on Friday.", "Nine were shot early Saturday.", True),
        ("Nine were shot.", "Nine were shot early Saturday.", True),
    ],
)
def test_far_days_of_the_week_are_two_happenings(first: str, second: str, *, tied: bool) -> None:
    """Where an article has no date, the names of its days tell; those of one night are near."""
    one, other = claim("a", mention(place="Orlin"), first), claim("b", mention(place="Orlin"), second)
    assert are_tied(one, other) is tied


def test_reports_that_share_no_particulars_are_not_tied() -> None:
    """Not even in a story of one incident; a quake is one whatever names its reports hold."""
    one, other = (
        replace(claim(article, mention(place="Leeds", day=DAY)), is_of_one=True) for article in "ab"
    )
    assert not are_tied(replace(one, apart_from=("b",)), other)
    quakes = [
        replace(claim(article, mention("earthquake", "Leeds", DAY)), is_of_one=True) for article in "ab"
    ]
    assert are_tied(replace(quakes[0], apart_from=("b",)), quakes[1])


def test_one_doer_ties_no_two_places() -> None:
    """One army makes many raids, each in its place on its day."""
    raids = [
        mention("raid", place, day, "the army", "NG")
        for place, day in (("Maiduguri", DAY), ("Lagos", WEEK_AFTER))
    ]
    assert not are_tied(claim("a", raids[0]), claim("b", raids[1]))

"""The incidents of a story: joined over articles, parted where the texts part them."""

import datetime as dt
import itertools
from dataclasses import replace

from digests.analysis.incidents import group_incidents
from digests.extract import extract
from digests.text.document import make_document
from digests.types import (
    Article,
    Bounds,
    Evidence,
    Facts,
    Figure,
    IncidentMention,
    Measure,
    Scope,
    Span,
    StoryArticle,
)

_SPAN = Span(start=0, end=6)
_MON, _TUE, _FRI = dt.date(2024, 5, 13), dt.date(2024, 5, 14), dt.date(2024, 5, 17)


def _mention(kind: str, *, background: bool = False, **said: object) -> IncidentMention:
    day = said.pop("day", None)
    return IncidentMention(
        kind=kind,
        first=day,  # type: ignore[arg-type]
        last=day,  # type: ignore[arg-type]
        is_background=background,
        span=_SPAN,
        sentence=_SPAN,
        **said,  # type: ignore[arg-type]
    )


def _item(article_id: str, *mentions: IncidentMention) -> StoryArticle:
    figures = tuple(
        Figure(
            measure=Measure.KILLED,
            bounds=Bounds(low=3, high=3),
            words="three",
            victims="people",
            group="people",
            scope=Scope.INCIDENT,
            part_of=None,
            claimant=None,
            incident=mention,
            as_of=None,
            evidence=Evidence(article_id=article_id, span=_SPAN, sentence=_SPAN, rule="casualties.test"),
        )
        for mention in mentions
    )
    article = Article(id=article_id, source_id="s", external_id=article_id, text="strike killed three people")
    return StoryArticle(article=article, facts=Facts(incidents=mentions, figures=figures))


def test_same_doer_day_and_place_is_one_incident() -> None:
    """Kinds that fit and a town inside the country named elsewhere do not part it."""
    one = _mention("airstrike", actor="Kenya", place="Mogadishu", country="SO", day=_MON)
    other = _mention("strike", actor="Kenya", place="Somalia", country="SO", day=_MON)
    found = group_incidents([_item("a", one), _item("b", other)])
    assert ["i1"] == [incident.id for incident in found.incidents]
    assert found.of("a", one) == found.of("b", other)


def test_other_doers_are_other_incidents() -> None:
    """A strike and the strike it answers stay apart, though kind and week agree."""
    strike = _mention("airstrike", actor="Kenya", country="SO", place="Somalia", day=_TUE)
    answer = _mention("airstrike", actor="Somalia", country="KE", place="Kenya", day=_MON, background=True)
    found = group_incidents([_item("a", strike, answer), _item("b", answer), _item("c", strike)])
    assert 2 == len(found.incidents)
    assert found.of("a", answer) == found.of("b", answer) != found.of("c", strike)


def test_other_days_are_other_incidents() -> None:
    """Two blasts of one town on two days are two."""
    one = _mention("bombing", place="Lagos", country="NG", day=_MON)
    other = _mention("bombing", place="Lagos", country="NG", day=_FRI, background=True)
    assert 2 == len(group_incidents([_item("a", one), _item("b", one, other)]).incidents)


def test_order_of_articles_does_not_matter() -> None:
    """Ids and labels are the same for every order."""
    items = [
        _item("a", _mention("bombing", place="Lagos", country="NG", day=_MON)),
        _item("b", _mention("explosion", country="NG", place="Nigeria")),
        _item(
            "c",
            _mention("attack", actor="Boko Haram", day=_FRI, background=True),
            _mention("bombing", day=_MON),
        ),
    ]
    results = [group_incidents(order).incidents for order in itertools.permutations(items)]
    assert all(result == results[0] for result in results)


def test_main_incident_comes_first_with_a_label() -> None:
    """The incident that most articles tell as theirs is "i1"; its label says what, where and when."""
    main = _mention("airstrike", actor="Kenya", place="Mogadishu", country="SO", day=_TUE)
    older = _mention("bombing", place="Nairobi", country="KE", day=_MON, background=True)
    found = group_incidents([_item("a", main, older), _item("b", main)])
    assert ("i1", "Kenyan airstrike in Mogadishu, 14 May 2024") == (
        found.incidents[0].id,
        found.incidents[0].label,
    )
    assert found.incidents[1].is_background


def test_mentions_without_figures_in_one_article_are_not_listed() -> None:
    """What nobody counts and one article mentions is no incident of the card."""
    item = _item("a", _mention("bombing", place="Lagos", country="NG", day=_MON))
    aside = _mention("earthquake", place="Peru", country="PE", day=_FRI)
    facts = Facts(incidents=(*item.facts.incidents, aside), figures=item.facts.figures)
    found = group_incidents([StoryArticle(article=item.article, facts=facts)])
    assert ["bombing"] == [incident.kind for incident in found.incidents]


def test_story_without_incidents_has_none() -> None:
    """No mention, no figure: nothing is made up."""
    found = group_incidents([_item("a")])
    assert () == found.incidents
    assert "" == found.of("a", IncidentMention(kind=""))


def test_scenes_of_one_day_are_one_incident() -> None:
    """Articles of one story that call the event a riot, a fire and a protest tell of one."""
    told = [
        _mention("riot", place="Accra", country="GH", day=_MON),
        _mention("fire", country="GH", day=_MON),
        _mention("protest", day=_MON),
    ]
    found = group_incidents([_item(name, mention) for name, mention in zip("abc", told, strict=True)])
    assert 1 == len(found.incidents)


def test_kinds_that_exclude_each_other_stay_apart() -> None:
    """A quake is no scene of a shooting, be it the news of both articles."""
    found = group_incidents(
        [_item("a", _mention("earthquake", day=_MON)), _item("b", _mention("shooting", day=_MON))]
    )
    assert 2 == len(found.incidents)


def test_named_doer_of_a_sibling_parts_the_answer_from_the_deed() -> None:
    """An article that tells of the other's deed besides has another main incident."""
    deed = _mention("airstrike", actor="Kenya", day=_MON)
    answer = _mention("deaths", day=_TUE)
    aside = _mention("airstrike", actor="Kenya", day=_MON, background=True)
    found = group_incidents([_item("a", deed), _item("b", answer, aside)])
    assert found.of("b", answer) != found.of("a", deed) == found.of("b", aside)


def test_past_incident_joins_over_coarse_dates() -> None:
    """ "In 2003" and "in December 2003" are one past disaster."""
    news = _mention("earthquake", place="Peru", country="PE", day=_MON)
    year, month = (
        IncidentMention(
            kind="earthquake",
            first=dt.date(2003, first, 1),
            last=dt.date(2003, 12, 31),
            is_background=True,
            span=_SPAN,
            sentence=_SPAN,
        )
        for first in (1, 12)
    )
    found = group_incidents([_item("a", news, year), _item("b", news, month)])
    assert found.of("a", year) == found.of("b", month) != found.of("a", news)


def test_label_names_the_building() -> None:
    """ "Bank fire": what burnt stands in the label where half of the articles say it."""
    text = "A fire at a crowded bank in Accra killed three people."
    mention = IncidentMention(
        kind="fire", span=Span(start=2, end=6), sentence=Span(start=0, end=len(text)), first=_MON, last=_MON
    )
    item = _item("a", mention)
    article = Article(id="a", source_id="s", external_id="a", text=text)
    found = group_incidents([StoryArticle(article=article, facts=item.facts)])
    assert ["Bank fire, 13 May 2024"] == [incident.label for incident in found.incidents]


def test_what_the_other_article_tells_besides_is_not_its_own_news() -> None:
    """A second attack that one article adds and another is about stays apart from the first."""
    here = _mention("missile attack", place="Orvik", day=_TUE)
    there = _mention("missile attack", place="Melk", day=_MON)
    incidents = group_incidents([_item("a", here, there), _item("b", there)])
    assert incidents.of("a", there) == incidents.of("b", there) != incidents.of("a", here)


def test_the_day_of_the_news_parts_nothing_from_the_day_before() -> None:
    """An article that dates the same quake once by its own day and once rightly tells of one quake."""
    right = _mention("earthquake", place="Orvik", day=_MON)
    by_news = _mention("earthquake", place="Melk", day=_TUE)
    told = _item("b", by_news, right)
    told = replace(told, article=replace(told.article, published_on=_TUE))
    incidents = group_incidents([_item("a", right), told])
    assert incidents.of("a", right) == incidents.of("b", by_news)


def test_a_storm_has_many_places_and_a_toll_in_each_country() -> None:
    """What a storm does in another country is counted there; within one country its places are one storm's."""
    north = _item("a1", _mention("storm", place="Hanoi", country="VN", day=_MON))
    coast = _item("a2", _mention("storm", place="Hue", country="VN", day=_MON))
    abroad = _item("a3", _mention("storm", place="Manila", country="PH", day=_MON))
    assert len(group_incidents([north, coast]).incidents) == 1
    assert len(group_incidents([north, abroad]).incidents) == 2


def test_an_incident_is_named_by_what_brought_it_about() -> None:
    """A storm and its floods are a storm; a flood that one of many calls a storm is a flood."""
    flood, storm = (_mention(kind, place="Hanoi", country="VN", day=_MON) for kind in ("flood", "storm"))
    (even,) = group_incidents([_item("a1", flood), _item("a2", storm)]).incidents
    (mostly,) = group_incidents(
        [_item("a1", flood), _item("a2", flood), _item("a3", flood), _item("a4", storm)]
    ).incidents
    assert (even.kind, mostly.kind) == ("storm", "flood")


def test_one_report_with_another_day_parts_nothing_from_the_others() -> None:
    """It joined by the name of whom it was done to; what fits two and more of the others is theirs."""
    named = "The shooting of Ana Bell in {place} on {day} killed two guards, police said."
    texts = {
        "a": named.format(place="Oslo", day="Monday"),
        "b": named.format(place="Oslo", day="Monday"),
        "c": named.format(place="Bergen", day="Friday"),
        "d": "The shooting on Monday killed two guards, police said.",
    }
    items = []
    for article_id, text in texts.items():
        document = make_document(article_id, text, published=_FRI)
        article = Article(id=article_id, source_id="s", external_id=article_id, text=text, published_on=_FRI)
        items.append(StoryArticle(article=article, facts=extract(document)))
    assert 1 == len(group_incidents(items).incidents)


def _told(article_id: str, text: str, day: dt.date | None) -> StoryArticle:
    """An article read from its text."""
    document = make_document(article_id, text, published=day)
    article = Article(
        id=article_id, source_id="s", external_id=article_id, text=text, published_on=document.published
    )
    return StoryArticle(article=article, facts=extract(document))


def test_death_of_one_who_was_hurt_does_not_part_a_follow_up() -> None:
    """Those who die days later died of what the first report tells."""
    first = _told("a", "A bomb killed nine people at a hall in Lagos on Monday.", _MON)
    later = _told(
        "b",
        "Lagos bombing live: toll rises\n\nTwo more of the injured died this morning, doctors say. "
        "That brings the number of dead to 11.",
        _FRI,
    )
    assert 1 == len(group_incidents([first, later]).incidents)


def test_two_towns_that_one_report_names_both_do_not_part_main_incidents() -> None:
    """Who names the other report's town besides may put the event in either."""
    first = _told("a", "A bomb killed nine people at a hall in Lagos on Monday.", _MON)
    later = _told(
        "b",
        "A blast that killed ten people shook Abuja on Monday. Roads from Abuja to Lagos were shut.",
        _TUE,
    )
    other = _told("c", "A blast that killed ten people shook Abuja on Monday. Roads were shut.", _TUE)
    assert 1 == len(group_incidents([first, later]).incidents)
    assert 2 == len(group_incidents([first, other]).incidents)


def test_two_groups_that_claim_one_deed_do_not_part_it() -> None:
    """Of one place and day there is one bombing, whoever claims it; states stay apart."""
    mentions = [
        _mention("bombing", actor=actor, place="Lagos", country="NG", day=_MON)
        for actor in ("Kolm Front", "Essk Brigade", "Kenya")
    ]
    front, brigade, state = (_item(name, mention) for name, mention in zip("abc", mentions, strict=True))
    assert 1 == len(group_incidents([front, brigade]).incidents)
    assert 2 == len(group_incidents([front, state]).incidents)


def test_two_looks_back_at_one_toll_are_one_incident() -> None:
    """Where an older incident was, one of two reports may have wrong."""
    year = {"first": dt.date(2009, 1, 1), "last": dt.date(2009, 12, 31)}
    older = [
        replace(_mention("shooting", background=True, place=place, country=land), **year)  # type: ignore[arg-type]
        for place, land in (("Lagos", "NG"), ("Accra", "GH"))
    ]
    news = _mention("shooting", place="Oslo", country="NO", day=_MON)
    found = group_incidents([_item("a", news, older[0]), _item("b", news, older[1])])
    assert 2 == len(found.incidents)


def test_page_that_opens_on_a_funeral_is_not_parted_by_what_it_tells_far_below() -> None:
    """The first happening that a local page names may be a scene of the event or a word of a quotation."""
    first = _told("a", "A trawler sank off Lagos on Monday and nine fishermen died.", _MON)
    filler = "The men of the quarter stood in the rain. " * 20
    later = _told(
        "b", f'Four men were buried. {filler}"They shot at us," said one. Nine people died in all.', _TUE
    )
    assert 1 == len(group_incidents([first, later]).incidents)


def test_the_violence_of_a_page_without_more_is_that_of_its_story() -> None:
    """ "The violence left three dead" on a page about the coup attempt; one in another town stays apart."""
    clash = _mention("clash", place="Orvik", country="NO", day=_MON)
    coup, bare = _mention("coup", place="Orvik", country="NO", day=_TUE), _mention("clash")
    joined = group_incidents([_item("a", clash), _item("b", coup, bare)])
    assert joined.of("b", bare) == joined.of("a", clash)
    elsewhere = _mention("clash", place="Bergen", country="NO")
    apart = group_incidents([_item("a", clash), _item("b", coup, elsewhere)])
    assert apart.of("b", elsewhere) != apart.of("a", clash)


def test_a_bare_word_for_what_is_older_is_not_the_news() -> None:
    """What a page looks back at is not the story's own for want of a day."""
    clash, older = _mention("clash", place="Orvik", day=_MON), _mention("clash", background=True)
    news = _mention("protest", place="Orvik", day=_TUE)
    found = group_incidents([_item("a", clash), _item("b", news, older)])
    assert found.of("b", older) != found.of("a", clash)

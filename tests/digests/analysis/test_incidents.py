"""The incidents of a story: joined over articles, parted where the texts part them."""

import datetime as dt
import itertools

from digests.analysis.incidents import group_incidents
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

"""Hand-made values for the Discord side: one small invented story with everything a card can hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

from digests import (
    ActorKind,
    Article,
    Bounds,
    Card,
    Citation,
    Claim,
    Completeness,
    Conflict,
    ConflictKind,
    Evidence,
    Figure,
    FigureGroup,
    Findings,
    Incident,
    IncidentMention,
    KeyFact,
    Line,
    Measure,
    Precision,
    Reaction,
    Scope,
    Section,
    SectionKind,
    Side,
    SourceRef,
    Span,
    Speaker,
    Statement,
    Status,
    Story,
    TimelineEntry,
)

STORY_ID = "s-ferry"
DAY = dt.date(2025, 6, 4)


def at(hour: int, minute: int = 0, *, day: dt.date = DAY) -> dt.datetime:
    """A moment of the invented story, in UTC."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=dt.UTC)


def make_article(article_id: str, outlet: str | None, **more: Any) -> Article:
    fields: dict[str, Any] = {
        "source_id": "wire",
        "external_id": article_id,
        "text": "A ferry sank.",
        "title": f"Report of {outlet}",
        "outlet": outlet,
        "url": f"https://{(outlet or 'nowhere').lower().replace(' ', '')}.example/{article_id}",
        "published": at(21, 10),
        "retrieved": at(21, 20),
    }
    return Article(id=article_id, **{**fields, **more})


ARTICLES = (
    make_article("a1", "Coast Wire", title="Ferry with more than 200 aboard sinks"),
    make_article("a2", "Radio North", published=at(9, day=dt.date(2025, 6, 5))),
    make_article("a3", "Port Gazette", url=None, published=at(0)),
)


def cite(article_id: str, text: str = "words") -> Citation:
    return Citation(article_id=article_id, span=Span(start=0, end=len(text)), text=text)


def speaker(name: str) -> Speaker:
    return Speaker(name=name, words=name, span=Span(start=0, end=len(name)))


def make_claim(
    article_id: str,
    words: str,
    low: int | None,
    high: int | None,
    *,
    claimant: str | None = None,
    published: dt.datetime | None = None,
    measure: Measure = Measure.KILLED,
    victims: str | None = "people",
) -> Claim:
    evidence = Evidence(
        article_id=article_id, span=Span(start=0, end=5), sentence=Span(start=0, end=9), rule="r"
    )
    figure = Figure(
        measure=measure,
        bounds=Bounds(low=low, high=high),
        words=words,
        victims=victims,
        group="people",
        scope=Scope.INCIDENT,
        part_of=None,
        claimant=speaker(claimant) if claimant else None,
        incident=IncidentMention(kind="sinking"),
        as_of=None,
        evidence=evidence,
    )
    outlets = {article.id: article.outlet for article in ARTICLES}
    return Claim(
        figure=figure,
        citation=cite(article_id, words),
        outlet=outlets.get(article_id),
        published=published or at(21, 10),
    )


def make_group(
    *claims: Claim,
    status: Status = Status.SINGLE,
    incident_id: str = "i1",
    part_of: int | None = None,
    victims: str = "people",
) -> FigureGroup:
    latest = claims[-1]
    return FigureGroup(
        incident_id=incident_id,
        measure=latest.figure.measure,
        victims=victims,
        scope=Scope.INCIDENT,
        status=status,
        bounds=latest.figure.bounds,
        claims=claims,
        latest=latest,
        part_of=part_of,
    )


INCIDENT = Incident(
    id="i1", label="Ferry sinks off Port Alder", kind="sinking", first=DAY, last=DAY, place="Port Alder", actor=None,
    is_background=False,
)  # fmt: skip
BACKGROUND = Incident(
    id="i2", label="Ferry accident", kind="sinking", first=dt.date(2019, 3, 1), last=dt.date(2019, 3, 1), place=None,
    actor=None, is_background=True,
)  # fmt: skip

LOW = make_claim("a1", "at least 31", 31, None, claimant="health ministry")
HIGH = make_claim("a2", "37", 37, 37, claimant="regional governor", published=at(9, day=dt.date(2025, 6, 5)))
CHILDREN = make_claim("a2", "nine", 9, 9, claimant="regional governor", victims="children")
MISSING = make_claim("a1", "about 40", 40, 40, claimant="coastguard", measure=Measure.MISSING)
OLDER = make_claim("a1", "12", 12, 12)

FINDINGS = Findings(
    story_id=STORY_ID,
    key_facts=(KeyFact(text="A ferry sank off Port Alder.", score=0.9, support=(cite("a1"), cite("a2"))),),
    incidents=(INCIDENT, BACKGROUND),
    figure_groups=(
        make_group(LOW, HIGH, status=Status.CONFLICTING),
        make_group(CHILDREN, part_of=0, victims="children"),
        make_group(MISSING),
        make_group(OLDER, incident_id="i2"),
    ),
    conflicts=(
        Conflict(
            incident_id="i1",
            about="killed",
            kind=ConflictKind.UPDATE,
            note="The governor's count is 12 hours newer.",
            sides=(
                Side(says="at least 31", claimants=("health ministry",), citations=(cite("a1"),)),
                Side(says="37", claimants=("regional governor",), citations=(cite("a2"),)),
            ),
        ),
        Conflict(
            incident_id="i1",
            about="cause",
            kind=ConflictKind.ACCOUNT,
            note="Survivors and the operator tell it differently.",
            sides=(
                Side(says="overloading", claimants=("survivors",), citations=(cite("a3"),)),
                Side(says="a squall", claimants=("Alder Lines",), citations=(cite("a1"),)),
            ),
        ),
    ),
    timeline=(
        TimelineEntry(
            first=dt.date(2019, 1, 1), last=dt.date(2019, 12, 31), precision=Precision.YEAR, time=None,
            text="An older ferry of the operator sinks", is_planned=False, is_background=True, citations=(cite("a1"),),
        ),
        TimelineEntry(
            first=DAY, last=DAY, precision=Precision.DAY, time="04:50", text="Ferry sends a distress call",
            is_planned=False, is_background=False, citations=(cite("a1"), cite("a2")),
        ),
        TimelineEntry(
            first=dt.date(2025, 6, 6), last=dt.date(2025, 6, 6), precision=Precision.DAY, time=None,
            text="Inquiry opens", is_planned=True, is_background=False, citations=(cite("a2"),),
        ),
    ),
    reactions=(
        Reaction(
            actor="Ana Reyes", role="transport minister", affiliation="Ministry of Transport", country="PT",
            kind=ActorKind.OFFICIAL,
            statements=(
                Statement(words="No one sails tonight.", is_direct=True, cue="said", day=DAY,
                          citations=(cite("a1"), cite("a2"))),
            ),
        ),
        Reaction(
            actor="Alder Lines", role=None, affiliation=None, country=None, kind=ActorKind.OTHER,
            statements=(
                Statement(words="the ferry was not overloaded", is_direct=False, cue="denied", day=None,
                          citations=(cite("a3"),)),
            ),
        ),
    ),
)  # fmt: skip

SOURCES = tuple(
    SourceRef(article_id=a.id, outlet=a.outlet, title=a.title, url=a.url, published=a.published)
    for a in ARTICLES
)

COMPLETENESS = Completeness(articles=3, outlets=3, voices=2, copies=1)


def make_card(**more: Any) -> Card:
    fields: dict[str, Any] = {
        "story_id": STORY_ID,
        "title": "Ferry with more than 200 aboard sinks",
        "first": DAY,
        "last": dt.date(2025, 6, 5),
        "as_of": at(18, 40, day=dt.date(2025, 6, 5)),
        "completeness": COMPLETENESS,
        "sections": (
            Section(
                kind=SectionKind.KEY_FACTS,
                lines=(Line(text="A ferry with 214 people on board sank off Port Alder.", citations=(0, 1)),),
            ),
            Section(
                kind=SectionKind.FIGURES,
                lines=(
                    Line(label="Killed", text="at least 31", attribution="health ministry, via Coast Wire",
                         citations=(0,)),
                    Line(label="Killed", text="37", attribution="regional governor, via Radio North", citations=(1,),
                         mark="higher"),
                    Line(label="children", text="nine", attribution="regional governor", citations=(1,), indent=1),
                ),
            ),
            Section(
                kind=SectionKind.CONFLICTS,
                lines=(Line(label="Killed", text="at least 31 or 37?", mark="update", citations=(0, 1)),),
            ),
            Section(
                kind=SectionKind.REACTIONS,
                lines=(Line(label="Ana Reyes", text="“No one sails tonight.”", citations=(0, 1)),),
            ),
            Section(
                kind=SectionKind.TIMELINE,
                lines=(Line(label="4 June", text="Ferry sends a distress call", citations=(0,)),),
                dropped=2,
            ),
        ),
        "sources": SOURCES,
        "fingerprint": "f1",
    }  # fmt: skip
    return Card(**{**fields, **more})


CARD = make_card()

STORY = Story(
    id=STORY_ID,
    title=CARD.title,
    article_ids=tuple(article.id for article in ARTICLES),
    first_published=at(21, 10),
    last_published=at(9, day=dt.date(2025, 6, 5)),
    keywords=("ferry", "port alder"),
    voices=2,
    copies=(("a3", "a1"),),
)

"""A whole story by hand: four outlets on a ferry, with a count in motion, a dispute and something older."""

import datetime as dt

from digests.types import (
    ActorKind,
    Article,
    Bounds,
    Citation,
    Claim,
    Conflict,
    ConflictKind,
    Evidence,
    Figure,
    FigureGroup,
    Findings,
    Incident,
    IncidentMention,
    KeyFact,
    Measure,
    Precision,
    Reaction,
    Scope,
    Side,
    Span,
    Speaker,
    Statement,
    Status,
    Story,
    TimelineEntry,
)

NOWHERE = Span(start=0, end=0)
OUTLETS = {
    "a1": "Coast Wire",
    "a2": "Harbour Post",
    "a3": "Radio North",
    "a4": "Coast Wire",
    "a5": "Lowland Times",
}
TIMES = {"a1": (3, 6, 10), "a2": (4, 21, 10), "a3": (5, 9, 0), "a4": (5, 18, 40), "a5": (5, 7, 30)}
TITLES = {
    "a1": "Ferry with more than 200 aboard sinks off Port Alder",
    "a2": "Search for ferry survivors suspended at dusk as toll passes 30",
    "a3": "Governor puts ferry toll at 37",
    "a4": "Ferry operator was warned about overloading in May",
    "a5": "Ferry sinks off Port Alder",
}


def at(article_id: str) -> dt.datetime:
    day, hour, minute = TIMES[article_id]
    return dt.datetime(2025, 6, day, hour, minute, tzinfo=dt.UTC)


ARTICLES = tuple(
    Article(
        id=article_id,
        source_id="test",
        external_id=article_id,
        text="",
        title=TITLES[article_id],
        outlet=outlet,
        url=f"https://{outlet.replace(' ', '').lower()}.example/{article_id}",
        published=at(article_id),
        published_on=at(article_id).date(),
        retrieved=dt.datetime(2025, 6, 6, tzinfo=dt.UTC),
    )
    for article_id, outlet in OUTLETS.items()
)
STORY = Story(
    id="s0123456789",
    title="Ferry sinks off Port Alder",
    article_ids=tuple(OUTLETS),
    first_published=at("a1"),
    last_published=at("a4"),
    voices=3,
    copies=(("a5", "a1"),),
)


def cite(article_id: str, text: str = "the words of the article") -> Citation:
    return Citation(article_id=article_id, span=NOWHERE, text=text)


def speaker(name: str, role: str | None = None) -> Speaker:
    return Speaker(name=name, words=name, span=NOWHERE, role=role, kind=ActorKind.OFFICIAL)


def claim(
    article_id: str,
    words: str,
    low: int | None,
    high: int | None,
    who: Speaker | None = None,
    *,
    measure: Measure = Measure.KILLED,
    victims: str = "people",
    approximate: bool = False,
) -> Claim:
    return Claim(
        figure=Figure(
            measure=measure,
            bounds=Bounds(low=low, high=high, approximate=approximate),
            words=words,
            victims=victims,
            group=victims,
            scope=Scope.INCIDENT,
            part_of=None,
            claimant=who,
            incident=IncidentMention(kind="sinking"),
            as_of=None,
            evidence=Evidence(article_id=article_id, span=NOWHERE, sentence=NOWHERE, rule="test"),
        ),
        citation=cite(article_id, f"{words} {victims}"),
        outlet=OUTLETS[article_id],
        published=at(article_id),
    )


def group(
    claims: tuple[Claim, ...],
    status: Status,
    *,
    incident_id: str = "i1",
    part_of: int | None = None,
    scope: Scope = Scope.INCIDENT,
) -> FigureGroup:
    latest = max(claims, key=lambda c: c.published or dt.datetime.min.replace(tzinfo=dt.UTC))
    return FigureGroup(
        incident_id=incident_id,
        measure=latest.figure.measure,
        victims=latest.figure.group,
        scope=scope,
        status=status,
        bounds=latest.figure.bounds,
        claims=claims,
        latest=latest,
        part_of=part_of,
    )


MINISTRY = speaker("health ministry")
GOVERNOR = speaker("regional governor")
COASTGUARD = speaker("coastguard")

FINDINGS = Findings(
    story_id=STORY.id,
    key_facts=(
        KeyFact(
            text="A ferry with 214 people on board sank off Port Alder early on Tuesday.",
            score=0.9,
            support=(cite("a1"), cite("a2"), cite("a4"), cite("a5")),
            days=((69, dt.date(2025, 6, 3)),),
        ),
        KeyFact(
            text="The operator had been told in May to stop overloading its older ships, according to a letter "
            "from the port authority.",
            score=0.5,
            support=(cite("a4"), cite("a2")),
        ),
    ),
    incidents=(
        Incident(
            id="i1",
            label="Sinking off Port Alder",
            kind="sinking",
            first=dt.date(2025, 6, 3),
            last=dt.date(2025, 6, 3),
            place="Port Alder",
            actor=None,
            is_background=False,
        ),
        Incident(
            id="i2",
            label="ferry accident",
            kind="sinking",
            first=dt.date(2019, 1, 1),
            last=dt.date(2019, 12, 31),
            place=None,
            actor=None,
            is_background=True,
        ),
    ),
    figure_groups=(
        group(
            (
                claim("a1", "at least 12", 12, None, COASTGUARD),
                claim("a5", "at least 12", 12, None, COASTGUARD),
                claim("a2", "more than 30", 31, None, MINISTRY),
                claim("a3", "37", 37, 37, GOVERNOR),
            ),
            Status.UPDATED,
        ),
        group((claim("a3", "nine", 9, 9, GOVERNOR, victims="children"),), Status.SINGLE, part_of=0),
        group(
            (claim("a2", "some 40", 40, 40, COASTGUARD, measure=Measure.MISSING, approximate=True),),
            Status.SINGLE,
        ),
        group((claim("a4", "several", None, None, measure=Measure.INJURED),), Status.SINGLE),
        group((claim("a1", "12", 12, 12),), Status.SINGLE, incident_id="i2"),
    ),
    conflicts=(
        Conflict(
            incident_id="i1",
            about="killed",
            kind=ConflictKind.UPDATE,
            note="the governor's count is twelve hours newer, and fits “more than 30”",
            sides=(
                Side(says="more than 30", claimants=("health ministry",), citations=(cite("a2"),)),
                Side(says="37", claimants=("regional governor",), citations=(cite("a3"),)),
            ),
        ),
        Conflict(
            incident_id="i1",
            about="cause",
            kind=ConflictKind.ACCOUNT,
            note="survivors and the operator give different causes",
            sides=(
                Side(says="overloading", claimants=("survivors",), citations=(cite("a3"),)),
                Side(says="a sudden squall", claimants=("Alder Lines",), citations=(cite("a1"),)),
            ),
        ),
    ),
    timeline=(
        TimelineEntry(
            first=dt.date(2019, 1, 1),
            last=dt.date(2019, 12, 31),
            precision=Precision.YEAR,
            time=None,
            text="An older ferry of the line sinks",
            is_planned=False,
            is_background=True,
            citations=(cite("a1"),),
        ),
        TimelineEntry(
            first=dt.date(2025, 5, 12),
            last=dt.date(2025, 5, 12),
            precision=Precision.DAY,
            time=None,
            text="Port authority warns the operator about overloading",
            is_planned=False,
            is_background=False,
            citations=(cite("a4"),),
        ),
        TimelineEntry(
            first=dt.date(2025, 6, 3),
            last=dt.date(2025, 6, 3),
            precision=Precision.TIME,
            time="04:50",
            text="Ferry sends a distress call",
            is_planned=False,
            is_background=False,
            citations=(cite("a1"), cite("a2")),
            voices=2,
        ),
        TimelineEntry(
            first=dt.date(2025, 6, 16),
            last=dt.date(2025, 6, 16),
            precision=Precision.DAY,
            time=None,
            text="Inquiry opens",
            is_planned=True,
            is_background=False,
            citations=(cite("a4"),),
        ),
    ),
    reactions=(
        Reaction(
            actor="a survivor",
            role=None,
            affiliation=None,
            country=None,
            kind=ActorKind.WITNESS,
            statements=(
                Statement(
                    words="It went over in a minute.",
                    is_direct=True,
                    cue="said",
                    day=None,
                    citations=(cite("a3"),),
                ),
            ),
        ),
        Reaction(
            actor="Ana Reyes",
            role="transport minister",
            affiliation="Ministry of Transport",
            country="NZ",
            kind=ActorKind.OFFICIAL,
            statements=(
                Statement(
                    words="No one sails tonight.",
                    is_direct=True,
                    cue="said",
                    day=dt.date(2025, 6, 3),
                    citations=(cite("a2"), cite("a3")),
                ),
            ),
        ),
        Reaction(
            actor="Alder Lines",
            role=None,
            affiliation=None,
            country=None,
            kind=ActorKind.OTHER,
            statements=(
                Statement(
                    words="that the ferry was overloaded",
                    is_direct=False,
                    cue="denied",
                    day=None,
                    citations=(cite("a1"),),
                ),
            ),
        ),
    ),
)

"""The public JSON as models: what scripts rely on. Extra keys may come, these stay."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Model(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


def _is_day(value: str) -> str:
    dt.date.fromisoformat(value)
    return value


def _is_moment(value: str) -> str:
    dt.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


Day = Annotated[str, AfterValidator(_is_day)]
Moment = Annotated[str, AfterValidator(_is_moment)]
Offsets = Annotated[list[int], Field(min_length=2, max_length=2)]
Measure = Literal[
    "killed", "injured", "missing", "detained", "displaced", "abducted", "rescued", "casualties"
]
ActorKind = Literal[
    "official", "international", "analyst", "witness", "armed_group", "media", "unnamed", "other"
]


class Named(Model):
    name: str
    span: Offsets


class IncidentOfFigure(Model):
    kind: str | None
    actor: str | None
    place: str | None
    first: Day | None
    last: Day | None


class Figure(Model):
    measure: Measure
    low: int | None
    high: int | None
    approximate: bool
    words: str
    victims: str | None
    scope: Literal["incident", "total", "unknown"]
    parts_of: int | None
    claimant: Named | None
    incident: IncidentOfFigure
    as_of: Day | None
    span: Offsets
    sentence: Offsets
    rule: str


class DateMention(Model):
    words: str
    span: Offsets
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    first: Day | None
    last: Day | None
    precision: Literal["time", "day", "week", "month", "quarter", "year", "decade"] | None
    relative: bool
    planned: bool


class Speaker(Model):
    name: str
    words: str
    span: Offsets
    role: str | None
    affiliation: str | None
    country: str | None
    kind: ActorKind


class Cue(Model):
    words: str
    span: Offsets


class Quote(Model):
    words: str
    span: Offsets
    kind: Literal["direct", "indirect", "mixed"]
    speaker: Speaker | None
    cue: Cue | None


class Place(Model):
    name: str
    span: Offsets
    canonical: str
    country: str | None


class Extracted(Model):
    """One line of `sitrep extract`."""

    id: str
    title: str | None
    outlet: str | None
    published: Day | None
    published_from: Literal["given", "text", "file"] | None
    text: str
    figures: list[Figure]
    dates: list[DateMention]
    quotes: list[Quote]
    places: list[Place]


class Citation(Model):
    article: str
    span: Offsets
    text: Annotated[str, Field(min_length=1)]


Citations = Annotated[list[Citation], Field(min_length=1)]


class StoryArticle(Model):
    id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: Moment | None
    copy_of: str | None


class KeyFact(Model):
    text: str
    support: Citations
    score: float


class Incident(Model):
    id: str
    label: str
    kind: str
    first: Day | None
    last: Day | None
    place: str | None
    actor: str | None
    background: bool


class Claim(Model):
    low: int | None
    high: int | None
    approximate: bool
    words: str
    victims: str | None
    claimant: str | None
    citation: Citation


class FigureGroup(Model):
    incident: str
    measure: Measure
    victims: str
    status: Literal["single", "agreed", "updated", "conflicting"]
    low: int | None
    high: int | None
    claims: Annotated[list[Claim], Field(min_length=1)]


class Side(Model):
    says: str
    claimants: list[str]
    citations: Citations


class Conflict(Model):
    incident: str
    about: str
    kind: Literal["dispute", "update", "scope", "definition", "precision", "correction", "account"]
    note: Annotated[str, Field(min_length=10)]
    sides: Annotated[list[Side], Field(min_length=2)]


class TimelineEntry(Model):
    first: Day
    last: Day
    precision: Literal["time", "day", "week", "month", "quarter", "year", "decade"]
    time: str | None
    text: str
    planned: bool
    background: bool
    citations: Citations


class Statement(Model):
    words: str
    direct: bool
    cue: str | None
    date: Day | None
    citations: Citations


class Reaction(Model):
    actor: str
    affiliation: str | None
    country: str | None
    kind: ActorKind
    statements: Annotated[list[Statement], Field(min_length=1)]


class Story(Model):
    id: str
    title: str
    first_published: Moment | None
    last_published: Moment | None
    articles: Annotated[list[StoryArticle], Field(min_length=1)]
    voices: int
    key_facts: list[KeyFact]
    incidents: list[Incident]
    figures: list[FigureGroup]
    conflicts: list[Conflict]
    timeline: list[TimelineEntry]
    reactions: list[Reaction]


class Digest(Model):
    """The whole of `sitrep digest --format json`."""

    generated: Moment
    stories: list[Story]

"""Every value that travels from an article to a card: frozen, without behaviour beyond its own arithmetic.

Sequences are tuples, times are aware UTC, a calendar day is a `date`, `None` means *the text does not say*.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from digests.values import made_often

# --------------------------------------------------------------------------- closed sets


class SourceKind(StrEnum):
    FEED = "feed"
    FOLDER = "folder"


class DateOrigin(StrEnum):
    """Where an article's publication day comes from."""

    GIVEN = "given"
    TEXT = "text"
    FILE = "file"


class Measure(StrEnum):
    """What a figure counts. `CASUALTIES` is killed and wounded together, as written; never split."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DETAINED = "detained"
    DISPLACED = "displaced"
    ABDUCTED = "abducted"
    RESCUED = "rescued"
    CASUALTIES = "casualties"


class Scope(StrEnum):
    INCIDENT = "incident"
    TOTAL = "total"
    UNKNOWN = "unknown"


class TimexType(StrEnum):
    """TimeML TIMEX3 types (ISO-TimeML, section on TIMEX3)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


class QuoteKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class ActorKind(StrEnum):
    OFFICIAL = "official"
    INTERNATIONAL = "international"
    ANALYST = "analyst"
    WITNESS = "witness"
    ARMED_GROUP = "armed_group"
    MEDIA = "media"
    UNNAMED = "unnamed"
    OTHER = "other"


class Aspect(StrEnum):
    """What an account is about; the account conflicts of a card carry these names."""

    ACTOR = "actor"
    TARGET = "target"
    MEANS = "means"
    PLACE = "place"
    TIME = "time"
    VICTIMS = "victims"
    CAUSE = "cause"
    COURSE = "course"


class Status(StrEnum):
    SINGLE = "single"
    AGREED = "agreed"
    UPDATED = "updated"
    CONFLICTING = "conflicting"


class ConflictKind(StrEnum):
    DISPUTE = "dispute"
    UPDATE = "update"
    SCOPE = "scope"
    DEFINITION = "definition"
    PRECISION = "precision"
    CORRECTION = "correction"
    ACCOUNT = "account"


class CorrectionKind(StrEnum):
    """What a server's admins have put right, for their server alone."""

    SUPPRESS = "suppress"
    OUTDATED = "outdated"
    PIN = "pin"
    SPLIT = "split"
    MERGE = "merge"


class ReportKind(StrEnum):
    """What a member says is wrong with a card."""

    FIGURE = "figure"
    STORY = "story"
    OUTDATED = "outdated"
    OTHER = "other"


class SectionKind(StrEnum):
    KEY_FACTS = "key_facts"
    FIGURES = "figures"
    CONFLICTS = "conflicts"
    REACTIONS = "reactions"
    TIMELINE = "timeline"


# --------------------------------------------------------------------------- articles


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open character offsets (code points) into `Article.text`."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles come from. `id` never changes; `owner` is an opaque server id or `None` for all."""

    id: str
    kind: SourceKind
    name: str
    location: str
    owner: str | None = None
    paused: bool = False
    checked_at: dt.datetime | None = None
    succeeded_at: dt.datetime | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """What a source yields; nothing cleaned. A bare text file gives only `body`.

    `is_entry`: of a feed, so that the headline stands beside the body and not in it.
    """

    source_id: str
    external_id: str
    body: str
    is_html: bool = False
    is_entry: bool = False
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: dt.datetime | dt.date | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text as published. `text` is cleaned once and never changed again, so that offsets hold."""

    id: str
    source_id: str
    external_id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    # The outlet's clock. A time when one was given, else midnight UTC of `published_on`.
    published: dt.datetime | None = None
    published_on: dt.date | None = None
    published_from: DateOrigin | None = None
    # Our clock: when we first saw this text.
    retrieved: dt.datetime | None = None
    authors: tuple[str, ...] = ()
    content_hash: str = ""
    rules_fingerprint: str = ""


# --------------------------------------------------------------------------- facts of one article


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Leads a fact back to its words: `span` are the words, `sentence` the sentence around them."""

    article_id: str
    span: Span
    sentence: Span
    rule: str


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A count of people as an inclusive interval; an open side is `None`, both open means vague ("several")."""

    low: int | None
    high: int | None
    approximate: bool = False

    @property
    def is_vague(self) -> bool:
        return self.low is None and self.high is None

    def meets(self, other: Bounds) -> bool:
        """Whether one count could satisfy both."""
        low = max(self.low or 0, other.low or 0)
        highs = [high for high in (self.high, other.high) if high is not None]
        return not highs or low <= min(highs)

    def narrow(self, other: Bounds) -> Bounds | None:
        """The interval that both allow; `None` when they do not meet."""
        if not self.meets(other):
            return None
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Bounds(
            low=max(lows, default=None),
            high=min(highs, default=None),
            approximate=self.approximate and other.approximate,
        )


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says something, resolved as far as the article allows.

    `words` is the speaker as written around `span` ("she", "Foreign Ministry spokesperson Ana Reyes"), `name`
    the resolved name ("Ana Reyes", "Tehran", "state media", "a security official").
    """

    name: str
    words: str
    span: Span
    role: str | None = None
    affiliation: str | None = None
    # ISO 3166 alpha-2, or "UN", "EU" for those bodies.
    country: str | None = None
    kind: ActorKind = ActorKind.OTHER


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The word that introduces what is said ("told", "according to"), as written."""

    words: str
    span: Span


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words and their speaker. `words` stand without their quote marks; `evidence.span` covers the content."""

    words: str
    kind: QuoteKind
    speaker: Speaker | None
    cue: Cue | None
    evidence: Evidence


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A time expression with its TIMEX3 `value`; `first` and `last` are the days it covers, where it names days."""

    words: str
    type: TimexType
    value: str
    first: dt.date | None
    last: dt.date | None
    precision: Precision | None
    is_relative: bool
    is_planned: bool
    evidence: Evidence

    @property
    def names_day(self) -> bool:
        """Whether it is known to the day at least."""
        return self.precision is Precision.DAY or self.precision is Precision.TIME


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named in the text; `country` is ISO 3166 alpha-2, `within` a region that the text names around it."""

    name: str
    canonical: str
    country: str | None
    within: str | None
    evidence: Evidence


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMention:
    """One mention of something that happened: what makes two figures comparable.

    `actor` is who did it (a country's name when a state acts, else the group or person as written), `against`
    whom or where it hit, `place` the most exact place that the text ties to it, `first`/`last` its days.
    `span` are the trigger's words ("missile strike"); `None` fields are what the text does not say.
    """

    kind: str
    actor: str | None = None
    against: str | None = None
    place: str | None = None
    country: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    # Told as something older than the news ("in 2019 ...", "last month's raid").
    is_background: bool = False
    span: Span | None = None
    sentence: Span | None = None


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A count of people stated in one sentence.

    `words` are the number with its hedge ("at least seven"), `victims` who is counted as written, `group` their
    normal form ("children", "police", "people"), `part_of` the index in `Facts.figures` of the total that this
    figure is a part of. `claimant` is who says so; `None` for the writer's own statement.
    """

    measure: Measure
    bounds: Bounds
    words: str
    victims: str | None
    group: str
    scope: Scope
    part_of: int | None
    claimant: Speaker | None
    incident: IncidentMention
    as_of: dt.date | None
    evidence: Evidence


@made_often
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMention:
    """What the text says about an aspect of an incident without a number: the target, the means, the cause.

    `answer` is the words themselves ("Coastal Liberation Front"), `normal` a form by which equal answers in
    other spellings meet. `is_denied`: the claimant says that it was not so.
    """

    aspect: Aspect
    answer: str
    normal: str
    claimant: Speaker | None
    incident: IncidentMention
    evidence: Evidence
    is_denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What `extract()` returns for one article; every tuple in order of the text."""

    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    incidents: tuple[IncidentMention, ...] = ()
    accounts: tuple[AccountMention, ...] = ()


# --------------------------------------------------------------------------- stories and findings


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """What an article said before its outlet changed it: from when we saw it until we saw another text in its place."""

    article_id: str
    seen_at: dt.datetime
    replaced_at: dt.datetime
    title: str | None
    text: str
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about the same incident or affair. `id` is stable: messages refer to it."""

    id: str
    title: str
    article_ids: tuple[str, ...]
    first_published: dt.datetime | None = None
    last_published: dt.datetime | None = None
    keywords: tuple[str, ...] = ()
    # Independent origins among the articles: a reprint adds none.
    voices: int = 0
    # Article id -> id of the article whose text it repeats.
    copies: tuple[tuple[str, str], ...] = ()
    merged_into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The words in an article that a line rests on; `text` equals the article's text at `span`."""

    article_id: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened, as several articles tell it. `id` is unique within a story ("i1", "i2")."""

    id: str
    label: str
    kind: str
    first: dt.date | None
    last: dt.date | None
    place: str | None
    actor: str | None
    is_background: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One mention of a figure inside a group, with its words and the sentence around them."""

    figure: Figure
    citation: Citation
    outlet: str | None
    published: dt.datetime | None
    sentence: str = ""
    # A part of a count of the same people, one person told of, a count on top of another: held against nothing.
    is_detail: bool = False
    # A part of a least number ("at least 19, seven of them children"), and so a least number itself.
    is_of_least: bool = False
    # Told where two sides fight and each state counts its own.
    is_two_sided: bool = False
    # Of a story of which nothing says that it holds several happenings of one kind.
    is_of_one: bool = False
    # The articles that share no particulars with its own: another happening of one kind in one town.
    apart_from: tuple[str, ...] = ()
    # How many its article gives as missing in the same incident; 0 where none.
    missing_beside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Figures of the same incident, measure, victims and scope: one row of `/casualties`.

    `bounds` are the narrowed bounds where the claims agree, else the latest claim's; `latest` that claim;
    `part_of` the index in `Findings.figure_groups` of the group that this one is a part of.
    """

    incident_id: str
    measure: Measure
    victims: str
    scope: Scope
    status: Status
    bounds: Bounds
    claims: tuple[Claim, ...]
    latest: Claim
    part_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a conflict: what is said, by whom (claimants, else outlets), and where."""

    says: str
    claimants: tuple[str, ...]
    citations: tuple[Citation, ...]
    # No party to the quarrel: a count that was left behind, or one that came after it.
    is_aside: bool = False
    # What it says is that another side's answer is wrong.
    is_denial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Sides that cannot both hold, or look so; `about` is a measure or an aspect; `note` says why, in words."""

    incident_id: str
    about: str
    kind: ConflictKind
    note: str
    sides: tuple[Side, ...]
    # An update that only carries the news on, a day or more later: told as data; a card shows it with its figures.
    is_settled: bool = False

    @property
    def standing(self) -> tuple[Side, ...]:
        """The sides that stand against each other."""
        return tuple(side for side in self.sides if not side.is_aside)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One dated happening; `time` is "HH:MM" as told locally."""

    first: dt.date
    last: dt.date
    precision: Precision
    time: str | None
    text: str
    is_planned: bool
    is_background: bool
    citations: tuple[Citation, ...]
    # Independent voices that tell it.
    voices: int = 1
    # How much it mattered, against the other entries of its story: voices, who comes back to it, who names its day.
    weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFact:
    """A sentence and the articles that support it; `score` from 0 to 1 orders them.

    `text` is the sentence of the first citation, but for an editor's hand: a linking word in front is left out, and
    "he" may be a name in square brackets.
    `days` says for each "on Tuesday" in `text` which day that was: (offset behind the words, day). `raised` are the
    offsets behind counts of the dead that a later report has left behind.
    """

    text: str
    score: float
    support: tuple[Citation, ...]
    days: tuple[tuple[int, dt.date], ...] = ()
    raised: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an actor said once, with every article that carries it."""

    words: str
    is_direct: bool
    cue: str | None
    day: dt.date | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What one actor said about the story: direct words first, then the newest. No stance is guessed."""

    actor: str
    role: str | None
    affiliation: str | None
    country: str | None
    kind: ActorKind
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything analysis says about one story."""

    story_id: str
    key_facts: tuple[KeyFact, ...] = ()
    incidents: tuple[Incident, ...] = ()
    figure_groups: tuple[FigureGroup, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    # What a server's admins have put right in it: each kind with how often.
    corrected: tuple[tuple[CorrectionKind, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the figures and conflicts of a story have come to, those of its background left out; each once, by value."""

    statuses: tuple[Status, ...] = ()
    conflicts: tuple[ConflictKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """What happened when in a story, and in its whole affair where the story is the largest of a long one.

    `story_ids` are the stories that it tells, the one asked for first; `articles` those of the others that entries
    cite, oldest first.
    """

    entries: tuple[TimelineEntry, ...]
    story_ids: tuple[str, ...]
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture for a message: its file name, its PNG bytes, and what it says in words (at most 1,000 units)."""

    name: str
    png: bytes
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article with its facts and the article that it repeats: what analysis takes in, oldest first."""

    article: Article
    facts: Facts
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A count that is new, or that moved: `before` is what stood until then, `None` for a new one.

    `claims` are the new ones that state what stands now, `said` the one of them that says best by whom.
    """

    group: FigureGroup
    before: FigureGroup | None
    claims: tuple[Claim, ...]
    said: Claim
    incident: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the articles since a moment have added to a story; every sequence in the order of its findings.

    `articles` are those of the outlets' own times since then; `undated` counts those without one, which are taken for
    known before. `settled` come with the count that stands now. `reactions` hold new statements only,
    `corrections` what the server's admins have put right since.
    """

    story_id: str
    since: dt.datetime
    articles: tuple[str, ...] = ()
    undated: int = 0
    figures: tuple[FigureChange, ...] = ()
    opened: tuple[Conflict, ...] = ()
    settled: tuple[tuple[Conflict, FigureGroup], ...] = ()
    withdrawn: tuple[Conflict, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    events: tuple[TimelineEntry, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def is_empty(self) -> bool:
        parts = (self.figures, self.opened, self.settled, self.withdrawn, self.reactions, self.events)
        return not any(parts) and not self.corrections


# --------------------------------------------------------------------------- corrections


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Words in an article, found again by the sentence around them; `offset` counts in the sentence."""

    article_id: str
    sentence: str
    offset: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that a server's admins have put right. `owner` and `made_by` are opaque; `id` is 0 until kept.

    `targets` are the figures that are suppressed, outdated or pinned; without any, PIN holds the whole story above
    the others. SPLIT takes `article_id` out of the story, MERGE puts the story into the one named by `into`.
    `label` says in words what it is about.
    """

    id: int = 0
    owner: str
    kind: CorrectionKind
    story_id: str
    label: str
    made_by: str
    made_at: dt.datetime
    targets: tuple[Target, ...] = ()
    article_id: str | None = None
    into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a member says is wrong with a card; it waits for the admins of their server."""

    id: int = 0
    owner: str
    story_id: str
    kind: ReportKind
    words: str
    reader: str
    sent_at: dt.datetime


# --------------------------------------------------------------------------- watches


class WatchKind(StrEnum):
    """Who is told when a story moves: a channel of a server, or one member in private."""

    ALERTS = "alerts"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Someone who wants to be told. `owner`, `channel` and `reader` are opaque; `id` is 0 until kept.

    `story_id` or `words` say what of; without both it is every story that matters. `paused` says why nothing is told.
    Without a `language` it is told in that of its server; in the `quiet_hours` ("22:00", "07:00") of its `zone`
    nothing is.
    """

    id: int = 0
    kind: WatchKind
    owner: str | None
    channel: str
    made_by: str
    made_at: dt.datetime
    cooldown_minutes: int
    story_id: str | None = None
    words: str | None = None
    paused: str | None = None
    language: str | None = None
    quiet_hours: tuple[str, str] | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A count as it stood when it was last told: `articles` and `values` lead from it to what stands later.

    `values` are all that were ever told of it, so that a count that goes back and forth is told once.
    """

    measure: Measure
    group: str
    value: str
    values: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told of a story: its counts, the sides of its open disputes over accounts, the texts known then."""

    stands: tuple[Stand, ...] = ()
    # Each with its sides: ("means", "a rocket", "a shell").
    accounts: tuple[tuple[str, ...], ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something material: a count that is new or moved (`before`: what stood), or a dispute that opened.

    `said` is the claim that brought the count.
    """

    group: FigureGroup | None = None
    said: Claim | None = None
    before: Bounds | None = None
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One story of a watch: what was told of it and when, and the state of its live card (`card`: a fingerprint)."""

    watch_id: int
    story_id: str
    told: Told
    told_at: dt.datetime | None = None
    card: str | None = None


# --------------------------------------------------------------------------- cards and deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """One numbered source of a card."""

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a section.

    `label` is what stands in front ("Killed", "16 Jan", an actor), `text` the statement, `attribution` who says
    it, `mark` a word of state ("disputed", "planned", "background"); `citations` index `Card.sources`.
    `indent` is 1 for a part of the line above. `when` is the day and time of what is said ("4 Jun 21:10"),
    `evidence` the words that the line rests on, one citation per article.
    """

    text: str
    citations: tuple[int, ...]
    label: str | None = None
    attribution: str | None = None
    mark: str | None = None
    indent: int = 0
    when: str | None = None
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    kind: SectionKind
    lines: tuple[Line, ...]
    # Lines that did not fit, so that a reader is told.
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """What a card rests on."""

    articles: int
    outlets: int
    voices: int
    copies: int
    unread: int = 0
    silent_sources: int = 0
    corrected: tuple[tuple[CorrectionKind, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a reader sees; no Discord in it. `fingerprint` hashes what a reader would see."""

    story_id: str
    title: str
    first: dt.date | None
    last: dt.date | None
    as_of: dt.datetime | None
    completeness: Completeness
    sections: tuple[Section, ...]
    sources: tuple[SourceRef, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A numbered line of a message: `mark` is the number ("F2", "7"), `evidence` the words that it rests on."""

    mark: str
    story_id: str
    text: str
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """What the last card in a channel showed; `channel` and `reader` are opaque, `reader` `None` for everybody."""

    channel: str
    reader: str | None
    shown_at: dt.datetime
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The sentence in an article that a line rests on; empty where its `words` do not stand there any more."""

    article: Article
    words: str
    before: str = ""
    sentence: str = ""
    after: str = ""
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """What a refresh did for one source; `failures` names what could not be read and why, `notes` what was left out.

    `notice` says what was decided about the source and is said once: it was paused, it has moved. `pages` of articles
    were asked for; `wall` is what stands in front of most of them ("consent").
    """

    source_id: str
    name: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    error: str | None = None
    failures: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    notice: str | None = None
    pages: int = 0
    wall: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport:
    started: dt.datetime
    finished: dt.datetime
    results: tuple[SourceResult, ...]

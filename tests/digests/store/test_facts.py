"""Facts to JSON and back: nothing lost, little written, newer and older rows readable."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from digests.store.facts import dump, dump_facts, dump_raw, load, load_facts, load_raw
from digests.types import (
    AccountMention,
    ActorKind,
    Aspect,
    Bounds,
    Cue,
    DateMention,
    Evidence,
    Facts,
    Figure,
    IncidentMention,
    Measure,
    PlaceMention,
    Precision,
    Quote,
    QuoteKind,
    RawArticle,
    Scope,
    Span,
    Speaker,
    TimexType,
)

DAY = dt.date(2026, 6, 9)


def evidence(start: int) -> Evidence:
    return Evidence(
        article_id="a1", span=Span(start=start, end=start + 5), sentence=Span(start=0, end=90), rule="r.x"
    )


SPEAKER = Speaker(
    name="Ana Reyes",
    words="the mayor, Ana Reyes",
    span=Span(start=3, end=20),
    role="mayor",
    affiliation="Lindmere",
    country="GB",
    kind=ActorKind.OFFICIAL,
)
INCIDENT = IncidentMention(
    kind="flood", place="Lindmere", first=DAY, last=DAY, is_background=True, span=Span(start=1, end=2)
)
FULL = Facts(
    figures=(
        Figure(
            measure=Measure.KILLED,
            bounds=Bounds(low=7, high=None, approximate=True),
            words="at least seven",
            victims=None,
            group="people",
            scope=Scope.INCIDENT,
            part_of=None,
            claimant=SPEAKER,
            incident=INCIDENT,
            as_of=DAY,
            evidence=evidence(10),
        ),
        Figure(
            measure=Measure.MISSING,
            bounds=Bounds(low=None, high=None),
            words="several",
            victims="children",
            group="children",
            scope=Scope.UNKNOWN,
            part_of=0,
            claimant=None,
            incident=IncidentMention(kind=""),
            as_of=None,
            evidence=evidence(40),
        ),
    ),
    dates=(
        DateMention(
            words="Tuesday",
            type=TimexType.DATE,
            value="2026-06-09",
            first=DAY,
            last=DAY,
            precision=Precision.DAY,
            is_relative=True,
            is_planned=False,
            evidence=evidence(50),
        ),
    ),
    quotes=(
        Quote(
            words="“We wait,” — ça va",
            kind=QuoteKind.MIXED,
            speaker=SPEAKER,
            cue=Cue(words="said", span=Span(start=60, end=64)),
            evidence=evidence(60),
        ),
        Quote(words="x", kind=QuoteKind.DIRECT, speaker=None, cue=None, evidence=evidence(61)),
    ),
    places=(
        PlaceMention(name="Lindmere", canonical="Lindmere", country=None, within=None, evidence=evidence(70)),
    ),
    incidents=(INCIDENT,),
    accounts=(
        AccountMention(
            aspect=Aspect.CAUSE,
            answer="a broken gate",
            normal="gate",
            claimant=None,
            incident=INCIDENT,
            evidence=evidence(80),
        ),
    ),
)


@pytest.mark.parametrize(
    "facts", [pytest.param(FULL, id="every type"), pytest.param(Facts(), id="nothing found")]
)
def test_facts_come_back_as_they_were(facts: Facts) -> None:
    """What a card shows was read from these rows."""
    assert load_facts(dump_facts(facts, "a1"), "a1") == facts


def test_defaults_and_the_own_id_are_not_written() -> None:
    """Every fact names its article; the row knows it."""
    text = dump_facts(FULL, "a1")
    assert "a1" not in text
    assert dump_facts(Facts(), "a1") == "{}"


def test_unknown_fields_are_passed_over() -> None:
    """A row of another version has a field more; it can still be read."""
    data = json.loads(dump_facts(FULL, "a1"))
    data["figures"][0]["confidence"] = 0.5
    data["charts"] = []
    assert load_facts(json.dumps(data), "a1") == FULL


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(None, id="none"),
        pytest.param(DAY, id="day"),
        pytest.param(dt.datetime(2026, 6, 9, 10, 30, tzinfo=dt.UTC), id="time"),
        pytest.param(dt.datetime(2026, 6, 9, tzinfo=dt.UTC), id="midnight is a time"),
    ],
)
def test_raw_articles_keep_day_and_time_apart(published: dt.date | None) -> None:
    """A day and its midnight are different statements."""
    raw = RawArticle(source_id="s", external_id="e", body="b", published=published, authors=("A", "B"))
    restored = load_raw(dump_raw(raw))
    assert restored == raw
    assert type(restored.published) is type(published)


def test_values_without_a_json_form_are_refused() -> None:
    """A new type in `types.py` must be noticed here, not stored as something else."""
    with pytest.raises(TypeError, match="no JSON form"):
        dump({"a": 1})
    with pytest.raises(TypeError, match="no JSON form"):
        load(set, "[]")

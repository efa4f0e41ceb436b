"""Everything that the renderers can produce is something that Discord takes: judged over random stories."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render.card import State, render_card
from bot.render.limits import CUSTOM_ID, V2_COMPONENTS, V2_TEXT, length, v2_bytes
from bot.render.page import Page
from bot.render.references import References
from bot.render.stories import CardWithState, render_overview
from bot.render.timeline import render_timeline
from bot.tongue import speaking
from bot.views.buttons import StoryButton, buttons_for
from bot.views.layout import make_layout
from bot.views.story import Filters, StoryView
from digests import (
    LANGUAGES,
    ActorKind,
    Card,
    Completeness,
    Line,
    Measure,
    Precision,
    Section,
    SectionKind,
    SourceRef,
    TimelineEntry,
)
from tests.bot.factories import cite
from tests.discord_judge import OpenApiJudge

#: Over 10,170 of these Discord answers 500 (discord-api-docs issue 8554).
V2_BYTES = 10_170

WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from(" abcdefgh*_[]()<@:/#-.1"),
        st.sampled_from("دمشق中文Київ\U0001f468\u200d\U0001f469\u202e"),
        st.characters(),
    ),
    max_size=300,
)
URLS = st.one_of(
    st.none(), WORDS, st.builds("https://news.example/{}".format, st.text(alphabet="ab/%_(é", max_size=400))
)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """A card with anything in it: other scripts, markup, long and hostile addresses, many lines."""
    count = draw(st.integers(min_value=1, max_value=12))
    sources = tuple(
        SourceRef(
            article_id=f"a{number}",
            outlet=draw(st.one_of(st.none(), WORDS)),
            title=draw(st.one_of(st.none(), WORDS)),
            url=draw(URLS),
            published=dt.datetime(2025, 6, 4, 12, tzinfo=dt.UTC),
        )
        for number in range(count)
    )
    line = st.builds(
        Line,
        text=WORDS,
        citations=st.lists(st.integers(min_value=0, max_value=count - 1), min_size=1, max_size=4).map(tuple),
        label=st.one_of(st.none(), WORDS),
        attribution=st.one_of(st.none(), WORDS),
        mark=st.sampled_from([None, "planned", "disputed"]),
        indent=st.integers(min_value=0, max_value=1),
        # Words behind it give a line its number.
        evidence=st.one_of(st.just(()), st.builds(cite, st.just("a0"), WORDS).map(lambda one: (one,))),
    )
    sections = tuple(
        Section(
            kind=kind,
            lines=tuple(draw(st.lists(line, min_size=1, max_size=9))),
            dropped=draw(st.integers(0, 99)),
        )
        for kind in draw(st.permutations(list(SectionKind)))
    )
    return Card(
        story_id="s0123456789",
        title=draw(WORDS),
        first=None,
        last=dt.date(2025, 6, 4),
        as_of=None,
        completeness=Completeness(articles=count, outlets=count, voices=1, copies=0),
        sections=sections,
        sources=sources,
        fingerprint="f",
    )


def check(page: Page, judge: OpenApiJudge | None, buttons: list[Any]) -> None:
    """The rules that the API description leaves out, then the description itself, where it is at hand."""
    texts = page.texts
    assert all(text.strip() for text in texts)
    assert sum(map(length, texts)) <= V2_TEXT
    assert v2_bytes(texts) <= V2_BYTES
    components = make_layout(page, buttons).to_components()
    assert count_components(components) <= V2_COMPONENTS
    ids = re.findall(r'"custom_id": "([^"]*)"', json.dumps(components))
    assert len(ids) == len(set(ids))
    assert all(len(one) <= CUSTOM_ID for one in ids)
    if judge is not None:
        body = {"flags": 1 << 15, "components": components, "allowed_mentions": {"parse": []}}
        assert [] == judge("POST", "/channels/123456789012345678/messages", body, None, None)


def count_components(components: Any) -> int:
    """Nested ones and accessories counted."""
    return sum(1 + count_components(one.get("components", ())) for one in components)


LINKS = re.compile(r"\[[^\[\]]*\]\((https?://[^\s()]+)\)")


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards(), st.sampled_from(tuple(LANGUAGES)))
def test_any_card_is_a_message(discord_judge: OpenApiJudge | None, card: Card, language: str) -> None:
    """Fits, is valid, and links only to addresses of its own sources; in every language."""
    several = [CardWithState(card=replace(card, story_id=f"s{n}"), state=State.PLAIN) for n in range(3)]
    with speaking(language):
        pages = (render_card(card, state=State.DISPUTED), *render_overview(several, heading="Digest"))
        buttons = [buttons_for([page], 0, StoryView.CARD, card.story_id) for page in pages]
    for page, below in zip(pages, buttons, strict=True):
        check(page, discord_judge, below)
        for text in page.texts:
            for address in LINKS.findall(text):
                assert re.match(r"https?://[\w.\[\]:-]+(/|$)", address)
            assert "://" not in LINKS.sub("", text).replace("\\://", "")


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, max_size=60))
def test_any_timeline_is_a_row_of_messages(discord_judge: OpenApiJudge | None, texts: list[str]) -> None:
    """However many entries and however long, every page of it is valid."""
    day = dt.date(2025, 6, 4)
    entries = tuple(
        TimelineEntry(
            first=day + dt.timedelta(days=number // 3),
            last=day + dt.timedelta(days=number // 3),
            precision=Precision.DAY,
            time=None,
            text=text,
            is_planned=False,
            is_background=number % 5 == 0,
            citations=(cite("a1"),),
        )
        for number, text in enumerate(texts)
    )
    pages = render_timeline("t", entries, References({}))
    for number, page in enumerate(pages):
        check(page, discord_judge, buttons_for(pages, number, StoryView.TIMELINE, "s", Filters(first=day)))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(measure=Measure.CASUALTIES),
        Filters(first=dt.date(2024, 1, 16), last=dt.date(2024, 1, 18)),
        Filters(country="IR", who=ActorKind.INTERNATIONAL),
        Filters(since=dt.datetime(2025, 6, 4, 12, tzinfo=dt.UTC)),
        Filters(first=dt.date.min, last=dt.date.max),
    ],
)
def test_filters_survive_a_buttons_id(filters: Filters) -> None:
    """A page turned after a restart shows what the first one showed."""
    assert filters == Filters.decode(filters.encode())
    assert len(filters.encode()) <= 40


def test_a_moment_long_ago_keeps_its_button_alive() -> None:
    """No button is known by an id with a minus; what is asked for is the same, there was no article before."""
    filters = Filters(since=dt.datetime(1960, 1, 1, tzinfo=dt.UTC))
    button = StoryButton(StoryView.CHANGES, "s", label="Next", page=1, filters=filters)
    assert button.template.fullmatch(button.custom_id)
    assert Filters(since=dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) == Filters.decode(filters.encode())


@pytest.mark.parametrize("text", ["m=everything", "c=<@1>", "f=yesterday", "s=x"])
def test_a_crafted_id_is_refused(text: str) -> None:
    """Not a traceback: the button then shows everything."""
    with pytest.raises(ValueError, match=r".*"):
        Filters.decode(text)

"""What members and their admins are shown, with anything in it: valid messages that link to their sources alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render.alerts import render_alerts, render_follows, render_moves
from bot.render.changes import render_changes
from bot.render.fixes import render_done, render_queue
from bot.render.markup import escape
from bot.render.page import Page
from bot.render.passages import render_passages
from bot.render.references import References
from bot.views.buttons import page_buttons
from digests import (
    Changes,
    Conflict,
    Correction,
    CorrectionKind,
    FigureChange,
    Move,
    Passage,
    Report,
    ReportKind,
    ShownLine,
    Side,
    Status,
    Watch,
    WatchKind,
)
from tests.bot.factories import (
    ARTICLES,
    CARD,
    FINDINGS,
    INCIDENT,
    SOURCES,
    at,
    cite,
    make_claim,
    make_group,
)
from tests.bot.render.test_payloads import LINKS, WORDS, check
from tests.discord_judge import OpenApiJudge

ANYTHING = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MENTION = re.compile(r"(?<!\\)<(?:@&?|#)\d+>")


def examine(page: Page, judge: OpenApiJudge | None) -> None:
    """Valid, and without a link or a mention that the words of others brought in."""
    check(page, judge, page_buttons(page))
    for text in page.texts:
        for address in LINKS.findall(text):
            assert re.match(r"https://([\w-]+\.example|discord\.com)/", address), address
        assert "://" not in LINKS.sub("", text).replace("\\://", "")
        assert all(found in ("<@1>", "<#1>") for found in MENTION.findall(text))


@pytest.mark.slow
@ANYTHING
@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=12))
def test_any_changes_and_alerts_are_messages(discord_judge: OpenApiJudge | None, words: list[str]) -> None:
    """However long the names of claimants, victims and incidents, and however many sides there are."""
    claims = [make_claim("a1", one, 9, 9, claimant=one, victims=one) for one in words]
    groups = [
        dataclasses.replace(make_group(one, status=Status.CONFLICTING), victims=text)
        for one, text in zip(claims, words, strict=True)
    ]
    sides = tuple(Side(says=one, claimants=(one,), citations=(cite("a1"),)) for one in words)
    dispute = dataclasses.replace(FINDINGS.conflicts[1], sides=sides)
    changes = Changes(
        story_id="s",
        since=at(9),
        articles=("a1",),
        figures=tuple(
            FigureChange(group=group, before=group, claims=group.claims, said=group.latest, incident=words[0])
            for group in groups
        ),
        opened=(dispute,),
        settled=((dispute, groups[0]),),
        withdrawn=(dispute,),
        reactions=FINDINGS.reactions,
        events=FINDINGS.timeline,
        corrections=(correction(words[0]),),
    )
    for page in render_changes(words[0], changes, References.of_sources(SOURCES)):
        examine(page, discord_judge)
    moves = [*(Move(group=group, before=group.bounds) for group in groups), Move(conflict=dispute)]
    address = "https://discord.com/channels/1/2/3"
    examine(render_moves(CARD, escape(words[0]), moves, footer="f", live_card=address), discord_judge)


def correction(label: str) -> Correction:
    return Correction(
        id=1, owner="g", kind=CorrectionKind.SUPPRESS, story_id="s", label=label, made_by="1", made_at=at(9)
    )


@pytest.mark.slow
@ANYTHING
@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=30))
def test_any_queue_and_list_is_a_message(discord_judge: OpenApiJudge | None, words: list[str]) -> None:
    """What members write into the form is shown as it is, and reaches nobody."""
    reports = [
        Report(
            id=n,
            owner="g",
            story_id="s",
            kind=ReportKind.OTHER,
            words=(one * 9)[:600],
            reader="1",
            sent_at=at(9),
        )
        for n, one in enumerate(words)
    ]
    for page in render_queue(reports, [correction(one) for one in words], {"s": words[0]}):
        examine(page, discord_judge)
    examine(render_done(f"**{escape(words[0])}** is withheld.", correction(words[0])), discord_judge)
    watches = [watch(one) for one in words[:25]]
    examine(render_follows(watches, [escape(one)[:150] for one in words[:25]]), discord_judge)
    examine(render_alerts(watches[:10]), discord_judge)


def watch(paused: str) -> Watch:
    return Watch(
        kind=WatchKind.ALERTS,
        owner="g",
        channel="1",
        made_by="1",
        made_at=at(9),
        cooldown_minutes=1,
        paused=paused[:80],
    )


@pytest.mark.slow
@ANYTHING
@given(WORDS.filter(str.strip), WORDS, st.integers(min_value=1, max_value=30))
def test_any_passage_is_a_message(
    discord_judge: OpenApiJudge | None, sentence: str, around: str, times: int
) -> None:
    """However long the sentence and its neighbours."""
    line = ShownLine(mark="F1", story_id="s", text=sentence, evidence=(cite("a1", sentence),) * 5)
    passages = [
        Passage(
            article=article,
            words=sentence,
            before=around,
            sentence=sentence * times,
            after=around,
            rule="a.b",
        )
        for article in ARTICLES
    ]
    examine(render_passages(line, passages), discord_judge)
    examine(render_passages(line, [Passage(article=ARTICLES[0], words=sentence)]), discord_judge)


def test_a_settled_dispute_and_a_withdrawn_count_are_told() -> None:
    """With what stands now, and under whose name."""
    conflict: Conflict = FINDINGS.conflicts[0]
    changes = Changes(
        story_id="s",
        since=dt.datetime(2025, 6, 4, tzinfo=dt.UTC),
        articles=("a1", "a2"),
        undated=2,
        settled=((conflict, FINDINGS.figure_groups[2]),),
        withdrawn=(conflict,),
    )
    [page] = render_changes("Ferry", changes, References.of_sources(SOURCES))
    text = "\n".join(page.texts)
    assert "- settled: **Killed: at least 31 or 37?** · now **40**" in text
    assert "### Corrections\n- by an outlet: **Killed: at least 31 or 37?**" in text
    assert "2 articles have no time and count as known before" in text
    assert INCIDENT.label not in text

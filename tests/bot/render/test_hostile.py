"""Whole stories whose every word is hostile, through every renderer: valid messages, no foreign mention or link.

A generator with a seed writes what people have sent to break such bots: mentions, markup, links in every disguise,
invites, right-to-left and invisible signs, heaps of combining marks, and much of everything. A reader with Discord's
own eyes then says what would be a mention or a link in the message. 300 messages in the normal tests, 10,000 in the
long ones (`pytest -m long tests/bot/render`).
"""

from __future__ import annotations

import dataclasses
import enum
import random
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import pytest

from bot.audit import detail_words
from bot.render.alerts import render_alerts, render_moved, render_moves
from bot.render.card import State, render_card, title_of
from bot.render.changes import render_changes
from bot.render.conflicts import render_conflicts
from bot.render.figures import render_figures
from bot.render.fixes import render_queue
from bot.render.log import render_log
from bot.render.page import Page
from bot.render.passages import render_passages
from bot.render.reactions import render_reactions
from bot.render.references import References
from bot.render.sources import render_article_list, render_report, render_source_list
from bot.render.status import PausedPost, StatusLine, render_status
from bot.render.stories import CardWithState, render_overview
from bot.render.timeline import render_timeline
from bot.views.buttons import buttons_for
from bot.views.story import StoryView
from digests import (
    Action,
    Changes,
    FigureChange,
    Line,
    Move,
    Passage,
    RefreshReport,
    Report,
    ReportKind,
    ShownLine,
    Source,
    SourceHealth,
    SourceKind,
    SourceResult,
    SourceState,
    Watch,
    WatchKind,
    country_names,
)
from tests.bot.factories import ARTICLES, CARD, FINDINGS, STORY, at, cite
from tests.bot.render.test_payloads import check
from tests.discord_judge import OpenApiJudge

Value = TypeVar("Value")

SEED = 20261121
ID = "123456789012345678"
#: Where links may lead: the story's own articles, and a message on Discord that we point to ourselves.
OWN_HOST = "own.example"
OURS = re.compile(
    rf"https?://(?:{re.escape(OWN_HOST)}(?:/|$)|xn--[\w-]+\.example/|discord\.com/channels/\d+/\d+/\d+$)"
)

#: What acts as it stands, each in the middle of words. `?` stands for an id that nothing of ours has.
ATTACKS = tuple(
    text.replace("?", "987654321098765432")
    for text in (
        "@everyone", "@here", "@\u202eeveryone", "@\u200beveryone", "\uff20everyone", "<@?>", "<@!?>", "<@&?>", "<#?>",
        "<\u200b@?>", "<@\u2060?>", "<id:customize>", "<id:guide>", "</digest:?>", "<t:0:R>", "<a:party:?>",
        "[click](https://evil.example)", "[a\nb](https://evil.example)", "[x](<https://evil.example>)",
        "[https://own.example](https://evil.example/x)", "[x](\u200bhttps://evil.example)",
        "](https://evil.example)", "[](https://evil.example)", "https://evil.example/a_b*c", "http://evil.example",
        "HTTPS://EVIL.EXAMPLE", "<https://evil.example>", "\\[x](https://evil.example)", "discord.gg/abcdef",
        "https://discord.com/invite/abcdef", "dsc.gg/x", "steam://run/1", "javascript:alert(1)", "**bold**",
        "__under__", "~~gone~~", "||spoiler||", "`code`", "```\nblock\n```", "> quote", ">>> quote", "# Heading",
        "-# small", "- list", "1. list", "1) list", "\\", "\\\\", "\u202eexe.gpj", "\u2066x\u2069", "\u0000",
        "\x1b[31m", "\ufffd", "\ufeff", "\u00ad", "z" + "\u0335\u0336\u0337" * 40,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0627\u0644\u0633\u0644\u0627\u0645",
        "\u05e9\u05dc\u05d5\u05dd", "\u6e2f" * 60, "\ufdfd" * 30, "\n\n\n", "\t", "\u2028", "\u00a0" * 20, "", " ",
    )
)  # fmt: skip
WORDS = ("the", "harbour", "was", "closed", "after", "nine", "people", "died", "when", "a", "ferry", "sank")
HOSTILE_URLS = (
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://user:pw@evil.example/", "https://", "",
    "https://own.example@evil.example/", "https://own.example/a b)c](https://evil.example)", "//evil.example",
    "https://own.example/\u202e", "https://own.example/" + "a" * 3000, "https://\u0430pple.example/",
    "https://own.example/(x)?q=<@1>#[y]", "HTTPS://OWN.EXAMPLE/a",
)  # fmt: skip
#: Fields that hold no words of others: ids and names that the program gives itself.
GIVEN = frozenset({
    "id", "story_id", "article_id", "source_id", "external_id", "incident_id", "rule", "fingerprint", "kind", "time",
    "country", "content_hash", "rules_fingerprint", "article_ids", "copies", "owner", "measure", "status", "scope",
    "about",
})  # fmt: skip


class Villain:
    """Writes words and addresses, the same at each run."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self) -> str:
        """A few words, a sentence, or more than any message holds, with attacks among them; never empty."""
        size = self.random.choice((1, 3, 8, 30, 30, 400))
        picked = [
            self.random.choice(ATTACKS) if self.random.random() < 0.4 else self.random.choice(WORDS)
            for _ in range(size)
        ]
        return self.random.choice(("", " ", "x")).join(picked) + self.random.choice("xyz")

    def address(self) -> str | None:
        """An own one, mostly; else one that must not become a link, or not as it is."""
        if self.random.random() < 0.5:
            return f"https://{OWN_HOST}/{self.random.randrange(999)}"
        return self.random.choice((None, *HOSTILE_URLS))

    def spoil(self, value: Value, field: str = "") -> Value:
        """The same value with every text in it replaced, and some rows twice."""
        found: Any = value
        if field in GIVEN or isinstance(value, (enum.Enum, bool)):
            return value
        if field == "url":
            found = self.address()
        elif isinstance(value, str):
            found = self.words()
        elif isinstance(value, tuple):
            rows = [
                self.spoil(item, field) for item in value for _ in range(self.random.choice((1, 1, 1, 2, 5)))
            ]
            found = tuple(rows)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            changed = {
                one.name: self.spoil(getattr(value, one.name), one.name)
                for one in dataclasses.fields(value)
                if one.init
            }
            found = dataclasses.replace(value, **changed)
        return found  # type: ignore[no-any-return]


def pages_of(villain: Villain) -> Iterator[Page]:
    """One hostile story, and what admins see of hostile sources, reports and changes, in every way they are shown."""
    spoil = villain.spoil
    sources = tuple(spoil(one) for one in CARD.sources)
    sections = tuple(
        dataclasses.replace(
            section,
            lines=tuple(citing(line, villain) for line in spoil(section.lines)),
            dropped=section.dropped,
        )
        for section in CARD.sections
    )
    card = dataclasses.replace(CARD, title=villain.words(), sources=sources, sections=sections)
    findings = dataclasses.replace(
        FINDINGS,
        incidents=tuple(spoil(one) for one in FINDINGS.incidents),
        figure_groups=tuple(spoil(one) for one in FINDINGS.figure_groups),
        conflicts=spoil(FINDINGS.conflicts),
        timeline=spoil(FINDINGS.timeline),
        reactions=spoil(FINDINGS.reactions),
        key_facts=spoil(FINDINGS.key_facts),
    )
    references, link_to = References.of_sources(sources), title_of(card.title, sources)
    articles = tuple(spoil(one) for one in ARTICLES)
    yield render_card(card, state=villain.random.choice(list(State)))
    several = [
        CardWithState(card=dataclasses.replace(card, story_id=f"s{n}"), state=State.PLAIN) for n in range(4)
    ]
    yield from render_overview(several, heading="Digest", hidden=3)
    yield from render_figures(card.title, findings, references, link_to=link_to)
    yield from render_conflicts(card.title, findings, references, link_to=link_to)
    yield from render_timeline(card.title, findings.timeline, references, link_to=link_to)
    yield from render_reactions(card.title, findings, references, countries=country_names(), link_to=link_to)
    yield from render_article_list(card.title, articles, {"a3": "a1"})
    groups = findings.figure_groups
    changes = Changes(
        story_id="s",
        since=at(9),
        articles=("a1",),
        figures=tuple(
            FigureChange(group=one, before=one, claims=one.claims, said=one.latest, incident=villain.words())
            for one in groups
        ),
        opened=findings.conflicts,
        settled=((findings.conflicts[0], groups[0]),),
        withdrawn=findings.conflicts[:1],
        reactions=findings.reactions,
        events=findings.timeline,
    )
    yield from render_changes(card.title, changes, references, link_to=link_to)
    moves = [*(Move(group=one, before=one.bounds) for one in groups), Move(conflict=findings.conflicts[0])]
    yield render_moves(card, link_to, moves, footer="f", live_card="https://discord.com/channels/1/2/3")
    yield render_moved(spoil(STORY))
    line = ShownLine(
        mark="F1", story_id="s", text=villain.words(), evidence=(cite("a1", villain.words()),) * 3
    )
    passages = [
        Passage(
            article=one, words=villain.words(), before=villain.words(), sentence=villain.words(), rule="a.b"
        )
        for one in articles
    ]
    yield render_passages(line, passages)
    yield from admin_pages(villain)


def citing(line: Line, villain: Villain) -> Line:
    """Citations that lead to a source, and words behind the line, which give it a number."""
    evidence = (cite("a1", villain.words()),) if villain.random.random() < 0.5 else ()
    return dataclasses.replace(line, citations=(0, 2), evidence=evidence)


def admin_pages(villain: Villain) -> Iterator[Page]:
    words = villain.words
    rows = [
        Source(id=f"s{n}", kind=SourceKind.FEED, name=words(), location=words(), error=words())
        for n in range(9)
    ]
    yield from render_source_list(
        [SourceHealth(source=one, state=SourceState.FAILING, why=words()) for one in rows]
    )
    failed = [
        SourceResult(source_id=one.id, name=words(), failed=2, failures=((words(), words()),), error=words())
        for one in rows
    ]
    yield from render_report(RefreshReport(started=at(8), finished=at(9), results=tuple(failed)))
    yield render_status(
        [StatusLine(label="Version", text="1")],
        failing=[(words(), words()) for _ in range(5)],
        next_posts=[],
        paused=[PausedPost(name=words(), channel=ID, reason=words())],
    )
    reports = [
        Report(id=n, owner="g", story_id="s", kind=ReportKind.OTHER, words=words(), reader=ID, sent_at=at(9))
        for n in range(6)
    ]
    yield from render_queue(reports, [], {"s": words()})
    details = tuple((f"detail {n}", detail_words(words())) for n in range(4))
    yield from render_log(
        [Action(server=ID, actor=ID, action="sources.add", details=details, done_at=at(9))] * 4
    )
    alerts = Watch(
        kind=WatchKind.ALERTS,
        owner="g",
        channel=ID,
        made_by=ID,
        made_at=at(9),
        cooldown_minutes=1,
        paused=words()[:200],
    )
    yield render_alerts([alerts])


# ---------------------------------------------------------------------------- with Discord's eyes

#: Signs that Discord takes out before it reads anything (discord-api-docs issues 1189, 1276, 1286).
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")
#: A backslash takes its power from the sign behind it. Two signs of our own stand for what is left.
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
MENTION = re.compile(r"@everyone|@here|<@[!&]?(\d+)>|<#(\d+)>|<id:\w+>|</[^>\n]+:\d+>|<a?:\w+:\d+>")
MASKED = re.compile(r"\[[^\[\]]*\]\(\s*<?([^\s()<>]+)>?\s*(?:\"[^\"]*\")?\)")
BARE = re.compile(
    r"(?i)\b(?:https?|steam)://\S+|\bdiscord\.gg/\w+|\bdsc\.gg/\w+|\bdiscord(?:app)?\.com/invite/\w+"
)


def foreign(text: str) -> list[str]:
    """What in a message would be a mention, or a link, that we did not write ourselves.

    Our own are those of the server that is administered (`ID`), and links to the story's own articles.
    """
    seen = ESCAPED.sub("\ue000", UNSEEN.sub("", text))
    found = [
        match[0]
        for match in MENTION.finditer(seen)
        if ID not in (match[1], match[2]) or match[0].startswith("</")
    ]
    found += [match[0] for match in MASKED.finditer(seen) if not OURS.match(match[1])]
    return found + BARE.findall(MASKED.sub("", seen))


@pytest.mark.parametrize(
    "text",
    [
        "@everyone", "a@\u202ehere", f"<@{ID[:-1]}9>", "<#1>", f"</digest:{ID}>", "<id:guide>", "<:x:1>",
        "[a](https://evil.example)", "\\\\[a](https://evil.example)", "see https://evil.example", "discord.gg/abc",
        "[a](https://own.example.evil.example)", "[a](https://discord.com/invite/x)",
    ],
)  # fmt: skip
def test_the_reader_sees_what_is_foreign(text: str) -> None:
    """Otherwise it would find nothing below, whatever stood there."""
    assert foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "\\@everyone",
        f"<@{ID}>",
        "\\[a\\](https\\://evil.example)",
        "[Wire](https://own.example/1) <t:0:R>",
        "",
    ],
)
def test_the_reader_leaves_what_is_ours(text: str) -> None:
    """Escaped words, the server's own member, our sources."""
    assert [] == foreign(text)


def go_through(count: int, seed: int, judge: OpenApiJudge | None) -> int:
    """Messages until there are `count` of them; raises at the first that is not as it must be, with its seed."""
    done = 0
    while done < count:
        for page in pages_of(Villain(seed)):
            words = f"seed {seed}"
            check(page, judge, buttons_for([page], 0, StoryView.CARD, "s0123456789"))
            for text in page.texts:
                assert [] == foreign(text), words
            assert page == Page.from_json(page.to_json()), words
            done += 1
        seed += 1
    return done


@pytest.mark.slow
def test_hostile_stories_are_harmless_messages(discord_judge: OpenApiJudge | None) -> None:
    """Every renderer, a few stories."""
    assert go_through(300, SEED, discord_judge) >= 300


@pytest.mark.long
def test_ten_thousand_hostile_messages(discord_judge: OpenApiJudge | None) -> None:
    """The same, and many more."""
    done = go_through(10_000, SEED + 1_000, discord_judge)
    print(f"{done} messages, judged by the API description: {discord_judge is not None}")
    assert done >= 10_000

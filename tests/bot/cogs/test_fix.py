"""The form under a card, the admins' queue, and what they put right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Answer, ClientRefused, LoopbackDiscord
from digests.fixes import REPORTS_AN_HOUR
from tests.bot.cogs.newsdesk import Desk, open_desk, reopened
from tests.bot.cogs.test_alerts import mill
from tests.bot.cogs.test_source import number_of
from tests.bot.e2e.articles import FERRY, MILL, STORIES

WRONG = "Something wrong?"
FIELDS = {"kind": "figure", "words": "F2 is the **governor's** guess @everyone"}


@pytest.fixture
async def desk(discord_double: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(discord_double, tmp_path) as made:
        yield made


async def card_of(desk: Desk, words: str = "ferry", *, admin: bool = True) -> Answer:
    player = desk.admin if admin else desk.reader
    return await player.slash("digest", story=await desk.story(words))


async def test_a_member_reports_and_an_admin_sees_it(desk: Desk) -> None:
    """Thanks in private; the queue has the kind, the words as they are, who and about which story; then it is done."""
    form = await desk.reader.click(await card_of(desk, admin=False), WRONG)
    thanks = await desk.reader.submit(form, FIELDS)
    assert "The admins of this server will see it" in thanks.text
    assert thanks.is_ephemeral
    queue = await desk.admin.slash("fix list")
    assert queue.is_ephemeral
    assert "**Report 1** · A figure is wrong" in queue.text
    assert r"F2 is the \*\*governor's\*\* guess \@everyone" in queue.text
    assert "Ferry capsizes off Port Caldera" in queue.text
    assert [] == queue.pings
    assert "out of the queue" in (await desk.admin.slash("fix done", report=1)).text
    assert "Nobody has reported anything" in (await desk.admin.slash("fix list")).text
    assert "no report 1 in the queue" in (await desk.admin.slash("fix done", report=1)).text


async def test_a_form_is_taken_after_a_restart(discord_double: LoopbackDiscord, tmp_path: Path) -> None:
    """Opened by one process, sent to the next; so is a press of an old card's button."""
    async with open_desk(discord_double, tmp_path) as desk:
        card = await card_of(desk, admin=False)
        form = await desk.reader.click(card, WRONG)
        reader, admin = desk.reader, desk.admin
    async with reopened(discord_double, tmp_path):
        assert "will see it" in (await reader.submit(form, FIELDS)).text
        again = await reader.click(card, WRONG)
        assert "will see it" in (await reader.submit(again, FIELDS)).text
        assert "**Report 2**" in (await admin.slash("fix list")).text


async def test_reports_of_one_member_are_bounded(desk: Desk) -> None:
    """So many an hour, in words; somebody else's still come through; each server has a queue of its own."""
    card = await card_of(desk, admin=False)
    for _ in range(REPORTS_AN_HOUR):
        assert "will see it" in (await desk.reader.submit(await desk.reader.click(card, WRONG), FIELDS)).text
    refused = await desk.reader.submit(await desk.reader.click(card, WRONG), FIELDS)
    assert "several reports within the hour" in refused.text
    assert "will see it" in (await desk.admin.submit(await desk.admin.click(card, WRONG), FIELDS)).text
    assert "Nobody has reported anything" in (await desk.stranger.slash("fix list")).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"kind": "nonsense", "words": "x"}, "cannot be read", id="kind"),
        pytest.param({"kind": ["figure", "story"], "words": "x"}, "cannot be read", id="two kinds"),
        pytest.param({"kind": "figure", "words": " \u200b "}, "Say in a few words", id="nothing said"),
    ],
)
async def test_a_form_that_no_client_sends_is_refused(
    desk: Desk, fields: dict[str, object], words: str
) -> None:
    """In words, and the queue stays empty."""
    form = await desk.reader.click(await card_of(desk, admin=False), WRONG)
    assert words in (await desk.reader.submit(form, fields)).text
    assert "Nobody has reported anything" in (await desk.admin.slash("fix list")).text


async def test_a_report_needs_a_server(desk: Desk) -> None:
    """In a direct message there are no admins to read it."""
    alone = desk.double.in_private(desk.reader)
    card = await alone.slash("digest", story=await desk.story("ferry"))
    assert "works in a server" in (await alone.click(card, WRONG)).text


async def test_a_suppressed_figure_is_gone_here_and_nowhere_else(desk: Desk) -> None:
    """From every view; the last line says so; another server's card stays; undoing brings it back."""
    card = await card_of(desk)
    assert "Killed: 17 or 19?" in card.text
    done = await desk.admin.slash("fix suppress", figure=number_of(card.text, "**19**"))
    assert "Killed: 19" in done.text
    assert "/fix undo number:1" in done.text
    assert done.is_ephemeral
    fixed = await card_of(desk)
    assert "**19**" not in fixed.text
    assert "17 or 19" not in fixed.text
    assert "Nineteen people died" not in fixed.text
    assert "1 figure withheld by the admins" in fixed.text
    assert "**Nineteen**" not in (await desk.reader.slash("casualties", story="ferry")).text
    elsewhere = await desk.stranger.slash("digest", story=await desk.story("ferry"))
    assert "Killed: 17 or 19?" in elsewhere.text
    assert "by the admins" not in elsewhere.text
    queue = await desk.admin.slash("fix list")
    assert "**Correction 1** · withheld" in queue.text
    assert "Correction" not in (await desk.stranger.slash("fix list")).text.replace("Corrections", "")
    choices = await desk.admin.autocomplete("fix undo", "number", "")
    assert [1] == [choice.value for choice in choices]
    assert "no correction 1 in force" in (await desk.stranger.slash("fix undo", number=1)).text
    assert "taken back" in (await desk.admin.slash("fix undo", number=1)).text
    assert card.text == (await card_of(desk)).text


async def test_a_correction_outlasts_reloads_and_restarts(
    discord_double: LoopbackDiscord, tmp_path: Path
) -> None:
    """While the sentence stands in the text; an outlet that writes a new one is heard again."""
    async with open_desk(discord_double, tmp_path) as desk:
        card = await card_of(desk)
        await desk.admin.slash("fix suppress", figure=number_of(card.text, "**19**"))
        admin = desk.admin
        text = FERRY[1]["text"]
        await desk.load({**FERRY[1], "text": f"{text}\n\nThe harbour stays closed until Friday."})
        assert "**19**" not in (await card_of(desk)).text
        await desk.load({**FERRY[1], "text": text.replace("told reporters", "told the press")})
        assert "**19**" in (await card_of(desk)).text
        await desk.load(FERRY[1])
    async with reopened(discord_double, tmp_path):
        again = await admin.slash("digest", story="ferry")
        assert "**19**" not in again.text
        assert "1 figure withheld by the admins" in again.text


async def test_outdated_and_pinned_figures(desk: Desk) -> None:
    """Outdated: it disputes nothing and is marked. Pinned: it stands first."""
    card = await card_of(desk)
    pinned = await desk.admin.slash("fix pin", figure=number_of(card.text, "**19**"))
    assert "is pinned" in pinned.text
    card = await card_of(desk)
    assert 1 == number_of(card.text, "**19**")
    assert "1 figure pinned by the admins" in card.text
    await desk.admin.slash("fix outdated", figure=number_of(card.text, "**17**"))
    card = await card_of(desk)
    assert "17 or 19" not in card.text
    assert "*earlier*" in card.text
    assert "1 figure marked outdated by the admins" in card.text


async def test_a_newer_count_is_never_called_earlier(desk: Desk) -> None:
    """An older count that is pinned stands first; the newer one is there with another mark."""
    await desk.load(mill("Eleven"))
    card = await card_of(desk, "mill")
    assert "**8 workers** · *earlier*" in card.text
    await desk.admin.slash("fix pin", figure=number_of(card.text, "**8 workers**"))
    card = await card_of(desk, "mill")
    assert 1 == number_of(card.text, "**8 workers**")
    assert "**11 workers** · *also given*" in card.text
    assert "- earlier ·" not in (await desk.reader.slash("casualties", story="mill")).text


async def test_an_article_is_moved_to_a_story_of_its_own_and_back(desk: Desk) -> None:
    """Chosen from the story's articles; the story says so; putting it back together is one command."""
    ferry = await desk.story("ferry")
    choices = await desk.admin.autocomplete("fix split", "article", "radio", story=ferry)
    assert ["Island Radio: Mourning in Port Caldera after ferry sinks"] == [one.name for one in choices]
    done = await desk.admin.slash("fix split", story=ferry, article=choices[0].value)
    assert "a story of its own" in done.text
    card = await desk.admin.slash("digest", story=ferry)
    assert "Island Radio" not in card.text
    assert "1 article moved out by the admins" in card.text
    alone = await desk.admin.slash("digest", story="Mourning in Port Caldera")
    assert "**17**" in alone.text
    assert "one outlet so far" in alone.text.casefold()
    merged = await desk.admin.slash("fix merge", story="Mourning in Port Caldera", into=ferry)
    assert "belongs to" in merged.text
    assert "Island Radio" in (await desk.admin.slash("digest", story=ferry)).text


async def test_two_stories_are_merged(desk: Desk) -> None:
    """One card with the articles of both, in this server alone; a story cannot be merged with itself."""
    ferry, mill = await desk.story("ferry"), await desk.story("mill")
    assert "one story already" in (await desk.admin.slash("fix merge", story=ferry, into=ferry)).text
    await desk.admin.slash("fix merge", story=mill, into=ferry)
    card = await desk.reader.slash("digest", story=mill)
    assert f"{len(FERRY) + len(MILL)} articles" in card.text
    assert "1 story merged in by the admins" in card.text
    assert len(STORIES) - 1 == (await desk.reader.slash("story")).text.count("independent voice")
    assert len(STORIES) == (await desk.stranger.slash("story")).text.count("independent voice")


async def test_a_story_is_pinned_on_top(desk: Desk) -> None:
    """It is what commands mean without a name, here and not elsewhere."""
    strike = await desk.story("night trains")
    assert "stands first now" in (await desk.admin.slash("fix pin", story=strike)).text
    assert "1. [Rail strike" in (await desk.reader.slash("digest")).text
    assert "1. [Rail strike" not in (await desk.stranger.slash("digest")).text


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        pytest.param("fix suppress", {"figure": 99}, "There is no figure F99", id="figure"),
        pytest.param("fix pin", {}, "Say what to pin", id="nothing to pin"),
        pytest.param("fix pin", {"figure": 1, "story": "ferry"}, "Say what to pin", id="both"),
        pytest.param("fix split", {"story": "ferry", "article": "nosuch"}, "No article of this story", id="article"),
        pytest.param("fix merge", {"story": "nosuch", "into": "ferry"}, "No story matches", id="story"),
        pytest.param("fix undo", {"number": 7}, "no correction 7 in force", id="number"),
    ],
)  # fmt: skip
async def test_what_matches_nothing_gets_a_sentence(
    desk: Desk, command: str, options: dict[str, object], words: str
) -> None:
    """In private, and nothing is changed."""
    await card_of(desk)
    answer = await desk.admin.slash(command, **options)
    assert words in answer.text
    assert answer.is_ephemeral
    assert "Nothing is corrected" in (await desk.admin.slash("fix list")).text


async def test_only_admins_correct(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """The client hides the commands; crafted ones are refused and change nothing; what admins do is in the log."""
    card = await card_of(desk)
    with pytest.raises(ClientRefused):
        await desk.reader.slash("fix list")
    for command, options in (
        ("fix list", {}),
        ("fix suppress", {"figure": 1}),
        ("fix pin", {"figure": 1}),
        ("fix undo", {"number": 1}),
        ("fix done", {"report": 1}),
    ):
        assert "Manage Server" in (await desk.reader.slash(command, raw=True, **options)).text
    assert [] == await desk.reader.autocomplete("fix undo", "number", "", raw=True)
    assert card.text == (await card_of(desk)).text
    with caplog.at_level("INFO", logger="bot.audit"):
        await desk.admin.slash("fix suppress", figure=1)
    assert "fix.suppress" in caplog.text

"""Users do things, the real library answers: commands, buttons, menus, forms, and what Discord refuses."""

from __future__ import annotations

import discord
import pytest

from bot.sandbox import ClientRefused, NotInTime
from tests.bot.sandbox.sample_bot import PNG
from tests.bot.waiting import eventually


async def test_slash_answers_at_once(town, bot):
    """An immediate answer carries the user's language."""
    answer = await town.reader.slash("hello", name="you")
    assert answer.kind == "message"
    assert answer.text == "hello you in fr"
    assert answer.answered_after_s < 3


async def test_deferral_is_filled_by_the_first_followup(town, bot):
    """Defer, followup with embed and file, second followup, edit of the original."""
    answer = await town.reader.slash("digest", story="Harbour strike")
    await answer.until("digest, edited")
    assert "Harbour strike\nwhat happened\nKilled\nat least 12\nas of now" in answer.text
    assert [view.text for view in answer.followups] == ["one more"]
    assert answer.files == {"chart.png": PNG}
    assert answer.embeds[0]["image"]["url"].startswith(town.discord.base_url)
    assert not answer.is_ephemeral


async def test_deferral_decides_who_sees_it(town, bot):
    """The first followup takes the visibility of the placeholder, and is in no channel history."""
    answer = await town.reader.slash("digest", private=True)
    await answer.until("digest, edited")
    assert answer.view.is_ephemeral
    assert town.discord.messages(town.news)[0].text == "one more"


async def test_a_wait_in_vain_says_what_stands_there(town, bot):
    """Of an answer and of a message: who reads the error sees what came in place of what was waited for."""
    answer = await (await town.reader.slash("digest", story="Harbour strike")).until("digest, edited")
    for waiting in (answer.until("tomorrow", within=0.01), answer.view.until("tomorrow", within=0.01)):
        with pytest.raises(
            NotInTime, match=r"become 'tomorrow': not within 0\.01 s; it says '.*Harbour strike"
        ):
            await waiting


async def test_autocomplete(town, bot):
    """The list for what is typed so far."""
    choices = await town.reader.autocomplete("digest", "story", "br")
    assert [choice.value for choice in choices] == ["Bridge collapse"]


@pytest.mark.parametrize(
    ("button", "text", "kind"),
    [
        ("Conflicts", "two sources differ", "message"),
        ("Next", "page 2", "update"),
        ("panel:later", "page 3", "update"),
    ],
)
async def test_buttons(town, bot, button, text, kind):
    """A new private message, an update, and an update after a deferral; by label and by custom_id."""
    answer = await (await town.reader.slash("digest")).until("digest, edited")
    clicked = await town.reader.click(answer, button)
    await clicked.until(text)
    assert clicked.kind == kind
    assert kind == "message" or text in answer.text


async def test_buttons_work_after_a_restart(town, start):
    """A persistent button of an earlier process."""
    first = await start(shard_count=1)
    answer = await town.reader.slash("digest")
    await answer.until("digest, edited")
    await first.close()
    await start(shard_count=1)
    assert (await town.reader.click(answer, "Conflicts")).text == "two sources differ"


async def test_select(town, bot):
    """A menu, chosen by the label of its option."""
    answer = await (await town.reader.slash("digest")).until("digest, edited")
    assert (await town.reader.select(answer, "Injured")).text == "measure i"
    with pytest.raises(ClientRefused, match="no option"):
        await town.reader.select(answer, "Missing")


async def test_modal_from_a_command_and_from_a_button(town, bot):
    """Forms open, are checked by the client, and come back."""
    opened = await town.reader.slash("form")
    assert opened.kind == "modal"
    assert opened.text == "Something wrong?\nWhat is wrong"
    sent = await town.reader.submit(opened, {"What is wrong": "the toll"})
    assert (sent.text, sent.is_ephemeral) == ("noted: the toll", True)
    with pytest.raises(ClientRefused, match="allowed are 0 to 200"):
        await town.reader.submit(opened, {"What is wrong": "x" * 201})
    digest = await (await town.reader.slash("digest")).until("digest, edited")
    report = await town.reader.click(digest, "Report")
    assert (await town.reader.submit(report, {"report:what": "place"})).text == "noted: place"


async def test_layout_of_components(town, bot):
    """Components V2 come back with text, buttons and a resolved picture."""
    answer = await town.reader.slash("show")
    assert answer.text == "## Bridge collapse\nKilled: 12"
    assert [(button.label, button.url) for button in answer.buttons] == [
        ("Source", "https://example.org/a"),
        ("More", None),
    ]
    gallery = answer.view.json()["components"][1]
    assert gallery["items"][0]["media"]["url"].startswith(town.discord.base_url)


async def test_options_of_records(town, bot):
    """Channels and roles are resolved for the library; an option may be called like a word of ours."""
    role = town.discord.world.add_role(town.guild, "Editors")
    answer = await town.reader.slash("place", channel=town.news, role=role)
    assert answer.text == "news Editors"


async def test_admin_commands_are_hidden_and_checked(town, bot):
    """The client hides them; a crafted request reaches the bot, whose own check must hold."""
    assert (await town.admin.slash("sources add", url="https://example.org/feed")).is_ephemeral
    with pytest.raises(ClientRefused, match="hidden"):
        await town.reader.slash("sources add", url="https://example.org/feed")
    with pytest.raises(ClientRefused, match="not offered"):
        await town.discord.in_private(town.admin).slash("sources add", url="https://example.org/feed")
    await town.reader.slash("sources add", url="x", raw=True, wait=False)
    await _error(bot)
    assert isinstance(bot.errors[0], discord.app_commands.MissingPermissions)


async def _error(bot) -> None:
    await eventually(lambda: bot.errors, what="error")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "required option missing: name"),
        ({"name": "x", "times": 4}, "outside 1 to 3"),
        ({"name": "x", "times": "2"}, "wrong type"),
        ({"name": "x", "other": 1}, "no option other"),
        ({"name": "x" * 6001}, "allowed are 0 to 6000"),
    ],
)
async def test_client_checks_options(town, bot, options, reason):
    """What Discord's client would not send never reaches the bot."""
    with pytest.raises(ClientRefused, match=reason):
        await town.reader.slash("hello", **options)


async def test_stale_command(town, bot):
    """A command the bot does not know any more ends in its error handler."""
    await town.reader.slash("gone", raw=True, wait=False)
    await _error(bot)
    assert isinstance(bot.errors[0], discord.app_commands.CommandNotFound)


async def test_late_answer(town, bot):
    """Past three seconds: 10062."""
    await town.reader.slash("late", wait=False)
    town.discord.clock.advance(3.1)
    bot.go.set()
    await _error(bot)
    assert bot.errors[0].code == 10062


async def test_second_answer(town, bot):
    """40060."""
    await town.reader.slash("twice")
    await _error(bot)
    assert bot.errors[0].code == 40060


async def test_followup_after_the_token_ended(town, bot):
    """50027 after fifteen minutes."""
    answer = await (await town.reader.slash("digest")).until("digest, edited")
    town.discord.clock.advance(901)
    webhook = discord.Webhook.partial(bot.application_id, answer.interaction.token, client=bot)
    with pytest.raises(discord.HTTPException) as caught:
        await webhook.send("too late")
    assert caught.value.code == 50027


async def test_followups_of_a_user_install(town, bot):
    """At most five where the bot is there by user install only."""
    town.reader.user_install_only = True
    answer = await (await town.reader.slash("digest")).until("digest, edited")
    webhook = discord.Webhook.partial(bot.application_id, answer.interaction.token, client=bot)
    for number in range(4):
        await webhook.send(f"more {number}")
    with pytest.raises(discord.HTTPException) as caught:
        await webhook.send("sixth")
    assert caught.value.code == 40094


async def test_in_a_server_without_the_bot(town, bot):
    """Used through a user install: the bot is no member, answers arrive all the same, posting does not."""
    elsewhere = town.discord.add_guild("Elsewhere", has_bot=False)
    room = town.discord.add_channel(elsewhere, "lobby")
    visitor = town.discord.in_guild(town.reader, elsewhere)
    visitor.user_install_only = True
    answer = await (await visitor.slash("digest")).until("digest, edited")
    assert answer.files == {"chart.png": PNG}
    with pytest.raises(discord.Forbidden):
        await bot.get_partial_messageable(room.id).send("x")


async def test_crafted_requests_reach_the_bot(town, bot):
    """A custom_id that no message shows, and autocomplete of a hidden command."""
    answer = await town.reader.slash("hello", name="you")
    assert (await town.reader.craft(answer, "panel:conflicts")).text == "two sources differ"
    choices = await town.reader.autocomplete("digest", "story", "fl", raw=True)
    assert [choice.name for choice in choices] == ["Flood in Exampletown"]


async def test_in_private(town, bot):
    """A command used in the private channel with the bot."""
    answer = await town.discord.in_private(town.reader).slash("hello", name="you")
    assert answer.text == "hello you in fr"
    assert town.discord.private_messages(town.reader)[0].text == answer.text


async def test_controls_are_checked(town, bot):
    """A link, an unknown label and somebody else's private message cannot be pressed."""
    shown = await town.reader.slash("show")
    with pytest.raises(ClientRefused, match="no button to press"):
        await town.reader.click(shown, "Source")
    with pytest.raises(ClientRefused, match="there are: Source, More"):
        await town.reader.click(shown, "Nothing")
    private = await (await town.reader.slash("digest", private=True)).until("digest, edited")
    with pytest.raises(ClientRefused, match="private to somebody else"):
        await town.admin.click(private.view, "Next")

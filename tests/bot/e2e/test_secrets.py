"""Secrets: with everything logged and much going wrong, none stands in a log, in the store or in what the bot says.

The same look over the log ends every test with a bot in it, a process of its own or not: `tests.bot.secrecy`.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
from pathlib import Path

import pytest

from bot.logs import REDACTED
from bot.sandbox.control import CREATE_MESSAGE
from tests.bot.driver import BotProcess
from tests.bot.e2e.conftest import Newsroom
from tests.bot.secrecy import no_secrets_logged, secrets_in, secrets_of

NOW = "2026-03-06T08:00:00Z"
CONFIG = 'refresh_minutes = 1440\n[[digests]]\nid = "morning"\nchannel = "{channel}"\ntimes = ["08:00"]\n'


def kept_in(folder: Path) -> list[Path]:
    """Every file that the bot has written or read."""
    return sorted(path for path in folder.iterdir() if path.is_file())


@pytest.mark.slow
async def test_nothing_that_opens_anything_is_logged_or_kept(
    newsroom: Newsroom, loaded_store: Path, tmp_path: Path
) -> None:
    """Commands, buttons, forms, posts and a reload, while Discord fails in ways whose errors carry addresses."""
    double = newsroom.double
    async with BotProcess(double, tmp_path, config=CONFIG.format(channel=newsroom.news.id), now=NOW) as bot:
        shutil.copy(loaded_store, bot.database)
        double.fail(CREATE_MESSAGE, status=503)
        await bot.start()
        said = []
        for command, who in (
            ("digest", newsroom.reader),
            ("status", newsroom.admin),
            ("log", newsroom.admin),
        ):
            said.append((await who.slash(command)).text)
        # An answer that is lost, one that is refused, one for which Discord is down: each is an error with an address.
        for arrange in (
            lambda: double.reset("POST /interactions/*", times=1),
            lambda: double.fail("PATCH /webhooks/*", status=500, times=6),
            lambda: double.refuse("PATCH /webhooks/*", 10015, times=1),
            lambda: double.refuse("POST /interactions/*", 10062, times=1),
        ):
            arrange()
            with contextlib.suppress(TimeoutError):
                await newsroom.reader.slash("casualties", story="ferry", within=3.0)
            double.faults.clear()
        answer = await newsroom.reader.slash("digest", story="ferry")
        await newsroom.reader.click(answer, "Conflicts")
        await double.posted(newsroom.news)
        said += [view.text for view in double.messages(newsroom.news)]
        assert 0 == await bot.stop()
    # The look has something to see: secrets were given, steps and errors were logged, what was said is kept.
    assert len(secrets_of(double)) > 8
    assert " DEBUG " in bot.log
    assert "Traceback" in bot.log
    files = {path.name: path.read_bytes().decode("utf-8", "replace") for path in kept_in(tmp_path)}
    assert "Marta Seixas" in files["sitrep.db"]
    assert [] == [(name, found) for name, text in files.items() if (found := secrets_in(text, double))]
    assert [] == secrets_in("\n".join(said), double)
    double.take_problems()


async def test_the_look_finds_what_is_there(newsroom: Newsroom) -> None:
    """A token in plain sight is found in every place that is looked at, and not repeated in the complaint."""
    double = newsroom.double
    token = double.world.new_interaction_token()
    double.world.interaction_ids[token] = 7
    assert ["token of interaction 7"] == secrets_in(f"POST /webhooks/1/{token}", double)
    assert ["token of the bot", "Authorization"] == secrets_in(f"Authorization: Bot {double.token}", double)
    with pytest.raises(AssertionError) as caught, no_secrets_logged(double):
        logging.getLogger("bot").debug("kept key=%s", token)
    assert "token of interaction 7" in str(caught.value)
    with no_secrets_logged(double) as logged:
        logging.getLogger("bot").debug("sent with=%s to=/webhooks/1/%s/messages", double.token, token)
    assert 2 == logged.getvalue().count(REDACTED)

"""`sitrep sandbox` without its page: what the bot in it runs on, and that nothing of the admin's own is changed."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.playground import BotStopped, Options, _scratch, playground
from bot.sandbox import LoopbackDiscord, Player
from digests import EngineConfig, StoreError, StoreLocked, open_engine, process_lock
from digests.config import StoreConfig
from tests.bot.waiting import eventually

NOW = dt.datetime(2026, 3, 6, 7, 59, tzinfo=dt.UTC)
CRASH = "Bus crash kills 4\n\nFour people were killed when a bus left the road near Ostby on Thursday, police said.\n"
CONFIG = """[discord]
tick_seconds = 1
[[digests]]
id = "early"
channel = "223456789012345678"
times = ["08:00"]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "crash.txt").write_text(CRASH, encoding="utf-8")
    return folder


def player(double: LoopbackDiscord, name: str) -> Player:
    return next(one for one in double.players if one.user.username == name)


async def test_an_own_corpus(corpus: Path) -> None:
    """A digest of it comes by itself, the next one when the clock is moved, each once; it can be asked about."""
    async with playground(Options(corpus=corpus, now=NOW)) as double:
        news = next(channel for channel in double.world.channels.values() if channel.name == "news")
        await double.posted(news, 1)
        assert "Bus crash kills 4" in double.messages(news)[0].text
        assert double.stage is not None
        await double.stage.advance(120)
        await double.posted(news, 2)
        await double.stage.restart()
        assert "Bus crash kills 4" in (await player(double, "reader").slash("story")).text
        assert 3 == len(double.messages(news))
        assert any("delivered" in line for line in double.stage.log_lines())
        double.check()


async def test_an_own_store_is_copied(tmp_path: Path, corpus: Path) -> None:
    """It is read as it is, and stays byte for byte."""
    store = tmp_path / "mine.db"
    async with open_engine(EngineConfig(store=StoreConfig(path=store)), prepare=False) as engine:
        await engine.load_paths([corpus])
    before = store.read_bytes()
    async with playground(Options(store=store, now=NOW)) as double:
        assert "Bus crash kills 4" in (await player(double, "reader").slash("story")).text
    assert before == store.read_bytes()
    assert ["corpus", "mine.db"] == sorted(os.listdir(tmp_path))  # noqa: PTH208, nothing is read


async def test_an_own_configuration(tmp_path: Path) -> None:
    """The channels that it names are made; its token and addresses are not used."""
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    async with playground(Options(config=config, now=NOW)) as double:
        early = double.world.channels[223456789012345678]
        assert "early" == early.name
        assert "early" in (await player(double, "admin").slash("status")).text


async def test_mistakes_end_it_in_words(tmp_path: Path) -> None:
    """A store that is none, a configuration that the bot refuses."""
    wrong = tmp_path / "x.db"
    wrong.write_text("no store")
    with pytest.raises(StoreError, match=r"x\.db: is not an SQLite database"):
        async with playground(Options(store=wrong)):
            pass
    config = tmp_path / "config.toml"
    config.write_text("refresh_minutes = 0\n", encoding="utf-8")
    with pytest.raises(BotStopped, match="refresh_minutes"):
        async with playground(Options(config=config)):
            pass


async def test_nothing_is_left(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the scratch folder nor a process."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    async with playground(Options(corpus=corpus)) as double:
        [lock] = scratch.glob("sitrep-*/sitrep.db.lock")
        process = int(lock.read_text())
        await player(double, "reader").slash("help")
    assert not list(scratch.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def start_command(corpus: Path, scratch: Path) -> asyncio.subprocess.Process:
    """`sitrep sandbox` as a terminal starts it, with a folder of its own for what it makes."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", "--no-browser", "--corpus", str(corpus),
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "TMPDIR": str(scratch)},
        # A shell that starts the tests in the background leaves interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def is_free(store: Path) -> bool:
    """Whether no bot has the store."""
    try:
        with process_lock(store):
            return True
    except StoreLocked:
        return False


async def test_scratch_folder_goes_while_a_thread_still_writes() -> None:
    """What was broken off may write into it a moment longer; nothing is left all the same."""

    def write(folder: Path) -> None:
        with contextlib.suppress(FileNotFoundError):
            for number in range(2_000):
                (folder / str(number)).write_bytes(b"")

    async with _scratch() as folder:
        (folder / "first").write_bytes(b"")
        late = asyncio.create_task(asyncio.to_thread(write, folder))
        await eventually(lambda: (folder / "5").exists(), within=60, what="the thread's first files")
    assert not folder.exists()
    await late


async def test_ctrl_c_ends_it_while_it_starts(corpus: Path, tmp_path: Path) -> None:
    """The bot is still loading then; nothing is printed, and nothing is left."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = await start_command(corpus, scratch)
    await eventually(lambda: list(scratch.glob("sitrep-*/config.toml")), within=60, what="the start")
    process.send_signal(signal.SIGINT)
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert (0, b"") == (process.returncode, out)
    assert not list(scratch.iterdir())


async def test_the_bot_ends_with_a_killed_sandbox(corpus: Path, tmp_path: Path) -> None:
    """Nobody could end it any more: it lets go of its store by itself."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = await start_command(corpus, scratch)
    assert process.stdout is not None
    assert b"http://127.0.0.1" in await asyncio.wait_for(process.stdout.readline(), 90)
    [store] = scratch.glob("sitrep-*/sitrep.db")
    assert not is_free(store)
    process.kill()
    await process.wait()
    await eventually(lambda: is_free(store), within=60, what="the end of the bot")

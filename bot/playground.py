"""`sitrep sandbox`: the real bot, logged in to a Discord on this machine, and a page to use it.

    double (REST, gateway, page)  <- loopback ->  `sitrep run` as a process of its own, on a store in a scratch folder

Nothing outside is asked or changed: a store that is named is copied first, since a bot that posts writes down what it
has posted. The clocks of double and bot run together and can be moved ahead, so that a digest comes due.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import shutil
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.config import BotConfig, load_bot_config
from bot.sandbox import Guild, LoopbackDiscord
from digests import back_up, load_config, open_engine, sample_path

#: When the bundled corpus has just been written: it is read now, and the bot starts after the hour, so that its first
#: digest has all of it and the next one says that nothing is new.
SAMPLE_NOW = dt.datetime(2026, 6, 12, 7, 58, tzinfo=dt.UTC)
SAMPLE_STEP_S = 120.0
#: Seconds from the start of the bot to its session, on a busy machine.
START_S = 60.0
#: Seconds that the bot may take to stop; it promises ten.
STOP_S = 12.0
_LOG_TAIL = 20
# How often, and how far apart, the scratch folder's removal is tried: SQLite's thread ends its last write in between.
_REMOVALS, _REMOVAL_PAUSE_S = 50, 0.1
#: The folder with the code that this process runs, installed or not.
_ROOT = str(Path(__file__).resolve().parents[1])
#: The bot's process: it loads everything while the corpus is read, begins at a line of input, and stops when the input
#: ends, which it does with this process, however that ends.
_BOOT = """import os, signal, sys, threading
sys.path.insert(0, sys.argv.pop(1))
import bot.app
from bot.__main__ import main

def follow():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)

if sys.stdin.readline():
    threading.Thread(target=follow, daemon=True).start()
    main()
"""

# The newest digest is posted at once, as after any start, and each step of the page's clock brings another.
_FRAME = """[discord]
tick_seconds = 1
[[digests]]
id = "every-hour"
channel = "{channel}"
times = [{hours}]
"""
_SOURCE = """[[sources]]
id = "corpus"
kind = "folder"
name = "{name}"
path = {path}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to show: nothing named means the bundled corpus at its own time."""

    corpus: Path | None = None
    store: Path | None = None
    config: Path | None = None
    now: dt.datetime | None = None
    port: int = 0

    @property
    def moment(self) -> dt.datetime | None:
        """When the clocks start; `None`: now."""
        return SAMPLE_NOW if self.is_first_look else self.now

    @property
    def is_first_look(self) -> bool:
        """Whether nothing is named."""
        return (self.corpus, self.store, self.config, self.now) == (None, None, None, None)


class BotStopped(Exception):
    """The bot ended instead of logging in; the words are the end of its log."""


class Playground:
    """Keeps the bot's process beside the double (`bot.sandbox.stage.Stage`)."""

    def __init__(self, double: LoopbackDiscord, folder: Path, config: Path) -> None:
        self._double = double
        self._folder = folder
        self._config = config
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._write_clock()

    @property
    def store(self) -> Path:
        return self._folder / "sitrep.db"

    def _write_clock(self) -> None:
        file = self._folder / "clock"
        fresh = file.with_suffix(".new")
        fresh.write_text(str(self._double.clock.offset_s), encoding="ascii")
        # In one step: the bot reads it at every look at the time.
        fresh.replace(file)

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SITREP_", "DISCORD_")) or name == "SITREP_FETCH_ALLOW"
        }
        ours = {"SITREP_DB": str(self.store), "SITREP_CLOCK": str(self._folder / "clock")}
        return {**kept, **self._double.environment(), **ours, "PYTHONUNBUFFERED": "1"}

    async def fill(self) -> None:
        """Read the corpus, so that the first question finds its stories; the bot would read it only when it is up."""
        settings = load_config(self._config, env=self._environment())
        async with open_engine(settings, prepare=False) as engine:
            await engine.refresh()

    async def load(self) -> None:
        """Let the bot's process load its code; `start` lets it begin."""
        with (self._folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-c", _BOOT, _ROOT, "run", "--config", str(self._config),
                stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log, env=self._environment(),
                # Ctrl-C is for us alone; we end the bot.
                start_new_session=True,
            )  # fmt: skip

    async def start(self) -> None:
        """Let the bot begin, and wait for its session.

        Raises:
            BotStopped: It ended instead.
        """
        process = self._process
        assert process is not None
        assert process.stdin is not None
        process.stdin.write(b"begin\n")
        ended = asyncio.create_task(process.wait())
        online = asyncio.create_task(self._double.ready(within=START_S))
        try:
            await asyncio.wait({ended, online}, return_when=asyncio.FIRST_COMPLETED)
            if not online.done():
                raise BotStopped("\n".join(self.log_lines()[-_LOG_TAIL:]))
            online.result()
        finally:
            for task in (ended, online):
                task.cancel()
            await asyncio.gather(ended, online, return_exceptions=True)

    async def stop(self) -> None:
        """End the bot as a supervisor does; when it does not, for good."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def restart(self) -> None:
        async with self._turn:
            await self.stop()
            await self.load()
            await self.start()

    async def advance(self, seconds: float) -> None:
        self._double.clock.advance(seconds)
        self._write_clock()
        self._double.world.changes.notify()

    def log_lines(self) -> list[str]:
        file = self._folder / "bot.log"
        return file.read_text("utf-8", "replace").splitlines() if file.exists() else []


@contextlib.asynccontextmanager
async def playground(options: Options) -> AsyncIterator[LoopbackDiscord]:
    """The double with the bot beside it; the page is at its `base_url`. Everything ends with the context.

    Raises:
        DigestError: A named file cannot be used.
        BotStopped: The bot ended at the start.
    """
    moment = options.moment
    offset = (moment - dt.datetime.now(dt.UTC)).total_seconds() if moment else 0.0
    async with _scratch() as folder, LoopbackDiscord(port=options.port, offset_s=offset) as double:
        guild = double.add_newsroom()
        config = _settings(options, double, guild, folder)
        keeper = Playground(double, folder, config)
        if options.store is not None:
            await asyncio.to_thread(back_up, options.store, keeper.store)
        double.stage = keeper
        await keeper.load()
        try:
            if options.config is None:
                await keeper.fill()
            if options.is_first_look:
                await keeper.advance(SAMPLE_STEP_S)
            await keeper.start()
            yield double
        finally:
            await keeper.stop()


@contextlib.asynccontextmanager
async def _scratch() -> AsyncIterator[Path]:
    """A folder that goes with the context, also where a thread of a work that was broken off still writes into it."""
    folder = Path(tempfile.mkdtemp(prefix="sitrep-"))
    try:
        yield folder
    finally:
        for _ in range(_REMOVALS):
            try:
                shutil.rmtree(folder)
                break
            except OSError:
                await asyncio.sleep(_REMOVAL_PAUSE_S)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _settings(options: Options, double: LoopbackDiscord, guild: Guild, folder: Path) -> Path:
    """The configuration of the bot: the named one, with its channels made, or one for the corpus."""
    if options.config is not None:
        _make_channels(load_bot_config(options.config), double, guild)
        return options.config
    hours = ", ".join(f'"{hour:02}:00"' for hour in range(24))
    text = _FRAME.format(channel=guild.channel_ids[0], hours=hours)
    if options.corpus is not None:
        text += _SOURCE.format(name="Corpus", path=_quoted(options.corpus.resolve()))
    elif options.store is None:
        text += _SOURCE.format(name="Sample corpus", path=_quoted(sample_path()))
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _quoted(path: Path) -> str:
    """A TOML string."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _make_channels(config: BotConfig, double: LoopbackDiscord, guild: Guild) -> None:
    """The channels that the settings name, so that their digests arrive."""
    for digest in config.digests:
        if int(digest.channel) not in double.world.channels:
            double.add_channel(guild, digest.id, id=int(digest.channel))


async def show(options: Options, *, browser: bool) -> None:
    """Run until a stop signal; print the address, and open it where a browser can.

    Raises:
        DigestError: A named file cannot be used.
        BotStopped: The bot ended at the start.
        OSError: The port is taken.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    showing = asyncio.create_task(_show(options, browser=browser))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({showing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    showing.cancel()
    stopping.cancel()
    await asyncio.gather(showing, stopping, return_exceptions=True)
    if not showing.cancelled() and (error := showing.exception()):
        raise error


async def _show(options: Options, *, browser: bool) -> None:
    async with playground(options) as double:
        sys.stdout.write(f"Sitrep sandbox: {double.base_url}/  (Ctrl-C ends it)\n")
        sys.stdout.flush()
        if browser and has_browser():
            await asyncio.to_thread(webbrowser.open, double.base_url)
        await asyncio.Event().wait()


def has_browser() -> bool:
    """Whether a browser with a window can open here (a text browser would take the terminal)."""
    if sys.platform in ("darwin", "win32"):
        return True
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) and any(map(shutil.which, ("xdg-open", "x-www-browser", "firefox", "chromium")))

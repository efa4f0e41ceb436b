"""The real bot as a process of its own, led to a loopback Discord: start, use, kill, stop, start again.

double = LoopbackDiscord(...)                       # fixture `discord_double`
guild = double.add_guild("Newsroom"); double.add_channel(guild, "news")
reader = double.add_user("reader", guild)
async with BotProcess(double, tmp_path, now="2024-01-19T12:00:00Z") as bot:
    await bot.sitrep("load", corpus, "--db", bot.database)    # the command line, on the same store
    await bot.start()
    answer = await reader.slash("casualties", story="Exampletown")
    assert "at least 12" in answer.text
    conflicts = await reader.click(answer, "Conflicts")
    await bot.kill()                                # kill -9
    await bot.start()
    assert await bot.stop() == 0                    # SIGTERM
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.sandbox import LoopbackDiscord
from tests.bot.secrecy import refuse_secrets

__all__ = ["BotProcess", "Finished"]

ROOT = Path(__file__).resolve().parents[2]
#: Lines of the log shown when the bot ends by itself.
LOG_TAIL_LINES = 40
#: Seconds from start to a session; imports and the store are most of it, on a busy machine.
START_S = 60.0
#: What is passed on of our own environment; nothing else, so that a developer's settings do not leak into tests.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A call of the command line that ended."""

    code: int
    out: str
    err: str


class BotProcess:
    """`python -m bot run` over one folder: configuration, store and log live in it and outlast kills.

    It logs every step, and at the end of its context no secret may stand in the log.

    Args:
        discord: The double, running. Its pause between two IDENTIFYs is taken out, so that restarts do not wait.
        folder: An empty folder of the test.
        config: Text of the configuration file (TOML), without token and addresses.
        now: Fixes the bot's clock (ISO 8601).
        allow: `host:port` pairs it may fetch on this machine.
        env: Further variables.
        command: What to run instead of `python -m bot run --config FILE`.
    """

    def __init__(
        self,
        discord: LoopbackDiscord,
        folder: Path,
        *,
        config: str = "",
        now: str | None = None,
        allow: Iterable[str] = (),
        env: Mapping[str, str] | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        self.discord = discord
        self.folder = folder
        self.config = config
        self.now = now
        self.allow = tuple(allow)
        self.env = dict(env or {})
        run = (sys.executable, "-m", "bot", "run", "--verbose", "--config", str(self.config_path))
        self.command = tuple(command or run)
        self.process: asyncio.subprocess.Process | None = None
        self._began = 0
        discord.settings.identify_window_s = 0.0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()
        if kind is None:
            refuse_secrets(self.log, self.discord)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "sitrep.db"

    @property
    def config_path(self) -> Path:
        """The configuration file, written from `config` before each start."""
        return self.folder / "config.toml"

    @property
    def log(self) -> str:
        """Everything the bot wrote, over all its runs."""
        path = self.folder / "bot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def log_of_life(self) -> str:
        """What it wrote since it was last started."""
        return self.log[self._began :]

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.returncode is None

    def environment(self) -> dict[str, str]:
        """The variables the bot runs with."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        made = {
            **kept,
            **self.discord.environment(),
            "SITREP_DB": str(self.database),
            "PYTHONUNBUFFERED": "1",
        }
        if self.now is not None:
            made["SITREP_NOW"] = self.now
        if self.allow:
            made["SITREP_FETCH_ALLOW"] = ",".join(self.allow)
        return {**made, "PYTHONPATH": str(ROOT), **self.env}

    async def start(self, *, within: float = START_S) -> Self:
        """Start it and wait until it has a session with the gateway.

        Raises:
            AssertionError: If it ends instead, or is not there in time; with the end of its log.
        """
        identified = len(self.discord.gateway.identifies)
        await self.spawn()
        process = self.process
        assert process is not None
        # The end of the process rings the double's bell, so that a crash at start does not wait for the deadline.
        watcher = asyncio.create_task(process.wait())
        watcher.add_done_callback(lambda _task: self.discord.world.changes.notify())

        def there() -> bool:
            session = (
                len(self.discord.gateway.identifies) > identified and self.discord.gateway.live_sessions()
            )
            return bool(session) or process.returncode is not None

        try:
            await self.discord.until(there, within=within, what="session of the bot")
        except TimeoutError as exc:
            raise AssertionError(f"the bot did not log in within {within:g} s\n{self._tail()}") from exc
        if process.returncode is not None:
            raise AssertionError(f"the bot ended with code {process.returncode}\n{self._tail()}")
        return self

    async def spawn(self) -> None:
        """Start the process without waiting for anything."""
        if self.is_running:
            raise RuntimeError("the bot is running already")
        self.config_path.write_text(self.config, encoding="utf-8")
        self._began = len(self.log)
        with (self.folder / "bot.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=self.folder,
                env=self.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def wait(self, *, within: float = 30.0) -> int:
        """Wait for it to end by itself; its exit code."""
        assert self.process is not None
        async with asyncio.timeout(within):
            return await self.process.wait()

    async def kill(self) -> None:
        """`kill -9`, now. Does nothing if it is not running."""
        if not self.is_running:
            return
        assert self.process is not None
        self.process.kill()
        await self.process.wait()
        await self._gone()

    async def stop(self, *, within: float = 10.0) -> int:
        """SIGTERM, as a service manager does.

        Returns:
            The exit code.

        Raises:
            AssertionError: If it does not end in time; it is killed then.
        """
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            code = await self.wait(within=within)
        except TimeoutError as exc:
            await self.kill()
            raise AssertionError(f"the bot did not stop within {within:g} s\n{self._tail()}") from exc
        await self._gone()
        return code

    async def restart(self, *, within: float = START_S) -> Self:
        """`kill` and `start`."""
        await self.kill()
        return await self.start(within=within)

    async def sitrep(self, *arguments: str | Path, within: float = 120.0) -> Finished:
        """A call of the command line with the bot's environment: `await bot.sitrep("load", folder, "--db", db)`."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *(str(argument) for argument in arguments),
            cwd=self.folder,
            env=self.environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(within):
                out, err = await process.communicate()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
        assert process.returncode is not None
        return Finished(code=process.returncode, out=out.decode(), err=err.decode())

    async def _gone(self) -> None:
        """The double has noticed that the connections ended."""
        live = self.discord.gateway.live
        await self.discord.until(lambda: not live(), within=30.0, what="connections of the bot to end")

    def _tail(self) -> str:
        return "\n".join(self.log.splitlines()[-LOG_TAIL_LINES:]) or "(no output)"

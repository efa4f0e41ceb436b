"""A child process that parses what came from the network, so that it can be stopped.

Feed and page parsers raise, hang and grow on hostile input (RELIABILITY section 3). They run in one reusable child
with a deadline and limits of time and memory; the child knows no secrets of the environment and opens nothing.
A child that does not answer in time is killed, and the next job gets a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import struct
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

# Bytes of memory, and seconds of processor per job: the last net below the deadline.
_MEMORY = 1024 * 1024 * 1024
_CPU_SECONDS = 15
# Seconds until a child has started and loaded its parser: no fault of the input, on a busy machine many.
_START_SECONDS = 60
# Bytes of one answer.
_MAX_ANSWER = 64 * 1024 * 1024
_STOP_SECONDS = 2

# Only these of our environment: the child reads hostile bytes and has no use for a token.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ")

# The folder that holds the package: the child imports the same code, installed or not.
_ROOT = str(Path(__file__).resolve().parents[2])

_LENGTHS = struct.Struct("!II")
# What the child writes when it has all of a job and its parser: from here on the deadline counts.
_BEGUN = b"GO"
_START = "import sys; sys.path.insert(0, sys.argv[1]); from digests.sources.worker import serve; serve()"


class WorkerFailed(Exception):
    """A job gave nothing; the message says why in words, `wall` what kind of wall stands in front of a page."""

    def __init__(self, problem: str, *, wall: str | None = None) -> None:
        super().__init__(problem)
        self.wall = wall


class Worker:
    """Runs jobs one after the other in a child process, started at the first job."""

    def __init__(self, deadline_seconds: float) -> None:
        self._deadline = deadline_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def run(self, job: str, body: bytes, **options: str | int | None) -> dict[str, Any]:
        """Run one job of `_jobs` over some bytes. Raises WorkerFailed: too long, out of memory, or not parsed."""
        async with self._turn:
            try:
                async with asyncio.timeout(_START_SECONDS):
                    answers = await self._ask(json.dumps({"job": job, **options}).encode(), body)
                async with asyncio.timeout(self._deadline):
                    answer = await _read_answer(answers)
            except TimeoutError as exc:
                await self._kill()
                raise WorkerFailed(f"takes longer than {self._deadline:g} seconds to parse") from exc
            except (OSError, EOFError, ValueError) as exc:
                await self._kill()
                raise WorkerFailed("takes more memory or time to parse than is given to it") from exc
            except BaseException:
                # Cancelled in the middle: what the child would answer belongs to nobody.
                await self._kill()
                raise
        if "error" in answer:
            raise WorkerFailed(str(answer["error"]), wall=answer.get("wall"))
        return answer

    async def close(self) -> None:
        """Let the child end, or end it."""
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            await self._kill()
        self._process = None

    async def _ask(self, head: bytes, body: bytes) -> asyncio.StreamReader:
        """Hand a job to the child; where its answer will come, once it has begun with it."""
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await self._spawn()
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipes")
        process.stdin.write(_LENGTHS.pack(len(head), len(body)) + head + body)
        await process.stdin.drain()
        if await process.stdout.readexactly(len(_BEGUN)) != _BEGUN:
            raise ValueError("not the child's mark")
        return process.stdout

    async def _spawn(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            _START,
            _ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _read_answer(answers: asyncio.StreamReader) -> dict[str, Any]:
    length, _ = _LENGTHS.unpack(await answers.readexactly(_LENGTHS.size))
    if length > _MAX_ANSWER:
        raise ValueError("answer too long")
    answer: dict[str, Any] = json.loads(await answers.readexactly(length))
    return answer


# --------------------------------------------------------------------------- in the child


def _jobs() -> Mapping[str, Callable[..., dict[str, Any]]]:
    import feedparser  # noqa: F401  # what takes long to load, before the deadline counts

    from digests.sources.feed_parser import parse_feed
    from digests.sources.links import parse_links
    from digests.sources.page import parse_markup, parse_page

    return {"feed": parse_feed, "links": parse_links, "markup": parse_markup, "page": parse_page}


def serve() -> None:
    """The child: answer jobs from standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a parser prints must not stand between the answers.
    sys.stdout = sys.stderr
    while (lengths := source.read(_LENGTHS.size)) and len(lengths) == _LENGTHS.size:
        head_length, body_length = _LENGTHS.unpack(lengths)
        options = json.loads(source.read(head_length))
        body = source.read(body_length)
        job = _jobs()[options.pop("job")]
        sink.write(_BEGUN)
        sink.flush()
        _answer(sink, _run_job(job, options, body))


def _run_job(job: Callable[..., dict[str, Any]], options: dict[str, Any], body: bytes) -> dict[str, Any]:
    used = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (used + _CPU_SECONDS, resource.RLIM_INFINITY))
    from digests.sources.feed_parser import Unreadable

    try:
        return job(body, **options)
    except Unreadable as exc:
        return {"error": str(exc), "wall": exc.wall}
    except MemoryError:
        return {"error": "takes more memory to parse than is given to it"}
    except Exception as exc:  # parsers raise whatever comes; the job failed, the child goes on
        return {"error": f"cannot be parsed ({type(exc).__name__})"}


def _answer(sink: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode()
    sink.write(_LENGTHS.pack(len(data), 0) + data)
    sink.flush()

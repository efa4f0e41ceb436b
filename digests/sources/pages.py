"""Pages of files, read in the killable process by code that is not asynchronous.

Files are read by a generator in a thread, and their pages are as hostile as those from the network: a made one of
five megabytes keeps the parser busy for longer than anyone waits. `ReadPage` is what the generator calls.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digests.sources.page import Page
    from digests.sources.worker import Worker

# Markup to its page. Raises ValueError, with the reason, when it takes too long or too much.
ReadPage = Callable[[str], "Page"]


def pages_through(worker: Worker) -> ReadPage:
    """A function for threads that reads pages in a worker of the running event loop, and waits for it.

    It must never be called on the loop itself, which could not answer then; that is a RuntimeError.
    """
    import asyncio

    from digests.sources.worker import WorkerFailed

    loop = asyncio.get_running_loop()

    def read(markup: str) -> Page:
        from digests.sources.page import page_of

        if threading.get_ident() == loop_thread:
            raise RuntimeError("pages are read in a thread, not on the event loop")
        job = worker.run("markup", markup.encode("utf-8", "replace"))
        try:
            return page_of(asyncio.run_coroutine_threadsafe(job, loop).result())
        except WorkerFailed as exc:
            raise ValueError(f"page that {exc}") from exc

    loop_thread = threading.get_ident()
    return read


@contextlib.contextmanager
def pages_apart(deadline_seconds: float | None = None) -> Iterator[ReadPage]:
    """As `pages_through`, for a program without an event loop: one runs in a thread of its own from the first page on.

    Without a deadline a page has the seconds of the built-in settings.
    """
    with contextlib.ExitStack() as stack:
        running: list[ReadPage] = []

        def read(markup: str) -> Page:
            if not running:
                running.append(stack.enter_context(_loop_apart(deadline_seconds)))
            return running[0](markup)

        yield read


@contextlib.contextmanager
def _loop_apart(deadline_seconds: float | None) -> Iterator[ReadPage]:
    import asyncio

    from digests.config import FetchConfig
    from digests.sources.worker import Worker

    loop = asyncio.new_event_loop()
    worker = Worker(FetchConfig().parse_seconds if deadline_seconds is None else deadline_seconds)
    thread = threading.Thread(target=loop.run_forever, name="pages", daemon=True)
    thread.start()

    async def make() -> ReadPage:
        return pages_through(worker)

    try:
        yield asyncio.run_coroutine_threadsafe(make(), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(worker.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

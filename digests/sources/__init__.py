"""Where articles come from. Two kinds: a feed on the network, a folder on this machine.

A source yields `RawArticle`s and, between them, `ReadFailure`s and `ReadNote`s: one odd input is named with its reason
and never stops the others. What concerns the source as a whole (a dead server, a missing folder) is raised as
`SourceError`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digests.types import RawArticle, Source, SourceKind

if TYPE_CHECKING:
    from digests.config import FetchConfig
    from digests.sources.fetch import Fetcher
    from digests.sources.worker import Worker

# Characters of one article; longer ones are refused. The longest news features have about 60,000.
MAX_TEXT = 200_000
# Characters of a title, an outlet, an author.
MAX_TITLE = 300

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """One input that could not be read: `where` names file (and line) or entry, `reason` says why in words."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    """Something that an article states and that could not be used, so that it is left out; the article is read."""

    where: str
    note: str


Item = RawArticle | ReadFailure | ReadNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A source to be read, with what its last answer said: unchanged content need not be sent again.

    `is_configured`: the operator named it, and may be told why it cannot be read.
    """

    source: Source
    now: dt.datetime
    is_configured: bool = False
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a source gave. `items` may be lazy and is consumed once, off the event loop.

    `is_unchanged`: nothing is different from the last answer; there are no items then. `fresh_seconds` is how long
    the answer holds, `moved_to` the source's new address, both as the server says. `stamp` stands in place of an
    etag where there is no server: it is kept when all could be read, with the number of articles behind a space, and
    comes back as `Request.etag`; `unchanged` is that number again.
    """

    items: Iterable[Item] = ()
    is_unchanged: bool = False
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_seconds: int = 0
    moved_to: str | None = None
    stamp: str | None = None
    unchanged: int = 0


class SourceReader(Protocol):
    """Reads one kind of source."""

    async def fetch(self, request: Request) -> Fetched:
        """Read a source. Raises SourceUnavailable or SourceInvalid when it as a whole gives nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What readers need of the world: the one fetcher, the parser's process, and the limits."""

    fetcher: Fetcher
    worker: Worker
    config: FetchConfig


def _feed_reader(tools: Tools) -> SourceReader:
    from digests.sources.feed import FeedReader

    return FeedReader(tools.fetcher, tools.worker, tools.config.max_bytes)


def _folder_reader(tools: Tools) -> SourceReader:
    from digests.sources.folder import FolderReader

    return FolderReader(tools.worker)


# The one list of source kinds; modules are imported when a source of that kind is read.
SOURCE_KINDS: Mapping[SourceKind, Callable[[Tools], SourceReader]] = {
    SourceKind.FEED: _feed_reader,
    SourceKind.FOLDER: _folder_reader,
}


def tidy_text(text: str) -> str:
    """Replace what cannot be stored or shown (lone surrogates, control characters), one character for one."""
    return _CONTROLS.sub(" ", _SURROGATES.sub("\ufffd", text))


def tidy_line(text: object, *, limit: int = MAX_TITLE) -> str | None:
    """A title, name or outlet on one line, at most `limit` characters; `None` for what is empty or no text."""
    if not isinstance(text, str):
        return None
    line = _SPACES.sub(" ", tidy_text(text[: 4 * limit])).strip()
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line or None

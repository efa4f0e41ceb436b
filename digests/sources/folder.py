"""Files under one root as articles: text, Markdown, HTML, JSON and JSON Lines.

Stance: a file that is odd in any way is named with its reason and the others go on; nothing outside the root is ever
read (links are resolved first, only regular files are opened). Works as a stream: one file, one line at a time.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, AnyStr

from digests.errors import SourceUnavailable
from digests.sources import Fetched, Item, ReadFailure, ReadNote, Request, tidy_text
from digests.sources.encoding import decode, marked_encoding
from digests.sources.pages import ReadPage, pages_through
from digests.sources.records import Found, How, failed, make_article, read_record
from digests.types import RawArticle

if TYPE_CHECKING:
    from digests.sources.worker import Worker

# Bytes of one file, or of one line of a .jsonl file. Articles have some kilobytes, saved pages up to five megabytes.
MAX_BYTES = 20 * 1024 * 1024
# Folders in folders.
_MAX_DEPTH = 32

# Raised when the same files would be read as something else: what was read before is then read again.
_READER = "1"

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x80-\x9f\u2028\u2029]")

_TEXT = frozenset({".txt", ".md"})
_HTML = frozenset({".html", ".htm"})
_KINDS = (*sorted(_TEXT | _HTML), ".json", ".jsonl")


class FolderReader:
    """A folder of the configuration as a source."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def fetch(self, request: Request) -> Fetched:
        """All its articles, read lazily; nothing when no file was touched since the last time.

        Raises SourceUnavailable when there is no such folder.
        """
        # The command line reads files without an event loop.
        import asyncio

        path = Path(request.source.location)
        await asyncio.to_thread(check_path, path, source_id=request.source.id)
        stamp = await asyncio.to_thread(stamp_of, path)
        known, _, count = (request.etag or "").partition(" ")
        if known == stamp:
            return Fetched(is_unchanged=True, stamp=stamp, unchanged=int(count))
        pages = pages_through(self._worker)
        return Fetched(items=read_path(path, source_id=request.source.id, pages=pages), stamp=stamp)


def stamp_of(path: Path) -> str:
    """A hash over names, sizes and times of the files below a path: equal means that none was touched.

    A file that is written while it is read changes its time after this, and so the next stamp.
    """
    digest = hashlib.blake2b(_READER.encode(), digest_size=16)
    root = path.resolve()
    for found in _walk(root, root, "", 0) if root.is_dir() else ("",):
        if isinstance(found, Found):
            digest.update(repr(found).encode("utf-8", "replace"))
            continue
        try:
            status = (root / found).stat()
            seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        except OSError as exc:
            seen = (-1, exc.errno or 0, 0, 0)
        digest.update(os.fsencode(found) + repr(seen).encode())
    return digest.hexdigest()


def check_path(path: Path, *, source_id: str) -> None:
    """Raise SourceUnavailable, with the reason, when nothing can be read at a path."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            next(os.scandir(path), None)
    except OSError as exc:
        raise SourceUnavailable(source_id, _os_reason(exc)) from exc


def read_path(
    path: Path, *, source_id: str = "files", raw: bool = False, pages: ReadPage | None = None
) -> Iterator[Item]:
    """The articles of a file or of a folder with all below it, in order of their names.

    An article's `external_id` is its path relative to the given folder (a file given directly: its name), or the
    `id` of a JSON article. With `raw` the text of HTML is its markup as it stands. Pages are read by `pages`, or
    here and now without it: only where whoever made them is trusted.
    """
    yield from _without_repeats(_read_all(path, How(source_id, raw, pages)))


def _without_repeats(found: Iterable[Found]) -> Iterator[Item]:
    """Drop an article that comes twice; name a second one that claims the id of another."""
    seen: dict[str, tuple[bytes, str]] = {}
    for one in found:
        if isinstance(one.item, RawArticle):
            digest = hashlib.blake2b(one.item.body.encode("utf-8", "replace"), digest_size=8).digest()
            first, before = seen.setdefault(one.item.external_id, (digest, one.where))
            if first is not digest:
                if first != digest:
                    reason = f"the id {one.item.external_id!r} is that of {before}, which is kept"
                    yield ReadFailure(where=one.where, reason=reason)
                continue
        yield one.item
        if one.note is not None:
            yield one.note


def read_jsonl(
    lines: Iterable[str | bytes],
    *,
    name: str,
    source_id: str = "files",
    raw: bool = False,
    pages: ReadPage | None = None,
) -> Iterator[Item]:
    """The articles of JSON Lines, one object a line; blank lines are skipped, those of bytes decoded each by
    itself. Ids and pages as in `read_path`.
    """
    yield from _without_repeats(_read_all_lines(lines, name, How(source_id, raw, pages)))


def _read_all_lines(lines: Iterable[str | bytes], name: str, how: How) -> Iterator[Found]:
    for number, line in enumerate(lines, start=1):
        where = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            yield failed(where, f"line larger than {MAX_BYTES // 1024 // 1024} MB")
            continue
        if not line.strip():
            continue
        try:
            text = line if isinstance(line, str) else decode(line, is_html=False)
        except ValueError as exc:
            yield failed(where, str(exc))
            continue
        yield read_record(text.removeprefix("\ufeff"), where, how)


def lines_of(file: io.BufferedReader[Any]) -> Iterator[bytes]:
    """The lines of a file of JSON Lines, cut behind `MAX_BYTES`, so that any file costs the memory of one line.

    What is marked as UTF-16 or UTF-32, as a shell on Windows writes what it is told to keep in a file, comes in UTF-8.
    """
    encoding = marked_encoding(file.peek(4))
    if encoding is None:
        yield from _cut_lines(file.readline, b"\n")
        return
    with io.TextIOWrapper(file, encoding, errors="replace") as text:
        for line in _cut_lines(text.readline, "\n"):
            yield line.encode()


def _cut_lines(readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    while line := readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(end):
            line = readline(MAX_BYTES + 1)


def _read_all(path: Path, how: How) -> Iterator[Found]:
    try:
        root = path.resolve(strict=True)
        is_folder = root.is_dir()
    except (OSError, RuntimeError) as exc:
        # The name of a pipe (`<(...)`) leads to something that has no name of its own.
        reason = "not a regular file" if path.exists() else _os_reason(exc)
        yield failed(_name(str(path)), reason)
        return
    if not is_folder:
        yield from _read_file(root, _name(path.name), how)
        return
    is_empty = True
    for relative in _walk(root, root, "", 0):
        is_empty = False
        if isinstance(relative, Found):
            yield relative
        else:
            yield from _read_file(root / relative, _name(relative), how)
    if is_empty:
        note = f"no file in it is of a kind that is read ({' '.join(_KINDS)})"
        where = _name(str(path))
        yield Found(where, ReadNote(where=where, note=note))


def _walk(folder: Path, root: Path, prefix: str, depth: int) -> Iterator[str | Found]:
    """Relative paths of the files below a folder, sorted; what must not be followed is named.

    Files of other kinds (pictures beside a page) are no articles and passed over.
    """
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as exc:
        yield failed(_name(prefix or "."), _os_reason(exc))
        return
    for entry in listed:
        relative = prefix + entry.name
        if entry.name.startswith("."):
            continue
        problem = _link_problem(Path(entry.path), root) if entry.is_symlink() else None
        if problem:
            yield failed(_name(relative), problem)
        elif entry.is_dir(follow_symlinks=False):
            if depth >= _MAX_DEPTH:
                yield failed(_name(relative), f"more than {_MAX_DEPTH} folders deep")
            else:
                yield from _walk(Path(entry.path), root, relative + "/", depth + 1)
        elif not entry.is_dir() and os.path.splitext(entry.name)[1].lower() in _KINDS:  # noqa: PTH122
            yield relative


def _link_problem(link: Path, root: Path) -> str | None:
    """Why a link is not followed. One to a folder inside the root is passed over: its files are read anyway."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return "broken link"
    return None if target.is_relative_to(root) else "link that leads out of the folder"


def _read_file(path: Path, name: str, how: How) -> Iterator[Found]:
    # By its own name, also where it is a link to something without one.
    suffix = next((s for p in (Path(name), path) if (s := p.suffix.lower()) in _KINDS), None)
    if suffix is None:
        yield failed(name, f"not a kind of file that is read ({' '.join(_KINDS)})")
        return
    try:
        with _open_regular(path, is_lines=suffix == ".jsonl") as file:
            if suffix == ".jsonl":
                yield from _read_jsonl_file(file, name, how)
                return
            data = file.read(MAX_BYTES + 1)
    except OSError as exc:
        yield failed(name, _os_reason(exc))
        return
    if len(data) > MAX_BYTES:
        yield failed(name, f"larger than {MAX_BYTES // 1024 // 1024} MB")
        return
    try:
        text = decode(data, is_html=suffix in _HTML)
    except ValueError as exc:
        yield failed(name, str(exc))
        return
    if suffix == ".json":
        yield read_record(text, name, how)
    else:
        yield make_article({"text" if suffix in _TEXT else "html": text}, name, how)


def _open_regular(path: Path, *, is_lines: bool) -> io.BufferedReader:
    """Open without waiting (a pipe would block), then make sure that it is a regular file of a sane size."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if status.st_size > MAX_BYTES and not is_lines:
            limit = MAX_BYTES // 1024 // 1024
            raise OSError(errno.EFBIG, f"{status.st_size:,} bytes; the limit is {limit} MB")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _read_jsonl_file(file: io.BufferedReader, name: str, how: How) -> Iterator[Found]:
    is_empty = True
    for found in _read_all_lines(lines_of(file), name, how):
        is_empty = False
        yield found
    if is_empty:
        yield failed(name, "empty file")


def _name(path: str) -> str:
    """A file name as text that can be shown on one line and stored, whatever bytes it has."""
    return _BREAKS.sub(" ", tidy_text(os.fsencode(path).decode("utf-8", "replace")))


def _os_reason(exc: Exception) -> str:
    if isinstance(exc, OSError):
        reason = exc.strerror or str(exc)
        return reason[:1].lower() + reason[1:]
    return str(exc)

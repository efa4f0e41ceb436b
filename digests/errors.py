"""What can go wrong, as one tree. No message repeats the password of an address (`digests.logins`).

DigestError
├── ConfigError             file, key path
├── RulesError              file, rule id
├── SourceError             source id
│   ├── SourceUnavailable   network, missing folder
│   │   ├── SourceRateLimited   asked to wait; for how long
│   │   └── SourceGone          gone for good (410)
│   └── SourceInvalid       arrived, but cannot be parsed
│       └── SourceWalled        a page stands in front of the article; of what kind
├── StoreError
│   └── SchemaVersionError
├── NotFound (LookupError)  kind, key
└── RefreshInProgress
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.logins import without_login


class DigestError(Exception):
    """Base of everything that the engine raises on purpose."""


class ConfigError(DigestError):
    """A setting is wrong. `where` is the file, `key` the path of the key ("sources[2].kind")."""

    def __init__(self, where: str, key: str, problem: str) -> None:
        problem = without_login(problem)
        super().__init__(f"{where}: {key}: {problem}" if key else f"{where}: {problem}")
        self.where = where
        self.key = key
        self.problem = problem


class RulesError(DigestError):
    """A rule file does not hold what it promises."""

    def __init__(self, file: str, rule: str, problem: str) -> None:
        super().__init__(f"{file}: {rule}: {problem}" if rule else f"{file}: {problem}")
        self.file = file
        self.rule = rule
        self.problem = problem


class SourceError(DigestError):
    """A source or one of its inputs could not be read."""

    def __init__(self, source_id: str, problem: str) -> None:
        problem = without_login(problem)
        super().__init__(f"{source_id}: {problem}")
        self.source_id = source_id
        self.problem = problem


class SourceUnavailable(SourceError):
    """Nothing arrived: network trouble, a missing folder, a refused address."""


class SourceRateLimited(SourceUnavailable):
    """The server asks for fewer requests; `retry_seconds` is how long it wants to be left alone, if it says so."""

    def __init__(self, source_id: str, problem: str, *, retry_seconds: int | None) -> None:
        super().__init__(source_id, problem)
        self.retry_seconds = retry_seconds


class SourceGone(SourceUnavailable):
    """The server says that nothing will ever be here again (410)."""


class SourceInvalid(SourceError):
    """Something arrived, but it is not what was expected."""


class SourceWalled(SourceInvalid):
    """A page that wants something first arrived in place of the article; `wall` is its kind ("consent")."""

    def __init__(self, source_id: str, problem: str, *, wall: str) -> None:
        super().__init__(source_id, problem)
        self.wall = wall


class StoreError(DigestError):
    """The database cannot be used."""


class StoreLocked(StoreError):
    """Another process runs the bot on this store."""


class SchemaVersionError(StoreError):
    """The database belongs to a newer version or to another program; it was not touched."""


class NotFound(DigestError, LookupError):
    """No `kind` ("story", "source") has the `key`; `near` are keys that are spelled like it."""

    def __init__(self, kind: str, key: str, *, near: Sequence[str] = ()) -> None:
        meant = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        super().__init__(without_login(f"no {kind} {key!r}{meant}"))
        self.kind = kind
        self.key = key


class RefreshInProgress(DigestError):
    """A refresh is running; the caller may wait or say so."""

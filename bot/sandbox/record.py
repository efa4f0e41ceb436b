"""What the bot asked of the double, call by call, and everything that was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Call", "Record", "Upload"]

#: Calls kept; a long run drops its oldest.
CALLS_KEPT = 50_000


@dataclass(slots=True, kw_only=True)
class Upload:
    """One file of a multipart request."""

    filename: str
    content: bytes
    content_type: str


@dataclass(slots=True, kw_only=True)
class Call:
    """One REST request and its answer.

    `path` is without the base and query; `template` is the route it matched, or `None`. `status` is `None` while it
    runs and for a connection that was cut; `body` is the JSON part, `answer` the JSON of the reply.
    """

    number: int
    at: float
    method: str
    path: str
    query: dict[str, str]
    authorization: str | None
    body: Any = None
    files: dict[int, Upload] = field(default_factory=dict)
    template: str | None = None
    ids: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    answer: Any = None
    fault: str | None = None

    def id(self, name: str) -> int:
        """A snowflake of the path; 0 if it is no number, which nothing has as id."""
        text = self.ids.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 25 else 0

    def __str__(self) -> str:
        return f"#{self.number} {self.method} {self.path} -> {self.status or self.fault or 'open'}"


class Record:
    """All calls, oldest first, and all problems: unknown routes, refused requests, replies that break the contract."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self._count = 0

    def next_number(self) -> int:
        """Number of the next call, from 1."""
        self._count += 1
        return self._count

    def add(self, call: Call) -> None:
        """Keep a call."""
        self.calls.append(call)
        if len(self.calls) > CALLS_KEPT:
            del self.calls[: CALLS_KEPT // 10]

    def problem(self, call: Call | None, kind: str, text: object) -> None:
        """Keep something that is wrong; `kind` is `route`, `request`, `reply` or `gateway`."""
        where = f"{call.method} {call.path}: " if call else ""
        self.problems.append(f"{kind}: {where}{text}")

    def take_problems(self) -> list[str]:
        """The problems so far, which are forgotten: for tests that provoke them."""
        taken, self.problems = self.problems, []
        return taken

    def find(self, method: str, template: str) -> list[Call]:
        """Calls of one route, oldest first, e.g. `("POST", "/channels/{channel_id}/messages")`."""
        return [call for call in self.calls if call.method == method and call.template == template]

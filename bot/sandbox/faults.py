"""Faults a test arranges for REST: answers that fail, hang or get lost, before or after the request took effect."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.sandbox.record import Call

__all__ = ["Fault", "FaultKind", "Faults"]


class FaultKind(StrEnum):
    """What goes wrong."""

    RATE_LIMIT = "rate_limit"
    CLOUDFLARE = "cloudflare"
    STATUS = "status"
    REFUSE = "refuse"
    HANG = "hang"
    RESET = "reset"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One arranged fault.

    `route` is a pattern over method and path, as `POST /channels/*/messages`; `*` matches slashes too. `times` is how
    many matching requests it hits, the first `skip` ones spared. With `after` the request takes effect first: the
    message is stored and only the reply is bad or lost.
    """

    kind: FaultKind
    route: str = "*"
    times: int = 1
    skip: int = 0
    after: bool = False
    status: int = 500
    code: int = 0
    scope: str = "user"
    retry_after_s: float = 0.2
    seconds: float = 1.0
    # Requests it has hit.
    hits: int = 0

    def __str__(self) -> str:
        return f"{self.kind.value}{' after handling' if self.after else ''}"

    def matches(self, call: Call) -> bool:
        """Whether the request is of the route."""
        return fnmatchcase(f"{call.method} {call.path}", self.route)


class Faults:
    """The arranged faults, in order; the first that matches and has hits left is used."""

    def __init__(self) -> None:
        self.arranged: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Arrange a fault; the returned one counts its `hits`."""
        self.arranged.append(fault)
        return fault

    def clear(self) -> None:
        """Take all of them back."""
        self.arranged.clear()

    def take(self, call: Call) -> Fault | None:
        """The fault that hits this request, counted, or `None`."""
        for fault in self.arranged:
            if not fault.matches(call) or fault.hits >= fault.times:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.hits += 1
            return fault
        return None

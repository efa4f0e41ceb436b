"""Discord's error answers, by number, as one exception.

    SandboxError
    ├── ApiError        becomes an HTTP answer to the bot
    ├── ClientRefused   a user's client would not have let them do this
    └── NotInTime       something a test waited for did not happen

Numbers and sentences are those of Discord's documentation (Topics > Opcodes and Status Codes > JSON error codes).
"""

from __future__ import annotations

from typing import Any

__all__ = ["ApiError", "ClientRefused", "NotInTime", "Problem", "SandboxError", "form_error"]

#: JSON error code to (HTTP status, sentence). 0 stands for plain HTTP errors and is given in full by the caller.
_KNOWN: dict[int, tuple[int, str]] = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20016: (400, "This action cannot be performed due to slowmode rate limit"),
    30032: (400, "Maximum number of application commands reached (100)"),
    30034: (400, "Maximum number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later."),
    40005: (413, "Request entity too large"),
    40033: (400, "This message has already been crossposted"),
    40060: (400, "Interaction has already been acknowledged."),
    40067: (400, "A tag is required to create a forum post in this channel"),
    40094: (400, "This interaction has reached the maximum number of follow-up messages"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
}


class SandboxError(Exception):
    """Base of everything the double raises on purpose."""


class ClientRefused(SandboxError):
    """The Discord client would not have offered or sent this; the bot never saw it."""


class NotInTime(SandboxError, TimeoutError):
    """A wait ran into its limit; the text says for what and how long."""


class Problem:
    """One broken limit: where in the request, Discord's name for it, and a sentence."""

    __slots__ = ("code", "path", "text")

    def __init__(self, path: tuple[str | int, ...], code: str, text: str) -> None:
        self.path = path
        self.code = code
        self.text = text

    def __str__(self) -> str:
        where = ".".join(str(step) for step in self.path) or "body"
        return f"{where}: {self.code}: {self.text}"

    __repr__ = __str__


class ApiError(SandboxError):
    """An error answer as Discord gives it.

    Args:
        code: JSON error code; a known one brings its HTTP status and sentence along.
        status: HTTP status, where it is not the usual one of the code.
        message: Sentence, where it is not the usual one.
        errors: Nested field errors (Discord's `errors` object), or `None`.
        extra: Further top-level keys of the answer.
    """

    def __init__(
        self,
        code: int,
        *,
        status: int | None = None,
        message: str | None = None,
        errors: dict[str, Any] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        known_status, known_message = _KNOWN.get(code, (400, "Error"))
        self.code = code
        self.status = status if status is not None else known_status
        self.message = message if message is not None else known_message
        self.errors = errors
        self.extra = extra or {}
        super().__init__(f"{self.status} {self.code}: {self.message}")

    def body(self) -> dict[str, Any]:
        """The JSON that goes to the bot."""
        body: dict[str, Any] = {"message": self.message, "code": self.code, **self.extra}
        if self.errors:
            body["errors"] = self.errors
        return body


def form_error(problems: list[Problem]) -> ApiError:
    """Turn broken limits into one 50035 answer with Discord's nested `errors` object."""
    errors: dict[str, Any] = {}
    for problem in problems:
        place = errors
        for step in problem.path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": problem.code, "message": problem.text})
    return ApiError(50035, errors=errors)

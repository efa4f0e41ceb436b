"""Discord's own API description as judge of what the bot sends and what the loopback Discord answers.

The document stays outside the repository (`SITREP_DISCORD_OPENAPI`, else `../shared/discord/openapi.json` beside it).
It states types, enums and lengths of single fields; cross-field limits are in `bot/sandbox/rules.py`. Unknown
properties pass, as the real API ignores them: this proves "Discord would accept it", not "this does what we meant".
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

__all__ = ["DOCUMENT", "OpenApiJudge", "load_judge", "needs_document"]

_ROOT = Path(__file__).resolve().parents[1]
_URN = "urn:discord"
#: Problems told of one body; the rest only repeats.
PROBLEMS_MAX = 8
#: Branches of unions within unions that are followed to find a readable sentence.
DEPTH_MAX = 12

DOCUMENT = Path(
    os.environ.get("SITREP_DISCORD_OPENAPI") or _ROOT.parent / "shared" / "discord" / "openapi.json"
)
MISSING = f"Discord's API description is not at {DOCUMENT.name}: set SITREP_DISCORD_OPENAPI to judge payloads"
needs_document = pytest.mark.skipif(not DOCUMENT.is_file(), reason=MISSING)

_formats = FormatChecker(formats=())


@_formats.checks("date-time")
def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


@_formats.checks("uri")
def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    parts = urlsplit(value) if not re.search(r"\s", value) else urlsplit("")
    # attachment:// points to a file of the same request.
    return parts.scheme in {"http", "https", "ws", "wss", "attachment", "discord"} and bool(parts.netloc)


class OpenApiJudge:
    """Callable for `LoopbackDiscord(judge=...)`: judges a request (status `None`) or a reply."""

    def __init__(self, path: Path = DOCUMENT) -> None:
        document = json.loads(path.read_text(encoding="utf-8"))
        # The live API takes integers for ids, and the library sends attachment ids as integers.
        document["components"]["schemas"]["SnowflakeType"] = {
            "anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]
        }
        self._document = document
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URN, resource)
        # Literal paths before those with ids: /users/@me before /users/{user_id}.
        templates = sorted(document["paths"], key=lambda path: (path.count("{"), path))
        self._paths = [(template, _pattern(template)) for template in templates]
        self._validators: dict[tuple[str, str, str], Draft202012Validator | None] = {}

    def __call__(self, method: str, path: str, request: Any, status: int | None, response: Any) -> list[str]:
        """Problems of the request if `status` is `None`, else of the reply; empty if Discord would agree."""
        found = self._operation(method, path)
        if found is None:
            return [f"{method} {path} is not in the API description"]
        template, operation = found
        if status is None:
            return self._judge(template, method, "request", _request_schema(operation), request)
        content = _reply(self._document, operation, status)
        if content is None:
            return [f"status {status} is not described for {method} {template}"]
        return self._judge(template, method, str(status), _json_schema(content), response)

    def _operation(self, method: str, path: str) -> tuple[str, Any] | None:
        for template, pattern in self._paths:
            operation = self._document["paths"][template].get(method.lower())
            if operation is not None and pattern.fullmatch(path):
                return template, operation
        return None

    def _judge(self, template: str, method: str, part: str, schema: Any, body: Any) -> list[str]:
        key = (template, method, part)
        if key not in self._validators:
            self._validators[key] = self._validator(schema)
        validator = self._validators[key]
        if validator is None:
            return [] if body is None else [f"{part}: no body is described, but there is one"]
        if body is None and part == "request":
            return ["request: a body is required"]
        errors = [
            _readable(error)
            for error, _ in zip(validator.iter_errors(body), range(PROBLEMS_MAX), strict=False)
        ]
        return [f"{part} {error}" for error in errors]

    def _validator(self, schema: Any) -> Draft202012Validator | None:
        if schema is None:
            return None
        return Draft202012Validator(_absolute(schema), registry=self._registry, format_checker=_formats)


def load_judge() -> OpenApiJudge | None:
    """The judge, or `None` where the document is missing."""
    return OpenApiJudge() if DOCUMENT.is_file() else None


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", template)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def _request_schema(operation: Any) -> Any:
    # Files come as multipart; their payload_json part is judged like a JSON body.
    return _json_schema(operation.get("requestBody") or {})


def _json_schema(content: Any) -> Any:
    return ((content.get("content") or {}).get("application/json") or {}).get("schema")


def _reply(document: Any, operation: Any, status: int) -> Any | None:
    described = operation["responses"]
    content = described.get(str(status)) or described.get(f"{status // 100}XX")
    if content is not None and "$ref" in content:
        return document["components"]["responses"][content["$ref"].rsplit("/", 1)[-1]]
    return content


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: f"{_URN}{value}" if key == "$ref" and str(value).startswith("#/") else _absolute(value)
            for key, value in schema.items()
        }
    if isinstance(schema, list):
        return [_absolute(item) for item in schema]
    return schema


def _readable(error: ValidationError) -> str:
    """One sentence, from the branch of a union whose `type` fits the body."""
    for _ in range(DEPTH_MAX):
        deeper = _fitting_branch(error)
        if deeper is None:
            break
        error = deeper
    where = ".".join(str(step) for step in error.absolute_path) or "body"
    return f"{where}: {error.message[:300]}"


def _fitting_branch(error: ValidationError) -> ValidationError | None:
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or []:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [errors for errors in branches.values() if not any(_is_about_type(inner) for inner in errors)]
    candidates = sorted(fitting or branches.values(), key=len)
    return next(_deepest(candidates[0])) if candidates else None


def _is_about_type(error: ValidationError) -> bool:
    return error.validator in ("enum", "const", "type") and (
        error.validator == "type" or list(error.path)[-1:] == ["type"]
    )


def _deepest(errors: list[ValidationError]) -> Iterator[ValidationError]:
    yield from sorted(errors, key=lambda error: -len(error.absolute_path))

"""The engine's settings: TOML in, frozen models out; every mistake is named with its file and the path of its key.

The bot keeps its own tables in the same file (`BOT_TABLES`); its models use `read_toml` and `check_settings` from
here, so that both halves speak of mistakes in the same words.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from digests.clock import Clock, fixed_clock, parse_now, shifted_clock, utc_now
from digests.errors import ConfigError
from digests.types import SourceKind

# Top-level names of the file that belong to the bot and are checked by `bot.config`.
BOT_TABLES = frozenset({"discord", "digests", "monitor"})

ModelT = TypeVar("ModelT", bound=BaseModel)

_SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_USUAL_PORTS = {"http": 80, "https": 443}
_HOST_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}")


class Settings(BaseModel):
    """Base of every table: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _numbers(cls, value: Any, info: ValidationInfo) -> Any:
        """`true` is no number, though Python counts with it: every minute is not what was meant."""
        kind = cls.model_fields[info.field_name].annotation if info.field_name else None
        if isinstance(value, bool) and kind in (int, float):
            raise ValueError(f"expected a number, got {str(value).lower()}")
        return value


class StoreConfig(Settings):
    """`[store]`: where articles, facts, stories and the delivery ledger are kept."""

    path: Path = Path("sitrep.db")


class FetchConfig(Settings):
    """`[fetch]`: limits of everything that is read from the network (RELIABILITY: deadlines and caps)."""

    user_agent: str = Field(default="sitrep/0.1 (news digest bot)", min_length=1, max_length=200)
    connect_seconds: float = Field(default=10, gt=0, le=60)
    total_seconds: float = Field(default=30, gt=0, le=300)
    max_bytes: int = Field(default=5 * 1024 * 1024, ge=1024, le=50 * 1024 * 1024)
    max_page_bytes: int = Field(default=3 * 1024 * 1024, ge=1024, le=50 * 1024 * 1024)
    max_redirects: int = Field(default=5, ge=0, le=10)
    at_once: int = Field(default=16, ge=1, le=64)
    parse_seconds: float = Field(default=10, gt=0, le=60)
    allow_hosts: tuple[str, ...] = ()

    @field_validator("allow_hosts")
    @classmethod
    def _check_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not _HOST_PORT.fullmatch(host):
                raise ValueError(f"expected 'host:port', got {host!r}")
        return tuple(host.lower() for host in hosts)


class SourceConfig(Settings):
    """One `[[sources]]`: a feed (`url`) or a folder on this machine (`path`)."""

    id: str
    kind: Literal["feed", "folder"]
    name: str = ""
    url: str | None = None
    path: Path | None = None
    # Fetch the page behind each feed entry, for outlets whose feeds carry a teaser only.
    pages: bool = False

    @field_validator("id")
    @classmethod
    def _check_id(cls, value: str) -> str:
        if not _SOURCE_ID.fullmatch(value):
            raise ValueError(f"expected lower-case letters, digits, '-', '_' or '.', got {value!r}")
        return value

    @field_validator("url")
    @classmethod
    def _check_url(cls, value: str | None) -> str | None:
        if value is not None:
            scheme, _, rest = value.partition("://")
            # First, so that no message repeats a password.
            if "@" in rest.split("/", 1)[0]:
                raise ValueError("expected an address without a user name and password")
            if scheme.lower() not in ("http", "https") or not rest:
                raise ValueError(f"expected an http or https address, got {value!r}")
        return value

    @model_validator(mode="after")
    def _check_location(self) -> SourceConfig:
        wanted, other = ("url", "path") if self.kind == "feed" else ("path", "url")
        if getattr(self, wanted) is None:
            raise ValueError(f"expected the key '{wanted}' for a source of kind '{self.kind}'")
        if getattr(self, other) is not None:
            raise ValueError(f"'{other}' does not belong to a source of kind '{self.kind}'")
        return self

    @property
    def location(self) -> str:
        """The address of a feed or the path of a folder."""
        return self.url if self.url is not None else str(self.path)

    @property
    def place(self) -> str:
        """The key of the file that says where it is."""
        return "url" if self.url is not None else "path"

    @property
    def key(self) -> str:
        """Equal for sources that read the same."""
        return address_key(self.url) if self.url is not None else os.path.normpath(self.location)

    @property
    def source_kind(self) -> SourceKind:
        return SourceKind(self.kind)


class EngineConfig(Settings):
    """Everything the engine reads from the file; `now` and `clock` come from the environment only."""

    refresh_minutes: int = Field(default=15, ge=1, le=1440)
    language: Literal["en"] = "en"
    store: StoreConfig = StoreConfig()
    fetch: FetchConfig = FetchConfig()
    sources: tuple[SourceConfig, ...] = ()
    # SITREP_NOW: the clock stands still there.
    now: AwareDatetime | None = None
    # SITREP_CLOCK: a file with the seconds by which the clock is ahead of the machine's.
    clock: Path | None = None

    @field_validator("sources")
    @classmethod
    def _check_unique(cls, sources: tuple[SourceConfig, ...]) -> tuple[SourceConfig, ...]:
        seen: set[str] = set()
        for source in sources:
            if source.id in seen:
                raise ValueError(f"id {source.id!r} is used twice")
            seen.add(source.id)
        first: dict[tuple[str, str], SourceConfig] = {}
        for source in sources:
            same = first.setdefault((source.kind, source.key), source)
            if same is not source:
                # Read twice, every report in it would count as that of two outlets.
                what = f"{same.id!r} and {source.id!r} have the same {source.place}"
                raise ValueError(f"{what}, {source.location}; name it once")
        return sources


def load_config(path: Path | None = None, *, env: Mapping[str, str] | None = None) -> EngineConfig:
    """Read the engine's settings from a file (defaults without one), then from the environment.

    Relative paths count from the file's folder. `SITREP_DB`, `SITREP_FETCH_ALLOW` (comma-separated host:port) and
    `SITREP_NOW` (or `SITREP_CLOCK`, a file with the seconds to add to the machine's clock) override the file.

    Raises:
        ConfigError: The file cannot be read or a value is wrong; names file and key path.
    """
    where = str(path) if path is not None else "settings"
    data = {key: value for key, value in read_toml(path).items() if key not in BOT_TABLES} if path else {}
    for key in ("now", "clock"):
        if key in data:
            raise ConfigError(where, key, f"the clock is set with SITREP_{key.upper()}, not in the file")
    if path is not None:
        _anchor_paths(data, path.resolve().parent)
    _apply_environment(data, os.environ if env is None else env)
    return check_settings(EngineConfig, data, where=where)


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises ConfigError when it is missing, unreadable or malformed."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as exc:
        raise ConfigError(str(path), "", f"cannot be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise ConfigError(str(path), "", "is not UTF-8 text") from exc
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError(str(path), "", f"is not valid TOML: {exc}") from exc


def check_settings(model: type[ModelT], data: Mapping[str, Any], *, where: str, prefix: str = "") -> ModelT:
    """Build a settings model; `where` names the file, `prefix` the table in front of each key path.

    Raises:
        ConfigError: The first mistake, e.g. `sources[2].kind: expected 'feed' or 'folder', got 'rss'`.
    """
    try:
        return model.model_validate(dict(data))
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        key = _key_path((prefix, *first["loc"]) if prefix else first["loc"])
        raise ConfigError(where, key, _describe(first, model)) from exc


def address_key(address: str) -> str:
    """Equal for addresses of one feed: scheme, case of the host, usual port and fragment do not count."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return address
    own = "" if port is None or port == _USUAL_PORTS.get(parts.scheme.lower()) else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').rstrip('.')}{own}{parts.path or '/'}{query}"


def clock_of(config: EngineConfig) -> Clock:
    """The clock that the settings ask for; the machine's own when they ask for none."""
    if config.now is not None:
        return fixed_clock(config.now)
    return shifted_clock(config.clock) if config.clock is not None else utc_now


def _key_path(parts: tuple[int | str, ...]) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _describe(error: Any, model: type[BaseModel]) -> str:
    """One pydantic error in our words: what was expected and what was found."""
    kind, context, found = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "extra_forbidden":
        *outer, written = error["loc"]
        near = difflib.get_close_matches(str(written), _keys_at(model, outer), n=1)
        return f"unknown key; did you mean {near[0]!r}?" if near else "unknown key"
    if kind in ("too_short", "too_long"):
        bound = (
            f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        )
        return f"expected {bound}, found {context['actual_length'] or 'none'}"
    if kind == "missing":
        return "expected a value, found none"
    if kind == "literal_error":
        return f"expected {context['expected']}, got {found!r}"
    if kind == "value_error":
        return str(context["error"])
    plain = {"path_type": "a path", "tuple_type": "a list", "model_type": "a table"}
    message = plain.get(kind) or str(error["msg"]).removeprefix("Input should be ")
    return (
        f"expected {message}, got {found!r}" if not isinstance(found, dict | list) else f"expected {message}"
    )


def _keys_at(model: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    """What may stand in the table at a path, for a slip in a name."""
    for part in path:
        if isinstance(part, int):
            continue
        kind = model.model_fields[part].annotation
        inner = [
            one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, BaseModel)
        ]
        if not inner:
            return []
        model = inner[0]
    return [*model.model_fields, *(sorted(BOT_TABLES) if model is EngineConfig else ())]


def _anchor_paths(data: dict[str, Any], folder: Path) -> None:
    """Make relative paths count from the folder of the configuration file."""
    tables = [data.get("store"), *(data["sources"] if isinstance(data.get("sources"), list) else [])]
    for table in tables:
        if isinstance(table, dict) and isinstance(table.get("path"), str):
            table["path"] = str(folder / Path(table["path"]).expanduser())


def _apply_environment(data: dict[str, Any], env: Mapping[str, str]) -> None:
    if env.get("SITREP_DB"):
        data["store"] = {**_table(data, "store"), "path": env["SITREP_DB"]}
    if env.get("SITREP_FETCH_ALLOW"):
        hosts = [host.strip() for host in env["SITREP_FETCH_ALLOW"].split(",") if host.strip()]
        data["fetch"] = {**_table(data, "fetch"), "allow_hosts": hosts}
    if env.get("SITREP_NOW"):
        data["now"] = parse_now(env["SITREP_NOW"], where="SITREP_NOW")
    if env.get("SITREP_CLOCK"):
        data["clock"] = env["SITREP_CLOCK"]


def _table(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = data.get(name, {})
    return table if isinstance(table, dict) else {}

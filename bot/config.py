"""The bot's settings: the `[discord]` table and the `[[digests]]` entries of the same file that the engine reads.

The token is a secret and never stands in a file that people share: it comes from `DISCORD_TOKEN`, or from the file
that `DISCORD_TOKEN_FILE` names. Errors name the file and the path of the key ("digests[1].zone").
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from digests import LANGUAGES, ConfigError, check_settings, read_toml


def _shaped(pattern: str, words: str) -> AfterValidator:
    """Text of a shape that is named in words: a pattern tells an admin nothing."""

    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueError(f"expected {words}, got {value!r}")
        return value

    return AfterValidator(check)


#: A Discord id: a snowflake as digits, also accepted as a TOML integer (Discord reference, "Snowflakes").
Snowflake = Annotated[
    str,
    BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
    _shaped(r"\d{15,20}", "a Discord id (15 to 20 digits; Copy ID in Discord's developer mode)"),
]

#: The weekdays of `days`, in order of `date.weekday()`.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: Tables of the file that belong to the bot; all others are the engine's.
BOT_TABLES = ("discord", "digests", "monitor")

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Style(StrEnum):
    """How a scheduled digest looks: one card a story, or one message with a few lines a story."""

    CARD = "card"
    BRIEF = "brief"


class Quiet(StrEnum):
    """What a scheduled digest does when there is nothing new: say so in one line, or post nothing."""

    LINE = "line"
    SILENCE = "silence"


class Held(StrEnum):
    """What becomes of a digest that is due in the quiet hours: it waits for their end, or is left out and counted."""

    WAIT = "wait"
    SKIP = "skip"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DiscordSettings(_Model):
    """Where Discord is. Both addresses are unset in production; a proxy or a test server sets them."""

    api_base: str | None = None
    gateway: str | None = None
    # Seconds between two looks at what is due.
    tick_seconds: int = Field(default=20, ge=1, le=300)

    @field_validator("api_base", "gateway")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"(https?|wss?)://[^\s/]", value):
            raise ValueError(f"expected an address such as 'http://127.0.0.1:8080/api/v10', got {value!r}")
        return value.rstrip("/") if value else None


class Subscription(_Model):
    """A digest that is posted to a channel on a schedule."""

    # Names the digest in logs and in the ledger; changing it makes it a new one.
    id: Annotated[
        str, _shaped(r"[a-z0-9][a-z0-9_-]{0,39}", "up to 40 lower-case letters, digits, '-' or '_'")
    ]
    channel: Snowflake
    # Local times of day, "HH:MM".
    times: tuple[dt.time, ...] = Field(min_length=1)
    days: tuple[str, ...] = WEEKDAYS
    zone: str = "UTC"
    # Story ids to keep; empty keeps all.
    stories: tuple[str, ...] = ()
    # Words of which one must stand in the title or the keywords; empty keeps all.
    topics: tuple[str, ...] = ()
    # Words that keep a story out.
    without: tuple[str, ...] = ()
    # Stories in one digest at most.
    size: int = Field(default=3, ge=1, le=10)
    style: Style = Style.CARD
    quiet: Quiet = Quiet.LINE
    # One of the languages that the bot speaks; None is the server's own.
    language: str | None = None
    # From when to when nothing is posted, in this zone: ["22:00", "07:00"].
    quiet_hours: tuple[dt.time, dt.time] | None = None
    in_quiet_hours: Held = Held.WAIT
    # The one role that is notified when there is news.
    role: Snowflake | None = None
    # Give each message of an announcement channel to the channels that follow it.
    crosspost: bool = False
    # Names of tags, for a forum.
    tags: tuple[str, ...] = Field(default=(), max_length=5)
    # How many hours after its time a missed digest is still posted.
    late_hours: float = Field(default=3, ge=0, le=48)
    # The server whose own stories it may show beside the common ones.
    server: Snowflake | None = None

    @field_validator("times", mode="before")
    @classmethod
    def _times(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise ValueError("expected a list such as ['08:00', '18:30']")
        return tuple(_time_of_day(item) for item in value)

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _quiet_hours(cls, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise ValueError("expected two times such as ['22:00', '07:00']")
        first, last = (_time_of_day(item) for item in value)
        if first == last:
            raise ValueError("expected two different times")
        return first, last

    @model_validator(mode="after")
    def _is_ever_due(self) -> Self:
        if self.in_quiet_hours is Held.SKIP and all(map(self.is_quiet, self.times)):
            raise ValueError("all times lie in the quiet hours, so that nothing would ever be posted")
        return self

    @field_validator("days")
    @classmethod
    def _days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for day in value:
            if day not in WEEKDAYS:
                raise ValueError(f"expected some of {', '.join(WEEKDAYS)}; got {day!r}")
        return value

    @field_validator("language")
    @classmethod
    def _language(cls, value: str | None) -> str | None:
        if value is not None and value not in LANGUAGES:
            raise ValueError(f"expected one of {', '.join(LANGUAGES)}; got {value!r}")
        return value

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
            raise ValueError(f"expected an IANA zone such as 'Europe/Berlin', got {value!r}") from exc
        return value

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def is_quiet(self, local: dt.time) -> bool:
        """Whether a time of day of this zone lies in the quiet hours; their end does not."""
        return self.quiet_hours is not None and lies_in(self.quiet_hours, local)


def lies_in(hours: tuple[dt.time, dt.time], local: dt.time) -> bool:
    """Whether a time of day lies in these hours, which may go over midnight; their end does not."""
    first, last = hours
    return first <= local < last if first < last else local >= first or local < last


_LAST_PORT = 65_535


class MonitorSettings(_Model):
    """Where health and numbers are shown; nowhere unless it is set."""

    listen: str | None = None

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str | None) -> str | None:
        if value is not None:
            found = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):(\d{1,5})", value)
            if found is None or int(found[1]) > _LAST_PORT:
                raise ValueError(f"expected host and port such as '127.0.0.1:8080', got {value!r}")
        return value


class BotConfig(_Model):
    """Everything that the Discord side needs to know."""

    discord: DiscordSettings = DiscordSettings()
    monitor: MonitorSettings = MonitorSettings()
    digests: tuple[Subscription, ...] = ()
    # Never read from the file.
    token: SecretStr | None = Field(default=None, exclude=True)

    @field_validator("digests")
    @classmethod
    def _unique(cls, value: tuple[Subscription, ...]) -> tuple[Subscription, ...]:
        ids = [subscription.id for subscription in value]
        for one in ids:
            if ids.count(one) > 1:
                raise ValueError(f"id {one!r} is used twice")
        return value


def _time_of_day(value: Any) -> dt.time:
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0)
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"expected times such as '08:00', got {value!r}")
    return dt.time(int(match[1]), int(match[2]))


def load_bot_config(path: Path | None, *, environment: Mapping[str, str] | None = None) -> BotConfig:
    """The bot's part of the file at `path` (defaults when it is `None`), with what the environment sets on top.

    Raises:
        ConfigError: The file cannot be read, or a key is wrong; the message names the file and the key's path.
    """
    environment = os.environ if environment is None else environment
    where = str(path) if path else "settings"
    tables = read_toml(path) if path else {}
    data: dict[str, Any] = {name: tables[name] for name in BOT_TABLES if name in tables}
    if isinstance(table := data.get("discord", {}), dict):
        data["discord"] = _with_environment(table, environment, where)
    settings = check_settings(BotConfig, data, where=where)
    token = load_token(environment)
    return settings.model_copy(update={"token": SecretStr(token)}) if token else settings


def _with_environment(table: Mapping[str, Any], environment: Mapping[str, str], where: str) -> dict[str, Any]:
    """The `[discord]` table with the addresses that the environment sets."""
    if "token" in table:
        problem = "the token is a secret; set DISCORD_TOKEN or DISCORD_TOKEN_FILE instead"
        raise ConfigError(where, "discord.token", problem)
    named = (("api_base", "SITREP_DISCORD_API"), ("gateway", "SITREP_DISCORD_GATEWAY"))
    return {**table, **{key: environment[name] for key, name in named if environment.get(name)}}


def load_token(environment: Mapping[str, str]) -> str | None:
    """The token from the environment, or from the file that it names; `None` when neither is set."""
    if token := environment.get("DISCORD_TOKEN", "").strip():
        return token
    if name := environment.get("DISCORD_TOKEN_FILE"):
        try:
            return Path(name).read_text(encoding="utf-8").strip() or None
        except OSError as exc:
            raise ConfigError(
                "environment", "DISCORD_TOKEN_FILE", f"cannot read {name}: {exc.strerror}"
            ) from exc
    return None

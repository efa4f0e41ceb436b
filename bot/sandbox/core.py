"""What every route gets in hand: the world, the gateway to tell about it, the settings, and the record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.sandbox import payloads, payloads_messages
from bot.sandbox.faults import Faults
from bot.sandbox.model import Attachment, Channel, Json, Message
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.record import Call, Record
from bot.sandbox.world import World

__all__ = ["Core", "Events", "Handler", "Judge", "Reply", "Route", "Settings"]

#: (method, path, request body, status or `None` for the request itself, response body) -> problems.
Judge = Callable[[str, str, Any, int | None, Any], list[str]]


@dataclass(slots=True, kw_only=True)
class Settings:
    """Figures of the real service that tests may turn; the defaults are Discord's own."""

    # Interactions ("Receiving and Responding"): first answer, life of the token, followups by user install only.
    first_answer_s: float = 3.0
    interaction_token_s: float = 900.0
    user_install_followups: int = 5
    # Application commands: creations a day and guild.
    command_creates_per_day: int = 200
    # Edits of one message older than an hour; Discord does not publish the figure. `None`: no limit.
    old_edits: int | None = None
    # Uploads ("Uploading Files").
    file_max_bytes: int = payloads.ATTACHMENT_LIMIT_BYTES
    request_max_bytes: int = 25 * 1024 * 1024
    # Gateway: heartbeat, IDENTIFYs in each window, IDENTIFYs a day, events in 60 s, bytes of one event.
    heartbeat_interval_ms: int = 41_250
    max_concurrency: int = 1
    identify_window_s: float = 5.0
    session_starts_per_day: int = 1000
    sends_per_minute: int = 120
    payload_max_bytes: int = 4096
    shards: int = 1
    # Bits of the privileged intents the application was granted (members, presences, message content); 4014 otherwise.
    granted_intents: int = 0


@dataclass(slots=True, kw_only=True)
class Reply:
    """What a handler answers; `body` `None` means an empty 204."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Events(Protocol):
    """What the others ask of the gateway, which itself stands on all of this."""

    async def emit(self, event: str, data: Json, *, guild_id: int | None = None) -> int:
        """Send an event to every session that wants it; how many that were."""
        ...

    async def message_event(self, event: str, message: Message) -> None:
        """Tell of a message that was written, edited or deleted."""
        ...

    async def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or thread and tell of it."""
        ...

    def session_start_limit(self) -> Json:
        """How many sessions may still begin today."""
        ...


@dataclass(slots=True, kw_only=True)
class Core:
    """Everything of one double, shared by REST, gateway, users and control."""

    world: World
    settings: Settings
    record: Record
    faults: Faults
    limits: RateLimits
    judge: Judge | None = None
    base_url: str = ""
    _gateway: Events | None = None

    @property
    def gateway(self) -> Events:
        """The gateway, once the server is put together."""
        if self._gateway is None:
            raise RuntimeError("the server is not put together yet")
        return self._gateway

    @gateway.setter
    def gateway(self, gateway: Events) -> None:
        self._gateway = gateway

    @property
    def cdn(self) -> str:
        """Where the double serves files."""
        return f"{self.base_url}/cdn"

    @property
    def gateway_url(self) -> str:
        """The WebSocket address."""
        return self.base_url.replace("http://", "ws://", 1) + "/gw"

    def show(self, message: Message) -> Json:
        """A message as JSON."""
        return payloads_messages.message(self.world, message, cdn=self.cdn)

    def file_url(self, message: Message, item: Attachment) -> str:
        """Address of a stored file."""
        shown = payloads_messages.attachment(item, channel_id=message.channel_id, cdn=self.cdn)
        return str(shown["url"])


Handler = Callable[[Core, Call], Awaitable[Reply]]


@dataclass(slots=True, frozen=True, kw_only=True)
class Route:
    """A route: method, path with `{names}`, handler. Interaction routes are `open` (no token, no global limit)."""

    method: str
    template: str
    handler: Handler
    is_open: bool = False

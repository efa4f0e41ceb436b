"""What a user sees after doing something: the bot's answer, read like a person reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.components import ComponentType, walk
from bot.sandbox.core import Core
from bot.sandbox.errors import NotInTime
from bot.sandbox.model import Interaction, Json, Message
from bot.sandbox.routes_interactions import Callback

__all__ = ["Answer", "Button", "Choice", "Select", "View", "flatten"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; a link has `url` and no `custom_id`."""

    label: str
    custom_id: str | None
    url: str | None
    is_disabled: bool
    component_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A menu; `options` are (label, value) and empty for menus of users, roles or channels."""

    custom_id: str
    kind: int
    placeholder: str
    options: tuple[tuple[str, str], ...]
    is_disabled: bool
    component_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of an autocomplete list."""

    name: str
    value: Any


def flatten(message: Message) -> str:
    """All text a reader sees, line by line: content, embeds top to bottom, text displays; no button labels."""
    lines: list[str | None] = [message.content]
    for embed in message.embeds:
        lines += [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
        for field in embed.get("fields") or []:
            lines += [field["name"], field["value"]]
        lines.append((embed.get("footer") or {}).get("text"))
    lines += [
        str(c.get("content"))
        for _, c in walk(message.components)
        if c.get("type") == ComponentType.TEXT_DISPLAY
    ]
    return "\n".join(line for line in lines if line)


class View:
    """One message as a reader sees it. It stays current: an edit by the bot shows up in it."""

    def __init__(self, core: Core, message: Message) -> None:
        self._core = core
        self.message = message

    @property
    def id(self) -> int:
        """Message id."""
        return self.message.id

    @property
    def text(self) -> str:
        """All visible text; see `flatten`."""
        return flatten(self.message)

    @property
    def embeds(self) -> list[Json]:
        """Embeds as shown."""
        return self.message.embeds

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the user sees it."""
        return self.message.is_ephemeral

    @property
    def is_deleted(self) -> bool:
        """Whether it was removed."""
        return self.message.deleted

    @property
    def files(self) -> dict[str, bytes]:
        """Attached files by name."""
        return {item.filename: item.content for item in self.message.attachments}

    @property
    def pings(self) -> list[str]:
        """Who was really notified: `everyone`, `user:<id>`, `role:<id>`."""
        everyone = ["everyone"] if self.message.pinged_everyone else []
        users = [f"user:{number}" for number in self.message.pinged_users]
        return [*everyone, *users, *(f"role:{number}" for number in self.message.pinged_roles)]

    @property
    def buttons(self) -> list[Button]:
        """Buttons in reading order."""
        return [
            Button(
                label=str(item.get("label") or (item.get("emoji") or {}).get("name") or ""),
                custom_id=item.get("custom_id"),
                url=item.get("url"),
                is_disabled=bool(item.get("disabled")),
                component_id=int(item["id"]),
            )
            for _, item in walk(self.message.components)
            if item.get("type") == ComponentType.BUTTON
        ]

    @property
    def selects(self) -> list[Select]:
        """Menus in reading order."""
        return [
            Select(
                custom_id=str(item["custom_id"]),
                kind=int(item["type"]),
                placeholder=str(item.get("placeholder") or ""),
                options=tuple((str(o["label"]), str(o["value"])) for o in item.get("options") or []),
                is_disabled=bool(item.get("disabled")),
                component_id=int(item["id"]),
            )
            for _, item in walk(self.message.components)
            if item.get("type") in ComponentType.SELECTS
        ]

    def json(self) -> Json:
        """The message as the API shows it."""
        return self._core.show(self.message)

    async def until(self, what: str | Callable[[View], bool], *, within: float = 30.0) -> View:
        """Wait until the message says or is something.

        Raises:
            NotInTime: With the text as it stands.
        """
        look = (lambda: what in self.text) if isinstance(what, str) else (lambda: what(self))
        await _until(self._core, look, lambda: self.text, within=within, what=f"message to become {what!r}")
        return self


class Answer:
    """The bot's answer to one thing a user did; it stays current like `View`.

    `kind` is `message`, `deferred` (still thinking), `update` (the clicked message was or may be changed), `modal`,
    `choices` or `none` (nothing yet).
    """

    def __init__(self, core: Core, interaction: Interaction) -> None:
        self._core = core
        self.interaction = interaction

    def __repr__(self) -> str:
        return f"<Answer {self.kind} {self.text[:80]!r}>"

    @property
    def id(self) -> int:
        """Interaction id."""
        return self.interaction.id

    @property
    def kind(self) -> str:
        """What the bot did; see the class."""
        answered = self.interaction.answered_with
        if answered == Callback.MODAL:
            return "modal"
        if answered == Callback.CHOICES:
            return "choices"
        if answered in (Callback.UPDATE, Callback.DEFER_UPDATE):
            return "update"
        if answered is None:
            return "none"
        view = self.original
        return (
            "deferred" if view is not None and view.message.is_loading and not view.is_deleted else "message"
        )

    @property
    def answered_after_s(self) -> float | None:
        """Seconds until the first answer, on the world's clock; `None` if there is none."""
        return self.interaction.answered_after_s

    @property
    def original(self) -> View | None:
        """The first message of the answer (for an update: the message that was clicked)."""
        message = self._core.world.messages.get(self.interaction.original_id or 0)
        return None if message is None else View(self._core, message)

    @property
    def followups(self) -> list[View]:
        """Later messages, oldest first."""
        messages = self._core.world.messages
        return [View(self._core, messages[number]) for number in self.interaction.followup_ids]

    @property
    def views(self) -> list[View]:
        """All messages of the answer that are still there."""
        found = [self.original, *self.followups]
        return [view for view in found if view is not None and not view.is_deleted]

    @property
    def view(self) -> View:
        """The original message.

        Raises:
            LookupError: If the answer has none.
        """
        if self.original is None:
            raise LookupError(f"the answer is no message but {self.kind!r}")
        return self.original

    @property
    def text(self) -> str:
        """Text of all its messages; of a modal, title and labels."""
        if self.interaction.modal is not None:
            labels = [
                c.get("label") or c.get("content")
                for _, c in walk(self.interaction.modal.get("components") or [])
            ]
            return "\n".join(str(line) for line in [self.interaction.modal.get("title"), *labels] if line)
        return "\n".join(view.text for view in self.views if view.text)

    @property
    def embeds(self) -> list[Json]:
        """Embeds of all its messages."""
        return [embed for view in self.views for embed in view.embeds]

    @property
    def buttons(self) -> list[Button]:
        """Buttons of all its messages."""
        return [button for view in self.views for button in view.buttons]

    @property
    def selects(self) -> list[Select]:
        """Menus of all its messages."""
        return [select for view in self.views for select in view.selects]

    @property
    def files(self) -> dict[str, bytes]:
        """Files of all its messages."""
        return {name: content for view in self.views for name, content in view.files.items()}

    @property
    def pings(self) -> list[str]:
        """Who was notified by any of its messages."""
        return [ping for view in self.views for ping in view.pings]

    @property
    def is_ephemeral(self) -> bool:
        """Whether there is a message and all of them are private to the user."""
        return bool(self.views) and all(view.is_ephemeral for view in self.views)

    @property
    def modal(self) -> Json | None:
        """The form it opened, as sent: `title`, `custom_id`, `components`."""
        return self.interaction.modal

    @property
    def choices(self) -> list[Choice]:
        """Lines of an autocomplete answer."""
        return [Choice(name=str(c["name"]), value=c["value"]) for c in self.interaction.choices or []]

    async def until(self, what: str | Callable[[Answer], bool], *, within: float = 60.0) -> Answer:
        """Wait until the answer says a text or satisfies a check.

        Raises:
            NotInTime: If it does not within `within` seconds; with the text as it stands.
        """
        look = (lambda: what in self.text) if isinstance(what, str) else (lambda: what(self))
        await _until(self._core, look, lambda: self.text, within=within, what=f"answer to become {what!r}")
        return self


async def _until(
    core: Core, look: Callable[[], bool], read: Callable[[], str], *, within: float, what: str
) -> None:
    """Wait for it; what stands there instead is most of what somebody has to know who reads the error."""
    try:
        await core.world.changes.until(look, within=within, what=what)
    except NotInTime as exc:
        raise NotInTime(f"{exc}; it says {read()!r}") from None

"""Playing users: what a person does in a client, sent to the bot as interactions."""

from __future__ import annotations

from typing import Any

from bot.sandbox.answers import Answer, Button, Choice, Select, View
from bot.sandbox.client import Resolved, check_visible, find_command, find_leaf, option_data, raw_data
from bot.sandbox.components import ComponentType
from bot.sandbox.core import Core
from bot.sandbox.envelope import envelope
from bot.sandbox.errors import ClientRefused, NotInTime
from bot.sandbox.forms import fill
from bot.sandbox.model import Channel, ChannelType, Guild, Interaction, Json, Message, User
from bot.sandbox.routes_interactions import Callback

__all__ = ["Player"]

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
#: Seconds of real time in which a bot is expected to come to a final answer.
PATIENCE_S = 30.0
#: After "the message will be updated" (type 6), seconds to wait for an update that need not come.
UPDATE_QUIET_S = 1.0


class Player:
    """A person in a server (or, with `guild` `None`, in private with the bot).

    Every action waits until the bot's answer is final: a deferral until it is filled. Options named like Python words
    take an underscore (`from_`); `place`, `raw`, `within` and `wait` are ours. With `raw=True` nothing of the client's
    checks applies, as for a crafted request.
    """

    def __init__(self, core: Core, user: User, guild: Guild | None) -> None:
        self._core = core
        self.user = user
        self.guild = guild
        # Where commands are used unless a call says otherwise.
        self.channel: Channel | None = None
        # The application is installed for this user, not in the server: at most 5 followups.
        self.user_install_only = False

    @property
    def id(self) -> int:
        """User id."""
        return self.user.id

    async def slash(
        self,
        name: str,
        /,
        *,
        place: Channel | None = None,
        raw: bool = False,
        within: float = PATIENCE_S,
        wait: bool = True,
        **options: Any,
    ) -> Answer:
        """Use a slash command: `await user.slash("sources add", url="https://example.org/feed")`.

        Args:
            name: Command, then group and subcommand, separated by spaces.
            place: Where; otherwise `self.channel`, otherwise the first text channel.
            raw: Send it without the client's checks.
            within: Seconds of real time until the final answer.
            wait: `False` returns at once, with an answer still to come.
            options: By name. Users, channels and roles as records or ids.

        Raises:
            ClientRefused: If the client would not send it.
            NotInTime: If there is no final answer in time.
        """
        where = self._place(place)
        data = self._command_data(name, options, where, raw=raw)
        answer = await self._send(COMMAND, data, where, command=name)
        return await self._final(answer, f"/{name}", within) if wait else answer

    async def autocomplete(
        self,
        name: str,
        option: str,
        typed: str = "",
        /,
        *,
        place: Channel | None = None,
        raw: bool = False,
        within: float = PATIENCE_S,
        **others: Any,
    ) -> list[Choice]:
        """What the client lists while `typed` stands in an option; `others` are options filled before."""
        where = self._place(place)
        values = {**others, option: typed}
        data = self._command_data(name, values, where, raw=raw, focused=option)
        answer = await self._send(AUTOCOMPLETE, data, where, command=name)
        return (await self._final(answer, f"/{name} {option}:{typed}", within)).choices

    async def click(
        self,
        target: Answer | View | Message,
        button: str,
        /,
        *,
        raw: bool = False,
        within: float = PATIENCE_S,
    ) -> Answer:
        """Press a button, named by its label or custom_id.

        Raises:
            ClientRefused: If there is no such button, it is disabled or a link, or the message is not for this user.
        """
        view, found = self._find(target, button, raw=raw)
        if isinstance(found, Select) or found.custom_id is None:
            raise ClientRefused(f"{button!r} is no button to press")
        data = {
            "custom_id": found.custom_id,
            "component_type": ComponentType.BUTTON,
            "id": found.component_id,
        }
        return await self._use(view, data, f"button {button!r}", within)

    async def craft(
        self,
        target: Answer | View | Message,
        custom_id: str,
        /,
        *,
        values: list[str] | None = None,
        within: float = PATIENCE_S,
        wait: bool = True,
    ) -> Answer:
        """Press something that is not on the message: any `custom_id`, with `values` as if it were a menu.

        No client does this; somebody with their own can, so what a button may do must be checked by the bot.
        """
        view = target.view if isinstance(target, Answer) else self._view(target)
        kind = ComponentType.BUTTON if values is None else ComponentType.STRING_SELECT
        data: Json = {"custom_id": custom_id, "component_type": kind, "id": 1}
        if values is not None:
            data["values"] = values
        where = self._core.world.channels[view.message.channel_id]
        answer = await self._send(COMPONENT, data, where, message=view.message)
        return await self._final(answer, f"crafted {custom_id!r}", within) if wait else answer

    async def select(
        self,
        target: Answer | View | Message,
        values: Any,
        /,
        *,
        menu: str | None = None,
        within: float = PATIENCE_S,
    ) -> Answer:
        """Choose in a menu: labels or values of options, or records for menus of users, roles, channels.

        `menu` names one of several by placeholder or custom_id; otherwise the first is used.
        """
        view, found = self._find(target, menu)
        if isinstance(found, Button):
            raise ClientRefused(f"{menu!r} is a button")
        chosen = values if isinstance(values, (list, tuple)) else [values]
        resolved = Resolved(self._core, self.guild, self.user)
        data: Json = {"custom_id": found.custom_id, "component_type": found.kind, "id": found.component_id}
        data["values"] = [self._option(found, value, resolved) for value in chosen]
        # With an empty `resolved` the library takes the menu for one of records and finds no values.
        if resolved.data:
            data["resolved"] = resolved.data
        return await self._use(view, data, f"menu {found.custom_id!r}", within)

    async def submit(
        self,
        answer: Answer,
        values: dict[str, Any] | None = None,
        /,
        *,
        within: float = PATIENCE_S,
        **more: Any,
    ) -> Answer:
        """Fill in and send the form an answer opened; fields by label or custom_id, others keep their value.

        Raises:
            ClientRefused: If a field does not exist, or breaks its own limits.
        """
        modal = answer.modal
        if modal is None:
            raise ClientRefused(f"there is no form to send, the answer is {answer.kind!r}")
        filled = fill(modal, {**(values or {}), **more})
        data = {"custom_id": modal["custom_id"], "components": filled}
        place = self._core.world.channels[answer.interaction.channel_id]
        message = self._core.world.messages.get(answer.interaction.message_id or 0)
        sent = await self._send(MODAL, data, place, message=message)
        return await self._final(sent, f"form {modal['title']!r}", within)

    async def say(self, text: str, *, place: Channel | None = None) -> View:
        """Write a plain message."""
        where = self._place(place)
        world = self._core.world
        message = Message(
            id=world.new_id(),
            channel_id=where.id,
            author=self.user,
            created_at=world.clock.now(),
            content=text,
        )
        if f"<@{world.bot.id}>" in text:
            message.pinged_users = [world.bot.id]
        world.messages[message.id] = message
        where.last_message_id = message.id
        await self._core.gateway.message_event("MESSAGE_CREATE", message)
        return View(self._core, message)

    # How it is done

    def _place(self, channel: Channel | None) -> Channel:
        if channel is not None or self.channel is not None:
            return channel or self.channel  # type: ignore[return-value]
        if self.guild is None:
            return self._core.world.private_channel(self.user)
        for channel_id in self.guild.channel_ids:
            found = self._core.world.channels[channel_id]
            if found.type == ChannelType.TEXT:
                return found
        raise ClientRefused(f"{self.guild.name} has no text channel")

    def _command_data(
        self, name: str, options: dict[str, Any], place: Channel, *, raw: bool, focused: str | None = None
    ) -> Json:
        first, *words = name.strip("/").split()
        values = {key.removesuffix("_"): value for key, value in options.items()}
        resolved = Resolved(self._core, self.guild, self.user)
        try:
            command = find_command(self._core, first, self.guild)
        except ClientRefused:
            if not raw:
                raise
            command = None
        if raw or command is None:
            steps, data = raw_data(words, values, resolved, focused=focused)
        else:
            check_visible(self._core, command, self.guild, self.user, place)
            steps, registered = find_leaf(command, words)
            data = option_data(registered, values, resolved, focused=focused)
        for kind, word in reversed(steps):
            data = [{"type": kind, "name": word, "options": data}]
        made: Json = {
            "id": str(command.id if command else self._core.world.new_id()),
            "name": first,
            "type": 1,
        }
        made["options"] = data
        if command is not None and command.guild_id is not None:
            made["guild_id"] = str(command.guild_id)
        if resolved.data:
            made["resolved"] = resolved.data
        return made

    def _find(
        self, target: Answer | View | Message, name: str | None, *, raw: bool = False
    ) -> tuple[View, Button | Select]:
        views = target.views if isinstance(target, Answer) else [self._view(target)]
        known: list[str] = []
        for view in views:
            if view.is_ephemeral and view.message.seen_by != self.id and not raw:
                raise ClientRefused("the message is private to somebody else")
            controls: list[Button | Select] = (
                [*view.selects] if name is None else [*view.buttons, *view.selects]
            )
            for control in controls:
                label = control.label if isinstance(control, Button) else control.placeholder
                known.append(label or str(control.custom_id))
                if name is not None and name not in (label, control.custom_id):
                    continue
                if control.is_disabled and not raw:
                    raise ClientRefused(f"{name!r} is disabled")
                return view, control
        raise ClientRefused(f"no control {name!r}; there are: {', '.join(known) or 'none'}")

    def _view(self, target: View | Message) -> View:
        return target if isinstance(target, View) else View(self._core, target)

    def _option(self, select: Select, value: Any, resolved: Resolved) -> str:
        if select.kind != ComponentType.STRING_SELECT:
            return resolved.add(value)
        for label, option in select.options:
            if value in (label, option):
                return option
        raise ClientRefused(f"{value!r} is no option of {[label for label, _ in select.options]}")

    async def _use(self, view: View, data: Json, what: str, within: float) -> Answer:
        place = self._core.world.channels[view.message.channel_id]
        answer = await self._send(COMPONENT, data, place, message=view.message)
        return await self._final(answer, what, within)

    async def _send(
        self,
        kind: int,
        data: Json,
        place: Channel,
        *,
        message: Message | None = None,
        command: str | None = None,
    ) -> Answer:
        world = self._core.world
        interaction = Interaction(
            id=world.new_id(),
            token=world.new_interaction_token(),
            type=kind,
            created_at=world.clock.now(),
            user=self.user,
            channel_id=place.id,
            guild_id=place.guild_id,
            message_id=message.id if message else None,
            command_name=command,
            user_install_only=self.user_install_only,
        )
        world.add_interaction(interaction)
        event = envelope(self._core, interaction, data, place, message)
        if not await self._core.gateway.emit("INTERACTION_CREATE", event, guild_id=place.guild_id):
            raise NotInTime("no session of the bot is there to take the interaction")
        return Answer(self._core, interaction)

    async def _final(self, answer: Answer, what: str, within: float) -> Answer:
        until, interaction = self._core.world.changes.until, answer.interaction
        await until(lambda: interaction.answered_with, within=within, what=f"{what}: first answer")
        if interaction.answered_with == Callback.DEFER:
            await until(
                lambda: answer.kind != "deferred", within=within, what=f"{what}: answer after the deferral"
            )
        elif interaction.answered_with == Callback.DEFER_UPDATE:
            quiet = min(within, UPDATE_QUIET_S)
            try:
                await until(
                    lambda: interaction.updated or interaction.followup_ids, within=quiet, what="update"
                )
            except NotInTime:
                # A promise of nothing: allowed, the client just stops the spinner.
                pass
        return answer

"""What a user's Discord client does with registered commands before anything reaches the bot.

It knows the commands, hides those a member may not see, checks options, and refuses the rest (`ClientRefused`).
"""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads, payloads_messages, permissions
from bot.sandbox.core import Core
from bot.sandbox.errors import ClientRefused
from bot.sandbox.model import Attachment, Channel, Command, Guild, Json, Role, User

__all__ = ["Resolved", "check_visible", "find_command", "find_leaf", "option_data", "raw_data"]

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11
SUBCOMMAND, GROUP = 1, 2
GUILD_CONTEXT, BOT_DM_CONTEXT = 0, 1


class Resolved:
    """Collects the records an interaction's `resolved` must bring for users, channels and roles in options."""

    def __init__(self, core: Core, guild: Guild | None, user: User) -> None:
        self._core, self._guild, self._user = core, guild, user
        self.data: Json = {}

    def add(self, value: object) -> str:
        """Register a record and give its id; anything else is taken for an id of a user, channel or role."""
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
            value = self._look_up(int(value))
        if isinstance(value, Channel):
            self._put("channels", value.id, self._channel(value))
        elif isinstance(value, Role):
            self._put("roles", value.id, payloads.role(value))
        elif isinstance(value, Attachment):
            # Its address needs no channel: the file belongs to this one use of a command.
            shown_file = payloads_messages.attachment(value, channel_id=0, cdn=self._core.cdn)
            self._put("attachments", value.id, shown_file)
        elif isinstance(value, User):
            self._put("users", value.id, payloads.user(value))
            member = self._guild.members.get(value.id) if self._guild else None
            if member is not None:
                shown = payloads.member(member, permission_bits=permissions.compute(self._guild, value.id))  # type: ignore[arg-type]
                shown.pop("user")
                self._put("members", value.id, shown)
        else:
            raise ClientRefused(f"not a user, channel, role or file: {value!r}")
        return str(value.id)

    def _look_up(self, number: int) -> object:
        world = self._core.world
        role = self._guild.roles.get(number) if self._guild else None
        return world.users.get(number) or world.channels.get(number) or role

    def _channel(self, channel: Channel) -> Json:
        return {
            **payloads.channel(channel),
            "permissions": str(self._core.world.bits(self._user.id, channel)),
        }

    def _put(self, kind: str, number: int, data: Json) -> None:
        self.data.setdefault(kind, {})[str(number)] = data


def find_command(core: Core, name: str, guild: Guild | None, *, type: int = 1) -> Command:
    """The registered command a client would offer here; one of the guild goes before a global one.

    Raises:
        ClientRefused: If it was never synced.
    """
    scopes = [guild.id, None] if guild is not None else [None]
    for scope in scopes:
        for command in core.world.commands_of(scope):
            if command.name == name and command.type == type:
                return command
    known = sorted({command.name for command in core.world.commands.values()})
    raise ClientRefused(f"/{name} is not registered; known: {', '.join(known) or 'none'}")


def check_visible(core: Core, command: Command, guild: Guild | None, user: User, channel: Channel) -> None:
    """Refuse what the client would hide: rights, contexts, and the right to use commands at all.

    Raises:
        ClientRefused: With the reason.
    """
    contexts = command.body.get("contexts")
    context = BOT_DM_CONTEXT if guild is None else GUILD_CONTEXT
    if (contexts is not None and context not in contexts) or (
        guild is None and command.body.get("dm_permission") is False
    ):
        raise ClientRefused(f"/{command.name} is not offered in this context")
    if guild is None:
        return
    bits = core.world.bits(user.id, channel)
    if (
        not bits & permissions.Permission.USE_APPLICATION_COMMANDS
        or not bits & permissions.Permission.VIEW_CHANNEL
    ):
        raise ClientRefused(f"{user.username} may not use commands in #{channel.name}")
    needed = command.body.get("default_member_permissions")
    if needed is not None:
        # "0" hides it from all but administrators.
        wanted = int(needed) or permissions.Permission.ADMINISTRATOR
        if bits & wanted != wanted:
            raise ClientRefused(f"/{command.name} is hidden from {user.username}")


def find_leaf(command: Command, words: list[str]) -> tuple[list[tuple[int, str]], list[Json]]:
    """Follow group and subcommand names.

    Returns:
        The (type, name) steps below the command, and the options of its last one.

    Raises:
        ClientRefused: If a word names nothing, or one is missing.
    """
    steps: list[tuple[int, str]] = []
    options: list[Json] = command.body.get("options") or []
    for word in words:
        found = next(
            (o for o in options if o.get("name") == word and o.get("type") in (SUBCOMMAND, GROUP)), None
        )
        if found is None:
            known = ", ".join(str(o.get("name")) for o in options)
            raise ClientRefused(f"/{command.name}: no subcommand {word!r}; known: {known}")
        steps.append((int(found["type"]), word))
        options = found.get("options") or []
    if any(option.get("type") in (SUBCOMMAND, GROUP) for option in options):
        raise ClientRefused(f"/{command.name} {' '.join(words)}: a subcommand is missing")
    return steps, options


def option_data(
    registered: list[Json], values: dict[str, Any], resolved: Resolved, *, focused: str | None = None
) -> list[Json]:
    """Option values as a client sends them, checked against what is registered.

    Args:
        registered: Options of the command or subcommand.
        values: By name; `None` leaves an option out. A choice may be given by its name or its value.
        resolved: Takes users, channels and roles.
        focused: For autocomplete: the option being typed; required ones may then be missing.

    Raises:
        ClientRefused: If Discord's client would not send it.
    """
    by_name = {str(option["name"]): option for option in registered}
    given = {name: value for name, value in values.items() if value is not None}
    unknown = sorted(set(given) - set(by_name))
    if unknown:
        raise ClientRefused(f"no option {', '.join(unknown)}; known: {', '.join(by_name) or 'none'}")
    missing = [name for name, option in by_name.items() if option.get("required") and name not in given]
    if missing and focused is None:
        raise ClientRefused(f"required option missing: {', '.join(missing)}")
    made = []
    for name, value in given.items():
        option = by_name[name]
        entry: Json = {"name": name, "type": int(option["type"])}
        if name == focused:
            # What is being typed is sent as it is, a string even for numbers.
            entry |= {"value": str(value), "focused": True}
        else:
            entry["value"] = _value(option, value, resolved)
        made.append(entry)
    return made


def _value(option: Json, value: Any, resolved: Resolved) -> Any:
    kind, name = int(option["type"]), option["name"]
    if (kind == ATTACHMENT) is not isinstance(value, Attachment):
        raise ClientRefused(f"{name}: {value!r} has the wrong type")
    if kind in (USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT):
        return resolved.add(value)
    choices = option.get("choices") or []
    if choices:
        for choice in choices:
            if value in (choice["value"], choice["name"]):
                return choice["value"]
        raise ClientRefused(f"{name}: {value!r} is no choice of {[choice['name'] for choice in choices]}")
    wanted: dict[int, tuple[type, ...]] = {
        STRING: (str,),
        INTEGER: (int,),
        BOOLEAN: (bool,),
        NUMBER: (int, float),
    }
    if kind in wanted and (
        not isinstance(value, wanted[kind]) or (kind != BOOLEAN and isinstance(value, bool))
    ):
        raise ClientRefused(f"{name}: {value!r} has the wrong type")
    if kind == STRING:
        # A client sends at most 6,000 characters (Discord reference, option "max_length").
        low, high = int(option.get("min_length") or 0), int(option.get("max_length") or 6000)
        if not low <= len(value) <= high:
            raise ClientRefused(f"{name}: {len(value)} characters, allowed are {low} to {high}")
    if kind in (INTEGER, NUMBER):
        low_value, high_value = option.get("min_value"), option.get("max_value")
        if (low_value is not None and value < low_value) or (high_value is not None and value > high_value):
            raise ClientRefused(f"{name}: {value} is outside {low_value} to {high_value}")
    return value


def raw_data(
    words: list[str], values: dict[str, Any], resolved: Resolved, *, focused: str | None = None
) -> tuple[list[tuple[int, str]], list[Json]]:
    """What somebody without a proper client can send: no check, option types taken from the values."""
    steps = [(GROUP if index < len(words) - 1 else SUBCOMMAND, word) for index, word in enumerate(words)]
    made: list[Json] = []
    for name, value in values.items():
        if isinstance(value, (Channel, Role, User, Attachment)):
            kind = {Channel: CHANNEL, Role: ROLE, User: USER, Attachment: ATTACHMENT}[type(value)]
            made.append({"name": name, "type": kind, "value": resolved.add(value)})
            continue
        kinds = {bool: BOOLEAN, int: INTEGER, float: NUMBER}
        entry: Json = {"name": name, "type": kinds.get(type(value), STRING), "value": value}
        made.append({**entry, "focused": True} if name == focused else entry)
    return steps, made

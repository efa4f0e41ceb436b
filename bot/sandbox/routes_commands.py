"""Routes that register application commands, globally and per guild."""

from __future__ import annotations

from bot.sandbox import payloads
from bot.sandbox.compose import refuse
from bot.sandbox.core import Core, Reply, Route
from bot.sandbox.errors import ApiError
from bot.sandbox.model import Command, Json
from bot.sandbox.record import Call
from bot.sandbox.rules_commands import check_set

__all__ = ["ROUTES"]

DAY_S = 86_400.0


def _scope(core: Core, call: Call) -> int | None:
    """The guild of the request, or `None` for global commands.

    Raises:
        ApiError: 50001 for another application's commands; 10004 or 50001 for the guild.
    """
    if call.id("application_id") != core.world.application_id:
        raise ApiError(50001)
    if "guild_id" not in call.ids:
        return None
    return core.world.guild(call.id("guild_id")).id


def _key(body: Json) -> tuple[int, str]:
    return int(body.get("type") or 1), str(body.get("name"))


def _count_create(core: Core, scope: int | None) -> None:
    now = core.world.clock.now()
    times = core.world.command_creates.setdefault(str(scope or "global"), [])
    times[:] = [at for at in times if now - at < DAY_S]
    if len(times) >= core.settings.command_creates_per_day:
        raise ApiError(30034)
    times.append(now)


def _register(core: Core, scope: int | None, body: Json, existing: Command | None) -> Command:
    """Store one body: the id stays while name and type stay, the version moves when anything changed."""
    world = core.world
    if existing is None:
        _count_create(core, scope)
        command = Command(id=world.new_id(), version=world.new_id(), guild_id=scope, body=body)
        world.commands[command.id] = command
        return command
    if existing.body != body:
        existing.body = body
        existing.version = world.new_id()
    return existing


async def _list(core: Core, call: Call) -> Reply:
    commands = core.world.commands_of(_scope(core, call))
    return Reply(body=[payloads.command(core.world, command) for command in commands])


async def _replace_all(core: Core, call: Call) -> Reply:
    scope = _scope(core, call)
    bodies: list[Json] = call.body or []
    refuse(core, call, check_set(bodies))
    old = {_key(command.body): command for command in core.world.commands_of(scope)}
    made = [_register(core, scope, body, old.get(_key(body))) for body in bodies]
    kept = {command.id for command in made}
    for command in old.values():
        if command.id not in kept:
            del core.world.commands[command.id]
    core.world.changes.notify()
    return Reply(body=[payloads.command(core.world, command) for command in made])


async def _create(core: Core, call: Call) -> Reply:
    scope = _scope(core, call)
    body: Json = call.body or {}
    others = [command for command in core.world.commands_of(scope) if _key(command.body) != _key(body)]
    refuse(core, call, check_set([*(command.body for command in others), body]))
    existing = next((c for c in core.world.commands_of(scope) if _key(c.body) == _key(body)), None)
    command = _register(core, scope, body, existing)
    return Reply(status=200 if existing else 201, body=payloads.command(core.world, command))


def _one(core: Core, call: Call) -> Command:
    scope = _scope(core, call)
    command = core.world.commands.get(call.id("command_id"))
    if command is None or command.guild_id != scope:
        raise ApiError(10063)
    return command


async def _read(core: Core, call: Call) -> Reply:
    return Reply(body=payloads.command(core.world, _one(core, call)))


async def _edit(core: Core, call: Call) -> Reply:
    command = _one(core, call)
    body = {**command.body, **(call.body or {})}
    others = [item for item in core.world.commands_of(command.guild_id) if item.id != command.id]
    refuse(core, call, check_set([*(item.body for item in others), body]))
    return Reply(body=payloads.command(core.world, _register(core, command.guild_id, body, command)))


async def _delete(core: Core, call: Call) -> Reply:
    del core.world.commands[_one(core, call).id]
    return Reply(status=204)


def _routes(base: str) -> tuple[Route, ...]:
    return (
        Route(method="GET", template=base, handler=_list),
        Route(method="PUT", template=base, handler=_replace_all),
        Route(method="POST", template=base, handler=_create),
        Route(method="GET", template=base + "/{command_id}", handler=_read),
        Route(method="PATCH", template=base + "/{command_id}", handler=_edit),
        Route(method="DELETE", template=base + "/{command_id}", handler=_delete),
    )


ROUTES: tuple[Route, ...] = (
    *_routes("/applications/{application_id}/commands"),
    *_routes("/applications/{application_id}/guilds/{guild_id}/commands"),
)

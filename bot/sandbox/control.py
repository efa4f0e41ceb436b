"""The hand on the double: build the world, arrange faults, disturb the gateway, wait, and read the record."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox import payloads, permissions
from bot.sandbox.answers import View
from bot.sandbox.clock import Clock
from bot.sandbox.connection import Op
from bot.sandbox.core import Core, Judge, Settings
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.gateway import Gateway
from bot.sandbox.model import Channel, ChannelType, Guild, Overwrite, Role
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.record import Call, Record
from bot.sandbox.rest import Rest
from bot.sandbox.stage import Stage
from bot.sandbox.users import Player
from bot.sandbox.world import World

__all__ = ["CREATE_MESSAGE", "Control"]

#: Pattern for faults that hit posting.
CREATE_MESSAGE = "POST /channels/*/messages"


class Control:
    """Everything a test does to the double. `world`, `faults`, `limits`, `record`, `gateway` are open for the rest."""

    def __init__(
        self,
        *,
        token: str = "loopback-token",  # noqa: S107, it opens nothing but this double
        bot_name: str = "sitrep",
        judge: Judge | None = None,
        settings: Settings | None = None,
        offset_s: float = 0.0,
    ) -> None:
        world = World(token=token, bot_name=bot_name, offset_s=offset_s)
        self.core = Core(
            world=world,
            settings=settings or Settings(),
            record=Record(),
            faults=Faults(),
            limits=RateLimits(),
            judge=judge,
        )
        self._gateway = Gateway(self.core)
        self.core.gateway = self._gateway
        # Everybody added so far, oldest first.
        self.players: list[Player] = []
        # Who keeps the bot's process, when that is done from here.
        self.stage: Stage | None = None
        self.rest = Rest(self.core)

    @property
    def world(self) -> World:
        """The state."""
        return self.core.world

    @property
    def settings(self) -> Settings:
        """Figures that may be turned."""
        return self.core.settings

    @property
    def gateway(self) -> Gateway:
        """Sessions and connections."""
        return self._gateway

    @property
    def faults(self) -> Faults:
        """Arranged faults."""
        return self.core.faults

    @property
    def limits(self) -> RateLimits:
        """Rate limits."""
        return self.core.limits

    @property
    def record(self) -> Record:
        """All calls and problems."""
        return self.core.record

    @property
    def clock(self) -> Clock:
        """The world's clock; `clock.advance(seconds)` lets time pass."""
        return self.core.world.clock

    @property
    def token(self) -> str:
        """The bot token the double takes."""
        return self.core.world.token

    # The world

    def add_guild(
        self,
        name: str = "Newsroom",
        *,
        bot_permissions: str | int = permissions.BOT_DEFAULT,
        locale: str = "en-US",
        has_bot: bool = True,
    ) -> Guild:
        """A server with the bot in it; before the bot connects, or `await announce(guild)` afterwards."""
        bits = permissions.parse(bot_permissions)
        return self.world.add_guild(name, bot_permissions=bits, locale=locale, has_bot=has_bot)

    def add_channel(
        self, guild: Guild, name: str = "news", *, type: int = ChannelType.TEXT, id: int | None = None
    ) -> Channel:
        """A channel; see `ChannelType` for forums and announcement channels."""
        return self.world.add_channel(guild, name, type=type, id=id)

    def add_forum(
        self, guild: Guild, name: str = "reports", *, tags: tuple[str, ...] = (), tag_required: bool = False
    ) -> Channel:
        """A forum with tags; their ids are in `channel.tags`."""
        channel = self.world.add_channel(guild, name, type=ChannelType.FORUM)
        channel.tag_required = tag_required
        channel.tags = [
            {
                "id": str(self.world.new_id()),
                "name": tag,
                "moderated": False,
                "emoji_id": None,
                "emoji_name": None,
            }
            for tag in tags
        ]
        return channel

    def add_user(
        self,
        name: str = "reader",
        guild: Guild | None = None,
        *,
        can: str | int = 0,
        locale: str = "en-US",
        roles: tuple[Role, ...] = (),
    ) -> Player:
        """A person; in a guild with the rights of every member and those in `can` (`"manage_guild"`)."""
        user = self.world.add_user(name, locale=locale)
        if guild is not None:
            ids = [role.id for role in roles]
            bits = permissions.parse(can)
            if bits:
                ids.append(self.world.add_role(guild, f"rights-of-{name}", permissions=bits).id)
            self.world.add_member(guild, user, *ids)
        self.players.append(Player(self.core, user, guild))
        return self.players[-1]

    def add_newsroom(self) -> Guild:
        """A server to start with: channels news, wire (announcements) and reports (forum); users reader and admin."""
        guild = self.add_guild("Newsroom")
        self.add_channel(guild, "news")
        self.add_channel(guild, "wire", type=ChannelType.ANNOUNCEMENT)
        self.add_forum(guild, "reports", tags=("conflict", "update"))
        self.add_user("reader", guild)
        self.add_user("admin", guild, can="manage_guild")
        return guild

    def in_private(self, player: Player) -> Player:
        """The same person, using the bot in their private channel with it."""
        return Player(self.core, player.user, None)

    def in_guild(self, player: Player, guild: Guild) -> Player:
        """The same person in another server, which they join if needed."""
        if player.id not in guild.members:
            self.world.add_member(guild, player.user)
        return Player(self.core, player.user, guild)

    async def announce(self, made: Guild | Channel) -> None:
        """Let a guild or channel made while the bot runs reach it."""
        if isinstance(made, Channel):
            await self.gateway.emit("CHANNEL_CREATE", payloads.channel(made), guild_id=made.guild_id)
        else:
            await self.gateway.emit("GUILD_CREATE", payloads.guild_create(self.world, made), guild_id=made.id)

    async def remove_guild(self, guild: Guild) -> None:
        """The bot is thrown out of a server."""
        guild.has_bot = False
        guild.members.pop(self.world.bot.id, None)
        await self.gateway.emit("GUILD_DELETE", {"id": str(guild.id)}, guild_id=guild.id)

    async def remove_channel(self, channel: Channel) -> None:
        """A channel is deleted."""
        await self.gateway.remove_channel(channel)

    async def remove_role(self, guild: Guild, role: Role) -> None:
        """A role is deleted."""
        guild.roles.pop(role.id, None)
        for member in guild.members.values():
            member.role_ids = [one for one in member.role_ids if one != role.id]
        data = {"guild_id": str(guild.id), "role_id": str(role.id)}
        await self.gateway.emit("GUILD_ROLE_DELETE", data, guild_id=guild.id)

    async def set_bot_permissions(self, guild: Guild, bits: str | int) -> None:
        """Change what the bot's role may do; it always sees channels, unless `deny` takes that."""
        role = self.world.bot_role(guild)
        role.permissions = permissions.parse(bits)
        data = {"guild_id": str(guild.id), "role": payloads.role(role)}
        await self.gateway.emit("GUILD_ROLE_UPDATE", data, guild_id=guild.id)

    async def deny(self, channel: Channel, bits: str | int) -> None:
        """Take rights from the bot in one channel (50013, or 50001 without `view_channel`)."""
        bot_id = self.world.bot.id
        channel.overwrites = [item for item in channel.overwrites if item.target_id != bot_id]
        channel.overwrites.append(Overwrite(target_id=bot_id, kind=1, deny=permissions.parse(bits)))
        await self.gateway.emit("CHANNEL_UPDATE", payloads.channel(channel), guild_id=channel.guild_id)

    async def delete_message(self, view: View) -> None:
        """A moderator removes a message."""
        view.message.deleted = True
        await self.gateway.message_event("MESSAGE_DELETE", view.message)

    def messages(self, channel: Channel) -> list[View]:
        """What stands in a channel for everybody, oldest first."""
        return [View(self.core, message) for message in self.world.channel_messages(channel.id)]

    def private_messages(self, player: Player) -> list[View]:
        """What the bot and a person wrote each other."""
        return self.messages(self.world.private_channel(player.user))

    def threads(self, channel: Channel) -> list[Channel]:
        """Threads and posts under a channel."""
        return [
            item for item in self.world.channels.values() if item.is_thread and item.parent_id == channel.id
        ]

    # Faults of REST; routes are patterns such as CREATE_MESSAGE or "*"

    def rate_limit(
        self, route: str = "*", *, scope: str = "user", retry_after_s: float = 0.2, times: int = 1
    ) -> Fault:
        """429 of scope `user`, `global` or `shared`."""
        return self.faults.add(
            Fault(
                kind=FaultKind.RATE_LIMIT, route=route, scope=scope, retry_after_s=retry_after_s, times=times
            )
        )

    def cloudflare(self, route: str = "*", *, times: int = 1) -> Fault:
        """429 of the proxy in front of Discord, as plain text."""
        return self.faults.add(Fault(kind=FaultKind.CLOUDFLARE, route=route, times=times))

    def fail(
        self, route: str = "*", *, status: int = 500, times: int = 1, after: bool = False, skip: int = 0
    ) -> Fault:
        """A server error; with `after` the request took effect all the same."""
        return self.faults.add(
            Fault(kind=FaultKind.STATUS, route=route, status=status, times=times, after=after, skip=skip)
        )

    def refuse(self, route: str, code: int, *, times: int = 1) -> Fault:
        """An error by number, e.g. 10003, 50001, 50013, 160005."""
        return self.faults.add(Fault(kind=FaultKind.REFUSE, route=route, code=code, times=times))

    def hang(self, route: str = "*", *, seconds: float, times: int = 1, after: bool = False) -> Fault:
        """No answer for a while, then it takes effect, even if the client has gone by then.

        With `after` it takes effect first and the answer never comes.
        """
        return self.faults.add(
            Fault(kind=FaultKind.HANG, route=route, seconds=seconds, times=times, after=after)
        )

    def reset(self, route: str = "*", *, after: bool = False, times: int = 1, skip: int = 0) -> Fault:
        """Connection cut; with `after` the request took effect and only the reply is lost."""
        return self.faults.add(Fault(kind=FaultKind.RESET, route=route, after=after, times=times, skip=skip))

    def forget_nonces(self) -> None:
        """As if the few minutes of `enforce_nonce` had passed."""
        self.world.nonces.clear()

    # Faults of the gateway

    async def reconnect(self) -> None:
        """Ask every connection to come back (operation 7)."""
        await self.gateway.send_all(Op.RECONNECT, None)

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell every connection that its session is invalid (operation 9)."""
        if not resumable:
            self.gateway.forget_sessions()
        await self.gateway.send_all(Op.INVALID_SESSION, resumable)

    async def ask_heartbeat(self) -> None:
        """Ask every connection for a heartbeat now (operation 1)."""
        await self.gateway.send_all(Op.HEARTBEAT, None)

    # Waiting and checking

    async def until(
        self, look: Callable[[], object], *, within: float = 30.0, what: str = "condition"
    ) -> None:
        """Wait until something holds; looked at after every call and event.

        Raises:
            NotInTime: If it does not within `within` seconds.
        """
        await self.world.changes.until(look, within=within, what=what)

    async def ready(self, *, sessions: int = 1, within: float = 30.0) -> None:
        """Wait until the bot has so many live sessions, each with all its guilds."""
        look = self.gateway.live_sessions
        await self.until(
            lambda: len(look()) >= sessions, within=within, what=f"{sessions} session(s) of the bot"
        )

    async def synced(self, name: str, *, within: float = 30.0) -> None:
        """Wait until a command is registered."""
        names = self.world.commands
        await self.until(
            lambda: any(command.name == name for command in names.values()),
            within=within,
            what=f"/{name} registered",
        )

    async def posted(self, channel: Channel, count: int = 1, *, within: float = 30.0) -> list[View]:
        """Wait for so many messages in a channel, and give them."""
        what = f"{count} message(s) in #{channel.name}"
        await self.until(lambda: len(self.messages(channel)) >= count, within=within, what=what)
        return self.messages(channel)

    @property
    def calls(self) -> list[Call]:
        """REST calls, oldest first."""
        return self.record.calls

    @property
    def problems(self) -> list[str]:
        """Everything wrong so far: unknown routes, refused requests, replies that break the contract."""
        return self.record.problems

    def take_problems(self) -> list[str]:
        """The problems, which are forgotten: for tests that provoke them."""
        return self.record.take_problems()

    def check(self) -> None:
        """Fail loudly if anything was wrong.

        Raises:
            AssertionError: With all problems.
        """
        if self.problems:
            raise AssertionError("the loopback Discord saw problems:\n" + "\n".join(self.problems))

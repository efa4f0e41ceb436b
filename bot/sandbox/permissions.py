"""Permission bits and the sum Discord makes of roles and overwrites (Discord topic "Permissions")."""

from __future__ import annotations

from bot.sandbox.model import Channel, Guild, Overwrite

__all__ = [
    "ALL",
    "BOT_DEFAULT",
    "EVERYONE_DEFAULT",
    "MEMBER_DEFAULT",
    "NAMES",
    "Permission",
    "compute",
    "parse",
]


class Permission:
    """The bits the double knows by name."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


NAMES: dict[str, int] = {
    name.lower(): value
    for name, value in vars(Permission).items()
    if isinstance(value, int) and name.isupper()
}
ALL = (1 << 53) - 1
#: Of @everyone. Little, because roles only add: what the bot may do is then said by its own role alone.
EVERYONE_DEFAULT = Permission.VIEW_CHANNEL | Permission.USE_APPLICATION_COMMANDS
#: Of people, through a role of theirs.
MEMBER_DEFAULT = (
    EVERYONE_DEFAULT
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
)
#: What an invitation of the bot would ask for.
BOT_DEFAULT = MEMBER_DEFAULT | Permission.MANAGE_THREADS


def parse(names: str | int) -> int:
    """Bits of `"manage_guild send_messages"` (any separator of spaces, commas or bars), or the integer itself.

    Raises:
        KeyError: If a name is not in `NAMES`.
    """
    if isinstance(names, int):
        return names
    total = 0
    for name in names.replace(",", " ").replace("|", " ").split():
        total |= NAMES[name.lower()]
    return total


def compute(guild: Guild, user_id: int, channel: Channel | None = None) -> int:
    """Bits a member has in a channel (of a thread: pass its parent), or in the guild if `channel` is `None`.

    Returns 0 for someone who is no member. The owner and administrators have everything.
    """
    member = guild.members.get(user_id)
    if member is None:
        return 0
    if guild.owner_id == user_id:
        return ALL
    bits = guild.roles[guild.id].permissions
    for role_id in member.role_ids:
        bits |= guild.roles[role_id].permissions
    if bits & Permission.ADMINISTRATOR:
        return ALL
    if channel is not None:
        bits = _overwritten(bits, channel.overwrites, guild.id, member.role_ids, user_id)
    return bits


def _overwritten(
    bits: int, overwrites: list[Overwrite], guild_id: int, role_ids: list[int], user_id: int
) -> int:
    for overwrite in overwrites:
        if overwrite.kind == 0 and overwrite.target_id == guild_id:
            bits = (bits & ~overwrite.deny) | overwrite.allow
    allow = deny = 0
    for overwrite in overwrites:
        if overwrite.kind == 0 and overwrite.target_id in role_ids:
            allow |= overwrite.allow
            deny |= overwrite.deny
    bits = (bits & ~deny) | allow
    for overwrite in overwrites:
        if overwrite.kind == 1 and overwrite.target_id == user_id:
            bits = (bits & ~overwrite.deny) | overwrite.allow
    return bits

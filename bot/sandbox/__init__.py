"""A Discord on this machine: REST and gateway over real sockets, for tests and for trying the bot without a server.

It knows nothing of the rest of this project and needs no Discord library; a bot is led to it by two addresses. Its
users are played (`Player`), its faults arranged (`Control`), and every call is on record. What it refuses, Discord
refuses too, as far as that is documented; where counting is open, it takes the stricter reading.
"""

from bot.sandbox.answers import Answer, Button, Choice, Select, View
from bot.sandbox.control import CREATE_MESSAGE, Control
from bot.sandbox.core import Judge, Settings
from bot.sandbox.errors import ApiError, ClientRefused, NotInTime, SandboxError
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.model import Channel, ChannelType, Guild, Message, Role, User
from bot.sandbox.record import Call
from bot.sandbox.server import LoopbackDiscord
from bot.sandbox.users import Player

__all__ = [
    "CREATE_MESSAGE",
    "Answer",
    "ApiError",
    "Button",
    "Call",
    "Channel",
    "ChannelType",
    "Choice",
    "ClientRefused",
    "Control",
    "Fault",
    "FaultKind",
    "Guild",
    "Judge",
    "LoopbackDiscord",
    "Message",
    "NotInTime",
    "Player",
    "Role",
    "SandboxError",
    "Select",
    "Settings",
    "User",
    "View",
]

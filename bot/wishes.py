"""The options of `/subscriptions add` and `edit`: how each is shown, read, and held against channel and role."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional

import discord
from discord import Interaction, app_commands

from bot.choices import Titled, choose, suggestions
from bot.config import Held, Quiet, Style, Subscription
from bot.errors import Refusal
from bot.places import Place, check_role, find_tags
from bot.render.limits import CHOICE_NAME, CHOICE_VALUE, length, shorten
from bot.subscribing import to_settings
from bot.timetable import find_zone, parse_days, parse_hours, parse_times, parse_words
from bot.tongue import say
from digests import LANGUAGES

#: Longest text of an option with words: twenty of sixty letters and what is between.
MAX_TEXT = 1300
#: What `edit` can take away, which no value says.
CLEARED: dict[str, dict[str, Any]] = {
    "topic": {"topics": (), "stories": ()},
    "without": {"without": ()},
    "role": {"role": None},
    "tags": {"tags": ()},
    "quiet_hours": {"quiet_hours": None},
    "language": {"language": None},
}
#: The choice of `language` that leaves it to the server.
SERVERS_OWN = "server"
#: From each option to the setting that it fills, and how it is read.
READ: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "at": ("times", parse_times),
    "days": ("days", parse_days),
    "zone": ("zone", find_zone),
    "topic": ("topics", parse_words),
    "without": ("without", parse_words),
    "style": ("style", lambda value: choose(Style, value).value),
    "size": ("size", int),
    "quiet": ("quiet", lambda value: choose(Quiet, value).value),
    "language": ("language", lambda value: read_language(value)),
    "quiet_hours": ("quiet_hours", parse_hours),
    "held": ("in_quiet_hours", lambda value: choose(Held, value).value),
    "late": ("late_hours", float),
    "crosspost": ("crosspost", bool),
    "tags": ("tags", parse_words),
}
Text = app_commands.Range[str, 1, MAX_TEXT]
Size = app_commands.Range[int, 1, 10]
Late = app_commands.Range[int, 0, 48]
#: What `add` and `edit` take alike, beside channel and times; each may be left out.
SHARED: Mapping[str, Any] = {
    "days": str,
    "zone": str,
    "topic": Text,
    "without": Text,
    "style": str,
    "size": Size,
    "quiet": str,
    "language": str,
    "quiet_hours": str,
    "held": str,
    "late": Late,
    "crosspost": bool,
    "tags": str,
}

STYLE_CHOICES = [
    app_commands.Choice(name="Cards: a message for each story", value=Style.CARD.value),
    app_commands.Choice(name="Brief: a few lines for each story", value=Style.BRIEF.value),
]
QUIET_CHOICES = [
    app_commands.Choice(name="Say so in one line", value=Quiet.LINE.value),
    app_commands.Choice(name="Post nothing", value=Quiet.SILENCE.value),
]
LANGUAGE_CHOICES = [
    app_commands.Choice(name="The server's own", value=SERVERS_OWN),
    *(app_commands.Choice(name=name, value=code) for code, name in LANGUAGES.items()),
]
HELD_CHOICES = [
    app_commands.Choice(name="Post it when they end", value=Held.WAIT.value),
    app_commands.Choice(name="Leave it out and say so", value=Held.SKIP.value),
]
CLEAR_CHOICES = [
    app_commands.Choice(name="Words to keep", value="topic"),
    app_commands.Choice(name="Words to leave out", value="without"),
    app_commands.Choice(name="Role to mention", value="role"),
    app_commands.Choice(name="Forum tags", value="tags"),
    app_commands.Choice(name="Quiet hours", value="quiet_hours"),
    app_commands.Choice(name="Language", value="language"),
]
CHOICES_OF = {
    "style": STYLE_CHOICES,
    "quiet": QUIET_CHOICES,
    "language": LANGUAGE_CHOICES,
    "held": HELD_CHOICES,
}
DESCRIPTIONS = {
    "channel": "Where: a text or announcement channel, a thread, or a forum",
    "at": "Times of day: 08:00, 18:30",
    "days": "mon-fri, or sat, sun; without it every day",
    "zone": "Time zone of the times, such as Europe/Berlin",
    "topic": "Only stories with one of these words, or these stories: ferry, Port Alder",
    "without": "No stories with one of these words, and none of these stories",
    "style": "Cards, or one brief message",
    "size": "Stories in one digest at most",
    "quiet": "What happens when nothing is new",
    "language": "Language of the digest; without it that of the server",
    "quiet_hours": "Hours of its zone in which nothing is posted: 22:00-07:00",
    "held": "What becomes of a digest that is due in the quiet hours",
    "late": "Hours after its time within which a missed digest is still posted; without it 3",
    "role": "A role to notify when there is news",
    "crosspost": "Announcement channel: pass each message on to its followers",
    "tags": "Forum: names of tags for each post",
}


def takes_shared(command: Callable[..., Any]) -> Any:
    """Let the command take `SHARED` too: the library reads the options from the signature, Python passes `**typed`."""
    signature = inspect.signature(command)
    own = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Optional[kind])  # noqa: UP045
        for name, kind in SHARED.items()
    ]
    vars(command)["__signature__"] = signature.replace(parameters=[*own, *shared])
    return command


def read_typed(**typed: Any) -> dict[str, Any]:
    """The settings that were typed, checked; nothing for what was left out. Raises Refusal."""
    found: dict[str, Any] = {}
    for option, value in typed.items():
        if value is not None:
            key, read = READ[option]
            found[key] = read(value)
    return found


def read_language(value: str) -> str | None:
    """A language of `LANGUAGES`; `None` for the server's own. Raises Refusal."""
    if value != SERVERS_OWN and value not in LANGUAGES:
        raise Refusal(say("One of the options has a value that it does not offer. Pick one of the list."))
    return None if value == SERVERS_OWN else value


async def put_in_place(
    interaction: Interaction[Any], wanted: dict[str, Any], place: Place | None, role: discord.Role | None
) -> list[str]:
    """Channel, role, tags and passing on, checked against each other; sentences that the admin should read."""
    warnings: list[str] = []
    if role is not None:
        warning = await check_role(interaction, place, role)
        warnings += [warning] if warning else []
        wanted["role"] = str(role.id)
    if place is None:
        return warnings
    wanted["channel"] = str(place.id)
    wanted["tags"] = find_tags(place, tuple(wanted.get("tags", ())))
    if wanted.get("crosspost") and not (isinstance(place, discord.TextChannel) and place.is_news()):
        raise Refusal(
            say(
                "Only announcement channels have followers; <#{id}> is none. Leave `crosspost` out.",
                id=place.id,
            )
        )
    return warnings


def leave_behind(wanted: dict[str, Any], changes: dict[str, Any], place: Place | None) -> None:
    """What belonged to the former channel alone, unless it was typed for the new one."""
    if "tags" not in changes and not isinstance(place, discord.ForumChannel):
        wanted["tags"] = ()
    if "crosspost" not in changes and not (isinstance(place, discord.TextChannel) and place.is_news()):
        wanted["crosspost"] = False


def told(wanted: Subscription) -> dict[str, object]:
    """What the log says of a digest."""
    settings = to_settings(wanted)
    return {key: value for key, value in settings.items() if key in ("channel", "times", "days", "zone")}


def difference(before: Subscription, after: Subscription) -> dict[str, object]:
    old, new = to_settings(before), to_settings(after)
    return {key: new[key] for key in new if new[key] != old[key]}


def suggest_words(typed: str, titles: Sequence[Titled]) -> list[app_commands.Choice[str]]:
    """Stories for the last of the typed words: picking one puts its id there; words of one's own stay possible."""
    before, _, last = typed.rpartition(",")
    kept = f"{before.strip()}, " if before.strip() else ""
    found = [
        app_commands.Choice(name=shorten(f"{kept}{one.name}", CHOICE_NAME), value=f"{kept}{one.value}")
        for one in suggestions(titles, last)
    ]
    return [choice for choice in found if length(choice.value) <= CHOICE_VALUE]


def with_titles(wanted: Subscription, titles: Sequence[Titled]) -> Subscription:
    """For showing only: stories by their title instead of their id."""
    known = dict(titles)

    def named(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"“{known[word]}”" if word in known else word for word in words)

    shown = {
        "topics": named(wanted.topics),
        "without": named(wanted.without),
        "stories": named(wanted.stories),
    }
    return wanted.model_copy(update=shown)

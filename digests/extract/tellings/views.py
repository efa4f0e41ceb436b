"""A sentence as the readers of incidents see it: tokens, names, triggers, days and places, and who is its subject.

`View` holds what stands in the sentence, `Telling` what one trigger's clause says of an incident.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.extract.tellings.agents import Agent, find_agents
from digests.extract.tellings.triggers import Form, Trigger, Words, find_triggers, lexicon, tokens
from digests.rules.gazetteer import GeoMatch
from digests.text.document import Document
from digests.types import DateMention, PlaceMention, Span

# Tokens between a trigger and what is read as its doer, day or place: a long clause of newspaper English.
REACH = 16
# Tokens between police or soldiers and their deed: further off they report it.
_OFFICERS_REACH = 3
# Tokens a noun phrase may have before its noun ("a series of well prepared and precisely aimed night strikes").
PHRASE = 9


@dataclass(slots=True)
class Telling:
    """One trigger and what its clause says; filled step by step, then read only."""

    kind: str
    form: Form
    span: Span
    sentence: int
    first: int
    last: int
    phrase: int
    actor: str | None = None
    against: str | None = None
    places: list[PlaceMention] = field(default_factory=list)
    days: tuple[dt.date, dt.date] | None = None
    day_is_exact: bool = False
    # "Friday's attack"
    is_named_by_day: bool = False
    # "On 3 May 2019 ..."
    has_year: bool = False
    # The words that tell the day, and how the telling was joined: what fits its incident, what parts it from others.
    day_words: Span | None = None
    joined: tuple[str, ...] = ()
    parted: tuple[tuple[Span, tuple[str, ...]], ...] = ()
    is_definite: bool = False
    is_other: bool = False
    # The reason or the backdrop of something else in its sentence: "in response to a bombing".
    is_side: bool = False
    # The weather in which something else happened: "a dam broke after days of heavy rain".
    is_weather: bool = False
    # Only the occasion of what is told: "he resigned over a fire".
    is_occasion: bool = False
    is_unreal: bool = False
    # "these strikes", "that attack": what was spoken of just before.
    is_near: bool = False
    # Such things in general, no certain one.
    is_loose: bool = False
    # "Elsewhere, ...", with a place: apart from what happened in another place.
    is_apart: bool = False
    # Of people who died, or were found, later than most: "two more died overnight".
    is_late: bool = False
    # A month without a year that nothing resolves: a time other than the news.
    is_of_some_month: bool = False
    # When a court had it, told as a thing not yet known: "a man was jailed last year over a fire that killed four".
    tried: tuple[dt.date, dt.date] | None = None
    # Its sentence names two sides that may have fought each other.
    is_mutual: bool = False
    # States that speak against it or suffered it, so did not do it.
    not_by: tuple[str, ...] = ()


# Not frozen: that would triple the cost of making one, and there is one for each sentence that tells of something.
@dataclass(slots=True)
class View:
    """A sentence as the readers of this module see it; only to be read."""

    index: int
    span: Span
    words: Words
    # The words in lower case.
    lows: Sequence[str]
    triggers: tuple[Trigger, ...]
    agents: tuple[Agent, ...]
    names: Sequence[GeoMatch]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    # Bare "strikes" in this text are walkouts.
    is_walkout: bool = False

    def token_at(self, offset: int) -> int:
        """The index of the token that holds or follows an offset."""
        return max(0, bisect.bisect_right(self.words.starts, offset) - 1)


def make_view(
    document: Document,
    index: int,
    span: Span,
    *,
    names: Sequence[GeoMatch],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    is_walkout: bool = False,
) -> View:
    """Read sentence number `index`, or the piece `span` of it; names, dates and places are those that lie in it."""
    words = tokens(document.folded, span.start, span.end)
    triggers = find_triggers(words.lows)
    return View(
        index=index,
        span=span,
        words=words,
        lows=words.lows,
        triggers=triggers,
        # Half of the sentences that may tell of something tell of nothing: nobody asks who did it.
        agents=find_agents(words, names) if triggers else (),
        names=names,
        dates=tuple(dates),
        places=tuple(places),
        is_walkout=is_walkout,
    )


def subject_before(view: View, at: int, *, floor: int = 0) -> Agent | None:
    """The agent that a verb at token `at` has as its subject; "its forces" go back to the state named before."""
    lex = lexicon()
    wants_state = False
    for agent in reversed(view.agents):
        if agent.last >= at:
            continue
        if at - agent.last > REACH or agent.first < floor:
            return None
        before = _word_before(view, agent)
        if wants_state and not agent.is_state:
            continue
        if not wants_state and before in ("its", "their") and not agent.is_state:
            wants_state = True
            continue
        if only_describes(view, agent) or (not agent.is_state and _is_at(view, agent)):
            continue
        behind = next_word(view, agent.last)
        if behind in ("'s", "'") and not agent.is_state and view.lows[agent.last].endswith("s"):
            # "They stole villagers' property and kidnapped nine."
            continue
        if not agent.is_place and behind in lex.words["of_bodies"]:
            # "an army psychiatrist who killed 13"
            continue
        if (
            agent.is_place
            and before in lex.words["prepositions"]
            and before not in ("and", "but", "when", "while", "as", "that", "after", "before", "because")
        ):
            if before == "by" and view.lows[agent.first - 2] in ("statement", "report"):
                return agent
            continue
        if not agent.is_place and before in lex.words["object_leads"]:
            # "They threw stones at police and torched cars."
            continue
        between = view.lows[agent.last + 1 : at]
        if any(word in ";:" for word in between):
            return None
        if not wants_state and _only_says(between, agent):
            return None
        return agent
    return None


def only_describes(view: View, agent: Agent) -> bool:
    """Whether an agent's words only say what somebody else is: "an Iraq war veteran", "a former army doctor"."""
    before = view.lows[agent.first - 1] if agent.first else ""
    return before in lexicon().words["former"] or (agent.is_place and before in ("a", "an"))


def _is_at(view: View, agent: Agent) -> bool:
    """Whether a body is named as a place: "he entered an office of the 3rd Brigade and opened fire"."""
    lex = lexicon()
    for k in range(agent.first - 1, max(-1, agent.first - 4), -1):
        low = view.lows[k]
        if low in lex.words["sites"]:
            return True
        if low not in lex.words["determiners"] and low not in lex.words["articles"] and not low[0].isdigit():
            return False
    return False


def _only_says(between: Sequence[str], agent: Agent) -> bool:
    """Whether an agent tells of the deed and did not do it: "police say a man opened fire"; not "said it struck"."""
    lex = lexicon()
    if (
        not agent.is_state
        and agent.name.casefold() in lex.words["state_agents"]
        and len(between) > _OFFICERS_REACH
    ):
        return True
    if not any(word in lex.words["saying"] for word in between[:3]):
        return False
    return lex.words["own"].isdisjoint(between)


def _word_before(view: View, agent: Agent) -> str:
    """The word before an agent; for a bare place name the word before its "northern", "neighbouring"."""
    k = agent.first - 1
    while agent.is_place and k > 0 and view.lows[k] in lexicon().words["directions"]:
        k -= 1
    return view.lows[k] if k >= 0 else ""


def state_before(view: View, at: int) -> str | None:
    """The state that "its" at token `at` stands for: the nearest one named before in the sentence."""
    for agent in reversed(view.agents):
        if agent.last < at and agent.is_state:
            return agent.name
    return None


def is_in_clause(lows: Sequence[str]) -> bool:
    """Whether what stands behind some words that open a clause is still of that clause: nothing is put in but asides.

    "(after) a man from Orm, Essk, (shot five)", not "(after) a truce was signed, (killing five)".
    """
    if "," not in lows:
        return True
    if '"' in lows or lows.count(",") % 2:
        return False
    words, is_inside = lexicon().words, False
    for low in lows:
        is_inside ^= low == ","
        if not is_inside and low in words["breaks"] and low not in words["relatives"]:
            return False
    return True


def next_word(view: View, last: int) -> str:
    return view.lows[last + 1] if last + 1 < len(view.lows) else ""

"""What the news of a sentence answers or comes after: "bombed two camps in retaliation for an ambush".

Hides the words that open such a clause and where it ends.

Stance: the figures of a strike and of what it answers are never to mix; a word that only may open such a clause
("after") does so only behind what a state does from afar.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digests.extract.tellings.likeness import is_state
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import Telling, View

# Tokens between "launched" and the phrase of what was launched.
_SUPPORT_REACH = 3
_ENDS = frozenset({",", ";", ":", "."})


def answered_clause(lows: Sequence[str]) -> tuple[int, int] | None:
    """The tokens, first and one past the last, of what the news answers or comes after: "days after rebels killed six",
    "in retaliation for an ambush that killed nine"; `None` without one.

    It ends with its clause, but for what goes on with it (", in which nine died", ", killing nine").
    """
    words = lexicon().words
    if words["answer_cues"].isdisjoint(lows):
        return None
    may_open = _openers()
    start = next(
        (k + 1 for k, low in enumerate(lows[:-1]) if low in may_open and _opens_answer(lows, k)), None
    )
    if start is None:
        return None
    end = start
    while end < len(lows) and not (
        lows[end] in _ENDS
        and (end + 1 >= len(lows) or lows[end] != "," or lows[end + 1] not in words["answer_tails"])
    ):
        end += 1
    return (start, end) if end - start > 1 else None


@functools.cache
def _openers() -> frozenset[str]:
    """The words behind which what the news answers may begin."""
    words = lexicon().words
    return words["avenging"] | words["answer_leads"] | {"after"}


def _opens_answer(lows: Sequence[str], k: int) -> bool:
    """Whether what the news answers, or comes days after, begins behind token `k`."""
    words = lexicon().words
    if lows[k] in words["avenging"]:
        return True
    if lows[k] in words["answer_leads"]:
        return k > 0 and lows[k - 1] in words["answers"]
    before = lows[k - 1] if k else ""
    return lows[k] == "after" and (before in words["answer_spans"] or before in words["answer_comes"])


def is_answered(view: View, telling: Telling) -> bool:
    """Whether a new deed is what the news of its sentence answers or comes after: "bombed camps, days after rebels
    killed six"; "the attack" behind such words may be the news itself."""
    clause = answered_clause(view.lows)
    if (
        clause is None
        or not clause[0] <= telling.first < clause[1]
        or telling.kind not in lexicon().words["violent"]
    ):
        return False
    if telling.form is Form.NOUN and telling.is_definite:
        return False
    return any(not clause[0] <= trigger.first < clause[1] for trigger in view.triggers)


def provokes(view: View, tellings: Sequence[Telling], at: int) -> bool:
    """Whether what stands at token `at` made a state strike: "launched raids after two soldiers were killed".

    "Fired after entering the town" tells of the deed alone. `tellings` are those before it in the sentence.
    """
    if "after" not in view.lows[:at]:
        return False
    words = lexicon().words
    after = at - 1 - view.lows[:at][::-1].index("after")
    behind = view.lows[after + 1 : at + 1]
    if "," in behind or behind[0].endswith("ing") or behind[0] in words["people"]:
        return False
    if any(deed.last < after and _is_done_by_state(view, deed) for deed in tellings):
        return True
    struck = next((k for k in range(after) if view.lows[k] in words["striking"]), 0)
    return any(agent.is_state and agent.last < struck for agent in view.agents)


def _is_done_by_state(view: View, deed: Telling) -> bool:
    """Whether a state strikes in so many words: "bombed", "launched a strike"; a "strike" whose toll rose is known."""
    words = lexicon().words
    if deed.kind not in words["from_afar"] or deed.actor is None or not is_state(deed.actor):
        return False
    lead = view.lows[max(0, deed.phrase - _SUPPORT_REACH) : deed.phrase]
    return deed.form is Form.VERB or not words["support_verbs"].isdisjoint(lead)

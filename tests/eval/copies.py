"""Pairs of articles made by hand and by chance: copies of many kinds, and look-alikes that are none.

Each of thirty invented events has fourteen facts; each fact has four wordings that share little but its names and
numbers. An agency tells an event in one wording for each fact. A copy is that text cut, re-ordered, re-headed, or with
10 to 40 words in a hundred changed; a look-alike is told independently, from other wordings of the same facts, takes
over a sentence or two, or is the same form about another event. `python -m tests.eval.copies` prints the score.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from digests.stories.copies import find_copies
from digests.types import Article

SEED = 20260612
# What is asked of `stories/copies.py` over all pairs.
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.95
PAIRS_OF_A_KIND = 30

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SLOTS: dict[str, list[str]] = _DATA["slots"]
FACTS: list[list[str]] = [fact["wordings"] for fact in _DATA["fact"]]
CHANGES: dict[str, str] = _DATA["changes"]


@dataclass(frozen=True)
class Pair:
    """Two articles and whether the second is a copy of the first; `kind` names how it was made."""

    kind: str
    first: str
    second: str
    is_copy: bool


def make_pairs(seed: int = SEED) -> list[Pair]:
    """The pairs of a seed, `PAIRS_OF_A_KIND` of each kind."""
    dice = random.Random(seed)
    return [make(kind, dice) for kind in KINDS for _ in range(PAIRS_OF_A_KIND)]


def make(kind: str, dice: random.Random) -> Pair:
    """One pair of a kind."""
    change, is_copy = KINDS[kind]
    event = {slot: dice.choice(values) for slot, values in SLOTS.items()}
    chosen = [dice.randrange(4) for _ in FACTS]
    length = dice.randint(7, len(FACTS))
    rows = sorted(dice.sample(range(len(FACTS)), length))
    first = [_tell(row, chosen[row], event) for row in rows]
    second = change(Told(event, rows, chosen, first), dice)
    return Pair(kind, "\n\n".join(first), "\n\n".join(second), is_copy)


@dataclass(frozen=True)
class Told:
    """An event as an agency tells it: which facts, in which of their wordings, and the sentences."""

    event: dict[str, str]
    rows: list[int]
    chosen: list[int]
    first: list[str]

    def other_wording(self, row: int, dice: random.Random) -> int:
        return (self.chosen[row] + dice.randint(1, 3)) % 4


Change = Callable[[Told, random.Random], list[str]]


def _tell(row: int, wording: int, event: dict[str, str]) -> str:
    article = "an" if event["event"][0] in "aeiou" else "a"
    return FACTS[row][wording].format(
        a_event=f"{article} {event['event']}", a_site=f"a {event['site']}", **event
    )


def _cut(told: Told, dice: random.Random) -> list[str]:
    first = told.first
    keep = max(4, round(len(first) * dice.uniform(0.45, 0.85)))
    return first[:keep]


def _reorder(told: Told, dice: random.Random) -> list[str]:
    return dice.sample(told.first, len(told.first))


def _rehead(told: Told, dice: random.Random) -> list[str]:
    """The desk writes its own beginning and takes the rest."""
    row = told.rows[0]
    return [_tell(row, told.other_wording(row, dice), told.event), *told.first[1:]]


def _reword(share: float) -> Change:
    def change(told: Told, dice: random.Random) -> list[str]:
        return [_change_words(text, share, dice) for text in told.first]

    return change


def _change_words(text: str, share: float, dice: random.Random) -> str:
    """Replace a share of the words: by another word for the same where there is one, else by any word."""
    others = re.findall(r"[a-z]{4,}", " ".join(dice.choice(row)[:80] for row in FACTS))
    tokens = text.split(" ")
    places = dice.sample(range(len(tokens)), round(share * len(tokens)))
    for place in places:
        bare = tokens[place].strip(".,;\"'").lower()
        tokens[place] = CHANGES.get(bare) or dice.choice(others)
    return " ".join(tokens)


def _all_of_it(told: Told, dice: random.Random) -> list[str]:
    """Cut, re-headed and a word in six changed, as a busy desk does."""
    kept = dataclasses.replace(told, first=_cut(told, dice))
    return [_change_words(part, 0.15, dice) for part in _rehead(kept, dice)]


def _worst_of_both(told: Told, dice: random.Random) -> list[str]:
    """Two words in five changed, and nothing where it was."""
    return [_change_words(text, 0.4, dice) for text in _reorder(told, dice)]


def _brief(told: Told, dice: random.Random) -> list[str]:
    """The beginning alone, for a column of short news."""
    return told.first[: dice.randint(3, 4)]


def _grown(told: Told, dice: random.Random) -> list[str]:
    """The whole text with half as much of one's own after it."""
    own = _told_by_another(told, dice)
    return [*told.first, *dice.sample(own, len(own) // 2)]


def _told_by_another(told: Told, dice: random.Random) -> list[str]:
    """The same facts in the same order, each in other words."""
    return [_tell(row, told.other_wording(row, dice), told.event) for row in told.rows]


def _shares_a_little(told: Told, dice: random.Random) -> list[str]:
    """An own report that takes over a sentence or two, such as the governor's words."""
    own = _told_by_another(told, dice)
    for place in dice.sample(range(len(own)), 1 if len(own) < 10 else 2):
        own[place] = told.first[place]
    return dice.sample(own, len(own))


def _another_event(told: Told, dice: random.Random) -> list[str]:
    """Another event at another place, told from other wordings and facts."""
    other = _other_event(told.event, dice)
    taken = sorted(dice.sample(range(len(FACTS)), len(told.rows)))
    return [_tell(row, told.other_wording(row, dice), other) for row in taken]


def _same_form(told: Told, dice: random.Random) -> list[str]:
    """A bulletin in the same words about something else: only names and numbers differ."""
    other = _other_event(told.event, dice)
    return [_tell(row, told.chosen[row], other) for row in told.rows]


def _other_event(event: dict[str, str], dice: random.Random) -> dict[str, str]:
    return {
        slot: dice.choice([value for value in values if value != event[slot]])
        for slot, values in SLOTS.items()
    }


# How each kind is made, and whether it is a copy.
KINDS: dict[str, tuple[Change, bool]] = {
    "cut": (_cut, True),
    "re-ordered": (_reorder, True),
    "re-headed": (_rehead, True),
    "10 % changed": (_reword(0.10), True),
    "20 % changed": (_reword(0.20), True),
    "30 % changed": (_reword(0.30), True),
    "40 % changed": (_reword(0.40), True),
    "cut, re-headed, 15 % changed": (_all_of_it, True),
    "40 % changed, re-ordered": (_worst_of_both, True),
    "a brief of it": (_brief, True),
    "grown": (_grown, True),
    "told by another": (_told_by_another, False),
    "shares a sentence or two": (_shares_a_little, False),
    "another event": (_another_event, False),
    "same form, another event": (_same_form, False),
}


def is_found(pair: Pair) -> bool:
    """Whether the two are taken for one text."""
    articles = [
        Article(id=name, source_id=name, external_id=name, text=text, outlet=name, published=_day(number))
        for number, (name, text) in enumerate((("a", pair.first), ("b", pair.second)), 1)
    ]
    return bool(find_copies(articles))


def _day(number: int) -> dt.datetime:
    return dt.datetime(2026, 6, number, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Score:
    """Precision and recall over all pairs (0 to 1), and what was found by kind: (found, pairs)."""

    precision: float
    recall: float
    by_kind: dict[str, tuple[int, int]]


def score(pairs: Sequence[Pair]) -> Score:
    found = [is_found(pair) for pair in pairs]
    right = sum(pair.is_copy and one for pair, one in zip(pairs, found, strict=True))
    by_kind: dict[str, tuple[int, int]] = {}
    for pair, one in zip(pairs, found, strict=True):
        hits, total = by_kind.get(pair.kind, (0, 0))
        by_kind[pair.kind] = hits + one, total + 1
    return Score(
        precision=right / max(1, sum(found)),
        recall=right / max(1, sum(pair.is_copy for pair in pairs)),
        by_kind=by_kind,
    )


def main() -> None:
    """Print precision, recall and what was found by kind, for three seeds."""
    for seed in (SEED, 1, 2):
        got = score(make_pairs(seed))
        print(f"seed {seed}: precision {got.precision:.3f}, recall {got.recall:.3f}")
        for kind, (found, total) in got.by_kind.items():
            print(f"  {kind:<32} {found} of {total} {'found' if KINDS[kind][1] else 'taken for copies'}")


if __name__ == "__main__":
    main()

"""The attacker among the dead: "the gunman killed three people ... he shot himself" makes four.

Stance: a count that may hold the attacker already is left alone; the sum is a figure that adds up, claimed by nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from digests.extract.counts.lexicon import lexicon
from digests.extract.drafts.drafts import OWN_RULE, Draft, count_of, with_one_more
from digests.text.document import Document
from digests.types import Measure, Scope

# One of so many mentions of a count says that somebody killed those; bodies that were found may hold the killer's.
_LEAST_DONE = 4
# Characters behind a count in which "including the gunman" stands.
_REACH = 60
# Shapes in which somebody does the killing, so that the count leaves the killer out.
_DONE = frozenset({"casualties.active", "casualties.with_others"})


def add_attacker(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Adds a figure that counts the attacker with his victims, where the text keeps them apart."""
    own = [draft for draft in drafts if draft.is_own and draft.is_known]
    if not own:
        return drafts
    dead = [draft for draft in drafts if draft.measure is Measure.KILLED and _is_whole(draft)]
    counts = Counter(count_of(draft) for draft in dead if count_of(draft))
    if not counts:
        return drafts
    count = counts.most_common(1)[0][0]
    victims = [draft for draft in dead if count_of(draft) == count]
    if count + 1 in counts or any(_holds_attacker(document, draft) for draft in dead):
        return drafts
    if _LEAST_DONE * sum(_is_done(draft, drafts) for draft in victims) < len(victims):
        return drafts
    is_alone = len({draft.sentence for draft in victims}) == len(victims)
    is_alone = is_alone and any(draft.rule == OWN_RULE and not draft.is_open for draft in own)
    if count == 1 and not is_alone:
        return drafts
    total = with_one_more(victims[0], victims[0].end)
    for draft in victims:
        draft.total = total
    at = next(i for i, draft in enumerate(drafts) if draft is victims[0])
    return [*drafts[: at + 1], total, *drafts[at + 1 :]]


def _is_done(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether somebody is said to have killed those counted, or they are a list of his victims."""
    return (
        draft.rule in _DONE
        or (draft.is_list and not draft.is_own)
        or any(part.total is draft and part.rule in _DONE for part in drafts)
    )


def _is_whole(draft: Draft) -> bool:
    return draft.total is None and not draft.is_known and draft.scope is not Scope.TOTAL


def _holds_attacker(document: Document, draft: Draft) -> bool:
    """ "four people, including the gunman", "three dead in a murder-suicide"."""
    if draft.is_own:
        return True
    behind = document.folded[draft.chunk.end : min(draft.sentence.end, draft.end + _REACH)].lower()
    return any(cue in behind for cue in lexicon().holds_attacker)

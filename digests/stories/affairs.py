"""Stories to affairs: which stories are turns of one long matter, as a crisis, an epidemic or a trial of months.

Stance: the stories stay what they are; an affair only says whose days belong into one chronicle. A story of another
matter in it would tell days that have nothing to do with it, so all stories taken together decide, never a single
likeness that would lead from one matter to the next.

Theory: what parts the stories of a store is what is rare in it (`digests.stories.cluster`); what they share is what
is rare in news at large. A store that is full of one affair holds its words everywhere, so its own counts say least
where the affair is largest. So articles are weighed by the shipped list of newsroom words alone. From one story the
affair grows by the story that is most like all that it holds (mean cosine over all pairs), while that suffices. Days
do not count: an affair comes back after months.

Measured over a mixture of 2,500 articles (four affairs of weeks to months, 300 political stories of eight years, fifty
look-alike events): from whichever of an affair's larger stories it grows, it holds 60 to 97 percent of the affair and
at most one percent of others. Lower limits join more look-alikes, higher ones lose the affair of months (finance);
those of weeks hardly change between 0.1 and 0.15. Two look-alike events are as near to each other as two turns of
one affair; that they are only two tells them apart (`digests.chronicles`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from digests.stories.signature import Signature
from digests.text.similarity import background_weight, normalise

# Mean cosine over all pairs that a story needs with the affair.
_LEAST = 0.12
# Share of headline and opening in an article's vector, as in clustering.
_LEAD_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A story as a possible part of an affair: how many articles it has, and the sum of their vectors of length 1."""

    story_id: str
    count: int
    total: Mapping[str, float]


def make_part(story_id: str, signatures: Iterable[Signature]) -> Part:
    """A story from the signatures of its articles, in any order."""
    total: defaultdict[str, float] = defaultdict(float)
    count = 0
    for signature in sorted(signatures, key=lambda one: one.article_id):
        count += 1
        for term, weight in _vector(signature).items():
            total[term] += weight
    return Part(story_id=story_id, count=count, total=dict(total))


def grow_affair(seed: Part, others: Sequence[Part]) -> tuple[Part, ...]:
    """The stories that make up one affair with a story, itself first, then the nearest; in any order of `others`."""
    left = {part.story_id: part for part in others if part.count and part.story_id != seed.story_id}
    inside, count, total = [seed], seed.count, dict(seed.total)
    while True:
        likeness = {name: _shared(part, total) / (count * part.count) for name, part in left.items()}
        near = sorted(
            (name for name in left if likeness[name] >= _LEAST), key=lambda name: (-likeness[name], name)
        )
        if not near:
            return tuple(inside)
        # One by one is what is meant; the nearer half at once gives the same affairs in a hundredth of the time.
        for name in near[: (len(near) + 1) // 2]:
            part = left.pop(name)
            inside.append(part)
            count += part.count
            for term, weight in part.total.items():
                total[term] = total.get(term, 0.0) + weight


def are_near(one: Part, other: Part) -> bool:
    """Whether two stories by themselves are as like as the parts of an affair."""
    return _shared(one, other.total) >= _LEAST * one.count * other.count


def _shared(part: Part, total: Mapping[str, float]) -> float:
    shared: float = sum(map(mul, part.total.values(), map(total.get, part.total, repeat(0.0))))
    return shared


def telling_stems(parts: Sequence[Part], *, most: int) -> tuple[str, ...]:
    """The stems that weigh most in all of some stories, the weightiest first: by these its other parts are found."""
    total: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        for term, weight in part.total.items():
            total[term] += weight
    return tuple(sorted(total, key=lambda term: (-total[term], term))[:most])


def _vector(signature: Signature) -> dict[str, float]:
    """An article under the weights of news at large, without numbers: they tell one event from another."""
    whole, lead = _weigh(signature.terms), _weigh(signature.lead)
    vector = {term: (1 - _LEAD_SHARE) * weight for term, weight in whole.items()}
    for term, weight in lead.items():
        vector[term] = vector.get(term, 0.0) + _LEAD_SHARE * weight
    return normalise(vector)


def _weigh(counts: Iterable[tuple[str, int]]) -> dict[str, float]:
    return normalise(
        {term: (1 + math.log(count)) * background_weight(term) for term, count in counts if term[0].isalpha()}
    )

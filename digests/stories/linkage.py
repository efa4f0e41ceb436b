"""Average linkage over a sparse graph: joins groups, the most alike pair first, while their mean likeness suffices.

Two groups become one where they are alike enough in themselves *and* against their own cohesion: two bundles of
reports, each tightly alike, that resemble each other only half as much are two look-alike events, however alike
they are on the scale of all news. Deterministic: ties go by name. A group that stands for a known story never joins
another known one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import repeat
from operator import mul

from digests.stories.happening import Happening, balance, share_on_other_days
from digests.stories.particulars import KINDS, kind_of


@dataclass(frozen=True, slots=True)
class Limits:
    """The likeness that is needed in any case, and of a single article against that within a group.

    Two articles have no cohesion to be held against, so they need most: a lower limit gains in one large batch and
    loses in many small ones, where the right mate may not have come yet.
    """

    two_groups: float
    one_to_group: float
    two_articles: float
    cohesion_of_one: float
    # Likeness of two groups against the likeness within them (geometric mean of both) below which they stay apart.
    # Measured on public news: it parts look-alike events and is worth three points of B-cubed, between .6 and .68.
    cohesion_of_two: float = 0.65
    # How much signs that two reports are not of one event count, beside other days of local cases, 0 to 1.
    doubt: float = 1.0


# The fewer articles a store holds, the rarer is one that is alike by chance: the limits of a store of this many
# articles and fewer, and of this many and more; between them they rise with the logarithm of the number. Measured on
# stores of ten to three hundred articles of public news, look-alikes among them: one to two points of B-cubed, at the
# same precision.
_FEW, _MANY = 50, 250
# Terms of an article below which it is an item of a few lines, whose likeness rests on a handful of words whatever the
# store holds.
_BRIEF = 16
_LIMITS_OF_FEW = Limits(0.06, 0.07, 0.1, 0.3, doubt=0.0)
_LIMITS_OF_MANY = Limits(0.13, 0.15, 0.18, 0.4)
# Up to so many articles a store is somebody's folder of one story more often than not, told in unlike manners: the
# share of the likeness within that two groups then need, back at the usual one from so many on. Measured on five
# reports of one event alone and with two others: .7 to 1.9 of B-cubed on both halves; in stores of ten it joins
# look-alikes.
_A_HANDFUL, _NO_HANDFUL, _COHESION_IN_HANDFUL = 7, 10, 0.5
# Days between two groups that cost nothing, and after how many more days likeness has halved.
_FREE_DAYS = 5
_HALVING_DAYS = 30
# What is left of likeness however many days lie between: little where only everyday words are shared (the jobs report
# of another month), most where names are (the trial over a killing of last year).
_LEAST_WITHOUT_NAMES, _LEAST_WITH_NAMES = 0.3, 0.9
# Numbers that reports must hold, all of them different, to tell that they count different things; then days part them
# sooner.
_SOME_NUMBERS = 2
_HALVING_DAYS_OF_OTHER_NUMBERS = 7
# Share of the likeness that names make up from which the names are shared.
_NAMES_AT = 0.4
# Share of names below which a likeness is one of everyday words: in general, and where the openings name other places.
# What is then left of it; and how many words it must rest on at all. Measured on short feed items: parts look-alikes
# ("two killed in shooting") and costs nothing on long articles.
_NO_NAMES_AT, _NAMES_OF_PLACES_APART_AT = 0.05, 0.4
_LEAST_OF_EVERYDAY_WORDS = 0.5
_FEW_WORDS = 5
# How much more alike reports of one kind of thing on one day in one country, or in one place, are taken to be, and
# how much less items of feeds that tell of two places. Measured: from .25 on it brings differently worded reports of
# one disaster together; up to .75 it costs nothing.
_HAPPENING = 0.5
# Two local cases share all words but the names of people. What is taken from their likeness, unless people tie them:
# where both texts name the day and the days differ; where both are matters of the police and no day and place agrees;
# where only one of them is dated. Measured on local news of four months of two years.
_OTHER_DAYS, _NO_SIGN, _UNDATED = 0.85, 0.15, 0.3
# Where both name roads, or ages, and none in common: for each.
_OTHER_PARTICULARS = 0.6
# The first where both are no such matters: a disaster is told with wrong days more often than it has a look-alike.
_OTHER_DAYS_OF_OTHERS = 0.4
# Days between two reports of cases that cost nothing, after how many more what is left has halved, and the least.
_FREE_DAYS_OF_CASES, _HALVING_DAYS_OF_CASES, _LEAST_OF_CASES = 3, 5, 0.1
# The share of pairs that name the same people from which these tie two groups.
_TIED_AT = 0.5
# Days of a group by which the days between two are told, evenly taken from all.
_DAYS_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Tie:
    """The sum of the cosines of all pairs across two groups, or what it can be at most."""

    dot: float
    is_exact: bool


@dataclass(slots=True)
class Group:
    """Articles taken as one: the sum of their unit vectors, how many they are, and the days they cover.

    `inner` is the sum of the cosines of all pairs within, `names` that part of the sum of the vectors whose terms are
    names, `countries` and `cities` what the openings name, `happenings` what how many of the articles are about.
    """

    name: str
    members: list[str]
    total: dict[str, float]
    count: int
    inner: float = 0.0
    names: dict[str, float] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    cities: set[str] = field(default_factory=set)
    happenings: Counter[Happening] = field(default_factory=Counter)
    # Who is named in how many of the articles, how many are matters of the police, and the days of all, as numbers.
    people: Counter[str] = field(default_factory=Counter)
    cases: int = 0
    # In how many articles which particular of a case stands, and any of its kind.
    particulars: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    # Whether one of them is an item of a few lines.
    has_brief: bool = False
    first: dt.date | None = None
    last: dt.date | None = None
    is_known: bool = False
    # Groups that may belong to this one.
    neighbours: dict[str, Tie] = field(default_factory=dict)
    _numbers: frozenset[str] | None = None

    @property
    def cohesion(self) -> float | None:
        """Mean cosine of two members; `None` for a single one."""
        return self.inner / (self.count * (self.count - 1) / 2) if self.count > 1 else None

    @property
    def numbers(self) -> frozenset[str]:
        """The terms that are numbers; asked for only where days lie between."""
        if self._numbers is None:
            self._numbers = frozenset([term for term in self.total if term[0].isdigit()])
        return self._numbers

    @property
    def length(self) -> float:
        """Length of the sum of its vectors, each of length 1: times that of another group, the most they share."""
        return math.sqrt(self.count + 2 * self.inner)


@dataclass(frozen=True, slots=True)
class Member:
    """An article: its vector of length 1, which terms are names, its day, where it is set and what it is about."""

    name: str
    vector: Mapping[str, float]
    # In a fixed order.
    names: Sequence[str]
    day: dt.date | None
    countries: Set[str] = frozenset()
    cities: Set[str] = frozenset()
    happening: Happening | None = None
    people: Sequence[str] = ()
    is_case: bool = False
    particulars: Sequence[str] = ()


def make_group(name: str, members: Iterable[Member], *, is_known: bool = False) -> Group:
    """A group of articles."""
    group = Group(name=name, members=[], total={}, count=0, is_known=is_known)
    names: dict[str, None] = {}
    for member in members:
        group.members.append(member.name)
        if group.count:
            group.inner += _dot(member.vector, group.total)
            _add(group.total, member.vector)
        else:
            group.total = dict(member.vector)
        group.count += 1
        names.update(dict.fromkeys(member.names))
        group.countries |= member.countries
        group.cities |= member.cities
        group.has_brief |= len(member.vector) < _BRIEF
        if member.happening is not None:
            group.happenings[member.happening] += 1
        group.people.update(member.people)
        group.cases += member.is_case
        group.particulars.update(member.particulars)
        group.kinds.update({kind_of(particular) for particular in member.particulars})
        if member.day is not None:
            group.days.append(member.day.toordinal())
            group.first = min(group.first or member.day, member.day)
            group.last = max(group.last or member.day, member.day)
    group.names = {term: group.total[term] for term in names}
    return group


def likeness(first: Group, second: Group, dot: float | None = None, *, doubt: float = 1.0) -> float:
    """Mean cosine over all pairs of the two groups, lowered by the days between them, raised by what both are about.

    Args:
        first: One group.
        second: The other one.
        dot: The sum of the cosines, where it is known.
        doubt: How much signs of two cases count, 0 to 1.
    """
    dot = _dot(first.total, second.total) if dot is None else dot
    if not dot:
        return 0.0
    pairs = first.count * second.count
    agreeing = balance(first.happenings, second.happenings, pairs)
    mean = dot / pairs * _told_by_names(first, second, dot)
    mean *= 1 - _are_two_cases(first, second, agreeing, doubt)
    gap = days_between(first, second)
    if gap <= _FREE_DAYS:
        return mean * (1 + _HAPPENING * agreeing)
    ours, theirs = first.numbers, second.numbers
    if min(len(ours), len(theirs)) >= _SOME_NUMBERS and ours.isdisjoint(theirs):
        return mean * math.exp2((_FREE_DAYS - gap) / _HALVING_DAYS_OF_OTHER_NUMBERS)
    named = min(1.0, _named_share(first, second, dot) / _NAMES_AT)
    least = _LEAST_WITHOUT_NAMES + (_LEAST_WITH_NAMES - _LEAST_WITHOUT_NAMES) * named
    return mean * max(least, math.exp2((_FREE_DAYS - gap) / _HALVING_DAYS))


def _are_two_cases(first: Group, second: Group, agreeing: float, doubt: float) -> float:
    """What signs of two local cases take from the likeness, 0 to 1; people who are named in both outweigh them.

    Args:
        first: One group.
        second: The other one.
        agreeing: The share of the pairs that may be about one happening.
        doubt: How much other days count of what is no matter of the police, and the lack of any, 0 to 1.
    """
    pairs = first.count * second.count
    cases = first.cases * second.cases / pairs
    other_days = share_on_other_days(first.happenings, second.happenings, pairs)
    if not cases and not other_days:
        return 0.0
    open_share = 1 - _tied(first.people, second.people, pairs)
    of_cases = min(cases, other_days)
    kept = 1 - open_share * (_OTHER_DAYS * of_cases + doubt * _OTHER_DAYS_OF_OTHERS * (other_days - of_cases))
    for kind in KINDS:
        telling = first.kinds[kind] * second.kinds[kind] / pairs
        if cases and telling:
            shared = _tied(_of_kind(first, kind), _of_kind(second, kind), pairs)
            kept *= 1 - _OTHER_PARTICULARS * cases * open_share * telling * (1 - shared)
    if cases and bool(first.days) != bool(second.days):
        kept *= 1 - doubt * _UNDATED * cases * open_share
    elif cases and first.days:
        kept *= 1 - doubt * _NO_SIGN * cases * min(open_share, 1 - max(0.0, agreeing))
        gap = _typical_gap(first.days, second.days)
        late = max(_LEAST_OF_CASES, math.exp2(min(0.0, _FREE_DAYS_OF_CASES - gap) / _HALVING_DAYS_OF_CASES))
        kept *= 1 - cases * open_share * (1 - late)
    return 1 - kept


def _tied(ours: Mapping[str, int], theirs: Mapping[str, int], pairs: int) -> float:
    """How far what is named in the articles of two groups, in how many of each, ties them, 0 to 1."""
    few, many = sorted((ours, theirs), key=len)
    shared = sum(count * many[name] for name, count in few.items() if name in many)
    return min(1.0, shared / pairs / _TIED_AT)


def _of_kind(group: Group, kind: str) -> dict[str, int]:
    return {name: count for name, count in group.particulars.items() if kind_of(name) == kind}


def _typical_gap(ours: list[int], theirs: list[int]) -> float:
    """Days between an article of one group and one of the other, in the mean.

    A group that covers years has no days between it and anything within; its articles have.
    """
    few, many = _evenly(ours), _evenly(theirs)
    return sum(abs(one - other) for one in few for other in many) / (len(few) * len(many))


def _evenly(days: list[int]) -> list[int]:
    if len(days) <= _DAYS_LOOKED_AT:
        return days
    return sorted(days)[:: -(-len(days) // _DAYS_LOOKED_AT)]


def _told_by_names(first: Group, second: Group, dot: float) -> float:
    """What likeness is left when names carry little of it: two shootings in two towns share all words but these."""
    named = _named_share(first, second, dot)
    wanted = _NAMES_OF_PLACES_APART_AT if _are_places_apart(first, second) else _NO_NAMES_AT
    if named < _NO_NAMES_AT and len(first.total.keys() & second.total.keys()) < _FEW_WORDS:
        return 0.0
    return _LEAST_OF_EVERYDAY_WORDS + (1 - _LEAST_OF_EVERYDAY_WORDS) * min(1.0, named / wanted)


def _are_places_apart(first: Group, second: Group) -> bool:
    """Whether their openings name countries, or cities, and none in common."""
    for ours, theirs in ((first.countries, second.countries), (first.cities, second.cities)):
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


def _named_share(first: Group, second: Group, dot: float) -> float:
    """How much of the sum of the cosines is made of names, 0 to 1."""
    in_either = _dot(first.names, second.total) + _dot(first.total, second.names)
    return (in_either - _dot(first.names, second.names)) / dot


def days_between(first: Group, second: Group) -> int:
    """Days from the end of one group to the beginning of the other; 0 where they meet or a day is not known."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return 0
    return max((second.first - first.last).days, (first.first - second.last).days, 0)


def share_of_few(articles: int) -> float:
    """How far a store of so many articles is one of few, 0 to 1."""
    return 1 - min(1.0, max(0.0, math.log(max(articles, 1) / _FEW) / math.log(_MANY / _FEW)))


def limits_for(articles: int) -> Limits:
    """The limits of a store that holds so many articles."""
    share = 1 - share_of_few(articles)
    few, many = dataclasses.astuple(_LIMITS_OF_FEW), dataclasses.astuple(_LIMITS_OF_MANY)
    limits = Limits(*(low + (high - low) * share for low, high in zip(few, many, strict=True)))
    size = min(1.0, max(0.0, (articles - _A_HANDFUL) / (_NO_HANDFUL - _A_HANDFUL)))
    cohesion = _COHESION_IN_HANDFUL + (limits.cohesion_of_two - _COHESION_IN_HANDFUL) * size
    return dataclasses.replace(limits, cohesion_of_two=cohesion)


def needed(first: Group, second: Group, limits: Limits = _LIMITS_OF_MANY) -> float:
    """The likeness that two groups need, against their own cohesion where they have one."""
    if first.has_brief or second.has_brief:
        limits = _LIMITS_OF_MANY
    one, other = first.cohesion, second.cohesion
    if one is not None and other is not None:
        return max(limits.two_groups, limits.cohesion_of_two * math.sqrt(max(0.0, one * other)))
    if one is None and other is None:
        return limits.two_articles
    cohesion = one if one is not None else other or 0.0
    return max(limits.one_to_group, limits.cohesion_of_one * cohesion)


class Linkage:
    """Groups with their possible joins."""

    def __init__(self, limits: Limits = _LIMITS_OF_MANY) -> None:
        self._limits = limits
        self._groups: dict[str, Group] = {}
        self._heap: list[tuple[float, str, str]] = []

    def __contains__(self, name: str) -> bool:
        return name in self._groups

    def add(self, group: Group) -> None:
        self._groups[group.name] = group

    def link(self, first: str, second: str) -> None:
        """Note that two groups may belong together."""
        if first == second or second in self._groups[first].neighbours:
            return
        one, other = self._groups[first], self._groups[second]
        if one.is_known and other.is_known:
            return
        self._tie(one, other, Tie(_dot(one.total, other.total), True))

    def join_all(self) -> list[Group]:
        """Join until nothing is alike enough; the groups that are left, in order of their names."""
        while self._heap:
            _, first, second = heapq.heappop(self._heap)
            # A name is retired when its group grows, so what the heap still holds of it is out of date.
            if first in self._groups and second in self._groups:
                self._join(self._groups[first], self._groups[second])
        return [self._groups[name] for name in sorted(self._groups)]

    def _tie(self, one: Group, other: Group, tie: Tie) -> None:
        """Make two groups neighbours, to be joined where they are alike enough.

        Little raises a likeness above the mean cosine, so a sum that cannot suffice is not made exact.
        """
        wanted = needed(one, other, self._limits)
        pairs = one.count * other.count
        least = wanted / (1 + _HAPPENING) if one.happenings and other.happenings else wanted
        if not tie.is_exact and tie.dot >= least * pairs:
            tie = Tie(_dot(one.total, other.total), True)
        one.neighbours[other.name] = tie
        other.neighbours[one.name] = tie
        if tie.dot >= least * pairs:
            like = likeness(one, other, tie.dot, doubt=self._limits.doubt)
            if like >= wanted:
                first, second = sorted((one.name, other.name))
                heapq.heappush(self._heap, (-like, first, second))

    def _join(self, one: Group, other: Group) -> None:
        """Make the larger group take in the smaller one, under a new name."""
        if len(one.total) < len(other.total):
            one, other = other, one
        across = one.neighbours[other.name].dot
        ties = self._ties(one, other)
        del self._groups[one.name], self._groups[other.name]
        joined = Group(
            name=f"{min(one.name, other.name)}+",
            members=one.members + other.members,
            total=one.total,
            count=one.count + other.count,
            inner=one.inner + other.inner + across,
            names={},
            countries=one.countries | other.countries,
            cities=one.cities | other.cities,
            happenings=one.happenings + other.happenings,
            people=one.people + other.people,
            cases=one.cases + other.cases,
            particulars=one.particulars + other.particulars,
            kinds=one.kinds + other.kinds,
            days=one.days + other.days,
            has_brief=one.has_brief or other.has_brief,
            first=min((day for day in (one.first, other.first) if day), default=None),
            last=max((day for day in (one.last, other.last) if day), default=None),
            is_known=one.is_known or other.is_known,
        )
        _add(joined.total, other.total)
        joined.names = {term: joined.total[term] for term in one.names | other.names}
        self._groups[joined.name] = joined
        for name, tie in ties.items():
            neighbour = self._groups[name]
            neighbour.neighbours.pop(one.name, None)
            neighbour.neighbours.pop(other.name, None)
            if not (joined.is_known and neighbour.is_known):
                self._tie(joined, neighbour, tie)

    def _ties(self, one: Group, other: Group) -> dict[str, Tie]:
        """The neighbours of two groups with their ties to both together, in order of their names."""
        ties: dict[str, Tie] = {}
        for name in sorted((one.neighbours.keys() | other.neighbours.keys()) - {one.name, other.name}):
            length = self._groups[name].length
            mine = one.neighbours.get(name) or Tie(one.length * length, False)
            theirs = other.neighbours.get(name) or Tie(other.length * length, False)
            ties[name] = Tie(mine.dot + theirs.dot, mine.is_exact and theirs.is_exact)
        return ties


def _dot(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The dot product, summed in the order of the smaller vector: the order of a set would change its last digit."""
    if len(first) > len(second):
        first, second = second, first
    total: float = sum(map(mul, first.values(), map(second.get, first, repeat(0.0))))
    return total


def _add(total: dict[str, float], vector: Mapping[str, float]) -> None:
    for term, value in vector.items():
        total[term] = total.get(term, 0.0) + value

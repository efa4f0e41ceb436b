"""Whether counts of one thing agree: intervals that meet, softened where their words are soft.

Stance: a false "sources disagree" is worse than a missed one. Estimates, round lower bounds and vague amounts
conflict only where they are far apart; nothing is ever averaged.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.voices import claimed_apart, same_claimant, time_between
from digests.extract.likeness import has_doer, is_spreading
from digests.rules import load_rules
from digests.rules.gazetteer import find_names
from digests.text.document import fold
from digests.text.numbers import Amount, read_amount
from digests.text.numberwords import Hedge
from digests.text.tokens import tokenize
from digests.trace import StoryTrace
from digests.types import ActorKind, Bounds, Claim, ConflictKind, Figure, Measure

# Reports closer together than this tell of the same state of things.
SAME_WINDOW = dt.timedelta(hours=3)
# A later count this long after is the news going on, which nobody takes for two sources at odds.
PLAIN_UPDATE = dt.timedelta(hours=24)
# How far an estimate may lie off: "about 12" and 11 agree, "about 12" and 20 do not.
_ESTIMATE_SHARE = 0.2
# Characters from a count in which the country is named in which it was made.
_LAND_REACH = 120
# Characters in front of one in which it is ("Peru's toll from the quake", "In Ecuador, 14").
_LAND_BEFORE = 40
# Characters on both sides of a count in which it stands that a clinic took them in.
_CARE_REACH = 40
# A count this many times another one counts more than the one incident.
OTHER_SCOPE = 10
# Two named sources that are that far apart over this many victims speak of one incident all the same.
_MANY = 10
# A count that is that many times another one, and at least this, surely counts more than one incident.
_SURELY_MORE = 100
# A lower bound that is a multiple of this and at least `_ROUND_FROM` is a round number, not a count.
_ROUND = 10
_ROUND_FROM = 20
# How far above a round least number another one may lie: "more than 100" beside 113, not beside 174.
_NEAR_ROUND = 1.5
# "More than a dozen" is as round as "more than ten".
_DOZEN = 12
# A multiple of this within this share of a finer number is that number told roughly: "600" beside 612.
_COARSE = 100
_COARSE_SHARE = 0.05
_WORD = re.compile(r"[a-z]+|\d+")


def soften(bounds: Bounds) -> Bounds:
    """The interval with its estimates widened, for comparing only."""
    if not bounds.approximate:
        return bounds
    low, high = bounds.low, bounds.high
    if low is not None and high is None:
        # "dozens", "hundreds": the word begins somewhere below twice its unit
        return Bounds(low=low // 2, high=None)
    slack = max(1, round(_ESTIMATE_SHARE * max(low or 0, high or 0)))
    return Bounds(
        low=None if low is None else max(0, low - slack), high=None if high is None else high + slack
    )


def agree(a: Figure, b: Figure) -> bool:
    """Whether two counts can both be meant: they meet, and neither says a higher least number than the other.

    "At least 7" and "at least 9" can both be true, but a reader who is told 7 should know of the 9. A round least
    number ("more than 100") stands beside a nearer one.
    """
    return agreement(a, b)[0]


def agreement(a: Figure, b: Figure) -> tuple[bool, str]:
    """Whether two counts agree, and why: a code of `rules/reasons.toml`."""
    one, two = a.bounds, b.bounds
    if one.is_vague or two.is_vague:
        return True, "agree.vague"
    if not soften(one).meets(soften(two)):
        if _is_just_over(a, b) or _is_just_over(b, a):
            return True, "agree.just_over"
        return False, "differ.apart"
    if one.high is None and two.high is None and one.low != two.low:
        if one.approximate or two.approximate:
            return True, "agree.estimate"
        if _is_just_over(a, b) or _is_just_over(b, a):
            return True, "agree.just_over"
        low, high = sorted((a, b), key=lambda figure: figure.bounds.low or 0)
        if _is_round_floor(low) and size(high.bounds) <= _NEAR_ROUND * size(low.bounds):
            return True, "agree.round"
        return False, "differ.floors"
    if one == two:
        return True, "agree.same"
    return True, "agree.meet" if one.meets(two) else "agree.estimate"


def _is_just_over(more: Figure, exact: Figure) -> bool:
    """ "more than 70" beside 70 or "at least 70": the same count, told by two people."""
    low, number = more.bounds.low, exact.bounds.low
    is_next = low is not None and low - 1 == number and hedge_of(more) is Hedge.MORE_THAN
    return is_next and number is not None and _is_even(number)


def _is_even(number: int) -> bool:
    """Whether a number is one that people round to: a ten or a dozen."""
    return number % _ROUND == 0 or number % _DOZEN == 0


def _is_round_floor(figure: Figure) -> bool:
    low = figure.bounds.low or 0
    if hedge_of(figure) is Hedge.MORE_THAN:
        return _is_even(low - 1)
    return low >= _ROUND_FROM and low % _ROUND == 0


def hedge_of(figure: Figure) -> Hedge:
    """What the figure's words do to its number; "the toll passed 100" is more than 100 by its verb."""
    amount = _amount_of(figure.words)
    if amount is None:
        return Hedge.EXACT
    if amount.bounds.low is not None and figure.bounds.low == amount.bounds.low + 1:
        return Hedge.MORE_THAN
    return amount.hedge


@functools.lru_cache(maxsize=4096)
def _amount_of(words: str) -> Amount | None:
    return read_amount(tokenize(words, 0, len(words)), 0)


def incomparable(figure: Figure) -> str | None:
    """Why a figure is no count to hold against others, as a code of `rules/reasons.toml`; `None` where it is one.

    None is a vague one, one person told of ("a police officer"), a count on top of another ("three more bodies"), or
    somebody's own family ("lost three sons").
    """
    if figure.bounds.is_vague:
        return "aside.vague"
    if _is_increment(figure):
        return "aside.increment"
    if figure.victims is not None and _has(figure.victims, "own_kin"):
        return "aside.kin"
    return "aside.instance" if is_instance(figure) else None


def is_instance(figure: Figure) -> bool:
    """Whether a figure is somebody told of, no count: "a pregnant woman", "Mara Lindqvist, 25", "one of them"."""
    if (figure.bounds.low, figure.bounds.high) != (1, 1):
        return False
    if figure.part_of is not None or (figure.victims or "").lower().startswith("of "):
        # "one of the best-known singers"
        return True
    return not _has(figure.words, "count_one")


def is_others(figure: Figure) -> bool:
    """Whether a figure counts others than those told of before ("four other officers")."""
    return any(_has(text, "others") for text in (figure.victims, figure.words) if text)


def _is_increment(figure: Figure) -> bool:
    more = load_rules("casualties").words["increment"]
    first = (figure.victims or "").lower().split()[:1]
    words = figure.words.lower().split()
    return any(word in more for word in first) or any(word in more for word in words[:2] if word != "more")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two claims whose counts do not agree, of what kind that is, and why: a code of `rules/reasons.toml`."""

    kind: ConflictKind
    low: Claim
    high: Claim
    why: str


# Which kind a group is in when its pairs are of several; the first three are about the number itself.
_BY_WEIGHT = (
    ConflictKind.DISPUTE,
    ConflictKind.CORRECTION,
    ConflictKind.UPDATE,
    ConflictKind.DEFINITION,
    ConflictKind.SCOPE,
    ConflictKind.PRECISION,
)
NUMERIC = frozenset(_BY_WEIGHT[:3])


def find_disagreements(claims: Sequence[Claim], trace: StoryTrace | None = None) -> list[Disagreement]:
    """Every two claims that do not agree, in order.

    One article disagrees with itself only where it quotes two claimants. `trace` takes what came of each pair.
    """
    found: list[Disagreement] = []
    nations = [_nation_of(claim.figure) for claim in claims]
    lands = [_lands_of(claim) for claim in claims]
    is_shared = len({land for land in lands if land}) > 1
    for at, claim in enumerate(claims):
        for index in range(at + 1, len(claims)):
            other = claims[index]
            agrees, code = agreement(claim.figure, other.figure)
            if not agrees:
                spared = _spared(claim, other, nations[at], nations[index])
                if spared is None and _are_of_lands(claim, other, lands[at], lands[index], is_shared):
                    spared = "spared.lands"
                if spared is None:
                    low, high = sorted((claim, other), key=lambda one: size(one.figure.bounds))
                    kind, why = _pair_kind(low, high)
                    found.append(Disagreement(kind, low, high, why))
                    continue
                code = spared
            if trace is not None:
                trace.hold(claim.figure, other.figure, code, a=says_of(claim.figure), b=says_of(other.figure))
    found = _without_sums(found, claims)
    defined = {
        (pair.low.figure.bounds, pair.high.figure.bounds): pair.why
        for pair in found
        if pair.kind is ConflictKind.DEFINITION
    }
    found = [
        replace(
            pair,
            kind=ConflictKind.DEFINITION,
            why=defined[pair.low.figure.bounds, pair.high.figure.bounds],
        )
        if (pair.low.figure.bounds, pair.high.figure.bounds) in defined
        else pair
        for pair in found
    ]
    if trace is not None:
        for pair in found:
            _note_pair(pair, trace)
    return found


def _without_sums(found: Sequence[Disagreement], claims: Sequence[Claim]) -> list[Disagreement]:
    """Without the pairs of which the larger count adds up those that the smaller one's article gives to two sources:
    two dead here and 14 across the border are the 16 of another report."""
    shares: dict[str, dict[int, Claim]] = {}
    for claim in claims:
        if claim.figure.claimant is not None:
            shares.setdefault(claim.citation.article_id, {}).setdefault(size(claim.figure.bounds), claim)

    def is_share(pair: Disagreement) -> bool:
        if size(pair.low.figure.bounds) == 0:
            return False
        beside = shares.get(pair.low.citation.article_id, {})
        rest = beside.get(size(pair.high.figure.bounds) - size(pair.low.figure.bounds))
        return rest is not None and claimed_apart(pair.low, rest)

    return [pair for pair in found if not is_share(pair)]


def _note_pair(pair: Disagreement, trace: StoryTrace) -> None:
    """Leave what came of a pair that does not agree: that it does not, and of what kind it is."""
    one, two = pair.low.figure, pair.high.figure
    gap = time_between(pair.low, pair.high)
    words = {
        "a": says_of(one),
        "b": says_of(two),
        "low_by": one.claimant.name if one.claimant else pair.low.outlet or "the writer",
        "high_by": two.claimant.name if two.claimant else pair.high.outlet or "the writer",
        "hours": None if gap is None else f"{abs(gap).total_seconds() / 3600:.1f}",
    }
    trace.hold(one, two, agreement(one, two)[1], a=words["a"], b=words["b"])
    trace.hold(one, two, pair.why, **words)


def _spared(claim: Claim, other: Claim, nation: str | None, other_nation: str | None) -> str | None:
    """Why two counts that do not agree are not held against each other; `None` where they are."""
    if nation and other_nation and nation != other_nation:
        # "20 Indian soldiers" and "43 Chinese soldiers" fell on two sides.
        return "spared.nations"
    if claim.citation.article_id == other.citation.article_id and not claimed_apart(claim, other):
        return "spared.one_article"
    low, high = sorted((claim, other), key=lambda one: size(one.figure.bounds))
    sites = _sites_in(low.sentence), _sites_in(high.sentence)
    if sites[0] and sites[1] and sites[0].isdisjoint(sites[1]):
        # A fire in a hostel and one in a mill, in one town on one day.
        return "spared.sites"
    if _is_at_one_place(low, high):
        return "spared.one_place"
    if _is_elsewhere(low, high):
        # One arrest is no count of 46 arrests.
        return "spared.elsewhere"
    if _has(low.citation.text, "found_bodies") and _pair_kind(low, high)[0] is not ConflictKind.UPDATE:
        # "69 bodies were recovered": more may have died.
        return "spared.bodies"
    if low.is_of_least:
        return "spared.of_least"
    if _is_local(low) and not _is_local(high):
        # The mayor of one town counts its own dead.
        return "spared.local"
    if low.figure.measure is Measure.INJURED and (_is_treated(low) or _is_treated(high)):
        # "The clinic received 27 wounded" beside "more than 30 were hurt"
        return "spared.treated"
    if low.figure.measure is Measure.RESCUED and is_spreading(low.figure.incident.kind):
        # Two crews in a town that a quake hit: each tells of those it dug out.
        return "spared.scattered"
    return None


def _is_at_one_place(low: Claim, high: Claim) -> bool:
    """ "Avalanches have killed 28 in the province", "20 died in a village of the province": one of several."""
    place, wider = low.figure.incident.place, high.figure.incident.place
    if place is None or wider is None or place == wider or wider not in low.sentence:
        return False
    return says(high.sentence, "comparison.many_happenings")


def _is_local(claim: Claim) -> bool:
    """Whether a count is of the dead of one town or village, as the words beside it say."""
    words = claim.citation.text
    before, _, behind = claim.sentence.partition(words)
    return says(
        f"{before[-_LAND_BEFORE:].rpartition('. ')[2]}{words}{behind[:_LAND_BEFORE]}", "comparison.local"
    )


def _is_treated(claim: Claim) -> bool:
    """Whether a count is of those whom one place or one service took care of."""
    words = claim.citation.text
    before, _, behind = claim.sentence.partition(words)
    near = f"{before[-_CARE_REACH:].rpartition('. ')[2]}{words}{behind[:_CARE_REACH].partition('. ')[0]}"
    return says(near, "comparison.treated")


def _lands_of(claim: Claim) -> frozenset[str]:
    """The countries in which a count of a disaster was made, as its sentence and its claimant tell: a quake that two
    countries feel has a toll in each. None of a deed: its sides come from two countries and count the same dead,
    but for a fight between two states."""
    figure = claim.figure
    if claim.is_two_sided:
        return _side_of(claim)
    if has_doer(figure.incident.kind):
        return frozenset()
    named = {match.name.country for match in find_names(claim.citation.text)}
    start = claim.sentence.find(claim.citation.text)
    around = claim.sentence[max(0, start) : start + _LAND_REACH] if start >= 0 else ""
    before = claim.sentence[max(0, start - _LAND_BEFORE) : max(0, start)].rpartition(". ")[2]
    named |= {match.name.country for match in find_names(around)}
    named |= {match.name.country for match in find_names(before)}
    if figure.claimant is not None and figure.claimant.country:
        named.add(figure.claimant.country)
    if not named and figure.incident.country is not None:
        named.add(figure.incident.country)
    return frozenset(named) if len(named) == 1 else frozenset()


def _are_of_lands(
    claim: Claim, other: Claim, land: frozenset[str], other_land: frozenset[str], is_shared: bool
) -> bool:
    """Whether two counts were made in two countries, or, where several count, the smaller one in one of them."""
    if land and other_land:
        return land.isdisjoint(other_land)
    is_one_told = (claim.figure.claimant is None) != (other.figure.claimant is None)
    if is_shared and claim.is_two_sided and is_one_told:
        # Where two states fight, each counts its own, and the writer all of them.
        return True
    is_low = size(claim.figure.bounds) < size(other.figure.bounds)
    return is_shared and bool(land if is_low else other_land)


def _side_of(claim: Claim) -> frozenset[str]:
    """Whose dead a state counts, where two fight: those of the nation that it names, else its own."""
    claimant, nation = claim.figure.claimant, _nation_of(claim.figure)
    if nation is not None:
        return frozenset({nation})
    if claimant is None or claimant.kind is ActorKind.MEDIA:
        return frozenset()
    named = {match.name.country for match in find_names(claimant.name)}
    if claimant.country is not None:
        named = {claimant.country}
    return frozenset(named) if len(named) == 1 else frozenset()


def _is_elsewhere(low: Claim, high: Claim) -> bool:
    """Whether a few cases stand beside many: another place or hour, of which nothing sure can be said."""
    small, large = size(low.figure.bounds), size(high.figure.bounds)
    if small == 0:
        # "no injuries were reported" tells what a writer knew, "the police said nobody was hurt" is a count.
        return low.figure.claimant is None
    if claimed_apart(low, high) and small >= _MANY:
        return False
    return large > OTHER_SCOPE * max(small, 1) and (small == 1 or large < _SURELY_MORE)


def _nation_of(figure: Figure) -> str | None:
    """The country that those counted are said to be of; a state's "own soldiers" are of that state."""
    if figure.victims is None:
        return None
    named = find_names(figure.victims)
    if named:
        return named[0].name.country
    is_own = _has(figure.victims, "own")
    return figure.claimant.country if is_own and figure.claimant is not None else None


def is_plain_update(pair: Disagreement) -> bool:
    """Whether the later claim only carries the news on: a day or more later, within one outlet, or more bodies."""
    if pair.kind is not ConflictKind.UPDATE:
        return False
    if _has(pair.low.citation.text, "found_bodies"):
        # More bodies were found.
        return True
    gap = time_between(pair.low, pair.high)
    return voice_of(pair.low) == voice_of(pair.high) or (gap is not None and abs(gap) >= PLAIN_UPDATE)


def left_behind(disagreements: Sequence[Disagreement]) -> list[Claim]:
    """The claims that a later count or a correction has put aside."""
    gone: list[Claim] = []
    for pair in disagreements:
        if pair.kind is ConflictKind.UPDATE:
            gone.append(pair.high if pair.low.figure.measure is Measure.MISSING else pair.low)
        elif pair.kind is ConflictKind.CORRECTION:
            gone.append(pair.high)
    return gone


def kind_of(disagreements: Sequence[Disagreement]) -> ConflictKind | None:
    """The weightiest kind among disagreements; `None` for none."""
    kinds = {pair.kind for pair in disagreements}
    return next((kind for kind in _BY_WEIGHT if kind in kinds), None)


def voice_of(claim: Claim) -> str:
    """The outlet, or the article where the outlet is unknown: for telling voices apart, never for showing."""
    return claim.outlet or claim.citation.article_id


def _pair_kind(low: Claim, high: Claim) -> tuple[ConflictKind, str]:
    """What it is that two claims do not agree, and why: a code of `rules/reasons.toml`.

    A source's own later number brings up to date (or corrects, when it falls), and so does a number that its
    sentence calls a change. Two sources, or two reports without one, dispute each other when they are told within
    a few hours, when nothing tells their order, or when the later one is the lower.
    """
    other = _other_measure(low, high)
    if other is not None:
        return other
    is_same, is_apart = same_claimant(low, high), claimed_apart(low, high)
    is_missing = low.figure.measure is Measure.MISSING
    gap = time_between(low, high)
    if is_missing and gap is not None and abs(gap) >= PLAIN_UPDATE:
        return ConflictKind.UPDATE, "update.missing"
    if is_missing and gap is not None:
        # The missing are found: their number falls by itself.
        gap = -gap
    is_soon = gap is None or abs(gap) < SAME_WINDOW
    ahead = gap is None or gap >= dt.timedelta()
    is_known = not is_apart or _names(low.sentence, high.figure)
    takes_back = is_known and (is_soon or not ahead) and says(low.sentence, "comparison.takes_back")
    if takes_back and not is_missing:
        return ConflictKind.CORRECTION, "correction.taken_back"
    if is_same:
        if ahead or is_missing:
            return ConflictKind.UPDATE, "update.same_source"
        return ConflictKind.CORRECTION, "correction.same_source"
    if not is_missing and (is_soon or ahead) and says(high.sentence, "comparison.raises"):
        return ConflictKind.UPDATE, "update.said_to_rise"
    is_one_outlet = not is_apart and low.outlet is not None and low.outlet == high.outlet
    if gap is None:
        if is_one_outlet:
            return ConflictKind.UPDATE, "update.one_outlet"
        return ConflictKind.DISPUTE, "dispute.no_order"
    if gap >= SAME_WINDOW or (is_missing and gap > dt.timedelta() and not is_apart):
        return ConflictKind.UPDATE, "update.later"
    if is_one_outlet and not is_soon and not is_missing:
        return ConflictKind.CORRECTION, "correction.one_outlet"
    return ConflictKind.DISPUTE, "dispute.together" if is_soon else "dispute.later_lower"


def _names(text: str, figure: Figure) -> bool:
    """Whether the words around one count name the number of another: "they had given a figure of 130"."""
    number = size(figure.bounds)
    if re.search(rf"(?<![\d,]){number:,}(?![\d,]*\d)", text) is not None:
        return True
    tokens = tokenize(text, 0, len(text))
    amounts = (read_amount(tokens, at) for at, low in enumerate(tokens.lows) if low[0].isalpha())
    return any(amount is not None and size(amount.bounds) == number for amount in amounts)


def _other_measure(low: Claim, high: Claim) -> tuple[ConflictKind, str] | None:
    """Where the numbers differ because they do not count the same, or not as finely."""
    small, large = size(low.figure.bounds), size(high.figure.bounds)
    in_high, in_low = _attackers_in(_told(high)), _attackers_in(_told(low))
    if in_high != in_low and (in_high or in_low) == large - small > 0:
        return ConflictKind.DEFINITION, "definition.attacker"
    if is_morgue(high) and not _has(low.citation.text, "found_bodies"):
        return ConflictKind.DEFINITION, "definition.bodies"
    if 0 < small * OTHER_SCOPE < large and not (small >= _MANY and claimed_apart(low, high)):
        return ConflictKind.SCOPE, "scope.far_apart"
    is_round = (small % _COARSE == 0) != (large % _COARSE == 0)
    if is_round and large - small <= _COARSE_SHARE * large:
        return ConflictKind.PRECISION, "precision.rounded"
    return None


def _told(claim: Claim) -> str:
    """A count's words and what its sentence goes on to say: "eight people died, among them the gunman"."""
    words = claim.citation.text
    _, _, behind = claim.sentence.partition(words)
    return words + behind.partition(". ")[0][:_LAND_REACH]


@functools.lru_cache(maxsize=4096)
def _has(text: str, words: str) -> bool:
    """Whether a text holds one of a list of words."""
    return not frozenset(load_rules("casualties").words[words]).isdisjoint(_WORD.findall(text.lower()))


@functools.lru_cache(maxsize=4096)
def says(text: str, rule_id: str) -> bool:
    """Whether the words around a count say that it is new, or that it was taken back."""
    return find_rule(text, rule_id) is not None


def find_rule(text: str, rule_id: str) -> re.Match[str] | None:
    """Where a rule of `rules/comparison.toml` first holds."""
    return _patterns()[rule_id].search(fold(text))


def read_count(words: str) -> int:
    """The number that words begin with; 0 for none."""
    tokens = tokenize(words, 0, len(words))
    amount = read_amount(tokens, 0) if tokens.lows else None
    return size(amount.bounds) if amount is not None else 0


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {rule.id: rule.pattern for rule in load_rules("comparison").rules}


@functools.lru_cache(maxsize=4096)
def _sites_in(text: str) -> frozenset[str]:
    """The sorts of places and vehicles that the words around a count name."""
    sites = load_rules("comparison").meaning["site"]
    return frozenset(sites[word] for word in _WORD.findall(text.lower()) if word in sites)


def is_morgue(claim: Claim) -> bool:
    """Whether a count is one of bodies that a hospital or a morgue has: they may be of more than this incident."""
    return _has(claim.citation.text, "found_bodies") and says(claim.sentence, "comparison.morgue")


@functools.lru_cache(maxsize=4096)
def _attackers_in(text: str) -> int:
    """How many attackers a count says that it includes ("four people, including the gunman" one); 0 where none."""
    words = load_rules("casualties").words
    tokens = tokenize(text, 0, len(text))
    found = tokens.lows
    for at, word in enumerate(found):
        phrase = f"{word} {found[at + 1]}" if at + 1 < len(found) else word
        behind = at + 2 if phrase in words["include"] else at + 1
        if behind == at + 1 and word not in words["include"]:
            continue
        if any(near in words["attacker"] for near in found[behind : behind + 4]):
            amount = read_amount(tokens, behind) if behind < len(found) else None
            return size(amount.bounds) or 1 if amount is not None else 1
    return 0


def narrow_all(bounds: Sequence[Bounds]) -> Bounds | None:
    """What all intervals allow; vague ones say nothing; `None` where they do not meet."""
    firm = [one for one in bounds if not one.is_vague]
    if not firm:
        return bounds[0] if bounds else None
    exact = [one for one in firm if not one.approximate] or firm
    narrowed: Bounds | None = exact[0]
    for one in exact[1:]:
        narrowed = narrowed.narrow(one) if narrowed is not None else None
    return narrowed


def size(bounds: Bounds) -> int:
    """The number that an interval names, for ordering; 0 for a vague one."""
    return bounds.low if bounds.low is not None else bounds.high or 0


def says_of(figure: Figure) -> str:
    """A figure in digits with its hedge: "at least 9", "more than 90", "about 12", "several"."""
    low, high, about = figure.bounds.low, figure.bounds.high, figure.bounds.approximate
    if low is None and high is None:
        return figure.words
    if low == high:
        return f"about {low:,}" if about else f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    hedge = hedge_of(figure)
    if high is not None:
        return f"fewer than {high + 1:,}" if hedge is Hedge.LESS_THAN else f"up to {high:,}"
    assert low is not None
    if about:
        return figure.words
    return f"more than {low - 1:,}" if hedge is Hedge.MORE_THAN else f"at least {low:,}"

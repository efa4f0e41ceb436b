"""Why two counts that do not agree are not held against each other: of other people, another place, another country.

Hides what parts two countings of one incident: nations, lands, sites, bodies found, those in care.

Stance: a false "sources disagree" is worse than a missed one; wherever the words allow that two counts are of
different people, they are left beside each other.
"""

from __future__ import annotations

import re

from digests.analysis.disputes.agreement import size
from digests.analysis.disputes.kinds import MANY, OTHER_SCOPE, pair_kind
from digests.analysis.disputes.ties import are_tied
from digests.analysis.disputes.voices import claimed_apart
from digests.analysis.disputes.words import (
    LAND_BEFORE,
    LAND_REACH,
    find_rule,
    holds,
    is_local,
    is_of_several,
    is_of_struck,
    is_of_worst,
    is_treated,
    is_verified,
    says,
    sites_in,
    told_of,
)
from digests.analysis.occurrences.occurrences import DEATHS
from digests.extract.counts.victims import PEOPLE
from digests.extract.tellings.likeness import has_doer, is_running, is_spreading
from digests.rules.gazetteer import NameKind, city_size, country_names, find_names
from digests.types import ActorKind, Claim, ConflictKind, Figure, Measure

# How many times the smaller one the larger of two counts may be that one article quotes of one happening.
_MOST_APART = 5
# Characters between the sentences of two counts that are set side by side.
_SIDE_BY_SIDE = 160
# Characters in front of a "no deaths" in which it stands that somebody only has not heard of any.
_JUST_BEFORE = 40
# A body that is known "by its French initials" counts in no country by that.
_OWN_NAME = re.compile(r"\bits \w+ (?:initials|acronym|abbreviation|name)\b")
# How a count of none begins that is told of some of the people there.
_NONE_OF = "none of "
# Inhabitants of a city that is known by its name alone.
_LARGE = 250_000
# A count that is that many times another one, and at least this, surely counts more than one incident.
_SURELY_MORE = 100


def why_spared(claim: Claim, other: Claim, nation: str | None, other_nation: str | None) -> str | None:
    """Why two counts that do not agree are not held against each other; `None` where they are."""
    if nation and other_nation and nation != other_nation:
        # "20 Indian soldiers" and "43 Chinese soldiers" fell on two sides.
        return "spared.nations"
    if claim.citation.article_id == other.citation.article_id and not claimed_apart(claim, other):
        return "spared.one_article"
    if not are_tied(claim, other):
        return "spared.untied"
    is_dated = claim.published is not None, other.published is not None
    if is_dated[0] != is_dated[1] and any(is_spreading(one.figure.incident.kind) for one in (claim, other)):
        # The toll of a quake or a flood goes up for days; of which of them an undated page is, nobody knows.
        return "spared.undated"
    low, high = sorted((claim, other), key=lambda one: size(one.figure.bounds))
    if size(low.figure.bounds) == 0 and low.citation.text.lower().startswith(_NONE_OF):
        # "None of the 40 tourists was hurt": others may be.
        return "spared.part"
    is_one_article = low.citation.article_id == high.citation.article_id
    is_far = size(high.figure.bounds) > _MOST_APART * size(low.figure.bounds) > 0
    if is_one_article and is_far and not _are_side_by_side(low, high):
        # A round-up: 137 bodies found over a season, 23 people killed in massacres.
        return "spared.round_up"
    sites = sites_in(low.sentence), sites_in(high.sentence)
    if sites[0] and sites[1] and sites[0].isdisjoint(sites[1]):
        # A fire in a hostel and one in a mill, in one town on one day.
        return "spared.sites"
    if is_of_several(high) and not is_of_several(low):
        # "Nine people were wounded in shootings across the city since Monday."
        return "spared.one_place"
    kinds = {low.figure.incident.kind, high.figure.incident.kind}
    if any(map(is_running, kinds)) and not claimed_apart(low, high):
        # An outbreak is counted by country and by week.
        return "spared.running"
    if any(map(is_spreading, kinds)) and _is_far_below(low, high):
        # Two of a charity's people, in a quake that killed thousands.
        return "spared.elsewhere"
    if _is_at_one_place(low, high):
        return "spared.one_place"
    if _is_elsewhere(low, high):
        # One arrest is no count of 46 arrests.
        return "spared.elsewhere"
    if holds(low.citation.text, "found_bodies") and pair_kind(low, high)[0] is not ConflictKind.UPDATE:
        # "69 bodies were recovered": more may have died.
        return "spared.bodies"
    if low.is_of_least:
        return "spared.of_least"
    if is_verified(low) and pair_kind(low, high)[0] is ConflictKind.DISPUTE:
        # "Investigators have verified 19 deaths", where the ministry speaks of 22.
        return "spared.verified"
    if low.is_two_sided and _are_locals(low) and not _are_locals(high):
        # "Shells killed three residents": of one village, where two sides count eight dead.
        return "spared.local"
    if (is_local(low) and not is_local(high)) or _is_in_part(low, high):
        # The mayor of one town counts its own dead.
        return "spared.local"
    if _is_within(low, high) and pair_kind(low, high)[0] is ConflictKind.DISPUTE:
        # Two dead of the heat in a town, five in its country.
        return "spared.local"
    if low.figure.measure is Measure.INJURED and (is_treated(low) or is_treated(high)):
        # "The clinic received 27 wounded" beside "more than 30 were hurt"
        return "spared.treated"
    if low.figure.measure is Measure.INJURED and is_of_worst(low):
        # "Four are in intensive care": a part of the injured, whoever counts them.
        return "spared.worst"
    if low.figure.measure is Measure.INJURED and is_of_struck(low) != is_of_struck(high):
        # "Two were killed and one was wounded", "he shot three people"
        return "spared.struck"
    is_unclaimed = claim.figure.claimant is None and other.figure.claimant is None
    is_arrests = low.figure.measure is Measure.DETAINED and is_unclaimed
    if is_arrests and pair_kind(low, high)[0] is ConflictKind.DISPUTE:
        # Eleven at a march, seven who are held elsewhere: nobody says that it is all.
        return "spared.arrests"
    if low.figure.measure is Measure.RESCUED and is_spreading(low.figure.incident.kind):
        # Two crews in a town that a quake hit: each tells of those it dug out.
        return "spared.scattered"
    return None


def _are_side_by_side(low: Claim, high: Claim) -> bool:
    """Whether one article sets what two sides count of the same people side by side: "The minister said one soldier
    had died. The rebels said that they had killed eight"."""
    between = high.figure.evidence.sentence.start - low.figure.evidence.sentence.end
    is_near = abs(between) <= _SIDE_BY_SIDE or low.figure.evidence.sentence == high.figure.evidence.sentence
    is_crowd = low.figure.group == high.figure.group != PEOPLE
    return is_crowd and is_near and claimed_apart(low, high)


def _are_locals(claim: Claim) -> bool:
    """Whether those counted are told as who lives there."""
    return claim.figure.victims is not None and holds(claim.figure.victims, "locals")


def _is_far_below(low: Claim, high: Claim) -> bool:
    """Whether a count of people of some sort is so far below another one that it can only be a part of it."""
    small, large = size(low.figure.bounds), size(high.figure.bounds)
    if 0 < small * _SURELY_MORE < large:
        # "36 of the UN's own", beside the 50,000 of a minister.
        return low.figure.claimant is not None
    return (
        low.figure.victims not in (None, PEOPLE)
        and 0 < small * OTHER_SCOPE < large
        and not (small >= MANY and claimed_apart(low, high))
    )


def _is_in_part(low: Claim, high: Claim) -> bool:
    """Whether the smaller count is of one district of what a storm or a flood covers."""
    if not is_spreading(low.figure.incident.kind):
        return False
    return says(low.citation.text, "comparison.in_part") and not says(
        high.citation.text, "comparison.in_part"
    )


def _is_within(low: Claim, high: Claim) -> bool:
    """Whether the smaller count of what is in many places at once was made in a town or a province, as its sentence
    says, and the larger one in the whole country."""
    place, wider = low.figure.incident, high.figure.incident
    if place.place is None or wider.place is None or place.country != wider.country:
        return False
    if not (is_spreading(place.kind) or is_spreading(wider.kind)) or place.place == wider.place:
        return False
    is_whole = wider.country is not None and country_names().get(wider.country) == wider.place
    return is_whole and place.place in low.sentence and place.place not in high.sentence


def _is_at_one_place(low: Claim, high: Claim) -> bool:
    """ "Avalanches have killed 28 in the province", "20 died in a village of the province": one of several."""
    place, wider = low.figure.incident.place, high.figure.incident.place
    if place is None or wider is None or place == wider or wider not in low.sentence:
        return False
    return says(high.sentence, "comparison.many_happenings")


def lands_of(claim: Claim) -> frozenset[str]:
    """The countries in which a count of a disaster was made, as its sentence and its claimant tell: a quake that two
    countries feel has a toll in each. None of a deed: its sides come from two countries and count the same dead,
    but for a fight between two states; of deaths alone those that its own words name."""
    figure = claim.figure
    if claim.is_two_sided:
        return _side_of(claim)
    is_deaths = figure.incident.kind == DEATHS
    if has_doer(figure.incident.kind) and not is_deaths:
        return frozenset()
    named = _lands_in(claim.citation.text)
    start = claim.sentence.find(claim.citation.text)
    around = claim.sentence[max(0, start) : start + LAND_REACH].partition(". ")[0] if start >= 0 else ""
    before = claim.sentence[max(0, start - LAND_BEFORE) : max(0, start)].rpartition(". ")[2]
    named |= _lands_in(around) | _lands_in(before)
    if is_deaths:
        return frozenset(named)
    if figure.claimant is not None and figure.claimant.country:
        named.add(figure.claimant.country)
    if not named and figure.incident.country is not None:
        named.add(figure.incident.country)
    return frozenset(named)


def _lands_in(text: str) -> set[str]:
    """The countries that a text names, by name, people or large city: a river may be called like a small town."""
    return {
        match.name.country
        for match in find_names(_OWN_NAME.sub("", text))
        if match.name.kind is not NameKind.CITY or city_size(match.name.canonical) >= _LARGE
    }


def are_of_lands(
    claim: Claim, other: Claim, land: frozenset[str], other_land: frozenset[str], is_shared: bool
) -> bool:
    """Whether two counts were made in two countries, or, where several count, the smaller one in one of them."""
    if len(land) == 1 and len(other_land) == 1:
        return land.isdisjoint(other_land)
    is_low = size(claim.figure.bounds) < size(other.figure.bounds)
    low, high = (land, other_land) if is_low else (other_land, land)
    if len(low) == 1 and low < high:
        # "Nine died in Peru", "13 have died in Peru and Ecuador"
        return True
    if claim.is_two_sided and bool(land) != bool(other_land):
        # Where two states fight, each counts its own, and the writer all; for whom a body speaks may be unsaid.
        landless = other if land else claim
        return is_shared or landless.figure.claimant is None
    return is_shared and len(low) == 1


def _side_of(claim: Claim) -> frozenset[str]:
    """Whose dead a state counts, where two fight: those of the nation that it names, else its own."""
    claimant, nation = claim.figure.claimant, nation_of(claim.figure)
    if nation is not None:
        return frozenset({nation})
    side = find_rule(told_of(claim), "comparison.on_side")
    where = find_names(side["land"]) if side is not None else ()
    if where:
        return frozenset({where[0].name.country})
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
        before = low.sentence.partition(low.citation.text)[0]
        is_unknown = says(before[-_JUST_BEFORE:], "comparison.knows_of")
        return low.figure.claimant is None or is_unknown or says(told_of(low), "comparison.linked")
    if claimed_apart(low, high) and small >= MANY:
        return False
    return large > OTHER_SCOPE * max(small, 1) and (small == 1 or large < _SURELY_MORE)


def nation_of(figure: Figure) -> str | None:
    """The country that those counted are said to be of; a state's "own soldiers" are of that state."""
    if figure.victims is None:
        return None
    named = find_names(figure.victims)
    if named:
        return named[0].name.country
    is_own = holds(figure.victims, "own")
    return figure.claimant.country if is_own and figure.claimant is not None else None

"""Whether two occurrences are one incident: what ties them, and what parts them.

Stance: figures of two incidents held together make a false conflict, so nothing joins that the texts part: another
doer, other days, places that exclude each other.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping, Sequence

from digests.analysis.occurrences.occurrences import Occurrence, incident_key, is_day
from digests.extract.joining.fitting import FITS
from digests.extract.tellings.likeness import (
    actors_fit,
    days_fit,
    has_doer,
    is_nameless,
    is_spreading,
    is_state,
    kinds_fit,
    lasting_days,
    places_fit,
    scenes_fit,
)
from digests.rules.gazetteer import NameKind, look_up
from digests.trace import StoryTrace, reason
from digests.types import IncidentMention, StoryArticle

# "the Highfield section of Norvia"
_SECTION = re.compile(r" (?:section|neighbou?rhood|district|suburb|area|part|borough|quarter) of ")
# Letters of a place's name that is looked for in another report.
_SHORTEST_PLACE = 4
# What an equal exact number of the same measure adds.
_SAME_NUMBER = 1.0
_ONE_MONTH = dt.timedelta(days=31)
# What it adds that a mention of the same kind tells no day, place and doer of its own, and is no background.
_BARE = 1.5
# Days over which articles follow up one disaster.
_SEQUEL = dt.timedelta(days=14)

# How kind, doer, day and place of two mentions fit; `None` where nothing tells.
_Fits = tuple[bool | None, bool | None, bool | None, bool | None]


def written_within(articles: Sequence[StoryArticle]) -> frozenset[tuple[str, str]]:
    """The (place, place around it) pairs that the story's articles write out ("Highfield, Norvia")."""
    pairs: set[tuple[str, str]] = set()
    for item in articles:
        places, text = item.facts.places, item.article.text
        pairs.update((place.canonical, place.within) for place in places if place.within is not None)
        gaps = [text[a.evidence.span.end : b.evidence.span.start] for a, b in itertools.pairwise(places)]
        for k, gap in enumerate(gaps):
            # A list of towns ("Kolm, Essk and Orm") has a third one.
            is_list = any(0 <= n < len(gaps) and gaps[n] in (", ", " and ", ", and ") for n in (k - 1, k + 1))
            if (gap == ", " and not is_list) or _SECTION.fullmatch(gap):
                pairs.add((places[k].canonical, places[k + 1].canonical))
    return frozenset(pairs)


def is_told_apart(siblings: Sequence[Occurrence], node: Occurrence, group: Sequence[Occurrence]) -> bool:
    """Whether a main incident's article tells of the group's incident besides: its named doer on its very day."""
    if not node.is_main or node.mention.actor:
        return False
    return any(
        actors_fit(sibling.mention.actor, other.mention.actor)
        and is_day(sibling.mention)
        and (sibling.mention.first, sibling.mention.last) == (other.mention.first, other.mention.last)
        for sibling in siblings
        if sibling is not node and sibling.mention.actor and not is_nameless(sibling.mention.actor)
        for other in group
    )


def is_told_besides(
    scenes: Mapping[str, Sequence[Occurrence]], node: Occurrence, group: Sequence[Occurrence]
) -> bool:
    """Whether one of two main incidents' articles tells of the other's besides: its place on its very day.

    `scenes` are the dated incidents that each article tells besides its main one.
    """
    if not node.is_main:
        return False
    own = scenes.get(node.article_id, ())
    for other in group:
        theirs = scenes.get(other.article_id, ())
        if not other.is_main or not (own or theirs) or _is_same_scene(node, other):
            continue
        if any(_is_earlier_one(scene, other, node) for scene in theirs) or any(
            _is_earlier_one(scene, node, other) for scene in own
        ):
            return True
        if _may_be_one_day_off(node, other):
            continue
        if any(_is_same_scene(scene, node) for scene in theirs) or any(
            _is_same_scene(scene, other) for scene in own
        ):
            return True
    return False


def _is_earlier_one(scene: Occurrence, main: Occurrence, other: Occurrence) -> bool:
    """Whether a report counts its news as the second of its kind, and the first was on the very day of another's news.

    "Monday's quake was the second: on Sunday one shook the island": that of Sunday is the other's.
    """
    a, b, c = scene.mention, main.mention, other.mention
    if not (scene.is_dated and main.is_dated and is_day(a) and is_day(b) and a.kind == b.kind):
        return False
    if re.search(rf"\b(?:second|third|fourth) (?:one|{re.escape(a.kind)})\b", main.told) is None:
        # Two days of one event are told as often: only who counts them tells of two.
        return False
    if a.first != c.first or a.last != c.last or (b.first, b.last) == (c.first, c.last):
        return False
    return places_fit((a.place, a.country), (c.place, c.country)) is not False


def _may_be_one_day_off(one: Occurrence, two: Occurrence) -> bool:
    """Whether one of two mentions may have the day of its news for the event's own, which was the day before."""
    days = (one.mention.first, two.mention.first)
    if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) != 1:
        return False
    later = one if days[0] > days[1] else two
    return later.published == later.mention.first


def _is_same_scene(one: Occurrence, two: Occurrence) -> bool:
    """Whether two mentions tell of one kind of thing in one place on one very day."""
    a, b = one.mention, two.mention
    if not is_day(a) or a.place is None:
        return False
    return (a.place, a.first, a.last) == (b.place, b.first, b.last) and kinds_fit(a.kind, b.kind) is not False


def shares_name(node: Occurrence, group: Sequence[Occurrence]) -> bool:
    """Whether a mention and one of a group name the same one as whom it was done to, at about the same time."""
    return any(
        not node.named.isdisjoint(other.named)
        and kinds_fit(node.mention.kind, other.mention.kind) is not False
        and _may_be_near(node.mention, other.mention)
        for other in group
    )


def pair_score(
    node: Occurrence,
    other: Occurrence,
    within: frozenset[tuple[str, str]],
    trace: StoryTrace | None,
    *,
    is_named: bool = False,
) -> float:
    """How much speaks for two mentions being one incident; below zero where something parts them.

    `is_named`: both are of a group that tells by name whom it was done to.
    """
    ours, theirs = node.mention, other.mention
    both_main = node.is_main and other.is_main
    fits = _fits(node, other, within, is_named=is_named)
    if trace is not None:
        is_main = both_main and False not in fits
        _note_fits(trace, node, other, fits, is_main=is_main)
    if False in fits:
        return -1.0
    kind, actor, day, place = fits
    if node.article_id == other.article_id and not (
        kind
        and (actor or place)
        and is_day(ours)
        and days_fit((ours.first, ours.last), (theirs.first, theirs.last))
    ):
        return 0.0 if kind is None and (node.is_bare or other.is_bare) else -1.0
    score = 2.0 * (actor is True) + 1.5 * (place is True) + 0.5 * (kind is True) + 2.0 * both_main
    score += 0.5 * (ours.kind == theirs.kind and _is_rare(ours, theirs))
    score += (2.0 if _are_one_day(ours, theirs, day) else 1.0) * (day is True)
    score += 2.0 * is_named
    if (kind and node.is_bare and other.is_main) or (kind and other.is_bare and node.is_main):
        # "The violence left two dead" on a page about who returned after it: a page of this story means its news.
        score += _BARE
    is_aside = (ours.is_background and other.is_main) or (theirs.is_background and node.is_main)
    if is_aside and not (day or actor or is_named):
        # What one article looks back at is not the other's news, unless a day or a doer says so.
        return 0.0
    has_number = not node.numbers.isdisjoint(other.numbers)
    if has_number:
        score += _SAME_NUMBER
    is_told = has_number or place is True or not has_doer(ours.kind)
    if ours.is_background and theirs.is_background and is_told and day:
        # Few articles of one story look back at two such things of one year.
        score += 1.0
    return score


def _fits(
    node: Occurrence, other: Occurrence, within: frozenset[tuple[str, str]], *, is_named: bool
) -> _Fits:
    """Whether the kinds, doers, days and places of two mentions fit each other."""
    ours, theirs = node.mention, other.mention
    both_main = node.is_main and other.is_main
    kind = kinds_fit(ours.kind, theirs.kind)
    actor = actors_fit(ours.actor, theirs.actor)
    place = places_fit((ours.place, ours.country), (theirs.place, theirs.country))
    strict = days_fit((ours.first, ours.last), (theirs.first, theirs.last))
    day = _day_fits(node, other, strict, is_tied=actor is True or place is True)
    place = _place_told(node, other, place, kind, within)
    if actor is False and both_main and place and day is not False and not _are_states(ours, theirs):
        # Two groups that claim one deed, or are blamed for it.
        actor = None
    if is_named:
        # Nobody dies twice: whatever else the two tell is where and when they tell it.
        place, day = place or None, day or None
    if (
        kind is False
        and scenes_fit(ours.kind, theirs.kind)
        and (both_main or _are_one_day(ours, theirs, day) or _is_one_news(node, other))
    ):
        # A riot, an arson attack and a police raid of one day are scenes of one event.
        kind = None
    if kind is False and both_main and not (node.is_led and other.is_led):
        # A page that opens on a funeral or a market: what it tells first, far below, need not be its news.
        kind = None
    if place is False and kind and day and not node.numbers.isdisjoint(other.numbers):
        is_known = both_main and ours.country == theirs.country
        if is_known or (ours.is_background and theirs.is_background):
            # One kind, one time, one toll: two reports of one country name a borough and its city, and few look back at
            # two such things.
            place = None
    return kind, actor, day, place


def _is_one_news(node: Occurrence, other: Occurrence) -> bool:
    """Whether an article may tell of its news by two words: "the coup attempt" and, without more, "the clashes"."""
    is_news = (node.is_bare and other.is_main) or (other.is_bare and node.is_main)
    return is_news and node.article_id == other.article_id


def _are_one_day(ours: IncidentMention, theirs: IncidentMention, fits: bool | None) -> bool:
    return fits is True and is_day(ours) and is_day(theirs)


def _place_told(
    node: Occurrence,
    other: Occurrence,
    fits: bool | None,
    kind: bool | None,
    within: frozenset[tuple[str, str]],
) -> bool | None:
    """Whether two places fit, by what the two reports tell of them besides; `fits` is what their names say."""
    ours, theirs = node.mention, other.mention
    both_main = node.is_main and other.is_main
    if fits is False and both_main and kind and is_spreading(ours.kind) and ours.country == theirs.country:
        # A storm has many places; what it does in another country is counted there.
        fits = None
    if fits is False and _is_nested(ours.place, theirs.place, within):
        fits = True
    if fits is not True and both_main and (_tells_place(node, other) or _tells_place(other, node)):
        fits = True
    if fits is False and both_main and (_names_place(node, other) or _names_place(other, node)):
        # Who writes of both towns may put the event in either.
        fits = None
    return fits


def _tells_place(node: Occurrence, other: Occurrence) -> bool:
    """Whether a report names the place of another's news where it tells its own."""
    place = _town(other)
    return place is not None and re.search(rf"\b{re.escape(place.casefold())}\b", node.told) is not None


def _names_place(node: Occurrence, other: Occurrence) -> bool:
    """Whether a report names the place of another's news anywhere."""
    place = _town(other)
    return place is not None and re.search(rf"\b{re.escape(place)}\b", node.text) is not None


def _are_states(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether a state is the doer of one of two."""
    return any(actor is not None and is_state(actor) for actor in (ours.actor, theirs.actor))


def _town(node: Occurrence) -> str | None:
    """The place of a mention, where it is less than a country."""
    place = node.mention.place
    if place is None or len(place) < _SHORTEST_PLACE:
        return None
    entry = look_up(place)
    is_land = entry is not None and entry.kind in (NameKind.COUNTRY, NameKind.DEMONYM)
    return None if is_land else place


def _note_fits(
    trace: StoryTrace, node: Occurrence, other: Occurrence, fits: Sequence[bool | None], *, is_main: bool
) -> None:
    """Leave what fits two mentions to each other, or what parts them."""
    wanted = False not in fits
    by = [name for name, fit in zip(FITS, fits, strict=True) if fit is wanted]
    if is_main:
        by.append("main")
    code = "joins.parted" if wanted is False else "joins.fits" if by else "joins.nothing"
    pair = (incident_key(node.article_id, node.mention), incident_key(other.article_id, other.mention))
    trace.joins[pair] = reason(code, by=", ".join(by) or None)


def _is_nested(a: str | None, b: str | None, within: frozenset[tuple[str, str]]) -> bool:
    return a is not None and b is not None and ((a, b) in within or (b, a) in within)


def _day_fits(node: Occurrence, other: Occurrence, strict: bool | None, *, is_tied: bool) -> bool | None:
    """Whether two mentions can be of one day, as far as outlets and follow-ups name other ones."""
    ours, theirs = node.mention, other.mention
    if strict is None and node.is_main and other.is_main and not has_doer(ours.kind):
        # "The toll of the flood rose to 39", in September, is no flood of June.
        return None if _is_recent(node, theirs) and _is_recent(other, ours) else False
    if strict is not False:
        return strict
    if node.is_main and other.is_main:
        is_one_kind = kinds_fit(ours.kind, theirs.kind) or scenes_fit(ours.kind, theirs.kind)
        if not has_doer(ours.kind) and is_one_kind and _is_sequel(ours, theirs):
            # Follow-ups of a disaster name the days of the search.
            return None
        early, late = sorted((node, other), key=lambda n: n.mention.first or dt.date.min)
        if not late.is_dated and is_one_kind and _is_sequel(ours, theirs):
            # The later day is that of a follow-up's news.
            return None
        first, last = early.mention.first, late.mention.first
        lasting = max(lasting_days(ours.kind), lasting_days(theirs.kind))
        if lasting and first and last and last - first <= lasting:
            return None
    if is_tied or (node.is_main and other.is_main):
        # Two outlets may name two days for one night; then doer or place must speak for it.
        return days_fit((ours.first, ours.last), (theirs.first, theirs.last), strict=False)
    return False


def _is_recent(node: Occurrence, theirs: IncidentMention) -> bool:
    """Whether a report that tells no day of its news may mean what happened on the days of another mention."""
    if node.mention.first is not None or node.published is None or theirs.first is None:
        return True
    longest = max(_ONE_MONTH, lasting_days(node.mention.kind), lasting_days(theirs.kind))
    return -_SEQUEL <= node.published - theirs.first <= longest


def _is_rare(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether one kind in one time speaks for one incident: one earthquake a year, one bombing a month."""
    if not has_doer(ours.kind):
        return True
    spans = [m.last - m.first for m in (ours, theirs) if m.first is not None and m.last is not None]
    return len(spans) > 1 and max(spans) <= _ONE_MONTH


def _may_be_near(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether no days are told that lie far apart."""
    return ours.first is None or theirs.first is None or _is_sequel(ours, theirs)


def _is_sequel(ours: IncidentMention, theirs: IncidentMention) -> bool:
    """Whether two days are near enough for one disaster and what followed it."""
    if ours.first is None or theirs.first is None:
        return False
    window = max(_SEQUEL, lasting_days(ours.kind), lasting_days(theirs.kind))
    return abs(ours.first - theirs.first) <= window

"""Which day and which place of a sentence belong to which trigger.

Stance: the day of the talking ("said on Tuesday") or of what followed is no day of the incident; in doubt it has none.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence

from digests.extract.tellings.courts import is_of_court
from digests.extract.tellings.governing import aside_clause, compared_clause
from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import PHRASE, REACH, Telling, View, next_word
from digests.rules.gazetteer import country_names
from digests.text.numbers import read_amount
from digests.text.tokens import Tokens
from digests.types import DateMention, PlaceMention, Precision, Span

# The value of a month whose year nothing tells.
_SOME_MONTH = re.compile(r"XXXX-\d\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# How far "two weeks ago" may be off.
_ONE_DAY = dt.timedelta(days=1)
_ABOUT_A_WEEK = dt.timedelta(days=3)
# Tokens in front of a dateline's day, and what stands behind it.
_DATELINE = 6
# Tokens between "four days after" and what happened.
_SINCE_REACH = 12
# Tokens between a noun and a day that is told of it between two commas.
_INSERTED = 3
# Tokens in front of a day in which a clause begins (", and in 2016").
_LINKED = 3
# Between a noun and the one that says what it was.
_APPOSED = ([",", "the"], [",", "a"], [",", "an"])
# In front of that may stand where it was ("in the industry"), in so many tokens with the comma.
_WHERE = frozenset({"in", "of", "on", "at"})
_APPOSED_WITHIN = 8
_DASHES = frozenset({"-", "–", "—", "--"})
# Letters of the longest word that is shortened before a name ("Capt.").
_ABBREVIATED = 4
# Marks behind which another clause begins.
_PARTING = frozenset({":", ".", "?", "!"})
# Tokens in which a place that frames a sentence stands ("In the port of Orm, ...").
_OPENING = 4
# Tokens between who speaks or what somebody speaks at and the place of it.
_SPEECH_REACH = 6
# Tokens between "from" and the "of" of one name ("from the northern city of Orm").
_FROM = 5
# Tokens in front of a toll in which stands that those who died had been hurt.
_HURT = 6
# Tokens from who works at a school to where that is.
_WORKS_AT = 10
# Tokens between a charge and the deed.
_CHARGE_REACH = 4
# Tokens between a known incident and its day, before and behind it.
_DAY_BEFORE = 3
_DAY_BEHIND = 7
# Words with which a clause goes on that tells of the noun before it.
_RELATES = (["that"], ["which"], ["when"], ["where"])
# Letters of a state's short name.
_SHORT_NAME = 3


def give_days(view: View, tellings: list[Telling]) -> None:
    """Give each day of the sentence to the trigger it belongs to."""
    for date in view.dates:
        if date.first is None and _SOME_MONTH.fullmatch(date.value) and not date.is_planned:
            first, last = view.token_at(date.evidence.span.start), view.token_at(date.evidence.span.end - 1)
            owner = _owner(view, tellings, first, last)
            if owner is not None:
                owner.is_of_some_month = True
        if date.first is None or date.last is None or date.is_planned or date.precision is Precision.DECADE:
            continue
        if _is_of_dateline(view, date) or _is_clock_elsewhere(view, date):
            continue
        first = view.token_at(date.evidence.span.start)
        if view.lows[max(0, first - 2) : first] == ["as", "of"]:
            # "243 dead as of 19 April": the day of the count.
            continue
        if first and view.lows[first - 1] in lexicon().words["passing"]:
            # "It forced them to spend the night in tents."
            continue
        if (
            date.words.casefold().startswith("the ")
            and next_word(view, view.token_at(date.evidence.span.end - 1)) == "of"
        ):
            # "On the night of the shooting": whenever that was.
            continue
        last = view.token_at(date.evidence.span.end - 1)
        inside = next(
            (
                t
                for t in tellings
                if t.phrase <= first + 2
                and first < t.first
                and last < t.first
                and t.first - last <= PHRASE
                and _in_phrase(view, t, first, last)
            ),
            None,
        )
        if _is_clock(date):
            continue
        if inside is None and first > 0 and view.lows[first - 1] in ("since", "until", "by"):
            # "the first since 1975, when four died in an ambush": the year belongs to what follows.
            inside = next((t for t in tellings if t.first > last and _opens_past(view, last)), None)
            if inside is None:
                continue
        if inside is None and _ends_comparison(view, tellings, first):
            continue
        since = None if inside is not None else _give_day_since(view, tellings, date, last)
        if inside is None and _is_telling_day(view, first, last):
            continue
        owner = inside or _owner(view, tellings, first, last)
        if since is not None and (owner is since or (owner is not None and owner.form is Form.TOLL)):
            # "They buried their dead on Friday, four days after a fire swept through a hall."
            continue
        if owner is None or (
            inside is None and not _may_be_its_day(view, owner, first, last, is_relative=date.is_relative)
        ):
            continue
        if inside is None and last < owner.first and _is_dated_behind(view, owner):
            continue
        days = _days_of(date, date.first, date.last)
        is_day = date.names_day and days[0] == date.first
        is_closer = (inside is not None and _is_part_of(days, owner.days)) or (
            is_day and _is_of_own_clause(view, owner, first)
        )
        if owner.days is None or (is_day and not owner.day_is_exact) or is_closer:
            owner.days, owner.day_words = days, date.evidence.span
            owner.day_is_exact, owner.is_named_by_day = is_day, inside is not None
            owner.has_year = _YEAR.search(date.words) is not None


def _is_part_of(days: tuple[dt.date, dt.date], whole: tuple[dt.date, dt.date] | None) -> bool:
    """Whether some days are a part of others: a month of its year, in "the May 2014 floods"."""
    return whole is not None and days != whole and whole[0] <= days[0] and days[1] <= whole[1]


def _is_of_own_clause(view: View, owner: Telling, first: int) -> bool:
    """Whether a trigger's day stands before the clause that it opens and another one inside: "He was recovering on
    Saturday after he was shot on Friday"."""
    if owner.day_words is None or owner.form is Form.NOUN or first < owner.last:
        return False
    before = view.token_at(owner.day_words.end - 1)
    words = lexicon().words
    return (
        before < owner.first
        and not words["then_leads"].isdisjoint(view.lows[before + 1 : owner.first])
        and words["breaks"].isdisjoint(view.lows[owner.last + 1 : first])
    )


def _is_dated_behind(view: View, owner: Telling) -> bool:
    """Whether a relative clause says when it happened: "met on Friday over a clash in which nine died on Monday".

    What stands in front of it is the day of what was done about it.
    """
    behind = view.lows[owner.last + 1 : owner.last + 3]
    if owner.form is not Form.NOUN or (behind[:1] not in _RELATES and behind != ["in", "which"]):
        return False
    end = next((at for at in range(owner.last + 1, len(view.lows)) if view.lows[at] in (",", ";")), None)
    return any(
        date.first is not None
        and date.names_day
        and owner.last < (at := view.token_at(date.evidence.span.start))
        and (end is None or at < end)
        for date in view.dates
    )


def _ends_comparison(view: View, tellings: list[Telling], first: int) -> bool:
    """Whether a day only says since when nothing was as bad: "the deadliest crash since the line opened in 2009"."""
    clause = compared_clause(view.lows)
    if clause is None or not clause[0] < first < clause[1]:
        return False
    # "... since a bus left the road in 2011" is the day of what happened then.
    return not any(clause[0] < telling.first < clause[1] for telling in tellings)


def _give_day_since(view: View, tellings: list[Telling], date: DateMention, last: int) -> Telling | None:
    """The trigger behind a day that it is told to be so long after, which is given its own day; `None` without one."""
    if date.precision is not Precision.DAY or date.first is None or date.last is None:
        return None
    for telling in tellings:
        ago = _days_since(view, telling) if telling.first > last else None
        if ago is None:
            continue
        if telling.days is None:
            telling.days = (date.first - ago[0], date.last - ago[1])
            telling.day_words = date.evidence.span
        return telling
    return None


def _days_since(view: View, owner: Telling) -> tuple[dt.timedelta, dt.timedelta] | None:
    """How long before its sentence's day a trigger was, longest and shortest: "four days after", "a week after".

    A day more or less, for papers count from the news or from the night; `None` where its clause is not opened so.
    """
    spans, leads = lexicon().since, lexicon().words["since_leads"]
    if spans.keys().isdisjoint(view.lows):
        return None
    for k in range(owner.first - 1, max(1, owner.first - 1 - _SINCE_REACH), -1):
        if not view.lows[k][0].isalnum() and view.lows[k] != "-":
            return None
        if view.lows[k] in leads and view.lows[max(0, k - 3) : k] == ["and", "a", "half"]:
            # "a day and a half after"
            k -= 3
        elif view.lows[k] not in leads:
            continue
        if view.lows[k - 1] not in spans:
            continue
        count = _count_at(view.lows[k - 2]) if k > 1 else 0
        length = dt.timedelta(days=count * spans[view.lows[k - 1]])
        if not length:
            return None
        slack = _ABOUT_A_WEEK if spans[view.lows[k - 1]] > 1 else _ONE_DAY
        return (length + slack, max(_ONE_DAY, length - slack))
    return None


def _count_at(word: str) -> int:
    """The number that a word names, "a" being one; 0 for none."""
    if word in lexicon().words["one"]:
        return 1
    amount = read_amount(Tokens([word], [0], [len(word)]), 0) if word.isalnum() else None
    return (amount.bounds.low or 0) if amount is not None and amount.bounds.low == amount.bounds.high else 0


def _may_be_its_day(view: View, owner: Telling, first: int, last: int, *, is_relative: bool) -> bool:
    """Whether a day outside a trigger's phrase may be its own: not that of a sequel, a charge or another clause."""
    if _is_of_the_sequel(view, owner, first, last) or _is_parted(view, owner, first, last):
        return False
    if owner.is_occasion and owner.form is Form.TOLL:
        return False
    if last < owner.first and not lexicon().words["bodies"].isdisjoint(view.lows[: owner.phrase]):
        # "Divers found nine bodies on Friday in a ferry that sank."
        return False
    if next_word(view, owner.last) in lexicon().words["cases"] or is_of_court(
        view, owner, first, last, is_relative=is_relative
    ):
        # "The murder trial opened on Wednesday."
        return False
    if last < owner.first:
        is_after = _is_of_those_left(view, owner) or owner.is_occasion
        return not (is_after or _is_charged(view, owner, last) or _is_in_relative(view, owner, last))
    if not _is_in_relative(view, owner, -1):
        return True
    # "The man who shot him is a former guard, the court heard on Friday."
    behind = view.lows[owner.last + 1 : first]
    return "," not in behind and lexicon().words["passives"].isdisjoint(behind)


def _is_of_those_left(view: View, owner: Telling) -> bool:
    """Whether a phrase only says of what somebody or something is left: "On Monday they fed survivors of a quake"."""
    at = owner.phrase
    return (
        at > 1 and view.lows[at - 1] in ("of", "from") and view.lows[at - 2] in lexicon().words["left_behind"]
    )


def _is_in_relative(view: View, owner: Telling, last: int) -> bool:
    """Whether a verb stands in a relative clause that opens behind token `last`, so that a day or place up to there is
    not its own: "On Friday they buried the man who was shot at a rally"."""
    if owner.form not in (Form.VERB, Form.TOLL):
        return False
    lex = lexicon()
    k = owner.first - 1
    while k > last and view.lows[k] in lex.words["auxiliaries"]:
        k -= 1
    return k > last and view.lows[k] in lex.words["relatives"]


def _is_parted(view: View, owner: Telling, first: int, last: int) -> bool:
    """Whether a colon or a full stop (a quotation may hold several sentences) parts a day or place from a trigger."""
    start, end = (last + 1, owner.first) if last < owner.first else (owner.last + 1, first)
    if _PARTING.isdisjoint(view.lows[start:end]):
        return False
    return any(view.lows[k] in _PARTING and not _is_inside(view.words.raws, k) for k in range(start, end))


def _is_inside(raws: Sequence[str], at: int) -> bool:
    """Whether a full stop ends no sentence: that of "Maj.", of "St.", of a number that was torn apart ("6. 4")."""
    before, behind = raws[at - 1], raws[at + 1] if at + 1 < len(raws) else ""
    return raws[at] == "." and (
        behind[:1].isdigit() or (before[:1].isupper() and len(before) <= _ABBREVIATED)
    )


def _is_of_dateline(view: View, date: DateMention) -> bool:
    """Whether a day opens the sentence behind its place ("BRUME, Feb 18, 2025 (AP) -"): the day of the report."""
    first, last = view.token_at(date.evidence.span.start), view.token_at(date.evidence.span.end - 1)
    before = view.words.raws[:first]
    is_place = first <= _DATELINE and all(not word[:1].islower() for word in before)
    behind = view.lows[last + 1 : last + 6]
    return is_place and any(mark in _DASHES for mark in behind) and bool(before)


def _is_clock_elsewhere(view: View, date: DateMention) -> bool:
    """Whether a time in brackets turns the one before it into another zone's: "at 6 a.m. (2300 GMT Monday)"."""
    first = view.token_at(date.evidence.span.start)
    return date.precision is Precision.TIME and first > 0 and view.lows[first - 1] == "("


def share_when(view: View, tellings: list[Telling]) -> None:
    """ "The last quake was in May 2009, when a temblor flattened ...": one incident told twice, with one day.

    So is "a crash and fire in Orm in May", "the ambush shooting of May", and "the worst disaster, the collapse of a
    mill in May,".
    """
    for early, late in itertools.pairwise(tellings):
        is_pair = view.lows[early.last + 1 : late.first] == ["and"]
        is_pair = is_pair or _is_apposed(view.lows[early.last + 1 : late.phrase + 1])
        # "The ambush slaying of a guard in June" is one noun.
        is_pair = is_pair or early.last + 1 == late.first
        if is_pair and Form.NOUN is early.form is late.form:
            _share(early, late)
            continue
        between = view.lows[early.last + 1 : late.first]
        if "when" not in between or early.days is None:
            continue
        k = between.index("when")
        starts = view.words.starts[early.last + 1 : late.first]
        before = starts[k - 1 if between[k - 1] == "," else k]
        told = next((date for date in view.dates if 0 <= before - date.evidence.span.end <= 1), None)
        if told is None:
            continue
        if told.evidence.span != early.day_words:
            # "the murder of 24 June and on 20 June, when a man was shot"
            if late.days in (None, early.days) and told.first is not None and told.last is not None:
                late.days, late.day_words = (told.first, told.last), told.evidence.span
                late.day_is_exact = told.names_day
            continue
        if late.days is None:
            late.days, late.day_is_exact = early.days, early.day_is_exact
            late.day_words = early.day_words
            late.is_other = late.is_other or early.is_other
            early.places, late.places = early.places or late.places, late.places or early.places


def _is_apposed(between: Sequence[str]) -> bool:
    """Whether a noun says what the one before it was, be it behind where that was: ", the", "in the industry, the"."""
    if between[-2:] not in _APPOSED:
        return False
    return len(between) == 2 or (
        between[0] in _WHERE and len(between) <= _APPOSED_WITHIN and "," not in between[:-2]
    )


def _share(early: Telling, late: Telling) -> None:
    """Two nouns of one phrase happened on one day, in one place."""
    told = early if early.days is not None else late
    for other in (early, late):
        if other.days is None:
            other.days, other.day_is_exact, other.day_words = told.days, told.day_is_exact, told.day_words
    early.places = early.places or list(late.places)
    late.places = late.places or list(early.places)


def _is_of_the_sequel(view: View, owner: Telling, first: int, last: int) -> bool:
    """Whether a day is that of what followed a known incident: "On Sunday rescuers found two more dead of the quake".

    A definite noun takes a day only close by; a new incident may be told further off.
    """
    if owner.form is not Form.NOUN or not (owner.is_definite or _is_of_toll(view, owner)):
        return False
    if last < owner.first:
        return owner.phrase - last > _DAY_BEFORE
    between = view.lows[owner.last + 1 : first]
    if _is_of_toll(view, owner) and not lexicon().words["telling"].isdisjoint(between):
        # "The toll from a quake in Alder rose to nine on Sunday."
        return True
    if between[:1] == [","] and len(between) <= _INSERTED and next_word(view, last) == ",":
        # "The deadliest accident, in 1981, killed 800."
        return False
    if owner.phrase > 0 and view.lows[owner.phrase - 1] in lexicon().words["telling"] and len(between) > 1:
        # "The army confirmed the strike for the first time on Sunday."
        return True
    if between and between[0] in lexicon().words["takes_place"]:
        # "The strike hit the village of Orm, in the hill district, late on Sunday."
        return len(between) > 2 * _DAY_BEHIND
    lex = lexicon().words
    if (
        not lex["toll_verbs"].isdisjoint(between)
        and lex["relatives"].isdisjoint(between)
        and "," not in between
    ):
        # "The country's worst mill fire in years claimed 23 lives at a plant in Orm in June 2024."
        return len(between) > 3 * _DAY_BEHIND
    return len(between) > _DAY_BEHIND or "," in between


def _is_of_toll(view: View, owner: Telling) -> bool:
    """Whether a phrase only says whose toll is told: "On Friday the death toll from a quake rose to 110"."""
    at = owner.phrase
    return (
        at > 1
        and view.lows[at - 1] in ("from", "of", "in")
        and view.lows[at - 2] in ("toll", "tolls", "tally")
    )


def _is_charged(view: View, owner: Telling, last: int) -> bool:
    """Whether a day before a deed is that of holding somebody for it: "on Friday she was charged with murder"."""
    behind = view.lows[last + 1 : owner.first]
    near = behind[-(owner.first - owner.phrase + _CHARGE_REACH) :]
    charges = lexicon().words["charges"]
    return not charges.isdisjoint(near) or not charges.isdisjoint(behind[:1])


def _is_clock(date: DateMention) -> bool:
    """Whether a time names no day: "at about 4.30 am" is of whatever day the text speaks of."""
    if date.precision is not Precision.TIME:
        return False
    return lexicon().words["clock_words"].issuperset(re.findall(r"[a-z]+", date.words.casefold()))


def _opens_past(view: View, last: int) -> bool:
    following = view.lows[last + 1 : last + 4]
    return "when" in following


def _days_of(date: DateMention, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days a mention may mean: "two weeks ago" is not counted to the day."""
    if date.is_relative and re.search(
        r"\bweeks?\b.{0,8}\b(?:ago|earlier|before|later)\b", date.words, re.IGNORECASE
    ):
        return (first - _ABOUT_A_WEEK, last + _ABOUT_A_WEEK)
    return (first, last)


def _in_phrase(view: View, telling: Telling, first: int, last: int) -> bool:
    """Whether a day stands inside a trigger's noun phrase: "Tuesday's attack", "the May 3 bombing"."""
    if telling.form is not Form.NOUN:
        return False
    if telling.phrase <= first:
        return True
    # "this week's flood", of which the owner may be a part of the day's words
    end = last if view.lows[last] == "'s" else last + 1
    return end < len(view.lows) and view.lows[end] == "'s" and telling.phrase <= end + 1


def _is_telling_day(view: View, first: int, last: int) -> bool:
    """Whether a day is that of the talking: "said Thursday", "in a statement on Friday", "the army on Friday said"."""
    lex = lexicon()
    if next_word(view, last) in lex.words["saying"] | lex.words["telling"]:
        return True
    before = list(view.lows[max(0, first - 5) : first])
    if "told" in before[1:]:
        # "residents told the agency on Monday"
        return True
    while before and (before[-1] in lex.words["day_leads"] or before[-1].isdigit()):
        before.pop()
    return bool(before) and before[-1] in lex.words["telling"]


def _owner(view: View, tellings: list[Telling], first: int, last: int) -> Telling | None:
    """The trigger a day or place belongs to: the nearest one before it in its clause, else the next one."""
    lex = lexicon()
    left = [t for t in tellings if t.last < first]
    right = [t for t in tellings if t.first > last]
    if left:
        near = left[-1]
        between = view.lows[near.last + 1 : first]
        broken = any(
            low in ";:" or low in ("when", "while", "but", "as", "after", "before") for low in between
        ) or (",", "and") in itertools.pairwise(between[-_LINKED:])
        if not (broken and right) and len(between) <= 30:
            return near
    if right:
        return right[0]
    return left[-1] if left and lex else None


def give_places(view: View, tellings: list[Telling]) -> None:
    """Give each place that a preposition, a verb of hitting or a noun phrase governs to its trigger."""
    aside = aside_clause(view.lows) if view.places else None
    for place in view.places:
        first = view.token_at(place.evidence.span.start)
        last = view.token_at(place.evidence.span.end - 1)
        inside = next(
            (t for t in tellings if t.form is Form.NOUN and t.phrase <= first and last < t.first), None
        )
        if inside is not None:
            # "the Lagos bombing", "Peru's Quito strike"; a state before "strikes" is their doer.
            if _is_adjective(place, inside):
                inside.actor = inside.actor or country_names().get(place.country or "")
            elif inside.actor is None or country_names().get(place.country or "") != inside.actor:
                inside.places.append(place)
            continue
        if not _is_where(view, first) or next_word(view, last) == "-" or _is_part_of_name(view, last):
            continue
        owner = _owner(view, tellings, first, last)
        if owner is None or _are_on_two_sides(aside, first, owner.first):
            # "The worst clash since 2021, when 19 bodies were found near Orm."
            continue
        if _may_be_its_place(view, owner, first, last):
            owner.places.append(place)
    told = [telling for telling in tellings if telling.places]
    listed = _listed(view) if told and len(view.places) > 1 else set()
    for telling in told if listed else ():
        telling.places = [place for place in telling.places if place.evidence.span not in listed]


def _is_adjective(place: PlaceMention, telling: Telling) -> bool:
    """Whether a state's short name says whose a strike is: "a US air strike", not "the Peru strikes"."""
    short = place.name.replace(".", "")
    return telling.kind in lexicon().words["from_afar"] and short.isupper() and len(short) <= _SHORT_NAME


def _listed(view: View) -> set[Span]:
    """Where the places of a sentence stand of which several are told alike: what happened "in Orm, Pell and Kolm" is in
    none of them alone."""
    listed: set[Span] = set()
    run: list[Span] = []
    for one, two in itertools.pairwise(view.places):
        first, last = view.token_at(one.evidence.span.start), view.token_at(one.evidence.span.end - 1)
        between = view.lows[last + 1 : view.token_at(two.evidence.span.start)]
        run.append(one.evidence.span)
        if between in (["and"], [",", "and"]) and view.lows[max(0, first - 1)] != "between":
            listed.update(run, (two.evidence.span,))
        if between != [","]:
            run = []
    return listed


def _are_on_two_sides(clause: tuple[int, int] | None, one: int, two: int) -> bool:
    """Whether of two tokens one stands in a clause of what the news is held against or answers."""
    return clause is not None and (clause[0] <= one < clause[1]) != (clause[0] <= two < clause[1])


def _is_part_of_name(view: View, last: int) -> bool:
    """Whether a place only names something that may be elsewhere: "the U.S. embassies", "in the Iraq war"."""
    lex = lexicon()
    behind = view.lows[last + 1 : last + 4]
    return behind[:1] != [] and (behind[0] in lex.words["abroad"] or not lex.words["wars"].isdisjoint(behind))


def _may_be_its_place(view: View, owner: Telling, first: int, last: int) -> bool:
    """Whether a place may be where it happened: not where somebody spoke of it, and not where the hurt were taken."""
    if _is_parted(view, owner, first, last) or next_word(view, last) in lexicon().words["saying"]:
        # "the ministry in Orm said"
        return False
    if last < owner.first:
        # "He was in Orm before he opened fire."
        is_elsewhere = "before" in view.lows[last + 1 : owner.first]
        is_elsewhere = is_elsewhere or _is_known_toll(view, owner) or _is_in_relative(view, owner, last)
        is_far = first > _OPENING and owner.phrase - last > REACH
        return not (is_elsewhere or is_far or _is_of_speech(view, first))
    between = view.lows[owner.last + 1 : first]
    if not lexicon().words["speech"].isdisjoint(between):
        return False
    if owner.form is not Form.TOLL:
        return True
    words = lexicon().words
    # "two of the injured died at a hospital in Orm"
    is_in_care = not words["care_sites"].isdisjoint(between) and not words["hurt"].isdisjoint(
        view.lows[max(0, owner.first - _HURT) : first]
    )
    return not is_in_care and words["caring"].isdisjoint(between)


def _is_of_speech(view: View, first: int) -> bool:
    """Whether a place is where somebody spoke: "told a news conference in Orm that", "said in Orm that"."""
    if first > 1 and view.lows[first - 2] in lexicon().words["saying"]:
        return True
    return not lexicon().words["speech"].isdisjoint(view.lows[max(0, first - _SPEECH_REACH) : first])


def _is_known_toll(view: View, owner: Telling) -> bool:
    """Whether those of an incident are only spoken of: "In Orm doctors treated four of the wounded"."""
    return owner.form is Form.TOLL and owner.first > 0 and view.lows[owner.first - 1] in ("the", "those")


def _is_only_named(lows: Sequence[str], of: int) -> bool:
    """Whether a place behind "of" only says who somebody is: "citizens of", "the Archbishop of", "an expert at the
    University of"; not "near the University of"."""
    words, head = lexicon().words, lows[of - 1]
    if head in words["natives"] or head in words["named_for"]:
        return True
    return head in words["schools"] and not words["scholars"].isdisjoint(lows[max(0, of - _WORKS_AT) : of])


def _is_origin(lows: Sequence[str], of: int) -> bool:
    """Whether a place behind "of" says where somebody is from: "a bus from the northern city of"; not "9 km from"."""
    far, start = lexicon().words["distances"], max(1, of - _FROM)
    return any(lows[k] == "from" and lows[k - 1] not in far for k in range(start, of))


def _is_where(view: View, first: int) -> bool:
    """Whether a place says where: "in the northern city of", "struck", "near"; not a subject or a speaker."""
    lex = lexicon()
    for k in range(first - 1, max(-1, first - 9), -1):
        low = view.lows[k]
        if low == "from":
            # "members of a club from Orm"
            return False
        if low in lex.words["place_prepositions"]:
            # "600 miles southeast of Norvia" is not in Norvia.
            if low == "of" and k > 0 and (_is_only_named(view.lows, k) or _is_origin(view.lows, k)):
                return False
            is_far = low == "of" and k > 1 and view.lows[k - 1] in lex.words["directions"]
            return not (is_far and view.lows[k - 2].rstrip(")") in lex.words["distances"])
        if low in (";", ":", ".", '"') or low in lex.words["breaks"]:
            return False
        if low == "," and view.lows[k - 1] not in ("capital", "city", "town", "village", "port"):
            return False
        # "against sites Tehran called bases": a plural before the name is another noun.
        if low.endswith("s") and low not in ("'s", "this") and view.words.raws[k].islower():
            return False
    return False

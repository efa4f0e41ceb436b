"""What the words around a trigger tell of an incident: read phrase by phrase, then tied to days and places.

Stance: what another word may just as well govern stays open (`None`); what is feared, planned, repeated or only
named opens nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence, Set

from digests.extract.counts.victims import is_person
from digests.extract.tellings.agents import Agent, state_of_demonym
from digests.extract.tellings.answers import is_answered, provokes
from digests.extract.tellings.courts import days_tried, is_charge_for
from digests.extract.tellings.doers import critics, doer_by, doer_of_support, read_verb, target
from digests.extract.tellings.governing import compared_clause
from digests.extract.tellings.likeness import actor_key, is_nameless, is_state, may_be_state
from digests.extract.tellings.sequels import mark_occasions
from digests.extract.tellings.ties import give_days, give_places, share_when
from digests.extract.tellings.triggers import Form, Trigger, lexicon
from digests.extract.tellings.views import (
    PHRASE,
    Telling,
    View,
    is_in_clause,
    next_word,
    state_before,
    subject_before,
)
from digests.rules.gazetteer import NameKind, country_names, look_up

_OF_STATES = (NameKind.COUNTRY, NameKind.DEMONYM)
# Sentences at the top of an article, where a bare plural is the news itself.
_LEAD = 3
# Tokens between a noun and the verb that says it happened.
_PREDICATE_REACH = 7
# Tokens from what came to "after", and from there to what it came after.
_SPAN_REACH = 6
# Tokens in front of "came" behind "it".
_COMES_WITHIN = 3
# Marks behind the year of a dateline.
_BEHIND_A_DATELINE = frozenset({"(", "-", "--", "–", "—"})
# Tokens between "two years after" and the incident it speaks of.
_CLAUSE_REACH = 30
# Tokens behind a thing in which it stands what it hit.
_OBJECT_REACH = 6
# Tokens of a sentence among which "two years" opens it.
_OPENING_SPAN = 5


def read_triggers(view: View) -> list[Telling]:
    """The tellings of a sentence in order: doers and phrases read, days and places given to their triggers."""
    tellings: list[Telling] = []
    for trigger in view.triggers:
        telling = _start(view, trigger)
        if telling is not None:
            telling.is_other = telling.is_other or provokes(view, tellings, trigger.first)
            tellings.append(telling)
    mark_occasions(view, tellings)
    give_days(view, tellings)
    give_places(view, tellings)
    share_when(view, tellings)
    _part(view, tellings)
    for telling in tellings:
        telling.is_loose = _is_loose(view, telling)
        telling.tried = days_tried(view, telling)
    return _without_predicates(view, tellings)


def _part(view: View, tellings: list[Telling]) -> None:
    """Mark what a sentence tells as another incident than what was told before, where it opens by turning away."""
    words, lows = lexicon().words, view.lows[:_OPENING_SPAN]
    turns_away = lows[0] in words["turning_away"] or _has_pair(
        lows, words["turning_adjectives"], words["turning_nouns"]
    )
    turns = lows[0] in words["turning"] or _has_pair(lows, {"same"}, words["parts_of_day"])
    is_far = _has_pair(lows, words["distances"], {"away"})
    is_later = _has_pair(lows, words["spans"], {"later"})
    if not (turns_away or turns or is_far or is_later):
        return
    for telling in tellings:
        # Who was brought to a clinic miles away was hurt where it happened, and who died days later was hurt before.
        is_parted = is_far or (is_later and not telling.is_definite)
        is_toll = telling.form is Form.TOLL
        # "On the same day two prisoners were found hanged in a jail 200 km away."
        is_moved = turns and (bool(telling.places) or _tells_how_far(view))
        telling.is_apart = turns_away or is_moved or (is_parted and not is_toll)


def _tells_how_far(view: View) -> bool:
    """Whether a sentence says how far away something is: "a jail 200 km away"."""
    return _has_pair(view.lows, lexicon().words["distances"], {"away"})


def _has_pair(lows: Sequence[str], firsts: Set[str], seconds: Set[str]) -> bool:
    """Whether a word of one list stands right before one of another."""
    if seconds.isdisjoint(lows):
        return False
    return any(low in firsts and after in seconds for low, after in itertools.pairwise(lows))


def _without_predicates(view: View, tellings: list[Telling]) -> list[Telling]:
    """Verbs that only say of a noun that it happened ("an earthquake struck", "clashes erupted") join that noun."""
    kept: list[Telling] = []
    for telling in tellings:
        subject = kept[-1] if kept else None
        if subject is not None and telling.form is Form.VERB and _is_predicate(view, subject, telling):
            subject.places.extend(telling.places)
            subject.actor = subject.actor or telling.actor
            if subject.days is None:
                subject.days, subject.day_is_exact = telling.days, telling.day_is_exact
                subject.day_words = telling.day_words
            continue
        kept.append(telling)
    return kept


def _is_predicate(view: View, subject: Telling, verb: Telling) -> bool:
    if subject.form not in (Form.NOUN, Form.THING) or verb.first - subject.last > _PREDICATE_REACH:
        return False
    if verb.kind == "fire" and subject.kind != verb.kind:
        # "Lightning set fire to a barn": a fire, which the storm lit.
        return False
    between = view.lows[subject.last + 1 : verb.first]
    if between in ([",", "which"], ["which"], ["that"]):
        return True
    if any(not w[0].isalnum() and w != "-" for w in between) or lexicon().words["breaks"] & set(between[:-1]):
        return False
    # "In the attack gunmen shot ..." has a subject of its own.
    return not any(subject.last < agent.first < verb.first and not agent.is_place for agent in view.agents)


def _is_loose(view: View, telling: Telling) -> bool:
    """Whether a phrase speaks of such things in general: "militant attacks", "dozens of raids"."""
    if (
        telling.form is not Form.NOUN
        or telling.is_definite
        or telling.days
        or telling.places
        or telling.sentence < _LEAD
    ):
        return False
    lex = lexicon()
    plural = view.lows[telling.last].endswith("s") and not view.lows[telling.last].endswith("ss")
    return plural and (telling.actor is None or telling.actor.casefold().split()[-1] in lex.words["agents"])


def _start(view: View, trigger: Trigger) -> Telling | None:
    """The telling of one trigger with its doer; `None` where the word speaks of no happening."""
    lex = lexicon()
    words = view.words
    kind, form = trigger.kind, trigger.form
    if form is Form.TOLL and view.lows[trigger.first] == "killing" and next_word(view, trigger.last) == "of":
        kind, form = "killing", Form.NOUN
    telling = Telling(
        kind=kind,
        form=form,
        span=words.span_of(trigger.first, trigger.last),
        sentence=view.index,
        first=trigger.first,
        last=trigger.last,
        phrase=trigger.first,
    )
    read = _READERS.get(form, _read_deed)
    if not read(view, trigger, telling):
        return None
    telling.is_mutual = telling.kind in lex.words["mutual"] and _names_two_sides(view)
    if telling.is_mutual:
        telling.actor = None
    if telling.is_other and _is_moments_later(view):
        telling.is_other = False
    clause = compared_clause(view.lows)
    if (
        _is_long_ago(view, telling.phrase)
        or _is_days_before(view, telling)
        or (clause and clause[0] < telling.first < clause[1])
    ):
        telling.is_other = True
    if is_answered(view, telling):
        telling.is_side = telling.is_other = True
    telling.is_weather = view.lows[telling.last] in lex.words["rain"] and (
        telling.phrase > 0 and view.lows[telling.phrase - 1] in lex.words["weather_leads"]
    )
    if telling.actor is not None:
        telling.against = target(view, telling)
    return telling


def _read_noun(view: View, trigger: Trigger, telling: Telling) -> bool:
    """Reads the phrase around a noun ("the deadly raid on Alma"); false where it is none or names nothing real."""
    words = lexicon().words
    if _is_infinitive(view, trigger):
        return False
    _read_phrase(view, telling)
    if telling.kind == "strike" and view.is_walkout and telling.actor is None:
        return False
    if telling.kind == "fire" and view.lows[trigger.last] == "fire" and trigger.first:
        shooter = _demonym_at(view, trigger.first - 1)
        if shooter is not None:
            # "Two men were hit by Ruritanian fire."
            telling.kind, telling.actor = "shooting", shooter.name
    if telling.kind == "fire" and view.lows[trigger.last] == "fire" and not _has_article(telling):
        return False
    if telling.is_unreal or _is_unreal_before(view, telling.phrase):
        return False
    if next_word(view, telling.last) in words["unreal_after"]:
        return False
    if telling.kind in words["pointing"] and not telling.is_definite and _is_predicate_noun(view, telling):
        return False
    if telling.kind in words["violent"]:
        telling.actor = telling.actor or doer_by(view, telling.last) or doer_of_support(view, telling)
        telling.not_by = critics(view, telling)
    return True


def _read_thing(view: View, trigger: Trigger, telling: Telling) -> bool:
    """Reads a thing that hits ("the rocket"); false where it hits nothing here."""
    words = lexicon().words
    before = view.lows[trigger.first - 1] if trigger.first > 0 else ""
    telling.is_definite = before in words["determiners"]
    if not _hits(view, trigger):
        return _is_fired(view, trigger, telling)
    following = view.lows[trigger.last + 1 : trigger.last + 1 + _OBJECT_REACH]
    if telling.kind in words["from_afar"]:
        telling.actor = _state_of_thing(view, trigger)
    if telling.kind == "plane crash" and _raids(view, trigger, following[:2]):
        telling.kind = "airstrike"
        telling.actor = _state_of_thing(view, trigger)
    elif telling.kind == "road crash" and not words["explosives"].isdisjoint(following):
        # "A bus hit a landmine."
        telling.kind = "bombing"
    return True


def _raids(view: View, trigger: Trigger, verbs: Sequence[str]) -> bool:
    """Whether aircraft bomb: "the jet attacked", "its planes had hit a depot"; a plane that hits a hill crashes."""
    words = lexicon().words
    if not words["air_raiding"].isdisjoint(verbs):
        return True
    return view.lows[trigger.last] in words["several_aircraft"] and not words["air_hitting"].isdisjoint(verbs)


def _state_of_thing(view: View, trigger: Trigger) -> str | None:
    """Whose a thing is that hits, by the word in front of it: "an Israeli drone", "US jets"."""
    owner = (a for a in view.agents if a.is_state and a.first < trigger.first <= a.last + 1)
    return next((agent.name for agent in owner), None)


def _is_fired(view: View, trigger: Trigger, telling: Telling) -> bool:
    """Whether a thing is what somebody fires: "fired dozens of rockets at the town"; who does it is its doer."""
    words = lexicon().words
    if trigger.kind not in words["from_afar"] or words["firing"].isdisjoint(view.lows[: trigger.first]):
        return False
    near = range(trigger.first - 1, max(-1, trigger.first - 1 - _OBJECT_REACH), -1)
    verb = next((k for k in near if view.lows[k] in words["firing"]), None)
    if verb is None or next_word(view, trigger.last) not in words["fired_at"]:
        return False
    agent = subject_before(view, verb)
    telling.form, telling.actor = Form.VERB, agent.name if agent else None
    return True


def _read_deed(view: View, trigger: Trigger, telling: Telling) -> bool:
    """Reads a verb, or the word of a toll, with who did it; false where it is not done."""
    if _is_unreal_before(view, trigger.first) or _is_no_deed(view, trigger):
        return False
    if telling.form is Form.TOLL and _is_denied(view, trigger.first):
        return False
    read_verb(view, telling)
    if telling.kind == "airstrike" and not _is_from_the_air(view, telling):
        # "Rebels have bombed two banks."
        telling.kind = "bombing"
    if telling.actor is None and view.lows[trigger.first] in lexicon().words["any_hit"]:
        # A quake strikes, a storm hits: what struck, the text has to say.
        is_volcano = trigger.kind == "eruption" and not lexicon().words["volcanic"].isdisjoint(view.lows)
        telling.kind = trigger.kind if is_volcano else "incident"
    return True


_READERS = {Form.NOUN: _read_noun, Form.THING: _read_thing}


def _is_from_the_air(view: View, telling: Telling) -> bool:
    """Whether who bombed something has aircraft: a state or its forces, or aircraft are told of beside it."""
    actor = telling.actor
    if actor is not None and (is_state(actor) or may_be_state(actor)):
        return True
    return not lexicon().words["aircraft"].isdisjoint(view.lows)


def _names_two_sides(view: View) -> bool:
    """Whether a sentence names two states or groups ("Norvian and Essk troops")."""
    states = {name.name.country for name in view.names if name.name.kind in _OF_STATES}
    groups = {actor_key(a.name) for a in view.agents if not a.is_state and not is_nameless(a.name)}
    return len(states) + len(groups) > 1


def _is_infinitive(view: View, trigger: Trigger) -> bool:
    """Whether a noun's word is a verb here, or says what is wanted: "tried to storm parliament"."""
    if trigger.first != trigger.last or trigger.first == 0:
        return False
    low = view.lows[trigger.first]
    if low.endswith("s") or low not in lexicon().words["also_verbs"]:
        return False
    before, following = view.lows[trigger.first - 1], next_word(view, trigger.last)
    if before in ("to", "not") or following in lexicon().words["object_starts"]:
        return True
    # "Troops storm hotel": those named before do it.
    return low == "storm" and following.isalpha() and any(a.last == trigger.first - 1 for a in view.agents)


def _is_long_ago(view: View, at: int) -> bool:
    """Whether "years after", "months before" leads to a phrase: it tells of another time than the sentence.

    What stands behind the comma of a clause that opens the sentence, or right behind any comma, is the sentence's own:
    "Two years after the flood, a fire broke out", "hit two years after the flood, killing nine".
    """
    words = lexicon().words
    spans, leads = words["long_spans"], words["span_leads"]
    if spans.isdisjoint(view.lows) or view.lows[at - 1] == ",":
        return False
    is_closed = False
    for k in range(at - 1, max(0, at - 1 - _CLAUSE_REACH), -1):
        low, behind = view.lows[k], view.lows[k + 1]
        if low in spans and (behind in leads or behind in words["span_ends"]):
            return not (is_closed and k < _OPENING_SPAN and behind in leads)
        if low in ('"', ";"):
            return False
        is_closed = is_closed or low == ","
    return False


def _is_days_before(view: View, telling: Telling) -> bool:
    """Whether the news came some days after a phrase: "It came two days after floods", "the blast came a week after a
    fire"; not in "Help came two days after the floods", nor, for a vote or a visit, in "It came a day after a fire"."""
    words = lexicon().words
    if words["coming"].isdisjoint(view.lows):
        return False
    leads = range(telling.phrase - 1, max(1, telling.phrase - 1 - _CLAUSE_REACH), -1)
    after = next((k for k in leads if view.lows[k] == "after"), None)
    if after is None or view.lows[after - 1] not in words["timespans"]:
        return False
    if telling.phrase - after > _SPAN_REACH and (
        telling.form is Form.NOUN or not is_in_clause(view.lows[after + 1 : telling.first])
    ):
        return False
    comes = range(after - 1, max(0, after - 1 - _SPAN_REACH), -1)
    came = next((k for k in comes if view.lows[k] in words["coming"]), None)
    if came is None:
        return False
    if any(trigger.form is Form.NOUN and trigger.last < came for trigger in view.triggers):
        return True
    is_it = came <= _COMES_WITHIN and not words["going_on"].isdisjoint(view.lows[:1])
    return is_it and view.lows[after - 1] not in ("day", "hours")


def _is_denied(view: View, at: int) -> bool:
    """Whether it is said not to have happened: "he was not wounded in Orm"."""
    before = view.lows[max(0, at - 2) : at]
    return before[-1:] == ["not"] or before == ["'", "t"]


def _is_moments_later(view: View) -> bool:
    """Whether a sentence goes on with what happened moments before: "Seconds later there was another blast"."""
    moments = lexicon().words["moments"]
    return not moments.isdisjoint(view.lows) and any(
        low in moments and view.lows[k + 1] in ("later", "after", "apart")
        for k, low in enumerate(view.lows[:-1])
    )


def _hits(view: View, trigger: Trigger) -> bool:
    """Whether a thing acts: "a lorry ploughed", "missiles hit", "the bomb killed"; not "the bus was late"."""
    lex = lexicon()
    if _is_where(view, trigger.first):
        return False
    following = view.lows[trigger.last + 1 : trigger.last + 10]
    if following[:1] and following[0] in lex.words["passives"]:
        return False
    if trigger.kind not in lex.words["violent"] and not lex.words["exploding"].isdisjoint(following):
        # A car that explodes is no crash.
        return False
    lead = following[0] if following else ""
    if lead in lex.words["freight"] or lead in lex.words["sites"] or lead in lex.words["firing"]:
        # "A bus carrying pilgrims plunged into a gorge", "the dam at the mine burst", "rockets fired from Orm hit".
        rest = next((k for k, word in enumerate(following) if not word[0].isalnum()), len(following))
        return any(word in lex.words["hitting"] for word in following[:rest])
    # "They took him off the bus and shot him", "a drone hit the car, killing two".
    return following[:1] not in (["and"], [","]) and any(
        word in lex.words["hitting"] for word in following[:2]
    )


def _is_where(view: View, at: int) -> bool:
    """Whether a thing only says where: "the dam at the Norvia mine burst"."""
    lex = lexicon()
    for k in range(at - 1, max(-1, at - 4), -1):
        low = view.lows[k]
        if low in lex.words["sites"]:
            return True
        if low in lex.words["determiners"] or low in lex.words["articles"]:
            return k > 0 and view.lows[k - 1] in lex.words["sites"]
        if not view.words.raws[k][0].isupper():
            return False
    return False


def _is_predicate_noun(view: View, telling: Telling) -> bool:
    """Whether a phrase only says what another incident was ("the blast was an accident")."""
    return telling.phrase > 0 and view.lows[telling.phrase - 1] in (
        "was",
        "were",
        "is",
        "are",
        "been",
        "be",
        "as",
    )


def _is_no_deed(view: View, trigger: Trigger) -> bool:
    """Whether a verb names a deed only ("a reason for attacking") or says of one that it was done."""
    lex = lexicon()
    before = view.lows[max(0, trigger.first - 4) : trigger.first]
    is_participle = trigger.form is Form.VERB and trigger.first == trigger.last
    if (
        is_participle
        and before
        and (before[-1] in lex.words["determiners"] or before[-1] in lex.words["adjective_leads"])
    ):
        # "in the collapsed buildings"
        return next_word(view, trigger.last).isalpha()
    if trigger.form is Form.VERB and view.lows[trigger.first].endswith("ing"):
        return bool(before) and before[-1] in ("for", "of", "from", "about", "without", "against", "to")
    if view.lows[trigger.first] in lex.words["transitive_too"]:
        # "Youths overturned cars": nothing crashed.
        following = next_word(view, trigger.last)
        return (
            following.isalpha()
            and following not in lex.words["prepositions"]
            and not following.endswith("ly")
        )
    if trigger.kind == "sinking":
        # "Their hearts sank."
        return lex.words["vessels"].isdisjoint(view.lows)
    if trigger.kind == "collapse":
        return _is_no_building(view, trigger.first)
    if trigger.kind != "execution":
        return False
    # "Deputies executed a search warrant."
    return not lex.words["served"].isdisjoint(view.lows) or any(
        t.form is Form.NOUN and trigger.first - 4 <= t.last < trigger.first for t in view.triggers
    )


def _is_no_building(view: View, at: int) -> bool:
    """Whether a person or a body collapsed: "he collapsed", "the coalition government has collapsed"."""
    words = lexicon().words
    k = at - 1
    while k > 0 and (view.lows[k] in words["auxiliaries"] or view.lows[k].endswith("ly")):
        k -= 1
    if k > 1 and view.lows[k - 1] in words["place_prepositions"]:
        # "the government in Arden"
        k -= 2
    subject = view.lows[k] if k >= 0 else ""
    return subject in words["unbuilt"] or is_person(subject)


def _has_article(telling: Telling) -> bool:
    """Whether a determiner opens the phrase, or another noun stands in front ("warehouse fire")."""
    return telling.is_definite or telling.phrase < telling.first


def _read_phrase(view: View, telling: Telling) -> None:
    """Walk left over a trigger's noun phrase: determiner, day, doer, "similar"."""
    lex = lexicon()
    words = view.words
    states = {agent.last: agent for agent in view.agents}
    k = telling.first - 1
    floor = max(-1, telling.first - 1 - PHRASE)
    while k > floor:
        low = view.lows[k]
        if low == "'s" or (
            low == "'" and k and view.lows[k - 1].endswith("s") and words.ends[k - 1] == words.starts[k]
        ):
            owner = next((a for a in view.agents if a.first <= k - 1 <= a.last), None)
            telling.is_definite = True
            if owner is not None:
                if telling.kind in lex.words["violent"] and not _is_place_of(view, owner, telling):
                    telling.actor = telling.actor or owner.name
                k = owner.first
                break
            # "Tuesday's", "the mayor's": the phrase begins here.
            k -= 2
            break
        if low in lex.words["determiners"]:
            telling.is_definite = True
            telling.is_near = low in lex.words["demonstratives"]
            if low in ("its", "their") and telling.kind in lex.words["violent"]:
                telling.actor = telling.actor or state_before(view, k)
            k -= 1
            break
        if low in lex.words["articles"]:
            k -= 1
            break
        if low in lex.words["other"]:
            telling.is_other = True
        elif len(low) == 4 and low[:2] in ("18", "19", "20") and low.isdigit():
            if view.lows[k + 1] in _BEHIND_A_DATELINE:
                # "BRUME, Feb 18, 2025 (AP) - Floods have killed nine": the day of the report.
                break
            # "the 2014 floods"
            year = int(low)
            telling.days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        elif low in lex.words["unreal"]:
            telling.is_unreal = True
        elif low in ('"', "(", ")", "-", "'") or (low in ("and", ",", "of") and _goes_on(view, k)):
            pass
        elif (
            low in lex.words["prepositions"]
            or low in lex.words["support_verbs"]
            or low in lex.words["ending_verbs"]
            or not low[0].isalnum()
        ):
            break
        else:
            agent = states.get(k) or _demonym_at(view, k)
            if agent is not None and low not in lex.words["state_agents"] and _acts(telling.kind, agent):
                telling.actor = telling.actor or agent.name
                k = agent.first
        k -= 1
    telling.phrase = k + 1
    before = [low for low in view.lows[max(0, k - 1) : k + 1] if low not in ("to", "of", "by", "in")]
    if k >= 0 and view.lows[k] == "of" and lex.words["spans"].issuperset(before):
        if not lex.words["many_years"].isdisjoint(before) and telling.kind not in lex.words["spreading"]:
            # "Years of attacks have killed 3,000": none of them is the news.
            telling.is_other = True
        # "two days of violence"
        before = []
    is_side = any(word in lex.words["side_clause"] for word in before)
    telling.is_side = is_side and not is_charge_for(view, k)


def _is_place_of(view: View, owner: Agent, telling: Telling) -> bool:
    """Whether a state in the genitive only says where a place is: "Peru's Lima bombing".

    A name that no list knows may be one of its towns.
    """
    if not owner.is_place:
        return False
    doers = {k for agent in view.agents for k in range(agent.first, agent.last + 1)}
    for k in range(owner.last + 2, telling.first):
        raw = view.words.raws[k]
        if raw[0].isupper() and k not in doers:
            entry = look_up(raw)
            return entry is None or country_names().get(entry.country) == owner.name
    return False


def _goes_on(view: View, k: int) -> bool:
    """Whether "and", "," or "of" at `k` joins words of one phrase: "missile and drone strikes", "series of"."""
    lex = lexicon()
    before = view.lows[k - 1] if k else ""
    if view.lows[k] == "of":
        return before in ("series", "wave", "spate", "string", "barrage", "number")
    return (
        before in lex.phrases.first_words or before in lex.words["phrase_partners"]
    ) and before not in lex.words["tolls"]


def _demonym_at(view: View, k: int) -> Agent | None:
    """A bare demonym inside a noun phrase ("a Ruritanian missile strike")."""
    name = state_of_demonym(view.words.raws[k])
    return Agent(name, k, k, is_state=True) if name else None


def _acts(kind: str, agent: Agent) -> bool:
    """Whether an agent inside the phrase did it: a demonym before "shelling" did, before "bombing" it says where.

    A bare place name says where, or leaves it open ("the Kampala attack", "the Kenya strike").
    """
    if agent.is_place:
        return False
    return kind in lexicon().words["military" if agent.is_state else "violent"]


def _is_unreal_before(view: View, at: int) -> bool:
    """Whether a fear, a plan or a condition stands right before a phrase or a verb."""
    lex = lexicon()
    words = view.lows[max(0, at - 3) : at]
    joined = " ".join(words)
    if words and (words[-1] in lex.words["unreal_before"] or joined.endswith(lex.unreal_phrases)):
        return True
    return (
        bool(words)
        and words[-1] in ("be", "have")
        and len(words) > 1
        and words[-2] in lex.words["unreal_before"]
    )

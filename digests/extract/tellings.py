"""What the words around a trigger tell of an incident: its doer, whom it hit, its day, its place.

One `View` per sentence holds its tokens, names, triggers, days and places; a `Telling` is one trigger with what its
clause says. Stance: what another word may just as well govern stays open (`None`): a wrong doer joins or parts
incidents wrongly, an open one lets the rest of the text decide.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.extract.triggers import Form, Token, Trigger, find_triggers, lexicon, tokens
from digests.rules.gazetteer import GeoMatch, NameKind, country_names
from digests.text.document import Document
from digests.types import DateMention, PlaceMention, Precision, Span

# Tokens between a trigger and what is read as its doer, day or place: a long clause of newspaper English.
_REACH = 16
# Sentences at the top of an article, where a bare plural is the news itself.
_LEAD = 3
# Tokens between a trigger and its own "by"; further off a participle must stand before it ("carried out by").
_NEAR_BY = 5
# Tokens between police or soldiers and their deed: further off they report it.
_OFFICERS_REACH = 3
# How far "two weeks ago" may be off.
_ABOUT_A_WEEK = dt.timedelta(days=3)
# Tokens between a known incident and its day, before and behind it.
_DAY_BEFORE = 3
_DAY_BEHIND = 7
# Tokens between a noun and the verb that says it happened.
_PREDICATE_REACH = 7
# Tokens a noun phrase may have before its noun ("a series of well prepared and precisely aimed night strikes").
_PHRASE = 9


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who may do something, at tokens `first` to `last`: a state by its newsroom name, else as written."""

    name: str
    first: int
    last: int
    is_state: bool
    # A country's or capital's bare name, which may be a place as well.
    is_place: bool = False


@dataclass(slots=True)
class Telling:
    """One trigger and what its clause says; filled step by step, then read only."""

    kind: str
    form: Form
    span: Span
    sentence: int
    first: int
    last: int
    phrase: int
    actor: str | None = None
    against: str | None = None
    places: list[PlaceMention] = field(default_factory=list)
    days: tuple[dt.date, dt.date] | None = None
    day_is_exact: bool = False
    is_definite: bool = False
    is_other: bool = False
    # The reason or the backdrop of something else in its sentence: "in response to a bombing".
    is_side: bool = False
    is_unreal: bool = False
    # "these strikes", "that attack": what was spoken of just before.
    is_near: bool = False
    # Such things in general, no certain one.
    is_loose: bool = False
    # States that speak against it or suffered it, so did not do it.
    not_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A sentence as the readers of this module see it."""

    index: int
    span: Span
    words: tuple[Token, ...]
    triggers: tuple[Trigger, ...]
    agents: tuple[Agent, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]

    def token_at(self, offset: int) -> int:
        """The index of the token that holds or follows an offset."""
        index = bisect.bisect_right(self.words, offset, key=lambda word: word.start) - 1
        return max(0, index)


def make_view(
    document: Document,
    index: int,
    span: Span,
    *,
    names: Sequence[GeoMatch],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
) -> View:
    """Read sentence number `index`, or the piece `span` of it; names, dates and places are those that lie in it."""
    words = tokens(document.folded, span.start, span.end)
    return View(
        index=index,
        span=span,
        words=words,
        triggers=find_triggers(words),
        agents=find_agents(words, names),
        dates=tuple(dates),
        places=tuple(places),
    )


# --------------------------------------------------------------------------- who may act


def find_agents(words: tuple[Token, ...], names: Sequence[GeoMatch]) -> tuple[Agent, ...]:
    """States, known groups and nameless doers of a sentence, in order."""
    lex = lexicon()
    doers = lex.words["agents"] | lex.words["state_agents"]
    geo = {name.span.start: name for name in names}
    found: list[Agent] = []
    done = -1
    for i, word in enumerate(words):
        is_doer = word.low in doers
        if i <= done or not (is_doer or word.raw[0].isupper() or word.low in lex.groups):
            continue
        agent = _group_at(words, i) or (_state_at(words, i, geo[word.start]) if word.start in geo else None)
        if agent is None and is_doer:
            agent = Agent(word.raw, i, i, is_state=False)
        if agent is None:
            continue
        following = words[agent.last + 1].low if agent.last + 1 < len(words) else ""
        if not agent.is_state and following in lex.words["agents"]:
            # "Highland Front militants" are the Highland Front.
            agent = Agent(agent.name, agent.first, agent.last + 1, is_state=False)
        found.append(agent)
        done = agent.last
    return tuple(found)


def _group_at(words: tuple[Token, ...], i: int) -> Agent | None:
    """A known armed group, or a capitalised name that ends like one ("Highland Liberation Front")."""
    lex = lexicon()
    if not words[i].raw[0].isupper() and words[i].low not in lex.groups:
        return None
    for parts in lex.groups.get(words[i].low, ()):
        if tuple(w.low for w in words[i : i + len(parts)]) == parts:
            return Agent(_written(words, i, i + len(parts) - 1), i, i + len(parts) - 1, is_state=False)
    last = i
    while (
        last + 1 < len(words)
        and last - i < 5
        and words[last + 1].raw[0].isupper()
        and words[last + 1].raw.isalpha()
    ):
        last += 1
    shouting = words[i].raw.isupper() and words[last].raw.isupper()
    if last > i and not shouting and words[last].low in lex.words["group_endings"] and i > 0:
        return Agent(_written(words, i, last), i, last, is_state=False)
    return None


def _state_at(words: tuple[Token, ...], i: int, name: GeoMatch) -> Agent | None:
    """A country or its capital; a demonym acts through its forces or its people ("Ruritanian troops")."""
    lex = lexicon()
    last = i
    while last + 1 < len(words) and words[last + 1].end <= name.span.end:
        last += 1
    kind = name.name.kind
    if kind in (NameKind.CITY, NameKind.REGION):
        return None
    state = country_names()[name.name.country]
    if kind is not NameKind.DEMONYM:
        return Agent(state, i, last, is_state=True, is_place=True)
    following = [w.low for w in words[last + 1 : last + 4]]
    for step, word in enumerate(following, start=1):
        if word in lex.words["forces"] or word in lex.words["officials"]:
            return Agent(state, i, last + step, is_state=True)
        if word in lex.words["agents"]:
            return Agent(_written(words, i, last + step), i, last + step, is_state=False)
        if not word[0].isalpha() or word in lex.words["prepositions"]:
            break
    return None


def _written(words: tuple[Token, ...], first: int, last: int) -> str:
    """Tokens as written; the folded text has the same letters as the article."""
    parts: list[str] = []
    for k in range(first, last + 1):
        if k > first and words[k].start > words[k - 1].end:
            parts.append(" ")
        parts.append(words[k].raw)
    return "".join(parts)


def subject_before(view: View, at: int, *, floor: int = 0) -> Agent | None:
    """The agent that a verb at token `at` has as its subject; "its forces" go back to the state named before."""
    lex = lexicon()
    wants_state = False
    for agent in reversed(view.agents):
        if agent.last >= at:
            continue
        if at - agent.last > _REACH or agent.first < floor:
            return None
        before = _word_before(view, agent)
        if wants_state and not agent.is_state:
            continue
        if not wants_state and before in ("its", "their") and not agent.is_state:
            wants_state = True
            continue
        if (
            agent.is_place
            and before in lex.words["prepositions"]
            and before not in ("and", "but", "when", "while", "as", "that", "after", "before", "because")
        ):
            if before == "by" and view.words[agent.first - 2].low in ("statement", "report"):
                return agent
            continue
        between = [w.low for w in view.words[agent.last + 1 : at]]
        if any(word in ";:" for word in between):
            return None
        if not wants_state and _only_says(between, agent):
            return None
        return agent
    return None


def _only_says(between: Sequence[str], agent: Agent) -> bool:
    """Whether an agent tells of the deed and did not do it: "police say a man opened fire"; not "said it struck"."""
    lex = lexicon()
    if (
        not agent.is_state
        and agent.name.casefold() in lex.words["state_agents"]
        and len(between) > _OFFICERS_REACH
    ):
        return True
    if not any(word in lex.words["saying"] for word in between[:3]):
        return False
    return lex.words["own"].isdisjoint(between)


def _word_before(view: View, agent: Agent) -> str:
    """The word before an agent; for a bare place name the word before its "northern", "neighbouring"."""
    k = agent.first - 1
    while agent.is_place and k > 0 and view.words[k].low in lexicon().words["directions"]:
        k -= 1
    return view.words[k].low if k >= 0 else ""


def state_before(view: View, at: int) -> str | None:
    """The state that "its" at token `at` stands for: the nearest one named before in the sentence."""
    for agent in reversed(view.agents):
        if agent.last < at and agent.is_state:
            return agent.name
    return None


# --------------------------------------------------------------------------- one trigger


def read_triggers(view: View) -> list[Telling]:
    """The tellings of a sentence in order: doers and phrases read, days and places given to their triggers."""
    tellings: list[Telling] = []
    for trigger in view.triggers:
        telling = _start(view, trigger)
        if telling is not None:
            tellings.append(telling)
    _give_days(view, tellings)
    _give_places(view, tellings)
    for telling in tellings:
        telling.is_loose = _is_loose(view, telling)
    return _without_predicates(view, tellings)


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
            continue
        kept.append(telling)
    return kept


def _is_predicate(view: View, subject: Telling, verb: Telling) -> bool:
    if subject.form not in (Form.NOUN, Form.THING) or verb.first - subject.last > _PREDICATE_REACH:
        return False
    between = [w.low for w in view.words[subject.last + 1 : verb.first]]
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
    plural = view.words[telling.last].low.endswith("s") and not view.words[telling.last].low.endswith("ss")
    return plural and (telling.actor is None or telling.actor.casefold().split()[-1] in lex.words["agents"])


def _start(view: View, trigger: Trigger) -> Telling | None:
    """The telling of one trigger with its doer; `None` where the word speaks of no happening."""
    lex = lexicon()
    words = view.words
    kind, form = trigger.kind, trigger.form
    if form is Form.TOLL and words[trigger.first].low == "killing" and _next(view, trigger.last) == "of":
        kind, form = "killing", Form.NOUN
    telling = Telling(
        kind=kind,
        form=form,
        span=Span(start=words[trigger.first].start, end=words[trigger.last].end),
        sentence=view.index,
        first=trigger.first,
        last=trigger.last,
        phrase=trigger.first,
    )
    if form is Form.NOUN:
        _read_phrase(view, telling)
        if telling.kind == "fire" and words[trigger.last].low == "fire" and not _has_article(telling):
            return None
        if (
            telling.is_unreal
            or _is_unreal_before(view, telling.phrase)
            or _next(view, telling.last) in lex.words["unreal_after"]
        ):
            return None
        if (
            telling.kind in lex.words["pointing"]
            and not telling.is_definite
            and _is_predicate_noun(view, telling)
        ):
            return None
        if telling.kind in lex.words["violent"]:
            telling.actor = telling.actor or _by(view, telling.last) or _supporter(view, telling)
            telling.not_by = _critics(view, telling)
    elif form is Form.THING:
        if not _hits(view, trigger):
            return None
        telling.is_definite = trigger.first > 0 and words[trigger.first - 1].low in lex.words["determiners"]
    else:
        if _is_unreal_before(view, trigger.first) or _is_no_deed(view, trigger):
            return None
        _read_verb(view, telling)
    if telling.actor is not None:
        telling.against = _target(view, telling)
    return telling


def _is_predicate_noun(view: View, telling: Telling) -> bool:
    """Whether a phrase only says what another incident was ("the blast was an accident")."""
    return telling.phrase > 0 and view.words[telling.phrase - 1].low in (
        "was",
        "were",
        "is",
        "are",
        "been",
        "be",
        "as",
    )


def _next(view: View, last: int) -> str:
    return view.words[last + 1].low if last + 1 < len(view.words) else ""


def _is_no_deed(view: View, trigger: Trigger) -> bool:
    """Whether a verb names a deed only ("a reason for attacking") or says of one that it was done."""
    lex = lexicon()
    before = [w.low for w in view.words[max(0, trigger.first - 4) : trigger.first]]
    is_participle = trigger.form is Form.VERB and trigger.first == trigger.last
    if (
        is_participle
        and before
        and (before[-1] in lex.words["determiners"] or before[-1] in lex.words["adjective_leads"])
    ):
        # "in the collapsed buildings"
        return _next(view, trigger.last).isalpha()
    if trigger.form is Form.VERB and view.words[trigger.first].low.endswith("ing"):
        return bool(before) and before[-1] in ("for", "of", "from", "about", "without", "against", "to")
    nouns = [t for t in view.triggers if t.form is Form.NOUN and trigger.first - 4 <= t.last < trigger.first]
    return trigger.kind == "execution" and bool(nouns)


def _has_article(telling: Telling) -> bool:
    """Whether a determiner opens the phrase, or another noun stands in front ("warehouse fire")."""
    return telling.is_definite or telling.phrase < telling.first


def _read_phrase(view: View, telling: Telling) -> None:
    """Walk left over a trigger's noun phrase: determiner, day, doer, "similar"."""
    lex = lexicon()
    words = view.words
    states = {agent.last: agent for agent in view.agents}
    k = telling.first - 1
    floor = max(-1, telling.first - 1 - _PHRASE)
    while k > floor:
        low = words[k].low
        if low == "'s" or (
            low == "'" and k and words[k - 1].low.endswith("s") and words[k - 1].end == words[k].start
        ):
            owner = next((a for a in view.agents if a.first <= k - 1 <= a.last), None)
            telling.is_definite = True
            if owner is not None:
                if telling.kind in lex.words["violent"]:
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
            # "the 2014 floods"
            year = int(low)
            telling.days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        elif low in lex.words["unreal"]:
            telling.is_unreal = True
        elif low in ('"', "(", ")", "-", "'") or (low in ("and", ",", "of") and _goes_on(view, k)):
            pass
        elif low in lex.words["prepositions"] or low in lex.words["support_verbs"] or not low[0].isalnum():
            break
        else:
            agent = states.get(k) or _demonym_at(view, k)
            if agent is not None and low not in lex.words["state_agents"] and _acts(telling.kind, agent):
                telling.actor = telling.actor or agent.name
                k = agent.first
        k -= 1
    telling.phrase = k + 1
    before = [w.low for w in words[max(0, k - 1) : k + 1] if w.low not in ("to", "of", "by", "in")]
    telling.is_side = any(word in lex.words["side_clause"] for word in before)


def _goes_on(view: View, k: int) -> bool:
    """Whether "and", "," or "of" at `k` joins words of one phrase: "missile and drone strikes", "series of"."""
    lex = lexicon()
    before = view.words[k - 1].low if k else ""
    if view.words[k].low == "of":
        return before in ("series", "wave", "spate", "string", "barrage", "number")
    return (
        any(before in table for table in (lex.phrases, lex.words["phrase_partners"]))
        and before not in lex.words["tolls"]
    )


def _demonym_at(view: View, k: int) -> Agent | None:
    """A bare demonym inside a noun phrase ("a Ruritanian missile strike")."""
    name = lexicon_state(view.words[k].raw)
    return Agent(name, k, k, is_state=True) if name else None


def lexicon_state(raw: str) -> str | None:
    """The state that a demonym names; `None` for other words."""
    from digests.rules.gazetteer import look_up

    if not raw[0].isupper():
        return None
    entry = look_up(raw)
    return country_names()[entry.country] if entry and entry.kind is NameKind.DEMONYM else None


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
    words = [w.low for w in view.words[max(0, at - 3) : at]]
    joined = " ".join(words)
    if words and (
        words[-1] in lex.words["unreal_before"]
        or any(joined.endswith(p) for p in lex.words["unreal_before"] if " " in p)
    ):
        return True
    return (
        bool(words)
        and words[-1] in ("be", "have")
        and len(words) > 1
        and words[-2] in lex.words["unreal_before"]
    )


def _by(view: View, last: int) -> str | None:
    """The doer behind "by": "airstrikes by Ruritania", "a bombing carried out by the Highland Front"."""
    lex = lexicon()
    for k in range(last + 1, min(len(view.words), last + 1 + _REACH)):
        low = view.words[k].low
        if low in (";", ":", ".") or low in lex.words["breaks"]:
            return None
        if low != "by":
            continue
        if any(t.form is not Form.TOLL and last < t.first < k for t in view.triggers):
            return None
        if k - last > _NEAR_BY and not lex.words["support_verbs"] & {w.low for w in view.words[k - 2 : k]}:
            return None
        return _agent_behind(view, k)
    return None


def _agent_behind(view: View, by: int) -> str | None:
    """The agent of a "by"; "Ruritania's ally the Front" is the Front."""
    for number, agent in enumerate(view.agents):
        if not by < agent.first <= by + 7:
            continue
        if any(w.low in ("on", "of", "from", "in") for w in view.words[by + 1 : agent.first]):
            return None
        follower = view.agents[number + 1] if number + 1 < len(view.agents) else None
        if (
            agent.is_place
            and _next(view, agent.last) == "'s"
            and follower
            and follower.first - agent.last <= 4
        ):
            return (
                agent.name if follower.name.casefold() in lexicon().words["state_agents"] else follower.name
            )
        return agent.name
    return None


def _supporter(view: View, telling: Telling) -> str | None:
    """The subject of a verb that has the phrase as its object: "the army launched an offensive"."""
    lex = lexicon()
    for k in range(telling.phrase - 1, max(-1, telling.phrase - 9), -1):
        low = view.words[k].low
        if low in (";", ":", ".", ",") or (low in lex.words["breaks"] and low != "as"):
            return None
        if low == "responsibility" or low in lex.words["support_verbs"]:
            if k and view.words[k - 1].low in ("was", "were", "been", "being", "is", "are"):
                return None
            if any(w.low in lex.words["formerly"] for w in view.words[max(0, k - 3) : k]):
                telling.is_other = True
            agent = subject_before(view, k)
            return agent.name if agent else None
    return None


def _critics(view: View, telling: Telling) -> tuple[str, ...]:
    """States that condemn it in this sentence: one does not condemn one's own strike."""
    lex = lexicon()
    for k in range(telling.phrase - 1, max(-1, telling.phrase - 14), -1):
        if view.words[k].low in lex.words["condemning"]:
            agent = next((a for a in view.agents if a.is_state and a.last < k), None)
            return (agent.name,) if agent else ()
    return ()


def _hits(view: View, trigger: Trigger) -> bool:
    """Whether a thing acts: "a lorry ploughed", "missiles hit", "the bomb killed"; not "the bus was late"."""
    lex = lexicon()
    following = [w.low for w in view.words[trigger.last + 1 : trigger.last + 4]]
    return any(word in lex.words["hitting"] for word in following[:2])


def _read_verb(view: View, telling: Telling) -> None:
    """Doer of a verb: its subject, or in the passive whoever stands behind "by"."""
    lex = lexicon()
    before = [w.low for w in view.words[max(0, telling.first - 3) : telling.first]]
    is_passive = any(w in ("was", "were", "been", "being", "is", "are", "be", "got") for w in before)
    if telling.kind not in lex.words["violent"]:
        return
    following = _next(view, telling.last)
    is_reduced = view.words[telling.first].low in lex.words["reducible"] and (
        following in lex.words["prepositions"] or not following.isalnum()
    )
    if is_passive or is_reduced:
        telling.actor = _by(view, telling.last)
        return
    if before[-2:] == ["responsibility", "for"] or before[-1:] == ["responsibility"]:
        agent = subject_before(view, telling.first - 2)
        telling.actor = agent.name if agent else None
        return
    if telling.form is Form.TOLL:
        after = view.words[telling.last + 1].low if telling.last + 1 < len(view.words) else ""
        if view.words[telling.first].low in ("dead", "deaths", "death", "died", "perished") or not (
            after.isalnum()
        ):
            return
    agent = subject_before(view, telling.first)
    if agent is not None and telling.form is Form.TOLL and telling.first - agent.last > 3:
        return
    telling.actor = agent.name if agent else None


def _target(view: View, telling: Telling) -> str | None:
    """Whom a deed with a doer hit: the first agent behind it that is not the doer."""
    for agent in view.agents:
        if telling.last < agent.first <= telling.last + _REACH and agent.name != telling.actor:
            if any(w.low in lexicon().words["breaks"] for w in view.words[telling.last + 1 : agent.first]):
                return None
            return agent.name
    return None


# --------------------------------------------------------------------------- days and places


def _give_days(view: View, tellings: list[Telling]) -> None:
    """Give each day of the sentence to the trigger it belongs to."""
    for date in view.dates:
        if date.first is None or date.last is None or date.is_planned or date.precision is Precision.DECADE:
            continue
        first = view.token_at(date.evidence.span.start)
        last = view.token_at(date.evidence.span.end - 1)
        inside = next(
            (
                t
                for t in tellings
                if t.phrase <= first + 2
                and first < t.first
                and last < t.first
                and t.first - last <= _PHRASE
                and _in_phrase(view, t, first, last)
            ),
            None,
        )
        if _is_clock(date):
            continue
        if inside is None and first > 0 and view.words[first - 1].low in ("since", "until", "by"):
            # "the first since 1975, when four died in an ambush": the year belongs to what follows.
            inside = next((t for t in tellings if t.first > last and _opens_past(view, last)), None)
            if inside is None:
                continue
        if inside is None and _is_telling_day(view, first):
            continue
        owner = inside or _owner(view, tellings, first, last)
        if owner is None or (inside is None and _is_of_the_sequel(view, owner, first, last)):
            continue
        days = _days_of(date, date.first, date.last)
        is_day = date.precision in (Precision.DAY, Precision.TIME) and days[0] == date.first
        if owner.days is None or (is_day and not owner.day_is_exact):
            owner.days = days
            owner.day_is_exact = is_day


def _is_of_the_sequel(view: View, owner: Telling, first: int, last: int) -> bool:
    """Whether a day is that of what followed a known incident: "On Sunday rescuers found two more dead of the quake".

    A definite noun takes a day only close by; a new incident may be told further off.
    """
    if owner.form is not Form.NOUN or not owner.is_definite:
        return False
    if last < owner.first:
        return owner.phrase - last > _DAY_BEFORE
    between = view.words[owner.last + 1 : first]
    return len(between) > _DAY_BEHIND or any(word.low == "," for word in between)


def _is_clock(date: DateMention) -> bool:
    """Whether a time names no day: "at about 4.30 am" is of whatever day the text speaks of."""
    if date.precision is not Precision.TIME:
        return False
    return lexicon().words["clock_words"].issuperset(re.findall(r"[a-z]+", date.words.casefold()))


def _opens_past(view: View, last: int) -> bool:
    following = [w.low for w in view.words[last + 1 : last + 4]]
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
    return telling.phrase <= first or (
        last + 1 < len(view.words) and view.words[last + 1].low == "'s" and telling.phrase <= last + 2
    )


def _is_telling_day(view: View, first: int) -> bool:
    """Whether a day is that of the talking: "said Thursday", "in a statement on Friday"."""
    lex = lexicon()
    before = [w.low for w in view.words[max(0, first - 5) : first]]
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
        between = view.words[near.last + 1 : first]
        broken = any(
            w.low in ";:" or w.low in ("when", "while", "but", "as", "after", "before") for w in between
        )
        if not (broken and right) and len(between) <= 30:
            return near
    if right:
        return right[0]
    return left[-1] if left and lex else None


def _give_places(view: View, tellings: list[Telling]) -> None:
    """Give each place that a preposition, a verb of hitting or a noun phrase governs to its trigger."""
    for place in view.places:
        first = view.token_at(place.evidence.span.start)
        last = view.token_at(place.evidence.span.end - 1)
        inside = next(
            (t for t in tellings if t.form is Form.NOUN and t.phrase <= first and last < t.first), None
        )
        if inside is not None:
            # "the Lagos bombing", "the Peru earthquake"; a state before "strikes" is their doer.
            if inside.actor is None:
                inside.places.append(place)
            continue
        if not _is_where(view, first) or _next(view, last) == "-":
            continue
        owner = _owner(view, tellings, first, last)
        if owner is not None:
            owner.places.append(place)


def _stands_in_phrase(telling: Telling, first: int, last: int) -> bool:
    return telling.form is Form.NOUN and telling.phrase <= first and last < telling.first <= last + _NEAR_BY


def _is_where(view: View, first: int) -> bool:
    """Whether a place says where: "in the northern city of", "struck", "near"; not a subject or a speaker."""
    lex = lexicon()
    for k in range(first - 1, max(-1, first - 9), -1):
        low = view.words[k].low
        if low in lex.words["place_prepositions"]:
            return True
        if low in (";", ":", ".", '"') or low in lex.words["breaks"]:
            return False
        if low == "," and view.words[k - 1].low not in ("capital", "city", "town", "village", "port"):
            return False
        # "against sites Tehran called bases": a plural before the name is another noun.
        if low.endswith("s") and low not in ("'s", "this") and view.words[k].raw.islower():
            return False
    return False

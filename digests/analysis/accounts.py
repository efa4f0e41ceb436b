"""Where accounts differ without numbers: who was hit, with what, who the dead were, why, who did it, when.

Stance: a false "sources disagree" is worse than silence. Two answers are a conflict only when different voices give
them for one incident and they exclude each other: no shared group, no shared class of weapon, fighters alone against
civilians alone. A voice that gives both answers shows that both can hold. Who denies what another says contradicts it
in any words.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Container, Mapping, Sequence

from digests.analysis.disputes import blame
from digests.analysis.disputes.courses import find_courses
from digests.analysis.disputes.exclusion import Answer, Said, are_apart, find_sides, share, with_denials
from digests.analysis.disputes.leaning import is_leaning, leans_on
from digests.analysis.disputes.marks import are_of_other_places, find_apart
from digests.analysis.disputes.ties import are_one, may_be_twice
from digests.analysis.incidents import IncidentMap
from digests.extract.aspects.answers import account_word_set
from digests.extract.aspects.causes import HINTED, OPEN, may_befall
from digests.extract.aspects.charges import TOLD_DOER
from digests.extract.aspects.denials import DENIED_DEED
from digests.extract.aspects.hints import is_deliberate, may_explain, traits_of
from digests.extract.aspects.identities import CIVILIANS
from digests.extract.aspects.telling import DENIED, KILLED, TOLD
from digests.extract.tellings.likeness import STATE_FORCES, actor_key, kinds_fit, skeleton
from digests.rules import load_rules
from digests.types import AccountMention, Aspect, Citation, Conflict, ConflictKind, Side, StoryArticle

# What stands before an answer that is denied: "not the army", "no gas leak".
_NOT_THIS = frozenset({Aspect.ACTOR, Aspect.PLACE, Aspect.TIME})
# Words shown for one side.
_MOST_WORDS = 3

# Aspects that each of a war's deeds of one day has, in its place.
_OF_PLACES = frozenset({Aspect.TARGET, Aspect.MEANS, Aspect.VICTIMS, Aspect.ACTOR})
# Aspects on which one article may well give two answers that both hold.
_TOLD_APART = frozenset({Aspect.TIME, Aspect.CAUSE})

_NOTES = {
    Aspect.TARGET: "Accounts differ on what was targeted: {sides}.",
    Aspect.MEANS: "Accounts differ on the means used: {sides}.",
    Aspect.VICTIMS: "Accounts differ on who the dead were: {sides}.",
    Aspect.CAUSE: "Accounts differ on the cause: {sides}.",
    Aspect.ACTOR: "Accounts differ on who did it: {sides}.",
    Aspect.TIME: "Accounts differ on the hour: {sides}.",
    Aspect.PLACE: "Accounts differ on the place: {sides}.",
    Aspect.COURSE: "Accounts differ on what happened: {sides}.",
}


def compare_accounts(articles: Sequence[StoryArticle], incidents: IncidentMap) -> tuple[Conflict, ...]:
    """The accounts of one story that exclude each other, in the order of its incidents and of `Aspect`.

    The order of the articles does not matter. Copies speak with the voice of the article they repeat.
    """
    found: dict[tuple[str, Aspect], list[Said]] = {}
    for item in sorted(articles, key=lambda item: item.article.id):
        for account in item.facts.accounts:
            key = (incidents.of(item.article.id, account.incident), account.aspect)
            if is_leaning(item, account) and not _leans(item, account, key[0], articles, incidents):
                continue
            found.setdefault(key, []).append(Said(account, item, _voice(account, item)))
    conflicts: list[Conflict] = []
    of_encounters: list[Conflict] = []
    encounters = account_word_set("encounters")
    apart = find_apart(articles)
    for incident in incidents.incidents:
        for aspect in Aspect:
            said = found.get((incident.id, aspect), [])
            if aspect is Aspect.CAUSE:
                said = _explaining(said)
            standing = [one for one in said if _stands_alone(one.account)]
            if aspect is Aspect.ACTOR:
                hit = found.get((incident.id, Aspect.TARGET), ())
                standing = _doers(said, hit, found.get((incident.id, Aspect.VICTIMS), ()))
            sides = find_sides(aspect, _by_voice(standing))
            if aspect in _TOLD_APART and len(sides) > 1 and not are_apart(aspect, sides):
                sides = []
            answers = _by_voice([one for one in said if not one.account.is_denied])
            denials = _by_voice([one for one in said if one.account.is_denied])
            sides = with_denials(aspect, sides, answers, denials)
            if (
                len(sides) > 1
                and (incidents.is_one or _are_tied(sides))
                and not (aspect in _OF_PLACES and _are_of_other_places(sides))
                and not _are_marked_apart(sides, apart)
            ):
                conflicts.append(_conflict(incident.id, aspect, sides))
                if aspect is Aspect.CAUSE and all(one.account.normal in encounters for one in said):
                    of_encounters.append(conflicts[-1])
    for conflict in of_encounters:
        if _is_told_twice(conflict, conflicts):
            conflicts.remove(conflict)
    if not any(conflict.about is Aspect.ACTOR for conflict in conflicts):
        conflicts += _quarrels(found, apart)
    conflicts += _courses(articles, incidents, conflicts)
    return tuple(conflicts)


def _courses(
    articles: Sequence[StoryArticle], incidents: IncidentMap, known: Sequence[Conflict]
) -> list[Conflict]:
    """Where one voice says that something was so and another that it was not, of what `known` does not hold."""
    shown = {
        (cited.article_id, cited.span) for one in known for side in one.sides for cited in side.citations
    }
    return [
        _conflict(incident_id, Aspect.COURSE, [_by_voice(against), _by_voice(told)])
        for incident_id, against, told in find_courses(articles, incidents, _voice)
        if not any(
            one.item.article.id == article_id and span.meets(one.account.evidence.span)
            for one in (*against, *told)
            for article_id, span in shown
        )
    ]


def _is_told_twice(encounter: Conflict, conflicts: Sequence[Conflict]) -> bool:
    """Whether a dispute on how it came to a killing is that of who shot, between the same voices."""
    voices = {name for side in encounter.sides for name in side.claimants}
    return any(
        other.about is Aspect.ACTOR
        and other.incident_id == encounter.incident_id
        and voices <= {name for side in other.sides for name in side.claimants}
        for other in conflicts
    )


def _leans(
    item: StoryArticle,
    account: AccountMention,
    incident_id: str,
    articles: Sequence[StoryArticle],
    incidents: IncidentMap,
) -> bool:
    """Whether an account of a page that names no incident is of the one that its story gives it."""
    incident = next((one for one in incidents.incidents if one.id == incident_id), None)
    reports = [
        one for one in articles if one.facts.incidents and incidents.main_of(one.article.id) == incident_id
    ]
    return incident is not None and leans_on(item, account, incident, reports)


def _explaining(said: Sequence[Said]) -> list[Said]:
    """The causes but those of a class that explains no incident of the kinds that the reports call it.

    Where voices tell how it came to a killing, a fight or none, that alone is the question.

    What somebody calls a deed has a cause only where another calls it an accident; and what is only known of causes in
    general is held against no answer whose class nobody knows.
    """
    encounters = account_word_set("encounters")
    told = [one for one in said if one.account.normal in encounters and blame.may_tell_encounter(one)]
    if len({(one.account.normal, one.account.is_denied) for one in told}) > 1:
        return told
    said = [one for one in said if one.account.normal not in encounters]
    if any(one.account.normal.startswith(OPEN) for one in said):
        said = [one for one in said if one.account.evidence.rule != HINTED]
    is_accident = any(
        may_befall(one.account.incident.kind)
        and not one.account.is_denied
        and not is_deliberate(one.account.normal)
        for one in said
    )
    traits = frozenset[str]().union(*(traits_of(one.account.incident.kind) for one in said))
    return [
        one
        for one in said
        if one.account.evidence.rule != HINTED
        or (
            may_explain(one.account.normal, traits)
            and (
                may_befall(one.account.incident.kind)
                or (is_deliberate(one.account.normal) and not one.account.is_denied)
            )
            and (is_accident or not is_deliberate(one.account.normal))
        )
    ]


def _quarrels(
    found: Mapping[tuple[str, Aspect], Sequence[Said]], apart: Mapping[str, Sequence[str]]
) -> list[Conflict]:
    """Where two sides each say that the other attacked it, of what their reports tell as an incident each."""
    told = [(key[0], one) for key, said in found.items() if key[1] is Aspect.ACTOR for one in said]
    pairs = blame.mutual([one for _, one in told])
    for pair in pairs:
        sides = [[answer] for answer in _by_voice(pair)]
        if len(sides) > 1 and not _are_marked_apart(sides, apart):
            return [_conflict(next(key for key, one in told if one is pair[0]), Aspect.ACTOR, sides)]
    return []


def _are_tied(sides: list[list[Answer]]) -> bool:
    """Whether of every two sides some report speaks of one happening: the same report, or what ties two."""
    told = [[one for answer in side for one in answer.said] for side in sides]
    return all(
        any(
            one.item.article.id == other.item.article.id
            or are_one(one.account.incident, other.account.incident)
            for one in ours
            for other in theirs
        )
        for ours, theirs in itertools.combinations(told, 2)
    )


def _are_marked_apart(sides: list[list[Answer]], apart: Mapping[str, Sequence[str]]) -> bool:
    """Whether every report of one side shares nothing with any report of another one: two shootings of one town."""
    told = [[one for answer in side for one in answer.said] for side in sides]
    return any(
        all(
            other.item.article.id in apart.get(one.item.article.id, ())
            and may_be_twice(one.account.incident.kind, other.account.incident.kind)
            and not _is_once(one, other)
            for one in ours
            for other in theirs
        )
        for ours, theirs in itertools.combinations(told, 2)
    )


def _are_of_other_places(sides: list[list[Answer]]) -> bool:
    """Whether of some two sides all that is told names places of which the other side's reports know nothing."""
    told = [[one for answer in side for one in answer.said] for side in sides]
    return any(
        all(
            are_of_other_places(one.item, one.account, other.item, other.account)
            for one in ours
            for other in theirs
        )
        for ours, theirs in itertools.combinations(told, 2)
    )


def _is_once(one: Said, other: Said) -> bool:
    """Whether two reports are of one kind of which there are hardly two in a week ("ferry sinks")."""
    kind = one.account.incident.kind
    return kind in account_word_set("once") and kinds_fit(kind, other.account.incident.kind) is not False


def _stands_alone(account: AccountMention) -> bool:
    """Whether an account may stand against another answer, and not only against who denies it."""
    return not account.is_denied and account.evidence.rule not in _weak_rules()


def _hitting_one(targets: Sequence[Said]) -> frozenset[str]:
    """The voices that name as hit what another voice names too: who did that is one question."""
    answers = _by_voice([one for one in targets if not one.account.is_denied])
    return frozenset(
        voice
        for one, other in itertools.combinations(answers, 2)
        if share(one, other)
        for voice in (one.voice, other.voice)
    )


def _doers(said: Sequence[Said], hit: Sequence[Said], dead: Sequence[Said]) -> list[Said]:
    """The doers that may stand against each other: also one only told with the deed, where both hit one thing.

    Args:
        hit, dead: What the voices name as the target, and who they say the dead were.
    """
    hitting = _hitting_one(hit)
    peaceful = [one for one in dead if one.account.normal == CIVILIANS]
    answering = blame.answering(said, {*hitting, *_hitting_one(peaceful)})
    return [one for one in said if _stands_alone(one.account) or _may_stand(one, hitting) or one in answering]


def _may_stand(one: Said, hitting: Container[str]) -> bool:
    """Whether a doer that is only told with the deed stands against another one, since both hit one thing."""
    return one.voice in hitting and not one.account.is_denied and one.account.normal != STATE_FORCES


@functools.cache
def _weak_rules() -> frozenset[str]:
    weak = {rule.id for rule in load_rules("accounts").rules if rule.yields.get("weak")}
    return frozenset(weak | {TOLD_DOER, TOLD, KILLED})


def _voice(account: AccountMention, item: StoryArticle) -> str:
    """Who says it: the claimant, so that two outlets with one claimant are one voice; else the outlet."""
    if account.claimant is not None:
        return " ".join(skeleton(actor_key(account.claimant.name)))
    return f"article {item.copy_of or item.article.id}"


def _by_voice(said: Sequence[Said]) -> list[Answer]:
    answers: dict[str, Answer] = {}
    for one in said:
        answers.setdefault(one.voice, Answer(one.voice, [])).said.append(one)
    return list(answers.values())


# --------------------------------------------------------------------------- in words


def _conflict(incident_id: str, aspect: Aspect, sides: list[list[Answer]]) -> Conflict:
    shown = tuple(
        sorted((_side(side) for side in sides), key=lambda side: (side.citations[0].article_id, side.says))
    )
    told = "; ".join(
        f"{side.says} ({_listing(side.claimants)})" if side.claimants else side.says for side in shown
    )
    return Conflict(
        incident_id=incident_id,
        about=aspect,
        kind=ConflictKind.ACCOUNT,
        note=_NOTES[aspect].format(sides=told),
        sides=shown,
    )


def _side(answers: list[Answer]) -> Side:
    said = sorted(
        (one for answer in answers for one in answer.said),
        key=lambda one: (one.item.article.id, one.account.evidence.span.start),
    )
    # Where somebody says it in so many words, whoever only hints at it adds nothing but words.
    said = [one for one in said if one.account.evidence.rule != HINTED] or said
    says = _short(said)
    if said[0].account.is_denied:
        # Of who did it, the one who denies is the answer.
        told = _of_denier(said) or says[0]
        # "Only tear gas" denies by itself.
        is_whole = told.split()[0].lower() in load_rules("accounts").words["only"]
        says = [told if is_whole else f"{'not' if said[0].account.aspect in _NOT_THIS else 'no'} {told}"]
    claimants: dict[str, str] = {}
    for one in said:
        if name := _name(one):
            # "Engineers" at the head of a sentence are "engineers".
            claimants.setdefault(name.casefold(), name)
    citations = tuple(_citation(one) for one in said)
    return Side(
        says=_listing(says),
        claimants=tuple(claimants.values()),
        citations=citations,
        is_denial=said[0].account.is_denied,
    )


def _of_denier(said: Sequence[Said]) -> str | None:
    """Who is said not to have done it, where that is read from the denial itself."""
    own = (one.account for one in said if one.account.evidence.rule in (DENIED_DEED, DENIED))
    return next((account.answer for account in own), None)


def _short(said: Sequence[Said]) -> list[str]:
    """The words of one side, at most three: each class of answers once before a second word of any."""
    words: dict[str, str] = {}
    for one in said:
        answer = one.account.answer
        if not any(_same_words(answer, known) for known in words):
            words[answer] = one.account.normal
    classes = list(words.values())
    # Stable: the first word of each class, then the others, as they were told.
    order = sorted(enumerate(words), key=lambda pair: classes[: pair[0]].count(classes[pair[0]]))
    return [word for _, word in sorted(order[:_MOST_WORDS])]


def _same_words(a: str, b: str) -> bool:
    """Whether one answer's words are the other's, but for number and case ("drone", "killer drones")."""
    one, other = a.casefold().rstrip("s"), b.casefold().rstrip("s")
    return one in other or other in one


def _name(one: Said) -> str | None:
    if one.account.claimant is not None:
        return one.account.claimant.name
    return one.item.article.outlet


def _citation(one: Said) -> Citation:
    span = one.account.evidence.span
    return Citation(
        article_id=one.item.article.id, span=span, text=one.item.article.text[span.start : span.end]
    )


def _listing(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)

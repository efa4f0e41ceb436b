"""Where accounts differ without numbers: who was hit, with what, who the dead were, why, who did it, when.

Stance: a false "sources disagree" is worse than silence. Two answers are a conflict only when different voices give
them for one incident and they exclude each other: no shared group, no shared class of weapon, fighters alone against
civilians alone. A voice that gives both answers shows that both can hold. Who denies what another says contradicts it
in any words.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from digests.analysis.disputes.marks import find_apart
from digests.analysis.disputes.ties import are_one, may_be_twice
from digests.analysis.incidents import IncidentMap
from digests.extract.aspects.answers import MILITARY
from digests.extract.aspects.charges import TOLD_DOER
from digests.extract.aspects.denials import DENIED_DEED
from digests.extract.tellings.likeness import STATE_FORCES, actor_key, is_state, skeleton
from digests.rules import load_rules
from digests.rules.gazetteer import country_names
from digests.text.document import fold
from digests.text.similarity import find_terms
from digests.types import AccountMention, Aspect, Citation, Conflict, ConflictKind, Side, StoryArticle

# Minutes between two hours told for one beginning from which they differ.
_SAME_HOUR = 45
# Minutes from which a difference is another clock (time zones), not another account.
_OTHER_CLOCK = 3 * 60

# What stands before an answer that is denied: "not the army", "no gas leak".
_NOT_THIS = frozenset({Aspect.ACTOR, Aspect.PLACE, Aspect.TIME})
# Words shown for one side.
_MOST_WORDS = 3

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
}


@dataclass(frozen=True, slots=True)
class _Said:
    """One account with the voice that gives it."""

    account: AccountMention
    item: StoryArticle
    voice: str


@dataclass(slots=True)
class _Answer:
    """What one voice says of one aspect of one incident."""

    voice: str
    said: list[_Said]

    def normals(self) -> frozenset[str]:
        return frozenset(one.account.normal for one in self.said)

    def stems(self) -> frozenset[str]:
        """The stems of the telling words of all answers."""
        return frozenset(term for one in self.said for term in find_terms(fold(one.account.answer)))


def compare_accounts(articles: Sequence[StoryArticle], incidents: IncidentMap) -> tuple[Conflict, ...]:
    """The accounts of one story that exclude each other, in the order of its incidents and of `Aspect`.

    The order of the articles does not matter. Copies speak with the voice of the article they repeat.
    """
    found: dict[tuple[str, Aspect], list[_Said]] = {}
    for item in sorted(articles, key=lambda item: item.article.id):
        for account in item.facts.accounts:
            key = (incidents.of(item.article.id, account.incident), account.aspect)
            found.setdefault(key, []).append(_Said(account, item, _voice(account, item)))
    conflicts: list[Conflict] = []
    apart = find_apart(articles)
    for incident in incidents.incidents:
        for aspect in Aspect:
            said = found.get((incident.id, aspect), [])
            answers = _by_voice([one for one in said if not one.account.is_denied])
            denials = _by_voice([one for one in said if one.account.is_denied])
            sides = _sides(aspect, _by_voice([one for one in said if _stands_alone(one.account)]))
            if aspect in _TOLD_APART and len(sides) > 1 and not _are_apart(aspect, sides):
                sides = []
            sides = _with_denials(aspect, sides, answers, denials)
            if (
                len(sides) > 1
                and (incidents.is_one or _are_tied(sides))
                and not _are_marked_apart(sides, apart)
            ):
                conflicts.append(_conflict(incident.id, aspect, sides))
    return tuple(conflicts)


def _are_tied(sides: list[list[_Answer]]) -> bool:
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


def _are_marked_apart(sides: list[list[_Answer]], apart: Mapping[str, Sequence[str]]) -> bool:
    """Whether every report of one side shares nothing with any report of another one: two shootings of one town."""
    told = [[one for answer in side for one in answer.said] for side in sides]
    return any(
        all(
            other.item.article.id in apart.get(one.item.article.id, ())
            and may_be_twice(one.account.incident.kind, other.account.incident.kind)
            for one in ours
            for other in theirs
        )
        for ours, theirs in itertools.combinations(told, 2)
    )


def _stands_alone(account: AccountMention) -> bool:
    """Whether an account may stand against another answer, and not only against who denies it."""
    return not account.is_denied and account.evidence.rule not in _weak_rules()


@functools.cache
def _weak_rules() -> frozenset[str]:
    weak = {rule.id for rule in load_rules("accounts").rules if rule.yields.get("weak")}
    return frozenset(weak | {TOLD_DOER})


def _voice(account: AccountMention, item: StoryArticle) -> str:
    """Who says it: the claimant, so that two outlets with one claimant are one voice; else the outlet."""
    if account.claimant is not None:
        return " ".join(skeleton(actor_key(account.claimant.name)))
    return f"article {item.copy_of or item.article.id}"


def _by_voice(said: Sequence[_Said]) -> list[_Answer]:
    answers: dict[str, _Answer] = {}
    for one in said:
        answers.setdefault(one.voice, _Answer(one.voice, [])).said.append(one)
    return list(answers.values())


# --------------------------------------------------------------------------- which answers exclude each other


def _sides(aspect: Aspect, answers: list[_Answer]) -> list[list[_Answer]]:
    """The answers grouped into sides that exclude each other; fewer than two where nothing does."""
    if len(answers) < 2:
        return []
    if aspect is Aspect.VICTIMS:
        return _victim_sides(answers)
    if aspect is Aspect.TIME:
        return _linked(answers, _same_hour) if _is_one_clock(answers) else []
    if aspect is Aspect.TARGET:
        return _target_sides(answers)
    if aspect is Aspect.ACTOR:
        return _linked(answers, _share_name)
    if aspect is Aspect.MEANS:
        return _means_sides(answers)
    return _linked(answers, _share_cause if aspect is Aspect.CAUSE else _share)


def _share_cause(a: _Answer, b: _Answer) -> bool:
    """Whether two voices name one cause: of one class, or by a word that both use ("worn cables", "a loose cable")."""
    return _share(a, b) or not a.stems().isdisjoint(b.stems())


def _share(a: _Answer, b: _Answer) -> bool:
    return not a.normals().isdisjoint(b.normals())


def _share_name(a: _Answer, b: _Answer) -> bool:
    return any(_same_name(x, y) for x in a.normals() for y in b.normals())


def _target_sides(answers: list[_Answer]) -> list[list[_Answer]]:
    """Sides by who or what was aimed at; "militant bases" may be any group's and join its side."""
    bare = [answer for answer in answers if answer.normals() == {MILITARY}]
    sides = _linked(
        [answer for answer in answers if answer not in bare],
        lambda a, b: _are_both_civil(a, b) or _share_name(a, b),
    )
    civil = frozenset(load_rules("accounts").words["civil_targets"])
    of_fighters = [side for side in sides if not any(answer.normals() <= civil for answer in side)]
    if not bare:
        return sides
    if of_fighters:
        of_fighters[0].extend(bare)
        return sides
    return [*sides, bare]


def _are_both_civil(a: _Answer, b: _Answer) -> bool:
    """Whether two voices name what no army calls its target: one attack may hit a school and a market."""
    civil = frozenset(load_rules("accounts").words["civil_targets"])
    return not civil.isdisjoint(a.normals()) and not civil.isdisjoint(b.normals())


def _means_sides(answers: list[_Answer]) -> list[list[_Answer]]:
    """Sides by class of weapon; who names only what others carry joins a side and makes none."""
    fired = [answer for answer in answers if any(_is_carried(answer, other) for other in answers)]
    sides = _linked([answer for answer in answers if answer not in fired], _share)
    for answer in fired:
        for side in sides:
            if any(_share(answer, other) or _is_carried(answer, other) for other in side):
                side.append(answer)
                break
    return sides


def _is_carried(answer: _Answer, other: _Answer) -> bool:
    """Whether one voice names only what the other's means carry: missiles beside jets."""
    carriers = load_rules("accounts").meaning["carried"]
    return all(not other.normals().isdisjoint(carriers.get(normal, ())) for normal in answer.normals())


def _linked(answers: list[_Answer], agree: Callable[[_Answer, _Answer], bool]) -> list[list[_Answer]]:
    """Answers joined wherever two agree, so that a voice which gives both answers joins their sides."""
    sides: list[list[_Answer]] = []
    for answer in answers:
        touching = [side for side in sides if any(agree(answer, other) for other in side)]
        joined = [other for side in touching for other in side] + [answer]
        sides = [side for side in sides if side not in touching] + [joined]
    return sides


def _same_name(a: str, b: str) -> bool:
    """Whether two normal forms are one name in two spellings: word by word equal or one the other's beginning."""
    if STATE_FORCES in (a, b):
        # "The army" may be that of any state that is named.
        return a == b or is_state(b if a == STATE_FORCES else a)
    one, other = a.split(), b.split()
    if len(one) != len(other):
        return set(one) <= set(other) or set(other) <= set(one)
    return all(
        x == y or (len(x) > 2 and len(y) > 2 and (x.startswith(y) or y.startswith(x)))
        for x, y in zip(one, other, strict=True)
    )


def _victim_sides(answers: list[_Answer]) -> list[list[_Answer]]:
    """Fighters alone against civilians alone; foreigners join as a side of their own where the two differ."""
    by_class: dict[str, list[_Answer]] = {"fighters": [], "civilians": [], "foreigners": []}
    for answer in answers:
        normals = answer.normals()
        if {"fighters", "civilians"} <= normals:
            return []
        for normal in ("fighters", "civilians", "foreigners"):
            if normal in normals:
                by_class[normal].append(answer)
                break
    if not by_class["fighters"] or not by_class["civilians"]:
        return []
    return [side for side in by_class.values() if side]


def _are_apart(aspect: Aspect, sides: list[list[_Answer]]) -> bool:
    """Whether the sides stand in different articles: one article's two hours are two moments.

    Two causes may stand in one article where it names who holds which ("the operator blames rain").
    """
    articles = [
        {
            one.item.article.id
            for answer in side
            for one in answer.said
            if aspect is Aspect.TIME or one.account.claimant is None
        }
        for side in sides
    ]
    return all(articles[0].isdisjoint(other) for other in articles[1:])


def _same_hour(a: _Answer, b: _Answer) -> bool:
    return any(abs(int(x) - int(y)) < _SAME_HOUR for x in a.normals() for y in b.normals())


def _is_one_clock(answers: list[_Answer]) -> bool:
    hours = [int(normal) for answer in answers for normal in answer.normals()]
    return max(hours) - min(hours) < _OTHER_CLOCK


def _with_denials(
    aspect: Aspect, sides: list[list[_Answer]], answers: list[_Answer], denials: list[_Answer]
) -> list[list[_Answer]]:
    """The sides; where there are none, those who say something and those who deny it, whatever the words.

    Who denies one thing and says another has given an answer.
    """
    agree = {
        Aspect.ACTOR: _holds_to_it,
        Aspect.CAUSE: _share_cause,
        Aspect.TARGET: _aims_at_it,
    }.get(aspect, _share)
    speaking = {answer.voice for answer in answers}
    denying = [d for d in denials if d.voice not in speaking and any(agree(d, answer) for answer in answers)]
    if len(sides) > 1 or not denying:
        return sides
    held = [answer for answer in answers if any(agree(denial, answer) for denial in denying)]
    return [held, *_linked(denying, agree)]


def _aims_at_it(denial: _Answer, answer: _Answer) -> bool:
    """Whether one voice names as the target what the other denies was there; "no fighters" are no group's."""
    if _share(denial, answer):
        return True
    civil = frozenset(load_rules("accounts").words["civil_targets"])
    return MILITARY in denial.normals() and not answer.normals() <= civil


def _holds_to_it(denial: _Answer, answer: _Answer) -> bool:
    """Whether one voice names as the doer whom the other's denial is of; "the army" is that of where it was."""
    for one in denial.said:
        for other in answer.said:
            names = {one.account.normal, other.account.normal}
            if len(names) == 1 or (STATE_FORCES not in names and _same_name(*sorted(names))):
                return True
            lands = {
                country_names().get(told.account.incident.country or "", "").casefold()
                for told in (one, other)
            }
            if STATE_FORCES in names and not lands.isdisjoint(names):
                return True
    return False


# --------------------------------------------------------------------------- in words


def _conflict(incident_id: str, aspect: Aspect, sides: list[list[_Answer]]) -> Conflict:
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


def _side(answers: list[_Answer]) -> Side:
    said = sorted(
        (one for answer in answers for one in answer.said),
        key=lambda one: (one.item.article.id, one.account.evidence.span.start),
    )
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


def _of_denier(said: Sequence[_Said]) -> str | None:
    """Who is said not to have done it, where that is read from the denial itself."""
    own = (one.account for one in said if one.account.evidence.rule == DENIED_DEED)
    return next((account.answer for account in own), None)


def _short(said: Sequence[_Said]) -> list[str]:
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


def _name(one: _Said) -> str | None:
    if one.account.claimant is not None:
        return one.account.claimant.name
    return one.item.article.outlet


def _citation(one: _Said) -> Citation:
    span = one.account.evidence.span
    return Citation(
        article_id=one.item.article.id, span=span, text=one.item.article.text[span.start : span.end]
    )


def _listing(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)

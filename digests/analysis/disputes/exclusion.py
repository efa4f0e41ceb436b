"""Which answers of several voices to one question exclude each other: who was hit, with what, why, by whom, when.

Hides what is one answer in two words (spellings, classes of weapons, what others carry, groups of targets) and whom a
denial contradicts.

Stance: answers that may both hold make one side; a false "sources disagree" is worse than silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digests.extract.aspects.answers import MILITARY, account_word_set
from digests.extract.aspects.causes import OPEN
from digests.extract.aspects.hints import only_follows
from digests.extract.aspects.parties import NAMELESS
from digests.extract.tellings.likeness import STATE_FORCES, is_state
from digests.rules import load_rules
from digests.rules.gazetteer import country_names
from digests.text.document import fold
from digests.text.similarity import find_terms
from digests.types import AccountMention, Aspect, StoryArticle

# Minutes between two hours told for one beginning from which they differ.
_SAME_HOUR = 45
# Minutes from which a difference is another clock (time zones), not another account.
_OTHER_CLOCK = 3 * 60


@dataclass(frozen=True, slots=True)
class Said:
    """One account with the voice that gives it."""

    account: AccountMention
    item: StoryArticle
    voice: str


@dataclass(slots=True)
class Answer:
    """What one voice says of one aspect of one incident."""

    voice: str
    said: list[Said]

    def normals(self) -> frozenset[str]:
        return frozenset(one.account.normal for one in self.said)

    def stems(self) -> frozenset[str]:
        """The stems of the telling words of all answers."""
        return frozenset(term for one in self.said for term in find_terms(fold(one.account.answer)))


def find_sides(aspect: Aspect, answers: list[Answer]) -> list[list[Answer]]:
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
    return _cause_sides(answers) if aspect is Aspect.CAUSE else _linked(answers, share)


def _cause_sides(answers: list[Answer]) -> list[list[Answer]]:
    """Sides by cause; who only tells what came of it ("it took on water") joins a side and ties no two."""
    following = [answer for answer in answers if all(map(only_follows, answer.normals()))]
    sides = _linked([answer for answer in answers if answer not in following], _share_cause)
    if len(sides) < 2:
        return _linked(answers, _share_cause)
    for answer in following:
        pages = {one.item.article.id for one in answer.said}
        fitting = [side for side in sides if any(_share_cause(answer, other) for other in side)]
        told = [side for side in fitting if any(one.item.article.id in pages for a in side for one in a.said)]
        for side in (told or fitting)[:1]:
            side.append(answer)
    return sides


def _share_cause(a: Answer, b: Answer) -> bool:
    """Whether two voices name one cause: of one class, of two that go together, or by a word that both use.

    A word tells only where a class is not known: "worn cables", "a loose cable".
    """
    if any(_go_together(x, y) for x in a.normals() for y in b.normals()):
        return True
    is_open = any(normal.startswith(OPEN) for normal in a.normals() | b.normals())
    return is_open and not a.stems().isdisjoint(b.stems())


def _go_together(a: str, b: str) -> bool:
    """Whether two classes of causes may be told of one cause: a driver's speed and his error, brakes and upkeep."""
    together = load_rules("explanations").meaning["together"]
    return a == b or b in together.get(a, ()) or a in together.get(b, ())


def share(a: Answer, b: Answer) -> bool:
    return not a.normals().isdisjoint(b.normals())


def _share_name(a: Answer, b: Answer) -> bool:
    return any(same_party(x, y) for x in a.normals() for y in b.normals())


def _target_sides(answers: list[Answer]) -> list[list[Answer]]:
    """Sides by who or what was aimed at; "militant bases" may be any group's and join its side."""
    bare = [answer for answer in answers if answer.normals() == {MILITARY}]
    sides = _linked(
        [answer for answer in answers if answer not in bare],
        lambda a, b: _are_alike(a, b) or _share_name(a, b),
    )
    civil = account_word_set("civil_targets")
    of_fighters = [side for side in sides if not any(answer.normals() <= civil for answer in side)]
    if not bare:
        return sides
    if of_fighters:
        of_fighters[0].extend(bare)
        return sides
    return [*sides, bare]


def _are_alike(a: Answer, b: Answer) -> bool:
    """Whether two voices name targets of one kind: one attack may hit a school and a market, or two posts."""
    return any(
        not kind.isdisjoint(a.normals()) and not kind.isdisjoint(b.normals())
        for kind in map(account_word_set, ("civil_targets", "armed_targets"))
    )


def _means_sides(answers: list[Answer]) -> list[list[Answer]]:
    """Sides by class of weapon; who names only what others carry joins a side and makes none."""
    fired = [answer for answer in answers if any(_is_carried(answer, other) for other in answers)]
    sides = _linked([answer for answer in answers if answer not in fired], share)
    for answer in fired:
        for side in sides:
            if any(share(answer, other) or _is_carried(answer, other) for other in side):
                side.append(answer)
                break
    return sides


def _is_carried(answer: Answer, other: Answer) -> bool:
    """Whether one voice names only what the other's means carry: missiles beside jets."""
    carriers = load_rules("accounts").meaning["carried"]
    return all(not other.normals().isdisjoint(carriers.get(normal, ())) for normal in answer.normals())


def _linked(answers: list[Answer], agree: Callable[[Answer, Answer], bool]) -> list[list[Answer]]:
    """Answers joined wherever two agree, so that a voice which gives both answers joins their sides."""
    sides: list[list[Answer]] = []
    for answer in answers:
        touching = [side for side in sides if any(agree(answer, other) for other in side)]
        joined = [other for side in touching for other in side] + [answer]
        sides = [side for side in sides if side not in touching] + [joined]
    return sides


def same_party(a: str, b: str) -> bool:
    """Whether two forms of doers may be one party: one name in two spellings, or one of them without a name.

    Word by word equal, or one the other's beginning.
    """
    if STATE_FORCES in (a, b):
        # "The army" may be that of any state that is named.
        return a == b or is_state(b if a == STATE_FORCES else a)
    if a in NAMELESS or b in NAMELESS:
        # "Gunmen" may be any group's, and be called villagers.
        return not any(is_state(one) for one in (a, b))
    one, other = a.split(), b.split()
    if len(one) != len(other):
        return set(one) <= set(other) or set(other) <= set(one)
    return all(
        x == y or (len(x) > 2 and len(y) > 2 and (x.startswith(y) or y.startswith(x)))
        for x, y in zip(one, other, strict=True)
    )


def _victim_sides(answers: list[Answer]) -> list[list[Answer]]:
    """Fighters alone against civilians alone; foreigners join as a side of their own where the two differ."""
    by_class: dict[str, list[Answer]] = {"fighters": [], "civilians": [], "foreigners": []}
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


def are_apart(aspect: Aspect, sides: list[list[Answer]]) -> bool:
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


def _same_hour(a: Answer, b: Answer) -> bool:
    return any(abs(int(x) - int(y)) < _SAME_HOUR for x in a.normals() for y in b.normals())


def _is_one_clock(answers: list[Answer]) -> bool:
    hours = [int(normal) for answer in answers for normal in answer.normals()]
    return max(hours) - min(hours) < _OTHER_CLOCK


def with_denials(
    aspect: Aspect, sides: list[list[Answer]], answers: list[Answer], denials: list[Answer]
) -> list[list[Answer]]:
    """The sides; where there are none, those who say something and those who deny it, whatever the words.

    Who denies one thing and says another has given an answer, which is a side of its own where it excludes the others.
    """
    agree = {
        Aspect.ACTOR: _holds_to_it,
        Aspect.CAUSE: _share_cause,
        Aspect.TARGET: _aims_at_it,
    }.get(aspect, share)
    own = {answer.voice: answer for answer in answers}
    denying = [
        denial
        for denial in denials
        # Who both tells and denies a thing is misread.
        if (denial.voice not in own or not share(denial, own[denial.voice]))
        and any(agree(denial, answer) for answer in answers if answer.voice != denial.voice)
    ]
    if len(sides) > 1 or not denying:
        return sides
    held = [
        Answer(answer.voice, said)
        for answer in answers
        if answer.voice not in {denial.voice for denial in denying}
        and (said := [one for one in answer.said if _is_held(one, answer.voice, denying, agree)])
    ]
    return [held, *_linked(denying, agree)]


def _is_held(one: Said, voice: str, denying: list[Answer], agree: Callable[[Answer, Answer], bool]) -> bool:
    """Whether an account is of what some voice denies: not all that a voice says is."""
    return any(agree(denial, Answer(voice, [one])) for denial in denying)


def _aims_at_it(denial: Answer, answer: Answer) -> bool:
    """Whether one voice names as the target what the other denies was there; "no fighters" are no group's."""
    if share(denial, answer):
        return True
    civil = account_word_set("civil_targets")
    return MILITARY in denial.normals() and not answer.normals() <= civil


def _holds_to_it(denial: Answer, answer: Answer) -> bool:
    """Whether one voice names as the doer whom the other's denial is of; "the army" is that of where it was."""
    for one in denial.said:
        for other in answer.said:
            names = {one.account.normal, other.account.normal}
            if len(names) == 1 or (STATE_FORCES not in names and same_party(*sorted(names))):
                return True
            lands = {
                country_names().get(told.account.incident.country or "", "").casefold()
                for told in (one, other)
            }
            is_of_state = STATE_FORCES in names and any(is_state(name) for name in names)
            if is_of_state and (lands == {""} or not lands.isdisjoint(names)):
                # "The army did it", "Ruritania's army denies it", of a place that no list knows.
                return True
    return False

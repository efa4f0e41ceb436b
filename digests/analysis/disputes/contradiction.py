"""What one voice says was so and another one says was not, in any words: "the doors were locked", "no door was locked".

A statement is read clause by clause: what it tells and what it turns round (behind "not", "no", "nobody"), by stems,
with words of one meaning and their contraries brought together by `rules/courses.toml`.

Stance: two clauses contradict only where one thing is told of one subject: what is turned round and a telling word
besides stand in both, and neither is a plan, a wish or a question. Words that stand in no table are turned round only
by a denial, or by "no" in front of what was done: "there are no tents here" is answered by no truck full of tents.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digests.extract.aspects.hints import asks
from digests.extract.speech.lexicon import base_form
from digests.rules import load_rules
from digests.text.cuts import spans_between
from digests.text.document import fold
from digests.text.similarity import stem, stop_words
from digests.types import Quote, Span

_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
# Where a clause ends.
_JOINT = re.compile(
    r"[.;:,?!()\"–](?!\d)| (?:and|but|while|although|though|because|which|who|when|after|as|so)(?= )"
)
# Words behind a negator in which what it turns round stands.
_REACH = 6
# Words of a clause.
_FEWEST, _MOST = 3, 40
_DIGIT = re.compile(r"\d")
# Telling words that both clauses hold, one of which is turned round.
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause of a statement tells.

    Attributes:
        span: Where it stands in the text.
        key: The forms that it turns round, all of which the other side has to tell; empty where it turns round none.
        values: Each form that it tells, and whether as so.
        subject: The form of what stands in front of its verb, if any.
        is_of_person: "He", "she" or "I" stand in front of what it turns round.
        is_open: Also words that stand in no table are turned round.
    """

    span: Span
    key: frozenset[str]
    values: Mapping[str, bool]
    subject: frozenset[str]
    is_of_person: bool = False
    is_open: bool = False

    @property
    def has_contrary(self) -> bool:
        """Whether it tells something whose contrary has a word of its own."""
        return not _contraries().isdisjoint(self.values)


def contradict(one: Clause, other: Clause) -> bool:
    """Whether what two clauses tell cannot both be so."""
    if one.key and other.key:
        return False
    denial, told = (other, one) if other.key else (one, other)
    key = denial.key or frozenset(denial.values.keys() & _contraries())
    turned = {form for form in key & told.values.keys() if told.values[form] is not denial.values[form]}
    if not denial.is_open:
        turned &= _known()
    if not turned.isdisjoint(_answered()):
        return True
    if not turned or not _is_of_one(denial, told):
        return False
    if not (denial.is_of_person or turned.isdisjoint(_words("alone"))):
        return True
    if denial.key and not key <= told.values.keys():
        return False
    both = (denial.values.keys() & told.values.keys()) - _common()
    return len(both) >= max(_SHARED, len(denial.values) / 2)


def _is_of_one(denial: Clause, told: Clause) -> bool:
    """Whether two clauses may tell of one subject: one has but "they", or the subject of the denial stands in both."""
    if not denial.subject:
        return True
    if not told.subject and not denial.key:
        return True
    return not denial.subject.isdisjoint(told.values)


def clauses_of(text: str, quote: Quote) -> Iterator[Clause]:
    """The clauses of a statement in a text that tell what was, or that it was not."""
    if quote.cue is None or asks(base_form(quote.cue.words)):
        return
    span = quote.evidence.span
    # "didn' t": as some sets of pages part a word.
    said = fold(text[span.start : span.end]).replace("n' t ", "n't  ")
    is_denial = base_form(quote.cue.words) in load_rules("denials").words["cues"]
    for start, end in spans_between(_JOINT, said):
        if is_denial and (start or base_form(quote.cue.words) not in _words("denying")):
            break
        clause = _clause(said, start, end, span.start, is_denial=is_denial)
        if clause is not None and is_denial and quote.cue.span.end <= clause.span.start:
            # "Denied that a camp had been hit."
            clause = replace(clause, span=Span(start=quote.cue.span.start, end=clause.span.end))
        if clause is not None:
            yield clause


def _clause(said: str, start: int, end: int, offset: int, *, is_denial: bool) -> Clause | None:
    found = list(_WORD.finditer(said, start, end))
    if not _FEWEST <= len(found) <= _MOST:
        return None
    lows = [match.group().lower() for match in found]
    no = next((at for at, low in enumerate(lows) if low in _turning()), None)
    unreal = next((at for at, low in enumerate(lows) if low in _words("unreal")), _MOST)
    # What is told in front of a wish stands: "nobody warned them that the gates would open".
    if _is_of_another(lows):
        return None
    if not _words("half").isdisjoint(lows) or unreal < _FEWEST or (no is not None and unreal <= no + _FEWEST):
        return None
    words = [_Word(match.group(), lows[at - 1] if at else None) for at, match in enumerate(found)]
    if is_denial:
        return None if no is not None else _denied(words, Span(start=offset + start, end=offset + end))
    span = Span(start=offset + found[lows[0] == "that"].start(), end=offset + found[-1].end())
    if no is None:
        told = words[:unreal]
        values = _answers(said[start:end], lows) | _values(told)
        return Clause(span, frozenset(), values, _subject(told))
    answers = {form: value for form, value in _answers(said[start:end], lows).items() if not value}
    if answers:
        return Clause(span, frozenset(), answers, frozenset())
    around = lows[max(0, no - 1) : no + 2]
    if not _words("relatives").isdisjoint(lows[max(0, no - 2) : no]) and no > 1:
        # "Money that was not granted."
        return None
    key = _key(words, no)
    if not _words("present").isdisjoint(around):
        return None
    if not _words("being").isdisjoint(around) and key.isdisjoint(_words("alone")):
        # What is so in general.
        return None
    if not key or _DIGIT.search(said, found[no].end(), found[min(no + _REACH, len(found) - 1)].start()):
        return None
    done = _done(words, no) if lows[no] in _words("nones") else frozenset()
    key |= done
    values = {form: value is not (form in key) for form, value in _values(words).items()}
    is_of_person = not _words("persons").isdisjoint(lows[:no])
    # Who "had no permit" is not what is turned round.
    is_had = lows[no] in _words("nones") and no > 0 and lows[no - 1] in _words("having")
    subject = frozenset() if is_had else _subject(words[:no])
    return Clause(span, key, values, subject, is_of_person=is_of_person, is_open=bool(done))


def _is_of_another(lows: Sequence[str]) -> bool:
    """Whether a clause begins with one of several: "a second bridge", "other doors"."""
    return not _words("others").isdisjoint(lows[:3])


def _denied(words: Sequence[_Word], span: Span) -> Clause | None:
    """What somebody denies: "that the gates had been locked", "claims that nobody was there"."""
    verb = next((at for at, word in enumerate(words) if word.low in _words("auxiliaries")), None)
    if verb is None or verb > _REACH:
        return None
    that = next((at for at, word in enumerate(words[:verb]) if word.low == "that"), -1)
    key = _key(words, verb)
    if not key:
        return None
    values = {form: value is not (form in key) for form, value in _values(words[that + 1 :]).items()}
    return Clause(span, key, values, _subject(words[that + 1 :]), is_open=True)


def _answers(told: str, lows: Sequence[str]) -> dict[str, bool]:
    """The questions that a clause of these words answers in more words than one."""
    found: dict[str, bool] = {}
    if _answering().isdisjoint(lows):
        return found
    for rule in load_rules("courses").rules:
        if not set(rule.yields["words"]).isdisjoint(lows) and rule.pattern.search(told):
            # Of "no alarm sounded" the first rule reads the "no".
            found.setdefault(str(rule.yields["form"]), bool(rule.yields["value"]))
    return found


class _Word:
    """A word of a clause: in small letters, by its form, and whether it tells something besides names."""

    __slots__ = ("form", "is_telling", "low", "value")

    def __init__(self, word: str, before: str | None) -> None:
        self.low = word.lower()
        # "An effort to open the gates" tells of a purpose, "the affected regions" of the regions.
        is_aside = before == "to" or (self.low.endswith("ed") and before in _words("determiners"))
        self.is_telling = (
            self.low not in _untelling() and not is_aside and (before is None or not word[0].isupper())
        )
        self.form, self.value = _form(self.low)


def _key(words: Sequence[_Word], no: int) -> frozenset[str]:
    """The forms that the negator at a place turns round; empty where that tells nothing."""
    most = 2 if words[no].low in _words("nones") else 1
    if words[no].low == "none":
        # "None of the doors locked at night was open": what stands behind the verb is turned round.
        most, no = (
            1,
            next((at for at in range(no, len(words)) if words[at].low in _words("auxiliaries")), len(words)),
        )
    found: list[str] = []
    for word in words[no + 1 : no + 1 + _REACH]:
        if word.low in _words("hollow"):
            return frozenset()
        if word.low in _words("idle") and word.form not in _known():
            return frozenset()
        if found and word.low in _words("breaks"):
            break
        if word.is_telling:
            found.append(word.form)
            if len(found) == most:
                break
    return frozenset(found)


def _done(words: Sequence[_Word], no: int) -> frozenset[str]:
    """What was done to none: of "no voter was turned away" the turning; empty where nothing is told as done."""
    behind = words[no + 1 : no + 1 + _REACH]
    verb = next((at for at, word in enumerate(behind) if word.low in _words("auxiliaries")), len(behind))
    return frozenset([word.form for word in behind[verb:] if word.is_telling][:1])


def _values(words: Sequence[_Word]) -> dict[str, bool]:
    values: dict[str, bool] = {}
    for word in words:
        if word.is_telling:
            values.setdefault(word.form, word.value)
    return values


def _subject(words: Sequence[_Word]) -> frozenset[str]:
    """What stands in front of the first verb of being, having or doing: of "the hall's doors on a floor" the doors."""
    verb = next((at for at, word in enumerate(words) if word.low in _words("auxiliaries")), 0)
    head = None
    for word in words[:verb]:
        if head is not None and word.low in _words("breaks"):
            break
        if word.is_telling:
            head = word.form
    return frozenset((head,)) if head is not None else frozenset()


@functools.lru_cache(maxsize=4096)
def _form(low: str) -> tuple[str, bool]:
    """The form of a word, and whether it tells it as so."""
    rules = load_rules("courses").meaning
    if low in rules["contrary"]:
        return str(rules["contrary"][low]), False
    return str(rules["same"].get(low, low if low in _known() else stem(low))), True


@functools.cache
def _known() -> frozenset[str]:
    """The forms that the tables name."""
    return _contraries().union(map(str, load_rules("courses").meaning["same"].values()))


@functools.cache
def _contraries() -> frozenset[str]:
    """The forms that have a contrary."""
    return _answered().union(map(str, load_rules("courses").meaning["contrary"].values()))


@functools.cache
def _untelling() -> frozenset[str]:
    """The words that tell nothing of what happened."""
    return _words("light").union(stop_words(), _turning())


@functools.cache
def _answering() -> frozenset[str]:
    """The words of which one stands in whatever a rule reads."""
    return frozenset(str(word) for rule in load_rules("courses").rules for word in rule.yields["words"])


@functools.cache
def _turning() -> frozenset[str]:
    return _words("negators") | _words("nones")


@functools.cache
def _answered() -> frozenset[str]:
    """The questions that phrases answer with "yes" and with "no"."""
    told = [(str(rule.yields["form"]), bool(rule.yields["value"])) for rule in load_rules("courses").rules]
    return frozenset(form for form, value in told if (form, not value) in told)


@functools.cache
def _common() -> frozenset[str]:
    return _words("common").union(map(stem, _words("common")))


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_rules("courses").words[name])

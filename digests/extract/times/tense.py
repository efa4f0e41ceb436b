"""Whether the words around a time expression speak of what was or of what is to come.

A walk over the nearest words, no parse: the verb that governs a bare "Friday" stands within a dozen words of it. Where
no verb decides, a noun that people plan may ("a hearing Friday").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from enum import StrEnum

from digests.rules import load_rules
from digests.rules.alternation import alternation
from digests.text.document import lower_case
from digests.types import Span


class Tense(StrEnum):
    PAST = "past"
    FUTURE = "future"


# Words looked at on each side: long enough for "is expected to travel with two ministers to Southport on Friday".
_REACH = 15
# Characters that hold them.
_WINDOW = 140
# Words before "to" and a verb in which stands who is asked or told to ("ordered the last of its ships to leave").
_CONTROL_REACH = 6
# Words before a verb in which "and" stands that makes its subject two ("he and the head of the union meet").
_PAIR_REACH = 6
# Words in front of a noun in which the verb stands that has it as its object.
_OBJECT_REACH = 3
# Words before a date in which the noun stands that it belongs to ("the second hearing of the inquiry on").
_NOUN_REACH = 3
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|'ll|'re|[,;:–\"]")
# A month of May is no verb.
_MAY = re.compile(r"\d\s(?:of\s)?may\b|\bmay\.?\s\d")
# How a sentence ends that is no headline, and what a headline says is to come.
_STOPS = (".", "!", "?", '"', "'")
_TO_VERB = re.compile(r"[a-z] to ([a-z]{3,})\b")
_BREAK = frozenset(";:–")


@functools.cache
def _lexicon() -> dict[str, frozenset[str]]:
    words = load_rules("tense").words
    return {name: frozenset(entries) for name, entries in words.items()}


def tense_at(folded: str, sentence: Span, span: Span, *, is_day: bool = True) -> Tense | None:
    """The tense of the nearest verb or cue: to the left first, then to the right; `None` when there is none.

    With `is_day=False` the expression is longer: "for Friday" is a plan, "for the third quarter" are results.
    """
    left = _words(folded[max(sentence.start, span.start - _WINDOW) : span.start])[-_REACH:]
    lexicon = _lexicon()
    told = folded[span.start : span.end]
    if told.split(" ", 1)[0] in lexicon["night_gone"] and lexicon["future"].isdisjoint(left):
        # "Asked them to draw up a plan overnight Tuesday".
        return Tense.PAST
    is_attribute = left[-1:] == ["the"] or folded[span.end - 2 : span.end] == "'s"
    while left and left[-1] in lexicon["beside"]:
        # "Rain is forecast for Sunday and Monday": both days hang on the same words.
        left.pop()
    if left[-1:] == ["after"]:
        # "Will be shut after Jan. 20" is ahead all the same.
        left.pop()
    last = left[-1] if left else ""
    if is_attribute and (found := _attribute(left, folded, sentence, span)) is not None:
        return found
    if last in lexicon["bound"]:
        return _bounded(left, last) or _right(folded, sentence, span) or Tense.FUTURE
    if (
        is_day
        and last == "for"
        and told not in lexicon["while"]
        and lexicon["looks_back"].isdisjoint(left[-_CONTROL_REACH:])
    ):
        # Whatever is fixed, asked or wished for a day.
        return Tense.PAST if "had" in left else Tense.FUTURE
    if last in lexicon["starting"] or (last == "from" and not lexicon["announced"].isdisjoint(left)):
        # "Declared three days of mourning starting on Monday".
        return Tense.PAST if "had" in left else Tense.FUTURE
    if last in lexicon["declaring"] and not lexicon["marked_day"].isdisjoint(
        _words(folded[span.end : min(sentence.end, span.end + _WINDOW)])[:_REACH]
    ):
        # "Declared Monday a day of national mourning".
        return Tense.PAST if "had" in left else Tense.FUTURE
    if last in lexicon["than"] and len(left) > 1 and left[-2] in lexicon["at_last"]:
        return Tense.FUTURE
    if last == "to" and not lexicon["moved"].isdisjoint(left[-_CONTROL_REACH:]):
        return Tense.FUTURE
    if last in lexicon["is"]:
        # "The vote is Monday".
        return Tense.FUTURE
    if last in lexicon["opening"]:
        return _right(folded, sentence, span) or _left(left)
    if not lexicon["called_for"].isdisjoint(_called(left)):
        # "Called a strike", "called for a march at all ports on Friday".
        return Tense.FUTURE
    found = _left(left) or _right(folded, sentence, span)
    if found is Tense.FUTURE and _fell_through(
        left, folded[span.end : min(sentence.end, span.end + _WINDOW)]
    ):
        return Tense.PAST
    if found is not None:
        return found
    if folded[sentence.end - 1 : sentence.end] not in _STOPS and _is_headed(folded, sentence, span):
        return Tense.FUTURE
    is_planned = not lexicon["planned_event"].isdisjoint(left[-_NOUN_REACH:])
    # "Flying home Friday".
    is_leaving = len(left) > 0 and left[0].endswith("ing") and len(left) < _REACH
    return Tense.FUTURE if is_planned or is_leaving else None


def _is_headed(folded: str, sentence: Span, span: Span) -> bool:
    """A headline's plan: "Train drivers to strike from Friday"."""
    found = _TO_VERB.search(folded, sentence.start, span.start)
    return found is not None and found[1] not in _lexicon()["no_verb"]


def _called(left: Sequence[str]) -> Sequence[str]:
    """The words behind "called for" or "called a" in the same clause; none where it was called off."""
    if "called" not in left:
        return ()
    behind = left[len(left) - left[::-1].index("called") :]
    apart = _lexicon()["clause"] | {","}
    return behind if behind[:1] in (["for"], ["a"], ["an"]) and apart.isdisjoint(behind) else ()


def _fell_through(left: Sequence[str], after: str) -> bool:
    """ "Was to start on Monday but was put off"."""
    lexicon = _lexicon()
    return not lexicon["was_to"].isdisjoint(left) and not lexicon["but"].isdisjoint(_words(after)[:2])


def _words(text: str) -> list[str]:
    plain = lower_case(text)
    if "could" in plain:
        plain = _perceived().sub("was", plain)
    return _WORD.findall(_MAY.sub(" ", plain) if "may" in plain else plain)


@functools.cache
def _perceived() -> re.Pattern[str]:
    """ "Could be", where what people saw or heard follows: it was so."""
    return re.compile(rf"\bcould (?:[a-z]+ )?be(?= {alternation(load_rules('tense').words['perceived'])}\b)")


def _bounded(left: Sequence[str], last: str) -> Tense | None:
    """ "Shut until Monday" is ahead, "by Monday, ten were dead" and "was not told until Monday" are not."""
    lexicon = _lexicon()
    before = left[:-1]
    if last == "by":
        if _left(before) is Tense.FUTURE and "had" not in before:
            return Tense.FUTURE
        return None if lexicon["was"].isdisjoint(before) else Tense.PAST
    told = not lexicon["lasting"].isdisjoint(before) or not lexicon["not_until"].isdisjoint(before)
    was_not = "not" in before and not lexicon["was_not"].isdisjoint(before)
    return Tense.PAST if told or was_not or "had" in before else Tense.FUTURE


def _attribute(left: Sequence[str], folded: str, sentence: Span, span: Span) -> Tense | None:
    """ "Friday's attack" and "the Friday attack" have been, whatever the verb says; votes go by the words around."""
    lexicon = _lexicon()
    after = _words(folded[span.end : min(sentence.end, span.end + _WINDOW)])[:_NOUN_REACH]
    if not after or not lexicon["planned_event"].isdisjoint(after):
        is_ahead = not lexicon["looks_ahead"].isdisjoint(left[-_NOUN_REACH:])
        return Tense.FUTURE if is_ahead else None
    if not lexicon["past_event"].isdisjoint(after) or folded[span.end - 2 : span.end] == "'s":
        return Tense.PAST
    return None


@functools.cache
def _telling() -> frozenset[str]:
    """Every word and mark that tells a tense or ends the search; others are passed over, but for those in -ed."""
    lexicon = _lexicon()
    names = ("future", "past", "before_to", "present", "present_plural", "present_be", "asking_for")
    return _BREAK | {",", "to"}.union(*(lexicon[name] for name in names))


def _left(words: Sequence[str]) -> Tense | None:
    lexicon, telling = _lexicon(), _telling()
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word not in telling and not word.endswith("ed"):
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if word in _BREAK or (word == "," and after in lexicon["clause"]):
            return None
        if before in lexicon["present_be"] and not lexicon["condition"].isdisjoint(
            words[max(0, index - 4) : index]
        ):
            # "Faces ten years when he is sentenced Friday".
            return Tense.FUTURE
        if word in lexicon["present_be"] and before in lexicon["relative"]:
            # "The men who are holding them called on Friday".
            continue
        if word == "to":
            found = _infinitive(words, index)
            if found is not None:
                return found
            continue
        if word in lexicon["noun"] and not after and _is_object(words, index):
            continue
        if (
            word == "would"
            and after == "not"
            and not lexicon["refused"].isdisjoint(words[index + 2 : index + 3])
        ):
            return Tense.PAST
        if before == "to" and word in lexicon["future"]:
            # What it is ahead of stands before: "had been due to expire Friday".
            found = _infinitive(words, index - 1)
            return found or Tense.FUTURE
        if _is_ahead(word, before, after) or _are_two(words, index):
            is_over = "had" in words[max(0, index - 3) : index]
            return Tense.PAST if is_over else Tense.FUTURE
        is_plan = word in lexicon["before_to"] and after == "to"
        if _is_past(word, after) and before not in lexicon["linking"] and not is_plan:
            if _is_attributive(words, index):
                continue
            if after == "by" and word in lexicon["led"] and _left(words[:index]) is Tense.FUTURE:
                # "Is to send a delegation led by a judge on Friday."
                return Tense.FUTURE
            return Tense.PAST
    return None


def _is_object(words: Sequence[str], index: int) -> bool:
    """Whether a word is the object of a verb shortly before: "bombed Kurdish militant targets Friday"."""
    near = words[max(0, index - _OBJECT_REACH) : index]
    return _lexicon()["determiner"].isdisjoint(near) and any(_is_past(word, "") for word in near)


def _is_attributive(words: Sequence[str], index: int) -> bool:
    """Whether a word in -ed belongs to the noun after it: "is due to hold closed talks", "met behind closed doors"."""
    lexicon = _lexicon()
    if words[index].endswith("ed") and index and words[index - 1] in lexicon["preposition"]:
        return True
    lead = words[index - 2] if index > 1 else ""
    is_plain = lead == "to" or lead in lexicon["plain_lead"]
    return is_plain and words[index].endswith("ed") and words[index - 1] not in lexicon["auxiliary"]


def _infinitive(words: Sequence[str], index: int) -> Tense | None:
    """The tense of "to" and a verb: "agreed to meet Friday" is ahead, "began to leave Friday" tells nothing yet."""
    lexicon = _lexicon()
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if not after or after in lexicon["no_verb"]:
        return None
    if before in lexicon["was_to"]:
        # "Shops were to close on Friday" is told ahead of it.
        return Tense.FUTURE
    if before in lexicon["was"]:
        return Tense.PAST
    is_over = "had" in words[max(0, index - 4) : index]
    if after == "be" and before not in lexicon["seen"]:
        return Tense.PAST if is_over else Tense.FUTURE
    if before in lexicon["to_come"] or before in lexicon["before_to"]:
        return Tense.PAST if is_over else Tense.FUTURE
    asked = words[max(0, index - _CONTROL_REACH) : index]
    if not lexicon["control"].isdisjoint(asked) and "," not in asked:
        # "Has asked the miners to stop work on Friday".
        return Tense.FUTURE
    return None


def _right(folded: str, sentence: Span, span: Span) -> Tense | None:
    lexicon, telling = _lexicon(), _telling()
    words = _words(folded[span.end : min(sentence.end, span.end + _WINDOW)])[:_REACH]
    for index, word in enumerate(words):
        if word not in telling and not word.endswith("ed"):
            continue
        # Right behind it the day itself is who does it ("Monday marks a year").
        before = words[index - 1] if index else "day"
        after = words[index + 1] if index + 1 < len(words) else ""
        if word in _BREAK or (word == "," and after in lexicon["clause"]):
            return None
        if _is_ahead(word, before, after):
            return Tense.FUTURE
        if _is_past(word, after):
            return Tense.PAST
    return None


def _is_ahead(word: str, before: str, after: str) -> bool:
    """Whether a word says that what follows is still to come."""
    lexicon = _lexicon()
    if word in lexicon["future"]:
        if word in lexicon["modal"]:
            # "Could not be reached on Friday" has been.
            return after != "not"
        if word in lexicon["noun"] and (
            before in lexicon["determiner"] or after in lexicon["noun_tail"] or _is_past(before, word)
        ):
            return False
        if word in lexicon["adjective"] and (before in lexicon["determiner"] or before.endswith("ly")):
            # "The regularly scheduled briefing".
            return False
        # "Is expected in December", but "the expected rise in December".
        return word not in lexicon["before_to"] or after in ("to", "for") or before in lexicon["is"]
    if word in lexicon["present"]:
        # "The envoy returns Friday", but not "the returns".
        return bool(before) and before not in lexicon["determiner"]
    if word in lexicon["present_plural"]:
        # "Polls close Friday", "those who vote Friday".
        is_many = before.endswith("s") and len(before) > 3 and not before.endswith(("ss", "'s", "us", "is"))
        return before in lexicon["many"] or is_many
    if word in lexicon["asking_for"]:
        return after == "for" and before not in lexicon["determiner"]
    if word in lexicon["present_be"]:
        return after.endswith("ing") and len(after) > 5 and after not in lexicon["not_ahead_ing"]
    return False


def _are_two(words: Sequence[str], index: int) -> bool:
    """ "He and the envoy meet Friday": two do what one would do in the plural."""
    lexicon = _lexicon()
    if (
        words[index] not in lexicon["present_plural"]
        or index == 0
        or words[index - 1] in lexicon["determiner"]
    ):
        return False
    return "and" in words[max(0, index - _PAIR_REACH) : index - 1]


def _is_past(word: str, after: str) -> bool:
    lexicon = _lexicon()
    if word in lexicon["past"]:
        # "Has no rival on Friday" is not told as past.
        return word not in lexicon["has"] or after not in lexicon["determiner"]
    return (
        len(word) > 4 and word.endswith("ed") and word not in lexicon["not_past"] and not word.endswith("eed")
    )

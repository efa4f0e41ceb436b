"""Which figures are held against nothing, and why: parts, persons told of, counts on top of others, reprints.

Stance: what may be a part is taken for one; a part that is held against its whole makes a false conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digests.analysis.disputes.agreement import read_count, size
from digests.analysis.disputes.words import find_rule, holds, incomparable, is_others, says
from digests.extract.counts.victims import PEOPLE
from digests.extract.drafts.drafts import FORMER_RULE, SUM_RULE
from digests.extract.drafts.phrasecounts import again_rules, aside_rules
from digests.rules import load_rules
from digests.types import Bounds, Figure, Measure, StoryArticle

# Characters behind a count in which it stands where those counted died, and in front of it that it is an old one.
_BEHIND = 60
# Characters around a count in which it stands what it adds to.
_LONG = 160


def detail_of(item: StoryArticle, figure: Figure) -> str | None:
    """Why a figure is held against nothing: an instance, or a part of a count of the same people; else `None`."""
    code = incomparable(figure)
    if code is not None:
        return code
    if is_old(item, figure):
        return "aside.old"
    if _is_of_before(item, figure):
        return "aside.before"
    if says(
        item.article.text[figure.evidence.span.end : figure.evidence.sentence.end], "comparison.left_out"
    ):
        return "aside.left_out"
    if _is_on_top(item, figure) or _brings_up(item, figure) or _adds(item, figure):
        return "aside.on_top"
    if (
        figure.evidence.rule in aside_rules()
        or _is_shared_out(item, figure)
        or _is_some_of(item, figure)
        or _is_seen(item, figure)
    ):
        return "aside.some_of"
    if figure.part_of is not None and item.facts.figures[figure.part_of].group == figure.group:
        # Also of a sum: "a couple and their two children were found dead".
        return "aside.part"
    return None


def is_old(item: StoryArticle, figure: Figure) -> bool:
    """ "Its earlier count of 31 was wrong", "nine people, not 14": the number that the new one stands for."""
    if figure.evidence.rule == FORMER_RULE:
        return True
    start = figure.evidence.span.start
    text, end = item.article.text, figure.evidence.sentence.end
    before = text[max(figure.evidence.sentence.start, start - _BEHIND) : start]
    if says(text[max(figure.evidence.sentence.start, start - _LONG) : start], "comparison.at_first"):
        return True
    if says(before, "comparison.heard_of") and says(
        text[figure.evidence.span.end : end], "comparison.untrue"
    ):
        # "Reports of 38 dead are not correct."
        return True
    if says(before, "comparison.had_put"):
        # "They had put the toll at 28, but one body was counted twice." "They had earlier given a figure of 28."
        return figure.evidence.rule in again_rules() or says(
            text[figure.evidence.span.end : end], "comparison.takes_back"
        )
    return says(before, "comparison.old_count")


def _is_of_before(item: StoryArticle, figure: Figure) -> bool:
    """ "The shooting came weeks after a driver had killed eight people": a count of another happening."""
    sentence = figure.evidence.sentence
    return says(item.article.text[sentence.start : figure.evidence.span.start], "comparison.came_after")


def _is_some_of(item: StoryArticle, figure: Figure) -> bool:
    """ "Four of the injured are in hospital": a part of a number that the article need not give."""
    if figure.group != PEOPLE:
        return False
    span = figure.evidence.span
    text = item.article.text
    if says(text[span.start : span.end], "comparison.own_people"):
        return True
    behind = text[span.end : min(figure.evidence.sentence.end, span.end + _BEHIND)]
    if figure.measure is Measure.KILLED and says(behind, "comparison.some_died"):
        # "Eight died at the scene, two in hospital."
        return True
    told = text[span.start : span.end].lower()
    rest = told.partition(figure.words.lower())[2].lstrip()
    words = load_rules("casualties").words
    if says(rest, "comparison.of_number"):
        # "22 of the 37 dead have been named"
        return True
    phrase = max(
        (one for one in words["partitive"] if f"{rest} ".startswith(f"{one} ")), key=len, default=None
    )
    if phrase in words["of_these"] + words["of_whom"]:
        # "Hit a column and killed 14 of them": of a crowd that nobody counts as dead.
        return any(
            other.measure is figure.measure and size(other.bounds) > size(figure.bounds)
            for other in item.facts.figures
        )
    return phrase is not None


def _is_seen(item: StoryArticle, figure: Figure) -> bool:
    """ "I saw 20 bodies in the yard": those in one place, as far as one source saw."""
    text, span = item.article.text, figure.evidence.span
    if figure.measure is not Measure.KILLED or not holds(text[span.start : span.end], "found_bodies"):
        return False
    before = max(figure.evidence.sentence.start, span.start - _BEHIND)
    return says(text[before : span.start], "comparison.seen")


def _is_on_top(item: StoryArticle, figure: Figure) -> bool:
    """ "Thirteen others died" comes on top of whoever the article has named before as dead."""
    if not is_others(figure):
        return False
    if figure.measure is Measure.KILLED and is_others(replace(figure, words="")):
        # "Killed the pilot and four others": of whoever is named before, the text need not give a number.
        return True
    return any(
        # "Nobody in the hall was hurt, but 30 others were."
        other.measure is figure.measure and other.bounds.high != 0
        for other in item.facts.figures
        if other.evidence.span.start < figure.evidence.span.start
    )


def _adds(item: StoryArticle, figure: Figure) -> bool:
    """ "Three more smugglers were killed": "more" right behind the number, whatever the noun; not "more than three"."""
    span, text = figure.evidence.span, item.article.text
    if says(
        text[max(figure.evidence.sentence.start, span.start - _BEHIND) : span.start], "comparison.also_there"
    ):
        # "There were also two women who were hit."
        return True
    behind = text[span.start : span.end + _BEHIND].partition(figure.words)[2].split(maxsplit=2)
    more = load_rules("casualties").words["increment"]
    return len(behind) > 1 and behind[0].lower() in more and behind[1].lower() not in ("than", "or")


def _brings_up(item: StoryArticle, figure: Figure) -> bool:
    """ "The toll rose to 15 after two girls died", "two girls died, bringing the toll to 15"."""
    text, span, sentence = item.article.text, figure.evidence.span, figure.evidence.sentence
    if figure.measure not in (Measure.KILLED, Measure.INJURED):
        return False
    return says(text[max(sentence.start, span.start - _LONG) : span.start], "comparison.rose_after") or says(
        text[span.end : min(sentence.end, span.end + _LONG)], "comparison.brings_to"
    )


def _is_shared_out(item: StoryArticle, figure: Figure) -> bool:
    """ "Eight people died in the old town and two in the harbour": a part for each place."""
    text, span = item.article.text, figure.evidence.span
    behind = text[span.end : min(figure.evidence.sentence.end, span.end + _LONG)]
    found = find_rule(behind, "comparison.shared_out")
    return found is not None and read_count(found["count"]) > 0


def is_part(item: StoryArticle, figure: Figure) -> bool:
    """Whether a figure is part of another one that stands in the text."""
    if figure.part_of is None:
        return False
    return item.facts.figures[figure.part_of].evidence.rule != SUM_RULE


def is_repeated(item: StoryArticle, figure: Figure, originals: Mapping[str, StoryArticle]) -> bool:
    """Whether a figure stands in a copy because the original has it; one that a reprint changed is its own."""
    original = originals.get(item.copy_of or "")
    return original is None or any(
        other.measure is figure.measure and other.bounds == figure.bounds for other in original.facts.figures
    )


def find_narrower(told: Sequence[tuple[StoryArticle, Figure]]) -> set[Bounds]:
    """Counts that stand in one article beside a larger one over a wider place ("across the country 75 died")."""
    wider = [
        (item.article.id, size(figure.bounds))
        for item, figure in told
        if says(
            item.article.text[figure.evidence.sentence.start : figure.evidence.sentence.end],
            "comparison.wider",
        )
    ]
    return {
        figure.bounds
        for item, figure in told
        if any(item.article.id == article and size(figure.bounds) < total for article, total in wider)
    }

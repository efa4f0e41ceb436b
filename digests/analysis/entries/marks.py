"""What a telling's words say of how it stands in a timeline: whose day it gives, and whether it stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digests.analysis.days.clauses import role
from digests.text.document import fold
from digests.types import DateMention

if TYPE_CHECKING:
    from digests.analysis.entries.tellings import Telling

# Characters before a date in which a verb of saying makes it the day of the words.
SPEECH_REACH = 40
# Rules of dates that only mean something on the day of the paper.
DEICTIC = ("dates.deictic", "dates.distance.ago")


def is_of_speech(mention: DateMention, text: str) -> bool:
    """Whether a date right behind a verb of saying is that of the words ("it fell on Monday, he said on Tuesday")."""
    told = mention.evidence
    before = fold(text[max(told.sentence.start, told.span.start - SPEECH_REACH) : told.span.start])
    return role("saying").search(before) is not None


def is_other(telling: Telling) -> bool:
    """Whether it says that it is not the first of its kind ("a second bomb")."""
    return role("another").search(fold(telling.text)) is not None


def is_deictic(telling: Telling) -> bool:
    """Whether its day counts from the day of the paper ("yesterday")."""
    return telling.mention.evidence.rule.startswith(DEICTIC)


def is_own(telling: Telling) -> bool:
    """Whether it is told by somebody of his or her own day, without quotation marks: a diary, a post."""
    return role("own").search(fold(telling.text)) is not None


def leans(telling: Telling) -> bool:
    """Whether only the sentence before it says of whom it tells ("Five days later its soldiers took the palace")."""
    return is_leaning(telling.text)


def is_leaning(words: str) -> bool:
    """Whether words need those before them to be understood."""
    folded = fold(words)
    return role("leaning").search(folded) is not None or role("led_in").match(folded) is not None


def is_since(telling: Telling) -> bool:
    """Whether its day is only that from which something has gone on ("since Tuesday")."""
    told = telling.mention.evidence
    before = telling.item.article.text[
        max(told.sentence.start, told.span.start - SPEECH_REACH) : told.span.start
    ]
    return role("since").search(fold(before)) is not None


def is_aside(telling: Telling) -> bool:
    """Whether its day only says which event is spoken of ("in Friday's attack"), or is that of somebody's words."""
    text, told = telling.item.article.text, telling.mention.evidence
    if is_of_speech(telling.mention, text) or "'s" in fold(text[told.span.end - 2 : told.span.end + 2]):
        return True
    before = fold(text[max(told.sentence.start, told.span.start - SPEECH_REACH) : told.span.start])
    return role("aside").search(before) is not None

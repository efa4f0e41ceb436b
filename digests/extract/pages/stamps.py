"""The stamp of a page that stands in its text: "Tue 4 March 2021 9:03 pm GMT", "(Published Friday, Jan. 10, 2014)".

A page whose lines ran together has no line for its day; the stamp then opens its text, in front of the place or the
news. Stance: a day with a year is a stamp only where no word makes it part of a sentence, and where an hour with a
zone or a weekday, or a word of publishing, stands with it. Seen in one in six of the influenza and trial pages of
Timeline17 and in one in fifty of the Gun Violence Archive; what is read so was the day of the page or the one after.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence

from digests.extract.dates import find_dates
from digests.rules import load_rules
from digests.text.document import Document, make_document
from digests.types import DateMention

# Characters in which a stamp opens a text, and in which a word of publishing may give one.
_OPENING, _NAMED = 600, 4000
# Characters beside a day that are looked at.
_BESIDE = 60
# Cheap tests of a line: a year, and an hour or a word of publishing.
_MAY_STAMP = re.compile(r"(?:19|20)\d\d\b|/\d\d\b")
_MAY_NAME = re.compile(r"\d[:.]\d\d|\b(?:publish|post|updat|upload|broadcast|modif)", re.IGNORECASE)


def find_stamp(body: Sequence[str]) -> dt.date | None:
    """The day of the first stamp in the lines of a text, the headline first; `None` without one."""
    read = 0
    for line in body:
        if read >= _NAMED:
            return None
        if _MAY_STAMP.search(line) and _MAY_NAME.search(line):
            document = make_document("", line[: _NAMED - read])
            for mention in find_dates(document):
                if _is_stamp(document, mention, opens=read + mention.evidence.span.start < _OPENING):
                    return mention.first
        read += len(line)
    return None


def find_posts(lines: Sequence[str]) -> list[dt.date]:
    """The days of the posts of others that stand in a text ("Alma Police (@almapolice) May 3, 2021"), in order."""
    days: list[dt.date] = []
    for line in lines:
        if "(@" not in line or not _MAY_STAMP.search(line):
            continue
        document = make_document("", line[:_NAMED])
        for mention in find_dates(document):
            start = mention.evidence.span.start
            if mention.first is not None and _beside("post").search(
                document.folded, max(0, start - _BESIDE), start
            ):
                days.append(mention.first)
    return days


@functools.cache
def _beside(name: str) -> re.Pattern[str]:
    rules = load_rules("date_context").rules
    return next(rule.pattern for rule in rules if rule.id == f"date_context.stamp.{name}")


def _is_stamp(document: Document, mention: DateMention, *, opens: bool) -> bool:
    """Whether a day is a stamp; one without a word of publishing only where it `opens` the text."""
    words, span = mention.words, mention.evidence.span
    if not mention.names_day or not _MAY_STAMP.search(words):
        return False
    before = document.folded[max(0, span.start - _BESIDE) : span.start]
    behind = document.folded[span.end : span.end + _BESIDE]
    if _beside("named").search(before):
        return True
    if not opens or _beside("sentence").search(before) or words[:1].islower():
        return False
    return any(
        (
            _beside("followed").match(behind),
            _beside("clock").match(behind),
            _beside("hour_first").search(before),
            _beside("zoned").search(words),
        )
    )

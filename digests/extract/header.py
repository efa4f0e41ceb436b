"""A raw article to an `Article`: title, outlet, day of publication, authors, and the text without its page.

What the source gives wins. What it lacks is read from the page's own words; the day of publication is never today's
and never a file's. Stance: no outlet and no day rather than a wrong one, because every "Thursday" is counted from it.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.dates import find_dates
from digests.extract.timevalues import move
from digests.rules import RuleSet, load_rules
from digests.text.clean import html_blocks, normalise
from digests.text.document import fold, make_document
from digests.text.page import LineKind, PageLine, read_page
from digests.types import Article, DateOrigin, Precision, RawArticle

# Characters at a text's start in which a dateline may name the outlet and the day.
_DATELINE = 120
# Lines, the headline among them, in which a text says when its news happened.
_OPENING = 4
# Days after the day of a picture that an article may still be published.
_PICTURE_DAYS = 1


def read_article(
    raw: RawArticle, *, article_id: str, retrieved: dt.datetime | None, keep_text: bool = False
) -> Article:
    """The article in what a source yielded.

    Args:
        raw: Nothing cleaned; only `body` must be there.
        article_id: Becomes `Article.id`.
        retrieved: Our clock, aware.
        keep_text: The body as it stands (of markup: its words), so that every offset counts in the input; the title
            only as given.

    Returns:
        `text` holds the headline, where the page has one, and the body paragraphs. `published_on` is `None` where
        neither the source nor the page says it.
    """
    # Text that is kept as it stands is read as a page only where its day is asked for.
    lines = _page_lines(raw) if not keep_text or raw.published is None else ()
    if keep_text:
        text = "\n\n".join(block for block, _ in html_blocks(raw.body)) if raw.is_html else raw.body
        title = raw.title
    else:
        text = "\n\n".join(line.text for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY))
        title = _one_line(raw.title) or next(
            (line.text for line in lines if line.kind is LineKind.TITLE), None
        )
    published, day, origin = _published(raw, lines)
    return Article(
        id=article_id,
        source_id=raw.source_id,
        external_id=raw.external_id,
        text=text,
        title=title or None,
        outlet=_one_line(raw.outlet) or find_outlet(lines),
        url=raw.url,
        published=published,
        published_on=day,
        published_from=origin,
        retrieved=retrieved,
        authors=raw.authors or _authors(lines),
        content_hash=hashlib.sha256(f"{title or ''}\n{text}".encode("utf-8", "replace")).hexdigest(),
    )


def _page_lines(raw: RawArticle) -> tuple[PageLine, ...]:
    if not raw.is_html:
        return read_page(normalise(raw.body))
    blocks = html_blocks(raw.body)
    body = normalise("\n\n".join(text for text, is_caption in blocks if not is_caption))
    captions = (normalise(text) for text, is_caption in blocks if is_caption)
    return read_page(body) + tuple(PageLine(text=text, kind=LineKind.CAPTION) for text in captions if text)


def _one_line(text: str | None) -> str | None:
    return " ".join(normalise(text).split()) if text else None


def _authors(lines: Sequence[PageLine]) -> tuple[str, ...]:
    """The names of the first byline, in order."""
    for line in lines:
        if line.kind is LineKind.BYLINE and line.found is not None:
            names = re.split(r",| and | & | \| ", line.found.group("author"))
            return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    return ()


# --------------------------------------------------------------------------- outlet


@functools.cache
def _outlets() -> RuleSet:
    return load_rules("outlets")


def _known(name: str, *, sure: bool = False) -> str | None:
    """The outlet's usual name; a name that is also a common word only when `sure`."""
    plain = re.sub(r"['’]s$", "", fold(name)).strip(" .,-").casefold()
    if not sure and plain in _outlets().words["unsure"]:
        return None
    found = _outlets().meaning["outlet"].get(plain)
    return str(found) if found else None


def find_outlet(lines: Sequence[PageLine]) -> str | None:
    """The outlet that a page names as its own: by a line, a byline, a dateline, a copyright line, its staff, or as the
    one that people spoke to. `None` when nothing or more than one thing is named."""
    for line in lines:
        if line.kind is LineKind.DROP and line.rule == "furniture.line.name" and (name := _known(line.text)):
            return name
    for line in lines:
        if line.kind is LineKind.BYLINE and line.found is not None and line.found.groupdict().get("outlet"):
            name = _known(line.found.group("outlet"), sure=True)
            if name:
                return name
    rules = {rule.id.rsplit(".", 1)[1]: rule.pattern for rule in _outlets().rules}
    body = [line for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY)]
    for line in body[:4]:
        found = rules["dateline"].match(fold(line.text[:_DATELINE]))
        if found and (name := _known(found.group("outlet"), sure=True)):
            return name
    for line in lines:
        if line.kind is LineKind.DROP and (found := rules["copyright"].search(fold(line.text[:300]))):
            words = found.group("outlet").split(". ")[0]
            if name := _known(words):
                return name
    for line in lines:
        staff = rules["credit"].search(fold(line.text)) if line.kind is LineKind.FOOT else None
        if staff and (name := _known(staff.group("writers") or staff.group("staff") or "", sure=True)):
            return name
    return _spoken_to(body, rules["told"])


def _spoken_to(body: Sequence[PageLine], pattern: re.Pattern[str]) -> str | None:
    """The outlet that people "told": named so twice, or once where the text names no other outlet at all.

    A text may also quote what somebody told another outlet, so anything less is not sure.
    """
    named: Counter[str] = Counter()
    for line in body:
        for found in pattern.finditer(fold(line.text)):
            words = found.group("outlet").split()
            for count in range(len(words), 0, -1):
                name = _known(" ".join(words[:count]), sure=words[0].lower() == "the")
                if name:
                    named[name] += 1
                    break
    if len(named) != 1:
        return None
    ((name, times),) = named.items()
    if times > 1:
        return name
    others = {other for line in body for other in _outlets_named(fold(line.text))}
    return name if others <= {name} else None


# A name of up to five words with capitals.
_NAME = re.compile(r"(?:[Tt]he )?[A-Z][\w/&'-]{0,24}(?:[ .][A-Z][\w/&'-]{0,24}){0,4}")


def _outlets_named(folded: str) -> set[str]:
    """All well-known outlets that a line names, by their usual names."""
    found: set[str] = set()
    for match in _NAME.finditer(folded):
        words = match.group().split()
        pieces = (" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1))
        found.update(name for piece in pieces if (name := _known(piece)))
    return found


# --------------------------------------------------------------------------- the day of publication


def _published(
    raw: RawArticle, lines: Sequence[PageLine]
) -> tuple[dt.datetime | None, dt.date | None, DateOrigin | None]:
    """The outlet's clock, its day, and where they come from."""
    given = raw.published
    if isinstance(given, dt.datetime):
        aware = given if given.tzinfo else given.replace(tzinfo=dt.UTC)
        # The day is the outlet's own: an evening in its zone is not our next morning.
        return aware.astimezone(dt.UTC), aware.date(), DateOrigin.GIVEN
    if given is not None:
        return _midnight(given), given, DateOrigin.GIVEN
    day = find_published(lines)
    if day is None:
        return None, None, None
    return _midnight(day), day, DateOrigin.TEXT


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A full date in a line, with both readings where the order of day and month is open."""

    day: dt.date | None
    other: dt.date | None = None


def find_published(lines: Sequence[PageLine]) -> dt.date | None:
    """The day of publication that a page's own dates give: its date line, its dateline, else its newest picture.

    A picture's day holds only when the text names no later day and, where the text names weekdays, one of them is the
    picture's or the day after it.
    """
    body = [line.text for line in lines if line.kind in (LineKind.TITLE, LineKind.BODY)]
    body_days = _full_days("\n\n".join(text for text in body if _HAS_YEAR.search(text)))
    stated = [
        dated
        for line in lines
        if line.kind in (LineKind.DATED, LineKind.BYLINE)
        for dated in _line_dates(line)
    ]
    hints = body_days + [d for line in lines if line.kind is LineKind.CAPTION for d in _full_days(line.text)]
    for dated in stated:
        day = _settle(dated, stated, hints)
        if day is not None:
            return day
    dateline = _dateline_day(body)
    if dateline is not None:
        return dateline
    return _picture_day(lines, body, body_days) or _lead_day(body, body_days)


# A cheap test before a text is read for dates.
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d\d [A-Z]{3} \d\d\b")


def _full_days(text: str) -> list[dt.date]:
    """The days that a text writes out in full, in order."""
    if not _HAS_YEAR.search(text):
        return []
    return [
        mention.first
        for mention in find_dates(make_document("", text))
        if mention.first is not None and mention.precision in (Precision.DAY, Precision.TIME)
    ]


_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")


def _line_dates(line: PageLine) -> list[_Dated]:
    """The dates of a "Published:" line."""
    numeric = _NUMERIC.search(line.text)
    if numeric is None:
        return [_Dated(day) for day in _full_days(line.text)[:1]]
    a, b, year = (int(group) for group in numeric.groups())
    readings = [_make(year, b, a), _make(year, a, b)]
    days = list(dict.fromkeys(day for day in readings if day is not None))
    if not days:
        return []
    return [_Dated(days[0], days[1] if len(days) > 1 else None)]


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _settle(dated: _Dated, stated: Sequence[_Dated], hints: Sequence[dt.date]) -> dt.date | None:
    """One day of a date with two readings: the page's other dates decide, else none is taken."""
    if dated.other is None:
        return dated.day
    sure = [other.day for other in stated if other.other is None and other.day is not None]
    near = [*sure, *hints]
    for day, against in ((dated.day, dated.other), (dated.other, dated.day)):
        if day is None or against is None:
            continue
        close = any(abs((day - hint).days) <= 14 for hint in near)
        if close and not any(abs((against - hint).days) <= 14 for hint in near):
            return day
    return None


def _dateline_day(body: Sequence[str]) -> dt.date | None:
    """The full date of a dateline ("SOUTHPORT, March 3, 2021 (Reuters) -", "BOGOTA, 12 JAN 90")."""
    for text in body[:3]:
        found = re.match(r"[A-Z][A-Z ,.'()/-]{2,60}?[,(]? ?(?=\d|[A-Z]{3})", text)
        if not found:
            continue
        head = re.split(r"\s[-–—]{1,2}\s|\(Reuters\)|\(AP\)|\(AFP\)|--", text[:_DATELINE])[0]
        days = _full_days(head)
        if days and len(head) < _DATELINE:
            return days[0]
    return None


def _picture_day(
    lines: Sequence[PageLine], body: Sequence[str], body_days: Sequence[dt.date]
) -> dt.date | None:
    days = [day for line in lines if line.kind is LineKind.CAPTION for day in _full_days(line.text)]
    if not days:
        return None
    day = max(days)
    if any(other > day for other in body_days):
        return None
    weekdays = _weekdays(body)
    if not weekdays:
        return day
    for offset in range(_PICTURE_DAYS + 1):
        moved = move(day, offset)
        if moved is not None and moved.isoweekday() in weekdays:
            return moved
    return None


def _lead_day(body: Sequence[str], body_days: Sequence[dt.date]) -> dt.date | None:
    """The day that a text's opening writes out with weekday and year ("on Saturday, Aug. 3, 2019"), where it is the
    latest of the text; a weekday named alone just after it moves the publication on ("police said Sunday")."""
    opening = "\n\n".join(text for text in body[:_OPENING] if _HAS_YEAR.search(text))
    for mention in find_dates(make_document("", opening)) if opening else ():
        number = _weekday_of(mention.words)
        if mention.first is None or number != mention.first.isoweekday() or mention.is_relative:
            continue
        if mention.first != max(body_days, default=mention.first):
            continue
        named = _weekdays(body)
        later = [moved for n in (2, 1) if (moved := move(mention.first, n)) and moved.isoweekday() in named]
        return later[0] if later else mention.first
    return None


def _weekday_of(words: str) -> int | None:
    """The number of the weekday that a date begins with (1 is Monday)."""
    return load_rules("dates").meaning["weekday"].get(words[:3].lower())


def _weekdays(body: Sequence[str]) -> set[int]:
    """The weekdays that a text names without a date (1 is Monday)."""
    document = make_document("", "\n\n".join(body))
    named = (re.match(r"XXXX-WXX-(\d)", mention.value) for mention in find_dates(document))
    return {int(found[1]) for found in named if found}

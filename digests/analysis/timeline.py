"""What happened when, over all articles of a story: `build_timeline`.

A dated sentence becomes an entry, the same happening of one day in several articles one entry with all its sources.
Stance: two happenings under one line mislead more than one happening in two lines, so only sentences that share
telling words are joined. A story of many articles shows the days that mattered (`digests.analysis.entries.choice`).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from digests.analysis.days.clauses import role
from digests.analysis.entries.choice import choose_days, weigh_days
from digests.analysis.entries.happenings import Weights, same_happening
from digests.analysis.entries.marks import is_aside, is_deictic, is_leaning, is_other, is_own, is_since, leans
from digests.analysis.entries.subjects import name_subject
from digests.analysis.entries.tellings import Telling, tellings_of
from digests.rules import load_rules
from digests.text.document import fold
from digests.types import Citation, Precision, Span, Speaker, StoryArticle, TimelineEntry

# Days before the story's first publication from which an entry is background.
_BACKGROUND_DAYS = 7
# Entries of one day that a long story shows, and articles from which a story is long.
_PER_DAY = 4
_LONG_STORY = 25
# Sentences of one day that are compared with each other in a long story: bounds the work.
_MOST_TELLINGS = 60
# What it adds to the clarity of a telling that all others say the same: more than the fullest words can.
_TYPICAL = 8.0
# What it takes from the clarity of a telling that it only comes back to its day.
_ASIDE = 2.5
# And that it says "yesterday": under a heading with its day that reads oddly.
_DEICTIC = 1.0
# And that only the sentence before it says of whom it tells.
_BEHIND = 4.0
# What it takes from the weight of an entry that only the sentence before it explains: as much as a voice adds.
_LEANING = 1.0
# Share of the tellings that must give an hour which the shown one does not.
_TIMED = 0.2
# Characters of a line that reads well.
_SHORT, _LONG = 60, 260


@dataclass(slots=True)
class _Happening:
    """Sentences of several articles that tell the same happening of the same day."""

    first: dt.date
    last: dt.date
    precision: Precision
    time: str | None
    tellings: list[Telling] = field(default_factory=list)

    @property
    def days(self) -> int:
        return (self.last - self.first).days


def build_timeline(articles: Sequence[StoryArticle]) -> tuple[TimelineEntry, ...]:
    """The story's timeline, oldest entry first.

    Args:
        articles: Any order; an article without a day gives only its fully written dates.

    Returns:
        Entries in order of day, exactness, time and text position; each cites every article that tells it.
    """
    ordered = sorted(articles, key=lambda item: (str(item.article.published or "9999"), item.article.id))
    long = is_long(ordered)
    chosen = choose_days(ordered) if long else None
    tellings = [t for item in ordered for t in tellings_of(item, days=chosen)]
    weights = Weights(tellings)
    happenings: list[_Happening] = []
    for group in _by_days(tellings, most=_MOST_TELLINGS if long else None):
        found = [happening for happening in _join(group, weights) if not long or _is_told(happening)]
        happenings.extend(_most_told(found) if long else found)
    happenings = _without_since([h for h in _sink_vague(happenings, weights) if _is_told(h)])
    happenings.sort(key=_order)
    start = _story_start(ordered)
    of_days = weigh_days(ordered) if long else {}
    return tuple(
        _entry(happening, start, weights, of_days.get(happening.first, 0.0)) for happening in happenings
    )


def choose_entries(entries: Sequence[TimelineEntry], most: int) -> tuple[TimelineEntry, ...]:
    """At most so many entries, in the order given: those that mattered most, one a day before a second of a day."""
    seen: dict[object, int] = {}
    ranks: list[tuple[int, float, int, int]] = []
    for index in sorted(range(len(entries)), key=lambda i: (*_rank(entries[i]), i)):
        turn = seen[entries[index].first] = seen.get(entries[index].first, 0) + 1
        ranks.append((turn, *_rank(entries[index]), index))
    return tuple(entries[index] for index in sorted(index for *_, index in sorted(ranks)[:most]))


def _rank(entry: TimelineEntry) -> tuple[float, int]:
    return (-entry.weight, -entry.voices)


def is_long(articles: Sequence[StoryArticle]) -> bool:
    """Whether so many articles tell a story that its timeline shows the days that mattered, and not all."""
    return sum(item.copy_of is None for item in articles) >= _LONG_STORY


def _most_told(found: Sequence[_Happening]) -> list[_Happening]:
    """What a long story shows of one day: what was told most, and more only where several tell it."""
    ranked = sorted(found, key=lambda h: -_importance(h))
    lead = next((h for h in ranked if not all(t.is_planned for t in h.tellings)), None)
    return [h for i, h in enumerate(ranked) if i == 0 or h is lead or _voices(h) > 1][:_PER_DAY]


def _by_days(tellings: Sequence[Telling], *, most: int | None) -> list[list[Telling]]:
    groups: dict[tuple[dt.date, dt.date], list[Telling]] = {}
    for telling in tellings:
        groups.setdefault((telling.first, telling.last), []).append(telling)
    found = [groups[key] for key in sorted(groups)]
    return found if most is None else [_nearest(group, most) for group in found]


def _nearest(group: list[Telling], most: int) -> list[Telling]:
    """The tellings published closest to their day, in the order they came."""
    if len(group) <= most:
        return group
    ranked = sorted(range(len(group)), key=lambda i: (abs(group[i].age_days), i))[:most]
    return [group[i] for i in sorted(ranked)]


def _join(group: Sequence[Telling], weights: Weights) -> list[_Happening]:
    """Happenings of one day: each telling joins the one that it is most like, if it is like any."""
    found: list[_Happening] = []
    for telling in sorted(group, key=lambda t: -_clarity(t, weights)):
        best, best_share = None, 0.0
        for happening in found:
            if happening.time and telling.time and happening.time != telling.time:
                continue
            if any(_is_another(telling, other) for other in happening.tellings):
                continue
            share = max(same_happening(telling, other, weights) for other in happening.tellings[:6])
            if share > best_share:
                best, best_share = happening, share
        if best is None:
            found.append(_Happening(telling.first, telling.last, telling.precision, telling.time, [telling]))
        else:
            best.tellings.append(telling)
            best.time = best.time or telling.time
    return found


def _is_another(first: Telling, second: Telling) -> bool:
    """Whether one article tells the one beside the other ("a bomb went off", "a second bomb hit a bus")."""
    return first.item.article.id == second.item.article.id and is_other(first) != is_other(second)


def _sink_vague(happenings: list[_Happening], weights: Weights) -> list[_Happening]:
    """A month or a year whose happening is also told with its day (or month) goes into that entry."""
    kept: list[_Happening] = []
    for happening in sorted(happenings, key=lambda h: (h.days, h.first)):
        if happening.days == 0:
            kept.append(happening)
            continue
        inside = [
            o
            for o in kept
            if o.days < happening.days and happening.first <= o.first and o.last <= happening.last
        ]
        shares = [
            max(same_happening(a, b, weights) for a in happening.tellings[:4] for b in other.tellings[:6])
            for other in inside
        ]
        if shares and max(shares) > 0:
            inside[shares.index(max(shares))].tellings.extend(happening.tellings)
        else:
            kept.append(happening)
    return kept


def _is_told(happening: _Happening) -> bool:
    """Whether somebody tells it outside a quotation ("today's vote is a disgrace" tells nothing), or gives its hour."""
    if happening.precision is Precision.YEAR and _voices(happening) < 2:
        # A bare year is worth a line where something happened in it.
        return any(telling.incidents for telling in happening.tellings)
    if not all(telling.is_quoted for telling in happening.tellings):
        return True
    return happening.time is not None and not all(map(is_own, happening.tellings))


def _without_since(happenings: list[_Happening]) -> list[_Happening]:
    """Without what has only gone on since a day of which something else is told."""
    lasting = [h for h in happenings if all(map(is_since, h.tellings))]
    told = {h.first for h in happenings if h not in lasting}
    return [h for h in happenings if h not in lasting or h.first not in told]


def _voices(happening: _Happening) -> int:
    return len({telling.item.copy_of or telling.item.article.id for telling in happening.tellings})


def _importance(happening: _Happening) -> float:
    """Voices, and once more for those who come back to it days later."""
    later = {t.item.copy_of or t.item.article.id for t in happening.tellings if t.age_days > 2}
    return _voices(happening) + len(later) + min(len(happening.tellings), 20) * 0.01


def _order(happening: _Happening) -> tuple[dt.date, int, str, str, int]:
    first = min(happening.tellings, key=lambda t: (str(t.item.article.published or "9999"), t.span.start))
    return (
        happening.first,
        -happening.days,
        happening.time or "99",
        first.item.article.id,
        first.span.start,
    )


def _story_start(articles: Sequence[StoryArticle]) -> dt.date | None:
    days = [item.article.published_on for item in articles if item.article.published_on is not None]
    return min(days) if days else None


def _clarity(telling: Telling, weights: Weights) -> float:
    """How well a sentence stands alone: telling words and names, neither too short nor too long, no pronoun first,
    no question."""
    length = len(telling.text)
    score = min(weights.of_telling(telling), 40.0) / 10
    score -= 2.0 if role("pronoun").search(fold(telling.text)) else 0.0
    score -= 1.5 if telling.is_quoted else 0.0
    score -= 2.0 if telling.text.endswith("?") else 0.0
    score -= max(0, _SHORT - length) / 30 + max(0, length - _LONG) / 80
    score += 0.6 if telling.names else 0.0
    score += 0.5 if telling.is_fresh else 0.0
    score -= 0.5 if telling.other_days else 0.0
    return score


def _faults(telling: Telling) -> float:
    """What speaks against showing a sentence under its day."""
    faults = (_ASIDE if is_aside(telling) else 0.0) + (_DEICTIC if is_deictic(telling) else 0.0)
    return faults + (_BEHIND if leans(telling) else 0.0)


def _entry(happening: _Happening, start: dt.date | None, weights: Weights, of_day: float) -> TimelineEntry:
    shared = _shared(happening.tellings)
    past = [t for t in happening.tellings if not t.is_planned]
    told = past or happening.tellings
    best = (
        max(told, key=lambda t: (_clarity(t, weights) - _faults(t) + _TYPICAL * shared(t), -t.span.start))
        if len(told) > 1
        else told[0]
    )
    citations = {
        (t.item.article.id, t.span.start): Citation(article_id=t.item.article.id, span=t.span, text=t.text)
        for t in happening.tellings
    }
    first = min(citations, key=lambda key: key != (best.item.article.id, best.span.start))
    rest = [key for key in sorted(citations) if key != first]
    text = _readable(best)
    weight = of_day + _importance(happening) - (_LEANING if is_leaning(text) else 0.0)
    time = _time(happening, best)
    return TimelineEntry(
        first=happening.first,
        last=happening.last,
        precision=happening.precision if time is None else Precision.TIME,
        time=time,
        text=text,
        is_planned=not past,
        is_background=_is_background(happening, start) and bool(past),
        citations=tuple(citations[key] for key in (first, *rest)),
        voices=_voices(happening),
        weight=round(weight, 2),
    )


def _is_background(happening: _Happening, start: dt.date | None) -> bool:
    """Whether it was before the story; where no article has a day, what a month or a year alone dates."""
    if start is None:
        return happening.precision in (Precision.MONTH, Precision.YEAR)
    return happening.last < start - dt.timedelta(days=_BACKGROUND_DAYS)


def _shared(tellings: Sequence[Telling]) -> Callable[[Telling], float]:
    """How well a telling stands for all, 0 to 1: it says what the others say, and little that they do not.

    Of two, the fuller one is as good; the more there are, the more tells what is only in one of them.
    """
    counts = Counter(term for telling in tellings for term in telling.terms)
    others = max(1, len(tellings) - 1)
    weight = 2 * others * others - 1

    def common(telling: Telling) -> float:
        return math.fsum(Weights.general(term) * (counts[term] - 1) for term in telling.terms) / others

    most = max(map(common, tellings), default=0.0)

    def share(telling: Telling) -> float:
        whole = math.fsum(map(Weights.general, telling.terms))
        said = common(telling)
        return (said / most + weight * said / whole) / (weight + 1) if whole and most else 0.0

    return share


def _time(happening: _Happening, best: Telling) -> str | None:
    """The hour that the shown telling gives, else the one that enough of the others do."""
    if best.time is not None:
        return best.time
    times = Counter(telling.time for telling in happening.tellings if telling.time is not None)
    time, count = max(times.items(), key=lambda pair: (pair[1], pair[0]), default=(None, 0))
    return time if count >= _TIMED * len(happening.tellings) else None


def _readable(telling: Telling) -> str:
    """A telling on one line: without the word that ties it to the sentence before, a leading pronoun by its name where
    the article's quotes know whose it is, with a capital."""
    text = telling.text
    found = role("lead").match(fold(text))
    start = found.end() if found else 0
    if found := role("pronoun").match(fold(text[start:])):
        at = telling.span.start + start
        speaker = _speaker_at(telling, at)
        named = name_subject(telling.item, Span(start=at, end=at + found.end())) if speaker is None else None
        if speaker is not None:
            text = text[:start] + speaker.name + text[speaker.span.end - telling.span.start :]
        elif named is not None:
            text = text[:start] + named + text[start + found.end() :]
    else:
        text = _with_speaker(telling, text)
    line = " ".join(text[start:].split())
    return line[:1].upper() + line[1:]


def _with_speaker(telling: Telling, text: str) -> str:
    """A telling with the name of whoever is only "she" in it: "In a speech on Sunday, she said"."""
    for quote in telling.item.facts.quotes:
        speaker = quote.speaker
        if speaker is None or not telling.span.covers(speaker.span):
            continue
        start, end = speaker.span.start - telling.span.start, speaker.span.end - telling.span.start
        if fold(text[start:end]).lower() not in load_rules("quotes").words["personal_subjects"]:
            continue
        named = name_subject(telling.item, speaker.span)
        if named is not None and named == speaker.name and fold(named).split()[-1] not in fold(text):
            return text[:start] + named + text[end:]
    return text


def _speaker_at(telling: Telling, at: int) -> Speaker | None:
    """The speaker with a name whose phrase begins at an offset: the pronoun that opens a telling."""
    for quote in telling.item.facts.quotes:
        speaker = quote.speaker
        if speaker is not None and speaker.span.start == at and speaker.span.end <= telling.span.end:
            return speaker if speaker.name[:1].isupper() else None
    return None

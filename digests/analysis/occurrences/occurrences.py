"""Occurrences: the incidents that one article tells, each with what the article tells of it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, field

from digests.analysis.occurrences.naming import names_beside
from digests.extract.incidents import main_incident
from digests.extract.tellings.triggers import lexicon
from digests.rules import load_rules
from digests.types import IncidentMention, Span, StoryArticle

# Characters of an article that say what it is about.
_OPENING = 700
# The kind of what only its casualties tell.
DEATHS = "deaths"
# Characters beside a mention in which its building stands.
_BESIDE = 60

Key = tuple[str, str | None, str | None, str | None, str | None, dt.date | None, dt.date | None, bool]


@dataclass(slots=True)
class Occurrence:
    """One incident as one article tells it."""

    article_id: str
    mention: IncidentMention
    is_main: bool
    # The article's day of publication.
    published: dt.date | None
    # How often it is mentioned, and how often in the plural.
    count: int
    plural: int
    # Whether a figure or an account speaks of it.
    carries: bool
    # Numbers told of it with their measures: low and high.
    numbers: set[tuple[str, int, int | None]] = field(default_factory=set)
    # Names of whom or what it was done to.
    named: set[str] = field(default_factory=set)
    # Whether a sentence that tells of it gives its day; else the day is that of the news.
    is_dated: bool = False
    # Whether the opening of its article tells it.
    is_led: bool = False
    # In small letters the opening of its article and the sentences that tell of it, for what an article is about.
    told: str = ""
    # The whole article.
    text: str = field(default="", repr=False)
    # Buildings told beside its mentions: the bank of "a fire at a bank".
    sites: set[str] = field(default_factory=set)

    @property
    def is_bare(self) -> bool:
        """Whether no day, place or doer tells it from others of its kind, nor anything that it is older."""
        mention = self.mention
        is_told = mention.first or mention.place or mention.country or mention.actor or mention.against
        return not self.is_main and not is_told and not mention.is_background


def incident_key(article_id: str, mention: IncidentMention) -> tuple[object, ...]:
    """What tells an incident of an article from all others, for `StoryTrace.joins`."""
    return (article_id, *key_of(mention))


def key_of(mention: IncidentMention) -> Key:
    """What all mentions of one incident in an article share."""
    return (
        mention.kind,
        mention.actor,
        mention.against,
        mention.place,
        mention.country,
        mention.first,
        mention.last,
        mention.is_background,
    )


def is_day(mention: IncidentMention) -> bool:
    """Whether a mention's days are exact enough to speak for a join: two days at most."""
    first, last = mention.first, mention.last
    return first is not None and last is not None and (last - first).days <= 1


def occurrences_of(item: StoryArticle) -> list[Occurrence]:
    """The incidents of one article in order of the text."""
    facts = item.facts
    carried = {key_of(figure.incident) for figure in facts.figures} | {
        key_of(a.incident) for a in facts.accounts
    }
    mentions = [*facts.incidents, *(figure.incident for figure in facts.figures)]
    if not mentions:
        return []
    main = key_of(main_incident(facts.incidents)) if facts.incidents else None
    nodes: dict[Key, Occurrence] = {}
    for mention in mentions:
        key = key_of(mention)
        node = nodes.setdefault(
            key,
            Occurrence(
                article_id=item.article.id,
                mention=mention,
                is_main=key == main or (main is None and not nodes),
                published=item.article.published_on,
                count=0,
                plural=0,
                carries=key in carried,
                text=item.article.text,
            ),
        )
        node.count += 1
        if mention.span is not None and mention.span.end > mention.span.start:
            ending = item.article.text[mention.span.end - 2 : mention.span.end].lower()
            node.is_led = node.is_led or mention.span.start < _OPENING
            node.sites.update(_sites_beside(item.article.text, mention.span, mention.sentence))
            node.named.update(names_beside(item.article.text, mention))
            _note_sentence(node, item, mention)
            node.plural += ending.endswith("s") and ending not in ("ss", "us")
    for figure in facts.figures:
        low = figure.bounds.low
        if low is not None and low > 1:
            nodes[key_of(figure.incident)].numbers.add((figure.measure, low, figure.bounds.high))
    return list(nodes.values())


def _note_sentence(node: Occurrence, item: StoryArticle, mention: IncidentMention) -> None:
    """Keep what the sentence of a mention says besides: its words, where it is the article's news, and its day."""
    sentence, text = mention.sentence, item.article.text
    if sentence is None:
        return
    if node.is_main:
        node.told = node.told or text[:_OPENING].casefold()
        node.told += "\n" + text[sentence.start : sentence.end].casefold()
    if (
        mention.span is not None
        and mention.kind != DEATHS
        and _is_toll(text[mention.span.start : mention.span.end])
    ):
        # Of whom it is said that they died on a day, they need not have been hurt on it.
        return
    node.is_dated = node.is_dated or any(
        date.first == mention.first and sentence.covers(date.evidence.span) for date in item.facts.dates
    )


def _is_toll(words: str) -> bool:
    """Whether a trigger's words only count those who came to harm."""
    return words.casefold() in load_rules("incidents").meaning["tolls"]


@functools.cache
def _site_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A building right before a word ("the bank which caught", "dam") and right behind one ("at a crowded bank")."""
    sites = "|".join(sorted(lexicon().words["buildings"]))
    before = rf"\b({sites})s?(?: (?:that|which|was|is|had|has))?(?: been)? $"
    lead = r"(?:at|in|on|of|to|inside|through|hits?|engulfs|destroyed)"
    behind = rf" ?(?:[\w-]+ ){{0,2}}{lead} (?:[\w'-]+ ){{0,4}}?({sites})\b"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def _sites_beside(text: str, span: Span, sentence: Span | None) -> list[str]:
    own = text[span.start : span.end].lower()
    if own in lexicon().words["buildings"]:
        return [own]
    start, end = (sentence.start, sentence.end) if sentence else (span.start - _BESIDE, span.end + _BESIDE)
    before, behind = _site_patterns()
    found = before.search(text, max(0, start, span.start - _BESIDE), span.start)
    found = found or behind.match(text, span.end, min(end, span.end + _BESIDE))
    return [found.group(1).lower()] if found else []


def occurrence_order(node: Occurrence) -> tuple[object, ...]:
    """Main incidents first, then what says most: the order in which groups grow."""
    mention = node.mention
    unsaid = (mention.first is None) + (mention.actor is None) + (mention.place is None)
    return (
        not node.is_main,
        unsaid,
        mention.first or dt.date.max,
        mention.actor or "",
        mention.place or "",
        mention.kind,
        node.article_id,
        mention.span.start if mention.span else -1,
    )

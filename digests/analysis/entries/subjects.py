"""Whom a pronoun at the head of a sentence stands for, so that a line of a timeline stands alone: `name_subject`.

Stance: a wrong name is worse than "he"; the reader of speakers decides, in the order of the text, and only for somebody
whom the sentence before names.
"""

from __future__ import annotations

import re

from digests.analysis.days.clauses import role
from digests.extract.speakers.book import SpeakerBook
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import look_up
from digests.rules.given_names import is_given_name, usual_sex
from digests.text.document import fold, make_document
from digests.types import Span, StoryArticle

# Characters behind a pronoun that show what is said of it.
_BEHIND = 40
# A run of words with capitals: a name, with the titles in front of it.
_CAPITALS = re.compile(r"\b[A-Z][a-z][\w-]*(?: [A-Z][\w.-]*)*")


def name_subject(item: StoryArticle, span: Span) -> str | None:
    """The name behind "he", "she" or "it" at a span of an article; `None` where the text leaves it open."""
    article = item.article
    word = article.text[span.start : span.end].lower()
    if word not in load_lexicon().words["third_persons"]:
        return None
    if role("impersonal").match(fold(article.text[span.start : span.end + _BEHIND])):
        return None
    book = SpeakerBook(
        make_document(article.id, article.text, published=article.published_on, title=article.title)
    )
    for quote in item.facts.quotes:
        if quote.speaker is not None and quote.speaker.span.end <= span.start:
            book.resolve(quote.speaker.span)
    found = book.resolve(span)
    before = [sentence for sentence in book.document.sentences if sentence.end <= span.start]
    if found.name.lower() == word or not found.name[:1].isupper() or not before:
        return None
    last = fold(article.text[before[-1].start : before[-1].end])
    if re.search(rf"\b{re.escape(fold(found.name))}[ -]\d", last):
        # "The ATR 72" is no "ATR".
        return None
    if _only_tells(item, before[-1], found.name) and not _speaks(item, span):
        return None
    if word != "it" and (_names_others(last, found.name) or _has_namesakes(article.text, found.name)):
        return None
    return found.name if fold(found.name).split()[-1] in last else None


def _has_namesakes(text: str, name: str) -> bool:
    """Whether an article names others of the same family name, by a given name or by a man's or a woman's title:
    "Ms. Holt's body was found" beside "Gary Holt"."""
    words = fold(name).split()
    found = re.findall(rf"\b([A-Z][\w-]+)\.? {re.escape(words[-1])}\b", fold(text))
    before = {word.lower() for word in found} | {word.lower() for word in words[:-1]}
    lists = load_rules("roles").words
    women, men = before.intersection(lists["female_words"]), before.intersection(lists["male_words"])
    given = {word for word in before if is_given_name(word)}
    sexes = {usual_sex(word) for word in given} | ({"f"} if women else set()) | ({"m"} if men else set())
    return len(sexes) > 1 or len(given) > 1


def _speaks(item: StoryArticle, span: Span) -> bool:
    """Whether a pronoun is who says something: "Clara Voss said so. She added", but not "He was arrested"."""
    return any(quote.speaker is not None and quote.speaker.span == span for quote in item.facts.quotes)


def _names_others(folded: str, name: str) -> bool:
    """Whether a sentence names anybody else who may be meant: "Judge Bob Hale set Mara's bail. He stays in jail".

    Places, days and what is one name with theirs are nobody else; the word that opens the sentence has its capital
    from there.
    """
    own = set(fold(name).split())
    calendar = load_rules("dates").words
    days = {*calendar["weekday"], *calendar["month"]}
    for found in _CAPITALS.finditer(folded):
        words = found.group().split()
        if not own.isdisjoint(words) or look_up(found.group()) is not None:
            continue
        if words[0].lower() in days or (found.start() == 0 and len(words) == 1):
            continue
        return True
    return False


def _only_tells(item: StoryArticle, sentence: Span, name: str) -> bool:
    """Whether a body is named in a sentence as who says it: "the survey said the tremor was deep. It struck"."""
    return any(
        quote.speaker is not None and quote.speaker.name == name and sentence.covers(quote.speaker.span)
        for quote in item.facts.quotes
        if quote.evidence.rule.startswith("quotes.said")
    )

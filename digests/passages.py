"""Back from a line of a card to the sentence that it rests on, with what stands around it and the rule that read it.

An outlet may have changed its text since the card was shown: the words are looked for where they stood, then
anywhere in the text; when they are gone that is said, and no other sentence is offered in their place.
"""

from __future__ import annotations

from collections.abc import Iterator

from digests.text.document import Document, make_document
from digests.types import Article, Citation, Evidence, Facts, Passage, Span


def find_passage(article: Article, facts: Facts, citation: Citation) -> Passage:
    """Where the words of a citation stand in an article.

    Args:
        article: The article that it names, as it is now.
        facts: What is read in it now.
        citation: The words and where they stood when the card was built.

    Returns:
        The sentence with its neighbours ("" at the ends of the text); without any where the words are gone. `rule`
        is the rule of the fact at the words; `None` where no rule reads it, as for a sentence chosen whole.
    """
    span = find_words(article.text, citation)
    document = make_document(article.id, article.text)
    if span is None or not document.sentences:
        return Passage(article=article, words=citation.text)
    first, last = document.sentence_index(span.start), document.sentence_index(span.end - 1)
    return Passage(
        article=article,
        words=citation.text,
        before=_sentence(document, first - 1),
        sentence=article.text[document.sentences[first].start : document.sentences[last].end],
        after=_sentence(document, last + 1),
        rule=_rule_at(facts, span),
    )


def find_words(text: str, citation: Citation) -> Span | None:
    """Where the words stand now: at their old place, else where they first stand; `None` when they are gone."""
    start, end = citation.span.start, citation.span.end
    if text[start:end] == citation.text:
        return citation.span
    place = text.find(citation.text) if citation.text else -1
    return Span(start=place, end=place + len(citation.text)) if place >= 0 else None


def _sentence(document: Document, index: int) -> str:
    if not 0 <= index < len(document.sentences):
        return ""
    return document.words(document.sentences[index])


def _rule_at(facts: Facts, span: Span) -> str | None:
    """The rule of the fact whose words are these; a fact inside of a longer stretch is not what the line shows."""
    exact = [evidence for evidence in _evidences(facts) if evidence.span == span]
    around = [evidence for evidence in _evidences(facts) if evidence.span.covers(span)]
    return next((evidence.rule for evidence in (*exact, *around)), None)


def _evidences(facts: Facts) -> Iterator[Evidence]:
    for group in (facts.figures, facts.quotes, facts.accounts, facts.dates, facts.places):
        for fact in group:
            yield fact.evidence

"""Bare numbers in answers: "How many died? Forty-one, the minister answered."

Stance: the question must ask for a number of people and say what became of them, and the answer must begin with one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digests.extract.counts.lexicon import lexicon
from digests.extract.drafts.drafting import draft_of
from digests.extract.drafts.sentencereader import SentenceReader
from digests.text.document import Document
from digests.types import Measure, Span

_RULE = "casualties.answer"
# Over tags: an answer begins with its number ("At least 41.", "Forty-one, the minister answered").
_ANSWER = re.compile(r"a?(?P<n>[nN])(?=[;,)]|$)")


def asked(document: Document, sentence: Span, words: Sequence[str]) -> Measure | None:
    """What a question asks the number of ("How many died?"); None for anything else."""
    if document.folded.find("?", sentence.start, sentence.end + 1) < 0 or not lexicon().asks.issubset(words):
        return None
    phrases = lexicon().phrases
    first = next(at for at, word in enumerate(words) if word in lexicon().asks)
    for at in range(first, len(words)):
        found = phrases.at(words, at)
        if found is not None and found[0][1] is not None:
            return found[0][1]
        if words[at] in lexicon().toll_nouns:
            return lexicon().toll_nouns[words[at]]
    return None


def add_answer(reader: SentenceReader, measure: Measure) -> None:
    """The number that answers a question which asked for one of these."""
    found = _ANSWER.match(reader.tags)
    if found is None or found.start("n") in reader.taken or found.start("n") in reader.blocked:
        return
    reader.keep(found.start("n"), draft_of(reader, _RULE, found.start("n"), measure))

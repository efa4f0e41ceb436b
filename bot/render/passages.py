"""/source: the sentence behind a line of a card, with what stands around it, its outlet, its time and its rule."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.limits import shorten
from bot.render.markup import bold, clean, escape, small
from bot.render.page import Page
from bot.render.references import joined, reference_of, when
from digests import Passage, ShownLine

#: Articles of one line that are shown with their sentence; further ones are only counted.
MAX_PASSAGES = 3
#: Longest line that is repeated above its sentences.
MAX_HEADING = 300
#: What stands in place of a rule where a sentence was chosen whole.
NO_RULE = "chosen as a whole sentence"
CHANGED = "The outlet has changed its text since the card was shown; these words do not stand there any more."


def render_passages(line: ShownLine, passages: Sequence[Passage]) -> Page:
    """The line as it was shown, then each article with its sentence; `passages` as many as could be found."""
    blocks = [f"### {line.mark} · {escape(shorten(clean(line.text), MAX_HEADING))}"]
    blocks += [_passage_words(passage) for passage in passages[:MAX_PASSAGES]]
    hidden = len(line.evidence) - len(passages[:MAX_PASSAGES])
    footer = f"{hidden} more article{'' if hidden == 1 else 's'} carry this line" if hidden else ""
    page = Page(blocks=tuple(blocks), footer=footer)
    while not page.fits and len(blocks) > 2:
        blocks.pop()
        page = Page(blocks=tuple(blocks), footer=f"{len(line.evidence) - len(blocks) + 1} more articles")
    return page if page.fits else Page(blocks=(blocks[0], _short_words(passages[0])))


def _passage_words(passage: Passage) -> str:
    lines = [_article_words(passage)]
    if not passage.sentence:
        return "\n".join([*lines, f"> “{escape(passage.words)}”", CHANGED])
    around = [
        escape(passage.before),
        bold(escape(passage.sentence)),
        escape(passage.after),
    ]
    lines += [f"> {words}" for words in around if words]
    lines.append(small(f"read by `{passage.rule}`" if passage.rule else NO_RULE))
    return "\n".join(lines)


def _short_words(passage: Passage) -> str:
    """The sentence alone, for one that fills the message by itself."""
    return "\n".join(
        [_article_words(passage), "The sentence is too long for a message; the link leads to it."]
    )


def _article_words(passage: Passage) -> str:
    article = passage.article
    return joined(bold(reference_of(article).linked), when(article.published), escape(article.title or ""))

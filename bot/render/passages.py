"""/source: the sentence behind a line of a card, with what stands around it, its outlet, its time and its rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.render.edits import edits_behind, last_with
from bot.render.limits import shorten
from bot.render.markup import bold, clean, escape, headline, small, timestamp
from bot.render.page import Page
from bot.render.references import joined, reference_of, when
from bot.tongue import phrase, say, say_count
from digests import ArticleEdit, Passage, ShownLine

#: Articles of one line that are shown with their sentence; further ones are only counted.
MAX_PASSAGES = 3
#: Longest line that is repeated above its sentences.
MAX_HEADING = 300
#: What stands in place of a rule where a sentence was chosen whole.
NO_RULE = phrase("chosen as a whole sentence")
NO_EDITS: Mapping[str, Sequence[ArticleEdit]] = MappingProxyType({})
CHANGED = phrase(
    "The outlet has changed its text since the card was shown; these words do not stand there any more."
)


def render_passages(
    line: ShownLine, passages: Sequence[Passage], edits: Mapping[str, Sequence[ArticleEdit]] = NO_EDITS
) -> Page:
    """The line as it was shown, then each article with its sentence; `passages` as many as could be found.

    `edits` are those of an article by its id, oldest first.
    """
    blocks = [f"### {line.mark} · {escape(shorten(clean(line.text), MAX_HEADING))}"]
    blocks += [
        _passage_words(passage, edits.get(passage.article.id, ())) for passage in passages[:MAX_PASSAGES]
    ]
    hidden = len(line.evidence) - len(passages[:MAX_PASSAGES])
    footer = _more_carry(hidden) if hidden else ""
    page = Page(blocks=tuple(blocks), footer=footer)
    while not page.fits and len(blocks) > 2:
        blocks.pop()
        page = Page(blocks=tuple(blocks), footer=_more_carry(len(line.evidence) - len(blocks) + 1))
    return page if page.fits else Page(blocks=(blocks[0], _short_words(passages[0])))


def _more_carry(count: int) -> str:
    return say_count("{count} more article carries this line", "{count} more articles carry this line", count)


def _passage_words(passage: Passage, edits: Sequence[ArticleEdit]) -> str:
    lines = [_article_words(passage)]
    if not passage.sentence:
        last = last_with(edits, passage.words)
        until = (
            say("They stood there until {moment}.", moment=timestamp(last.version.replaced_at))
            if last
            else ""
        )
        return "\n".join([*lines, f"> “{escape(passage.words)}”", joined(say(CHANGED), until, by=" ")])
    around = [
        escape(passage.before),
        bold(escape(passage.sentence)),
        escape(passage.after),
    ]
    lines += [f"> {words}" for words in around if words]
    lines += edits_behind(edits, passage.sentence)
    lines.append(small(say("read by {rule}", rule=f"`{passage.rule}`") if passage.rule else say(NO_RULE)))
    return "\n".join(lines)


def _short_words(passage: Passage) -> str:
    """The sentence alone, for one that fills the message by itself."""
    return "\n".join(
        [_article_words(passage), say("The sentence is too long for a message; the link leads to it.")]
    )


def _article_words(passage: Passage) -> str:
    article = passage.article
    return joined(bold(reference_of(article).linked), when(article.published), headline(article.title or ""))

"""Where a line was read: the outlet, as a link to its article, for every line of every message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.render.limits import shorten
from bot.render.markup import clean, day_stamp, escape, link, timestamp, visible_host
from bot.tongue import say, say_count, tongue
from digests import Article, Citation, SourceRef

#: Outlets that a line names as links; further ones are named without, then only counted.
MAX_LINKS = 2
MAX_OUTLETS = 4
#: Longest name of an outlet that is shown whole.
MAX_OUTLET_NAME = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One article as a line points to it."""

    article_id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: dt.datetime | None

    @property
    def name(self) -> str:
        """The outlet as shown, not escaped: its name, else the host of the address, else the article's own id."""
        name = (
            clean(self.outlet or "")
            or visible_host(self.url)
            or clean(self.article_id)
            or say("an unnamed outlet")
        )
        return shorten(name, MAX_OUTLET_NAME)

    @property
    def linked(self) -> str:
        return link(self.name, self.url)


class References:
    """The articles of a story, by id; an unknown one is named by its id alone."""

    def __init__(self, articles: Mapping[str, Reference]) -> None:
        self._articles = dict(articles)

    @staticmethod
    def of_sources(sources: Sequence[SourceRef], articles: Sequence[Article] = ()) -> References:
        """A card's articles, and others beside them."""
        found = [*map(reference_of, sources), *map(reference_of, articles)]
        return References({reference.article_id: reference for reference in found})

    def get(self, article_id: str) -> Reference:
        return self._articles.get(article_id) or Reference(
            article_id=article_id, outlet=None, url=None, title=None, published=None
        )

    def outlets(self, article_ids: Iterable[str]) -> tuple[Reference, ...]:
        """One reference an outlet, in the order in which they first appear; one with an address is preferred."""
        found: dict[str, Reference] = {}
        for article_id in article_ids:
            reference = self.get(article_id)
            known = found.get(reference.name)
            if known is None or (known.url is None and reference.url is not None):
                found[reference.name] = reference
        return tuple(found.values())

    def cite(self, article_ids: Iterable[str], *, links: int = MAX_LINKS, names: int = MAX_OUTLETS) -> str:
        """The outlets that carry something: the first as links, then names, then how many more."""
        outlets = self.outlets(article_ids)
        shown = [
            reference.linked if index < links else escape(reference.name)
            for index, reference in enumerate(outlets[:names])
        ]
        if len(outlets) > names:
            shown.append(say_count("{count} more", "{count} more", len(outlets) - names))
        return ", ".join(shown)

    def cite_all(
        self, citations: Sequence[Citation], *, links: int = MAX_LINKS, names: int = MAX_OUTLETS
    ) -> str:
        return self.cite((citation.article_id for citation in citations), links=links, names=names)


def reference_of(article: Article | SourceRef) -> Reference:
    """An article, or a card's entry for it, as a line points to it."""
    return Reference(
        article_id=article.id if isinstance(article, Article) else article.article_id,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        published=article.published,
    )


def when(moment: dt.datetime | None) -> str:
    """A publication time for readers; only its day when no time of day is known (midnight stands for that)."""
    if moment is None:
        return ""
    if moment.time() == dt.time(0):
        return day_stamp(moment.date())
    return timestamp(moment)


def joined(*parts: str, by: str = " · ") -> str:
    """The parts that say something, with a dot between."""
    return by.join(tongue().isolate(part) for part in parts if part)

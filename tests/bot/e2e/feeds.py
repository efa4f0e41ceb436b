"""A web server on loopback with feeds: RSS with entity tags, feeds that fail, and a record of who asked for what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

from aiohttp import web

from tests.bot.e2e.articles import Article

__all__ = ["Asked", "FeedServer", "make_rss"]

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request and its answer."""

    path: str
    if_none_match: str | None
    status: int


class FeedServer:
    """Feeds by path; what is not published answers 404, what is broken with its status."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.address = ""
        self._feeds: dict[str, bytes] = {}
        self._broken: dict[str, int] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.address = f"{HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def url(self, path: str) -> str:
        """Where a feed is."""
        return f"http://{self.address}/{path}"

    def publish(self, path: str, title: str, articles: Sequence[Article]) -> str:
        """Put a feed up, or a new state of it; its address."""
        self._broken.pop(path, None)
        self._feeds[path] = make_rss(title, articles)
        return self.url(path)

    def break_down(self, path: str, status: int) -> str:
        """Answer with an error from now on; its address."""
        self._broken[path] = status
        return self.url(path)

    def statuses(self, path: str) -> list[int]:
        """What was answered for a feed, in order."""
        return [one.status for one in self.asked if one.path == path]

    async def _handle(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        known = request.headers.get("If-None-Match")
        body = self._feeds.get(path)
        tag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
        status = self._broken.get(path) or (404 if body is None else 304 if known == tag else 200)
        self.asked.append(Asked(path=path, if_none_match=known, status=status))
        if status != 200:
            return web.Response(status=status, headers={"ETag": tag} if status == 304 else {})
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": tag})


def make_rss(title: str, articles: Sequence[Article]) -> bytes:
    """RSS 2.0 with the whole text of each article as HTML paragraphs."""
    items = "".join(_item(article) for article in articles)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<rss version="2.0"><channel><title>{escape(title)}</title><link>https://example.org/</link>'
        f"<description>News</description>{items}</channel></rss>"
    )
    return text.encode("utf-8")


def _item(article: Article) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in article["text"].split("\n\n"))
    published = format_datetime(datetime.fromisoformat(article["published"]))
    return (
        f"<item><guid>{article['id']}</guid><title>{escape(article['title'])}</title>"
        f"<link>{escape(article['url'])}</link><pubDate>{published}</pubDate>"
        f"<description>{escape(paragraphs)}</description></item>"
    )

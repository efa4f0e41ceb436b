"""Rate limits as Discord tells them: buckets with headers, a global limit, and the count of invalid requests.

Time here is the machine's own, not the world's clock: the library really waits. Source: Discord topic "Rate Limits".
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.model import Json

__all__ = ["Limited", "RateLimits", "Window"]

#: Requests in a second for a whole bot, interaction endpoints aside.
GLOBAL_PER_SECOND = 50
#: 401, 403 and 429 (not of scope "shared") in ten minutes before the address is banned.
INVALID_MAX, INVALID_WINDOW_S = 10_000, 600.0


@dataclass(slots=True)
class Window:
    """A limit: so many requests in so many seconds, and what was used of it, by major parameter."""

    limit: int
    per_s: float
    used: dict[str, tuple[float, int]] = field(default_factory=dict)


@dataclass(slots=True, frozen=True, kw_only=True)
class Limited:
    """A 429 to give."""

    retry_after_s: float
    scope: str
    headers: dict[str, str]

    def body(self) -> Json:
        """The JSON the library needs in order to wait."""
        return {
            "message": "You are being rate limited.",
            "retry_after": round(self.retry_after_s, 3),
            "global": self.scope == "global",
        }


class RateLimits:
    """Buckets per route and major parameter (channel, guild or webhook id).

    The default is wide, so that tests do not wait; `set` narrows a route, `realistic` gives figures seen in practice.
    """

    def __init__(self) -> None:
        self._default = (50, 1.0)
        self._windows: dict[str, Window] = {}
        self._global: deque[float] = deque()
        self._invalid: deque[float] = deque()
        self.global_per_second = GLOBAL_PER_SECOND
        self.invalid_max = INVALID_MAX

    def set(self, method: str, template: str, *, limit: int, per_s: float) -> None:
        """Give a route its own limit, e.g. `("POST", "/channels/{channel_id}/messages", limit=5, per_s=5)`."""
        self._windows[f"{method} {template}"] = Window(limit, per_s)

    def take(
        self, method: str, template: str, major: str, *, counts_globally: bool
    ) -> tuple[dict[str, str], Limited | None]:
        """Count one request.

        Returns:
            The headers for its answer, and the 429 to give instead, if it is one too many.
        """
        now = time.monotonic()
        if counts_globally and self._over_global(now):
            wait = max(0.001, self._global[0] + 1.0 - now)
            return {}, self.limited(wait, scope="global")
        route = f"{method} {template}"
        window = self._windows.setdefault(route, Window(*self._default))
        started, used = window.used.get(major, (now, 0))
        if now - started >= window.per_s:
            started, used = now, 0
        left_s = started + window.per_s - now
        if used >= window.limit:
            return {}, self.limited(left_s, scope="user", headers=self._headers(route, window, 0, left_s))
        window.used[major] = (started, used + 1)
        return self._headers(route, window, window.limit - used - 1, left_s), None

    def limited(self, retry_after_s: float, *, scope: str, headers: dict[str, str] | None = None) -> Limited:
        """A 429 of a scope (`user`, `global`, `shared`) with the headers that belong to it."""
        made = {
            **(headers or {}),
            # Without Via the library takes a 429 for a ban by the proxy in front of Discord.
            "Via": "1.1 loopback",
            "Retry-After": str(max(1, round(retry_after_s))),
            "X-RateLimit-Scope": scope,
        }
        if scope == "global":
            made["X-RateLimit-Global"] = "true"
        return Limited(retry_after_s=retry_after_s, scope=scope, headers=made)

    def count_invalid(self, status: int, *, scope: str | None) -> None:
        """Count an answer towards the ban if it is a 401, 403 or 429 (those of scope "shared" do not count)."""
        if status in (401, 403) or (status == 429 and scope != "shared"):
            self._invalid.append(time.monotonic())

    @property
    def invalid_count(self) -> int:
        """Invalid requests of the last ten minutes."""
        now = time.monotonic()
        while self._invalid and now - self._invalid[0] > INVALID_WINDOW_S:
            self._invalid.popleft()
        return len(self._invalid)

    @property
    def is_banned(self) -> bool:
        """Whether the address would be shut out for now."""
        return self.invalid_count > self.invalid_max

    def _over_global(self, now: float) -> bool:
        while self._global and now - self._global[0] >= 1.0:
            self._global.popleft()
        if len(self._global) >= self.global_per_second:
            return True
        self._global.append(now)
        return False

    @staticmethod
    def _headers(route: str, window: Window, remaining: int, left_s: float) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": f"{time.time() + left_s:.3f}",
            "X-RateLimit-Reset-After": f"{left_s:.3f}",
            # No major parameter in it: the library adds that itself.
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }

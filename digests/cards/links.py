"""Addresses that a card may link to."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_url(url: str | None) -> str | None:
    """The address if it is a plain web address, else `None`: http or https, a host, no credentials, no spaces."""
    if not url or any(c.isspace() or ord(c) < 32 or c in "<>\"'`\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        has_login = parts.username is not None or parts.password is not None
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and not has_login else None

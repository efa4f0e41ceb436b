"""Two invented stories in invented places, by invented outlets and people, for a newcomer's first digest.

A dam that breaks (six articles: five newsrooms and a reprint) and a night train that leaves the rails (two). They
come as real pages do: plain text with page furniture and captions, HTML, Markdown, JSON.
"""

from __future__ import annotations

from pathlib import Path


def sample_path() -> Path:
    """The folder of the sample corpus, as installed."""
    return Path(__file__).parent

"""A story's findings as pictures: pure functions from values to PNG, each with a description that says the same.

Pillow is loaded with `toll` and `timeline`, not here: only who draws pays for it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture for a message: its file name, its PNG bytes, and what it says in words (at most 1,000 units)."""

    name: str
    png: bytes
    description: str

"""Questions for many rows at once: SQLite bounds the parameters of one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# SQLite's limit of variables in one statement was 999 for long (https://sqlite.org/limits.html).
_PIECE = 500


def in_pieces(values: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """The values some hundred at a time, each with its placeholders for `IN (...)`."""
    for start in range(0, len(values), _PIECE):
        piece = values[start : start + _PIECE]
        yield piece, ", ".join("?" * len(piece))

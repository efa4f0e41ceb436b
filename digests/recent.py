"""What was asked for last, held in memory up to a number of things."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keeps `most` values, those that were asked for or kept last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._kept

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, key: K) -> V:
        """The value of a key that is held; it stays the longest now."""
        self._kept.move_to_end(key)
        return self._kept[key]

    def __setitem__(self, key: K, value: V) -> None:
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop_oldest(self) -> V:
        """Let go of what nobody has asked for the longest. Raises KeyError when nothing is held."""
        return self._kept.popitem(last=False)[1]

    def values(self) -> tuple[V, ...]:
        """Everything that is held, the oldest first."""
        return tuple(self._kept.values())

"""Precision, recall and F1 from counts, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """`hit` of `gold` were found, `right` of `found` are correct."""

    hit: int = 0
    gold: int = 0
    found: int = 0
    right: int = 0

    def match(self, gold: list[object], found: list[object]) -> None:
        """Count the items that stand in both lists, each used once."""
        rest = list(found)
        for item in gold:
            if item in rest:
                rest.remove(item)
                self.hit += 1
                self.right += 1
        self.gold += len(gold)
        self.found += len(found)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(self.gold == 0)

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

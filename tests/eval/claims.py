"""Who claims each figure, and which happening it counts: two sets of our own, each with a half that is only scored.

The sentences were written and annotated before the reader saw them. Errors are looked at in the "open" half alone
(chosen by a hash of the text); the "kept" half is scored and not read. Formats stand in `README.md` beside this file.
"""

from __future__ import annotations

import itertools

from digests.extract.casualties import SUM_RULE
from digests.types import Figure, Scope
from tests.eval.own import Json, read, rows, same_name
from tests.eval.tally import Tally

HALVES = ("open", "kept")


def score_claimants() -> dict[str, Tally]:
    """Annotated figures whose claimant is right (or rightly nobody); a figure that was not read is a miss."""
    out = {f"claimant {half}": Tally() for half in HALVES}
    for row in rows("claimants.jsonl"):
        tally = out[f"claimant {row['half']}"]
        for wanted, figure in _paired(row):
            tally.gold += 1
            if figure is None:
                continue
            tally.found += 1
            if is_right(wanted["claimant"], figure):
                tally.hit += 1
                tally.right += 1
    return out


def is_right(wanted: str | None, figure: Figure) -> bool:
    name = figure.claimant.name if figure.claimant else None
    if wanted is None or name is None:
        return wanted is None and name is None
    return same_name(wanted, name)


def score_scopes() -> dict[str, Tally]:
    """Running totals told from counts of one happening; pairs of counts that are rightly apart or together."""
    out = {f"{what} {half}": Tally() for what in ("scope", "apart") for half in HALVES}
    for row in rows("scopes.jsonl"):
        pairs = [(wanted, figure) for wanted, figure in _paired(row) if figure is not None]
        scope, apart = out[f"scope {row['half']}"], out[f"apart {row['half']}"]
        scope.gold += len(row["figures"])
        scope.found += len(pairs)
        hits = sum((wanted["of"] == "total") == (figure.scope is Scope.TOTAL) for wanted, figure in pairs)
        scope.hit += hits
        scope.right += hits
        counts = [(w["of"], f.incident) for w, f in pairs if w["of"] != "total"]
        for (of, a), (other, b) in itertools.combinations(counts, 2):
            is_one = (a.kind, a.place, a.first, a.is_background) == (
                b.kind,
                b.place,
                b.first,
                b.is_background,
            )
            apart.gold += 1
            apart.found += 1
            apart.hit += is_one == (of == other)
            apart.right += is_one == (of == other)
    return out


def _paired(row: Json) -> list[tuple[Json, Figure | None]]:
    """Each annotated figure with the one read of that measure and number, whatever its hedge."""
    _, facts = read(row)
    rest = [figure for figure in facts.figures if figure.evidence.rule != SUM_RULE]
    pairs: list[tuple[Json, Figure | None]] = []
    for wanted in row["figures"]:
        figure = next((f for f in rest if f.measure == wanted["measure"] and _names(f, wanted)), None)
        if figure is not None:
            rest.remove(figure)
        pairs.append((wanted, figure))
    return pairs


def _names(figure: Figure, wanted: Json) -> bool:
    """Whether a figure's bounds name the annotated number: "more than 20,000" and "at least 20,000" alike."""
    numbers = {wanted[key] for key in ("number", "low", "high") if wanted.get(key) is not None}
    low, high = figure.bounds.low, figure.bounds.high
    ends = {low, high, low - 1 if low else None, high + 1 if high is not None else None}
    return not numbers.isdisjoint(ends)


def show_errors() -> None:
    """What is wrong in the open halves, one line each: `python -m tests.eval.claims`."""
    for row in rows("claimants.jsonl"):
        if row["half"] != "open":
            continue
        for wanted, figure in _paired(row):
            if figure is None or not is_right(wanted["claimant"], figure):
                got = "not read" if figure is None else figure.claimant.name if figure.claimant else None
                print(f"{row['shape']}: {row['text']}\n    {wanted['claimant']} but {got}")
    for row in rows("scopes.jsonl"):
        if row["half"] == "open":
            print(row["text"])
            for wanted, figure in _paired(row):
                read_as = "not read" if figure is None else (figure.scope.value, figure.incident)
                print(f"    {wanted['number']} {wanted['of']}: {read_as}")


if __name__ == "__main__":
    show_errors()

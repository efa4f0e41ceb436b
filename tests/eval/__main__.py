"""Print the quality figures: `python -m tests.eval [own|corpus|SET ...]` (everything that is there, without words)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.eval import claims, own, shared, speech

FLOORS = Path(__file__).parent / "floors.json"


def own_scores() -> dict[str, dict[str, float]]:
    """`{metric: {p, r, f1}}` over all sets of our own, from 0 to 1."""
    tallies = {**own.score_figures(), **own.score_dates(), **own.score_quotes(), **own.score_stories()}
    tallies |= {**claims.score_claimants(), **claims.score_scopes()}
    tallies |= {**speech.score_speakers(), **speech.score_merging()}
    return {name: {"p": t.precision, "r": t.recall, "f1": t.f1} for name, t in tallies.items()}


def falls(scope: str, scores: dict[str, dict[str, float]]) -> list[str]:
    """What lies below its floor, or above its ceiling (a figure named `max_...`), one line each."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8")).get(scope, {})
    lines = []
    for metric, wanted in floors.items():
        for name, limit in wanted.items():
            is_ceiling = name.startswith("max_")
            figure = scores.get(metric, {}).get(name.removeprefix("max_"), 1.0 if is_ceiling else 0.0)
            if (figure > limit + 1e-9) if is_ceiling else (figure < limit - 1e-9):
                lines.append(f"{scope}: {metric} {name} is {figure:.3f}, the limit is {limit}")
    return lines


def show(scope: str, scores: dict[str, dict[str, float]]) -> list[str]:
    print(f"== {scope}")
    for metric, s in scores.items():
        print(f"  {metric:<32} P {s['p']:.3f}  R {s['r']:.3f}  F1 {s['f1']:.3f}")
    sys.stdout.flush()
    return falls(scope, scores)


def main(wanted: list[str]) -> int:
    below: list[str] = []
    if not wanted or "own" in wanted:
        below += show("own", own_scores())
    if not shared.SHARED.is_dir():
        print("the corpus and the public sets are not here: only our own sets were measured")
        return bool(below)
    for folder in shared.corpora():
        if not wanted or "corpus" in wanted:
            below += show(f"corpus:{folder.name}", shared.score_corpus(folder))
    for name in (*shared.EXTRACT_SETS, *shared.STORY_SETS, *shared.TIMELINE_SETS):
        if not wanted or name in wanted:
            below += show(name, shared.score_set(name))
    for line in below:
        print(line)
    return bool(below)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Local cases in one store: how many stories mix incidents that were days apart. `python -m tests.eval.cases`

The archive of shootings beside the checkout gives each article the day of its incident. Nearly every article there
tells of an incident of its own, so pairs of one story whose incidents were more than three days apart are wrong joins;
pairs of the same text belong together.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.eval import shared

NAME = "shootings-gva-train"
# Days between the days given to one incident at most: a night, a weekend.
NEAR = 3


def score_cases() -> dict[str, int]:
    """Stories of several articles, those that mix days, pairs by the days between, and copies found."""
    folder = shared.SHARED / "eval" / "data" / NAME
    with tempfile.TemporaryDirectory() as scratch:
        out, db = Path(scratch) / "out.json", str(Path(scratch) / "eval.db")
        shared.sitrep("load", "--jsonl", str(folder / "articles.jsonl"), "--db", db, into=out)
        shared.sitrep("stories", "--db", db, "--format", "json", into=out)
        stories = [[a["id"] for a in s["articles"]] for s in json.loads(out.read_text())["stories"]]
    gold = {row["id"]: row for row in _rows(folder / "gold.jsonl")}
    texts = {row["id"]: row["text"] for row in _rows(folder / "articles.jsonl")}
    tally: defaultdict[str, int] = defaultdict(int)
    story_of = {article: number for number, members in enumerate(stories) for article in members}
    for members in stories:
        gaps = [_gap(gold[a], gold[b]) for a, b in itertools.combinations(members, 2)]
        tally["stories of several"] += len(members) > 1
        tally["stories that mix days"] += max(gaps, default=0) > NEAR
        tally["pairs of one day"] += sum(gap == 0 for gap in gaps)
        tally["pairs of near days"] += sum(0 < gap <= NEAR for gap in gaps)
        tally["pairs of days apart"] += sum(gap > NEAR for gap in gaps)
    same: defaultdict[str, list[str]] = defaultdict(list)
    for article in story_of:
        same[texts[article]].append(article)
    for members in same.values():
        for one, other in itertools.combinations(members, 2):
            tally["copies"] += 1
            tally["copies in one story"] += story_of[one] == story_of[other]
    return dict(tally)


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _gap(one: dict[str, str], other: dict[str, str]) -> int:
    days = [dt.date.fromisoformat(row["incident_date"]) for row in (one, other)]
    return abs((days[0] - days[1]).days)


if __name__ == "__main__":
    if not (shared.SHARED / "eval" / "data" / NAME).is_dir():
        sys.exit("the public sets are not here")
    for what, count in score_cases().items():
        print(f"{what:<24} {count}")

"""The public sets and the corpus, where they stand beside the project: measured through the command line alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("SITREP_EVAL", ROOT.parent / "shared"))
EXTRACT_SETS = (
    "muc:dev",
    "muc:tst1",
    "shootings:mass:train",
    "shootings:mass:dev",
    "shootings:gva:train",
    "shootings:gva:dev",
    "timex:timebank",
    "timex:tweets-train",
    "quotes:train",
)
STORY_SETS = ("clusters:ecb+:train", "clusters:allsides:train-sample")
TIMELINE_SETS = ("timelines:finan", "timelines:h1n1", "timelines:haiti", "timelines:mj")


def corpora() -> list[Path]:
    return sorted(path.parent for path in SHARED.glob("corpus/*/gold.json"))


def sitrep(*args: str, into: Path) -> None:
    """Run the command line; its standard output goes into a file. Some sets hold articles without a text: exit 1.

    Raises:
        RuntimeError: The call itself failed.
    """
    with into.open("wb") as out:
        run = subprocess.run(
            [sys.executable, "-m", "bot", *args],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            timeout=3600,
        )
    if run.returncode not in (0, 1) or "Traceback" in run.stderr:
        raise RuntimeError(run.stderr[-2000:])


def score_corpus(folder: Path) -> dict[str, dict[str, float]]:
    """`{part: {p, r, f1}}` of one corpus folder, by its own script."""
    with tempfile.TemporaryDirectory() as scratch:
        digest = Path(scratch) / "digest.json"
        sitrep("digest", str(folder / "articles"), "--format", "json", into=digest)
        run = subprocess.run(
            [sys.executable, str(SHARED / "corpus" / "score.py"), str(digest), str(folder / "gold.json")],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
    out = {}
    for line in run.stdout.splitlines():
        if m := re.match(r"(.+?)\s+P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+)", line):
            out[m.group(1).strip()] = {"p": float(m[2]), "r": float(m[3]), "f1": float(m[4])}
    return out


def score_set(name: str) -> dict[str, dict[str, float]]:
    """`{metric: {p, r, f1}}` in percent of one public set, by its own script."""
    folder = SHARED / "eval" / "data" / name.replace(":", "-")
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.json"
        if name in EXTRACT_SETS:
            sitrep("extract", "--raw", "--jsonl", str(folder / "articles.jsonl"), into=out)
        else:
            db = str(Path(scratch) / "eval.db")
            sitrep(
                "load", "--jsonl", str(folder / "articles.jsonl"), "--db", db, into=Path(scratch) / "report"
            )
            kind = "stories" if name in STORY_SETS else "digest"
            sitrep(kind, "--db", db, "--format", "json", into=out)
        run = subprocess.run(
            [sys.executable, str(SHARED / "eval" / "score.py"), name, str(out), "--json"],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        )
    scores: dict[str, dict[str, float]] = json.loads(run.stdout)[name]
    return scores

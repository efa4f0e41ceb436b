"""`sitrep explain` from outside: what a person reads, what a program gets, and how a wrong call ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digests.cli import cli

FIRST = (
    "A blast at the Orm mill near Lorvik killed eight workers on Monday, three of them women, the fire brigade said. "
    "In 2011 a fire at the mill killed 40 people."
)
SECOND = "Monday's blast at the Orm mill near Lorvik killed 13 workers, the mayor of Lorvik said."
NOW = ("--now", "2023-04-04")


def write(folder: Path) -> Path:
    lines = [
        {
            "id": "a",
            "text": FIRST,
            "published": "2023-04-03T09:00:00Z",
            "outlet": "North Post",
            "title": "Mill blast",
        },
        {
            "id": "b",
            "text": SECOND,
            "published": "2023-04-03T10:00:00Z",
            "outlet": "Delta Wire",
            "title": "Mill blast",
        },
    ]
    path = folder / "mill.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["explain", *args])
    return result.exit_code, result.stdout, result.stderr


def read(*args: str) -> Any:
    code, out, errors = run(*args, "--format", "json", *NOW)
    assert (code, errors) == (0, "")
    (story,) = json.loads(out)["stories"]
    return story


def test_text_says_why_in_words(tmp_path: Path) -> None:
    """The exact words, who claims them by which cue, what dates and places the incident, why two counts conflict."""
    code, out, errors = run(str(write(tmp_path)), *NOW)
    flat = " ".join(out.split())
    assert (code, errors) == (0, "")
    for words in (
        "[1] Killed: 8",
        "“eight” is 8; read by casualties.active",
        "fire brigade; “said” gives the words around it to “the fire brigade”",
        "“blast” tells what happened: explosion",
        "“Monday” dates it: 2023-04-03",
        "[1]; its sentence tells it as a part of “killed eight workers”",
        "it is told as older than the news",
        "[1] 8 and [4] 13: they conflict (dispute)",
        "no number satisfies both: 8 and 13",
        "within a few hours",
        "they belong to two incidents",
    ):
        assert words in flat, words


def test_json_holds_every_figure_and_every_pair(tmp_path: Path) -> None:
    """Spans lead to the words, totals to their figure, each reason has code, sentence and words."""
    story = read(str(write(tmp_path)))
    figures = story["figures"]
    assert [(1, 8), (2, 3), (3, 40), (4, 13)] == [(f["number"], f["low"]) for f in figures]
    assert 1 == figures[1]["parts_of"]
    for figure in figures:
        text = FIRST if figure["article"] == "a" else SECOND
        start, end = figure["span"]
        assert text[start:end] == figure["text"]
        assert figure["reasons"]["claimant"]
        assert figure["reasons"]["incident"]
        assert figure["reasons"]["scope"]
    pairs = {tuple(pair["figures"]): pair for pair in story["comparisons"]}
    assert 6 == len(pairs)
    assert ("conflicting", "dispute") == (pairs[1, 4]["outcome"], pairs[1, 4]["kind"])
    assert ("apart", None) == (pairs[1, 3]["outcome"], pairs[1, 3]["kind"])
    reasons = [reason for pair in pairs.values() for reason in pair["reasons"]]
    assert all(reason["code"] and reason["text"] and "{" not in reason["text"] for reason in reasons)


def test_outcome_is_what_the_digest_shows(tmp_path: Path) -> None:
    """The pairs in conflict are the sides of the digest's conflict."""
    path = str(write(tmp_path))
    digest = json.loads(CliRunner().invoke(cli, ["digest", path, "--format", "json", *NOW]).stdout)
    (conflict,) = digest["stories"][0]["conflicts"]
    story = read(path)
    told = {pair["kind"] for pair in story["comparisons"] if pair["outcome"] == "conflicting"}
    assert {conflict["kind"]} == told
    assert story["id"] == digest["stories"][0]["id"]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--figure", "3"), [3]),
        (("--figure", "1", "--figure", "4"), [1, 4]),
        (("--words", "mayor"), [4]),
        (("--words", "WOMEN"), [1, 2]),
        (("--words", "women", "--figure", "2"), [2]),
    ],
)
def test_filters_keep_a_figure_and_all_its_comparisons(
    options: tuple[str, ...], numbers: list[int], tmp_path: Path
) -> None:
    """By number and by words, over sentence, claimant, victims and incident."""
    story = read(str(write(tmp_path)), *options)
    assert numbers == [figure["number"] for figure in story["figures"]]
    assert all(set(pair["figures"]) & set(numbers) for pair in story["comparisons"])
    assert 3 <= len(story["comparisons"])


def test_store_and_paths_explain_alike(tmp_path: Path) -> None:
    """What was loaded before is explained from the store, in the same words."""
    path, db = str(write(tmp_path)), str(tmp_path / "s.db")
    assert 0 == CliRunner().invoke(cli, ["load", path, "--db", db, *NOW]).exit_code
    assert run(path, *NOW) == run("--db", db, *NOW)


def test_a_bare_text_file_and_the_sample_are_explained(tmp_path: Path) -> None:
    """A text alone is a story of one article; without any input the bundled corpus is told."""
    (tmp_path / "one.txt").write_text(FIRST, encoding="utf-8")
    code, out, _ = run(str(tmp_path / "one.txt"), *NOW)
    assert (0, True) == (code, "[3] Killed: 40" in out)
    code, out, _ = run(*NOW)
    assert (0, True) == (code, "COMPARISONS" in out)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--figure", "9"), "expected a number from 1 to 4"),
        (("--words", "volcano"), "no figure is asked for"),
        (("--figure", "0"), "--figure"),
        (("--story", "nothing"), "nothing"),
        (("--format", "html"), "--format"),
    ],
)
def test_wrong_calls_end_with_two(options: tuple[str, ...], problem: str, tmp_path: Path) -> None:
    """What was wrong is said on standard error, and standard output stays empty."""
    code, out, errors = run(str(write(tmp_path)), *options, *NOW)
    assert (2, "") == (code, out)
    assert problem in errors


def test_missing_and_broken_inputs_keep_the_rest(tmp_path: Path) -> None:
    """A path that is not there is a wrong call; a broken file is named, and the others are explained."""
    assert 2 == run(str(tmp_path / "nowhere.txt"))[0]
    write(tmp_path)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    code, out, errors = run(str(tmp_path), *NOW)
    assert (1, True, True) == (code, "[1] Killed: 8" in out, "broken.json" in errors)

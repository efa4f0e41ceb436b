"""`sitrep timeline` from outside: what a person reads, what a program gets, and how a wrong call ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digests.cli import cli

TEXTS = (
    "The Ostvik tunnel was closed on Monday after a lorry caught fire. The road council is to meet on Friday.",
    "A lorry caught fire in the Ostvik tunnel on Monday, and the tunnel was closed. "
    "Cars drove through the tunnel again on Tuesday at 6 a.m.",
)


@pytest.fixture
def news(tmp_path: Path) -> str:
    """Two outlets on one fire."""
    rows = [
        {
            "id": f"a{n}",
            "text": text,
            "published": f"2023-05-1{6 + n}T09:00:00Z",
            "outlet": f"Outlet {n}",
            "title": "Ostvik tunnel closed after lorry fire",
        }
        for n, text in enumerate(TEXTS)
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["timeline", *args, "--now", "2023-05-18"])
    return result.exit_code, result.stdout, result.stderr


def days(*args: str) -> list[str]:
    code, out, errors = run(*args, "--format", "json")
    assert (code, errors) == (0, "")
    return [entry["first"] for entry in json.loads(out)["timeline"]]


def test_text_has_a_block_a_day(news: str) -> None:
    """Days in order, the hour, what is planned, and who tells it."""
    code, out, errors = run(news)
    assert (code, errors) == (0, "")
    blocks = out.strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks[1:]] == ["15 May 2023", "16 May 2023", "19 May 2023"]
    assert "[Outlet 0, Outlet 1]" in blocks[1]
    assert "  - 06:00 · Cars drove through" in blocks[2]
    assert "  - planned · The road council" in blocks[3]


def test_json_leads_to_the_words(news: str) -> None:
    """Every entry cites an article that is listed, with the words at its span."""
    code, out, _ = run(news, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    assert code == 0
    listed = {article["id"] for article in found["articles"]}
    for entry in found["timeline"]:
        for citation in entry["citations"]:
            assert citation["article"] in listed
            start, end = citation["span"]
            assert TEXTS[int(citation["article"][1:])][start:end] == citation["text"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), ["2023-05-15", "2023-05-16", "2023-05-19"]),
        (("--from", "2023-05-16"), ["2023-05-16", "2023-05-19"]),
        (("--to", "2023-05-16"), ["2023-05-15", "2023-05-16"]),
        (("--from", "2023-05-16", "--to", "2023-05-16"), ["2023-05-16"]),
        (("--from", "2024-01-01"), []),
        (("--max", "1"), ["2023-05-15"]),
    ],
)
def test_part_of_the_days(news: str, args: tuple[str, ...], expected: list[str]) -> None:
    """From, to, and the entries that most tell."""
    assert days(news, *args) == expected


def test_no_day_is_said(news: str) -> None:
    """An empty part says so."""
    _, out, _ = run(news, "--from", "2024-01-01")
    assert "No dated event" in out


def test_wrong_calls_are_named(news: str) -> None:
    """Days the wrong way round, an unknown story."""
    code, _, errors = run(news, "--from", "2023-05-17", "--to", "2023-05-16")
    assert (code, "--from 2023-05-17 is after --to 2023-05-16" in errors) == (2, True)
    code, _, errors = run(news, "--story", "nothing")
    assert code == 2
    assert "nothing" in errors

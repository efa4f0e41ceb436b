"""The command line as its users call it: results, formats, exit codes, one odd input among good ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from digests.cli import cli
from digests.sample import sample_path
from tests.contract import Citation, Digest, Extracted

ROOT = Path(__file__).parent.parent
NOW = "2026-06-12T08:00:00Z"


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(args), input=stdin)


@pytest.fixture(scope="module")
def digest() -> Digest:
    """The digest of the sample corpus, checked against the public format."""
    result = run("digest", str(sample_path()), "--format", "json", "--now", NOW)
    assert result.exit_code == 0, result.output
    return Digest.model_validate_json(result.stdout)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Article id to its cleaned text, of the sample corpus."""
    result = run("extract", str(sample_path()), "--now", NOW)
    assert result.exit_code == 0, result.output
    lines = [Extracted.model_validate_json(line) for line in result.stdout.splitlines()]
    return {line.id: line.text for line in lines}


def citations(node: Any) -> Iterator[Citation]:
    """Every citation anywhere in a digest."""
    if isinstance(node, Citation):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from citations(item)
    elif hasattr(node, "model_fields_set"):
        for name in type(node).model_fields:
            yield from citations(getattr(node, name))


def test_each_line_of_a_digest_leads_to_its_words(digest: Digest, texts: dict[str, str]) -> None:
    """`text` equals the article's cleaned text at `span`, for every citation."""
    found = list(citations(digest))
    assert len(found) > 30
    for citation in found:
        start, end = citation.span
        assert texts[citation.article][start:end] == citation.text


def test_sample_is_two_stories_with_a_reprint(digest: Digest) -> None:
    """A newcomer sees two stories; the reprint is named as one and adds no voice."""
    assert [6, 2] == [len(story.articles) for story in digest.stories]
    dam = digest.stories[0]
    copies = {article.id: article.copy_of for article in dam.articles if article.copy_of}
    assert copies == {"dam/06_morning_courier.txt": "dam/05_continental_press.txt"}
    assert dam.voices == 5


def test_spans_of_extract_count_in_its_text() -> None:
    """Each span of each fact cuts its own words out of `text`."""
    result = run("extract", str(sample_path()), "--now", NOW)
    for line in result.stdout.splitlines():
        row = Extracted.model_validate_json(line)
        for mention in row.dates:
            assert row.text[slice(*mention.span)] == mention.words
        for place in row.places:
            assert row.text[slice(*place.span)] == place.name
        for figure in row.figures:
            assert figure.sentence[0] <= figure.span[0] < figure.span[1] <= figure.sentence[1]
        for quote in row.quotes:
            if quote.cue:
                assert row.text[slice(*quote.cue.span)] == quote.cue.words
            if quote.speaker:
                assert row.text[slice(*quote.speaker.span)] == quote.speaker.words


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_digest_prints_in_every_form(form: str) -> None:
    """Each form names the story, its figures and its sources."""
    result = run("digest", str(sample_path()), "--format", form, "--now", NOW)
    assert result.exit_code == 0
    for words in ("Kessa", "at least 14", "21", "Highland Wire", "Brenholt"):
        assert words in result.stdout


@pytest.mark.slow
def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of files, the hash seed or the time zone."""
    files = sorted(str(path) for path in (sample_path() / "dam").iterdir())
    outputs = set()
    for seed, zone, order in (
        ("0", "UTC", files),
        ("1", "Asia/Tokyo", files[::-1]),
        ("77", "America/Lima", files[3:] + files[:3]),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-m", "bot", "digest", *order, "--format", "json", "--now", NOW]
        outputs.add(
            subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, timeout=120).stdout
        )
    assert len(outputs) == 1


def test_odd_inputs_are_named_and_the_others_done(tmp_path: Path) -> None:
    """One unreadable file never costs its neighbours: exit code 1, a reason each, the good ones are there."""
    shutil.copy(sample_path() / "train" / "01_highland_wire.txt", tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "large.txt").write_text("The river rose again. " * 2_400_000)
    (tmp_path / "latin.txt").write_bytes("Zwölf Menschen starben, sagte der Bürgermeister.".encode("cp1252"))
    (tmp_path / "lines.jsonl").write_text(
        '{"id": "a", "text": "Two people were killed in a fire on Monday."}\n{"id": "b", \n'
    )
    (tmp_path / "object.json").write_text('{"id": "c"}')
    result = run("extract", str(tmp_path))
    assert result.exit_code == 1
    done = {json.loads(line)["id"] for line in result.stdout.splitlines()}
    assert {"good.txt", "latin.txt", "a"} <= done
    for name in ("empty.txt", "binary.txt", "large.txt", "lines.jsonl:2", "object.json"):
        assert any(
            line.startswith(name) and len(line) > len(name) + 8 for line in result.stderr.splitlines()
        ), name


def test_loading_twice_adds_nothing(tmp_path: Path) -> None:
    """The second load counts everything as unchanged, and the file has the same bytes."""
    db = str(tmp_path / "news.db")
    first = run("load", str(sample_path()), "--db", db)
    before = Path(db).read_bytes()
    second = run("load", str(sample_path()), "--db", db)
    assert before == Path(db).read_bytes()
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines()[1].split()[-4:] == ["8", "0", "0", "0"]
    assert second.stdout.splitlines()[1].split()[-4:] == ["0", "0", "8", "0"]
    listed = json.loads(run("stories", "--db", db, "--format", "json").stdout)
    assert [6, 2] == [len(story["articles"]) for story in listed["stories"]]


def test_json_lines_come_from_standard_input() -> None:
    """`--jsonl -` reads articles line by line; `--raw` keeps their text as it stands."""
    text = "  A fire killed  two people in Exampleton on Monday.\n\nLeave a Reply"
    line = json.dumps({"id": "x", "text": text, "published": "2026-06-09"})
    result = run("extract", "--jsonl", "-", "--raw", stdin=line + "\n")
    row = Extracted.model_validate_json(result.stdout)
    assert row.text == text
    assert [(2, 2)] == [(figure.low, figure.high) for figure in row.figures]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("digest", "no/such/folder"), "no/such/folder"),
        (("extract",), "expected PATHS"),
        (("digest", ""), "empty word"),
        (("diggest",), "No such command 'diggest'. Did you mean 'digest'?"),
        (("digest", "--story", "s0"), "s0"),
        (("digest", "--format", "pdf"), "pdf"),
        (("extract", "--jsonl", "missing.jsonl"), "missing.jsonl"),
        (("refresh", "--config", "missing.toml"), "missing.toml"),
        (("digest", "--now", "yesterday"), "ISO 8601"),
    ],
)
def test_wrong_call_says_what_and_where(args: tuple[str, ...], words: str) -> None:
    """Exit code 2 and a sentence that names what was wrong."""
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr

"""Inputs as people have them: each is read or named with its reason, and its neighbours are done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digests.cli import cli
from digests.sources.folder import MAX_BYTES

WORDS = "In Zürich, a flood killed 34 people on Monday, the mayor’s office said."
PAGE = f"<p>{WORDS}</p>"


def extract(folder: Path, *options: str) -> tuple[int, dict[str, dict[str, object]], list[str]]:
    """Exit code, results by id, and what was said on standard error."""
    result = CliRunner().invoke(cli, ["extract", str(folder), *options])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return result.exit_code, {row["id"]: row for row in rows}, result.stderr.splitlines()


READ = {
    "marked_16.txt": WORDS.encode("utf-16"),
    "marked_32.txt": WORDS.encode("utf-32"),
    "little.txt": WORDS.encode("utf-16-le"),
    "big.txt": WORDS.encode("utf-16-be"),
    "windows.txt": WORDS.encode("cp1252"),
    "liar.html": f'<html><head><meta charset="utf-8"></head><body>{PAGE}</body></html>'.encode("cp1252"),
    "other_liar.html": f'<html><head><meta charset="iso-8859-1"></head><body>{PAGE}</body></html>'.encode(),
    "fragment.html": PAGE.encode(),
    "bare.html": WORDS.encode(),
    "upper.HTM": PAGE.replace("p>", "P>").encode(),
    "old.html": f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" '
    f'"x.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{PAGE}</body></html>'.encode(),
    "marked.json": b"\xef\xbb\xbf" + json.dumps({"id": "marked.json", "text": WORDS}).encode(),
}


@pytest.mark.parametrize("name", READ)
def test_text_is_right_in_whatever_form_it_comes(name: str, tmp_path: Path) -> None:
    """Encodings with and without marks, pages that lie about theirs, fragments of pages."""
    (tmp_path / name).write_bytes(READ[name])
    code, rows, errors = extract(tmp_path)
    assert (code, errors) == (0, [])
    assert rows[name]["text"] == WORDS
    assert [34] == [figure["low"] for figure in rows[name]["figures"]]  # type: ignore[attr-defined]


def test_text_that_is_cut_in_a_letter_keeps_the_others(tmp_path: Path) -> None:
    """One broken byte does not turn every quote mark into three letters."""
    (tmp_path / "cut.txt").write_bytes((WORDS + " “We help”, he said. é").encode()[:-1])
    _, rows, _ = extract(tmp_path)
    assert "Zürich" in str(rows["cut.txt"]["text"])
    assert "“We help”" in str(rows["cut.txt"]["text"])


@pytest.mark.parametrize("way", ["folder", "file", "standard input"])
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"], ids=lambda codec: f"in {codec}"
)
def test_json_lines_are_right_in_whatever_form_they_come(tmp_path: Path, codec: str, way: str) -> None:
    """A shell on Windows keeps what it is told to write as UTF-16; an old export is in Windows-1252."""
    rows = [{"id": name, "text": WORDS} for name in ("a", "b")]
    data = "".join(json.dumps(row, ensure_ascii=False) + "\r\n" for row in rows).encode(codec)
    lines = tmp_path / "in.jsonl"
    lines.write_bytes(data)
    call = {"folder": [str(tmp_path)], "file": ["--jsonl", str(lines)], "standard input": ["--jsonl", "-"]}
    result = CliRunner().invoke(cli, ["extract", *call[way]], input=data)
    assert (result.exit_code, result.stderr) == (0, "")
    read = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["id"], row["text"]) for row in read] == [("a", WORDS), ("b", WORDS)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_what_follows_a_line_that_is_too_long_is_read(tmp_path: Path, codec: str) -> None:
    """A line beyond the limit is named, none of it is taken for a line of its own."""
    long = "x" * (2 * MAX_BYTES + 10)
    lines = tmp_path / "in.jsonl"
    lines.write_bytes(f"{long}\n{json.dumps({'id': 'a', 'text': WORDS})}\n".encode(codec))
    result = CliRunner().invoke(cli, ["extract", "--jsonl", str(lines)])
    assert result.stderr.splitlines() == [f"{lines}:1: line larger than 20 MB"]
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a"]


NAMED = {
    "array.json": (b'[{"id": "a", "text": "x"}]', "found an array"),
    "deep.json": (b"[" * 100_000, "nested too deeply"),
    "digits.json": (b'{"id": ' + b"9" * 5_000 + b', "text": "x"}', "broken JSON"),
    "value.json": (b"3", "a bare value"),
    "blank.jsonl": (b"\n \n\n", "empty file"),
    "invisible.txt": ("\u00a0\u2003\n\u200b".encode(), "no text"),
    "mark.txt": (b"\xef\xbb\xbf", "no text"),
    "script.html": (b"<html><body><script>var killed = 5;</script></body></html>", "no text"),
    "large.txt": (b"The river rose. " * 1_400_000, "the limit is 20 MB"),
    "many.txt": (b"The river rose. " * 14_000, "the limit is 200,000"),
    "two\nlines\x1b[31m.json": (b"{", "broken JSON: "),
}


def test_what_cannot_be_read_is_named_on_one_line(tmp_path: Path) -> None:
    """Name and reason, no control character of a file's name, the good one done, exit code 1."""
    (tmp_path / "good.txt").write_text(WORDS, encoding="utf-8")
    for name, (data, _) in NAMED.items():
        (tmp_path / name).write_bytes(data)
    code, rows, errors = extract(tmp_path)
    assert (code, list(rows)) == (1, ["good.txt"])
    said = dict(line.split(": ", 1) for line in errors)
    assert {"two lines [31m.json"} | set(NAMED) - {"two\nlines\x1b[31m.json"} == set(said)
    for name, (_, reason) in NAMED.items():
        assert reason in said[name.replace("\n", " ").replace("\x1b", " ")]


@pytest.mark.parametrize(
    "published", ["9999-12-31T23:59:59Z", "0001-01-01", "2024-13-45", "yesterday", 5, None]
)
def test_impossible_day_of_an_article_is_no_day(published: object, tmp_path: Path) -> None:
    """It neither stops the digest nor puts the story before all others."""
    article = {"id": "a", "text": WORDS, "published": published}
    (tmp_path / "a.json").write_text(json.dumps(article), encoding="utf-8")
    _, rows, _ = extract(tmp_path)
    assert rows["a"]["published"] is None
    result = CliRunner().invoke(cli, ["digest", str(tmp_path), "--format", "json"])
    assert (result.exit_code, result.exception) == (0, None)


@pytest.mark.parametrize(
    "text", [" A fire\r\nkilled\t3  people \u00a0in Rome.  \n\n", "😀 A fire killed 3 people.\u2028x"]
)
def test_raw_text_is_the_text_as_given(text: str, tmp_path: Path) -> None:
    """Line ends, tabs, no-break spaces and trailing spaces stay with --raw, so that offsets count."""
    (tmp_path / "a.txt").write_bytes(text.encode())
    _, rows, _ = extract(tmp_path, "--raw")
    assert rows["a.txt"]["text"] == text


def test_a_byte_order_mark_takes_no_line_with_it(tmp_path: Path) -> None:
    """JSON lines as some editors save them, by name: the first article is read as the others."""
    rows = [{"id": name, "text": "Two people drowned off Port Alder, police said."} for name in ("a", "b")]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8-sig")
    result = CliRunner().invoke(cli, ["extract", "--jsonl", str(path)])
    assert (0, "") == (result.exit_code, result.stderr)
    assert ["a", "b"] == [json.loads(line)["id"] for line in result.stdout.splitlines()]

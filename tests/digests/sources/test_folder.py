"""Files as articles: every odd one is named with its reason, the others go on, nothing outside is read."""

from __future__ import annotations

import codecs
import datetime as dt
import json
import os
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from digests.errors import SourceUnavailable
from digests.sources import MAX_TEXT, Item, ReadFailure, ReadNote
from digests.sources.folder import MAX_BYTES, check_path, read_jsonl, read_path
from digests.types import RawArticle

TEXT = "A bridge fell in Lindmere on Tuesday.\n\nNobody was hurt, the mayor said."


def split(items: Iterator[Item]) -> tuple[dict[str, str], dict[str, str]]:
    """Bodies by id, and reasons by place."""
    listed = list(items)
    articles = {item.external_id: item.body for item in listed if isinstance(item, RawArticle)}
    failures = {item.where: item.reason for item in listed if isinstance(item, ReadFailure)}
    return articles, failures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    (root / "wire").mkdir(parents=True)
    (root / "wire/2.txt").write_text(TEXT, encoding="utf-8")
    (root / "1.md").write_text(TEXT, encoding="utf-8")
    return root


def test_ids_are_paths_from_the_given_folder(folder: Path) -> None:
    """The same folder elsewhere gives the same ids."""
    articles, failures = split(read_path(folder))
    assert list(articles) == ["1.md", "wire/2.txt"]
    assert failures == {}


def test_a_file_given_directly_has_its_name(folder: Path) -> None:
    """As FORMATS says."""
    assert list(split(read_path(folder / "wire/2.txt"))[0]) == ["2.txt"]


def test_json_articles_have_their_own_id_and_data(tmp_path: Path) -> None:
    """All keys of FORMATS arrive."""
    data = {
        "id": "a1",
        "text": TEXT,
        "title": " A bridge\nfell ",
        "published": "2026-06-09T20:10:00+02:00",
        "url": "https://wire.example/1",
        "outlet": "Lindmere Wire",
        "authors": ["Ana Reyes", 3, ""],
    }
    (tmp_path / "x.json").write_text(json.dumps(data))
    article, note = read_path(tmp_path, source_id="s")
    assert note == ReadNote(
        where="x.json",
        note='authors: expected an array of strings, found ["Ana Reyes", 3, ""]; left out',
    )
    assert article == RawArticle(
        source_id="s",
        external_id="a1",
        body=TEXT,
        url="https://wire.example/1",
        title="A bridge fell",
        outlet="Lindmere Wire",
        published=dt.datetime(2026, 6, 9, 18, 10, tzinfo=dt.UTC),
        authors=("Ana Reyes",),
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-06-09", dt.date(2026, 6, 9)),
        ("2026-06-09T10:00", dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)),
        ("2026-06-09T10:00:00Z", dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)),
        ("Tue, 09 Jun 2026 12:00:00 +0200", dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)),
        ("last week", None),
        ("0001-01-01T00:00:00+14:00", None),
        (20260609, None),
        (None, None),
    ],
)
def test_published_is_a_day_or_a_time(published: object, expected: object) -> None:
    """What is neither is no date, and a note says so; it never stops the article."""
    article, *notes = read_jsonl([json.dumps({"text": TEXT, "published": published})], name="x")
    assert isinstance(article, RawArticle)
    assert article.published == expected
    assert len(notes) == (expected is None and published is not None)
    for note in notes:
        assert isinstance(note, ReadNote)
        assert note.where == "x:1"
        assert note.note.endswith(f"2200, found {json.dumps(published)}; left out")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://me:pw@a.example/",
        "https:///x",
        "x",
        7,
        "http://a b",
    ],
)
def test_only_web_addresses_are_kept(url: object) -> None:
    """An address is shown as a link later; a refused one, which may hold a password, is not repeated."""
    article, note = read_jsonl([json.dumps({"text": TEXT, "url": url})], name="x")
    assert isinstance(article, RawArticle)
    assert article.url is None
    expected = "url: expected an http or https address without user name and password; left out"
    assert note == ReadNote(where="x:1", note=expected)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("id", True, "id: expected a string or a whole number, found true; left out"),
        ("title", ["x"], 'title: expected a string, found ["x"]; left out'),
        ("outlet", {}, "outlet: expected a string, found {}; left out"),
        ("authors", 5, "authors: expected an array of strings, found 5; left out"),
        ("published", "9" * 99, f'found "{"9" * 38}…; left out'),
        ("title", "", None),
        ("authors", "Ana Reyes", None),
        ("id", 7, None),
        ("more", {"x": 1}, None),
    ],
)
def test_what_cannot_be_used_is_noted(key: str, value: object, expected: str | None) -> None:
    """Values of a wrong kind are left out, with a note of what was expected; unknown keys are nobody's concern."""
    article, *notes = read_jsonl([json.dumps({"text": TEXT, key: value})], name="x")
    assert isinstance(article, RawArticle)
    assert [True] * (expected is not None) == [
        isinstance(note, ReadNote) and note.note.endswith(expected or "") for note in notes
    ]


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    """A slip in a path is easily taken for a quiet day."""
    (tmp_path / "picture.png").write_bytes(b"x")
    (note,) = read_path(tmp_path)
    assert isinstance(note, ReadNote)
    assert note.where == str(tmp_path)
    assert note.note == "no file in it is of a kind that is read (.htm .html .md .txt .json .jsonl)"


LONG = "word " * (MAX_TEXT // 5 + 1)
BROKEN: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty file"),
    ("blank.txt", b" \n\n\t ", "empty file"),
    ("binary.txt", bytes(range(256)) * 8, "binary data, not text"),
    ("program.txt", b"\x7fELF\x02\x01\x01", "binary data, not text"),
    ("pdf.txt", b"%PDF-1.7 anything", "binary data, not text"),
    ("noise.txt", bytes((i * 7919) % 256 for i in range(4000)), "binary data, not text"),
    ("sjis.txt", ("橋が落ちた。" * 40).encode("shift_jis"), "encoding is neither UTF-8 nor Windows-1252"),
    ("undefined.txt", b"caf\x81 and so on", "encoding is not CP1252, as it seemed (byte 3)"),
    ("cut.txt", codecs.BOM_UTF16_LE + b"a\x00b", "encoding is not UTF-16, as it seemed (byte 4)"),
    ("long.txt", LONG.encode(), f"text of {len(LONG):,} characters; the limit is 200,000"),
    ("page.html", b"<p>x</p>" * 700_000, "page of 5,600,000 characters; the limit is 5,000,000"),
    ("nothing.html", b"<html><body></body></html>", "no text"),
    ("broken.json", b'{"text": "a', "broken JSON: Unterminated string starting at (column 10)"),
    ("list.json", b"[1, 2]", "found an array"),
    ("keys.json", b'{"title": "x"}', "expected the key 'text' or 'html' with a string"),
    ("number.json", b'{"text": 7}', "expected the key 'text' or 'html' with a string"),
    ("deep.json", b"[" * 100_000, "broken JSON: "),
    ("blank.json", b'{"text": "  "}', "no text"),
    ("empty.jsonl", b"", "empty file"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_broken_files_are_named_and_the_others_read(
    folder: Path, name: str, data: bytes, reason: str
) -> None:
    """One odd file: its name, its reason, and both good ones."""
    (folder / name).write_bytes(data)
    articles, failures = split(read_path(folder))
    assert sorted(articles) == ["1.md", "wire/2.txt"]
    assert list(failures) == [name]
    assert reason in failures[name]


def test_broken_lines_are_named_by_number(tmp_path: Path) -> None:
    """Three good articles around everything that a line can be."""
    lines = [
        b'{"id": "a", "text": "one"}',
        b"{broken",
        b"",
        b'"text"',
        b'{"id": 2, "text": "two"}',
        b"\xff\x00",
        b"{}",
    ]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join([*lines, b'{"text": "three"}']))
    articles, failures = split(read_path(path))
    assert articles == {"a": "one", "2": "two", "x.jsonl:8": "three"}
    assert {where: reason.split(":")[0] for where, reason in failures.items()} == {
        "x.jsonl:2": "broken JSON",
        "x.jsonl:4": "expected an article as a JSON object, found a bare value",
        "x.jsonl:6": "binary data, not text",
        "x.jsonl:7": "expected the key 'text' or 'html' with a string",
    }


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    """A 50 MB text is named with its size; a sparse file costs nothing to make."""
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    _, failures = split(read_path(tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failures == {"large.txt": "52,428,800 bytes; the limit is 20 MB"}
    assert peak < 1_000_000


def test_large_lines_are_refused_and_the_rest_read(tmp_path: Path) -> None:
    """A .jsonl file may be of any size, a line may not."""
    with (tmp_path / "x.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"a" * (2 * MAX_BYTES) + b'"}\n{"id": "b", "text": "two"}\n')
    articles, failures = split(read_path(tmp_path))
    assert articles == {"b": "two"}
    assert failures == {"x.jsonl:1": "line larger than 20 MB"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("Zoë’s".encode(), "Zoë’s", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + "Zoë".encode(), "Zoë", id="utf-8 with mark"),
        pytest.param("Zoë".encode("utf-16"), "Zoë", id="utf-16 with mark"),
        pytest.param(codecs.BOM_UTF16_BE + "Zoë".encode("utf-16-be"), "Zoë", id="utf-16 big-endian"),
        pytest.param("Zoë".encode("utf-32"), "Zoë", id="utf-32 with mark"),
        pytest.param("Zoë’s dog ran off".encode("cp1252"), "Zoë’s dog ran off", id="windows-1252"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, expected: str) -> None:
    """The encodings that saved articles come in."""
    (tmp_path / "x.txt").write_bytes(data)
    assert split(read_path(tmp_path)) == ({"x.txt": expected}, {})


def test_odd_characters_keep_every_offset(tmp_path: Path) -> None:
    """Controls and lone surrogates cannot be stored; they are replaced one for one."""
    (tmp_path / "a.txt").write_bytes(b"one\x07two\r\nthree")
    (tmp_path / "b.json").write_text('{"text": "one\\ud800two\\u0000"}')
    assert split(read_path(tmp_path))[0] == {"a.txt": "one two\r\nthree", "b.json": "one\ufffdtwo "}


def test_ids_that_are_used_twice(tmp_path: Path) -> None:
    """The same article twice is one; two articles with one id are told, and the first stays."""
    lines = ['{"id": "a", "text": "one"}', '{"id": "a", "text": "one"}', '{"id": "a", "text": "two"}']
    articles, failures = split(read_jsonl(lines, name="x"))
    assert articles == {"a": "one"}
    assert failures == {"x:3": "the id 'a' is that of x:1, which is kept"}


def test_nothing_outside_the_root_is_read(folder: Path) -> None:
    """Links out, up and to devices are named; links inside are followed, circles end."""
    outside = folder.parent / "secret.txt"
    outside.write_text("secret")
    (folder / "out.txt").symlink_to(outside)
    (folder / "up").symlink_to(folder.parent)
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "circle").symlink_to(folder)
    (folder / "inside.txt").symlink_to(folder / "1.md")
    articles, failures = split(read_path(folder))
    assert sorted(articles) == ["1.md", "inside.txt", "wire/2.txt"]
    assert failures == {
        "out.txt": "link that leads out of the folder",
        "up": "link that leads out of the folder",
        "device.txt": "link that leads out of the folder",
        "gone.txt": "broken link",
    }


def test_a_pipe_does_not_hang(folder: Path) -> None:
    """A pipe that nobody writes to would block an open for ever."""
    os.mkfifo(folder / "pipe.txt")
    _, failures = split(read_path(folder))
    assert failures == {"pipe.txt": "not a regular file"}


def test_unreadable_names_and_hidden_files(folder: Path) -> None:
    """A name of odd bytes is shown with replacements; hidden files and other kinds are no articles."""
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text(TEXT)
    (folder / ".hidden.txt").write_text(TEXT)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    articles, failures = split(read_path(folder))
    assert sorted(articles) == ["1.md", "caf\ufffd.txt", "wire/2.txt"]
    assert failures == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_forbidden_files_are_named(folder: Path) -> None:
    """No permission is a reason like any other."""
    (folder / "locked.txt").write_text(TEXT)
    (folder / "locked.txt").chmod(0)
    assert split(read_path(folder))[1] == {"locked.txt": "permission denied"}


def test_other_kinds_given_directly_are_named(tmp_path: Path) -> None:
    """Whoever names a picture wants to know why nothing came of it."""
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    _, failures = split(read_path(tmp_path / "photo.jpg"))
    assert re.match(r"not a kind of file that is read \(\.htm ", failures["photo.jpg"])


def test_missing_paths_are_unavailable(tmp_path: Path) -> None:
    """A folder that is not there is the source's failure, not an empty result."""
    with pytest.raises(SourceUnavailable, match="no such file or directory"):
        check_path(tmp_path / "none", source_id="s")
    assert list(split(read_path(tmp_path / "none"))[1].values()) == ["no such file or directory"]


def test_memory_stays_flat_over_thousands_of_lines(tmp_path: Path) -> None:
    """20 MB of articles go through; what is held is one line and the ids."""
    line = json.dumps({"text": "A bridge fell. " * 270}) + "\n"
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for _ in range(5_000):
            file.write(line)
    tracemalloc.start()
    count = sum(1 for _ in read_path(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 4_000_000


def test_html_files_give_text_and_what_the_page_says(tmp_path: Path) -> None:
    """A saved page becomes its article; with `raw` its markup stands as it is."""
    (tmp_path / "x.html").write_text(
        "<html><head><meta property='og:site_name' content='Lindmere Wire'></head><body><nav>Menu</nav>"
        "<article><h1>A bridge fell</h1>"
        + f"<p>{TEXT} It had stood for ninety years, he said.</p>" * 3
        + "</article>"
    )
    (article,) = read_path(tmp_path)
    assert isinstance(article, RawArticle)
    assert (article.title, article.outlet, article.is_html) == ("A bridge fell", "Lindmere Wire", False)
    assert "Nobody was hurt" in article.body
    assert "Menu" not in article.body
    (raw,) = read_path(tmp_path, raw=True)
    assert isinstance(raw, RawArticle)
    assert raw.body.startswith("<html>")


def test_only_a_page_says_how_it_is_written(tmp_path: Path) -> None:
    """What looks like a declaration in a text file is a part of its words; in an HTML file it decides."""
    page = "<html><head><meta charset='koi8-r'></head><body><p>Мост упал во вторник.</p></body></html>"
    for name in ("a.html", "b.txt"):
        (tmp_path / name).write_bytes(page.encode("koi8-r"))
    articles, failures = split(read_path(tmp_path))
    assert "Мост упал" in articles["a.html"]
    assert "Мост упал" not in articles.get("b.txt", failures.get("b.txt", ""))

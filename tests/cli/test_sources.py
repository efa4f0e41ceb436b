"""`sitrep sources` and `sitrep doctor` as their users call them, against a web server on loopback."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digests.cli import cli

NOW = "2026-06-12T09:00:00Z"
# An entry with a text that is too long, one with nothing but an address that holds a password.
ODD = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Odd</title>'
    f"<item><guid>1</guid><description>{'word ' * 50_000}</description></item>"
    "<item><guid>2</guid><link>http://me:pass1@a.example/2</link></item></channel></rss>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Wire</title>'
    "<item><guid>1</guid><title>Ferry runs aground off Lindmere, six hurt</title>"
    "<pubDate>Fri, 12 Jun 2026 08:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE = (
    '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
)


class Handler(http.server.BaseHTTPRequestHandler):
    """A site with one feed, and an address that is gone."""

    def do_GET(self) -> None:
        body = {"/": PAGE, "/feed": FEED, "/odd": ODD}.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body or "")))
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The site's address; the call may fetch it, and works in a folder of its own."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    monkeypatch.setenv("SITREP_FETCH_ALLOW", host)
    monkeypatch.setenv("SITREP_NOW", NOW)
    monkeypatch.delenv("SITREP_DB", raising=False)
    monkeypatch.chdir(tmp_path)
    yield f"http://{host}"
    server.shutdown()
    server.server_close()
    thread.join(5)


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(args), input=stdin)


def ok(*args: str, stdin: str | None = None) -> str:
    result = run(*args, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def states() -> dict[str, str]:
    return {one["name"]: one["state"] for one in json.loads(ok("sources", "list", "--format", "json"))}


def test_from_a_site_to_its_articles_and_back(site: str) -> None:
    """Add, read, pause, resume, test, remove: what each call says and leaves."""
    assert "there are no sources" in ok("sources", "list")
    added = ok("sources", "add", site)
    assert "Ferry runs aground off Lindmere, six hurt" in added
    assert f"{site}/feed" in added
    assert states() == {"Coast Wire": "new"}
    assert "Coast Wire       1        0          0       0" in ok("sources", "reload")
    assert "0        0          1       0" in ok("sources", "reload", "coast wire")
    assert states() == {"Coast Wire": "working"}
    assert "1 article in a day" in ok("sources", "list")
    ok("sources", "pause", "Coast Wire")
    assert states() == {"Coast Wire": "paused"}
    ok("sources", "resume", "Coast Wire")
    assert "\n1 article\n" in ok("sources", "test", "Coast Wire")
    assert "\n1 article\n" in ok("sources", "test", f"{site}/")
    ok("sources", "remove", "Coast Wire")
    assert states() == {}


def test_what_fails_is_said_with_its_reason(site: str) -> None:
    """A dead feed: exit code 1, the reason, the doctor's advice; its neighbour works."""
    Path("config.toml").write_text(
        f'[[sources]]\nid = "dead"\nkind = "feed"\nname = "Dead"\nurl = "{site}/none"\n'
        f'[[sources]]\nid = "coast"\nkind = "feed"\nname = "Coast"\nurl = "{site}/feed"\n'
    )
    result = run("sources", "reload")
    assert result.exit_code == 1
    assert "Dead: the server knows no such address (404)" in result.stderr
    assert states() == {"Coast": "working", "Dead": "failing"}
    result = run("doctor")
    assert result.exit_code == 1
    assert "problem  dead: Dead: failing, once: the server knows no such address (404)" in result.stdout
    assert "`sitrep sources test dead` tries it now" in result.stdout
    assert "ok       sources: 1 of 2 work" in result.stdout
    result = run("sources", "remove", "dead")
    assert result.exit_code == 2
    assert "named in the configuration" in result.stderr
    result = run("sources", "test", "dead")
    assert (result.exit_code, "(404)" in result.stderr) == (1, True)


def test_an_entry_that_failed_is_named_with_its_source(site: str) -> None:
    """An entry has no file name: its source stands in front of it; a password in its address does not."""
    Path("config.toml").write_text(
        f'[[sources]]\nid = "odd"\nkind = "feed"\nname = "Odd"\nurl = "{site}/odd"\n'
    )
    for call in (("refresh",), ("sources", "reload")):
        result = run(*call)
        assert result.exit_code == 1
        assert all(line.startswith("Odd: ") for line in result.stderr.splitlines())
        assert "an entry without title and text" in result.stderr
        assert "pass1" not in result.output


def test_an_address_that_is_read_already_is_not_added(site: str) -> None:
    """Nor one that only differs in its spelling; the doctor names two that the store has all the same."""
    ok("sources", "add", f"{site}/feed")
    assert "there already as added-" in ok("sources", "add", f"{site}/feed#top")
    assert len(states()) == 1
    assert "0 of 1 work, 1 not read yet" in ok("doctor")
    Path("config.toml").write_text(f'[[sources]]\nid = "coast"\nkind = "feed"\nurl = "{site}/feed"\n')
    assert "reads the same address as" in run("doctor").stdout


@pytest.mark.parametrize(
    "args",
    [
        ("sources", "test", "http://me:pass1@127.0.0.1/"),
        ("sources", "test", "me:pass1@host.example"),
        ("sources", "add", "https://me:pass1@host.example/feed"),
        ("sources", "reload", "http://me:pass1@127.0.0.1/"),
        ("sources", "remove", "http://me:pass1@127.0.0.1/"),
        ("extract", "http://me:pass1@127.0.0.1/"),
        ("digest", "--db", "http://me:pass1@127.0.0.1/"),
        ("refresh", "--config", "http://me:pass1@127.0.0.1/"),
        ("http://me:pass1@127.0.0.1/",),
    ],
)
def test_no_call_repeats_a_password(site: str, args: tuple[str, ...]) -> None:
    """Wherever somebody puts an address with one."""
    result = run(*args)
    assert result.exit_code != 0
    assert "127.0.0.1" in result.stderr or "host.example" in result.stderr
    assert "pass1" not in result.output


def test_lists_come_and_go(site: str) -> None:
    """What is exported can be imported; what is known is not added twice; a pack is a list."""
    assert "1 added, 0 known, 0 refused" in ok("sources", "import", "-", stdin=opml(f"{site}/feed"))
    assert "0 added, 1 known, 0 refused" in ok("sources", "import", "-", stdin=opml(f"{site}/feed"))
    assert "1 added" in ok("sources", "import", "-", "--db", "other.db", stdin=ok("sources", "export"))
    result = run("sources", "import", "-", stdin=opml("file:///etc/passwd"))
    assert (result.exit_code, "only http and https addresses are read, not file" in result.stderr) == (
        1,
        True,
    )
    result = run("sources", "import", "-", stdin="<html>")
    assert (result.exit_code, "is not XML" in result.stderr) == (2, True)
    assert "world  World news" in ok("sources", "packs")
    listed = ok("sources", "packs", "africa").splitlines()[1:]
    assert f"{len(listed)} added, 0 known" in ok("sources", "add", "--pack", "africa")
    assert len(states()) == 1 + len(listed)


def opml(url: str) -> str:
    return f'<opml version="2.0"><body><outline text="Coast" xmlUrl="{url}"/></body></opml>'


@pytest.mark.parametrize(
    ("args", "code", "expected"),
    [
        (("sources", "add"), 2, "expected ADDRESS or --pack ID"),
        (("sources", "add", "x"), 1, "expected an http or https address"),
        (("sources", "add", "http://127.0.0.1:9/"), 1, "the address is private"),
        (
            ("sources", "add", "--pack", "moon"),
            2,
            "no pack 'moon'; `sitrep sources packs` lists what there is",
        ),
        (
            ("sources", "packs", "afrika"),
            2,
            "no pack 'afrika'; did you mean 'africa' or 'asia'? `sitrep",
        ),
        (("sources", "pause", "nobody"), 2, "no source 'nobody'; `sitrep sources list` lists what there is"),
        (("refresh", "--source", "nobody", "--config", "own.toml"), 2, "no source 'nobody'; `sitrep sources"),
        (("sources", "test", "nobody"), 2, "no source 'nobody'"),
        (("sources", "import", "none.opml"), 2, "none.opml"),
        (("sources", "list", "--config", "none.toml"), 2, "none.toml"),
    ],
)
def test_wrong_calls_are_named(site: str, args: tuple[str, ...], code: int, expected: str) -> None:
    """What, where, what was expected, what to do next; never a trace."""
    Path("own.toml").write_text('[store]\npath = "own.db"\n')
    result = run(*args)
    assert (result.exit_code, expected in result.stderr) == (code, True), result.output


def test_a_slip_in_a_name_leads_to_the_source(site: str) -> None:
    """A name is easily misspelled; the one that was meant is named."""
    ok("sources", "import", "-", stdin=opml(f"{site}/feed"))
    result = run("sources", "remove", "Coasst")
    assert "no source 'Coasst'; did you mean 'Coast'?" in result.stderr


def test_the_doctor_of_an_empty_place(site: str) -> None:
    """Nothing is wrong with a new store; it says how to begin."""
    found = ok("doctor")
    assert "ok       parser: its process starts and answers" in found
    assert "there are none" in found
    assert "`sitrep sources packs`" in found


def test_the_doctor_finds_a_damaged_store(site: str) -> None:
    """Pages of the file overwritten: a problem with advice, not a trace."""
    ok("sources", "import", "-", stdin=opml(f"{site}/feed"))
    ok("sources", "reload")
    damaged = bytearray(Path("sitrep.db").read_bytes())
    damaged[8192:] = bytes(len(damaged) - 8192)
    Path("sitrep.db").write_bytes(damaged)
    result = run("doctor")
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert "damaged" in result.output or "malformed" in result.output


def test_names_from_feeds_do_nothing_to_a_terminal(site: str) -> None:
    """Escape sequences in a list's names come out as spaces."""
    name = "A\u009b31mB"
    ok("sources", "import", "-", stdin=opml(f"{site}/feed").replace("Coast", name))
    assert "\u009b" not in ok("sources", "list")

"""Settings: what a file and the environment say, and how mistakes are named."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from digests.config import (
    BOT_TABLES,
    EngineConfig,
    SourceConfig,
    address_key,
    clock_of,
    fixed_clock,
    load_config,
    parse_now,
)
from digests.errors import ConfigError
from digests.types import SourceKind

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


FOLDER = '[[sources]]\nid = "{id}"\nkind = "folder"\npath = "{path}"\n'
FEED = '[[sources]]\nid = "a"\nkind = "feed"\nurl = "https://a.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            FEED + '[[sources]]\nid = "b"\nkind = "rss"\nurl = "https://b.example"',
            "sources[1].kind: expected 'feed' or 'folder', got 'rss'",
            id="kind",
        ),
        pytest.param("colour = 1", "colour: unknown key", id="unknown key"),
        pytest.param("refresh_minuts = 5", "unknown key; did you mean 'refresh_minutes'?", id="slip"),
        pytest.param(
            "[discrod]", "discrod: unknown key; did you mean 'discord'?", id="slip in a table's name"
        ),
        pytest.param(
            FEED + "page = true", "sources[0].page: unknown key; did you mean 'pages'?", id="slip in a list"
        ),
        pytest.param('[store]\nfile = "x"', "store.file: unknown key", id="unknown key in a table"),
        pytest.param(
            '[[sources]]\nkind = "feed"', "sources[0].id: expected a value, found none", id="missing"
        ),
        pytest.param('[[sources]]\nid = "A b"\nkind = "feed"', "sources[0].id: expected lower-case", id="id"),
        pytest.param(
            '[[sources]]\nid = "a"\nkind = "feed"',
            "sources[0]: expected the key 'url'",
            id="feed without url",
        ),
        pytest.param(
            '[[sources]]\nid = "a"\nkind = "folder"\nurl = "https://a.example"',
            "sources[0]: expected the key 'path'",
            id="folder with url",
        ),
        pytest.param(
            '[[sources]]\nid = "a"\nkind = "feed"\nurl = "ftp://a.example"',
            "sources[0].url: expected an http or https address, got 'ftp://a.example'",
            id="scheme",
        ),
        pytest.param(
            '[[sources]]\nid = "a"\nkind = "feed"\nurl = "https://me:pw@a.example"',
            "sources[0].url: expected an address without a user name and password",
            id="credentials",
        ),
        pytest.param(FEED + FEED, "sources: id 'a' is used twice", id="id twice"),
        pytest.param(
            FEED + FEED.replace('"a"', '"b"'),
            "sources: 'a' and 'b' have the same url, https://a.example",
            id="address twice",
        ),
        pytest.param(
            FOLDER.format(id="a", path="in") + FOLDER.format(id="b", path="./in/"),
            "sources: 'a' and 'b' have the same path",
            id="folder twice",
        ),
        pytest.param("store = 3", "store: expected a table, got 3", id="table"),
        pytest.param(
            "refresh_minutes = 0", "refresh_minutes: expected greater than or equal to 1, got 0", id="range"
        ),
        pytest.param('refresh_minutes = "x"', "refresh_minutes: expected a valid integer", id="type"),
        pytest.param("refresh_minutes = true", "refresh_minutes: expected a number, got true", id="true"),
        pytest.param('sources = "x"', "sources: expected a list, got 'x'", id="list"),
        pytest.param(
            '[fetch]\nallow_hosts = ["localhost"]', "expected 'host:port', got 'localhost'", id="host"
        ),
        pytest.param("a = ", "is not valid TOML", id="syntax"),
        pytest.param("[store]\npath = 5", "store.path: expected a path, got 5", id="path"),
        pytest.param("now = 2024-01-01", "now: the clock is set with SITREP_NOW", id="clock"),
    ],
)
def test_mistakes_name_file_and_key(tmp_path: Path, text: str, expected: str) -> None:
    """Each mistake says where it is and what was expected."""
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path, env={})
    assert str(path) in str(caught.value)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://me:pass1@a.example", "me:pass1@a.example/feed", "http:/me:pass1@a.example"]
)
def test_credentials_are_not_repeated(tmp_path: Path, url: str) -> None:
    """A password in an address must not travel into a message and from there into a log."""
    path = write(tmp_path, f'[[sources]]\nid = "a"\nkind = "feed"\nurl = "{url}"')
    with pytest.raises(ConfigError) as caught:
        load_config(path, env={})
    assert "pass1" not in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://A.example/feed", "https://a.example:443/feed#top", True),
        ("http://a.example", "http://a.example/", True),
        ("http://a.example/feed", "http://a.example/Feed", False),
        ("http://a.example/feed?a=1", "http://a.example/feed?a=2", False),
        ("http://a.example:8080/", "http://a.example/", False),
        ("http://a.example:x/", "http://a.example:x/", True),
    ],
)
def test_addresses_of_one_feed(one: str, other: str, same: bool) -> None:
    """However the same server and path are spelled; paths and queries count as they are."""
    assert same is (address_key(one) == address_key(other))


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A wrong path is a mistake of the call, not a traceback."""
    with pytest.raises(ConfigError, match=re.escape("none.toml: cannot be read: No such file")):
        load_config(tmp_path / "none.toml", env={})


def test_bot_tables_are_left_to_the_bot(tmp_path: Path) -> None:
    """Both halves of the program keep their settings in one file."""
    path = write(tmp_path, '[discord]\nanything = 1\n[[digests]]\nchannel = "x"\n' + FEED)
    assert [source.id for source in load_config(path, env={}).sources] == ["a"]


def test_paths_count_from_the_file(tmp_path: Path) -> None:
    """A service starts anywhere; its files stay where its configuration is."""
    path = write(
        tmp_path, '[store]\npath = "data/x.db"\n[[sources]]\nid = "in"\nkind = "folder"\npath = "inbox"'
    )
    config = load_config(path, env={})
    assert config.store.path == tmp_path / "data/x.db"
    assert config.sources[0].location == str(tmp_path / "inbox")
    assert config.sources[0].source_kind is SourceKind.FOLDER


def test_environment_overrides_the_file(tmp_path: Path) -> None:
    """Tests and containers set three things without touching the file."""
    path = write(tmp_path, '[store]\npath = "x.db"\n[fetch]\nmax_redirects = 2')
    env = {
        "SITREP_DB": "/data/y.db",
        "SITREP_FETCH_ALLOW": "127.0.0.1:8080, intranet.example:80",
        "SITREP_NOW": "2024-01-18T12:00:00+02:00",
    }
    config = load_config(path, env=env)
    assert config.store.path == Path("/data/y.db")
    assert config.fetch.allow_hosts == ("127.0.0.1:8080", "intranet.example:80")
    assert config.fetch.max_redirects == 2
    assert config.now == dt.datetime(2024, 1, 18, 10, tzinfo=dt.UTC)


def test_wrong_clock_is_named() -> None:
    """The environment's mistakes are named like the file's."""
    with pytest.raises(ConfigError, match="SITREP_NOW: expected an ISO 8601 time, got 'noon'"):
        load_config(env={"SITREP_NOW": "noon"})


def test_clock_can_be_moved(tmp_path: Path) -> None:
    """The seconds in the file count at each look; a file that is gone or wrong is named."""
    file = tmp_path / "ahead"
    file.write_text("-3600")
    now = clock_of(load_config(env={"SITREP_CLOCK": str(file)}))
    assert dt.timedelta(seconds=-3601) < now() - dt.datetime.now(dt.UTC) < dt.timedelta(seconds=-3599)
    file.write_text("86400")
    assert dt.timedelta(seconds=86399) < now() - dt.datetime.now(dt.UTC) < dt.timedelta(seconds=86401)
    file.write_text("soon")
    with pytest.raises(ConfigError, match=r"SITREP_CLOCK: .*ahead: expected seconds"):
        now()


def test_defaults_need_no_file() -> None:
    """The command line works without any configuration."""
    assert load_config(env={}) == EngineConfig()


def test_clock_stands_still() -> None:
    """A day alone is its midnight, UTC."""
    assert fixed_clock(parse_now("2024-01-18", where="--now"))() == dt.datetime(2024, 1, 18, tzinfo=dt.UTC)


def keys_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys_of(inner, f"{prefix}{name}.")
        elif name == "sources":
            yield from keys_of(SourceConfig, "sources.")
        elif name not in ("now", "clock"):
            yield prefix + name


def keys_in(data: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from keys_in(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for entry in value:
                yield from keys_in(entry, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_example_has_every_key_and_no_other() -> None:
    """`config.example.toml` is the reference: complete, and loadable as it stands."""
    data = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    engine = {name: value for name, value in data.items() if name not in BOT_TABLES}
    assert set(keys_in(engine)) == set(keys_of(EngineConfig))


def test_example_shows_the_defaults() -> None:
    """A value in the example that differs from the default would mislead."""
    config, default = load_config(EXAMPLE, env={}), EngineConfig()
    assert config.fetch == default.fetch
    assert config.refresh_minutes == default.refresh_minutes
    assert config.language == default.language
    assert config.store.path.name == default.store.path.name

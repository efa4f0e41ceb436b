"""The bot's settings: errors name the file and the key, the token never stands in a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.config import BotConfig, DiscordSettings, MonitorSettings, Style, Subscription, load_bot_config
from digests import ConfigError

DIGEST = '[[digests]]\nid = "morning"\nchannel = "123456789012345678"\ntimes = ["08:00"]\n'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_without_a_file() -> None:
    """The bot runs without a file; nothing is scheduled, Discord is Discord."""
    config = load_bot_config(None, environment={})
    assert BotConfig() == config
    assert config.token is None


def test_a_digest_with_everything(tmp_path: Path) -> None:
    """Every key of a scheduled digest, and a channel written as a number."""
    path = write(
        tmp_path,
        """
        refresh_minutes = 5
        [discord]
        tick_seconds = 15
        [[digests]]
        id = "evening"
        channel = 123456789012345678
        times = ["18:30", "06:00"]
        days = ["mon", "fri"]
        zone = "Africa/Cairo"
        stories = ["s1"]
        topics = ["ferry"]
        without = ["sport"]
        size = 5
        style = "brief"
        quiet = "silence"
        late_hours = 1.5
        server = "223456789012345678"
        """,
    )
    (digest,) = load_bot_config(path, environment={}).digests
    assert ("123456789012345678", Style.BRIEF) == (digest.channel, digest.style)
    assert (dt.time(18, 30), dt.time(6)) == digest.times


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[discord]\ntoken = "x"', "discord.token"),
        ("[discord]\ncolour = 1", "discord.colour"),
        ('[discord]\napi_base = "nowhere"', "discord.api_base"),
        (DIGEST + 'zone = "Mars/Base"', "digests[0].zone"),
        (DIGEST + 'days = ["monday"]', "digests[0].days"),
        (DIGEST.replace("08:00", "8 o'clock"), "digests[0].times"),
        (DIGEST.replace("123456789012345678", "news"), "digests[0].channel"),
        (DIGEST + DIGEST, "digests"),
        (DIGEST + 'style = "poster"', "digests[0].style"),
        (DIGEST + DIGEST.replace("morning", "noon").replace("times", "hours"), "digests[1].times"),
        ('[monitor]\nlisten = "nope"', "monitor.listen"),
        ('[monitor]\nlisten = "0.0.0.0:99999"', "monitor.listen"),
        (DIGEST.replace("morning", "Früh"), "digests[0].id"),
    ],
)
def test_mistakes_name_their_key(tmp_path: Path, text: str, key: str) -> None:
    """The operator reads where to look."""
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_bot_config(path, environment={})
    assert (str(path), key) == (caught.value.where, caught.value.key)
    assert "pattern" not in caught.value.problem


def test_an_empty_list_is_told_in_words(tmp_path: Path) -> None:
    """No class of Python's stands in it."""
    with pytest.raises(ConfigError) as caught:
        load_bot_config(write(tmp_path, DIGEST.replace('["08:00"]', "[]")), environment={})
    assert "expected at least 1, found none" == caught.value.problem


def test_the_environment_sets_addresses_and_token(tmp_path: Path) -> None:
    """A proxy or test server over the file; the token from a variable, or from the file that one names."""
    secret = tmp_path / "token"
    secret.write_text("from-a-file\n", encoding="utf-8")
    environment = {
        "SITREP_DISCORD_API": "http://127.0.0.1:1/api/v10/",
        "SITREP_DISCORD_GATEWAY": "ws://127.0.0.1:1/gw",
        "DISCORD_TOKEN_FILE": str(secret),
    }
    config = load_bot_config(
        write(tmp_path, '[discord]\ngateway = "wss://old.example"'), environment=environment
    )
    assert "http://127.0.0.1:1/api/v10" == config.discord.api_base
    assert "ws://127.0.0.1:1/gw" == config.discord.gateway
    assert config.token is not None
    assert "from-a-file" == config.token.get_secret_value()
    assert "from-a-file" not in repr(config)
    assert "from-a-file" not in config.model_dump_json()


def test_a_missing_token_file_is_named(tmp_path: Path) -> None:
    """Not a traceback."""
    with pytest.raises(ConfigError, match="DISCORD_TOKEN_FILE"):
        load_bot_config(None, environment={"DISCORD_TOKEN_FILE": str(tmp_path / "none")})


def test_the_example_holds_every_key_with_its_default() -> None:
    """The reference loads, names every key, and says the defaults where there are any."""
    path = Path(__file__).parents[2] / "config.example.toml"
    config = load_bot_config(path, environment={})
    text = path.read_text(encoding="utf-8")
    for model in (DiscordSettings, MonitorSettings, Subscription):
        for name in model.model_fields:
            assert f"{name} = " in text, name
    assert DiscordSettings() == config.discord
    (digest,) = config.digests
    own = {"id", "channel", "times", "zone", "server"}
    for name, field in Subscription.model_fields.items():
        if name not in own:
            assert field.default == getattr(digest, name), name

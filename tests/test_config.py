"""The example configuration is the reference: one file, both halves of the program, nothing unknown to either."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bot.config import load_bot_config
from digests.config import BOT_TABLES, EngineConfig, load_config

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "config.example.toml"


def test_example_loads_for_engine_and_bot() -> None:
    """Whoever copies the example and starts has settings that both halves accept."""
    assert load_config(EXAMPLE, env={}).sources
    assert load_bot_config(EXAMPLE, environment={}).digests


def test_every_table_of_the_example_has_an_owner() -> None:
    """A table belongs to the engine or to the bot, never to nobody."""
    assert (
        set(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))) <= set(EngineConfig.model_fields) | BOT_TABLES
    )


def test_every_variable_that_is_read_is_documented() -> None:
    """Each `SITREP_...` and `DISCORD_...` variable that the code reads has its row in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in [*(ROOT / "digests").rglob("*.py"), *(ROOT / "bot").glob("*.py")]:
        for name in re.findall(r"\"((?:SITREP|DISCORD)_[A-Z_]+)\"", path.read_text(encoding="utf-8")):
            assert f"`{name}`" in readme, f"{path.name}: {name}"

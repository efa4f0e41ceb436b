"""Who may import what: the rules of the architecture, held over every module by reading its imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = ("text", "rules", "tongues", "extract", "stories", "analysis", "cards", "charts")
# Lower may not import higher; equal may.
LEVELS = {
    "digests.types": 0,
    "digests.values": 0,
    "digests.logins": 0,
    "digests.errors": 0,
    "digests.clock": 0,
    "digests.trace": 0,
    "digests.recent": 0,
    "digests.text": 1,
    "digests.rules": 1,
    "digests.tongues": 1,
    "digests.config": 1,
    "digests.sample": 1,
    "digests.health": 1,
    "digests.extract": 2,
    "digests.sources": 2,
    "digests.store": 2,
    "digests.stories": 3,
    "digests.reading": 3,
    "digests.catalogue": 3,
    "digests.corrections": 3,
    "digests.passages": 3,
    "digests.condition": 3,
    "digests.fixes": 4,
    "digests.views": 4,
    "digests.watches": 4,
    "digests.analysis": 3,
    "digests.cards": 4,
    "digests.charts": 4,
    "digests.ingest": 4,
    "digests.refreshing": 4,
    "digests.servers": 4,
    "digests.forgetting": 4,
    "digests.preparation": 4,
    "digests.shelf": 4,
    "digests.telling": 4,
    "digests.ahead": 4,
    "digests.chronicles": 4,
    "digests.listing": 4,
    "digests.history": 4,
    "digests.pictures": 4,
    "digests.loading": 4,
    "digests.sourcelist": 4,
    "digests.export": 5,
    "digests.export_facts": 5,
    "digests.engine": 5,
    "digests.doctor": 6,
    "digests.console": 6,
    "digests.cli": 6,
    "digests.cli_explain": 6,
    "digests.cli_extract": 6,
    "digests.cli_stories": 6,
    "digests.cli_sources": 6,
    "digests.cli_store": 6,
    "digests.cli_timeline": 6,
}
# The rooms of a package, in order: a room imports from itself and from rooms in front of it. The modules beside them
# are doors, each over the rooms in front of it, and may be asked by rooms behind.
ROOMS = {
    "extract": (
        "times",
        "placenames",
        "speech",
        "counts",
        "tellings",
        "joining",
        "speakers",
        "pages",
        "drafts",
        "tolls",
        "claims",
        "aspects",
    ),
    "analysis": ("days", "occurrences", "actors", "statements", "disputes", "sentences", "entries"),
}
OUTSIDE_PURE = {"aiosqlite", "sqlite3", "asyncio", "socket", "feedparser", "aiohttp", "time", "random", "os"}
NETWORK = {"socket", "urllib.request", "requests", "httpx", "http.client"}


def modules(folder: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / folder).rglob("*.py")) if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def level_of(module: str) -> int | None:
    parts = module.split(".")
    return LEVELS.get(".".join(parts[:2]))


DIGESTS = [pytest.param(path, id=name_of(path)) for path in modules("digests")]
BOT = [pytest.param(path, id=name_of(path)) for path in modules("bot")]


@pytest.mark.parametrize("path", DIGESTS)
def test_engine_imports_point_back_along_the_road(path: Path) -> None:
    """An article travels one way; a module imports only from its own stage or earlier ones, never Discord."""
    own = level_of(name_of(path))
    for module in imports_of(path):
        top = module.split(".")[0]
        assert top not in {"discord", "apscheduler", "bot"}, module
        if own is not None and (level := level_of(module)) is not None:
            assert level <= own, f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", [p for p in DIGESTS if any(f"digests.{part}" in str(p.id) for part in PURE)])
def test_pure_packages_touch_nothing_outside(path: Path) -> None:
    """Text to card is arithmetic on values: no files, no clock, no event loop, no database."""
    for module in imports_of(path):
        assert module.split(".")[0] not in OUTSIDE_PURE, f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", [p for p in DIGESTS if "digests.store" in str(p.id)])
def test_store_knows_no_meaning(path: Path) -> None:
    """The store keeps what others found; it neither extracts nor analyses."""
    for module in imports_of(path):
        assert not module.startswith(("digests.extract", "digests.analysis", "digests.stories")), module


@pytest.mark.parametrize(
    "path", [p for p in DIGESTS if str(p.id).split(".")[1:2] in (["extract"], ["analysis"])]
)
def test_rooms_import_from_those_in_front_of_them(path: Path) -> None:
    """Between the rooms there is no way back either, so that each can be read and tested by itself."""
    _, package, *inner = name_of(path).split(".")
    rooms = ROOMS[package]
    if not inner or inner[0] not in rooms:
        assert not inner or path.stem != "__init__", f"{inner[0]} is no room that ROOMS knows"
        return
    for module in imports_of(path):
        parts = module.split(".")
        if parts[:2] == ["digests", package] and len(parts) > 2 and parts[2] in rooms:
            assert rooms.index(parts[2]) <= rooms.index(inner[0]), f"{name_of(path)} imports {module}"


def test_sql_stands_in_the_store_alone() -> None:
    """SQL outside `store/` would be a second truth about the tables."""
    for path in [*modules("digests"), *modules("bot")]:
        if "store" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                head = node.value.lstrip()[:12].upper()
                assert not head.startswith(("SELECT ", "INSERT ", "DELETE FROM", "CREATE TABLE")), path


def test_one_module_opens_connections() -> None:
    """One fetcher holds every guard; a second HTTP client would get round them."""
    for path in [*modules("digests"), *modules("bot")]:
        if path.match("digests/sources/fetch.py") or path.match("bot/sandbox/*.py"):
            continue
        found = imports_of(path)
        assert not found & NETWORK, f"{path}: {found & NETWORK}"
        assert "ClientSession(" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("path", BOT)
def test_bot_sees_only_public_names(path: Path) -> None:
    """The bot imports what `digests` offers at its top; only the console script also knows the command line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        module = node.module if isinstance(node, ast.ImportFrom) else None
        if module and module.startswith("digests."):
            assert module == "digests.cli", f"{name_of(path)} imports {module}"
            assert name_of(path) == "bot.__main__", f"{name_of(path)} imports {module}"


def test_cogs_do_not_import_each_other() -> None:
    """Extensions stand side by side, so that each can be loaded without the others."""
    for path in modules("bot/cogs"):
        own = name_of(path)
        for module in imports_of(path):
            if module.startswith("bot.cogs.") and own != "bot.cogs":
                assert module.startswith(own), f"{own} imports {module}"

"""The README names what the program has: a command that nobody can read about does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def cli_commands() -> list[str]:
    from bot.__main__ import build_cli

    group = build_cli()
    assert isinstance(group, click.Group)
    return group.list_commands(click.Context(group))


@pytest.mark.parametrize("name", cli_commands())
def test_readme_names_each_command_of_the_console_script(name: str) -> None:
    """Each `sitrep` command has its line."""
    assert f"sitrep {name}" in README


@pytest.mark.parametrize("name", cli_commands())
def test_each_command_explains_itself(name: str) -> None:
    """`--help` teaches: a sentence for the command and for each option."""
    from bot.__main__ import build_cli

    group = build_cli()
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_readme_names_each_slash_command() -> None:
    """Each slash command that the bot registers has its line."""
    from bot.cogs import COMMAND_NAMES

    for name in COMMAND_NAMES:
        assert f"`/{name}" in README, name


def test_links_inside_the_project_lead_somewhere() -> None:
    """A relative link in the README points to a file that is there."""
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_named_tests_are_there() -> None:
    """The page that says which test holds what names none that was renamed or taken out."""
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", page)
    assert len(named) > 50
    for path, name in named:
        text = (ROOT / "tests" / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, f"{path}::{name}"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.md")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_holds_the_marks_of_a_merge(path: Path) -> None:
    """What two people wrote in one place is joined before it is kept."""
    if ".venv" in path.parts:
        pytest.skip("an environment's own files")
    assert not re.search(r"^(<{7}|>{7}) ", path.read_text(encoding="utf-8"), re.MULTILINE)

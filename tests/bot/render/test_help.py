"""/help: one message while it fits, two when there are more commands than one can hold."""

from __future__ import annotations

import pytest

from bot.render.help import CommandLine, render_help


def command(number: int, *, is_admin: bool) -> CommandLine:
    return CommandLine(
        name=f"{'admin' if is_admin else 'read'} {number}", description="d" * 80, is_admin=is_admin
    )


@pytest.mark.parametrize(("admin", "pages"), [(10, 1), (35, 2)])
def test_every_command_has_its_line(admin: int, pages: int) -> None:
    """Whatever the number, each page fits and none is left out."""
    lines = [command(n, is_admin=False) for n in range(8)] + [command(n, is_admin=True) for n in range(admin)]
    found = render_help(lines, with_admin=True)
    assert pages == len(found)
    assert all(page.fits for page in found)
    text = "\n".join(text for page in found for text in page.texts)
    assert all(f"`/{line.name}` " in text for line in lines)


def test_admin_commands_are_for_admins() -> None:
    """Others are not shown them."""
    (page,) = render_help([command(1, is_admin=False), command(2, is_admin=True)], with_admin=False)
    assert "admin" not in "\n".join(page.texts)

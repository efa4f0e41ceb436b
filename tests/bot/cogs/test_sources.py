"""/sources as admins use it: pausing, trying out, lists; what is shared by all servers stays untouched."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest

from bot.cogs.sources import MAX_LIST_BYTES
from bot.sandbox import ClientRefused
from digests import Source, SourceKind
from tests.bot.cogs.test_commands import World, world  # noqa: F401

LIST = (
    '<opml version="2.0"><body>'
    '<outline text="Harbour" xmlUrl="https://harbour.example/rss"/>'
    '<outline text="Own" xmlUrl="https://b.example/rss"/>'
    '<outline text="Secret" xmlUrl="file:///etc/passwd"/>'
    "</body></opml>"
)


@pytest.fixture
def desk(world: World) -> World:  # noqa: F811
    """The world with a shared source, one of its own, and one of another server."""
    guild = str(world.admin.guild.id) if world.admin.guild else ""
    there = str(world.stranger.guild.id) if world.stranger.guild else ""
    world.engine.sources_known = [
        Source(id="shared", kind=SourceKind.FEED, name="Shared", location="https://a.example/rss"),
        Source(id="own", kind=SourceKind.FEED, name="Own", location="https://b.example/rss", owner=guild),
        Source(
            id="theirs", kind=SourceKind.FEED, name="Theirs", location="https://c.example/rss", owner=there
        ),
    ]
    return world


def paused(world: World) -> list[str]:  # noqa: F811
    return [source.id for source in world.engine.sources_known if source.paused]


async def test_a_source_is_paused_and_resumed(desk: World) -> None:
    """By its name or id; the list says so; both are in the server's log."""
    answer = await desk.admin.slash("sources pause", source="Own")
    assert answer.is_ephemeral
    assert "/sources resume" in answer.text
    assert ["own"] == paused(desk)
    assert "paused" in (await desk.admin.slash("sources list")).text
    await desk.admin.slash("sources resume", source="own")
    assert [] == paused(desk)
    logged = (await desk.admin.slash("log")).text
    assert "**sources pause** · source: own" in logged
    assert "**sources resume** · source: own" in logged


@pytest.mark.parametrize("command", ["pause", "resume", "remove"])
async def test_what_is_shared_or_of_others_is_not_changed(desk: World, command: str) -> None:
    """Pausing a shared source would take it from every server."""
    before = list(desk.engine.sources_known)
    assert "shared by all servers" in (await desk.admin.slash(f"sources {command}", source="shared")).text
    assert "No source matches" in (await desk.admin.slash(f"sources {command}", source="theirs")).text
    assert before == desk.engine.sources_known


async def test_a_source_is_tried_out(desk: World) -> None:
    """What it would load, in private; nothing is kept."""
    answer = await desk.admin.slash("sources test", source="shared")
    assert answer.is_ephemeral
    assert "Pier reopens" in answer.text
    assert "No source matches" in (await desk.admin.slash("sources test", source="theirs")).text


async def test_a_list_is_imported(desk: World) -> None:
    """New ones are added for this server, known ones counted, refused ones named."""
    answer = await desk.admin.slash(
        "sources import", file=desk.double.world.add_upload("feeds.opml", LIST.encode())
    )
    assert answer.is_ephemeral
    assert "1 added, 1 known already, 1 refused" in answer.text
    assert "- Secret: only http and https addresses are read, not file" in answer.text
    added = desk.engine.sources_known[-1]
    guild = desk.admin.guild
    assert guild is not None
    assert ("https://harbour.example/rss", str(guild.id)) == (added.location, added.owner)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<html>", "cannot be imported: the list is not XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><opml>&b;</opml>', "document type or entities"),
        (b"<opml>" + b" " * MAX_LIST_BYTES, "too large"),
        (b"", "is not XML"),
    ],
)
async def test_odd_files_get_a_sentence(desk: World, content: bytes, expected: str) -> None:
    """Whatever is uploaded: nothing is added, and it is said why."""
    before = list(desk.engine.sources_known)
    answer = await desk.admin.slash("sources import", file=desk.double.world.add_upload("x.opml", content))
    assert expected in answer.text
    assert before == desk.engine.sources_known


async def test_a_server_cannot_add_without_end(desk: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by a list nor one by one."""
    # The extension that the bot has loaded is another module than the one that is imported here.
    monkeypatch.setattr(sys.modules["bot.cogs.sources"], "MAX_OWN", 1)
    upload: Any = desk.double.world.add_upload("x.opml", LIST.encode())
    assert "sources of its own" in (await desk.admin.slash("sources import", file=upload)).text
    assert "sources of its own" in (await desk.admin.slash("sources add", url="https://d.example/rss")).text
    assert 3 == len(desk.engine.sources_known)


async def test_an_address_that_is_read_already_is_said(desk: World) -> None:
    """The preview tells as what, and offers nothing to press; a password that was typed is not repeated."""
    answer = await desk.admin.slash("sources add", url="https://a.example/rss")
    assert "It is read already, as **" in answer.text
    assert [] == list(answer.buttons)
    refused = await desk.admin.slash("sources test", source="https://me:pass1@c.example/rss")
    assert "No source matches" in refused.text
    assert "pass1" not in refused.text


async def test_the_list_is_exported(desk: World) -> None:
    """As a file, in private, without the sources of other servers."""
    answer = await desk.admin.slash("sources export")
    assert answer.is_ephemeral
    assert {"sources.opml": b"<opml>https://a.example/rsshttps://b.example/rss</opml>"} == answer.files


@pytest.mark.parametrize("command", ["pause", "resume", "test", "import", "export"])
async def test_members_are_refused(desk: World, command: str) -> None:
    """The client hides them; a crafted request is refused, in private, and changes nothing."""
    before = list(desk.engine.sources_known)
    upload: Any = desk.double.world.add_upload("x.opml", LIST.encode())
    options: dict[str, Any] = {"import": {"file": upload}, "export": {}}.get(command, {"source": "own"})
    with pytest.raises(ClientRefused):
        await desk.reader.slash(f"sources {command}", **options)
    answer = await desk.reader.slash(f"sources {command}", raw=True, **options)
    assert answer.is_ephemeral
    assert "Manage Server" in answer.text
    await asyncio.sleep(0)
    assert before == desk.engine.sources_known


@pytest.mark.parametrize("command", ["pause", "resume", "test", "remove", "reload"])
async def test_names_are_suggested_to_admins_alone(desk: World, command: str) -> None:
    """The server's own and the shared ones."""
    suggested = await desk.admin.autocomplete(f"sources {command}", "source", "")
    assert ["Shared", "Own"] == [choice.name for choice in suggested]
    assert [] == await desk.reader.autocomplete(f"sources {command}", "source", "", raw=True)

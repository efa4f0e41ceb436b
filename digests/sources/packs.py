"""Packs: named lists of public news feeds by region and topic, to start from in one command. Addresses only."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from importlib import resources

from digests.errors import NotFound
from digests.sources.opml import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    id: str
    title: str
    feeds: tuple[Outline, ...]


def load_packs() -> tuple[Pack, ...]:
    """All packs, in the order of `packs.toml`."""
    text = resources.files(__package__).joinpath("packs.toml").read_text(encoding="utf-8")
    return tuple(
        Pack(
            id=entry["id"],
            title=entry["title"],
            feeds=tuple(Outline(name=feed["name"], url=feed["url"]) for feed in entry["feeds"]),
        )
        for entry in tomllib.loads(text)["pack"]
    )


def find_pack(pack_id: str) -> Pack:
    """One pack by its id. Raises NotFound."""
    packs = {pack.id: pack for pack in load_packs()}
    if pack_id not in packs:
        raise NotFound("pack", pack_id, near=difflib.get_close_matches(pack_id, packs))
    return packs[pack_id]

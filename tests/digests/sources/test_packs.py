"""The packs: addresses that may be fetched, each list of a size to start from."""

from __future__ import annotations

import pytest

from digests.errors import NotFound
from digests.sources.addresses import check_address
from digests.sources.packs import Pack, find_pack, load_packs


@pytest.mark.parametrize("pack", [pytest.param(pack, id=pack.id) for pack in load_packs()])
def test_each_pack_is_a_list_to_start_from(pack: Pack) -> None:
    """Three to twelve feeds, each once, over https, with a name."""
    assert 3 <= len(pack.feeds) <= 12
    assert len({feed.url for feed in pack.feeds}) == len(pack.feeds)
    for feed in pack.feeds:
        assert check_address(feed.url).scheme == "https", feed
        assert feed.name.strip() == feed.name != ""


def test_packs_are_found_by_their_id() -> None:
    """Ids are unique; an unknown one is named."""
    ids = [pack.id for pack in load_packs()]
    assert len(set(ids)) == len(ids)
    assert find_pack("world").title == "World news"
    with pytest.raises(NotFound, match="no pack 'moon'"):
        find_pack("moon")

"""An affair grows over its turns, months apart, and stops before another matter of the same kind."""

import itertools

import pytest

from digests.stories.affairs import Part, grow_affair, make_part, telling_stems
from digests.stories.signature import make_signature
from digests.types import Facts
from tests.digests.stories.texts import BANK, FERRY, FERRY_OTHER, OTHER_FERRY, make_article

INQUIRY = """The inquiry into the Sea Marigold opened in Port Alder before relatives of those who drowned. Counsel said
that the ferry's owner, Alder Lines, had let it sail overloaded from Brume in spite of warnings from the port authority.
Minister Ana Reyes is to be heard next. A mate of the ship told how passengers clung to the hull."""


def part(story_id: str, *texts: str, day: str = "2025-06-03") -> Part:
    articles = [make_article(f"{story_id}-{n}", text, day=day) for n, text in enumerate(texts)]
    return make_part(story_id, [make_signature(one, Facts()) for one in articles])


SINKING = part("sinking", FERRY, FERRY_OTHER)
LATER = part("inquiry", INQUIRY, day="2025-11-20")
OTHERS = (LATER, part("kestrel", OTHER_FERRY), part("bank", BANK))


@pytest.mark.parametrize("order", list(itertools.permutations(OTHERS)))
def test_turns_of_one_matter_belong_together(order: tuple[Part, ...]) -> None:
    """The inquiry of November belongs to the sinking of June; another ferry's accident and the bank do not."""
    assert [one.story_id for one in grow_affair(SINKING, order)] == ["sinking", "inquiry"]


def test_it_does_not_matter_from_where_an_affair_grows() -> None:
    """From the small part the large one is found as well."""
    assert {one.story_id for one in grow_affair(LATER, (SINKING, *OTHERS[1:]))} == {"sinking", "inquiry"}


def test_story_without_mates_stands_alone() -> None:
    """Nothing near by, nothing at all, and itself among the others: one story."""
    assert grow_affair(SINKING, OTHERS[1:]) == (SINKING,)
    assert grow_affair(SINKING, ()) == (SINKING,)
    assert grow_affair(SINKING, (SINKING,)) == (SINKING,)


def test_stems_name_the_matter() -> None:
    """What both parts are about comes first; words of every report do not."""
    stems = telling_stems([SINKING, LATER], most=6)
    assert {"ferry", "alder"} <= set(stems)
    assert len(stems) == 6

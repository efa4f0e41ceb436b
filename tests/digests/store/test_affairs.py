"""By what other stories of an affair are found: articles that hold two of its words, the newest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.store import affairs
from tests.digests.engine_case import article, engine_at, lines

#: The words of six articles, oldest first, each a story of its own by its title.
TEXTS = (
    "harvest and drought", "drought alone", "harvest with drought and locusts", "locusts only", "locusts in a harvest",
    "nothing of it",
)  # fmt: skip


@pytest.mark.parametrize("window", [1, 2, 4_096])
@pytest.mark.parametrize(
    ("stems", "limit", "expected"),
    [
        (("harvest", "drought", "locust"), 9, [4, 2, 0]),
        (("harvest", "drought", "locust"), 2, [4, 2]),
        (("harvest", "drought"), 9, [2, 0]),
        (("harvest",), 9, []),
        (("famine", "flood"), 9, []),
    ],
    ids=["three words", "the newest", "two words", "one word", "none"],
)
async def test_articles_with_two_of_the_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    window: int,
    stems: tuple[str, ...],
    limit: int,
    expected: list[int],
) -> None:
    """Whatever is looked through at once, the same stories are found in the same order."""
    monkeypatch.setattr(affairs, "_WINDOW", window)
    async with engine_at(tmp_path) as engine:
        for number, text in enumerate(TEXTS):
            await engine.load_jsonl(lines(article(number, text, title=f"Report {number}")), name="wire")
        stories = {one: story.id for story in await engine.stories() for one in story.article_ids}
        found = await engine._database.read(affairs.find_stories_with, stems, limit=limit)
    assert len(TEXTS) == len(set(stories.values()))
    assert tuple(dict.fromkeys(stories[f"a{number}"] for number in expected)) == found

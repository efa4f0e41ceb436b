"""Edited articles: what they said before stays, with its time, and a figure that an edit changed is seen as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from digests import ingest
from digests.analysis.edits import ArticleEdit, compare_figures
from digests.export import export_digest
from digests.reading import read_facts
from digests.store import versions as stored_versions
from digests.types import Facts, RawArticle
from tests.digests.engine_case import NOW, article, engine_at, lines

HOUR = dt.timedelta(hours=1)
FERRY = (
    "A ferry ran aground off Lindmere on Tuesday. {figures} The harbour office said the sea had been rough."
)


def facts(figures: str) -> Facts:
    text = FERRY.format(figures=figures)
    raw = RawArticle(source_id="s", external_id="a", body=text, published=NOW)
    return read_facts(raw, article_id="a", retrieved=NOW)[1]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "At least nine people were killed.",
            "At least 12 people were killed.",
            [(("At least nine",), ("At least 12",))],
        ),
        ("Nine people were killed.", "9 people were killed.", []),
        ("Nine people were killed.", "", [(("Nine",), ())]),
        ("", "Nine people were killed.", []),
        ("Nine people were killed.", "Nine people were killed and 20 injured.", []),
        ("Nine people were injured.", "Nine people were killed.", [(("Nine",), ())]),
    ],
)
def test_changed_figures(
    before: str, after: str, expected: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    """Another count or none at all is a change; another spelling or one more is not."""
    found = compare_figures(facts(before), facts(after))
    assert expected == [(edit.before, edit.after) for edit in found]


async def load(folder: Path, figures: str, *, now: dt.datetime, **keys: Any) -> Sequence[ArticleEdit]:
    """Load one article as it reads at a time; what is known of its edits then."""
    async with engine_at(folder, now=now) as engine:
        await engine.load_jsonl(lines(article(1, FERRY.format(figures=figures), **keys)), name="wire")
        return (await engine.edits(["a1"])).get("a1", ())


async def test_what_an_article_said_before_stays(tmp_path: Path) -> None:
    """Text, headline, figures, and from when until when we saw it; oldest first."""
    texts = ["At least nine people were killed.", "At least 12 people were killed.", "Dozens were hurt."]
    for hours, figures in enumerate(texts):
        edits = await load(tmp_path, figures, now=NOW + hours * HOUR, title=f"Ferry {hours}")
        again = await load(tmp_path, figures, now=NOW + hours * HOUR + HOUR / 2, title=f"Ferry {hours}")
        assert again == edits
    first, second = edits
    assert (first.version.title, first.version.text) == ("Ferry 0", FERRY.format(figures=texts[0]))
    assert (first.version.seen_at, first.version.replaced_at) == (NOW, NOW + HOUR)
    assert (second.version.seen_at, second.version.replaced_at) == (NOW + HOUR, NOW + 2 * HOUR)
    assert [(f.before, f.after) for f in first.figures] == [(("At least nine",), ("At least 12",))]
    assert [(f.before, f.after) for f in second.figures] == [(("At least 12",), ())]
    assert len(first.version.facts.figures) == 1


async def test_edits_stand_in_the_json(tmp_path: Path) -> None:
    """Under the article; an article that never changed has an empty list."""
    await load(tmp_path, "Nine people were killed.", now=NOW)
    edits = await load(tmp_path, "Eight people were killed.", now=NOW + HOUR)
    async with engine_at(tmp_path) as engine:
        (story,) = await engine.stories()
        parts = [(story, await engine.articles(story.id), await engine.findings(story.id))]
    (shown,) = export_digest(parts, generated=NOW, edits={"a1": edits})["stories"][0]["articles"]
    (version,) = shown["versions"]
    assert version["figures"] == [
        {"measure": "killed", "victims": "people", "before": ["Nine"], "after": ["Eight"]}
    ]
    assert (version["seen"], version["replaced"]) == (
        "2026-06-12T09:00:00Z",
        "2026-06-12T10:00:00Z",
    )
    (plain,) = export_digest(parts, generated=NOW)["stories"][0]["articles"]
    assert plain["versions"] == []


@pytest.mark.parametrize("keys", [{"url": "https://wire.example/1"}, {"outlet": "Coast Wire"}])
async def test_only_other_words_are_another_version(tmp_path: Path, keys: dict[str, str]) -> None:
    """An address or an outlet that was added later changes nothing that was said."""
    await load(tmp_path, "Nine people were killed.", now=NOW)
    assert await load(tmp_path, "Nine people were killed.", now=NOW + HOUR, **keys) == ()


async def test_new_rules_make_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading again is our doing, not the outlet's."""
    await load(tmp_path, "Nine people were killed.", now=NOW)
    monkeypatch.setattr(ingest, "rules_fingerprint", lambda: "other")
    async with engine_at(tmp_path, now=NOW + HOUR) as engine:
        await engine.refresh()
        assert await engine.edits(["a1"]) == {}


async def test_a_live_page_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a page that changes at each visit the last versions stay."""
    monkeypatch.setattr(stored_versions, "_KEPT", 3)
    for count in range(2, 9):
        edits = await load(tmp_path, f"{count} people were killed.", now=NOW + count * HOUR)
    assert [edit.version.seen_at for edit in edits] == [NOW + count * HOUR for count in (5, 6, 7)]

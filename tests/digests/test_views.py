"""Stories as one server has reshaped them: nothing of it in another, kept through reloads, undone without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.engine import Engine
from digests.errors import NotFound
from digests.fixes import REPORTS_AN_HOUR
from digests.types import CorrectionKind, ReportKind
from digests.views import split_id
from tests.digests.engine_case import DAM, STRIKE, article, engine_at, lines

HERE, THERE = "1001", "2002"


async def loaded(engine: Engine) -> tuple[str, str]:
    """Three articles of a dam and two of a strike; the ids of the two stories."""
    await engine.load_jsonl(lines(*(article(n) for n in (1, 3, 5))), name="dam")
    await engine.load_jsonl(lines(*(article(n, STRIKE) for n in (2, 4))), name="strike")
    stories = {story.article_ids: story.id for story in await engine.stories()}
    assert 2 == len(stories)
    return next(i for ids, i in stories.items() if "a1" in ids), next(
        i for ids, i in stories.items() if "a2" in ids
    )


async def fix(engine: Engine, kind: CorrectionKind, story_id: str, **more: str) -> int:
    made = await engine.fixes.add(HERE, kind, story_id, label="x", by="admin", **more)  # type: ignore[arg-type]
    return made.id


async def ids_of(engine: Engine, owner: str | None) -> dict[str, tuple[str, ...]]:
    return {story.id: story.article_ids for story in await engine.stories(owner=owner)}


async def test_an_article_is_taken_out_of_a_story(tmp_path: Path) -> None:
    """It stands alone under an id of its own, for this server only, also after a reload and a restart."""
    async with engine_at(tmp_path) as engine:
        dam, _ = await loaded(engine)
        before = await ids_of(engine, HERE)
        number = await fix(engine, CorrectionKind.SPLIT, dam, article_id="a3")
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(article(3, DAM + " Two bridges fell."), article(7)), name="dam")
        alone = split_id(dam, "a3")
        seen = await ids_of(engine, HERE)
        assert ("a3",) == seen[alone]
        assert {"a1", "a5", "a7"} == set(seen[dam])
        assert alone not in await ids_of(engine, THERE)
        assert "a3" in (await ids_of(engine, None))[dam]
        card = await engine.card(dam, owner=HERE)
        assert ((CorrectionKind.SPLIT, 1),) == card.completeness.corrected
        assert () == (await engine.card(dam, owner=THERE)).completeness.corrected
        assert () == (await engine.card(alone, owner=HERE)).completeness.corrected
        assert alone in dict(engine.story_titles(HERE))
        assert alone not in dict(engine.story_titles(THERE))
        await engine.fixes.undo(HERE, number, by="admin")
        after = await ids_of(engine, HERE)
        assert set(before) == set(after)
        assert {"a1", "a3", "a5", "a7"} == set(after[dam])


async def test_two_stories_become_one(tmp_path: Path) -> None:
    """The one that was put into the other leads there; new articles of both belong to it."""
    async with engine_at(tmp_path) as engine:
        dam, strike = await loaded(engine)
        number = await fix(engine, CorrectionKind.MERGE, strike, into=dam)
        await engine.load_jsonl(lines(article(6, STRIKE)), name="more")
        assert [dam] == list(await ids_of(engine, HERE))
        story = await engine.story(strike, owner=HERE)
        assert (dam, {"a1", "a2", "a3", "a4", "a5", "a6"}) == (story.id, set(story.article_ids))
        assert ((CorrectionKind.MERGE, 1),) == (await engine.card(dam, owner=HERE)).completeness.corrected
        assert {dam, strike} == set(await ids_of(engine, THERE))
        found = await engine.stories(find="walkout", owner=HERE)
        assert [dam] == [one.id for one in found]
        await engine.fixes.undo(HERE, number, by="admin")
        assert {dam, strike} == set(await ids_of(engine, HERE))


async def test_an_article_moves_from_one_story_to_another(tmp_path: Path) -> None:
    """Taken out, then put into the right one."""
    async with engine_at(tmp_path) as engine:
        dam, strike = await loaded(engine)
        await fix(engine, CorrectionKind.SPLIT, dam, article_id="a3")
        await fix(engine, CorrectionKind.MERGE, split_id(dam, "a3"), into=strike)
        seen = await ids_of(engine, HERE)
        assert {"a2", "a3", "a4"} == set(seen[strike])
        assert {"a1", "a5"} == set(seen[dam])
        assert 2 == len(seen)


async def test_stories_merged_in_a_circle_lead_somewhere(tmp_path: Path) -> None:
    """Two contrary merges lose nothing for good and never hang."""
    async with engine_at(tmp_path) as engine:
        dam, strike = await loaded(engine)
        await fix(engine, CorrectionKind.MERGE, strike, into=dam)
        last = await fix(engine, CorrectionKind.MERGE, dam, into=strike)
        await engine.stories(owner=HERE)
        await engine.fixes.undo(HERE, last, by="admin")
        assert [dam] == list(await ids_of(engine, HERE))


async def test_a_pinned_story_stands_first(tmp_path: Path) -> None:
    """For this server; the others keep the order of importance."""
    async with engine_at(tmp_path) as engine:
        await loaded(engine)
        *_, last = [story.id for story in await engine.stories()]
        await fix(engine, CorrectionKind.PIN, last)
        assert last == (await engine.stories(owner=HERE))[0].id
        assert last == engine.story_titles(HERE)[0][0]
        assert last != (await engine.stories(owner=THERE))[0].id


async def test_corrections_belong_to_their_server(tmp_path: Path) -> None:
    """Another server neither sees nor undoes them; an unknown number is an error."""
    async with engine_at(tmp_path) as engine:
        dam, _ = await loaded(engine)
        number = await fix(engine, CorrectionKind.PIN, dam)
        assert () == await engine.fixes.corrections(THERE)
        for owner, wrong in ((THERE, number), (HERE, number + 1)):
            with pytest.raises(NotFound):
                await engine.fixes.undo(owner, wrong, by="admin")
        assert [number] == [one.id for one in await engine.fixes.corrections(HERE)]


async def test_reports_wait_in_their_servers_queue(tmp_path: Path) -> None:
    """Oldest first, so many an hour for each member, closed by their own server alone."""
    async with engine_at(tmp_path) as engine:
        for number in range(REPORTS_AN_HOUR):
            assert await engine.fixes.report(HERE, "s", ReportKind.FIGURE, f"wrong {number}", reader="r")
        assert not await engine.fixes.report(HERE, "s", ReportKind.FIGURE, "too many", reader="r")
        assert await engine.fixes.report(HERE, "s", ReportKind.OTHER, "someone else", reader="x")
        assert await engine.fixes.report(THERE, "s", ReportKind.OTHER, "elsewhere", reader="r")
        waiting = await engine.fixes.reports(HERE)
        assert ["wrong 0", "someone else"] == [waiting[0].words, waiting[-1].words]
        with pytest.raises(NotFound):
            await engine.fixes.close_report(THERE, waiting[0].id, by="admin")
        await engine.fixes.close_report(HERE, waiting[0].id, by="admin")
        assert "wrong 1" == (await engine.fixes.reports(HERE))[0].words
        assert 1 == len(await engine.fixes.reports(THERE))

"""The chronicle of an affair: under its largest story, over all its stories, for nobody who may not see them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from digests.engine import Engine
from digests.export import export_digest
from digests.store.chronicles import Telling
from digests.telling import Sight, Teller
from digests.types import Chronicle
from digests.views import Seen
from tests.digests.engine_case import NOW, engine_at, lines

START = dt.date(2026, 1, 5)

# Turns of one affair, weeks apart, each with words of its own: what happened, how often told, what else is told of it.
TURNS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    (
        "The Orlen dam above Kestwick burst on {day}, and the water swept through the village of Lower Orlen.",
        8,
        (
            "Rescue boats searched the flooded valley for families who had climbed onto roofs.",
            "Governor Ida Falk asked the army for helicopters and dry blankets.",
            "Cattle drowned in their stables below the dam, and the bridge was torn away.",
        ),
    ),
    (
        "Engineers of the Kestwick water board began to pump the Orlen reservoir dry on {day}, above the broken dam.",
        6,
        (
            "Lorries brought pipes and turbines up the pass.",
            "Divers had found cracks in the sluice gates.",
            "Fish were carried to a lake in tanks.",
        ),
    ),
    (
        "The trial over the burst Orlen dam opened in Kestwick on {day}, with the water board's director in the dock.",
        6,
        (
            "Prosecutors said that the director, Matthias Brenk, had ignored every warning.",
            "His lawyer asked the judges to dismiss all counts.",
            "An expert witness spoke for two hours about concrete.",
        ),
    ),
    (
        "Insurers agreed on {day} to pay the farmers of Lower Orlen for the barns that the dam's water had taken.",
        6,
        (
            "The settlement covers fields, machines and seed for two springs.",
            "A fund for hardship cases will be run by a retired notary.",
            "Some farmers called the offer an insult and will sue the underwriters.",
        ),
    ),
    (
        "Voters around Kestwick rejected a new Orlen dam on {day}, by two to one.",
        6,
        (
            "The referendum had split parties, choirs and marriages.",
            "Turnout was the highest that any ballot there has seen.",
            "Campaigners for wind power danced in front of the polling station.",
        ),
    ),
    (
        "A monument to those whom the Orlen dam drowned was unveiled in Lower Orlen on {day}.",
        6,
        (
            "The sculptor had cast bronze hands that reach out of a granite wave.",
            "A brass band played, and the bishop read out names.",
            "Schoolchildren planted willows along the new promenade.",
        ),
    ),
)
PEOPLE = (
    (
        "Anton",
        "baker",
        "his oven, which had stood in the same corner since his grandfather bought the house",
        "Nobody in the lane had ever seen him without flour on his sleeves, and he kept looking at his clean hands",
    ),
    (
        "Berta",
        "teacher",
        "thirty maps that her pupils had drawn in the autumn, and a stuffed owl",
        "She counted them twice, wrote the names on a cupboard door with chalk, and then asked for coffee",
    ),
    (
        "Clara",
        "nurse",
        "how quiet the wards became once the generators had been switched off",
        "Upstairs, somebody played cards by candlelight; a radio murmured the results of a cycling race",
    ),
    (
        "Dimitri",
        "carpenter",
        "planks of larch that he would rather have turned into boats than into coffins",
        "Sawdust still lay in his hair, and he would not hear a word about insurance or forms",
    ),
    (
        "Elena",
        "student",
        "a bicycle hanging from a chestnut tree like some strange lamp",
        "Her thesis on medieval toll roads is lost, which, she added, might spare everyone some trouble",
    ),
    (
        "Fritz",
        "butcher",
        "sausages, of all things, and laughed until he had to sit down on the kerb",
        "Behind him three freezers hummed on a borrowed cable, guarded by a boy with a whistle",
    ),
    (
        "Greta",
        "shepherd",
        "her two dogs, one of which has refused to leave the loft ever since",
        "Up there the grass is late this year, wolves have been seen twice, and wool brings next to nothing",
    ),
    (
        "Hugo",
        "postman",
        "letters that he dried on a washing line and still means to deliver",
        "Forty years, two pairs of boots a year and one bite, he reckoned, was not a bad bargain",
    ),
    (
        "Irma",
        "organist",
        "Bach, because nothing else would come to mind in those hours",
        "The bellows need leather, the choir needs tenors, and no bishop has come by since Easter",
    ),
    (
        "Jonas",
        "plumber",
        "spanners and valves, lent to neighbours and never seen again",
        "When the taps ran again he listed every house by heart, including those that still owe him",
    ),
    (
        "Karin",
        "painter",
        "a particular shade of brown for which she has not found a name",
        "Galleries in the south had asked for portraits; she intends to send them puddles instead",
    ),
    (
        "Leon",
        "barber",
        "moustaches, the price of soap and an uncle in Canada",
        "Between two customers he swept the floor and recalled a circus that had wintered on the green",
    ),
)
CONCERT = (
    "The Valmora symphony played its first concert in the new hall on Monday. Critics praised the wind players and "
    "the conductor, Lena Ostrow, who had rebuilt the orchestra."
)


def affair() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for turn, (text, count, more) in enumerate(TURNS):
        day = START + dt.timedelta(weeks=9 * turn)
        written = f"{day.day} {day:%B %Y}"
        for number in range(count):
            name, trade, subject, aside = PEOPLE[(number + 5 * turn) % 12]
            told = f"{name}, a {trade}, spoke of {subject}. {aside}."
            parts = [text.format(day=written), more[number % 3], told]
            found.append(
                {
                    "id": f"t{turn}-{number}",
                    "title": f"{text.split(' on ')[0]} ({number})",
                    "text": " ".join(parts),
                    "outlet": f"Outlet {number}",
                    "published": f"{day + dt.timedelta(days=number % 2)}T10:00:00Z",
                }
            )
    return found


async def largest(engine: Engine, **of: Any) -> tuple[str, Chronicle]:
    story = max(await engine.stories(**of), key=lambda one: len(one.article_ids))
    return story.id, await engine.timeline(story.id, **of)


def days(chronicle: Chronicle) -> set[str]:
    return {entry.first.isoformat() for entry in chronicle.entries}


TURN_DAYS = {(START + dt.timedelta(weeks=9 * turn)).isoformat() for turn in range(len(TURNS))}


async def test_largest_story_tells_the_whole_affair(tmp_path: Path) -> None:
    """Turns months apart, one chronicle; each entry's article can be named; the concert is not in it."""
    async with engine_at(tmp_path) as engine:
        concert = [{"id": f"c{n}", "text": f"{CONCERT} ({n})", "published": "2026-03-09"} for n in range(3)]
        await engine.load_jsonl(lines(*affair(), *concert), name="wire")
        music = {one.id for one in await engine.stories(find="symphony")}
        others = {one.id for one in await engine.stories()} - music
        story_id, chronicle = await largest(engine)
        assert set(chronicle.story_ids) == others
        assert len(others) > 4
        assert chronicle.story_ids[0] == story_id
        assert days(chronicle) >= TURN_DAYS
        assert not any("symphony" in entry.text for entry in chronicle.entries)
        known = {one.id for one in (*await engine.articles(story_id), *chronicle.articles)}
        assert {c.article_id for entry in chronicle.entries for c in entry.citations} <= known


async def test_smaller_story_tells_its_own_days(tmp_path: Path) -> None:
    """The affair is told in one place; the trial's story keeps to the trial."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()), name="wire")
        head, _ = await largest(engine)
        for story in await engine.stories():
            if story.id != head:
                chronicle = await engine.timeline(story.id)
                assert chronicle.entries == (await engine.findings(story.id)).timeline
                assert chronicle.story_ids == (story.id,)


async def test_few_articles_are_no_affair(tmp_path: Path) -> None:
    """Two short stories that belong together stay as they are."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()[:6], *affair()[32:]), name="wire")
        story_id, chronicle = await largest(engine)
        assert chronicle.story_ids == (story_id,)


async def test_chronicle_follows_what_is_new(tmp_path: Path) -> None:
    """A turn that is loaded later stands in it at the next question."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()[:32]), name="wire")
        _, before = await largest(engine)
        await engine.load_jsonl(lines(*affair()[32:]), name="wire")
        _, after = await largest(engine)
        assert days(after) - days(before) >= {max(TURN_DAYS)}


async def test_other_servers_articles_stay_out(tmp_path: Path) -> None:
    """What one server's own source tells is in no other server's chronicle."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()), name="wire")
        with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
            # A server's own feed, as far as the store is concerned.
            db.execute(
                "INSERT INTO sources (id, kind, name, location, origin, owner) "
                "VALUES ('own', 'feed', 'Own', 'x', 'added', 'g1')"
            )
            db.execute("UPDATE articles SET source_id = 'own' WHERE id LIKE 't5-%'")
    async with engine_at(tmp_path) as engine:
        _, common = await largest(engine)
        _, other = await largest(engine, owner="g2")
        _, own = await largest(engine, owner="g1")
    assert set(common.story_ids) == set(other.story_ids) < set(own.story_ids)
    assert max(TURN_DAYS) not in days(common) | days(other)
    assert max(TURN_DAYS) in days(own)


async def test_json_names_the_articles_of_the_others(tmp_path: Path) -> None:
    """Every citation of the digest leads to an article that the story or its affair lists."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()), name="wire")
        stories = await engine.stories()
        found = [(one, await engine.articles(one.id), await engine.findings(one.id)) for one in stories]
        chronicles = {one.id: await engine.timeline(one.id) for one in stories}
    digest = export_digest(found, generated=NOW, chronicles=chronicles)
    head = max(digest["stories"], key=lambda one: len(one["articles"]))
    listed = {one["id"] for one in (*head["articles"], *head["affair"]["articles"])}
    cited = {c["article"] for entry in head["timeline"] for c in entry["citations"]}
    assert cited <= listed
    assert not cited <= {one["id"] for one in head["articles"]}
    assert not any(one["affair"] for one in digest["stories"] if one is not head)


def told_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the stories that this process tells by itself, as they come."""
    found: list[str] = []
    tell = Teller.tell

    async def counting(self: Teller, seen: Seen, sight: Sight) -> Telling:
        found.append(seen.story.id)
        return await tell(self, seen, sight)

    monkeypatch.setattr(Teller, "tell", counting)
    return found


async def test_all_chronicles_are_made_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the child process, the same as they are made here; nobody waits for them, whichever server asks."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()), name="wire")
        expected = {one.id: await engine.timeline(one.id) for one in await engine.stories()}
    assert any(len(one.story_ids) > 1 for one in expected.values())
    here = told_here(monkeypatch)
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
        for owner in (None, "1", "2"):
            assert expected == {one: await engine.timeline(one, owner=owner) for one in expected}
    async with engine_at(tmp_path) as engine:
        assert expected == {one: await engine.timeline(one) for one in expected}
    assert [] == here


async def test_what_the_store_keeps_is_not_shown_when_the_affair_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn that comes later, before any child has looked: told anew where it belongs, and only there."""
    other = [{"id": f"c{n}", "text": f"{CONCERT} ({n})", "published": "2026-03-09"} for n in range(6)]
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.load_jsonl(lines(*affair()[:32], *other), name="wire")
        await engine.ready()
        (music,) = await engine.stories(find="symphony")
    here = told_here(monkeypatch)
    async with engine_at(tmp_path) as engine:
        _, before = await largest(engine)
        await engine.timeline(music.id)
        assert [] == here
        await engine.load_jsonl(lines(*affair()[32:]), name="late")
        head, after = await largest(engine)
        await engine.timeline(music.id)
    assert days(after) - days(before) >= {max(TURN_DAYS)}
    assert [head] == here
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
        assert after == await engine.timeline(head)
    assert [head] == here


async def test_what_belongs_to_one_server_keeps_the_store_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An affair with a server's own articles in it is told to each server by itself."""
    async with engine_at(tmp_path) as engine:
        await engine.load_jsonl(lines(*affair()), name="wire")
        with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
            db.execute(
                "INSERT INTO sources (id, kind, name, location, origin, owner) "
                "VALUES ('own', 'feed', 'Own', 'x', 'added', 'g1')"
            )
            db.execute("UPDATE articles SET source_id = 'own' WHERE id LIKE 't5-%'")
    here = told_here(monkeypatch)
    async with engine_at(tmp_path, prepare=True) as engine:
        await engine.ready()
        _, common = await largest(engine)
        _, own = await largest(engine, owner="g1")
        _, other = await largest(engine, owner="g2")
    assert max(TURN_DAYS) in days(own)
    assert max(TURN_DAYS) not in days(common) | days(other)
    assert here

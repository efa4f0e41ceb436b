"""Articles about one event share a story; look-alikes do not; order and batches do not matter."""

import itertools
import json
import time
from pathlib import Path

import pytest

from digests.extract import extract
from digests.stories.cluster import StoryIndex, story_id_for
from digests.stories.linkage import limits_for
from digests.stories.signature import Signature, make_signature
from digests.text.document import make_document
from digests.types import Facts
from tests.digests.stories.texts import BANK, FERRY, FERRY_FEATURE, FERRY_OTHER, OTHER_FERRY, make_article


def sign(article_id: str, text: str, title: str | None = None, day: str | None = "2025-06-03") -> Signature:
    return make_signature(make_article(article_id, text, title=title, day=day), Facts())


BATCH = (
    sign("a1", FERRY, "Ferry capsizes off Port Alder, 31 dead"),
    sign("a2", FERRY_OTHER, "Dozens die as Sea Marigold sinks", "2025-06-04"),
    sign("b1", OTHER_FERRY, "Ferry hits pier in Kestrel Bay, nine missing"),
    sign("c1", BANK, "Lowland's central bank raises rates again"),
)


def test_one_event_is_one_story_and_look_alikes_stay_apart() -> None:
    """Two reports of one ferry join; another ferry and a bank do not."""
    stories = StoryIndex().assign(BATCH)
    assert stories["a1"] == stories["a2"]
    assert len(set(stories.values())) == 3


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_order_of_a_batch_does_not_matter(order: tuple[int, ...]) -> None:
    """Any order of the same batch gives the same stories with the same ids."""
    assert StoryIndex().assign([BATCH[i] for i in order]) == StoryIndex().assign(BATCH)


def test_story_keeps_its_id_when_articles_arrive_later() -> None:
    """What is known is never renamed; the id is that of the first article."""
    index = StoryIndex()
    first = index.assign(BATCH[:1])
    assert first == {"a1": story_id_for("a1")}
    assert index.assign(BATCH[1:])["a2"] == first["a1"]


def test_known_signatures_come_from_the_store() -> None:
    """A new index over stored signatures goes on where the old one stopped, whatever story ids it is given."""
    index = StoryIndex([(BATCH[0], "s0000000001"), (BATCH[3], "s0000000002")])
    assert index.assign(BATCH[1:3]) == {"a2": "s0000000001", "b1": story_id_for("b1")}


@pytest.mark.parametrize(("others", "joins"), [(0, True), (600, False)])
def test_a_small_store_asks_for_less_likeness(others: int, joins: bool) -> None:
    """A feature in other words joins the report where little else is stored; among many articles chance is likelier."""
    index = StoryIndex((sign(f"o{n}", f"{OTHER_FERRY} {n} {n + 7000}"), "s0000000009") for n in range(others))
    stories = index.assign(
        [BATCH[0], sign("a3", FERRY_FEATURE, "An island counts its candles", "2025-06-05")]
    )
    assert (stories["a1"] == stories["a3"]) == joins


def test_limits_rise_with_the_store_and_stay_between_their_ends() -> None:
    """Few articles, many, and those between."""
    few, between, many = (limits_for(number).two_articles for number in (0, 150, 10**6))
    assert limits_for(10).two_articles == few < between < many == limits_for(500).two_articles


def test_only_a_handful_asks_less_of_two_groups() -> None:
    """Somebody's folder of one story, told in unlike manners; in stores of ten look-alikes would join."""
    handful, ten, many = (limits_for(count).cohesion_of_two for count in (6, 10, 5000))
    assert handful < ten == many


def test_same_article_again_changes_nothing() -> None:
    """Loading twice gives the same story once more."""
    index = StoryIndex()
    assert index.assign(BATCH) == index.assign(BATCH)


def test_items_of_a_few_lines_join_by_names_not_by_everyday_words() -> None:
    """Feeds that carry a headline and a sentence: look-alike events stay apart, and reports of one event meet."""
    lines = (Path(__file__).parent / "short_items.jsonl").read_text(encoding="utf-8").splitlines()
    events, batch = {}, []
    for number, row in enumerate(map(json.loads, lines)):
        article = make_article(
            f"i{number:02}", row["text"], title=row["title"], day=f"2025-06-0{3 + number % 2}"
        )
        facts = extract(make_document(article.id, article.text, published=article.published_on))
        batch.append(make_signature(article, facts))
        events[article.id] = row["event"]
    stories = StoryIndex().assign(batch)
    pairs = list(itertools.combinations(sorted(events), 2))
    mixed = [(a, b) for a, b in pairs if stories[a] == stories[b] and events[a] != events[b]]
    apart = [(a, b) for a, b in pairs if stories[a] != stories[b] and events[a] == events[b]]
    assert (mixed, apart) == ([], [])


JOBS = (
    "The economy added {0} jobs in {1}, the labour office said on Friday, {2} than economists had expected. The "
    "unemployment rate {3} to {4} per cent. Wages rose by {5} per cent over the year. Hiring was strongest in "
    "{6}. The central bank watches the report for signs of inflation."
)


def test_same_kind_of_event_in_another_month_is_another_story() -> None:
    """Reports that come every month in like words are parted by day and numbers."""
    may = JOBS.format("212,000", "May", "more", "fell", "3.9", "4.1", "health care and hotels")
    june = JOBS.format("87,000", "June", "fewer", "rose", "4.2", "3.8", "government and building")
    stories = StoryIndex().assign([sign("y1", may, day="2025-06-06"), sign("y2", june, day="2025-07-04")])
    assert stories["y1"] != stories["y2"]


def test_trial_of_last_years_crime_may_join_its_story() -> None:
    """Names that are shared bridge the months."""
    crime = (
        "Orla Venn, a baker, was shot dead in Kestrel Bay. Police arrested her tenant Milo Harrick in Tarn."
    )
    trial = "A jury in Kestrel Bay found Milo Harrick guilty of shooting the baker Orla Venn, his landlady, in Tarn."
    stories = StoryIndex().assign([sign("t1", crime, day="2024-06-06"), sign("t2", trial, day="2025-05-02")])
    assert stories["t1"] == stories["t2"]


@pytest.mark.parametrize("signature", [*BATCH, sign("e", "", day=None)], ids=lambda s: s.article_id)
def test_signature_survives_json(signature: Signature) -> None:
    """The store may keep signatures as JSON."""
    assert Signature.from_json(json.loads(json.dumps(signature.to_json()))) == signature


def test_empty_texts_are_stories_of_their_own() -> None:
    """Nothing in common is no likeness."""
    assert len(set(StoryIndex().assign([sign("e1", "", day=None), sign("e2", "", day=None)]).values())) == 2


def test_many_articles_are_assigned_quickly() -> None:
    """A thousand articles of sixty words each take well under ten seconds, and each pair finds its mate."""
    batch = []
    for number in range(500):
        name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
        text = " ".join(f"Zor{name}{part} met {name}{part}tan by the quay." for part in "abcdefgh")
        batch += [sign(f"{number}a", text), sign(f"{number}b", text + " The minister spoke.")]
    started = time.perf_counter()
    stories = StoryIndex().assign(batch)
    assert time.perf_counter() - started < 60
    assert len(set(stories.values())) == 500

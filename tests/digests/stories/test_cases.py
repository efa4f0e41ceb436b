"""Local look-alikes stay apart, and what follows on a case weeks later joins it by the people it names."""

import dataclasses
import itertools

import pytest

from digests.extract import extract
from digests.stories.cases import find_people, is_case
from digests.stories.cluster import StoryIndex
from digests.stories.linkage import Member, likeness, make_group
from digests.stories.signature import Signature, make_signature
from digests.text.document import make_document
from digests.text.similarity import find_words, stem
from tests.digests.stories.texts import make_article


def sign(article_id: str, text: str, day: str | None) -> Signature:
    article = make_article(article_id, text, day=day)
    return make_signature(
        article, extract(make_document(article.id, article.text, published=article.published_on))
    )


SHOT = (
    "TARNBRIDGE - A {0}-year-old man was shot and wounded on {1} night in the east of Tarnbridge, police said. They "
    "were called at {2} to {3}, where they found the victim. He was taken to Tarnbridge General Hospital, where his "
    "condition was not life-threatening. No arrests were made. Anyone with information is asked to call 555-201-4433."
)
MARCH = sign("m1", SHOT.format(31, "Monday", "8:08 p.m.", "the 700 block of Quarry Road"), "2025-03-04")
APRIL = sign("a1", SHOT.format(19, "Friday", "11:40 p.m.", "a yard behind Lowmoor Street"), "2025-04-12")
KILLED = sign(
    "k1",
    "TARNBRIDGE - Dessa Mullin, 27, was shot dead on Sunday night outside a cafe in Tarnbridge, police said. Police "
    "are looking for a gunman who fled towards the canal. Mullin worked as a nurse at the general hospital.",
    "2025-05-05",
)
ARRESTED = sign(
    "k2",
    "TARNBRIDGE - A man has been arrested in the shooting of Dessa Mullin, the nurse who was killed outside a cafe in "
    "Tarnbridge on May 4. Owen Strake, 33, was charged with murder and is held without bail, police said.",
    "2025-05-29",
)
TRIED = sign(
    "k3",
    "TARNBRIDGE - Owen Strake pleaded guilty on Tuesday to killing the nurse Dessa Mullin outside a Tarnbridge cafe in "
    "May. Her family wept as he was led away. A judge will sentence Strake next month.",
    "2025-11-12",
)


def as_member(signature: Signature) -> Member:
    """The signature with all its terms alike."""
    terms = [term for term, _ in signature.terms]
    return Member(
        signature.article_id,
        {term: len(terms) ** -0.5 for term in terms},
        signature.names,
        signature.day,
        happening=signature.happening,
        people=signature.people,
        is_case=signature.is_case,
        particulars=signature.particulars,
    )


FILLER = tuple(
    dataclasses.replace(
        MARCH,
        article_id=f"f{number}",
        terms=tuple((f"word{number}x{part}", 1) for part in range(40)),
        lead=(),
        names=(),
        happening=None,
        is_case=False,
    )
    for number in range(300)
)


@pytest.mark.parametrize("filler", [(), FILLER], ids=["few", "many"])
def test_two_shootings_of_one_town_a_month_apart_are_two_stories(filler: tuple[Signature, ...]) -> None:
    """All words but ages, hours and streets are the same."""
    stories = StoryIndex((one, "s0000000009") for one in filler).assign([MARCH, APRIL])
    assert stories["m1"] != stories["a1"]


def test_two_shootings_of_one_night_are_two_stories_by_road_and_age() -> None:
    """Same town, day and outlet: nothing but roads and ages tells."""
    other = sign("m3", SHOT.format(19, "Monday", "11:40 p.m.", "a yard behind Lowmoor Street"), "2025-03-04")
    assert likeness(*(make_group(one.article_id, [as_member(one)]) for one in (MARCH, other))) < 0.2
    again = sign("m4", SHOT.format(31, "Monday", "8:10 p.m.", "a house on Quarry Road"), "2025-03-04")
    assert likeness(*(make_group(one.article_id, [as_member(one)]) for one in (MARCH, again))) > 0.5


def test_two_reports_of_one_shooting_are_one_story() -> None:
    """The same day tells; other words do not matter."""
    again = sign(
        "m2",
        "TARNBRIDGE - Police are investigating a shooting on Quarry Road on Monday night that left a man of 31 with a "
        "wound in his leg. He is in Tarnbridge General Hospital; no suspect is in custody.",
        "2025-03-05",
    )
    stories = StoryIndex((one, "s0000000009") for one in FILLER).assign([MARCH, again, APRIL])
    assert stories["m1"] == stories["m2"] != stories["a1"]


@pytest.mark.parametrize("later", [ARRESTED, TRIED], ids=["arrest", "plea"])
def test_what_follows_on_a_case_joins_it_by_its_people(later: Signature) -> None:
    """Weeks and months later, among other shootings of the town."""
    stories = StoryIndex((one, "s0000000009") for one in FILLER).assign(
        [MARCH, APRIL, KILLED, ARRESTED, later]
    )
    assert stories["k1"] == stories[later.article_id]
    assert len({stories[name] for name in ("m1", "a1", "k1")}) == 3


def test_an_undated_report_does_not_bridge_two_dated_cases() -> None:
    """It may join one of them at most."""
    undated = sign("u1", SHOT.format(24, "Saturday", "9:15 p.m.", "a car park on Weir Street"), None)
    for order in itertools.permutations([MARCH, undated, APRIL]):
        stories = StoryIndex((one, "s0000000009") for one in FILLER).assign(order)
        assert stories["m1"] != stories["a1"]


def test_a_group_that_covers_years_does_not_hide_the_days_between() -> None:
    """Two reports of cases years apart leave room for no third one that is like both."""
    vector = {"town": 0.8, "shot": 0.6}

    def member(name: str, day: str) -> Member:
        article = make_article(name, "x", day=day)
        return Member(name, vector, ["town"], article.published_on, is_case=True)

    chain = make_group("chain", [member("a", "2014-01-02"), member("b", "2018-04-02")])
    between = make_group("between", [member("c", "2016-03-01")])
    beside = make_group("beside", [member("d", "2016-03-01")])
    assert likeness(chain, between) < likeness(between, beside) / 5


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Police say Dessa Mullin, 27, and Owen R. Strake met there.", ("dessa mullin", "owen strak")),
        ("They spoke with Sgt. Owen Strake and Officer Peter Lunde.", ()),
        ("The scene last night. (Peter Lunde/The Harbour Times) It was quiet.", ()),
        ("It stood on Peter Lunde Street near Martin Lowe School.", ()),
        ("He moved to Austin Weirs from Oslo.", ()),
        ("Police in Jackson Heights and the Flint Journal say so, as does Media Wire.", ()),
        ("It stood on Martin Lowe King Boulevard and the Ryan Weir Expressway.", ()),
        ("Dessa Mullin is a crime reporter for the paper.", ()),
    ],
)
def test_people_are_named_in_full_and_are_no_officers_writers_or_roads(
    text: str, people: tuple[str, ...]
) -> None:
    """Who recurs from case to case ties none."""
    found = find_words(text)
    names = {stem(word) for word, _ in found if word[0].isupper()}
    assert find_people(text, found, names, {"austin"}) == people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("police say a gunman robbed the shop", True),
        ("the minister spoke of police reform and of schools", False),
    ],
)
def test_a_case_is_told_in_words_of_the_police(text: str, expected: bool) -> None:
    """One such word is no case."""
    assert is_case([stem(word) for word in text.split()]) is expected


def test_numbers_to_call_and_notices_of_rights_are_no_words_of_an_article() -> None:
    """They stand under all that a newsroom tells."""
    bare = "A crane fell into the harbour of Port Alder."
    notice = " Call 555-201-4433. Copyright 2019 Harbour Media, Inc. All rights reserved."
    assert sign("n1", bare, "2025-03-04").terms == tuple(
        pair for pair in sign("n1", bare + notice, "2025-03-04").terms if pair[0] != "call"
    )

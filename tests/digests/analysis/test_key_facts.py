"""Key facts are sentences as written that independent articles tell, and that stand alone."""

import dataclasses

import pytest

from digests.analysis.key_facts import find_key_facts
from digests.types import Bounds, Evidence, Facts, Figure, IncidentMention, Measure, Scope, Span, StoryArticle
from tests.digests.stories.texts import make_article

COAST = (
    "A ferry carrying 214 people sank off Port Alder early on Tuesday. "
    "The operator, Alder Lines, had been warned in May about overloading its ships. "
    "He said that nobody would sail. "
    '"We held on to the hull until the fishermen came," said a survivor of the ferry. '
    "Was the ferry overloaded? "
    "Transport minister Ana Reyes suspended all sailings between Port Alder and the island of Brume."
)
NORTH = (
    "The ferry sank off Port Alder on Tuesday with 214 people on board, rescuers said. "
    "Ana Reyes, the transport minister, suspended sailings to Brume. "
    "In May inspectors had warned Alder Lines about overloading. "
    "He said that nobody would sail. "
    "Was the ferry overloaded? "
    "The harbour cafe is open for relatives."
)
OTHER = "Highmark beat Lowland by two goals to nil in the final. The keeper was carried off the field by his team."


def items(*texts: str, outlets: str = "ABCDEFG", facts: Facts = Facts()) -> list[StoryArticle]:  # noqa: B008
    return [
        StoryArticle(article=make_article(f"a{i}", text, outlet=outlets[i]), facts=facts)
        for i, text in enumerate(texts)
    ]


def test_facts_are_told_by_both_and_stand_alone() -> None:
    """What both tell is found once each, what happened first; pronouns, quotations and questions are no facts."""
    facts = find_key_facts(items(COAST, NORTH))
    texts = [fact.text for fact in facts]
    assert len(texts) == 3
    assert "sank off Port Alder" in texts[0]
    assert sum("overloading" in text for text in texts) == 1
    assert sum("suspended" in text for text in texts) == 1
    assert not [text for text in texts if text.startswith(("He ", "Was ", '"'))]


def test_support_leads_back_to_the_words() -> None:
    """The first citation is the fact itself, each the exact words of its article, no article twice."""
    articles = items(COAST, NORTH, OTHER)
    text_of = {item.article.id: item.article.text for item in articles}
    for fact in find_key_facts(articles):
        assert fact.support[0].text == fact.text
        assert [c.text for c in fact.support] == [
            text_of[c.article_id][c.span.start : c.span.end] for c in fact.support
        ]
        assert len({c.article_id for c in fact.support}) == len(fact.support) == 2
        assert 0 < fact.score <= 1


def test_scores_fall() -> None:
    """The order is that of the scores."""
    scores = [fact.score for fact in find_key_facts(items(COAST, NORTH))]
    assert scores == sorted(scores, reverse=True)


def test_one_voice_gives_its_opening() -> None:
    """One article: its first sentences, each supported by itself alone."""
    facts = find_key_facts(items(COAST))
    assert facts[0].text.startswith("A ferry carrying")
    assert {len(fact.support) for fact in facts} == {1}


@pytest.mark.parametrize("outlets", ["AA", "AB"], ids=["same outlet", "reprint"])
def test_one_voice_twice_is_no_support(outlets: str) -> None:
    """Neither an outlet's second report nor a reprint supports the first."""
    articles = items(COAST, NORTH if outlets == "AA" else COAST, outlets=outlets)
    if outlets == "AB":
        articles[1] = dataclasses.replace(articles[1], copy_of="a0")
    assert {len(fact.support) for fact in find_key_facts(articles)} == {1}


def test_what_only_one_tells_is_no_fact() -> None:
    """Two articles without anything in common have no key fact."""
    assert find_key_facts(items(COAST, OTHER)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Alder Lines overloaded the ferry that sank off Port Alder.",
            "Alder Lines denied it overloaded the ferry that sank off Port Alder.",
        ),
        (
            "Rescuers counted 31 cabins in the ferry that sank off Port Alder.",
            "Rescuers counted 58 cabins in the ferry that sank off Port Alder.",
        ),
        (
            "Minister Ana Reyes met Hugo Lindqvist at the harbour of Port Alder.",
            "Minister Ana Reyes closed the market, and Hugo Lindqvist left Port Alder.",
        ),
    ],
    ids=["denial", "other number", "same people, other act"],
)
def test_contradiction_is_no_support(one: str, other: str) -> None:
    """Like words do not support each other when they say the opposite."""
    assert find_key_facts(items(one, other)) == ()


def _killed(text: str, words: str, low: int) -> Facts:
    at = Span(start=text.index(words), end=text.index(words) + len(words))
    whole = Span(start=0, end=len(text))
    return Facts(
        figures=(
            Figure(
                measure=Measure.KILLED,
                bounds=Bounds(low=low, high=low),
                words=words,
                victims="people",
                group="people",
                scope=Scope.INCIDENT,
                part_of=None,
                claimant=None,
                incident=IncidentMention(kind="sinking"),
                as_of=None,
                evidence=Evidence(article_id="", span=at, sentence=whole, rule="test"),
            ),
        )
    )


@pytest.mark.parametrize(("count", "found"), [("nine", 1), ("seven", 0)])
def test_count_of_dead_must_agree(count: str, found: int) -> None:
    """A sentence with nine dead is not supported by one with seven."""
    texts = [
        "A ferry sank off Port Alder and nine people drowned.",
        f"Off Port Alder {count} people drowned as a ferry sank.",
    ]
    numbers = {"nine": 9, "seven": 7}
    articles = [
        StoryArticle(
            article=make_article(f"a{i}", text, outlet="AB"[i]), facts=_killed(text, word, numbers[word])
        )
        for i, (text, word) in enumerate(zip(texts, ("nine", count), strict=True))
    ]
    assert len(find_key_facts(articles)) == found


def test_dateline_is_no_part_of_a_fact() -> None:
    """A fact begins with what it says."""
    facts = find_key_facts(items(f"PORT ALDER, Lowland (AP) – {COAST}", NORTH))
    assert not [fact for fact in facts if "(AP)" in fact.text]


def test_no_articles_have_no_facts() -> None:
    """Nor have empty ones."""
    assert find_key_facts([]) == find_key_facts(items("", "")) == ()


def test_order_of_articles_does_not_matter_for_the_texts() -> None:
    """The same articles in another order give the same facts."""
    articles = items(COAST, NORTH, OTHER)
    assert [f.text for f in find_key_facts(articles)] == [f.text for f in find_key_facts(articles[::-1])]

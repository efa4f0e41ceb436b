"""One statement once: paraphrases, demands, other words for one thing, and what only looks alike."""

import datetime as dt

import pytest

from digests.analysis.reactions import gather_reactions
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Article, Facts, Reaction, StoryArticle

DAY = dt.date(2031, 5, 4)


def reactions_of(*texts: str) -> tuple[Reaction, ...]:
    articles = []
    for number, text in enumerate(texts, 1):
        name = f"a{number}"
        made = Article(id=name, source_id="s", external_id=name, text=text, published_on=DAY)
        facts = Facts(quotes=find_quotes(make_document(name, text, published=DAY)))
        articles.append(StoryArticle(article=made, facts=facts))
    return gather_reactions(articles)


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        (
            "“We urge both sides to open the border,” said Norwegian envoy Ida Dahl.",
            "Norwegian envoy Ida Dahl urged Chad and Niger to open the border after the raid.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl urged Chad to open the border.",
            "Norwegian envoy Ida Dahl urged Chad to free its prisoners.",
            False,
        ),
        (
            "“The militia will have to answer for the dead of the ferry,” said Norwegian envoy Ida Dahl.",
            "Norwegian envoy Ida Dahl said those killed on the boat were the militia's to answer for.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl said Moscow had paid the crews to strike.",
            "“These walkouts are the work of Russia, and Russia has paid the crews,” said Norwegian envoy Ida Dahl.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl said there had been no order to sail.",
            "Norwegian envoy Ida Dahl said there had been no order to search the warehouse.",
            False,
        ),
        (
            "“The vessel was headed home,” said Norwegian envoy Ida Dahl.",
            "Norwegian envoy Ida Dahl said that the ship had been bound for home.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl said the raid was “a blow to us all”.",
            "“This is a blow to us all,” said Norwegian envoy Ida Dahl.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl condemned the raid on the port.",
            "Norwegian envoy Ida Dahl condemned the raid.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl ruled out talks with the rebels.",
            "“There will be no talks with the rebels,” said Norwegian envoy Ida Dahl.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl ruled out talks with the rebels.",
            "“There will be talks with the rebels,” said Norwegian envoy Ida Dahl.",
            False,
        ),
        (
            "Norwegian envoy Ida Dahl apologised to the families for the delay.",
            "“I am sorry for the delay,” Norwegian envoy Ida Dahl said.",
            True,
        ),
        (
            "Norwegian envoy Ida Dahl accused the guards of stealing the grain.",
            "“They have stolen the grain,” Norwegian envoy Ida Dahl said.",
            True,
        ),
        (
            "“I am innocent,” said Norwegian envoy Ida Dahl.",
            "Norwegian envoy Ida Dahl said that she was innocent.",
            True,
        ),
        (
            "“I am innocent,” said Norwegian envoy Ida Dahl.",
            "Norwegian envoy Ida Dahl said that she was not innocent.",
            False,
        ),
        (
            "Norwegian envoy Ida Dahl praised the harbour crew.",
            "Norwegian envoy Ida Dahl condemned the harbour crew.",
            False,
        ),
    ],
)
def test_one_statement_or_two(first: str, second: str, is_one: bool) -> None:
    """Two outlets' wordings make one statement, or stay two."""
    (reaction,) = reactions_of(first, second)
    assert (1 if is_one else 2) == len(reaction.statements)


def test_own_words_are_shown_before_a_longer_paraphrase() -> None:
    """A clause with the speaker's own words stands for a longer one without any."""
    (reaction,) = reactions_of(
        "Norwegian envoy Ida Dahl called the raid “a plain crime against us”.",
        "Norwegian envoy Ida Dahl said that the raid had been a plain crime against us and all others.",
    )
    assert ["the raid “a plain crime against us”"] == [one.words for one in reaction.statements]


def test_state_whose_spokesman_said_the_same_is_not_shown_beside_him() -> None:
    """What one outlet gives to the state goes with the person who said it for the state."""
    (reaction,) = reactions_of(
        "Oslo urged both sides to return to talks.",
        "Norwegian foreign ministry spokesman Per Lund urged both sides to return to talks.",
    )
    assert ("Per Lund", 2) == (reaction.actor, len(reaction.statements[0].citations))


def test_spokesman_is_not_whom_he_speaks_for() -> None:
    """What a spokesman says is not put into the mouth of the one he speaks for."""
    made = reactions_of(
        "Mayor Tom Reed called the strike reckless. A spokesman for Mayor Reed called it illegal."
    )
    assert {"Tom Reed", "a spokesman for Mayor Reed"} >= {reaction.actor for reaction in made}
    assert ["the strike reckless"] == [
        one.words for reaction in made if reaction.actor == "Tom Reed" for one in reaction.statements
    ]

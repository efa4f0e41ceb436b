"""Reactions: one per actor, one statement once, vague speakers and outlets left out."""

import datetime as dt

import pytest

from digests.analysis.reactions import gather_reactions
from digests.extract.quotes import find_quotes
from digests.text.document import make_document
from digests.types import Article, Facts, Reaction, StoryArticle

DAY = dt.date(2031, 5, 4)


def article(text: str, *, id: str = "a1", day: dt.date = DAY) -> StoryArticle:
    document = make_document(id, text, published=day)
    made = Article(id=id, source_id="s", external_id=id, text=text, published_on=day)
    return StoryArticle(article=made, facts=Facts(quotes=find_quotes(document)))


def reactions_of(*texts: str) -> tuple[Reaction, ...]:
    return gather_reactions([article(text, id=f"a{n}") for n, text in enumerate(texts, 1)])


def test_one_statement_in_two_outlets_is_one_with_both_citations() -> None:
    """The fuller wording is shown, both articles are cited."""
    (reaction,) = reactions_of(
        "“We call on both sides to stop at once,” said Norwegian envoy Ingrid Dahl.",
        "“We call on both sides to stop at once and to talk,” Norwegian envoy Ingrid Dahl said.",
    )
    (statement,) = reaction.statements
    assert ("Ingrid Dahl", "NO") == (reaction.actor, reaction.country)
    assert "We call on both sides to stop at once and to talk" == statement.words
    assert ["a1", "a2"] == [citation.article_id for citation in statement.citations]


def test_different_statements_stay_apart() -> None:
    """Two things said by one actor are two statements, as written."""
    (reaction,) = reactions_of("Norway condemned the raid. Norway urged both sides to talk.")
    assert [("condemned", "the raid"), ("urged", "both sides to talk")] == [
        (statement.cue, statement.words) for statement in reaction.statements
    ]


def test_newest_first() -> None:
    """The statement of the later article stands first."""
    made = gather_reactions(
        [
            article("Norway condemned the raid.", id="a1", day=dt.date(2031, 5, 2)),
            article("Norway rejected the truce.", id="a2", day=dt.date(2031, 5, 4)),
        ]
    )
    assert ["the truce", "the raid"] == [statement.words for statement in made[0].statements]


@pytest.mark.parametrize(
    "text",
    [
        "Analysts said the raid was a warning to others.",
        "Critics called the plan a waste.",
        "The Harbour Post said the raid was a warning to others.",
        "State media said the raid was a warning to others.",
        "He said the raid was a warning to others.",
        "Sources said the raid was a warning to others.",
        "Norway and Chile condemned the raid.",
        "Kenya’s army said twelve people were killed in the raid.",
        "Norway wants the raid to end.",
    ],
)
def test_no_reaction(text: str) -> None:
    """Vague speakers, outlets, unresolved pronouns, tolls and thoughts are no reactions."""
    assert () == reactions_of(text)


def test_vague_speaker_of_the_same_words_joins_the_named_one() -> None:
    """A headline's "an expert" is the analyst whom the text names."""
    (reaction,) = reactions_of(
        "‘The line was crossed by all of them’, an expert said.\n\n"
        "Polish analyst Jan Nowak said: “The line was crossed by all of them.”"
    )
    assert ("Jan Nowak", 2) == (reaction.actor, len(reaction.statements[0].citations))


def test_citations_are_the_words_at_their_span() -> None:
    """A citation leads back to the article."""
    text = "Norway condemned the raid. “It must end,” said Norwegian envoy Ingrid Dahl."
    for reaction in reactions_of(text):
        for statement in reaction.statements:
            for citation in statement.citations:
                assert citation.text == text[citation.span.start : citation.span.end]


def test_order_does_not_depend_on_the_run() -> None:
    """The same articles give the same reactions; officials stand first."""
    texts = ("Analyst Jan Nowak said: “It is too late now.”", "Norway condemned the raid.")
    assert reactions_of(*texts) == reactions_of(*texts)
    assert ["Norway", "Jan Nowak"] == [reaction.actor for reaction in reactions_of(*texts)]

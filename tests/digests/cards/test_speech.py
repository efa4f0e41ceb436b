"""Who said what reads as a sentence: speaker, verb, words; a colon only where they do not join."""

from __future__ import annotations

import pytest

from digests.cards.speech import actor_words, statement_words
from digests.types import ActorKind, Reaction, Statement


@pytest.mark.parametrize(
    ("cue", "words", "expected"),
    [
        ("offered", "boats and divers", "Ana Reyes offered boats and divers."),
        ("said", "the search goes on", "Ana Reyes said the search goes on."),
        ("said", "it stood ready", "Ana Reyes said it stood ready."),
        ("said", "The pier was closed", "Ana Reyes said the pier was closed."),
        ("said", "A gate fell.", "Ana Reyes said a gate fell."),
        ("said", "US boats sailed", "Ana Reyes said US boats sailed."),
        ("said", "Landslides blocked the road", "Ana Reyes said landslides blocked the road."),
        ("said", "Police Chief Bell sailed", "Ana Reyes said Police Chief Bell sailed."),
        ("said", "May Reyes sailed", "Ana Reyes said May Reyes sailed."),
        ("insists that", "no one sails", "Ana Reyes insists that no one sails."),
        ("called for", "a halt to sailings", "Ana Reyes called for a halt to sailings."),
        ("Vowing", "to rebuild the pier", "Ana Reyes vowed to rebuild the pier."),
        ("told", "she had seen nothing", "Ana Reyes: she had seen nothing."),
        ("according to", "the pier was closed", "Ana Reyes: the pier was closed."),
        ("took issue", "with the board's report", "Ana Reyes took issue with the board's report."),
        ("hit out", "no one was warned", "Ana Reyes hit out: no one was warned."),
        (None, "the pier was closed", "Ana Reyes: the pier was closed."),
    ],
)
def test_paraphrase_is_a_sentence(cue: str | None, words: str, expected: str) -> None:
    """The cue is the sentence's verb wherever it can be one."""
    statement = Statement(words=words, is_direct=False, cue=cue, day=None, citations=())
    reaction = Reaction(
        actor="Ana Reyes",
        role=None,
        affiliation=None,
        country=None,
        kind=ActorKind.OFFICIAL,
        statements=(statement,),
    )
    assert statement_words(reaction, statement) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [("Gov", "Ana Reyes, governor"), ("Lt.", "Ana Reyes, lieutenant"), ("mayor", "Ana Reyes, mayor")],
)
def test_shortened_title_is_written_out(role: str, expected: str) -> None:
    """ "Gov" stands in front of a name; behind it nobody writes it so."""
    assert expected == actor_words("Ana Reyes", role, None)

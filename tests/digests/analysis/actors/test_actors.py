"""Actors: name variants of several articles joined, different people kept apart."""

import pytest

from digests.analysis.actors.actors import join_actors
from digests.types import ActorKind, Span, Speaker


def speaker(
    name: str, *, country: str | None = None, role: str | None = None, kind: str = "official"
) -> Speaker:
    return Speaker(
        name=name, words=name, span=Span(start=0, end=1), role=role, country=country, kind=ActorKind(kind)
    )


SAME = [
    (speaker("Matthew Rowan", role="spokesman"), speaker("Mathew Rowan", role="spokesman")),
    (speaker("António Ferreira", role="envoy"), speaker("Antonio Ferreira", role="envoy")),
    (speaker("Rowan", role="spokesman"), speaker("Matthew Rowan", role="spokesman")),
    (
        speaker("Mali’s foreign ministry", country="ML"),
        speaker("Mali Ministry of Foreign Affairs", country="ML"),
    ),
    (speaker("Mali’s foreign office", country="ML"), speaker("the foreign ministry", country="ML")),
    (speaker("Nairobi", country="KE"), speaker("Kenya", country="KE")),
    (
        speaker("Norwegian Prime Minister", role="Prime Minister", country="NO"),
        speaker("Ivo Tamm", role="prime minister", country="NO"),
    ),
    (
        speaker("the police commissioner", role="police commissioner"),
        speaker("Ivo Tamm", role="Police Commissioner"),
    ),
    (speaker("Mr. Tamm", kind="other"), speaker("Ivo Tamm", role="nurse")),
    (speaker("Mr Tan", kind="other"), speaker("Tan Wei-ming", role="minister")),
    (speaker("Van Holm", kind="other"), speaker("Pieter Van Holm", role="minister")),
    (speaker("TGS", country=None), speaker("T. Geological Survey")),
    (speaker("Hosein Alexandrescu", role="Governor"), speaker("Hossein Aleksandrescu", role="governor")),
    (speaker("Abd-ul-Aziz Rahim", role="minister"), speaker("Abd ul Aziz Rahim", role="minister")),
    (speaker("Dan Reyes", role="Senator"), speaker("Daniel Reyes", role="senator")),
    (speaker("Bob St. Marten", role="coach"), speaker("Robert Saint Marten", role="coach")),
    (speaker("Mohammed al-Nasser", role="envoy"), speaker("Muhammad Al Nasser", role="envoy")),
    (speaker("Hussein Qadir", role="minister"), speaker("Hussain Kadir", role="minister")),
    (speaker("J. R. Osgood", role="coroner"), speaker("John Osgood", role="coroner")),
    (speaker("Rosa Vial de la Cruz", role="minister"), speaker("Rosa Vial", role="minister")),
    (speaker("Rosa Vial-Lopez", role="nurse"), speaker("Rosa Vial", role="nurse")),
    (speaker("Volodymyr Tamm", role="president"), speaker("Vladimir Tamm", role="President")),
]
APART = [
    (speaker("Ana Bell", role="mayor"), speaker("Omar Bell", role="mayor")),
    (speaker("Mali’s foreign ministry", country="ML"), speaker("Chad’s foreign ministry", country="TD")),
    (speaker("Mali’s foreign ministry", country="ML"), speaker("Ana Bell", country="ML", role="spokeswoman")),
    (speaker("Mali’s army", country="ML"), speaker("Mali", country="ML")),
    (
        speaker("Norwegian Prime Minister", role="Prime Minister", country="NO"),
        speaker("Ana Bell", role="prime minister", country="MT"),
    ),
    (speaker("a minister", role="minister"), speaker("Ana Bell", role="minister")),
    (speaker("the spokesman", role="spokesman"), speaker("Omar Bell", role="spokesman")),
    (speaker("Ana Bell", role="mayor"), speaker("Ann Bell", role="mayor")),
    (speaker("Ivo Alexandrescu", role="governor"), speaker("Hossein Aleksandrescu", role="governor")),
    (speaker("Jan Novak", role="nurse"), speaker("Jana Nowicki", role="nurse")),
    (speaker("Maria Tamm", role="nurse"), speaker("Marta Tamm", role="teacher")),
    (speaker("Dan Reyes", role="Senator"), speaker("Don Reyes", role="mayor")),
    (speaker("Hassan Tamm", role="minister"), speaker("Hussein Tamm", role="minister")),
    (speaker("Ed Reyes", role="mayor"), speaker("Edward Reyes", role="driver")),
    (speaker("Alan Reyes", role="police chief"), speaker("Ann Reyes", role="police chief")),
    (speaker("Mario Reyes", role="nurse"), speaker("Maria Reyes", role="nurse")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_are_one_actor(one: Speaker, other: Speaker) -> None:
    """Misspellings, accents, surnames and other names of one institution meet."""
    first, second = join_actors([one, other])
    assert first == second


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_actors_stay_apart(one: Speaker, other: Speaker) -> None:
    """A shared surname, ministry or country makes no one actor of two."""
    first, second = join_actors([one, other])
    assert first.key != second.key


def test_surname_of_two_people_joins_neither() -> None:
    """A bare surname that two people of the story bear stays apart."""
    ana, omar = speaker("Ana Bell", role="mayor"), speaker("Omar Bell", role="nurse")
    keys = {actor.key for actor in join_actors([ana, omar, speaker("Bell", role="mayor")])}
    assert 3 == len(keys)

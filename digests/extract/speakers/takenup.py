"""Bodies that a text takes up by their noun alone: "Skyways said it would pay. The company apologised."

Stance: where it is not clear that the name before is a body's, "the group" keeps its own words.
"""

from __future__ import annotations

from digests.extract.speakers.names import Known
from digests.extract.speakers.roles import load_roles
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import look_up
from digests.rules.given_names import is_given_name
from digests.text.document import Document
from digests.text.similarity import stop_words
from digests.types import ActorKind

# Words of "the anti-corruption group".
_LONGEST = 3
# Characters in which the noun in front of a name stands.
_NOUN = 24
# What a body is to itself.
_SELF = frozenset({"it", "its"})
# Kinds of bodies that are no group and no company.
_NEITHER = frozenset({ActorKind.OFFICIAL, ActorKind.MEDIA})


def takes_up(low: str) -> bool:
    """Whether a phrase in small letters is but "the" and the noun of a body, with a word between at most."""
    words = low.split()
    return words[0] == "the" and len(words) <= _LONGEST and words[-1] in load_roles().words["taken_up_heads"]


def is_body_by_name(known: Known) -> bool:
    """Whether somebody known is a body by name: no state, no person and no word that only opens a sentence."""
    name, profile = known.name, known.profile
    low = name.lower()
    if not name[:1].isupper() or look_up(name) is not None or low in stop_words():
        return False
    if low in load_lexicon().words["adverbs"] or (low.endswith("ly") and " " not in low):
        # "Officially, 16. The union says 21."
        return False
    return profile.role is None and not profile.is_person and profile.kind not in _NEITHER


def is_told_as_body(document: Document, known: Known) -> bool:
    """Whether a name of several words is told to be a body's, or has a word of such names: "Bern Rights Watch"."""
    tokens = known.name.split()
    if known.profile.role or is_given_name(tokens[0]):
        return False
    lists = load_roles().words
    before = document.low[max(0, known.at - _NOUN) : known.at].split()[-1:]
    around = [*before, *document.low[known.at : known.at + _NOUN].split()[:_LONGEST]]
    is_told = not (lists["bare_heads"] | lists["named_heads"]).isdisjoint(around)
    sentence = document.plain[document.sentence_index(known.at)]
    if not _SELF.isdisjoint(sentence) and not set(load_rules("roles").meaning["pronoun_sex"]) & set(sentence):
        # "Bern Lines said it would pay"
        return True
    return is_told or not lists["parts_of_bodies"].isdisjoint(map(str.lower, tokens))

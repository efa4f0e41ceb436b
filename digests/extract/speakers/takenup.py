"""Bodies that a text takes up by their noun alone: "Skyways said it would pay. The company apologised."

Stance: where it is not clear that the name before is a body's, "the group" keeps its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digests.extract.speakers.names import Known
from digests.extract.speakers.profiles import read_phrase
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
# Characters of an article in which stands whom it is about, and how often it is named at least.
_HEAD, _NAMED = 200, 3
# A name in front of a verb.
_SPEAKS = re.compile(
    r"(?<![\w.'-] )\b(?P<who>(?:[A-Z][\w&-]+ ){0,2}[A-Z][\w&-]+) (?:(?:has|had|also) )?(?P<verb>[a-z]{3,12})\b"
)
# What a body is to itself.
_SELF = frozenset({"it", "its"})
# Kinds of bodies that are no group and no company.
_NEITHER = frozenset({ActorKind.OFFICIAL, ActorKind.MEDIA})


def takes_up(phrase: str) -> bool:
    """Whether a phrase is but "the" and the noun of a body, with a word between at most: not "the Rowing Club"."""
    words = phrase.lower().replace("’", "'").split()
    if len(words) == _LONGEST and phrase.split()[-1][0].isupper():
        return False
    if words[-2:-1] and words[-2].endswith(("s'", "'s")):
        # "The teachers' union" is one of its own.
        return False
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


def is_other_sort(known: Known, low: str) -> bool:
    """Whether a body of states is no union and no party, as a phrase has it: "UNICEF agreed. The union said no"."""
    noun = low.rpartition(" ")[2]
    is_of_states = known.profile.kind is ActorKind.INTERNATIONAL
    return is_of_states and noun in load_roles().words["national_heads"] and noun not in known.name.lower()


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


def find_topic(document: Document) -> tuple[str, int] | None:
    """The one body by name that an article is about and that speaks in it, with its first place; `None` where there
    are several or none: "Skyways will cut 300 jobs. "We regret this," the company said. Skyways said that ..."."""
    found = dict.fromkeys(_speaking_bodies(document))
    names = [name for name in found if not any(other != name and name in other.split() for other in found)]
    if len(names) != 1:
        return None
    at = min(document.folded.find(name) for name in found if name in names[0].split() or name == names[0])
    return (names[0], at) if 0 <= at < _HEAD and document.folded.count(names[0]) >= _NAMED else None


def _speaking_bodies(document: Document) -> Iterator[str]:
    lemma = load_lexicon().lemma
    for match in _SPEAKS.finditer(document.folded):
        if match["verb"] in lemma and _may_be_firm(document, match["who"]):
            yield match["who"]


def _may_be_firm(document: Document, name: str) -> bool:
    """Whether a name is none of a person, a state, an outlet, and no word that only opens its sentence."""
    first = name.split()[0]
    if is_given_name(first) or look_up(name) is not None or not takes_name(name):
        return False
    if re.search(rf"[A-Z][\w.-]+ {re.escape(name)}\b", document.folded) is not None:
        # A surname, or the end of a longer name.
        return False
    return re.search(rf"[a-z,] {re.escape(name)}\b", document.folded) is not None


def takes_name(name: str) -> bool:
    """Whether a phrase is read as no office, no outlet and no body of a state."""
    told = read_phrase(name, name)
    return told.role is None and not told.is_person and told.kind not in _NEITHER and not told.country

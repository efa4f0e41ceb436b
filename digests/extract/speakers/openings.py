"""Who opens a sentence: the name, office or people that a pronoun in a later sentence may stand for.

Stance: an opening that is neither a person, a body nor the holder of an office is nobody.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digests.extract.speakers.names import CALLED, ArticleNames
from digests.extract.speakers.profiles import Profile
from digests.extract.speakers.roles import load_roles
from digests.extract.speakers.words import is_plural
from digests.extract.speech.lexicon import is_adverb, load_lexicon
from digests.text.document import Document
from digests.text.numbers import may_begin_amount
from digests.types import Span

# A name at the start of a sentence, with its verb or comma behind it.
_OPENING = re.compile(
    r"(?:(?:The|A)\s+)?(?:[A-Z][\w.'-]*(?:\s+\"[A-Z]\w{1,15}\")?(?:\s+(?=[A-Z])|\s+(?=of\s[A-Z])|\s*)(?:of\s+)?){1,7}(?=[,\s])"
)
_BODY_OPENING = re.compile(r"(?:The|A|An)((?:\s+[a-z][\w'-]*){1,4})(?=\s+[\w'-]+)")
# The first words of a sentence, with those in small letters behind.
_PEOPLE_OPENING = re.compile(r"[A-Z][\w'-]*(?:\s[a-z][\w'-]*){0,3}(?=\s)")
# "A professor at the Bern College, Ana Bell, ": a role with the name behind a comma.
_NAMED_ROLE = re.compile(
    r"(?:[Tt]he|[Aa]n?)\s+[a-z][^,.;:\"\n]{2,80}(?=,\s(?:[A-Z][\w'-]+\s){1,3}[A-Z][\w'-]+,)"
)
# "Fire chief Dana Osei": a role without an article in front of the name.
_TITLED = re.compile(r"[A-Z][\w'-]+\s(?:[a-z][\w'-]+\s){1,3}(?:[A-Z][\w'-]+\s){1,2}[A-Z][\w'-]+(?=[,\s])")
# "But railway union chief Jon Dahl": a role in small letters behind a word that joins, with the name.
_JOINED = re.compile(r"(?:[a-z][\w'-]+\s){1,4}(?:[A-Z][\w'-]+\s){1,2}[A-Z][\w'-]+(?=[,\s])")
# "Reed's widow, Clara, ", "Reed's rival, the former mayor Jon Dahl, ": what somebody is to somebody, and the name.
_RELATED = re.compile(
    r"(?:[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,2}'s?|His|Her|Their|One\sof)\s(?P<tie>[a-z-]+(?:\s[a-z-]+){0,3}),\s(?P<who>[^,.;:\"\n]{2,60}),\s"
)
_OWN_KIN = re.compile(r"(?:His|Her|Their)\s(?P<tie>[a-z]+)(?=\s[a-z])")
# "At a briefing on Friday, "
_LEAD_IN = re.compile(r"[A-Z][^,.;:\"\n]{1,60}, (?=[A-Z]|the\s|an?\s)")
# "Mayor Ana Reyes's angry remarks"
_OWNED = re.compile(r"(?P<who>(?:[A-Z][\w.-]*\s){0,5}[A-Z][\w.-]*)'s?\s(?P<noun>[\w-]+(?:\s[\w-]+)?)")
# The name of a body behind its kind.
_OWN_NAME = re.compile(r"\s[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,3}(?=\s[a-z])")
_GIVEN = re.compile(r"[A-Z][\w'-]+")
# "was imposed by Works Minister Ida Dahl on Tuesday"
_BY = re.compile(
    r"\b(?:was|were|been)\s\w+(?:\s\w+){0,3}?\sby\s"
    r"(?P<who>(?:[\w'-]+\s){0,6}?(?:[A-Z][\w'-]+\s){1,6}[A-Z][\w'-]+)"
)
# Characters and words that lead in to "he", at most: "In the early 2000s, he".
_LED, _LED_WORDS = 40, 5
# Letters of an adverb that opens a sentence, with the space behind it, at most.
_LONGEST_ADVERB = 16


class Opening(NamedTuple):
    """A phrase that opens a sentence and may speak, with what it tells."""

    span: Span
    profile: Profile


class Openings:
    """Reads the openings of the sentences of one document."""

    def __init__(self, document: Document, names: ArticleNames) -> None:
        self.document = document
        self.names = names

    def goes_on(self, sentence: Span) -> bool:
        """Whether a sentence opens with a pronoun, and so speaks of whom the one before it named.

        A day or a while may lead in: "In 2005 he", "Two years later, she".
        """
        opening = self.document.folded[sentence.start : min(sentence.end, sentence.start + _LED)]
        words = opening.lower().split(" ")[:_LED_WORDS]
        lists = load_lexicon().words
        while words and (words[0] in lists["coordinators"] or words[0].strip('"') in lists["coordinators"]):
            words = words[1:]
        for word in words:
            bare = word.rstrip(",")
            if bare in lists["subject_pronouns"]:
                return bare in lists["third_persons"]
            is_time = bare in lists["time_words"] or bare in lists["prepositions"] or may_begin_amount(bare)
            if not is_time:
                return False
        return False

    def _leads_in(self, opening: str, *, is_titled: bool = False) -> bool:
        """Whether what opens a sentence is a day or a place with its preposition: "In June"."""
        lists = load_lexicon().words
        first = opening.split(" ", 1)[0].lower()
        # "Writing on a website, Ana Bell described": a participle with what stands behind it.
        is_doing = first.endswith("ing") and opening.count(" ") > 1 and not is_titled
        return (
            is_doing
            or first in lists["prepositions"]
            or first in lists["conjunctions"]
            or first in lists["time_words"]
        )

    def _body_end(self, sentence: Span) -> int | None:
        """Where a body or a role with an article ends that opens a sentence: "The district governor toured ..."."""
        opening = _BODY_OPENING.match(self.document.folded, sentence.start, sentence.end)
        if opening is None:
            return None
        ends = [opening.start(1) + m.end() for m in re.finditer(r"\s+\S+", opening.group(1))]
        for end in reversed(ends):
            profile = self.names.profile(sentence.start, end)
            last = self.document.folded[sentence.start : end].rsplit(None, 1)[-1]
            if (profile.is_body or profile.role) and (profile.head or "").split()[-1:] == [last]:
                return end
        return None

    def _titled(self, sentence: Span) -> re.Match[str] | None:
        """A person with a role and no article at the start of a sentence."""
        opening = _TITLED.match(self.document.folded, sentence.start, sentence.end)
        if opening is None:
            return None
        lists, words = load_lexicon().words, opening.group().split()
        if words[0].lower() in lists["subject_pronouns"] or (lists["prepositions"] - {"of"}).intersection(
            words
        ):
            # "They spoke in Minister Ana Bell's office": she opens nothing.
            return None
        return opening if self.names.profile(opening.start(), opening.end()).is_person else None

    def find(self, sentence: Span) -> Opening | None:
        """The name, body or holder of an office that opens a sentence."""
        folded = self.document.folded
        special = self._joined(sentence) or self._related(sentence) or self._kin(sentence)
        if special is not None:
            return special
        lead, gap, _ = folded[sentence.start : sentence.start + _LONGEST_ADVERB].partition(" ")
        if gap and lead[:1].isupper() and is_adverb(lead.lower()):
            # "Meanwhile Ana Bell spoke": the adverb is no part of her name.
            sentence = Span(start=sentence.start + len(lead) + 1, end=sentence.end)
        opening = _NAMED_ROLE.match(folded, sentence.start, sentence.end)
        opening = opening or self._titled(sentence)
        body_end = None if opening else self._body_end(sentence)
        if body_end is not None and (named := _OWN_NAME.match(folded, body_end, sentence.end)):
            # "The association Old Harbour met"
            body_end = named.end()
        if body_end is None:
            # "Swimming teacher Ana Bell" is titled, and does nothing.
            is_titled = opening is not None
            opening = opening or _OPENING.match(folded, sentence.start, sentence.end)
            if opening is None or self._leads_in(opening.group(), is_titled=is_titled):
                return None
        first = folded[sentence.start : sentence.end].split(" ", 1)[0].lower()
        is_stand_in = body_end is None and first in load_lexicon().words["subject_pronouns"]
        if is_stand_in or (may_begin_amount(first) and first not in load_lexicon().words["determiners"]):
            # "Seventy-five survived.", "Few had heard of it."
            return None
        end = opening.end() if opening else body_end or sentence.start
        while end > sentence.start and folded[end - 1] in " ,":
            end -= 1
        profile = self.names.profile(sentence.start, end)
        is_holder = (
            profile.role is not None and profile.is_definite and not is_plural(folded[sentence.start : end])
        )
        if profile.name is None and not profile.is_body and not is_holder:
            return None
        return Opening(Span(start=sentence.start, end=end), profile)

    def _kin(self, sentence: Span) -> Opening | None:
        """Somebody without a name who is told by what he or she is to somebody: "His mother cooked for the crew"."""
        found = _OWN_KIN.match(self.document.folded, sentence.start, sentence.end)
        if found is None or found["tie"] not in load_roles().words["kin_roles"]:
            return None
        return Opening(
            Span(start=found.start(), end=found.end()), self.names.profile(found.start(), found.end())
        )

    def _joined(self, sentence: Span) -> Opening | None:
        """Who stands behind "But" with a role and a name: "But union chief Jon Dahl hit back"."""
        first, _, _ = self.document.folded[sentence.start : sentence.start + 12].partition(" ")
        if first.lower() not in load_lexicon().words["coordinators"]:
            return None
        start = sentence.start + len(first) + 1
        found = _JOINED.match(self.document.folded, start, sentence.end)
        profile = self.names.profile(start, found.end()) if found else None
        is_named = profile is not None and profile.is_person and profile.name is not None
        return (
            Opening(Span(start=start, end=found.end()), profile) if found and profile and is_named else None
        )

    def _related(self, sentence: Span) -> Opening | None:
        """Whom a relation to somebody else names between commas: "Reed's widow, Clara, spoke"."""
        found = _RELATED.match(self.document.folded, sentence.start, sentence.end)
        if found is None:
            return None
        profile = self.names.profile(found.start("who"), found.end("who"))
        called = CALLED.search(found["who"])
        if profile.name is None and (called or _GIVEN.fullmatch(found["who"])):
            profile = profile._replace(name=called["name"] if called else found["who"], is_person=True)
        tie = self.names.profile(found.start(), found.end("tie"))
        profile = profile._replace(role=profile.role or tie.role, sex=profile.sex or tie.sex)
        span = Span(start=found.start("who"), end=found.end("who"))
        return Opening(span, profile) if profile.name is not None else None

    def words_owner(self, sentence: Span) -> Opening | None:
        """Whose words a sentence speaks of: "Many were angered by Mayor Ana Reyes's remarks"."""
        nouns = load_lexicon().words["speech_nouns"]
        for found in _OWNED.finditer(self.document.folded, sentence.start, sentence.end):
            if nouns.isdisjoint(found["noun"].split()):
                continue
            profile = self.names.profile(found.start("who"), found.end("who"))
            if profile.is_person and profile.name is not None:
                return Opening(Span(start=found.start("who"), end=found.end("who")), profile)
        return None

    def behind_lead_in(self, sentence: Span) -> Opening | None:
        """Who stands behind a day or a place that leads in: "At a briefing on Friday, Mayor Ana Reyes took"."""
        lead_in = _LEAD_IN.match(self.document.folded, sentence.start, sentence.end)
        if lead_in is None or not self._leads_in(lead_in.group()):
            return None
        return self.find(Span(start=lead_in.end(), end=sentence.end))

    def agent(self, sentence: Span) -> Opening | None:
        """By whom something was done, with an office and a name: "was imposed by Works Minister Ida Dahl"."""
        folded = self.document.folded
        has_agent = folded.find(" by ", sentence.start, sentence.end) >= 0
        found = _BY.search(folded, sentence.start, sentence.end) if has_agent else None
        if found is None:
            return None
        span = Span(start=found.start("who"), end=found.end("who"))
        profile = self.names.profile(span.start, span.end)
        return Opening(span, profile) if profile.is_person and profile.role else None

    def people(self, sentence: Span) -> Opening | None:
        """The people who are the subject of a sentence: "Nurses met"."""
        folded = self.document.folded
        words = _PEOPLE_OPENING.match(folded, sentence.start, sentence.end)
        if words is None:
            return None
        for end in reversed([m.end() for m in re.finditer(r"\S+", words.group())]):
            phrase = folded[sentence.start : sentence.start + end]
            profile = self.names.profile(sentence.start, sentence.start + end)
            last = phrase.rsplit(None, 1)[-1].lower()
            is_people = (profile.role is not None or profile.is_body) and is_plural(phrase)
            if is_people and (profile.head or "").split()[-1:] == [last]:
                return Opening(Span(start=sentence.start, end=sentence.start + end), profile)
        return None

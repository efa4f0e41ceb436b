"""Who a speaker is: the name behind a pronoun, a surname or "the ministry"; role, affiliation, country and kind.

Speakers are resolved in the order of the text, each with what the ones before it told. Stance: a pronoun that fits
nobody near keeps its own words and gets no name of somebody else.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from digests.extract.lexicon import load_lexicon
from digests.extract.phrases import people_words
from digests.extract.profiles import APPOSITION, Profile, merge, read_apposition, read_phrase
from digests.extract.roles import load_roles
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.text.document import Document
from digests.types import ActorKind, Speaker, Span

# How far back, in characters, a pronoun looks for whom it stands for: three paragraphs of a news story.
_PRONOUN_REACH = 1200
_RELATIVE_TAIL = re.compile(r"[\s,–]+(?:who|which|that)$", re.IGNORECASE)
_APPOSITION_START = re.compile(r"\s*,\s+(?=\w)|\s*\((?=[A-Z])")
_LEADING = re.compile(r"^(?:the|The|THE)\s+")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}$")
_NAME_ONLY = re.compile(r"(?:[A-Z][\w.'-]+\s+){1,3}(?:[A-Za-z]{1,3}[ -])?[A-Z][\w'-]+$")
# A name at the start of a sentence, with its verb or comma behind it.
_OPENING = re.compile(
    r"(?:(?:The|A)\s+)?(?:[A-Z][\w.'-]*(?:\s+(?=[A-Z])|\s+(?=of\s[A-Z])|\s*)(?:of\s+)?){1,7}(?=[,\s])"
)
_BODY_OPENING = re.compile(r"(?:The|A|An)\s+(?:[a-z][\w'-]*\s+){1,3}?(?=[\w'-]+)")
_WHICH = re.compile(r"\b(?:which|what|whom)\s+$")
# Gazetteer names that may speak for a government.
_SPEAKING_NAMES = frozenset({NameKind.COUNTRY, NameKind.CAPITAL})
_SENTENCE = re.compile(r"[.!?]['\"]?\s")


@dataclass(slots=True)
class _Known:
    """Somebody who has spoken: the profile with a full name, and where the text last had him or her."""

    name: str
    profile: Profile
    at: int
    by_pronoun: bool = False


class SpeakerBook:
    """The speakers of one document, resolved in the order in which they stand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.people: dict[str, _Known] = {}
        self.bodies: dict[str, _Known] = {}
        self.last_person: list[_Known] = []
        self.last_body: _Known | None = None
        self.last_plural: _Known | None = None
        self.looked_up: dict[str, _Known | None] = {}
        self.done: dict[tuple[int, int], Speaker] = {}

    def resolve(self, span: Span) -> Speaker:
        """The speaker at a span; the same span gives the same speaker."""
        key = (span.start, span.end)
        if key not in self.done:
            self.done[key] = self._resolve(span)
        return self.done[key]

    def _resolve(self, span: Span) -> Speaker:
        text = self.document.text
        words = _RELATIVE_TAIL.sub("", text[span.start : span.end]).rstrip(" ,")
        low = words.lower()
        lists = load_lexicon().words
        if low in lists["personal_pronouns"]:
            return self._pronoun(low, words, span)
        folded = self.document.folded[span.start : span.start + len(words)]
        start, end = _author(folded)
        profile = self._profile(span.start + start, span.start + end)
        known = self._look_up(words[start:end], folded[start:end], profile, span)
        if _is_plural(folded[start:end]):
            self.last_plural = known
        return _speaker(known, words, span)

    # ------------------------------------------------------------------ phrases

    def _profile(self, start: int, end: int) -> Profile:
        """What the phrase and the apposition behind it tell."""
        text, folded = self.document.text, self.document.folded
        profile = read_phrase(text[start:end], folded[start:end])
        behind = _APPOSITION_START.match(folded, end)
        if behind is None:
            return profile
        first = behind.end()
        stop = min(len(folded), first + APPOSITION)
        line = folded.find("\n", first, stop)
        stop = line if line >= 0 else stop
        if profile.is_body or not self._is_apposition(folded[first:stop]):
            return profile
        if profile.name is None and profile.role:
            # "the caretaker prime minister, Anwar Kakar, said": the name is the apposition.
            close = next((i for i in range(first, stop) if folded[i] in ",;.("), stop)
            if _NAME_ONLY.match(folded[first:close]):
                return replace(profile, name=text[first:close], is_person=True)
        told = read_apposition(text[first:stop], folded[first:stop])
        if profile.name is not None and not profile.is_person and " " not in profile.name:
            # A single name may be a body: "ISPR, the army's media wing"; a role makes it a person.
            told = told if told.role else replace(told, affiliation=None)
        return merge(profile, told)

    def _is_apposition(self, folded: str) -> bool:
        """Whether what stands behind a comma goes on about the name before it."""
        first = re.match(r"[\w.'-]+", folded)
        if first is None:
            return False
        word = first.group()
        starts = load_lexicon().words["apposition_starts"]
        if word.lower() in starts:
            return True
        return (
            word.lower().endswith("'s")
            or word[0].isupper()
            or word.lower() in load_roles().words["role_modifiers"]
            or (word.lower() in _role_words())
        )

    def _look_up(self, words: str, folded: str, profile: Profile, span: Span) -> _Known:
        """The known speaker that a phrase takes up again, else a new one."""
        if profile.name is not None:
            return self._named(profile, span)
        if profile.is_body:
            return self._body(words, profile, span)
        if profile.is_definite and profile.head and profile.role:
            for known in reversed(self.last_person):
                if known.profile.head == profile.head and span.start - known.at < 3 * _PRONOUN_REACH:
                    known.at = span.start
                    return _Known(known.name, merge(known.profile, profile), span.start)
        if profile.role and not _is_plural(folded):
            known = _Known(_shown(words), profile, span.start)
            if not profile.is_definite:
                known.profile = replace(profile, kind=self._kind_unnamed(profile, span))
            self._spoke(known)
            return known
        return _Known(_shown(words), replace(profile, kind=self._kind_unnamed(profile, span)), span.start)

    def _kind_unnamed(self, profile: Profile, span: Span) -> ActorKind:
        """Officials who give no name are unnamed where the sentence says so."""
        if profile.kind is ActorKind.OFFICIAL and not profile.is_definite and self._is_unnamed(span):
            return ActorKind.UNNAMED
        return profile.kind

    def _is_unnamed(self, span: Span) -> bool:
        """Whether the sentence says that its speaker gives no name."""
        sentence = self.document.sentence_at(span.start)
        folded = self.document.folded[sentence.start : sentence.end].lower()
        return any(mark in folded for mark in load_roles().words["unnamed_marks"])

    def _named(self, profile: Profile, span: Span) -> _Known:
        """A person or body by name; a surname is completed from the article."""
        name = profile.name or ""
        tokens = name.replace("’", "'").split()
        key = _key(tokens[-1])
        known = self.people.get(key) or (self.people.get(_key(tokens[0])) if len(tokens) == 1 else None)
        if len(tokens) == 1 and known is None and not profile.is_person:
            full = self._full_name(name)
            if full is None:
                return self._other(name, profile, span)
            known = full
        elif len(tokens) == 1 and known is None:
            known = self._full_name(name)
        if known is not None and (len(tokens) == 1 or _same(known.name, name)):
            longer = name if len(tokens) > len(known.name.split()) else known.name
            known = _Known(
                longer,
                merge(profile, known.profile) if profile.role else merge(known.profile, profile),
                span.start,
            )
        else:
            known = _Known(name, profile, span.start)
        self.people[key] = known
        first = _key(tokens[0])
        self.people.setdefault(first, known) if len(tokens) > 1 else None
        self._spoke(known)
        return known

    def _other(self, name: str, profile: Profile, span: Span) -> _Known:
        """A single name that is no known surname: a group, a company, somebody with one name."""
        known = self.bodies.get(_key(name))
        if known is not None:
            merged = merge(profile, known.profile)
            known = _Known(known.name, merged, span.start)
        else:
            known = _Known(_shown(name), profile, span.start)
        self.bodies[_key(name)] = known
        self.last_body = known
        return known

    def _body(self, words: str, profile: Profile, span: Span) -> _Known:
        """An institution or a country; "the ministry" is the last one with that head."""
        head = profile.head or ""
        shown = _shown(words)
        bare = shown.lower().removeprefix("the ")
        earlier = self.bodies.get(head)
        if (
            earlier is not None
            and profile.is_definite
            and profile.country is None
            and head.split()[-1:] == bare.split()[-1:]
        ):
            if bare == head or bare in earlier.name.lower().replace("’", "'") or len(bare.split()) == 1:
                known = _Known(earlier.name, merge(profile, earlier.profile), span.start)
                self.last_body = known
                return known
        if profile.country is None and profile.kind is ActorKind.OFFICIAL and profile.is_definite:
            profile = replace(profile, country=self._country_near(span))
        known = _Known(shown, profile, span.start)
        if head:
            self.bodies[head] = known
            self.bodies[head.split()[-1]] = known
        self.last_body = known
        return known

    def _country_near(self, span: Span) -> str | None:
        """The country whose body "the ministry" is: the one that spoke last, where it spoke near."""
        last = self.last_body
        if (
            last is None
            or span.start - last.at > _PRONOUN_REACH
            or last.profile.kind is not ActorKind.OFFICIAL
        ):
            return None
        return last.profile.country

    def _spoke(self, known: _Known) -> None:
        self.last_person = [k for k in self.last_person if k.name != known.name][-12:]
        self.last_person.append(known)

    # ------------------------------------------------------------------ names in the article

    def _full_name(self, surname: str) -> _Known | None:
        """The first place where the article gives a surname its other names; `None` is remembered."""
        if surname not in self.looked_up:
            self.looked_up[surname] = self._find_full_name(surname)
        return self.looked_up[surname]

    def _find_full_name(self, surname: str) -> _Known | None:
        """The first place where the article gives a surname its other names, with what is said there."""
        folded = self.document.folded
        plain = surname.replace("’", "'")
        position = 0
        for _ in range(12):
            at = folded.find(plain, position)
            if at < 0:
                break
            position = at + len(plain)
            if position < len(folded) and (folded[position].isalnum() or folded[position] in "-’"):
                continue
            before = _NAME.search(folded, max(0, at - 60), at)
            if before is None or "\n" in before.group():
                continue
            start = before.start()
            cut = _SENTENCE.search(folded, start, at)
            if cut and not re.search(r"\b[A-Z]\.\s$|\b\w{1,4}\.\s$", folded[start : cut.end()]):
                start = cut.end()
            start = max(start, at - 80)
            phrase_start = self._phrase_start(start)
            profile = self._profile(phrase_start, position)
            if profile.name is None or not profile.name.replace("’", "'").endswith(plain):
                continue
            if len(profile.name.split()) < 2:
                continue
            if look_up(profile.name) is not None:
                continue
            return _Known(profile.name, profile, at)
        return self._first_name(surname)

    def _first_name(self, family: str) -> _Known | None:
        """A family name that stands first ("Zhao Lin"), completed where the article has the whole of it."""
        folded = self.document.folded
        found = re.search(rf"\b{re.escape(family)}\s[A-Z][a-z'-]+(?=[,\s])", folded)
        if found is None or len(family) > 8:
            return None
        if found.start() > 1 and folded[found.start() - 2 : found.start()].rstrip()[-1:].isalpha():
            before = self._phrase_start(found.start())
        else:
            before = found.start()
        profile = self._profile(before, found.end())
        words = found.group().split()
        if profile.name is None or profile.name.split() != words or look_up(words[1]) is not None:
            return None
        if words[1].lower() in load_lexicon().lemma or not (
            profile.role or profile.kind is not ActorKind.OTHER
        ):
            return None
        return _Known(profile.name, profile, found.start())

    def _phrase_start(self, at: int) -> int:
        """Back over the words in front of a name that tell its role: "Pakistan's foreign ministry spokesperson "."""
        folded = self.document.folded
        start = at
        for _ in range(6):
            word = re.search(r"([\w.'’-]+)\s$", folded[max(0, start - 30) : start])
            if word is None or word.group(1).endswith((".",)) and not word.group(1)[:-1].isupper():
                break
            low = word.group(1).lower()
            known = (
                low in _role_words()
                or low in load_roles().words["role_modifiers"]
                or word.group(1)[0].isupper()
            )
            if not (known or low.endswith("'s")):
                break
            start -= len(word.group())
        return start

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, low: str, words: str, span: Span) -> Speaker:
        """He, she, it, they: the last fitting speaker that stands near."""
        known: _Known | None = None
        if low in {"he", "she"}:
            known = self._person_for("f" if low == "she" else "m", span)
        elif low == "it":
            known = self._body_for(span)
        elif low == "they":
            near = self.last_plural
            known = near if near and span.start - near.at <= _PRONOUN_REACH // 2 else None
        if known is None:
            return Speaker(name=words, words=words, span=span)
        known.at = span.start
        return _speaker(known, words, span)

    def _person_for(self, sex: str, span: Span) -> _Known | None:
        """Whom "he" or "she" stands for: the subject of the sentence before, else the last speaker of that sex."""
        told = next(
            (
                one
                for one in reversed(self.last_person)
                if span.start - one.at <= _PRONOUN_REACH and one.profile.sex in {None, sex}
            ),
            None,
        )
        named = self._subject_before(span, after=told.at if told else -1)
        if named is not None and named.profile.is_person and named.profile.sex in {None, sex}:
            told = named
            self._spoke(told)
        if told is not None:
            told.profile = replace(told.profile, sex=sex)
        return told

    def _body_for(self, span: Span) -> _Known | None:
        """What "it" stands for: in "which it said" the body named last, else the one that the sentence speaks of."""
        folded = self.document.folded
        index = self.document.sentence_index(span.start)
        sentence = self.document.sentences[index]
        last = self.last_body
        if _WHICH.search(folded, max(sentence.start, span.start - 8), span.start):
            names = [
                m for m in find_names(folded, sentence.start, span.start) if m.name.kind in _SPEAKING_NAMES
            ]
            if names and not (last and last.by_pronoun and last.at >= sentence.start):
                at = names[-1].span
                text = self.document.words(at)
                profile = Profile(country=names[-1].name.country, kind=ActorKind.OFFICIAL, is_body=True)
                last = _Known(text, profile, at.start)
            elif last is None:
                last = self._opening(sentence)
            if last is not None:
                last.by_pronoun = True
                self.last_body = last
            return last
        if last is not None and last.at >= sentence.start:
            return last
        before = self.document.sentences[index - 1] if index else sentence
        if last is not None and last.at >= before.start:
            return last
        named = self._subject_before(span, after=last.at if last else -1)
        if named is not None and not named.profile.is_person:
            self.last_body = named
            return named
        return None

    def _subject_before(self, span: Span, *, after: int) -> _Known | None:
        """The name that opens the sentence before a pronoun, where it stands behind an offset."""
        index = self.document.sentence_index(span.start)
        if index == 0:
            return None
        sentence = self.document.sentences[index - 1]
        if sentence.start <= after or span.start - sentence.start > _PRONOUN_REACH:
            return None
        return self._opening(sentence)

    def _opening(self, sentence: Span) -> _Known | None:
        """The name or body that opens a sentence."""
        folded = self.document.folded
        opening = _BODY_OPENING.match(folded, sentence.start, sentence.end)
        opening = opening or _OPENING.match(folded, sentence.start, sentence.end)
        if opening is None:
            return None
        end = opening.end()
        while end > sentence.start and folded[end - 1] in " ,":
            end -= 1
        profile = self._profile(sentence.start, end)
        words = self.document.text[sentence.start : end]
        if profile.name is None and not profile.is_body:
            return None
        if profile.name and len(profile.name.split()) == 1 and _key(profile.name) not in self.people:
            return None if look_up(profile.name) else _Known(profile.name, profile, sentence.start)
        return self._look_up(
            words, folded[sentence.start : end], profile, Span(start=sentence.start, end=end)
        )


def _speaker(known: _Known, words: str, span: Span) -> Speaker:
    profile = known.profile
    return Speaker(
        name=known.name,
        words=words,
        span=span,
        role=profile.role,
        affiliation=profile.affiliation,
        country=profile.country,
        kind=profile.kind,
    )


@functools.cache
def _role_words() -> frozenset[str]:
    """Single words that stand in role and body entries."""
    return frozenset(word for entry in load_roles().entries for word in entry)


def _author(folded: str) -> tuple[int, int]:
    """Who speaks in a phrase about a document: "a statement by the foreign office" is the foreign office."""
    documents = load_lexicon().words["document_nouns"]
    if documents.isdisjoint(folded.lower().split()):
        return 0, len(folded)
    match = re.match(r"(?:[\w'.-]+\s+){0,4}?([\w-]+)\s+(?:issued\s+|released\s+)?(?:by|from|of)\s+", folded)
    if match and match.group(1).lower() in documents:
        return match.end(), len(folded)
    possessive = re.match(r"((?:[\w.'-]+\s+){0,8}?[\w.'-]+'s?)\s+(?:[\w-]+\s+){0,2}?([\w-]+)$", folded)
    if possessive and possessive.group(2).lower() in documents:
        return 0, len(possessive.group(1).removesuffix("'s").removesuffix("'"))
    behind = re.match(r"((?:[\w.'-]+\s+){1,6}?)([\w-]+)$", folded)
    if behind and behind.group(2).lower() in documents and len(behind.group(1).split()) >= 2:
        inner = read_phrase(behind.group(1), behind.group(1))
        if inner.is_body or inner.country:
            return 0, len(behind.group(1).rstrip())
    return 0, len(folded)


def _is_plural(folded: str) -> bool:
    """Whether "they" may take a phrase up again: a plural in small letters, two names, the police."""
    words = folded.split()
    if not words:
        return False
    last = words[-1].lower()
    return (
        " and " in folded
        or last in load_lexicon().words["bare_nouns"]
        or (words[-1][0].islower() and last.endswith("s") and not last.endswith(("'s", "ss")))
        or (last.endswith("s") and last in people_words())
    )


def _shown(words: str) -> str:
    """A name to show: no article in front of a name, a small one in front of the rest."""
    bare = _LEADING.sub("", words)
    if bare != words and bare[:1].isupper():
        return bare
    first, _, rest = words.partition(" ")
    return (
        f"{first.lower()} {rest}"
        if first in {"A", "An", "The", "One", "Some", "Several", "Two"} and rest
        else words
    )


def _key(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s").rstrip(".")


def _same(one: str, other: str) -> bool:
    """Whether two full names may be one person's: the first names agree or one is a short form of the other."""
    first, second = _key(one.split()[0]), _key(other.split()[0])
    return first == second or first.startswith(second[:3]) or second.startswith(first[:3])

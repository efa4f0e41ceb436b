"""Who a speaker is: the name behind a pronoun, a surname or "the ministry"; role, affiliation, country and kind.

Speakers are resolved in the order of the text, each with what the ones before it told. Stance: a pronoun that fits
nobody near keeps its own words and gets no name of somebody else.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from digests.extract.speakers.bearers import full_rank, is_surely, may_be_called, may_be_of, may_hold, runs_on
from digests.extract.speakers.bystanders import find_bystander
from digests.extract.speakers.labels import Label, find_labels, label_at
from digests.extract.speakers.names import ArticleNames, Known
from digests.extract.speakers.openings import Opening, Openings
from digests.extract.speakers.profiles import Profile, merge
from digests.extract.speakers.roles import entry_words, load_roles
from digests.extract.speakers.takenup import (
    find_topic,
    is_body_by_name,
    is_other_sort,
    is_told_as_body,
    takes_up,
)
from digests.extract.speakers.unnamed import (
    is_of_body,
    is_other_age,
    is_spokesman,
    named_later,
    of_body,
    sex_of_owner,
)
from digests.extract.speakers.words import (
    author,
    is_abbreviation,
    is_plural,
    may_be_one,
    name_key,
    own_name,
    shown_name,
    without_kin,
    without_place,
)
from digests.extract.speech.lexicon import load_lexicon
from digests.extract.tellings.likeness import is_city
from digests.rules import load_rules
from digests.rules.alternation import alternation
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.text.document import Document
from digests.types import ActorKind, Span, Speaker

# How far back, in characters, a pronoun looks for whom it stands for: three paragraphs of a news story.
_PRONOUN_REACH = 1200
# In small letters: "The WHO" is a body.
_RELATIVE_TAIL = re.compile(r"[\s,–]+(?:who|which|that)$")
# A full name in front of its apposition, which begins with an article, and the characters in which it stands.
_APPOSED = re.compile(r"((?:[A-Z][\w'-]+ ){1,3}[A-Z][\w'-]+), $")
# "Skyways' Bell": a surname behind the body that it is of.
_OWNED_NAME = re.compile(r"[A-Z][\w&. -]*?(?:'s|s') (?P<who>[A-Z][\w-]+)")
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_LONGEST_APPOSED = 60
# How far back, in characters, "which it said" looks for a state.
_WHICH_REACH = 300
_WHICH = re.compile(r"\b(?:which|what|whom)\s+$")
# Sentences that are looked through for whom a pronoun stands for.
_SENTENCES = 4
# A name behind the comma that ends what is told of its bearer.
_APPOSED_NAME = re.compile(
    r"[^,]*\b(?:that|which|who|of (?:them|us))\b[^,]*, ([A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*)"
)
# What stands between the names of a list.
_LISTED = re.compile(r",? and (?:the )?|, (?:the )?")
# The same for somebody who is only named by the way, in sentences and characters.
_BYSTANDER_SENTENCES, _BYSTANDER_REACH = 3, 500
# "The nominee, he said, watched": who opens the sentence is spoken of.
_PARENTHESIS = re.compile(r", \w+ \w+,")
# "the 29-year-old", "the 29-year-old man": somebody who was named before.
_AGED = re.compile(r"the (?P<age>\d{1,3}|[a-z]+(?:-[a-z]+)?)-year-old(?: (?P<who>[a-z]+)(?: of \w+)?)?")
# Words of the longest name of a person that an office takes up.
_MOST_NAMES = 4
# Characters in which the noun behind a word stands.
_LONGEST_NOUN = 24
# Gazetteer names that may speak for a government.
_SPEAKING_NAMES = frozenset({NameKind.COUNTRY, NameKind.CAPITAL})


# Kinds of those who may give no name; a witness without one is a witness still.
_MAY_HIDE = frozenset({ActorKind.OFFICIAL, ActorKind.OTHER})


class SpeakerBook:
    """The speakers of one document, resolved in the order in which they stand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.people: dict[str, Known] = {}
        self.bodies: dict[str, Known] = {}
        self.last_person: list[Known] = []
        self.last_body: Known | None = None
        self.last_plural: Known | None = None
        self.names = ArticleNames(document)
        self.openings = Openings(document, self.names)
        self.done: dict[tuple[int, int], Speaker] = {}
        # Read when somebody's office is first told without its land.
        self._labels: tuple[Label, ...] | None = None

    def resolve(self, span: Span, *, is_tail: bool = False, asked: Span | None = None) -> Speaker:
        """The speaker at a span; the same span gives the same speaker.

        `is_tail` where what is told in other words stands in front: "The road would open on Monday, he said".
        `asked` is where the text has whom a pronoun that answers stands for; empty where it names nobody.
        """
        key = (span.start, span.end)
        if key not in self.done:
            self.done[key] = self._answerer(span, asked) if asked else self._resolve(span, is_tail=is_tail)
        return self.done[key]

    def _answerer(self, span: Span, asked: Span) -> Speaker:
        """Whom a pronoun that answers a question stands for: the one who was asked, if that is a name."""
        words = self.document.words(span)
        if asked.end > asked.start and self.document.folded[asked.start].isupper():
            return replace(self._resolve(asked, is_tail=False), words=words, span=span)
        return Speaker(name=words, words=words, span=span)

    def _resolve(self, span: Span, *, is_tail: bool) -> Speaker:
        text = self.document.text
        words = text[span.start : span.end]
        if words.endswith(_relatives()):
            named = _APPOSED.search(self.document.folded, max(0, span.start - _LONGEST_APPOSED), span.start)
            if named is not None and _ARTICLE.match(words):
                # "Ana Bell, an engineer who warned of it, said": she did.
                whole = Span(start=named.start(1), end=named.end(1))
                return replace(self._resolve(whole, is_tail=is_tail), words=words, span=span)
            words = _RELATIVE_TAIL.sub("", words)
        words = words.rstrip(" ,")
        if words.endswith(_reflexives()):
            # "Reed himself"
            words = words.rpartition(" ")[0].rstrip(" ,")
        low = words.lower()
        lists = load_lexicon().words
        if low in lists["personal_pronouns"] or low in load_rules("roles").meaning["pronoun_sex"]:
            # "The agency quoted him as saying" has the form of an object.
            return self._pronoun(low, words, span, is_tail=is_tail)
        known = self.people.get(name_key(words)) if " " not in words else None
        if known is not None and len(known.name.split()) > 1 and text[span.end : span.end + 1] != ",":
            known = Known(known.name, known.profile, span.start)
            self.people[name_key(words)] = known
            self._spoke(known)
            return _speaker(known, words, span)
        folded = self.document.folded[span.start : span.start + len(words)]
        if (named := _APPOSED_NAME.fullmatch(folded)) is not None:
            # "The company that runs the line, Northrail", "one of them, Ana Bell"
            whole = Span(start=span.start + named.start(1), end=span.start + named.end(1))
            return replace(self._resolve(whole, is_tail=is_tail), words=words, span=span)
        both = self._both(span.start, span.start + len(words)) if " and " in folded else None
        if both is not None:
            self.last_plural = both
            return _speaker(both, words, span)
        start, end = author(folded)
        end = without_kin(folded, end)
        profile = self.names.profile(span.start + start, span.start + end)
        if profile.role and (profile.affiliation is None or profile.affiliation.islower()):
            owner = self._speaks_for(profile, span)
            profile = of_body(profile, owner) if owner is not None else profile
        profile = self._as_labelled(profile, span)
        known = self._look_up(words[start:end], folded[start:end], profile, span)
        if " and " in folded:
            known = self._listed(folded, known, span)
        if is_plural(folded[start:end]):
            self.last_plural = known
        if known.profile.kind is ActorKind.ARMED_GROUP and not known.profile.is_person:
            self.last_body = known
        return _speaker(known, words, span)

    def _as_labelled(self, profile: Profile, span: Span) -> Profile:
        """An office with the state or body under whose name a round-up has it: "France: President Ana Bell said"."""
        is_open = profile.role is not None and profile.country is None and profile.affiliation is None
        if not is_open or profile.kind is not ActorKind.OFFICIAL:
            return profile
        if self._labels is None:
            self._labels = find_labels(self.document.folded)
        label = label_at(self._labels, span.start) if self._labels else None
        return merge(profile._replace(kind=label.kind), label) if label is not None else profile

    def _speaks_for(self, profile: Profile, span: Span) -> Known | None:
        """The body, or the person, of whom the text told right before and for whom somebody speaks."""
        index = self.document.sentence_index(span.start)
        last = self.last_body
        if last is not None and last.at < self.document.sentences[max(0, index - 1)].start:
            last = None
        if is_of_body(self.document, span):
            return last
        if not is_spokesman(profile):
            return None
        sex = sex_of_owner(self.document, span)
        if sex is not None:
            return self._person_for(sex, span)
        # "The Kremlin denied it. Spokesman Tom Reed said"
        is_bare = profile.country is None and profile.affiliation is None and not profile.is_definite
        return last if is_bare and profile.is_person and last is not None and last.profile.is_body else None

    def stand_for(self, pronoun: str, span: Span) -> Speaker:
        """Whom a pronoun in the form of a subject ("he") stands for at a span ("according to him")."""
        return self._pronoun(pronoun, self.document.words(span), span)

    def _both(self, start: int, end: int) -> Known | None:
        """Two people who speak together, by both names; `None` where the phrase does not name two."""
        at = self.document.folded.find(" and ", start, end)
        behind = at + len(" and ")
        people = [self.names.profile(start, at), self.names.profile(behind, end)]
        if not all(one.is_person and one.name for one in people):
            return None
        first, second = (self._named(one, Span(start=start, end=end)) for one in people)
        one, other = first.profile, second.profile
        shared = Profile(
            country=one.country if one.country == other.country else None,
            kind=one.kind if one.kind is other.kind else ActorKind.OTHER,
        )
        return Known(f"{first.name} and {second.name}", shared, start)

    def _listed(self, folded: str, known: Known, span: Span) -> Known:
        """Names that speak together where the phrase was read as the last of them: "Reed, Bell and Hale said".

        Several states are of no one country.
        """
        *others, last = _LISTED.split(folded)
        if known.profile.country is not None and all(map(look_up, (others[-1].rpartition(" ")[2], last))):
            known = Known(known.name, known.profile._replace(country=None), known.at)
        if " and " in known.name or not known.name.endswith(last) or not all(o[:1].isupper() for o in others):
            return known
        people = (self.people.get(name_key(one)) if " " not in one else None for one in others)
        names = [who.name if who is not None else one for who, one in zip(people, others, strict=True)]
        return Known(f"{', '.join(names)} and {known.name}", Profile(kind=known.profile.kind), span.start)

    # ------------------------------------------------------------------ phrases

    def _look_up(self, words: str, folded: str, profile: Profile, span: Span) -> Known:
        """The known speaker that a phrase takes up again, else a new one."""
        is_rank = profile.role is not None and profile.role.lower().rstrip(".") in load_roles().words["ranks"]
        is_known = profile.name is not None and name_key(profile.name) in self.people
        if profile.name and profile.role and not is_rank and not is_known and is_city(profile.name):
            # "... parts of the port of Brume, authorities said": a town is nobody's name.
            return Known(profile.role, profile._replace(name=None, is_person=False), span.start)
        if profile.name is not None:
            return self._named(self._without_owner(profile), span)
        if (generic := self._generic(folded, profile, span)) is not None:
            return generic
        if profile.is_body:
            owner = self._owner(folded, span)
            return owner or self._body(words, profile, span)
        if folded.istitle() and folded.lower() in load_roles().words["surname_roles"]:
            # "King said", where the article has a Marta King.
            full = self.names.full_name(words)
            if full is not None:
                return self._named(full.profile._replace(name=words, role=None), span)
        told = _AGED.fullmatch(folded.lower())
        if told is not None and (aged := self._aged(told, profile, span)) is not None:
            return aged
        if profile.is_definite and profile.head and profile.role:
            for known in reversed(self.last_person):
                if (
                    full_rank(known.profile.head) == full_rank(profile.head)
                    and may_hold(known.profile, profile.role)
                    and span.start - known.at < 3 * _PRONOUN_REACH
                ):
                    known.at = span.start
                    return Known(known.name, merge(known.profile, profile), span.start)
            is_one = profile.head == "state" or not is_plural(folded)
            is_bare = profile.kind is ActorKind.OFFICIAL and "'" not in folded and is_one
            if is_bare and (holder := self._told_before(profile, span)) is not None:
                return holder
        if profile.role and not is_plural(folded):
            known = Known(shown_name(words), profile, span.start)
            if not profile.is_definite:
                known.profile = self._kind_unnamed(profile, span)
            self._spoke(known)
            return known
        return Known(shown_name(words), self._kind_unnamed(profile, span), span.start)

    def _told_before(self, office: Profile, span: Span) -> Known | None:
        """Whom a bare office takes up who spoke last and near, or opens one of the sentences right before."""
        last = self.last_person[-1] if self.last_person else None
        near = [last] if last is not None and span.start - last.at <= _BYSTANDER_REACH else []
        index = self.document.sentence_index(span.start)
        for sentence in reversed(self.document.sentences[max(0, index - _BYSTANDER_SENTENCES) : index]):
            opening = None if self._is_quoted(sentence) else self._opening(sentence)
            # Where all is in capitals, what opens a sentence may be no name.
            near += [opening] if opening is not None and not opening.name.isupper() else []
        told = next((known for known in near if may_be_called(known.profile, office)), None)
        if told is None or not 0 < told.name.count(" ") < _MOST_NAMES:
            return None
        if last is not None and told.at < last.at:
            # Somebody else was told of since.
            return None
        if (office.head or "") in self.document.low[told.at + len(told.name) : span.start]:
            # "Mayor Bell met an official. The official said": that one.
            return None
        known = Known(told.name, told.profile, span.start)
        self._spoke(known)
        return known

    def _without_owner(self, profile: Profile) -> Profile:
        """The profile of "Skyways' Bell" as Bell's, where the article names her in full; else as it is."""
        owned = _OWNED_NAME.fullmatch(profile.name or "")
        full = self.names.full_name(owned["who"]) if owned else None
        if owned is None or full is None or not full.profile.is_person:
            return profile
        return full.profile._replace(name=owned["who"], is_person=True)

    def _generic(self, folded: str, profile: Profile, span: Span) -> Known | None:
        """The body by name that "the group" stands for, as "it" would; `None` for other phrases and where none fits."""
        if profile.country is not None or not takes_up(folded):
            return None
        known = self.bodies.get(profile.head or "")
        if known is not None and (profile.is_body or span.start - known.at > _PRONOUN_REACH):
            # `_body` takes it up.
            return None
        spoke = self.last_body
        known = known or self._named_body(span) or self._body_for(span)
        spoke = known if known in self.last_person else spoke
        if (
            known is None
            or not is_body_by_name(known)
            or is_other_sort(known, folded.lower())
            or self._is_cut(known, spoke)
        ):
            known = self._topic(span)
        if known is None:
            return None
        self.last_body = Known(known.name, known.profile, span.start)
        return self.last_body

    @functools.cached_property
    def _told_topic(self) -> Known | None:
        """The one body that the article is about: sought where a bare phrase may be it."""
        told = find_topic(self.document)
        return Known(told[0], Profile(name=told[0], is_body=True), told[1]) if told else None

    def _topic(self, span: Span) -> Known | None:
        """The body that the article is about, where a bare phrase may be it: not "the company said it holds a tenth of
        Lund's shares"."""
        folded = self.document.folded
        if not folded[span.start + 1 : span.end].islower():
            return None
        topic, sentence = self._told_topic, self.document.sentences[self.document.sentence_index(span.start)]
        is_other = topic is not None and folded.find(f"{topic.name}'s", span.end, sentence.end) >= 0
        return None if is_other else topic

    def _is_cut(self, known: Known, spoke: Known | None) -> bool:
        """Whether what was read is no whole name: more of it stands behind ("African Union: Commission chief"), or
        nothing but its place in the sentence makes it one. `spoke` is the body that spoke last."""
        name, folded = known.name, self.document.folded
        if (
            " " not in name
            and known is not spoke
            and re.search(rf"[a-z,] {re.escape(name)}\b", folded) is None
        ):
            # "Revenue fell. The company said": a word that only opens its sentence.
            return True
        end = known.at + len(known.name)
        behind = self.document.folded[end : end + 2]
        return (
            self.document.folded.startswith(known.name, known.at)
            and behind[:1] == " "
            and behind[1:].isupper()
        )

    def _named_body(self, span: Span) -> Known | None:
        """The body by a name of several words that spoke in the sentence before."""
        spoke = self.last_person[-1] if self.last_person else None
        index = self.document.sentence_index(span.start)
        if spoke is None or not index or spoke.at < self.document.sentences[index - 1].start:
            return None
        is_body = is_told_as_body(self.document, spoke)
        return Known(spoke.name, spoke.profile._replace(is_person=False), spoke.at) if is_body else None

    def _aged(self, told: re.Match[str], profile: Profile, span: Span) -> Known | None:
        """Whom "the 29-year-old" stands for: who opens the sentence before, else who spoke last, by name and near.

        "The 29-year-old driver" is nobody of whom another office or another age is told.
        """
        last = self.last_person[-1] if self.last_person else None
        named = self._subject_before(span, after=last.at if last else -1, sex=profile.sex) or last
        is_near = named is not None and span.start - named.at <= _BYSTANDER_REACH
        if named is None or not is_near or not (named.profile.is_person and named.name[:1].isupper()):
            return None
        is_trade = told["who"] is not None and profile.sex is None
        if is_trade and named.profile.role is not None and named.profile.kind is not ActorKind.WITNESS:
            return None
        if is_other_age(self.document, named, told["age"]):
            return None
        if is_trade:
            named = Known(named.name, merge(named.profile, profile), named.at)
        if profile.sex is not None and not may_be_of(named, profile.sex):
            return None
        named = Known(named.name, named.profile, span.start)
        self._spoke(named)
        return named

    def _owner(self, folded: str, span: Span) -> Known | None:
        """Whose office "his office" is, by name; `None` for other bodies and where nobody fits."""
        first, _, rest = folded.partition(" ")
        sex = load_rules("roles").meaning["pronoun_sex"].get(first.lower())
        if sex is None or not rest.endswith(tuple(load_roles().words["personal_bodies"])):
            return None
        sentence = self.document.sentence_at(span.start)
        person = self._opening(sentence) if sentence.start < span.start else None
        if person is None or not person.profile.is_person or not may_be_of(person, str(sex)):
            person = self._person_for(str(sex), span)
        if person is None:
            return None
        role = person.profile.role
        title = f"{role} " if role and role[:1].isupper() else ""
        return Known(
            f"{title}{person.name}’s {rest}",
            Profile(country=person.profile.country, kind=person.profile.kind, head=rest, is_body=True),
            span.start,
        )

    def _kind_unnamed(self, profile: Profile, span: Span) -> Profile:
        """Officials who give no name are unnamed where the sentence says so."""
        if profile.kind in _MAY_HIDE and not profile.is_definite and self._is_unnamed(span):
            return profile._replace(kind=ActorKind.UNNAMED)
        return profile

    def _is_unnamed(self, span: Span) -> bool:
        """Whether the sentence says that its speaker gives no name."""
        index = self.document.sentence_index(span.start)
        if _unnamed_words().isdisjoint(self.document.plain[index]):
            return False
        sentence = self.document.sentences[index]
        return _unnamed_marks().search(self.document.low, sentence.start, sentence.end) is not None

    def _named(self, profile: Profile, span: Span) -> Known:
        """A person or body by name; a surname is completed from the article."""
        name = profile.name or ""
        tokens = name.replace("’", "'").split()
        office = self.last_person[-1] if self.last_person else None
        if (held := named_later(self.names, office, profile, span)) is not None and office is not None:
            profile = held
            self._name(office, name)
        if len(tokens) > 1 and name_key(tokens[0]) in load_roles().words["honorifics"]:
            # "Mr. Dahl" is whom the article calls Anders Dahl; nobody else is called Mr.
            tokens = tokens[1:]
        key = name_key(tokens[-1])
        known = self.people.get(key) or (self.people.get(name_key(tokens[0])) if len(tokens) == 1 else None)
        if len(tokens) == 1 and known is None and not profile.is_person:
            full = self.names.full_name(tokens[0])
            if full is None or is_abbreviation(tokens[0], full.name):
                return self._other(name, profile, span)
            known = full
        elif len(tokens) == 1 and known is None:
            known = self.names.full_name(tokens[0])
        if known is not None and (len(tokens) == 1 or may_be_one(known.name, " ".join(tokens))):
            if (
                len(tokens) == 1
                and " " in known.name
                and profile.is_definite
                and (profile.role or "").islower()
            ):
                # "The judge Reed was talking of": whoever has a name already is not that judge.
                profile = profile._replace(role=None, affiliation=None, head=None)
            longer = " ".join(tokens) if len(tokens) > len(known.name.split()) else known.name
            known = Known(
                longer,
                merge(profile, known.profile) if profile.role else merge(known.profile, profile),
                span.start,
            )
        else:
            known = Known(name, profile, span.start)
        self.people[key] = known
        first = name_key(tokens[0])
        self.people.setdefault(first, known) if len(tokens) > 1 else None
        self._spoke(known)
        return known

    def _name(self, office: Known, name: str) -> None:
        """Give what somebody said who was told by an office alone the name that the text has now."""
        for key, speaker in self.done.items():
            if speaker.name == office.name:
                self.done[key] = replace(speaker, name=name)
        self.last_person.remove(office)

    def _other(self, name: str, profile: Profile, span: Span) -> Known:
        """A single name that is no known surname: a group, a company, somebody with one name."""
        known = self.bodies.get(name_key(name))
        if known is not None:
            merged = merge(profile, known.profile)
            known = Known(known.name, merged, span.start)
        else:
            known = Known(shown_name(name), profile, span.start)
        self.bodies[name_key(name)] = known
        self.last_body = known
        return known

    def _body(self, words: str, profile: Profile, span: Span) -> Known:
        """An institution or a country; "the ministry" is the last one with that head."""
        head = profile.head or ""
        words = own_name(without_place(words))
        is_document = head.rpartition(" ")[2] in load_lexicon().words["document_nouns"]
        if self.last_body is not None and words.lower().startswith(_same_words()) and not is_document:
            return self.last_body
        shown = shown_name(words)
        bare = shown.lower().removeprefix("the ")
        earlier = self.bodies.get(head)
        taken_up = (
            earlier is not None
            and profile.is_definite
            and profile.country is None
            and head.split()[-1:] == bare.split()[-1:]
            # "The army" beside a "Liberation Army" is the state's.
            and not (earlier.profile.kind is ActorKind.ARMED_GROUP and profile.kind is ActorKind.OFFICIAL)
        )
        if (
            earlier is not None
            and taken_up
            and (len(bare.split()) == 1 or bare in earlier.name.lower().replace("’", "'"))
        ):
            known = Known(earlier.name, merge(profile, earlier.profile), span.start)
            self.last_body = known
            return known
        if profile.country is None and profile.kind is ActorKind.OFFICIAL and profile.is_definite:
            profile = profile._replace(country=self._country_near(span))
        known = Known(shown, profile, span.start)
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

    def _spoke(self, known: Known) -> None:
        self.last_person = [k for k in self.last_person if k.name != known.name][-12:]
        self.last_person.append(known)

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, low: str, words: str, span: Span, *, is_tail: bool = False) -> Speaker:
        """He, she, it, they: the last fitting speaker that stands near."""
        known: Known | None = None
        sex = load_rules("roles").meaning["pronoun_sex"].get(low)
        if sex is not None:
            known = self._person_for(str(sex), span, is_tail=is_tail)
        elif low == "it":
            known = self._body_for(span)
        elif low == "they":
            near = self.last_plural
            known = near if near and span.start - near.at <= _PRONOUN_REACH // 2 else None
            known = self._plural_before(span, after=known.at if known else -1) or known
        if known is None:
            return Speaker(name=words, words=words, span=span)
        known.at = span.start
        return _speaker(known, words, span)

    def _person_for(self, sex: str, span: Span, *, is_tail: bool = False) -> Known | None:
        """Whom "he" or "she" stands for: the subject of the sentence before, else the last speaker of that sex."""
        told = next(
            (
                one
                for one in reversed(self.last_person)
                if span.start - one.at <= _PRONOUN_REACH
                and may_be_of(one, sex)
                and not self._speaks_to(one, sex)
            ),
            None,
        )
        named = self._subject_before(span, after=told.at if told else -1, sex=sex)
        is_one = named is not None and (named.profile.is_person or bool(named.profile.role))
        if is_one and is_tail and told is not None and self._is_bare(named):
            # "That victim, Dahl, died. Three others are in hospital, he said": whoever spoke goes on.
            return told
        if named is None or not is_one:
            after = told.at if told else -1
            named = self._bystander(span, told, sex) or self._subject_before(
                span, after=after, sex=sex, is_far=True
            )
        if named is not None:
            told = named
            self._spoke(told)
        if told is not None:
            told.profile = told.profile._replace(sex=sex)
        return told

    def _speaks_to(self, known: Known, sex: str) -> bool:
        """Whether somebody without a name turns to "him" or "her": "A friend wrote to her, asking how she was"."""
        if known.profile.sex is not None or any(char.isupper() for char in known.name):
            return False
        sentence = self.document.sentence_at(known.at)
        return _hearer(sex).search(self.document.low, known.at, sentence.end) is not None

    def _is_bare(self, named: Known | None) -> bool:
        """Whether the text has but the surname where somebody opens a sentence."""
        surname = named.name.split()[-1] if named is not None else ""
        return named is not None and self.document.folded.startswith(surname, named.at)

    def _bystander(self, span: Span, told: Known | None, sex: str) -> Known | None:
        """Whom a sentence before a pronoun names by the way: near, or where nobody else is known right before it."""
        index = self.document.sentence_index(span.start)
        for back in range(1, min(index, _BYSTANDER_SENTENCES if told is None else 1) + 1):
            sentence = self.document.sentences[index - back]
            if span.start - sentence.start > _BYSTANDER_REACH or (told and told.at >= sentence.start):
                return None
            words = self.document.folded[sentence.start : span.start]
            if told and ("\n" in words or told.name.split()[-1] in words):
                return None
            found = find_bystander(self.document, self.names, sentence, sex)
            if found is not None:
                at, profile = found
                known = self.people.get(name_key((profile.name or "").split()[-1]))
                return known or Known(profile.name or "", profile, at.start)
        return None

    def _body_for(self, span: Span) -> Known | None:
        """What "it" stands for: in "which it said" the body named last, else the one that the sentence speaks of."""
        folded = self.document.folded
        index = self.document.sentence_index(span.start)
        sentence = self.document.sentences[index]
        last = self.last_body
        if _WHICH.search(folded, max(sentence.start, span.start - 8), span.start):
            names = [
                m
                for m in find_names(folded, max(sentence.start, span.start - _WHICH_REACH), span.start)
                if m.name.kind in _SPEAKING_NAMES
            ]
            is_own = last is not None and last.at >= sentence.start
            if not is_own and self.document.low.endswith("what ", 0, span.start):
                # "The main opposition party called a strike over what it said was ..."
                last = self._opening(sentence) or last
                is_own = last is not None and last.at >= sentence.start and not last.profile.is_person
            if names and not is_own:
                at = names[-1].span
                text = self.document.words(at)
                profile = Profile(country=names[-1].name.country, kind=ActorKind.OFFICIAL, is_body=True)
                last = Known(text, profile, at.start)
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
        spoke = self.last_person[-1] if self.last_person else None
        if spoke is not None and spoke.at >= before.start and not spoke.profile.is_person:
            # "The group Open Harbour said so. It called": a name that is nobody's in particular.
            return spoke if spoke.profile.role is None else None
        named = self._subject_before(span, after=last.at if last else -1)
        if named is not None and not named.profile.is_person and not named.profile.role:
            self.last_body = named
            return named
        return None

    def _subject_before(
        self, span: Span, *, after: int, sex: str | None = None, is_far: bool = False
    ) -> Known | None:
        """The name that opens a sentence between an offset and a pronoun: the nearest, over "But he rode on".

        Whoever is not of the sex asked for is passed over, and `is_far` sentences that open with no full name.
        """
        index = self.document.sentence_index(span.start)
        own = self.document.sentences[index]
        if after < own.start < span.start and not _PARENTHESIS.match(self.document.folded, span.start - 2):
            # "The prefect had spoken of forty dead, but on Friday she said": the sentence's own subject.
            named = self._opening(own)
            is_somebody = named is not None and (named.profile.role or len(named.name.split()) > 1)
            is_fit = named is not None and (sex is None or self._may_be(named, sex))
            if named is not None and is_somebody and is_fit and not self.openings.goes_on(own):
                return named
        for back in range(1, min(index, _SENTENCES) + 1):
            sentence = self.document.sentences[index - back]
            if sentence.start <= after or span.start - sentence.start > _PRONOUN_REACH:
                return None
            if self.openings.goes_on(sentence) or self._is_quoted(sentence):
                continue
            named = (
                self._opening(sentence)
                or self._behind_lead_in(sentence)
                or self._known_opening(self.openings.words_owner(sentence))
                or self._known_opening(self.openings.agent(sentence))
            )
            if is_far and (named is None or not is_surely(named, sex)):
                # "Lund rebuilt his bar. The water reached the shelf. ... he said"
                continue
            if sex is None or named is None or may_be_of(named, sex):
                return named
        return None

    def _may_be(self, named: Known, sex: str) -> bool:
        """Whether "he" or "she" may stand for whoever opens the pronoun's own sentence: no town and no thing."""
        profile = named.profile
        low = self.document.low
        has_article = low.startswith("the ", named.at) or low.endswith("the ", 0, named.at)
        is_person = profile.role is not None or (profile.is_person and not has_article)
        return is_person and may_be_of(named, sex)

    def _is_quoted(self, sentence: Span) -> bool:
        """Whether a sentence is but a part of a quotation: who opens it is spoken of."""
        folded = self.document.folded
        if folded[sentence.start] == '"':
            # A mark that is closed in front of the sentence's end leaves room for who speaks.
            return folded.find('"', sentence.start + 1, sentence.end - 2) < 0
        paragraph = folded.rfind("\n", 0, sentence.start) + 1
        return folded.count('"', paragraph, sentence.start) % 2 == 1

    def _opening(self, sentence: Span) -> Known | None:
        """The speaker who opens a sentence; a single name only where the article knows it."""
        return self._known_opening(self.openings.find(sentence))

    def _behind_lead_in(self, sentence: Span) -> Known | None:
        """The person with a name and a role behind what leads in."""
        named = self._known_opening(self.openings.behind_lead_in(sentence))
        if named is None:
            return None
        is_full = len(named.name.split()) > 1
        is_one = named.profile.role is not None and (is_full or named.profile.sex is not None)
        # "The Relief Committee" is a body, whatever stands behind.
        has_article = self.document.low.startswith("the ", named.at)
        return named if is_one or (is_full and named.profile.is_person and not has_article) else None

    def _known_opening(self, opening: Opening | None) -> Known | None:
        """The speaker whom an opening tells of; a single name only where it is known or no place."""
        if opening is None:
            return None
        span, profile = opening
        if profile.name and runs_on(profile.name):
            return None
        if profile.name and len(profile.name.split()) == 1 and name_key(profile.name) not in self.people:
            full = self.names.full_name(profile.name)
            if full is not None:
                return Known(full.name, full.profile, span.start)
            if look_up(profile.name) or self._describes(span):
                return None
            return Known(profile.name, profile, span.start)
        words, folded = self.document.words(span), self.document.folded[span.start : span.end]
        return self._look_up(words, folded, profile, span)

    def _describes(self, span: Span) -> bool:
        """Whether a single capital only opens a phrase: "Environmental group Open Harbour"."""
        behind = self.document.folded[span.end : span.end + _LONGEST_NOUN].split(" ", 2)[1:2]
        return bool(behind) and behind[0].islower() and behind[0] in entry_words()

    def _plural_before(self, span: Span, *, after: int) -> Known | None:
        """The people who are the subject of the sentence before, if named after an offset: "Nurses met. They said"."""
        index = self.document.sentence_index(span.start)
        if not index or self.document.sentences[index - 1].start <= after:
            return None
        people = self.openings.people(self.document.sentences[index - 1])
        if people is None:
            return None
        return Known(shown_name(self.document.words(people.span)), people.profile, people.span.start)


@functools.cache
def _relatives() -> tuple[str, ...]:
    """A speaker ends with one of these where a relative clause says that it speaks."""
    return tuple(sorted(load_lexicon().words["relative_pronouns"]))


@functools.cache
def _hearer(sex: str) -> re.Pattern[str]:
    """ "him" or "her" as the end of a clause's object, in small letters; "her husband" is none."""
    table = load_rules("roles").meaning["pronoun_sex"]
    objects = sorted(
        word for word, of in table.items() if of == sex and word in load_lexicon().words["object_pronouns"]
    )
    return re.compile(rf"\b(?:{'|'.join(objects)})(?=[,.;]| (?:and|to|that|if|whether|about)\b)")


@functools.cache
def _reflexives() -> tuple[str, ...]:
    """What may stand behind a speaker to stress or to place it: "Reed himself", "authorities there"."""
    lists = load_lexicon().words
    return tuple(f" {word}" for word in sorted(lists["reflexives"] | lists["speaker_places"]))


@functools.cache
def _unnamed_words() -> frozenset[str]:
    """The longest word of each of these marks: without one of them none stands in a sentence."""
    return frozenset(max(mark.split(), key=len) for mark in load_roles().words["unnamed_marks"])


@functools.cache
def _unnamed_marks() -> re.Pattern[str]:
    """What says, in small letters, that somebody gives no name."""
    return re.compile(alternation(load_roles().words["unnamed_marks"], space=" "))


@functools.cache
def _same_words() -> tuple[str, ...]:
    """A body that opens with one of these is the one that spoke last."""
    return tuple(sorted(load_roles().words["same_words"]))


def _speaker(known: Known, words: str, span: Span) -> Speaker:
    profile = known.profile
    return Speaker(
        name=known.name,
        words=words,
        span=span,
        # "Dean Baker" is no dean.
        role=None
        if " " in known.name and known.name.istitle() and profile.role == known.name
        else profile.role,
        # "Prosecutor at large Ana Bell" is of nobody but herself.
        affiliation=profile.affiliation if profile.affiliation != known.name else None,
        country=profile.country,
        kind=profile.kind,
    )

"""Names as an article gives them: what stands around a phrase, and the full name behind a surname.

Stance: a surname that the article never completes stays as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from digests.extract.speakers.profiles import APPOSITION, Profile, merge, read_apposition, read_phrase
from digests.extract.speakers.roles import entry_words, load_roles
from digests.extract.speakers.words import may_be_one
from digests.extract.speech.lexicon import is_adverb, load_lexicon
from digests.rules.gazetteer import look_up
from digests.rules.given_names import usual_sex
from digests.text.document import Document
from digests.text.outlets import known_outlet, press_name
from digests.types import ActorKind

# An age in front of an apposition belongs to none: "Ida Dahl, 43, who lives".
_APPOSITION_START = re.compile(r"\s*,\s+(?:\d{1,3},\s+)?(?=\w)|\s*\((?=[A-Z])")
# What only a person has behind a single name, and the initials of a body.
_OF_PERSON = re.compile(r",\s(?:\d{1,3},|who\b)")
_AGED = re.compile(r"[\w-]{1,20}-year-old ")
_INITIALS = re.compile(r"\s\([A-Z][\w.-]{1,12}\)(?=,\s)")
# "a roofer called Hamid"
CALLED = re.compile(r"\b(?:called|named)\s(?P<name>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,2})$")
# "a man who gave his name only as Karim"
_GIVES_NAME = re.compile(
    r",?\swho\s(?:only\s)?(?:gave|asked|wanted|identified|introduced|would)\b[\w\s]{0,40}?\bas\s"
    r"(?P<name>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+){0,2})"
)
# "of Bern, " between a name and what its bearer is.
_HOME = re.compile(r"(?:of|from)\s(?P<town>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?),\s(?=an?\s|the\s)")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}$")
# The word in front of a surname, and the characters in which it stands.
_BEFORE_NAME = re.compile(r"\b[A-Z][\w'.-]+$")
_LONGEST_WORD = 40
_NAME_ONLY = re.compile(r"(?:[A-Z][\w.'-]+\s+){1,3}(?:[A-Za-z]{1,3}[ -])?[A-Z][\w'-]+$")
# A given name behind a family name, and the longest family name that stands first.
_GIVEN = re.compile(r"\s[A-Z][a-z'-]+(?=[,\s])")
_FAMILY_LENGTH = 8
# Surnames of one article that are looked up: no article has more, and each is a search through the text.
_MOST_NAMES = 200
# Places at which a surname's other names are looked for, whatever they are and at most.
_PLACES, _MOST_PLACES = 12, 60
_SENTENCE = re.compile(r"[.!?]['\"]?\s")
# Marks that may end what stands behind a comma.
_CLOSING = re.compile(r"[,;(.]")
# Words of a line from which it may be a headline, and the share of its longer words that has a capital there.
_HEADLINE_WORDS = 4
_GIVEN_AND_SURNAME = 2
# Characters of an article in which a word in small letters is looked for.
_LOOKED_THROUGH = 4000
_HEADLINE_SHARE = 0.8
_SHORT_WORD = 4


def _particles() -> frozenset[str]:
    return load_roles().words["name_particles"]


@dataclass(slots=True)
class Known:
    """Somebody who has spoken: the profile with a full name, and where the text last had him or her."""

    name: str
    profile: Profile
    at: int
    by_pronoun: bool = False


class ArticleNames:
    """Reads names in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.looked_up: dict[str, Known | None] = {}

    def profile(self, start: int, end: int) -> Profile:
        """What the phrase and the apposition behind it tell."""
        text, folded = self.document.text, self.document.folded
        profile = read_phrase(text[start:end], folded[start:end])
        if profile.name and profile.role and profile.name[0].islower() and " of " in folded[start:end]:
            # "The governor of Rio Vale do Sul": the place goes on, and nobody is named yet.
            _, _, whole = text[start:end].partition(" of ")
            profile = profile._replace(name=None, is_person=False, affiliation=whole, is_definite=True)
        if (
            profile.name
            and not profile.is_person
            and " " not in profile.name
            and (_OF_PERSON.match(folded, end) or _AGED.match(folded, start))
        ):
            # "Hamid, 23, who asked", "25-year-old Hamid": a body has no age.
            profile = profile._replace(is_person=True)
        if profile.name is None and not profile.is_body and (gives := _GIVES_NAME.match(folded, end)):
            return profile._replace(name=text[gives.start("name") : gives.end("name")], is_person=True)
        initials = _INITIALS.match(folded, end) if folded.startswith(" (", end) else None
        behind = _APPOSITION_START.match(folded, initials.end() if initials else end)
        if behind is None:
            return profile
        if behind.group().endswith("(") and self._is_outlet(behind.end()):
            # "Ana Bell (The Guardian)": where she said it.
            return profile
        first = self._behind_home(behind.end())
        stop = min(len(folded), first + APPOSITION)
        line = folded.find("\n", first, stop)
        stop = line if line >= 0 else stop
        lists = load_lexicon().words
        opening = folded[start:end].split(" ", 1)[0].lower()
        marks = (found.start() for found in _CLOSING.finditer(folded, first, stop))
        close = next((at for at in marks if self._closes(at)), stop)
        bare = self._own_name(first, close) if profile.name is None else None
        called = CALLED.search(folded, first, close) if profile.name is None and profile.role else None
        if called is not None:
            # "his uncle, a roofer called Hamid, "
            return profile._replace(name=text[called.start("name") : called.end("name")], is_person=True)
        papers = lists["document_nouns"] - load_roles().words["named_heads"]
        if profile.name is None and profile.role is None and profile.head in papers:
            # "According to the report, the only evidence investigators found": no document is an investigator.
            return profile
        if profile.is_body:
            heads = load_roles().words
            is_the_one = profile.is_definite and profile.head in heads["bare_heads"]
            is_one = (
                opening in lists["articles"] and profile.head in heads["bare_heads"] | heads["named_heads"]
            )
            if bare and (is_the_one or is_one):
                # "the operator, Selvo Power, said", "a Norvian news website, Orm Now, said": a body by its name.
                return profile._replace(name=text[first:close], is_body=False)
            return profile
        if not self._is_apposition(folded[first:stop]):
            return profile
        if profile.name is None and profile.role and not bare:
            titled = self._titled(first, close)
            if titled is not None and (profile.is_definite or opening in lists["determiners"]):
                # "Bell's rival, opposition leader Ida Dahl, said": an office tells more than kin.
                is_kin = profile.head in load_roles().words["kin_roles"]
                return titled if is_kin else profile._replace(name=titled.name, is_person=True)
        if (
            bare
            and profile.role
            and (profile.is_definite or opening in lists["determiners"] or self._is_office(start, end))
        ):
            # "the interim finance minister, Rosa Vial, said": the name is the apposition.
            named = profile._replace(name=bare, is_person=True)
            begin = start + len(opening) + 1 if opening in lists["determiners"] else start
            return merge(named, read_apposition(text[begin:end], folded[begin:end]))
        told = read_apposition(text[first:stop], folded[first:stop])
        if profile.name is not None and not profile.is_person and " " not in profile.name:
            # A single name may be a body: "ISPR, the army's media wing"; a role makes it a person.
            told = told if told.role else told._replace(affiliation=None)
        return merge(profile, told)

    def _is_outlet(self, at: int) -> bool:
        """Whether a paper's name is all that stands in brackets."""
        inside = self.document.folded[at : at + _LONGEST_WORD].partition(")")[0]
        return bool(known_outlet(inside) or press_name(inside))

    def _behind_home(self, at: int) -> int:
        """Where an apposition goes on behind the town that somebody is from: "Ida Dahl, 32, of Bern, a nurse"."""
        home = _HOME.match(self.document.folded, at)
        return home.end() if home and look_up(home.group("town")) is not None else at

    def _closes(self, at: int) -> bool:
        """Whether a mark ends what stands behind a comma: no full stop behind "Lt", "Col" or an initial does."""
        folded = self.document.folded
        return folded[at] != "." or not self._is_abbreviation(folded[max(0, at - 20) : at])

    def _own_name(self, start: int, end: int) -> str | None:
        """The name that is all of an apposition but for a rank or an office: "General Rosa Vial"."""
        folded = self.document.folded[start:end]
        article, _, titled = folded.partition(" ")
        is_titled = titled.partition(" ")[0].lower().rstrip(".") in load_roles().words["definite_titles"]
        if is_titled and article.lower() in load_lexicon().words["articles"]:
            # "the Rev Ida Dahl"
            start += len(article) + 1
            folded = titled
        if not folded[:1].isupper():
            return None
        told = read_phrase(self.document.text[start:end], folded)
        if told.is_person and told.role and told.name and " " in told.name:
            return told.name
        if _NAME_ONLY.match(folded):
            first, _, rest = self.document.text[start:end].partition(" ")
            is_title = first.lower().rstrip(".") in load_roles().words["honorifics"]
            return rest if is_title and " " in rest else self.document.text[start:end]
        is_one = folded.isalpha() and self.document.folded[end : end + 1] == ","
        said = self.document.folded[end + 1 : end + 20].split(" ", 2)[1:2] if is_one else []
        # "the union, Solidar, said": one word is a name where its comma closes in front of a verb.
        return self.document.text[start:end] if said and said[0] in load_lexicon().lemma else None

    def _titled(self, start: int, end: int) -> Profile | None:
        """A person by a role in small letters and two names that are all of an apposition: "trader Ana Bell"."""
        folded = self.document.folded[start:end]
        if not folded[:1].islower():
            return None
        told = read_phrase(self.document.text[start:end], folded)
        return told if told.is_person and told.role and told.name and " " in told.name else None

    def _is_office(self, start: int, end: int) -> bool:
        """Whether a phrase without an article is one office all the same: "Chief of the National Police"."""
        words = self.document.folded[start:end].split()
        return words[0][:1].isupper() and "of" in words and not words[0].endswith("s")

    def _is_apposition(self, folded: str) -> bool:
        """Whether what stands behind a comma goes on about the name before it."""
        first = re.match(r"[\w.'-]+", folded)
        if first is None:
            return False
        word = first.group()
        lists = load_lexicon().words
        if word.lower() in lists["place_links"] and not lists["document_nouns"].isdisjoint(
            folded.partition(",")[0].split()
        ):
            # "Ana Bell, in a joint statement with the envoy, said"
            return False
        starts = load_lexicon().words["apposition_starts"]
        if word.lower() in starts:
            return True
        return (
            word.lower().endswith("'s")
            or word[0].isupper()
            or word.lower() in load_roles().words["role_modifiers"]
            or (word.lower() in entry_words())
            # "co-director of"
            or (word.islower() and word.rpartition("-")[2] in entry_words())
        )

    def full_name(self, surname: str) -> Known | None:
        """The first place where the article gives a surname its other names; `None` is remembered."""
        if surname not in self.looked_up and len(self.looked_up) >= _MOST_NAMES:
            return None
        if surname not in self.looked_up:
            self.looked_up[surname] = self._find_full_name(surname)
        return self.looked_up[surname]

    def _find_full_name(self, surname: str) -> Known | None:
        """The first place where the article gives a surname its other names, with what is said there."""
        plain = surname.replace("’", "'")
        titled: Known | None = None
        for start, end in self._full_places(plain):
            found = self._full_at(start, end)
            if found is None:
                continue
            if self._is_shared(found.name, plain):
                return None
            if found.name.split()[0].lower().rstrip(".") not in load_roles().words["honorifics"]:
                return found
            titled = titled or found
        return titled or self._first_name(surname)

    def _full_places(self, surname: str) -> Iterator[tuple[int, int]]:
        """Where words with capitals stand in front of a surname: the first of them, and the surname's end."""
        folded, position, passed = self.document.folded, 0, 0
        for _ in range(_MOST_PLACES):
            at = folded.find(surname, position)
            if at < 0:
                return
            position, passed = at + len(surname), passed + 1
            if position < len(folded) and (folded[position].isalnum() or folded[position] in "-’"):
                continue
            before = _NAME.search(folded, max(0, at - 60), at)
            if before is None or "\n" in before.group():
                continue
            start = before.start()
            cut = _SENTENCE.search(folded, start, at)
            if cut and not self._is_abbreviation(folded[start : cut.start()]):
                start = cut.end()
            if passed > _PLACES and self._given_start(at) == at:
                # A name that stands so often alone first is a body's, unless a given name tells otherwise.
                continue
            if start < at:
                yield max(start, at - 80), position

    def _full_at(self, start: int, end: int) -> Known | None:
        """Whom the words at a place name in full; `None` where they are no name, or somebody else's."""
        folded = self.document.folded
        surname = folded[start:end].rpartition(" ")[2]
        at = end - len(surname)
        wide = self._phrase_start(start)
        for first in dict.fromkeys((wide, start, self._given_start(at))):
            profile = self.profile(first, end)
            plain = (profile.name or "").replace("’", "'")
            if not plain.endswith(surname) or " " not in plain:
                # "Sen. Ida Dahl of Bern and Gov. Jon Bell": the phrase began with somebody else.
                continue
            if first != wide and profile.role is None and usual_sex(plain.partition(" ")[0]) is None:
                continue
            if look_up(plain) is not None:
                return None
            name = self._given_and_surname(profile.name or "", at)
            if name is not None:
                profile = profile if name == profile.name else Profile(name=name, is_person=True)
                return Known(name, profile, at)
        return None

    def _given_start(self, at: int) -> int:
        """Where the given name begins that stands in front of a place, else the place."""
        word = _BEFORE_NAME.search(self.document.folded, max(0, at - _LONGEST_WORD), at - 1)
        return word.start() if word is not None and usual_sex(word.group()) is not None else at

    def _is_shared(self, name: str, surname: str) -> bool:
        """Whether the article gives a surname to somebody else as often: kin, and the bare surname may be either.

        A title or an office in front of it ("Mr. Bell") counts for the name unless its sex is another.
        """
        own = name.replace("’", "'").split()
        sex, lists = usual_sex(own[0]), load_roles().words
        mine, others = 0, [0]
        for word, number in Counter(self._words_before(surname)).items():
            low = word.lower().rstrip(".")
            if word in own or may_be_one(name, f"{word} {surname}"):
                mine += number
            elif low in lists["male_words"] or low in lists["female_words"]:
                mine += number if sex in {None, "m" if low in lists["male_words"] else "f"} else 0
            elif low in entry_words() or self._is_no_name(word):
                mine += number
            elif usual_sex(word) is not None:
                others.append(number)
        return max(others) >= max(mine, 1)

    def _words_before(self, surname: str) -> list[str]:
        """The words with a capital right in front of a surname, one for each place."""
        folded, found = self.document.folded, []
        at = folded.find(f" {surname}")
        while at >= 0:
            end = at + 1 + len(surname)
            word = _BEFORE_NAME.search(folded, max(0, at - _LONGEST_WORD), at)
            if word is not None and not folded[end : end + 1].isalnum():
                found.append(word.group())
            at = folded.find(f" {surname}", end)
        return found

    def _in_headline(self, at: int) -> bool:
        """Whether a place stands in a line whose words have capitals throughout."""
        folded = self.document.folded
        end = folded.find("\n", at)
        words = folded[folded.rfind("\n", 0, at) + 1 : end if end >= 0 else len(folded)].split()
        longer = [word for word in words if len(word) >= _SHORT_WORD and word[0].isalpha()]
        capitals = sum(word[0].isupper() for word in longer)
        return len(words) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(longer)

    def _given_and_surname(self, name: str, at: int) -> str | None:
        """A run of capitals without the words in front that are none of a name; `None` where only a surname is left.

        A sentence may begin with any word ("After Bell spoke", "Former Bell aide") and in a headline all have
        capitals ("Reyes Says Ida Bell Won"): a word that the article has in small letters too is no given name.
        """
        words = name.split()
        if (
            len(words) > _GIVEN_AND_SURNAME
            and words[-2].lower() not in _particles()
            and self._in_headline(at)
        ):
            words = words[-_GIVEN_AND_SURNAME:]
        for index in range(len(words) - 2, -1, -1):
            if self._is_no_name(words[index]):
                words = words[index + 1 :]
                break
        return " ".join(words) if len(words) > 1 else None

    def _is_no_name(self, word: str) -> bool:
        low = word.lower()
        lexicon = load_lexicon()
        if low in load_roles().words["given_words"] or low in _particles():
            return False
        if low in lexicon.words["conjunctions"] or low in lexicon.words["prepositions"]:
            return True
        if is_adverb(low):
            # "Meanwhile Bell spoke"
            return True
        if low in load_roles().words["role_modifiers"]:
            return True
        return (
            low != lexicon.lemma.get(low, low)
            or self.document.folded.find(f" {low} ", 0, _LOOKED_THROUGH) >= 0
        )

    def _is_abbreviation(self, before: str) -> bool:
        """Whether a full stop behind these words ends no sentence: an initial, "Gen"."""
        last = before.split()[-1:] or [""]
        return len(last[0]) == 1 or "." in last[0] or last[0].lower() in load_lexicon().words["titles"]

    def _first_name(self, family: str) -> Known | None:
        """A family name that stands first ("Zhao Lin"), completed where the article has the whole of it."""
        folded = self.document.folded
        if len(family) > _FAMILY_LENGTH:
            return None
        at = folded.find(family + " ")
        found = _GIVEN.match(folded, at + len(family)) if at >= 0 else None
        while found is None and at >= 0:
            at = folded.find(family + " ", at + 1)
            found = _GIVEN.match(folded, at + len(family)) if at >= 0 else None
        if found is None or (at > 0 and folded[at - 1].isalnum()):
            return None
        before = self._phrase_start(at) if at > 1 and folded[at - 2].isalpha() else at
        profile = self.profile(before, found.end())
        words = folded[at : found.end()].split()
        if profile.name is None or profile.name.split() != words or look_up(words[1]) is not None:
            return None
        if words[1].lower() in load_lexicon().lemma or not (
            profile.role or profile.kind is not ActorKind.OTHER
        ):
            return None
        return Known(profile.name, profile, at)

    def _phrase_start(self, at: int) -> int:
        """Back over the words in front of a name that tell its role: "Chile's transport ministry spokeswoman "."""
        folded = self.document.folded
        start = at
        for _ in range(6):
            word = re.search(r"([\w.'’-]+)\s$", folded[max(0, start - 30) : start])
            if word is None or (
                word.group(1).endswith(".") and not self._is_abbreviation(word.group(1)[:-1])
            ):
                break
            low = word.group(1).lower()
            known = (
                low in entry_words()
                or low in load_roles().words["role_modifiers"]
                or word.group(1)[0].isupper()
            )
            if not (known or low.endswith("'s")):
                break
            start -= len(word.group())
        return start

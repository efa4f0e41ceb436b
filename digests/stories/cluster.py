"""Articles to stories: which reports tell of the same event or affair.

Stance: a wrong merge is worse than a missed one. Two stories in one card mix their dead; one story in two cards
only repeats itself. In doubt an article founds a story of its own.

Theory: an article is a vector of word stems, weighted by how rare they are in the store (and, while the store is
young, in a shipped list of newsroom words); what stands in the headline and the opening counts more, and so do
numbers. A story is the mean of its articles. New articles and the known stories near them are joined pairwise, the
most alike first, while the mean likeness over all pairs suffices (average linkage: one stray likeness does not chain
two stories together) and is not far below the likeness within the two (two look-alike events are each more alike in
themselves). Likeness by everyday words alone counts half, and not at all where it is a handful of them; more names
must be shared where the openings name other countries or cities; what both are about (`happening`) counts beside the
words. Days far apart lower the likeness, most where only everyday words are shared: the jobs report of another month is
another story, the trial over last year's killing may be the same. Local matters of the police share all their words
with the next one of the town, so there days count from the third on, of each article and not of the group's ends, and
days that both texts name part them; only people who are named in both (`cases`) outweigh that.
A store of few articles asks for less likeness, as one of them is seldom alike by chance; items of a few lines always
need all of it.

Known exceptions: a story told in a few lines by one outlet and at length by another may stay apart; an affair of
months falls into stories of its own turns; two events of one kind, day and place in one report are one story.

Order: a batch is sorted by day and id before anything else, so its order does not matter. Known stories keep their
ids and are never joined with each other; loading in several batches may therefore leave two stories apart that one
batch would have joined. Ids come from the first article's id and never change.

Cost: candidates come from an inverted index over each article's weightiest terms; a term's postings hold only the
newest articles, so that a store of any size costs the same per article.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import mul, neg

from digests.stories.happening import Happening
from digests.stories.linkage import Group, Linkage, Member, limits_for, make_group, share_of_few
from digests.stories.signature import Signature
from digests.text.similarity import background_share

# What headline and opening weigh beside the whole text.
_LEAD_SHARE = 0.25
# Articles that the shipped word list stands for, beside those of the store (measured: flat between 400 and 700).
_BACKGROUND_ARTICLES = 500
# Numbers tell reports of one event from those of a like one ("magnitude 5.6", "850,000 jobs").
_NUMBER_WEIGHT = 1.5
# How much more names weigh in a store of few articles, where hardly a name is shared by chance; a large one holds every
# town's and minister's many times. Measured on stores of five to seven articles of public news, look-alikes among them:
# half a point of B-cubed on both halves; twice as much gives none.
_NAMES_IN_FEW = 0.5
# Weightiest terms by which an article looks for its mates, and the longest list of articles a term keeps.
_INDEX_TERMS = 24
_MAX_POSTINGS = 250
# Nearest articles compared in full; in a store of so few articles all are.
_MAX_CANDIDATES = 15
_ALL_OF = 50
# Growth of the store from which rarities are counted anew.
_STALE_AT = 1.2
# Vectors kept between batches, the newest: they are most of the memory, and are made again in a tenth of a millisecond.
_MAX_VECTORS = 4096
# Articles of a known story that stand for it: the newest.
_MAX_MEMBERS = 25
# Known stories that are kept as groups between batches, the last met.
_MAX_GROUPS = 512


def story_id_for(article_id: str) -> str:
    """The id of the story that an article founds: "s" and ten hex digits."""
    return "s" + hashlib.sha256(article_id.encode()).hexdigest()[:10]


class _Terms:
    """Stems by number: what many signatures hold is kept in memory once, and outside the reach of the collector."""

    def __init__(self) -> None:
        self.stems: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, stem: str) -> int:
        found = self._numbers.get(stem)
        if found is None:
            found = self._numbers[stem] = len(self.stems)
            self.stems.append(stem)
        return found


@dataclass(frozen=True, slots=True)
class _Packed:
    """A signature as numbers: `words` are the terms, their counts, the lead, its counts, the names, the places, the
    people and the particulars, in a row.

    A hundred thousand signatures as tuples of tuples are three gigabytes, and the collector walks all of them.
    """

    article_id: str
    day: dt.date | None
    words: array[int]
    terms: int
    lead: int
    named: int
    placed: int
    peopled: int
    happening: Happening | None
    is_case: bool

    @staticmethod
    def of(signature: Signature, known: _Terms) -> _Packed:
        words = array("I")
        for pairs in (signature.terms, signature.lead):
            words.extend(known.number(term) for term, _ in pairs)
            words.extend(count for _, count in pairs)
        words.extend(map(known.number, signature.names))
        words.extend(map(known.number, signature.places))
        words.extend(map(known.number, signature.people))
        words.extend(map(known.number, signature.particulars))
        return _Packed(
            signature.article_id,
            signature.day,
            words,
            len(signature.terms),
            len(signature.lead),
            len(signature.names),
            len(signature.places),
            len(signature.people),
            signature.happening,
            signature.is_case,
        )

    def term_counts(self) -> tuple[array[int], array[int]]:
        return self.words[: self.terms], self.words[self.terms : 2 * self.terms]

    def lead_counts(self) -> tuple[array[int], array[int]]:
        start = 2 * self.terms
        return self.words[start : start + self.lead], self.words[start + self.lead : start + 2 * self.lead]

    def names(self) -> array[int]:
        start = 2 * (self.terms + self.lead)
        return self.words[start : start + self.named]

    def places(self) -> array[int]:
        start = 2 * (self.terms + self.lead) + self.named
        return self.words[start : start + self.placed]

    def people(self) -> array[int]:
        start = 2 * (self.terms + self.lead) + self.named + self.placed
        return self.words[start : start + self.peopled]

    def particulars(self) -> array[int]:
        return self.words[2 * (self.terms + self.lead) + self.named + self.placed + self.peopled :]


class _Rarity(dict[int, float]):
    """Terms to what they weigh, worked out when it is first asked for."""

    def __init__(self, work_out: Callable[[int], float]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, term: int) -> float:
        value = self[term] = self._work_out(term)
        return value


class StoryIndex:
    """The stories so far, and where new articles belong.

    Args:
        known: Signatures with the ids of their stories, in any order.
    """

    def __init__(self, known: Iterable[tuple[Signature, str]] = ()) -> None:
        self._terms = _Terms()
        self._packed: list[_Packed] = []
        # Articles are numbers here; each has one of each.
        self._number_of: dict[str, int] = {}
        self._story_of: dict[str, str] = {}
        self._members: dict[str, list[str]] = defaultdict(list)
        self._articles_with = array("I")
        self._postings: dict[int, array[int]] = {}
        self._vectors: dict[str, dict[str, float]] = {}
        # Known stories as groups, made from the vectors as they are now.
        self._groups: dict[str, Group] = {}
        self._rarity = _Rarity(self._rarity_of)
        self._weighed_at = 0
        self._unplaced: list[tuple[_Packed, str]] = []
        self.know(known)

    def know(self, known: Iterable[tuple[Signature, str]]) -> None:
        """Learn articles that have their stories, as many at once as is convenient, before anything is assigned."""
        for signature, story in known:
            if (packed := self._learn(signature)) is not None:
                self._unplaced.append((packed, story))

    def assign(self, batch: Sequence[Signature]) -> dict[str, str]:
        """Article id to story id for each article of a batch, in order of day and id.

        An article that is known already keeps its story. Afterwards the batch is known.
        """
        self._place_known()
        ordered = sorted(batch, key=_sort_key)
        newest = {signature.article_id: signature for signature in ordered}
        fresh = [packed for s in newest.values() if (packed := self._learn(s)) is not None]
        self._refresh_rarity()
        for packed in fresh:
            self._post(packed.article_id)
        for group in self._join(fresh):
            self._settle(group)
        self._forget_vectors()
        return {signature.article_id: self._story_of[signature.article_id] for signature in ordered}

    def _place_known(self) -> None:
        """Index what was learnt, in order of day and id."""
        if not self._unplaced:
            return
        self._unplaced.sort(key=lambda pair: _sort_key(pair[0]))
        self._refresh_rarity()
        for number, (packed, story) in enumerate(self._unplaced):
            self._post(packed.article_id)
            self._place(packed.article_id, story)
            if number % _MAX_VECTORS == 0:
                self._forget_vectors()
        self._forget_vectors()
        self._unplaced = []

    def _forget_vectors(self) -> None:
        for article_id in list(self._vectors)[:-_MAX_VECTORS]:
            del self._vectors[article_id]
        for story in list(self._groups)[:-_MAX_GROUPS]:
            del self._groups[story]

    def _join(self, fresh: Sequence[_Packed]) -> list[Group]:
        """The fresh articles with their candidates, joined as far as they are alike."""
        linkage = Linkage(limits_for(len(self._packed)))
        for packed in fresh:
            linkage.add(self._group(packed.article_id, [packed.article_id], is_known=False))
        for packed in fresh:
            for mate in self._candidates(packed.article_id):
                story = self._story_of.get(mate)
                name = mate if story is None else f"={story}"
                if story is not None and name not in linkage:
                    linkage.add(self._known_group(name, story))
                linkage.link(packed.article_id, name)
        return linkage.join_all()

    def _known_group(self, name: str, story: str) -> Group:
        """A known story as a group of its own to be joined: stories are met again batch after batch."""
        group = self._groups.pop(story, None)
        if group is None:
            group = self._group(name, self._members[story][-_MAX_MEMBERS:], is_known=True)
        self._groups[story] = group
        return dataclasses.replace(group, total=dict(group.total), neighbours={})

    def _group(self, name: str, members: Sequence[str], *, is_known: bool) -> Group:
        found, stems = [], self._terms.stems
        for member in members:
            packed = self._packed_of(member)
            names = [stems[number] for number in packed.names()]
            places = {stems[number] for number in packed.places()}
            cities = {place for place in places if "/" in place}
            found.append(
                Member(
                    member,
                    self._vector(member),
                    names,
                    packed.day,
                    places - cities,
                    cities,
                    packed.happening,
                    [stems[number] for number in packed.people()],
                    packed.is_case,
                    [stems[number] for number in packed.particulars()],
                )
            )
        return make_group(name, found, is_known=is_known)

    def _settle(self, group: Group) -> None:
        """Give the new articles of a group the story of its known ones, else a story of their own."""
        known = [member for member in group.members if member in self._story_of]
        new = sorted((self._packed_of(m) for m in group.members if m not in self._story_of), key=_sort_key)
        if not new:
            return
        story = self._story_of[known[0]] if known else story_id_for(new[0].article_id)
        for packed in new:
            self._place(packed.article_id, story)

    def _packed_of(self, article_id: str) -> _Packed:
        return self._packed[self._number_of[article_id]]

    def _learn(self, signature: Signature) -> _Packed | None:
        """The signature, packed; `None` for an article that is known already."""
        if signature.article_id in self._number_of:
            return None
        packed = _Packed.of(signature, self._terms)
        self._number_of[signature.article_id] = len(self._packed)
        self._packed.append(packed)
        self._articles_with.extend([0] * (len(self._terms.stems) - len(self._articles_with)))
        for term in packed.term_counts()[0]:
            self._articles_with[term] += 1
        return packed

    def _place(self, article_id: str, story: str) -> None:
        if article_id not in self._story_of:
            self._story_of[article_id] = story
            self._members[story].append(article_id)
            self._groups.pop(story, None)

    def _post(self, article_id: str) -> None:
        article = self._number_of[article_id]
        for _, term in self._index_terms(article_id):
            posting = self._postings.setdefault(self._terms.number(term), array("I"))
            if len(posting) == _MAX_POSTINGS:
                del posting[0]
            posting.append(article)

    def _index_terms(self, article_id: str) -> list[tuple[float, str]]:
        """Its weightiest terms, each behind its weight below zero."""
        vector = self._vector(article_id)
        return sorted(zip(map(neg, vector.values()), vector, strict=True))[:_INDEX_TERMS]

    def _candidates(self, article_id: str) -> list[str]:
        """The articles that share the weightiest terms, the nearest first; all of a small store."""
        if len(self._packed) <= _ALL_OF:
            return sorted(p.article_id for p in self._packed if p.article_id != article_id)
        shared: dict[int, float] = defaultdict(float)
        for less, term in self._index_terms(article_id):
            weight = less**2
            for mate in self._postings.get(self._terms.number(term), ()):
                shared[mate] += weight
        shared.pop(self._number_of[article_id], None)
        # Sorting the bare sums first spares the names of the many that are far off.
        least = sorted(shared.values(), reverse=True)[:_MAX_CANDIDATES][-1:]
        near = [
            (-value, self._packed[mate].article_id) for mate, value in shared.items() if value >= least[0]
        ]
        return [mate for _, mate in sorted(near)[:_MAX_CANDIDATES]]

    def _vector(self, article_id: str) -> dict[str, float]:
        """The article as a vector of length 1, under the rarity of terms as it is now."""
        vector = self._vectors.get(article_id)
        if vector is None:
            packed, stems = self._packed_of(article_id), self._terms.stems
            weights = self._weigh(*packed.term_counts(), 1 - _LEAD_SHARE)
            for term, value in self._weigh(*packed.lead_counts(), _LEAD_SHARE).items():
                weights[term] = weights.get(term, 0.0) + value
            if (share := share_of_few(len(self._packed))) > 0:
                for term in packed.names():
                    if term in weights:
                        weights[term] *= 1 + _NAMES_IN_FEW * share
            scale = _scale(weights.values(), 1.0)
            vector = {stems[term]: value * scale for term, value in weights.items()}
            self._vectors[article_id] = vector
        return vector

    def _weigh(self, terms: array[int], counts: array[int], length: float) -> dict[int, float]:
        """Terms, each once, as a vector of some length; repeated ones count by logarithm."""
        values = list(map(self._rarity.__getitem__, terms))
        for place, count in enumerate(counts):
            if count > 1:
                values[place] *= 1 + math.log(count)
        scale = _scale(values, length)
        return {term: value * scale for term, value in zip(terms, values, strict=True)}

    def _rarity_of(self, term: int) -> float:
        stem = self._terms.stems[term]
        articles = len(self._packed) + _BACKGROUND_ARTICLES
        share = (self._articles_with[term] + _BACKGROUND_ARTICLES * background_share(stem)) / articles
        return math.log(1 / min(share, 1.0)) * (_NUMBER_WEIGHT if stem[0].isdigit() else 1.0)

    def _refresh_rarity(self) -> None:
        """Forget vectors once the store has grown so much that rarities have moved."""
        if len(self._packed) > _STALE_AT * self._weighed_at:
            self._rarity.clear()
            self._vectors.clear()
            self._groups.clear()
            self._weighed_at = len(self._packed)


def _scale(values: Collection[float], length: float) -> float:
    """By what a vector is multiplied to have a length; 0 for one without any."""
    squared: float = sum(map(mul, values, values))
    return length / math.sqrt(squared) if squared else 0.0


def _sort_key(signature: Signature | _Packed) -> tuple[dt.date, str]:
    return signature.day or dt.date.max, signature.article_id

"""What somebody is said to have done, clause by clause: a verb of harm with its doer, told or denied.

Read by grammar: the subject of the verb, who stands behind its "by", who is accused of its "-ing" form, who "was
behind it". Stance: a doer is a party that is named as one; a verb without a party tells nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.extract.aspects.parties import OWN, Party, deed_words, find_parties
from digests.extract.aspects.quoted import MARKS
from digests.extract.tellings.triggers import Words
from digests.rules.gazetteer import GeoMatch

# Tokens behind a verb in which its "by", or the deed that it speaks of, stands.
_BY_REACH, _OBJECT_REACH = 12, 6
# Tokens between a party and its verb that go on with the party.
_INSERT = 16
# Tokens in front of a party in which a "no" or a "none of" stands.
_NONE_OF = 3
# Tokens at the head of what somebody is accused of in which the accused stands.
_HEAD = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of harm at token `verb` with its doer. `is_named`: it speaks of the deed as known ("was behind it")."""

    verb: int
    doer: Party
    is_denied: bool = False
    is_named: bool = False
    is_killing: bool = False
    # Whoever speaks takes it upon himself.
    is_claim: bool = False


class DeedReader:
    """The deeds of one stretch of words. `is_charge`, `is_denial`: what its verb of saying does."""

    def __init__(
        self, words: Words, names: Sequence[GeoMatch], *, is_charge: bool = False, is_denial: bool = False
    ) -> None:
        self.lows = words.lows
        self._words = words
        self._names = names
        self._is_charge = is_charge
        self._is_denial = is_denial

    @functools.cached_property
    def parties(self) -> list[Party]:
        """Who may have done it, in order: sought where a word tells of a deed."""
        return find_parties(self._words, self._names)

    def deeds(self) -> list[Deed]:
        """The deeds in order of their verbs."""
        found: list[Deed] = []
        if self._is_charge and (accused := self._accused()) is not None:
            found.append(accused)
        telling = _telling()
        for at, low in enumerate(self.lows):
            if low not in telling:
                continue
            if low in _involving():
                deed = self._behind(at)
            elif low in deed_words("doers") and not deed_words("belongs").isdisjoint(
                self.lows[at + 1 : at + 2]
            ):
                deed = self._revealed(at)
            elif self._is_deed(at):
                deed = self._done(at, found)
            else:
                continue
            if deed is not None:
                found.append(deed)
        found.extend(self._works())
        return sorted(found, key=lambda deed: deed.verb)

    # ----------------------------------------------------------------- verbs

    def _is_deed(self, at: int) -> bool:
        """Whether a word is a verb that tells of a deed as done."""
        low, lows = self.lows[at], self.lows
        if low in deed_words("bases") and self._is_bare(at):
            return True
        following = lows[at + 1] if at + 1 < len(lows) else ""
        if low in deed_words("begins"):
            return not deed_words("begun").isdisjoint(lows[at + 1 : at + _OBJECT_REACH])
        if low in deed_words("needing_lead"):
            if following not in deed_words("fire_leads") and following not in deed_words("leads_of_others"):
                return low in ("shot", "fired") and following in ("", "by", ".", ",")
            if following in deed_words("determiners") and low not in deed_words("harming_any"):
                behind = lows[at + 2 : at + 2 + _OBJECT_REACH]
                if all(deed_words(kind).isdisjoint(behind) for kind in ("harm", "done")):
                    # "Rebels made a deal."
                    return False
        elif low in deed_words("light"):
            if low == "did" and following not in ("it", "this", "so"):
                return False
            if low in deed_words("plans") and deed_words("known").isdisjoint(lows[at + 1 : at + 3]):
                # "Was planning an attack": none was done.
                return False
            return not deed_words("done").isdisjoint(lows[at + 1 : at + _OBJECT_REACH])
        elif not any(low in deed_words(kind) for kind in ("hit", "killed", "taken")):
            return False
        if low.endswith("ing"):
            before = lows[at - 1] if at else ""
            return not at or before in deed_words("beside") or before in ("of", "for", ",", "and", "having")
        return True

    def _is_bare(self, at: int) -> bool:
        """Whether a bare form is a verb of something done or denied: "did not fire", "began to shell"."""
        before = [
            low for low in self.lows[max(0, at - 4) : at] if low not in ("'", "t") and not low.endswith("ly")
        ]
        if before[-1:] == ["to"]:
            return before[-2:-1] != [] and before[-2] in deed_words("real_to")
        if before[-1:] == ["never"]:
            return True
        if before[-1:] == ["not"]:
            return before[-2:-1] != [] and before[-2] in deed_words("do")
        return before[-1:] != [] and before[-1] in deed_words("cut_do")

    def _done(self, at: int, before: Sequence[Deed]) -> Deed | None:
        """The deed of a verb with its doer."""
        low = self.lows[at]
        head, negated, is_passive = self._auxiliaries(at)
        is_named = self._is_of_known(at)
        if low.endswith("ing") and head == at - 1:
            return self._participle(at, before, is_named=is_named)
        is_suffered = (is_passive and not low.endswith("ing")) or self._is_reduced(at)
        doer = self._by(at) if is_suffered else self._subject(head)
        if doer is None:
            return None
        negated = negated or self._is_none(doer)
        return Deed(at, doer, negated, is_named, self._is_killing(at))

    def _is_killing(self, at: int) -> bool:
        """Whether a verb tells that somebody died of it: "had shot two dead", not "shot at a patrol"."""
        low, behind = self.lows[at], self.lows[at + 1 : at + 2]
        return low in deed_words("killed") or (
            low in deed_words("shot") and deed_words("shot_at").isdisjoint(behind)
        )

    def _is_of_known(self, at: int) -> bool:
        """Whether a verb speaks of a deed as known: "carried out the raid", "did it", not "launched a raid"."""
        low = self.lows[at]
        if low in deed_words("begins"):
            return True
        behind = self.lows[at + 1 : at + _OBJECT_REACH]
        return low in deed_words("light") and not deed_words("known").isdisjoint(behind)

    def _auxiliaries(self, at: int) -> tuple[int, bool, bool]:
        """The last token in front of a verb and its auxiliaries, whether they deny it, whether it is passive."""
        beside, negations = deed_words("beside"), deed_words("negations")
        negated = is_passive = False
        k = at - 1
        while k >= 0:
            low = self.lows[k]
            if low in negations:
                negated = True
            elif low in deed_words("passive"):
                is_passive = True
            elif low in ("'", "t") and k and self.lows[k - 1] in ("'", *negations):
                pass
            elif not (low in beside or low.endswith("ly")):
                break
            k -= 1
        return k, negated, is_passive

    def _is_reduced(self, at: int) -> bool:
        """Whether a participle stands without its "was": "most of them shot by police"."""
        return "by" in self.lows[at + 1 : at + 4] and self.lows[at] not in ("opened", "fired")

    def _participle(self, at: int, before: Sequence[Deed], *, is_named: bool) -> Deed | None:
        """ "Accused the army of shelling", "denied killing", "shelled the town, killing"."""
        lead = self.lows[at - 1] if at else ""
        if not at or lead == "having":
            return (
                Deed(at, Party(at, at, OWN), is_denied=False, is_named=is_named) if self._is_denial else None
            )
        if lead in ("of", "for") and self._is_charge:
            first = next((party for party in self.parties if party.first <= _HEAD), None)
            return Deed(at, first, is_named=True) if first is not None and first.last < at else None
        if lead in (",", "and") and before:
            return replace(before[-1], verb=at, is_named=before[-1].is_named)
        return None

    # ----------------------------------------------------------------- doers

    def _subject(self, head: int) -> Party | None:
        """The party that is the subject of the verb in front of which token `head` stands."""
        if head < 0:
            return None
        low = self.lows[head]
        if low in deed_words("unreal") and low != "to":
            return None
        if low in deed_words("own"):
            return Party(head, head, OWN)
        if low in deed_words("own_many") or low == "them":
            earlier = [party for party in self.parties if party.last < head and party.key != OWN]
            return earlier[-1] if earlier else Party(head, head, OWN)
        if low in deed_words("relatives"):
            return next((party for party in self.parties if 0 < head - party.last <= 2), None)
        for party in reversed([party for party in self.parties if party.first <= head]):
            if self._is_off(party):
                continue
            if party.last >= head:
                return party
            gap = self.lows[party.last + 1 : head + 1]
            goes_on = gap[0] in deed_words("goes_on") or gap[0].endswith("ing")
            is_clear = MARKS.isdisjoint(gap) and deed_words("subjects").isdisjoint(gap)
            return party if goes_on and len(gap) <= _INSERT and is_clear else None
        return None

    def _is_off(self, party: Party) -> bool:
        """Whether a party stands behind a preposition: "a raid on rebels", "in Ruritania"."""
        before = self.lows[max(0, party.first - 2) : party.first]
        off = deed_words("off")
        if before and before[-1] in off:
            return before[-1] != "of" or before[0] not in (
                "none",
                "all",
                "some",
                "most",
                "many",
                "one",
                "any",
            )
        return len(before) > 1 and before[-1] in deed_words("before_parties") and before[0] in off - {"of"}

    def _is_none(self, party: Party) -> bool:
        before = self.lows[max(0, party.first - _NONE_OF) : party.first]
        return not deed_words("nobody").isdisjoint([*before, self.lows[party.first]])

    def _by(self, at: int) -> Party | None:
        """The party behind the "by" of a verb."""
        for k in range(at + 1, min(len(self.lows), at + _BY_REACH)):
            if self.lows[k] == "by":
                return next((p for p in self.parties if 0 < p.first - k <= 3), None)
            if self.lows[k] in MARKS or (k > at + 1 and self._is_deed(k)):
                break
        return None

    # ----------------------------------------------------------------- who was behind it

    def _behind(self, at: int) -> Deed | None:
        """ "Was behind the raid", "had no hand in it", "is to blame", "had nothing to do with"."""
        lows = self.lows
        low = lows[at]
        if low == "nothing":
            if lows[at + 1 : at + 3] != ["to", "do"]:
                return None
            doer = self._subject(self._auxiliaries(at)[0])
            return Deed(at, doer, is_denied=True, is_named=True) if doer else None
        start = at
        if low in deed_words("hands") or low in deed_words("links"):
            # "had no hand", "played a part", "were not involved"
            back = next(
                (k for k in range(at - 1, max(-1, at - 5), -1) if lows[k] in deed_words("having")), None
            )
            if back is None and low not in deed_words("behind"):
                return None
            start = at if back is None else back
        head, negated, is_passive = self._auxiliaries(at if start == at else start + 1)
        negated = negated or not deed_words("negations").isdisjoint(lows[start:at])
        if low in deed_words("links") and not negated:
            # "Had links to a cartel."
            return None
        if start == at and not is_passive and lows[at - 1 : at] != ["stood"]:
            return None
        doer = self._subject(head)
        if doer is None:
            return None
        return Deed(at, doer, negated or self._is_none(doer), is_named=True)

    def _revealed(self, at: int) -> Deed | None:
        """ "The attackers were soldiers"."""
        negated = not deed_words("negations").isdisjoint(self.lows[at + 2 : at + 4])
        party = next((p for p in self.parties if 2 <= p.first - at <= _HEAD), None)
        if party is None or not (deed_words("off") - {"to", "of", "from"}).isdisjoint(
            self.lows[at + 2 : party.first]
        ):
            return None
        return Deed(at, party, negated, is_named=True)

    def _works(self) -> list[Deed]:
        """ "The work of rebels", "responsibility lay with Ruritania"."""
        found: list[Deed] = []
        if works_words().isdisjoint(self.lows):
            return found
        for party in self.parties:
            start = max(0, party.first - 8)
            before = " ".join(
                low for low in self.lows[start : party.first] if low not in deed_words("before_parties")
            )
            if any(before.endswith(f" {lead}") or before == lead for lead in deed_words("works")):
                negated = not deed_words("negations").isdisjoint(self.lows[start : party.first])
                found.append(Deed(party.first, party, negated, is_named=True))
        return found

    def _accused(self) -> Deed | None:
        """ "Blamed rebels for the raid", "accused the army of a massacre"."""
        first = next((party for party in self.parties if party.first <= _HEAD), None)
        if first is None or any(low in MARKS for low in self.lows[: first.first]):
            return None
        rest = self.lows[first.last + 1 :]
        link = next((k for k, low in enumerate(rest[:_HEAD]) if low in ("of", "for", "over")), None)
        if link is None:
            # "Residents blamed rebels."
            return Deed(first.first, first, is_named=True) if len(rest) <= 1 else None
        after = rest[link + 1 : link + 2 + _OBJECT_REACH]
        is_known = not deed_words("known").isdisjoint(after[:2])
        if deed_words("done").isdisjoint(after) or not is_known or after[0].endswith("ing"):
            return None
        return Deed(first.first, first, is_named=True)


@functools.cache
def _telling() -> frozenset[str]:
    """All words at which a deed may be told."""
    verbs = ("bases", "begins", "needing_lead", "light", "hit", "killed", "taken", "doers")
    return frozenset().union(*map(deed_words, verbs), _involving())


@functools.cache
def _involving() -> frozenset[str]:
    """Words that tell of a part in what is known: "behind it", "a hand in it", "no link to it"."""
    return frozenset().union(*map(deed_words, ("behind", "hands", "links")), ("blame", "nothing"))


@functools.cache
def works_words() -> frozenset[str]:
    """The first words of what leads to whose work it was."""
    return frozenset(lead.partition(" ")[0] for lead in deed_words("works"))


def unique(deeds: Sequence[Deed]) -> list[Deed]:
    """One deed for each doer, told or denied: a speaker's second verb tells nothing new of who did it."""
    ranked = sorted(deeds, key=lambda deed: (not deed.is_named, deed.verb))
    kept: dict[tuple[str, bool], Deed] = {}
    for deed in ranked:
        kept.setdefault((deed.doer.key, deed.is_denied), deed)
    return sorted(kept.values(), key=lambda deed: deed.verb)

"""What the verbs of a sentence say of whom they hit: which measure they count, and whether it happened at all.

Hides the words that make a verb a threat, a plan, a denial or a fear, and those that settle what another left open
("shot four people dead").

Stance: what may not have happened counts nobody.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digests.extract.counts.chunks import Chunk
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import verb_span
from digests.extract.drafts.sentencereader import SentenceReader
from digests.types import Measure

# From the end of a relative clause to the main verb, over tags.
_MAIN_VERB = re.compile(r"[pwdasf,SUt]{0,14}?(?:(?<!s)a*H?Ba*[VA]|(?<![sSUc])a*H?a*I)")
# Tags in front of "20 dead" that never were: "we could have had 20 dead".
_MIGHT_HAVE = re.compile(r"Ma?[HOLB][aHOLB]{0,3}$")
# The same in front of deaths that something may have brought about: "may also be responsible for 40 deaths".
_MAY_BRING = re.compile(
    r"\b(?:may|might|could)(?: \w+)? (?:be|have been) (?:\w+ )?"
    r"(?:responsible|linked|connected|related|tied|attributed|behind|due|to blame)(?: for| to| with)?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Tags of what did not happen or may not, in front of "used to kill".
_UNDONE = frozenset("Mxhz")
# Tokens from "may" to the deaths that something "may be responsible for".
_BRING_REACH = 9
# Tokens behind "and" in which a second verb says what is not denied: "and later said".
_SAYS_REACH = 2
# Tokens between "used" and "to": "used a stolen hunting rifle to".
_USED_REACH = 7


@dataclass(slots=True)
class Deed:
    """What the words of a shape's verbs say of those whom they hit."""

    is_shot: bool
    # Whether it is left open that they lived.
    is_open: bool
    # Whether victims may be dead or alive ("victims", "casualties").
    is_any: bool
    is_weak: bool
    # Whether somebody cares for those counted ("treating 37").
    is_treated: bool
    is_stage: bool
    # Whether those listed so are counted, be they some of people known ("as missing").
    is_predicate: bool
    # "neutralised": what armies do to fighters.
    is_military: bool
    is_survival: bool


@functools.lru_cache(maxsize=4096)
def deed_of(verbs: tuple[str, ...]) -> Deed:
    """What some verbs say by their words; news uses the same few."""
    words = lexicon()
    return Deed(
        is_shot=not words.shot.isdisjoint(verbs),
        is_open=words.survives.isdisjoint(verbs),
        is_any=not words.any_victims.isdisjoint(verbs),
        is_weak=bool(verbs) and words.weak.issuperset(verbs),
        is_treated=not words.treats.isdisjoint(verbs),
        is_stage=any(not words.stages.isdisjoint(verb.split()) for verb in verbs),
        is_predicate=not words.predicates.isdisjoint(verbs),
        is_military=not words.kills_fighters.isdisjoint(verbs),
        is_survival=not words.survivals.isdisjoint(verbs),
    )


def became_of(reader: SentenceReader, at: int) -> Measure | None:
    """ "Nine hikers who had been missing since Friday were found dead": the verb behind the clause tells more."""
    main = _MAIN_VERB.match(reader.tags, at)
    measure = reader.chunks[main.end() - 1].measure if main is not None else None
    return measure if measure in (Measure.KILLED, Measure.RESCUED) else None


def is_long_ago(reader: SentenceReader) -> bool:
    """Whether the sentence names a year: it tells of somebody's past."""
    days = [reader.chunks[at] for at, tag in enumerate(reader.tags) if tag == "d"]
    return any(_YEAR.search(reader.word(day)) for day in days)


def is_unreal_at(reader: SentenceReader, at: int) -> bool:
    """Whether a verb at a chunk is a threat, a plan or a denial."""
    return reader.tags[:at].rstrip("tHBa").endswith(("M", "x"))


def _is_to_death(reader: SentenceReader, at: int) -> bool:
    """ "shot four people dead", "stabbed two men to death": what follows the object settles it."""
    if reader.tags[at : at + 2] == "tZ":
        return reader.chunks[at + 1].measure is Measure.KILLED
    return reader.tags[at : at + 1] == "A" and reader.chunks[at].measure is Measure.KILLED


def is_unreal_deed(reader: SentenceReader, found: re.Match[str], verbs: Sequence[Chunk]) -> bool:
    """Threats, plans, conditions, denials and beliefs."""
    groups = found.groupdict()
    before = (groups.get("b") or "") + (groups.get("b2") or "")
    if "M" in before or "x" in before:
        return True
    if "z" in before and not all(verb.measure is Measure.MISSING for verb in verbs):
        # Who is feared missing is missing: nobody knows more.
        return True
    at = verb_span(found)[0]
    if "t" in before and verbs and verbs[0].tag == "P" and not _is_done(reader, at):
        return True
    if _is_feared(reader, at) and not all(verb.measure is Measure.MISSING for verb in verbs):
        return True
    clause = reader.tags[:at]
    clause = clause[max(clause.rfind(";"), clause.rfind(",")) + 1 :]
    first = at - len(clause)
    if _is_under_condition(reader, clause, first, verbs) or _is_let(reader, clause, verbs):
        return True
    if _is_whenever(reader, clause, first):
        return True
    if groups.get("n") and _MIGHT_HAVE.search(reader.tags, 0, found.start("n")):
        return True
    if groups.get("n") and reader.tags[found.start("n")] == "F" and _may_bring(reader, found.start("n")):
        return True
    return "x" in clause and _is_denied(reader, at - len(clause), at)


def _is_denied(reader: SentenceReader, first: int, at: int) -> bool:
    """Whether a clause from chunk `first` on denies what the verb at `at` tells.

    "The army denied the raid and said nine rebels were killed" denies the raid alone.
    """
    words, lows = lexicon(), reader.tokens.lows
    denial = max(
        (
            k
            for k in range(first, at)
            if reader.tags[k] == "x" and reader.word(reader.chunks[k]) in words.denials
        ),
        default=None,
    )
    if denial is None:
        return False
    return not any(
        reader.tags[k] == "c"
        and not words.says_then.isdisjoint(lows[reader.chunks[k].last : reader.chunks[k].last + _SAYS_REACH])
        for k in range(denial + 1, at)
    )


def _is_under_condition(reader: SentenceReader, clause: str, first: int, verbs: Sequence[Chunk]) -> bool:
    """ "If nine die", "officials fear nine have died": who is feared missing is missing."""
    if "h" not in clause:
        return False
    if not all(verb.measure is Measure.MISSING for verb in verbs):
        return True
    fears = lexicon().fears
    conditions = [reader.word(reader.chunks[first + i]) for i, tag in enumerate(clause) if tag == "h"]
    return any(fears.isdisjoint(condition.split()) for condition in conditions)


def _is_whenever(reader: SentenceReader, clause: str, first: int) -> bool:
    """ "When one is killed, all of us lose": what is so at any time happened at none."""
    when, be = clause.find("s"), clause.rfind("B")
    if not 0 <= when < be:
        return False
    words, chunks = lexicon(), reader.chunks
    return (
        reader.word(chunks[first + when]) in words.whenever
        and reader.word(chunks[first + be]) in words.present_be
    )


def _may_bring(reader: SentenceReader, index: int) -> bool:
    """ "The virus may be responsible for 40 other deaths." """
    last = reader.chunks[index].first
    before = reader.tokens.lows[max(0, last - _BRING_REACH) : last]
    return _MAY_BRING.search(" ".join(before)) is not None


def _is_done(reader: SentenceReader, at: int) -> bool:
    """ "Used a rifle to kill nine", "went on to kill four": an infinitive that tells what was done."""
    to = reader.tags.rfind("t", 0, at)
    clause = reader.tags[:to]
    clause = clause[max(clause.rfind(";"), clause.rfind(",")) + 1 :]
    if to < 1 or not _UNDONE.isdisjoint(clause):
        return False
    words, first = lexicon(), reader.chunks[to].first
    before = reader.tokens.lows[max(0, first - _USED_REACH) : first]
    return not words.used_to.isdisjoint(before) or " ".join(before[-2:]).endswith(words.did_to)


def _is_let(reader: SentenceReader, clause: str, verbs: Sequence[Chunk]) -> bool:
    """ "The bill would let courts execute five": the infinitive behind a modal and whoever is let or made to."""
    if not verbs or verbs[0].tag != "P" or "M" not in clause:
        return False
    return reader.word(verbs[0]) in lexicon().infinitives


def _is_feared(reader: SentenceReader, at: int) -> bool:
    """ "is feared to have killed thousands"; "believed to have killed two" only says who did it."""
    chain = reader.tags[:at].rstrip("tHBa")
    if chain.endswith("M"):
        return True
    if not chain.endswith("z") or at == len(chain):
        return False
    return reader.word(reader.chunks[len(chain) - 1]).split()[0] in lexicon().feared


def measure_of(reader: SentenceReader, verbs: Sequence[Chunk], at: int) -> Measure | None:
    """What verbs count; `at` is the chunk behind their object, which may settle it ("shot two men dead")."""
    measure = _measure_of_verbs(reader, verbs)
    return Measure.KILLED if measure is Measure.INJURED and _is_to_death(reader, at) else measure


def _measure_of_verbs(reader: SentenceReader, verbs: Sequence[Chunk]) -> Measure | None:
    measures = [verb.measure for verb in verbs if verb.measure is not None]
    if not measures or {Measure.KILLED, Measure.MISSING} <= set(measures):
        return None
    if Measure.KILLED in measures:
        harmed = [v for v in verbs if v.measure is Measure.INJURED and reader.word(v) not in lexicon().shot]
        return Measure.CASUALTIES if harmed else Measure.KILLED
    return measures[0]

"""The words of `rules/casualties.toml` by what they do in a sentence that counts victims."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digests.extract.counts.cues import Cues, make_cues
from digests.extract.counts.harm import HarmWords
from digests.extract.counts.victims import people_lexicon
from digests.rules import load_rules
from digests.text.numberwords import amount_words, tens_words
from digests.text.phrases import Phrases
from digests.types import Measure

_LETTERS = re.compile(r"[a-z]+")
# The tag of the nouns of tolls, which are read by themselves.
_TOLL = "T"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of `casualties.toml` by what they do. A list of the file that bears a field's name is that field."""

    phrases: Phrases[tuple[str, Measure | None]]
    phrase_first: frozenset[str]
    things: frozenset[str]
    one: Phrases[None]
    one_first: frozenset[str]
    none_first: frozenset[str]
    determiners: frozenset[str]
    none: Phrases[None]
    singular_only: frozenset[str]
    others: frozenset[str]
    partitive: Phrases[None]
    follow_of: Phrases[None]
    of_whom: frozenset[str]
    of_these: frozenset[str]
    from_words: frozenset[str]
    of_body: Mapping[str, Measure]
    # "dead", "victims": the words that name those counted as a body.
    body_words: Mapping[str, Measure]
    months: frozenset[str]
    ages: frozenset[str]
    clock: frozenset[str]
    rates: Phrases[None]
    labels: frozenset[str]
    toll_nouns: Mapping[str, Measure]
    # What a toll noun only describes.
    no_tolls: frozenset[str]
    cues: Cues
    # Every word that may begin a chunk of its own, and what number words begin with.
    first_words: frozenset[str]
    tens: tuple[str, ...]
    harm: HarmWords
    harm_first: frozenset[str]
    shot: frozenset[str]
    survives: frozenset[str]
    attackers: frozenset[str]
    holds_attacker: tuple[str, ...]
    maybe_own: frozenset[str]
    by_accident: frozenset[str]
    limbs: frozenset[str]
    trunk: frozenset[str]
    at_place: frozenset[str]
    at_cause: frozenset[str]
    at_moment: frozenset[str]
    degrees: frozenset[str]
    body_kinds: frozenset[str]
    frees: frozenset[str]
    share_of: frozenset[str]
    out_of: Phrases[None]
    damage: frozenset[str]
    treats: frozenset[str]
    again_cues: frozenset[str]
    strengths: frozenset[str]
    # The phrases themselves, as they stand among plain words between blanks.
    again: tuple[str, ...]
    recounts: frozenset[str]
    fires: frozenset[str]
    any_victims: frozenset[str]
    pairs: frozenset[str]
    sides: frozenset[str]
    list_inserts: frozenset[str]
    he_she: frozenset[str]
    they: frozenset[str]
    predicates: frozenset[str]
    lost_groups: frozenset[str]
    lost_heads: frozenset[str]
    kills_fighters: frozenset[str]
    fighters: frozenset[str]
    survivals: frozenset[str]
    says: frozenset[str]
    says_then: frozenset[str]
    let_go: frozenset[str]
    evacuates: frozenset[str]
    evacuated_alive: frozenset[str]
    singular_be: frozenset[str]
    whenever: frozenset[str]
    present_be: frozenset[str]
    bare_verbs: frozenset[str]
    twin: frozenset[str]
    members: frozenset[str]
    bodies_of_people: frozenset[str]
    may_live: tuple[str, ...]
    divides: frozenset[str]
    # What a count divided is by an adjective: "five are male".
    kinds: frozenset[str]
    one_body: frozenset[str]
    named: frozenset[str]
    own: frozenset[str]
    stages: frozenset[str]
    age_units: frozenset[str]
    kin_owner: frozenset[str]
    family_dead: tuple[str, ...]
    wholes: frozenset[str]
    ordinals: Mapping[str, int]
    list_pronoun: frozenset[str]
    no_name: frozenset[str]
    no_name_start: frozenset[str]
    no_name_before: frozenset[str]
    before_age: frozenset[str]
    weak: frozenset[str]
    feared: frozenset[str]
    fears: frozenset[str]
    denials: frozenset[str]
    known_one: frozenset[str]
    bodies: frozenset[str]
    finds: frozenset[str]
    goes_on: frozenset[str]
    as_of: frozenset[str]
    alone: frozenset[str]
    all_but: frozenset[str]
    participles: frozenset[str]
    no_participles: frozenset[str]
    summable: frozenset[str]
    total_cues: frozenset[str]
    all_of: frozenset[str]
    reportedly: frozenset[str]
    report_goes_on: tuple[str, ...]
    claim_breaks: frozenset[str]
    helpers: frozenset[str]
    rejects: frozenset[str]
    gives: frozenset[str]
    pronouns: frozenset[str]
    pronoun_thing: frozenset[str]
    relatives: tuple[str, ...]
    is_one: frozenset[str]
    past: frozenset[str]
    victim_heads: frozenset[str]
    # "Gunshot", "homicide": what a victim is of.
    victim_kinds: Mapping[str, Measure]
    used_to: frozenset[str]
    did_to: tuple[str, ...]
    pictures: frozenset[str]
    picture_of: frozenset[str]
    age_old: frozenset[str]
    of_them: tuple[str, ...]
    parents: frozenset[str]
    age_bounds: frozenset[str]
    asks: frozenset[str]
    among: frozenset[str]
    toll_heads: frozenset[str]
    ranges: frozenset[str]
    couples: frozenset[str]
    # The forms of verbs of counting that stand behind "let" and "to".
    infinitives: frozenset[str]
    toll_fillers: frozenset[str]
    crew_nouns: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, built once from the rule file."""
    rules = load_rules("casualties")
    words, meaning = rules.words, rules.meaning
    tagged = _tagged(words, meaning)
    table, none, one = (
        Phrases(tagged),
        Phrases(dict.fromkeys(words["none"])),
        Phrases(dict.fromkeys(words["one"])),
    )
    toll_nouns, harm = _toll_nouns(words, meaning), _harm(words)
    harm_first = harm.brings | harm.bears | harm.has | {"to"}
    first_words = table.first_words | none.first_words | one.first_words | amount_words() | harm_first
    first_words = first_words.union(
        words["toll_heads"],
        meaning["ordinal"],
        words["determiners"],
        words["months"],
        words["ages"],
        people_lexicon().groups,
    )
    lists: dict[str, Any] = {
        field.name: _LISTS[str(field.type)](words[field.name])
        for field in dataclasses.fields(Lexicon)
        if field.name in words and str(field.type) in _LISTS
    }
    return Lexicon(
        **lists
        | {
            "at_cause": frozenset(words["at_place"]) | frozenset(words["at_cause"]),
            "again": tuple(f" {' '.join(_LETTERS.findall(phrase))} " for phrase in words["again"]),
        },
        first_words=first_words,
        tens=tens_words(),
        phrases=table,
        phrase_first=table.first_words,
        one_first=one.first_words,
        none_first=none.first_words,
        of_body={
            word: Measure(name) for name in ("killed", "injured", "missing") for word in words[f"of_{name}"]
        },
        body_words={
            word: Measure(name) for name, entries in meaning["body_word"].items() for word in entries
        },
        victim_kinds={
            word: Measure(name) for name, entries in meaning["victim_of"].items() for word in entries
        },
        toll_nouns=toll_nouns,
        harm=harm,
        harm_first=harm_first,
        survivals=frozenset(words["act_rescued"]),
        ordinals=meaning["ordinal"],
        infinitives=frozenset(verb.split()[0] for verbs in meaning["verb"].values() for verb in verbs),
        cues=make_cues(words, tagged, toll_nouns=toll_nouns, harm=harm),
    )


# What a field makes of the list of its name.
_LISTS: dict[str, Callable[[tuple[str, ...]], object]] = {
    "frozenset[str]": frozenset,
    "tuple[str, ...]": tuple,
    "Phrases[None]": lambda entries: Phrases(dict.fromkeys(entries)),
}


def _tagged(
    words: Mapping[str, tuple[str, ...]], meaning: Mapping[str, Any]
) -> dict[str, tuple[str, Measure | None]]:
    """What each phrase is in a sentence that counts: its tag, and what it counts."""
    phrases: dict[str, tuple[str, Measure | None]] = {}
    for name, tag in meaning["tag"].items():
        for phrase in words[name]:
            phrases.setdefault(phrase, (tag, None))
    for measure, verbs in meaning["verb"].items():
        for verb in verbs:
            base, third, gerund, *pasts = verb.split()
            phrases |= dict.fromkeys((base, third), ("P", Measure(measure)))
            phrases[gerund] = ("G", Measure(measure))
            phrases |= dict.fromkeys(pasts, ("V", Measure(measure)))
    phrases.pop("-", None)
    for owner, decade in itertools.product(words["life_owner"], words["life_decade"]):
        for part in ("", *(f"{part}{joint}" for part in words["life_part"] for joint in " -")):
            phrases[f"{owner} {part}{decade}"] = ("a", None)
    for verb, way, place in itertools.product(words["lifts"], words["lift_way"], words["lift_place"]):
        phrases.setdefault(f"{verb} {way} {place}", ("V", Measure.RESCUED))
    for whose, found in itertools.product(words["whose_body"], words["body_found"]):
        phrases[f"{whose} {found}"] = ("A", Measure.KILLED)
    for verb, whose, what in itertools.product(words["breaks"], words["break_whose"], words["break_what"]):
        phrases.setdefault(f"{verb} {whose} {what}", ("I", Measure.INJURED))
    for has, broken, what in itertools.product(words["has_broken"], words["broken"], words["break_what"]):
        phrases[f"{has} {broken} {what}"] = ("I", Measure.INJURED)
    for tag, measure, entries in _measured(words, meaning):
        if tag != _TOLL:
            # "killing" stays a gerund, which takes "of" as well.
            phrases |= {entry: (tag, measure) for entry in entries if phrases.get(entry, ("",))[0] != "G"}
    return phrases


def _toll_nouns(words: Mapping[str, tuple[str, ...]], meaning: Mapping[str, Any]) -> dict[str, Measure]:
    return {
        entry: measure
        for tag, measure, entries in _measured(words, meaning)
        if tag == _TOLL
        for entry in entries
    }


def _measured(
    words: Mapping[str, tuple[str, ...]], meaning: Mapping[str, Any]
) -> Iterator[tuple[str, Measure, tuple[str, ...]]]:
    """The lists that are named by a class and a measure ("state_injured"): tag, measure and words."""
    for name, entries in words.items():
        kind, _, measure = name.partition("_")
        if kind in meaning["class"] and measure in set(Measure):
            yield meaning["class"][kind], Measure(measure), entries


def _harm(words: Mapping[str, tuple[str, ...]]) -> HarmWords:
    return HarmWords(
        brings=frozenset(words["brings"]),
        way=frozenset(words["way"]),
        hospitals=frozenset(words["hospital"]),
        tails=frozenset(words["hospital_tail"]),
        not_names=frozenset(words["not_hospital_name"]),
        joins_names=frozenset(words["joins_hospital_name"]),
        articles=frozenset(words["hospital_article"]),
        bears=frozenset(words["bears_wound"]),
        has=frozenset(words["has_wound"]),
        fillers=frozenset(words["wound_filler"]),
        wounds=frozenset(words["wound_noun"]),
    )

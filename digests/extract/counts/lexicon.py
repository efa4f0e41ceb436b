"""The words of `rules/casualties.toml` by what they do in a sentence that counts victims."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests.extract.counts.harm import HarmWords
from digests.extract.counts.victims import people_lexicon
from digests.rules import load_rules
from digests.text.numberwords import amount_words, number_words, only_hedges, tens_words
from digests.text.phrases import Phrases
from digests.types import Measure

_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words of `casualties.toml` by what they do."""

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
    # The words that tell of counting: those that do so alone; those that do so only where somebody stands who may be
    # counted; the others with the words that they do so beside, and with the plain words of the phrases in which they
    # do so behind a word of which each holds one. `near` are both: without one of them they tell nothing.
    stems: frozenset[str]
    enough: frozenset[str]
    counted: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    within: Mapping[str, Mapping[str, tuple[str, ...]]]
    near: Mapping[str, frozenset[str]]
    countable: frozenset[str]
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
    let_go: frozenset[str]
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
    of_them: tuple[str, ...]
    parents: frozenset[str]
    age_bounds: frozenset[str]
    asks: frozenset[str]
    among: frozenset[str]
    toll_heads: frozenset[str]
    # The forms of verbs of counting that stand behind "let" and "to".
    infinitives: frozenset[str]
    toll_fillers: frozenset[str]
    crew_nouns: frozenset[str]

    def may_count(self, words: Sequence[str], folded: str) -> bool:
        """Whether a sentence may count anybody by itself, given its plain words.

        "Hospital" tells of counting beside "taken" or in "in hospital", "rescue" beside a number or people; alone they
        stand in every other text.
        """
        if not self.enough.isdisjoint(words):
            return True
        for stem in self.stems.intersection(words):
            if stem in self.counted:
                may_tell = not self.countable.isdisjoint(words) or _DIGIT.search(folded) is not None
                may_tell = may_tell or ("of" in words and f" {stem} of " in f" {' '.join(words)} ")
            elif self.near[stem].isdisjoint(words):
                # Nearly always.
                continue
            else:
                may_tell = not self.beside[stem].isdisjoint(words) or self._holds_phrase(stem, words)
            if may_tell:
                return True
        return False

    def _holds_phrase(self, stem: str, words: Sequence[str]) -> bool:
        """Whether one of the phrases that a word of counting tells stands among plain words."""
        text = f" {' '.join(words)} "
        return any(
            phrase in text
            for partner, phrases in self.within.get(stem, {}).items()
            if partner in words
            for phrase in phrases
        )


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, built once from the rule file."""
    rules = load_rules("casualties")
    words, meaning = rules.words, rules.meaning
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
    for verb, whose, what in itertools.product(words["breaks"], words["break_whose"], words["break_what"]):
        phrases.setdefault(f"{verb} {whose} {what}", ("I", Measure.INJURED))
    toll_nouns: dict[str, Measure] = {}
    for name, entries in words.items():
        kind, _, rest = name.partition("_")
        if kind in meaning["class"] and rest in set(Measure):
            tag = meaning["class"][kind]
            if tag == "T":
                toll_nouns |= dict.fromkeys(entries, Measure(rest))
                continue
            for entry in entries:
                # "killing" stays a gerund, which takes "of" as well.
                if phrases.get(entry, ("", None))[0] != "G":
                    phrases[entry] = (tag, Measure(rest))
    table = Phrases(phrases)
    none, one = Phrases(dict.fromkeys(words["none"])), Phrases(dict.fromkeys(words["article_one"]))
    first_words = table.first_words | none.first_words | one.first_words | amount_words()
    harm = HarmWords(
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
    enough, within = _stems(
        # Who survives counts beside an amount only, which is looked for apart.
        (
            phrase
            for phrase, (_, measure) in phrases.items()
            if measure is not None and phrase not in words["act_rescued"]
        ),
        weak=frozenset(words["weak_cue"]),
    )
    enough |= {*toll_nouns, *words["loses"]}
    beside: dict[str, set[str]] = {}
    takes = {phrase.split()[0] for phrase in words["takes_lives"]}
    for stems, others in (
        (words["lives"], takes),
        (words["victim_heads"], takes | number_words()),
        (harm.wounds, harm.bears | harm.has),
        (harm.hospitals, harm.brings),
    ):
        for stem in stems:
            beside.setdefault(stem, set()).update(max(_LETTERS.findall(word), key=len) for word in others)
    # "Police freed 11 hostages": what sets free counts beside any of them.
    freed_beside = {
        stem: frozenset((*beside.get(stem, ()), *words["frees"]))
        for stem in within.keys() | beside.keys()
        if stem not in enough
    }
    harm_first = harm.brings | harm.bears | harm.has | {"to"}
    first_words |= harm_first | set(words["toll_head"]) | meaning["ordinal"].keys()
    first_words |= (
        set(words["determiner"]) | set(words["month"]) | set(words["age"]) | set(people_lexicon().groups)
    )
    return Lexicon(
        first_words=first_words,
        tens=tens_words(),
        phrases=table,
        phrase_first=table.first_words,
        things=frozenset(words["thing"]),
        one=one,
        one_first=one.first_words,
        none_first=none.first_words,
        determiners=frozenset(words["determiner"]),
        singular_only=frozenset(words["singular_only"]),
        none=none,
        others=frozenset(words["others"]),
        partitive=Phrases(dict.fromkeys(words["partitive"])),
        of_whom=frozenset(words["of_whom"]),
        of_these=frozenset(words["of_these"]),
        from_words=frozenset(words["from"]),
        of_body=dict.fromkeys(words["of_killed"], Measure.KILLED)
        | dict.fromkeys(words["of_injured"], Measure.INJURED)
        | dict.fromkeys(words["of_missing"], Measure.MISSING),
        follow_of=Phrases(dict.fromkeys(words["follow_of"])),
        body_words={
            word: Measure(measure) for measure, names in meaning["body_word"].items() for word in names
        },
        months=frozenset(words["month"]),
        ages=frozenset(words["age"]),
        clock=frozenset(words["clock"]),
        rates=Phrases(dict.fromkeys(words["rate"])),
        labels=frozenset(words["label_number"]),
        toll_nouns=toll_nouns,
        harm=harm,
        harm_first=harm_first,
        shot=frozenset(words["shot"]),
        survives=frozenset(words["survives"]),
        attackers=frozenset(words["attacker"]),
        holds_attacker=words["holds_attacker"],
        maybe_own=frozenset(words["maybe_own"]),
        by_accident=frozenset(words["by_accident"]),
        limbs=frozenset(words["limb"]),
        trunk=frozenset(words["trunk"]),
        at_place=frozenset(words["at_place"]),
        at_cause=frozenset(words["at_place"]) | frozenset(words["at_cause"]),
        at_moment=frozenset(words["at_moment"]),
        degrees=frozenset(words["degree"]),
        body_kinds=frozenset(words["body_kind"]),
        frees=frozenset(words["frees"]),
        share_of=frozenset(words["share_of"]),
        out_of=Phrases(dict.fromkeys(words["out_of"])),
        damage=frozenset(words["damage"]),
        treats=frozenset(words["treats"]),
        again_cues=frozenset(words["again_cue"]),
        again=tuple(f" {' '.join(_LETTERS.findall(phrase))} " for phrase in words["again"]),
        recounts=frozenset(words["recounts"]),
        fires=frozenset(words["fires"]),
        any_victims=frozenset(words["any_victims"]),
        pairs=frozenset(words["pairs"]),
        sides=frozenset(words["sides"]),
        list_inserts=frozenset(words["list_insert"]),
        he_she=frozenset(words["he_she"]),
        they=frozenset(words["they"]),
        predicates=frozenset(words["predicate"]),
        lost_groups=frozenset(words["lost_groups"]),
        lost_heads=frozenset(words["lost_heads"]),
        kills_fighters=frozenset(words["kills_fighters"]),
        fighters=frozenset(words["fighters"]),
        survivals=frozenset(words["act_rescued"]),
        says=frozenset(words["says"]),
        let_go=frozenset(words["let_go"]),
        members=frozenset(words["members"]),
        bodies_of_people=frozenset(words["members_of"]),
        may_live=words["may_live"],
        divides=frozenset(words["divides"]),
        kinds=frozenset(words["kinds"]),
        one_body=frozenset(words["one_body"]),
        named=frozenset(words["named"]),
        own=frozenset(words["own"]),
        stages=frozenset(words["stage"]),
        age_units=frozenset(words["age_unit"]),
        kin_owner=frozenset(words["kin_owner"]),
        family_dead=words["family_dead"],
        wholes=frozenset(words["wholes"]),
        ordinals=meaning["ordinal"],
        list_pronoun=frozenset(words["list_pronoun"]),
        no_name=frozenset(words["no_name"]),
        no_name_start=frozenset(words["no_name_start"]),
        no_name_before=frozenset(words["no_name_before"]),
        before_age=frozenset(words["before_age"]),
        denials=frozenset(words["denials"]),
        feared=frozenset(words["feared"]),
        weak=frozenset(words["weak"]),
        known_one=frozenset(words["known_one"]),
        bodies=frozenset(words["bodies"]),
        finds=frozenset(words["finds"]),
        goes_on=frozenset(words["goes_on"]),
        as_of=frozenset(words["as_of"]),
        alone=frozenset(words["alone"]),
        all_but=frozenset(words["all_but"]),
        participles=frozenset(words["participle_odd"]),
        no_participles=frozenset(words["participle_not"]),
        summable=frozenset(words["summable"]),
        total_cues=frozenset(words["total_cue"]),
        all_of=frozenset(words["all_of"]),
        reportedly=frozenset(words["reportedly"]),
        report_goes_on=words["report_goes_on"],
        claim_breaks=frozenset(words["claim_breaks"]),
        helpers=frozenset(words["helpers"]),
        rejects=frozenset(words["rejects"]),
        gives=frozenset(words["gives"]),
        pronouns=frozenset(words["unresolved"]),
        pronoun_thing=frozenset(words["unresolved_thing"]),
        relatives=words["relative"],
        is_one=frozenset(words["is_one"]),
        past=frozenset(words["past"]),
        victim_heads=frozenset(words["victim_heads"]),
        of_them=words["of_them"],
        parents=frozenset(words["parents"]),
        age_bounds=frozenset(words["age_bound"]),
        asks=frozenset(words["asks"]),
        among=frozenset(words["among"]),
        toll_heads=frozenset(words["toll_head"]),
        infinitives=frozenset(verb.split()[0] for verbs in meaning["verb"].values() for verb in verbs),
        toll_fillers=frozenset(words["toll_filler"]),
        crew_nouns=frozenset(words["crew_noun"]),
        stems=enough | within.keys() | beside.keys(),
        enough=enough - set(words["counted_cue"]),
        beside=freed_beside,
        within=within,
        near={stem: others.union(within.get(stem, ())) for stem, others in freed_beside.items()},
        counted=frozenset(words["counted_cue"]),
        countable=frozenset(
            people_lexicon().groups.keys()
            | people_lexicon().plural_only
            | number_words()
            | (amount_words() - only_hedges() - frozenset(words["article_one"]))
            | frozenset(words["others"])
            | none.first_words
        ),
    )


def _stems(
    phrases: Iterable[str], weak: frozenset[str]
) -> tuple[frozenset[str], dict[str, dict[str, tuple[str, ...]]]]:
    """The words that tell of these phrases: those that do so alone, and those that do so in the phrase.

    The phrases are given as they stand among plain words between blanks (" in hospital "), by another word that they
    hold.
    """
    enough: set[str] = set()
    within: dict[str, dict[str, set[str]]] = {}
    for phrase in phrases:
        words: list[str] = _LETTERS.findall(phrase)
        # The word that tells it best: a sentence without it need not be read.
        cue = next((word for word in reversed(words) if word not in weak), words[-1])
        others = [word for word in words if word != cue] or words
        if len(words) == 1:
            enough.add(cue)
        else:
            telling = [word for word in others if word not in weak] or others
            found = within.setdefault(cue, {}).setdefault(max(telling, key=len), set())
            found.add(f" {' '.join(words)} ")
    return frozenset(enough), {
        cue: {partner: tuple(sorted(found)) for partner, found in by_partner.items()}
        for cue, by_partner in within.items()
    }

"""Whether a quote is worth a line among the reactions: a reader learns who speaks, and something is said.

Stance: what somebody passes on as a fact in the writer's words is a key fact or a figure, unless it judges, demands,
promises, denies, blames, explains, tells of the speaker's own act or feels (`rules/reactions.toml`).
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from digests.analysis.actors.people import fold_name
from digests.analysis.statements.wording import find_words, quoted_pieces
from digests.extract.speakers.roles import find_entries, is_body, plain
from digests.extract.speech.lexicon import base_form
from digests.extract.tellings.likeness import is_city
from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.text.document import fold
from digests.text.numbers import may_begin_amount
from digests.types import ActorKind, Quote, QuoteKind, Span, Speaker

# Words below which a clause says too little, and below which a quotation is no statement.
_CLAUSE = 4
_SHORTEST = 3
# Words of a fact that is told whole.
_FACT = 6
# Letters of an abbreviation that is a body's name, and words by which a body without one is told from others.
_INITIALS, _TOLD_APART = 3, 5
# Words by which one person without a name is told from others: "a 40-year-old herder", but "one man".
_TOLD_ONE = 3
# Words of a phrase that is but an article and a noun.
_HEAD = 2
# Words in front of a verb among which its auxiliaries stand: "will also be asked to".
_AUXILIARIES = 3
# Frames in which a verb of doing has what is done behind it: "ordered an inquiry", "ordered the port to close".
_ACTS = frozenset({"judge", "urge"})
# The frame of a clause, and words of a thing that is done where no clause follows: "ordered an inquiry and said".
_CLAUSAL, _THING = "that", 2
# Words in front of "dead" in which "families of the" stands.
_KIN = 3
# Characters in which the name of a state stands at the head of a clause.
_STATE_NAME = 40
# Characters from the start of what was announced in which a count of victims is what was announced.
_AT_ONCE = 24


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    roles, quotes = load_rules("roles").words, load_rules("quotes").words
    return {
        "vague": frozenset(roles["vague_heads"]),
        "bare": frozenset(roles["bare_heads"]),
        "lone": frozenset(load_rules("reactions").words["lone"]),
        "nothing": frozenset(load_rules("reactions").words["nothing"]),
        "silence": frozenset(load_rules("reactions").words["silence"]),
        "hardly": frozenset(load_rules("reactions").words["hardly"]),
        "of_it": frozenset(load_rules("reactions").words["of_it"]),
        "narrowed": frozenset(roles["narrowed_roles"]),
        "some": frozenset(quotes["vague_determiners"]),
        "telling": frozenset(load_rules("reactions").words["telling_verbs"]),
        "toll": frozenset(roles["toll_words"]),
        "pronouns": frozenset((*quotes["subject_pronouns"], *quotes["personal_pronouns"])),
        "no_stances": frozenset(quotes["no_stances"]),
        "joins": frozenset(quotes["coordinators"]),
        "ahead": frozenset(load_rules("reactions").words["ahead"]),
        "acts": frozenset(load_rules("reactions").words["acts"]),
        "one": frozenset(load_rules("reactions").words["indefinite"]),
        "areas": frozenset(roles["local_areas"]),
        "times": frozenset(quotes["time_words"]),
        "spokes": frozenset(roles["spokes_roles"]),
        "documents": frozenset(quotes["document_nouns"]),
        "stances": frozenset(quotes["stance_frames"]),
        "states": frozenset(load_rules("reactions").words["states"]),
        "anybody": frozenset(load_rules("reactions").words["anybody"]),
        "articles": frozenset(quotes["articles"]),
        "kin": frozenset(load_rules("reactions").words["kin"]),
        "verbs": frozenset((*quotes["finite_verbs"], *quotes["auxiliaries"])),
    }


def pronouns() -> frozenset[str]:
    """The pronouns that name nobody."""
    return _lists()["pronouns"]


def is_identified(speaker: Speaker, quote: Quote, known: frozenset[str]) -> bool:
    """Whether a reader learns from the speaker's name who speaks."""
    lists = _lists()
    tokens = speaker.name.replace("’", "'").split()
    if not tokens or speaker.kind is ActorKind.MEDIA or speaker.name.lower() in lists["pronouns"]:
        return False
    lows = {token.lower() for token in tokens}
    if tokens[0].lower() == "the" and len(tokens) == 2 and tokens[1] in lists["bare"]:
        return False
    if _are_several(tokens) or (tokens[0][0].islower() and lows & lists["documents"]):
        return False
    if tokens[0].lower() in lists["one"] and tokens[-1] in lists["areas"]:
        # "A hill village asks": a headline's.
        return False
    is_direct = quote.kind is QuoteKind.DIRECT
    if _are_states(tokens) and (is_direct or _quoted_words(quote.words) or _is_reaction(quote)):
        return True
    is_known = speaker.kind is ActorKind.INTERNATIONAL or look_up(speaker.name) is not None
    if _is_of_body(speaker) and (is_direct or _quoted_words(quote.words) or _is_reaction(quote)):
        return True
    is_anyone = tokens[-1] in lists["narrowed"] and tokens[0].lower() in lists["one"] and len(tokens) > _HEAD
    if speaker.role and is_anyone and _quoted_words(quote.words) >= _FACT:
        # "a government official": by words of his or her own.
        return True
    if not is_known and (_is_vague(tokens[-1]) or tokens[0].lower() in lists["some"]):
        return False
    if speaker.kind is ActorKind.UNNAMED:
        # Most of it in the speaker's own words.
        return is_direct or 2 * _quoted_words(quote.words) >= len(find_words(quote.words))
    if speaker.kind is ActorKind.WITNESS:
        is_own = _tells_of_self(quote) or _is_reaction(quote)
        return quote.kind is not QuoteKind.INDIRECT or (is_own and _is_full_name(tokens))
    is_person = " " in speaker.name and _is_full_name(tokens)
    if speaker.role and speaker.role.split()[-1].lower() in lists["vague"] and not is_person:
        return False
    if speaker.role and tokens[-1].islower():
        # A phrase and no name ("the town's clerk"): its words count, a paraphrase of them does not.
        if _speaks_for_body(speaker) or _holds_office(speaker, tokens):
            return True
        is_told = tokens[0].lower() in lists["one"] and len(tokens) >= _TOLD_ONE
        return is_direct and (speaker.kind is not ActorKind.OTHER or is_told)
    if len(tokens) == 1 and speaker.kind is ActorKind.OTHER and is_city(speaker.name):
        # "Orlando mourned its dead": nobody's government.
        return False
    if any(map(_is_name, tokens)):
        if (
            is_known
            or speaker.kind is not ActorKind.OTHER
            or speaker.role
            or speaker.country is not None
            or fold_name(speaker.name) in known
        ):
            return True
        if quote.kind is QuoteKind.INDIRECT:
            return _is_reaction(quote) and (
                _is_full_name(tokens) or (len(tokens[0]) >= _INITIALS and tokens[0].isupper())
            )
        return len(tokens) > 1 or is_direct
    if speaker.kind is ActorKind.OFFICIAL and speaker.role is None:
        # "A commission recommended an alarm": some body or other.
        return is_direct or tokens[0].lower() not in lists["one"]
    is_members = len(tokens) > _HEAD and tokens[-2].endswith("s'")
    if is_members and speaker.role is None and (is_direct or _is_reaction(quote)):
        # "The workers' union accused the operator."
        return any(is_body(entry) for entry in find_entries([plain(tokens[-1])]))
    if takes_stance(quote) and len(tokens) >= _TOLD_APART and speaker.role is None:
        # "The union of harbour pilots rejected any blame."
        return any(is_body(entry) for entry in find_entries([plain(token) for token in tokens]))
    return is_direct and speaker.kind is not ActorKind.OTHER


def _are_states(tokens: Sequence[str]) -> bool:
    """Whether states or their heads speak together by what ties them: "13 Western countries", "Arab ministers"."""
    words = next((tokens[:at] for at, word in enumerate(tokens) if word == "in"), tokens)
    if not words or words[-1] not in _lists()["states"]:
        return False
    first = words[0].lower()
    opens = _is_name(words[0]) or first in _lists()["articles"] or may_begin_amount(first)
    return opens and any(map(_is_name, words[first in _lists()["anybody"] : -1]))


def _is_of_body(speaker: Speaker) -> bool:
    """Whether people without a name speak for a body by its name: "two Transport Ministry officials"."""
    is_named = any(map(_is_name, (speaker.affiliation or "").split()))
    return is_named and bool(speaker.role) and _is_vague((speaker.role or "").split()[-1])


def _tells_of_self(quote: Quote) -> bool:
    """Whether somebody who saw or lived it tells of him- or herself: "she had written to the council for years"."""
    words = find_words(quote.words)
    is_witness = quote.speaker is not None and quote.speaker.kind is ActorKind.WITNESS
    return is_witness and bool(words) and words[0] in _lists()["pronouns"]


def _speaks_for_body(speaker: Speaker) -> bool:
    """Whether somebody without a name speaks for a body by its name: "a Danish foreign ministry spokesman"."""
    is_spokesman = (speaker.role or "").split()[-1:] and (speaker.role or "").split()[-1] in _lists()[
        "spokes"
    ]
    return bool(is_spokesman and speaker.affiliation and any(map(_is_name, speaker.affiliation.split())))


def _holds_office(speaker: Speaker, tokens: Sequence[str]) -> bool:
    """Whether a state's office that one person holds stands for its holder: "Chile's foreign minister"."""
    is_one = (speaker.role or "").lower().split()[-1] in load_rules("roles").words["sole_roles"]
    is_states = speaker.kind is ActorKind.OFFICIAL and speaker.country is not None
    return is_one and is_states and any(map(_is_name, tokens))


def _are_several(tokens: Sequence[str]) -> bool:
    """Whether a speaker's words join several; "the Department of Works and Transport" is one."""
    joins = _lists()["joins"]
    at = next((i for i, token in enumerate(tokens) if token.lower() in joins), None)
    if at is None:
        return False
    around = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    is_name = len(around) > 1 and all(token[0].isupper() for token in around)
    return not (is_name and any(is_body(entry) for entry in find_entries([plain(t) for t in tokens[:at]])))


def _is_vague(word: str) -> bool:
    """Whether a speaker ends with a noun for nobody in particular; "Alder Records" is a name."""
    is_name = word[0].isupper() and not word.isupper() and word.lower() in _lists()["documents"]
    return word.lower() in _lists()["vague"] and not is_name


def _is_name(token: str) -> bool:
    """Whether a word is written like a name: "Alder", "al-Badr"."""
    return token[0].isupper() or token.rpartition("-")[2][:1].isupper()


def is_past(auxiliaries: str) -> bool:
    """Whether the words in front of a verb of stance let it have happened: no "will", "can" or "may" ends them."""
    return _lists()["ahead"].isdisjoint(auxiliaries.lower().split()[-_AUXILIARIES:])


def is_person(name: str, office: str | None, kind: ActorKind) -> bool:
    """Whether somebody has a full name and an office or a body, or is a witness or an analyst by name."""
    tokens = name.split()
    is_named = len(tokens) > 1 and all(map(_is_name, (tokens[0], tokens[-1])))
    return is_named and (office is not None or kind in {ActorKind.WITNESS, ActorKind.ANALYST})


def _is_full_name(tokens: Sequence[str]) -> bool:
    """Whether a speaker whom no list knows has the name of a person or body: capitals, or a known noun of a body."""
    if len(tokens) < 2 or not tokens[0][0].isupper() or not tokens[-1][0].isupper():
        return False
    return all(token[0].isupper() for token in tokens) or any(
        is_body(entry) for entry in find_entries([plain(token) for token in tokens])
    )


def says_something(
    quote: Quote, words: Sequence[str], tolls: Sequence[Span], *, is_backed: bool = False
) -> bool:
    """Whether the words are a statement and no count of victims, fragment or furniture.

    Args:
        words: Those of the quote in small letters.
        tolls: Where the article gives figures.
        is_backed: Whether the same speaker takes a stance right before: "denied it, saying the gate was open".
    """
    if quote.kind is QuoteKind.DIRECT:
        return len(words) >= _SHORTEST or (
            len(words) == _THING and _frame(quote) == "judge" and takes_stance(quote)
        )
    if quote.kind is QuoteKind.MIXED and _quoted_words(quote.words) >= _SHORTEST:
        return True
    if _tells_nothing(words):
        return False
    verb = _verb(quote)
    if len(words) == 1 and (words[0] in _lists()["lone"] or may_begin_amount(words[0])):
        # "The government insists on nine": a count.
        return False
    if verb in _lists()["acts"] and (_frame(quote) in _ACTS or _is_thing(quote, words)):
        if words[0] in _lists()["times"]:
            # "announced late on Monday": when, not what.
            return False
        is_whole = len(words) >= _SHORTEST or (len(words) == _THING and words[0] in _lists()["articles"])
        return is_whole and not _counts(quote, words[:_SHORTEST], tolls)
    if _frame(quote) in _lists()["stances"]:
        is_silence = words[0] in _lists()["nothing"] and not _lists()["silence"].isdisjoint(words[1:4])
        return takes_stance(quote) and not is_silence and (len(words) > 1 or _frame(quote) != "call")
    is_told = verb in _lists()["telling"]
    is_known = quote.speaker is not None and (
        quote.speaker.role is not None or quote.speaker.kind is not ActorKind.OTHER
    )
    is_toll = not (is_told or not _has_toll(words) or (is_known and _is_telling(quote)))
    if is_toll or any(span.meets(quote.evidence.span) for span in tolls):
        # "vowed that those responsible for the deaths would be found" gives no toll.
        return False
    if is_told:
        return len(words) > 1
    is_judge = quote.speaker is not None and quote.speaker.kind is ActorKind.ANALYST
    if len(words) < _CLAUSE:
        # "said it would respond"
        return len(words) == _SHORTEST and _is_telling(quote)
    return is_judge or is_backed or _is_telling(quote) or _tells_of_self(quote)


def _tells_nothing(words: Sequence[str]) -> bool:
    """Whether somebody is said to have kept silent: "said next to nothing about the case", "said little of it"."""
    told = list(itertools.dropwhile(_lists()["hardly"].__contains__, words))
    return told[:1] in (["nothing"], ["little"]) and told[1:2] != [] and told[1] in _lists()["of_it"]


def _has_toll(words: Sequence[str]) -> bool:
    """Whether words tell of victims, and not only of whose kin somebody is: "the families of the dead"."""
    toll, kin = _lists()["toll"], _lists()["kin"]
    return any(
        word in toll and kin.isdisjoint(words[max(0, at - _KIN) : at]) for at, word in enumerate(words)
    )


def tells_fact(quote: Quote, words: Sequence[str], tolls: Sequence[Span]) -> bool:
    """Whether words that are no statement for themselves pass on a whole fact and no count: "the dam was opened".

    It is worth a line beside what the same speaker said of it.
    """
    if _frame(quote) in _lists()["stances"] or len(words) < _FACT:
        return False
    return not (_lists()["toll"] & set(words) or any(span.meets(quote.evidence.span) for span in tolls))


def _is_thing(quote: Quote, words: Sequence[str]) -> bool:
    """Whether what a verb leads to holds no verb: "ordered an inquiry and promised help"."""
    return _frame(quote) == _CLAUSAL and _lists()["verbs"].isdisjoint(words)


def _counts(quote: Quote, first: Sequence[str], tolls: Sequence[Span]) -> bool:
    """Whether what was announced is a count of victims: "announced 11 deaths"."""
    start = quote.evidence.span.start
    return not _lists()["toll"].isdisjoint(first) or any(
        span.start - start < _AT_ONCE and span.meets(quote.evidence.span) for span in tolls
    )


def _frame(quote: Quote) -> str:
    return quote.evidence.rule.rpartition(".")[2]


def takes_stance(quote: Quote) -> bool:
    """Whether the verb itself is the reaction: "condemned the raid", "urged both sides to talk"."""
    return _frame(quote) in _lists()["stances"] and _verb(quote) not in _lists()["no_stances"]


def _is_reaction(quote: Quote) -> bool:
    """Whether the verb or the words behind it tell more than a fact."""
    return takes_stance(quote) or _verb(quote) in _lists()["telling"] or _is_telling(quote)


def _verb(quote: Quote) -> str:
    """The verb of saying in its base form; empty where none was found."""
    return base_form(quote.cue.words) if quote.cue else ""


def _quoted_words(words: str) -> int:
    """Words that stand in quotation marks inside a clause."""
    return sum(len(find_words(piece)) for piece in quoted_pieces(words))


def _is_telling(quote: Quote) -> bool:
    """Whether a clause in the writer's words holds a judgement, a demand, a promise, a denial or a feeling, or tells of
    an act of the body that says so."""
    is_one = quote.speaker is not None and (
        quote.speaker.role is not None or quote.speaker.kind is ActorKind.WITNESS
    )
    words = _as_own(quote)
    # "Washington was reviewing its aid" is what a state does, whoever says so for it.
    return tells_something(words, is_one=is_one and words == quote.words)


def _as_own(quote: Quote) -> str:
    """The words of a clause with the speaker's own state at its head as "it": "Paris would respond"."""
    words, speaker = quote.words, quote.speaker
    if speaker is None or speaker.country is None or not words[:1].isupper():
        return words
    named = next(iter(find_names(fold(words), 0, _STATE_NAME)), None)
    is_own = named is not None and named.span.start == 0 and named.name.country == speaker.country
    if named is None or not is_own or named.name.kind not in {NameKind.COUNTRY, NameKind.CAPITAL}:
        return words
    return f"it{words[named.span.end :]}"


def tells_something(words: str, *, is_one: bool = False) -> bool:
    """Whether words of a body, or of one person, are more than a fact that is passed on."""
    folded = fold(words)
    return any(
        rule.pattern.search(folded)
        for rule in load_rules("reactions").rules
        if not (is_one and rule.yields.get("by") == "body")
    )

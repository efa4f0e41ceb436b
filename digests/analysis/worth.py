"""Whether a quote is worth a line among the reactions: a reader learns who speaks, and something is said.

Stance: what somebody passes on as a fact in the writer's words is a key fact or a figure, unless it judges, demands,
promises, denies, blames, explains, tells of the speaker's own act or feels (`rules/reactions.toml`).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from digests.analysis.actors import fold_name
from digests.analysis.statements import find_words, quoted_pieces
from digests.extract.lexicon import load_lexicon
from digests.extract.roles import find_entries, is_body, plain
from digests.rules import load_rules
from digests.rules.gazetteer import look_up
from digests.text.document import fold
from digests.types import ActorKind, Quote, QuoteKind, Span, Speaker

# Words below which a clause says too little, and below which a quotation is no statement.
_CLAUSE = 4
_SHORTEST = 3


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    roles, quotes = load_rules("roles").words, load_rules("quotes").words
    return {
        "vague": frozenset(roles["vague_heads"]),
        "bare": frozenset(roles["bare_heads"]),
        "lone": frozenset(load_rules("reactions").words["lone"]),
        "nothing": frozenset(load_rules("reactions").words["nothing"]),
        "silence": frozenset(load_rules("reactions").words["silence"]),
        "some": frozenset(quotes["vague_determiners"]),
        "telling": frozenset(load_rules("reactions").words["telling_verbs"]),
        "toll": frozenset(roles["toll_words"]),
        "pronouns": frozenset((*quotes["subject_pronouns"], *quotes["personal_pronouns"])),
        "no_stances": frozenset(quotes["no_stances"]),
        "joins": frozenset(quotes["coordinators"]),
        "documents": frozenset(quotes["document_nouns"]),
        "stances": frozenset(quotes["stance_frames"]),
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
    if lows & lists["joins"] or (tokens[0][0].islower() and lows & lists["documents"]):
        return False
    is_direct = quote.kind is QuoteKind.DIRECT
    is_known = speaker.kind is ActorKind.INTERNATIONAL or look_up(speaker.name) is not None
    if not is_known and (tokens[-1].lower() in lists["vague"] or tokens[0].lower() in lists["some"]):
        return False
    if speaker.kind is ActorKind.UNNAMED:
        # Most of it in the speaker's own words.
        return is_direct or 2 * _quoted_words(quote.words) >= len(find_words(quote.words))
    if speaker.kind is ActorKind.WITNESS:
        return quote.kind is not QuoteKind.INDIRECT
    if speaker.role and speaker.role.split()[-1].lower() in lists["vague"]:
        return False
    if speaker.role and tokens[-1][0].islower():
        # A phrase and no name ("the town's clerk"): its words count, a paraphrase of them does not.
        return is_direct and speaker.kind is not ActorKind.OTHER
    if any(token[0].isupper() for token in tokens):
        if speaker.kind is not ActorKind.OTHER or speaker.role or fold_name(speaker.name) in known:
            return True
        if quote.kind is QuoteKind.INDIRECT:
            return _is_full_name(tokens) and (_takes_stance(quote) or _verb(quote) in lists["telling"])
        return len(tokens) > 1 or is_direct
    if speaker.kind is ActorKind.OFFICIAL and speaker.role is None:
        return True
    return is_direct and speaker.kind is not ActorKind.OTHER


def _is_full_name(tokens: Sequence[str]) -> bool:
    """Whether a speaker whom no list knows has the name of a person or body: capitals, or a known noun of a body."""
    if len(tokens) < 2 or not tokens[0][0].isupper() or not tokens[-1][0].isupper():
        return False
    return all(token[0].isupper() for token in tokens) or any(
        is_body(entry) for entry in find_entries([plain(token) for token in tokens])
    )


def says_something(quote: Quote, words: Sequence[str], tolls: Sequence[Span]) -> bool:
    """Whether the words are a statement and no count of victims, fragment or furniture."""
    if quote.kind is QuoteKind.DIRECT:
        return len(words) >= _SHORTEST
    if quote.kind is QuoteKind.MIXED and _quoted_words(quote.words) >= _SHORTEST:
        return True
    verb = _verb(quote)
    if len(words) == 1 and words[0] in _lists()["lone"]:
        return False
    if _frame(quote) in _lists()["stances"]:
        is_silence = words[0] in _lists()["nothing"] and not _lists()["silence"].isdisjoint(words[1:4])
        return _takes_stance(quote) and not is_silence and (len(words) > 1 or _frame(quote) != "call")
    if _lists()["toll"] & set(words) or any(span.meets(quote.evidence.span) for span in tolls):
        return False
    if verb in _lists()["telling"]:
        return len(words) > 1
    is_judge = quote.speaker is not None and quote.speaker.kind is ActorKind.ANALYST
    return len(words) >= _CLAUSE and (is_judge or _is_telling(quote.words))


def _frame(quote: Quote) -> str:
    return quote.evidence.rule.rpartition(".")[2]


def _takes_stance(quote: Quote) -> bool:
    """Whether the verb itself is the reaction: "condemned the raid", "urged both sides to talk"."""
    return _frame(quote) in _lists()["stances"] and _verb(quote) not in _lists()["no_stances"]


def _verb(quote: Quote) -> str:
    """The verb of saying in its base form; empty where none was found."""
    cue = quote.cue.words.split()[0].lower() if quote.cue else ""
    return load_lexicon().lemma.get(cue, cue)


def _quoted_words(words: str) -> int:
    """Words that stand in quotation marks inside a clause."""
    return sum(len(find_words(piece)) for piece in quoted_pieces(words))


def _is_telling(words: str) -> bool:
    """Whether a clause in the writer's words holds a judgement, a demand, a promise, a denial or a feeling."""
    folded = fold(words)
    return any(rule.pattern.search(folded) for rule in load_rules("reactions").rules)

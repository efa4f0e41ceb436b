"""Who says what, in a reader's words: the speaker first, quotations in marks, paraphrases without."""

from __future__ import annotations

from digests.cards.wording import ACTOR_LABELS
from digests.extract.speech.lexicon import past_form
from digests.rules import load_rules
from digests.rules.gazetteer import country_names
from digests.text.sentences import split_sentences
from digests.tongues import ENGLISH, Tongue
from digests.types import ActorKind, Reaction, Speaker, Statement

# Characters of one statement on a card; a longer one ends with a whole sentence.
_LONGEST_STATEMENT = 280
_MARKS = '“”"'
# What may stand behind the stop of a paraphrase.
_CLOSING = "”\"'’ "
_BODIES = {"UN": "United Nations", "EU": "European Union"}


def who_label(reaction: Reaction, tongue: Tongue = ENGLISH) -> str:
    """The side an actor stands on: a country for its officials, else what kind of actor it is."""
    if reaction.kind in (ActorKind.OFFICIAL, ActorKind.INTERNATIONAL) and reaction.country:
        name = _BODIES.get(reaction.country) or country_names().get(reaction.country)
        return tongue.country(reaction.country, name) if name else tongue.say(ACTOR_LABELS[reaction.kind])
    return tongue.say(ACTOR_LABELS[reaction.kind])


def actor_words(name: str, role: str | None, affiliation: str | None) -> str:
    """A name with what the text says of it: "Ana Reyes, transport minister", "Hugo Lindqvist, Union Credit"."""
    known = name.casefold()
    whole = load_rules("cards").meaning["whole_title"]
    role = str(whole.get(role.rstrip(".").casefold(), role)) if role else role
    added = [
        words
        for words in (role, affiliation)
        if words and words.casefold() not in known and known not in words.casefold()
    ]
    if len(added) == 2 and (
        added[0].casefold() in added[1].casefold() or added[1].casefold() in added[0].casefold()
    ):
        added = [max(added, key=len)]
    return ", ".join([name, *added])


def claimant_words(speaker: Speaker) -> str:
    """Who claims a figure, shorter than in a reaction."""
    return actor_words(speaker.name, speaker.role, None)


def statement_words(reaction: Reaction, statement: Statement) -> str:
    """The speaker and what was said: `Ana Reyes, minister: “No one sails.”`, `Alder Lines denied that ...`."""
    who = actor_words(reaction.actor, reaction.role, reaction.affiliation)
    who = who[0].upper() + who[1:] if who else ""
    words = whole_sentences(statement.words)
    if not statement.is_direct and words.rstrip(_CLOSING)[-1:] not in ".!?]":
        words += "."
    if statement.is_direct:
        return f"{who}: “{words.strip(_MARKS).rstrip(' ,')}”"
    cue = (statement.cue or "").strip().lower()
    rules = load_rules("cards").words
    if not cue or cue in rules["cue_of_source"] or cue in rules["cue_to_hearer"]:
        return f"{who}: {words}"
    opening, _, behind = words.partition(" ")
    opening = opening.lower().strip(",")
    is_plain = opening in rules["plain_opening"] and not behind[:1].isupper()
    if (
        words[:1].isupper()
        and (is_plain or opening in rules["sentence_opening"])
        and not words[1:2].isupper()
    ):
        # A sentence of its own in the article goes on behind the verb here: "said the cause was a lamp".
        words = words[0].lower() + words[1:]
    # A participle alone is no sentence ("the police, saying they will come").
    cue = past_form(cue) or cue
    who += "," if "," in who or cue.endswith("ing") else ""
    reads_on = " " not in cue or not {cue.split()[-1], opening}.isdisjoint(rules["clause_opening"])
    return f"{who} {cue} {words}" if reads_on else f"{who} {cue}: {words}"


def whole_sentences(words: str) -> str:
    """As many whole sentences as fit a card, at least the first; a mark says where words are left out."""
    plain = " ".join(words.split())
    if len(plain) <= _LONGEST_STATEMENT:
        return plain
    sentences = split_sentences(plain, 0, len(plain))
    end = sentences[0].end if sentences else len(plain)
    for sentence in sentences[1:]:
        if sentence.end > _LONGEST_STATEMENT:
            break
        end = sentence.end
    return plain if end >= len(plain) else f"{plain[:end]} […]"

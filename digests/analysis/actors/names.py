"""Who a speaker of an article is by name, where only the text around the phrase tells.

"The statement said" is whoever spoke last, "the group, known as the Alder Front, said" is the front, "the Commission"
is the one of the page's head. Stance: where nothing near names anybody, the phrase stays.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from digests.extract.pages.issuers import Issuer
from digests.extract.speakers.roles import load_roles
from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.rules.gazetteer import NameKind, find_names, look_up
from digests.rules.given_names import is_given_name
from digests.text.document import fold
from digests.types import ActorKind, Article, Quote, Speaker

# Characters from a sentence to the speaker of the next.
_NEXT = 60
# Characters in which the name of a state stands at the head of a sentence, and what points back at it.
_STATE_NAME = 40
_OWN_STATE = "its"
# Characters behind a phrase in which its name stands, and from a speaker to "the statement".
_BEHIND, _DOCUMENT_REACH = 90, 700
# "fisherman Jon Dahl in the village of Tarn"
_PLACED = re.compile(r"(?:[a-z-]+ ){1,2}(?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2}) (?:in|from|at|near) .+")
# "Former colonial power France"
_STATE = re.compile(r"[A-Za-z]+(?: [a-z-]+){1,3} (?P<who>[A-Z]\w+(?: [A-Z]\w+)?)$")
_NAME = r"[A-Z][\w.'-]*(?: (?:of |for |and )?[A-Z][\w.'-]*){0,5}"


def name_speakers(article: Article, quotes: tuple[Quote, ...], issuer: Issuer | None) -> tuple[Quote, ...]:
    """The quotes of an article in the same order, with the names that its text gives to their speakers.

    `issuer` is whose statement the page is, where it is one.
    """
    named: list[Quote] = []
    last: Speaker | None = None
    spoke: Quote | None = None
    folded = fold(article.text)
    for quote in quotes:
        speaker = quote.speaker
        if speaker is not None:
            if issuer is not None and _is_own(speaker):
                speaker = replace(speaker, name=issuer.name)
            speaker = _for_body(_named(speaker, folded, last), spoke, folded)
            speaker = _of_state(speaker, quote, folded)
            quote = quote if speaker is quote.speaker else replace(quote, speaker=speaker)
            if _may_issue(speaker):
                last = replace(speaker, span=quote.evidence.span)
            spoke = quote
        named.append(quote)
    return tuple(named)


def _for_body(speaker: Speaker, spoke: Quote | None, folded: str) -> Speaker:
    """A spokeswoman without a body is of the one that speaks right before, in the same paragraph."""
    if speaker.affiliation or (speaker.role or "").lower() not in load_roles().words["spokes_roles"]:
        return speaker
    body = spoke.speaker if spoke is not None else None
    is_body = body is not None and body.role is None and body.kind is not ActorKind.MEDIA
    if spoke is None or body is None or not is_body or any(char.isupper() for char in speaker.name):
        return speaker
    between = folded[spoke.evidence.sentence.end : speaker.span.start]
    is_next = "\n" not in between and len(between) <= _NEXT
    is_name = body.name[:1].isupper() and not is_given_name(body.name.split()[0])
    return replace(speaker, affiliation=body.name) if is_next and is_name else speaker


def _of_state(speaker: Speaker, quote: Quote, folded: str) -> Speaker:
    """ "Iran had no part in it, its Foreign Ministry said": whose ministry it is, where a state opens the sentence."""
    owner, _, body = speaker.name.partition(" ")
    if speaker.country or owner.lower() != _OWN_STATE or speaker.kind is not ActorKind.OFFICIAL:
        return speaker
    sentence = quote.evidence.sentence
    opens = next(
        iter(find_names(folded, sentence.start, min(sentence.end, sentence.start + _STATE_NAME))), None
    )
    if opens is None or opens.span.start != sentence.start or opens.name.kind is not NameKind.COUNTRY:
        return speaker
    name = folded[opens.span.start : opens.span.end]
    return replace(speaker, name=f"{name}'s {body}", country=opens.name.country)


def _is_own(speaker: Speaker | None) -> bool:
    """Whether a speaker may be the body whose page it is: "we", "the company"."""
    if speaker is None or speaker.role is not None:
        return False
    first, _, rest = speaker.name.partition(" ")
    return rest.lower() in load_roles().words["bare_heads"] or (not rest and first.lower() in _own_words())


@functools.cache
def _own_words() -> frozenset[str]:
    return frozenset(load_rules("reactions").words["own_words"])


def _may_issue(speaker: Speaker) -> bool:
    """Whether "the statement" may be this speaker's: a name, or a part of a state."""
    if speaker.kind is ActorKind.MEDIA:
        return False
    is_body = speaker.role is None and speaker.kind is ActorKind.OFFICIAL
    return is_body or any(char.isupper() for char in speaker.name)


def _named(speaker: Speaker, folded: str, last: Speaker | None) -> Speaker:
    words = speaker.name.split()
    if not words:
        return speaker
    if len(words) == 1 and words[0][0].isupper():
        return _in_full(speaker, folded)
    if own := _own_firm().match(speaker.name):
        return replace(speaker, name=speaker.name[own.end() :])
    if (
        (state := _STATE.match(speaker.name))
        and look_up(state["who"]) is not None
        # "The US embassy in Lima" is not Lima's.
        and not set(load_rules("quotes").words["prepositions"]) & set(speaker.name.split())
    ):
        return replace(speaker, name=state["who"])
    if cut := _PLACED.match(speaker.name):
        return replace(speaker, name=cut["who"])
    if any(word[0].isupper() for word in words):
        return speaker
    if (
        words[0].lower() in load_lexicon().words["definite_words"]
        and words[-1] in load_lexicon().words["document_nouns"]
    ):
        is_near = last is not None and 0 <= speaker.span.start - last.span.end <= _DOCUMENT_REACH
        return (
            replace(last, words=speaker.words, span=speaker.span) if last is not None and is_near else speaker
        )
    behind = _beside().match(folded, speaker.span.start + len(speaker.words), speaker.span.end + _BEHIND)
    if behind is None:
        return speaker
    return replace(speaker, name=behind["who"], role=None if behind["known"] else speaker.role)


def _in_full(speaker: Speaker, folded: str) -> Speaker:
    """ "The Commission" by its full name, where the text gives it before."""
    word = speaker.name
    if word.lower() not in load_roles().words["bare_heads"] | load_roles().words["named_heads"]:
        return speaker
    capital = r"[A-Z][\w'-]*"
    ways = (
        rf"{word} of (?:the )?{capital}(?: {capital}){{0,3}}",
        rf"(?!The )(?:{capital} (?:and )?){{1,6}}{word}",
    )
    before = folded[: speaker.span.start]
    full = re.search(rf"\b({'|'.join(ways)})\b", before)
    full = full or re.search(rf"^((?:[A-Z]+ ){{1,7}}{word.upper()})\s*$", before, re.MULTILINE)
    if full is None:
        return speaker
    name = full.group(1)
    return replace(speaker, name=name.title() if name.isupper() else name)


@functools.cache
def _beside() -> re.Pattern[str]:
    """What stands between a phrase and its name: ", known as the", ", state-run", ", "."""
    lead = "|".join(map(re.escape, load_rules("reactions").words["known_as"]))
    return re.compile(rf",? (?:(?P<known>{lead}) (?:the )?|state-(?:run|owned) )?(?P<who>{_NAME})(?=,)")


@functools.cache
def _own_firm() -> re.Pattern[str]:
    own = "|".join(sorted(load_lexicon().words["owners"]))
    return re.compile(rf"(?i:{own}) (?:[a-z-]+ ){{1,2}}(?=[A-Z])")

"""Several actors as one subject: "Norway, Chile and the United Nations urged both sides to talk".

Each named one has said it. Stance: who is no state, known body or person with a role among them is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digests.extract.speakers.profiles import Profile, read_phrase
from digests.extract.speakers.roles import load_roles
from digests.rules import load_rules
from digests.rules.gazetteer import STATE_KINDS, look_up
from digests.text.document import fold
from digests.types import ActorKind, Span, Speaker

_JOIN = re.compile(r"\s*,?\s+(?:and|as well as|along with|together with)\s+|\s*,\s+")
# A member of the list in front of the subject's words: a name in capitals, a comma behind it.
_MEMBER = re.compile(
    r"(?:(?:the|The)\s+)?(?:[A-Z][\w.'-]*)(?:\s+(?:of\s+|of\s+the\s+)?[A-Z][\w.'-]*){0,5},\s+$"
)
# Several who speak for as many states: "the foreign ministers of".
_LEADERS = re.compile(r"(?:[Tt]he\s+)?(?:[A-Za-z-]+\s+){0,3}[a-z]+s\s+of\s+(?:the\s+)?(?=[A-Z])")
# Members that are looked for, and how far back in characters one may begin.
_MOST = 6
_REACH = 60


def is_joined(speaker: Speaker) -> bool:
    """Whether a speaker's words hold a list."""
    return bool(_coordinators() & set(speaker.words.lower().split()))


def members(speaker: Speaker, text: str) -> tuple[Speaker, ...]:
    """The named actors of a joint subject, in order of the text; empty where fewer than two can be told apart.

    Args:
        text: The article's text, in which `speaker.span` stands.
    """
    span = Span(start=_first(speaker.span.start, text), end=speaker.span.start + len(speaker.words))
    pieces = [_led(text, piece) for piece in _pieces(text, span)]
    found = [made for piece in pieces if (made := _member(text, piece)) is not None]
    return tuple(found) if len(found) > 1 else ()


def _coordinators() -> set[str]:
    return set(load_rules("quotes").words["coordinators"])


def _first(start: int, text: str) -> int:
    """Where the list begins: over the members in front of the words that the subject was read from."""
    for _ in range(_MOST):
        folded = fold(text[max(0, start - _REACH) : start])
        before = _MEMBER.search(folded)
        if before is None or _is_led(folded[: before.start()]):
            break
        at = start - len(before.group())
        if (
            _member(text, Span(start=at, end=start - (len(before.group()) - before.group().rindex(","))))
            is None
        ):
            break
        start = at
    return start


def _is_led(before: str) -> bool:
    """Whether a preposition leads to what follows: in "aid to Norway, Chilean and Peruvian officials said" Norway is
    no speaker."""
    last = before.rstrip().rpartition(" ")[2].lower()
    return last in load_rules("quotes").words["prepositions"]


def _pieces(text: str, span: Span) -> Iterator[Span]:
    folded = fold(text[span.start : span.end])
    position = 0
    for gap in _JOIN.finditer(folded):
        yield Span(start=span.start + position, end=span.start + gap.start())
        position = gap.end()
    yield Span(start=span.start + position, end=span.end)


def _led(text: str, piece: Span) -> Span:
    """The state in "the leaders of France", for which they speak; other words as they are."""
    of = _LEADERS.match(fold(text[piece.start : piece.end]))
    if of is None:
        return piece
    state = Span(start=piece.start + of.end(), end=piece.end)
    place = look_up(fold(text[state.start : state.end]))
    return state if place is not None and place.kind in STATE_KINDS else piece


def _member(text: str, span: Span) -> Speaker | None:
    """One member as a speaker, where it is a state, a body by name or a person with a role."""
    words = text[span.start : span.end].strip()
    folded = fold(words)
    bare = re.sub(r"^(?:the|The)\s+", "", words)
    if not bare:
        return None
    place = look_up(fold(bare))
    if place is not None:
        if place.kind not in STATE_KINDS:
            return None
        profile = Profile(country=place.country, kind=read_phrase(bare, fold(bare)).kind, is_body=True)
    else:
        profile = read_phrase(words, folded)
    is_named = bare[0].isupper() and (profile.is_body or (profile.is_person and bool(profile.role)))
    is_vague = place is None and profile.kind is not ActorKind.INTERNATIONAL
    if not is_named or (is_vague and folded.split()[-1].lower() in load_roles().words["vague_heads"]):
        return None
    return Speaker(
        name=profile.name or bare,
        words=words,
        span=span,
        role=profile.role,
        affiliation=profile.affiliation,
        country=profile.country,
        kind=profile.kind,
    )

"""What somebody holds to be the cause, in whatever words: read by grammar, where no table of answers knows it.

Stance: only what a named speaker says of a thing that nobody does on purpose (a fire, a crash, a flood), and only a
noun phrase in small letters that is no person or body: who is blamed is another question.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from digests.extract.aspects.answers import account_word_set, account_words
from digests.extract.aspects.denials import names_none
from digests.extract.aspects.hints import (
    asks,
    find_hints,
    is_deliberate,
    is_itself,
    may_explain,
    may_hint,
    traits_of,
)
from digests.extract.aspects.quoted import quoted_account
from digests.extract.incidents import incident_at
from digests.extract.speakers.roles import find_entries
from digests.extract.speech.lexicon import base_form, load_lexicon
from digests.extract.tellings.likeness import has_doer, is_among
from digests.extract.tellings.triggers import lexicon
from digests.rules import Rule, load_rules
from digests.rules.alternation import alternation
from digests.text.document import Document, longest_word, plain_words
from digests.text.similarity import find_terms
from digests.types import AccountMention, Aspect, IncidentMention, Quote, Span

# Kinds that somebody may do on purpose and that may as well be accidents.
_EITHER = frozenset({"explosion", "fire", "deaths"})
# Characters in front of a sentence in which a cause may be asked for.
_ASKED_REACH = 320
# Characters before a cause in which a "not" denies it.
_DENIED_REACH = 80
# The rule on things that went wrong.
_FAILED = "causes.failed"
# The rule on what a statement names in whatever sentence.
HINTED = "causes.hinted"
# How the form of an open answer begins: the stems of its words follow.
OPEN = "~"


def find_causes(
    document: Document,
    quotes: Sequence[Quote],
    incidents: Sequence[IncidentMention],
    known: Sequence[AccountMention],
) -> list[AccountMention]:
    """The causes that speakers of an article name beyond those in `known`, in order of the quotes."""
    if not incidents:
        return []
    is_asked = any(may_befall(incident.kind) for incident in incidents)
    taken = [account.evidence.span for account in known if account.aspect is Aspect.CAUSE]
    found: list[AccountMention] = []
    for quote in quotes:
        if quote.cue is None or quote.speaker is None:
            continue
        introduced = place = _place_of(quote.cue.words)
        held = frozenset(plain_words(document.letters, quote.evidence.span))
        if not is_asked:
            found += _hinted(document, quote, introduced, incidents, taken, held)
            continue
        named = _named(document, quote, place, incidents, held)
        if named is None and place in ("blamed", "named"):
            # "Inspectors suspect that worn cables caused the crash."
            place = "content"
            named = _named(document, quote, place, incidents, held)
        if named is None and place == "content" and not _telling_words().isdisjoint(held):
            named = _mentioned(document, quote)
        if named is None:
            found += _hinted(document, quote, introduced, incidents, taken, held)
            continue
        rule, span = named
        if any(span.meets(other) for other in taken):
            continue
        told = [m for m in incidents if m.span is None or not m.span.meets(span)]
        incident = incident_at(document, span, told)
        kinds = tuple(rule.yields.get("kinds", ())) if rule else ()
        if not may_befall(incident.kind) or (
            kinds and not (names_none(incidents) or is_among(incident.kind, kinds))
        ):
            continue
        words = document.words(span)
        normal = (rule and rule.yields.get("class")) or normal_cause(words, incident.kind)
        if normal is None:
            continue
        found.append(
            quoted_account(
                quote,
                incident,
                Aspect.CAUSE,
                words,
                str(normal),
                span,
                f"causes.{place}",
                is_denied=place == "refused",
            )
        )
    return found


def _hinted(
    document: Document,
    quote: Quote,
    place: str,
    incidents: Sequence[IncidentMention],
    taken: Sequence[Span],
    held: frozenset[str],
) -> list[AccountMention]:
    """The causes that a statement of these plain words names in any sentence, by what is known of causes in general.

    `place`: what its verb introduces (`_place_of`).
    """
    assert quote.cue is not None
    assert quote.speaker is not None
    if not may_hint(held) or quote.speaker.name.lower() in load_lexicon().words["subject_pronouns"]:
        return []
    said = quote.evidence.span
    reason = document.folded.find(" for ", said.start, said.end)
    is_blamed = place == "blamed" and reason > 0
    if is_blamed and not _is_for_it(document.folded[reason : said.end], reason, incidents):
        return []
    if any(said.meets(other) for other in taken) or asks(base_form(quote.cue.words)):
        return []
    hints = find_hints(document.low, said)
    if not hints:
        return []
    incident = incident_at(document, said, incidents)
    if incident.is_background or incident.kind in account_word_set("causeless"):
        return []
    is_deed, traits = not may_befall(incident.kind), traits_of(incident.kind)
    return [
        quoted_account(
            quote,
            incident,
            Aspect.CAUSE,
            document.words(hint.clause).strip().removeprefix("that "),
            hint.cause,
            hint.clause,
            HINTED,
            is_denied=hint.is_denied or place == "refused",
        )
        for hint in hints
        if (not traits or may_explain(hint.cause, traits))
        and (not is_deed or is_deliberate(hint.cause))
        and not is_itself(hint.cause, incident.kind)
        and account_words("taken_back").search(document.low, hint.clause.start, hint.clause.end) is None
    ]


def normal_cause(words: str, kind: str = "") -> str | None:
    """The class of the things that an answer names, else its stems; `None` where they explain nothing of the kind."""
    known = _known().search(words)
    if known is not None:
        return str(load_rules("accounts").meaning["cause"][known.group().casefold()])
    hints = find_hints(words.lower(), Span(start=0, end=len(words)), is_phrase=True)
    if hints:
        traits = traits_of(kind)
        return next((hint.cause for hint in hints if not traits or may_explain(hint.cause, traits)), None)
    return OPEN + " ".join(sorted(set(find_terms(words))))


@functools.cache
def _known() -> re.Pattern[str]:
    """Any words of the table of causes."""
    words = tuple(str(word) for word in load_rules("accounts").meaning["cause"])
    return re.compile(rf"(?<!\w){alternation(words, space=' ')}(?!\w)", re.IGNORECASE)


def may_befall(kind: str) -> bool:
    """Whether an incident of this kind may be nobody's deed, and may be asked why it came."""
    return kind in _EITHER or not (has_doer(kind) or kind in account_word_set("causeless"))


@functools.lru_cache(maxsize=1024)
def _place_of(cue: str) -> str:
    """Which rules read what a cue introduces: what is blamed, what is refused, or what is said."""
    first, _, rest = cue.lower().partition(" ")
    verb = f"{base_form(first)} {rest}".rstrip()
    if verb in _words("cues"):
        return "blamed"
    if verb in _words("naming"):
        return "named"
    is_refused = verb in load_rules("denials").words["cues"] or cue.lower().endswith(" out")
    return "refused" if is_refused else "content"


def _named(
    document: Document,
    quote: Quote,
    place: str,
    incidents: Sequence[IncidentMention],
    held: frozenset[str],
) -> tuple[Rule | None, Span] | None:
    """The rule that reads what a quote of these plain words names as the cause, and where that stands."""
    span = quote.evidence.span
    if place == "content" and not _is_of_causing(document.low, span, held):
        return None
    content = document.folded[span.start : span.end]
    if place == "named" and not _is_asked(document, quote):
        return None
    for rule in _rules()[place]:
        match = rule.pattern.search(content) if rule.needs.are_met_by(held) else None
        if match is None or not match["what"]:
            continue
        what = Span(start=span.start + match.start("what"), end=span.start + match.end("what"))
        if not rule.yields.keys() & {"class", "open"} and not is_cause(document, what):
            continue
        if account_words("left_open").search(content, 0, match.start("what")):
            # "Tests are needed to tell whether a virus caused it."
            continue
        if rule.yields.get("over") and _count(match["were"]) <= _count(match["most"]):
            continue
        if rule.id == _FAILED:
            last = match["what"].lower().split()[-1]
            if last in _words("scene") and match["went"].lower() in _words("befalls"):
                # That the bridge gave way is what happened.
                continue
            what = Span(start=what.start, end=span.start + match.end("went"))
        if place == "blamed" and not _is_for_it(match["rest"], span.start + match.start("rest"), incidents):
            continue
        return rule, what
    return None


def _count(digits: str) -> int:
    return int(digits.replace(",", ""))


def _mentioned(document: Document, quote: Quote) -> tuple[Rule | None, Span] | None:
    """Where a speaker names what can only be a cause, in whatever sentence ("landed after a bird strike")."""
    span = quote.evidence.span
    match = _telling().search(document.low, span.start, span.end)
    if match is None:
        return None
    before = document.folded[max(span.start, match.start() - _DENIED_REACH) : match.start()]
    if any(account_words(name).search(before) for name in ("denials", "left_open")):
        return None
    return None, Span(start=match.start(), end=match.end())


@functools.cache
def _telling() -> re.Pattern[str]:
    """The words of the table of causes that name one wherever they stand."""
    return re.compile(rf"\b{alternation(_telling_causes(), space=' ')}(?!\w)")


@functools.cache
def _telling_causes() -> tuple[str, ...]:
    table = load_rules("accounts").meaning["cause"]
    return tuple(word for word, kind in table.items() if kind in _words("telling"))


@functools.cache
def _telling_words() -> frozenset[str]:
    """Plain words of which one stands where such a cause is named."""
    return frozenset(map(longest_word, _telling_causes()))


def is_cause(document: Document, span: Span) -> bool:
    """Whether words can name a cause: a noun phrase in small letters that is no person, no body and no bare "wind"."""
    phrase = document.folded[span.start : span.end]
    words = phrase.lower().split()
    if words[-1] in _words("empty") or words[-1] in lexicon().words["agents"] or _is_somebody(words):
        return False
    if words[-1] in load_rules("accounts").meaning["victims"]:
        # "Police blamed criminals."
        return False
    if not _words("clausal").isdisjoint(words) or _is_name(document, span.start):
        return False
    return bool(find_terms(phrase)) and not (len(words) == 1 and words[0] in _words("bare"))


def _is_name(document: Document, start: int) -> bool:
    """Whether a word has a capital though nothing opens with it."""
    before = document.folded[start - 1 : start]
    return (
        document.folded[start].isupper()
        and before not in ("", '"', "\n")
        and document.folded[start - 2] not in ".:!?"
    )


def _is_somebody(words: Sequence[str]) -> bool:
    """Whether a phrase names a person or a body by its head: "the train driver", not "anchor bolts"."""
    return any(entry.last == len(words) - 1 for entry in find_entries(words))


def _is_asked(document: Document, quote: Quote) -> bool:
    """Whether the words in front of a statement ask for a cause: a heading, or the sentences before."""
    start = quote.evidence.sentence.start
    near = document.folded[max(0, start - _ASKED_REACH) : quote.evidence.span.start]
    return any(rule.pattern.search(near) for rule in _rules()["asked"])


def _is_for_it(rest: str, start: int, incidents: Sequence[IncidentMention]) -> bool:
    """Whether what stands behind "for" is what happened: "for the crash", not "for the delay"."""
    if not rest.startswith(" for "):
        return True
    near = Span(start=start, end=start + len(rest))
    if any(m.span is not None and m.span.meets(near) for m in incidents):
        return True
    return not _words("done").isdisjoint(rest.replace(".", " ").replace(",", " ").split()[:5])


def _is_of_causing(low: str, span: Span, held: frozenset[str]) -> bool:
    """Whether a word of causing stands in a stretch of these plain words: else no rule is tried."""
    # A pattern for all of them stops at every letter.
    return any(low.find(cause, span.start, span.end) >= 0 for word in held for cause in _causing_of(word))


@functools.lru_cache(maxsize=8192)
def _causing_of(word: str) -> tuple[str, ...]:
    """The words of causing, which may be parts of a word or several, whose longest one a plain word holds."""
    return tuple(cause for cause, part in _causing() if part in word)


@functools.cache
def _causing() -> tuple[tuple[str, str], ...]:
    """The words of causing with the longest plain one of each."""
    return tuple((cause, longest_word(cause)) for cause in load_rules("causes").words["causing"])


@functools.cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    """The rules by where they read."""
    rules = load_rules("causes").rules
    return {
        place: tuple(rule for rule in rules if rule.yields["in"] == place)
        for place in ("blamed", "content", "refused", "named", "asked")
    }


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_rules("causes").words[name])

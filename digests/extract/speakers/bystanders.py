"""People whom a sentence names without letting them speak or open it, for "he" and "she" behind it.

"Her husband, Nestor, held on to a tree. ... he said", "imposed by the minister, Ana Bell. She told", "One of them, Jon
Dahl, held up a copy". Stance: two that fit are nobody; a name counts whose sex is known, or that has an office or an
age.
"""

from __future__ import annotations

import re

from digests.extract.speakers.names import ArticleNames
from digests.extract.speakers.profiles import Profile
from digests.extract.speakers.roles import load_roles
from digests.extract.speech.lexicon import load_lexicon
from digests.rules.given_names import usual_sex
from digests.text.document import Document
from digests.text.similarity import stop_words
from digests.types import ActorKind, Span

# A run of capitals that may hold an office and a name.
_RUN = re.compile(
    r"(?<![\w'-])[A-Z][\w'-]+(?: (?:(?:al|bin|da|de|del|der|di|el|la|van|von) )?[A-Z][\w'-]+){0,5}"
)
# What stands behind a person who is told of by age ("Adil, 23,").
_AGED = re.compile(r", \d\d(?=[,.;:)]|$)")
# What stands before and behind a single name that is told beside a phrase for somebody ("Her husband, Nestor, held").
_BESIDE_BEFORE, _BESIDE_BEHIND = re.compile(r"(?:,|\bcalled|\bnamed) $"), re.compile(r",")
# Characters before a name in which these stand.
_BEFORE = 8


def find_bystander(
    document: Document, names: ArticleNames, sentence: Span, sex: str
) -> tuple[Span, Profile] | None:
    """The one person of a sex ("m", "f") whom a sentence names; `None` where nobody or more than one fits."""
    folded = document.folded
    found: dict[str, tuple[Span, Profile]] = {}
    for run in _RUN.finditer(folded, sentence.start, sentence.end):
        start, end = run.span()
        first, _, rest = run.group().partition(" ")
        if rest and first.lower() in stop_words():
            # "For Jon Dahl of the guild"
            start += len(first) + 1
        if folded.startswith("'s", end) or run.group().endswith("'s"):
            continue
        lead = folded[sentence.start : start].rstrip().rpartition(" ")[2]
        if lead.lower() in load_lexicon().words["bystanding"]:
            # "the cemetery of Beni Nor", "In Tarn, 13 more lie": a place, or somebody who is far or dead.
            continue
        profile = names.profile(start, end)
        name = profile.name or ""
        is_aged = _AGED.match(folded, end) is not None
        given = name.split(" ", 1)[0]
        usual = (usual_sex(given) if given else None) or _sex_of(lead)
        if usual not in (None, sex) or profile.kind is ActorKind.MEDIA or profile.is_body:
            continue
        if " " in name:
            fits = profile.is_person and (usual == sex or profile.role is not None or is_aged)
        else:
            before = folded[max(sentence.start, start - _BEFORE) : start]
            is_beside = _BESIDE_BEFORE.search(before) and _BESIDE_BEHIND.match(folded, end)
            fits = bool(name) and (is_aged or (usual == sex and is_beside is not None))
        if fits:
            found[name.rsplit(" ", 1)[-1]] = (Span(start=start, end=end), profile._replace(is_person=True))
    return next(iter(found.values())) if len(found) == 1 else None


def _sex_of(word: str) -> str | None:
    """The sex that a word in front of a name tells: "her son Beni"."""
    lists = load_roles().words
    if word in lists["female_words"]:
        return "f"
    return "m" if word in lists["male_words"] else None

"""Sentence boundaries with offsets: sentencex, with a veto list for what news text abbreviates.

Stance: a sentence too long only blurs a window; a sentence cut at "Gen." loses its speaker. In doubt, join.
"""

from __future__ import annotations

import re

import sentencex

from digests.types import Span

# After these a full stop ends no sentence when a capital, a digit or a name follows (titles, months, ranks,
# initials): AP style abbreviations that stand before names or dates.
_VETO = re.compile(
    r"(?:\b(?:Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Brig|Rear Adm|Rep|Sen|Gov|Rev|Hon|Dr|Mr|Mrs|Ms|Prof|Pres|"
    r"St|Ste|Mt|Ft|No|Nos|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Supt|Det|Insp|Const|Dept|Atty|Sec|"
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|"
    r"Tenn|Tex|Va|Vt|Wash|Wis|Wyo)|\b[A-Z]|\b(?:U\.S|U\.N|U\.K|E\.U|D\.C|Ph\.D|a\.m|p\.m|i\.e|e\.g))\.['\")]*\s*$"
)
# Ends that may well close a sentence: then only a lower-case letter, a digit or a comma after it vetoes.
_SOFT = re.compile(r"(?:\b(?:U\.S|U\.N|U\.K|E\.U|D\.C|a\.m|p\.m|No)|\b[A-Z])\.['\")]*\s*$", re.IGNORECASE)
_STARTER = re.compile(r"\s*[\"'(]*(?:The|A|An|In|On|At|But|And|It|He|She|They|We|I|This|That|There|His|Her|Its|Their|"
                      r"As|For|After|Before|When|While|Officials|Police|Authorities|Meanwhile|However)\b")


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`, stripped of white space, in order; offsets count in `text`."""
    block = text[start:end]
    if not block.strip():
        return []
    cuts: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries("en", block):
        first, last = boundary["start_index"], boundary["end_index"]
        if cuts and _joins(block[cuts[-1][0] : cuts[-1][1]], block[first:last]):
            cuts[-1] = (cuts[-1][0], last)
        else:
            cuts.append((first, last))
    spans: list[Span] = []
    for first, last in cuts:
        piece = block[first:last]
        stripped = piece.strip()
        if stripped:
            at = start + first + piece.index(stripped)
            spans.append(Span(start=at, end=at + len(stripped)))
    return spans


def _joins(before: str, after: str) -> bool:
    """Whether the cut between two pieces is none."""
    tail = before[-24:]
    head = after.lstrip()
    if not head:
        return True
    if head[0].islower() or head[0] in ",;:":
        return True
    if not _VETO.search(tail):
        return False
    return not (_SOFT.search(tail) and _STARTER.match(after))

"""Who is the subject of a verb that a shape found: the counted in front of it, or somebody else of the sentence.

Hides clauses: parts of what an earlier verb told, relative clauses, lists whose members are told more of.

Stance: a verb counts those nearest in front of it only where nobody else can be its subject.
"""

from __future__ import annotations

import re

from digests.extract.counts.chunks import Chunk, Row
from digests.extract.counts.counted import ONE
from digests.extract.counts.lexicon import lexicon
from digests.extract.counts.shapes import verb_span
from digests.extract.counts.victims import is_plural
from digests.extract.drafts.sentencereader import SentenceReader

# Tags of ", two of whom were children,": no new subject.
_WHOM = re.compile(r",[NnQ]B[^,]+,")
_CONTRASTS = frozenset({"while", "whereas"})
# Counted people and what became of them.
_TOLD = re.compile(r"[NnQU][^;]*[VIAPG]|[VPG][^;]*[NnQ]")


def subject_behind_part(reader: SentenceReader, found: re.Match[str], begin: int) -> int | None:
    """Index of the subject behind a part of what an earlier verb told: "Seven died, including two children, and 34 were
    hurt" tells of the 34; `None` where the amount is no such part, or no other one follows it."""
    tags = reader.tags
    is_part = tags[max(0, begin - 2) : begin] == ",i" or (
        tags[max(0, begin - 1) : begin] == "," and reader.chunks[begin].is_partitive
    )
    if not is_part or _TOLD.search(tags, max(0, tags.rfind(";", 0, begin)), begin) is None:
        return None
    verb = verb_span(found)[0]
    behind = [i for i in range(begin + 1, verb) if tags[i] in "NnQ" and _joins_clause(reader, i - 1)]
    return behind[-1] if behind and "," in tags[begin : behind[-1]] else None


def _joins_clause(reader: SentenceReader, index: int) -> bool:
    """Whether a chunk may open another clause: "and", "as", "while"."""
    return reader.tags[index] in "cs" or reader.word(reader.chunks[index]) in _CONTRASTS


def subject_behind_clause(reader: SentenceReader, found: re.Match[str], begin: int) -> int | None:
    """Index of the second of a list whose first has more behind it than where he is from or was; else `None`.

    "Two cooks from Arden and a clerk died" is a list; "Nine people in the hall fled and a clerk died" is none.
    """
    first = reader.tags.find("p", begin, found.end("n"))
    if first < 0 or verb_span(found)[0] < begin:
        return None
    last = reader.tags.index("c", first)
    lows, tokens, words = reader.tokens.lows, reader.tokens, lexicon()
    at = reader.chunks[first].last
    at += lows[at] in words.determiners or lows[at] in words.one_first
    names = [
        reader.document.text[tokens.starts[i] : tokens.ends[i]] for i in range(at, reader.chunks[last].first)
    ]
    if len(names) <= 1 or all(name.istitle() for name in names):
        return None
    return next(i for i in range(last, found.end("n")) if reader.tags[i] in "NnQS")


def is_met(reader: SentenceReader, index: int) -> bool:
    """ "The vicar met nine people in the hall and died": an object, behind the subject of both verbs."""
    clause = reader.tags[max(reader.tags.rfind(",", 0, index), reader.tags.rfind(";", 0, index)) + 1 : index]
    return len(clause) > 1 and clause[-1] in "wk" and clause[0] in "wSUN"


def doing_subject(reader: SentenceReader, begin: int) -> int | None:
    """Index of who does something to those counted at `begin`: in "a guard questioning two men was shot" the guard."""
    if begin < 2 or reader.tags[begin - 1] != "k" or reader.tags[begin - 2] not in "nNS":
        return None
    doing = reader.word(reader.chunks[begin - 1])
    return begin - 2 if doing.endswith("ing") else None


def whom_counts(reader: SentenceReader, found: re.Match[str]) -> int | None:
    """Index of the counted in "46 people, of whom 45 were killed": not the 46."""
    at = found.end("p") - 1
    if reader.tags[at] == "r" and reader.tags[found.start("n")] == "Q" and reader.tags[at - 1] in "nNU":
        # "two articles on the six nuns that were murdered"
        return at - 1
    is_other = at > found.end("n") and reader.tags[at - 1 : at + 1] in ("ni", "Ni")
    if is_other and reader.word(reader.chunks[at]) in lexicon().of_whom:
        # "800 volunteers, none of whom fell ill"
        return at - 1
    if reader.tags[at] not in "nN" or reader.tags[at - 1] != "i":
        return None
    return at if reader.word(reader.chunks[at - 1]) in lexicon().of_whom else None


def disagrees(reader: SentenceReader, found: re.Match[str], index: int) -> bool:
    """ "The man holding nine people was killed": "was" tells nothing of several, so somebody before them is meant."""
    chunk = reader.chunks[index]
    if _is_one_of_plural_verb(reader, found, index):
        return True
    before = found.start("b") if "b" in found.re.groupindex else -1
    if chunk.tag != "N" or before < found.end("n") or (chunk.head or "") in ("", *lexicon().crew_nouns):
        return False
    if not is_plural(chunk.head or "") or chunk.amount is None or (chunk.amount.bounds.low or 0) <= 1:
        return False
    be = reader.tags.find("B", before, found.end("b"))
    if be < 0 or reader.word(reader.chunks[be]) not in lexicon().singular_be:
        return False
    # "A total of 12 people was hurt", "three cars and a bus with nine clerks was hit"
    return index > 0 and reader.tags[index - 1] not in "fc,;"


def _is_one_of_plural_verb(reader: SentenceReader, found: re.Match[str], index: int) -> bool:
    """ "A judge upheld the wish that he die": a bare "die" is no verb of one person in front of it."""
    chunk, verb = reader.chunks[index], verb_span(found)[0]
    if verb <= index or chunk.tag != "N" or chunk.amount is None or chunk.amount.bounds != ONE:
        return False
    if reader.word(reader.chunks[verb]) not in lexicon().bare_verbs or "c" in found.group("n"):
        return False
    return verb > 0 and reader.tags[verb - 1] not in "tMO"


def real_subject(post: str, chunks: Row, offset: int) -> int | None:
    """Index of a later subject among the words between an amount and a verb, where there is one.

    "12 men in a truck attacked, and three soldiers were killed": the soldiers, not the men.
    """
    if _WHOM.fullmatch(post):
        return None
    last = offset + len(post) - 1
    if post[-1] in "nN" and chunks[last].is_partitive and post[-2:-1] in ("c", "r"):
        # "27 wounded, mostly women, and that three of them had died"
        return last
    if "i" in post or "(" in post or (post[:1] == ":" and ":" in post[1:]):
        return None
    for at in range(len(post) - 1, 0, -1):
        chunk = chunks[offset + at]
        if post[at] in "NnQUS" and post[at - 1] in "c," and (chunk.is_whom or not chunk.is_partitive):
            if post[at] == "n" and post[at - 1] == ",":
                continue
            if post[at] == "U" and post[at - 1] == "," and "," in post[at + 1 :]:
                # "two members of the escort, agents of the ministry, were wounded"
                continue
            if at == 1 and is_told_twice(post, chunk):
                continue
            return offset + at
    return None


def is_told_twice(post: str, chunk: Chunk) -> bool:
    """Whether an insert describes one person once more: "one of the victims, a 40-year-old man, was shot".

    So does one between dashes: "a guard - a father of two - died".
    """
    return (
        post[1:2] == "N"
        and post[:1] in ",:"
        and post[0] in post[2:]
        and chunk.amount is not None
        and chunk.amount.bounds == ONE
    )

"""Which trigger of a sentence the words at one place speak of.

"A strike killed nine" looks left, "nine died when a bus overturned" looks right; a relative clause belongs to the
noun right before it, and an insert between two commas does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from digests.extract.tellings.answers import answered_clause
from digests.extract.tellings.triggers import lexicon

# Tokens between a count with its verb and the "in" or "when" that names what they died in.
_RIGHT_REACH = 26
# Tokens between a subject and its verb of killing.
_SUBJECT_REACH = 4
# Tokens between a superlative and "since".
_COMPARED = 14
# What leads from an older thing to its dead: "since the 2010 earthquake, in which 500 people died".
_RELATIVES = frozenset({"which", "when", "where", "whose"})
_PREPOSITIONS = frozenset({"in", "by", "from", "on", "at", "during"})
# Tokens between a comma among adjectives ("in a massive, co-ordinated blast") and the trigger.
_BESIDE_COMMA = 3
_CLAUSE_ENDS = frozenset({",", ";", ":", "."})


def governor(lows: Sequence[str], spots: Sequence[tuple[int, int]], at: int) -> int | None:
    """The index in `spots` (first and last token of each trigger, in order) that governs token `at`.

    `None` where there are no spots, or none on its side of a comparison ("the worst attack since rebels killed 12").
    """
    return govern(lows, spots, at)[0] if _on_one_side(lows, spots, at) else None


def compared_clause(lows: Sequence[str]) -> tuple[int, int] | None:
    """The tokens, first and one past the last, of what the news is held against: "since a bus left the road in 2011" in
    "the deadliest crash since a bus left the road in 2011, killing 40"; `None` without one."""
    if "since" not in lows:
        return None
    superlatives = lexicon().words["superlatives"]
    since = next(
        (
            k
            for k, low in enumerate(lows)
            if low == "since" and not superlatives.isdisjoint(lows[max(0, k - _COMPARED) : k])
        ),
        None,
    )
    if since is None:
        return None
    ends = [k for k in range(since, len(lows)) if lows[k] in _CLAUSE_ENDS]
    while ends and ends[0] + 1 < len(lows) and _goes_on(lows, ends[0] + 1):
        # "since 2008, when a jet came down near Orm, killing 40"
        del ends[0]
    return since, ends[0] if ends else len(lows)


def _goes_on(lows: Sequence[str], at: int) -> bool:
    """Whether what stands behind a comma tells more of what the news is held against: "killing 40", "when 40 died"."""
    return lows[at].endswith("ing") or not _RELATIVES.isdisjoint(lows[at : at + 2])


def aside_clause(lows: Sequence[str]) -> tuple[int, int] | None:
    """The tokens, first and one past the last, of what the news of a sentence is held against or answers."""
    return compared_clause(lows) or answered_clause(lows)


def _on_one_side(lows: Sequence[str], spots: Sequence[tuple[int, int]], at: int) -> list[int]:
    """The indexes of the spots on the side of a comparison, or of what the news answers, where token `at` stands.

    All of them without such a clause.
    """
    clause = aside_clause(lows)
    if clause is None:
        return list(range(len(spots)))
    start, end = clause
    return [i for i, (first, _) in enumerate(spots) if (start <= first < end) == (start <= at < end)]


def is_aside(lows: Sequence[str], spots: Sequence[tuple[int, int]], at: int) -> bool | None:
    """Whether token `at` stands alone in what the news is held against or answers.

    "It was the worst raid since 2011, when nine died": the nine. `None` where a trigger stands on its side of such a
    clause, or there is none.
    """
    clause = aside_clause(lows)
    if clause is None or _on_one_side(lows, spots, at):
        return None
    return clause[0] <= at < clause[1]


def govern(lows: Sequence[str], spots: Sequence[tuple[int, int]], at: int) -> tuple[int, str]:
    """The index of the governing trigger, and how it governs: a code of `rules/reasons.toml`. At least one spot."""
    may = _on_one_side(lows, spots, at) or range(len(spots))
    left = [i for i in may if spots[i][1] < at]
    right = [i for i in may if spots[i][0] > at]
    inside = [i for i in may if spots[i][0] <= at <= spots[i][1]]
    if inside:
        return inside[0], "incident.itself"
    if left and _is_subject(lows, spots[left[-1]][1], at):
        return left[-1], "incident.subject"
    if right and _joins_right(lows, at, spots[right[0]][0], has_left=bool(left)):
        return right[0], "incident.leads"
    if left:
        position = _before_insert(lows, spots, left, at)
        return left[position], "incident.left" if position == len(left) - 1 else "incident.around_insert"
    return right[0], "incident.right"


def _is_subject(lows: Sequence[str], last: int, at: int) -> bool:
    """Whether a trigger is the subject of the verb at or right before `at` ("the blast killed at least nine")."""
    between = lows[last + 1 : at + 1]
    if len(between) > _SUBJECT_REACH + 3:
        return False
    lex = lexicon()
    for k, word in enumerate(between):
        if word in lex.words["toll_verbs"]:
            return True
        if k and word in ("before", "after") and between[k - 1] in lex.words["spans"]:
            # "A blast the year before killed nine."
            continue
        if word in (",", ";", ":", ".") or word in lex.words["breaks"]:
            return word in ("that", "which")
    return False


def _joins_right(lows: Sequence[str], at: int, first: int, *, has_left: bool) -> bool:
    """Whether "in", "when", "during", "after" leads from the words to the trigger behind them."""
    if first - at > _RIGHT_REACH:
        return False
    lex = lexicon()
    between = lows[at + 1 : first]
    if any(word in (";", ":", ".") for word in between):
        return False
    for k, word in enumerate(between):
        if word not in lex.words["leading"] or (word in _PREPOSITIONS and _is_broken(between, k)):
            continue
        before = between[k - 1] if k else lows[at]
        if before in lex.words["spans"] or before in ("earlier", "later"):
            return False
        weak = word in ("after", "as", "following", "before", "on", "at")
        if weak and has_left:
            continue
        if word == "before":
            continue
        if has_left and word == "in" and not lex.words["signs_of"].isdisjoint(between[k + 1 :]):
            # "Gunmen killed nine, the army said, in the latest sign of a growing insurgency."
            continue
        return True
    return False


def _is_broken(between: Sequence[str], k: int) -> bool:
    """Whether a comma ends the phrase of a preposition, or one before it opens a clause that the preposition is of:
    "in the south, police said, with floods cutting off roads", "in Arden, a town hit by floods"."""
    behind = between[k + 1 :]
    if "," in behind and len(behind) - 1 - behind.index(",") > _BESIDE_COMMA:
        return True
    return "," in between[: max(0, k - 1)] and between[k - 1] != ","


def _before_insert(
    lows: Sequence[str], spots: Sequence[tuple[int, int]], left: Sequence[int], at: int
) -> int:
    """The position in `left` to take: the nearest, but for a trigger inside an insert that a comma closed.

    "The raid, which followed an attack in May, killed six": the verb after the comma belongs to the raid.
    """
    lex = lexicon()
    verb = next((k for k in range(at, max(-1, at - 5), -1) if lows[k] in lex.words["toll_verbs"]), None)
    nearest = len(left) - 1
    if verb is None or verb == 0 or lows[verb - 1] != "," or lows[verb].endswith("ing"):
        return nearest
    for k in range(verb - 2, -1, -1):
        if lows[k] == "," and k + 1 < len(lows) and lows[k + 1] in lex.words["insert_openers"]:
            outside = [n for n, i in enumerate(left) if spots[i][1] < k]
            return outside[-1] if outside else nearest
    return nearest

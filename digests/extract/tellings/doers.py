"""Who did what a trigger tells of, and to whom: "by", the subject of its verb, who condemns it.

Stance: a wrong doer joins or parts incidents wrongly; an open one (`None`) lets the rest of the text decide.
"""

from __future__ import annotations

from digests.extract.tellings.triggers import Form, lexicon
from digests.extract.tellings.views import REACH, Telling, View, next_word, only_describes, subject_before

# Tokens between a trigger and its own "by"; further off a participle must stand before it ("carried out by").
_NEAR_BY = 5
# Marks between a verb and what it cannot have as its object.
_STOPS = frozenset({";", ":", ".", ",", "-", "--", "–", "—", "("})


def doer_by(view: View, last: int) -> str | None:
    """The doer behind "by": "airstrikes by Ruritania", "a bombing carried out by the Highland Front"."""
    lex = lexicon()
    for k in range(last + 1, min(len(view.lows), last + 1 + REACH)):
        low = view.lows[k]
        if low in (";", ":", ".") or low in lex.words["breaks"]:
            return None
        if low != "by":
            continue
        if any(t.form is not Form.TOLL and last < t.first < k for t in view.triggers):
            return None
        if k - last > _NEAR_BY and not lex.words["support_verbs"] & set(view.lows[k - 2 : k]):
            return None
        return _agent_behind(view, k)
    return None


def _agent_behind(view: View, by: int) -> str | None:
    """The agent of a "by"; "Ruritania's ally the Front" is the Front."""
    for number, agent in enumerate(view.agents):
        if not by < agent.first <= by + 7:
            continue
        if any(low in ("on", "of", "from", "in") for low in view.lows[by + 1 : agent.first]):
            return None
        if only_describes(view, agent):
            return None
        follower = view.agents[number + 1] if number + 1 < len(view.agents) else None
        if (
            agent.is_place
            and next_word(view, agent.last) == "'s"
            and follower
            and follower.first - agent.last <= 4
        ):
            return (
                agent.name if follower.name.casefold() in lexicon().words["state_agents"] else follower.name
            )
        return agent.name
    return None


def doer_of_support(view: View, telling: Telling) -> str | None:
    """The subject of a verb that has the phrase as its object: "the army launched an offensive"."""
    lex = lexicon()
    for k in range(telling.phrase - 1, max(-1, telling.phrase - 9), -1):
        low = view.lows[k]
        if low in _STOPS or (low in lex.words["breaks"] and low != "as"):
            return None
        if low in lex.words["answers"] or low in lex.words["avenging"]:
            # "fired rockets in retaliation for the raid"
            return None
        if low == "responsibility" or low in lex.words["support_verbs"]:
            if k and view.lows[k - 1] in ("was", "were", "been", "being", "is", "are"):
                return None
            if any(low in lex.words["formerly"] for low in view.lows[max(0, k - 3) : k]):
                telling.is_other = True
            agent = subject_before(view, k)
            return agent.name if agent else None
    return None


def critics(view: View, telling: Telling) -> tuple[str, ...]:
    """States that condemn it in this sentence: one does not condemn one's own strike."""
    lex = lexicon()
    for k in range(telling.phrase - 1, max(-1, telling.phrase - 14), -1):
        if view.lows[k] in lex.words["condemning"]:
            agent = next((a for a in view.agents if a.is_state and a.last < k), None)
            return (agent.name,) if agent else ()
    return ()


def read_verb(view: View, telling: Telling) -> None:
    """Doer of a verb: its subject, or in the passive whoever stands behind "by"."""
    lex = lexicon()
    before = view.lows[max(0, telling.first - 3) : telling.first]
    is_passive = any(w in ("was", "were", "been", "being", "is", "are", "be", "got") for w in before)
    if telling.kind not in lex.words["violent"]:
        return
    following = next_word(view, telling.last)
    is_reduced = view.lows[telling.first] in lex.words["reducible"] and (
        following in lex.words["prepositions"] or not following.isalnum()
    )
    if is_passive or is_reduced:
        telling.actor = doer_by(view, telling.last)
        return
    if before[-2:] == ["responsibility", "for"] or before[-1:] == ["responsibility"]:
        agent = subject_before(view, telling.first - 2)
        telling.actor = agent.name if agent else None
        return
    if telling.form is Form.TOLL:
        after = view.lows[telling.last + 1] if telling.last + 1 < len(view.lows) else ""
        if view.lows[telling.first] in ("dead", "deaths", "death", "died", "perished") or not (
            after.isalnum()
        ):
            return
    agent = subject_before(view, telling.first)
    if agent is not None and telling.form is Form.TOLL and telling.first - agent.last > 3:
        return
    telling.actor = agent.name if agent else None


def target(view: View, telling: Telling) -> str | None:
    """Whom a deed with a doer hit: the first agent behind it that is not the doer."""
    for agent in view.agents:
        if telling.last < agent.first <= telling.last + REACH and agent.name != telling.actor:
            if any(low in lexicon().words["breaks"] for low in view.lows[telling.last + 1 : agent.first]):
                return None
            return agent.name
    return None

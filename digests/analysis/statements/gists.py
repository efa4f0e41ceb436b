"""What a statement comes to, however it is worded: "an end to the fighting" and "lay down your arms" are one demand.

A gist is a rule of `rules/gists.toml` with whether it is said or denied. Stance: where what else two statements speak
of shares nothing, a gist that needs an object ("condemned the raid", "condemned the arrests") joins nothing.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from digests.extract.speech.lexicon import load_lexicon
from digests.rules import load_rules
from digests.text.document import fold

# Words in front of a gist in which a negation turns it round.
_BEFORE = 4
# Characters of a statement that are looked through.
_LOOKED_THROUGH = 600


class Gist(NamedTuple):
    """The rule that a wording matches, whether it is denied, and whether the gist says enough by itself."""

    rule: str
    is_denied: bool
    is_alone: bool


@functools.lru_cache(maxsize=2048)
def find_gists(cue: str, words: str) -> frozenset[Gist]:
    """The gists of what is said with the verb in front of it ("urged" + "both sides to stop fighting")."""
    text = fold(f"{cue} {words[:_LOOKED_THROUGH]}")
    found = ((rule, rule.pattern.search(text)) for rule in load_rules("gists").rules)
    return frozenset(
        Gist(rule.id, _is_denied(text[: match.start()]), bool(rule.yields.get("alone")))
        for rule, match in found
        if match is not None
    )


def _is_denied(before: str) -> bool:
    """Whether a negation or a verb of refusing stands right in front: "will not resign", "refused to apologise"."""
    words = before.lower().split()[-_BEFORE:]
    lexicon = load_lexicon()
    denying = load_rules("reactions").words["denying"]
    return any(word in lexicon.words["negations"] or lexicon.lemma.get(word) in denying for word in words)

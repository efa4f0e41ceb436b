"""Word lists as regular expressions that look at each letter once: shaped like a tree, "at least|at most" as
"at (?:least|most)".

The interpreter's own alternation tries one entry after the other at every word of a text. Which entry is found is the
same: of those that begin at one place each is the beginning of the next longer one, and the longest comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What follows each atom of an expression; "" where an entry may end.
_Tree = dict[str, "_Tree"]


def alternation(entries: Iterable[str], *, space: str = r"\s+") -> str:
    """A group that matches one of the entries, the longest that can; `space` is what a blank matches."""
    known = sorted(set(entries))
    atoms = [[space if letter == " " else re.escape(letter) for letter in entry] for entry in known]
    tree = _plant(atoms)
    if _is_torn(tree):
        longest_first = sorted(atoms, key=lambda parts: (-len(parts), parts))
        return f"(?:{'|'.join(''.join(parts) for parts in longest_first)})"
    return f"(?:{_shape(tree)})"


def _plant(entries: Iterable[Iterable[str]]) -> _Tree:
    root: _Tree = {}
    for atoms in entries:
        node = root
        for atom in atoms:
            node = node.setdefault(atom, {})
        node[""] = {}
    return root


def _is_torn(tree: _Tree) -> bool:
    """Whether entries part by the case of a letter: where case does not matter the longest might not come first."""
    return len({atom.lower() for atom in tree}) < len(tree) or any(map(_is_torn, tree.values()))


def _shape(tree: _Tree) -> str:
    """The expression of a tree, without a group around it."""
    ways = [atom + _inner(below) for atom, below in tree.items() if atom]
    # An entry that ends here is the shortest.
    return "|".join([*ways, ""] if "" in tree else ways)


def _inner(tree: _Tree) -> str:
    shape = _shape(tree)
    return f"(?:{shape})" if len(tree) > 1 else shape

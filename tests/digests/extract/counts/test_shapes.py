"""Shapes over the tags of a sentence: which ones are tried on it."""

import random
import re

import pytest

from digests.extract.counts.chunks import find_chunks
from digests.extract.counts.shapes import Shape, shapes, shapes_for
from digests.rules import load_rules
from digests.text.document import make_document
from digests.text.tokens import tokenize

# Negated classes and names of groups hold letters that a match need not have.
NOT_LETTERS = re.compile(r"\[\^[^]]*\]|\(\?P<\w+>|\(\?<?!.*?\)|[^A-Za-z,:;(]")


def _tags(sentence: str) -> str:
    folded = make_document("a", sentence).folded
    return find_chunks(tokenize(folded, 0, len(folded))).tags


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.id)
def test_shape_is_tried_on_all_that_it_matches(shape: Shape) -> None:
    """What a shape says it needs stands in every row of tags that it matches."""
    source = random.Random(11)
    letters = sorted(set(NOT_LETTERS.sub("", shape.pattern.pattern)))
    rows = ["".join(source.choices(letters, k=source.randint(2, 8))) for _ in range(20_000)]
    # Long shapes are met by chance by no row: those of their own examples.
    rows += [_tags(example) for example in load_rules("casualties").meaning["shape"][shape.id]["examples"]]
    matched = [row for row in rows if shape.pattern.search(row)]
    assert matched
    assert [] == [row for row in matched if shape not in shapes_for(row)]


def test_row_without_an_amount_is_tried_with_nothing() -> None:
    """Words, joints and marks alone count nobody."""
    assert () == shapes_for("wBpw,cSw;")

"""Reprints are found by their sentences; independent reports of one event stay independent."""

import pytest

from digests.stories.copies import count_voices, find_copies, voices_of
from digests.text.sentences import split_sentences
from tests.digests.stories.texts import BANK, FERRY, FERRY_OTHER, OTHER_FERRY, make_article

SENTENCES = [FERRY[s.start : s.end] for s in split_sentences(FERRY, 0, len(FERRY))]


def replace_words(text: str, every: int) -> str:
    """Each n-th word replaced by one that stands nowhere else."""
    return " ".join(
        "x" + "ab"[i % 2] * (i % 31) if i % every == 0 else word for i, word in enumerate(text.split())
    )


COPIES = {
    "verbatim": FERRY,
    "cut": " ".join(SENTENCES[:4]),
    "re-ordered": " ".join(reversed(SENTENCES)),
    "re-headed": "Shock at sea! Our harbour mourns its dead tonight.\n" + FERRY,
    "without agency": FERRY.removeprefix("PORT ALDER (AP) – "),
    "every tenth word": replace_words(FERRY, 10),
    "every third word": replace_words(FERRY, 3),
    "two in five words": " ".join(
        f"w{i}" if i % 5 in (1, 3) else word for i, word in enumerate(FERRY.split())
    ),
}
NO_COPIES = {
    "same event": FERRY_OTHER,
    "same kind": OTHER_FERRY,
    "other topic": BANK,
    "same agency": "PORT ALDER (AP) – " + OTHER_FERRY,
    "one sentence of it": BANK + " " + SENTENCES[4],
    "empty": "",
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_reprint_is_a_copy(text: str) -> None:
    """Cutting, moving and light editing leave a copy a copy; the earlier is the original."""
    articles = [make_article("z", FERRY), make_article("a", text, day="2025-06-04")]
    assert find_copies(articles) == {"a": "z"}


@pytest.mark.parametrize("text", NO_COPIES.values(), ids=NO_COPIES)
def test_own_report_is_no_copy(text: str) -> None:
    """The same event, agency or one shared sentence make no copy."""
    assert find_copies([make_article("a", FERRY), make_article("b", text)]) == {}


def test_smallest_id_is_the_original_without_times() -> None:
    """Without times the choice does not depend on the order of arrival."""
    articles = [make_article(name, FERRY, day=None) for name in "cab"]
    assert find_copies(articles) == find_copies(articles[::-1]) == {"b": "a", "c": "a"}


def test_brief_before_the_long_report_is_the_copy() -> None:
    """A long report that holds an earlier brief has words of its own; the brief adds nothing."""
    brief = make_article("brief", " ".join(SENTENCES[:3]), day="2025-06-02")
    assert find_copies([make_article("long", FERRY + " " + BANK), brief]) == {"brief": "long"}


@pytest.mark.parametrize(
    ("outlets", "texts", "voices"),
    [
        (("Coast Wire", "Radio North"), (FERRY, FERRY_OTHER), 2),
        (("Coast Wire", "Radio North"), (FERRY, FERRY), 1),
        (("Coast Wire", "The Coast Wire"), (FERRY, FERRY_OTHER), 1),
        ((None, None), (FERRY, FERRY_OTHER), 2),
        (("Coast Wire", "Radio North", "Coast Wire"), (FERRY, FERRY, FERRY_OTHER), 1),
        ((), (), 0),
    ],
    ids=["two", "reprint", "one outlet", "unnamed", "reprint and own", "none"],
)
def test_voices_are_independent_origins(
    outlets: tuple[str | None, ...], texts: tuple[str, ...], voices: int
) -> None:
    """An outlet speaks once, a reprint speaks with its original's voice."""
    articles = [
        make_article(f"a{i}", text, outlet=outlet)
        for i, (outlet, text) in enumerate(zip(outlets, texts, strict=True))
    ]
    assert count_voices(articles, find_copies(articles)) == voices


def test_every_article_has_a_voice() -> None:
    """Copies too: they speak with another's."""
    articles = [make_article("a", FERRY, outlet="Coast Wire"), make_article("b", FERRY, outlet="Radio North")]
    assert voices_of(articles, {"b": "a"}) == {"a": "outlet coastwire", "b": "outlet coastwire"}

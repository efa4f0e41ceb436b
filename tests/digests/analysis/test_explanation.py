"""Reasons of figures and comparisons: they are the engine's own, complete, and change nothing."""

import datetime as dt
import re
from pathlib import Path

import pytest

from digests.analysis import analyse
from digests.analysis.explanation import Explanation, Outcome, explain, tell
from digests.extract import extract
from digests.rules import load_rules
from digests.text.document import make_document
from digests.trace import ArticleTrace, StoryTrace
from digests.types import Article, ConflictKind, Story, StoryArticle

DIGESTS = Path(__file__).parents[3] / "digests"
DAY = dt.datetime(2025, 3, 12, 8, tzinfo=dt.UTC)
QUAKE = "A strong earthquake hit the town of Lorvik on Wednesday. "


def article(name: str, text: str, *, hours: int = 0) -> Article:
    published = DAY + dt.timedelta(hours=hours)
    return Article(
        id=name,
        source_id="s",
        external_id=name,
        text=text,
        outlet=name,
        published=published,
        published_on=published.date(),
    )


def explained(*articles: Article, copies: tuple[tuple[str, str], ...] = ()) -> Explanation:
    ids = tuple(one.id for one in articles)
    return explain(Story(id="s1", title="Quake", article_ids=ids, copies=copies), articles)


def codes(told: Explanation, first: int, second: int) -> tuple[Outcome, ConflictKind | None, set[str]]:
    pair = next(pair for pair in told.pairs if (pair.first, pair.second) == (first, second))
    return pair.outcome, pair.kind, {made.code for made in pair.reasons}


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    """A decision that nobody can read about is a defect, and so is a sentence that no decision needs."""
    known = set(load_rules("reasons").meaning["reason"])
    families = "|".join(sorted({code.partition(".")[0] for code in known}))
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(DIGESTS.rglob("*.py")))
    used = set(re.findall(rf'"((?:{families})\.[a-z_]+)"', text))
    assert (set(), set()) == (
        known - used,
        {code for code in used if code not in known and code in made_codes(text)},
    )


def made_codes(text: str) -> set[str]:
    """Codes in the places where reasons are made."""
    made = r'(?:reason|note|_because|stand|hold)\((?:[\w.]+, ){0,2}(?:[\w.]+, )?"([a-z]+\.[a-z_]+)"'
    return set(re.findall(made, text))


@pytest.mark.parametrize(
    ("second", "hours", "outcome", "kind", "code"),
    [
        ("The mayor said 12 people were killed.", 1, Outcome.AGREED, None, "agree.same"),
        ("The mayor said more than a dozen people were killed.", 1, Outcome.AGREED, None, "agree.round"),
        ("The mayor said more than a dozen people died.", 1, Outcome.AGREED, None, "agree.just_over"),
        (
            "The mayor said 21 people were killed.",
            1,
            Outcome.CONFLICTING,
            ConflictKind.DISPUTE,
            "dispute.together",
        ),
        (
            "The mayor said 9 people were killed.",
            9,
            Outcome.CONFLICTING,
            ConflictKind.DISPUTE,
            "dispute.later_lower",
        ),
        ("The mayor said 21 people were killed.", 30, Outcome.UPDATED, ConflictKind.UPDATE, "update.later"),
        (
            "Police said 9 people were killed.",
            9,
            Outcome.CONFLICTING,
            ConflictKind.CORRECTION,
            "correction.same_source",
        ),
        ("Several people were killed.", 1, Outcome.ASIDE, None, "aside.vague"),
        ("A nurse was killed.", 1, Outcome.APART, None, "pair.victims"),
        ("The mayor said 21 people were injured.", 1, Outcome.APART, None, "pair.measure"),
        ("In 1987 a quake killed 300 people there.", 1, Outcome.APART, None, "pair.incident"),
        ("Quakes have killed 900 people since 2001.", 1, Outcome.APART, None, "pair.scope"),
    ],
)
def test_pairs_tell_what_came_of_them(
    second: str, hours: int, outcome: Outcome, kind: ConflictKind | None, code: str
) -> None:
    """Agreed, disputed, updated, corrected, laid aside or counted apart, each with its reason."""
    count = "at least 14" if code == "agree.round" else "12"
    first = article("North Post", f"{QUAKE}Police said {count} people were killed.")
    told = explained(first, article("Delta Wire", QUAKE + second, hours=hours))
    found = codes(told, 1, 2)
    assert (outcome, kind) == found[:2]
    assert code in found[2]


def test_a_copy_says_whose_text_it_repeats() -> None:
    """A reprint of one source is told as such beside the agreement."""
    text = QUAKE + "Police said 12 people were killed."
    told = explained(article("a", text), article("b", text, hours=1), copies=(("b", "a"),))
    assert "aside.copy" in codes(told, 1, 2)[2]


def test_figures_carry_the_reasons_of_each_decision() -> None:
    """Claimant by cue and pronoun, incident by trigger, day and place, the total of a part."""
    text = (
        "Mayor Ada Roth spoke after a bus crash near Lorvik on Tuesday. She said nine people, two of them children, "
        "were killed. Crashes have killed 300 people there since 2010."
    )
    nine, two, total = explained(article("a", text)).figures
    assert ("Ada Roth", 1) == (nine.figure.claimant.name if nine.figure.claimant else None, two.total)
    assert {"claimant.quote", "claimant.stands_for"} == {made.code for made in nine.reasons.claimant}
    assert {"incident.before", "incident.trigger", "incident.day", "incident.place"} <= {
        made.code for made in nine.reasons.incident
    }
    assert ["part.here"] == [made.code for made in two.reasons.part]
    assert "since 2010" in tell(total.reasons.scope[0])


def test_asking_for_reasons_changes_nothing() -> None:
    """Facts and findings are the same with and without a trace."""
    texts = (
        QUAKE + "Police said 12 people were killed. The mayor put the toll at 21.",
        QUAKE
        + "Doctors said 15 people died, four of them children. In 1987 a quake killed 300 people there.",
    )
    items = []
    for number, text in enumerate(texts):
        one = article(f"a{number}", text, hours=number)
        document = make_document(one.id, one.text, published=one.published_on, outlet=one.outlet)
        assert extract(document) == extract(document, ArticleTrace())
        items.append(StoryArticle(article=one, facts=extract(document)))
    assert analyse("s", items) == analyse("s", items, StoryTrace())

"""What admins put right: held by words and sentence, before figures are compared, and undone without a trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from digests import analysis
from digests.corrections import correct, find_target
from digests.reading import read_facts
from digests.types import (
    Correction,
    CorrectionKind,
    Findings,
    RawArticle,
    Span,
    Status,
    StoryArticle,
    Target,
)

DAY = dt.datetime(2026, 6, 10, tzinfo=dt.UTC)
WIRE = (
    "At least 14 people were killed when a grain silo exploded in Tarnholm on Wednesday, the fire service said. "
    "The blast broke windows across the river."
)
RADIO = "Thirty people were killed in the explosion of a grain silo in Tarnholm on Wednesday, the mayor said."
PAPER = "Eleven people were killed when the silo in Tarnholm exploded on Wednesday, the mayor told reporters."


def item(key: str, text: str, *, hour: int = 9) -> StoryArticle:
    raw = RawArticle(
        source_id="s",
        external_id=key,
        body=text,
        outlet=key.title(),
        published=DAY.replace(hour=hour),
        title=f"Silo of Tarnholm {key}",
    )
    article, facts = read_facts(raw, article_id=key, retrieved=None)
    return StoryArticle(article=article, facts=facts)


def target(text: str, sentence: str, words: str, *, article: str = "radio") -> Target:
    assert sentence in text
    return Target(article_id=article, sentence=sentence, offset=sentence.index(words), words=words)


def correction(kind: CorrectionKind, *targets: Target) -> Correction:
    return Correction(
        id=1, owner="g", kind=kind, story_id="s1", label="Killed", made_by="u", made_at=DAY, targets=targets
    )


def findings_of(items: list[StoryArticle], *corrections: Correction) -> Findings:
    return correct(items, corrections, lambda kept: analysis.analyse("s1", kept))


def counts(findings: Findings) -> list[str]:
    return sorted(claim.figure.words for group in findings.figure_groups for claim in group.claims)


ITEMS = [item("wire", WIRE), item("radio", RADIO, hour=10)]
THIRTY = correction(CorrectionKind.SUPPRESS, target(RADIO, RADIO, "Thirty"))


def test_a_suppressed_figure_is_not_compared() -> None:
    """It stands in no figure, no conflict and no sentence that states it; how many there are is said."""
    assert ["At least 14", "Thirty"] == counts(analysis.analyse("s1", ITEMS))
    findings = findings_of(ITEMS, THIRTY)
    assert ["At least 14"] == counts(findings)
    assert () == findings.conflicts
    assert all("Thirty" not in fact.text for fact in findings.key_facts)
    assert all("Thirty" not in entry.text for entry in findings.timeline)
    assert ((CorrectionKind.SUPPRESS, 1),) == findings.corrected


def test_without_corrections_nothing_changes() -> None:
    """Undoing gives back exactly what was there."""
    assert analysis.analyse("s1", ITEMS) == findings_of(ITEMS)


def test_other_rules_change_nothing() -> None:
    """A rule that reads more or fewer of the words around the count finds it suppressed all the same."""
    figure = ITEMS[1].facts.figures[0]
    span = figure.evidence.span
    wider = replace(figure.evidence, span=Span(start=span.start, end=span.end + 7), rule="casualties.newer")
    facts = replace(ITEMS[1].facts, figures=(replace(figure, evidence=wider, words="Thirty people"),))
    findings = findings_of([ITEMS[0], replace(ITEMS[1], facts=facts)], THIRTY)
    assert ["At least 14"] == counts(findings)


@pytest.mark.parametrize(
    ("text", "is_suppressed"),
    [
        pytest.param("Corrected at noon. " + RADIO, True, id="moved in the text"),
        pytest.param(RADIO.replace("the mayor said", "the governor said"), False, id="a new sentence"),
        pytest.param(RADIO.replace("Thirty", "Twenty"), False, id="another count"),
    ],
)
def test_a_reload_keeps_it_while_its_words_stand(text: str, is_suppressed: bool) -> None:
    """The sentence decides, not its place; a sentence that the outlet wrote anew is heard again."""
    findings = findings_of([ITEMS[0], item("radio", text, hour=10)], THIRTY)
    assert is_suppressed is (counts(findings) == ["At least 14"])
    assert is_suppressed is bool(findings.corrected)


def test_a_reprint_of_the_sentence_is_suppressed_too() -> None:
    """The same words under another outlet's name are the same wrong count; it still counts as one correction."""
    reprint = item("gazette", f"From our partners. {RADIO}", hour=11)
    findings = findings_of([*ITEMS, reprint], THIRTY)
    assert ["At least 14"] == counts(findings)
    assert ((CorrectionKind.SUPPRESS, 1),) == findings.corrected


@pytest.mark.parametrize("kind", [CorrectionKind.SUPPRESS, CorrectionKind.OUTDATED])
def test_a_headline_does_not_bring_the_count_back(kind: CorrectionKind) -> None:
    """An article that gives the count twice gives it nowhere; another count of it stays."""
    body = RADIO.replace("Thirty people", "Thirty people, four of them children,")
    text = f"Mayor: 30 killed in Tarnholm silo blast\n\n{body}"
    wanted = correction(kind, target(text, body, "Thirty"))
    findings = findings_of([ITEMS[0], item("radio", text, hour=10)], wanted)
    said = counts(findings)
    assert "four" in said
    assert not {"30", "Thirty", "30 killed"} & set(said)
    assert ((kind, 1),) == findings.corrected


def test_an_outdated_figure_stands_as_an_earlier_one() -> None:
    """It disputes nothing and is shown under the count that took its place."""
    eleven = correction(CorrectionKind.OUTDATED, target(PAPER, PAPER, "Eleven", article="paper"))
    findings = findings_of([item("paper", PAPER, hour=8), ITEMS[1]], eleven)
    [group] = findings.figure_groups
    assert Status.UPDATED is group.status
    assert "Thirty" == group.latest.figure.words
    assert ["Eleven", "Thirty"] == counts(findings)
    assert () == findings.conflicts
    assert ((CorrectionKind.OUTDATED, 1),) == findings.corrected


def test_a_pinned_figure_stands_first() -> None:
    """Whatever is said later."""
    sentence = WIRE.split(". ")[0] + "."
    pin = correction(CorrectionKind.PIN, target(WIRE, sentence, "At least 14", article="wire"))
    findings = findings_of(ITEMS, pin)
    [group] = [group for group in findings.figure_groups if group.part_of is None]
    assert "At least 14" == group.latest.figure.words
    assert group.latest.figure.bounds == group.bounds
    assert ["At least 14", "Thirty"] == counts(findings)


def test_a_part_of_a_suppressed_total_stands_alone() -> None:
    """Places of totals are counted anew when one of them is gone."""
    text = "Nine people were killed, four of them children, and 20 were injured, the clinic of Tarnholm said."
    items = [item("clinic", text)]
    wanted = correction(CorrectionKind.SUPPRESS, target(text, text, "Nine", article="clinic"))
    findings = findings_of(items, wanted)
    assert "Nine" not in counts(findings)
    assert {"four", "20"} <= set(counts(findings))


def test_words_are_found_in_their_sentence_alone() -> None:
    """The same number elsewhere in the text is another count."""
    wanted = target(RADIO, RADIO, "Thirty")
    assert find_target(f"Thirty boats sailed. {RADIO}", wanted) == Span(start=21, end=27)
    assert find_target("Thirty boats sailed.", wanted) is None
    assert find_target(RADIO, replace(wanted, sentence="")) is None

"""Incidents by name: the label in English, kind, place and days in other languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from digests.cards.incidents import KINDS, incident_words
from digests.rules import load_rules
from digests.tongues import LANGUAGES, tongue_of
from digests.types import Incident

RAID = Incident(
    id="i1",
    label="Kenyan airstrikes in Gedo, 3 May 2023",
    kind="airstrike",
    first=dt.date(2023, 5, 3),
    last=dt.date(2023, 5, 3),
    place="Gedo",
    actor="Kenya",
    is_background=False,
)
YEAR = replace(
    RAID, label="Sinking, 2011", kind="sinking", first=dt.date(2011, 1, 1), last=dt.date(2011, 12, 31),
    place=None, actor=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "incident", "expected"),
    [
        ("en", RAID, "Kenyan airstrikes in Gedo, 3 May 2023"),
        ("de", RAID, "Luftangriff (Kenia), Gedo, 3. Mai 2023"),
        ("uk", RAID, "Авіаудар (Кенія), Gedo, 3 трав. 2023"),
        ("fr", YEAR, "Naufrage, 2011"),
        ("ar", YEAR, "غرق مركب، 2011"),
        ("de", replace(RAID, first=None, last=None, place=None), "Luftangriff (Kenia)"),
        ("de", replace(RAID, actor="armed men"), "Luftangriff, Gedo, 3. Mai 2023"),
        ("de", replace(RAID, kind="eclipse"), "Kenyan airstrikes in Gedo, 3 May 2023"),
        ("de", replace(RAID, label=""), ""),
    ],
)
def test_an_incident_s_name(code: str, incident: Incident, expected: str) -> None:
    """Who is nameless in the label is nameless here; a kind without a word keeps its label."""
    assert expected == incident_words(incident, tongue_of(code))


def test_every_kind_has_its_word() -> None:
    """All kinds that the rules know, and a word for each in every language."""
    meaning = load_rules("incidents").meaning
    known = {
        kind
        for table in ("nouns", "verbs", "things", "scenes", "brings", "tolls")
        for kind in meaning.get(table, {}).values()
        if isinstance(kind, str)
    }
    assert set() == known - set(KINDS)
    for code in LANGUAGES:
        assert all(code == "en" or kind in tongue_of(code).texts for kind in KINDS), code

"""Texts in other languages, which are taken in and not read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digests.cli import cli
from digests.text.languages import other_language

TEXTS = {
    "German": (
        "Bei einem Brand in einer Textilfabrik sind am Montag in Leipzig zwölf Menschen ums Leben gekommen. "
        "Das teilte die Polizei mit. Die Ursache des Feuers ist noch nicht bekannt, sagte ein Sprecher der "
        "Feuerwehr am Abend."
    ),
    "French": (
        "Douze personnes sont mortes lundi dans l'incendie d'une usine textile à Lyon, selon la préfecture. "
        "Les pompiers ont mis des heures à éteindre le feu, dont la cause n'est pas encore connue, et une "
        "enquête a été ouverte."
    ),
    "Spanish": (
        "Doce personas murieron el lunes en el incendio de una fábrica textil en Valencia, según la policía. "
        "Los bomberos tardaron horas en apagar el fuego, y la causa no se conoce todavía, dijo un portavoz "
        "del gobierno de la región."
    ),
    "Turkish": (
        "Pazartesi günü İzmir'de bir tekstil fabrikasında çıkan yangında on iki kişi hayatını kaybetti. Polis"
        " bu olay için soruşturma başlattı ve yangının nedeni olarak elektrik arızası üzerinde duruluyor, çok"
        " sayıda kişi ise hastanede."
    ),
    "another script": (
        "Дванадцять людей загинули в понеділок під час пожежі на текстильній фабриці у Харкові, повідомила "
        "поліція."
    ),
}
ENGLISH = (
    "Twelve people were killed on Monday when a fire swept through a textile mill in Leipzig, the police said. "
    "“Das ist ein schwarzer Tag für die Stadt”, the mayor told reporters, and the cause was not known."
)


@pytest.mark.parametrize("language", TEXTS)
def test_another_language_is_named(language: str) -> None:
    """By its small words, or its letters."""
    assert language == other_language(TEXTS[language])


@pytest.mark.parametrize(
    "text", [ENGLISH, ENGLISH.upper(), "Bus falls", "Juan Carlos de la Cruz, Madrid", "12 34 56", ""]
)
def test_what_is_english_or_short_is_not(text: str) -> None:
    """Quoted words, names and numbers alone tell no language."""
    assert other_language(text) is None


@pytest.mark.parametrize("call", [("extract",), ("digest",)], ids=lambda call: call[0])
def test_it_is_noted_and_no_failure(call: tuple[str, ...], tmp_path: Path) -> None:
    """With the name of the file: who loads a folder of them would wonder at empty cards."""
    (tmp_path / "de.txt").write_text(TEXTS["German"], encoding="utf-8")
    (tmp_path / "en.json").write_text(json.dumps({"id": "en", "text": ENGLISH}), encoding="utf-8")
    result = CliRunner().invoke(cli, [*call, str(tmp_path)])
    said = "de.txt: seems to be written in German; only English is read\n"
    assert (0, said) == (result.exit_code, result.stderr)

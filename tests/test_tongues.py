"""The catalogues are whole: every key in every language, the same places, all plural forms, within Discord's limits."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any
from unittest.mock import MagicMock

import pytest

from bot.app import SitrepBot
from bot.cogs import EXTENSIONS
from bot.config import BotConfig
from bot.render.limits import COMMAND_DESCRIPTION, length
from bot.sandbox.rules_commands import check_set
from bot.translation import CatalogueTranslator, command_payload
from digests import ENGLISH, LANGUAGES, Tongue, tongue_of
from digests.tongues import read_catalogue
from digests.tongues.plurals import category, forms_of
from tests import tongue_keys as keys
from tests.discord_judge import load_judge, needs_document

OTHERS = [code for code in LANGUAGES if code != "en"]
#: Labels of buttons and titles of forms: their limits are the client's, not a message's.
LABELS = ("Something wrong?", "What is it?", "Which one, and what is wrong?")
FORM_LABEL = 45
#: What counts may look like; each form of each language is met.
COUNTS = (0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 100, 101, 103, 111, 1_000, 1_234)


async def commands() -> SitrepBot:
    """The bot with all its commands, without a store and without Discord."""
    bot = SitrepBot(config=BotConfig(), engine=MagicMock(spec=["now", "servers", "watches", "fixes"]))
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    await bot.tree.set_translator(CatalogueTranslator())
    return bot


def places(text: str) -> list[str]:
    """The names of the places in a text, in order of name."""
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


@pytest.mark.parametrize("code", OTHERS)
async def test_every_text_has_its_translation(code: str) -> None:
    """None is missing, none is left over, and each has the places of its key."""
    tongue, wanted = tongue_of(code), keys.texts_in_code() | keys.shown_texts((await commands()).tree)
    assert sorted(wanted - tongue.texts.keys()) == []
    assert sorted(tongue.texts.keys() - wanted) == []
    assert {key: places(text) for key, text in tongue.texts.items()} == {key: places(key) for key in wanted}


@pytest.mark.parametrize("code", OTHERS)
def test_every_plural_has_its_forms(code: str) -> None:
    """Each counted text has exactly the forms that its language needs, with the places of its key.

    The forms for none, one and two may leave the number out: Arabic says it in the noun.
    """
    tongue, wanted = tongue_of(code), {many: one for one, many in keys.plurals_in_code()}
    assert sorted(tongue.plurals) == sorted(wanted)
    for many, forms in tongue.plurals.items():
        assert sorted(forms) == sorted(forms_of(code)), many
        for form, text in forms.items():
            may_lack = {"count"} if form in ("zero", "one", "two") else set()
            few = set(places(wanted[many])) if form == "one" else set(places(many))
            assert set(places(text)) | may_lack | {"last"} >= few, (many, form)
            assert set(places(text)) <= set(places(many)) | {"count"}, (many, form)


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        (
            "en",
            "other one other other other other other other other other other other other other other other",
        ),
        ("fr", "one one other other other other other other other other other other other other other other"),
        ("uk", "many one few few many many many one few many many one few many many few"),
        ("ar", "zero one two few few many many many many many other other few many other many"),
    ],
)
def test_plural_forms(code: str, forms: str) -> None:
    """As CLDR has them for whole numbers."""
    assert [category(code, count) for count in COUNTS] == forms.split()


@pytest.mark.parametrize("code", OTHERS)
async def test_every_command_and_option_has_its_name(code: str) -> None:
    """A member sees every name in their language, and no two commands or options of one place share one."""
    bot, tongue = await commands(), tongue_of(code)
    assert keys.commands_of(bot.tree) == set(tongue.commands)
    assert keys.options_of(bot.tree) == set(tongue.options)
    for name in (*tongue.commands.values(), *tongue.options.values()):
        assert re.fullmatch(r"[-_'\w]{1,32}", name), name
        assert name == name.lower(), name
    shown = [tongue.command(name) for name in tongue.commands]
    assert len(shown) == len(set(shown))


async def test_registered_commands_are_what_discord_takes() -> None:
    """With all languages: names, lengths, the size of the longest translation, nothing twice."""
    payload = await command_payload((await commands()).tree)
    assert check_set(payload) == []
    for item in _items(payload):
        assert set(item.get("name_localizations") or ()) == set(OTHERS), item["name"]
        described = item.get("description_localizations") or {}
        assert set(described) == set(OTHERS), item["name"]
        for text in described.values():
            assert 1 <= length(text) <= COMMAND_DESCRIPTION, text


@needs_document
async def test_registered_commands_pass_the_api_description() -> None:
    """Discord's own document takes every one of them."""
    judge = load_judge()
    assert judge is not None
    payload = await command_payload((await commands()).tree)
    assert judge("PUT", "/applications/1/commands", payload, None, None) == []


def _items(payload: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Commands, subcommands and options."""
    found = []
    for item in payload:
        found += [item, *_items(item.get("options") or [])]
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_labels_fit_their_forms(code: str) -> None:
    """A form's title and labels have 45 characters."""
    for label in LABELS:
        assert length(tongue_of(code).say(label)) <= FORM_LABEL, label


def test_commands_in_sentences_have_the_name_that_is_shown() -> None:
    """A sentence that sends a reader to a command names it as their client does; an address stays what it is."""
    tongue = Tongue(
        code="xx",
        commands={"sources": "quellen", "sources list": "liste", "digest": "lage"},
        options={"since": "seit", "off": "aus"},
        months=ENGLISH.months,
        months_alone=ENGLISH.months,
        months_short=ENGLISH.months,
    )
    text = "/sources list, /digest or `since` and off:true; /sources later, not https://x.example/digest"
    expected = "/quellen liste, /lage or `seit` and aus:true; /quellen later, not https://x.example/digest"
    assert tongue.say(text) == expected


def test_a_missing_text_is_said_in_english() -> None:
    """Better understood late than not at all; an unknown language is English too."""
    assert tongue_of("de").say("No such key {x}.", x=1) == "No such key 1."
    assert tongue_of("zz") is ENGLISH
    assert tongue_of("en-GB") is ENGLISH
    assert tongue_of(None) is ENGLISH


@pytest.mark.parametrize("code", OTHERS)
def test_catalogues_hold_nothing_unknown(code: str) -> None:
    """Every table of a file is one that is read."""
    known = {
        "rests_on", "thousands", "is_rtl", "months", "months_alone", "months_short",
        "commands", "options", "texts", "plurals", "countries",
    }  # fmt: skip
    assert set(read_catalogue(code)) <= known
    assert [len(names) for names in (tongue_of(code).months, tongue_of(code).months_short)] == [12, 12]


@pytest.mark.parametrize(
    ("text", "is_isolated"),
    [("Coast Wire", True), ("31", False), ("<t:1749033000:D>", False), ("صحيفة", False), ("a\nb", False)],
)
def test_only_what_runs_the_other_way_is_isolated(text: str, is_isolated: bool) -> None:
    """Numbers and what Discord shows in words of its own need none; a paragraph ends an isolate."""
    assert (tongue_of("ar").isolate(text) != text) is is_isolated
    assert tongue_of("de").isolate(text) == text

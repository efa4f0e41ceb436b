"""`sitrep sandbox --corpus` in a browser: a story with more days than a page of its timeline has room for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: the page is not tried in a browser")

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.bot.sandbox.browser import Browser, open_browser, programs, sandbox

pytestmark = pytest.mark.skipif(
    programs() is None,
    reason="Chromium and chromedriver are not installed: the page is not tried in a browser",
)
#: A strike, told afterwards: two sentences a day, near enough to the report to be no background of it.
DAYS = (
    "On 11 March 2026 the ferry crews of Ostlund walked out over night shifts.",
    "On 11 March 2026 the harbour master closed the eastern piers.",
    "On 12 March 2026 the island of Vennoy ran short of diesel.",
    "On 12 March 2026 the labour court in Ostlund rejected a complaint by the shipping line.",
    "On 13 March 2026 fishing boats carried the first patients to the mainland.",
    "On 13 March 2026 the transport minister visited the harbour.",
    "On 14 March 2026 strikers blocked the road to the terminal.",
    "On 14 March 2026 police removed two barricades near the terminal.",
    "On 15 March 2026 the shipping line offered shorter shifts.",
    "On 15 March 2026 the crews voted against the offer.",
    "On 16 March 2026 the navy sent a supply vessel to Vennoy.",
    "On 16 March 2026 a mediator from the capital took over the talks.",
    "On 17 March 2026 both sides met for eleven hours.",
    "On 17 March 2026 the union accepted a new timetable.",
    "On 18 March 2026 the first ferry left for Vennoy again.",
    "On 18 March 2026 the shipping line apologised to its passengers.",
)
OLDEST, NEWEST = "walked out over night shifts", "apologised to its passengers"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("corpus")
    text = "\n\n".join(("Ferries sail again after a week of strike in Ostlund", "19 March 2026", *DAYS))
    (folder / "strike.txt").write_text(text + "\n", encoding="utf-8")
    arguments = ("--corpus", str(folder), "--now", "2026-03-19T09:00:00Z")
    with sandbox(*arguments) as address, open_browser() as driver:
        browser = Browser(driver, address)
        browser.first_digest(stories=1)
        yield browser


def test_the_timeline_turns_its_pages(browser: Browser) -> None:
    """From the newest day to the oldest and back, each day on one of the pages."""
    browser.open()
    answer = browser.slash("timeline", story="Ferries")
    first = answer.text
    assert NEWEST in first
    assert OLDEST not in first
    before = len(browser.messages())
    browser.click(answer, "Next")
    browser.answer(before)
    browser.until(lambda: NEWEST not in browser.messages()[-1].text, "the second page")
    seen = [browser.messages()[-1].text]
    while any(button.text == "Next" and button.is_enabled() for button in buttons(browser)):
        browser.click(browser.messages()[-1], "Next")
        browser.until(lambda: browser.messages()[-1].text != seen[-1], "the next page")
        seen.append(browser.messages()[-1].text)
        assert len(seen) <= len(DAYS)
    assert OLDEST in seen[-1]
    for words in DAYS:
        assert any(words in text for text in (first, *seen)), words
    browser.click(browser.messages()[-1], "Previous")
    browser.until(lambda: OLDEST not in browser.messages()[-1].text, "the page before")
    assert before + 1 == len(browser.messages())
    assert not browser.errors()


def buttons(browser: Browser) -> list[WebElement]:
    return list(browser.messages()[-1].find_elements(By.TAG_NAME, "button"))

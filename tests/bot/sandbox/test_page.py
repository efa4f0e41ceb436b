"""`sitrep sandbox` in a real browser: what a newcomer does in the first minutes, and both members' rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: the page is not tried in a browser")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.bot.sandbox.browser import Browser, open_browser, programs, resize, sandbox

pytestmark = pytest.mark.skipif(
    programs() is None,
    reason="Chromium and chromedriver are not installed: the page is not tried in a browser",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sandbox() as address, open_browser() as driver:
        browser = Browser(driver, address)
        browser.first_digest()
        yield browser


def test_a_newcomer_sees_a_digest(browser: Browser) -> None:
    """It has come without a question, and is read from its top."""
    browser.open()
    first = browser.messages()[0]
    assert "Digest of" in first.text
    assert "Kessa" in first.text
    assert not browser.errors()


def test_enter_takes_what_is_typed(browser: Browser) -> None:
    """Faster than the list: not its first line of a moment ago."""
    browser.open()
    box = browser.find("#command")[0]
    box.send_keys("/")
    browser.until(lambda: browser.find("#composer .list li"), "the list")
    # In one go, as a fast typist does within one pause of the list.
    browser.driver.execute_script(
        "arguments[0].value = '/timeline';"
        "for (const event of [new Event('input'), new KeyboardEvent('keydown', { key: 'Enter', cancelable: true })])"
        " arguments[0].dispatchEvent(event)",
        box,
    )
    browser.until(lambda: browser.find("#composer .chosen .name"), "the command")
    assert "/timeline" == browser.find("#composer .chosen .name")[0].text


def test_a_newcomer_asks_for_figures(browser: Browser) -> None:
    """A command and a story from the lists, by keyboard; the answer names sources; a button shows the conflicts."""
    browser.open()
    answer = browser.slash("casualties", story="Kessa")
    assert "interior ministry, via" in answer.text
    assert answer.find_elements(By.CSS_SELECTOR, "img[alt]")
    card = browser.slash("digest", story="Kessa")
    browser.click(card, "Conflicts")
    browser.until(lambda: "dispute" in browser.messages()[-1].text.lower(), "the conflicts")
    assert not browser.errors()


def test_pages_turn(browser: Browser) -> None:
    """The next page comes privately, for the others read the first; from there pages turn in place.

    Whoever turns them by keyboard stays on the button.
    """
    browser.open()
    answer = browser.slash("reactions", story="Kessa")
    before = len(browser.messages())
    browser.click(answer, "Next")
    second = browser.answer(before)
    assert "Only you can see this" in second.text
    [back] = [one for one in second.find_elements(By.TAG_NAME, "button") if one.text == "Previous"]
    back.send_keys(Keys.ENTER)
    browser.until(lambda: "Previous" not in browser.messages()[-1].text, "the first page again")
    assert before + 1 == len(browser.messages())
    focused = browser.driver.switch_to.active_element
    assert "button" == focused.tag_name
    assert focused in browser.messages()[-1].find_elements(By.TAG_NAME, "button")


def test_only_an_admin_reloads_sources(browser: Browser) -> None:
    """The member is not offered the command; the admin gets a private report that the member does not see."""
    browser.open(person="reader")
    box = browser.find("#command")[0]
    box.send_keys("/hel")
    browser.until(lambda: browser.find("#composer .list li"), "the list")
    box.send_keys(Keys.BACKSPACE * 4, "/sources")
    browser.until(lambda: not browser.find("#composer .list li"), "an empty list")
    browser.open(person="admin")
    report = browser.slash("sources reload")
    browser.until(lambda: "unchanged" in browser.messages()[-1].text, "the report")
    assert "Only you can see this" in report.text
    identity = report.get_attribute("id")
    assert browser.find(f"#{identity}")
    browser.open(person="reader")
    browser.slash("help")
    assert not browser.find(f"#{identity}")


def test_a_digest_arrives_once_when_the_clock_moves(browser: Browser) -> None:
    """The next one says that nothing is new, and comes once."""
    browser.open()
    before = len(browser.messages())
    browser.find("[data-advance='3600']")[0].click()
    assert "Nothing new since" in browser.answer(before).text
    # A command after it shows that the bot has gone on meanwhile.
    browser.slash("help")
    assert before + 2 == len(browser.messages())


def test_an_old_button_works_after_a_restart(browser: Browser) -> None:
    """The bot is another process then; the message is the same."""
    browser.open()
    answer = browser.slash("digest", story="Kessa")
    identity = answer.get_attribute("id")
    browser.find("#restart")[0].click()
    browser.until(lambda: "starting" in browser.find("#notice")[0].text, "the restart to begin")
    browser.until(lambda: browser.find("#notice")[0].text == "", "the restart to end")
    before = len(browser.messages())
    browser.click(browser.find(f"#{identity}")[0], "Reactions")
    browser.until(
        lambda: len(browser.messages()) > before or "Reactions" in browser.messages()[-1].text, "reactions"
    )


def test_a_form_reaches_the_admins(browser: Browser) -> None:
    """What a member sends with a card's button stands in the admin's queue."""
    browser.open(person="reader")
    card = browser.slash("digest", story="Kessa")
    browser.click(card, "Something wrong?")
    [field] = browser.until(lambda: browser.find("dialog[open] textarea"), "the form")
    field.send_keys("F1 is of another dam")
    before = len(browser.messages())
    browser.find("dialog[open] .send")[0].click()
    browser.answer(before)
    browser.open(person="admin")
    assert "F1 is of another dam" in browser.slash("fix list").text


def test_the_panel_shows_payloads_and_the_judge(browser: Browser) -> None:
    """Everything that the bot sent so far is as Discord takes it."""
    browser.open()
    browser.slash("story")
    browser.find("#inspect")[0].click()
    panel = browser.until(lambda: browser.find("#panel details"), "requests") and browser.find("#panel")[0]
    assert "No objection" in panel.text
    assert "/callback" in panel.text


def test_what_an_article_says_is_never_markup(browser: Browser) -> None:
    """Nothing but the page's own elements, and no address outside this machine is asked for."""
    browser.open()
    browser.slash("digest", story="Kessa")
    loaded = browser.driver.execute_script(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)"
    )
    assert loaded
    assert all(address.startswith(browser.address) for address in loaded)
    assert not browser.errors()


def test_a_narrow_screen_needs_no_scrolling_sideways(browser: Browser) -> None:
    """On a phone's width, cards and box fit, and the channels open from a button."""
    resize(browser.driver, 390, 800)
    browser.open()
    browser.slash("digest", story="Kessa")
    width = browser.driver.execute_script("return [document.body.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    browser.find("#menu")[0].click()
    assert browser.until(lambda: browser.find("nav.open button[data-channel=wire]"), "the channels")
    resize(browser.driver, 1280, 1000)


def test_a_channel_is_its_own(browser: Browser) -> None:
    """What was asked in one does not stand in another."""
    browser.open(channel="wire")
    assert not browser.messages()
    browser.slash("help")
    assert 1 == len(browser.messages())
    people = [option.text for option in Select(browser.find("#person")[0]).options]
    assert ["reader", "admin"] == people

"""The sandbox's page for everybody: names, keyboard, screen readers, contrast, narrow screens and large letters.

Names and roles are what the browser tells assistive technology, not what the markup says. What is measured follows
the Web Content Accessibility Guidelines 2.2, level AA.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: the page is not tried in a browser")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.bot.sandbox.browser import Browser, open_browser, programs, resize, sandbox

pytestmark = pytest.mark.skipif(
    programs() is None,
    reason="Chromium and chromedriver are not installed: the page is not tried in a browser",
)
CONTROLS = frozenset({"button", "link", "textbox", "combobox", "listbox", "option", "DisclosureTriangle"})
#: Stops of the Tab key after which a page that never comes round is given up.
STOPS = 200
WIDE, PHONE, SMALLEST, ZOOMED = (1280, 1000), (390, 800), (320, 640), (640, 500)

# Text that is shown, with too little contrast to what is behind it: 4.5, and 3 for large letters (success criterion
# 1.4.3). Half-transparent layers are laid over each other.
FAINT = """
const parse = (text) => {
  const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
  return text.startsWith("color(srgb") ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
};
const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
const behind = (element) => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    layers.push(parse(getComputedStyle(at).backgroundColor));
    if (layers.at(-1)[3] === 1 || at.tagName === "DIALOG") break;
  }
  return layers.reduceRight((under, top) => over(top, under), [255, 255, 255, 1]);
};
const light = (colour) => {
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = colour.slice(0, 3).map((c) => linear(c / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const found = [];
let looked = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
  if (element.closest(":disabled, script, .spoiler, .unseen, .skip")) continue;
  const style = getComputedStyle(element);
  const back = behind(element);
  const [one, two] = [light(over(parse(style.color), back)), light(back)].sort((a, b) => b - a);
  const size = parseFloat(style.fontSize);
  const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  looked += 1;
  const ratio = (one + 0.05) / (two + 0.05);
  if (ratio < enough) found.push(`${ratio.toFixed(2)}: ${element.tagName}.${element.className}`);
}
return [looked, found];
"""

# What sticks out of the page to the right, or scrolls sideways; only preformatted text may (success criterion 1.4.10).
TOO_WIDE = """
const wide = document.documentElement.clientWidth + 0.5;
const found = [...document.body.querySelectorAll("*")].filter((element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  && !element.closest(".unseen, .skip, pre")
  && element.getBoundingClientRect().right > wide);
const boxes = [document.documentElement, ...document.querySelectorAll("#messages, aside, dialog")];
const sideways = boxes.filter((box) => box.scrollWidth > box.clientWidth);
return [...sideways, ...found].slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
"""

# Controls that are hard to hit: 24 pixels each way (success criterion 2.5.8), but for links in a text.
SMALL = """
return [...document.querySelectorAll("button, select, input, textarea, summary")]
  .filter((one) => one.checkVisibility({ opacityProperty: true }))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 23.5; })
  .map((one) => one.outerHTML.slice(0, 100));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sandbox() as address, open_browser() as driver:
        browser = Browser(driver, address)
        browser.first_digest()
        yield browser


@pytest.fixture(autouse=True)
def wide_and_dark(browser: Browser) -> None:
    resize(browser.driver, *WIDE)
    show_theme(browser, "dark")


def show_theme(browser: Browser, theme: str) -> None:
    feature = {"name": "prefers-color-scheme", "value": theme}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def tree(browser: Browser) -> list[dict[str, Any]]:
    """What assistive technology is given, node by node."""
    browser.driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [node for node in nodes if not node.get("ignored")]


def told(node: dict[str, Any], what: str = "name") -> str:
    return str(node.get(what, {}).get("value", ""))


def start_at_the_top(browser: Browser) -> None:
    """As if the page had just been loaded and nothing in it had been used."""
    browser.driver.execute_script("document.body.tabIndex = -1; document.body.focus()")


def press(browser: Browser, selector: str) -> WebElement:
    """Enter on a control, as a keyboard does it."""
    control = browser.find(selector)[0]
    control.send_keys(Keys.ENTER)
    return control


def open_form(browser: Browser) -> WebElement:
    """The form behind a card's button; gives that button."""
    card = browser.slash("digest", story="Kessa")
    [button] = [one for one in card.find_elements(By.TAG_NAME, "button") if one.text == "Something wrong?"]
    browser.driver.execute_script("arguments[0].focus()", button)
    button.send_keys(Keys.ENTER)
    browser.until(lambda: browser.find("dialog[open] textarea"), "the form")
    return button


def open_panel(browser: Browser) -> None:
    if browser.find("#more")[0].is_displayed():
        press(browser, "#more")
    press(browser, "#inspect")
    browser.until(lambda: browser.find("#calls details"), "requests")


def open_list(browser: Browser) -> None:
    browser.find("#command")[0].send_keys("/")
    browser.until(lambda: browser.find("#composer .list li[aria-selected=true]"), "the list")


def open_options(browser: Browser) -> None:
    browser.choose_command("casualties")
    browser.until(lambda: browser.find("#composer .option .list li"), "suggestions")


STATES = {
    "card": lambda browser: browser.slash("digest", story="Kessa"),
    "figures": lambda browser: browser.slash("casualties", story="Kessa"),
    "list": open_list,
    "options": open_options,
    "form": open_form,
    "panel": open_panel,
    "empty": lambda browser: browser.open(channel="wire"),
}


@pytest.mark.parametrize("state", STATES)
def test_every_control_has_a_name(browser: Browser, state: str) -> None:
    """Also pictures; whatever is open."""
    browser.open()
    STATES[state](browser)
    nodes = tree(browser)
    found = [node for node in nodes if told(node, "role") in {*CONTROLS, "image"}]
    assert len(found) > 3
    assert [] == [told(node, "role") for node in found if not told(node).strip()]


def test_landmarks_and_roles(browser: Browser) -> None:
    """The parts of the page, the list of messages as a log, the box as one that completes."""
    browser.open()
    browser.slash("help")
    roles = {told(node, "role"): told(node) for node in tree(browser)}
    expected = {"banner", "navigation", "main", "log", "form", "article", "combobox", "status"}
    assert set() == expected - set(roles)
    assert "Messages" == roles["log"]
    open_list(browser)
    [box] = [node for node in tree(browser) if told(node, "role") == "combobox" and "command" in told(node)]
    properties = {one["name"]: one["value"] for one in box["properties"]}
    assert properties["expanded"]["value"] is True
    assert properties["activedescendant"]["relatedNodes"]


def test_an_option_says_what_it_is_for(browser: Browser) -> None:
    """Its description is read with it, and stands below the fields."""
    browser.open()
    open_options(browser)
    [field] = [node for node in tree(browser) if told(node) == "story" and told(node, "role") == "combobox"]
    assert "Which story" in told(field, "description")
    assert "Which story" in browser.find("#composer .about")[0].text


def test_the_keyboard_goes_round_and_is_seen(browser: Browser) -> None:
    """From the way to the box through controls, channels and messages to the box; each stop has a visible frame."""
    browser.open()
    start_at_the_top(browser)
    order: list[str] = []
    stops: list[WebElement] = []
    for _ in range(STOPS):
        browser.press_keys(Keys.TAB)
        focused = browser.driver.switch_to.active_element
        if focused.tag_name == "body" or focused in stops:
            break
        stops.append(focused)
        style = (
            "const s = getComputedStyle(arguments[0]); return [s.outlineStyle, parseFloat(s.outlineWidth)]"
        )
        kind, width = browser.driver.execute_script(style, focused)
        assert kind != "none", focused.get_attribute("outerHTML")
        assert width >= 2, focused.get_attribute("outerHTML")
        part = "return arguments[0].closest('body > header, nav, #messages, #composer')"
        found = browser.driver.execute_script(part, focused)
        order.append(found.get_attribute("id") or found.tag_name)
    assert ["header", "channels", "messages", "composer"] == list(dict.fromkeys(order))
    assert sorted(order, key=["header", "channels", "messages", "composer"].index) == order


def test_the_first_stop_leads_to_the_box(browser: Browser) -> None:
    """Nobody has to walk through all messages to write."""
    browser.open()
    start_at_the_top(browser)
    browser.press_keys(Keys.TAB)
    assert "To the command box" == browser.driver.switch_to.active_element.text
    browser.press_keys(Keys.ENTER)
    assert "command" == browser.driver.switch_to.active_element.get_attribute("id")


def test_a_form_keeps_the_focus_and_gives_it_back(browser: Browser) -> None:
    """Tab stays in it, Escape closes it, and the button that opened it has the focus again."""
    browser.open()
    button = open_form(browser)
    [dialog] = [node for node in tree(browser) if told(node, "role") == "dialog"]
    assert "Something wrong?" == told(dialog)
    stops = 0
    for _ in range(8):
        focused = browser.driver.switch_to.active_element
        # Between the last control and the first the browser's own bar has its turn.
        if focused.tag_name != "body":
            assert browser.driver.execute_script("return !!arguments[0].closest('dialog')", focused)
            stops += 1
        browser.press_keys(Keys.TAB)
    assert stops > 4
    browser.press_keys(Keys.ESCAPE)
    browser.until(lambda: not browser.find("dialog[open]"), "the form closed")
    assert button == browser.driver.switch_to.active_element


def test_the_panel_takes_the_focus_and_gives_it_back(browser: Browser) -> None:
    """Escape closes it; an entry that was opened stays open, with the focus, when more comes in."""
    browser.open()
    open_panel(browser)
    assert "panel-title" == browser.driver.switch_to.active_element.get_attribute("id")
    entry = browser.find("#calls summary")[0]
    entry.send_keys(Keys.ENTER)
    before = len(browser.find("#calls details"))
    # By a script, so that the focus stays where it is.
    browser.driver.execute_script("document.querySelector('[data-advance=\"3600\"]').click()")
    browser.until(lambda: len(browser.find("#calls details")) > before, "another request")
    assert entry == browser.driver.switch_to.active_element
    assert 1 == len(browser.find("#calls details[open]"))
    browser.press_keys(Keys.ESCAPE)
    assert not browser.find("#panel")[0].is_displayed()
    assert "inspect" == browser.driver.switch_to.active_element.get_attribute("id")


def test_new_messages_are_read_out(browser: Browser) -> None:
    """They come into a live region one by one; a channel that is entered is not read as a whole."""
    browser.open(channel="wire")
    watch = """
    window.added = [];
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) =>
      window.added.push([document.querySelector("#messages").getAttribute("aria-live"), node.tagName]))))
      .observe(document.querySelector("#messages"), { childList: true });
    """
    browser.driver.execute_script(watch)
    browser.find("nav button[data-channel=news]")[0].click()
    browser.until(browser.messages, "the messages of the other channel")
    entered = browser.driver.execute_script("return window.added.splice(0)")
    assert {"off"} == {live for live, _ in entered}
    browser.slash("help")
    added = browser.driver.execute_script("return window.added")
    assert added
    assert {("polite", "ARTICLE")} == {(live, tag) for live, tag in added}


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_contrast(browser: Browser, theme: str) -> None:
    """All text in every state of the page, in both themes."""
    show_theme(browser, theme)
    for name, reach in STATES.items():
        browser.open()
        reach(browser)
        looked, faint = browser.driver.execute_script(FAINT)
        assert looked > 10
        assert [] == faint, name


@pytest.mark.parametrize("size", [PHONE, SMALLEST, ZOOMED], ids=["phone", "smallest", "zoomed"])
def test_narrow_screens_and_large_letters(browser: Browser, size: tuple[int, int]) -> None:
    """Down to 320 pixels, and at twice the size on a small window, nothing sticks out to the side, all can be hit."""
    resize(browser.driver, *size)
    for name, reach in STATES.items():
        browser.open()
        reach(browser)
        assert [] == browser.driver.execute_script(TOO_WIDE), name
        assert [] == browser.driver.execute_script(SMALL), name


def test_channels_and_controls_unfold_on_a_phone(browser: Browser) -> None:
    """Each from its button, one at a time; Escape folds them and goes back to the button."""
    resize(browser.driver, *PHONE)
    browser.open()
    press(browser, "#menu")
    assert browser.find("nav button[data-channel=wire]")[0].is_displayed()
    press(browser, "#more")
    assert not browser.find("nav button[data-channel=wire]")[0].is_displayed()
    browser.find("#person")[0].send_keys(Keys.ESCAPE)
    assert not browser.find("#person")[0].is_displayed()
    assert "more" == browser.driver.switch_to.active_element.get_attribute("id")

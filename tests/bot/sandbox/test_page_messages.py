"""How the page draws what a bot may send: each kind of embed, component and mark, posted to a double without a bot."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: the page is not tried in a browser")

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.bot.sandbox.browser import Browser, open_browser, programs

pytestmark = pytest.mark.skipif(
    programs() is None,
    reason="Chromium and chromedriver are not installed: the page is not tried in a browser",
)
V2 = 1 << 15


class Wall:
    """A channel of a double, written to as a bot does, and the page that shows it."""

    def __init__(self, told: dict[str, str], browser: Browser) -> None:
        self.told = told
        self.browser = browser
        state = self.ask(f"{told['control']}/state")
        self.channel = next(number for number, name in state["channels"].items() if name == "news")
        self.reader = next(number for number, name in state["users"].items() if name == "reader")
        browser.driver.get(f"{browser.address}?as=reader&in=news")

    def ask(self, address: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bot {self.told['token']}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(
            urllib.request.Request(address, data=data, headers=headers), timeout=20
        ) as answer:
            return json.load(answer)

    def post(self, **message: Any) -> WebElement:
        """The message as it stands in the page."""
        number = self.ask(f"{self.told['api']}/channels/{self.channel}/messages", message)["id"]
        return self.browser.until(lambda: self.browser.find(f"#m{number}"), "the message")[0]


@contextmanager
def double() -> Iterator[dict[str, str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.sandbox"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def wall() -> Iterator[Wall]:
    with double() as told, open_browser() as driver:
        yield Wall(told, Browser(driver, told["api"].removesuffix("/api/v10") + "/"))


def found(message: WebElement, selector: str) -> list[str]:
    return [element.text for element in message.find_elements(By.CSS_SELECTOR, selector)]


@pytest.mark.parametrize(
    ("written", "selector", "shown"),
    [
        ("**bold** and *thin*, _thin_ too", "b, i", ["bold", "thin", "thin"]),
        ("__under__ ~~gone~~ `code`", "u, s, code", ["under", "gone", "code"]),
        ("# One\n## Two\n### Three", "h3.large, h3, h4", ["One", "Two", "Three"]),
        ("- a\n- b\n  - c\n1. d", "li", ["a", "b", "c", "d"]),
        ("> said", "blockquote", ["said"]),
        ("> one\n> two\nthree\n> four", "blockquote", ["one\ntwo", "four"]),
        ("one\n>>> two\nthree", "blockquote", ["two\nthree"]),
        ("-# small print", "small", ["small print"]),
        ("```\nx = 1\n```", "pre", ["x = 1"]),
        ("see ```py\nx = **1**\n``` there", "pre", ["x = **1**"]),
        ("<:flag:123456789012345678> up", ".text", [":flag: up"]),
        ("[words](https://example.org/a_b(c))", "a[href='https://example.org/a_b(c)']", ["words"]),
        ("<https://example.org/>", "a", ["https://example.org/"]),
        ("snake_case_name and 2*3*4", "i", ["3"]),
        (r"\*plain\*", "i", []),
        ("[click](javascript:alert(1))", "a", []),
        ("<b>no</b><img src=x onerror=alert(1)>", ".text b, .text img", []),
        ("<t:1781251200:D>", "time.stamp", ["June 12, 2026"]),
    ],
)
def test_marks(wall: Wall, written: str, selector: str, shown: list[str]) -> None:
    """Discord's Markdown; what is no mark stays a word."""
    assert shown == found(wall.post(content=written), selector)


def test_mentions_are_names(wall: Wall) -> None:
    """Members and channels are named, and nobody was told."""
    message = wall.post(content=f"<@{wall.reader}> in <#{wall.channel}>", allowed_mentions={"parse": []})
    assert ["@reader", "#news"] == found(message, ".mention")


def test_embeds(wall: Wall) -> None:
    """Author, linked title, text, fields side by side, footer, the colour of the edge."""
    message = wall.post(
        embeds=[
            {
                "title": "Title",
                "url": "https://example.org/",
                "description": "Some **text**",
                "color": 0x3366FF,
                "author": {"name": "Author"},
                "footer": {"text": "Foot"},
                "fields": [{"name": "A", "value": "1", "inline": True}, {"name": "B", "value": "2"}],
            }
        ]
    )
    [box] = message.find_elements(By.CSS_SELECTOR, ".embed")
    for words in ("Title", "Some text", "Author", "Foot", "A", "1", "B", "2"):
        assert words in box.text
    assert "51, 102, 255" in box.value_of_css_property("border-left-color")


def test_components(wall: Wall) -> None:
    """A container with text, a section with its button, a line, buttons of each style, a menu."""
    message = wall.post(
        flags=V2,
        components=[
            {
                "type": 17,
                "accent_color": 0xFF0000,
                "components": [
                    {"type": 10, "content": "## Words"},
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "beside"}],
                        "accessory": {"type": 2, "style": 5, "label": "Page", "url": "https://example.org/"},
                    },
                    {"type": 14, "divider": True, "spacing": 2},
                    {
                        "type": 1,
                        "components": [
                            {"type": 2, "style": 4, "label": "Remove", "custom_id": "x"},
                            {"type": 2, "style": 2, "label": "Off", "custom_id": "y", "disabled": True},
                        ],
                    },
                    {
                        "type": 1,
                        "components": [
                            {
                                "type": 3,
                                "custom_id": "menu",
                                "placeholder": "Pick one",
                                "options": [
                                    {"label": "One", "value": "1"},
                                    {"label": "Two", "value": "2"},
                                ],
                            }
                        ],
                    },
                ],
            }
        ],
    )
    assert ["Words"] == found(message, "h3")
    assert ["Page ↗"] == found(message, ".section a[href='https://example.org/']")
    assert ["Remove"] == found(message, "button.danger")
    assert ["Off"] == found(message, "button:disabled")
    assert 1 == len(message.find_elements(By.CSS_SELECTOR, "hr.wide"))
    assert ["Pick one", "One", "Two"] == found(message, "select option")


def test_what_the_page_does_not_know_is_named(wall: Wall) -> None:
    """A picture of another machine is not fetched, and says so."""
    item = {"media": {"url": "https://example.org/a.png"}, "description": "A map"}
    message = wall.post(flags=V2, components=[{"type": 12, "items": [item]}])
    assert ["picture from https://example.org/a.png"] == found(message, ".unknown")


def test_a_post_of_a_forum_is_a_channel_below_it(wall: Wall) -> None:
    """Threads are listed under where they were opened, and entered like channels."""
    state = wall.ask(f"{wall.told['control']}/state")
    forum = next(number for number, name in state["channels"].items() if name == "reports")
    wall.ask(
        f"{wall.told['api']}/channels/{forum}/threads",
        {"name": "Kessa dam", "message": {"content": "23 dead"}},
    )
    wall.browser.until(lambda: wall.browser.find("nav button.thread[data-channel='Kessa dam']"), "the thread")
    # The forum itself lists it, too.
    wall.browser.find("nav button[data-channel=reports]")[0].click()
    [below] = wall.browser.until(lambda: wall.browser.find("#messages .below"), "the post in the forum")
    assert "Kessa dam" in below.text
    below.click()
    wall.browser.until(
        lambda: any("23 dead" in message.text for message in wall.browser.messages()), "its message"
    )
    wall.browser.find("nav button[data-channel=news]")[0].click()


def test_without_a_bot_the_page_says_so(wall: Wall) -> None:
    """No commands, no clock, no restart; members can write."""
    assert "not connected" in wall.browser.body.text
    assert not wall.browser.find("#restart")[0].is_displayed()
    box = wall.browser.find("#command")[0]
    box.send_keys("good morning\n")
    wall.browser.until(lambda: "good morning" in wall.browser.messages()[-1].text, "what was written")


def test_other_origins_are_refused(wall: Wall) -> None:
    """A web page elsewhere cannot use the double through the visitor's browser."""
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        request = urllib.request.Request(f"{wall.told['control']}/state", headers=headers)
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=20)
        assert 403 == caught.value.code

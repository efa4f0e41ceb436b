"""The sandbox's page in a headless Chromium, used with keyboard and mouse as a person does."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

__all__ = ["Browser", "open_browser", "programs", "resize", "sandbox"]

ROOT = Path(__file__).resolve().parents[3]
#: Seconds for anything to show; a busy machine needs some of them, a quiet one none.
PATIENCE_S = 40.0
LOOK_S = 0.05
#: No request to anybody but this machine, and no sandbox of its own, which root has not.
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip

Found = TypeVar("Found")


def programs() -> tuple[str, str] | None:
    """Chromium and its driver, where both are installed."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def sandbox(*arguments: str) -> Iterator[str]:
    """`sitrep sandbox` as its user starts it; gives the address that it prints."""
    command = [sys.executable, "-m", "bot", "sandbox", "--no-browser", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            ready, _, _ = select.select([process.stdout], [], [], 90)
            line = process.stdout.readline() if ready else ""
            assert "http://127.0.0.1:" in line, line or "no address in 90 s"
            yield line.split()[2]
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()


@contextmanager
def open_browser(width: int = 1280, height: int = 1000) -> Iterator[webdriver.Chrome]:
    """A browser of our own, without a window."""
    found = programs()
    assert found is not None
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(found[1]))
    try:
        resize(driver, width, height)
        yield driver
    finally:
        driver.quit()


def resize(driver: webdriver.Chrome, width: int, height: int) -> None:
    """The page's size in pixels; windows have a least width, which phones go below."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


class Browser:
    """One person at the page."""

    def __init__(self, driver: webdriver.Chrome, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, *, person: str = "reader", channel: str = "news") -> None:
        """Load the page and wait until the bot's commands are there."""
        self.driver.get(f"{self.address}?as={person}&in={channel}")
        self.until(lambda: self.body.get_attribute("data-ready") == "true", "the bot's commands")

    def first_digest(self, *, stories: int = 2) -> None:
        """The page with the digest that comes by itself: a message a story, two in the bundled corpus."""
        self.open()
        self.until(lambda: len(self.messages()) >= stories, "the digest")

    @property
    def body(self) -> WebElement:
        return self.driver.find_element(By.TAG_NAME, "body")

    def find(self, selector: str) -> list[WebElement]:
        """Elements by CSS selector, in order."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def until(self, look: Callable[[], Found], what: str) -> Found:
        """Wait until `look` gives something true; elements may be drawn again meanwhile."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                if found := look():
                    return found
            except StaleElementReferenceException:
                pass
            time.sleep(LOOK_S)
        raise AssertionError(f"{what}: not in {PATIENCE_S:g} s; the page says:\n{self.body.text[-2000:]}")

    def messages(self) -> list[WebElement]:
        return self.find("article.message")

    def press_keys(self, *keys: str) -> None:
        """Type into whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def slash(self, name: str, **typed: str) -> WebElement:
        """A command by keyboard alone, options by what is typed into them; gives the message that answers."""
        before = len(self.messages())
        self.choose_command(name)
        for option, text in typed.items():
            self.fill(option, text)
        self.driver.execute_script("document.querySelector('#composer').requestSubmit()")
        return self.answer(before)

    def choose_command(self, name: str) -> None:
        """Type a command and take it from the list."""
        box = self.until(lambda: self.find("#command"), "the command box")[0]
        box.send_keys(f"/{name}")
        self.until(lambda: self.find("#composer .list li[aria-selected=true]"), f"/{name} in the list")
        self.press_keys(Keys.ENTER)
        self.until(lambda: self.find("#composer .chosen"), "the command's options")

    def fill(self, option: str, text: str) -> None:
        """Type into an option; where the bot suggests something, take its first line."""
        field = self.find(f"[data-option='{option}']")[0]
        field.send_keys(text)
        if field.get_attribute("role") == "combobox":
            self.until(lambda: self.find("#composer .option .list li[aria-selected=true]"), "suggestions")
            field.send_keys(Keys.ENTER)

    def answer(self, before: int) -> WebElement:
        """The newest message, once there are more than before and the bot has stopped thinking."""

        def look() -> WebElement | None:
            found = self.messages()
            done = len(found) > before and not found[-1].find_elements(By.CSS_SELECTOR, ".thinking")
            return found[-1] if done else None

        return self.until(look, "an answer")

    def click(self, message: WebElement, label: str) -> None:
        """Press a button of a message, which has no words while it is out of sight."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", message)

        def look() -> WebElement | None:
            buttons = message.find_elements(By.TAG_NAME, "button")
            return next((one for one in buttons if one.text == label), None)

        button = self.until(look, f"the button {label!r}")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()

    def errors(self) -> list[Any]:
        """What the page complained about in the console, except refusals that it shows to the user."""
        return [entry for entry in self.driver.get_log("browser") if "status of 400" not in entry["message"]]

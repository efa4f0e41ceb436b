"""The README's pictures: `python -m tools.make_pictures [--corpus PATH] [--out docs/pictures] [--width 720]`.

Starts the sandbox on a corpus (the bundled sample by default), asks the bot as a member does, and takes a picture of
each answer in a browser (Chromium). Needs no account and no network.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from tests.bot.sandbox.browser import Browser, open_browser, sandbox

# Name of the picture, who asks, command with what is typed into its options, buttons pressed under its answer.
Question = tuple[str, str, str, dict[str, str], tuple[str, ...]]
ANY = " "
QUESTIONS: tuple[Question, ...] = (
    ("overview", "reader", "digest", {}, ()),
    ("card", "reader", "digest", {"story": ANY}, ()),
    ("casualties", "reader", "casualties", {"story": ANY}, ()),
    ("conflicts", "reader", "conflicts", {"story": ANY}, ()),
    ("timeline", "reader", "timeline", {"story": ANY}, ()),
    ("reactions", "reader", "reactions", {"story": ANY}, ()),
    ("articles", "reader", "digest", {"story": ANY}, ("Sources",)),
    ("changes", "reader", "changes", {"story": ANY}, ()),
    # The card is asked for again, so that there are numbers to ask about.
    ("numbered", "reader", "digest", {"story": ANY}, ()),
    ("source", "reader", "source", {"figure": "1"}, ()),
    ("stories", "reader", "story", {}, ()),
    ("help", "reader", "help", {}, ()),
    ("status", "admin", "status", {}, ()),
    ("sources", "admin", "sources list", {}, ()),
)
README = ("card", "casualties", "conflicts", "sources")
#: The whole page, as a newcomer finds it, with its size in pixels.
PAGE, PAGE_SIZE = "sandbox", (1180, 720)
# Only the message: what is around it in the page is not what members see.
BARE = """
const sheet = new CSSStyleSheet();
sheet.replaceSync("header, nav, #composer, #notice, .raw { display: none !important } body { display: block }"
  + ".message { content-visibility: visible !important; margin: 0; background: var(--page) }");
document.adoptedStyleSheets = [sheet];
arguments[0].scrollIntoView();
"""


def ask(browser: Browser, question: Question) -> WebElement:
    """The message that answers."""
    _, person, command, options, buttons = question
    browser.open(person=person)
    answer = browser.slash(command, **options)
    for label in buttons:
        before = len(browser.messages())
        browser.click(answer, label)
        answer = browser.answer(before)
    return answer


def photograph(browser: Browser, message: WebElement, target: Path) -> None:
    """The message alone."""
    browser.driver.execute_script(BARE, message)
    keep(message.screenshot_as_png, target)


def set_theme(driver: WebDriver, *, is_light: bool) -> None:
    theme = {"name": "prefers-color-scheme", "value": "light" if is_light else "dark"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [theme]})


def photograph_page(folder: Path, *, is_light: bool = False) -> Path:
    """The page of the bundled corpus when its first digest has come."""
    target = folder / f"{PAGE}.png"
    with sandbox() as address, open_browser(*PAGE_SIZE) as driver:
        set_theme(driver, is_light=is_light)
        browser = Browser(driver, address)
        browser.first_digest()
        # Read again, it begins at the top of the digest; the button of the payload shows under a mouse alone.
        browser.driver.execute_script(
            "document.querySelector('#messages').scrollTop = 0;"
            "document.querySelectorAll('.raw').forEach((button) => button.remove())"
        )
        keep(driver.get_screenshot_as_png(), target)
    return target


def keep(png: bytes, target: Path) -> None:
    """A picture in 256 colours: a third of the size, and nobody sees it."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    target.parent.mkdir(parents=True, exist_ok=True)
    colours = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    colours.save(target, optimize=True)


def take(
    questions: Sequence[Question],
    folder: Path,
    arguments: Sequence[str] = (),
    *,
    width: int = 720,
    is_light: bool = False,
) -> Iterator[Path]:
    """Ask each question in one sandbox and keep the pictures; gives each file once it is there."""
    with sandbox(*arguments) as address, open_browser(width, 4000) as driver:
        set_theme(driver, is_light=is_light)
        browser = Browser(driver, address)
        browser.first_digest(stories=1 if arguments else 2)
        for question in questions:
            target = folder / f"{question[0]}.png"
            photograph(browser, ask(browser, question), target)
            yield target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a file or folder of articles")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument(
        "--width", type=int, default=720, help="of the page, in pixels; a phone has about 390"
    )
    parser.add_argument("--all", action="store_true", help="every kind of answer, not only the README's")
    parser.add_argument("--now", help="the bot's clock, e.g. 2026-06-12T08:00:00Z")
    parser.add_argument("--light", action="store_true", help="in the light theme")
    options = parser.parse_args()
    arguments = ["--corpus", str(options.corpus)] if options.corpus else []
    arguments += ["--now", options.now] if options.now else []
    wanted = [question for question in QUESTIONS if options.all or question[0] in README]
    if not arguments:
        print(photograph_page(options.out, is_light=options.light))
    for target in take(wanted, options.out, arguments, width=options.width, is_light=options.light):
        print(target)


if __name__ == "__main__":
    main()

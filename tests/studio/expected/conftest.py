"""A studio and a browser for the tests of one module, in Bulgarian, and a tab for each test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.running import Studio, ready, studio
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ISSUE = "/issues/2023-12-20"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no browser, but for the machines that must have one."""
    if CHROMIUM is None and not os.environ.get("CI"):
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="the studio is tried in Debian's Chromium"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the shipped issues."""
    folder = tmp_path_factory.mktemp("expected")
    shutil.copytree(SHIPPED_ISSUES, folder / "issues", ignore=shutil.ignore_patterns("filed"))
    return folder


@pytest.fixture(scope="module")
def entered(
    root: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Studio, BrowserContext]]:
    """Run a studio, and be let in."""
    with studio(root, tmp_path_factory.mktemp("state")) as running:
        context, _ = running.opened(browser, viewport={"width": 1280, "height": 900})
        yield running, context
        context.close()


class Officer:
    """Somebody who writes in a tab of the studio.

    Args:
        running: The studio.
        page: The tab.
        root: The workspace.
    """

    def __init__(self, running: Studio, page: Page, root: Path) -> None:
        """Sit down before the tab."""
        self.running = running
        self.page = page
        self.folder = root / "issues" / "2023-12-20"

    def go(self, path: str) -> None:
        """Open a view."""
        self.page.goto(f"{self.running.base}{path}")
        ready(self.page)

    def open(self, name: str) -> Locator:
        """Open an article, and return its text; nothing else of it is asked for at that time."""
        self.go(f"{ISSUE}/articles/{name}.md")
        return self.page.locator(".ProseMirror")

    def file(self, name: str) -> Path:
        """Return the file of an article."""
        return self.folder / f"{name}.md"

    def text(self, name: str) -> str:
        """Return what the file of an article holds."""
        return self.file(name).read_text("utf-8")

    def caret(self, paragraph: int) -> None:
        """Put the caret behind the last word of a paragraph of the text."""
        chosen = self.page.locator(".ProseMirror > p").nth(paragraph)
        chosen.click()
        chosen.evaluate("(each) => getSelection().collapse(each, each.childNodes.length)")
        # The editor learns of it with the next event of the browser.
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")

    def type(self, words: str) -> None:
        """Type."""
        self.page.keyboard.type(words)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        """See that all is saved."""
        expect(self.page.locator("[data-state]")).to_have_text("Записано")

    def announced(self, words: str) -> None:
        """Hear something said to those who do not see."""
        announcer = self.page.locator("#announcer")
        expect(announcer).to_contain_text(words)
        expect(announcer).to_have_role("status")


@pytest.fixture
def officer(entered: tuple[Studio, BrowserContext], root: Path) -> Iterator[Officer]:
    """Return an officer at a new tab; nothing may have gone wrong in it."""
    running, context = entered
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield Officer(running, page, root)
    page.close()
    assert faults == []


def violations(page: Page) -> list[str]:
    """Return what axe finds in what a tab shows, in light and dark, at the desk and on a telephone."""
    page.evaluate(AXE.read_text("utf-8"))
    found = []
    before = page.viewport_size
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        # Light and dark differ in their colours alone.
        rules = {"runOnly": ["color-contrast", "link-in-text-block"]} if scheme == "dark" else {}
        report = page.evaluate("(rules) => axe.run(document, rules)", rules)
        found += [
            f"{scheme} {width} {each['id']}: {node['html'][:160]}"
            for each in report["violations"]
            for node in each["nodes"]
        ]
        over = page.evaluate("document.documentElement.scrollWidth") - width
        found += [f"{scheme} {width}: {over} px over the edge"] if over > 0 else []
    page.emulate_media(color_scheme="light")
    if before is not None:
        page.set_viewport_size(before)
    return found

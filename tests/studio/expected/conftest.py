"""A studio and a browser for the tests of one module, in Bulgarian, and a tab for each test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM, chromium
from tests.studio.running import Studio, ready, studio
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ISSUE = "/issues/2023-12-20"
PATIENCE = 20_000
"""Milliseconds that a busy machine is given for what a browser shows."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no browser, but for the machines that must have one."""
    if CHROMIUM is None and not os.environ.get("CI"):
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="the studio is tried in Debian's Chromium"))


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """Wait longer than the library does by itself: the machine may be busy."""
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the shipped issues."""
    folder = tmp_path_factory.mktemp("expected")
    shutil.copytree(SHIPPED_ISSUES, folder / "issues", ignore=shutil.ignore_patterns("filed"))
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run a browser."""
    with chromium() as running:
        yield running


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
        expect(self.page.locator("#announcer")).to_contain_text(words)


@pytest.fixture
def officer(entered: tuple[Studio, BrowserContext], root: Path) -> Iterator[Officer]:
    """Return an officer at a new tab; nothing may have gone wrong in it."""
    running, context = entered
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield Officer(running, page, root)
    page.close()
    assert faults == []

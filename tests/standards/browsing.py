"""Debian's Chromium, run for the duration of a test."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from playwright.sync_api import expect, sync_playwright

from tests.studio.processes import WAIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    Opened = TypeVar("Opened", BrowserContext, Page)

Wishes = ParamSpec("Wishes")

CHROMIUM: Final = shutil.which("chromium")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser for the duration of a block."""
    expect.set_options(timeout=WAIT)
    # The layout engine hides the machine's fonts from child processes; without fonts the browser crashes.
    seen: dict[str, str | float | bool] = {
        name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")
    }
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"], env=seen
        )
        yield patient(running)
        running.close()


def patient(browser: Browser) -> Browser:
    """Let all that a browser opens wait as long as a busy machine may take, and return it."""
    browser.new_context = _waiting(browser.new_context)  # type: ignore[method-assign]
    browser.new_page = _waiting(browser.new_page)  # type: ignore[method-assign]
    return browser


def _waiting(opening: Callable[Wishes, Opened]) -> Callable[Wishes, Opened]:
    def opened(*wishes: Wishes.args, **named: Wishes.kwargs) -> Opened:
        made = opening(*wishes, **named)
        made.set_default_timeout(WAIT)
        return made

    return opened

"""Debian's Chromium, run for the duration of a test."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM: Final = shutil.which("chromium")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser for the duration of a block."""
    # The layout engine hides the machine's fonts from child processes; without fonts the browser crashes.
    seen: dict[str, str | float | bool] = {
        name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")
    }
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"], env=seen
        )
        yield running
        running.close()

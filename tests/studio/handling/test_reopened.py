"""A studio that ended in the middle says so, and keeps one where one writes; opened anew, it goes on."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.running import ready, studio
from tests.support.mails import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

ARTICLE = "/issues/2023-12-20/articles/tower.md"


def test_a_link_of_a_studio_that_ended_leads_nowhere_and_once_opened_anew_the_old_tab_goes_on(
    browser: Browser, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    with contextlib.ExitStack() as stack:
        with studio(root, tmp_path / "state", language="en") as first:
            context, old = first.opened(browser)
            stack.enter_context(contextlib.closing(context))
            old.goto(f"{first.base}{ARTICLE}")
            ready(old)
        old.locator(".ProseMirror > p").first.click()
        old.keyboard.type("Typed meanwhile. ")
        expect(old.locator("[data-state]")).to_contain_text("does not answer")
        old.get_by_role("link", name="Pictures").click()
        expect(old.locator("#announcer")).to_contain_text("does not answer")
        assert old.url.endswith(ARTICLE)
        expect(old.locator(".ProseMirror")).to_contain_text("Typed meanwhile.")
        again = stack.enter_context(studio(root, tmp_path / "state", language="en"))
        assert again.base == first.base
        new = context.new_page()
        new.goto(again.link)
        ready(new)
        # The tab of before is loaded anew: it is let in by the new one, and what was typed in it is saved.
        old.goto(f"{again.base}{ARTICLE}")
        ready(old)
        expect(old.locator("[data-state]")).to_contain_text("Saved")
        assert "Typed meanwhile." in (root / ARTICLE[1:].replace("/articles", "")).read_text("utf-8")

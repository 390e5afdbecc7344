"""Letters that came back are brought in by keys and by dropping a folder, and decided about by keys alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pipeline.desk.mail.standings import silenced
from pipeline.files.workspace import Workspace
from tests.standards.browsing import CHROMIUM
from tests.studio.publishing.test_people_view import reach
from tests.studio.publishing.test_returned import IVAN, MARIA, PETYA, RETURNED, report, sent_to, wish
from tests.studio.running import shown
from tests.studio.test_views import assert_accessible, assert_tab_order
from tests.support.mails import ACTIVE, filed_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.studio.running import Studio

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filed_workspace(tmp_path_factory.mktemp("workspace")).root


@pytest.fixture(scope="module")
def letters(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as a mail program saves one: letters, and folders of letters within it."""
    folder = tmp_path_factory.mktemp("letters")
    mail = sent_to(Workspace(root), *ACTIVE)
    (folder / "2023" / "12").mkdir(parents=True)
    (folder / "1.eml").write_bytes(report(mail, MARIA))
    (folder / "2023" / "1.eml").write_bytes(report(mail, IVAN))
    (folder / "2023" / "12" / "3.eml").write_bytes(report(mail, PETYA))
    (folder / "wish.eml").write_bytes(wish("john@example.org"))
    return folder


def test_a_folder_that_is_dropped_is_brought_in_with_all_that_is_in_it(
    entered: tuple[Studio, BrowserContext], page: Page, letters: Path
) -> None:
    shown(entered, page, RETURNED)
    devices = page.context.new_cdp_session(page)
    given = {"items": [], "files": [str(letters)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        devices.send("Input.dispatchDragEvent", {"type": step, "x": 400, "y": 300, "data": given})
    expect(page.locator("#came")).to_have_text("What came back: 4")


def test_a_folder_is_chosen_and_what_is_asked_is_decided_by_keys_alone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path, letters: Path
) -> None:
    folder = sent_to(Workspace(root))
    shown(entered, page, RETURNED)
    # The browser is told in good time, not in the moment of the key, that the test is to choose.
    with page.expect_file_chooser() as chooser:
        reach(page, "A whole folder")
        page.keyboard.press("Enter")
    chooser.value.set_files(letters)
    expect(page.locator("#decide")).to_be_focused()
    expect(page.locator("#came")).to_have_text("What came back: 4")
    shown(entered, page, RETURNED)
    assert_tab_order(page)
    assert_accessible(page)
    assert dict(silenced(folder).people) == {"john@example.org": "asked"}
    shown(entered, page, RETURNED)
    reach(page, "How many addresses")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_attribute("aria-invalid", "true")
    page.locator("#count").press("ControlOrMeta+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator("#decide")).to_have_count(0)
    assert set(dict(silenced(folder).people)) == {MARIA, IVAN, PETYA, "john@example.org"}
    shown(entered, page, RETURNED)
    assert_tab_order(page)
    assert_accessible(page)

"""What members ask for is done in the browser by keys alone, and can be read in every light and width."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.desk.mail.records import unsubscribe
from pipeline.desk.mail.standings import silenced
from pipeline.files.workspace import Workspace
from tests.standards.browsing import CHROMIUM
from tests.studio.publishing.test_people import PEOPLE
from tests.studio.publishing.test_some_members import SOME
from tests.studio.running import ready, shown
from tests.studio.test_views import assert_accessible, assert_tab_order
from tests.support.mails import filed_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.studio.running import Studio

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with mail, in which one member is sent nothing."""
    workspace = filed_workspace(tmp_path_factory.mktemp("workspace"))
    unsubscribe(MailFolder(workspace), "petya@example.bg")
    return workspace.root


def reach(page: Page, name: str) -> None:
    """Go on by the key until a control with this name has the focus."""
    told = "(({ activeElement: at }) => (at.labels?.[0] ?? at).textContent.trim())(document)"
    for _ in range(60):
        if page.evaluate(told).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)


def test_a_member_is_unsubscribed_subscribed_again_and_forgotten_by_keys_alone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    folder = MailFolder(Workspace(root))
    shown(entered, page, PEOPLE)
    reach(page, "Whose wish it is")
    page.keyboard.type("John Smith <john@example.org>")
    page.keyboard.press("Enter")
    expect(page.locator("#person")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Found: john@example.org")
    # No address of a page names anybody: a browser keeps these.
    assert page.url.endswith(PEOPLE)
    reach(page, "Unsubscribe")
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("john@example.org has nothing more")
    expect(page.locator("section[aria-labelledby=person]")).to_contain_text("Is sent nothing: unsubscribed")
    expect(page.locator("#person")).to_be_focused()
    assert ("john@example.org", "unsubscribed") in silenced(folder).people
    reach(page, "Subscribe again")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Did john@example.org ask?")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    assert ("john@example.org", "unsubscribed") in silenced(folder).people
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("john@example.org may have the bulletin again")
    expect(page.locator("section[aria-labelledby=person]")).to_contain_text("Has the bulletin.")
    expect(page.locator("#person")).to_be_focused()
    assert dict(silenced(folder).people) == {"petya@example.bg": "unsubscribed"}
    reach(page, "Type the address once more")
    page.keyboard.type("john@example.com")
    page.keyboard.press("Enter")
    expect(page.locator("#again")).to_have_attribute("aria-invalid", "true")
    assert silenced(folder).forgotten == 0
    page.locator("#again").press("ControlOrMeta+a")
    page.keyboard.type("john@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_be_focused()
    assert silenced(folder).forgotten == 1


def test_a_question_that_is_asked_again_at_once_is_answered_for_itself(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    folder = MailFolder(Workspace(root))
    unsubscribe(folder, "ivan@example.bg")
    shown(entered, page, PEOPLE)
    item = page.locator("#silent ~ ul li").filter(has_text="ivan@example.bg")
    again = item.get_by_role("button", name="Subscribe again")
    # Left by a key and asked again before the browser has told of the end of the first.
    again.evaluate(
        "(button) => { button.click(); document.getElementById('question').close(); button.click(); }"
    )
    page.get_by_role("dialog").get_by_role("button", name="Subscribe again").click()
    expect(item).to_have_count(0)
    assert dict(silenced(folder).people).keys() == {"petya@example.bg"}


def test_somebody_who_is_found_is_shown_so_that_everybody_can_read_it(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    shown(entered, page, PEOPLE)
    for address in ("maria@example.bg", "petya@example.bg", "marija@example.bg"):
        page.fill("#address", address)
        page.keyboard.press("Enter")
        expect(page.locator("#person")).to_have_text(address)
        shown(entered, page, PEOPLE)
        assert_tab_order(page)
        assert_accessible(page)


def test_to_whom_a_group_or_a_reminder_goes_is_shown_so_that_everybody_can_read_it(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    shown(entered, page, SOME)
    reach(page, "as a reminder")
    page.keyboard.press("Space")
    reach(page, "Show to whom")
    page.keyboard.press("Enter")
    page.wait_for_url("**reminder=yes")
    page.locator("#audience").wait_for()
    ready(page)
    assert_tab_order(page)
    assert_accessible(page)

"""What is typed into a form and not sent yet stays, whatever else is saved there or shown anew meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.running import Studio, ready, shown, studio
from tests.support.mails import GOOD, MEMBERS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

ISSUE = "/issues/2023-12-20"
Entered = tuple[Studio, "BrowserContext"]

DROPPED = """
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File(['words'], 'words.txt'));
const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
document.body.dispatchEvent(drop);
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("typed") / "w"
    shutil.copytree(GOOD, root)
    (root / "mail").mkdir(mode=0o700)
    (root / "mail/mail.yaml").write_text("format: 1\nserver: {host: localhost}\n", "utf-8")
    return root


def move_the_first(page: Page) -> None:
    """Move the first article down, and wait until the list is shown so."""
    contents = page.locator("[data-base]")
    version = contents.get_attribute("data-base") or ""
    page.get_by_role("button", name="down").first.click()
    expect(contents).not_to_have_attribute("data-base", version)
    ready(page)


def test_a_list_of_members_is_brought_in_and_what_is_typed_beside_it_stays_and_is_saved(
    entered: Entered, page: Page, root: Path
) -> None:
    shown(entered, page, "/mail")
    page.get_by_label("Letters in a day, at most").fill("120")
    page.get_by_label("Password").fill("typed")
    page.locator("#files").set_input_files({"name": "a.csv", "mimeType": "", "buffer": MEMBERS.encode()})
    expect(page.get_by_text("members.csv · active members: 4")).to_be_visible()
    expect(page.get_by_label("Letters in a day, at most")).to_have_value("120")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#announcer")).to_contain_text("Saved")
    text = (root / "mail/mail.yaml").read_text("utf-8")
    assert re.search(r"per_day: \W?120\b", text), text
    assert re.search(r"members: \W?members.csv\b", text), text
    assert (root / "mail/password").read_text("utf-8") == "typed\n"
    # What was saved is not kept as typed.
    expect(page.get_by_label("Password")).to_have_value("")


def test_rows_that_are_typed_stay_while_another_form_of_the_view_is_saved(
    entered: Entered, page: Page, root: Path
) -> None:
    shown(entered, page, "/publication")
    page.get_by_role("button", name="Another row: Team").click()
    page.keyboard.type("Коректор")
    row = page.locator("[data-rows=team] .row-of").last
    row.get_by_label("Name").first.fill("Мария Иванова")
    page.locator("[name=filler_title]").fill("Как се влиза")
    page.locator("[name=filler_words]").fill("Пишете ни.")
    with page.expect_response("**/publication/fillers"):
        page.locator("[name=filler_words]").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.locator("[name=filler_title]")).to_have_value("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name="What was just done")).to_contain_text("Saved")
    text = (root / "issues/publication.yaml").read_text("utf-8")
    assert ("Мария Иванова" in text, "fillers/" in text) == (True, True)


def test_a_greeting_that_is_typed_stays_while_an_article_is_moved(
    entered: Entered, page: Page, root: Path
) -> None:
    shown(entered, page, ISSUE)
    page.get_by_label("Greeting").fill("Здравейте!")
    move_the_first(page)
    expect(page.get_by_label("Greeting")).to_have_value("Здравейте!")
    page.locator("[data-change-form=masthead]").get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="What was just done")).to_contain_text("Saved")
    assert "Здравейте!" in (root / ISSUE[1:] / "issue.yaml").read_text("utf-8")


def test_files_are_taken_wherever_they_are_dropped_also_once_the_list_was_changed(
    entered: Entered, page: Page
) -> None:
    refusal = json.dumps({"findings": [{"message": "came", "remedy": ""}]})
    page.route("**/import", lambda route: route.fulfill(status=422, body=refusal))
    shown(entered, page, ISSUE)
    move_the_first(page)
    with page.expect_request("**/import"):
        page.evaluate(DROPPED)


def test_files_are_taken_though_the_list_was_changed_while_they_were_chosen(
    entered: Entered, page: Page, tmp_path: Path
) -> None:
    refusal = json.dumps({"findings": [{"message": "came", "remedy": ""}]})
    page.route("**/import", lambda route: route.fulfill(status=422, body=refusal))
    text = tmp_path / "text.txt"
    text.write_text("Words of a colleague.", "utf-8")
    shown(entered, page, ISSUE)
    with page.expect_file_chooser() as chooser:
        page.locator("form.drop input[type=file]").click()
    move_the_first(page)
    with page.expect_request("**/import") as sent:
        chooser.value.set_files(text)
    assert 'filename="text.txt"' in (sent.value.post_data or "")


def test_what_is_typed_on_the_first_page_is_not_left_without_a_word(entered: Entered, page: Page) -> None:
    shown(entered, page, ISSUE)
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_label("Greeting").click()
    page.keyboard.type("Още нещо")
    form = page.locator("[data-change-form=add-article]").first
    form.evaluate("each => { each.elements.title.value = 'New'; }")
    # An article that is added is gone to: one is asked first.
    with page.expect_event("dialog", lambda dialog: dialog.type == "beforeunload"):
        form.evaluate("each => each.requestSubmit()")
    expect(page.get_by_label("Greeting")).to_have_value(re.compile("Още нещо"))


def test_a_section_whose_button_is_pressed_twice_is_added_once(
    entered: Entered, page: Page, root: Path
) -> None:
    shown(entered, page, ISSUE)
    page.locator("#new-section").fill("Only once")
    page.get_by_role("button", name="Add the section").dblclick()
    expect(page.get_by_role("heading", name="Only once")).to_have_count(1)
    # What was pressed before this is done before it.
    page.locator("#new-section").fill("Behind it")
    page.get_by_role("button", name="Add the section").click()
    expect(page.get_by_role("heading", name="Behind it")).to_have_count(1)
    assert (root / ISSUE[1:] / "issue.yaml").read_text("utf-8").count("Only once") == 1


def test_what_is_typed_when_the_studio_ends_stays_and_is_saved_once_it_is_opened_anew(
    browser: Browser, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    with contextlib.ExitStack() as stack:
        with studio(root, tmp_path / "state", language="en") as first:
            context, old = first.opened(browser)
            stack.enter_context(contextlib.closing(context))
            old.goto(f"{first.base}/publication")
            ready(old)
        old.locator("[name='publisher.name.bg']").fill("Друго сдружение")
        old.get_by_role("button", name="Save", exact=True).click()
        expect(old.locator("[data-refused]").first).to_contain_text("does not answer")
        again = stack.enter_context(studio(root, tmp_path / "state", language="en"))
        new = context.new_page()
        new.goto(again.link)
        ready(new)
        old.get_by_role("button", name="Save", exact=True).click()
        expect(old.locator("#undo")).to_contain_text("Saved")
    assert "Друго сдружение" in (root / "issues/publication.yaml").read_text("utf-8")

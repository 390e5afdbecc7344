"""An officer fills forms in by mouse and keys: what is saved can be undone, and taking out asks first."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from pipeline.importing.draft.phrases import OFFERED, draft_text
from tests.conftest import REPOSITORY
from tests.standards.browsing import CHROMIUM
from tests.studio.processes import until
from tests.studio.running import Studio, shown
from tests.studio.test_views import AXE, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

"""Milliseconds for what a busy machine shows late."""

ISSUE: Final = "/issues/2023-12-20"

WITHOUT_MONTHS: Final = """
const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'type');
const set = function (type) { own.set.call(this, type === 'month' ? 'text' : type); };
Object.defineProperty(HTMLInputElement.prototype, 'type', { get: own.get, set });
"""
"""Makes of a browser one that has no calendar of months, as two of the three great ones."""

PROPOSED: Final = f"""\
---
kind: project
title: Музей
# {draft_text(OFFERED, "bg")}
# „Бюджетът е 80 хил. евро.“
# budget: {{total: 80000 EUR, share: 20000 EUR}}
# „Срок: май 2025 – април 2027 г.“
# period: {{start: 2025-05, end: 2027-04}}
---
Бюджетът е 80 хил. евро. Срок: май 2025 – април 2027 г.

Казаха "едно" и после - друго. На 02.05.2023 г. предстои среща.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(REPOSITORY / "issues", folder / "issues", ignore=shutil.ignore_patterns("filed"))
    publication = folder / "issues/publication.yaml"
    text = publication.read_text("utf-8").replace("name: knowledge-city", "name: bulletin")
    publication.write_text(text, "utf-8")
    (folder / "issues/2023-12-20/museum.md").write_text(PROPOSED, "utf-8")
    plan = folder / "issues/2023-12-20/issue.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("- degrebe.md", "- degrebe.md\n      - museum.md"), "utf-8"
    )
    return folder


def undo(page: Page) -> None:
    page.get_by_role("region", name="What was just done").get_by_role("button", name="Undo").click()
    expect(page.locator("#announcer")).to_contain_text("Undone")


def test_people_are_added_and_taken_out_and_what_was_saved_is_undone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/publication.yaml"
    before = path.read_bytes()
    shown(entered, page, "/publication")
    team = page.get_by_role("group", name="Team", exact=True)
    page.get_by_role("button", name="Another row: Team").click()
    page.keyboard.type("Коректор")
    team.get_by_label("Name (bg)").last.fill("Мария Иванова")
    page.get_by_role("button", name="Save").click()
    expect(team.locator("[name='team.count']")).to_have_value("3")
    # Said in one language alone, it is said once.
    assert "role: Коректор" in path.read_text("utf-8")
    row = page.get_by_role("group", name="Row 2").first
    row.get_by_role("button", name="Take out").click()
    question = page.get_by_role("dialog")
    question.get_by_role("button", name="Cancel").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Take out").click()
    question.get_by_role("button", name="Take out").click()
    expect(row).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(team.locator("[name='team.count']")).to_have_value("2")
    assert "Коректор" not in path.read_text("utf-8")
    undo(page)
    assert "role: Коректор" in path.read_text("utf-8")
    path.write_bytes(before)


def test_an_article_is_taken_out_once_it_was_asked_and_comes_back_by_one_button(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    folder = root / "issues/2023-12-20"
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    shown(entered, page, ISSUE)
    item = page.locator('[data-article="go-green.md"]')
    item.get_by_role("button", name="Take").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(item).to_have_count(1)
    item.get_by_role("button", name="Take").click()
    page.get_by_role("dialog").get_by_role("button", name="Take out").click()
    expect(item).to_have_count(0)
    assert not (folder / "go-green.md").exists()
    undo(page)
    expect(item).to_have_count(1)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_the_first_page_has_its_picture_and_its_words_and_they_are_undone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    plan = root / "issues/2023-12-20/issue.yaml"
    before = plan.read_bytes()
    shown(entered, page, ISSUE)
    card = page.get_by_role("region", name="First page")
    card.get_by_label("What is to be seen").fill("Мост над река")
    card.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="What was just done")).to_be_visible()
    assert "Мост над река" in plan.read_text("utf-8")
    undo(page)
    assert plan.read_bytes() == before


def test_titles_are_said_in_another_language_beside_those_of_the_issue(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/2023-12-20/issue.en.yaml"
    shown(entered, page, f"{ISSUE}/texts/en")
    page.get_by_label("Title of the section").first.fill("Projects under way")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#announcer")).to_contain_text("Saved")
    assert "title: Projects under way" in path.read_text("utf-8")


def test_countries_are_sought_by_name_with_keys_alone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/2023-12-20/xd-media-hub.md"
    shown(entered, page, f"{ISSUE}/articles/xd-media-hub.md")
    page.get_by_label("Countries of the partners").focus()
    page.keyboard.type("Germ")
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("Germany is added")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert "DE" in path.read_text("utf-8").split("---")[1]
    page.get_by_role("button", name="Take Germany out").press("Enter")
    expect(page.locator("#announcer")).to_contain_text("Germany is taken out")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert "DE" not in path.read_text("utf-8").split("---")[1]


def test_the_specimen_follows_the_form_and_keeps_the_last_good_one(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    before = (root / "issues/publication.yaml").read_bytes()
    shown(entered, page, "/identity")
    picture = page.locator("[data-live]")
    expect(picture).to_be_visible()
    first = picture.get_attribute("src")
    page.get_by_label("Main colour: On screens", exact=True).fill("#7a1f3d")
    expect(picture).not_to_have_attribute("src", str(first))
    second = picture.get_attribute("src")
    page.get_by_label("Main colour: In inks", exact=True).fill("75/40")
    expect(page.locator("[data-live-note]")).to_contain_text("how it was before")
    assert picture.get_attribute("src") == second
    assert (root / "issues/publication.yaml").read_bytes() == before


def test_what_an_import_proposes_is_taken_on_and_a_finding_is_mended_and_answered_at_its_place(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/2023-12-20/museum.md"
    shown(entered, page, f"{ISSUE}/articles/museum.md")
    page.get_by_role("button", name="Take on: Whole budget: €80,000").click()
    expect(page.locator("#announcer")).to_contain_text("Taken on")
    expect(page.get_by_label("Amount").first).to_have_value("80000")
    page.get_by_role("button", name="Leave: Begins").click()
    expect(page.get_by_role("region", name="Proposed")).to_have_count(0)
    head = path.read_text("utf-8").split("---")[1]
    assert ("#" not in head, "80000 EUR" in head, "2025-05" in head) == (True, True, False)
    found = page.locator("[data-query-list]")
    found.get_by_text("Explain").first.click()
    expect(found.locator(".explained p").first).to_be_visible()
    page.add_script_tag(path=AXE)
    assert violations(page, colours_alone=False) == []
    found.get_by_role("button", name="Mend").click()
    expect(found.get_by_role("button", name="Mend")).to_have_count(0)
    assert "„едно“" in path.read_text("utf-8")
    undo(page)
    assert '"едно"' in path.read_text("utf-8")
    found.get_by_role("button", name="It is right").click()
    expect(found.get_by_role("button", name="It is right")).to_have_count(0)
    shown(entered, page, ISSUE)
    page.get_by_text("Answered: 1").click()
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_text("Answered: 1")).to_have_count(0)
    expect(page.get_by_role("button", name="It is right").first).to_be_visible()


def test_a_picture_is_taken_out_of_a_text_once_it_was_asked_and_comes_back(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/2023-12-20/go-green.md"
    before = path.read_text("utf-8")
    shown(entered, page, f"{ISSUE}/articles/go-green.md")
    picture = page.locator(".ProseMirror .be-picture")
    count = picture.count()
    page.locator(".ProseMirror details.be-more summary").first.click()
    remove = page.locator(".ProseMirror").get_by_role("button", name="Remove").first
    remove.click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(picture).to_have_count(count)
    remove.click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(picture).to_have_count(count - 1)
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert path.read_text("utf-8") != before
    page.locator(".ProseMirror").press("Control+z")
    expect(picture).to_have_count(count)
    until(lambda: path.read_text("utf-8") == before)
    expect(page.locator("[data-state]")).to_have_text("Saved")


def test_an_issue_is_taken_out_after_it_was_said_what_goes_and_put_back(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    folder = root / "issues/2023-06-30"
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    shown(entered, page, "/issues/2023-06-30")
    page.get_by_role("button", name="Take the issue out").click()
    question = page.locator("dialog[open]")
    expect(question).to_contain_text("30 June 2023".replace(" ", "\u00a0", 1))
    expect(question).to_contain_text(f"{len(list(folder.glob('*.md')))} article")
    question.get_by_role("button", name="Cancel").click()
    assert folder.is_dir()
    page.get_by_role("button", name="Take the issue out").click()
    question.get_by_role("button", name="Take the issue out").click()
    page.wait_for_url("**/?out=2023-06-30")
    expect(page.locator(".covers > li")).to_have_count(1)
    assert not folder.exists()
    page.locator(".done").get_by_role("button", name="Undo").click()
    page.wait_for_url("**/issues/2023-06-30")
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_an_issue_that_was_taken_out_is_deleted_for_good_after_it_was_asked_twice(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    aside = root / "taken-out/2022-03-31"
    shutil.copytree(root / "issues/2023-06-30", aside)
    shown(entered, page, "/")
    page.locator("details.aside summary").click()
    question = page.locator("dialog[open]")
    page.get_by_role("button", name="Delete for good").click()
    question.get_by_role("button", name="Delete for good").click()
    expect(question).to_contain_text("Are you sure?")
    # A question that is left by a key was not answered, whatever was answered before.
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    assert aside.is_dir()
    page.get_by_role("button", name="Delete for good").click()
    question.get_by_role("button", name="Delete for good").click()
    expect(question).to_contain_text("Are you sure?")
    question.get_by_role("button", name="Delete for good").click()
    expect(page.locator("#announcer")).to_contain_text("deleted for good")
    expect(page.locator("details.aside")).to_have_count(0)
    assert not aside.exists()


def test_words_that_were_replaced_are_undone_in_every_article(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    folder = root / "issues/2023-12-20"
    before = {path.name: path.read_bytes() for path in folder.glob("*.md")}
    shown(entered, page, f"{ISSUE}/replacing?words=клъстер&by=обединение")
    page.get_by_role("button", name="Replace the chosen").click()
    expect(page.locator("#announcer")).to_contain_text("Replaced")
    changed = [name for name, data in before.items() if (folder / name).read_bytes() != data]
    assert len(changed) > 1
    undo(page)
    assert {path.name: path.read_bytes() for path in folder.glob("*.md")} == before


@pytest.mark.parametrize("has_months", [True, False], ids=["calendar", "list of months"])
def test_a_month_is_chosen_by_keys_and_until_it_is_the_file_keeps_what_it_says(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path, *, has_months: bool
) -> None:
    path = root / "issues/2023-12-20/degrebe.md"
    before = path.read_text("utf-8")
    path.write_text(before.replace("start: 2022", "start: май 2025"), "utf-8")
    if not has_months:
        page.add_init_script(WITHOUT_MONTHS)
    shown(entered, page, f"{ISSUE}/articles/degrebe.md")
    page.locator("details:has([data-facts])").evaluate("details => { details.open = true }")
    expect(page.get_by_label("Begins", exact=True)).to_have_value("май 2025")
    page.get_by_label("Begins: how exact").select_option("month")
    page.get_by_label("Author").fill("Иван")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    assert path.read_text("utf-8") == before.replace("start: 2022", "start: май 2025").replace(
        "\n---\nЗад", "\nauthor: Иван\n---\nЗад"
    )
    page.get_by_label("Begins", exact=True).focus()
    page.keyboard.type("May")
    page.keyboard.press("Tab")
    page.keyboard.type("2026")
    expect(page.get_by_label("Begins: how exact")).to_have_value("month")
    until(lambda: "  start: 2026-05\n  end: 2024-06\n" in path.read_text("utf-8"))
    # What is not known to be saved would be saved by the next page.
    expect(page.locator("[data-state]")).to_have_text("Saved")
    path.write_text(before, "utf-8")

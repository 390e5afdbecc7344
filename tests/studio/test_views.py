"""An officer makes the bulletin in the browser: each view, by mouse and by keys, in every light and width."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from pipeline.desk.editing.account import enter
from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.journal import GONE
from pipeline.desk.writing.history.store import store_of
from pipeline.files.workspace import Workspace
from pipeline.studio.serving.app import studio_routes
from tests.standards.browsing import CHROMIUM
from tests.studio.running import Studio, ready, shown, studio
from tests.support.mails import MEMBERS
from tests.support.paths import SHIPPED_ISSUES
from tests.support.shelves import filed, material

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

AXE: Final = Path(axe_playwright_python.__file__).with_name("axe.min.js")
ISSUE: Final = "/issues/2023-12-20"
ARTICLE: Final = f"{ISSUE}/articles/xd-media-hub.md"
EARLIER: Final = b"---\nkind: article\ntitle: DEGREBE\n---\nIt was other words.\n"
"""What an article said before, as the history keeps it."""

VIEWS: Final = (
    "/",
    ISSUE,
    f"{ISSUE}/pages",
    f"{ISSUE}/pages/spreads",
    f"{ISSUE}/pages/phone",
    f"{ISSUE}/pages/mail",
    f"{ISSUE}/pages/press",
    f"{ISSUE}/pictures",
    f"{ISSUE}/replacing?words=проект",
    f"{ISSUE}/history",
    f"{ISSUE}/history?file=degrebe.md&version={version_of(EARLIER)}",
    f"{ISSUE}/history/taking-out?words=проект",
    f"{ISSUE}/account/0",
    f"{ISSUE}/texts/en",
    ARTICLE,
    "/issues/2023-06-30/release",
    "/issues/2023-06-30/mail/some",
    "/archive?words=текст",
    "/archive/2023-06-30/1",
    "/archive/withdrawing",
    "/archive/site",
    "/mail",
    "/mail/people",
    "/mail/returned",
    "/publication",
    "/house",
    "/identity",
    "/nowhere",
)
IDS: Final = tuple(path.partition("&")[0] for path in VIEWS)

ACCOUNT: Final = {
    "files": ["Letter.docx"],
    "begun": False,
    "written": ["degrebe.md"],
    "words": [120, 118],
    "counts": {"picture": [2, 1]},
    "items": [
        {
            "code": code,
            "values": {"found": "02 123 45 67", "name": "Letter.docx"},
            "path": "",
            "whole": "Tel. 02",
        }
        for code in ("W500", "W503")
    ],
}
"""What an import left over, as its account is kept."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which there is something to see in every view."""
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(SHIPPED_ISSUES, folder / "issues", ignore=shutil.ignore_patterns("filed"))
    store_of(Workspace(folder)).keep(EARLIER, f"{ISSUE[1:]}/degrebe.md", GONE)
    path = folder / ISSUE[1:] / "degrebe.md"
    path.write_text(path.read_text("utf-8").replace("\n---\n", "\n# author: М. Иванова\n---\n", 1), "utf-8")
    enter(folder / ISSUE[1:], {"issue": ISSUE.rpartition("/")[2], **ACCOUNT})
    filed(Workspace(folder), material("2023-06-30"))
    (folder / "mail").mkdir()
    (folder / "mail" / "mail.yaml").write_text(
        "format: 1\nserver: {host: localhost}\nmembers: a.csv\n", "utf-8"
    )
    (folder / "mail" / "a.csv").write_text(MEMBERS, "utf-8")
    return folder


def test_every_view_is_walked() -> None:
    routes = [each for each in studio_routes() if "GET" in (each.methods or ())]
    views = [each for each in routes if not each.path.startswith(("/api/", "/static/"))]
    paths = [path.partition("?")[0] for path in VIEWS]
    assert len(views) > 10
    assert [each.path for each in views if not any(map(each.path_regex.fullmatch, paths))] == []


def shown_whole(entered: tuple[Studio, BrowserContext], page: Page, path: str) -> None:
    """Show a view, and wait for what comes into it later: pages, findings, weights."""
    shown(entered, page, path)
    if "/pages" in path:
        page.locator("main img:visible, main iframe:not(.coming)").first.wait_for()
    elif path == ISSUE:
        page.locator("[data-summary]").wait_for()
    elif path == ARTICLE:
        page.locator("[data-query-list] > li").first.wait_for()
        page.locator("[data-page-picture]").wait_for()
        page.locator("[data-facts] [name=weight] option[data-plain]").wait_for(state="attached")


def violations(page: Page, *, colours_alone: bool) -> list[str]:
    rules = "{runOnly: ['color-contrast', 'link-in-text-block']}" if colours_alone else "{}"
    report = page.evaluate(f"axe.run(document, {rules})")
    assert len(report["passes"]) > (0 if colours_alone else 10)
    return [f"{each['id']}: {node['html'][:160]}" for each in report["violations"] for node in each["nodes"]]


@pytest.mark.parametrize("path", VIEWS, ids=IDS)
def test_axe_finds_no_violation_in_light_and_dark_mode_or_on_a_telephone(
    entered: tuple[Studio, BrowserContext], page: Page, path: str
) -> None:
    shown_whole(entered, page, path)
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    """See that axe finds nothing in what a tab shows, wide and narrow, in light and dark."""
    page.add_script_tag(path=AXE)
    found = {}
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        # Light and dark differ in their colours alone.
        if each := violations(page, colours_alone=scheme == "dark"):
            found[f"{scheme} {width}"] = each
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {}


@pytest.mark.parametrize("path", VIEWS, ids=IDS)
def test_tab_goes_through_everything_in_the_order_in_which_it_is_read(
    entered: tuple[Studio, BrowserContext], page: Page, path: str
) -> None:
    shown_whole(entered, page, path)
    assert_tab_order(page)


def assert_tab_order(page: Page) -> None:
    """See that the key goes through a view as one reads it, and that one sees where one is."""
    expected = page.evaluate(
        """() => [...document.querySelectorAll(
            'a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex="0"]')]
          .filter((each) => each.checkVisibility() && !each.disabled && each.type !== 'hidden'
            && (each.tabIndex >= 0 || each.isContentEditable) && !each.closest('dialog:not([open])')
            && (each.isContentEditable === each.matches('[contenteditable=true]'))
            && !(each.closest('details:not([open])') && each.tagName !== 'SUMMARY')
            // Of radio buttons the chosen one is reached, the others from it by arrows.
            && !(each.type === 'radio' && !each.checked))
          .map((each) => each.outerHTML.slice(0, 120))"""
    )
    seen: list[str] = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(min(len(expected), 60)):
        page.keyboard.press("Tab")
        now = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if 'role="textbox"' in now:
            # In a text the key belongs to the text, until one says that one leaves it.
            page.keyboard.press("Escape")
        # A field of a day has several parts.
        if not seen or seen[-1] != now:
            seen.append(now)
    assert expected[0].startswith('<a class="skip"')
    assert seen == expected[: len(seen)]
    assert page.evaluate(
        """getComputedStyle(document.activeElement).outlineStyle !== 'none'
          || document.activeElement.type === 'file'"""
    )


def test_the_first_day_and_what_those_see_who_are_not_let_in_are_views_like_others(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    with studio(folder, tmp_path / "state", language="en") as running:
        context, page = running.opened(browser, bypass_csp=True)
        with contextlib.closing(context):
            assert_tab_order(page)
            assert_accessible(page)
        with contextlib.closing(browser.new_context(bypass_csp=True)) as stranger:
            page = stranger.new_page()
            for address in (f"{running.base}/", running.link):
                page.goto(address)
                page.locator("main.notice").wait_for()
                assert_accessible(page)


def test_the_skip_link_leads_to_the_content(entered: tuple[Studio, BrowserContext], page: Page) -> None:
    shown(entered, page, "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_fields_beside_one_another_stand_on_common_lines(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    shown(entered, page, ARTICLE)
    page.evaluate("document.querySelector('details.facts').open = true")
    lines = page.evaluate(
        """() => {
          const lines = {};
          for (const field of document.querySelectorAll('.form.row > .field:not(:has(.countries))')) {
            const top = (each) => Math.round(each.getBoundingClientRect().top);
            (lines[top(field)] ??= []).push(top(field.querySelector('input, select, textarea')));
          }
          return Object.values(lines);
        }"""
    )
    assert max(map(len, lines)) > 1
    assert [set(line) for line in lines if len(set(line)) > 1] == []


def test_a_button_that_is_pressed_before_its_view_is_ready_does_what_it_says(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    held: list[Route] = []
    page.route(f"**/api{ARTICLE}", lambda route: held.append(route))  # noqa: PLW0108 - the library looks into it
    with page.expect_request(f"**/api{ARTICLE}"):
        page.goto(f"{entered[0].base}{ARTICLE}")
    button = page.locator("[data-toggle-preview]")
    button.click()
    held[0].continue_()
    ready(page)
    expect(button).to_have_attribute("aria-expanded", "false")


def test_what_a_view_still_asks_for_ends_when_it_is_shown_anew(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    # A browser has six connections: those that wait for pages of before would keep the view itself waiting.
    held = [re.compile(rf"/api{ISSUE}/{asked}$") for asked in ("pages", "weights")]
    for address in held:
        page.route(address, lambda _: None)
    with contextlib.ExitStack() as asked:
        for address in held:
            asked.enter_context(page.expect_request(address))
        shown(entered, page, f"{ISSUE}/articles/degrebe.md")
    with contextlib.ExitStack() as ended:
        for address in held:
            ended.enter_context(page.expect_event("requestfailed", ending(address)))
        page.locator("[data-take=true]").click()
    expect(page.locator("[data-take=true]")).to_have_count(0)


def ending(address: re.Pattern[str]) -> Callable[[Request], bool]:
    """Return what tells whether a request that has ended was one for this address."""
    return lambda request: bool(address.search(request.url))


@pytest.mark.parametrize("width", [360, 1280])
def test_the_field_of_what_is_sought_is_in_sight_wherever_one_writes(
    entered: tuple[Studio, BrowserContext], page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    shown(entered, page, ARTICLE)
    page.locator(".ProseMirror > p").last.click()
    page.keyboard.press("Control+f")
    assert page.evaluate(
        """() => {
          const field = document.activeElement;
          const box = field.getBoundingClientRect();
          const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return Boolean(field.closest('.be-find')) && above === field;
        }"""
    )
    # What is written stays in sight below it.
    assert page.evaluate("document.querySelector('.be-top').offsetHeight") < 800 / 2


def test_a_fact_is_saved_in_its_line_alone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/2023-12-20/xd-media-hub.md"
    before = path.read_text("utf-8").splitlines()
    shown(entered, page, ARTICLE)
    page.get_by_label("Amount").first.fill("300000")
    expect(page.locator("[data-state]")).to_have_text("Saved")
    after = path.read_text("utf-8").splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [changed[0]]
    assert "300000 EUR" in changed[0]


def test_articles_are_reordered_by_buttons_and_keys_and_it_is_announced(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    plan = root / "issues/2023-12-20/issue.yaml"
    shown(entered, page, ISSUE)
    first = page.locator(".article a").first
    name = first.inner_text()
    page.get_by_role("button", name=f"Move “{name}” down").click()
    expect(page.locator("#announcer")).to_contain_text(f"“{name}”: place 2 of 4")
    expect(page.locator(".article a").nth(1)).to_have_text(name)
    text = plan.read_text("utf-8")
    assert text.index("go-green.md") < text.index("xd-media-hub.md")
    # The focus stays on the button, so that it can be pressed again; and keys do the same.
    expect(page.locator("#down-xd-media-hub-md")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#announcer")).to_contain_text(f"“{name}”: place 1 of 4")
    text = plan.read_text("utf-8")
    assert text.index("xd-media-hub.md") < text.index("go-green.md")


def test_an_article_that_is_chosen_is_moved_by_keys_step_by_step(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    shown(entered, page, ISSUE)
    link = page.locator(".article a").nth(2)
    name = link.inner_text()
    link.focus()
    for key, place in (("ArrowUp", 2), ("ArrowUp", 1), ("ArrowDown", 2), ("ArrowDown", 3)):
        page.keyboard.press(f"Alt+{key}")
        expect(page.locator("#announcer")).to_contain_text(f"“{name}”: place {place} of 4")
        assert page.evaluate("document.activeElement.textContent") == name


def test_an_article_that_is_taken_out_is_listed_and_comes_back_as_it_was(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    folder = root / "issues/2023-12-20"
    before = (folder / "technical-university-campus.md").read_bytes()
    shown(entered, page, ISSUE)
    item = page.locator('[data-article="technical-university-campus.md"]')
    name = item.locator("a").inner_text()
    item.get_by_role("button", name="Take").click()
    page.get_by_role("dialog").get_by_role("button", name="Take out").click()
    expect(item).to_have_count(0)
    assert not (folder / "technical-university-campus.md").exists()
    gone = page.get_by_role("region", name="Taken out of the issue")
    gone.get_by_role("button", name=f"Put back {name}").click()
    expect(item).to_have_count(1)
    expect(gone).to_have_count(0)
    assert (folder / "technical-university-campus.md").read_bytes() == before


def test_the_head_of_a_telephone_leaves_most_of_it_to_the_work(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    shown(entered, page, ISSUE)
    assert page.evaluate("document.querySelector('main').getBoundingClientRect().top") < 740 / 3
    # What does not fit in a line is reached by keys, and comes into sight.
    last = page.locator(".under nav a").last
    last.focus()
    box = last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360


def test_what_is_said_of_a_picture_is_saved_from_the_contact_sheet(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    shown(entered, page, f"{ISSUE}/pictures")
    card = page.locator(".print").first
    card.get_by_label("Who made it").fill("Мария Иванова")
    card.locator("img").click(position={"x": 20, "y": 20})
    expect(card.locator("[data-state]")).to_have_text("Saved")
    text = (root / "issues/2023-12-20/go-green.md").read_text("utf-8")
    assert 'credit="Мария Иванова"' in text
    assert "focus=" in text


def test_words_are_found_and_replaced_in_the_chosen_places(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    shown(entered, page, f"{ISSUE}/replacing?words=Барселона&by=Мадрид&exact=on&whole=on")
    found = page.locator(".matches li")
    count = found.count()
    assert count > 1
    found.first.locator("input").uncheck()
    page.get_by_role("button", name="Replace the chosen ones").click()
    expect(page.locator("#announcer")).to_contain_text(f"Replaced: {count - 1}")
    texts = "".join(path.read_text("utf-8") for path in (root / "issues/2023-12-20").glob("*.md"))
    assert texts.count("Мадрид") == count - 1


def test_a_setting_is_saved_in_its_line_alone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    path = root / "issues/publication.yaml"
    before = path.read_text("utf-8").splitlines()
    shown(entered, page, "/publication")
    page.get_by_label("Name (en)").first.fill("Sofia Knowledge City Cluster")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#announcer")).to_contain_text("Saved")
    after = path.read_text("utf-8").splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        next(line for line in after if "Sofia Knowledge City Cluster" in line)
    ]


def test_files_that_are_dropped_become_a_draft_whose_account_is_settled(
    browser: Browser, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_text(
        "From: maria@example.net\nTo: office@example.net\nSubject: Мостът\n"
        "Date: Mon, 2 Feb 2026 10:00:00 +0200\n"
        "Content-Type: text/plain; charset=utf-8\n\nМостът над реката е отворен за всички.\n\n"
        "-- \nМария Иванова\nтел. 02 123 45 67\n",
        "utf-8",
    )
    folder = tmp_path / "own"
    folder.mkdir()
    with studio(folder, tmp_path / "state", language="en") as running:
        context, page = running.opened(browser)
        with contextlib.closing(context):
            page.fill("#title", "Вести")
            page.fill("#publisher", "Клъстер")
            page.get_by_role("button", name="Begin").click()
            expect(page.locator("[aria-invalid=true]")).to_have_count(1)
            page.fill("#email", "office@example")
            page.get_by_role("button", name="Begin").click()
            expect(page.locator("#email-fault")).to_contain_text("is not an e-mail address")
            assert list(folder.iterdir()) == []
            page.fill("#email", "office@example.net")
            page.get_by_role("button", name="Begin").click()
            page.wait_for_url("**/issues/20*")
            ready(page)
            text = (folder / "issues/publication.yaml").read_text("utf-8")
            for written in ("title: Вести", "name: Клъстер", 'reply_to: "office@example.net"', "#0F4C64"):
                assert written in text
            page.set_input_files("#files", str(letter))
            page.wait_for_url("**/account/0")
            ready(page)
            waiting = page.locator(".findings:not(.settled) > li")
            count = waiting.count()
            assert count > 0
            placeable = waiting.filter(has=page.locator("select")).first
            words = placeable.locator(".whole").inner_text()
            placeable.locator("select").select_option(index=1)
            placeable.get_by_role("button", name="Put it there").click()
            expect(waiting).to_have_count(count - 1)
            issue = next(path for path in (folder / "issues").iterdir() if path.is_dir())
            texts = " ".join(path.read_text("utf-8") for path in issue.glob("*.md"))
            assert words.split()[0] in texts
            for _ in range(count - 1):
                waiting.first.locator("button[data-post]").click()
                expect(waiting).to_have_count(count - 2)
                count -= 1
            expect(page.locator(".good-word")).to_be_visible()

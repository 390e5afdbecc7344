"""No press, drag or word is lost to what comes meanwhile: pages, a view shown anew, a script on its way."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.processes import until
from tests.studio.running import ready, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, Route

    from tests.studio.running import Studio

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

ISSUE: Final = "/issues/2023-12-20"
PAGES: Final = re.compile(rf".*/api{ISSUE}/pages\?.*")
ARTICLES: Final = ("xd-media-hub.md", "go-green.md", "degrebe.md", "digiskill-retail.md")
LATER: Final = 150
"""Milliseconds in which a view shows what has come, if it does."""


@pytest.fixture(autouse=True)
def plan(root: Path) -> Iterator[Path]:
    path = root / ISSUE[1:] / "issue.yaml"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def order(plan: Path) -> list[str]:
    return re.findall(r"- (\S+\.md)", plan.read_text("utf-8"))


def told(count: int, *, settled: bool) -> dict[str, Any]:
    """Return pages with an article on each, as the studio tells of them."""
    numbers = range(1, count + 1)
    sheet = {"width": 210, "height": 297, "bleed": 0}
    pages = [{"number": each, "key": f"k{each}", "is_left": each % 2 == 0, **sheet} for each in numbers]
    places = [{"page": each, "path": f"{ISSUE[1:]}/{ARTICLES[each - 1]}", "line": 1} for each in numbers]
    kept = {"serial": count, "stale": False, "settled": settled, "is_given_up": False, "findings": []}
    return {"pages": pages, "places": places, **kept}


@pytest.fixture
def flatplan(entered: tuple[Studio, BrowserContext], page: Page) -> list[Route]:
    """A flatplan of two pages, and what it asks for next, held until a test answers it."""
    held: list[Route] = []

    def answer(route: Route) -> None:
        if "settle=yes" in route.request.url:
            held.append(route)
        else:
            route.fulfill(json=told(2, settled=False))

    page.route(PAGES, answer)
    page.route(f"**/api{ISSUE}/pages/*", lambda route: route.abort())
    with page.expect_request(re.compile(r".*settle=yes.*")):
        shown(entered, page, f"{ISSUE}/pages")
    expect(page.locator("[data-article='go-green.md']")).to_be_visible()
    return held


def waits(page: Page, held: list[Route]) -> Route:
    """Return what a view asked for, once it did."""
    until(lambda: not page.wait_for_timeout(20) and bool(held))  # type: ignore[func-returns-value]
    return held.pop()


def box_of(shown_there: Locator) -> FloatRect:
    shown_there.scroll_into_view_if_needed()
    box = shown_there.bounding_box()
    assert box is not None
    return box


def come(page: Page, held: list[Route], count: int = 3) -> None:
    """Let other pages come, and the time to show them."""
    waits(page, held).fulfill(json=told(count, settled=True))
    page.wait_for_timeout(LATER)


@pytest.mark.parametrize("moment", ["pressed", "dragged", "over its goal"])
def test_an_article_is_dragged_though_pages_come_meanwhile_which_are_shown_after(
    page: Page, flatplan: list[Route], moment: str
) -> None:
    goal = box_of(page.locator("[data-article='xd-media-hub.md']"))
    from_there = box_of(page.locator("[data-article='go-green.md']"))
    page.mouse.move(from_there["x"] + 20, from_there["y"] + 10)
    page.mouse.down()
    if moment == "pressed":
        come(page, flatplan)
    page.mouse.move(goal["x"] + 30, goal["y"] + 8)
    if moment == "dragged":
        come(page, flatplan)
    page.mouse.move(goal["x"] + 20, goal["y"] + 3)
    page.mouse.move(goal["x"] + 20, goal["y"] + 2)
    if moment == "over its goal":
        come(page, flatplan)
    page.mouse.up()
    expect(page.locator("[data-pending]")).to_contain_text("place 1 of 4 in “Проекти в изпълнение”")
    expect(page.locator("[data-made-note]")).to_contain_text("3")
    expect(page.locator("[data-article='degrebe.md']")).to_be_visible()


def test_an_article_on_the_flatplan_is_chosen_though_pages_come_while_it_is_pressed(
    page: Page, flatplan: list[Route]
) -> None:
    chip = box_of(page.locator("[data-article='go-green.md']"))
    page.mouse.move(chip["x"] + 20, chip["y"] + 10)
    page.mouse.down()
    come(page, flatplan)
    page.mouse.up()
    expect(page.locator("[data-fields]")).to_be_visible()
    expect(page.locator("[data-made-note]")).to_contain_text("3")


def test_that_pages_are_being_filled_moves_nothing_under_the_pointer(
    page: Page, flatplan: list[Route]
) -> None:
    chip = page.locator("[data-article='go-green.md']")
    filling = page.locator("[data-filling]")
    expect(filling).to_be_visible()
    before = chip.bounding_box()
    come(page, flatplan, 2)
    expect(filling).to_be_hidden()
    assert chip.bounding_box() == before


def test_steps_that_are_taken_back_faster_than_the_studio_answers_are_all_taken_back(
    page: Page, flatplan: list[Route], plan: Path
) -> None:
    assert flatplan
    before = plan.read_bytes()
    for _ in range(2):
        page.locator("[data-article='xd-media-hub.md']").focus()
        page.keyboard.press("Alt+ArrowDown")
        page.keyboard.press("Alt+Enter")
        expect(page.locator("[data-outcome]")).to_be_hidden()
    assert order(plan)[2] == "xd-media-hub.md"
    held: list[Route] = []
    page.route("**/undo", lambda route: held.append(route))  # noqa: PLW0108 - the library looks into it
    page.keyboard.press("Control+z")
    first = waits(page, held)
    page.keyboard.press("Control+z")
    first.continue_()
    with page.expect_response("**/undo"):
        waits(page, held).continue_()
    expect(page.get_by_role("button", name="Undo", exact=True).first).to_be_disabled()
    assert plan.read_bytes() == before


def test_what_is_chosen_stays_and_that_it_is_not_saved_is_said_where_the_studio_does_not_answer(
    page: Page, flatplan: list[Route], plan: Path
) -> None:
    assert flatplan
    before = plan.read_bytes()
    page.locator("[data-article='xd-media-hub.md']").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.route(f"**{ISSUE}/pages", lambda route: route.abort())
    page.locator("[data-save]").click()
    expect(page.locator("[data-refused]").first).to_be_visible()
    expect(page.locator("[data-pending] li")).to_have_count(1)
    page.unroute(f"**{ISSUE}/pages")
    page.locator("[data-save]").click()
    expect(page.locator("#announcer")).to_have_text("Saved")
    expect(page.locator("[data-refused]").first).to_be_hidden()
    assert plan.read_bytes() != before


def dragged_up(page: Page) -> tuple[Locator, FloatRect]:
    """Begin to drag the second article over the first one."""
    second = page.locator(".article").nth(1)
    start, goal = box_of(second.locator(".grip")), box_of(page.locator(".article").first)
    page.mouse.move(start["x"] + 2, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(goal["x"] + 40, goal["y"] + 6)
    page.mouse.move(goal["x"] + 40, goal["y"] + 2)
    return page.locator(".dragged"), goal


def test_an_article_is_dragged_in_the_list_though_the_view_is_shown_anew_meanwhile(
    entered: tuple[Studio, BrowserContext], page: Page, plan: Path
) -> None:
    shown(entered, page, ISSUE)
    before = order(plan)
    dragged_up(page)
    with page.expect_response(lambda answer: answer.url.endswith(ISSUE)):
        page.evaluate("() => { import('/static/studio.js').then(({ studio }) => studio.refresh()); }")
    page.wait_for_timeout(LATER)
    page.mouse.up()
    expect(page.locator("#announcer")).to_contain_text("place 1 of 4")
    assert order(plan)[:2] == [before[1], before[0]]


def test_a_drag_that_is_given_up_changes_nothing(
    entered: tuple[Studio, BrowserContext], page: Page, plan: Path
) -> None:
    shown(entered, page, ISSUE)
    before = plan.read_bytes()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    dragged, _ = dragged_up(page)
    expect(dragged).to_have_count(1)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(dragged).to_have_count(0)
    page.wait_for_timeout(LATER)
    shown_order = [each.get_attribute("data-article") for each in page.locator("[data-article]").all()]
    assert shown_order == order(plan)
    assert sent == []
    assert plan.read_bytes() == before


@pytest.mark.parametrize("by", ["buttons", "keys"])
def test_an_article_moves_as_often_as_is_pressed_however_long_saving_takes(
    entered: tuple[Studio, BrowserContext], page: Page, plan: Path, by: str
) -> None:
    shown(entered, page, ISSUE)
    before = order(plan)
    held: list[Route] = []
    page.route(f"**{ISSUE}/plan", lambda route: held.append(route))  # noqa: PLW0108 - the library looks into it
    down = page.locator(f"[data-article='{before[0]}'] [data-move='1']")
    down.focus()

    def press() -> None:
        if by == "keys":
            page.keyboard.press("Alt+ArrowDown")
        else:
            down.click()

    press()
    first = waits(page, held)
    press()
    first.continue_()
    waits(page, held).continue_()
    expect(page.locator("#announcer")).to_contain_text("place 3 of 4")
    assert order(plan)[:3] == [before[1], before[2], before[0]]
    expect(down).to_be_focused()


def test_nothing_can_be_dragged_before_it_would_go_anywhere(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    held: list[Route] = []
    page.route("**/static/plan.js", lambda route: held.append(route))  # noqa: PLW0108 - the library looks into it
    with page.expect_request("**/static/plan.js"):
        page.goto(f"{entered[0].base}{ISSUE}")
    expect(page.locator(".article").first).to_be_visible()
    assert page.locator("[draggable=true]").count() == 0
    waits(page, held).continue_()
    ready(page)
    assert page.locator("[draggable=true]").count() == page.locator("[data-article]").count() > 0


def test_what_is_typed_and_pressed_by_keys_before_a_view_is_ready_is_saved(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path, plan: Path
) -> None:
    held: list[Route] = []
    for script, path in (("contact", f"{ISSUE}/pictures"), ("plan", ISSUE)):
        page.route(f"**/static/{script}.js", lambda route: held.append(route))  # noqa: PLW0108 - as above
        with page.expect_request(f"**/static/{script}.js"):
            page.goto(f"{entered[0].base}{path}")
        if script == "contact":
            page.locator("[name=caption]").first.fill("Написано рано")
        else:
            before = order(plan)
            page.locator(".article a").first.focus()
            page.keyboard.press("Alt+ArrowDown")
        waits(page, held).continue_()
        ready(page)
        if script == "contact":
            expect(page.locator("[data-state]").first).to_have_text("Saved")
            texts = [each.read_text("utf-8") for each in (root / ISSUE[1:]).glob("*.md")]
            assert sum("Написано рано" in each for each in texts) == 1
        else:
            expect(page.locator("#announcer")).to_contain_text("place 2 of 4")
            assert order(plan)[:2] == [before[1], before[0]]


def test_what_is_said_of_a_picture_is_saved_though_the_view_is_left_at_once(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    shown(entered, page, f"{ISSUE}/pictures")
    page.locator("[name=caption]").first.fill("Напът навън")
    page.get_by_role("link", name="Contents").click()
    page.wait_for_url(f"**{ISSUE}")
    until(lambda: any("Напът навън" in each.read_text("utf-8") for each in (root / ISSUE[1:]).glob("*.md")))


def test_what_is_said_of_a_picture_is_tried_again_where_the_studio_does_not_answer(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    shown(entered, page, f"{ISSUE}/pictures")
    state = page.locator("[data-state]").first
    page.route(f"**{ISSUE}/pictures", lambda route: route.abort())
    page.locator("[name=caption]").first.fill("Без отговор")
    expect(state).to_have_text("Not saved")
    page.unroute(f"**{ISSUE}/pictures")
    expect(state).to_have_text("Saved")
    assert any("Без отговор" in each.read_text("utf-8") for each in (root / ISSUE[1:]).glob("*.md"))


def test_a_flatplan_goes_on_following_the_files_though_the_studio_did_not_answer_once(
    page: Page, flatplan: list[Route], plan: Path
) -> None:
    assert flatplan
    asked: list[str] = []

    def fail_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    page.route(f"**/api{ISSUE}/plan", fail_once)
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("      - go-green.md\n", ""), "utf-8")
    until(lambda: not page.wait_for_timeout(50) and bool(asked))  # type: ignore[func-returns-value]
    plan.write_text(text.replace("      - xd-media-hub.md\n", ""), "utf-8")
    expect(page.locator("[data-article='xd-media-hub.md']")).to_have_count(0)
    expect(page.locator("[data-article='go-green.md']")).to_have_count(1)

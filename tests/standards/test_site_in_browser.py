"""The site in a real browser: accessibility, dark mode, a telephone, keyboard use, search."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from pipeline.desk.archive.site_publishing import publish
from tests.standards.browsing import CHROMIUM, chromium
from tests.support.sites import CORRECTED, archive_of_issues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

AXE: Final = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PAGES: Final = ("index.html", f"{CORRECTED}/index.html", "2023-06-30/index.html", "en/index.html")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("browsed")
    publish(archive_of_issues(root / "archive"), root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    contexts = []

    def at(name: str, width: int = 1280, **wishes: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **wishes)
        contexts.append(context)
        page = context.new_page()
        page.goto((site / name).as_uri())
        return page

    yield at
    for context in contexts:
        context.close()


def violations(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('img').forEach((picture) => { picture.loading = 'eager' })")
    page.add_script_tag(path=AXE)
    report = page.evaluate("axe.run(document)")
    assert len(report["passes"]) > 15
    return [f"{each['id']}: {node['html'][:120]}" for each in report["violations"] for node in each["nodes"]]


def violations_in_every_light(page: Page) -> dict[str, list[str]]:
    found = {}
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if each := violations(page):
            found[f"{scheme} {width}"] = each
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation_in_light_and_dark_mode_or_on_a_telephone(
    opened: Callable[..., Page], name: str
) -> None:
    assert violations_in_every_light(opened(name, bypass_csp=True)) == {}


def test_axe_finds_no_violation_in_search_results(opened: Callable[..., Page]) -> None:
    page = opened("index.html", bypass_csp=True)
    page.fill("#words", "проект")
    page.wait_for_selector(".found li")
    assert violations_in_every_light(page) == {}


def test_axe_finds_a_picture_without_alternative_text(opened: Callable[..., Page]) -> None:
    page = opened(f"{CORRECTED}/index.html", bypass_csp=True)
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    assert any(found.startswith("image-alt") for found in violations(page))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_policy_violations_missing_files_or_foreign_requests(
    browser: Browser, site: Path, name: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    report: list[str] = []
    requested: list[str] = []
    page.on("console", lambda message: report.append(message.text))
    page.on("pageerror", lambda fault: report.append(str(fault)))
    page.on("request", lambda request: requested.append(request.url))
    page.on("requestfailed", lambda request: report.append(request.url))
    page.goto((site / name).as_uri(), wait_until="load")
    page.evaluate("document.querySelectorAll('img').forEach((picture) => { picture.loading = 'eager' })")
    page.evaluate("Promise.all(Array.from(document.images).map((picture) => picture.decode())).then(() => 1)")
    widths = page.evaluate("Array.from(document.images).map((each) => each.naturalWidth)")
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate(
        "Array.from(document.fonts).filter((face) => face.status === 'loaded').map((face) => face.family)"
    )
    context.close()
    assert report == []
    assert all(widths)
    assert len(requested) > 3
    assert all(address.startswith(site.as_uri()) for address in requested)
    assert any("Sofia Sans" in family for family in loaded)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(opened: Callable[..., Page], name: str) -> None:
    page = opened(name)
    for width in (320, 360, 700, 900, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_telephone_the_facts_are_above_the_text(opened: Callable[..., Page]) -> None:
    page = opened(f"{CORRECTED}/index.html", 360)
    card, text = (page.locator(f"#article-bridge {part}").first.bounding_box() for part in (".card", ".body"))
    assert card is not None
    assert text is not None
    assert card["y"] + card["height"] <= text["y"]
    assert abs(card["x"] - text["x"]) < 1


def test_on_a_wide_screen_the_facts_are_beside_the_text(opened: Callable[..., Page]) -> None:
    page = opened(f"{CORRECTED}/index.html", 1280)
    card, text = (page.locator(f"#article-bridge {part}").first.bounding_box() for part in (".card", ".body"))
    assert card is not None
    assert text is not None
    assert card["x"] + card["width"] < text["x"]
    assert card["y"] < text["y"] + 40


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_everything_in_the_order_of_the_page(
    opened: Callable[..., Page], name: str
) -> None:
    page = opened(name)
    expected = page.evaluate(
        """Array.from(document.querySelectorAll('a[href], button, input, [tabindex="0"]'))
        .filter((each) => each.tabIndex >= 0 && each.checkVisibility())
        .map((each, at) => { each.dataset.at = at; return at })"""
    )
    assert len(expected) > 10
    reached = []
    for _ in expected:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("Number(document.activeElement.dataset.at)"))
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen == "solid"
    assert reached == expected


def test_the_first_link_skips_the_page_header(opened: Callable[..., Page]) -> None:
    page = opened(f"{CORRECTED}/index.html")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("(each) => each === document.activeElement")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_note_references_and_notes_link_to_each_other(opened: Callable[..., Page]) -> None:
    page = opened(f"{CORRECTED}/index.html")
    page.locator("a.again").nth(1).click()
    expect(page.locator(":target")).to_have_id("article-bridge-note-1")
    page.locator("#article-bridge-note-1 .back").nth(1).click()
    expect(page.locator(":target")).to_have_id("article-bridge-call-1-2")


def test_the_search_finds_a_word_in_any_of_its_forms(opened: Callable[..., Page]) -> None:
    page = opened("index.html")
    for typed, title in (
        ("мост", "Мост"),
        ("мостът", "Мост"),
        ("МОСТОВЕТЕ", "Мост"),
        ("община", "Втори проект"),
        ("клъстера", "Втори проект"),
        ("енергия", "Втори проект"),
        ("енергѝята", "Втори проект"),
        ("планове", "План"),
    ):
        page.fill("#words", "")
        expect(page.locator(".found li")).to_have_count(0)
        page.fill("#words", typed)
        expect(page.locator(".found .head", has_text=title).first).to_be_visible()
        assert page.locator(".found mark").count() > 0


def test_a_search_result_links_to_its_article_and_back_restores_the_results(
    opened: Callable[..., Page],
) -> None:
    page = opened("index.html")
    page.fill("#words", "план")
    page.wait_for_selector(".found li")
    page.locator(".found a", has_text="План").first.click()
    page.wait_for_url("**#article-plan")
    assert page.locator("#article-plan h3").is_visible()
    page.go_back()
    page.wait_for_selector(".found li")
    assert page.input_value("#words") == "план"


def test_all_words_must_match_and_no_match_is_reported(opened: Callable[..., Page]) -> None:
    page = opened("index.html")
    page.fill("#words", "енергията община")
    page.wait_for_selector(".found li")
    page.fill("#words", "енергията хипопотам")
    expect(page.locator(".found li")).to_have_count(0)
    expect(page.locator("#search .told")).not_to_be_empty()


def test_a_query_is_never_markup(opened: Callable[..., Page]) -> None:
    page = opened("index.html")
    for typed in ("<img src=x>", '"', "constructor", "__proto__", "***", "%"):
        page.fill("#words", "")
        expect(page.locator("#search .told")).to_be_empty()
        page.fill("#words", typed)
        expect(page.locator("#search .told")).not_to_be_empty()
        assert page.locator(".found img").count() == 0
        assert page.locator(".found li").count() == 0


def test_without_javascript_everything_but_the_search_works(opened: Callable[..., Page]) -> None:
    page = opened("index.html", java_script_enabled=False)
    assert not page.locator("#search").is_visible()
    assert page.locator("noscript p").is_visible()
    assert page.locator("article.past").count() == 3
    page.locator("article.past h2 a").first.click()
    page.wait_for_url(f"**/{CORRECTED}/index.html")
    assert page.locator("#article-bridge .body").is_visible()
    page.locator(".contents a", has_text="План").click()
    page.wait_for_url("**#article-plan")
    page.locator(".languages a").click()
    page.wait_for_url("**/en/index.html")
    page.locator(".band .publisher a").click()
    page.wait_for_url("**/en/index.html")
    assert page.locator("article.past").count() == 3


def test_controls_are_not_printed(opened: Callable[..., Page]) -> None:
    page = opened(f"{CORRECTED}/index.html")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".skip", ".languages", ".files", ".turn", ".back"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"

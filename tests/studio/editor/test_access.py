"""Everything is reached by keyboard and told to screen readers, in light and dark, on desk and telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.standards.test_site_in_browser import violations
from tests.studio.editor.conftest import Writing
from tests.studio.editor.test_checking import WRONG, finding
from tests.studio.editor.test_typing import paragraph
from tests.studio.editor.test_writing import FIGURE, call, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ITEM: Final = {"type": "list_item", "content": [paragraph("точка")]}
WHOLE: Final[tuple[dict[str, Any], ...]] = (
    {"type": "heading", "attrs": {"id": "0", "level": 2}, "content": [{"type": "text", "text": "Глава"}]},
    paragraph("едно ", call("x"), f" {WRONG}", name="1"),
    {"type": "ordered_list", "attrs": {"id": "2", "order": 3}, "content": [ITEM, ITEM]},
    {
        "type": "table",
        "attrs": {"id": "3"},
        "content": [
            {
                "type": "table_row",
                "content": [{"type": kind, "content": [{"type": "text", "text": "клетка"}]}] * 4,
            }
            for kind in ("table_header", "table_cell")
        ],
    },
    FIGURE,
    {"type": "figure", "attrs": {"id": "5", "source": "images/b.jpg"}},
    {"type": "page_break"},
    {"type": "horizontal_rule"},
    {"type": "source", "content": [{"type": "text", "text": "<div>"}]},
    {"type": "code_block", "content": [{"type": "text", "text": "a b"}]},
)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[1280, 360])
def shown(browser: Browser, address: str, scheme: str, request: pytest.FixtureRequest) -> Iterator[Writing]:
    """Return the editor with a document of all there is, in one light and at one width."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=request.param == 360,
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(address)
    writing = Writing(page, [])
    writing.start(*WHOLE, notes=[note("x", "Бележка.")], spelling=True)
    found = [finding(block="1", words="едно", fix=True), finding(id="f2", block="3", severity="error")]
    page.evaluate("(list) => editor.setFindings(list)", found)
    page.wait_for_selector(".be-misspelt")
    yield writing
    context.close()


def test_axe_finds_no_violation_and_nothing_runs_over_the_edge(shown: Writing) -> None:
    page = shown.page
    page.evaluate("document.querySelectorAll('summary').forEach((each) => each.click())")
    shown.press("F8")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.press("Escape")
    page.evaluate("editor.select('3')")
    page.evaluate("editor.find('е')")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.press("Escape", "F7")
    assert violations(page) == []
    shown.press("Escape", "Control+k")
    assert violations(page) == []


def test_targets_of_fingers_are_large_enough(shown: Writing) -> None:
    shown.page.evaluate("document.querySelectorAll('summary').forEach((each) => each.click())")
    small = shown.page.evaluate(
        """[...document.querySelectorAll('.bulletin-editor :is(button, input, select, summary)')]
        .filter((each) => each.checkVisibility() && !each.closest('.be-hidden-file'))
        .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_the_toolbar_is_one_stop_and_arrows_go_through_it(writing: Writing) -> None:
    writing.page.locator("#before").focus()
    writing.press("Tab")
    assert writing.page.evaluate("document.activeElement.dataset.tool") == "undo"
    tools = writing.page.locator("[role=toolbar]").first.locator("button")
    reached = []
    for _ in range(tools.count()):
        reached.append(writing.page.evaluate("document.activeElement.dataset.tool"))
        assert writing.page.evaluate("document.activeElement.matches(':focus-visible')")
        writing.press("ArrowRight")
    assert reached == tools.evaluate_all("(all) => all.map((each) => each.dataset.tool)")
    writing.press("End")
    assert writing.page.evaluate("document.activeElement.dataset.tool") == "nextFinding"
    writing.press("Home", "ArrowRight", "Tab")
    assert writing.page.evaluate("document.activeElement.classList.contains('ProseMirror')")
    writing.press("Alt+F10")
    assert writing.page.evaluate("document.activeElement.dataset.tool") == "redo"


def test_every_button_has_a_name_and_says_whether_it_is_pressed(writing: Writing) -> None:
    writing.start(*WHOLE, notes=[note("x", "Бележка.")])
    nameless = writing.page.evaluate(
        """[...document.querySelectorAll('.bulletin-editor button')]
        .filter((each) => !(each.getAttribute('aria-label') ?? each.textContent).trim()).length"""
    )
    assert nameless == 0
    writing.page.evaluate("editor.select('2')")
    assert writing.page.locator("[data-tool=orderedList]").get_attribute("aria-pressed") == "true"
    assert writing.page.locator("[data-tool=table]").get_attribute("aria-disabled") == "false"


@pytest.mark.parametrize("where", ["2", "3"])
def test_tab_leaves_the_text_after_escape_and_never_holds_one(writing: Writing, where: str) -> None:
    writing.start(*WHOLE, paragraph("край"), notes=[note("x", "Бележка.")])
    writing.page.evaluate("(id) => editor.select(id)", where)
    before = writing.document()
    writing.press("Escape")
    for _ in range(60):
        writing.press("Tab")
        if writing.page.evaluate("document.activeElement.id") == "after":
            break
    assert writing.page.evaluate("document.activeElement.id") == "after"
    assert writing.document() == before


def test_the_text_has_a_role_a_name_a_language_and_its_keys_are_told(writing: Writing) -> None:
    text = writing.page.locator(".ProseMirror")
    assert text.get_attribute("role") == "textbox"
    assert text.get_attribute("aria-label") == "Текст на материала"
    assert text.get_attribute("lang") == "bg"
    hint = writing.page.locator(f"#{text.get_attribute('aria-describedby')}").inner_text()
    assert "Alt+F10" in hint
    assert writing.page.locator(".be-status").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_all_words_are_those_of_one_language(writing: Writing, language: str) -> None:
    writing.open({"type": "doc", "content": list(WHOLE), "notes": [note("x", "Б.")]}, language=language)
    shown = writing.page.evaluate(
        """[...document.querySelectorAll('.bulletin-editor :is(button, label, option)')]
        .map((each) => each.getAttribute('aria-label') ?? each.textContent)"""
    )
    cyrillic = [text for text in shown if any("а" <= letter.lower() <= "я" for letter in text)]
    assert (cyrillic == []) == (language == "en")
    assert all(" " in text or text[:1].upper() == text[:1] for text in shown), shown

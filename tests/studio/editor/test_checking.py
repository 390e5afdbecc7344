"""Spelling and findings stand at their words, with what mends them; outside changes keep the caret there."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.studio.editor.conftest import Writing
from tests.studio.editor.test_typing import names, paragraph
from tests.studio.editor.test_writing import call, note

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WRONG = "гррешщщка"


def finding(**values: Any) -> dict[str, Any]:
    plain = {"id": "f1", "block": "0", "start": None, "end": None, "severity": "warning"}
    return plain | {"message": "съобщение", "remedy": "поправка", "fix": False} | values


# spelling


def test_a_misspelt_word_is_underlined_and_corrected_from_a_menu_by_keys(writing: Writing) -> None:
    writing.start(
        paragraph("😀 Тук е ", call("x"), f"{WRONG}."), notes=[note("x", "И тук щщ")], spelling=True
    )
    writing.page.wait_for_selector(".be-misspelt")
    assert writing.page.locator(".be-misspelt").all_inner_texts() == [WRONG, "щщ"]
    writing.press("F7")
    assert writing.told() == "Думи извън речника: 2"
    menu = writing.page.get_by_role("menu")
    assert menu.get_by_role("menuitem").all_inner_texts() == ["гррешщка", "друга", "Вярно е така"]
    writing.press("ArrowDown", "Enter")
    assert writing.blocks() == ["😀 Тук е <x>друга."]
    assert menu.count() == 0
    writing.type("!")
    assert writing.blocks() == ["😀 Тук е <x>друга!."]


def test_a_word_that_is_right_as_it_is_stays_so(writing: Writing) -> None:
    writing.start(paragraph(f"{WRONG} и {WRONG}"), spelling=True)
    writing.page.wait_for_selector(".be-misspelt")
    writing.press("F7", "End", "Enter")
    assert writing.page.locator(".be-misspelt").count() == 0
    writing.press("F7")
    assert writing.told() == "Няма правописни грешки."


def test_a_word_that_is_being_typed_is_not_underlined_before_one_rests(
    browser: Browser, address: str
) -> None:
    with contextlib.closing(browser.new_page()) as page:
        # One rests when the clock of the page says so, however fast the machine is.
        page.clock.install(time=0)
        page.goto(address)
        writing = Writing(page, [])
        writing.start(paragraph(f"преди {WRONG} и"), spelling=True)
        page.wait_for_selector(".be-misspelt")
        page.clock.pause_at(3_600_000)
        writing.press("Control+End")
        writing.type(f" {WRONG}")
        expect(page.locator(".be-misspelt")).to_have_count(1)
        page.clock.run_for(3_000)
        expect(page.locator(".be-misspelt")).to_have_count(2)


def test_nobody_is_told_that_all_is_right_before_it_was_looked_up(browser: Browser, address: str) -> None:
    with contextlib.closing(browser.new_page()) as page:
        # By the clock of the page no time goes by after the word was typed.
        page.clock.install(time=0)
        page.goto(address)
        writing = Writing(page, [])
        writing.start(paragraph("преди"), spelling=True)
        page.clock.pause_at(3_600_000)
        writing.press("Control+End")
        writing.type(f" {WRONG}")
        writing.press("F7")
        expect(page.get_by_role("menu").get_by_role("menuitem").first).to_have_text("гррешщка")
        assert writing.told() == "Думи извън речника: 1"


def test_code_is_not_looked_up(writing: Writing) -> None:
    code = {"type": "text", "text": "щщ", "marks": [{"type": "code"}]}
    writing.start(paragraph(code, " ", WRONG), spelling=True)
    writing.page.wait_for_selector(".be-misspelt")
    assert writing.page.locator(".be-misspelt").all_inner_texts() == [WRONG]


# findings


def test_a_finding_stands_at_its_words_and_in_a_card_with_what_to_do(writing: Writing) -> None:
    writing.start(paragraph("😀 на 16 ноември", name="0"), paragraph("две", name="1"))
    found = [
        finding(start=5, end=7, fix=True, accept=True),
        finding(id="f2", block="1", severity="error", message="грешка тук"),
    ]
    writing.page.evaluate("(list) => editor.setFindings(list)", found)
    assert writing.page.locator(".be-finding").all_inner_texts() == ["16"]
    assert writing.page.locator(".be-finding-block.be-error").inner_text() == "две"
    marks = writing.page.locator(".be-mark")
    assert marks.nth(0).get_attribute("aria-label") == "Предупреждения тук: 1"
    assert marks.nth(1).get_attribute("aria-label") == "Грешки и предупреждения тук: 1"
    writing.press("F8")
    card = writing.page.locator(".be-card")
    assert card.locator("p").all_inner_texts() == ["Предупреждение: съобщение", "поправка"]
    assert writing.page.evaluate("document.activeElement.textContent") == "Поправяне"
    writing.press("Enter")
    assert writing.page.evaluate("asked.at(-1)") == {"mend": "f1"}
    writing.press("F8", "Escape")
    assert card.count() == 0
    writing.press("F8", "F8")
    assert card.locator("p").first.inner_text() == "Грешка: грешка тук"
    writing.page.get_by_role("button", name="Защо?").click()
    assert writing.page.evaluate("asked.at(-1)") == {"explain": "f2"}


def test_a_mend_that_is_known_is_done_in_the_text_and_undone(writing: Writing) -> None:
    writing.start(paragraph("цена 5 лв и", name="0"))
    fix = {"text": "лв."}
    writing.page.evaluate("(list) => editor.setFindings(list)", [finding(words="лв", fix=fix)])
    writing.press("F8", "Enter")
    assert writing.blocks() == ["цена 5 лв. и"]
    writing.press("Control+z")
    assert writing.blocks() == ["цена 5 лв и"]


def test_words_that_stand_in_no_text_of_the_block_have_no_button_that_would_fail(writing: Writing) -> None:
    """Those of a caption, for one: the remedy says what is meant, and it is typed there."""
    writing.start(paragraph("цена 5 лв и", name="0"))
    fix = {"text": "седем"}
    one = finding(words="сeдем", remedy="седем", fix=fix, accept=True)
    writing.page.evaluate("(list) => editor.setFindings(list)", [one])
    writing.press("F8")
    assert writing.page.get_by_role("button", name="Поправяне").count() == 0
    assert writing.page.get_by_role("button", name="Нека остане така").count() == 1


def test_a_finding_follows_its_words_and_goes_with_them(writing: Writing) -> None:
    writing.start(paragraph("едно две три", name="0"))
    writing.page.evaluate("(list) => editor.setFindings(list)", [finding(start=5, end=8)])
    writing.press("Control+Home")
    writing.type("нула ")
    assert writing.page.locator(".be-finding").all_inner_texts() == ["две"]
    writing.press("Control+a")
    writing.type("друго")
    assert writing.page.locator(".be-finding").count() == 0


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"block": "note:x", "start": 0, "end": 3}, ["Бел"]),
        ({"block": "1", "words": "точка"}, ["точка"]),
        ({"block": "1", "start": 4, "end": 900}, ["точка"]),
        ({"block": "7"}, []),
        ({"block": None}, []),
    ],
)
def test_a_finding_has_its_place_anywhere(writing: Writing, place: dict[str, Any], shown: list[str]) -> None:
    items = [{"type": "list_item", "content": [paragraph(each)]} for each in ("две", "точка")]
    ul = {"type": "bullet_list", "attrs": {"id": "1"}, "content": items}
    writing.start(paragraph("едно", call("x"), name="0"), ul, notes=[note("x", "Бележка")])
    writing.page.evaluate("(list) => editor.setFindings(list)", [finding(**place)])
    assert writing.page.locator(".be-finding").all_inner_texts() == shown


# changes from outside


def test_a_change_from_outside_leaves_the_caret_at_its_words(writing: Writing) -> None:
    writing.start(paragraph("Първи абзац.", name="0"), paragraph("Вторият абзац е тук.", name="1"))
    writing.page.evaluate("editor.select('1', 15)")
    writing.type("|")
    assert writing.blocks()[1] == "Вторият абзац е| тук."
    writing.press("Backspace")
    other = {
        "type": "doc",
        "content": [
            paragraph("Съвсем нов абзац.", name="0"),
            paragraph("Първият абзац, сменен.", name="1"),
            paragraph("И вторият абзац е чак тук.", name="2"),
        ],
        "notes": [],
    }
    writing.page.evaluate("(json) => editor.replace(json, true)", other)
    assert names(writing) == ["0", "1", "2"]
    writing.type("|")
    assert writing.blocks() == ["Съвсем нов абзац.", "Първият абзац, сменен.", "И вторият абзац е| чак тук."]


def test_undo_takes_back_what_one_wrote_and_not_what_came_from_outside(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"))
    writing.page.evaluate("editor.select('1')")
    writing.press("End")
    # As one step: what is typed slowly is undone in several.
    writing.page.keyboard.insert_text(" мое")
    other = {
        "type": "doc",
        "content": [paragraph("чуждо", name="0"), paragraph("две мое", name="1")],
        "notes": [],
    }
    writing.page.evaluate("(json) => editor.replace(json, true)", other)
    writing.press("Control+z")
    assert writing.blocks() == ["чуждо", "две"]


def test_names_are_renewed_after_saving_without_a_change_of_the_text(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"), notes=[])
    writing.press("Control+End", "Enter")
    writing.type("три")
    saved = writing.document()
    for number, block in enumerate(saved["content"]):
        block["attrs"]["id"] = str(number)
    writing.page.evaluate("(json) => editor.replace(json, true)", saved)
    assert names(writing) == ["0", "1", "2"]
    writing.type("!")
    assert writing.blocks() == ["едно", "две", "три!"]


def test_what_was_written_while_saving_stays(writing: Writing) -> None:
    """The answer to a save is of the document that was sent: later words are not overwritten by it."""
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"), paragraph("три", name="2"))
    writing.page.evaluate("editor.select('1', 3)")
    writing.type(" мое")
    sent = writing.document()
    answer = writing.document()
    answer["content"].insert(0, paragraph("отвън", name="x"))
    answer["content"][3]["content"][0]["text"] = "три отвън"
    for number, block in enumerate(answer["content"]):
        block["attrs"]["id"] = str(number)
    writing.type(" после")
    writing.press("Enter")
    writing.type("нов")
    writing.page.evaluate("([json, base]) => editor.replace(json, true, base)", [answer, sent])
    assert writing.blocks() == ["отвън", "едно", "две мое после", "нов", "три отвън"]
    assert names(writing) == ["0", "1", "2", None, "3"]
    writing.type("!")
    assert writing.blocks()[3] == "нов!"


def test_any_document_may_take_the_place_of_any_other(writing: Writing) -> None:
    first = {"type": "doc", "content": [paragraph("а", call("x"), name="0")], "notes": [note("x", "Б.")]}
    second = {
        "type": "doc",
        "content": [
            {"type": "heading", "attrs": {"id": "0", "level": 3}, "content": [{"type": "text", "text": "а"}]},
            paragraph("в", call("y"), call("x"), name="1"),
        ],
        "notes": [note("y", "Нова."), note("x", "Б., сменена.")],
    }
    writing.open(first)
    writing.page.evaluate("(json) => editor.replace(json, true)", second)
    assert writing.blocks() == [{"h3": "а"}, "в<y><x>"]
    assert writing.notes() == {"y": "Нова.", "x": "Б., сменена."}
    writing.page.evaluate("(json) => editor.replace(json, false)", first)
    assert writing.blocks() == ["а<x>"]
    assert writing.notes() == {"x": "Б."}


def test_a_click_on_the_page_puts_the_caret_there(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две три", name="1"))
    assert writing.page.evaluate("editor.select('1', 4)") is True
    writing.type("и ")
    assert writing.blocks() == ["едно", "две и три"]
    assert writing.page.evaluate("editor.select('9')") is False
    writing.page.evaluate("editor.selectIndex(0)")
    assert writing.page.evaluate("editor.place()") == {"block": "0", "index": 0, "offset": 0}


def test_a_place_is_in_sight_when_one_comes_to_it_from_elsewhere(writing: Writing) -> None:
    writing.start(*(paragraph(f"абзац {number}", name=str(number)) for number in range(120)))
    page = writing.page
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    assert page.evaluate("editor.select('90')") is True
    assert in_sight(writing, "абзац 90")
    writing.press("Control+f")
    page.keyboard.type("абзац 11")
    writing.press("Enter")
    # The field of what is sought keeps the focus.
    assert page.evaluate("document.activeElement.type") == "search"
    assert in_sight(writing, "абзац 110")


def in_sight(writing: Writing, words: str) -> bool:
    """Return whether a paragraph stands within the window, below the buttons."""
    box = writing.page.locator(".ProseMirror > p", has_text=re.compile(f"^{words}$")).bounding_box()
    assert box is not None
    return 60 < box["y"] < 860

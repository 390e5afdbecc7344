"""Notes, tables, pictures and links are written by buttons and keys; typography is set as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.studio.editor.test_typing import paragraph

if TYPE_CHECKING:
    from tests.studio.editor.conftest import Writing


def note(label: str, words: str) -> dict[str, Any]:
    return {"type": "note", "attrs": {"label": label}, "content": [{"type": "text", "text": words}]}


def call(label: str) -> dict[str, Any]:
    return {"type": "note_call", "attrs": {"label": label}}


# typography


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ('Той каза "да" и тръгна', "Той каза „да“ и тръгна"),
        ('("скоби")', "(„скоби“)"),
        ("София - столица", "София – столица"),
        ("София -- столица", "София – столица"),
        ("по-добра", "по-добра"),
        ("- ред", "- ред"),
        ("и така...", "и така…"),
        ("---", "–-"),
        ('монитор 24" е', 'монитор 24" е'),
    ],
)
def test_typography_is_set_as_one_types(writing: Writing, typed: str, set_as: str) -> None:
    writing.type(typed)
    assert writing.blocks() == [set_as]


@pytest.mark.parametrize(
    ("language", "set_as"), [("en", "“а”"), ("ru", "«а»"), ("bg-BG", "„а“"), ("ja", '"а"')]
)
def test_quotes_are_those_of_the_text_s_language(writing: Writing, language: str, set_as: str) -> None:
    writing.page.evaluate(
        "(language) => start({document: {type: 'doc', content: [], notes: []}, strings: {}, language})",
        language,
    )
    writing.page.evaluate("editor.focus()")
    writing.type('"а"')
    assert writing.blocks() == [set_as]


def test_one_undo_directly_after_gives_the_typed_sign_back(writing: Writing) -> None:
    writing.type('каза "')
    assert writing.blocks() == ["каза „"]
    writing.press("Control+z")
    assert writing.blocks() == ['каза "']
    writing.type("да")
    assert writing.blocks() == ['каза "да']


def test_code_keeps_what_is_typed(writing: Writing) -> None:
    writing.tool("code")
    writing.type('x = "a" -- b')
    assert writing.blocks() == ['``x = "a" -- b``']


def test_no_break_spaces_are_seen(writing: Writing) -> None:
    writing.start(paragraph("2023\u00a0г."))
    assert writing.page.locator(".be-no-break").count() == 1


def test_the_rules_of_the_pages_set_a_paragraph(writing: Writing) -> None:
    strong = {"type": "text", "text": "16-17", "marks": [{"type": "strong"}]}
    writing.start(
        paragraph("На ", strong, " ноември, ", call("а"), 'в зала 5 "Юг" - там'), notes=[note("а", "Х.")]
    )
    writing.tool("typography")
    writing.page.wait_for_function("() => document.querySelector('.be-status').textContent.includes('места')")
    assert writing.blocks() == ["На **16\u00a0–\u00a017**\u00a0ноември, <а>в\u00a0зала 5 „Юг“\u00a0– там"]
    writing.press("Control+z")
    assert writing.blocks() == ['На **16-17** ноември, <а>в зала 5 "Юг" - там']


# notes


def test_a_note_is_called_written_and_left(writing: Writing) -> None:
    writing.type("Думи")
    writing.press("Control+Alt+f")
    writing.type("Бележка.")
    writing.press("Enter")
    writing.type(" още")
    assert writing.blocks() == ["Думи<1> още"]
    assert writing.notes() == {"1": "Бележка."}


def test_a_note_goes_with_its_call_and_comes_back_with_it(writing: Writing) -> None:
    writing.start(paragraph("а", call("x"), name="0"), notes=[note("x", "Бележка.")])
    writing.press("Control+End", "Backspace")
    assert writing.notes() == {}
    writing.press("Control+z")
    assert writing.notes() == {"x": "Бележка."}
    assert writing.blocks() == ["а<x>"]


def test_notes_stand_in_the_order_of_their_calls(writing: Writing) -> None:
    writing.start(
        paragraph("едно", call("x"), name="0"),
        paragraph("две", call("y"), name="1"),
        notes=[note("y", "Втора."), note("x", "Първа.")],
    )
    shown = writing.page.locator(".be-note-words")
    assert shown.all_inner_texts() == ["Първа.", "Втора."]
    # In the file they stay as they were.
    assert list(writing.notes()) == ["y", "x"]
    writing.page.evaluate("editor.select('0')")
    writing.press("Home", "Shift+ArrowDown", "Control+x", "Control+End", "Enter", "Control+v")
    assert shown.all_inner_texts() == ["Втора.", "Първа."]
    assert writing.notes() == {"y": "Втора.", "x": "Първа."}


def test_a_label_that_stands_in_source_is_not_taken(writing: Writing) -> None:
    source = {"type": "source", "content": [{"type": "text", "text": "<div>[^1]</div>\n\n[^2]: x"}]}
    writing.start(paragraph("думи"), source)
    writing.tool("note")
    assert list(writing.notes()) == ["3"]


def test_an_empty_note_is_deleted_by_backspace_with_its_call(writing: Writing) -> None:
    writing.type("думи")
    writing.tool("note")
    writing.press("Backspace")
    assert writing.notes() == {}
    writing.type("!")
    assert writing.blocks() == ["думи!"]


def test_a_selection_does_not_run_from_the_text_into_the_notes(writing: Writing) -> None:
    writing.start(paragraph("думи", call("x")), notes=[note("x", "Бележка.")])
    writing.press("Control+a")
    writing.type("ново")
    assert writing.blocks() == ["ново"]
    assert writing.notes() == {}


# tables


def test_a_table_is_written_from_cell_to_cell(writing: Writing) -> None:
    writing.tool("table")
    for word in ("а", "б", "в", "1", "2", "3", "4", "5", "6"):
        writing.type(word)
        writing.press("Tab")
    writing.type("нов ред")
    assert writing.blocks()[0] == {
        "table": [["а", "б", "в"], ["1", "2", "3"], ["4", "5", "6"], ["нов ред", "", ""]]
    }
    writing.press("Shift+Tab")
    writing.type("!")
    assert writing.blocks()[0]["table"][2] == ["4", "5", "!"]


def test_rows_and_columns_come_and_go_and_the_first_row_has_the_heads(writing: Writing) -> None:
    writing.tool("table")
    writing.type("глава")
    writing.tool("rowAbove")
    writing.tool("columnAfter")
    writing.tool("align_end")
    table = writing.document()["content"][0]
    assert [[cell["type"] for cell in row["content"]] for row in table["content"]] == [
        ["table_header"] * 4,
        *([["table_cell"] * 4] * 3),
    ]
    assert {tuple(cell["attrs"]["alignment"] for cell in row["content"]) for row in table["content"]} == {
        ("end", "start", "start", "start")
    }
    writing.tool("rowGone")
    writing.tool("columnGone")
    assert [len(row) for row in writing.blocks()[0]["table"]] == [3, 3, 3]
    writing.tool("tableGone")
    assert writing.blocks() == [""]


def test_a_line_break_in_a_cell_is_a_space_and_enter_goes_below(writing: Writing) -> None:
    writing.tool("table")
    writing.type("а")
    writing.press("Shift+Enter")
    writing.type("б")
    writing.press("Enter")
    writing.type("долу")
    assert [row[0] for row in writing.blocks()[0]["table"]] == ["а б", "долу", ""]


# links


def test_a_link_is_set_changed_and_removed_by_keys(writing: Writing) -> None:
    writing.type("виж тук")
    writing.press("Control+Shift+ArrowLeft", "Control+k")
    writing.type("example.org/а")
    writing.press("Enter")
    assert writing.blocks() == ["виж [тук](https://example.org/а)"]
    writing.type(" и")
    assert writing.blocks() == ["виж [тук](https://example.org/а) и"]
    writing.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "Control+k")
    address = writing.page.get_by_label("Адрес")
    assert address.input_value() == "https://example.org/а"
    address.fill("ivan@example.org")
    writing.press("Enter")
    assert writing.blocks() == ["виж [тук](mailto:ivan@example.org) и"]
    writing.press("ArrowLeft", "Control+k")
    writing.page.get_by_role("button", name="Премахване на връзката").click()
    assert writing.blocks() == ["виж тук и"]


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "", "два адреса"])
def test_a_wrong_address_is_refused_in_words(writing: Writing, typed: str) -> None:
    writing.type("виж")
    writing.press("Control+k")
    writing.page.get_by_label("Адрес").fill(typed)
    writing.press("Enter")
    assert (
        writing.page.get_by_role("alert").inner_text() == "Напишете адрес в интернет или имейл без интервали."
    )
    writing.press("Escape")
    assert writing.blocks() == ["виж"]


# pictures


FIGURE: dict[str, Any] = {
    "type": "figure",
    "attrs": {
        "id": "0",
        "source": "images/a.jpg",
        "alternative": "Кула",
        "measure": "text",
        "focus": [50, 20],
    },
}


def attrs(writing: Writing) -> dict[str, Any]:
    return dict(writing.document()["content"][0]["attrs"])


def test_the_texts_of_a_picture_are_fields_and_undo_knows_them(writing: Writing) -> None:
    writing.start(FIGURE, paragraph("край"))
    writing.page.get_by_label("Надпис под снимката").fill("Кулата\nпрез май")
    writing.page.get_by_label("Автор или източник").fill("Мария")
    writing.page.locator("summary").click()
    writing.page.get_by_label("Ширина").select_option("wide")
    writing.page.get_by_label("Съгласие").select_option("not-needed")
    changed = attrs(writing)
    assert (changed["caption"], changed["credit"]) == ("Кулата през май", "Мария")
    assert (changed["measure"], changed["consent"], changed["id"]) == ("wide", "not-needed", "0")
    writing.page.evaluate("editor.undo()")
    assert attrs(writing)["consent"] is None
    assert writing.page.get_by_label("Съгласие").input_value() == ""


def test_the_focus_point_is_set_by_mouse_and_arrow_keys(writing: Writing) -> None:
    writing.start(FIGURE, paragraph("край"))
    writing.page.locator("summary").click()
    writing.page.get_by_role("button", name="Кое да остане при изрязване").click()
    writing.press("ArrowRight", "ArrowRight", "Shift+ArrowDown")
    assert attrs(writing)["focus"] == [52, 30]
    assert writing.told() == "52\u00a0% отляво, 30\u00a0% отгоре"
    box = writing.page.locator(".be-picture").bounding_box()
    assert box is not None
    writing.page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    assert attrs(writing)["focus"] == [25, 75]
    writing.page.get_by_role("button", name="Изрязване около средата").click()
    assert attrs(writing)["focus"] is None


def test_a_picture_is_removed_and_comes_back(writing: Writing) -> None:
    writing.start(FIGURE, paragraph("край"))
    writing.page.locator("summary").click()
    writing.page.get_by_role("button", name="Премахване").click()
    assert writing.blocks() == ["край"]
    writing.press("Control+z")
    assert writing.blocks() == [{"figure": "images/a.jpg"}, "край"]


# find and replace


def test_words_are_found_and_replaced_with_their_marks(writing: Writing) -> None:
    strong = {"type": "text", "text": "Кула", "marks": [{"type": "strong"}]}
    writing.start(paragraph("кула и ", strong), paragraph("без"), notes=[note("x", "до кулата")])
    assert writing.page.evaluate("editor.find('кула')") == 3
    assert writing.page.locator(".be-found").count() == 3
    writing.press("Enter")
    assert writing.page.locator(".be-count").inner_text() == "1 от 3"
    writing.page.get_by_label("Замяна с").fill("мост")
    writing.page.get_by_role("button", name="Замяна на всички").click()
    assert writing.blocks() == ["мост и **мост**", "без"]
    assert writing.notes() == {"x": "до мостта"}
    assert writing.told() == "Заменени: 3"
    writing.press("Escape", "Control+z")
    assert writing.blocks() == ["кула и **Кула**", "без"]


def test_case_is_matched_where_it_is_asked_for(writing: Writing) -> None:
    writing.start(paragraph("Кула и кула"))
    writing.page.evaluate("editor.find('кула')")
    writing.page.get_by_label("Главни и малки букви").check()
    assert writing.page.locator(".be-found").count() == 1

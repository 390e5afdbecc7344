"""What one types stands there as typed: no sign is markup; formats, blocks and lists by buttons and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.editor.writing.documents import LIKE_MARKUP

if TYPE_CHECKING:
    from tests.studio.editor.conftest import Writing


def paragraph(*texts: Any, name: str | None = None) -> dict[str, Any]:
    content = [{"type": "text", "text": each} if isinstance(each, str) else each for each in texts]
    return {"type": "paragraph", "attrs": {"id": name}, "content": content}


def names(writing: Writing) -> list[str | None]:
    return [each["attrs"]["id"] for each in writing.document()["content"]]


@pytest.mark.parametrize("sign", [sign for sign in LIKE_MARKUP if sign.strip() and "\n" not in sign])
def test_every_sign_stays_what_was_typed(writing: Writing, sign: str) -> None:
    for character in f"{sign} дума":
        writing.page.keyboard.type(character)
    [shown] = writing.blocks()
    # Typography alone is set: quotes and double hyphens of the language.
    assert isinstance(shown, str)
    plain = shown.replace("„", '"').replace("“", '"')
    for dash, typed in (("–", "--"), ("…", "...")):
        plain = plain if typed not in sign else plain.replace(dash, typed)
    assert plain.strip() == f"{sign} дума".strip()


@pytest.mark.parametrize("typed", ["# ", "1. ", "- ", "* ", "> ", "```", "**а** ", "[а](б) ", "|а|"])
def test_what_would_be_a_block_in_a_file_is_a_paragraph(writing: Writing, typed: str) -> None:
    writing.type(typed)
    assert [each["type"] for each in writing.document()["content"]] == ["paragraph"]
    assert "ProseMirror" in writing.page.evaluate("document.activeElement.className")


def test_no_sign_of_markdown_is_ever_seen(writing: Writing) -> None:
    strong = {"type": "text", "text": "силно", "marks": [{"type": "strong"}]}
    link = {"type": "text", "text": "тук", "marks": [{"type": "link", "attrs": {"href": "https://a.bg/"}}]}
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Глава"}]}
    items = [{"type": "list_item", "content": [paragraph("точка")]}]
    writing.start(heading, paragraph(strong, " и ", link), {"type": "bullet_list", "content": items})
    assert writing.page.locator(".ProseMirror").inner_text().split("\n")[0] == "Глава"
    assert not set("*#[]`_>|") & set(writing.page.locator(".ProseMirror").inner_text())


def test_keys_and_buttons_set_bold_and_italic(writing: Writing) -> None:
    writing.press("Control+b")
    writing.type("силно")
    writing.press("Control+b")
    writing.tool("italic")
    writing.type("леко")
    assert writing.blocks() == ["**силно**//леко//"]
    assert writing.page.locator("[data-tool=italic]").get_attribute("aria-pressed") == "true"
    assert writing.page.locator("[data-tool=bold]").get_attribute("aria-pressed") == "false"


def test_a_cyrillic_layout_gives_the_same_keys(writing: Writing) -> None:
    writing.type("дума")
    writing.press("Control+a")
    event = "new KeyboardEvent('keydown', {key: 'б', code: 'KeyB', ctrlKey: true, bubbles: true})"
    writing.page.evaluate(f"document.activeElement.dispatchEvent({event})")
    assert writing.blocks() == ["**дума**"]


def test_headings_are_set_and_taken_back(writing: Writing) -> None:
    writing.type("Глава")
    for tool, level in (("heading2", "h2"), ("heading3", "h3"), ("heading4", "h4")):
        writing.tool(tool)
        assert writing.blocks() == [{level: "Глава"}]
    writing.tool("heading4")
    assert writing.blocks() == ["Глава"]
    writing.press("Control+Alt+Digit1", "End", "Enter")
    writing.type("текст")
    assert writing.blocks() == [{"h2": "Глава"}, "текст"]


def test_lists_nest_lift_and_start_at_a_number(writing: Writing) -> None:
    writing.tool("orderedList")
    writing.type("едно")
    writing.press("Enter")
    writing.type("вътре")
    writing.press("Tab")
    assert writing.blocks() == [{"ol": [["едно", {"ol": [["вътре"]]}]]}]
    writing.press("Enter")
    writing.type("навън")
    writing.press("Shift+Tab")
    assert writing.blocks() == [{"ol": [["едно", {"ol": [["вътре"]]}], ["навън"]]}]
    start = writing.page.locator(".be-number")
    start.fill("14")
    start.press("Enter")
    assert list(writing.blocks()[0]) == ["ol 14"]
    writing.press("End", "Enter", "Enter")
    writing.type("край")
    assert writing.blocks()[1:] == ["край"]


def test_a_list_becomes_one_of_the_other_kind_and_paragraphs_again(writing: Writing) -> None:
    writing.tool("bulletList")
    writing.type("точка")
    writing.tool("orderedList")
    assert writing.blocks() == [{"ol": [["точка"]]}]
    writing.tool("orderedList")
    assert writing.blocks() == ["точка"]


def test_a_quotation_is_set_and_taken_back(writing: Writing) -> None:
    writing.type("думи")
    writing.tool("quote")
    assert writing.blocks() == [{"quote": ["думи"]}]
    writing.tool("quote")
    assert writing.blocks() == ["думи"]


def test_breaks_and_code_are_inserted_and_one_writes_on_below(writing: Writing) -> None:
    writing.type("едно")
    writing.tool("pageBreak")
    writing.type("две")
    writing.tool("ornament")
    writing.type("три")
    writing.press("Enter")
    writing.tool("codeBlock")
    writing.type("a\n  b*c")
    assert writing.blocks() == [
        "едно",
        {"page_break": ""},
        "две",
        {"horizontal_rule": ""},
        "три",
        {"code_block": "a\n  b*c"},
    ]


def test_a_line_break_stays_within_the_paragraph(writing: Writing) -> None:
    writing.type("ред")
    writing.press("Shift+Enter")
    writing.type("друг")
    assert writing.blocks() == ["ред|друг"]


def test_source_is_edited_as_it_is_written_and_never_lost(writing: Writing) -> None:
    source = {"type": "source", "attrs": {"id": "1"}, "content": [{"type": "text", "text": "<div>*а*</div>"}]}
    writing.start(paragraph("преди", name="0"), source)
    assert "както е записан" in writing.page.locator(".be-source").inner_text()
    writing.page.evaluate("editor.select('1')")
    writing.press("End")
    writing.type(" # още")
    assert writing.blocks() == ["преди", {"source": "<div>*а*</div> # още"}]
    assert names(writing) == ["0", "1"]


def test_one_writes_on_below_a_table_at_the_end(writing: Writing) -> None:
    cell = {"type": "table_header", "content": [{"type": "text", "text": "а"}]}
    writing.start(
        {"type": "table", "attrs": {"id": "0"}, "content": [{"type": "table_row", "content": [cell]}]}
    )
    box = writing.page.locator(".ProseMirror").bounding_box()
    assert box is not None
    writing.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 8)
    writing.type("край")
    assert writing.blocks() == [{"table": [["а"]]}, "край"]


# the names of blocks


def test_a_split_block_keeps_its_name_once(writing: Writing) -> None:
    writing.start(paragraph("едно две", name="0"), paragraph("три", name="1"))
    writing.press("Control+Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    assert names(writing) == ["0", None, "1"]


def test_a_block_split_at_its_beginning_goes_on_below(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"))
    writing.press("Control+Home", "Enter")
    assert names(writing) == [None, "0"]


def test_joined_wrapped_and_changed_blocks_keep_a_name(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"))
    writing.page.evaluate("editor.select('1')")
    writing.tool("bulletList")
    assert names(writing) == ["0", "1"]
    writing.tool("bulletList")
    writing.tool("heading2")
    assert names(writing) == ["0", "1"]
    writing.tool("heading2")
    writing.press("Home", "Backspace")
    assert names(writing) == ["0"]
    assert writing.blocks() == ["еднодве"]


def test_a_block_that_is_cut_and_pasted_is_the_one_it_was(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"), paragraph("три", name="2"))
    writing.page.evaluate("editor.select('0')")
    writing.press("Shift+ArrowDown")
    writing.press("Control+x")
    writing.page.evaluate("editor.select('2')")
    writing.press("End", "Enter")
    writing.paste('<p data-bulletin-text="1">едно</p>')
    assert [name for name in names(writing) if name] == ["1", "2", "0"]


# undo and what is told


def test_undo_takes_back_and_redo_brings_again(writing: Writing) -> None:
    writing.type("едно")
    writing.tool("heading2")
    writing.press("Control+z")
    assert writing.blocks() == ["едно"]
    writing.press("Control+y")
    assert writing.blocks() == [{"h2": "едно"}]


def test_a_change_is_told_with_the_blocks_it_touches(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"))
    writing.page.evaluate("editor.select('1')")
    writing.press("End")
    writing.type("!")
    writing.page.wait_for_function("() => changes.length > 0")
    told = writing.page.evaluate("changes.at(-1)")
    assert told["change"] == {"blocks": [1], "outside": False}
    assert told["json"] == writing.document()
    assert writing.page.evaluate("places.at(-1)") == {"block": "1", "index": 1, "offset": 4}


def test_an_input_method_composes_a_word(writing: Writing) -> None:
    writing.type("а ")
    client = writing.page.context.new_cdp_session(writing.page)
    client.send("Input.imeSetComposition", {"text": "дум", "selectionStart": 3, "selectionEnd": 3})
    client.send("Input.imeSetComposition", {"text": "дума", "selectionStart": 4, "selectionEnd": 4})
    client.send("Input.insertText", {"text": "дума"})
    writing.type('"')
    assert writing.blocks() == ["а дума“"]

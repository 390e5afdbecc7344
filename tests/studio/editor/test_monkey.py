"""Whatever one types, clicks and pastes, the document can be written and is read as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.studio.editor.monkey import Monkey, held
from tests.studio.editor.test_typing import paragraph

if TYPE_CHECKING:
    from tests.studio.editor.conftest import Writing


@pytest.mark.parametrize("seed", range(2))
def test_a_monkey_leaves_a_document_that_is_read_as_it_is_shown(writing: Writing, seed: int) -> None:
    writing.start(paragraph("Начало.", name="0"))
    monkey = Monkey(writing, seed)
    for step in range(80):
        monkey.act()
        if step % 16 == 15:
            held(writing)
    writing.page.evaluate("() => { while (editor.undo()); }")
    assert writing.blocks() == ["Начало."]
    assert writing.document()["content"][0]["attrs"]["id"] == "0"


def test_any_change_from_outside_is_taken_in_the_middle_of_anything(writing: Writing) -> None:
    writing.start(paragraph("Начало.", name="0"))
    one, other = Monkey(writing, 11), Monkey(writing, 12)
    texts = []
    for monkey in (one, other):
        writing.start(paragraph("Начало.", name="0"))
        for _ in range(30):
            monkey.act()
        texts.append(held(writing))
    for text in (*texts, *reversed(texts)):
        writing.page.evaluate("(json) => editor.replace(json, true)", text)
        assert writing.document() == text
        one.act()
        held(writing)


def test_an_answer_never_takes_back_what_was_written_since(writing: Writing) -> None:
    writing.start(paragraph("Начало.", name="0"))
    monkey = Monkey(writing, 21)
    for _ in range(12):
        for _ in range(4):
            monkey.act()
        sent = writing.document()
        answer = writing.document()
        for number, block in enumerate(answer["content"]):
            block["attrs"]["id"] = str(number)
        for _ in range(3):
            monkey.act()
        before = without_names(writing.document())
        writing.page.evaluate("([json, base]) => editor.replace(json, true, base)", [answer, sent])
        assert without_names(held(writing)) == before


def without_names(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without the names of its blocks."""
    for block in document["content"]:
        block["attrs"]["id"] = None
    return document

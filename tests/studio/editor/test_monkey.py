"""Whatever one types, clicks and pastes, the document can be written and is read as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

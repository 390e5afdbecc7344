"""Somebody who types and clicks at random, and what must hold whatever they do."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, Final

from pipeline.editor.writing.article_text import ArticleText, what_is_said
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.editor.writing.normal_form import with_words
from pipeline.editor.writing.normal_words import without_marks
from pipeline.editor.writing.saving import saved
from pipeline.findings.finding import IssueError
from tests.editor.writing.documents import LIKE_MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.editor.writing.nodes import Document, InlineNode
    from tests.studio.editor.conftest import Writing

TOOLS: Final = (
    *(
        "bold",
        "italic",
        "code",
        "heading2",
        "heading3",
        "heading4",
        "bulletList",
        "orderedList",
        "quote",
        "table",
    ),
    *("note", "pageBreak", "ornament", "codeBlock", "undo", "redo", "nest", "unnest", "rowAbove", "rowBelow"),
    *("columnBefore", "columnAfter", "rowGone", "columnGone", "tableGone", "align_centre", "align_end"),
)
KEYS: Final = (
    *(
        "Enter",
        "Enter",
        "Enter",
        "Shift+Enter",
        "Backspace",
        "Backspace",
        "Delete",
        "Tab",
        "Shift+Tab",
        "Home",
        "End",
    ),
    *(
        "ArrowUp",
        "ArrowDown",
        "ArrowLeft",
        "ArrowRight",
        "Shift+ArrowLeft",
        "Shift+ArrowDown",
        "Shift+ArrowUp",
    ),
    *("Control+ArrowLeft", "Control+Shift+ArrowRight", "Control+z", "Control+y", "Control+b", "Control+i"),
    *("Control+Home", "Control+End", "Control+Shift+End", "Control+a", "Control+x", "Control+v", "Control+c"),
    *("Control+Backspace", "Control+Delete", "Escape", "Control+Enter", "Control+Alt+f"),
)
WORDS: Final = ("дума", " и ", "2023 г.", '"', "-- ", "😀", "й", " ", "\u00a0", *LIKE_MARKUP)
HTML: Final = (
    "<p>едно</p><p>две <b>силно</b></p>",
    "<ul><li>а<ul><li>б</li></ul></li></ul>",
    "<ol start=4><li><p>в</p></li></ol>",
    "<table><tr><td>1<td>2<tr><td>3</table>",
    "<h1>Глава</h1><blockquote><p>цитат</p></blockquote>",
    '<p>думи<a href="#n" id="c">[1]</a></p><p id="n"><a href="#c">[1]</a> бележка</p>',
    "<pre>код\n  още</pre>",
)


class Monkey:
    """One who does anything.

    Args:
        writing: The editor.
        seed: Of what is done.
    """

    def __init__(self, writing: Writing, seed: int) -> None:
        self.writing = writing
        self.chance = random.Random(seed)
        self.done: list[str] = []

    def act(self) -> None:
        """Do one thing."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (8, self._type),
            (8, self._press),
            (4, self._tool),
            (2, self._paste),
            (2, self._click),
        ]
        [act] = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])
        act()

    def _say(self, what: str) -> None:
        self.done.append(what)

    def _type(self) -> None:
        text = self.chance.choice(WORDS).replace("\n", " ")
        self._say(f"type {text!r}")
        self.writing.type(text)

    def _press(self) -> None:
        key = self.chance.choice(KEYS)
        self._say(key)
        self.writing.press(key)
        # Escape and Tab may have left the text.
        self.writing.page.evaluate("document.activeElement.closest('.ProseMirror') ?? editor.focus()")

    def _tool(self) -> None:
        name = self.chance.choice(TOOLS)
        self._say(f"tool {name}")
        self.writing.page.evaluate("(name) => document.querySelector(`[data-tool=${name}]`).click()", name)

    def _paste(self) -> None:
        html = self.chance.choice(HTML)
        self._say(f"paste {html!r}")
        self.writing.paste(html)

    def _click(self) -> None:
        self._say("click")
        at = self.chance.random()
        self.writing.page.evaluate(
            """(at) => { const { content } = editor.document();
            editor.selectIndex(Math.floor(at * content.length)); }""",
            at,
        )


def held(writing: Writing) -> dict[str, Any]:
    """Return the document; it is one that Python takes, and reads from the file as it is shown."""
    shown = writing.document()
    document = DOCUMENT.validate_json(json.dumps(shown))
    named = [block["attrs"]["id"] for block in shown["content"] if block["attrs"]["id"] is not None]
    assert len(named) == len(set(named))
    called = set(_labels(shown["content"]))
    assert called == {note["attrs"]["label"] for note in shown["notes"]}
    article = ArticleText("---\ntitle: Кула\n---\n\nНачало.\n", "tower.md")
    try:
        result = saved(article, document)
    except IssueError:
        # What cannot be written is refused in words, and nothing is lost: the text on the screen stays.
        return shown
    assert _words(result.article.document) == _words(document)
    return shown


def _words(document: Document) -> Any:
    """Return what a document says but for marks, which a file may be unable to hold at a sign."""
    blocks, notes = what_is_said(document)
    words = {label: _without_marks(each) for label, each in notes.items()}
    return [with_words(block, _without_marks) for block in blocks], words


def _without_marks(words: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    return without_marks(words, "em", "strong", "code")


def _labels(nodes: list[dict[str, Any]]) -> list[str]:
    found = []
    for node in nodes:
        if node["type"] == "note_call":
            found.append(node["attrs"]["label"])
        found += _labels(node.get("content", []))
    return found

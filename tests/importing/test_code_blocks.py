"""Code comes in with its lines and their indentation, and is read back as it was."""

from __future__ import annotations

import pytest

from pipeline.files.text.source import Source
from pipeline.importing.draft.markdown_writer import MarkdownWriter
from pipeline.importing.html.page import read_page
from pipeline.models.text import ListBlock, Paragraph
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript


def read_back(html: str) -> tuple[object, ...]:
    incoming = read_page(f"<html><body><p>Текст.</p>{html}</body></html>", "a.html")
    written = MarkdownWriter({}, {}).article(incoming.blocks)
    manuscript = read_manuscript(Source("a.md", f"---\ntitle: А\n---\n{written}"))
    return manuscript.body


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<pre>a = 1\n    b = 2\n        c = 3</pre>", ["a = 1", "    b = 2", "        c = 3"]),
        ("<pre>\n  първи\n\n\tтрети\n\n</pre>", ["  първи", "", "        трети"]),
        ("<pre><code>``` и `а`\n  край</code></pre>", ["``` и `а`", "  край"]),
        ("<ul><li>точка<pre>а\n  б</pre></li></ul>", ["а", "  б"]),
    ],
)
def test_code_keeps_its_lines_and_their_indentation(html: str, lines: list[str]) -> None:
    (code,) = (each for each in nodes_of(Paragraph, read_back(html)) if each.lines)
    assert list(code.lines) == lines


def test_a_list_keeps_its_numbers() -> None:
    body = read_back(
        '<ol start="4"><li>Виза.</li><li>Застраховка.</li></ol><p>И</p><ol start="14"><li>Ден.</li></ol>'
    )
    assert [each.printed_numbers for each in nodes_of(ListBlock, body)] == [(4, 5), (14,)]

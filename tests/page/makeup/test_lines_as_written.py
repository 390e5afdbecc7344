"""Verse, spans of numbers and long lists of style `bulletin` are set as a compositor would set them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.pdf.law.drawn.drawn_text import Fragment

VERSE: Final = (
    "Перонът е мокър.",
    "Перонът е дълъг.",
    "Началникът свири",
    "и слага си шапка.",
    "Влакът потегля.",
)
COLUMN: Final = 100.0
"""Points from one column to the next, at least."""

ITEMS: Final = "".join(f"{number}. Точка {number}.\n" for number in range(1, 12))
SPANS: Final = "".join(
    f"- {'думи ' * words}смени от 11 – 20 юли и от 21 – 30 юли до края.\n" for words in range(16)
)
TEXT: Final = f"""\
---
title: Опит
weight: {{weight}}
---
Уводно изречение преди стиха и списъците.

{VERSE[0]}\\
{VERSE[1]}

{VERSE[2]}\\
{VERSE[3]}\\
{VERSE[4]}

{ITEMS}
И още едно изречение.

{SPANS}
Последно изречение.
"""


@pytest.mark.parametrize("weight", ["standard", "short"])
def test_lines_stand_as_they_were_meant(tmp_path: Path, weight: str) -> None:
    made = workspace(
        tmp_path / "w",
        {f"{name}.md": TEXT.format(weight=weight) for name in ("a", "b")},
        publication=PUBLICATION.replace("knowledge-city", "bulletin"),
    )
    result = built(made, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        texts = [each for page in pages for each in page.fragments]
    # A new stanza stands a line apart, and no line of verse is indented.
    first, last = lines_with(texts, VERSE[0]), lines_with(texts, VERSE[-1])
    for line, other in zip(
        first + last, lines_with(texts, VERSE[1]) + lines_with(texts, VERSE[-2]), strict=True
    ):
        assert line.box.left == pytest.approx(other.box.left, abs=1.0)
    for line, other in zip(lines_with(texts, VERSE[2]), lines_with(texts, VERSE[3]), strict=True):
        assert line.box.left == pytest.approx(other.box.left, abs=1.0)
    # A span of numbers is on one line.
    spans = [each.text.replace("\u00a0", " ") for each in texts if "–" in each.text]
    assert sum(text.count("11 – 20") + text.count("21 – 30") for text in spans) == 2 * 2 * 16
    # A numeral of two digits stands within its column, as the paragraph behind the list.
    behind = lines_with(texts, "И още едно изречение.")
    for numeral, line in zip(lines_with(texts, "11."), behind, strict=True):
        assert abs(numeral.box.left - line.box.left) < COLUMN
        assert numeral.box.left > line.box.left - 0.5


def lines_with(texts: list[Fragment], words: str) -> list[Fragment]:
    """Return the lines that say nothing else."""
    return [each for each in texts if each.text.replace("\u00a0", " ").strip() == words]

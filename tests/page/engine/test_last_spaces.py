"""Lines before words in another face or language are filled, whatever their last space would take."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tests.page.layouts import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.page.layouts import Layout

WORDS: Final = (
    *("навици", "а", "заедно", "с", "тях", "и", "представата", "за", "добре", "свършена", "работа", "GREEN"),
    *("помага", "на", "учениците", "по-добрата", "GO-GREEN", "научно-изследователски", "проекти", "са"),
    *("думи", "Separation", "изследователският", "предприемачеството"),
)
FULL: Final = 0.6
"""The least of a full line's letters that a line within a paragraph has."""


def paragraph(chance: random.Random) -> str:
    """Return words of many faces; only its end has a full stop."""
    marks = ["", "", "", "", "*", "**"]
    words = [chance.choice(marks) + word for word in chance.choices(WORDS, k=chance.randint(20, 45))]
    return " ".join(word + "*" * word.count("*") for word in words) + "."


def lines_within_paragraphs(layout: Layout) -> Iterator[str]:
    """Yield the lines of running text but for the last of each paragraph."""
    for page in layout.pages[1:]:
        by_baseline: dict[int, str] = defaultdict(str)
        for line in page:
            if 9 < line.size < 12:
                by_baseline[round(line.baseline)] += line.text.strip() + " "
        texts = (text.strip() for text in by_baseline.values())
        yield from (text for text in texts if "." not in text and not text.isdecimal())


def test_no_line_within_a_paragraph_is_nearly_empty(tmp_path: Path) -> None:
    chance = random.Random(3)
    text = "\n\n".join(paragraph(chance) for _ in range(150))
    lines = list(
        lines_within_paragraphs(laid_out(tmp_path, {"Опит": {"a": f"---\ntitle: Думи\n---\n{text}\n"}}))
    )
    longest = max(map(len, lines))
    assert longest > 60
    assert [line for line in lines if len(line) < FULL * longest] == []

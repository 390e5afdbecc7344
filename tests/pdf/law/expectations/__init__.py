"""What the pages of the frozen issue with every field must show, written down block by block."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.models.editions import PRESS, SCREEN
from pipeline.pdf.law.expected.blocks import Block
from pipeline.pdf.law.expected.issue import Expected, expected_of
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.typography.typesetting import typeset
from tests.frozen import kept_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue

CASES: Final[dict[str, tuple[str, Edition, bool]]] = {
    "screen": ("bg", SCREEN, False),
    "screen-made-up": ("bg", SCREEN, True),
    "press-english": ("en", PRESS, False),
}
"""Of each case the language, the edition, and whether the style makes the pages up."""

_NAMED: Final = (
    *("sequence", "reading", "near", "number", "notes", "note", "heads", "row", "table", "column"),
    *("leads_to", "anchor", "title_of", "picture", "floats", "is_label", "lines"),
)


def kept_file(case: str) -> Path:
    """Return where it is written down what the pages must show."""
    return Path(__file__).parent / "kept" / f"{case}.txt"


@functools.cache
def frozen_issue(language: str) -> Issue:
    """Return the issue in a language, typeset."""
    issue = kept_reading("format-1", language).issue
    assert issue is not None
    return typeset(issue)


def described(case: str) -> str:
    """Return what the pages must show, a line for each block, and what they may show besides."""
    language, edition, made_up = CASES[case]
    return "".join(
        f"{line}\n" for line in _lines(expected_of(frozen_issue(language), edition, made_up=made_up))
    )


def _lines(expected: Expected) -> Iterator[str]:
    for block in expected.blocks:
        yield _of_block(block, expected.blocks)
    for name in ("running", "repeated", "named_on_cover", "words"):
        yield f"{name}: {', '.join(sorted(getattr(expected, name)))}"


def _of_block(block: Block, blocks: list[Block]) -> str:
    usual = Block(block.pieces)
    parts = [
        f"{name}={getattr(value, 'name', value)}"
        for name in _NAMED
        if (value := getattr(block, name)) != getattr(usual, name)
    ]
    if block.beside is not None:
        parts.append(f"beside={blocks.index(block.beside) - blocks.index(block)}")
    words = " | ".join(
        "".join(
            (
                piece.text.replace(REFERENCE, "[*]"),
                f" → {piece.target}" if piece.target else "",
                f" or {piece.others}" if piece.others else "",
                f" @{Path(piece.place.path).name}:{piece.place.line}",
            )
        )
        for piece in block.pieces
    )
    return f"{words}  ({'; '.join(parts)})"

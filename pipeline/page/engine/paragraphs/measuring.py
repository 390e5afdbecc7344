"""Widths of text as the engine sets it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, NamedTuple

from pipeline.page.engine.paragraphs.remembered import Memory, text_key

MOST_TEXTS: Final = 2048
"""Texts whose widths are kept; a bulletin of twenty pages has some seven hundred."""


class Widths(NamedTuple):
    """The letters of a text, as they are set in one line.

    Args:
        x: The distance of each character from the beginning; the last is the width of the whole text.
        ligatures: For each character, whether it is set in one glyph with the letter before it.
    """

    x: list[float]
    ligatures: list[bool]


def widths_of(text: str, style: Any) -> Widths:  # noqa: ANN401 - a style of the engine
    """Measure a text without line breaks; what was measured before is remembered.

    Args:
        text: The text.
        style: The style of its box.

    Returns:
        Distances in CSS pixels; they are not to be changed.
    """
    return memory.recall((text, text_key(style)), lambda: _measured(text, style))


memory: Final[Memory[Widths]] = Memory(MOST_TEXTS)


def _measured(text: str, style: Any) -> Widths:  # noqa: ANN401 - a style of the engine
    from weasyprint.text import ffi, line_break  # noqa: PLC0415 - slow to load

    layout = line_break.Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    advances: dict[int, float] = {}
    # A line without glyphs has no runs.
    run = line.runs[0] if line.runs != ffi.ffi.NULL else ffi.ffi.NULL
    while run != ffi.ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        for index in range(glyphs.num_glyphs):
            at = item.offset + glyphs.log_clusters[index]
            advance = glyphs.glyphs[index].geometry.width * ffi.FROM_UNITS
            advances[at] = advances.get(at, 0.0) + advance
        run = run.next
    layout.deactivate()
    return _spread(text, advances)


def _spread(text: str, advances: dict[int, float]) -> Widths:
    """Return the place of each character, by the advance of each glyph at the byte of its first character.

    The characters of a ligature are held to be of one width: a line may end within it, which undoes it.
    """
    xs, ligatures, x, byte = [0.0], [False] * len(text), 0.0, 0
    clusters: list[tuple[int, float]] = []
    for index, character in enumerate(text):
        if byte in advances or not clusters:
            clusters.append((index, advances.get(byte, 0.0)))
        elif character.isalpha():
            ligatures[index] = True
        byte += len(character.encode())
    for (start, advance), (end, _) in pairwise([*clusters, (len(text), 0.0)]):
        xs += [x + advance * (count + 1) / (end - start) for count in range(end - start)]
        x += advance
    return Widths(xs, ligatures)

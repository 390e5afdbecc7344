"""Measure how paragraphs are composed: `python -m tests.bench.composing [--pdf FOLDER]`.

The texts of the shipped issue, and paragraphs of common words in three languages, are set justified to two
measures: line by line, as the first version of the shipped style does it, and as a whole. The PDFs are read
with pdfium: spaces are gaps between letters, measured in the width of a space of the face; letters may be
spaced a little, which counts with the gaps. Time is processor time of layout and drawing; "added" is by how
many seconds a thousand words it grows.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import find_workspace
from pipeline.page.engine import press
from pipeline.page.engine.faces import isolate_faces
from tests.bench.specimens import SHIPPED, shipped
from tests.support.composing.pages import (
    COMPOSED,
    MARGIN,
    PLAIN,
    POINTS,
    natural_space,
    paragraphs,
    printed,
)
from tests.support.composing.set_lines import set_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

MEASURES: Final = (84, 114)
_WAYS: Final = {"line by line": PLAIN, "total fit": COMPOSED}
_FULL: Final = 4
"""How many points the last letter of a full line may end before the measure."""

_HEAD: Final = (
    *("text", "measure", "way", "lines", ">133 %", ">200 %", "widest", "least", "ladder", "hyphens"),
    *("shortest last", "over", "seconds", "added"),
)


class Figures(NamedTuple):
    """What was measured of a text.

    Args:
        lines: How many lines it has.
        wide: The share of its full lines with spaces over 133 per cent.
        loose: The share of those with spaces over 200 per cent.
        widest: Its widest space, and
        least: its narrowest, as shares of the natural one.
        ladder: The most hyphens in succession.
        hyphens: The share of lines with a hyphen.
        shortest: The shortest line, in points.
        over: By how many points a line ends beyond the measure.
    """

    lines: int
    wide: float
    loose: float
    widest: float
    least: float
    ladder: int
    hyphens: float
    shortest: float
    over: float


def figures_of(pdf: bytes, measure: float) -> Figures:
    """Measure the lines of a PDF.

    Args:
        pdf: The file.
        measure: The measure of its text, in millimetres.
    """
    lines = list(set_lines(pdf))
    edge = (MARGIN + measure) * POINTS
    gaps = [
        [space / natural_space() for space in line.spaces()] for line in lines if line.right > edge - _FULL
    ]
    means = [sum(each) / len(each) for each in gaps if each]
    ladder = run = 0
    for line in lines:
        run = run + 1 if line.is_hyphenated else 0
        ladder = max(ladder, run)
    return Figures(
        len(lines),
        sum(mean > 4 / 3 for mean in means) / len(means),
        sum(mean > 2 for mean in means) / len(means),
        max(means),
        min(means),
        ladder,
        sum(line.is_hyphenated for line in lines) / len(lines),
        min(line.right - line.left for line in lines),
        max(line.right for line in lines) - edge,
    )


def shipped_paragraphs(folder: Path) -> list[str]:
    """Return the paragraphs of the shipped issue as the page has them, typeset and marked up."""
    prints: list[str] = []
    printing = press.print_editions

    def watched(html: str, *rest: Any, **options: Any) -> press.PrintedDocument:
        prints.append(html)
        return printing(html, *rest, **options)

    press.print_editions = watched
    try:
        workspace = find_workspace(shipped(folder / "shipped"))
        build(BuildRequest(workspace.choose_issue(SHIPPED), workspace, folder / "out", fresh=True))
    finally:
        press.print_editions = printing
    bodies = re.findall(r"<p>(.+?)</p>", prints[-1], re.DOTALL)
    return [text for text in bodies if len(re.sub("<[^>]+>", "", text)) > 200]


def rows_of(name: str, texts: Sequence[str], language: str, pdfs: Path | None) -> list[tuple[str, ...]]:
    """Set a text to each measure in each way; returns the rows of the table."""
    rows: list[tuple[str, ...]] = []
    words = sum(len(text.split()) for text in texts)
    printed(texts[:1], language=language)
    for measure in MEASURES:
        seconds = {}
        for way, declarations in _WAYS.items():
            began = time.process_time()
            pdf = printed(texts, language=language, measure=measure, composing=declarations)
            seconds[way] = time.process_time() - began
            if pdfs:
                name_of = f"{name}-{measure}-{way}".replace(" ", "-")
                (pdfs / f"{name_of}.pdf").write_bytes(pdf)
            of = figures_of(pdf, measure)
            added = (seconds[way] - seconds["line by line"]) / words * 1000
            figures = (
                *(f"{of.lines}", f"{of.wide:.1%}", f"{of.loose:.1%}", f"{of.widest:.2f}", f"{of.least:.2f}"),
                *(f"{of.ladder}", f"{of.hyphens:.0%}", f"{of.shortest:.0f} pt", f"{of.over:.2f} pt"),
                *(f"{seconds[way]:.2f}", f"{added:.2f}"),
            )
            rows.append((name, f"{measure} mm", way, *figures))
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Measure all texts, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.composing", description=__doc__)
    parser.add_argument("--pdf", type=Path, help="a folder for the PDFs, to look at them")
    asked = parser.parse_args(arguments)
    isolate_faces()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        rows = rows_of("shipped issue", shipped_paragraphs(Path(folder)), "bg", asked.pdf)
    for language in ("bg", "en", "uk"):
        rows += rows_of(f"words, {language}", paragraphs(language, 60, seed=1), language, asked.pdf)
    table = [_HEAD, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEAD))]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

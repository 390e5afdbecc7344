"""A PDF with the faults of its pages marked: a thin red frame around each, with the code of its finding."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pikepdf

from pipeline.findings.finding import Spot
from pipeline.pdf.finishing.slug import drawn_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.findings.finding import Finding

_POINTS: Final = 72 / 25.4
_AROUND: Final = 2.0
"""Points between a text and its frame."""

_SIZE: Final = 7.0
"""Points of the code beside a frame."""

_RED: Final = "0.9 0 0"


def marked_pages(pdf: bytes, findings: Iterable[Finding], face: Path) -> bytes:
    """Return the PDF with a frame around each place that a finding names.

    Args:
        pdf: The file.
        findings: With page and spot; without a spot the whole page is framed.
        face: The font file of the codes.
    """
    by_page: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_page[finding.page].append(finding)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, 1):
            if number in by_page:
                _mark(page, by_page[number], face)
        target = io.BytesIO()
        opened.save(target)
    return target.getvalue()


def _mark(page: pikepdf.Page, findings: Iterable[Finding], face: Path) -> None:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    whole = Spot(2, 2, (right - left) / _POINTS - 2, (top - bottom) / _POINTS - 2)
    drawing = []
    for finding in findings:
        spot = finding.spot or whole
        x, y = left + spot.left * _POINTS - _AROUND, top - spot.bottom * _POINTS - _AROUND
        width = (spot.right - spot.left) * _POINTS + 2 * _AROUND
        height = (spot.bottom - spot.top) * _POINTS + 2 * _AROUND
        x = min(max(x, left + 1), right - 3 * _SIZE)
        drawing.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")
        drawing.append(
            f"q 1 0 0 1 {x:.2f} {y + height + 1:.2f} cm\n{drawn_line(finding.code, face, _SIZE)}\nQ"
        )
    page.contents_add(b"q\n", prepend=True)
    head = f"\nQ\nq {_RED} RG {_RED} rg 0.75 w\n"
    page.contents_add((head + "\n".join(drawing) + "\nQ\n").encode())

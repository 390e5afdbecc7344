"""A PDF with the faults of its pages marked: a thin red frame around each, with the codes of its findings."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import pikepdf

from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.pdf.finishing.slug import drawn_line, line_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.findings.finding import Finding, Spot

_AROUND: Final = 2.0
"""Points between a text and its frame."""

_SIZE: Final = 7.0
"""Points of the codes beside a frame."""

_NOTICE_SIZE: Final = 11.0
"""Points of the notice on the first page."""

_EDGE: Final = 4.0
"""Points that marks keep from the page's edge."""

_RED: Final = "0.9 0 0"


class _Box(NamedTuple):
    """A rectangle in points, from the lower left."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: _Box) -> bool:
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height


def marked_pages(pdf: bytes, findings: Iterable[Finding], face: Path, notice: str = "") -> bytes:
    """Return the PDF with a frame around each place that a finding names.

    Args:
        pdf: The file.
        findings: With page and spot; without a spot the whole page is framed.
        face: The font file of the codes.
        notice: What is said in the upper margin of the first page; empty for nothing.
    """
    by_page: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_page[finding.page].append(finding)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, 1):
            said = notice if number == 1 else ""
            if number in by_page or said:
                _mark(page, by_page[number], face, said)
        target = io.BytesIO()
        opened.save(target)
    return target.getvalue()


def _mark(page: pikepdf.Page, findings: Iterable[Finding], face: Path, notice: str) -> None:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    trim = _Box(left, bottom, right - left, top - bottom)
    codes: dict[_Box, dict[str, None]] = defaultdict(dict)
    for finding in findings:
        codes[_frame(finding.spot, trim)][finding.code] = None
    drawing, taken = [], list[_Box]()
    if notice:
        box = _Box(left + 12, top - 2 * _NOTICE_SIZE, line_width(notice, face, _NOTICE_SIZE), _NOTICE_SIZE)
        drawing.append(_label(notice, box, face, _NOTICE_SIZE))
        taken.append(box)
    for frame in sorted(codes, key=lambda each: (-each.y - each.height, each.x)):
        text = " ".join(codes[frame])
        drawing.append(f"{frame.x:.2f} {frame.y:.2f} {frame.width:.2f} {frame.height:.2f} re S")
        box = _free_place(frame, line_width(text, face, _SIZE), trim, taken)
        drawing.append(_label(text, box, face, _SIZE))
        taken.append(box)
    page.contents_add(b"q\n", prepend=True)
    head = f"\nQ\nq {_RED} RG {_RED} rg 0.75 w\n"
    page.contents_add((head + "\n".join(drawing) + "\nQ\n").encode())


def _frame(spot: Spot | None, trim: _Box) -> _Box:
    """Return the frame around a spot, as far as it is on the page."""
    if spot is None:
        return _Box(trim.x + 5, trim.y + 5, trim.width - 10, trim.height - 10)
    highest, rightmost = trim.y + trim.height - 1, trim.x + trim.width - 1
    left = min(max(trim.x + spot.left * POINTS_A_MILLIMETRE - _AROUND, trim.x + 1), rightmost - _SIZE)
    right = max(min(trim.x + spot.right * POINTS_A_MILLIMETRE + _AROUND, rightmost), left + _SIZE)
    bottom = min(max(highest + 1 - spot.bottom * POINTS_A_MILLIMETRE - _AROUND, trim.y + 1), highest - _SIZE)
    top = max(min(highest + 1 - spot.top * POINTS_A_MILLIMETRE + _AROUND, highest), bottom + _SIZE)
    return _Box(*(round(each, 1) for each in (left, bottom, right - left, top - bottom)))


def _free_place(frame: _Box, width: float, trim: _Box, taken: list[_Box]) -> _Box:
    """Return where the codes of a frame stand: above it, else below or beside it, where no others do."""
    places = list(_places(frame, width, trim))
    free = (place for place in places if not any(place.overlaps(other) for other in taken))
    return next(free, places[0])


def _places(frame: _Box, width: float, trim: _Box) -> Iterator[_Box]:
    step = _SIZE + 2
    above, below = frame.y + frame.height + 1.5, frame.y - step
    for away in range(40):
        for y in (above + away * step, below - away * step):
            for x in (frame.x, frame.x + frame.width - width, frame.x + frame.width + 2, frame.x - width - 2):
                yield _Box(
                    min(max(x, trim.x + _EDGE), trim.x + trim.width - width - _EDGE),
                    min(max(y, trim.y + _EDGE), trim.y + trim.height - step - _EDGE),
                    width,
                    step - 0.5,
                )


def _label(text: str, box: _Box, face: Path, size: float) -> str:
    """Return words on a white ground as operators."""
    ground = f"q 1 g {box.x - 1:.2f} {box.y - 1:.2f} {box.width + 2:.2f} {size + 1:.2f} re f Q"
    return f"{ground}\nq 1 0 0 1 {box.x:.2f} {box.y + 0.8:.2f} cm\n{drawn_line(text, face, size)}\nQ"

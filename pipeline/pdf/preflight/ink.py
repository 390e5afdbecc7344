"""Checks on the separations: total ink coverage, and whether colour at the trim runs into the bleed.

The separations are rendered by our own code, so that the result is the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import ImageChops

from pipeline.findings.finding import Finding, found
from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.pdf.content.areas import Area
from pipeline.pdf.plates.plates import heaviest
from pipeline.pdf.preflight.checked_pdf import ends_at_spine, gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from pipeline.pdf.preflight.checked_pdf import CheckedPage

PPI: Final = 100
"""Pixels of a plate to an inch: a pixel is a quarter of a millimetre, less than ink could smear."""

USUAL_LIMIT: Final = 300
_ROUNDING: Final = 0.8
"""Per cent that eight bits a plate may add."""


_SHORTEST: Final = 2.0
"""Millimetres of an edge that must be bare to be reported: a rule may end at the cut."""

_INSIDE: Final = 0.5
_OUTSIDE: Final = (1.0, 1.8, 2.5)
"""Millimetres from the cut at which ink is measured."""

_SEEN: Final = 13
_BARE: Final = 4
"""Levels of 255 from which an ink is seen, and up to which paper is bare."""


def bleed_findings(page: CheckedPage, inks: Image) -> Iterator[Finding]:
    """Find colour and pictures that end at the trim: an inexact cut would leave a white edge.

    Not at the spine of a page whose bleed ends there: it is folded, not cut.

    Args:
        page: The page.
        inks: Its plates at `PPI`, over its MediaBox.
    """
    if page.trim != page.trim.within(page.media) or inks.width < page.media.width:
        # The trim lies beyond the sheet, or the page could not be drawn.
        return
    cyan, magenta, yellow, black = inks.split()
    any_ink = ImageChops.lighter(ImageChops.lighter(cyan, magenta), ImageChops.lighter(yellow, black))
    sides = [side for side in _SIDES if not _is_spine(page, side)]
    bare = [area for side in sides if (area := _bare_edge(page, any_ink, side)) is not None]
    yield from gathered(page, "E114", bare)


class _Side(NamedTuple):
    """A side of the page: whether it is vertical, and the direction outwards in pixels (1 or -1)."""

    is_upright: bool
    outwards: int


_SIDES: Final = (_Side(True, -1), _Side(True, 1), _Side(False, -1), _Side(False, 1))  # noqa: FBT003


def _is_spine(page: CheckedPage, side: _Side) -> bool:
    """Return whether a side is the spine of a page whose colour ends at the trim there."""
    return side.is_upright and ends_at_spine(page) and (side.outwards < 0) == bool(page.number % 2)


def _bare_edge(page: CheckedPage, ink: Image, side: _Side) -> Area | None:
    """Return the longest stretch of an edge where colour reaches the trim and does not cross it."""
    scale = PPI / 72
    left, right = page.trim.left - page.media.left, page.trim.right - page.media.left
    top, bottom = page.media.top - page.trim.top, page.media.top - page.trim.bottom
    cut = (right if side.outwards > 0 else left) if side.is_upright else bottom if side.outwards > 0 else top
    first, last = (top, bottom) if side.is_upright else (left, right)

    def line(off: float) -> bytes:
        at = int((cut + side.outwards * off * POINTS_A_MILLIMETRE) * scale)
        ends = int(first * scale), int(last * scale)
        box = (at, ends[0], at + 1, ends[1]) if side.is_upright else (ends[0], at, ends[1], at + 1)
        return ink.crop(box).tobytes()

    outside = [max(levels) for levels in zip(*(line(off) for off in _OUTSIDE), strict=True)]
    bare = [
        inside_level > _SEEN and outside_level <= _BARE
        for inside_level, outside_level in zip(line(-_INSIDE), outside, strict=True)
    ]
    begin, length = _longest(bare)
    if length / PPI * 25.4 < _SHORTEST:
        return None
    from_, to = begin / scale, (begin + length) / scale
    x, y = page.trim.left, page.trim.top
    if side.is_upright:
        edge = page.media.left + cut
        return Area(edge, y - to, edge, y - from_)
    edge = page.media.top - cut
    return Area(x + from_, edge, x + to, edge)


def _longest(flags: list[bool]) -> tuple[int, int]:
    """Return where the longest run begins, and how long it is."""
    best = (0, 0)
    start = 0
    for at, flag in enumerate([*flags, False]):
        if not flag:
            best = max(best, (start, at - start), key=lambda run: run[1])
            start = at + 1
    return best


def ink_findings(page: CheckedPage, inks: Image, limit: int) -> Iterator[Finding]:
    """Check the heaviest spot of a page within its bleed.

    Args:
        page: The page.
        inks: Its plates at `PPI`, over its MediaBox.
        limit: The most ink, in per cent.
    """
    scale = PPI / 72
    left, top = (page.bleed.left - page.media.left) * scale, (page.media.top - page.bleed.top) * scale
    right, bottom = (page.bleed.right - page.media.left) * scale, (page.media.top - page.bleed.bottom) * scale
    # A pixel on the edge lies partly beyond it.
    corner = max(0, int(left) + 1), max(0, int(top) + 1)
    end = min(inks.width, int(right) - 1), min(inks.height, int(bottom) - 1)
    if corner[0] >= end[0] or corner[1] >= end[1]:
        return
    shown = inks.crop((*corner, *end))
    most, (x1, y1, x2, y2) = heaviest(shown)
    if most > limit + _ROUNDING:
        base_x, base_y = page.media.left + corner[0] / scale, page.media.top - corner[1] / scale
        area = Area(base_x + x1 / scale, base_y - y2 / scale, base_x + x2 / scale, base_y - y1 / scale)
        yield found("E123", None, page=page.number, spot=page.spot(area), ink=round(most), limit=limit)

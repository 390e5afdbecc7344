"""Resolution of pictures as placed on the page, and the width of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.preflight.checked_pdf import gathered, poorest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding
    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.content.painting.painted_objects import Painted
    from pipeline.pdf.preflight.checked_pdf import CheckedPage, CheckedPdf

THINNEST: Final = 0.25
"""Points; what is thinner breaks up on the plate."""

_ROUNDING: Final = 0.005
_FEWEST_ON_PAPER: Final = 150
_DOUBTFUL_ON_PAPER: Final = 219
_FEWEST_ON_SCREEN: Final = 99
_TINY: Final = 2.0
_SHORTEST_LINE: Final = 3.0
"""Points: what is filled and shorter is a speck of a drawing."""

_POINTS_AN_INCH: Final = 72
_USUAL_BITS: Final = 8


def fineness_findings(checked: CheckedPdf, page: CheckedPage) -> Iterator[Finding]:
    """Check the pictures of a page, and on paper its lines."""
    coarse: list[tuple[float, Area]] = []
    doubtful: list[tuple[float, Area]] = []
    for thing in page.seen:
        ppi = _ppi(thing)
        if ppi is None:
            continue
        if checked.edition.in_ink and ppi < _FEWEST_ON_PAPER:
            coarse.append((ppi, thing.area))
        elif ppi < (_DOUBTFUL_ON_PAPER if checked.edition.in_ink else _FEWEST_ON_SCREEN):
            doubtful.append((ppi, thing.area))
    yield from poorest(page, "E125", coarse, name="ppi", form="d")
    yield from poorest(page, "W124" if checked.edition.in_ink else "W125", doubtful, name="ppi", form="d")
    if checked.edition.in_ink:
        thin = [(_width(thing), thing.area) for thing in page.seen if _is_thin(thing)]
        yield from poorest(page, "E126", thin, name="width", form=".2f")
        fine = [thing.area for thing in page.seen if thing.pixels and thing.pixels.bits > _USUAL_BITS]
        yield from gathered(page, "W126", fine)


def _ppi(thing: Painted) -> int | None:
    """Return the lower of a picture's two resolutions on the page, in pixels per inch; None for others."""
    pixels = thing.pixels
    if pixels is None or pixels.is_stencil:
        return None
    a, b, c, d, _, _ = thing.state.matrix
    across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    if across < _TINY or up < _TINY:
        return None
    ppi: int = round(min(pixels.width / across, pixels.height / up) * _POINTS_AN_INCH)
    return ppi


def _width(thing: Painted) -> float:
    """Return the width of a line: of its stroke, or, if it is a filled bar, its narrower side."""
    if thing.strokes:
        return thing.state.line_width * thing.scale
    return min(thing.area.width, thing.area.height)


def _is_thin(thing: Painted) -> bool:
    is_line = thing.strokes or max(thing.area.width, thing.area.height) > _SHORTEST_LINE
    return thing.kind == "path" and is_line and _width(thing) < THINNEST - _ROUNDING

"""How fine things are: pixels of pictures after layout, and the thinnest lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pikepdf

from pipeline.preflight.subject import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Finding
    from pipeline.pdf_content import Area, Painted
    from pipeline.preflight.subject import Page, Subject

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


def fineness_findings(subject: Subject, page: Page) -> Iterator[Finding]:
    """Judge the pictures of a page, and on paper its lines."""
    coarse: list[tuple[str, Area]] = []
    doubtful: list[tuple[str, Area]] = []
    for thing in page.seen:
        ppi = _ppi(thing)
        if ppi is None:
            continue
        if subject.edition.in_ink and ppi < _FEWEST_ON_PAPER:
            coarse.append((str(ppi), thing.area))
        elif ppi < (_DOUBTFUL_ON_PAPER if subject.edition.in_ink else _FEWEST_ON_SCREEN):
            doubtful.append((str(ppi), thing.area))
    yield from grouped(page, "E125", coarse, "ppi")
    yield from grouped(page, "W124" if subject.edition.in_ink else "W125", doubtful, "ppi")
    if subject.edition.in_ink:
        thin = [(f"{_width(thing):.2f}", thing.area) for thing in page.seen if _is_thin(thing)]
        yield from grouped(page, "E126", thin, "width")


def _ppi(thing: Painted) -> int | None:
    """Return the pixels per inch a picture has on the page, by its poorer side; None for anything else."""
    held = thing.held
    if thing.kind != "picture" or not isinstance(held, pikepdf.Stream) or held.get("/ImageMask", False):
        return None
    a, b, c, d, _, _ = thing.state.matrix
    across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    if across < _TINY or up < _TINY:
        return None
    ppi: int = round(min(int(held.Width) / across, int(held.Height) / up) * _POINTS_AN_INCH)
    return ppi


def _width(thing: Painted) -> float:
    """Return how thick a line is: as it is stroked, or, where it is a filled bar, its narrower side."""
    if thing.strokes:
        return thing.state.line_width * thing.scale
    return min(thing.area.width, thing.area.height)


def _is_thin(thing: Painted) -> bool:
    is_line = thing.strokes or max(thing.area.width, thing.area.height) > _SHORTEST_LINE
    return thing.kind == "path" and is_line and _width(thing) < THINNEST - _ROUNDING

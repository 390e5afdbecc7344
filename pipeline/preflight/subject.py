"""What preflight judges: a PDF, what it is judged as, and each page with what it paints."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.editions import POINTS_A_MILLIMETRE
from pipeline.findings import Finding, Spot, found
from pipeline.pdf_content import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.editions import Edition
    from pipeline.pdf_content import Painted
    from pipeline.printing_conditions import PrintingCondition

FAULTS: Final = (
    pikepdf.PikepdfError,
    TypeError,
    ValueError,
    IndexError,
    KeyError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    ArithmeticError,
    UnicodeError,
)
"""What objects of a broken file raise when they are looked at."""


class Subject(NamedTuple):
    """A PDF under judgement.

    Args:
        pdf: The file, open.
        data: Its bytes.
        edition: What it is judged as.
        condition: What press files are made for; None where no ink is asked for.
    """

    pdf: pikepdf.Pdf
    data: bytes
    edition: Edition
    condition: PrintingCondition | None


class Page(NamedTuple):
    """A page under judgement.

    Args:
        number: From 1.
        page: Its object.
        media: Its boxes, in points.
        trim: The cut page; the whole where there is none.
        bleed: How far colour may run; the trim where there is none.
        objects: What it paints.
    """

    number: int
    page: pikepdf.Page
    media: Area
    trim: Area
    bleed: Area
    objects: tuple[Painted, ...]

    @property
    def seen(self) -> Iterator[Painted]:
        """What it paints within the bleed: beyond it lie the printer's marks."""
        return (thing for thing in self.objects if not thing.area.within(self.bleed).is_empty)

    def spot(self, area: Area) -> Spot:
        """Return a place in millimetres from the upper left corner of the trim."""
        return Spot(
            *(
                round(points / POINTS_A_MILLIMETRE, 1)
                for points in (
                    area.left - self.trim.left,
                    self.trim.top - area.top,
                    area.right - self.trim.left,
                    self.trim.top - area.bottom,
                )
            )
        )


def box(page: pikepdf.Page, name: str) -> Area | None:
    """Return a box of a page, its corners in order, or None where it has none of its own."""
    with contextlib.suppress(*FAULTS):
        written: Any = page.obj.get(name)
        if written is None and name == "/MediaBox":
            written = page.mediabox
        if isinstance(written, pikepdf.Array) and len(written) == 4:  # noqa: PLR2004 - ISO 32000-2, 7.9.5
            x1, y1, x2, y2 = (float(side) for side in written)
            return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return None


def gathered(page: Page, code: str, things: Iterable[Area], **values: object) -> Iterator[Finding]:
    """Give one finding for all places of a fault on a page: where the first is, and how many there are."""
    areas = list(things)
    if areas:
        yield found(code, None, page=page.number, spot=page.spot(areas[0]), count=len(areas), **values)


def grouped(page: Page, code: str, things: Iterable[tuple[str, Area]], name: str) -> Iterator[Finding]:
    """Give a finding for each value a fault comes with on a page."""
    groups: dict[str, list[Area]] = defaultdict(list)
    for value, area in things:
        groups[value].append(area)
    for value, areas in groups.items():
        yield from gathered(page, code, areas, **{name: value})

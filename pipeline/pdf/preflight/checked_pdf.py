"""What preflight checks: a PDF as one of the editions, and each page with what it paints."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import Finding, Spot, found
from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.pdf.content.areas import Area, rectangle
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pikepdf

    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.content.painting.painted_objects import Painted


_EXACT: Final = 0.01
"""Points by which two edges may differ."""


class CheckedPdf(NamedTuple):
    """A PDF that is checked.

    Args:
        pdf: The file, open.
        data: Its bytes.
        edition: Whose rules apply.
        condition: What press files are printed for; None for the other editions.
    """

    pdf: pikepdf.Pdf
    data: bytes
    edition: Edition
    condition: PrintingCondition | None


class CheckedPage(NamedTuple):
    """A page that is checked.

    Args:
        number: From 1.
        page: Its object.
        media: The whole sheet; this and the other boxes in points.
        trim: The cut page; the whole sheet where there is no such box.
        bleed: How far colour may run; the trim where there is no such box.
        objects: What it paints.
        seen: Those of them that lie within the bleed, without the printer's marks.
    """

    number: int
    page: pikepdf.Page
    media: Area
    trim: Area
    bleed: Area
    objects: tuple[Painted, ...]
    seen: tuple[Painted, ...]

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
    """Return a box of a page, its corners in order, or None where it has none."""
    with contextlib.suppress(*BROKEN_PDF_ERRORS):
        inherited: Any = {"/MediaBox": page.mediabox, "/CropBox": page.cropbox}
        written = page.obj.get(name, inherited.get(name))
        return rectangle(written) if written is not None else None
    return None


def checked_page(number: int, page: pikepdf.Page, objects: tuple[Painted, ...] = ()) -> CheckedPage:
    """Return a page with its boxes.

    Args:
        number: From 1.
        page: Its object.
        objects: What it paints.
    """
    media = box(page, "/MediaBox") or Area(0, 0, 0, 0)
    trim = box(page, "/TrimBox") or box(page, "/CropBox") or media
    bleed = box(page, "/BleedBox") or trim
    seen = tuple(thing for thing in objects if not thing.area.within(bleed).is_empty)
    return CheckedPage(number, page, media=media, trim=trim, bleed=bleed, objects=objects, seen=seen)


def gathered(page: CheckedPage, code: str, things: Iterable[Area], **values: object) -> Iterator[Finding]:
    """Yield one finding for all places of a fault on a page: where the first is, and how many there are."""
    areas = list(things)
    if areas:
        yield found(code, None, page=page.number, spot=page.spot(areas[0]), count=len(areas), **values)


def poorest(
    page: CheckedPage, code: str, things: Iterable[tuple[float, Area]], *, name: str, form: str
) -> Iterator[Finding]:
    """Yield one finding for all places where a number is too small: the smallest, and how many there are.

    Args:
        page: The page.
        code: What is found.
        things: Each number with its place.
        name: The placeholder for the number in the message.
        form: How it is written, as `.2f`.
    """
    numbers = list(things)
    if numbers:
        least, area = min(numbers, key=lambda thing: thing[0])
        values: dict[str, object] = {name: format(least, form), "count": len(numbers)}
        yield found(code, None, page=page.number, spot=page.spot(area), **values)


def grouped(page: CheckedPage, code: str, things: Iterable[tuple[str, Area]], name: str) -> Iterator[Finding]:
    """Yield a finding for each value a fault comes with on a page."""
    groups: dict[str, list[Area]] = defaultdict(list)
    for value, area in things:
        groups[value].append(area)
    for value, areas in groups.items():
        yield from gathered(page, code, areas, **{name: value})


def ends_at_spine(page: CheckedPage) -> bool:
    """Return whether the bleed of a page ends at the trim at its spine, and at no other side.

    The spine of odd pages is at the left, that of even ones at the right; beyond it lies the facing page.
    """
    left, right = page.trim.left - page.bleed.left, page.bleed.right - page.trim.right
    inner, outer = (left, right) if page.number % 2 else (right, left)
    return bool(abs(inner) <= _EXACT < outer)

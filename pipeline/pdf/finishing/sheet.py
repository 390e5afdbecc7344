"""The printer's sheet: exact boxes, content clipped to the bleed, marks and slug around it.

Marks follow the custom of ISO 12647-1: beyond the bleed, a quarter of a point thin, on every plate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.models.editions import POINTS_A_MILLIMETRE, TRIM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.models.editions import Edition

MARK_WIDTH: Final = 0.25
"""Points."""

_LONG: Final = 5 * POINTS_A_MILLIMETRE
_CROSS: Final = 2 * POINTS_A_MILLIMETRE
_RING: Final = 1.2 * POINTS_A_MILLIMETRE
_PATCH: Final = 4 * POINTS_A_MILLIMETRE
_SLUG_FROM: Final = 5 * POINTS_A_MILLIMETRE
SLUG_ROOM: Final = TRIM[0] / 2 * POINTS_A_MILLIMETRE - _SLUG_FROM - _CROSS - POINTS_A_MILLIMETRE
"""How long a slug may be before it runs into the cross at the foot, in points."""

_ALL: Final = "/PlateAll"
_UNMOVED: Final = pikepdf.Array([1, 0, 0, 1, 0, 0])
_ROUND: Final = 0.5523
"""How far the handles of a quarter of a circle stand off, as a part of its radius."""

_PATCHES: Final = (
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (0, 0, 1, 0),
    (0, 0, 0, 1),
    (0.5, 0, 0, 0),
    (0, 0.5, 0, 0),
    (0, 0, 0.5, 0),
    (0, 0, 0, 0.5),
)
"""The bar by which the printer judges the inks: each full, and each by half."""


class Box(NamedTuple):
    """Left, bottom, right and top in points from the sheet's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, points: float) -> Box:
        """Return the box with each side so much further out."""
        return Box(self.left - points, self.bottom - points, self.right + points, self.top + points)

    def written(self) -> pikepdf.Array:
        """Return the box as PDF has it (ISO 32000-2, 7.9.5)."""
        return pikepdf.Array([round(side, 4) for side in self])


def trim_box(edition: Edition) -> Box:
    """Return the trim box of an edition on its sheet."""
    room = edition.sheet * POINTS_A_MILLIMETRE
    width, height = (side * POINTS_A_MILLIMETRE for side in TRIM)
    return Box(room, room, room + width, room + height)


def bleed_box(edition: Edition, page: int, *, ends_at_spine: bool) -> Box:
    """Return how far colour runs on a page.

    Args:
        edition: Gives the width of the bleed, in millimetres.
        page: Its number, from 1; right-hand pages are odd, and have the spine at the left.
        ends_at_spine: Whether it ends at the trim there: beyond it lies the facing page.
    """
    trim = trim_box(edition)
    bleed = trim.grown(edition.bleed * POINTS_A_MILLIMETRE)
    if not ends_at_spine:
        return bleed
    return bleed._replace(left=trim.left) if page % 2 else bleed._replace(right=trim.right)


def set_sheet(
    pdf: pikepdf.Pdf,
    edition: Edition,
    slug: Callable[[int, int], str] | None = None,
    *,
    ends_at_spine: bool = False,
) -> None:
    """Set the boxes of every page, clip its content to the bleed, and draw marks and slug.

    Args:
        pdf: As the layout engine wrote it: the trim's lower left corner at the origin.
        edition: Gives the width of bleed and sheet around the trim, in millimetres; where the sheet ends with
            the bleed, there are no marks.
        slug: Returns the path operators of a page's slug, by its number from 1 and the number of pages.
        ends_at_spine: Whether what reaches the spine ends at the trim.
    """
    trim = trim_box(edition)
    bleed = trim.grown(edition.bleed * POINTS_A_MILLIMETRE)
    media = trim.grown(edition.sheet * POINTS_A_MILLIMETRE)
    has_room = edition.sheet > edition.bleed
    marks = "\n".join((*_marks(trim, bleed), *_bar(trim, bleed))) if has_room else ""
    for number, page in enumerate(pdf.pages, 1):
        line = slug(number, len(pdf.pages)) if slug is not None and has_room else ""
        foot = (
            f"q 0 0 0 1 k 1 0 0 1 {trim.left + _SLUG_FROM:.4f} {_slug_line(media, bleed):.4f} cm\n{line}\nQ"
        )
        inked = bleed_box(edition, number, ends_at_spine=ends_at_spine)
        before = f"q\n{_re(inked)} W n\n1 0 0 1 {trim.left:.6f} {trim.bottom:.6f} cm\n"
        page.contents_add(before.encode(), prepend=True)
        page.contents_add(f"\nQ\n{marks}\n{foot}\n".encode())
        page.contents_coalesce()
        page.obj["/MediaBox"] = media.written()
        page.obj["/BleedBox"] = inked.written()
        page.obj["/TrimBox"] = trim.written()
        for name in ("/CropBox", "/ArtBox"):
            if name in page.obj:
                del page.obj[name]
        page.add_resource(_every_plate(), pikepdf.Name.ColorSpace, pikepdf.Name(_ALL))
    _move_patterns(pdf, trim.left, trim.bottom)


def _move_patterns(pdf: pikepdf.Pdf, right: float, up: float) -> None:
    """Move the patterns of pages: their matrix is relative to the sheet, not to the page's content (8.7.2).

    Those of forms are relative to the form, and move with it.
    """
    moved: set[tuple[int, int]] = set()
    for page in pdf.pages:
        patterns: Any = page.resources.get("/Pattern", {})
        for name, entry in list(patterns.items()):
            pattern = entry if entry.is_indirect else pdf.make_indirect(entry)
            patterns[name] = pattern
            if pattern.objgen not in moved:
                moved.add(pattern.objgen)
                place = pikepdf.Matrix(pattern.get("/Matrix", _UNMOVED))
                pattern["/Matrix"] = (place @ pikepdf.Matrix(1, 0, 0, 1, right, up)).as_array()


def _every_plate() -> pikepdf.Array:
    """Return the colour that prints on every plate (ISO 32000-2, 8.6.6.4)."""
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    name = pikepdf.Name
    return pikepdf.Array([name.Separation, name.All, name.DeviceCMYK, tint])


def _slug_line(media: Box, bleed: Box) -> float:
    """Return the height of the slug's baseline: in the middle between bleed and edge."""
    return (media.bottom + bleed.bottom) / 2 - 2


def _marks(trim: Box, bleed: Box) -> Iterator[str]:
    yield f"q\n{_ALL} CS 1 SCN {MARK_WIDTH} w 0 J [] 0 d"
    for x in (trim.left, trim.right):
        yield _line(x, bleed.bottom, x, bleed.bottom - _LONG)
        yield _line(x, bleed.top, x, bleed.top + _LONG)
    for y in (trim.bottom, trim.top):
        yield _line(bleed.left, y, bleed.left - _LONG, y)
        yield _line(bleed.right, y, bleed.right + _LONG, y)
    middle_x, middle_y = (trim.left + trim.right) / 2, (trim.bottom + trim.top) / 2
    off = _LONG - _CROSS + 0.5 * POINTS_A_MILLIMETRE
    for x, y in (
        (middle_x, bleed.bottom - off),
        (middle_x, bleed.top + off),
        (bleed.left - off, middle_y),
        (bleed.right + off, middle_y),
    ):
        yield _line(x - _CROSS, y, x + _CROSS, y)
        yield _line(x, y - _CROSS, x, y + _CROSS)
        yield _circle(x, y, _RING)
    yield "Q"


def _bar(trim: Box, bleed: Box) -> Iterator[str]:
    yield "q"
    bottom = bleed.top + 1.5 * POINTS_A_MILLIMETRE
    for place, inks in enumerate(_PATCHES, 1):
        left = trim.right - _SLUG_FROM - place * _PATCH
        yield "{} {} {} {} k".format(*inks)
        yield f"{left:.4f} {bottom:.4f} {_PATCH:.4f} {_PATCH:.4f} re f"
    yield "Q"


def _re(box: Box) -> str:
    return f"{box.left:.4f} {box.bottom:.4f} {box.right - box.left:.4f} {box.top - box.bottom:.4f} re"


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S"


def _circle(x: float, y: float, radius: float) -> str:
    off = radius * _ROUND
    quarters = [
        (x + radius, y + off, x + off, y + radius, x, y + radius),
        (x - off, y + radius, x - radius, y + off, x - radius, y),
        (x - radius, y - off, x - off, y - radius, x, y - radius),
        (x + off, y - radius, x + radius, y - off, x + radius, y),
    ]
    curves = " ".join(" ".join(f"{part:.4f}" for part in quarter) + " c" for quarter in quarters)
    return f"{x + radius:.4f} {y:.4f} m {curves} s"

"""Imposition: pages on sheets that are folded once and stapled in the fold, for an office's own printer."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

import pikepdf

from pipeline.models.editions import POINTS_A_MILLIMETRE, TRIM
from pipeline.pdf.finishing.slug import drawn_line

if TYPE_CHECKING:
    from pathlib import Path

PAGES_A_SHEET: Final = 4
"""Two on the front and two on the back of each sheet."""

_WIDTH, _HEIGHT = (side * POINTS_A_MILLIMETRE for side in TRIM)
_MARK: Final = 5 * POINTS_A_MILLIMETRE
_MARGIN: Final = 20 * POINTS_A_MILLIMETRE
_HEADING: Final = 24.0
_LINE: Final = 28.0
"""Points between the lines to write on: two of the grid's."""

_TOP: Final = 70.0
_FOOT: Final = 86.0


class Side(NamedTuple):
    """One side of a sheet: the pages on it by number from 1; those above the last are for notes."""

    left: int
    right: int


class Imposed(NamedTuple):
    """A file of sheets.

    Args:
        pdf: The file: front and back of each sheet in turn, A3 across.
        pages: How many pages of the publication they hold.
        blanks: How many pages for notes were added at the end.
    """

    pdf: bytes
    pages: int
    blanks: int


def sides_of(pages: int) -> list[Side]:
    """Return the pages on each side of the sheets, the outermost sheet first, its front before its back.

    Args:
        pages: How many pages there are; the sheets hold the next multiple of four.
    """
    whole = pages + -pages % PAGES_A_SHEET
    sides = []
    for sheet in range(whole // PAGES_A_SHEET):
        first, last = 2 * sheet + 1, whole - 2 * sheet
        sides += [Side(last, first), Side(first + 1, last - 1)]
    return sides


def impose_booklet(pdf: bytes, face: Path, heading: str, leaf: float = 0.0) -> Imposed:
    """Impose the pages of a PDF on sheets, two a side, for folding once.

    Pages for notes are added at the end, so that every printed page number stays true. Nothing is scaled, and
    of a press file only the trim is taken.

    Args:
        pdf: Its pages, as trimmed, are A4, upright.
        face: The file of the face the heading is set in.
        heading: Heading of a page for notes.
        leaf: The thickness of a leaf in millimetres. Sheets are folded one into another, and each is pushed
            out by those around it; so its pages are moved towards the fold by as many leaves, and all outer
            margins are equal when the booklet is cut.
    """
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as target:
        pages = len(source.pages)
        forms = [target.copy_foreign(page.as_form_xobject()) for page in source.pages]
        notes = _notes_page(target, face, heading)
        labels: list[int | pikepdf.Object] = []
        for at, side in enumerate(sides_of(pages)):
            objects = {
                f"/Page{place}": forms[number - 1] if number <= pages else notes
                for place, number in enumerate(side)
            }
            creep = at // 2 * leaf * POINTS_A_MILLIMETRE
            left, right = _placed(objects, "/Page0", creep), _placed(objects, "/Page1", _WIDTH - creep)
            content = f"{_within(0, left)}\n{_within(_WIDTH, right)}\n{_fold_marks()}"
            target.pages.append(_sheet(target, objects, content))
            labels += [at, pikepdf.Dictionary(P=pikepdf.String(f"{side.left} | {side.right}"))]
        target.Root.PageLabels = pikepdf.Dictionary(Nums=labels)
        if "/Title" in source.docinfo:
            target.docinfo["/Title"] = source.docinfo["/Title"]
        written = io.BytesIO()
        target.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Imposed(written.getvalue(), pages, -pages % PAGES_A_SHEET)


def _sheet(pdf: pikepdf.Pdf, objects: dict[str, pikepdf.Object], content: str) -> pikepdf.Page:
    return pikepdf.Page(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(2 * _WIDTH, 4), round(_HEIGHT, 4)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(objects)),
            Contents=pdf.make_stream(content.encode()),
        )
    )


def _within(left: float, drawn: str) -> str:
    """Return the operators of a page so that nothing of it crosses the fold."""
    return f"q {left:.4f} 0 {_WIDTH:.4f} {_HEIGHT:.4f} re W n {drawn} Q"


def _placed(objects: dict[str, pikepdf.Object], name: str, left: float) -> str:
    """Return the operators that draw a page at the foot of the sheet, whatever the origin of its boxes."""
    trimmed_left, trimmed_bottom, *_ = (float(side) for side in objects[name].BBox.as_list())
    return f"q 1 0 0 1 {left - trimmed_left:.4f} {-trimmed_bottom:.4f} cm {name} Do Q"


def _fold_marks() -> str:
    """Return the operators of the fold marks: dashed lines at head and foot, within the printable area."""
    lines = f"{_WIDTH:.4f} {_MARK:.4f} m {_WIDTH:.4f} {2 * _MARK:.4f} l S\n"
    lines += f"{_WIDTH:.4f} {_HEIGHT - _MARK:.4f} m {_WIDTH:.4f} {_HEIGHT - 2 * _MARK:.4f} l S"
    return f"q 0.4 G 0.25 w [2 2] 0 d\n{lines}\nQ"


def _notes_page(pdf: pikepdf.Pdf, face: Path, heading: str) -> pikepdf.Stream:
    """Draw a page to write on: rule and heading as a section has them, then lines two of the grid apart."""
    top = _HEIGHT - _TOP
    right = _WIDTH - _MARGIN
    parts = [f"q 0.35 G 2 w {_MARGIN:.3f} {top - 1:.3f} m {right:.3f} {top - 1:.3f} l S Q"]
    baseline = top - 12 - _HEADING
    parts.append(f"q 0.2 g 1 0 0 1 {_MARGIN:.3f} {baseline:.3f} cm\n{drawn_line(heading, face, _HEADING)}\nQ")
    y = baseline - 2 * _LINE
    parts.append("q 0.6 G 0.35 w")
    while y > _FOOT:
        parts.append(f"{_MARGIN:.3f} {y:.3f} m {right:.3f} {y:.3f} l S")
        y -= _LINE
    parts.append("Q")
    return pdf.make_stream(
        "\n".join(parts).encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, round(_WIDTH, 4), round(_HEIGHT, 4)],
    )

"""The booklet: folded, its pages are in order, and every sheet is labelled."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from pipeline.pdf.imposition import Side, impose_booklet, sides_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

FACE = REPOSITORY / "fonts" / "sofia-sans" / "SofiaSans-Regular.ttf"


def folded(sides: list[Side]) -> list[int]:
    """Fold the sheets, the outermost first, and return the pages as they are turned."""
    front_half: list[int] = []
    back_half: list[int] = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        # The fold lies between the pages; the right of the front is read first, then the left of its back.
        front_half += [front.right, back.left]
        back_half = [back.right, front.left, *back_half]
    return front_half + back_half


@pytest.mark.parametrize("pages", range(1, 41))
def test_folded_sheets_give_the_pages_in_order(pages: int) -> None:
    whole = pages + -pages % 4
    assert folded(sides_of(pages)) == list(range(1, whole + 1))


@pytest.mark.parametrize(("name", "pages"), [("2023-12-20", 9), ("2023-06-30", 5)])
def test_the_labels_of_the_sheets_fold_into_the_bulletin(shipped: Path, name: str, pages: int) -> None:
    pdf = (shipped / name / f"bulletin-{name}.pdf").read_bytes()
    imposed = impose_booklet(pdf, FACE, "Бележки")
    assert (imposed.pages, imposed.blanks) == (pages, -pages % 4)
    with pikepdf.open(io.BytesIO(imposed.pdf)) as file:
        labels = [str(label.P) for label in list(file.Root.PageLabels.Nums)[1::2]]
        sizes = {tuple(round(float(side)) for side in page.mediabox) for page in file.pages}
    sides = [Side(*(int(number) for number in label.split(" | "))) for label in labels]
    assert folded(sides) == list(range(1, pages + imposed.blanks + 1))
    assert sizes == {(0, 0, 1191, 842)}


def test_each_half_of_a_sheet_shows_its_page_unscaled(shipped: Path) -> None:
    pdf = (shipped / "2023-06-30" / "bulletin-2023-06-30.pdf").read_bytes()
    plain = _pictures(pdf)
    imposed = impose_booklet(pdf, FACE, "Notes")
    for side, sheet in zip(sides_of(5), _pictures(imposed.pdf), strict=True):
        for number, left in ((side.left, 0), (side.right, sheet.width // 2)):
            if number <= 5:
                # A margin of the page itself: at the fold stands a mark.
                place = (30, 40, 560, 800)
                shown = sheet.crop((left + place[0], place[1], left + place[2], place[3]))
                expected = plain[number - 1].crop(place)
                different = sum(
                    abs(a - b) > 60 for a, b in zip(shown.tobytes(), expected.tobytes(), strict=True)
                )
                assert different < 0.01 * len(expected.tobytes())


def test_only_the_trim_of_a_press_file_is_imposed(shipped: Path) -> None:
    folder = shipped / "2023-06-30"
    screen, press = (
        impose_booklet((folder / f"bulletin-2023-06-30{suffix}.pdf").read_bytes(), FACE, "Notes").pdf
        for suffix in ("", "-press")
    )
    # The front of the outermost sheet has the first page on its right: its field begins at the fold.
    expected, shown = _pictures(screen)[0], _pictures(press)[0]
    for picture in (expected, shown):
        fold = picture.width // 2
        field = picture.crop((fold - 40, 30, fold + 40, 300))
        dark = [all(value < 160 for value in field.crop((x, 0, x + 1, 270)).tobytes()) for x in range(80)]
        assert dark.index(True) in {39, 40, 41}
        assert all(dark[42:])
        assert min(picture.crop((0, 0, fold - 12, 30)).tobytes()) == 255


def test_added_pages_are_for_notes(shipped: Path) -> None:
    pdf = (shipped / "2023-06-30" / "bulletin-2023-06-30.pdf").read_bytes()
    sheets = _pictures(impose_booklet(pdf, FACE, "Notes").pdf)
    # Five pages, three for notes: the outermost sheet has the last of them on its left.
    notes = sheets[0].crop((0, 0, sheets[0].width // 2, sheets[0].height)).convert("L")
    rows = [min(notes.crop((100, y, 500, y + 1)).tobytes()) for y in range(notes.height)]
    lines = [y for y in range(1, notes.height) if rows[y] < 225 <= rows[y - 1]]
    assert len(lines) > 20
    steps = {below - above for above, below in pairwise(lines[5:])}
    assert steps <= {27, 28, 29}


def test_the_same_pages_give_the_same_bytes(shipped: Path) -> None:
    pdf = (shipped / "2023-06-30" / "bulletin-2023-06-30.pdf").read_bytes()
    assert impose_booklet(pdf, FACE, "Notes") == impose_booklet(pdf, FACE, "Notes")


def _pictures(pdf: bytes) -> list[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=1).to_pil().convert("L") for page in document]
    finally:
        document.close()


def test_pages_of_inner_sheets_move_towards_the_fold_by_a_leaf_a_sheet(shipped: Path) -> None:
    pdf = (shipped / "2023-12-20" / "bulletin-2023-12-20.pdf").read_bytes()
    plain, moved = (_offsets(impose_booklet(pdf, FACE, "Бележки", leaf).pdf) for leaf in (0.0, 0.5))
    leaf = 0.5 * 72 / 25.4
    for at, (before, after) in enumerate(zip(plain, moved, strict=True)):
        (left, right), (left_after, right_after) = before, after
        # Front and back of a sheet move alike; the outermost not at all.
        assert left_after - left == pytest.approx(at // 2 * leaf, abs=0.001)
        assert right_after - right == pytest.approx(-(at // 2) * leaf, abs=0.001)


def _offsets(pdf: bytes) -> list[tuple[float, float]]:
    """Return where the left and the right page of each side of a sheet is placed."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = []
        for page in file.pages:
            moves = [
                float(each.operands[4])
                for each in pikepdf.parse_content_stream(page)
                if str(each.operator) == "cm"
            ]
            found.append((moves[0], moves[1]))
        return found

"""The press edition, checked by the tests' own checker and by Ghostscript's separations."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pipeline.page.pictures.press_conditions import COATED
from pipeline.pdf.plates.plates import heaviest, plates_of
from tests.golden import ISSUES
from tests.standards.press_checker import checked, ghostscript_is_there, heaviest_ink
from tests.support.broken_pdfs import sound

if TYPE_CHECKING:
    from pathlib import Path

PPI = 144
LIMIT = 300

needs_ghostscript = pytest.mark.skipif(
    not ghostscript_is_there() and not os.environ.get("CI"), reason="the other eye needs ghostscript"
)


@pytest.mark.parametrize("name", ISSUES)
def test_the_checker_finds_no_faults_in_shipped_press_files(shipped: Path, name: str) -> None:
    found = checked(shipped / name / f"bulletin-{name}-press.pdf", COATED.read_bytes())
    assert found.faults == []


@pytest.mark.parametrize("name", ISSUES)
def test_text_is_set_in_black_alone_or_in_a_colour_of_the_style(shipped: Path, name: str) -> None:
    inks = checked(shipped / name / f"bulletin-{name}-press.pdf", COATED.read_bytes()).text_inks
    petrol, rust, grey, ink, white = (
        (1.0, 0.45, 0.3, 0.35),
        (0.0, 0.78, 1.0, 0.25),
        (0.0, 0.0, 0.0, 0.75),
        (0.0, 0.0, 0.0, 1.0),
        (0.0, 0.0, 0.0, 0.0),
    )
    assert inks.keys() == {petrol, rust, grey, ink, white}
    # White text is on the field of the first page, and on countries of the map.
    assert 1 in inks[white]
    assert 1 not in inks[ink]


def test_the_checker_finds_faults(tmp_path: Path) -> None:
    from pipeline.models.editions import PRESS  # noqa: PLC0415 - to read beside what is spoilt

    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"1 0 0 rg 0 0 9 9 re f 0.5 G")
        page.obj.TrimBox = pikepdf.Array([28.4, 28.3465, 623.622, 870.2362])
        page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])])
        pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])
        pdf.save(path)
    faults = " ".join(checked(path, COATED.read_bytes()).faults)
    for expected in ("2 output intents", "/TrimBox", "annotations", "the operator rg", "the operator G"):
        assert expected in faults


@needs_ghostscript
@pytest.mark.parametrize("page", [1, 5, 9])
def test_ink_stays_below_the_limit_and_ghostscript_measures_what_we_do(shipped: Path, page: int) -> None:
    path = shipped / "2023-12-20" / "bulletin-2023-12-20-press.pdf"
    expected_ink = heaviest_ink(path, page, PPI)
    plates = list(plates_of(path.read_bytes(), PPI))[page - 1]
    off = 44
    measured, _ = heaviest(plates.crop((off, off, plates.width - off, plates.height - off)))
    assert expected_ink <= LIMIT
    assert measured == pytest.approx(expected_ink, abs=2)


@needs_ghostscript
def test_black_over_a_tint_adds_up_in_both_separations(tmp_path: Path) -> None:
    from pipeline.models.editions import PRESS  # noqa: PLC0415 - to read beside what is drawn

    path = tmp_path / "over.pdf"
    with pikepdf.open(io.BytesIO(sound(PRESS))) as pdf:
        tint = "/KnockOut gs 0.9 0.5 0.2 0 k 100 450 200 150 re f"
        pdf.pages[0].contents_add(f"q {tint} /FillOver gs 0 0 0 1 k 150 500 80 60 re f Q".encode())
        pdf.save(path)
    (inks,) = plates_of(path.read_bytes(), PPI)
    # 190 mm up, and 65 mm in: within the black, whose four inks are those of the tint and full black.
    spot = inks.getpixel((2 * 190, inks.height - 2 * 530))
    assert spot == pytest.approx([part * 255 for part in (0.9, 0.5, 0.2, 1)], abs=1)
    assert heaviest_ink(path, 1, PPI) == pytest.approx(heaviest(inks.crop((60, 60, 1200, 1700)))[0], abs=2)

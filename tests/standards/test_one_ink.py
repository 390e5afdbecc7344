"""Small type is printed by one plate: pages of several houses, held against Ghostscript's separations."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from pipeline.models.editions import PRESS
from tests.support.paths import GOOD, PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PPI: Final = 200
SMALL: Final = 9.0
"""Points below which type is small: set in several inks it shows every fault of the register."""

PLATES: Final = ("Cyan", "Magenta", "Yellow", "Black")
INK: Final = 40
"""Levels of 255 from which on more ink in a letter than beside it is the letter's own."""

MAINS: Final = {"violet": ("#7A1F5C", "#0B7A75"), "yellow": ("#FFD400", "#E4572E"), "neutral": ("", "")}

PROFILE: Final = PACKAGE / "page" / "pictures" / "profiles" / "ISOcoated_v2_300_bas.icc"
"""The file's own output intent: inks that name no profile are of it, as a print shop's program takes them."""

_SEPARATING: Final = (
    *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}"),
    *(f"--permit-file-read={PROFILE}", f"-sDefaultCMYKProfile={PROFILE}", f"-sOutputICCProfile={PROFILE}"),
)

if shutil.which("gs") is None:
    pytest.skip("Ghostscript is not installed", allow_module_level=True)


class Letter(NamedTuple):
    """A letter of small type: the letter, and its box in pixels from the upper left corner of the sheet."""

    sign: str
    box: tuple[int, int, int, int]


@pytest.fixture(scope="module", params=MAINS)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the sample issue in a house's colours, and their separations beside them."""
    root = tmp_path_factory.mktemp(request.param)
    shutil.copytree(GOOD, root / "own")
    publication = root / "own" / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("name: knowledge-city", "name: bulletin")
    main, accent = MAINS[request.param]
    identity = f'identity: {{main: "{main}", accent: "{accent}"}}\n' if main else ""
    publication.write_text(text + identity, "utf-8")
    own = Workspace(root / "own")
    made = build(BuildRequest(own.issue_folders()[0], own, root / "out", editions=(PRESS,)))
    assert not errors(made.findings)
    pdf = next(path for path in made.paths if path.suffix == ".pdf")
    target = root / "plates.pdf"
    shutil.copyfile(pdf, target)
    subprocess.run(
        [*_SEPARATING, f"-sOutputFile={root}/page%d.tif", str(target)],
        check=True,
        capture_output=True,
    )
    return target


def small_letters(pdf: Path) -> Iterator[tuple[int, Letter]]:
    """Yield the letters of small type, each with the number of its page."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, 1):
        trim, media = page.get_trimbox(), page.get_mediabox()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(text, at))
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text, at, matrix)
            size = pdfium.FPDFText_GetFontSize(text, at) * abs(matrix.d)
            left, bottom, right, top = text.get_charbox(at)
            within = trim[0] < left and right < trim[2] and trim[1] < bottom and top < trim[3]
            if sign.isalnum() and 0 < size < SMALL - 0.01 and within:
                corners = (left, media[3] - top, right, media[3] - bottom)
                x1, y1, x2, y2 = (round(side * PPI / 72) for side in corners)
                # With the ground around it, from which the letter differs.
                yield number, Letter(sign, (x1 - 1, y1 - 1, x2 + 1, y2 + 1))


def ink_added(plates: list[Image.Image], letter: Letter) -> list[int]:
    """Return how much more ink each plate has in a letter than beside it, of 255; below nothing is a hole."""
    parts = [list(plate.crop(letter.box).tobytes()) for plate in plates]
    black = parts[3]
    within, beside = black.index(min(black)), black.index(max(black))
    return [part[beside] - part[within] for part in parts]


def test_every_letter_of_small_type_is_on_one_plate_and_that_is_black(pages: Path) -> None:
    plates: dict[int, list[Image.Image]] = {}
    seen, odd = 0, []
    for number, letter in small_letters(pages):
        if number not in plates:
            names = [pages.with_name(f"page{number}({plate}).tif") for plate in PLATES]
            plates[number] = [Image.open(name).convert("L") for name in names]
        added = ink_added(plates[number], letter)
        seen += 1
        if added[3] < INK or max(added[:3]) >= INK:
            odd.append((number, letter.sign, added))
    assert seen > 150
    assert odd == []

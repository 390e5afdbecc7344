"""The pictures of README and guide: `python -m tests.support.looks.guide_pages [FILE…]` writes them anew.

Each shows the first page and three inner pages of a bulletin in an identity of its own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.models.editions import SCREEN
from pipeline.page.engine.faces import isolate_faces
from pipeline.pdf.raster import page_pictures
from tests.specimens.bulletins import BULLETINS, LOOKS, laid_out
from tests.support.paths import REPOSITORY

FOLDER: Final = REPOSITORY / "docs" / "pages"
_PPI: Final = 42
_GAP: Final = 8
_COLOURS: Final = 192
_GROUND: Final = "#8A8D90"


class Shown(NamedTuple):
    """What a picture shows: a bulletin, its look (its own where None), and which of its pages."""

    bulletin: str
    look: str | None
    pages: tuple[int, ...]


SHOWN: Final = {
    "bulletin-river.png": Shown("river", None, (1, 3, 4, 8)),
    "bulletin-school.png": Shown("school", None, (1, 4, 5, 8)),
    "bulletin-shipped.png": Shown("shipped", "forest", (1, 2, 3, 6)),
}


def montage(shown: Shown, root: Path) -> Image.Image:
    """Return pages of a bulletin side by side.

    Args:
        shown: What to show.
        root: An empty folder.
    """
    look = LOOKS[shown.look] if shown.look else None
    issue = laid_out(BULLETINS[shown.bulletin], look, root)
    request = BuildRequest(issue, Workspace(root), root / "out", editions=(SCREEN,), fresh=True)
    pdf = next(path for path in build(request).paths if path.suffix == ".pdf")
    pages = page_pictures(pdf.read_bytes(), _PPI, shown.pages)
    width, height = pages[0].size
    whole = Image.new("RGB", ((width + _GAP) * len(pages) + _GAP, height + 2 * _GAP), _GROUND)
    for number, page in enumerate(pages):
        whole.paste(page, (_GAP + number * (width + _GAP), _GAP))
    return whole.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


if __name__ == "__main__":
    isolate_faces()
    for name, shown in SHOWN.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            montage(shown, Path(folder)).save(FOLDER / name, optimize=True)

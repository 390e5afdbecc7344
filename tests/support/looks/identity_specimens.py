"""The picture of the guide to identities: `python -m tests.support.looks.identity_specimens` writes it anew.

It shows the first page of a sample issue in five pairs of pale colours and the five pairs of faces.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from pipeline.desk.specimen.specimen import make_specimen
from pipeline.files.workspace import Workspace
from pipeline.page.engine.faces import isolate_faces
from pipeline.page.identity.faces import PAIRS
from pipeline.pdf.raster import page_pictures
from tests.page.identity.looks import PALE
from tests.support.paths import GOOD, REPOSITORY

PICTURE: Final = REPOSITORY / "docs" / "pages" / "identity.png"
_PPI: Final = 40
_GAP: Final = 8
_SHOWN: Final = (3, 4)
"""The pages of a specimen that are shown: the cover of the sample issue, and its first page of text."""

_STYLE: Final = "bulletin"
_COLOURS: Final = 256


def specimen_pages(root: Path, main: str, accent: str, pair: str) -> list[Image.Image]:
    """Return the pages of a specimen that the guide shows.

    Args:
        root: An empty folder.
        main: The main colour.
        accent: The second one.
        pair: The pair of faces.
    """
    shutil.copytree(GOOD, root)
    path = root / "issues" / "publication.yaml"
    text = path.read_text("utf-8").replace("knowledge-city", _STYLE)
    path.write_text(f'{text}identity: {{main: "{main}", accent: "{accent}", type: {pair}}}\n', "utf-8")
    pdf, _ = make_specimen(Workspace(root), root / "out").paths
    return page_pictures(pdf.read_bytes(), _PPI, _SHOWN)


def montage() -> Image.Image:
    """Return all of them side by side."""
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        for (name, (main, accent)), pair in zip(PALE.items(), PAIRS, strict=True):
            columns.append(specimen_pages(Path(folder) / name.replace(" ", "-"), main, accent, pair))
    width, height = columns[0][0].size
    whole = Image.new("RGB", ((width + _GAP) * len(columns) + _GAP, (height + _GAP) * 2 + _GAP), "#8A8D90")
    for column, pages in enumerate(columns):
        for row, page in enumerate(pages):
            whole.paste(page, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    return whole.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


if __name__ == "__main__":
    isolate_faces()
    montage().save(PICTURE, optimize=True)

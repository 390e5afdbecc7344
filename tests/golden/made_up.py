"""The approved output of two bulletins in style `bulletin`, version 1: text, tags, pictures of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.models.editions import SCREEN
from tests.golden import COLOURS, KEPT, extracted, sheet
from tests.specimens.bulletins import BULLETINS, LOOKS, laid_out
from tests.support.tag_outline import outline

if TYPE_CHECKING:
    from pathlib import Path

MADE_UP: Final = {"sister": "petrol", "school": "forest"}
"""The bulletins that are kept, each with its look."""

FOLDER: Final = KEPT / "bulletin"


def built(name: str, root: Path) -> Path:
    """Build the screen edition of a bulletin, and return it.

    Args:
        name: One of `MADE_UP`.
        root: An empty folder.
    """
    issue = laid_out(BULLETINS[name], LOOKS[MADE_UP[name]], root)
    request = BuildRequest(issue, Workspace(root), root / "out", editions=(SCREEN,), fresh=True)
    return next(path for path in build(request).paths if path.suffix == ".pdf")


def tags(pdf: Path) -> str:
    """Return the outline of a PDF's tags."""
    return "\n".join(outline(pdf)) + "\n"


def renew(root: Path) -> None:
    """Keep the bulletins as they are built now.

    Args:
        root: An empty folder.
    """
    FOLDER.mkdir(exist_ok=True)
    for name in MADE_UP:
        pdf = built(name, root / name)
        (FOLDER / f"{name}.txt").write_text(extracted(pdf), "utf-8")
        (FOLDER / f"{name}.tags.txt").write_text(tags(pdf), "utf-8")
        sheet(pdf).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(
            FOLDER / f"{name}.png", optimize=True
        )

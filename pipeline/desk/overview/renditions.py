"""Pictures as a screen shows them: decoded within the bounds of the press, made smaller, without metadata."""

from __future__ import annotations

from typing import Final

from pipeline.findings.finding import Finding, IssueError
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.picture_info import MILLIMETRES_AN_INCH
from pipeline.page.pictures.renditions import Rendition, RenditionOptions, rendition

_PPI: Final = 96
MOST_PIXELS: Final = 2400
"""The widest rendition that is made."""


def shown_picture(data: bytes, name: str, width: int) -> Rendition:
    """Return a picture for a screen; a drawing stays one.

    Args:
        data: The file.
        name: Its name; one that ends in .svg is a drawing.
        width: The most pixels across.

    Raises:
        IssueError: It is no picture that a page could have (E03, E55, E56, E58, E60).
    """
    info = examine(data, name, None)
    if isinstance(info, Finding):
        raise IssueError([info])
    across = min(max(width, 16), MOST_PIXELS) * MILLIMETRES_AN_INCH / _PPI
    made = rendition(data, info, RenditionOptions(across, _PPI, None), name=name, place=None)
    if isinstance(made, Finding):
        raise IssueError([made])
    return made

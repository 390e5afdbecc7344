"""The house's logo, drawn by itself: what it is painted with, and a picture for programs without drawings."""

from __future__ import annotations

import functools
import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.logo_pixels import LOOKED_AT, colours_in, pixels_of
from pipeline.page.identity.style_file import PageRhythm
from pipeline.page.style import ORIGIN
from pipeline.pdf.raster import packed, page_on_nothing

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from pipeline.page.identity.logo_plates import LogoColours
    from pipeline.page.pictures.picture_info import PictureInfo
    from pipeline.page.style import Style

_NAME: Final = "logo"
_RHYTHM: Final = PageRhythm(lines=10, leading=14.0, top=0.0)
_PPI: Final = 96
"""So that a pixel of CSS is one of the picture."""


_WORDS: Final = re.compile(rb"<(?:\w+:)?text\b")


class _Faces(NamedTuple):
    """The faces for the words of a drawing: without any, the engine ends the process at the first word.

    Args:
        sheet: Declares them.
        files: Each file, by its path below the origin.
    """

    sheet: str = ""
    files: tuple[tuple[str, Path], ...] = ()


def logo_colours(data: bytes, info: PictureInfo, style: Style) -> LogoColours:
    """Return what a logo is painted with.

    Args:
        data: The file, for a screen.
        info: What is known of it.
        style: Has the faces for its words.
    """
    if not info.is_drawing:
        return colours_in(pixels_of(data))
    return colours_in(_drawn(data, info.proportion, LOOKED_AT, _faces_for(data, style)))


def drawing_picture(data: bytes, proportion: float, height: int, style: Style) -> bytes:
    """Return a drawing as a PNG that is seen through where nothing is painted.

    Args:
        data: The SVG, for a screen.
        proportion: Its width over its height.
        height: In pixels.
        style: Has the faces for its words.
    """
    return packed(_drawn(data, proportion, height, _faces_for(data, style)))


def _faces_for(data: bytes, style: Style) -> _Faces:
    """Return the faces of a style for a drawing that has words."""
    if not _WORDS.search(data):
        return _Faces()
    files = tuple((f"fonts/{quote(name)}", path) for name, path in style.font_files.items())
    return _Faces(style.properties(SCREEN), files)


@functools.lru_cache(maxsize=4)
def _drawn(data: bytes, proportion: float, height: int, faces: _Faces) -> Image:
    """Draw a drawing as the pages do, on nothing."""
    width = max(1, round(height * proportion))
    html = (
        f'<html lang="en"><title>{_NAME}</title><style>{faces.sheet}'
        f"@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}"
        f"img{{display:block;width:{width}px;height:{height}px}}</style>"
        f'<img src="{ORIGIN}{_NAME}" alt="{_NAME}"></html>'
    )
    identifier = hashlib.sha256(data).digest()[:16]
    assets = {path: Asset(file.read_bytes(), "font/ttf") for path, file in faces.files}
    assets[_NAME] = Asset(data, "image/svg+xml")
    return page_on_nothing(print_pdf(html, SCREEN, assets, identifier, _RHYTHM).pdf, _PPI)

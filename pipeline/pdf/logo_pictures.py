"""The house's logo, drawn by itself: what it is painted with, and a picture for programs without drawings."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Final

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.logo_pixels import LOOKED_AT, colours_in, pixels_of
from pipeline.page.identity.style_file import PageRhythm
from pipeline.page.style import ORIGIN
from pipeline.pdf.raster import packed, page_on_nothing

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.page.identity.logo_plates import LogoColours
    from pipeline.page.pictures.picture_info import PictureInfo

_NAME: Final = "logo"
_RHYTHM: Final = PageRhythm(lines=10, leading=14.0, top=0.0)
_PPI: Final = 96
"""So that a pixel of CSS is one of the picture."""


def logo_colours(data: bytes, info: PictureInfo) -> LogoColours:
    """Return what a logo is painted with.

    Args:
        data: The file, for a screen.
        info: What is known of it.
    """
    return colours_in(_drawn(data, info.proportion, LOOKED_AT) if info.is_drawing else pixels_of(data))


def drawing_picture(data: bytes, proportion: float, height: int) -> bytes:
    """Return a drawing as a PNG that is seen through where nothing is painted.

    Args:
        data: The SVG, for a screen.
        proportion: Its width over its height.
        height: In pixels.
    """
    return packed(_drawn(data, proportion, height))


@functools.lru_cache(maxsize=4)
def _drawn(data: bytes, proportion: float, height: int) -> Image:
    """Draw a drawing as the pages do, on nothing."""
    width = max(1, round(height * proportion))
    html = (
        f'<html lang="en"><title>{_NAME}</title><style>@page{{size:{width}px {height}px;margin:0}}'
        f"body{{margin:0}}img{{display:block;width:{width}px;height:{height}px}}</style>"
        f'<img src="{ORIGIN}{_NAME}" alt="{_NAME}"></html>'
    )
    identifier = hashlib.sha256(data).digest()[:16]
    assets = {_NAME: Asset(data, "image/svg+xml")}
    return page_on_nothing(print_pdf(html, SCREEN, assets, identifier, _RHYTHM).pdf, _PPI)

"""Examination of a picture file of any format, without decoding its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.page.pictures.svg_files import examine_svg

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding
    from pipeline.findings.place import Place
    from pipeline.page.pictures.picture_info import PictureInfo


def examine(data: bytes, name: str, place: Place | None) -> PictureInfo | Finding:
    """Examine a picture file.

    Args:
        data: The file.
        name: As the issue names it; one that ends in .svg is a drawing.
        place: Where it is named.

    Returns:
        Its properties, or the finding that refuses it (E03, E55, E56, E58, E60).
    """
    if name.lower().endswith(".svg"):
        return examine_svg(data, name, place)
    from pipeline.page.pictures.raster_files import examine_raster  # noqa: PLC0415 - Pillow loads only for pixels

    return examine_raster(data, name, place)

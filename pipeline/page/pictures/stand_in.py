"""The picture that stands where one was withdrawn: of the same format and size, light grey with a cross."""

from __future__ import annotations

import io
from typing import Any, Final

from PIL import Image, ImageDraw

from pipeline.findings.finding import Finding
from pipeline.page.pictures.examination import examine

_GROUND, _LINE = 0xE4, 0xB4
_FORMS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF"}
_OPTIONS: Final[dict[str, dict[str, Any]]] = {"WEBP": {"lossless": True}, "TIFF": {"compression": "tiff_lzw"}}
_SIDES: Final = (1200, 900)
"""Of a picture that cannot be read."""


def stand_in(data: bytes, name: str) -> bytes:
    """Return a picture that shows that another was taken away.

    Args:
        data: The picture that goes; its size and format stay, so that pages keep their makeup.
        name: Its name; one that ends in .svg is a drawing.
    """
    info = examine(data, name, None)
    if name.lower().endswith(".svg"):
        width, height = (info.width, info.height) if not isinstance(info, Finding) else _SIDES
        return _drawing(width, height)
    if isinstance(info, Finding):
        return _pixels(*_SIDES, "JPEG")
    return _pixels(int(info.width), int(info.height), _FORMS[info.media_type])


def _drawing(width: float, height: float) -> bytes:
    ground, line = f"#{_GROUND:02x}" + f"{_GROUND:02x}" * 2, f"#{_LINE:02x}" + f"{_LINE:02x}" * 2
    wide = max(width, height) / 100
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<rect width="{width:g}" height="{height:g}" fill="{ground}"/>'
        f'<path d="M0 0L{width:g} {height:g}M0 {height:g}L{width:g} 0" stroke="{line}" '
        f'stroke-width="{wide:g}"/>'
        "</svg>\n"
    ).encode()


def _pixels(width: int, height: int, form: str) -> bytes:
    picture = Image.new("L", (width, height), _GROUND)
    draw = ImageDraw.Draw(picture)
    wide = max(1, max(width, height) // 100)
    draw.line((0, 0, width, height), fill=_LINE, width=wide)
    draw.line((0, height, width, 0), fill=_LINE, width=wide)
    held = io.BytesIO()
    options: dict[str, Any] = _OPTIONS.get(form, {})
    # WebP has no grey.
    (picture.convert("RGB") if form == "WEBP" else picture).save(held, form, **options)
    return held.getvalue()

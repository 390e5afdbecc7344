"""Pictures of odd sizes, formats and colours, each legal in itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    import random

_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{inner}</svg>'
)

_DRAWN: Final = (
    '<path d="M0 0H{w}V{h}Z" fill="#0F4C64"/>',
    '<path d="M1 1L{w} {h}" stroke="#1D1D1B" stroke-width="{line}" fill="none"/>',
    '<rect x="1" y="1" width="{w}" height="{line}" fill="#B4430F"/>',
    '<circle cx="5" cy="5" r="4" fill="none" stroke="black" stroke-width="{line}"/>',
    '<g transform="scale(.1)"><path d="M1 1H{w}" stroke="#000" stroke-width="{line}"/></g>',
    '<path d="M0 0H{w}V{h}Z" fill="#000000"/>',
    '<rect width="{w}" height="{h}" fill="white"/>',
    '<path d="M0 0H{w}V{h}Z" fill="#0F4C64" opacity=".5"/>',
    '<text x="2" y="9" font-size="8">Text</text>',
)

_SIZES: Final = (
    (1, 1), (40, 30), (900, 600), (1600, 1200), (2200, 1500), (3000, 150), (4000, 200), (120, 2400),
    (1500, 3000), (2600, 2600), (2400, 1000),
)  # fmt: skip


def odd_picture(chance: random.Random) -> tuple[str, bytes]:
    """Return a picture file and the ending of its name."""
    if chance.randrange(5) == 0:
        return "svg", _drawing(chance)
    width, height = chance.choice(_SIZES)
    picture = Image.linear_gradient("L").resize((width, height))
    mode, ending, options = chance.choice(_FORMATS)
    target = io.BytesIO()
    _in_mode(picture, mode).save(target, _NAMES[ending], **options)
    return ending, target.getvalue()


_NAMES: Final = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WEBP"}


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


_FORMATS: Final[tuple[tuple[str, str, dict[str, object]], ...]] = (
    ("RGB", "jpg", {}),
    ("RGB", "jpg", {"exif": _exif(6)}),
    ("RGB", "jpg", {"progressive": True}),
    ("CMYK", "jpg", {}),
    ("L", "jpg", {}),
    ("L", "png", {}),
    ("P", "png", {}),
    ("P", "png", {"transparency": 3}),
    ("RGBA", "png", {}),
    ("LA", "png", {}),
    ("1", "png", {}),
    ("I;16", "png", {}),
    ("RGB", "tif", {}),
    ("CMYK", "tif", {"compression": "tiff_lzw"}),
    ("RGB", "webp", {}),
    ("RGBA", "webp", {}),
)


def _in_mode(picture: Image.Image, mode: str) -> Image.Image:
    if mode == "I;16":
        return Image.frombytes("I;16", picture.size, b"\x10\x80" * (picture.width * picture.height))
    if mode == "P":
        return picture.convert("RGB").quantize(16)
    if mode in {"RGBA", "LA"}:
        clear = picture.convert(mode)
        clear.putalpha(picture.rotate(90).resize(picture.size))
        return clear
    return picture.convert("RGB").convert(mode)


def _drawing(chance: random.Random) -> bytes:
    width, height = chance.choice(((100, 60), (10, 200), (2000, 100), (24, 24), (1, 1)))
    line = chance.choice((0.01, 0.1, 1, 5))
    parts = [chance.choice(_DRAWN).format(w=width, h=height, line=line) for _ in range(chance.randint(1, 4))]
    return _SVG.format(w=width, h=height, inner="".join(parts)).encode()

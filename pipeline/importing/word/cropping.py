"""Pictures as the page shows them: cut, mirrored and turned (ECMA-376 part 1, 20.1.8.55 and 20.1.7.6)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding
from pipeline.page.pictures.examination import examine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from PIL import Image

_WHOLE: Final = 100_000
_VML_WHOLE: Final = 65_536
_QUARTER: Final = 5_400_000
"""A right angle in sixty thousandths of a degree."""

_ROTATION: Final = re.compile(r"(?:^|;)\s*rotation:\s*(-?\d+(?:\.\d+)?)(fd)?")
_FLIP: Final = re.compile(r"(?:^|;)\s*flip:\s*([xy ]+)")
_KEPT: Final = (315, 33432)
"""Who made the picture, and whose rights it is: Exif's Artist and Copyright."""


class Crop(NamedTuple):
    """What is done to a picture: the share cut away at each side, from 0 to 1, then mirrored, then turned.

    Args:
        left: Of the whole picture, as the other sides.
        top: Likewise.
        right: Likewise.
        bottom: Likewise.
        turns: Quarter turns clockwise.
        flips: Whether left and right are exchanged.
        upends: Whether top and bottom are exchanged.
    """

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    turns: int = 0
    flips: bool = False
    upends: bool = False

    @property
    def cuts(self) -> bool:
        """Whether anything is cut away, and something is left."""
        is_cut = any((self.left, self.top, self.right, self.bottom))
        return is_cut and self.left + self.right < 1 and self.top + self.bottom < 1

    @property
    def changes(self) -> bool:
        """Whether the picture is shown otherwise than its file has it."""
        return self.cuts or bool(self.turns or self.flips or self.upends)

    def turned(self, element: Element | None) -> Crop:
        """Return it with the turn of a picture (`a:xfrm`); a slant of less than half a quarter is let be.

        Args:
            element: The element, or None where the picture has none.
        """
        if element is None:
            return self
        turns = round(_number(element.get("rot")) / _QUARTER) % 4
        flips, upends = (element.get(name, "0") in {"1", "true"} for name in ("flipH", "flipV"))
        return self._replace(turns=turns, flips=flips, upends=upends)

    def turned_by_style(self, style: str) -> Crop:
        """Return it with the turn that a shape of VML has, by its style."""
        match = _ROTATION.search(style)
        degrees = float(match[1]) / (_VML_WHOLE if match[2] else 1) if match else 0
        flip = _FLIP.search(style)
        sides = flip[1] if flip else ""
        return self._replace(turns=round(degrees / 90) % 4, flips="x" in sides, upends="y" in sides)


def crop_of(element: Element | None) -> Crop:
    """Return what a source rectangle (`a:srcRect`) cuts away; a picture that is set smaller loses nothing."""
    if element is None:
        return Crop()
    left, top, right, bottom = (_share(element.get(side), _WHOLE) for side in "ltrb")
    return Crop(left, top, right, bottom)


def vml_crop_of(element: Element) -> Crop:
    """Return what a picture in VML (`v:imagedata`) cuts away."""
    sides = ("left", "top", "right", "bottom")
    left, top, right, bottom = (_share(element.get(f"crop{side}"), 1) for side in sides)
    return Crop(left, top, right, bottom)


def cropped(data: bytes, crop: Crop) -> bytes | None:
    """Return a picture as it is shown, with its colours and its maker; None where it cannot be cut or turned.

    Args:
        data: A JPEG, PNG or other picture of pixels.
        crop: What is done to the upright picture.
    """
    if isinstance(examine(data, "x.jpg", None), Finding):
        return None
    from PIL import Image, ImageOps  # noqa: PLC0415 - loads only for pixels

    try:
        with Image.open(io.BytesIO(data)) as image:
            kind = image.format
            profile = image.info.get("icc_profile")
            upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    width, height = upright.size
    box = (
        round(width * crop.left),
        round(height * crop.top),
        max(round(width * (1 - crop.right)), round(width * crop.left) + 1),
        max(round(height * (1 - crop.bottom)), round(height * crop.top) + 1),
    )
    exif = Image.Exif()
    # A thumbnail would show what was cut away.
    for tag in _KEPT:
        if tag in upright.getexif():
            exif[tag] = upright.getexif()[tag]
    part = _turned(upright.crop(box) if crop.cuts else upright, crop)
    held = io.BytesIO()
    if kind == "JPEG":
        part.save(held, "JPEG", quality=95, subsampling=0, icc_profile=profile, exif=exif)
    else:
        part.info.clear()
        part.save(held, "PNG", icc_profile=profile, exif=exif)
    return held.getvalue()


def _turned(picture: Image.Image, crop: Crop) -> Image.Image:
    from PIL import Image  # noqa: PLC0415 - as above

    ways = [Image.Transpose.FLIP_LEFT_RIGHT] * crop.flips + [Image.Transpose.FLIP_TOP_BOTTOM] * crop.upends
    turns = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
    ways += [turns[crop.turns]] if crop.turns else []
    for way in ways:
        picture = picture.transpose(way)
    return picture


def _number(written: str | None) -> int:
    try:
        return int(written or 0)
    except ValueError:
        return 0


def _share(written: str | None, whole: int) -> float:
    """Return a share as written: a number of a whole, a per cent, or a fixed number with an f."""
    bare = (written or "").strip()
    try:
        if bare.endswith("%"):
            share = float(bare[:-1]) / 100
        elif bare.endswith("f"):
            share = float(bare[:-1]) / _VML_WHOLE
        else:
            share = float(bare) / whole if bare else 0.0
    except ValueError:
        return 0.0
    return min(max(share, 0.0), 1.0)

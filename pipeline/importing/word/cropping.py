"""Pictures as the page shows them: without what was cut away (ECMA-376 part 1, 20.1.8.55)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding
from pipeline.page.pictures.examination import examine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WHOLE: Final = 100_000
_VML_WHOLE: Final = 65_536
_ORIENTATION: Final = 274
_KEPT: Final = (315, 33432)
"""Who made the picture, and whose rights it is: Exif's Artist and Copyright."""


class Crop(NamedTuple):
    """What is cut away at each side, as a share of the whole picture from 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def cuts(self) -> bool:
        """Whether anything is cut away, and something is left."""
        return any(self) and self.left + self.right < 1 and self.top + self.bottom < 1


def crop_of(element: Element | None) -> Crop:
    """Return what a source rectangle (`a:srcRect`) cuts away; a picture that is set smaller loses nothing."""
    if element is None:
        return Crop(0, 0, 0, 0)
    return Crop(*(_share(element.get(side), _WHOLE) for side in "ltrb"))


def vml_crop_of(element: Element) -> Crop:
    """Return what a picture in VML (`v:imagedata`) cuts away."""
    return Crop(*(_share(element.get(f"crop{side}"), 1) for side in ("left", "top", "right", "bottom")))


def cropped(data: bytes, crop: Crop) -> bytes | None:
    """Return a picture without what is cut away, with its colours and its maker; None where it cannot be cut.

    Args:
        data: A JPEG, PNG or other picture of pixels.
        crop: What is cut away of the upright picture.
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
    part = upright.crop(box)
    held = io.BytesIO()
    if kind == "JPEG":
        part.save(held, "JPEG", quality=95, subsampling=0, icc_profile=profile, exif=exif)
    else:
        part.info.clear()
        part.save(held, "PNG", icc_profile=profile, exif=exif)
    return held.getvalue()


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

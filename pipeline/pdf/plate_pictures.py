"""The plates of a page as somebody looks at them on a screen: one ink, all together, or as on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps, ImageStat

from pipeline.page.pictures.inks import on_paper
from pipeline.pdf.plates.plates import total_of
from pipeline.pdf.raster import packed

if TYPE_CHECKING:
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.plates.plates import Inked

PROOF: Final = "proof"
TOTAL: Final = "total"

_INKS: Final = {
    "cyan": (0, 145, 205),
    "magenta": (214, 0, 115),
    "yellow": (236, 200, 0),
    "black": (20, 20, 20),
}
"""The colour that full ink has on a screen; yellow is darker than it is, so that it is seen on white."""

PLATES: Final = (PROOF, *_INKS, TOTAL)
"""What is shown of a page: as it looks on paper, each of its inks, and how much ink lies on each spot."""

_TOO_MUCH: Final = (230, 0, 0)
_WHITE: Final = (255, 255, 255)
_FAST: Final = 1
"""Of zlib's levels: the picture is looked at once."""


def plate_picture(inks: Inked, plate: str, condition: PrintingCondition) -> bytes:
    """Return a picture of a page in its inks, as a PNG.

    Args:
        inks: The page.
        plate: One of `PLATES`.
        condition: What it is printed on. Of all inks together, what is more than its paper takes is red.
    """
    if plate == PROOF:
        return packed(on_paper(inks, condition), _FAST)
    if plate == TOTAL:
        return packed(_together(inks, condition.ink_limit), _FAST)
    band = inks.getchannel(tuple(_INKS).index(plate))
    return packed(ImageOps.colorize(ImageOps.invert(band), black=_INKS[plate], white=_WHITE), _FAST)


def coverage_of(inks: Inked) -> tuple[float, float, float, float]:
    """Return how much of a page each ink covers, in per cent: cyan, magenta, yellow, black."""
    cyan, magenta, yellow, black = (round(mean / 255 * 100, 1) for mean in ImageStat.Stat(inks).mean)
    return cyan, magenta, yellow, black


def _together(inks: Inked, limit: int) -> Image.Image:
    """Return how much ink lies on each spot: white for none, black for as much as the paper takes."""
    total = total_of(inks)
    most = limit / 100 * 255
    grey = total.point(lambda value: value * (-255 / most) + 255).convert("L")
    shown = Image.merge("RGB", (grey, grey, grey))
    # A value that is cut off by rounding is not too much.
    beyond = total.point(lambda value: value - (most + 2)).convert("L").point(lambda value: 255 * (value > 0))
    shown.paste(_TOO_MUCH, mask=beyond)
    return shown

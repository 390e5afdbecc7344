"""The properties of a picture file, and whether it has enough pixels for the width it is set to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from pipeline.findings.place import Place

FEWEST_PPI: Final = 100
"""Below this a picture looks soft on a screen at 100 %."""

FEWEST_ON_PAPER: Final = 150
DOUBTFUL_ON_PAPER: Final = 220
BEST_ON_PAPER: Final = 300
"""Pixels per inch: a print looks coarse below the first, soft below the second, no better above the last."""

MILLIMETRES_AN_INCH: Final = 25.4


_OF_CAMERAS: Final = frozenset({"image/jpeg", "image/webp", "image/tiff"})
"""Formats of cameras and scanners."""


class PictureInfo(NamedTuple):
    """The properties of a picture file.

    Args:
        media_type: Its IANA media type.
        width: In pixels, upright; for a drawing in its own units.
        height: Likewise.
        is_dense: Whether a PNG has as many bytes a pixel as only a photograph needs.
    """

    media_type: str
    width: float
    height: float
    is_dense: bool = False

    @property
    def is_drawing(self) -> bool:
        """Whether it is a vector drawing, which has no resolution."""
        return self.media_type == "image/svg+xml"

    @property
    def is_photograph(self) -> bool:
        """Whether it is taken for a photograph: in a format of cameras, or dense."""
        return self.media_type in _OF_CAMERAS or self.is_dense

    @property
    def proportion(self) -> float:
        """Width over height."""
        return self.width / self.height


def ppi(info: PictureInfo, width: float) -> int:
    """Return the pixels per inch of a picture set `width` millimetres wide."""
    return round(info.width / (width / MILLIMETRES_AN_INCH))


def resolution_findings(info: PictureInfo, name: str, place: Place | None, width: float) -> list[Finding]:
    """Warn (W04) of a picture too small for `width` millimetres."""
    if info.is_drawing or ppi(info, width) >= FEWEST_PPI:
        return []
    wanted = round(width / MILLIMETRES_AN_INCH * 150)
    return [found("W04", place, name=name, ppi=ppi(info, width), wanted=wanted)]


def paper_resolution_findings(
    info: PictureInfo, name: str, place: Place | None, width: float
) -> list[Finding]:
    """Refuse (E68) or warn of (W12) a picture too small to be printed `width` millimetres wide."""
    if info.is_drawing or ppi(info, width) >= DOUBTFUL_ON_PAPER:
        return []
    code = "W12" if ppi(info, width) >= FEWEST_ON_PAPER else "E68"
    wanted = round(width / MILLIMETRES_AN_INCH * BEST_ON_PAPER)
    return [found(code, place, name=name, ppi=ppi(info, width), wanted=wanted)]


def first_line(error: Exception) -> str:
    """Return the first line of a library's error message, for a finding about a file."""
    return (str(error).splitlines() or [type(error).__name__])[0][:120]

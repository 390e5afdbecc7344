"""Colour spaces of a PDF, and their colours converted to four inks (ISO 32000-2, 8.6)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import pikepdf

from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.stream_limits import bounded_bytes

Inks = tuple[float, float, float, float]
"""Parts of cyan, magenta, yellow and black, from 0 to 1."""

NO_INK: Final[Inks] = (0.0, 0.0, 0.0, 0.0)
BLACK: Final[Inks] = (0.0, 0.0, 0.0, 1.0)
_COMPONENTS: Final = {"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4}
_ABBREVIATED: Final = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
_PROCESS: Final[dict[str, Inks]] = {
    "Cyan": (1, 0, 0, 0),
    "Magenta": (0, 1, 0, 0),
    "Yellow": (0, 0, 1, 0),
    "Black": (0, 0, 0, 1),
    "All": (1, 1, 1, 1),
    "None": (0, 0, 0, 0),
}
_DEFAULTS: Final = {
    "DeviceGray": "/DefaultGray",
    "DeviceRGB": "/DefaultRGB",
    "DeviceCMYK": "/DefaultCMYK",
}
_DEEPEST: Final = 8
_MOST_SAMPLES: Final = 10_000_000


class Space(NamedTuple):
    """A colour space.

    Args:
        kind: Its name, as `DeviceCMYK`, `ICCBased` or `Separation`.
        components: How many numbers make a colour.
        names: The colorants of a Separation or DeviceN.
        base: The space it refers to: the alternate, the base of an Indexed space, that of a pattern.
        full: The colour of each colorant at full tint, in inks, as far as it is known.
        has_default: Whether the resources where it is chosen say which colours it stands for (8.6.5.6).
    """

    kind: str
    components: int
    names: tuple[str, ...] = ()
    base: Space | None = None
    full: tuple[Inks, ...] = ()
    has_default: bool = False

    @property
    def family(self) -> str:
        """The family of the space, through its base: `ink`, `grey`, `light`, `spot` or `pattern`."""
        if self.kind in {"Indexed", "Pattern"} and self.base is not None:
            return self.base.family
        if self.kind in {"Separation", "DeviceN"}:
            return "ink" if all(name in _PROCESS for name in self.names) else "spot"
        if self.kind == "Pattern":
            return "pattern"
        return {1: "grey", 4: "ink"}.get(self.components, "light")

    def inks(self, colour: tuple[float, ...]) -> Inks:
        """Return a colour in inks: exact for inks, approximate for grey and RGB."""
        if self.kind in {"Separation", "DeviceN"}:
            parts = [0.0, 0.0, 0.0, 0.0]
            for tint, full in zip(colour, self.full, strict=False):
                parts = [min(1.0, part + tint * ink) for part, ink in zip(parts, full, strict=True)]
            return (parts[0], parts[1], parts[2], parts[3])
        if self.kind == "Lab":
            return (0.0, 0.0, 0.0, _part(1 - colour[0] / 100)) if colour else BLACK
        return inks_of(colour)


GREY: Final = Space("DeviceGray", 1)
RGB: Final = Space("DeviceRGB", 3)
CMYK: Final = Space("DeviceCMYK", 4)


def in_resources(space: Space, resources: Any) -> Space:
    """Return a device colour space as it is chosen where these resources apply."""
    entries: Any = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
    default = _DEFAULTS.get(space.kind)
    if default is None or not isinstance(entries, pikepdf.Dictionary) or default not in entries:
        return space
    return space._replace(has_default=True)


def inks_of(colour: tuple[float, ...]) -> Inks:
    """Return a grey, RGB or CMYK colour in inks, converted between device spaces (ISO 32000-2, 10.4)."""
    parts = tuple(_part(number) for number in colour)
    if len(parts) == 1:
        return (0.0, 0.0, 0.0, 1 - parts[0])
    if len(parts) == 3:  # noqa: PLR2004 - red, green, blue
        black = 1 - max(parts)
        return (1 - parts[0] - black, 1 - parts[1] - black, 1 - parts[2] - black, black)
    return (parts[0], parts[1], parts[2], parts[3]) if len(parts) == 4 else BLACK  # noqa: PLR2004


def space_of(written: Any, resources: Any, depth: int = 0) -> Space | None:
    """Return a colour space, or None where it is not known.

    Args:
        written: A name or an array, as in the file.
        resources: Where names are looked up.
        depth: How many spaces refer to this one, one through the other.
    """
    if depth > _DEEPEST:
        return None
    if isinstance(written, pikepdf.Name):
        name = str(written)[1:]
        name = _ABBREVIATED.get(name, name)
        if name in _COMPONENTS:
            return in_resources(Space(name, _COMPONENTS[name]), resources)
        if name == "Pattern":
            return Space(name, 0)
        entries: Any = resources.get("/ColorSpace", {}) if isinstance(resources, pikepdf.Dictionary) else {}
        known = entries.get(str(written)) if isinstance(entries, pikepdf.Dictionary) else None
        return space_of(known, resources, depth + 1) if known is not None else None
    if not isinstance(written, pikepdf.Array) or not len(written) or not isinstance(written[0], pikepdf.Name):
        return None
    return _of_array(str(written[0])[1:], written, resources, depth + 1)


def _of_array(kind: str, parts: Any, resources: Any, depth: int) -> Space | None:
    kind = _ABBREVIATED.get(kind, kind)
    if kind in _COMPONENTS:
        return in_resources(Space(kind, _COMPONENTS[kind]), resources)
    if kind == "ICCBased" and len(parts) > 1 and isinstance(parts[1], pikepdf.Stream):
        return Space(kind, _whole(parts[1].get("/N"), 3))
    if kind == "Pattern":
        return Space(kind, 0, base=space_of(parts[1], resources, depth) if len(parts) > 1 else None)
    if kind == "Indexed" and len(parts) > 1:
        base = space_of(parts[1], resources, depth)
        return Space(kind, 1, base=base) if base is not None else None
    if kind in {"Separation", "DeviceN"} and len(parts) > 3:  # noqa: PLR2004 - name, alternate, tint
        entries: Any = parts[1] if isinstance(parts[1], pikepdf.Array) else [parts[1]]
        names = tuple(str(name)[1:] for name in entries)
        base = space_of(parts[2], resources, depth)
        full = tuple(
            _PROCESS.get(name) or _tinted(parts[3], base, at, len(names)) for at, name in enumerate(names)
        )
        return Space(kind, len(names), names=names, base=base, full=full)
    return None


def _tinted(function: Any, base: Space | None, at: int, count: int) -> Inks:
    """Return a spot colour at full tint, in inks; black if its tint function is a PostScript function."""
    if base is None or count != 1 or at:
        return BLACK
    try:
        if int(function.FunctionType) == 2:  # noqa: PLR2004 - exponential interpolation (7.10.3)
            return base.inks(tuple(float(part) for part in function.C1))
        if int(function.FunctionType) == 0 and int(function.BitsPerSample) == 8:  # noqa: PLR2004 - samples of a byte
            last = bounded_bytes(function, _MOST_SAMPLES)[-base.components :]
            return base.inks(tuple(part / 255 for part in last))
    except BROKEN_PDF_ERRORS:
        return BLACK
    return BLACK


def _part(number: float) -> float:
    return min(max(number, 0.0), 1.0)


def _whole(number: Any, otherwise: int) -> int:
    try:
        return int(number)
    except (TypeError, ValueError):
        return otherwise

"""Colours on paper: only inks, black that overprints and white that does not (ISO 15930-7, 6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.pdf.content.colour_spaces import BLACK, NO_INK, Space, space_of
from pipeline.pdf.preflight.checked_pdf import gathered, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding
    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.content.graphics_state import GraphicsState, Paint
    from pipeline.pdf.content.painting.painted_objects import Painted
    from pipeline.pdf.preflight.checked_pdf import CheckedPage

SMALL: Final = 14.0
"""Points below which type of several inks shows coloured edges when the press is a hair out of register."""

_DARK: Final = 0.85
_PROFILED: Final = frozenset({"ICCBased", "CalGray", "CalRGB", "Lab"})
_BANDS: Final = {"DeviceGray": {1, 3, 4}, "DeviceRGB": {3}, "DeviceCMYK": {4}}
"""How many bands a profile of the output intent has that describes a colour space without one."""


def colour_findings(page: CheckedPage) -> Iterator[Finding]:
    """Check the colours of a press page."""
    things: list[tuple[str, Area]] = []
    pictures: list[tuple[str, Area]] = []
    profiled: list[tuple[str, Area]] = []
    spots: list[tuple[str, Area]] = []
    # Beyond the bleed too, since PDF/X holds for the whole sheet.
    for thing in page.objects:
        for space in _spaces(thing):
            if space.family == "light":
                (pictures if thing.kind == "picture" else things).append((_kind(space), thing.area))
            elif _kind(space) in _PROFILED:
                profiled.append((_kind(space), thing.area))
    for thing in page.seen:
        spots += [
            (name, thing.area) for space in _spaces(thing) if space.family == "spot" for name in space.names
        ]
    clear = [thing for thing in page.seen if _clearness(thing)]
    mixing = _mixing_space(page)
    if clear and mixing is not None and mixing.family == "light":
        things.append((_kind(mixing), page.trim))
    yield from grouped(page, "E121", pictures, "space")
    yield from grouped(page, "E120", things, "space")
    yield from grouped(page, "E122", profiled, "space")
    yield from grouped(page, "W120", spots, "name")
    yield from _overprint_findings(page)
    ways = ", ".join(sorted({_clearness(thing) for thing in clear}))
    yield from gathered(page, "W123", [thing.area for thing in clear], ways=ways)


def light_findings(page: CheckedPage, bands: int) -> Iterator[Finding]:
    """Find colours of a screen page without a defined appearance (ISO 19005-2, 6.2.4.3).

    Args:
        page: The page.
        bands: Number of colour components of the file's output intent; 0 without one.
    """
    undefined = []
    for thing in page.objects:
        for space in _spaces(thing):
            space = _innermost(space)  # noqa: PLW2901 - what its colours are told in
            kind = space.kind
            if kind in _BANDS and not space.has_default and bands not in _BANDS[kind]:
                undefined.append((kind, thing.area))
    yield from grouped(page, "E119", undefined, "space")


def _mixing_space(page: CheckedPage) -> Space | None:
    """Return the blending colour space of the page's transparency group (11.6.6)."""
    group: Any = page.page.obj.get("/Group")
    if not isinstance(group, pikepdf.Dictionary):
        return None
    return space_of(group.get("/CS"), page.page.resources)


def _spaces(thing: Painted) -> Iterator[Space]:
    if thing.space is not None:
        yield thing.space
    if thing.fills:
        yield from _of_paint(thing.state.fill)
    if thing.strokes:
        yield from _of_paint(thing.state.stroke)


def _of_paint(paint: Paint) -> Iterator[Space]:
    if paint.space is not None:
        yield paint.space


def _kind(space: Space) -> str:
    return _innermost(space).kind


def _innermost(space: Space) -> Space:
    while space.kind in {"Indexed", "Pattern"} and space.base is not None:
        space = space.base
    return space


def _overprint_findings(page: CheckedPage) -> Iterator[Finding]:
    white: list[Area] = []
    knocking_out: list[Area] = []
    mixed: list[Area] = []
    for thing in page.seen:
        if thing.kind not in {"path", "text"}:
            continue
        state = thing.state
        painted = [(state.fill, state.fill_over)] * thing.fills + [
            (state.stroke, state.stroke_over)
        ] * thing.strokes
        for paint, over in painted:
            if paint.space is None or paint.pattern or paint.space.family not in {"ink", "grey"}:
                continue
            keeps = over and _keeps_what_lies_below(paint.space, state)
            if paint.inks == NO_INK and keeps:
                white.append(thing.area)
            if thing.kind != "text":
                continue
            if paint.inks == BLACK and not keeps:
                knocking_out.append(thing.area)
            if state.font_size * thing.scale < SMALL and _is_mixed_black(paint):
                mixed.append(thing.area)
    yield from gathered(page, "E124", white)
    yield from gathered(page, "W121", knocking_out)
    yield from gathered(page, "W122", mixed)


def _keeps_what_lies_below(space: Space, state: GraphicsState) -> bool:
    """Return whether overprinting leaves the other inks alone (8.6.7, table 149)."""
    return space.kind in {"Separation", "DeviceN"} or (space.kind == "DeviceCMYK" and state.black_over)


def _is_mixed_black(paint: Any) -> bool:
    """Return whether a black is mixed of several inks: nearly full black, with others below it."""
    return bool(paint.inks[3] >= _DARK and sum(paint.inks[:3]) > 0)


def _clearness(thing: Painted) -> str:
    """Return the name of the feature that makes an object transparent; empty if it is opaque."""
    state = thing.state
    if state.soft_mask or (thing.pixels is not None and thing.pixels.is_clear):
        return "SMask"
    if state.blend not in {"Normal", "Compatible"}:
        return state.blend
    alphas = [state.fill_alpha] * (thing.fills or thing.kind in {"picture", "shading"})
    alpha = min([*alphas, *[state.stroke_alpha] * thing.strokes], default=1.0)
    return f"{alpha:.0%}" if alpha < 1 else ""

"""Colours on paper: only inks, black that overprints and white that does not (ISO 15930-7, 6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.colour_spaces import BLACK, NO_INK, Space, space_of
from pipeline.preflight.subject import gathered, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings import Finding
    from pipeline.graphics_state import Paint
    from pipeline.pdf_content import Area, Painted
    from pipeline.preflight.subject import Page

SMALL: Final = 14.0
"""Points below which type of several inks shows coloured edges when the press is a hair out of register."""

_DARK: Final = 0.85
_PROFILED: Final = frozenset({"ICCBased", "CalGray", "CalRGB", "Lab"})


def colour_findings(page: Page) -> Iterator[Finding]:
    """Judge the colours of a press page."""
    light: list[tuple[str, Area]] = []
    profiled: list[tuple[str, Area]] = []
    spots: list[tuple[str, Area]] = []
    for thing in page.seen:
        for space in _spaces(thing, page):
            what = (_kind(space), thing.area)
            if space.family == "light":
                light.append(what)
            elif _profiled(space):
                profiled.append(what)
            elif space.family == "spot":
                spots += [(name, thing.area) for name in space.names]
    pictures = {id(thing.area) for thing in page.seen if thing.kind == "picture"}
    yield from grouped(page, "E121", [one for one in light if id(one[1]) in pictures], "space")
    yield from grouped(page, "E120", [one for one in light if id(one[1]) not in pictures], "space")
    yield from grouped(page, "E122", profiled, "space")
    yield from grouped(page, "W120", spots, "name")
    yield from _overprint_findings(page)
    yield from _transparency_findings(page)


def _spaces(thing: Painted, page: Page) -> Iterator[Space]:
    if thing.kind == "picture":
        held = thing.held
        if isinstance(held, pikepdf.Stream):
            if held.get("/ImageMask", False):
                yield from _of_paint(thing.state.fill)
                return
            space = space_of(held.get("/ColorSpace"), page.page.resources)
            if space is not None:
                yield space
        return
    if thing.fills:
        yield from _of_paint(thing.state.fill)
    if thing.strokes:
        yield from _of_paint(thing.state.stroke)


def _of_paint(paint: Paint) -> Iterator[Space]:
    if paint.space is not None:
        yield paint.space


def _kind(space: Space) -> str:
    while space.kind in {"Indexed", "Pattern"} and space.base is not None:
        space = space.base
    return space.kind


def _profiled(space: Space) -> bool:
    return _kind(space) in _PROFILED


def _overprint_findings(page: Page) -> Iterator[Finding]:
    white: list[Area] = []
    knocked: list[Area] = []
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
            if over and paint.inks == NO_INK:
                white.append(thing.area)
            if thing.kind == "text" and paint.inks == BLACK and not over:
                knocked.append(thing.area)
            if thing.kind == "text" and state.font_size * thing.scale < SMALL and _is_mixed_black(paint):
                mixed.append(thing.area)
    yield from gathered(page, "E124", white)
    yield from gathered(page, "W121", knocked)
    yield from gathered(page, "W122", mixed)


def _is_mixed_black(paint: Any) -> bool:
    """Tell a black that several inks make: nearly full black, and others below it."""
    return bool(paint.inks[3] >= _DARK and sum(paint.inks[:3]) > 0)


def _transparency_findings(page: Page) -> Iterator[Finding]:
    clear = [
        thing.area
        for thing in page.seen
        if thing.state.soft_mask
        or thing.state.blend not in {"Normal", "Compatible"}
        or (thing.fills and thing.state.fill_alpha < 1)
        or (thing.strokes and thing.state.stroke_alpha < 1)
        or (isinstance(thing.held, pikepdf.Stream) and "/SMask" in thing.held)
    ]
    yield from gathered(page, "W123", clear)

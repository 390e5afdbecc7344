"""Margins, paddings, borders and sizes of a box, resolved once for all boxes that have the same.

The engine resolves eighteen lengths of each box each time it is laid out, most of which are nought or `auto`.
With this patch they are kept by the values in the style and the room they refer to. Lengths that are computed
(`calc()`), and borders that collapse into those of cells beside them, are resolved each time.

Upstream: no issue known for it.
"""

from __future__ import annotations

import sys
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.memory.signatures import with_signature_of
from pipeline.page.engine.paragraphs.remembered import Memory
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PERCENT: Final = "weasyprint.layout.percent"

GUARD: Final = Guard(
    "lengths",
    VERSION,
    (
        Shape(f"{_PERCENT}:resolve_percentages", "(box, containing_block)"),
        Shape(f"{_PERCENT}:resolve_one_percentage", "(box, property_name, refer_to)"),
        Shape(f"{_PERCENT}:percentage", "(value, computed, refer_to)"),
        Shape(f"{_PERCENT}:adjust_box_sizing", "(box, axis)"),
        Shape("weasyprint.formatting_structure.boxes:PageBox", "(page_type, style)"),
        Shape("weasyprint.layout.block:resolve_percentages", "(box, containing_block)"),
    ),
)

MOST: Final = 4096
"""Sets of lengths that are kept; the pages of a bulletin have some hundreds."""

_SIDES: Final = ("top", "right", "bottom", "left")
LENGTHS: Final = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
"""What may be a share of the room, by its name in the style and in the box."""

BORDERS: Final = tuple(f"border_{side}_width" for side in _SIDES)
MODES: Final = ("border_collapse", "box_sizing")

_ALL: Final = (*LENGTHS, *BORDERS, *MODES)

_values: Final = itemgetter(*_ALL)
_lengths: Final = itemgetter(*LENGTHS)

memory: Final[Memory[Mapping[str, Any]]] = Memory(MOST)
"""The attributes that a box is given; none where they are resolved each time."""


def remember_lengths() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.formatting_structure.boxes import Box, PageBox  # noqa: PLC0415 - slow to load
    from weasyprint.layout import percent  # noqa: PLC0415

    plain = percent.resolve_percentages
    if getattr(plain, "remembers", False):
        return
    patched = _remembering(plain, Box, PageBox)
    for name, module in list(sys.modules.items()):
        # Each module of the layout has imported it under its own name.
        if name.startswith("weasyprint.layout") and getattr(module, "resolve_percentages", None) is plain:
            module.resolve_percentages = patched  # type: ignore[attr-defined]


def _remembering(plain: Callable[[Any, Any], None], a_box: type, a_page: type) -> Callable[[Any, Any], None]:
    def resolve_percentages(box: Any, containing_block: Any) -> None:  # noqa: ANN401 - of the engine
        style = box.style
        if isinstance(containing_block, a_box):
            room = (containing_block.width, containing_block.height)  # type: ignore[attr-defined]
        else:
            room = containing_block

        def resolved() -> Mapping[str, Any]:
            if style["border_collapse"] == "collapse" or not all(map(_is_plain, _lengths(style))):
                return {}
            plain(box, containing_block)
            return {name: getattr(box, name) for name in (*LENGTHS, *BORDERS)}

        known = memory.recall((_values(style), *room, isinstance(box, a_page)), resolved)
        if known:
            box.__dict__.update(known)
        else:
            plain(box, containing_block)

    resolve_percentages.remembers = True  # type: ignore[attr-defined]
    return with_signature_of(plain, resolve_percentages)


def _is_plain(value: Any) -> bool:  # noqa: ANN401 - a value of a style
    """Return whether a length is a number of pixels, a share, `auto` or none: what needs no further style."""
    return value is None or value == "auto" or getattr(value, "unit", None) in {"px", "%"}

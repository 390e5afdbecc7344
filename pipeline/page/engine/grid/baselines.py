"""Blocks set on the grid of lines: text stands beside text at the same height in all columns.

The engine sets each block below the one before, so that a heading, a picture or a list moves all lines after
it, and neighbouring columns disagree. With this patch a block whose style has the custom property
`--grid: ORIGIN STEP` (lengths from the upper edge of the page) begins on a line of that grid: the space above
it grows by less than a step. At the top of a page it takes none. `--grid-below` does it for what follows a
block, such as the columns below a table that spans them. Without these properties, nothing changes.

Upstream: no issue known for it; CSS Line Grid (`line-grid`, `box-snap`) and CSS Rhythmic Sizing
(`block-step`) are drafts that no engine of pages has.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK: Final = "weasyprint.layout.block"
_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "baselines",
    VERSION,
    (
        Shape(
            f"{_BLOCK}:block_level_layout_switch",
            "(context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, "
            "fixed_boxes, adjoining_margins, first_letter_style, first_line_style, discard, max_lines)",
        ),
        Shape(f"{_BLOCK}:collapse_margin", "(adjoining_margins)"),
        Shape(f"{_BOXES}:TableBox", "(element_tag, style, element, children)"),
        Shape(f"{_BOXES}:BlockBox", "(element_tag, style, element, children)"),
    ),
)

PROPERTY: Final = "__grid"
"""The custom property `--grid`, as the engine keeps it."""

BELOW: Final = "__grid_below"
"""`--grid-below`: the space below a block grows, so that what follows it begins on the grid."""

_SKIP_STACK, _MARGINS = 1, 6
"""Which of the arguments behind the box say that it is continued, and which margins come before it."""

_PIXELS: Final = {"pt": 4 / 3, "px": 1.0, "mm": 96 / 25.4}
_LENGTHS: Final = 2
_ROUNDING: Final = 0.05
"""Pixels by which a block may stand off the grid."""

_TALLER: Final = 0.6
"""Pixels by which a line is taller that has a sign of another face in it."""


class Grid(NamedTuple):
    """Lines at equal distances down a page, in CSS pixels: where the first is, and the distance."""

    origin: float
    step: float

    def room_above(self, y: float) -> float:
        """Return how far the next line is below a height; 0 on a line."""
        over = (y - self.origin) % self.step
        return 0.0 if min(over, self.step - over) < _ROUNDING else self.step - over

    def over(self, y: float) -> float:
        """Return how far a height is below a line that a taller line ended at; 0 elsewhere."""
        over = (y - self.origin) % self.step
        return over if _ROUNDING <= over <= _TALLER else 0.0


def set_on_grid() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    plain = block.block_level_layout_switch
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def block_level_layout_switch(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - the engine's own
        grid = grid_of(box) if arguments[_SKIP_STACK] is None else None
        if grid is not None:
            above = named.get("adjoining_margins", arguments[_MARGINS] if len(arguments) > _MARGINS else ())
            _lower(box, grid, above)
        result = plain(context, box, *arguments, **named)
        made, resume_at = result[:2]
        below = grid_of(box, BELOW) if made is not None and resume_at is None else None
        if below is not None:
            _lengthen(made, below, result[3])
        return result

    block.block_level_layout_switch = block_level_layout_switch


def grid_of(box: Any, name: str = PROPERTY) -> Grid | None:  # noqa: ANN401
    """Return the grid that a box begins on; None where its style asks for none.

    Args:
        box: A block of the engine.
        name: `BELOW` for the grid that what follows it begins on.
    """
    tokens = box.style[name]
    if not tokens:
        return None
    return _read(tuple((each.value, each.lower_unit) for each in tokens if each.type == "dimension"))


@functools.lru_cache(maxsize=64)
def _read(lengths: tuple[tuple[float, str], ...]) -> Grid | None:
    if len(lengths) != _LENGTHS or not all(unit in _PIXELS for _, unit in lengths):
        return None
    origin, step = (value * _PIXELS[unit] for value, unit in lengths)
    return Grid(origin, step) if step > 0 else None


def _lengthen(box: Any, grid: Grid, adjoining_margins: Sequence[float]) -> None:  # noqa: ANN401
    """Enlarge the space below a box so that what follows it begins on the grid."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    margins = [*adjoining_margins, box.margin_bottom]
    bottom = box.border_box_y() + box.border_height()
    room = grid.room_above(bottom + block.collapse_margin(margins))
    if room:
        box.margin_bottom = max(0.0, *margins) + room


def _lower(box: Any, grid: Grid, adjoining_margins: Sequence[float]) -> None:  # noqa: ANN401
    """Enlarge the space above a box so that it begins on the grid."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load
    from weasyprint.layout import block  # noqa: PLC0415

    if isinstance(box, boxes.TableBox):
        return
    style = box.style
    has_columns = style["column_width"] != "auto" or style["column_count"] != "auto"
    if has_columns or not isinstance(box, boxes.BlockBox):
        # The engine adds the margins of such a box to those before it.
        above = block.collapse_margin(adjoining_margins) + box.margin_top if has_columns else box.margin_top
        box.margin_top += grid.room_above(box.position_y + above)
        return
    margins = [*adjoining_margins, box.margin_top]
    start = box.position_y + block.collapse_margin(margins)
    if (over := grid.over(start)) and not any(adjoining_margins):
        box.margin_top -= over
    elif room := grid.room_above(start):
        box.margin_top = max(0.0, *margins) + room

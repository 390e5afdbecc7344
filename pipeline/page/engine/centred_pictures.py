"""A picture among text on a grid of lines stands in the middle of its room, not at the head of it.

The text below a picture begins on the next line of the grid, so that all that is left of a line is white
below the caption, up to a line more than above the picture. How much is known only when it is laid out.

Upstream: CSS has no such thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.grid.baselines import BELOW, grid_of
from pipeline.page.engine.page_boxes import class_of, descendants
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "centred_pictures",
    VERSION,
    (
        Shape("weasyprint.document:Page._page_box"),
        Shape(f"{_BOXES}:Box.is_column", "an object of type bool"),
        Shape(f"{_BOXES}:Box.is_in_normal_flow", "(self)"),
        Shape(f"{_BOXES}:Box.translate", "(self, dx=0, dy=0, ignore_floats=False)"),
        Shape(f"{_BOXES}:Box.border_box_y", "(self)"),
        Shape(f"{_BOXES}:Box.border_height", "(self)"),
    ),
)

_SLOT: Final = "slot"
"""The class of a picture in its place on the grid."""

_SEEN: Final = 2.0
"""CSS pixels by which a picture may stand out of the middle."""


def centre_pictures(pages: Sequence[Any]) -> None:
    """Move each picture between two texts into the middle of its room, where the text below is on a grid.

    Args:
        pages: The engine's, laid out.
    """
    for page in pages:
        for box in descendants(page._page_box):  # noqa: SLF001 - guarded above
            for picture, above, below in _pictures(box):
                room_above = picture.border_box_y() - above
                room_below = below - picture.border_box_y() - picture.border_height()
                lower = (room_below - room_above) / 2
                if lower > _SEEN and room_above > 0:
                    picture.translate(0, lower)


def _pictures(box: Any) -> Iterator[tuple[Any, float, float]]:  # noqa: ANN401 - a box of the engine
    """Yield the pictures directly in a box, each with where its room begins and where it ends."""
    flowing = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    for at in range(1, len(flowing) - 1):
        picture, following = flowing[at], flowing[at + 1]
        if _SLOT not in class_of(picture).split() or flowing[at - 1].element is picture.element:
            continue
        is_on_grid = grid_of(following) is not None or grid_of(picture, BELOW) is not None
        if is_on_grid and _SLOT not in class_of(following).split():
            yield picture, _end_of(flowing[:at]), _top_of(following)


def _end_of(boxes: Sequence[Any]) -> float:
    """Return where the last of some boxes ends; columns side by side end together."""
    last = boxes[-1]
    beside = [box for box in boxes if box.is_column and box.position_y == last.position_y]
    return max(float(box.border_box_y() + box.border_height()) for box in beside or [last])


def _top_of(box: Any) -> float:  # noqa: ANN401 - a box of the engine
    return float(box.position_y if box.is_column else box.border_box_y())

"""What fills the rest of a page: photographs above the contents, the ground of the colophon.

How much room is left is known only when everything is laid out, and CSS cannot ask for it.

Upstream: CSS has no such thing.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.page_boxes import class_of, descendants, lowest_edge
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "filled_pages",
    VERSION,
    (
        Shape("weasyprint.document:Page._page_box"),
        Shape(f"{_BOXES}:Box.border_height", "(self)"),
        Shape(f"{_BOXES}:Box.is_in_normal_flow", "(self)"),
        Shape(f"{_BOXES}:Box.translate", "(self, dx=0, dy=0, ignore_floats=False)"),
        Shape(
            "weasyprint.layout.background:layout_box_backgrounds",
            "(page, box, get_image_from_uri, layout_children=True, style=None)",
        ),
        Shape("weasyprint.layout.background:Background", "(color, layers, style)"),
        Shape(f"{_BOXES}:FootnoteAreaBox", "(page, style)"),
        Shape(f"{_BOXES}:MarginBox", "(at_keyword, style)"),
    ),
)

_FILLS: Final = "fills-page"
"""The class of what is drawn down to the edge."""

_GROWS: Final = "fills-contents"
_MOST: Final = "data-most"
"""The class of a row of photographs that may be drawn higher, and the attribute that says to how many
millimetres."""

_SETS_APART: Final = "sets-apart"
"""The class of contents without photographs whose entries are set apart."""

_FOOT: Final = "imprint"
_ABOVE_FOOT: Final = 20 * 4 / 3
"""What stands at the foot of a page of contents, and the least distance from it in CSS pixels: 20 pt."""

_FEWEST_SPREAD: Final = 2
_MOST_APART: Final = 18 * 4 / 3
"""Entries of a column that are set apart, at least, and the most by which they are: 18 pt."""

_MORE_APART: Final = 12 * 4 / 3
"""By how much more entries of a column may be set apart, to end where the longer one ends: 12 pt."""

_PIXELS_A_MILLIMETRE: Final = 96 / 25.4

_INTO_THE_MARGIN: Final = 24 * 4 / 3
"""CSS pixels by which a colophon may reach into the margin below: 24 pt."""

_BELOW_NOTES: Final = 12 * 4 / 3
"""CSS pixels between notes and a colophon below them, where there is room: 12 pt."""

_BLEED: Final = 3 * 96 / 25.4
"""CSS pixels: 3 mm."""


def fill_contents_pages(pages: Sequence[Any]) -> None:
    """Let the photographs above the contents be as high as these leave room for, or set the entries apart.

    Args:
        pages: The engine's, laid out; contents stand on the second at the latest.
    """
    for page in pages[1:2]:
        boxes = list(descendants(page._page_box))  # noqa: SLF001 - guarded above
        strip = next((box for box in boxes if _GROWS in class_of(box).split()), None)
        foot = next((box for box in boxes if class_of(box) == _FOOT), None)
        apart = [box for box in boxes if _SETS_APART in class_of(box).split()]
        text = page._page_box  # noqa: SLF001
        lowest = text.content_box_y() + text.height if foot is None else foot.position_y - _ABOVE_FOOT
        if strip is not None:
            _spread(_grow(text, strip, lowest), lowest)
        elif apart:
            _spread(apart, lowest)


def _grow(page: Any, strip: Any, lowest: float) -> list[Any]:  # noqa: ANN401 - boxes of the engine
    """Make a row of photographs higher, and move what follows it down to end at a height; returns that."""
    from weasyprint.layout.background import layout_box_backgrounds  # noqa: PLC0415 - slow to load

    above = next(box for box in descendants(page) if strip in getattr(box, "children", ()))
    following = above.children[above.children.index(strip) + 1 :]
    following = [box for box in following if box.is_in_normal_flow()]
    rest = lowest - max((lowest_edge(box) for box in following), default=lowest)
    rest = min(rest, float(strip.element.get(_MOST)) * _PIXELS_A_MILLIMETRE - strip.height)
    if rest <= 0:
        return following
    strip.height += rest
    for box in strip.children:
        box.height += rest
        (layer,) = box.background.layers
        layout_box_backgrounds(page, box, functools.partial(_known, layer.image))
    for box in following:
        box.translate(0, rest)
    return following


def _spread(contents: Sequence[Any], lowest: float) -> None:
    """Set the entries of contents in columns apart, to end at a height, as far as that looks well."""
    columns = [
        box.children for part in contents for box in descendants(part) if getattr(box, "is_column", False)
    ]
    most = max(map(len, columns), default=0)
    rest = lowest - max((lowest_edge(box) for box in contents), default=lowest)
    if most < _FEWEST_SPREAD:
        return
    apart = max(0.0, min(rest / (most - 1), _MOST_APART))
    filled = [entries for entries in columns if entries]
    end = max(lowest_edge(entries[-1]) + (len(entries) - 1) * apart for entries in filled)
    for entries in filled:
        own = (end - lowest_edge(entries[-1])) / max(len(entries) - 1, 1)
        for number, entry in enumerate(entries):
            entry.translate(0, number * min(own, apart + _MORE_APART))


def _known(image: Any, **_: Any) -> Any:  # noqa: ANN401
    """Return the picture of a ground, which the engine asks for by its address."""
    return image


def _set_notes_above(page: Any, ground: Any) -> bool:  # noqa: ANN401 - boxes of the engine
    """Set the notes of a page above what fills it to its foot; return whether there are any."""
    notes = [box for box in page.children if type(box).__name__ == "FootnoteAreaBox" and box.children]
    for area in notes:
        height = area.margin_height()
        foot = area.position_y + height + _INTO_THE_MARGIN
        below = max(0.0, min(_BELOW_NOTES, foot - height - lowest_edge(ground)))
        area.translate(0, ground.position_y + ground.margin_top - area.position_y)
        ground.translate(0, height + below)
    return bool(notes)


def fill_last_page(pages: Sequence[Any]) -> None:
    """Let the colophon fill the last page, if it is of the class `fills-page`.

    Below other content, notes of the page among it, its ground grows down to the edge. Alone on its page it
    is a back cover: its ground covers the page, and its words stand at the foot; so they do on a ground of
    more than half the page. What the page has at its foot stands on that ground, in the colours of its text.

    Args:
        pages: The engine's, laid out.
    """
    page = pages[-1]._page_box  # noqa: SLF001 - guarded above
    filling = [box for box in descendants(page) if _FILLS in class_of(box).split()]
    if not filling:
        return
    ground = filling[0]
    has_notes = _set_notes_above(page, ground)
    top = ground.position_y + ground.margin_top
    rest = page.margin_height() + _BLEED - (top + ground.border_height())
    if rest <= 0:
        return
    from weasyprint.layout.background import layout_box_backgrounds  # noqa: PLC0415 - slow to load

    ground.height += rest
    is_alone = _stands_alone(ground, page)
    is_low = is_alone or rest > page.margin_height() / 2
    if is_low:
        for child in ground.children:
            child.translate(0, rest - page.margin_bottom)
    if is_alone:
        ground.position_y -= top + _BLEED
        ground.height += top + _BLEED
    # What was moved has its own grounds, as the white border of a funder's emblem.
    layout_box_backgrounds(page, ground, None, layout_children=is_low or has_notes)
    margins = [box for box in page.children if type(box).__name__ == "MarginBox"]
    if is_alone:
        # A back cover has no running head, which would be small type reversed out of several inks.
        heads = [box for box in margins if box.at_keyword.startswith("@top")]
        page.children = [box for box in page.children if box not in heads]
    for box in margins:
        if box.at_keyword.startswith("@bottom"):
            for each in descendants(box):
                each.style = each.style.copy()
                each.style["color"] = ground.style["color"]


def _stands_alone(ground: Any, page: Any) -> bool:  # noqa: ANN401 - boxes of the engine
    """Return whether a page shows no words and no picture besides those on a ground, head and foot aside."""
    own = set(map(id, descendants(ground)))
    parts = (part for part in page.children if type(part).__name__ != "MarginBox")
    others = (box for part in parts for box in descendants(part) if id(box) not in own)
    return not any(getattr(box, "text", "").strip() or hasattr(box, "replacement") for box in others)

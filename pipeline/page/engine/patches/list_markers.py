"""Marks of lists whose content a style gives: `li::marker { content: … }`.

The engine takes a mark that stands outside its item out of the flow by changing the style of its box. Where
the content is given, the text within the box has the same style object, is taken out of the flow too, and the
engine has no width for it and fails. With this patch the text keeps a style of its own.

Upstream: no issue known for it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

GUARD: Final = Guard(
    "list_markers",
    VERSION,
    (
        Shape(
            "weasyprint.formatting_structure.build:marker_to_box",
            "(element, state, parent_style, style_for, get_image_from_uri, target_collector, counter_style)",
        ),
        Shape("weasyprint.formatting_structure.boxes:Box.is_outside_marker", "an object of type bool"),
    ),
)


def set_marks_with_content() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.formatting_structure import build  # noqa: PLC0415 - slow to load

    plain = build.marker_to_box
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def marker_to_box(*arguments: Any) -> Iterator[Any]:  # noqa: ANN401 - the engine's own
        for mark in plain(*arguments):
            for child in mark.children if mark.is_outside_marker else ():
                if child.style is mark.style:
                    child.style = mark.style.copy()
                    child.style["position"] = "static"
            yield mark

    build.marker_to_box = marker_to_box

"""Records in each tag of a PDF the HTML element it was created for.

The engine tags many elements as NonStruct, splits an element that continues on the next page into two tags,
and does not record the element. With this patch each tag gets the name, class, language and number of its
element, which `pdf.finishing.tags` reads and removes.

Upstream: https://github.com/Kozea/WeasyPrint/issues/2153 (tags for HTML elements) and 2482 (what is missing
for PDF/UA), both open.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY: Final = "PressSource"
"""The entry of a tag that records its element; finishing removes it."""

GUARD: Final = Guard(
    "tag_sources",
    VERSION,
    (
        Shape(
            "weasyprint.pdf.tags:_build_box_tree",
            "(box, parent, pdf, page_number, nums, annotations, tags)",
        ),
        Shape("weasyprint.layout.absolute:AbsolutePlaceholder._box"),
        Shape("weasyprint.formatting_structure.boxes:Box.element"),
        Shape("weasyprint.formatting_structure.boxes:Box.element_tag"),
        Shape("weasyprint.formatting_structure.boxes:Box.border_width", "(self)"),
        Shape("weasyprint.formatting_structure.boxes:Box.border_height", "(self)"),
        Shape("pydyf:String", "(string='')"),
    ),
)

_NUMBERS: Final = "element_numbers"
"""The attribute of a PDF being written for the number of each element."""

_ATTRIBUTES: Final = ("class", "id", "lang", "scope", "data-article", "data-said")


def record_tag_sources() -> None:
    """Patch the engine to record the element of each tag; a second call does nothing."""
    from weasyprint.pdf import tags as tagging  # noqa: PLC0415 - slow to load

    plain = tagging._build_box_tree  # noqa: SLF001 - guarded above
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def build(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401 - the engine's own
        for element in plain(box, parent, pdf, *rest):
            if KEY not in element:
                element[KEY] = tagging.pydyf.String(_source(getattr(box, "_box", box), pdf))
            yield element

    tagging._build_box_tree = build  # noqa: SLF001


def _source(box: Any, pdf: Any) -> str:  # noqa: ANN401
    element = box.element
    if element is None:
        return "{}"
    # The engine writes one document at a time, and keeps its elements while it does.
    numbers = pdf.__dict__.setdefault(_NUMBERS, {})
    tag, _, pseudo = str(box.element_tag).partition("::")
    source: dict[str, Any] = {
        "tag": tag.rpartition("}")[2],
        "pseudo": pseudo,
        "number": numbers.setdefault(id(element), len(numbers)),
    }
    source |= {name: element.get(name) for name in _ATTRIBUTES if element.get(name)}
    if pseudo.startswith("footnote-") or tag == "img" or tag.endswith("svg"):
        width, height = box.border_width(), box.border_height()
        source["area"] = [round(side, 3) for side in (box.position_x, box.position_y, width, height)]
    return json.dumps(source, ensure_ascii=False)

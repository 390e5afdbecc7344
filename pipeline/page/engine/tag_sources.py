"""Where each tag of a PDF comes from: the element of the page that it stands for.

The engine names many elements NonStruct and parts what runs over a page's end into two, and does not say
what it was. Here each tag is given the name, class, language and number of its element, for
`finishing.tags` to read and take away. Nothing of the engine is imported: `press` hands it in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY: Final = "PressSource"
"""The entry of a tag that says where it comes from; no reader ever sees it."""

_KEPT: Final = "remembers_sources"
_ATTRIBUTES: Final = ("class", "id", "lang", "scope", "data-article", "data-said")


def remember_sources(tagging: Any) -> None:  # noqa: ANN401 - the engine is loaded late, and elsewhere
    """Make the engine write into each tag where it comes from.

    Args:
        tagging: The engine's module that builds tags (`weasyprint.pdf.tags`); doing this to it again
            changes nothing.
    """
    plain = tagging._build_box_tree  # noqa: SLF001 - the one place there is
    if hasattr(plain, _KEPT):
        return

    def build(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401 - the engine's own
        for element in plain(box, parent, pdf, *rest):
            if KEY not in element:
                element[KEY] = tagging.pydyf.String(_source(getattr(box, "_box", box), pdf))
            yield element

    setattr(build, _KEPT, True)
    tagging._build_box_tree = build  # noqa: SLF001


def _source(box: Any, pdf: Any) -> str:  # noqa: ANN401
    element = box.element
    if element is None:
        return "{}"
    # The engine writes one document at a time, and keeps its elements while it does.
    numbers = pdf.__dict__.setdefault(_KEPT, {})
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

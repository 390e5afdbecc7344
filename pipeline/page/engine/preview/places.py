"""Where on a page the elements of texts stand, and which of what was written each of them shows.

Nothing is added to the document for this: an element shows a block if it has the block's words, in the order
in which both are written. So a preview composes the same document as a build.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.engine.page_boxes import boxes_of, class_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree import ElementTree as ET

    from pipeline.findings.place import Place

_TEXTS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre", "figcaption", "dt", "dd"}
)
"""Elements that hold words of a block."""

_WHOLE: Final = frozenset({"figure", "aside", "header"})
"""Elements that stand for something as a whole: a picture, the facts of an article, its head."""

_MILLIMETRE: Final = 96 / 25.4
_NOTE: Final = "note"
_SHORTEST: Final = 4
"""Letters of a block at least, where an element has more than these."""


class WrittenBlock(NamedTuple):
    """A block as it was written.

    Args:
        words: Its words; of a picture, its alternative text.
        place: Where it was written.
        is_picture: Whether it is a picture.
    """

    words: str
    place: Place
    is_picture: bool = False


class Extent(NamedTuple):
    """A rectangle of an element on a page, in millimetres from its upper left corner as cut."""

    element: ET.Element
    x: float
    y: float
    w: float
    h: float


def extents_on(page: Any) -> list[Extent]:  # noqa: ANN401 - a page of the engine
    """Return the rectangles of the elements on a page that may show what was written, in their order."""
    return list(_extents(next(boxes_of(page)), None))


def _extents(box: Any, above: ET.Element | None) -> Iterator[Extent]:  # noqa: ANN401
    box = getattr(box, "_box", box)
    element = box.element
    # Anonymous boxes have the element of the box around them.
    if element is not None and element is not above and "::" not in str(box.element_tag) and _may_show(box):
        above = element
        x, y = box.position_x + box.margin_left, box.position_y + box.margin_top
        sides = (x, y, box.border_width(), box.border_height())
        yield Extent(element, *(round(side / _MILLIMETRE, 2) for side in sides))
    for child in getattr(box, "children", ()):
        yield from _extents(child, above)


def _may_show(box: Any) -> bool:  # noqa: ANN401
    tag = box.element_tag
    return tag in _TEXTS or tag in _WHOLE or (tag == "span" and _NOTE in class_of(box).split())


def places_of_elements(
    root: ET.Element, written: Mapping[str, Sequence[WrittenBlock]]
) -> dict[ET.Element, Place]:
    """Return what was written where, by the element that shows it.

    Args:
        root: The document.
        written: The blocks by the `id` of the article or section they stand in, each in order; those of
            neither under an empty text.
    """
    scopes: dict[str, list[ET.Element]] = {}
    _gather(root, "", scopes)
    found: dict[ET.Element, Place] = {}
    for scope, elements in scopes.items():
        _match(elements, written.get(scope, ()), found)
    return found


def _gather(element: ET.Element, scope: str, scopes: dict[str, list[ET.Element]]) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag == "head":
        return
    if tag in {"article", "section"}:
        scope = element.get("id") or scope
    if tag in _TEXTS or tag in _WHOLE or _is_note(element):
        scopes.setdefault(scope, []).append(element)
    for child in element:
        _gather(child, scope, scopes)


def _match(
    elements: Sequence[ET.Element], blocks: Sequence[WrittenBlock], found: dict[ET.Element, Place]
) -> None:
    """Give each block the next element that has its words; where none follows, an earlier one."""
    shown = [(_picture_in(each) if each.tag == "figure" else _bare(_own_text(each))) for each in elements]
    free = [bool(words) for words in shown]
    ahead = 0
    for block in blocks:
        wanted = _bare(block.words)
        if not wanted:
            continue
        order = [*range(ahead, len(elements)), *range(ahead)]
        fits = (at for at in order if free[at] and _shows(elements[at], shown[at], wanted, block))
        at = next(fits, None)
        if at is None:
            continue
        free[at] = False
        found[elements[at]] = block.place
        ahead = at + 1 if at >= ahead else ahead
    if blocks:
        for element in elements:
            if element.tag in {"aside", "header"}:
                found.setdefault(element, blocks[0].place)


def _shows(element: ET.Element, shown: str, wanted: str, block: WrittenBlock) -> bool:
    if (element.tag == "figure") is not block.is_picture:
        return False
    # A heading has its number before it, a caption the credit behind it, a link its address on paper.
    return shown == wanted or (
        len(wanted) >= _SHORTEST and (shown.startswith(wanted) or shown.endswith(wanted))
    )


def _picture_in(figure: ET.Element) -> str:
    image = next(figure.iter("img"), None)
    return _bare(image.get("alt") or "") if image is not None else ""


def _own_text(element: ET.Element) -> str:
    """Return the words of an element without those of other blocks in it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _TEXTS and not _is_note(child):
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _is_note(element: ET.Element) -> bool:
    return element.tag == "span" and _NOTE in (element.get("class") or "").split()


def _bare(text: str) -> str:
    """Return the letters and digits of a text: lines and typography change only what is between them."""
    return re.sub(r"[\W_]+", "", text).casefold()

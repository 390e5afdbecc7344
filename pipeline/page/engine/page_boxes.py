"""The engine's boxes of a page: how full it is, and the reading order of continued cards.

The engine has no public interface for this; no other module reads its boxes after layout.

Upstream: the tags of a PDF follow the order of the boxes, and the engine puts out-of-flow boxes first
(https://github.com/Kozea/WeasyPrint/pull/2884 mends it for flex containers; nothing is known for floats).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.page.identity.style_file import PageRhythm

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "page_boxes",
    VERSION,
    (
        Shape("weasyprint.document:Page._page_box"),
        Shape(f"{_BOXES}:ParentBox.children"),
        Shape(f"{_BOXES}:Box.element"),
        Shape(f"{_BOXES}:Box.element_tag"),
        Shape(f"{_BOXES}:Box.margin_height", "(self)"),
        Shape(f"{_BOXES}:LineBox", "(element_tag, style, element, children)"),
        Shape(f"{_BOXES}:MarginBox", "(at_keyword, style)"),
        Shape(f"{_BOXES}:FootnoteAreaBox", "(page, style)"),
        Shape("weasyprint.layout.absolute:AbsolutePlaceholder._box"),
        Shape(
            "weasyprint.anchors:gather_anchors",
            "(box, anchors, links, bookmarks, forms, parent_matrix=None, parent_form=None, parent_link=None)",
        ),
    ),
)

_PIXELS_A_POINT: Final = 4 / 3


class PageFill(NamedTuple):
    """How full a page is.

    Args:
        lines: Lines of the page's grid down to the last content of the text area.
        free: Lines left below it.
        article: The last article on it, by its id in the document; empty where there is none.
    """

    lines: int
    free: int
    article: str = ""


def renew_places(pages: Sequence[Any]) -> None:
    """Take down again where the links, targets and bookmarks of pages are, whose boxes were moved.

    The engine takes them down when a page is laid out; a link would else be followed beside its words.

    Args:
        pages: The engine's.
    """
    from weasyprint.anchors import gather_anchors  # noqa: PLC0415 - slow to load

    for page in pages:
        page.anchors, page.links, page.bookmarks, page.forms = {}, [], [], {None: []}
        gather_anchors(page._page_box, page.anchors, page.links, page.bookmarks, page.forms)  # noqa: SLF001


def sizes_of(pages: Iterable[Any]) -> frozenset[tuple[float, float]]:
    """Return width and height of every size that pages have, in millimetres, without what bleeds."""
    a_millimetre = _PIXELS_A_POINT * POINTS_A_MILLIMETRE
    return frozenset((page.width / a_millimetre, page.height / a_millimetre) for page in pages)


def fill_of(page: Any, rhythm: PageRhythm) -> PageFill:  # noqa: ANN401 - a page of the engine
    """Measure how far down a page its content extends; the cover and a page of contents count as full."""
    box = page._page_box  # noqa: SLF001 - guarded above
    leading = rhythm.leading * _PIXELS_A_POINT
    top = rhythm.top * _PIXELS_A_POINT
    if box.margin_top == 0 or any(class_of(child) == "opening" for child in descendants(box)):
        return PageFill(rhythm.lines, 0)
    areas = [child for child in box.children if type(child).__name__ not in {"MarginBox", "FootnoteAreaBox"}]
    bottom = max((lowest_edge(child) for child in areas), default=top)
    notes = sum(child.margin_height() for child in box.children if type(child).__name__ == "FootnoteAreaBox")
    lines = round((bottom - top) / leading + 0.2) + round(notes / leading)
    articles = [named for child in areas for each in descendants(child) if (named := _article_of(each))]
    return PageFill(lines, max(0, rhythm.lines - lines), articles[-1] if articles else "")


def reorder_continued_cards(pages: Sequence[Any]) -> None:
    """Move each card continued from the page before to its place in the reading order.

    The engine puts the box of such a card before all others of the page, in the middle of the sentence that
    is continued there. It is moved before the first block of its article that begins on the page; its
    position on the page stays. The empty box left on the page before is removed.
    """
    begun: set[Any] = set()
    for page in pages:
        boxes = list(descendants(page._page_box))  # noqa: SLF001 - guarded above
        parents = [box for box in boxes if getattr(box, "children", ())]
        bodies = {_article_of(box): box for box in parents if box.element_tag == "div" and _article_of(box)}
        for parent in parents:
            for card in [child for child in parent.children if _is_card(child)]:
                body = bodies.get(_article_of(card))
                if not any(_is_whole(child) for child in card.children):
                    parent.children = [child for child in parent.children if child is not card]
                elif card.element in begun and body is not None:
                    parent.children = [child for child in parent.children if child is not card]
                    blocks = list(body.children)
                    first = (at for at, block in enumerate(blocks) if block.element not in begun)
                    blocks.insert(next(first, len(blocks)), card)
                    body.children = blocks
        begun |= {box.element for box in boxes if box.element is not None}


def _article_of(box: Any) -> str | None:  # noqa: ANN401 - a box of the engine
    element = box.element
    return element.get("data-article") if hasattr(element, "get") else None


def _is_card(box: Any) -> bool:  # noqa: ANN401 - a box of the engine
    return bool(box.element_tag == "aside" and _article_of(box))


def class_of(box: Any) -> str:  # noqa: ANN401 - a box of the engine
    """Return the classes of a box's element, or an empty text."""
    return (box.element.get("class") or "") if hasattr(box.element, "get") else ""


def _is_whole(box: Any) -> bool:  # noqa: ANN401 - a box of the engine
    return class_of(box) == "whole"


def boxes_of(page: Any) -> Iterator[Any]:  # noqa: ANN401 - a page of the engine
    """Yield all boxes of a page, in their order."""
    return descendants(page._page_box)  # noqa: SLF001 - guarded above


def descendants(box: Any) -> Iterator[Any]:  # noqa: ANN401 - a box of the engine
    """Yield a box and all below it, in their order; a placeholder of the engine stands for its box."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from descendants(child)


def lowest_edge(box: Any) -> float:  # noqa: ANN401 - a box of the engine
    """Return the lowest edge of the lines, pictures and filled boxes in a box."""
    children = getattr(box, "children", None)
    if type(box).__name__ == "LineBox" or not children:
        return float(box.position_y + box.margin_height()) if box.height else 0.0
    return max(lowest_edge(child) for child in children)

"""What the engine's boxes tell of a page: how full it is, and which cards its foot parts.

The engine has no public way to ask; this is the one place that looks at its boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.style import PageRhythm

_PIXELS_A_POINT = 4 / 3


class PageFill(NamedTuple):
    """How full a page is.

    Args:
        lines: Lines of the page's grid down to the last thing that stands in the text area.
        free: Lines left below it.
    """

    lines: int
    free: int


def fill_of(page: Any, rhythm: PageRhythm) -> PageFill:  # noqa: ANN401 - a page of the engine
    """Measure how far down a page its text reaches; a page without margins, the cover, is full."""
    box = page._page_box  # noqa: SLF001 - see above
    leading = rhythm.leading * _PIXELS_A_POINT
    top = rhythm.top * _PIXELS_A_POINT
    if box.margin_top == 0:
        return PageFill(rhythm.lines, 0)
    areas = [child for child in box.children if type(child).__name__ not in {"MarginBox", "FootnoteAreaBox"}]
    bottom = max((_bottom(child) for child in areas), default=top)
    notes = sum(child.margin_height() for child in box.children if type(child).__name__ == "FootnoteAreaBox")
    lines = round((bottom - top) / leading + 0.2) + round(notes / leading)
    return PageFill(lines, max(0, rhythm.lines - lines))


def parted_cards(pages: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    """Find the cards that stand on two pages.

    Returns:
        For each the anchor of its article, and the number from 1 of the article's first block
        that begins on the later page; a card whose article has no such block cannot wait and
        is left out.
    """
    first_page: dict[Any, int] = {}
    bodies: dict[str, Any] = {}
    parted: dict[str, int] = {}
    for number, page in enumerate(pages):
        for box in _descendants(page._page_box):  # noqa: SLF001 - see above
            element = box.element
            if element is None or "::" in (box.element_tag or "") or not hasattr(element, "get"):
                continue
            began = first_page.setdefault(element, number)
            article = element.get("data-article")
            if article is None:
                continue
            if element.tag == "aside" and began != number:
                parted[article] = number
            elif element.tag == "div":
                bodies[article] = element
    result = []
    for article, number in parted.items():
        blocks = [child for child in bodies[article] if child.tag != "aside"]
        later = next((index for index, child in enumerate(blocks) if first_page.get(child) == number), 0)
        if later:
            result.append((article, later))
    return tuple(result)


def _descendants(box: Any) -> Iterator[Any]:  # noqa: ANN401 - a box of the engine
    yield box
    for child in getattr(box, "children", ()):
        yield from _descendants(child)


def _bottom(box: Any) -> float:  # noqa: ANN401 - a box of the engine
    """Give the lowest edge of what is printed in a box: lines, pictures and filled boxes."""
    children = getattr(box, "children", None)
    if type(box).__name__ == "LineBox" or not children:
        return float(box.position_y + box.margin_height()) if box.height else 0.0
    return max(_bottom(child) for child in children)

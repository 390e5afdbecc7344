"""What is drawn on a page, by the engine's boxes: words, lines, pictures, with their places on the page.

All lengths are in CSS pixels, from the upper left corner of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.engine.page_boxes import class_of
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "drawn_boxes",
    VERSION,
    (
        Shape("weasyprint.document:Page._page_box"),
        Shape(f"{_BOXES}:TextBox", "(element_tag, style, element, text)"),
        Shape(f"{_BOXES}:TextBox.justification_spacing", "an object of type int"),
        Shape(f"{_BOXES}:LineBox", "(element_tag, style, element, children)"),
        Shape(f"{_BOXES}:TableCellBox", "(*args, **kwargs)"),
        Shape(f"{_BOXES}:ReplacedBox.replacement"),
        Shape(f"{_BOXES}:MarginBox", "(at_keyword, style)"),
        Shape(f"{_BOXES}:FootnoteAreaBox", "(page, style)"),
        Shape(f"{_BOXES}:ParentBox.children"),
        Shape(f"{_BOXES}:Box.element"),
        Shape(f"{_BOXES}:Box.element_tag"),
        Shape(f"{_BOXES}:Box.content_box_x", "(self)"),
        Shape(f"{_BOXES}:Box.content_box_y", "(self)"),
        Shape("weasyprint.layout.absolute:AbsolutePlaceholder._box"),
    ),
)

_ASCENT: Final = 0.68
_DESCENT: Final = 0.2
"""The extent of letters above and below the baseline, in ems: without the accents of capitals."""

_SPACE: Final = 0.23
"""The width of a space before justification, in ems."""

_BLEEDING: Final = frozenset({"bleed", "bleeds", "outer"})
"""Classes of pictures that run over the edge of the page."""

_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS: Final = frozenset({"p", "li", "blockquote", "dd"})


class Area(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Area) -> tuple[float, float]:
        """Return the width and height that two rectangles have in common; negative where they have none."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


class Surroundings(NamedTuple):
    """What a box stands in.

    Args:
        article: The `id` of its article, or an empty text.
        section: The `id` of its section, or an empty text.
        role: `heading`, `figure`, `caption`, `card`, `strip` (facts over the whole width), `beside` (another
            float), `cell`, `note`, `margin`, `opening` (the first page, a page of contents, the colophon), or
            `text`.
        block: The element of the nearest paragraph, heading, item or cell.
        column: The content area of the nearest block, within whose edges its lines must stay.
        bleeds: Whether it is meant to run over the edge of the page.
        on_panel: Whether it stands on a ground of its own in front of a picture.
    """

    article: str
    section: str
    role: str
    block: Any
    column: Area
    bleeds: bool = False
    on_panel: bool = False


class Word(NamedTuple):
    """A stretch of text in one face, as it is drawn.

    Args:
        text: Its letters.
        area: Of the ink.
        line: The identity of its line.
        around: What it stands in.
    """

    text: str
    area: Area
    line: int
    around: Surroundings


class Line(NamedTuple):
    """A line of text.

    Args:
        text: Its words.
        area: Of the line, with its leading.
        right: Where its last letter ends.
        widest_space: The widest space between its words, in pixels.
        around: What it stands in.
    """

    text: str
    area: Area
    right: float
    widest_space: float
    around: Surroundings


class Drawn(NamedTuple):
    """A picture on a page.

    Args:
        name: Its alternative text, or its element's name.
        area: Of the picture.
        around: What it stands in.
    """

    name: str
    area: Area
    around: Surroundings


@dataclass(slots=True)
class DrawnPage:
    """What is drawn on a page; `flow` has lines and pictures in reading order.

    Args:
        number: From 1.
        size: Of the page.
        words: All words, those of running heads and the first page included.
        lines: All lines.
        pictures: All pictures.
        flow: Lines and pictures of the running text.
        named_cards: The articles whose cards repeat their names here.
    """

    number: int
    size: Area
    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    flow: list[Line | Drawn] = field(default_factory=list)
    named_cards: set[str] = field(default_factory=set)


def drawn_pages(pages: Sequence[Any]) -> list[DrawnPage]:
    """Return what is drawn on each page.

    Args:
        pages: The engine's, laid out, with cards in reading order.
    """
    drawn = []
    for number, page in enumerate(pages, 1):
        box = page._page_box  # noqa: SLF001 - guarded above
        size = Area(0, 0, box.margin_width(), box.margin_height())
        found = DrawnPage(number, size)
        for child in box.children:
            _collect(child, Surroundings("", "", "text", None, size), found)
        drawn.append(found)
    return drawn


def _collect(box: Any, around: Surroundings, page: DrawnPage) -> None:  # noqa: ANN401 - a box of the engine
    box = getattr(box, "_box", box)
    kind = type(box).__name__
    if kind == "LineBox":
        _collect_line(box, around, page)
    elif hasattr(box, "replacement"):
        picture = Drawn(_name(box), _area(box), around)
        page.pictures.append(picture)
        page.flow.append(picture)
    else:
        inside = _within(box, kind, around, page)
        for child in getattr(box, "children", ()):
            _collect(child, inside, page)


def _within(box: Any, kind: str, around: Surroundings, page: DrawnPage) -> Surroundings:  # noqa: ANN401
    """Return the surroundings of the children of a box."""
    if kind in {"MarginBox", "FootnoteAreaBox"}:
        role = "margin" if kind == "MarginBox" else "note"
        return around._replace(role=role, block=box, column=page.size if role == "margin" else _area(box))
    tag = str(box.element_tag)
    if "::" in tag or not hasattr(box.element, "get") or not hasattr(box, "children"):
        return around
    classes = class_of(box).split()
    identifier = box.element.get("id") or ""
    if tag == "article":
        around = around._replace(article=identifier)
    elif tag == "aside":
        # A card continued from the page before stands outside its article.
        around = around._replace(article=box.element.get("data-article") or around.article)
    elif tag == "section":
        around = around._replace(section=identifier)
    if kind.startswith("Inline"):
        return around
    if "of" in classes and around.role == "card":
        page.named_cards.add(around.article)
    around = around._replace(
        bleeds=around.bleeds or bool(_BLEEDING.intersection(classes)),
        on_panel=around.on_panel or "panel" in classes,
    )
    is_beside = box.style["float"] != "none" and tag != "aside"
    around = around._replace(role="beside" if is_beside else _role(tag, classes, around.role))
    if tag in _HEADINGS | _PARAGRAPHS | {"td", "th", "figcaption", "dt"} or around.block is None:
        around = around._replace(block=box.element)
    return around._replace(column=_area(box)) if hasattr(box, "content_box_x") else around


def _role(tag: str, classes: list[str], outer: str) -> str:
    if outer in {"note", "opening", "card", "cell", "beside", "strip"}:
        return outer
    if "cover" in classes or "opening" in classes or tag == "footer":
        return "opening"
    by_tag = {"aside": "card", "figcaption": "caption", "td": "cell", "th": "cell", "figure": "figure"}
    if tag in _HEADINGS:
        return "heading"
    if tag == "aside" and "strip" in classes:
        return "strip"
    return by_tag.get(tag, outer if outer in {"caption", "figure"} else "text")


def _collect_line(line: Any, around: Surroundings, page: DrawnPage) -> None:  # noqa: ANN401
    texts: list[Any] = []
    _texts_of(line, texts, around, page)
    shown = [text for text in texts if text.text.strip()]
    if not shown:
        return
    for text in shown:
        page.words.append(Word(text.text.strip(), _ink(text), id(line), around))
    drawn = Line(
        re.sub(r"\s+", " ", "".join(text.text for text in texts)).strip(),
        _area(line),
        max(text.position_x + text.width - _trailing(text) for text in shown),
        max(_widest_space(text) for text in shown),
        around,
    )
    page.lines.append(drawn)
    if around.role not in {"margin", "note", "opening"}:
        page.flow.append(drawn)


def _texts_of(box: Any, texts: list[Any], around: Surroundings, page: DrawnPage) -> None:  # noqa: ANN401
    """Append the text boxes of a line; collect what else stands in it, as inline blocks and pictures."""
    for child in box.children:
        child = getattr(child, "_box", child)  # noqa: PLW2901 - what the placeholder stands for
        kind = type(child).__name__
        if kind == "TextBox":
            texts.append(child)
        elif kind == "InlineBox":
            _texts_of(child, texts, around, page)
        else:
            _collect(child, around, page)


def _area(box: Any) -> Area:  # noqa: ANN401
    left, top = box.content_box_x(), box.content_box_y()
    return Area(left, top, left + box.width, top + box.height)


def _ink(text: Any) -> Area:  # noqa: ANN401
    size = text.style["font_size"]
    baseline = text.position_y + text.baseline
    right = text.position_x + text.width - _trailing(text)
    return Area(text.position_x, baseline - _ASCENT * size, right, baseline + _DESCENT * size)


def _trailing(text: Any) -> float:  # noqa: ANN401
    """Return the width of the spaces that a text ends with."""
    count = len(text.text) - len(text.text.rstrip())
    return count * (_SPACE * float(text.style["font_size"]) + float(text.justification_spacing))


def _widest_space(text: Any) -> float:  # noqa: ANN401
    if not re.search(r"\S[ \u00a0]|[ \u00a0]\S", text.text):
        return 0.0
    added = float(text.style["word_spacing"]) + float(text.justification_spacing)
    return _SPACE * float(text.style["font_size"]) + added


def _name(box: Any) -> str:  # noqa: ANN401
    element = box.element
    alternative = element.get("alt") if hasattr(element, "get") else None
    return alternative or str(box.element_tag).rpartition("}")[2]

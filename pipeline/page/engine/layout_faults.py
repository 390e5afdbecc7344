"""Faults of a layout, found in the boxes of its pages before they are drawn.

Each rule is about what a reader would see: words over words, a word cut, a heading at the foot of a page
without its text, a hole in an article. None relies on how the pages were composed, but for the names of a few
elements.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.engine.drawn_boxes import Area, Drawn, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.page.engine.drawn_boxes import DrawnPage, Word

_PIXELS_A_POINT: Final = 4 / 3
_PIXELS_A_MILLIMETRE: Final = 96 / 25.4

WIDEST_SPACE: Final = 12.0
"""The widest space between words, in points."""

MOST_EMPTY_LINES: Final = 3
"""The most empty lines within an article."""

_TOUCH: Final = 1.0
"""By how much two areas may overlap, in pixels: faces have side bearings."""

_SHARE_OF_HEIGHT: Final = 0.15
"""By what share of the lower one two texts may overlap in height: descenders reach between ascenders."""


class FaultKind(StrEnum):
    """What is wrong; a reader loses words by the first four."""

    TEXT_OVER_TEXT = "text over text"
    TEXT_OVER_PICTURE = "text over picture"
    CUT = "cut by the page"
    PICTURE_CUT = "picture cut by the page"
    WIDE_RUN = "wider than its column"
    HOLE = "hole"
    WIDE_SPACES = "wide spaces"
    LONE_LINE = "lone line"
    HEADING_PARTED = "heading parted from its text"
    CARD_PARTED = "card parted from its head"
    CAPTION_PARTED = "caption parted from its picture"


class LayoutFault(NamedTuple):
    """A fault on a page.

    Args:
        kind: What is wrong.
        page: From 1.
        area: Where, in millimetres from the upper left corner of the page.
        words: The words at fault.
        other: What they lie over, or an empty text.
        article: The `id` of the article, or an empty text.
        measure: How much: points between words, empty lines, millimetres beyond the edge; or 0.
    """

    kind: FaultKind
    page: int
    area: Area
    words: str
    other: str
    article: str
    measure: float


def layout_faults(pages: Sequence[DrawnPage], leading: float) -> list[LayoutFault]:
    """Find the faults of a layout.

    Args:
        pages: What is drawn on each page.
        leading: The distance of two lines of running text, in points.
    """
    faults: list[LayoutFault] = []
    for page in pages:
        faults += _overlaps(page)
        faults += _cuts(page)
        faults += _wide_runs(page)
        faults += _wide_spaces(page)
        faults += _holes(page, leading * _PIXELS_A_POINT)
    faults += _parted_headings(pages)
    faults += _parted_cards(pages)
    faults += _parted_captions(pages)
    faults += _lone_lines(pages)
    return faults


def _overlaps(page: DrawnPage) -> Iterator[LayoutFault]:
    """Yield words that lie over other words or over a picture."""
    words = sorted(page.words, key=lambda word: word.area.top)
    for at, word in enumerate(words):
        for other in words[at + 1 :]:
            if other.area.top >= word.area.bottom:
                break
            if other.line != word.line and _lie_over(word, other):
                kind, area = FaultKind.TEXT_OVER_TEXT, other.area
                yield _fault(kind, page, area, other.text, other=word.text, article=other.around.article)
        for picture in page.pictures:
            width, height = word.area.overlap(picture.area)
            if width > _TOUCH and height > _TOUCH and not word.around.on_panel:
                kind = FaultKind.TEXT_OVER_PICTURE
                article = word.around.article
                yield _fault(kind, page, word.area, word.text, other=picture.name, article=article)


def _lie_over(word: Word, other: Word) -> bool:
    width, height = word.area.overlap(other.area)
    lower = min(word.area.bottom - word.area.top, other.area.bottom - other.area.top)
    return width > _TOUCH and height > _SHARE_OF_HEIGHT * lower


def _cuts(page: DrawnPage) -> Iterator[LayoutFault]:
    """Yield words that the page's edge cuts, and pictures of the text."""
    for word in page.words:
        if (beyond := _beyond(word.area, page.size)) > _TOUCH:
            yield _fault(
                FaultKind.CUT, page, word.area, word.text, article=word.around.article, measure=beyond
            )
    for picture in page.pictures:
        is_meant = picture.around.role == "opening" or picture.around.bleeds
        if not is_meant and (beyond := _beyond(picture.area, page.size)) > _TOUCH:
            article = picture.around.article
            yield _fault(
                FaultKind.PICTURE_CUT, page, picture.area, picture.name, article=article, measure=beyond
            )


def _beyond(area: Area, edges: Area) -> float:
    """Return by how much an area exceeds others, in pixels."""
    return max(
        edges.left - area.left, edges.top - area.top, area.right - edges.right, area.bottom - edges.bottom
    )


def _wide_runs(page: DrawnPage) -> Iterator[LayoutFault]:
    for line in page.lines:
        beyond = line.right - line.around.column.right
        if beyond > 2 * _TOUCH and line.around.role != "margin":
            area = line.area._replace(right=line.right)
            longest = max(line.text.split(), key=len, default=line.text)
            article = line.around.article
            yield _fault(FaultKind.WIDE_RUN, page, area, longest, article=article, measure=beyond)


def _wide_spaces(page: DrawnPage) -> Iterator[LayoutFault]:
    for line in page.lines:
        points = line.widest_space / _PIXELS_A_POINT
        if points > WIDEST_SPACE:
            kind = FaultKind.WIDE_SPACES
            yield _fault(kind, page, line.area, line.text, article=line.around.article)._replace(
                measure=points
            )


def _holes(page: DrawnPage, leading: float) -> Iterator[LayoutFault]:
    """Yield gaps within an article, below a line or picture and above the next of the same column."""
    lowest: dict[str, tuple[float, str]] = {}
    for drawn in page.flow:
        article, role = drawn.around.article, drawn.around.role
        if not article or role in {"card", "beside", "cell", "strip"}:
            if article and role in {"cell", "strip"}:
                bottom = max(lowest.get(article, (0.0, ""))[0], drawn.area.bottom)
                lowest[article] = (bottom, _text(drawn))
            continue
        before, words = lowest.get(article, (drawn.area.top, ""))
        gap = drawn.area.top - before
        if gap > (MOST_EMPTY_LINES + 0.5) * leading and words:
            area = Area(drawn.area.left, before, drawn.area.right, drawn.area.top)
            fault = _fault(FaultKind.HOLE, page, area, _text(drawn), other=words, article=article)
            yield fault._replace(measure=round(gap / leading))
        lowest[article] = (max(before, drawn.area.bottom), _text(drawn))


def _parted_headings(pages: Sequence[DrawnPage]) -> Iterator[LayoutFault]:
    """Yield headings whose text begins on a later page."""
    flow = [(page, drawn) for page in pages for drawn in page.flow]
    for (page, drawn), (next_page, following) in itertools.pairwise(flow):
        if drawn.around.role != "heading" or next_page is page:
            continue
        inner = drawn.around.article or drawn.around.section
        if inner and inner in {following.around.article, following.around.section}:
            article = drawn.around.article
            yield _fault(FaultKind.HEADING_PARTED, page, drawn.area, _text(drawn), article=article)


def _parted_cards(pages: Sequence[DrawnPage]) -> Iterator[LayoutFault]:
    """Yield cards on a page after that of their head, without the name of their article."""
    headed: dict[str, int] = {}
    done: set[str] = set()
    for page in pages:
        for drawn in page.flow:
            article, role = drawn.around.article, drawn.around.role
            if role == "heading":
                headed.setdefault(article, page.number)
            elif role == "card" and article not in done:
                done.add(article)
                if headed.get(article, page.number) < page.number and article not in page.named_cards:
                    yield _fault(FaultKind.CARD_PARTED, page, drawn.area, _text(drawn), article=article)


def _parted_captions(pages: Sequence[DrawnPage]) -> Iterator[LayoutFault]:
    flow = [(page, drawn) for page in pages for drawn in page.flow]
    for (page, drawn), (next_page, following) in itertools.pairwise(flow):
        is_picture = isinstance(drawn, Drawn) and drawn.around.role == "figure"
        if is_picture and following.around.role == "caption" and next_page is not page:
            article = drawn.around.article
            yield _fault(
                FaultKind.CAPTION_PARTED, next_page, following.area, _text(following), article=article
            )


def _lone_lines(pages: Sequence[DrawnPage]) -> Iterator[LayoutFault]:
    """Yield the first line of a paragraph alone at the foot of a page, and the last alone at the head."""
    parts: dict[int, list[tuple[DrawnPage, list[Line]]]] = {}
    for page in pages:
        for drawn in page.flow:
            if not isinstance(drawn, Line) or drawn.around.role != "text" or drawn.around.block is None:
                continue
            on_pages = parts.setdefault(id(drawn.around.block), [])
            if not on_pages or on_pages[-1][0] is not page:
                on_pages.append((page, []))
            on_pages[-1][1].append(drawn)
    for on_pages in parts.values():
        if len(on_pages) < 2:  # noqa: PLR2004 - whole on one page
            continue
        for page, lines in (on_pages[0], on_pages[-1]):
            if len(lines) == 1:
                line = lines[0]
                article = line.around.article
                yield _fault(FaultKind.LONE_LINE, page, line.area, line.text, article=article)


def _text(drawn: Line | Drawn) -> str:
    return drawn.text if isinstance(drawn, Line) else drawn.name


def _fault(
    kind: FaultKind,
    page: DrawnPage,
    area: Area,
    words: str,
    *,
    other: str = "",
    article: str = "",
    measure: float = 0.0,
) -> LayoutFault:
    """Create a fault; areas and measures in pixels become millimetres."""
    in_millimetres = Area(*(round(edge / _PIXELS_A_MILLIMETRE, 1) for edge in area))
    return LayoutFault(
        kind, page.number, in_millimetres, words, other, article, round(measure / _PIXELS_A_MILLIMETRE, 1)
    )

"""Comparing two PDFs of one issue: the same bytes, the same picture, or what differs and where."""

from __future__ import annotations

import itertools
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import pikepdf
from PIL import ImageChops

from pipeline.archive.comparing.alignment import align
from pipeline.archive.comparing.hidden_parts import hidden_parts
from pipeline.archive.comparing.word_changes import WordChange, word_changes
from pipeline.findings.finding import Spot
from pipeline.pdf.raster import each_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PIL.Image import Image

PPI: Final = 100
"""Pixels per inch at which pages are compared: a pixel is smaller than a hairline is thick."""

MILLIMETRES_PER_INCH: Final = 25.4
_CELL: Final = 4
"""Millimetres between two differences that are shown as one."""


class Verdict(IntEnum):
    """The result of a comparison, the best first."""

    IDENTICAL = 0
    SAME_PICTURE = 1
    DIFFERS = 2


class PageChange(NamedTuple):
    """A page that does not look the same.

    Args:
        number: From 1.
        spots: Where, in millimetres from the upper left corner of the trim; none where the page is
            only in one of the two.
        only_in: `before` or `after` where it is only in one of the two, else empty.
    """

    number: int
    spots: tuple[Spot, ...]
    only_in: str = ""


class HiddenChange(NamedTuple):
    """A change that no page shows.

    Args:
        part: As `hidden_parts` names it.
        before: What was there, or nothing.
        after: What is there now, or nothing.
    """

    part: str
    before: str
    after: str


class Comparison(NamedTuple):
    """Result of comparing two PDFs of one issue.

    Args:
        verdict: The result as a whole.
        pages: Pages that do not look the same.
        words: Text that changed.
        hidden: Changes that no page shows.
    """

    verdict: Verdict
    pages: tuple[PageChange, ...] = ()
    words: tuple[WordChange, ...] = ()
    hidden: tuple[HiddenChange, ...] = ()


def compare(before: bytes, after: bytes, ppi: int = PPI) -> Comparison:
    """Compare two PDFs, page by page.

    Args:
        before: As it was filed.
        after: As it is built now.
        ppi: Pixels per inch at which pages are drawn and compared.

    Raises:
        ValueError: One of the two cannot be read.
    """
    if before == after:
        return Comparison(Verdict.IDENTICAL)
    try:
        pages = tuple(_page_changes(before, after, ppi))
        words = tuple(word_changes(before, after))
        hidden = tuple(_hidden_changes(_hidden(before), _hidden(after)))
    except (pikepdf.PikepdfError, RuntimeError) as fault:
        raise ValueError(str(fault)) from fault
    is_other = bool(pages or words or hidden)
    return Comparison(Verdict.DIFFERS if is_other else Verdict.SAME_PICTURE, pages, words, hidden)


def difference(before: Image, after: Image) -> Image:
    """Return a picture in grey that is black where two pages are the same."""
    size = max(before.width, after.width), max(before.height, after.height)
    first, second = (picture.crop((0, 0, *size)) for picture in (before, after))
    red, green, blue = ImageChops.difference(first, second).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _page_changes(before: bytes, after: bytes, ppi: int) -> Iterator[PageChange]:
    # The slug of a press page contains a hash of the file, which is no part of the page itself.
    pairs = itertools.zip_longest(*(each_page(pdf, ppi, trimmed=True) for pdf in (before, after)))
    for number, (first, second) in enumerate(pairs, 1):
        if first is None or second is None:
            yield PageChange(number, (), "after" if first is None else "before")
        elif first.size != second.size or first.tobytes() != second.tobytes():
            yield PageChange(number, tuple(_spots(difference(first, second), ppi)))


def _spots(differing: Image, ppi: int) -> Iterator[Spot]:
    """Yield the areas in which two pages differ, areas near each other joined."""
    scale = ppi / MILLIMETRES_PER_INCH
    step = max(1, round(_CELL * scale))
    seen = differing.point([0] + [255] * 255)
    cells = {
        (x // step, y // step)
        for y in range(0, seen.height, step)
        for x in range(0, seen.width, step)
        if seen.crop((x, y, min(x + step, seen.width), min(y + step, seen.height))).getbbox()
    }
    while cells:
        group = _group(cells)
        cells -= group
        columns, rows = [x for x, _ in group], [y for _, y in group]
        box = (
            min(columns) * step,
            min(rows) * step,
            min((max(columns) + 1) * step, seen.width),
            min((max(rows) + 1) * step, seen.height),
        )
        left, top, right, bottom = seen.crop(box).getbbox() or (0, 0, 0, 0)
        edges = (box[0] + left, box[1] + top, box[0] + right, box[1] + bottom)
        yield Spot(*(round(edge / scale, 1) for edge in edges))


def _group(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the cells connected with the first of them."""
    pending = [min(cells, key=lambda cell: (cell[1], cell[0]))]
    group: set[tuple[int, int]] = set(pending)
    while pending:
        x, y = pending.pop()
        near = {(x + across, y + down) for across in (-1, 0, 1) for down in (-1, 0, 1)}
        found = (near & cells) - group
        group |= found
        pending += found
    return group


def _hidden(pdf: bytes) -> dict[str, tuple[str, ...]]:
    try:
        return hidden_parts(pdf)
    except (AttributeError, TypeError) as fault:
        # An object has another type than ISO 32000-1 requires, as a number in place of an annotation.
        raise ValueError(str(fault)) from fault


def _hidden_changes(
    before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> Iterator[HiddenChange]:
    for part, old in before.items():
        now = after[part]
        for stretch in align(old, now):
            pairs = itertools.zip_longest(
                old[stretch.begin : stretch.end], now[stretch.now_begin : stretch.now_end], fillvalue=""
            )
            yield from (HiddenChange(part, *pair) for pair in pairs if pair[0] != pair[1])

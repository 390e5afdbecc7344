"""Pictures on the pages: each of the issue as often as it has it, by its own caption, and to be seen.

A picture of pixels is known by its bytes, as the engine takes a JPEG file into the PDF as it is; any other
by its pixels. Drawings are vectors, and are not sought.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import math
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PIL import Image, ImageStat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Box, DrawnPage, DrawnPicture, Fragment
    from pipeline.pdf.law.expected.pictures import ExpectedPicture

_JPEG: Final = b"\xff\xd8"

_SMALLEST: Final = 14.0
"""Points (5 mm) that a picture is wide and high, at least."""

_LOWEST: Final = 2.0
_SQUEEZED: Final = 0.05
"""Points that a banner is high in its own proportions, at least, and how far their logarithm may be off."""

_LEAST_SEEN: Final = 0.12
"""Share of a picture that is not cut off, at least."""

_LEAST_CHANGE: Final = 6.0
_PALEST: Final = 0.35
"""Spread of the lightness of a picture that has anything to see, and the share of it that the page shows."""

_SAMPLE: Final = (48, 48)
"""Pixels at which the lightness of a picture is compared."""


class PictureFault(NamedTuple):
    """What is wrong with a picture.

    Args:
        code: Of the finding.
        picture: The picture.
        page: The page, from 1; 0 where it is on none.
        shown: Where it is on the page, or None.
        values: Of the finding.
    """

    code: str
    picture: ExpectedPicture
    page: int
    shown: DrawnPicture | None
    values: Mapping[str, str]


class _Shown(NamedTuple):
    page: DrawnPage
    picture: DrawnPicture


def picture_faults(
    pages: Sequence[DrawnPage], expected: Sequence[ExpectedPicture], captions: Mapping[str, Fragment]
) -> Iterator[PictureFault]:
    """Yield the pictures that are missing, shown too often, exchanged, or not to be seen.

    Args:
        pages: All pages.
        expected: What they must show.
        captions: The beginning of the caption of each picture that stands once, by source.
    """
    found = _shown_by_digest(pages)
    single: list[tuple[ExpectedPicture, _Shown]] = []
    for picture in expected:
        shown = next((found[digest] for digest in _digests_of_file(picture.data) if digest in found), [])
        yield from _count_fault(picture, shown)
        for each in shown:
            if not _is_seen(each, picture):
                yield PictureFault("E197", picture, each.page.number, each.picture, {"name": picture.source})
        # The first page may show a picture of an article once more, without its caption.
        inside = [each for each in shown if each.page.number > 1] or shown
        if len(inside) == 1 and picture.source in captions:
            single.append((picture, inside[0]))
    yield from _exchanged(single, captions)


def _count_fault(picture: ExpectedPicture, shown: Sequence[_Shown]) -> Iterator[PictureFault]:
    count = len(shown)
    if count < picture.times or (count > picture.times and not picture.may_repeat):
        page, last = (shown[-1].page.number, shown[-1].picture) if shown else (0, None)
        values = {"name": picture.source, "count": str(count), "times": str(picture.times)}
        yield PictureFault("E196", picture, page, last, values)


def _exchanged(
    single: Sequence[tuple[ExpectedPicture, _Shown]], captions: Mapping[str, Fragment]
) -> Iterator[PictureFault]:
    """Yield pairs of pictures of which each stands nearer to the other's caption than to its own."""

    def away(shown: _Shown, source: str) -> float:
        caption, box = captions[source], shown.picture.seen
        across = max(box.left - caption.box.right, caption.box.left - box.right, 0.0)
        up = max(box.bottom - caption.box.top, caption.box.bottom - box.top, 0.0)
        return across + up + _OTHER_PAGE * abs(caption.page - shown.page.number)

    for (one, shown), (other, shown_other) in combinations(single, 2):
        own = away(shown, one.source), away(shown_other, other.source)
        exchanged = away(shown, other.source), away(shown_other, one.source)
        if exchanged[0] < own[0] and exchanged[1] < own[1]:
            values = {"name": one.source, "other": other.source}
            yield PictureFault("E198", one, shown.page.number, shown.picture, values)


_OTHER_PAGE: Final = 2000.0
"""Points that a caption on the next page is away."""


def _shown_by_digest(pages: Sequence[DrawnPage]) -> dict[str, list[_Shown]]:
    found: dict[str, list[_Shown]] = {}
    for page in pages:
        for picture in page.pictures:
            found.setdefault(_digest_of_object(picture.handle), []).append(_Shown(page, picture))
    return found


def _digests_of_file(data: bytes) -> Iterator[str]:
    """Yield the digests of a file in a PDF: what is no JPEG file is taken apart by the engine."""
    if data.startswith(_JPEG):
        yield hashlib.sha256(data).hexdigest()
        return
    with Image.open(io.BytesIO(data)) as image:
        for mode in dict.fromkeys((image.mode, "RGB", "L")):
            yield hashlib.sha256(image.convert(mode).tobytes()).hexdigest()


def _digest_of_object(handle: Any) -> str:
    from pypdfium2 import raw  # noqa: PLC0415 - slow to load

    read = raw.FPDFImageObj_GetImageDataRaw
    length = read(handle, None, 0)
    room = ctypes.create_string_buffer(length)
    read(handle, room, length)
    if not room.raw.startswith(_JPEG):
        read = raw.FPDFImageObj_GetImageDataDecoded
        length = read(handle, None, 0)
        room = ctypes.create_string_buffer(length)
        read(handle, room, length)
    return hashlib.sha256(room.raw).hexdigest()


def _is_seen(shown: _Shown, picture: ExpectedPicture) -> bool:
    box = shown.picture.box
    seen = shown.picture.seen.within(shown.page.trim)
    wide, high = seen.right - seen.left, seen.top - seen.bottom
    if min(wide, high) < _least_side(box, picture):
        return False
    whole = (box.right - box.left) * (box.top - box.bottom)
    if wide * high < _LEAST_SEEN * whole:
        return False
    return not shown.picture.is_veiled or _is_strong(shown, picture)


def _least_side(box: Box, picture: ExpectedPicture) -> float:
    """Return how wide and high a picture is at least: a banner, which is low by itself, less than others."""
    wide, high = box.right - box.left, box.top - box.bottom
    low = min(wide, high)
    if not _LOWEST <= low < _SMALLEST or wide * high < _SMALLEST**2:
        return _SMALLEST
    with Image.open(io.BytesIO(picture.data)) as image:
        is_squeezed = abs(math.log((wide / high) / (image.width / image.height))) >= _SQUEEZED
    # A slot may be lower than its picture by a hair, which is cut off.
    return _SMALLEST if is_squeezed else low * (1 - _SQUEEZED)


def _is_strong(shown: _Shown, picture: ExpectedPicture) -> bool:
    """Return whether a picture that may be veiled differs from its ground nearly as much as its file does."""
    from pipeline.pdf.law.drawn.page_pixels import drawn_part  # noqa: PLC0415 - few pictures are veiled

    with Image.open(io.BytesIO(picture.data)) as image:
        image.draft("RGB", _SAMPLE)
        spread = _spread(image)
    return spread < _LEAST_CHANGE or _spread(drawn_part(shown.page, shown.picture.seen)) >= _PALEST * spread


def _spread(image: Image.Image) -> float:
    return float(ImageStat.Stat(image.convert("L").resize(_SAMPLE)).stddev[0])

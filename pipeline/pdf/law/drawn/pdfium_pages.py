"""Pages of a PDF as pdfium reads them: every object of theirs, those of forms within them too."""

from __future__ import annotations

import contextlib
import ctypes
import math
from typing import TYPE_CHECKING, Any, Final

from pipeline.pdf.law.drawn.drawn_text import Box, DrawnPage, DrawnPicture, Fragment
from pipeline.pdf.law.expected.signs import signs_of, without_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST: Final = 8192
"""Bytes (UTF-16) of one text object that are read at first; a line of a page has about two hundred."""

_DEEPEST: Final = 8
"""Form objects within one another that are read."""

_OPAQUE: Final = 255

_MOST_SQUEEZED: Final = 1.6
"""How many times narrower or lower than its face a text may be set."""


@contextlib.contextmanager
def opened_pages(pdf: bytes) -> Iterator[list[DrawnPage]]:
    """Read the pages of a PDF, which stays open within the context.

    Args:
        pdf: The file.
    """
    import pypdfium2  # noqa: PLC0415 - slow to load

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages: list[DrawnPage] = []
        count = 0
        for index in range(len(document)):
            page = document[index]
            sheet, trim = Box(*page.get_cropbox()), Box(*page.get_trimbox())
            drawn = DrawnPage(index + 1, page, page.get_textpage(), sheet, trim)
            count = _PageReader(drawn, count).read()
            pages.append(drawn)
        yield pages
    finally:
        # Its pages and their texts are closed with it.
        document.close()


class _PageReader:
    """Reads the objects of one page.

    Args:
        drawn: The page, which is filled.
        count: How many fragments the pages before have.
    """

    def __init__(self, drawn: DrawnPage, count: int) -> None:
        from pypdfium2 import raw  # noqa: PLC0415 - as above

        self._raw = raw
        self._drawn = drawn
        self._count = count
        self._text = ctypes.create_string_buffer(_LONGEST)
        self._text_pointer = ctypes.cast(self._text, ctypes.POINTER(ctypes.c_ushort))
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._size = ctypes.c_float()
        self._matrix = raw.FS_MATRIX()
        self._known: dict[tuple[int, ...], str] = {}

    def read(self) -> int:
        """Read all objects; returns the number of fragments of this page and those before."""
        raw, page = self._raw, self._drawn.page.raw
        for index in range(raw.FPDFPage_CountObjects(page)):
            self._object(raw.FPDFPage_GetObject(page, index), None, 0)
        return self._count

    def _object(
        self, handle: Any, outer: tuple[float, ...] | None, depth: int, *, is_veiled: bool = False
    ) -> None:
        raw = self._raw
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._text_object(handle, outer, is_veiled=is_veiled)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _product(self._matrix_of(handle), outer)
            is_veiled = is_veiled or bool(raw.FPDFPageObj_HasTransparency(handle))
            for index in range(raw.FPDFFormObj_CountObjects(handle)):
                child = raw.FPDFFormObj_GetObject(handle, index)
                self._object(child, inner, depth + 1, is_veiled=is_veiled)
        else:
            box = self._box_of(handle, outer)
            self._drawn.others.append((self._count, box))
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(handle, box, outer, is_veiled=is_veiled)

    def _picture(self, handle: Any, box: Box, outer: tuple[float, ...] | None, *, is_veiled: bool) -> None:
        seen = box
        for clip in self._clips(handle, outer):
            seen = seen.within(clip)
        is_veiled = is_veiled or bool(self._raw.FPDFPageObj_HasTransparency(handle))
        self._drawn.pictures.append(DrawnPicture(box, seen, handle, is_veiled))

    def _text_object(self, handle: Any, outer: tuple[float, ...] | None, *, is_veiled: bool) -> None:
        raw = self._raw
        self._drawn.text_handles.append(handle)
        box = self._box_of(handle, outer)
        text = self._text_of(handle, box)
        if not text:
            if box.right > box.left and box.top > box.bottom:
                self._drawn.unread.append(box)
            return
        signs = signs_of(text)
        if not signs:
            return
        a, b, c, d, left, baseline = _product(self._matrix_of(handle), outer)
        raw.FPDFTextObj_GetFontSize(handle, self._size)
        has_colour = raw.FPDFPageObj_GetFillColor(handle, *self._colour)
        red, green, blue, opacity = (part.value for part in self._colour)
        fragment = Fragment(
            page=self._drawn.number,
            at=self._count,
            text=text,
            signs=signs,
            bare=without_hyphens(signs),
            box=box,
            left=left,
            baseline=baseline,
            size=self._size.value * (math.hypot(a, b) if b else min(abs(a), abs(d))),
            colour=(red, green, blue, opacity) if has_colour else None,
            handle=handle,
            is_cut=self._is_cut(handle, box, outer),
            is_distorted=_is_distorted(a, b, c, d),
            is_veiled=is_veiled or (opacity == _OPAQUE and bool(raw.FPDFPageObj_HasTransparency(handle))),
            face=ctypes.cast(raw.FPDFTextObj_GetFont(handle), ctypes.c_void_p).value or 0,
        )
        self._drawn.fragments.append(fragment)
        self._count += 1

    def _text_of(self, handle: Any, box: Box) -> str:
        """Return the text of an object; what is drawn twice at one place, pdfium gives once only."""
        length = self._raw.FPDFTextObj_GetText(handle, self._drawn.texts.raw, self._text_pointer, _LONGEST)
        if length > _LONGEST:
            # pdfium writes nothing where the room is short.
            return self._long_text_of(handle, length)
        text = self._text.raw[: max(0, min(length, _LONGEST) - 2)].decode("utf-16-le", "replace")
        where = tuple(round(edge) for edge in box)
        if text:
            self._known[where] = text
        return text or self._known.get(where, "")

    def _long_text_of(self, handle: Any, length: int) -> str:
        room = ctypes.create_string_buffer(length)
        pointer = ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort))
        self._raw.FPDFTextObj_GetText(handle, self._drawn.texts.raw, pointer, length)
        return room.raw[: length - 2].decode("utf-16-le", "replace")

    def _is_cut(self, handle: Any, box: Box, outer: tuple[float, ...] | None) -> bool:
        """Return whether a rectangle around one of an object's clipping paths leaves out some of its box."""
        return not all(clip.holds(box) for clip in self._clips(handle, outer))

    def _clips(self, handle: Any, outer: tuple[float, ...] | None) -> Iterator[Box]:
        """Yield the rectangles around the clipping paths of an object."""
        raw = self._raw
        clip = raw.FPDFPageObj_GetClipPath(handle)
        for index in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
            points = []
            for number in range(raw.FPDFClipPath_CountPathSegments(clip, index)):
                segment = raw.FPDFClipPath_GetPathSegment(clip, index, number)
                raw.FPDFPathSegment_GetPoint(segment, *self._edges[:2])
                points.append((self._edges[0].value, self._edges[1].value))
            if points:
                yield _around(points, outer)

    def _matrix_of(self, handle: Any) -> tuple[float, ...]:
        matrix = self._matrix
        self._raw.FPDFPageObj_GetMatrix(handle, matrix)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _box_of(self, handle: Any, outer: tuple[float, ...] | None) -> Box:
        self._raw.FPDFPageObj_GetBounds(handle, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        if outer is None:
            return Box(left, bottom, right, top)
        return _around([(left, bottom), (left, top), (right, bottom), (right, top)], outer)


def _is_distorted(a: float, b: float, c: float, d: float) -> bool:
    """Return whether a text matrix (ISO 32000-2, 9.4.4) mirrors letters, turns them over or squeezes them."""
    across, up = math.hypot(a, b), math.hypot(c, d)
    is_mirrored = a * d - b * c <= 0
    is_upside_down = a < 0 and abs(b) < across / 2
    return is_mirrored or is_upside_down or not 1 / _MOST_SQUEEZED < across / up < _MOST_SQUEEZED


def _around(points: Sequence[tuple[float, float]], outer: tuple[float, ...] | None) -> Box:
    """Return the rectangle around points of a form on the page."""
    a, b, c, d, e, f = outer or (1, 0, 0, 1, 0, 0)
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return Box(min(across), min(up), max(across), max(up))


def _product(matrix: tuple[float, ...], outer: tuple[float, ...] | None) -> tuple[float, ...]:
    """Return the matrix of an object within a form, on the page (ISO 32000-2, 8.3.4)."""
    if outer is None:
        return matrix
    a, b, c, d, e, f = matrix
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )

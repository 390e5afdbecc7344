"""Limits on what drawing a file may unpack: no stream is larger than a page can need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.graphics_state import matrix_of
from pipeline.pdf.content.stream_limits import TooLargeError, check_bounds, check_content, inflated_size

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PICTURE: Final = 500_000_000
"""Bytes of a picture: a sheet of A1 at 300 pixels per inch and in four inks has 280 million."""

_TOO_MANY_TILES: Final = N_("a pattern is repeated more often than anybody could see")

_SHEET: Final = 595.0 * 842.0
"""Square points of a sheet of A4."""

MOST_PAGES: Final = 1_000
"""Of a file; a bulletin of a year has three hundred."""

MOST_TILES: Final = 1_000_000
"""Of a pattern on a page: a hatching of half a millimetre has a quarter of a million on A4."""

_MOST_IN_OBJECT_STREAMS: Final = 100_000_000
"""Bytes that all object streams of a file may unpack to (ISO 32000-2, 7.5.7)."""

_LARGEST_OTHER: Final = 100_000_000
_PACKED_OBJECTS: Final = re.compile(rb"/ObjStm\b")
_BEGINS: Final = re.compile(rb"stream\r?\n")
_NEAR: Final = 2_000
"""Bytes between the type of an object stream and its data; its dictionary has a hundred."""


def packed_objects(data: bytes) -> str:
    """Return what is wrong with the object streams of a file, before any of them is unpacked; or nothing.

    A program that opens the file unpacks them, whole, before it can look at a single object.

    Args:
        data: The file.
    """
    left = _MOST_IN_OBJECT_STREAMS
    for match in _PACKED_OBJECTS.finditer(data):
        begins = _BEGINS.search(data, match.end(), match.end() + _NEAR)
        if begins is not None:
            left -= inflated_size(data[begins.end() :], left)
        if left < 0:
            return N_("its packed objects would unpack to more than anybody needs")
    return ""


def drawing_findings(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """Find the first stream that is too large for a file to be drawn."""
    for content in (*(page.obj for page in pdf.pages), *pdf.objects):
        if isinstance(content, (pikepdf.Stream, pikepdf.Dictionary)):
            try:
                _check(content)
            except TooLargeError as fault:
                yield found("E128", None, problem=fault)
                return
            except BROKEN_PDF_ERRORS:
                # A stream that cannot be unpacked is not drawn.
                continue


def _check(content: Any) -> None:
    kind = content.get("/Subtype")
    if not isinstance(content, pikepdf.Stream):
        if content.get("/Type") == "/Page" or "/Contents" in content:
            check_content(content)
        if "/CharProcs" in content:
            for glyph in content.CharProcs.values():
                check_content(glyph)
    elif kind == "/Image":
        check_bounds(content, MOST_PICTURE)
    elif kind == "/Form" or "/PatternType" in content:
        check_content(content)
        if content.get("/PatternType") == 1:
            _check_tiles(content)
    else:
        check_bounds(content, _LARGEST_OTHER)


def _check_tiles(pattern: Any) -> None:
    """Check that a pattern is not repeated more often than anybody could see (8.7.3)."""
    a, b, c, d, _, _ = matrix_of(pattern)
    across = abs(float(pattern.get("/XStep", 0))) * (a * a + b * b) ** 0.5
    up = abs(float(pattern.get("/YStep", 0))) * (c * c + d * d) ** 0.5
    if across * up * MOST_TILES < _SHEET:
        raise TooLargeError(_TOO_MANY_TILES)

"""Limits on what drawing a file may unpack: no stream is larger than a page can need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.stream_limits import TooLargeError, check_bounds, check_content

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PICTURE: Final = 500_000_000
"""Bytes of a picture: a sheet of A1 at 300 pixels per inch and in four inks has 280 million."""

_LARGEST_OTHER: Final = 100_000_000


def drawing_findings(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """Find the first stream that is too large for a file to be drawn."""
    for content in (*(page.obj for page in pdf.pages), *pdf.objects):
        if isinstance(content, (pikepdf.Stream, pikepdf.Dictionary)):
            try:
                _check(content)
            except TooLargeError as fault:
                yield found("E117", None, problem=fault)
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
    else:
        check_bounds(content, _LARGEST_OTHER)

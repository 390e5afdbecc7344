"""Whether a file can be drawn without harm: nothing in it unpacks to more than a page could ever need."""

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
    for held in (*(page.obj for page in pdf.pages), *pdf.objects):
        if isinstance(held, (pikepdf.Stream, pikepdf.Dictionary)):
            try:
                _check(held)
            except TooLargeError as fault:
                yield found("E117", None, problem=fault)
                return
            except BROKEN_PDF_ERRORS:
                # What cannot be unpacked is drawn as nothing.
                continue


def _check(held: Any) -> None:
    kind = held.get("/Subtype")
    if not isinstance(held, pikepdf.Stream):
        if held.get("/Type") == "/Page" or "/Contents" in held:
            check_content(held)
        if "/CharProcs" in held:
            for glyph in held.CharProcs.values():
                check_content(glyph)
    elif kind == "/Image":
        check_bounds(held, MOST_PICTURE)
    elif kind == "/Form" or "/PatternType" in held:
        check_content(held)
    else:
        check_bounds(held, _LARGEST_OTHER)

"""Type: every font within the file, every letter with a glyph and a meaning (ISO 32000-2, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from pipeline.findings import Finding, found
from pipeline.preflight.subject import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.preflight.subject import Page, Subject

_PLAIN_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})


def type_findings(subject: Subject, page: Page, told: set[str]) -> Iterator[Finding]:
    """Judge the fonts a page uses.

    Args:
        subject: The file.
        page: The page.
        told: What has been said of fonts already; each is told of once.
    """
    missing = []
    for thing in page.seen:
        if thing.kind != "text":
            continue
        font: Any = thing.state.font
        if not isinstance(font, pikepdf.Dictionary):
            continue
        for code in _font_faults(font, accessible=subject.edition.accessible):
            name = _name(font)
            if f"{code} {name}" not in told:
                told.add(f"{code} {name}")
                yield found(code, None, page=page.number, spot=page.spot(thing.area), name=name)
        if font.get("/Subtype") == "/Type0" and 0 in thing.codes:
            missing.append(thing.area)
    yield from gathered(page, "E133", missing)


def _font_faults(font: Any, *, accessible: bool) -> Iterator[str]:
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":
        yield "W131"
    elif not _is_embedded(font):
        yield "E130"
    if accessible and "/ToUnicode" not in font and font.get("/Encoding") not in _PLAIN_ENCODINGS:
        yield "E132"


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type0":
        inner = font.get("/DescendantFonts")
        font = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else pikepdf.Dictionary()
    descriptor = font.get("/FontDescriptor")
    if not isinstance(descriptor, pikepdf.Dictionary):
        return False
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", "/?"))[1:].rpartition("+")[2][:60]

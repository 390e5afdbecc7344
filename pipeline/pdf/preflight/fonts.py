"""Fonts: each embedded in the file, each letter with a glyph and a character (ISO 32000-2, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.preflight.checked_pdf import gathered
from pipeline.pdf.preflight.mapped_codes import mapped_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.preflight.checked_pdf import CheckedPage

_PLAIN_ENCODINGS: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
_BY_GLYPH: Final = frozenset({"/Identity-H", "/Identity-V"})


class FontChecks:
    """Checks the fonts of a file page by page; a fault of a font is reported once.

    Args:
        is_read_aloud: Whether every letter must be mapped to a character.
    """

    def __init__(self, *, is_read_aloud: bool) -> None:
        """Begin with no font known."""
        self._is_read_aloud = is_read_aloud
        self._reported: set[tuple[str, str]] = set()
        self._mapped: dict[Any, frozenset[int] | None] = {}

    def findings(self, page: CheckedPage) -> Iterator[Finding]:
        """Check the fonts a page uses, and the codes it shows."""
        missing: list[Area] = []
        unmapped: dict[str, list[Area]] = {}
        last: Any = None
        name, mapped, is_by_glyph = "", None, False
        # Beyond the bleed too: whoever opens the file must have the fonts of the slug.
        for thing in page.objects:
            font: Any = thing.state.font
            if thing.kind != "text" or not isinstance(font, pikepdf.Dictionary):
                continue
            if last is not font:
                last, name = font, _name(font)
                mapped = self._mapped_codes(font)
                is_by_glyph = font.get("/Subtype") == "/Type0" and font.get("/Encoding") in _BY_GLYPH
                for code in _font_faults(font, is_read_aloud=self._is_read_aloud):
                    if (code, name) not in self._reported:
                        self._reported.add((code, name))
                        yield found(code, None, page=page.number, spot=page.spot(thing.area), name=name)
            if is_by_glyph and 0 in thing.codes:
                missing.append(thing.area)
            if mapped is not None and not mapped.issuperset(code for code in thing.codes if code):
                unmapped.setdefault(name, []).append(thing.area)
        yield from gathered(page, "E133", missing)
        for name, areas in unmapped.items():
            yield from gathered(page, "E134", areas, name=name)

    def _mapped_codes(self, font: Any) -> frozenset[int] | None:
        """Return the codes that are mapped to characters, where that is required of the font."""
        if not self._is_read_aloud or font.get("/Subtype") != "/Type0":
            return None
        key = font.objgen if font.is_indirect else id(font)
        if key not in self._mapped:
            self._mapped[key] = mapped_codes(font)
        return self._mapped[key]


def _font_faults(font: Any, *, is_read_aloud: bool) -> Iterator[str]:
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":
        yield "W131"
    elif not _is_embedded(font):
        yield "E130"
    if is_read_aloud and "/ToUnicode" not in font and font.get("/Encoding") not in _PLAIN_ENCODINGS:
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
    return str(font.get("/BaseFont", font.get("/Name", "/?")))[1:].rpartition("+")[2][:60]

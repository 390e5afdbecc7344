"""Type: every font within the file, every letter with a glyph and a meaning (ISO 32000-2, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.preflight.subject import gathered
from pipeline.pdf.preflight.to_unicode import meanings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.preflight.subject import Page

_PLAIN_ENCODINGS: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
_BY_GLYPH: Final = frozenset({"/Identity-H", "/Identity-V"})


class Types:
    """Judges the fonts of a file page by page; what is wrong with a font is told once.

    Args:
        is_read_aloud: Whether every letter must have a meaning.
    """

    def __init__(self, *, is_read_aloud: bool) -> None:
        """Begin with no font known."""
        self._is_read_aloud = is_read_aloud
        self._told: set[tuple[str, str]] = set()
        self._meanings: dict[Any, frozenset[int] | None] = {}

    def findings(self, page: Page) -> Iterator[Finding]:
        """Judge the fonts a page uses, and what it shows of them."""
        missing: list[Area] = []
        mute: dict[str, list[Area]] = {}
        last: Any = None
        name, meanings, is_by_glyph = "", None, False
        # Beyond the bleed too: whoever opens the file must have the fonts of the slug.
        for thing in page.objects:
            font: Any = thing.state.font
            if thing.kind != "text" or not isinstance(font, pikepdf.Dictionary):
                continue
            if last is not font:
                last, name = font, _name(font)
                meanings = self._meanings_of(font)
                is_by_glyph = font.get("/Subtype") == "/Type0" and font.get("/Encoding") in _BY_GLYPH
                for code in _font_faults(font, is_read_aloud=self._is_read_aloud):
                    if (code, name) not in self._told:
                        self._told.add((code, name))
                        yield found(code, None, page=page.number, spot=page.spot(thing.area), name=name)
            if is_by_glyph and 0 in thing.codes:
                missing.append(thing.area)
            if meanings is not None and not meanings.issuperset(code for code in thing.codes if code):
                mute.setdefault(name, []).append(thing.area)
        yield from gathered(page, "E133", missing)
        for name, areas in mute.items():
            yield from gathered(page, "E134", areas, name=name)

    def _meanings_of(self, font: Any) -> frozenset[int] | None:
        """Return the codes that have a meaning, where that matters and the font is one that must tell."""
        if not self._is_read_aloud or font.get("/Subtype") != "/Type0":
            return None
        key = font.objgen if font.is_indirect else id(font)
        if key not in self._meanings:
            self._meanings[key] = meanings_of(font)
        return self._meanings[key]


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

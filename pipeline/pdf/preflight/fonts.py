"""Fonts: each embedded in the file, each letter with a glyph and a character (ISO 32000-2, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.content.mapped_codes import mapped_codes
from pipeline.pdf.preflight.checked_pdf import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.content.areas import Area
    from pipeline.pdf.preflight.checked_pdf import CheckedPage

_PLAIN_ENCODINGS: Final = frozenset(
    {"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding"}
)
_KNOWN_COLLECTIONS: Final = frozenset({"GB1", "CNS1", "Japan1", "Korea1"})
"""Collections of characters of Adobe, whose numbers have known letters."""

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

    @property
    def have_reported(self) -> bool:
        """Whether a fault of a font was reported, which is not reported again."""
        return bool(self._reported)

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
                is_by_glyph = font.get("/Subtype") == "/Type0" and _encoding_name(font) in _BY_GLYPH
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
    if is_read_aloud and "/ToUnicode" not in font and not _has_known_letters(font):
        yield "E132"


def _has_known_letters(font: Any) -> bool:
    """Return whether the letters of a font are known without a table of its own (ISO 14289-1, 7.21.7)."""
    if font.get("/Subtype") == "/Type0":
        inner = _descendant(font)
        info = inner.get("/CIDSystemInfo")
        ordering = str(info.get("/Ordering", "")) if isinstance(info, pikepdf.Dictionary) else ""
        return ordering in _KNOWN_COLLECTIONS
    encoding = font.get("/Encoding")
    if not isinstance(encoding, pikepdf.Dictionary):
        return _encoding_name(font) in _PLAIN_ENCODINGS
    base = encoding.get("/BaseEncoding")
    differences = encoding.get("/Differences")
    names = [str(name)[1:] for name in differences or () if isinstance(name, pikepdf.Name)]
    return (base is None or str(base) in _PLAIN_ENCODINGS) and all(map(_names_letter, names))


def _names_letter(name: str) -> bool:
    """Return whether the name of a glyph says which letter it is (Adobe Glyph List Specification)."""
    from fontTools.agl import toUnicode  # noqa: PLC0415 - few files have such fonts

    return name == ".notdef" or bool(toUnicode(name))


def _encoding_name(font: Any) -> str:
    """Return the name of a font's encoding; empty where it is no name, but a table."""
    encoding = font.get("/Encoding")
    return str(encoding) if isinstance(encoding, pikepdf.Name) else ""


def _descendant(font: Any) -> Any:
    inner = font.get("/DescendantFonts")
    first = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else None
    return first if isinstance(first, pikepdf.Dictionary) else pikepdf.Dictionary()


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type0":
        font = _descendant(font)
    descriptor = font.get("/FontDescriptor")
    if not isinstance(descriptor, pikepdf.Dictionary):
        return False
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", font.get("/Name", "/?")))[1:].rpartition("+")[2][:60]

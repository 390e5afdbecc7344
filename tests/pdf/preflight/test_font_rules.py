"""Fonts are embedded, and each letter has a glyph to be drawn and a character to be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.pdf.preflight.fonts import FontChecks
from tests.pdf.preflight.made import codes, page_with, thing, values

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding
    from pipeline.pdf.content.painting.painted_objects import Painted

HERE = (200, 200, 300, 210)
BEYOND = (0, 0, 5, 5)
"""Within the bleed of a press sheet, and on its margin."""

FILE = pikepdf.new()
"""Holds the fonts below."""


def font(kind: str = "TrueType", *, embedded: str = "FontFile2", **entries: Any) -> Dictionary:
    held = Dictionary(Type=Name.Font, Subtype=Name(f"/{kind}"), BaseFont=Name("/ABCDEF+Own"))
    descriptor = Dictionary()
    if embedded:
        descriptor[f"/{embedded}"] = FILE.make_stream(b"")
    if kind == "Type0":
        held.Encoding = entries.pop("Encoding", Name("/Identity-H"))
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, FontDescriptor=descriptor)
        ordering = entries.pop("Ordering", None)
        if ordering:
            inner.CIDSystemInfo = Dictionary(Registry="Adobe", Ordering=ordering, Supplement=0)
        held.DescendantFonts = Array([inner])
    else:
        held.FontDescriptor = descriptor
    for name, value in entries.items():
        held[f"/{name}"] = value
    return FILE.make_indirect(held)


def letters(held: Any, *shown: int, area: tuple[float, ...] = HERE, kind: str = "text") -> Painted:
    return thing(kind, *area, font=held, codes=shown)


def of_fonts(*objects: Painted, aloud: bool = True) -> list[str]:
    return codes(FontChecks(is_read_aloud=aloud).findings(page_with(*objects)))


WIN: dict[str, Any] = {"Encoding": Name.WinAnsiEncoding}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (font(**WIN), []),
        (font(embedded="FontFile", **WIN), []),
        (font(embedded="FontFile3", **WIN), []),
        (font(embedded="", **WIN), ["E130"]),
        (font(embedded="FontFile4", **WIN), ["E130"]),
        (font("Type3", embedded="", **WIN), ["W131"]),
        (font("Type3", **WIN), ["W131"]),
        (font(), ["E132"]),
        (font(Encoding=Name.MacRomanEncoding), []),
        (font(Encoding=Name.MacExpertEncoding), []),
        (font(Encoding=Name.StandardEncoding), []),
        (font(Encoding=Name.OwnEncoding), ["E132"]),
        (font(Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding)), []),
        (font(Encoding=Dictionary(BaseEncoding=Name.OwnEncoding)), ["E132"]),
        (font(Encoding=Dictionary(Differences=Array([97, Name.a, Name("/.notdef")]))), []),
        (font(Encoding=Dictionary(Differences=Array([97, Name.a, Name.g12]))), ["E132"]),
        (font("Type0"), ["E132"]),
        (font("Type0", Ordering="Japan1"), []),
        (font("Type0", Ordering="GB1"), []),
        (font("Type0", Ordering="CNS1"), []),
        (font("Type0", Ordering="Korea1"), []),
        (font("Type0", Ordering="Identity"), ["E132"]),
        (font("Type0", Ordering="Japan1", embedded=""), ["E130"]),
        (font("Type0", embedded=""), ["E130", "E132"]),
    ],
)
def test_fonts_are_embedded_and_their_letters_known(held: Dictionary, expected: list[str]) -> None:
    for area in (HERE, BEYOND):
        assert of_fonts(letters(held, 97, area=area)) == expected
    assert of_fonts(letters(held, 97), aloud=False) == [code for code in expected if code != "E132"]
    assert of_fonts(letters(held, 97, kind="path")) == []
    assert of_fonts(letters(None, 97)) == []


def test_a_fault_of_a_font_is_told_once_in_a_file_with_its_name() -> None:
    checks = FontChecks(is_read_aloud=False)
    one, other = font(embedded=""), font(embedded="", BaseFont=Name.Other)
    (first,) = checks.findings(page_with(letters(one, 97), letters(one, 98), number=3))
    assert (first.page, dict(first.values)["name"]) == (3, "Own")
    (second,) = checks.findings(page_with(letters(one, 97), letters(other, 97), number=4))
    assert dict(second.values)["name"] == "Other"
    long = font(embedded="", BaseFont=Name("/" + "n" * 80))
    (third,) = checks.findings(page_with(letters(long, 97)))
    assert dict(third.values)["name"] == "n" * 60


def mapped(*known: str) -> Any:
    said = "".join(f"<{code}> <0041>\n" for code in known)
    return FILE.make_stream(f"begincmap {len(known)} beginbfchar\n{said}endbfchar endcmap".encode())


def test_each_letter_has_a_glyph_and_a_character() -> None:
    held = font("Type0", ToUnicode=mapped("0041", "0042"))
    assert of_fonts(letters(held, 0x41, 0x42)) == []
    assert of_fonts(letters(held, 0x41, 0x43)) == ["E134"]
    assert of_fonts(letters(held, 0x41, 0)) == ["E133"]
    assert of_fonts(letters(held, 0x41, 0, 0x43)) == ["E133", "E134"]
    assert of_fonts(letters(held, 0x43), aloud=False) == []
    assert of_fonts(letters(held, 0), aloud=False) == ["E133"]
    upright = font("Type0", ToUnicode=mapped("0041"), Encoding=Name("/Identity-V"))
    assert of_fonts(letters(upright, 0)) == ["E133"]
    by_code = font("Type0", ToUnicode=mapped("0041"), Encoding=Name("/UniJIS-UCS2-H"))
    assert of_fonts(letters(by_code, 0)) == []
    simple = font(**WIN, ToUnicode=mapped("0041"))
    assert of_fonts(letters(simple, 0, 0x43)) == []
    found: list[Finding] = list(
        FontChecks(is_read_aloud=True).findings(
            page_with(letters(held, 0x43), letters(held, 0x44), letters(held, 0, area=(100, 100, 120, 110)))
        )
    )
    assert [(each.code, told["count"]) for each, told in zip(found, values(found), strict=True)] == [
        ("E133", "1"),
        ("E134", "2"),
    ]

"""Pages drawn by hand, for what the law says of texts and where they stand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD: Final = "BT /F1 12 Tf 50 200 Td (Word) Tj ET"
"""“Word” is about 30 points wide, its letters about 9 points high."""


def drawn(*contents: str, letters: Mapping[str, str] | None = None) -> bytes:
    """Return a PDF of pages, 300 points a side, with Helvetica as F1 and a form X1 that shows a word.

    Args:
        contents: Of each page.
        letters: What the letters of a second Helvetica, F2, say, where that is something else.
    """
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    fonts = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    if letters is not None:
        other = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        other.ToUnicode = pdf.make_stream(_said(letters).encode())
        fonts.F2 = pdf.make_indirect(other)
    form = pdf.make_stream(WORD.encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 300, 300])
    form.Resources = pikepdf.Dictionary(Font=fonts)
    for content in contents:
        pdf.add_blank_page(page_size=(300, 300))
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(
            Font=fonts,
            XObject=pikepdf.Dictionary(X1=form),
            ExtGState=pikepdf.Dictionary(
                G1=pikepdf.Dictionary(ca=0.1),
                G5=pikepdf.Dictionary(ca=0.7),
                M=pikepdf.Dictionary(BM=pikepdf.Name.Multiply),
            ),
        )
        page.Contents = pdf.make_stream(content.encode())
    whole = io.BytesIO()
    pdf.save(whole)
    return whole.getvalue()


def _said(letters: Mapping[str, str]) -> str:
    """Return a table of what letters say (ISO 32000-2, 9.10.3); halves of characters stay halves."""
    lines = (
        f"<{ord(letter):02X}> <{says.encode('utf-16-be', 'surrogatepass').hex()}>"
        for letter, says in letters.items()
    )
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            f"{len(letters)} beginbfchar",
            *lines,
            "endbfchar endcmap end end",
        )
    )


def text(word: str, left: float, baseline: float, size: float = 10) -> str:
    """Return what paints a word, in points from the lower left corner of the page."""
    return f"BT /F1 {size} Tf {left} {baseline} Td ({word}) Tj ET "

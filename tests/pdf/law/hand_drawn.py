"""Pages drawn by hand, for what the law says of texts and where they stand."""

from __future__ import annotations

import io
from typing import Final

import pikepdf

WORD: Final = "BT /F1 12 Tf 50 200 Td (Word) Tj ET"
"""“Word” is about 30 points wide, its letters about 9 points high."""


def drawn(*contents: str) -> bytes:
    """Return a PDF of pages, 300 points a side, with Helvetica as F1 and a form X1 that shows a word."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    fonts = pikepdf.Dictionary(F1=pdf.make_indirect(font))
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
            ExtGState=pikepdf.Dictionary(G1=pikepdf.Dictionary(ca=0.1), G5=pikepdf.Dictionary(ca=0.7)),
        )
        page.Contents = pdf.make_stream(content.encode())
    whole = io.BytesIO()
    pdf.save(whole)
    return whole.getvalue()


def text(word: str, left: float, baseline: float, size: float = 10) -> str:
    """Return what paints a word, in points from the lower left corner of the page."""
    return f"BT /F1 {size} Tf {left} {baseline} Td ({word}) Tj ET "

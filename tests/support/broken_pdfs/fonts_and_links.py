"""Files with incomplete fonts, and with links without target or description."""

from __future__ import annotations

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.models.editions import PRESS, SCREEN
from tests.support.broken_pdfs.cases import breaks, draw, font_name, letter_code


@breaks("E130", PRESS)
def does_not_embed_a_font(pdf: pikepdf.Pdf) -> None:
    font = pdf.pages[0].resources.Font[font_name(pdf)]
    descriptor = font.DescendantFonts[0].FontDescriptor
    for name in ("/FontFile2", "/FontFile3"):
        if name in descriptor:
            del descriptor[name]


@breaks("W131", PRESS)
def uses_a_type_3_font(pdf: pikepdf.Pdf) -> None:
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 400 400 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 500, 500],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.a]),
        FirstChar=97,
        LastChar=97,
        Widths=[500],
        Resources=Dictionary(),
    )
    pdf.pages[0].add_resource(font, Name.Font, Name.Drawn)
    draw(pdf, "/FillOver gs 0 0 0 1 k BT /Drawn 10 Tf 200 400 Td (a) Tj ET")


@breaks("E132", SCREEN)
def has_a_font_without_unicode(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].resources.Font[font_name(pdf)]["/ToUnicode"]


@breaks("E134", SCREEN)
def has_a_letter_without_unicode(pdf: pikepdf.Pdf) -> None:
    held = pdf.pages[0].resources.Font[font_name(pdf)].ToUnicode
    code = letter_code(pdf).encode()
    changed = re.sub(rb"<%b> <\w+>" % code, b"<%b> <0000>" % code, held.read_bytes(), flags=re.IGNORECASE)
    assert changed != held.read_bytes()
    held.write(changed)


@breaks("E133", PRESS)
def shows_a_letter_it_lacks(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/FillOver gs 0 0 0 1 k BT {font_name(pdf)} 10 Tf 200 400 Td <0000> Tj ET")


@breaks("E140", PRESS)
def links_on_paper(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 120], Border=[0, 0, 0])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@breaks("E141", SCREEN)
def has_a_link_to_nowhere(pdf: pikepdf.Pdf) -> None:
    for note in pdf.pages[0].obj.Annots:
        if "/Dest" in note:
            note.Dest = String("nowhere")


@breaks("E141", SCREEN)
def has_a_link_to_a_removed_page(pdf: pikepdf.Pdf) -> None:
    gone = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=[0, 0, 9, 9]))
    for note in pdf.pages[0].obj.Annots:
        if "/Dest" in note:
            note.Dest = Array([gone, Name.Fit])


@breaks("E143", SCREEN)
def has_a_bookmark_to_nowhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("nowhere")


@breaks("E142", SCREEN)
def has_a_link_without_description(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]["/Contents"]

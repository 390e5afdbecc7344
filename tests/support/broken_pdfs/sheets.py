"""Files with wrong boxes, text near the edge, or content that cannot be read."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.models.editions import PRESS, SCREEN
from tests.support.broken_pdfs.cases import MILLIMETRE, breaks, draw, font_name, letter_code


@breaks("E110", PRESS)
def has_no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


@breaks("E111", SCREEN)
def is_of_another_format(pdf: pikepdf.Pdf) -> None:
    for name in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox"):
        if name in pdf.pages[0].obj:
            pdf.pages[0].obj[name] = Array([0, 0, 612, 842])


@breaks("E112", PRESS)
def bleeds_too_little(pdf: pikepdf.Pdf) -> None:
    trim = [float(side) for side in pdf.pages[0].obj.TrimBox]
    off = 2 * MILLIMETRE
    pdf.pages[0].obj.BleedBox = Array([trim[0] - off, trim[1] - off, trim[2] + off, trim[3] + off])


@breaks("E113", PRESS)
def bleeds_over_the_sheet(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([23, 23, 629, 876])


@breaks("W110", PRESS)
def begins_off_the_corner(pdf: pikepdf.Pdf) -> None:
    box = [float(side) for side in pdf.pages[0].obj.MediaBox]
    pdf.pages[0].obj.MediaBox = Array([-5, -5, box[2] + 5, box[3] + 5])


@breaks("W111", SCREEN)
def is_turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


@breaks("E114", PRESS)
def ends_colour_at_the_cut(pdf: pikepdf.Pdf) -> None:
    left = 10 * MILLIMETRE
    draw(pdf, f"1 0 0 0 k {left} 300 200 80 re f")


@breaks("E115", PRESS)
def sets_text_over_the_edge(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/FillOver gs 0 0 0 1 k BT {font_name(pdf)} 10 Tf 24 400 Td <00200021> Tj ET")


@breaks("W113", PRESS)
def sets_text_near_the_edge(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/FillOver gs 0 0 0 1 k BT {font_name(pdf)} 10 Tf 34 400 Td <00200021> Tj ET")


@breaks("W112", PRESS)
def has_an_empty_page(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    kept = {name: value for name, value in page.items() if name != "/Parent"}
    pdf.pages.append(pikepdf.Page(Dictionary(kept)))
    pdf.pages[1].obj.Contents = pdf.make_stream(b"")


@breaks("E116", SCREEN)
def has_unreadable_content(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "(wide) w")


@breaks("E116", PRESS)
def contains_itself(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    pdf.pages[0].add_resource(form, Name.XObject, Name.Me)
    draw(pdf, "/Me Do")


@breaks("E117", PRESS)
def names_a_number_for_its_printing_conditions(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = Array([7])


@breaks("E117", SCREEN)
def has_a_number_for_its_annotations(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[1, 2], Contents="a")]
    )


@breaks("E115", SCREEN)
def sets_a_line_longer_than_the_page(pdf: pikepdf.Pdf) -> None:
    draw(
        pdf,
        f"/Artifact BMC 0 0 0 rg BT {font_name(pdf)} 10 Tf 500 400 Td <{letter_code(pdf) * 99}> Tj ET EMC",
    )

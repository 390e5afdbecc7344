"""Files whose tags, attachments or size are wrong."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.models.editions import ARCHIVE, SCREEN
from tests.support.broken_pdfs.cases import breaks, draw, elements

if TYPE_CHECKING:
    from collections.abc import Callable


@breaks("E150", SCREEN)
def is_not_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


@breaks("E151", SCREEN)
def has_no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@breaks("E152", SCREEN)
def hides_its_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


@breaks("E153", ARCHIVE)
def has_a_figure_without_alternative(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0]["/Alt"]


@breaks("E154", SCREEN)
def skips_a_level(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H4


@breaks("E155", SCREEN)
def has_a_short_row(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:1])


@breaks("E156", SCREEN)
def paints_untagged_content(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "0 0.3 0.4 rg 100 500 50 50 re f")


@breaks("E157", SCREEN)
def has_table_heads_without_scope(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        del cell["/A"]


@breaks("W157", SCREEN)
def has_a_table_without_heads(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD
        del cell["/A"]


@breaks("E155", SCREEN)
def has_a_cell_that_reaches_out_of_the_table(pdf: pikepdf.Pdf) -> None:
    cell = elements(pdf, "TD")[0]
    cell.A = Dictionary(O=Name.Table, RowSpan=2)


@breaks("E145", SCREEN)
def names_a_language_that_is_none(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].Lang = pikepdf.String("bulgarian language")


@breaks("E145", SCREEN)
def names_its_own_language_wrongly(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("bg_BG")


@breaks("E146", SCREEN)
def has_a_note_without_a_name(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Note


@breaks("E146", SCREEN)
def has_two_notes_of_one_name(pdf: pikepdf.Pdf) -> None:
    for element in (elements(pdf, "P")[0], elements(pdf, "H1")[0]):
        element.S = Name.Note
        element.ID = pikepdf.String("note")
    elements(pdf, "H2")[0].S = Name.H1


@breaks("E158", SCREEN)
def has_a_paragraph_for_a_row(pdf: pikepdf.Pdf) -> None:
    table = elements(pdf, "Table")[0]
    paragraph = pdf.make_indirect(Dictionary(S=Name.P, P=table, K=Array([])))
    table.K = Array([*(table.K if isinstance(table.K, Array) else [table.K]), paragraph])


@breaks("E158", SCREEN)
def has_an_entry_of_a_list_outside_a_list(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.LBody


@breaks("E158", SCREEN)
def has_words_right_in_its_contents(pdf: pikepdf.Pdf) -> None:
    for link in elements(pdf, "Link"):
        link.S = Name.Reference
    elements(pdf, "P")[0].S = Name.TOCI


@breaks("E159", SCREEN)
def has_a_tag_of_its_own(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Story


@breaks("E159", SCREEN)
def maps_a_tag_in_a_circle(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Story
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Story=Name.Tale, Tale=Name.Story)


@breaks("E159", SCREEN)
def maps_a_standard_tag(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Div)


@breaks("E166", ARCHIVE)
def attaches_a_file_that_belongs_to_nothing(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF


@breaks("E160", SCREEN)
def attaches_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"a", filename="a.txt")


@breaks("E161", ARCHIVE)
def attaches_a_file_without_relationship(pdf: pikepdf.Pdf) -> None:
    (held,) = pdf.Root.AF
    del held["/AFRelationship"]


@breaks("W160", ARCHIVE)
def attaches_nothing(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names.EmbeddedFiles
    del pdf.Root.AF


def _has_size(megabytes: int) -> Callable[[pikepdf.Pdf], None]:
    def weighed(pdf: pikepdf.Pdf) -> None:
        noise = b"".join(
            hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(megabytes * 31250)
        )
        pdf.pages[0].obj.PieceInfo = Dictionary(Ours=Dictionary(Private=pdf.make_stream(noise)))

    weighed.__name__ = f"weighs_{megabytes}_megabytes"
    return weighed


breaks("W170", SCREEN)(_has_size(6))
breaks("E170", SCREEN)(_has_size(14))

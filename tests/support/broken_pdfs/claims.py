"""Files with wrong claims in their metadata, or with actions on opening."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name, String
from PIL import ImageCms

from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from tests.support.broken_pdfs.cases import breaks, replace_metadata


@breaks("E102", PRESS)
def claims_another_standard(pdf: pikepdf.Pdf) -> None:
    replace_metadata(pdf, rb"(<pdfxid:GTS_PDFXVersion>)PDF/X-4", rb"\1PDF/X-3")


@breaks("E102", SCREEN)
def claims_no_accessibility(pdf: pikepdf.Pdf) -> None:
    replace_metadata(pdf, rb"<pdfuaid:part>1</pdfuaid:part>", b"")


@breaks("E102", ARCHIVE)
def claims_an_older_archive(pdf: pikepdf.Pdf) -> None:
    replace_metadata(pdf, rb'(pdfaid:part)(="|>)3', rb"\1\g<2>2")


@breaks("E103", SCREEN)
def has_no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@breaks("E104", PRESS)
def has_no_title(pdf: pikepdf.Pdf) -> None:
    replace_metadata(pdf, rb"<dc:title>.*?</dc:title>", b"")


@breaks("W103", SCREEN)
def has_two_titles(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = String("Друго заглавие")


@breaks("E105", PRESS)
def names_no_printing_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@breaks("E106", PRESS)
def embeds_an_rgb_output_profile(pdf: pikepdf.Pdf) -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(screen, N=4)


@breaks("E107", PRESS)
def does_not_state_trapping(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


@breaks("E109", SCREEN)
def runs_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@breaks("E109", SCREEN)
def starts_a_program(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("a.exe")))


@breaks("E109", SCREEN)
def runs_a_script_from_a_bookmark(pdf: pikepdf.Pdf) -> None:
    item = pdf.Root.Outlines.First
    then = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    item.A = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=then)
    if "/Dest" in item:
        del item.Dest


@breaks("E109", SCREEN)
def fetches_a_stream_from_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(Ours=Dictionary(Private=pdf.make_stream(b"", F=String("a.bin"))))

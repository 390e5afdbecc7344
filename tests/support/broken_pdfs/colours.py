"""Files with colours, pictures and lines that do not print or show as they should."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.models.editions import PRESS, SCREEN
from tests.support.broken_pdfs.cases import add_graphics_state, add_picture, breaks, draw, font_name


@breaks("E119", SCREEN)
def uses_device_rgb_without_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents
    draw(pdf, "/Artifact BMC 0.2 0.4 0.6 rg 100 500 50 50 re f EMC")
    page = pdf.pages[0]
    page.contents_coalesce()
    # Grey and black of the page would be found as well.
    page.Contents = pdf.make_stream(b"0 0 0 rg 0 0 0 RG\n" + page.Contents.read_bytes())


@breaks("E120", PRESS)
def paints_in_rgb(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "0.2 0.4 0.6 rg 100 500 50 50 re f")


@breaks("E121", PRESS)
def shows_an_rgb_picture(pdf: pikepdf.Pdf) -> None:
    add_picture(pdf, "/InLight", Name.DeviceRGB)


@breaks("E122", PRESS)
def shows_a_grey_picture_with_a_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(b"", N=1)
    add_picture(pdf, "/Profiled", Array([Name.ICCBased, profile]))


@breaks("E120", PRESS)
def paints_an_rgb_pattern(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(
        b"0.2 0.4 0.6 rg 0 0 5 5 re f",
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    pdf.pages[0].add_resource(tile, Name.Pattern, Name.Tiles)
    draw(pdf, "/Pattern cs /Tiles scn 100 500 50 50 re f 200 500 50 50 re f")


@breaks("E120", PRESS)
def shades_in_rgb(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 1], C1=[1, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=tint)
    pdf.pages[0].add_resource(shading, Name.Shading, Name.Sky)
    draw(pdf, "100 500 50 50 re W n /Sky sh")


@breaks("E120", PRESS)
def shades_in_rgb_by_a_pattern(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 1], C1=[1, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=tint)
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
    pdf.pages[0].add_resource(pattern, Name.Pattern, Name.Sky)
    draw(pdf, "/Pattern cs /Sky scn 100 500 50 50 re f")


@breaks("E120", PRESS)
def paints_marks_in_rgb(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0 0 RG 1 w 2 2 m 2 12 l S")


@breaks("E121", PRESS)
def has_an_inline_rgb_picture(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0 0 1 200 300 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI")


@breaks("W120", PRESS)
def uses_a_spot_colour(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.6, 1, 0], N=1)
    space = Array([Name.Separation, Name("/PANTONE 021 C"), Name.DeviceCMYK, tint])
    pdf.pages[0].add_resource(space, Name.ColorSpace, Name.Orange)
    draw(pdf, "/Orange cs 1 scn 100 500 50 50 re f")


@breaks("E123", PRESS)
def exceeds_the_ink_limit(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0.9 0.8 0.6 k 100 500 50 50 re f")


@breaks("E124", PRESS)
def overprints_white(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/AllOver gs 0 0 0 0 k 100 500 50 50 re f")


@breaks("W121", PRESS)
def knocks_out_black_text(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"/KnockOut gs 0 0 0 1 k BT {font_name(pdf)} 10 Tf 200 400 Td <00200021> Tj ET")


@breaks("W122", PRESS)
def uses_rich_black_for_text(pdf: pikepdf.Pdf) -> None:
    draw(pdf, f"0.6 0.4 0.4 1 k BT {font_name(pdf)} 10 Tf 200 400 Td <00200021> Tj ET")


@breaks("W123", PRESS)
def uses_transparency(pdf: pikepdf.Pdf) -> None:
    add_graphics_state(pdf, "/Half", ca=0.5)
    draw(pdf, "/Half gs 0.2 0 0 0 k 100 500 50 50 re f")


@breaks("E125", PRESS)
def shows_a_coarse_picture(pdf: pikepdf.Pdf) -> None:
    add_picture(pdf, "/Coarse", Name.DeviceGray, 100)


@breaks("W124", PRESS)
def shows_a_soft_picture(pdf: pikepdf.Pdf) -> None:
    add_picture(pdf, "/Soft", Name.DeviceGray, 260)


@breaks("W125", SCREEN)
def shows_a_coarse_picture_on_a_screen(pdf: pikepdf.Pdf) -> None:
    add_picture(pdf, "/Coarse", Name.DeviceGray, 60)
    page = pdf.pages[0]
    page.contents_coalesce()
    data = page.Contents.read_bytes().replace(b"\nq 100 0 0 100", b"\n/Artifact BMC q 100 0 0 100")
    page.Contents = pdf.make_stream(data + b" EMC")


@breaks("W126", PRESS)
def shows_a_picture_of_sixteen_bits(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(
        b"\x80" * (600 * 600 * 2),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=600,
        Height=600,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=16,
    )
    pdf.pages[0].add_resource(stream, Name.XObject, Name.Fine)
    draw(pdf, "100 0 0 100 200 300 cm /Fine Do")


@breaks("E126", PRESS)
def draws_a_hairline(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/StrokeOver gs 0 0 0 1 K 0.1 w 100 500 m 200 500 l S")


@breaks("E126", PRESS)
def fills_a_hairline(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0 0 0 k 100 500 100 0.12 re f")


@breaks("W121", PRESS)
def overprints_black_in_name_only(pdf: pikepdf.Pdf) -> None:
    add_graphics_state(pdf, "/InName", op=True, OP=True, OPM=0)
    draw(pdf, f"/InName gs 0 0 0 1 k BT {font_name(pdf)} 10 Tf 200 400 Td <00200021> Tj ET")

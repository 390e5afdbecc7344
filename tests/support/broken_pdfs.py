"""Sound PDFs, and for each rule of preflight one that is broken in just that way."""

from __future__ import annotations

import functools
import hashlib
import io
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

from pipeline.models.editions import ARCHIVE, EDITIONS, PRESS, SCREEN
from pipeline.models.publication import PressPlan
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.inks import condition_of
from pipeline.page.pictures.renditions import Rendition, RenditionOptions, rendition
from pipeline.page.style import PROFILE, load_style
from pipeline.pdf.finishing.attachments import CarriedFile
from pipeline.pdf.finishing.finish import FinishingPlan, finish
from pipeline.pdf.finishing.tags import NoteWords
from tests.conftest import ISSUED, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.models.editions import Edition

CONDITION: Final = condition_of(PressPlan(), None)
MILLIMETRE: Final = 72 / 25.4

_PAGE: Final = """
<html lang="bg"><head><meta charset="utf-8"><title>Проба</title>
<meta name="author" content="Печатница"><meta name="generator" content="Bulletin Press">
<meta name="dcterms.created" content="2024-01-31"><meta name="dcterms.modified" content="2024-01-31">
<style>{properties}</style><style>
@page {{ size: A4; margin: 20mm }}
html {{ font: 10pt/14pt var(--text); color: var(--ink) }}
h1, h2 {{ color: var(--petrol); font: 700 20pt/28pt var(--head) }}
a {{ color: inherit; text-decoration: none }}
table {{ border-collapse: collapse; font: 8pt/12pt var(--head) }}
td, th {{ border-bottom: .5pt solid var(--petrol) }}
.field {{ position: absolute; left: -23mm; right: -23mm; top: 200mm; height: 30mm }}
.field {{ background: var(--petrol) }}
img {{ display: block; image-rendering: crisp-edges }}
</style></head><body>
<h1>Проба за преглед</h1>
<p>Първи абзац с <a href="https://example.org/">препратка</a> навън и <a href="#later">една</a> навътре.</p>
<h2 id="later">Таблица</h2>
<table><thead><tr><th scope="col">Име</th><th scope="col">Брой</th></tr></thead>
<tbody><tr><th scope="row">Едно</th><td>1</td></tr><tr><th scope="row">Две</th><td>2</td></tr></tbody></table>
<img src="https://issue.invalid/pictures/p.png" alt="Сива картина" style="width:40mm;height:30mm">
<div class="field"></div>
</body></html>
"""


@functools.cache
def sound(edition: Edition) -> bytes:
    """Return a small PDF of an edition in which there is nothing to find."""
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    condition = CONDITION if edition.in_ink else None
    if condition is not None:
        assets[PROFILE] = Asset(condition.profile, "application/vnd.iccprofile")
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize((500, 375)).convert("RGB").save(drawn, "PNG")
    kind = examine(drawn.getvalue(), "p.png", None)
    assert not hasattr(kind, "code")
    made = rendition(
        drawn.getvalue(),
        kind,
        RenditionOptions(40, edition.picture_ppi, condition),
        name="p.png",
        place=None,
    )
    assert isinstance(made, Rendition)
    assets["pictures/p.png"] = Asset(made.data, made.media_type)
    html = _PAGE.format(properties=style.properties(edition))
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pressed = print_pdf(html, edition, assets, identifier, style.plan.page)
    assert pressed.findings == ()
    carried = [CarriedFile("issues/a.txt", b"a", "text/plain", "Source")] if edition.carries_sources else []
    notes = NoteWords("Към бележката", "Обратно")
    return finish(pressed.pdf, edition, FinishingPlan(identifier, notes, ISSUED, condition, None, carried))


class Broken(NamedTuple):
    """A way to break a PDF.

    Args:
        code: What preflight must find, and nothing else.
        edition: Of which edition the sound one is.
        spoil: Breaks it.
    """

    code: str
    edition: Edition
    spoil: Callable[[pikepdf.Pdf], None]


CASES: Final[list[Broken]] = []


def breaks(code: str, edition: Edition) -> Callable[[Callable[[pikepdf.Pdf], None]], Callable[..., None]]:
    """Enter a function among the cases."""

    def entered(spoil: Callable[[pikepdf.Pdf], None]) -> Callable[..., None]:
        CASES.append(Broken(code, edition, spoil))
        return spoil

    return entered


def broken(case: Broken) -> bytes:
    """Return the file of a case."""
    with pikepdf.open(io.BytesIO(sound(case.edition))) as pdf:
        case.spoil(pdf)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def cut_short(data: bytes) -> bytes:
    """Return the first part of a file."""
    return data[: len(data) // 3]


def locked(data: bytes) -> bytes:
    """Return a file with a password."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def without_identifier(data: bytes) -> bytes:
    """Return a file whose trailer has no ID."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert target.getvalue().count(b"/ID [") == 1
    return target.getvalue().replace(b"/ID [", b"/Id [")


def _draw(pdf: pikepdf.Pdf, content: str, page: int = 0) -> None:
    pdf.pages[page].contents_add(f"\nq {content} Q\n".encode())


def _said(pdf: pikepdf.Pdf, pattern: bytes, instead: bytes) -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    changed = re.sub(pattern, instead, metadata, flags=re.DOTALL)
    assert changed != metadata
    pdf.Root.Metadata.write(changed)


def _font(pdf: pikepdf.Pdf) -> str:
    return str(next(iter(pdf.pages[0].resources.Font.keys())))


def _letter(pdf: pikepdf.Pdf) -> str:
    """Return the code of a letter, in hexadecimal, that the first font of the first page shows."""
    said = pdf.pages[0].resources.Font[_font(pdf)].ToUnicode.read_bytes()
    found = re.search(rb"beginbfchar\s*<(\w+)>", said)
    assert found is not None
    return found[1].decode()


def _elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    found = []

    def walk(kids: Any) -> None:
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                if f"/{role}" == kid.S:
                    found.append(kid)
                walk(kid.get("/K", []))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def _picture(pdf: pikepdf.Pdf, name: str, space: object, size: int = 600) -> None:
    bands = 1 if space == Name.DeviceGray or isinstance(space, Array) else 3
    stream = pdf.make_stream(
        b"\x80" * (size * size * bands),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size,
        Height=size,
        ColorSpace=space,
        BitsPerComponent=8,
    )
    pdf.pages[0].add_resource(stream, Name.XObject, Name(name))
    _draw(pdf, f"100 0 0 100 200 300 cm {name} Do")


def _state(pdf: pikepdf.Pdf, name: str, **entries: Any) -> None:
    pdf.pages[0].add_resource(Dictionary(Type=Name.ExtGState, **entries), Name.ExtGState, Name(name))


@breaks("E102", PRESS)
def claims_another_standard(pdf: pikepdf.Pdf) -> None:
    _said(pdf, rb"(<pdfxid:GTS_PDFXVersion>)PDF/X-4", rb"\1PDF/X-3")


@breaks("E102", SCREEN)
def claims_no_accessibility(pdf: pikepdf.Pdf) -> None:
    _said(pdf, rb"<pdfuaid:part>1</pdfuaid:part>", b"")


@breaks("E102", ARCHIVE)
def claims_an_older_archive(pdf: pikepdf.Pdf) -> None:
    _said(pdf, rb'(pdfaid:part)(="|>)3', rb"\1\g<2>2")


@breaks("E103", SCREEN)
def has_no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@breaks("E104", PRESS)
def has_no_title(pdf: pikepdf.Pdf) -> None:
    _said(pdf, rb"<dc:title>.*?</dc:title>", b"")


@breaks("W103", SCREEN)
def has_two_titles(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = String("Друго заглавие")


@breaks("E105", PRESS)
def names_no_printing_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@breaks("E106", PRESS)
def carries_a_profile_of_a_screen(pdf: pikepdf.Pdf) -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(screen, N=4)


@breaks("E107", PRESS)
def is_silent_on_trapping(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


@breaks("E109", SCREEN)
def runs_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@breaks("E109", SCREEN)
def starts_a_program(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("a.exe")))


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
    _draw(pdf, f"1 0 0 0 k {left} 300 200 80 re f")


@breaks("E115", PRESS)
def sets_text_over_the_edge(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, f"/FillOver gs 0 0 0 1 k BT {_font(pdf)} 10 Tf 24 400 Td <00200021> Tj ET")


@breaks("W113", PRESS)
def sets_text_near_the_edge(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, f"/FillOver gs 0 0 0 1 k BT {_font(pdf)} 10 Tf 34 400 Td <00200021> Tj ET")


@breaks("W112", PRESS)
def has_an_empty_page(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    kept = {name: value for name, value in page.items() if name != "/Parent"}
    pdf.pages.append(pikepdf.Page(Dictionary(kept)))
    pdf.pages[1].obj.Contents = pdf.make_stream(b"")


@breaks("E116", SCREEN)
def cannot_be_followed(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "(wide) w")


@breaks("E116", PRESS)
def holds_itself(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    pdf.pages[0].add_resource(form, Name.XObject, Name.Me)
    _draw(pdf, "/Me Do")


@breaks("E117", PRESS)
def names_a_number_for_its_printing_conditions(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents = Array([7])


@breaks("E117", SCREEN)
def has_a_number_for_its_annotations(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[1, 2], Contents="a")]
    )


@breaks("E119", SCREEN)
def does_not_say_for_which_screen(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents
    _draw(pdf, "/Artifact BMC 0.2 0.4 0.6 rg 100 500 50 50 re f EMC")
    page = pdf.pages[0]
    page.contents_coalesce()
    # Grey and black of the page would be found as well.
    page.Contents = pdf.make_stream(b"0 0 0 rg 0 0 0 RG\n" + page.Contents.read_bytes())


@breaks("E120", PRESS)
def paints_in_light(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "0.2 0.4 0.6 rg 100 500 50 50 re f")


@breaks("E121", PRESS)
def shows_a_picture_in_light(pdf: pikepdf.Pdf) -> None:
    _picture(pdf, "/InLight", Name.DeviceRGB)


@breaks("E122", PRESS)
def shows_a_grey_picture_with_a_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(b"", N=1)
    _picture(pdf, "/Profiled", Array([Name.ICCBased, profile]))


@breaks("E120", PRESS)
def paints_a_pattern_in_light(pdf: pikepdf.Pdf) -> None:
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
    _draw(pdf, "/Pattern cs /Tiles scn 100 500 50 50 re f 200 500 50 50 re f")


@breaks("E120", PRESS)
def shades_in_light(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 1], C1=[1, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=tint)
    pdf.pages[0].add_resource(shading, Name.Shading, Name.Sky)
    _draw(pdf, "100 500 50 50 re W n /Sky sh")


@breaks("E120", PRESS)
def shades_in_light_by_a_pattern(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 1], C1=[1, 0, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1], Function=tint)
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
    pdf.pages[0].add_resource(pattern, Name.Pattern, Name.Sky)
    _draw(pdf, "/Pattern cs /Sky scn 100 500 50 50 re f")


@breaks("E120", PRESS)
def marks_its_sheet_in_light(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "1 0 0 RG 1 w 2 2 m 2 12 l S")


@breaks("E121", PRESS)
def holds_a_picture_in_light_among_its_content(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "1 0 0 1 200 300 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI")


@breaks("W120", PRESS)
def wants_a_fifth_ink(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.6, 1, 0], N=1)
    space = Array([Name.Separation, Name("/PANTONE 021 C"), Name.DeviceCMYK, tint])
    pdf.pages[0].add_resource(space, Name.ColorSpace, Name.Orange)
    _draw(pdf, "/Orange cs 1 scn 100 500 50 50 re f")


@breaks("E123", PRESS)
def drowns_in_ink(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "1 0.9 0.8 0.6 k 100 500 50 50 re f")


@breaks("E124", PRESS)
def overprints_white(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "/AllOver gs 0 0 0 0 k 100 500 50 50 re f")


@breaks("W121", PRESS)
def knocks_black_text_out(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, f"/KnockOut gs 0 0 0 1 k BT {_font(pdf)} 10 Tf 200 400 Td <00200021> Tj ET")


@breaks("W122", PRESS)
def mixes_its_black(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, f"0.6 0.4 0.4 1 k BT {_font(pdf)} 10 Tf 200 400 Td <00200021> Tj ET")


@breaks("W123", PRESS)
def lets_light_through(pdf: pikepdf.Pdf) -> None:
    _state(pdf, "/Half", ca=0.5)
    _draw(pdf, "/Half gs 0.2 0 0 0 k 100 500 50 50 re f")


@breaks("E125", PRESS)
def shows_a_coarse_picture(pdf: pikepdf.Pdf) -> None:
    _picture(pdf, "/Coarse", Name.DeviceGray, 100)


@breaks("W124", PRESS)
def shows_a_soft_picture(pdf: pikepdf.Pdf) -> None:
    _picture(pdf, "/Soft", Name.DeviceGray, 260)


@breaks("W125", SCREEN)
def shows_a_coarse_picture_on_a_screen(pdf: pikepdf.Pdf) -> None:
    _picture(pdf, "/Coarse", Name.DeviceGray, 60)
    content = pdf.pages[0].Contents
    page = pdf.pages[0]
    page.contents_coalesce()
    data = page.Contents.read_bytes().replace(b"\nq 100 0 0 100", b"\n/Artifact BMC q 100 0 0 100")
    page.Contents = pdf.make_stream(data + b" EMC")
    del content


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
    _draw(pdf, "100 0 0 100 200 300 cm /Fine Do")


@breaks("E126", PRESS)
def draws_a_hairline(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "/StrokeOver gs 0 0 0 1 K 0.1 w 100 500 m 200 500 l S")


@breaks("E126", PRESS)
def fills_a_hairline(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "1 0 0 0 k 100 500 100 0.12 re f")


@breaks("E130", PRESS)
def keeps_a_font_to_itself(pdf: pikepdf.Pdf) -> None:
    font = pdf.pages[0].resources.Font[_font(pdf)]
    descriptor = font.DescendantFonts[0].FontDescriptor
    for name in ("/FontFile2", "/FontFile3"):
        if name in descriptor:
            del descriptor[name]


@breaks("W131", PRESS)
def draws_its_type(pdf: pikepdf.Pdf) -> None:
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
    _draw(pdf, "/FillOver gs 0 0 0 1 k BT /Drawn 10 Tf 200 400 Td (a) Tj ET")


@breaks("E132", SCREEN)
def has_letters_without_meaning(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].resources.Font[_font(pdf)]["/ToUnicode"]


@breaks("E134", SCREEN)
def has_a_letter_without_meaning(pdf: pikepdf.Pdf) -> None:
    held = pdf.pages[0].resources.Font[_font(pdf)].ToUnicode
    code = _letter(pdf).encode()
    changed = re.sub(rb"<%b> <\w+>" % code, b"<%b> <0000>" % code, held.read_bytes(), flags=re.IGNORECASE)
    assert changed != held.read_bytes()
    held.write(changed)


@breaks("E115", SCREEN)
def sets_a_line_longer_than_the_page(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, f"/Artifact BMC 0 0 0 rg BT {_font(pdf)} 10 Tf 500 400 Td <{_letter(pdf) * 99}> Tj ET EMC")


@breaks("W121", PRESS)
def overprints_black_in_name_only(pdf: pikepdf.Pdf) -> None:
    _state(pdf, "/InName", op=True, OP=True, OPM=0)
    _draw(pdf, f"/InName gs 0 0 0 1 k BT {_font(pdf)} 10 Tf 200 400 Td <00200021> Tj ET")


@breaks("E133", PRESS)
def shows_a_letter_it_lacks(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, f"/FillOver gs 0 0 0 1 k BT {_font(pdf)} 10 Tf 200 400 Td <0000> Tj ET")


@breaks("E140", PRESS)
def links_on_paper(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 120], Border=[0, 0, 0])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@breaks("E141", SCREEN)
def leads_nowhere(pdf: pikepdf.Pdf) -> None:
    for note in pdf.pages[0].obj.Annots:
        if "/Dest" in note:
            note.Dest = String("nowhere")


@breaks("E141", SCREEN)
def leads_to_a_page_that_was_taken_out(pdf: pikepdf.Pdf) -> None:
    gone = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=[0, 0, 9, 9]))
    for note in pdf.pages[0].obj.Annots:
        if "/Dest" in note:
            note.Dest = Array([gone, Name.Fit])


@breaks("E143", SCREEN)
def has_a_bookmark_to_nowhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("nowhere")


@breaks("E142", SCREEN)
def does_not_say_where_it_leads(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]["/Contents"]


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
def has_a_silent_figure(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "Figure")[0]["/Alt"]


@breaks("E154", SCREEN)
def skips_a_level(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "H2")[0].S = Name.H4


@breaks("E155", SCREEN)
def has_a_short_row(pdf: pikepdf.Pdf) -> None:
    row = _elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:1])


@breaks("E156", SCREEN)
def paints_what_nobody_hears(pdf: pikepdf.Pdf) -> None:
    _draw(pdf, "0 0.3 0.4 rg 100 500 50 50 re f")


@breaks("E157", SCREEN)
def has_heads_of_nothing(pdf: pikepdf.Pdf) -> None:
    for cell in _elements(pdf, "TH"):
        del cell["/A"]


@breaks("W157", SCREEN)
def has_a_table_without_heads(pdf: pikepdf.Pdf) -> None:
    for cell in _elements(pdf, "TH"):
        cell.S = Name.TD
        del cell["/A"]


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


@breaks("E155", SCREEN)
def has_a_cell_that_reaches_out_of_the_table(pdf: pikepdf.Pdf) -> None:
    cell = _elements(pdf, "TD")[0]
    cell.A = Dictionary(O=Name.Table, RowSpan=2)


@breaks("E160", SCREEN)
def brings_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, b"a", filename="a.txt")


@breaks("E161", ARCHIVE)
def does_not_say_what_it_brings(pdf: pikepdf.Pdf) -> None:
    (held,) = pdf.Root.AF
    del held["/AFRelationship"]


@breaks("W160", ARCHIVE)
def brings_nothing(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names.EmbeddedFiles
    del pdf.Root.AF


def _weighs(megabytes: int) -> Callable[[pikepdf.Pdf], None]:
    def weighed(pdf: pikepdf.Pdf) -> None:
        noise = b"".join(
            hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(megabytes * 31250)
        )
        pdf.pages[0].obj.PieceInfo = Dictionary(Ours=Dictionary(Private=pdf.make_stream(noise)))

    weighed.__name__ = f"weighs_{megabytes}_megabytes"
    return weighed


CASES.append(Broken("W170", SCREEN, _weighs(6)))
CASES.append(Broken("E170", SCREEN, _weighs(14)))


def after_other_bytes(data: bytes) -> bytes:
    """Return a file that does not begin at once."""
    return b"\n" + data


WHOLE: Final = {"E100": cut_short, "E101": locked, "E108": without_identifier, "E118": after_other_bytes}
"""Ways to break a file as bytes."""

__all__ = ["CASES", "CONDITION", "EDITIONS", "WHOLE", "Broken", "broken", "sound"]

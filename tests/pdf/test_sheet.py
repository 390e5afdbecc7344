"""The printer's sheet: the place of the page on it, its marks and slug, and the standard the file claims."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.editions import POINTS_A_MILLIMETRE, PRESS
from pipeline.models.press_plan import PressPlan
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.page.style import PROFILE, load_style
from pipeline.pdf.finishing.claims import claim_for_press
from pipeline.pdf.finishing.finish import FinishingPlan, Slug, finish
from pipeline.pdf.finishing.sheet import SLUG_ROOM, bleed_box, trim_box
from pipeline.pdf.finishing.slug import SIZE, drawn_line
from pipeline.pdf.finishing.tags import NoteWords
from pipeline.pdf.plates.plates import plates_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from PIL import Image

FACE: Final = REPOSITORY / "fonts" / "sofia-sans" / "SofiaSans-Regular.ttf"
CONDITION: Final = condition_of(PressPlan(), None)
PPI: Final = 144
MILLIMETRE: Final = PPI / 25.4
"""Pixels of a plate."""

NOTHING: Final = (0, 0, 0, 0)
HEAD: Final = """<html lang="bg"><head><meta charset="utf-8"><title>Проба</title>
<meta name="dcterms.created" content="2024-01-31"><meta name="dcterms.modified" content="2024-01-31">
<style>{properties}</style><style>
@page {{ size: A4; margin: 0 }}
html {{ font: 10pt/14pt var(--text); color: device-cmyk(0 0 0 1) }}
div {{ position: absolute; left: 50mm; top: 60mm; width: 40mm; height: 40mm }}
</style></head><body>{body}</body></html>"""
DOT: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">
<circle cx="5" cy="5" r="3" fill="device-cmyk(0 1 0 0)"/></svg>"""

TILED: Final = "background: url(https://issue.invalid/dot.svg) 0 0 / 10mm 10mm repeat"


@functools.cache
def printed(body: str) -> bytes:
    """Return the press PDF of a page as the layout engine writes it."""
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    assets[PROFILE] = Asset(CONDITION.profile, "application/vnd.iccprofile")
    assets["dot.svg"] = Asset(DOT.encode(), "image/svg+xml")
    html = HEAD.format(properties=style.properties(PRESS), body=body)
    pressed = print_pdf(html, PRESS, assets, identifier=b"a" * 16, rhythm=style.plan.page)
    assert pressed.findings == ()
    return pressed.pdf


def finished(body: str, slug_text: str = "", identifier: bytes = b"a" * 16) -> bytes:
    """Return the finished press file of a page."""
    slug = Slug(lambda page, pages: f"{page}/{pages} {slug_text}", FACE) if slug_text else None
    notes = NoteWords("Към бележката", "Обратно")
    plan = FinishingPlan(identifier, notes, dt.date(2024, 1, 31), condition=CONDITION, slug=slug)
    return finish(printed(body), PRESS, plan)


def sheet(body: str, slug_text: str = "") -> Image.Image:
    """Return the plates of the first page."""
    return next(iter(plates_of(finished(body, slug_text), PPI)))


def inks(plates: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """Return the inks at a point, in per cent; x and y are millimetres from the trim's corner."""
    found = plates.getpixel((round((x + 10) * MILLIMETRE), round((y + 10) * MILLIMETRE)))
    assert isinstance(found, tuple)
    return tuple(round(part / 2.55) for part in found)


def part(plates: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """Return a part of the plates: left, top, right, bottom in millimetres from the trim's upper left."""
    sides = [round((side + 10) * MILLIMETRE) for side in box]
    return plates.crop((sides[0], sides[1], sides[2], sides[3]))


def test_every_page_has_its_boxes_to_a_hundredth_of_a_point() -> None:
    body = "<p>Едно</p><p style='break-before: page'>Две</p>"
    with pikepdf.open(io.BytesIO(finished(body))) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            boxes = ((str(name), box) for name, box in page.obj.items())
            held = {name: [float(side) for side in box] for name, box in boxes if "Box" in name}
            assert held.keys() == {"/MediaBox", "/BleedBox", "/TrimBox"}
            assert held["/MediaBox"] == pytest.approx([0, 0, 651.9685, 898.5827], abs=0.01)
            assert held["/BleedBox"] == pytest.approx([19.8425, 19.8425, 632.126, 878.7402], abs=0.01)
            assert held["/TrimBox"] == pytest.approx([28.3465, 28.3465, 623.622, 870.2362], abs=0.01)


def test_the_content_of_a_page_keeps_its_place() -> None:
    plates = sheet("<div style='background: device-cmyk(1 .5 0 0)'></div>")
    assert inks(plates, 50.3, 60.3) == inks(plates, 89.7, 99.7) == (100, 50, 0, 0)
    for x, y in ((49.7, 80), (90.3, 80), (70, 59.7), (70, 100.3)):
        assert inks(plates, x, y) == NOTHING


@pytest.mark.parametrize(
    "body",
    [
        f"<div style='{TILED}'></div>",
        f"<div style='{TILED}; opacity: .999'></div>",
        """<div><svg viewBox="0 0 40 40"><pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">
        <circle cx="5" cy="5" r="3" fill="device-cmyk(0 1 0 0)"/></pattern>
        <rect width="40" height="40" fill="url(#p)"/></svg></div>""",
    ],
    ids=["background", "within a group", "drawing"],
)
def test_patterns_move_with_their_page(body: str) -> None:
    plates = sheet(body)
    for across in range(4):
        for down in range(4):
            x, y = 50 + 10 * across, 60 + 10 * down
            assert inks(plates, x + 5, y + 5)[1] == 100
            assert inks(plates, x + 0.8, y + 0.8) == inks(plates, x + 9.2, y + 9.2) == NOTHING


def test_colour_fills_the_bleed_and_ends_with_it() -> None:
    plates = sheet(
        "<div style='inset: -10mm; width: auto; height: auto; background: device-cmyk(0 1 0 0)'></div>"
    )
    reached = part(plates, (-2.8, -2.8, 212.8, 299.8))
    assert reached.getcolors() == [(reached.width * reached.height, (0, 255, 0, 0))]
    for x, y in ((-3.3, 40), (213.3, 40), (60, -3.3), (60, 300.3)):
        assert inks(plates, x, y) == NOTHING


def test_marks_are_outside_the_bleed_and_on_every_plate() -> None:
    plates = sheet("", slug_text="проба")
    inside = part(plates, (-3, -3, 213, 300))
    assert inside.getcolors() == [(inside.width * inside.height, NOTHING)]
    for strip in (
        part(plates, (-8.2, -0.5, -2.8, 0.5)),
        part(plates, (212.8, 296.5, 218.2, 297.5)),
        part(plates, (-0.5, 299.8, 0.5, 305.2)),
        part(plates, (209.5, -8.2, 210.5, -2.8)),
        part(plates, (100, -9, 110, -3)),
        part(plates, (-9, 143, -3, 153)),
    ):
        bands = [max(band.tobytes()) for band in strip.split()]
        assert len(set(bands)) == 1
        assert bands[0] > 60


def test_marks_are_a_quarter_of_a_point_thin_and_five_millimetres_long() -> None:
    with pikepdf.open(io.BytesIO(finished(""))) as pdf:
        page = pdf.pages[0]
        content = page.obj.Contents.read_bytes().decode("latin-1")
        every = page.resources.ColorSpace["/PlateAll"]
    assert [str(part) for part in list(every)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    marks = content[content.index("/PlateAll CS 1 SCN 0.25 w") :]
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", marks)
    lengths = [abs(float(x1) - float(x2)) + abs(float(y1) - float(y2)) for x1, y1, x2, y2 in lines]
    assert sum(length == pytest.approx(5 * 72 / 25.4, abs=0.001) for length in lengths) == 8


def test_the_bar_shows_each_ink_alone_full_and_by_half() -> None:
    plates = sheet("")
    shown = [inks(plates, 205 - 4 * place + 2, -6.5) for place in range(1, 9)]
    assert shown == [
        *((100, 0, 0, 0), (0, 100, 0, 0), (0, 0, 100, 0), (0, 0, 0, 100)),
        *((50, 0, 0, 0), (0, 50, 0, 0), (0, 0, 50, 0), (0, 0, 0, 50)),
    ]


@pytest.mark.parametrize("text", ["bulletin.pdf", "много дълго име на профил " * 8], ids=["short", "long"])
def test_a_slug_is_black_alone_and_keeps_clear_of_the_marks(text: str) -> None:
    plates = sheet("", slug_text=text)
    foot = part(plates, (1, 300.1, 102, 306.9))
    cyan, magenta, yellow, black = foot.split()
    assert [band.getextrema()[1] for band in (cyan, magenta, yellow)] == [0, 0, 0]
    place = black.getbbox()
    assert place is not None
    left, top, right, bottom = (side / MILLIMETRE for side in place)
    assert left == pytest.approx(4, abs=0.4)
    assert right <= 101
    # Below the bleed, and above the sheet's edge.
    assert top > 0.5
    assert bottom < 6
    assert right > 99 if len(text) > 50 else right < 40


def test_each_page_has_a_slug_of_its_own() -> None:
    with pikepdf.open(io.BytesIO(finished("<p>1</p><p style='break-before: page'>2</p>", "проба"))) as pdf:
        feet = [page.obj.Contents.read_bytes().decode("latin-1") for page in pdf.pages]
    for number, foot in enumerate(feet, 1):
        assert drawn_line(f"{number}/2 проба", FACE, widest=SLUG_ROOM) in foot


@given(st.text(st.sampled_from("AbcЯщж 019-·"), min_size=1, max_size=80), st.floats(20, 300))
def test_a_drawn_line_is_not_longer_than_the_space(text: str, room: float) -> None:
    line = drawn_line(text, FACE, widest=room)
    scales = {float(scale) for scale in re.findall(r"q (\S+) 0 0 ", line)}
    starts = [float(start) for start in re.findall(r" 0 0 \S+ (\S+) 0 cm", line)]
    assert len(scales) <= 1
    assert all(0 < scale <= SIZE / 1000 + 1e-6 for scale in scales)
    assert starts == sorted(starts)
    assert all(start < room for start in starts)
    assert line.count("cm") == sum(character != " " for character in text)


def test_a_letter_that_the_face_lacks_is_left_out() -> None:
    assert drawn_line("a漢b", FACE) == drawn_line("ab", FACE)


def claims(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Return the metadata by the names of its elements."""
    metadata = pdf.Root.Metadata.read_bytes().decode()
    return dict(re.findall(r"<(\w+:\w+)>([^<]+)</\1>", metadata))


def test_the_file_claims_its_standard_and_printing_condition() -> None:
    with pikepdf.open(io.BytesIO(finished(""))) as pdf:
        metadata = claims(pdf)
        (intent,) = pdf.Root.OutputIntents
        assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert metadata["pdf:Trapped"] == "False"
        assert isinstance(pdf.docinfo["/Trapped"], pikepdf.Name)
        assert pdf.docinfo["/Trapped"] == "/False"
        assert intent.S == "/GTS_PDFX"
        assert intent.OutputConditionIdentifier == "FOGRA39"
        assert intent.RegistryName == "http://www.color.org"
        assert intent.Info == "ISO Coated v2 300%"
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == CONDITION.profile
        dates = (metadata["xmp:CreateDate"], metadata["xmp:ModifyDate"], metadata["xmp:MetadataDate"])
        assert dates == ("2024-01-31",) * 3
        assert {str(pdf.docinfo[name]) for name in ("/CreationDate", "/ModDate")} == {"D:20240131"}


def test_a_custom_printing_condition_names_no_registry() -> None:
    own = CONDITION._replace(identifier="Custom", info="Наша хартия")
    with pikepdf.open(io.BytesIO(printed(""))) as pdf:
        claim_for_press(pdf, own, b"a")
        (intent,) = pdf.Root.OutputIntents
        assert "/RegistryName" not in intent
        assert intent.OutputConditionIdentifier == "Custom"
        assert intent.Info == "Наша хартия"


def test_the_document_identifier_is_derived_from_the_content() -> None:
    def named(identifier: bytes) -> str:
        with pikepdf.open(io.BytesIO(finished("", identifier=identifier))) as pdf:
            return claims(pdf)["xmpMM:DocumentID"]

    assert named(b"a" * 16) == named(b"a" * 16) != named(b"b" * 16)


def test_an_unknown_document_identifier_is_refused() -> None:
    with pikepdf.open(io.BytesIO(finished(""))) as pdf:
        pdf.Root.Metadata.write(b"<rdf:RDF/>")
        with pytest.raises(ValueError, match="in another way"):
            claim_for_press(pdf, CONDITION, b"a")


def test_a_press_file_has_no_annotations_or_outlines() -> None:
    body = "<h1>Глава</h1><p id='a'><a href='#a'>тук</a> и <a href='https://example.org/'>там</a></p>"

    def waits(data: bytes) -> set[str]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            held = {str(name) for thing in (pdf.Root, *(page.obj for page in pdf.pages)) for name in thing}
        return {"/Outlines", "/Names", "/Dests", "/OpenAction", "/AcroForm", "/Annots"} & held

    assert "/Annots" in waits(printed(body))
    assert waits(finished(body)) == set()


def test_the_same_page_gives_the_same_bytes() -> None:
    assert finished("<p>едно</p>", "проба") == finished("<p>едно</p>", "проба")


def test_what_reaches_the_spine_ends_at_the_trim_there_and_bleeds_at_the_three_other_sides() -> None:
    trim, whole = trim_box(PRESS), bleed_box(PRESS, 1, ends_at_spine=False)
    assert whole == trim.grown(PRESS.bleed * POINTS_A_MILLIMETRE)
    for page in (1, 2, 7, 8):
        bleed = bleed_box(PRESS, page, ends_at_spine=True)
        spine, outer = ("left", "right") if page % 2 else ("right", "left")
        assert getattr(bleed, spine) == getattr(trim, spine)
        for side in (outer, "top", "bottom"):
            assert getattr(bleed, side) == getattr(whole, side)

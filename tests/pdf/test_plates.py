"""Plates: how much of each ink is printed where, compared with ISO 32000-2 and with Ghostscript."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.pdf.plates.plates import heaviest, plates_of
from tests.standards.press_checker import heaviest_ink

if TYPE_CHECKING:
    from collections.abc import Callable

    Dressed = Callable[[pikepdf.Pdf, Any], None]

Name = pikepdf.Name
SIDE: Final = 144
INNER: Final = (60, 80)
"""Where the inner square of a case lies, in pixels from the upper left at 72 to an inch."""
OUTER: Final = (100, 50)
"""Where only the outer one does."""
PETROL: Final = b"1 .45 .3 .35 k 20 20 100 100 re f "
SQUARE: Final = b"40 40 40 40 re f "
PICTURE: Final = b"q 100 0 0 100 20 20 cm /I Do Q"
CELLS: Final = bytes([200, 100, 50, 25])
MARGIN: Final = 7.6


def ramp(inks: list[float]) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=inks, N=1)


def spot(name: str, inks: list[float]) -> pikepdf.Array:
    return pikepdf.Array([Name.Separation, Name(name), Name.DeviceCMYK, ramp(inks)])


def page_of(content: bytes, dressed: Dressed | None = None, side: float = SIDE) -> bytes:
    """Return a file of one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(min(side, 14400), min(side, 14400)))
    page = pdf.pages[0].obj
    page.MediaBox = pikepdf.Array([0, 0, side, side])
    states = pikepdf.Dictionary(
        Over=pikepdf.Dictionary(OP=True, op=True, OPM=1),
        OverAll=pikepdf.Dictionary(OP=True, op=True, OPM=0),
        Half=pikepdf.Dictionary(ca=0.5, CA=0.5),
        Multiply=pikepdf.Dictionary(BM=Name.Multiply),
    )
    page.Resources = pikepdf.Dictionary(ExtGState=states)
    for kind in ("/ColorSpace", "/XObject", "/Pattern", "/Shading"):
        page.Resources[kind] = pikepdf.Dictionary()
    if dressed is not None:
        dressed(pdf, page.Resources)
    page.Contents = pdf.make_stream(content)
    target = io.BytesIO()
    pdf.save(target, static_id=True)
    return target.getvalue()


def with_spot(name: str, inks: list[float]) -> Dressed:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:  # noqa: ARG001
        resources.ColorSpace.Spot = spot(name, inks)

    return dressed


def with_form(content: bytes) -> Dressed:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:
        form = pdf.make_stream(content)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, SIDE, SIDE]
        resources.XObject.F = form

    return dressed


def with_pattern(content: bytes, paint: int) -> Dressed:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:
        tile = pdf.make_stream(content)
        tile.PatternType, tile.PaintType, tile.TilingType = 1, paint, 1
        tile.BBox, tile.XStep, tile.YStep = [0, 0, 8, 8], 8, 8
        tile.Resources = pikepdf.Dictionary()
        resources.Pattern.P = tile
        resources.ColorSpace.Tinted = pikepdf.Array([Name.Pattern, Name.DeviceCMYK])

    return dressed


def with_shading(pdf: pikepdf.Pdf, resources: Any) -> None:
    ends = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0.5, 0, 0], C1=[0, 0, 1, 1], N=1)
    sampled = pdf.make_stream(bytes([255, 128, 0, 0, 0, 0, 255, 255]))
    sampled.FunctionType, sampled.Domain, sampled.Range = 0, [0, 1], [0, 1] * 4
    sampled.Size, sampled.BitsPerSample = [2], 8
    halves = pikepdf.Dictionary(
        FunctionType=3, Domain=[0, 1], Functions=[ends, ends], Bounds=[0.5], Encode=[0, 0.5, 0.5, 1]
    )
    for name, function in (("S", ends), ("Sampled", sampled), ("Stitched", halves)):
        shading = pikepdf.Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[20, 0, 120, 0], Extend=[True, True]
        )
        shading.Function = function
        resources.Shading[f"/{name}"] = shading
    resources.Pattern.P = pikepdf.Dictionary(PatternType=2, Shading=resources.Shading.S)


def with_jpeg(*, turned: bool) -> Dressed:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:
        target = io.BytesIO()
        Image.new("CMYK", (40, 40), tuple(CELLS)).save(target, "JPEG", quality=95, subsampling=0)
        picture = pikepdf.Stream(pdf, target.getvalue())
        picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
        picture.Width, picture.Height, picture.BitsPerComponent = 40, 40, 8
        picture.ColorSpace = Name.DeviceCMYK
        if turned:
            picture.Decode = [1, 0] * 4
        resources.XObject.I = picture

    return dressed


def with_picture(space: Any, data: bytes, **others: Any) -> Dressed:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:
        picture = pdf.make_stream(data)
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 2, 2, 8
        picture.ColorSpace = space
        for key, value in others.items():
            picture[f"/{key}"] = value
        resources.XObject.I = picture

    return dressed


class Case(NamedTuple):
    """A page, and the inks in per cent that lie within and around its inner square."""

    content: bytes
    inner: tuple[int, int, int, int]
    outer: tuple[int, int, int, int]
    dressed: Dressed | None = None
    spots: bool = False


WHOLE: Final = (100, 45, 30, 35)
PALETTE: Final = pikepdf.String(bytes([*CELLS, 0, 0, 0, 255]))
CASES: Final = {
    "black that nobody set": Case(b"20 20 100 100 re f", (0, 0, 0, 100), (0, 0, 0, 100)),
    "black over petrol": Case(PETROL + b"/Over gs 0 0 0 1 k " + SQUARE, (100, 45, 30, 100), WHOLE),
    "black that knocks out": Case(PETROL + b"0 0 0 1 k " + SQUARE, (0, 0, 0, 100), WHOLE),
    "black over petrol in mode 0": Case(PETROL + b"/OverAll gs 0 0 0 1 k " + SQUARE, (0, 0, 0, 100), WHOLE),
    "grey over petrol": Case(PETROL + b"/Over gs 0 g " + SQUARE, (0, 0, 0, 100), WHOLE),
    "overprint that ends": Case(PETROL + b"q /Over gs Q 0 0 0 1 k " + SQUARE, (0, 0, 0, 100), WHOLE),
    "cyan over magenta": Case(
        b"0 1 0 0 k 20 20 100 100 re f /Over gs 1 0 0 0 k " + SQUARE, (100, 100, 0, 0), (0, 100, 0, 0)
    ),
    "light cyan over violet": Case(
        b"1 1 0 0 k 20 20 100 100 re f /Over gs .3 0 0 0 k " + SQUARE, (30, 100, 0, 0), (100, 100, 0, 0)
    ),
    "a line of black over petrol": Case(
        PETROL + b"/Over gs 0 0 0 1 K 40 w 40 60 m 80 60 l S", (100, 45, 30, 100), WHOLE
    ),
    "a white that overprints is not seen": Case(PETROL + b"/Over gs 0 0 0 0 k " + SQUARE, WHOLE, WHOLE),
    "the plate of black by its name": Case(
        PETROL + b"/Over gs /Spot cs 1 scn " + SQUARE,
        (100, 45, 30, 100),
        WHOLE,
        with_spot("/Black", [0, 0, 0, 1]),
    ),
    "an ink of its own": Case(
        b"/Spot cs .5 scn 20 20 100 100 re f",
        (0, 30, 45, 0),
        (0, 30, 45, 0),
        with_spot("/Orange", [0, 0.6, 0.9, 0]),
        spots=True,
    ),
    "a form in the colour around it": Case(b"1 .45 .3 .35 k /F Do", WHOLE, (0, 0, 0, 0), with_form(SQUARE)),
    "a form under the overprint around it": Case(
        PETROL + b"/Over gs 0 0 0 1 k /F Do", (100, 45, 30, 100), WHOLE, with_form(SQUARE)
    ),
    "tiles in their own colours": Case(
        b"/Pattern cs /P scn 20 20 100 100 re f",
        (0, 0, 0, 100),
        (0, 0, 0, 100),
        with_pattern(b"0 0 8 8 re f", 1),
    ),
    "tiles in the colour they are given": Case(
        b"/Tinted cs 1 .45 .3 .35 /P scn 20 20 100 100 re f", WHOLE, WHOLE, with_pattern(b"0 0 8 8 re f", 2)
    ),
    "a gradient": Case(b"q 20 20 100 100 re W n /S sh Q", (60, 30, 40, 40), (20, 10, 80, 80), with_shading),
    "a gradient of samples": Case(
        b"q 20 20 100 100 re W n /Sampled sh Q", (60, 30, 40, 40), (20, 10, 80, 80), with_shading
    ),
    "a gradient in pieces": Case(
        b"q 20 20 100 100 re W n /Stitched sh Q", (60, 30, 40, 40), (20, 10, 80, 80), with_shading
    ),
    "a gradient as a pattern": Case(
        b"/Pattern cs /P scn 20 20 100 100 re f", (60, 30, 40, 40), (20, 10, 80, 80), with_shading
    ),
    "a photograph": Case(PICTURE, (22, 61, 80, 90), (22, 61, 80, 90), with_jpeg(turned=False)),
    "a photograph turned": Case(PICTURE, (78, 39, 20, 10), (78, 39, 20, 10), with_jpeg(turned=True)),
    "a picture in inks": Case(
        PICTURE, (78, 39, 20, 10), (78, 39, 20, 10), with_picture(Name.DeviceCMYK, CELLS * 4)
    ),
    "a picture in inks turned": Case(
        PICTURE,
        (22, 61, 80, 90),
        (22, 61, 80, 90),
        with_picture(Name.DeviceCMYK, CELLS * 4, Decode=[1, 0] * 4),
    ),
    "a picture in grey": Case(
        PICTURE, (0, 0, 0, 80), (0, 0, 0, 80), with_picture(Name.DeviceGray, bytes([50] * 4))
    ),
    "a picture of numbered colours": Case(
        PICTURE,
        (78, 39, 20, 10),
        (0, 0, 0, 100),
        with_picture(pikepdf.Array([Name.Indexed, Name.DeviceCMYK, 1, PALETTE]), bytes([0, 1, 0, 1])),
    ),
    "a picture in an ink of its own": Case(
        PICTURE,
        (0, 47, 71, 0),
        (0, 47, 71, 0),
        with_picture(spot("/Orange", [0, 0.6, 0.9, 0]), bytes([200] * 4)),
        spots=True,
    ),
    "a picture within the content": Case(
        b"q 100 0 0 100 20 20 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK /F /AHx ID C8643219> EI Q",
        (78, 39, 20, 10),
        (78, 39, 20, 10),
    ),
    "a stencil": Case(
        b"1 .45 .3 .35 k q 100 0 0 100 20 20 cm BI /W 8 /H 1 /IM true /F /AHx ID 00> EI Q", WHOLE, WHOLE
    ),
    "a stencil of black over petrol": Case(
        PETROL + b"/Over gs 0 0 0 1 k q 40 0 0 40 40 40 cm BI /W 8 /H 1 /IM true /F /AHx ID 00> EI Q",
        (100, 45, 30, 100),
        WHOLE,
    ),
    "a tint that multiplies": Case(PETROL + b"/Multiply gs 0 .5 0 0 k " + SQUARE, (100, 73, 30, 35), WHOLE),
    "half a black": Case(PETROL + b"/Half gs 0 .5 0 1 k " + SQUARE, (50, 47, 15, 67), WHOLE),
}
"""Pages of one thing each; the numbers follow from ISO 32000-2, 8.6, 8.7 and 11."""


def drawn(data: bytes) -> Image.Image:
    (plates,) = plates_of(data, 72)
    return plates


def inks_at(plates: Image.Image, point: tuple[int, int]) -> tuple[int, ...]:
    found = plates.getpixel(point)
    assert isinstance(found, tuple)
    return tuple(round(value / 255 * 100) for value in found)


def separated(data: bytes) -> Image.Image:
    """Return the separations of a page by Ghostscript, as a CMYK picture."""
    gs = shutil.which("gs")
    assert gs, "ghostscript checks the plates: install it (make setup names the packages)"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.pdf").write_bytes(data)
        command = [gs, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r72"]
        command += ["-dSimulateOverprint=true", f"-sOutputFile={folder}/page.tif", f"{folder}/page.pdf"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        plates = []
        for name in ("Cyan", "Magenta", "Yellow", "Black"):
            (file,) = Path(folder).glob(f"*({name}).tif")
            with Image.open(file) as plate:
                # A separation is white where there is no ink.
                plates.append(plate.convert("L").point([255 - value for value in range(256)]))
    return Image.merge("CMYK", plates)


def near(one: tuple[int, ...], other: tuple[int, ...], most: int = 2) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_each_ink_is_printed_where_the_standard_requires(name: str) -> None:
    case = CASES[name]
    plates = drawn(page_of(case.content, case.dressed))
    assert near(inks_at(plates, INNER), case.inner), inks_at(plates, INNER)
    assert near(inks_at(plates, OUTER), case.outer), inks_at(plates, OUTER)
    assert inks_at(plates, (5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.spots])
def test_ghostscript_separates_the_same(name: str) -> None:
    case = CASES[name]
    data = page_of(case.content, case.dressed)
    ours, theirs = drawn(data), separated(data)
    for point in (INNER, OUTER):
        assert near(inks_at(ours, point), inks_at(theirs, point)), inks_at(theirs, point)


@pytest.mark.parametrize("name", ["2023-12-20", "2023-06-30"])
def test_the_heaviest_ink_of_the_shipped_pages_is_the_one_ghostscript_finds(shipped: Path, name: str) -> None:
    path = shipped / name / f"bulletin-{name}-press.pdf"
    off = -(-round(MARGIN / 25.4 * 72 * 100) // 100)
    for number, plates in enumerate(plates_of(path.read_bytes(), 72), 1):
        within = plates.crop((off, off, plates.width - off, plates.height - off))
        most, _ = heaviest(within)
        assert most == pytest.approx(heaviest_ink(path, number, 72, MARGIN), rel=0.02), number
        assert most <= 300


def test_the_heaviest_spot_is_found_with_its_place() -> None:
    most, box = heaviest(drawn(page_of(PETROL + b"/Over gs 0 0 0 1 k " + SQUARE)))
    assert most == pytest.approx(275, abs=1.5)
    assert near(box, (40, SIDE - 80, 80, SIDE - 40), 1)


def test_an_empty_page_has_no_ink() -> None:
    assert heaviest(drawn(page_of(b"")))[0] == 0


def test_plates_cover_the_media_box_whatever_the_rotation_and_crop() -> None:
    data = page_of(PETROL)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        page.MediaBox = [-20, -30, 124, 114]
        page.CropBox, page.Rotate, page.UserUnit = [0, 0, 50, 50], 90, 2
        target = io.BytesIO()
        pdf.save(target)
    plates = drawn(target.getvalue())
    assert plates.size == (SIDE, SIDE)
    assert inks_at(plates, (20 + 20 + 5, SIDE - 30 - 20 - 5)) == WHOLE
    assert inks_at(plates, (20 + 20 - 5, SIDE - 30 - 20 - 5)) == (0, 0, 0, 0)


def test_the_file_is_not_changed() -> None:
    data = page_of(PETROL)
    before = bytes(data)
    drawn(data)
    assert data == before


def test_a_page_larger_than_any_sheet_is_not_drawn() -> None:
    assert drawn(page_of(PETROL, side=14400)).size == (1, 1)


def test_drawing_a_form_that_contains_itself_terminates() -> None:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:
        with_form(SQUARE + b"/F Do")(pdf, resources)
        resources.XObject.F.Resources = pikepdf.Dictionary(XObject=resources.XObject)

    assert inks_at(drawn(page_of(b"1 .45 .3 .35 k /F Do", dressed)), INNER) == WHOLE


@pytest.mark.parametrize(
    "odd",
    [
        {"Width": 2_000_000, "Height": 2_000_000},
        {"BitsPerComponent": 3},
        {"Filter": Name.DCTDecode},
        {"Filter": Name.JPXDecode},
        {"ColorSpace": pikepdf.Array([Name.Separation])},
        {"ColorSpace": Name.Pattern},
        {"Decode": pikepdf.Array([Name.A])},
    ],
    ids=repr,
)
def test_a_picture_that_cannot_be_decoded_does_not_affect_the_rest_of_the_page(odd: dict[str, Any]) -> None:
    dressed = with_picture(Name.DeviceCMYK, CELLS * 4, **odd)
    plates = drawn(page_of(b"q 10 0 0 10 0 0 cm /I Do Q " + PETROL, dressed))
    assert inks_at(plates, OUTER) == WHOLE


def test_a_gradient_with_a_postscript_function_does_not_affect_the_rest_of_the_page() -> None:
    def dressed(pdf: pikepdf.Pdf, resources: Any) -> None:
        with_shading(pdf, resources)
        program = pdf.make_stream(b"{ dup dup dup }")
        program.FunctionType, program.Domain, program.Range = 4, [0, 1], [0, 1] * 4
        resources.Shading.S.Function = program

    content = PETROL + b"/S sh /Pattern cs /P scn " + SQUARE
    assert inks_at(drawn(page_of(content, dressed)), OUTER) == WHOLE


WORDS: Final = (
    "q Q k rg g cs scn gs Do sh f S b* Tj Tr 1 -.5 1e9 /Over /F /Spot /P (a) [ ] << >> w cm BI ID EI BT ET"
)


@given(st.lists(st.sampled_from([*WORDS.split(), "40 40 40 40 re"]), max_size=30))
@settings(max_examples=60, deadline=None)
def test_plates_are_drawn_of_any_content(words: list[str]) -> None:
    plates = drawn(page_of(" ".join(words).encode(), with_shading))
    assert plates.mode == "CMYK"

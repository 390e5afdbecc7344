"""Pictures: upright, in sRGB, no larger than needed, without metadata; drawings without scripts."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import TYPE_CHECKING, Final, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

from pipeline.findings.finding import Finding
from pipeline.findings.place import Place
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.picture_info import FEWEST_PPI, PictureInfo, ppi, resolution_findings
from pipeline.page.pictures.raster_files import MOST_PIXELS
from pipeline.page.pictures.renditions import Rendition, RenditionOptions, rendition
from pipeline.page.pictures.svg_files import LARGEST_DRAWING

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE: Final = Place("issues/2023-12-20/go-green.md", 7, 3)
RED: Final = (200, 30, 30)
GREEN: Final = (30, 160, 60)
BLUE: Final = (30, 60, 190)
YELLOW: Final = (220, 200, 40)
ORIENTATION: Final = 0x0112
SECRET: Final = b"42.6977N-23.3219E"

# How the rows and columns of a picture were stored, to be upright once turned (Exif 2.32, 4.6.4).
STORED: Final = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def quarters(width: int = 96, height: int = 64) -> Image.Image:
    """Return a picture whose four corners show its orientation."""
    picture = Image.new("RGB", (width, height))
    for colour, left, top in ((RED, 0, 0), (GREEN, 1, 0), (BLUE, 0, 1), (YELLOW, 1, 1)):
        picture.paste(
            colour,
            (left * width // 2, top * height // 2, (left + 1) * width // 2, (top + 1) * height // 2),
        )
    return picture


def written(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def info_of(data: bytes, name: str = "images/photo.jpg") -> PictureInfo:
    kind = examine(data, name, PLACE)
    assert isinstance(kind, PictureInfo), kind
    return kind


def refused(data: bytes, name: str = "images/photo.jpg") -> Finding:
    finding = examine(data, name, PLACE)
    assert isinstance(finding, Finding)
    assert finding.place == PLACE
    return finding


def converted(data: bytes, kind: PictureInfo, width: float = 124, most_ppi: int = 150) -> Rendition | Finding:
    return rendition(data, kind, RenditionOptions(width, most_ppi), name="images/photo.jpg", place=PLACE)


def made(data: bytes, width: float = 124, most_ppi: int = 150) -> Rendition:
    result = converted(data, info_of(data), width, most_ppi)
    assert isinstance(result, Rendition)
    return result


def opened(result: Rendition) -> Image.Image:
    picture = Image.open(io.BytesIO(result.data))
    assert Image.MIME[picture.format or ""] == result.media_type
    return picture


def pixel(picture: Image.Image, x: float, y: float) -> tuple[int, int, int]:
    found = picture.convert("RGB").getpixel((int(picture.width * x), int(picture.height * y)))
    return cast("tuple[int, int, int]", found)


def near(one: tuple[int, ...], other: tuple[int, ...], most: int = 12) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def assert_upright(picture: Image.Image) -> None:
    for colour, x, y in ((RED, 0.25, 0.25), (GREEN, 0.75, 0.25), (BLUE, 0.25, 0.75), (YELLOW, 0.75, 0.75)):
        assert near(pixel(picture, x, y), colour), (x, y)


@pytest.mark.parametrize("form", ["JPEG", "TIFF", "WEBP", "PNG"])
@pytest.mark.parametrize("orientation", STORED)
def test_a_picture_stands_as_the_camera_was_held(orientation: int, form: str) -> None:
    turn = STORED[orientation]
    picture = quarters()
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    data = written(picture.transpose(turn) if turn is not None else picture, form, exif=exif, quality=95)
    kind = info_of(data)
    assert (kind.width, kind.height) == (96, 64)
    result = opened(made(data))
    assert result.size == (96, 64)
    assert_upright(result)


def with_metadata(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 41.0, 51.0), 29: SECRET.decode()})
    options: dict[str, object] = {"exif": exif}
    if form == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_text("Comment", SECRET.decode())
        chunks.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
        options["pnginfo"] = chunks
    elif form in {"JPEG", "WEBP"}:
        options["xmp"] = b"<x>" + SECRET + b"</x>"
    if form == "JPEG":
        options["comment"] = SECRET
    if form == "TIFF":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[315] = SECRET.decode()
        options = {"tiffinfo": tags}
    return written(quarters(), form, **options)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_but_pixels_is_left_of_where_and_by_whom_a_picture_was_taken(form: str) -> None:
    data = with_metadata(form)
    assert SECRET in data
    result = made(data)
    picture = opened(result)
    picture.load()
    assert SECRET not in result.data
    assert not picture.getexif()
    kept = set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert not kept
    assert b"Exif" not in result.data
    assert b"http://ns.adobe.com" not in result.data


def png_of_size(width: int, height: int) -> bytes:
    """Return the header of a PNG that declares a size, without pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("width", "height"), [(10_000, 8_001), (40_000, 40_000), (2**31 - 1, 2**31 - 1), (80_000_001, 1)]
)
def test_too_many_pixels_are_refused_before_any_is_decoded(
    width: int, height: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    finding = refused(png_of_size(width, height))
    assert finding.code == "E56"
    said = dict(finding.values)
    assert int(said["limit"]) == MOST_PIXELS // 1_000_000
    assert int(said["pixels"]) == pytest.approx(width * height / 1e6, rel=0.01)


def test_as_many_pixels_as_the_limit_are_taken() -> None:
    assert info_of(png_of_size(10_000, 8_000)) == PictureInfo("image/png", 10_000, 8_000)


def test_a_picture_is_looked_at_without_decoding_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    data = written(quarters(), "JPEG")
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    assert info_of(data) == PictureInfo("image/jpeg", 96, 64)


def grey(data: bytes) -> tuple[int, int, int]:
    return pixel(opened(made(data)), 0.5, 0.5)


def test_a_grey_picture_stays_grey() -> None:
    result = opened(made(written(Image.new("L", (60, 40), 90), "JPEG")))
    assert result.mode == "L"
    assert near(pixel(result, 0.5, 0.5), (90, 90, 90), 3)


def test_sixteen_bits_become_eight_of_the_same_tone() -> None:
    wide = Image.new("I;16", (60, 40), 90 * 256)
    assert near(grey(written(wide)), (90, 90, 90), 3)
    assert near(grey(written(wide, "TIFF")), (90, 90, 90), 3)


def test_black_and_white_stays_so() -> None:
    assert grey(written(Image.new("1", (60, 40), 1))) == (255, 255, 255)
    assert grey(written(Image.new("1", (60, 40), 0))) == (0, 0, 0)


def test_a_palette_becomes_its_colours() -> None:
    assert_upright(opened(made(written(quarters().quantize(8)))))


def test_what_is_transparent_is_the_paper() -> None:
    clear = Image.new("RGBA", (60, 40), (*RED, 0))
    clear.paste((*BLUE, 255), (0, 0, 20, 40))
    clear.paste((0, 0, 0, 128), (40, 0, 60, 40))
    result = opened(made(written(clear)))
    assert result.mode == "RGB"
    assert near(pixel(result, 0.1, 0.5), BLUE)
    assert near(pixel(result, 0.5, 0.5), (255, 255, 255))
    assert near(pixel(result, 0.9, 0.5), (127, 127, 127))


@pytest.mark.parametrize("mode", ["LA", "P", "RGB"])
def test_every_way_of_being_transparent_shows_the_paper(mode: str) -> None:
    if mode == "LA":
        data = written(Image.new("LA", (60, 40), (0, 0)))
    elif mode == "P":
        picture = Image.new("P", (60, 40), 3)
        picture.putpalette([0, 0, 0] * 8)
        data = written(picture, transparency=3)
    else:
        data = written(Image.new("RGB", (60, 40), RED), transparency=RED)
    assert near(grey(data), (255, 255, 255))


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_printing_inks_become_the_colours_they_stand_for(form: str) -> None:
    for inks, colour in (
        ((0, 255, 255, 0), (255, 0, 0)),
        ((0, 0, 0, 255), (0, 0, 0)),
        ((0,) * 4, (255,) * 3),
    ):
        result = opened(made(written(Image.new("CMYK", (60, 40), inks), form)))
        assert result.mode == "RGB"
        assert near(pixel(result, 0.5, 0.5), colour, 6)


def swapped_profile() -> bytes:
    """Return an ICC profile with red and green exchanged: sRGB with two tags renamed."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", plain, 128)[0]
    at = {bytes(plain[132 + 12 * row : 136 + 12 * row]): 132 + 12 * row for row in range(count)}
    plain[at[b"rXYZ"] : at[b"rXYZ"] + 4], plain[at[b"gXYZ"] : at[b"gXYZ"] + 4] = b"gXYZ", b"rXYZ"
    return bytes(plain)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_colours_of_another_space_are_brought_to_srgb(form: str) -> None:
    data = written(Image.new("RGB", (60, 40), (220, 20, 20)), form, icc_profile=swapped_profile())
    result = opened(made(data))
    assert near(pixel(result, 0.5, 0.5), (20, 220, 20), 14)
    assert "icc_profile" not in result.info


def test_a_profile_of_srgb_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert_upright(opened(made(written(quarters(), icc_profile=profile))))


@pytest.mark.parametrize("profile", [b"", b"no profile", b"\x00" * 200])
def test_a_broken_profile_is_passed_over(profile: bytes) -> None:
    assert_upright(opened(made(written(quarters(), icc_profile=profile))))


def test_a_profile_for_other_colours_is_passed_over() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert_upright(opened(made(written(quarters(), icc_profile=profile))))


@given(
    across=st.integers(1, 900),
    down=st.integers(1, 300),
    width=st.floats(5, 200),
    most_ppi=st.sampled_from([72, 150, 220, 300]),
)
@settings(max_examples=40, deadline=None)
def test_no_rendition_is_finer_than_wanted_or_larger_than_its_original(
    across: int, down: int, width: float, most_ppi: int
) -> None:
    result = opened(made(written(Image.new("RGB", (across, down), RED)), width, most_ppi))
    assert result.width <= across
    assert result.height <= down
    assert result.width <= max(1, round(width / 25.4 * most_ppi))
    # Brought down by no more than was wanted, and in proportion.
    assert result.width == min(across, max(1, round(width / 25.4 * most_ppi)))
    assert abs(result.height - down * result.width / across) <= 1


def test_a_turned_picture_is_measured_as_it_stands() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    data = written(Image.new("RGB", (800, 400), RED), "JPEG", exif=exif)
    assert info_of(data).proportion == 0.5
    assert opened(made(data, width=25.4, most_ppi=100)).size == (100, 200)


@pytest.mark.parametrize(
    "make",
    [
        lambda: written(quarters(), "JPEG"),
        lambda: written(quarters().quantize(8)),
        lambda: written(quarters().convert("RGBA")),
        lambda: written(quarters(900, 600), "TIFF"),
    ],
)
def test_the_same_picture_gives_the_same_bytes(make: Callable[[], bytes]) -> None:
    data = make()
    assert made(data, width=60) == made(data, width=60)


def test_metadata_changes_no_byte() -> None:
    assert made(with_metadata("PNG")) == made(written(quarters()))


def test_a_graphic_stays_exact_and_a_photograph_becomes_small() -> None:
    graphic = made(written(quarters()))
    assert graphic.media_type == "image/png"
    assert pixel(opened(graphic), 0.49, 0.49) == RED
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    photograph = made(written(noise))
    assert photograph.media_type == "image/jpeg"
    assert len(photograph.data) < len(written(noise)) / 2


@pytest.mark.parametrize("form", ["GIF", "BMP"])
def test_formats_that_do_not_print_are_refused_by_name(form: str) -> None:
    assert refused(written(quarters(), form)).code == "E58"


def test_what_is_no_picture_is_refused() -> None:
    assert refused(b"").code == "E58"
    assert refused(b"<html>").code == "E58"
    assert refused(b"%PDF-1.7").code == "E58"


@pytest.mark.parametrize("lenient", [False, True], ids=["alone", "with the engine loaded"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_picture_cut_short_is_a_finding_with_its_place(
    form: str, monkeypatch: pytest.MonkeyPatch, *, lenient: bool
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", lenient)
    data = written(Image.effect_noise((200, 100), 90).convert("RGB"), form)
    half = data[: len(data) // 2]
    looked = examine(half, "images/photo.jpg", PLACE)
    if isinstance(looked, PictureInfo):
        result = converted(half, looked)
        assert isinstance(result, Finding)
        assert result.code == "E55"
        looked = result
    assert looked.code in {"E55", "E58"}
    assert looked.place == PLACE


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"RIFF"]),
)
@settings(deadline=None)
def test_no_bytes_make_looking_fail(data: bytes, start: bytes) -> None:
    looked = examine(start + data, "images/photo.jpg", PLACE)
    assert isinstance(looked, PictureInfo) or looked.code in {"E55", "E56", "E58"}


@given(st.integers(0, 3000), st.integers(0, 255))
@settings(deadline=None, max_examples=60)
def test_no_damaged_byte_makes_the_press_fail(at: int, value: int) -> None:
    data = bytearray(with_metadata("JPEG"))
    data[at % len(data)] = value
    looked = examine(bytes(data), "images/photo.jpg", PLACE)
    if isinstance(looked, PictureInfo):
        result = converted(bytes(data), looked)
        if isinstance(result, Finding):
            assert result.code == "E55"
        else:
            assert result.media_type == "image/jpeg"


def test_pixels_per_inch_are_counted_at_the_width_that_is_set() -> None:
    kind = PictureInfo("image/jpeg", 1000, 500)
    assert ppi(kind, 127) == 200
    assert resolution_findings(kind, "a.jpg", PLACE, 127) == []
    assert resolution_findings(kind, "a.jpg", PLACE, 1000 * 25.4 / FEWEST_PPI) == []


def test_a_picture_too_small_is_a_warning_that_says_what_is_wanted() -> None:
    (finding,) = resolution_findings(PictureInfo("image/jpeg", 300, 500), "a.jpg", PLACE, 127)
    assert (finding.code, finding.place) == ("W04", PLACE)
    assert dict(finding.values) == {"name": "a.jpg", "ppi": "60", "wanted": "750"}


SIZED: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'
)


def drawn(inner: str) -> bytes:
    return f"{SIZED}{inner}</svg>".encode()


def test_a_drawing_is_taken_as_it_is() -> None:
    data = drawn(
        '<defs><path id="a" d="M0 0h40v20z"/></defs><use href="#a" fill="url(#b)"/><a href="https://a.bg/"/>'
    )
    kind = info_of(data, "images/plan.svg")
    assert kind == PictureInfo("image/svg+xml", 40, 20)
    assert kind.is_drawing
    assert converted(data, kind) == Rendition(data, "image/svg+xml")
    assert resolution_findings(kind, "images/plan.svg", PLACE, 500) == []


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<g ONCLICK="alert(1)"/>',
        "<foreignObject/>",
        '<image href="https://tracker.example/dot.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<image href="../../secret.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        '<use href="other.svg#a"/>',
        '<style>@import "https://tracker.example/a.css";</style>',
        "<style>rect { fill: url(https://tracker.example/a) }</style>",
        "<style>rect { fill: url( 'file:///etc/passwd') }</style>",
        '<rect fill="url(https://tracker.example/a)"/>',
        '<rect style="fill:url(other.svg#a)"/>',
        '<set attributeName="href" to="https://tracker.example/"/>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    ],
)
def test_a_drawing_that_acts_or_reaches_out_is_refused(inner: str) -> None:
    assert refused(drawn(inner), "images/plan.svg").code == "E60"


HTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        (f"<h:script {HTML}>x()</h:script>", "<script>"),
        (f"<desc><h:p {HTML}><h:script>x()</h:script></h:p></desc>", "<script>"),
        (f'<h:iframe {HTML} srcdoc="x"/>', "<iframe>"),
        (f'<h:img {HTML} src="https://example.org/a.png"/>', "<img>"),
        (f'<h:meta {HTML} http-equiv="refresh"/>', "<meta>"),
        ('<a href="javascript:x()"><text>x</text></a>', "href=javascript:x()"),
        ('<a href=" java&#9;script:x()"><text>x</text></a>', "href= java\tscript:x()"),
        ('<a href="data:text/html,x"><text>x</text></a>', "href=data:text/html,x"),
        ('<a><animate attributeName="href" values="#a"/></a>', "attributeName=href"),
        ('<image><animate attributeName="xlink:href" to="#a"/></image>', "attributeName=xlink:href"),
        ("<style>@\\69mport 'a.css'</style>", "<style>"),
        ("<style>a { fill: u\\72 l(http://example.org/a) }</style>", "<style>"),
        ("<style>a { cursor: image-set('http://example.org/a' 1x) }</style>", "<style>"),
        ('<rect style="fill: \\75rl(a.svg)"/>', "style=fill: \\75rl(a.svg)"),
    ],
)
def test_what_a_browser_would_run_or_load_is_told_however_it_is_written(inner: str, what: str) -> None:
    finding = refused(drawn(inner), "images/plan.svg")
    assert (finding.code, dict(finding.values)["what"]) == ("E60", what)


@pytest.mark.parametrize(
    "inner",
    [
        f"<desc><h:p {HTML}>A <h:b>plan</h:b></h:p></desc>",
        *(
            f'<a href="{address}"><text>x</text></a>'
            for address in ("https://example.org/a:b", "MAILTO:a@example.org", "tel:+359", "#a", "a/b:c", "")
        ),
        '<rect><animate attributeName="width" to="5"/></rect>',
        "<style>a::after { content: '\\201C' } .b { fill: url(#c) }</style>",
    ],
)
def test_words_and_links_of_a_drawing_are_none_of_them(inner: str) -> None:
    assert isinstance(examine(drawn(inner), "images/plan.svg", None), PictureInfo)


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ('<rect width="NaN" height="2"/>', 'width="NaN"'),
        ('<path d="M0 0 L nan 5"/>', 'd="nan"'),
        ('<rect width="1e30" height="2"/>', 'width="1e30"'),
        ('<g transform="scale(1.5E+12)"/>', 'transform="5E+12"'),
        ('<line x2="99999999999" y2="1"/>', 'x2="99999999999"'),
        ('<circle r="Infinity"/>', 'r="Infinity"'),
    ],
)
def test_a_number_that_no_page_can_have_is_told_by_its_attribute(inner: str, what: str) -> None:
    finding = refused(drawn(inner), "images/plan.svg")
    assert (finding.code, dict(finding.values)["what"]) == ("E60", what)


@pytest.mark.parametrize(
    "inner",
    [
        '<path d="M0.12345678901234 .98765432109876 l1e-15 2.5e5 L4711234.5 4.2e08"/>',
        '<rect width="2000000" height="1e6" id="inf" class="nan" fill="#1e99ff"/>',
    ],
)
def test_fine_and_wide_numbers_are_none_of_them(inner: str) -> None:
    assert isinstance(examine(drawn(inner), "images/plan.svg", None), PictureInfo)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">',
        " " * 5000 + '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_drawing_with_entities_is_refused(head: str) -> None:
    assert refused(head.strip(" ").encode() + drawn(""), "images/plan.svg").code == "E60"
    assert refused(b"<?xml version='1.0'?>" + head.encode() + drawn("<g/>"), "images/plan.svg").code == "E60"


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"])
def test_entities_do_not_hide_in_another_encoding(code: str) -> None:
    text = f"<?xml version='1.0' encoding='{code}'?><!DOCTYPE svg [<!ENTITY a 'aaaa'>]>{SIZED}&a;</svg>"
    assert refused(text.encode(code), "images/plan.svg").code in {"E55", "E60"}


def test_a_drawing_without_a_size_or_of_another_kind_is_refused() -> None:
    assert refused(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg").code == "E55"
    assert refused(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 5"/>', "a.svg").code == "E55"
    assert refused(b"<svg viewBox='0 0 1 1'/>", "a.svg").code == "E58"
    assert refused(b"<svg", "a.svg").code == "E55"
    assert refused(drawn(" " * LARGEST_DRAWING), "a.svg").code == "E03"


def test_a_drawing_sized_in_millimetres_has_its_proportion() -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="20mm"/>'
    assert info_of(data, "A.SVG").proportion == 1.5


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_colours_of_another_space_are_brought_to_srgb_with_transparency_and_palette_too(mode: str) -> None:
    picture = Image.new("RGBA", (60, 40), (220, 20, 20, 255))
    data = written(
        picture if mode == "RGBA" else picture.convert("RGB").quantize(4), icc_profile=swapped_profile()
    )
    assert near(pixel(opened(made(data)), 0.5, 0.5), (20, 220, 20), 14)


def test_png_is_looked_at_without_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    data = written(quarters())
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", decode)
    assert info_of(data) == PictureInfo("image/png", 96, 64)


def test_a_picture_within_a_drawing_is_no_way_past_the_limit_or_the_metadata() -> None:
    inner = base64.b64encode(png_of_size(40_000, 40_000)).decode()
    assert refused(drawn(f'<image href="data:image/png;base64,{inner}"/>'), "images/plan.svg").code == "E56"


def noisy(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Return a picture of many shades, as a camera takes it."""
    return Image.effect_noise(size, 60).convert(mode)


def as_file(picture: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (as_file(noisy((200, 150)), "JPEG"), True),
        (as_file(Image.new("RGB", (200, 150), "white"), "JPEG"), True),
        (as_file(noisy((200, 150)), "TIFF"), True),
        (as_file(noisy((200, 150)), "WEBP"), True),
        (as_file(noisy((200, 150)), "PNG"), True),
        (as_file(noisy((200, 150), "L"), "PNG"), True),
        (as_file(noisy((200, 150), "RGBA"), "PNG"), True),
        (as_file(noisy((200, 150), "P"), "PNG"), False),
        (as_file(noisy((200, 150), "1"), "PNG"), False),
        (as_file(Image.new("RGB", (200, 150), "white"), "PNG"), False),
        (as_file(noisy((20, 15)), "PNG"), False),
    ],
)
def test_photographs_are_told_from_drawings(data: bytes, wanted: bool) -> None:  # noqa: FBT001 - of a table
    info = info_of(data)
    assert isinstance(info, PictureInfo)
    assert info.is_photograph is wanted

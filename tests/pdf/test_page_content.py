"""Objects of a page are reported with area, colours and state; endless content is refused."""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from pipeline.pdf.content.painting.page_content import EndlessContentError, UnreadableContentError, painted
from pipeline.pdf.content.stream_limits import TooLargeError, bounded_bytes, check_content

if TYPE_CHECKING:
    from pipeline.pdf.content.painting.painted_objects import Painted

SIDE = 400
PDF = pikepdf.new()
"""The file all pages and streams of these tests belong to."""


def page_of(content: bytes, **resources: Any) -> pikepdf.Page:
    PDF.add_blank_page(page_size=(SIDE, SIDE))
    page = PDF.pages[-1]
    page.obj.Resources = Dictionary(**resources)
    page.obj.Contents = PDF.make_stream(content)
    return page


def things(content: bytes, **resources: Any) -> list[Painted]:
    return list(painted(page_of(content, **resources), {}))


def stream(data: bytes, **entries: Any) -> pikepdf.Stream:
    return PDF.make_stream(data, **entries)


def font(**entries: Any) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.TrueType, FirstChar=97, Widths=[500, 1000], **entries)


def test_the_area_of_a_filled_path_is_that_of_its_corners() -> None:
    (thing,) = things(b"10 20 m 30 20 l 30 60 l h f")
    assert (thing.kind, thing.area, thing.fills, thing.strokes) == ("path", (10, 20, 30, 60), True, False)


def test_the_area_of_a_line_includes_half_its_width_on_each_side() -> None:
    (thing,) = things(b"4 w 10 20 m 30 20 l S")
    assert thing.area == (8, 18, 32, 22)
    assert (thing.fills, thing.strokes, thing.state.line_width) == (False, True, 4)


def test_areas_are_in_page_coordinates_whatever_the_matrix() -> None:
    (thing,) = things(b"0 1 -1 0 100 50 cm 10 20 30 40 re f")
    assert thing.area == pytest.approx((40, 60, 80, 90))


def test_the_area_of_a_clipped_object_is_what_is_visible() -> None:
    first, second = things(b"q 0 0 50 50 re W n 40 40 100 100 re f Q 40 40 100 100 re f")
    assert first.area == (40, 40, 50, 50)
    assert second.area == (40, 40, 140, 140)


def test_objects_are_clipped_to_the_page_except_text() -> None:
    path, text = things(b"-10 -10 500 500 re f BT /F 100 Tf 380 0 Td (aaaa) Tj ET", Font=Dictionary(F=font()))
    assert path.area == (0, 0, SIDE, SIDE)
    assert text.area.right == 380 + 4 * 50


def test_text_advances_by_the_widths_of_its_font() -> None:
    content = b"BT /F 10 Tf 2 Tc 100 0 Td (ab) Tj [(a) -1000 (b)] TJ ET"
    first, second = things(content, Font=Dictionary(F=font()))
    assert (first.area.left, first.area.right) == (100, 100 + 5 + 10 + 4)
    assert (second.area.left, second.area.right) == (119, 119 + 5 + 10 + 10 + 4)
    assert (first.codes, first.state.font_size, first.scale) == ((97, 98), 10, 1)


def test_invisible_text_is_not_reported() -> None:
    (thing,) = things(b"BT /F 10 Tf 3 Tr (a) Tj 1 Tr (b) Tj ET", Font=Dictionary(F=font()))
    assert (thing.codes, thing.fills, thing.strokes) == ((98,), False, True)
    assert thing.area.left == 5


def test_the_area_of_vertical_text_extends_downwards() -> None:
    wide = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        Encoding=Name("/Identity-V"),
        DescendantFonts=Array([Dictionary(DW=1000)]),
    )
    (thing,) = things(b"BT /F 10 Tf 100 200 Td <00010002> Tj ET", Font=Dictionary(F=wide))
    assert thing.area == (95, 180, 105, 200)


@pytest.mark.parametrize(
    ("content", "kind", "inks"),
    [
        (b"0.2 g", "DeviceGray", (0, 0, 0, 0.8)),
        (b"1 0 0 rg", "DeviceRGB", (0, 1, 1, 0)),
        (b"0.1 0.2 0.3 0.4 k", "DeviceCMYK", (0.1, 0.2, 0.3, 0.4)),
        (b"/DeviceCMYK cs 0 0 0 1 scn", "DeviceCMYK", (0, 0, 0, 1)),
        (b"/DeviceRGB cs", "DeviceRGB", (0, 0, 0, 1)),
    ],
)
def test_a_fill_has_its_colour(content: bytes, kind: str, inks: tuple[float, ...]) -> None:
    (thing,) = things(content + b" 0 0 9 9 re f")
    assert thing.state.fill.space is not None
    assert thing.state.fill.space.kind == kind
    assert thing.state.fill.inks == pytest.approx(inks)


def test_an_object_keeps_the_graphics_state_it_was_painted_with() -> None:
    first, second, third = things(b"1 0 0 0 k 0 0 9 9 re f q 0 1 0 0 k 0 0 9 9 re f Q 0 0 9 9 re f")
    assert [thing.state.fill.inks[:2] for thing in (first, second, third)] == [(1, 0), (0, 1), (1, 0)]


def test_parameters_set_overprint_and_transparency() -> None:
    given = Dictionary(op=True, OP=False, OPM=1, ca=0.5, CA=0.25, BM=Name.Multiply, SMask=Dictionary())
    (thing,) = things(b"/G gs 0 0 9 9 re B", ExtGState=Dictionary(G=given))
    state = thing.state
    assert (state.fill_over, state.stroke_over, state.overprint_mode) == (True, False, 1)
    assert (state.fill_alpha, state.stroke_alpha, state.blend, state.soft_mask) == (
        0.5,
        0.25,
        "Multiply",
        True,
    )


def test_a_form_is_placed_clipped_and_named_within_itself() -> None:
    inner = stream(
        b"/I gs 0 0 100 100 re f",
        Subtype=Name.Form,
        BBox=[0, 0, 10, 10],
        Matrix=[1, 0, 0, 1, 5, 5],
        Resources=Dictionary(ExtGState=Dictionary(I=Dictionary(op=True))),
    )
    (thing,) = things(b"2 0 0 2 100 100 cm /Fm Do", XObject=Dictionary(Fm=inner))
    assert thing.area == (110, 110, 130, 130)
    assert thing.state.fill_over


def test_marked_content_begun_in_a_form_ends_with_it() -> None:
    marks = stream(b"EMC EMC /P <</MCID 0>> BDC", Subtype=Name.Form, BBox=[0, 0, 9, 9])
    first, second = things(
        b"/Fm Do 0 0 9 9 re f /P <</MCID 0>> BDC /Fm Do 0 0 9 9 re f EMC", XObject=Dictionary(Fm=marks)
    )
    assert (first.is_marked, second.is_marked) == (False, True)


@pytest.mark.parametrize(
    ("begin", "is_marked"),
    [
        (b"/Artifact BMC", True),
        (b"/P <</MCID 3>> BDC", True),
        (b"/P /Named BDC", True),
        (b"/OC /Layer BDC", False),
        (b"/Span <</Lang (bg)>> BDC", False),
    ],
)
def test_tagged_content_and_artifacts_are_marked(begin: bytes, is_marked: bool) -> None:  # noqa: FBT001
    named = Dictionary(Named=Dictionary(MCID=3), Layer=Dictionary(Type=Name.OCG))
    (thing,) = things(begin + b" 0 0 9 9 re f EMC", Properties=named)
    assert thing.is_marked is is_marked


def test_pixels_of_pictures_are_known_without_decoding() -> None:
    broken = stream(
        b"no pixels", Subtype=Name.Image, Width=30, Height=20, ColorSpace=Name.DeviceCMYK, BitsPerComponent=8
    )
    inline = b"q 1 0 0 1 5 5 cm BI /W 2 /H 1 /CS /G /BPC 8 ID ab EI Q"
    one, two = things(b"q 60 0 0 40 10 10 cm /Im Do Q " + inline, XObject=Dictionary(Im=broken))
    assert one.pixels is not None
    assert one.space is not None
    assert (one.area, one.pixels.width, one.space.kind) == ((10, 10, 70, 50), 30, "DeviceCMYK")
    assert two.pixels is not None
    assert two.space is not None
    assert (two.area, two.pixels.width, two.space.kind) == ((5, 5, 6, 6), 2, "DeviceGray")


def test_a_pattern_is_followed_once_where_it_is_first_used() -> None:
    tile = stream(
        b"1 0 0 rg 0 0 3 3 re f",
        PatternType=1,
        PaintType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=Dictionary(),
    )
    found = things(
        b"/Pattern cs /T scn 10 10 20 20 re f 50 50 20 20 re f", Pattern=Dictionary(T=PDF.make_indirect(tile))
    )
    tiles = [thing for thing in found if not thing.state.fill.pattern]
    assert len(found) == 3
    assert [thing.area for thing in tiles] == [(10, 10, 30, 30)]


def test_shadings_have_their_colour_space() -> None:
    sky = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1])
    first, second, third = things(
        b"q 10 10 20 20 re W n /S sh Q /Pattern cs /P scn 50 50 9 9 re f",
        Shading=Dictionary(S=sky),
        Pattern=Dictionary(P=Dictionary(PatternType=2, Shading=sky)),
    )
    for thing, area in ((first, (10, 10, 30, 30)), (third, (50, 50, 59, 59))):
        assert thing.space is not None
        assert (thing.kind, thing.area, thing.space.kind) == ("shading", area, "DeviceRGB")
    assert second.kind == "path"


def test_a_form_that_contains_itself_is_refused() -> None:
    form = stream(b"/Me Do", Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    with pytest.raises(EndlessContentError):
        things(b"/Me Do", XObject=Dictionary(Me=form))


@pytest.mark.parametrize("content", [b"(a) w", b"/N 1 2 3 4 5 cm", b"1 0 m (x) 1 l f", b"BT 1 Tf ET", b"Do"])
def test_operators_with_the_wrong_operands_are_refused_and_fail_nothing(content: bytes) -> None:
    with pytest.raises(UnreadableContentError):
        things(content)


OPERATORS = [
    *("q", "Q", "cm", "re", "f", "S", "W", "n", "BT", "ET", "Tf", "Tj", "TJ", "Td", "Tm", "'", '"', "gs"),
    *("cs", "scn", "sh", "Do", "BDC", "EMC", "rg", "k", "w"),
]
OPERANDS = ["1", "-2.5", "0", "/F", "/P", "(a)", "<00>", "[1 (b)]", "<</MCID 1>>", "true"]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(OPERATORS) | st.sampled_from(OPERANDS), max_size=40))
def test_any_content_is_interpreted_or_refused(parts: list[str]) -> None:
    found = []
    with contextlib.suppress(UnreadableContentError):
        content = " ".join(parts).encode()
        found = things(content, Font=Dictionary(F=font()), Pattern=Dictionary(P=Dictionary()))
    for thing in found:
        assert thing.kind in {"path", "text", "picture", "shading"}
        assert all(isinstance(side, float | int) for side in thing.area)


def packed(data: bytes, times: int) -> pikepdf.Stream:
    """Return a stream that unpacks to a text as often as is wanted."""
    packing = zlib.compressobj(9)
    raw = b"".join(packing.compress(data) for _ in range(times)) + packing.flush()
    held = stream(b"")
    held.write(raw, filter=Name.FlateDecode)
    return held


def test_content_that_unpacks_beyond_the_limit_is_refused_unread() -> None:
    page = page_of(b"")
    page.obj.Contents = packed(b" " * 1_000_000, 100)
    with pytest.raises(EndlessContentError):
        list(painted(page, {}))


def test_the_parts_of_a_pages_content_count_together() -> None:
    page = page_of(b"")
    page.obj.Contents = Array([packed(b" " * 1_000_000, 3)] * 30)
    with pytest.raises(TooLargeError):
        check_content(page.obj)


def test_operators_beyond_the_limit_are_refused_before_parsing() -> None:
    with pytest.raises(TooLargeError):
        check_content(packed(b"q " * 500_000, 8))


def test_a_stream_within_the_limit_is_returned_whole() -> None:
    assert bounded_bytes(packed(b"ab", 3), 6) == b"ababab"
    with pytest.raises(TooLargeError):
        bounded_bytes(packed(b"ab", 3), 5)

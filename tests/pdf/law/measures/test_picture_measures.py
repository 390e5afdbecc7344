"""Pictures are known by their bytes, counted, told apart by their captions, and large and strong enough."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest
from PIL import Image

from pipeline.findings.place import Place
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from pipeline.pdf.law.expected.pictures import ExpectedPicture
from pipeline.pdf.law.pictures import picture_faults
from tests.pdf.law.hand_drawn import drawn
from tests.pdf.law.measures.made import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.pictures import PictureFault


def _file(turned: int = 0, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").rotate(turned).resize((60, 60)).convert(mode).save(data, kind)
    return data.getvalue()


A: Final = _file(0)
B: Final = _file(90)


def _grey(*levels: int) -> bytes:
    """Return a picture of upright stripes."""
    image = Image.new("L", (60, 60))
    for at, level in enumerate(levels):
        wide = 60 // len(levels)
        image.paste(level, (at * wide, 0, (at + 1) * wide, 60))
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def _as_object(pdf: pikepdf.Pdf, data: bytes) -> pikepdf.Object:
    entries: dict[str, Any] = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image}
    with Image.open(io.BytesIO(data)) as image:
        entries |= {"Width": image.width, "Height": image.height, "BitsPerComponent": 8}
        mode = "L" if image.mode == "L" else "RGB"
        entries["ColorSpace"] = pikepdf.Name.DeviceGray if mode == "L" else pikepdf.Name.DeviceRGB
        if image.format == "JPEG":
            return pdf.make_stream(data, Filter=pikepdf.Name.DCTDecode, **entries)
        return pdf.make_stream(image.convert(mode).tobytes(), **entries)


def pictured(*contents: str, high: float = 300, trim: float = 0, **files: bytes) -> bytes:
    """Return pages with pictures under the given names."""
    with pikepdf.open(io.BytesIO(drawn(*contents))) as pdf:
        held = {f"/{name}": _as_object(pdf, data) for name, data in files.items()}
        for page in pdf.pages:
            page.Resources.XObject = pikepdf.Dictionary(held)
            page.MediaBox = pikepdf.Array([0, 0, 300, high])
            page.TrimBox = pikepdf.Array([trim, trim, 300 - trim, high - trim])
            page.Resources.ExtGState.P3 = pikepdf.Dictionary(ca=0.3)
            page.Resources.ExtGState.P4 = pikepdf.Dictionary(ca=0.4)
        whole = io.BytesIO()
        pdf.save(whole)
    return whole.getvalue()


def put(name: str, left: float = 50, bottom: float = 50, wide: float = 100, high: float = 100) -> str:
    return f"q {wide} 0 0 {high} {left} {bottom} cm /{name} Do Q "


def expected(
    data: bytes = A, name: str = "a.jpg", times: int = 1, *, repeats: bool = False
) -> ExpectedPicture:
    return ExpectedPicture(name, Place("a.md", 1), data, times, repeats)


def found(
    pdf: bytes, *pictures: ExpectedPicture, captions: Mapping[str, Fragment] | None = None
) -> list[PictureFault]:
    with opened_pages(pdf) as pages:
        return list(picture_faults(pages, pictures, captions or {}))


def codes(content: str, data: bytes = A, **options: Any) -> list[str]:
    return [fault.code for fault in found(pictured(content, A=data, **options), expected(data))]


@pytest.mark.parametrize(
    "data", [A, _file(0, "JPEG", "L"), _file(0, "PNG"), _file(0, "PNG", "L"), _file(0, "PNG", "P")]
)
def test_a_picture_of_any_kind_is_known_by_its_file(data: bytes) -> None:
    assert codes(put("A"), data) == []
    (fault,) = found(pictured(put("B"), B=B), expected(data))
    assert (fault.code, fault.page, fault.shown) == ("E196", 0, None)
    assert fault.values == {"name": "a.jpg", "count": "0", "times": "1"}


@pytest.mark.parametrize(
    ("shows", "times", "repeats", "is_wrong"),
    [
        (1, 1, False, False),
        (2, 1, False, True),
        (2, 1, True, False),
        (2, 2, False, False),
        (1, 2, False, True),
        (1, 2, True, True),
        (3, 2, False, True),
        (3, 2, True, False),
    ],
)
def test_a_picture_is_shown_as_often_as_the_issue_has_it(
    shows: int, times: int, *, repeats: bool, is_wrong: bool
) -> None:
    pages = [put("A", 50 + page) for page in range(1, shows + 1)]
    faults = found(pictured(*pages, A=A), expected(times=times, repeats=repeats))
    assert [fault.code for fault in faults] == ["E196"] * is_wrong
    for fault in faults:
        assert fault.page == shows
        assert fault.shown is not None
        assert fault.shown.box.left == pytest.approx(50 + shows)
        assert fault.values == {"name": "a.jpg", "count": str(shows), "times": str(times)}


@pytest.mark.parametrize(
    ("content", "is_seen"),
    [
        (put("A", wide=14.1), True),
        (put("A", wide=13.9), False),
        (put("A", high=14.1), True),
        (put("A", high=13.9), False),
        (put("A", left=-85.8), True),
        (put("A", left=-86.2), False),
        (put("A", bottom=285.8), True),
        (put("A", bottom=286.2), False),
        (f"q 50 50 25 200 re W n {put('A', wide=200, high=200)} Q", True),
        (f"q 50 50 23 200 re W n {put('A', wide=200, high=200)} Q", False),
        (f"q 50 50 200 25 re W n {put('A', wide=200, high=200)} Q", True),
        (f"q 50 50 200 23 re W n {put('A', wide=200, high=200)} Q", False),
        (f"/P4 gs {put('A')}", True),
        (f"/P3 gs {put('A')}", False),
    ],
)
def test_a_picture_is_seen_with_five_millimetres_an_eighth_of_it_and_a_third_of_its_strength(
    content: str, *, is_seen: bool
) -> None:
    assert codes(content) == ["E197"] * (not is_seen)


def test_what_lies_beyond_the_cut_page_is_not_seen() -> None:
    assert codes(put("A", left=186), trim=20) == []
    assert codes(put("A", left=-66), trim=20) == []
    assert codes(put("A", left=-20, bottom=-20), trim=20) == []
    assert codes(put("A", left=267), trim=20) == ["E197"]
    assert codes(put("A", bottom=-67), trim=20) == ["E197"]


def test_a_banner_is_seen_however_low_it_is_by_itself() -> None:
    image = Image.new("L", (1200, 60), 90)
    image.paste(200, (0, 0, 600, 60))
    data = io.BytesIO()
    image.save(data, "PNG")
    banner = data.getvalue()
    assert codes(put("A", wide=120, high=6), banner) == []
    assert codes(put("A", wide=120, high=5), banner) == ["E197"]
    assert codes(put("A", wide=30, high=1.5), banner) == ["E197"]
    assert codes(put("A", left=-30, wide=120, high=6), banner) == []
    assert codes(f"q 50 50.1 120 5.8 re W n {put('A', wide=120, high=6)}Q ", banner) == []
    assert codes(f"q 50 50.3 120 5.4 re W n {put('A', wide=120, high=6)}Q ", banner) == ["E197"]
    assert codes(put("A", wide=120, high=6)) == ["E197"]


def test_a_picture_of_one_grey_is_no_weaker_for_a_veil() -> None:
    veiled = f"/P3 gs {put('A')}"
    assert codes(veiled, _grey(200)) == []
    # Half a picture darker than the other by 10 levels differs by 5 from the mean; by 14, 7.
    assert codes(veiled, _grey(150, 160)) == []
    assert codes(veiled, _grey(150, 164)) == ["E197"]
    assert codes(f"/P4 gs {put('A')}", _grey(150, 164)) == []


def test_the_unseen_picture_is_told_with_its_page() -> None:
    (fault,) = found(pictured("", put("A", wide=5), A=A), expected())
    assert (fault.code, fault.page, fault.values) == ("E197", 2, {"name": "a.jpg"})
    assert fault.shown is not None
    assert tuple(fault.shown.box) == pytest.approx((50, 50, 55, 150))


TWO: Final = (expected(A, "a.jpg"), expected(B, "b.jpg"))


def exchanged(pdf: bytes, a: Fragment, b: Fragment) -> list[Mapping[str, str]]:
    faults = found(pdf, *TWO, captions={"a.jpg": a, "b.jpg": b})
    assert {fault.code for fault in faults} <= {"E198"}
    return [fault.values for fault in faults]


@pytest.mark.parametrize(
    ("a", "b", "is_wrong"),
    [
        # One picture above the other, each 100 points a side, 60 apart.
        ((50, 190), (50, 30), False),
        ((50, 30), (50, 190), True),
        ((50, 170), (50, 150), False),
        ((50, 158), (50, 170), True),
        # Beside them.
        ((155, 240), (155, 80), False),
        ((155, 80), (155, 240), True),
        ((10, 80), (10, 240), True),
        # Both captions stand together at one of them.
        ((160, 80), (160, 60), False),
        ((160, 240), (160, 250), False),
    ],
)
def test_each_picture_stands_nearer_to_its_own_caption(
    a: tuple[float, float], b: tuple[float, float], *, is_wrong: bool
) -> None:
    pdf = pictured(put("A", 50, 200) + put("B", 50, 40), A=A, B=B)
    told = exchanged(pdf, shown("The first", *a), shown("The other", *b))
    assert told == [{"name": "a.jpg", "other": "b.jpg"}] * is_wrong


def test_captions_stand_between_pictures_side_by_side() -> None:
    pdf = pictured(put("A", 180, 100, 60, 60) + put("B", 30, 100, 60, 60), A=A, B=B)
    before_a, behind_b = (130, 120), (92, 140)
    assert exchanged(pdf, shown("The first", *before_a), shown("The other", *behind_b)) == []
    assert exchanged(pdf, shown("The first", *behind_b), shown("The other", *before_a)) != []


def test_a_caption_on_another_page_is_farther_than_any_on_the_same_however_large_it_is() -> None:
    pages = [put("A", 50, 1480, 20, 20), put("B", 50, 10, 20, 20)]
    pdf = pictured(*pages, high=1600, A=A, B=B)
    a, b = shown("The first", 50, 20, page=1), shown("The other", 50, 1490, page=2)
    assert exchanged(pdf, a, b) == []
    a, b = shown("The first", 50, 20, page=2), shown("The other", 50, 1490, page=1)
    assert exchanged(pdf, a, b) != []


def test_a_picture_repeated_on_the_first_page_is_judged_by_its_place_inside() -> None:
    pages = [put("A", 50, 40) + put("B", 50, 200), put("A", 50, 200) + put("B", 50, 40)]
    pictures = [expected(A, "a.jpg", repeats=True), expected(B, "b.jpg", repeats=True)]
    captions = {"a.jpg": shown("The first", 50, 190, page=2), "b.jpg": shown("The other", 50, 30, page=2)}
    assert found(pictured(*pages, A=A, B=B), *pictures, captions=captions) == []
    swapped = {"a.jpg": captions["b.jpg"], "b.jpg": captions["a.jpg"]}
    (fault,) = found(pictured(*pages, A=A, B=B), *pictures, captions=swapped)
    assert (fault.code, fault.page) == ("E198", 2)
    # Of what stands twice inside, and of what has no caption, nothing is known.
    twice = [pages[1] + put("A", 180, 200)]
    assert found(pictured(pages[0], *twice, A=A, B=B), *pictures, captions=swapped) == []
    assert found(pictured(*pages, A=A, B=B), *pictures, captions={"a.jpg": swapped["a.jpg"]}) == []
    only_first = found(
        pictured(pages[1], A=A, B=B),
        *pictures,
        captions={name: shown("The words", 50, caption.baseline) for name, caption in swapped.items()},
    )
    assert [fault.code for fault in only_first] == ["E198"]

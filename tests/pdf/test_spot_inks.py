"""A colour of the house in an ink of its own: on its own plate, and on no other."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.pdf.finishing.spot_inks import SpotInk, separate_spots
from pipeline.pdf.plates.plates import plates_of

GREEN = SpotInk("PANTONE 348 C", (0.97, 0.22, 1.0, 0.09))
PAGE = (
    b"0.97 .22 1 .09 k 0 0 50 50 re f .1 0 0 0 k 50 0 50 50 re f q 0.97 .22 1 .09 K 0 60 m 90 60 l S Q /F Do"
)


def page_of(content: bytes, form: bytes = b"") -> pikepdf.Pdf:
    """Return a PDF of one page, with a form that it draws as `/F`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    drawn = pdf.make_stream(form, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 100])
    pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=drawn))
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(content)
    return pdf


def operators(stream: pikepdf.Object) -> list[str]:
    """Return the operators of a stream."""
    return [str(each.operator) for each in pikepdf.parse_content_stream(stream)]


def test_only_the_colour_itself_is_painted_in_the_ink() -> None:
    pdf = page_of(PAGE)
    separate_spots(pdf, [GREEN])
    page = pdf.pages[0]
    assert operators(page.obj) == [
        "cs", "scn", "re", "f", "k", "re", "f", "q", "CS", "SCN", "m", "l", "S", "Q", "Do",
    ]  # fmt: skip
    (space,) = page.resources["/ColorSpace"].values()
    assert [str(space[0]), str(space[1]), str(space[2])] == ["/Separation", "/PANTONE 348 C", "/DeviceCMYK"]
    assert [float(part) for part in space[3].C1] == pytest.approx(GREEN.inks)


def test_what_forms_draw_is_painted_in_it_as_well() -> None:
    pdf = page_of(b"/F Do", b"0.97 .22 1 .09 k 0 0 9 9 re f")
    separate_spots(pdf, [GREEN])
    form = pdf.pages[0].resources["/XObject"]["/F"]
    assert operators(form)[:2] == ["cs", "scn"]
    assert len(form["/Resources"]["/ColorSpace"]) == 1


def test_pages_without_the_colour_stay_as_they_are() -> None:
    pdf = page_of(b"0 0 0 1 k 0 0 9 9 re f")
    before = pdf.pages[0].obj["/Contents"].read_bytes()
    separate_spots(pdf, [GREEN])
    assert pdf.pages[0].obj["/Contents"].read_bytes() == before
    assert "/ColorSpace" not in pdf.pages[0].resources


def test_the_proof_shows_the_ink_as_the_four_that_stand_for_it() -> None:
    plain, separated = page_of(PAGE), page_of(PAGE)
    separate_spots(separated, [GREEN])
    shown = []
    for pdf in (plain, separated):
        written = io.BytesIO()
        pdf.save(written)
        shown.append(next(iter(plates_of(written.getvalue(), 36))).tobytes())
    assert shown[0] == shown[1]

"""A file unpacks to no more than a bulletin can need, and is refused before it is drawn."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.models.editions import SCREEN
from pipeline.pdf.content import stream_limits
from pipeline.pdf.content.broken_files import MalformedError
from pipeline.pdf.preflight import limits, preflight
from pipeline.pdf.preflight.blame import blamed
from pipeline.pdf.preflight.limits import drawing_findings, packed_objects
from pipeline.pdf.preflight.preflight import findings_of
from tests.pdf.preflight.made import codes, new_pdf, values

if TYPE_CHECKING:
    import pikepdf


def packed(size: int, gap: int = 1) -> bytes:
    data = zlib.compress(b"0" * size)
    return b"1 0 obj <</Type/ObjStm" + b" " * gap + b">> stream\r\n" + data + b"\nendstream "


def test_packed_objects_unpack_to_no_more_than_anybody_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_IN_OBJECT_STREAMS", 1000)
    assert packed_objects(b"") == packed_objects(packed(1000)) == packed_objects(packed(400) * 2) == ""
    assert packed_objects(packed(1001)) != ""
    assert packed_objects(packed(400) * 3) != ""
    assert packed_objects(packed(400) + packed(601)) != ""
    assert packed_objects(packed(600) + packed(400)) == ""
    assert packed_objects(packed(5000, gap=1900)) != ""
    assert packed_objects(packed(5000, gap=2100)) == ""
    assert packed_objects(packed(5000).replace(b"ObjStm", b"ObjStmX")) == ""
    assert packed_objects(packed(5000).replace(b"\r\n", b"\n")) != ""


def of_drawing(build: Any) -> list[str]:
    pdf = new_pdf()
    build(pdf)
    return [told["problem"][:20] for told in values(drawing_findings(pdf))]


def tiles(across: float, up: float, **entries: Any) -> Any:
    def build(pdf: pikepdf.Pdf) -> None:
        pattern = pdf.make_stream(b"0 0 1 1 re f", PatternType=1, XStep=across, YStep=up, **entries)
        pdf.pages[0].add_resource(pdf.make_indirect(pattern), Name.Pattern)

    return build


@pytest.mark.parametrize(
    ("build", "is_too_fine"),
    [
        # An A4 of 500,990 square points holds a million tiles of 0.7078 points a side.
        (tiles(0.709, 0.709), False),
        (tiles(0.706, 0.706), True),
        (tiles(-0.709, 0.709), False),
        (tiles(0.709, -0.709), False),
        (tiles(0.4, 1.27), False),
        (tiles(0.4, 1.23), True),
        (tiles(1.42, 1.42, Matrix=Array([0.5, 0, 0, 0.5, 0, 0])), False),
        (tiles(1.41, 1.41, Matrix=Array([0.5, 0, 0, 0.5, 0, 0])), True),
        (tiles(1.42, 1.42, Matrix=Array([0.3, 0.4, -0.3, 0.4, 0, 0])), False),
        (tiles(1.41, 1.41, Matrix=Array([0.3, 0.4, -0.3, 0.4, 0, 0])), True),
        (tiles(1.42, 1.42, Matrix=Array([0.4, 0.3, 0.4, -0.3, 0, 0])), False),
        (tiles(0, 5), True),
        (tiles(0.1, 0.1, Matrix=Array([10, 0, 0, 10, 0, 0])), False),
    ],
)
def test_a_pattern_is_repeated_no_oftener_than_anybody_could_see(build: Any, *, is_too_fine: bool) -> None:
    assert of_drawing(build) == ["a pattern is repeate"] * is_too_fine


def test_only_tiles_are_counted() -> None:
    def shading(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].add_resource(pdf.make_indirect(pdf.make_stream(b"", PatternType=2)), Name.Pattern)

    def form(pdf: pikepdf.Pdf) -> None:
        made = pdf.make_stream(b"", Subtype=Name.Form, XStep=0, YStep=0)
        pdf.pages[0].add_resource(pdf.make_indirect(made), Name.XObject)

    assert of_drawing(shading) == of_drawing(form) == []


def large(size: int, **entries: Any) -> Any:
    def build(pdf: pikepdf.Pdf) -> None:
        made = pdf.make_stream(b"", **entries)
        made.write(zlib.compress(b" " * size), filter=Name.FlateDecode)
        if entries.get("Subtype") == "/Page":
            pdf.pages[0].Contents = made
        elif "Glyph" in entries:
            font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=made))
            pdf.pages[0].add_resource(pdf.make_indirect(font), Name.Font)
        else:
            pdf.pages[0].add_resource(pdf.make_indirect(made), Name.XObject)

    return build


KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "content": ({"Subtype": Name.Page}, "content"),
    "form": ({"Subtype": Name.Form}, "content"),
    "pattern": ({"PatternType": 2}, "content"),
    "glyph": ({"Glyph": True}, "content"),
    "picture": ({"Subtype": Name.Image}, "picture"),
    "other": ({}, "other"),
    "other kind": ({"Subtype": Name.XML}, "other"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_stream_has_a_bound_of_its_own(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, bound = KINDS[kind]
    bounds = {"content": 1000, "picture": 1000, "other": 1000}
    for held in bounds:
        monkeypatch.setattr(stream_limits, "MOST_CONTENT", 1000 if "content" in {bound, held} else 9000)
        for name, which in (("MOST_PICTURE", "picture"), ("_LARGEST_OTHER", "other")):
            monkeypatch.setattr(limits, name, 1000 if held == which else 9000)
        is_bound = bound in {held, "content"}
        assert bool(of_drawing(large(5000, **entries))) == is_bound
        assert of_drawing(large(900, **entries)) == []


def test_a_file_of_a_thousand_pages_is_read_and_one_of_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "MOST_PAGES", 3)
    for pages in (3, 4):
        whole = io.BytesIO()
        new_pdf(pages).save(whole)
        told = [each.code for each in findings_of(whole.getvalue(), SCREEN)]
        assert (told == ["E128"]) == (pages == 4)


@pytest.mark.parametrize(("before", "is_one"), [(0, True), (1018, True), (1019, True), (1020, False)])
def test_a_pdf_says_so_within_its_first_kilobyte(before: int, *, is_one: bool) -> None:
    whole = io.BytesIO()
    new_pdf().save(whole)
    found = list(findings_of(b"\n" * before + whole.getvalue(), SCREEN))
    assert (codes(found) != ["E100"]) == is_one
    if not is_one:
        assert values(found) == [{"problem": "it is not a PDF"}]


def test_what_a_rule_failed_on_is_the_fault_of_the_file_of_memory_or_ours() -> None:
    def told(fault: BaseException, pdf: pikepdf.Pdf, page: int = 3) -> tuple[str, int | None, dict[str, str]]:
        found = blamed("a rule", fault, pdf, page)
        return found.code, found.page, dict(found.values)

    sound, broken = new_pdf(), new_pdf()
    broken.Root.OutputIntents = Array([7])
    assert told(TypeError("why"), sound) == ("E127", 3, {"rule": "a rule", "problem": "TypeError: why"})
    code, page, values_ = told(TypeError("why"), broken)
    assert (code, page, "OutputIntents" in values_["problem"]) == ("E117", 3, True)
    assert told(MalformedError("why"), sound) == ("E117", 3, {"problem": "why"})
    assert told(MemoryError(), broken)[:2] == ("E128", 3)

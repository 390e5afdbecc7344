"""Each measure of preflight has two sides: what is beyond it is found, and what is just within it is not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.models.editions import PRESS, SCREEN, Edition
from pipeline.pdf.preflight.preflight import preflight
from tests.support.broken_pdfs import CONDITION, sound
from tests.support.broken_pdfs.cases import MILLIMETRE, add_graphics_state, draw, elements, font_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.findings.finding import Finding

LEFT: Final = 10 * MILLIMETRE
BOTTOM: Final = LEFT
RIGHT: Final = 220 * MILLIMETRE
TOP: Final = 307 * MILLIMETRE
"""The trim of the press file, on its sheet."""

BOXES: Final = ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox")


def findings(edition: Edition, spoil: Callable[[pikepdf.Pdf], object]) -> list[Finding]:
    with pikepdf.open(io.BytesIO(sound(edition))) as pdf:
        spoil(pdf)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return preflight(target.getvalue(), edition, CONDITION if edition.in_ink else None)


def codes(edition: Edition, spoil: Callable[[pikepdf.Pdf], object]) -> list[str]:
    return [finding.code for finding in findings(edition, spoil)]


def value(finding: Finding, name: str) -> str:
    return dict(finding.values)[name]


@pytest.mark.parametrize(
    ("wider", "higher", "expected"),
    [
        (0.4, 0.4, []),
        (-0.4, -0.4, []),
        (0.6, 0, ["E111"]),
        (-0.6, 0, ["E111"]),
        (0, 0.6, ["E111"]),
        (0, -0.6, ["E111"]),
    ],
)
def test_a_page_may_differ_from_its_format_by_half_a_millimetre(
    wider: float, higher: float, expected: list[str]
) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        size = Array([0, 0, (210 + wider) * MILLIMETRE, (297 + higher) * MILLIMETRE])
        for name in (name for name in BOXES if name in pdf.pages[0].obj):
            pdf.pages[0].obj[name] = size

    assert codes(SCREEN, spoil) == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"Rotate": 0}, []),
        ({"Rotate": 360}, []),
        ({"Rotate": 180}, ["W111"]),
        ({"UserUnit": 1}, []),
        ({"UserUnit": 2}, ["W111"]),
    ],
)
def test_a_page_is_upright_and_in_points(entries: dict[str, int], expected: list[str]) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for name, written in entries.items():
            pdf.pages[0].obj[f"/{name}"] = written

    assert codes(SCREEN, spoil) == expected


def test_a_page_is_turned_by_the_tree_it_stands_in() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Rotate = 90

    assert codes(SCREEN, spoil) == ["W111"]


@pytest.mark.parametrize("side", [0, 1, 2, 3])
@pytest.mark.parametrize(("bleed", "expected"), [(2.9, ["E112"]), (3, [])])
def test_every_side_has_its_bleed(side: int, bleed: float, expected: list[str]) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        edges = [LEFT - 3 * MILLIMETRE, BOTTOM - 3 * MILLIMETRE, RIGHT + 3 * MILLIMETRE, TOP + 3 * MILLIMETRE]
        edges[side] = [LEFT, BOTTOM, RIGHT, TOP][side] + (1 if side > 1 else -1) * bleed * MILLIMETRE
        pdf.pages[0].obj.BleedBox = Array(edges)

    found = findings(PRESS, spoil)
    assert [finding.code for finding in found] == expected
    assert [(value(finding, "given"), value(finding, "wanted")) for finding in found] == [("2.9", "3")] * len(
        found
    )


@pytest.mark.parametrize(
    ("left", "bottom", "expected"),
    [
        (LEFT + 5.5 * MILLIMETRE, 400, []),
        (LEFT + 4 * MILLIMETRE, 400, ["W113"]),
        (RIGHT - 6 * MILLIMETRE - 20, 400, []),
        (RIGHT - 4 * MILLIMETRE - 12, 400, ["W113"]),
        (300, BOTTOM + 6 * MILLIMETRE, []),
        (300, BOTTOM + 4 * MILLIMETRE, ["W113"]),
        (300, TOP - 6 * MILLIMETRE - 10, []),
        (300, TOP - 4 * MILLIMETRE - 7, ["W113"]),
        (LEFT - 4, 400, ["E115"]),
        (RIGHT - 6, 400, ["E115"]),
        (300, BOTTOM - 4, ["E115"]),
        (300, TOP - 4, ["E115"]),
        (2, 2, []),
    ],
)
def test_text_keeps_away_from_the_cut_on_every_side(left: float, bottom: float, expected: list[str]) -> None:
    # Two letters of ten points; beyond the bleed they are marks of the printer.
    def spoil(pdf: pikepdf.Pdf) -> None:
        draw(pdf, f"/FillOver gs 0 0 0 1 k BT {font_name(pdf)} 10 Tf {left} {bottom} Td <00200021> Tj ET")

    assert codes(PRESS, spoil) == expected


@pytest.mark.parametrize("side", ["left", "right", "bottom", "top"])
@pytest.mark.parametrize(
    ("over", "long", "expected"),
    [(0, 60, ["E114"]), (3 * MILLIMETRE, 60, []), (-1 * MILLIMETRE, 60, []), (0, 4, [])],
)
def test_colour_at_the_cut_goes_on_beyond_it_on_every_side(
    side: str, over: float, long: float, expected: list[str]
) -> None:
    deep = 40
    bars = {
        "left": (LEFT - over, 300, deep, long),
        "right": (RIGHT + over - deep, 300, deep, long),
        "bottom": (300, BOTTOM - over, long, deep),
        "top": (300, TOP + over - deep, long, deep),
    }
    x, y, wide, high = bars[side]
    found = findings(PRESS, lambda pdf: draw(pdf, f"1 0 0 0 k {x} {y} {wide} {high} re f"))
    assert [finding.code for finding in found] == expected
    for finding in found:
        assert finding.spot is not None
        across, down = finding.spot.left + finding.spot.right, finding.spot.top + finding.spot.bottom
        middle = ((x + wide / 2 - LEFT) / MILLIMETRE, (TOP - y - high / 2) / MILLIMETRE)
        edge = {"left": (0, None), "right": (210, None), "top": (None, 0), "bottom": (None, 297)}[side]
        assert across / 2 == pytest.approx(middle[0] if edge[0] is None else edge[0], abs=0.6)
        assert down / 2 == pytest.approx(middle[1] if edge[1] is None else edge[1], abs=0.6)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0.24 w 100 400 m 200 400 l S", ["E126"]),
        ("0.25 w 100 400 m 200 400 l S", []),
        ("0.5 0 0 0.5 0 0 cm 0.4 w 200 800 m 400 800 l S", ["E126"]),
        ("2 0 0 2 0 0 cm 0.13 w 50 200 m 100 200 l S", []),
        ("100 400 80 0.2 re f", ["E126"]),
        ("100 400 0.2 80 re f", ["E126"]),
        ("100 400 80 0.3 re f", []),
        ("100 400 2.5 0.2 re f", []),
    ],
)
def test_a_line_is_a_quarter_of_a_point_at_least(content: str, expected: list[str]) -> None:
    # Black alone overprints in the sound file's states; these are cyan.
    assert codes(PRESS, lambda pdf: draw(pdf, f"1 0 0 0 k 1 0 0 0 K {content}")) == expected


def _picture(pdf: pikepdf.Pdf, matrix: str, pixels: int = 200, **other: object) -> None:
    entries = {"Type": Name.XObject, "Subtype": Name.Image, "Width": pixels, "Height": pixels}
    entries |= {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8} | other
    stream = pdf.make_stream(b"\x80" * pixels * pixels, **entries)
    pdf.pages[0].add_resource(stream, Name.XObject, Name.Shown)
    page = pdf.pages[0]
    page.contents_add(f"\n/Artifact BMC q {matrix} cm /Shown Do Q EMC\n".encode())


@pytest.mark.parametrize(
    ("edition", "matrix", "expected"),
    [
        # 200 pixels over 65.5 points are 220 to an inch; over 66, 218; over 95.5, 151; over 97, 148.
        (PRESS, "65.5 0 0 65.5 200 300", []),
        (PRESS, "66 0 0 66 200 300", ["W124"]),
        (PRESS, "95.5 0 0 95.5 200 300", ["W124"]),
        (PRESS, "97 0 0 97 200 300", ["E125"]),
        (PRESS, "97 0 0 60 200 300", ["E125"]),
        (PRESS, "60 0 0 97 200 300", ["E125"]),
        (PRESS, "0 97 -60 0 300 300", ["E125"]),
        (PRESS, "0 60 -60 0 300 300", []),
        (PRESS, "1.5 0 0 97 200 300", []),
        (SCREEN, "144 0 0 144 200 300", []),
        (SCREEN, "147 0 0 147 200 300", ["W125"]),
    ],
)
def test_a_picture_has_pixels_enough_in_both_directions(
    edition: Edition, matrix: str, expected: list[str]
) -> None:
    assert codes(edition, lambda pdf: _picture(pdf, matrix)) == expected


def test_the_pixels_to_an_inch_are_told() -> None:
    (finding,) = findings(PRESS, lambda pdf: _picture(pdf, "144 0 0 144 200 300"))
    assert value(finding, "ppi") == "100"


@pytest.mark.parametrize(
    ("inks", "expected"),
    [("1 1 0.5 0.5", []), ("1 1 0.5 0.53", ["E123"]), ("0.7 0.7 0.7 0.7", []), ("0 0 0 1", [])],
)
def test_ink_is_at_most_what_the_paper_bears(inks: str, expected: list[str]) -> None:
    assert CONDITION.ink_limit == 300
    found = findings(PRESS, lambda pdf: draw(pdf, f"{inks} k 100 400 60 30 re f"))
    assert [finding.code for finding in found] == expected
    for finding in found:
        spot = finding.spot
        assert spot is not None
        told = [spot.left, spot.right, spot.top, spot.bottom]
        drawn = [(100 - LEFT), (160 - LEFT), (TOP - 430), (TOP - 400)]
        assert told == pytest.approx([side / MILLIMETRE for side in drawn], abs=0.6)


def test_ink_beyond_the_bleed_is_the_printers() -> None:
    assert codes(PRESS, lambda pdf: draw(pdf, "1 1 1 1 k 2 2 8 8 re f")) == []


@pytest.mark.parametrize(("deep", "expected"), [(0, ["E153"]), (150, ["E153"])])
def test_a_figure_without_alternative_is_found_however_deep_it_is_nested(
    deep: int, expected: list[str]
) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        figure = elements(pdf, "Figure")[0]
        del figure["/Alt"]
        for _ in range(deep):
            inner = pdf.make_indirect(Dictionary({str(name): value for name, value in figure.items()}))
            figure.S, figure.K = Name.Div, inner
            inner.P = figure
            figure = inner

    assert codes(SCREEN, spoil) == expected


def test_a_text_in_the_place_of_a_figure_is_its_alternative() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        figure = elements(pdf, "Figure")[0]
        del figure["/Alt"]
        figure.ActualText = "Сива картина"

    assert codes(SCREEN, spoil) == []


def test_a_role_of_ones_own_stands_for_what_it_is_mapped_to() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Picture=Name.Drawing, Drawing=Name.Figure)
        figure = elements(pdf, "Figure")[0]
        figure.S = Name.Picture
        del figure["/Alt"]

    assert codes(SCREEN, spoil) == ["E153"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [({"RowSpan": 1}, []), ({"ColSpan": 1}, []), ({"ColSpan": 2}, ["E155"]), ({"RowSpan": 2}, ["E155"])],
)
def test_rows_of_a_table_are_counted_with_the_columns_their_cells_span(
    spans: dict[str, int], expected: list[str]
) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        elements(pdf, "TD")[0].A = Dictionary(
            {"/O": Name.Table} | {f"/{name}": n for name, n in spans.items()}
        )

    assert codes(SCREEN, spoil) == expected


def test_a_cell_over_two_rows_takes_a_column_of_the_second() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        first, second = elements(pdf, "TR")[1:]
        first.K[1].A = Dictionary({"/O": Name.Table, "/RowSpan": 2})
        second.K = Array([second.K[0]])

    assert codes(SCREEN, spoil) == []


def test_transparency_that_changes_nothing_is_none() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        add_graphics_state(pdf, "/Whole", ca=1, CA=1, BM=Name.Normal)
        draw(pdf, "/Whole gs 0.2 0 0 0 k 100 400 50 50 re f")

    assert codes(PRESS, spoil) == []


@pytest.mark.parametrize(("length", "told"), [(60, 60), (80, 60)])
def test_the_name_of_an_attached_file_is_told_with_sixty_letters_at_most(length: int, told: int) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        name = "a" * length
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"a", filename=name)

    (finding,) = findings(SCREEN, spoil)
    assert (finding.code, value(finding, "name")) == ("E160", "a" * told)

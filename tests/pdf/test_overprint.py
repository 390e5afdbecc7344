"""Only black overprints, whatever operators set it; read back from the rewritten streams."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pdf.finishing.overprint import overprint_black
from pipeline.pdf.plates.plates import plates_of
from tests.golden import ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLACK: Final = (0.0, 0.0, 0.0, 1.0)
WHITE: Final = (0.0, 0.0, 0.0, 0.0)
SIDE: Final = 144
"""Points of the sides of a page in these tests."""

FILLS: Final = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKES: Final = {"S", "s", "B", "B*", "b", "b*"}
SETS_COLOUR: Final = {"cs", "sc", "scn", "k", "g", "rg"}
TEXT: Final = {"Tj", "TJ", "'", '"'}


class Paint(NamedTuple):
    """A painting operator: its inks (None for other colours), and whether fill and stroke overprint."""

    operator: str
    fill: tuple[float, ...] | None
    stroke: tuple[float, ...] | None
    over: tuple[bool, bool]


class Colour(NamedTuple):
    """The colour of fills or strokes: its inks (None for other colours), and whether its space has four."""

    inks: tuple[float, ...] | None = None
    four: bool = False

    def after(self, operator: str, operands: list[Any]) -> Colour:
        """Return the colour after an operator, given in lower case (ISO 32000-2, 8.6.8)."""
        if operator == "cs":
            four = operands[0] == "/DeviceCMYK"
            return Colour(BLACK if four else None, four)
        if operator == "k" or (operator in {"sc", "scn"} and self.four):
            return Colour(tuple(float(part) for part in operands), four=True)
        return Colour()


class State(NamedTuple):
    """The graphics state of a content stream, as far as overprint is concerned (ISO 32000-2, 8.4.1)."""

    fill: Colour = Colour()
    stroke: Colour = Colour()
    mode: int = 0
    over: tuple[bool, bool] = (False, False)

    def after(self, operator: str, operands: list[Any], resources: Any) -> State:
        """Return the state after an operator."""
        if operator in SETS_COLOUR:
            return self._replace(fill=self.fill.after(operator, operands))
        if operator.lower() in SETS_COLOUR:
            return self._replace(stroke=self.stroke.after(operator.lower(), operands))
        if operator == "Tr":
            return self._replace(mode=int(operands[0]))
        state = resources.ExtGState[operands[0]] if operator == "gs" else {}
        if "/OP" in state:
            assert int(state["/OPM"]) == 1
            return self._replace(over=(bool(state["/op"]), bool(state["/OP"])))
        return self

    def painted(self, operator: str) -> Paint | None:
        """Return what an operator paints, if anything."""
        if operator in {"Do", "sh", "INLINE IMAGE"}:
            return Paint(operator, None, None, self.over)
        fills, strokes = operator in FILLS, operator in STROKES
        if operator in TEXT:
            fills, strokes = self.mode in {0, 2, 4, 6}, self.mode in {1, 2, 5, 6}
        if not (fills or strokes):
            return None
        return Paint(
            operator,
            self.fill.inks if fills else None,
            self.stroke.inks if strokes else None,
            (self.over[0] and fills, self.over[1] and strokes),
        )


def painted(stream: Any, resources: Any) -> Iterator[Paint]:
    """Yield what a stream paints, in order."""
    state, saved_states = State(), []
    for instruction in pikepdf.parse_content_stream(stream):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "q":
            saved_states.append(state)
        elif operator == "Q":
            state = saved_states.pop() if saved_states else State()
        state = state.after(operator, operands, resources)
        paint = state.painted(operator)
        if paint is not None:
            yield paint


def page_of(content: bytes, **resources: Any) -> pikepdf.Pdf:
    """Return a PDF of one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(SIDE, SIDE))
    page = pdf.pages[0]
    page.obj["/Contents"] = pdf.make_stream(content)
    page.obj["/Resources"] = pikepdf.Dictionary(resources)
    return pdf


def form_of(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    """Return a form that has nothing but its content."""
    box = [0, 0, SIDE, SIDE]
    return pdf.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=box)


def of_page(pdf: pikepdf.Pdf) -> list[Paint]:
    return list(painted(pdf.pages[0].obj, pdf.pages[0].resources))


def saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "over"),
    [
        (b"0 0 0 1 k 0 0 9 9 re f", (True, False)),
        (b"0 0 0 1 K 0 0 9 9 re S", (False, True)),
        (b"0 0 0 1 k 0 0 0 1 K 0 0 9 9 re B", (True, True)),
        (b"1 0 0 0 k 0 0 0 1 K 0 0 9 9 re B*", (False, True)),
        (b"0 0 0 1 k 1 0 0 0 K 0 0 9 9 re b", (True, False)),
        (b"0 0 0 0 k 0 0 9 9 re f", (False, False)),
        (b"0 0 0 .75 k 0 0 9 9 re f", (False, False)),
        (b"0 0 .1 1 k 0 0 9 9 re f", (False, False)),
        (b"0 0 0 1 K 0 0 9 9 re f", (False, False)),
        (b"/DeviceCMYK cs 0 0 0 1 scn 0 0 9 9 re f", (True, False)),
        (b"/DeviceCMYK cs 0 0 9 9 re f", (True, False)),
        (b"/DeviceCMYK CS 0 0 9 9 re S", (False, True)),
        (b"/DeviceCMYK cs 1 0 0 0 sc 0 0 0 1 sc 0 0 9 9 re f", (True, False)),
        (b"1 0 0 0 k /DeviceCMYK cs /DeviceCMYK CS 0 0 9 9 re f", (True, False)),
        (b"/DeviceCMYK cs q 0 1 0 0 k Q 0 0 0 1 scn 0 0 9 9 re f", (True, False)),
        (b"0 0 0 1 k 0 g 0 0 9 9 re f", (False, False)),
        (b"0 0 0 1 k /Pattern cs /P scn 0 0 9 9 re f", (False, False)),
        (b"/DeviceRGB cs 0 0 0 scn 0 0 9 9 re f", (False, False)),
        (b"0 0 0 1 k BT (a) Tj ET", (True, False)),
        (b"0 0 0 1 k BT [(a)] TJ ET", (True, False)),
        (b"0 0 0 1 k BT (a) ' ET", (True, False)),
        (b"0 0 0 1 K BT 1 Tr (a) Tj ET", (False, True)),
        (b"0 0 0 1 k 1 0 0 0 K BT 2 Tr (a) Tj ET", (True, False)),
        (b"0 0 0 1 k q 1 0 0 0 k Q 0 0 9 9 re f", (True, False)),
        (b"0 0 0 1 k q 1 0 0 0 k 0 0 9 9 re f Q 0 0 9 9 re f", (True, False)),
        (b"q 0 0 0 1 k 0 0 9 9 re f Q 1 0 0 0 k 0 0 9 9 re f", (False, False)),
        (b"q 0 0 0 1 k 0 0 9 9 re f Q Q 0 0 0 1 k 0 0 9 9 re f", (True, False)),
        (b"0 0 0 1 k 0 0 9 9 re f /X Do", (False, False)),
        (b"0 0 0 1 k 0 0 9 9 re f /S sh", (False, False)),
        (b"0 0 0 1 k 0 0 9 9 re f BI /W 1 /H 1 /IM true ID \0 EI", (False, False)),
    ],
)
def test_the_last_object_overprints_if_it_is_black_alone(content: bytes, over: tuple[bool, bool]) -> None:
    pdf = page_of(content)
    overprint_black(pdf)
    assert of_page(pdf)[-1].over == over


def test_invisible_text_changes_nothing() -> None:
    pdf = page_of(b"0 0 0 1 k BT 3 Tr (a) Tj ET")
    overprint_black(pdf)
    assert b"gs" not in pdf.pages[0].obj.Contents.read_bytes()


inks = st.sampled_from(["0 0 0 1", "0 0 0 0", "1 .45 .3 .35", "0 0 0 .75", "0 0 0 1.0", "0 0 0 .999"])
colours = st.one_of(
    st.tuples(inks, st.sampled_from(["k", "K"])).map(" ".join),
    inks.map("/DeviceCMYK cs {} scn".format),
    inks.map("/DeviceCMYK CS {} SCN".format),
    st.sampled_from(["/DeviceCMYK cs", "/DeviceCMYK CS", "0 g", "0 G", "0 0 0 rg", "/Pattern cs /P scn"]),
)
paints = st.sampled_from(
    [
        "0 0 9 9 re f",
        "0 0 9 9 re S",
        "0 0 9 9 re B",
        "0 0 9 9 re f*",
        "BT (a) Tj ET",
        "BT 1 Tr [(a)] TJ ET",
        "BT 2 Tr (a) Tj ET",
        "BT 3 Tr (a) Tj ET",
        "BT 0 Tr (a) Tj ET",
        "/X Do",
        "0 0 9 9 re W n",
    ]
)
contents = st.recursive(
    st.lists(st.one_of(colours, paints), max_size=6).map(" ".join),
    lambda inner: st.lists(st.one_of(inner, inner.map("q {} Q".format)), max_size=4).map(" ".join),
    max_leaves=12,
)


@given(contents)
def test_colours_stay_and_only_black_alone_overprints(content: str) -> None:
    pdf = page_of(content.encode())
    before = of_page(pdf)
    overprint_black(pdf)
    after = of_page(pdf)
    assert [paint[:3] for paint in after] == [paint[:3] for paint in before]
    for paint in after:
        assert paint.over == (paint.fill == BLACK, paint.stroke == BLACK)


def test_nested_forms_and_patterns_are_rewritten() -> None:
    pdf = page_of(b"0 0 0 1 k 0 0 9 9 re f /Outer Do /Pattern cs /Tile scn 9 9 9 9 re f")
    inner = form_of(pdf, b"0 0 0 1 k 0 0 9 9 re f")
    outer = form_of(pdf, b"/Inner Do 0 0 0 0 k 0 0 9 9 re f")
    outer["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner))
    tile = pdf.make_stream(
        b"0 0 0 1 K 0 0 9 9 re S",
        Type=pikepdf.Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 9, 9],
        XStep=9,
        YStep=9,
        Resources=pikepdf.Dictionary(),
    )
    resources = pdf.pages[0].resources
    resources.XObject = pikepdf.Dictionary(Outer=outer)
    resources.Pattern = pikepdf.Dictionary(Tile=tile)
    overprint_black(pdf)
    assert [paint.over for paint in painted(inner, inner.Resources)] == [(True, False)]
    assert [paint.over for paint in painted(outer, outer.Resources)] == [(False, False)] * 2
    assert [paint.over for paint in painted(tile, tile.Resources)] == [(False, True)]
    # A form inherits the state where it is drawn: without overprint.
    assert [paint.over for paint in of_page(pdf)] == [(True, False), (False, False), (False, False)]


def test_a_form_of_two_pages_is_rewritten_once() -> None:
    pdf = page_of(b"/Form Do")
    form = form_of(pdf, b"0 0 0 1 k 0 0 9 9 re f")
    pdf.pages[0].resources.XObject = pikepdf.Dictionary(Form=form)
    pdf.pages.append(pdf.pages[0])
    overprint_black(pdf)
    assert form.read_bytes().count(b"gs") == 1


def test_black_keeps_the_colour_beneath_and_white_takes_it_away() -> None:
    petrol = b"1 .45 .3 .35 k 0 0 144 144 re f "
    pdf = page_of(petrol + b"0 0 0 1 k 0 0 72 72 re f 0 0 0 0 k 72 72 72 72 re f")
    overprint_black(pdf)
    (plates,) = plates_of(saved(pdf), 72)
    assert plates.getpixel((36, 108)) == pytest.approx((255, 115, 77, 255), abs=1)
    assert plates.getpixel((108, 36)) == (0, 0, 0, 0)
    assert plates.getpixel((108, 108)) == pytest.approx((255, 115, 77, 89), abs=1)


def test_the_same_page_gives_the_same_bytes() -> None:
    def made() -> bytes:
        pdf = page_of(b"0 0 0 1 k 0 0 9 9 re f 1 0 0 0 K 0 0 m 9 9 l S")
        overprint_black(pdf)
        return saved(pdf)

    assert made() == made()


@pytest.mark.parametrize("name", ISSUES)
def test_only_black_overprints_on_shipped_pages(shipped: Path, name: str) -> None:
    with pikepdf.open(shipped / name / f"bulletin-{name}-press.pdf") as pdf:
        forms = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/BBox" in thing]
        streams: list[Any] = [(page.obj, page.resources) for page in pdf.pages]
        streams += [(form, form.Resources) for form in forms]
        paints = [paint for stream, resources in streams for paint in painted(stream, resources)]
    letters = [paint for paint in paints if paint.operator in TEXT and paint.fill == BLACK]
    assert len(letters) > 100
    assert all(paint.over == (True, False) for paint in letters)
    assert WHITE in {paint.fill for paint in paints}
    assert not any(paint.over[0] for paint in paints if paint.fill != BLACK)
    assert not any(paint.over[1] for paint in paints if paint.stroke != BLACK)

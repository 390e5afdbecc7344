"""The plates of a page: how much of each ink lands where, without a print shop's software.

A copy of the file is made in which cyan, magenta and yellow are drawn as what red, green and blue lack,
and another in which black is drawn as grey; pdfium draws both. Overprint is followed: where an object
leaves a plate alone, it is not drawn there.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageMath

from pipeline.colour_spaces import NO_INK, Inks, space_of
from pipeline.graphics_state import FILLS, STROKES, TEXT, GraphicsState

if TYPE_CHECKING:
    from collections.abc import Iterator

Inked = Image.Image
"""A page in its four inks: a CMYK picture, 0 for no ink and 255 for full."""

_POINTS_AN_INCH: Final = 72
_COLOURS: Final = frozenset(["g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"])
_WIDEST: Final = 2400
"""Pixels of a picture on a plate; more would not be seen at the sizes plates are looked at."""

_MOST_PIXELS: Final = 120_000_000
_DEEPEST: Final = 12
_INVISIBLE: Final = 3


def plates_of(data: bytes, ppi: int) -> Iterator[Inked]:
    """Give each page of a PDF in its four inks.

    Args:
        data: The file, which pikepdf can open.
        ppi: Pixels per inch.

    Yields:
        A CMYK picture over the page's MediaBox: 0 for no ink and 255 for full.
    """
    with pikepdf.open(io.BytesIO(data)) as colours, pikepdf.open(io.BytesIO(data)) as black:
        _Separation(colours, black).separate()
        drawn = zip(_drawn(colours, ppi, grey=False), _drawn(black, ppi, grey=True), strict=True)
        for light, dark in drawn:
            cyan, magenta, yellow = ImageChops.invert(light).split()
            yield Image.merge("CMYK", (cyan, magenta, yellow, ImageChops.invert(dark)))


def heaviest(inks: Image.Image) -> tuple[float, tuple[int, int, int, int]]:
    """Return the most ink on one spot in per cent, and the pixels around all spots with as much.

    Args:
        inks: A CMYK picture.
    """
    total = _total(inks)
    (_, most) = total.getextrema()
    assert isinstance(most, (int, float))  # noqa: S101 - a picture of one band has numbers
    where = total.point(lambda value: value - (most - 1)).convert("L").getbbox()
    return most / 255 * 100, where or (0, 0, 0, 0)


def _total(inks: Image.Image) -> Image.Image:
    parts = dict(zip("cmyk", inks.split(), strict=True))
    total: Image.Image = ImageMath.lambda_eval(
        lambda args: args["c"] + args["m"] + args["y"] + args["k"], **parts
    )
    return total


def _drawn(pdf: pikepdf.Pdf, ppi: int, *, grey: bool) -> Iterator[Image.Image]:
    target = io.BytesIO()
    pdf.save(target, compress_streams=False, static_id=True)
    document = pypdfium2.PdfDocument(target.getvalue())
    try:
        for page in document:
            bitmap = page.render(
                scale=ppi / _POINTS_AN_INCH, grayscale=grey, may_draw_forms=False, draw_annots=False
            )
            yield bitmap.to_pil().convert("L" if grey else "RGB")
            page.close()
    finally:
        document.close()


class _Separation:
    """Rewrites two copies of a file: one for the three colours, one for black.

    Args:
        colours: The copy for cyan, magenta and yellow.
        black: The copy for black.
    """

    def __init__(self, colours: pikepdf.Pdf, black: pikepdf.Pdf) -> None:
        self._colours = colours
        self._black = black
        self._done: set[tuple[int, int]] = set()

    def separate(self) -> None:
        """Rewrite every page, and what the pages hold."""
        for page, twin in zip(self._colours.pages, self._black.pages, strict=True):
            for one in (page, twin):
                for name in ("/CropBox", "/Rotate", "/UserUnit", "/Group"):
                    if name in one.obj:
                        del one.obj[name]
            resources = page.resources
            coloured, dark = self._rewritten(page.obj, resources)
            page.obj["/Contents"] = self._colours.make_stream(coloured)
            twin.obj["/Contents"] = self._black.make_stream(dark)
            self._separate_held(resources, 0)

    def _separate_held(self, resources: Any, depth: int) -> None:
        if depth > _DEEPEST or not isinstance(resources, pikepdf.Dictionary):
            return
        for kind in ("/XObject", "/Pattern"):
            held = resources.get(kind)
            for thing in held.values() if isinstance(held, pikepdf.Dictionary) else ():
                if isinstance(thing, pikepdf.Stream) and thing.objgen not in self._done:
                    self._done.add(thing.objgen)
                    self._separate_thing(thing, resources, depth)

    def _separate_thing(self, thing: Any, resources: Any, depth: int) -> None:
        twin = self._black.get_object(thing.objgen)
        if thing.get("/Subtype") == "/Image":
            if not thing.get("/ImageMask", False):
                _separate_picture(thing, twin, resources)
        elif thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1:
            inner = thing.get("/Resources", resources)
            coloured, dark = self._rewritten(thing, inner)
            thing.write(coloured)
            twin.write(dark)
            for one in (thing, twin):
                # A group's own colour space would convert what is drawn in it.
                if "/Group" in one and "/CS" in one.Group:
                    del one.Group["/CS"]
            self._separate_held(inner, depth + 1)

    def _rewritten(self, stream: Any, resources: Any) -> tuple[bytes, bytes]:
        coloured: list[Any] = []
        dark: list[Any] = []
        state, kept = GraphicsState(), []
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                continue
            operands, operator = instruction.operands, str(instruction.operator)
            if operator == "q":
                kept.append(state.saved())
            elif operator == "Q" and kept:
                state = kept.pop()
            elif operator in _COLOURS:
                state.set(operator, operands, resources)
                is_stroke = operator[0].isupper()
                paint = state.stroke if is_stroke else state.fill
                if paint.pattern:
                    coloured.append(instruction)
                    dark.append(instruction)
                else:
                    coloured.append(_light(paint.inks, is_stroke=is_stroke))
                    dark.append(_grey(paint.inks, is_stroke=is_stroke))
                continue
            else:
                state.set(operator, operands, resources)
            if operator in FILLS | STROKES | TEXT:
                coloured += _painted(instruction, operator, state, slice(0, 3))
                dark += _painted(instruction, operator, state, slice(3, 4))
            elif operator != "sh":
                coloured.append(instruction)
                dark.append(instruction)
        return pikepdf.unparse_content_stream(coloured), pikepdf.unparse_content_stream(dark)


def _light(inks: Inks, *, is_stroke: bool) -> Any:
    return _instruction([round(1 - ink, 5) for ink in inks[:3]], "RG" if is_stroke else "rg")


def _grey(inks: Inks, *, is_stroke: bool) -> Any:
    return _instruction([round(1 - inks[3], 5)], "G" if is_stroke else "g")


def _painted(instruction: Any, operator: str, state: GraphicsState, plates: slice) -> list[Any]:
    """Return a painting operator as it stands on some plates: less what overprint leaves alone there."""
    leaves_fill = state.fill_over and _leaves(state.fill, plates, state)
    leaves_stroke = state.stroke_over and _leaves(state.stroke, plates, state)
    if operator in TEXT:
        fills, strokes = state.text_mode in {0, 2, 4, 6}, state.text_mode in {1, 2, 5, 6}
        if (fills and not leaves_fill) or (strokes and not leaves_stroke) or not (fills or strokes):
            return [instruction]
        hidden = _instruction([_INVISIBLE], "Tr")
        return [hidden, instruction, _instruction([state.text_mode], "Tr")]
    fills = operator in FILLS and not leaves_fill
    strokes = operator in STROKES and not leaves_stroke
    if fills == (operator in FILLS) and strokes == (operator in STROKES):
        return [instruction]
    if fills:
        return [_instruction([], "f*" if "*" in operator else "f")]
    return (
        [_instruction([], "s" if operator.startswith("b") else "S")] if strokes else [_instruction([], "n")]
    )


def _leaves(paint: Any, plates: slice, state: GraphicsState) -> bool:
    """Tell whether a colour that overprints leaves some plates as they are."""
    if paint.pattern or paint.space is None:
        return False
    if paint.space.kind in {"Separation", "DeviceN"} or (
        paint.space.kind == "DeviceCMYK" and state.black_over
    ):
        return bool(paint.inks[plates] == NO_INK[plates])
    return False


def _separate_picture(picture: Any, twin: Any, resources: Any) -> None:
    inks = _picture_in_inks(picture, resources)
    cyan, magenta, yellow, black = (ImageChops.invert(plate) for plate in inks.split())
    for one, plate, space in (
        (picture, Image.merge("RGB", (cyan, magenta, yellow)), pikepdf.Name.DeviceRGB),
        (twin, black, pikepdf.Name.DeviceGray),
    ):
        one.write(plate.tobytes())
        one["/ColorSpace"] = space
        one["/Width"], one["/Height"], one["/BitsPerComponent"] = plate.width, plate.height, 8
        for name in ("/Decode", "/DecodeParms", "/Intent", "/Matte"):
            if name in one:
                del one[name]


def _picture_in_inks(picture: Any, resources: Any) -> Image.Image:
    """Return a picture in inks; one that cannot be decoded is drawn as nothing."""
    space = space_of(picture.get("/ColorSpace"), resources)
    try:
        if int(picture.Width) * int(picture.Height) > _MOST_PIXELS:
            return Image.new("CMYK", (1, 1))
        opened = _decoded(picture)
    except (OSError, ValueError, TypeError, AttributeError, NotImplementedError, pikepdf.PdfError):
        return Image.new("CMYK", (1, 1))
    if opened.width > _WIDEST:
        opened = opened.reduce(-(-opened.width // _WIDEST))
    if space is not None and space.kind in {"Separation", "DeviceN"} and opened.mode == "L":
        tables = [[round(part * 255) for part in space.inks((value / 255,))] for value in range(256)]
        return Image.merge("CMYK", [opened.point([row[plate] for row in tables]) for plate in range(4)])
    if opened.mode == "CMYK":
        return opened
    if opened.mode in {"L", "1"}:
        none = Image.new("L", opened.size)
        return Image.merge("CMYK", (none, none, none, ImageChops.invert(opened.convert("L"))))
    red, green, blue = (ImageChops.invert(plate) for plate in opened.convert("RGB").split())
    black = ImageChops.darker(ImageChops.darker(red, green), blue)
    return Image.merge("CMYK", [*(ImageChops.subtract(plate, black) for plate in (red, green, blue)), black])


def _decoded(picture: Any) -> Image.Image:
    filters = picture.get("/Filter")
    if filters == "/DCTDecode" or (isinstance(filters, pikepdf.Array) and list(filters) == ["/DCTDecode"]):
        opened = Image.open(io.BytesIO(picture.read_raw_bytes()), formats=("JPEG",))
        is_turned = "APP14" in getattr(opened, "app", {})
        opened.load()
        turns_back = "/Decode" in picture and [int(part) for part in picture.Decode][:2] == [1, 0]
        # The decoder turns the inks of such a file; the PDF says whether they are meant so.
        if opened.mode == "CMYK" and is_turned != turns_back:
            return ImageChops.invert(opened)
        return opened
    return pikepdf.PdfImage(picture).as_pil_image()


def _instruction(operands: list[Any], operator: str) -> Any:
    return (operands, pikepdf.Operator(operator))

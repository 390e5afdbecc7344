"""What a page of a PDF paints: each object with its place and colours, and what holds there.

It follows ISO 32000-2, chapters 8 and 9, and is made for files of strangers: content without end, forms
that hold themselves and operators with the wrong operands stop the reading of a page with
`UnreadableContentError`, and with nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.graphics_state import FILLS, IDENTITY, STROKES, TEXT, GraphicsState, Matrix, product
from pipeline.type_metrics import TypeMetrics

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_INSTRUCTIONS: Final = 3_000_000
"""Of a page, forms counted as often as they are drawn; a dense map has some hundred thousand."""

DEEPEST: Final = 16
_MOST_SAVED: Final = 4096
_PATH_ENDS: Final = FILLS | STROKES | {"n"}
_FAULTS: Final = (
    pikepdf.PikepdfError,
    TypeError,
    ValueError,
    IndexError,
    KeyError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    RecursionError,
    ArithmeticError,
)


class UnreadableContentError(Exception):
    """The content of a page cannot be followed; the message says why, in English."""


class Area(NamedTuple):
    """Left, bottom, right and top in points."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Area) -> Area:
        """Return what lies in both; right may then lie before left."""
        return Area(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies in it."""
        return self.right < self.left or self.top < self.bottom

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


class Painted(NamedTuple):
    """Something a page paints.

    Args:
        kind: `path`, `text`, `picture` or `shading`.
        area: The part of the page it takes, clipped.
        fills: Whether it is filled.
        strokes: Whether its outline is drawn.
        state: What holds there.
        scale: How much larger a unit of the object is on the page.
        held: The picture, or None.
        codes: The codes of a text.
        is_marked: Whether it is tagged, or marked as an artifact.
    """

    kind: str
    area: Area
    fills: bool
    strokes: bool
    state: GraphicsState
    scale: float = 1.0
    held: Any = None
    codes: tuple[int, ...] = ()
    is_marked: bool = False


def painted(page: pikepdf.Page, fonts: dict[Any, TypeMetrics]) -> Iterator[Painted]:
    """Give what a page paints, in order.

    Args:
        page: The page.
        fonts: What is known of fonts already; filled on the way.

    Raises:
        UnreadableContentError: The content cannot be followed.
    """
    try:
        box = Area(*(float(side) for side in page.mediabox))
        reader = _Reader(box, fonts)
        yield from reader.read(page.obj, page.resources, GraphicsState(), box, 0)
    except _FAULTS as fault:
        raise UnreadableContentError(str(fault).split("\n")[0][:120] or type(fault).__name__) from fault


class _Path:
    """The corners of a path under construction, in its own units."""

    __slots__ = ("bottom", "left", "right", "top")

    def __init__(self) -> None:
        self.left = self.bottom = float("inf")
        self.right = self.top = float("-inf")

    def add(self, x: float, y: float) -> None:
        self.left, self.right = min(self.left, x), max(self.right, x)
        self.bottom, self.top = min(self.bottom, y), max(self.top, y)

    def area(self, matrix: Matrix) -> Area | None:
        """Return the area on the page, None for a path without points."""
        if self.left > self.right:
            return None
        return _transformed(self.left, self.bottom, self.right, self.top, matrix)


def _transformed(left: float, bottom: float, right: float, top: float, matrix: Matrix) -> Area:
    a, b, c, d, e, f = matrix
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return Area(min(across), min(up), max(across), max(up))


class _Reader:
    """Follows the content of one page."""

    def __init__(self, page: Area, fonts: dict[Any, TypeMetrics]) -> None:
        self._page = page
        self._fonts = fonts
        self._count = 0
        self._marks: list[bool] = []

    def read(  # noqa: C901, PLR0912, PLR0915 - one case a group of operators
        self,
        stream: Any,
        resources: Any,
        state: GraphicsState,
        clip: Area,
        depth: int,
    ) -> Iterator[Painted]:
        if depth > DEEPEST:
            message = "forms within forms"
            raise UnreadableContentError(message)
        kept: list[tuple[GraphicsState, Area]] = []
        path, clips = _Path(), False
        text: Matrix = IDENTITY
        line: Matrix = IDENTITY
        for instruction in pikepdf.parse_content_stream(stream):
            self._count += 1
            if self._count > MOST_INSTRUCTIONS:
                message = "too many instructions"
                raise UnreadableContentError(message)
            operator = str(instruction.operator)
            operands: Any = instruction.operands
            if operator in _BUILDERS:
                numbers = [float(part) for part in operands]
                if operator == "re":
                    path.add(numbers[0], numbers[1])
                    path.add(numbers[0] + numbers[2], numbers[1] + numbers[3])
                else:
                    for at in range(0, len(numbers) - 1, 2):
                        path.add(numbers[at], numbers[at + 1])
            elif operator in _PATH_ENDS:
                area = path.area(state.matrix)
                if area is not None and operator != "n":
                    yield self._of_path(operator, area, clip, state)
                if clips and area is not None:
                    clip = clip.within(area)
                path, clips = _Path(), False
            elif operator in {"W", "W*"}:
                clips = True
            elif operator == "q":
                if len(kept) >= _MOST_SAVED:
                    message = "the graphics state is saved without end"
                    raise UnreadableContentError(message)
                kept.append((state.saved(), clip))
            elif operator == "Q":
                if kept:
                    state, clip = kept.pop()
            elif operator == "BT":
                text = line = IDENTITY
            elif operator == "Tm":
                a, b, c, d, e, f = (float(part) for part in operands)
                text = line = (a, b, c, d, e, f)
            elif operator in {"Td", "TD"}:
                x, y = float(operands[0]), float(operands[1])
                if operator == "TD":
                    state.leading = -y
                text = line = product((1, 0, 0, 1, x, y), line)
            elif operator == "T*":
                text = line = product((1, 0, 0, 1, 0, -state.leading), line)
            elif operator in TEXT:
                if operator in {"'", '"'}:
                    text = line = product((1, 0, 0, 1, 0, -state.leading), line)
                shown, text = self._of_text(operator, operands, text, clip, state)
                if shown is not None:
                    yield shown
            elif operator == "Do":
                yield from self._of_object(operands, resources, state, clip, depth)
            elif operator == "sh":
                yield Painted(
                    "shading", clip, fills=True, strokes=False, state=state.saved(), is_marked=self._is_marked
                )
            elif isinstance(instruction, pikepdf.ContentStreamInlineImage):
                held = instruction.iimage
                area = _transformed(0, 0, 1, 1, state.matrix).within(clip)
                yield Painted(
                    "picture",
                    area,
                    fills=True,
                    strokes=False,
                    state=state.saved(),
                    held=held,
                    is_marked=self._is_marked,
                )
            elif operator in {"BDC", "BMC"}:
                self._marks.append(_marks(operands))
            elif operator == "EMC":
                if self._marks:
                    self._marks.pop()
            else:
                state.set(operator, operands, resources)

    @property
    def _is_marked(self) -> bool:
        return any(self._marks)

    def _of_path(self, operator: str, area: Area, clip: Area, state: GraphicsState) -> Painted:
        a, b, c, d, _, _ = state.matrix
        scale = abs(a * d - b * c) ** 0.5
        strokes = operator in STROKES
        if strokes:
            half = state.line_width * scale / 2
            area = Area(area.left - half, area.bottom - half, area.right + half, area.top + half)
        return Painted(
            "path",
            area.within(clip),
            operator in FILLS,
            strokes,
            state.saved(),
            scale,
            is_marked=self._is_marked,
        )

    def _of_text(
        self,
        operator: str,
        operands: Any,
        text: Matrix,
        clip: Area,
        state: GraphicsState,
    ) -> tuple[Painted | None, Matrix]:
        """Return what a text operator shows, and where the next begins."""
        metrics = self._metrics(state.font)
        parts = operands[-1] if operator == "TJ" else [operands[-1]]
        codes: list[int] = []
        advance = 0.0
        size = state.font_size
        for part in parts:
            if isinstance(part, (pikepdf.String, bytes)):
                shown = metrics.codes(bytes(part))
                codes += shown
                spaces = sum(1 for code in shown if code == metrics.space)
                width = sum(metrics.width(code) for code in shown) * size
                advance += width + state.character_spacing * len(shown) + state.word_spacing * spaces
            else:
                advance -= float(part) / 1000 * size
        advance *= state.scaling
        place = product(text, state.matrix)
        box = _transformed(
            0, metrics.descent * size + state.rise, advance, metrics.ascent * size + state.rise, place
        )
        after = product((1, 0, 0, 1, advance, 0), text)
        if not codes or state.text_mode == _INVISIBLE:
            return None, after
        a, b, c, d, _, _ = place
        scale = abs(a * d - b * c) ** 0.5
        mode = state.text_mode
        return Painted(
            "text",
            box.within(clip),
            mode in {0, 2, 4, 6},
            mode in {1, 2, 5, 6},
            state.saved(),
            scale,
            codes=tuple(codes),
            is_marked=self._is_marked,
        ), after

    def _metrics(self, font: Any) -> TypeMetrics:
        key = font.objgen if font is not None and font.is_indirect else id(font)
        if key not in self._fonts:
            self._fonts[key] = TypeMetrics(font)
        return self._fonts[key]

    def _of_object(
        self,
        operands: Any,
        resources: Any,
        state: GraphicsState,
        clip: Area,
        depth: int,
    ) -> Iterator[Painted]:
        held: Any = resources.get("/XObject", {}) if isinstance(resources, pikepdf.Dictionary) else {}
        thing = held.get(str(operands[0])) if isinstance(held, pikepdf.Dictionary) else None
        if not isinstance(thing, pikepdf.Stream):
            return
        if thing.get("/Subtype") == "/Image":
            area = _transformed(0, 0, 1, 1, state.matrix).within(clip)
            yield Painted(
                "picture",
                area,
                fills=True,
                strokes=False,
                state=state.saved(),
                held=thing,
                is_marked=self._is_marked,
            )
        elif thing.get("/Subtype") == "/Form":
            inner = state.saved()
            matrix = thing.get("/Matrix")
            if matrix is not None:
                a, b, c, d, e, f = (float(part) for part in matrix)
                inner.matrix = product((a, b, c, d, e, f), inner.matrix)
            if "/BBox" in thing:
                left, bottom, right, top = (float(part) for part in thing.BBox)
                clip = clip.within(_transformed(left, bottom, right, top, inner.matrix))
            yield from self.read(thing, thing.get("/Resources", resources), inner, clip, depth + 1)


_INVISIBLE: Final = 3
_BUILDERS: Final = frozenset({"m", "l", "c", "v", "y", "re"})


def _marks(operands: Any) -> bool:
    """Tell whether marked content is tagged or an artifact (14.6, 14.8.2)."""
    if not len(operands):
        return False
    if str(operands[0]) == "/Artifact":
        return True
    return len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]

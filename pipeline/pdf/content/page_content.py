"""The content of a page of a PDF, followed operator by operator: what it paints, and what holds there.

It follows ISO 32000-2, chapters 8 and 9, and is made for files of strangers: content without end, forms
that hold themselves and operators with the wrong operands stop the reading of a page with
`UnreadableContentError`, and with nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.pdf.content.areas import EVERYWHERE, Area, area_of, rectangle
from pipeline.pdf.content.colour_spaces import space_of
from pipeline.pdf.content.font_metrics import TypeMetrics
from pipeline.pdf.content.graphics_state import (
    FILLS,
    IDENTITY,
    SETTING,
    STROKES,
    TEXT,
    GraphicsState,
    Matrix,
    Paint,
    matrix_of,
    named,
    product,
    scale_of,
)
from pipeline.pdf.content.painted_objects import Painted, picture_of
from pipeline.pdf.content.shown_text import ShownText, shown_text
from pipeline.pdf.content.stream_limits import MOST_OPERATORS, TooLargeError, check_content

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_INSTRUCTIONS: Final = MOST_OPERATORS
"""Of a page, forms counted as often as they are drawn; a dense map has some hundred thousand."""

DEEPEST: Final = 16
_COST_OF_FORM: Final = 20
"""Instructions in whose time a form is begun."""

_MOST_SAVED: Final = 4096
_INVISIBLE: Final = 3
_PATH_ENDS: Final = FILLS | STROKES | {"n"}
_BUILDERS: Final = frozenset({"m", "l", "c", "v", "y"})
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


class EndlessContentError(UnreadableContentError):
    """There is more of it than anybody needs: whoever drew the page would not come to an end."""


def painted(page: pikepdf.Page, fonts: dict[Any, TypeMetrics]) -> Iterator[Painted]:
    """Give what a page paints, in order.

    A tiling pattern is followed where it is first used; what it paints stands there.

    Args:
        page: The page.
        fonts: What is known of fonts already; filled on the way.

    Raises:
        UnreadableContentError: The content cannot be followed.
    """
    try:
        reader = _Reader(rectangle(page.mediabox), fonts)
        yield from reader.read(page.obj, page.resources, GraphicsState(), EVERYWHERE, 0)
    except TooLargeError as fault:
        raise EndlessContentError(str(fault)) from fault
    except _FAULTS as fault:
        raise UnreadableContentError(str(fault).split("\n")[0][:120] or type(fault).__name__) from fault


class _Reader:
    """Follows the content of one page."""

    def __init__(self, page: Area, fonts: dict[Any, TypeMetrics]) -> None:
        self._page = page
        self._fonts = fonts
        self._count = 0
        self._marks: list[bool] = []
        self._patterns: set[tuple[int, int]] = set()

    def read(  # noqa: C901, PLR0912, PLR0915 - one case a group of operators
        self,
        stream: Any,
        resources: Any,
        state: GraphicsState,
        clip: Area,
        depth: int,
    ) -> Iterator[Painted]:
        kept: list[tuple[GraphicsState, Area]] = []
        across: list[Any] = []
        up: list[Any] = []
        clips = False
        text: Matrix = IDENTITY
        line: Matrix = IDENTITY
        is_shared = True  # whether the state is held elsewhere too, and must be copied before it changes
        begun = len(self._marks)
        for instruction in self._instructions(stream, depth):
            operator = str(instruction.operator)
            if operator in _PATH_ENDS:
                if across:
                    area = area_of(across, up, state.matrix)
                    if operator != "n":
                        is_shared = True
                        yield self._of_path(operator, area, clip, state)
                        yield from self._of_patterns(operator, area.within(clip), state, resources, depth)
                    clip = clip.within(area) if clips else clip
                    across, up = [], []
                clips = False
                continue
            if operator == "q":
                if len(kept) >= _MOST_SAVED:
                    message = "the graphics state is saved without end"
                    raise EndlessContentError(message)
                kept.append((state, clip))
                is_shared = True
                continue
            if operator == "Q":
                if kept:
                    state, clip = kept.pop()
                    is_shared = True
                continue
            if operator == "EMC":
                del self._marks[max(begun, len(self._marks) - 1) :]
                continue
            operands: Any = instruction.operands
            if operator in _BUILDERS:
                numbers = [*operands]
                across += numbers[::2]
                up += numbers[1::2]
            elif operator == "re":
                x, y, width, height = (float(part) for part in operands)
                across += (x, x + width)
                up += (y, y + height)
            elif operator in {"W", "W*"}:
                clips = True
            elif operator == "BT":
                text = line = IDENTITY
            elif operator == "Tm":
                a, b, c, d, e, f = (float(part) for part in operands)
                text = line = (a, b, c, d, e, f)
            elif operator in {"Td", "TD"}:
                x, y = float(operands[0]), float(operands[1])
                if operator == "TD":
                    state, is_shared = state.saved(), False
                    state.leading = -y
                text = line = product((1, 0, 0, 1, x, y), line)
            elif operator in TEXT or operator == "T*":
                if operator not in {"Tj", "TJ"}:
                    text = line = product((1, 0, 0, 1, 0, -state.leading), line)
                if operator == "T*":
                    continue
                if operator == '"':
                    state = state.saved()
                    state.word_spacing, state.character_spacing = float(operands[0]), float(operands[1])
                is_shared = True
                shown = shown_text(operator, operands, text, state, self._metrics(state.font))
                text = shown.after
                if shown.codes and state.text_mode != _INVISIBLE:
                    yield self._of_text(shown, clip, state)
                    yield from self._of_patterns("f", shown.area.within(clip), state, resources, depth)
            elif operator == "Do":
                is_shared = True
                yield from self._of_object(operands, resources, state, clip, depth)
            elif operator == "sh":
                is_shared = True
                yield self._of_shading(named(resources, "/Shading", operands[0]), clip, state, resources)
            elif operator == "INLINE IMAGE":
                is_shared = True
                yield self._of_picture(operands[0], resources, state, clip)
            elif operator in {"BDC", "BMC"}:
                self._marks.append(_marks(operands, resources))
            elif operator in SETTING:
                if is_shared:
                    state, is_shared = state.saved(), False
                state.set(operator, operands, resources)
        del self._marks[begun:]

    def _instructions(self, stream: Any, depth: int) -> Any:
        """Part a stream into instructions, unless it is deeper or larger than anybody needs."""
        if depth > DEEPEST:
            message = "forms within forms"
            raise EndlessContentError(message)
        check_content(stream)
        instructions = pikepdf.parse_content_stream(stream)
        self._count += len(instructions)
        if self._count > MOST_INSTRUCTIONS:
            message = "too many instructions"
            raise EndlessContentError(message)
        return instructions

    def _of_path(self, operator: str, area: Area, clip: Area, state: GraphicsState) -> Painted:
        scale = scale_of(state.matrix)
        strokes = operator in STROKES
        if strokes:
            half = state.line_width * scale / 2
            area = Area(area.left - half, area.bottom - half, area.right + half, area.top + half)
        shown = area.within(clip).within(self._page)
        return Painted("path", shown, operator in FILLS, strokes, state, scale, is_marked=True in self._marks)

    def _of_text(self, shown: ShownText, clip: Area, state: GraphicsState) -> Painted:
        return Painted(
            "text",
            shown.area.within(clip),
            state.text_mode in {0, 2, 4, 6},
            state.text_mode in {1, 2, 5, 6},
            state,
            shown.scale,
            codes=shown.codes,
            is_marked=True in self._marks,
        )

    def _metrics(self, font: Any) -> TypeMetrics:
        key = font.objgen if font is not None and font.is_indirect else id(font)
        if key not in self._fonts:
            self._fonts[key] = TypeMetrics(font)
        return self._fonts[key]

    def _of_object(
        self, operands: Any, resources: Any, state: GraphicsState, clip: Area, depth: int
    ) -> Iterator[Painted]:
        thing = named(resources, "/XObject", operands[0])
        if not isinstance(thing, pikepdf.Stream):
            return
        if thing.get("/Subtype") == "/Image":
            yield self._of_picture(thing, resources, state, clip)
        elif thing.get("/Subtype") == "/Form":
            inner = state.saved()
            inner.matrix = product(matrix_of(thing), inner.matrix)
            if "/BBox" in thing:
                bounds = rectangle(thing.BBox)
                clip = clip.within(area_of(bounds[::2], bounds[1::2], inner.matrix))
            self._count += _COST_OF_FORM
            yield from self.read(thing, thing.get("/Resources", resources), inner, clip, depth + 1)

    def _of_picture(self, held: Any, resources: Any, state: GraphicsState, clip: Area) -> Painted:
        pixels, space = picture_of(held, resources)
        return Painted(
            "picture",
            area_of((0, 1), (0, 1), state.matrix).within(clip).within(self._page),
            fills=pixels.is_stencil,
            strokes=False,
            state=state,
            pixels=pixels,
            space=space,
            is_marked=True in self._marks,
        )

    def _of_shading(self, held: Any, area: Area, state: GraphicsState, resources: Any) -> Painted:
        space = space_of(held.get("/ColorSpace"), resources) if _has_entries(held) else None
        shown = area.within(self._page)
        marked = True in self._marks
        return Painted(
            "shading", shown, fills=False, strokes=False, state=state, space=space, is_marked=marked
        )

    def _of_patterns(
        self, operator: str, area: Area, state: GraphicsState, resources: Any, depth: int
    ) -> Iterator[Painted]:
        """Give what the patterns paint that something is filled or drawn with (8.7)."""
        for paint, is_used in ((state.fill, operator in FILLS), (state.stroke, operator in STROKES)):
            if is_used and paint.pattern:
                yield from self._of_pattern(paint, area, state, resources, depth)

    def _of_pattern(
        self, paint: Paint, area: Area, state: GraphicsState, resources: Any, depth: int
    ) -> Iterator[Painted]:
        pattern = named(resources, "/Pattern", paint.pattern)
        if not _has_entries(pattern) or pattern.objgen in self._patterns:
            return
        if pattern.is_indirect:
            self._patterns.add(pattern.objgen)
        if "/Shading" in pattern:
            yield self._of_shading(pattern.Shading, area, state, resources)
        elif isinstance(pattern, pikepdf.Stream) and pattern.get("/PaintType") == 1:
            inner = GraphicsState(matrix_of(pattern))
            held = pattern.get("/Resources", resources)
            marked = True in self._marks
            for thing in self.read(pattern, held, inner, EVERYWHERE, depth + 1):
                yield thing._replace(area=area.within(self._page), is_marked=marked)


def _has_entries(held: Any) -> bool:
    return isinstance(held, (pikepdf.Dictionary, pikepdf.Stream))


def _marks(operands: Any, resources: Any) -> bool:
    """Tell whether marked content is tagged or an artifact (14.6, 14.8.2)."""
    if not len(operands):
        return False
    if str(operands[0]) == "/Artifact":
        return True
    entries = operands[1] if len(operands) > 1 else None
    if isinstance(entries, pikepdf.Name):
        entries = named(resources, "/Properties", entries)
    return isinstance(entries, pikepdf.Dictionary) and "/MCID" in entries

"""Content streams of a PDF, interpreted operator by operator (ISO 32000-2, chapters 8 and 9).

An interpreter follows one stream: that of a page, form or pattern. Those of one page share a `PageContext`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.pdf.content.areas import EVERYWHERE, Area, area_of, rectangle
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS, FAULTS_OF_THE_FILE, MalformedError
from pipeline.pdf.content.colour_spaces import space_of
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
from pipeline.pdf.content.operand_types import wrong_operator
from pipeline.pdf.content.painting.marked_content import is_tagged
from pipeline.pdf.content.painting.painted_objects import Painted, picture_of
from pipeline.pdf.content.painting.shown_text import ShownText, shown_text
from pipeline.pdf.content.stream_limits import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.pdf.content.painting.page_context import PageContext

_MOST_SAVED: Final = 4096
_INVISIBLE: Final = 3
"""The text rendering mode in which nothing is painted (9.3.6)."""


class Interpreter:
    """Interprets one content stream.

    Args:
        context: What the streams of the page share.
        resources: Where names are looked up.
        state: The graphics state in which the stream begins; it is not changed.
        clip: The clipping area in which it begins.
        depth: How many forms and patterns the stream is nested in.
    """

    def __init__(
        self, context: PageContext, resources: Any, state: GraphicsState, clip: Area, depth: int
    ) -> None:
        """Begin a stream."""
        self._context = context
        self._resources = resources
        self._state = state
        # Whether the state is referred to elsewhere too, and must be copied before it changes.
        self._is_shared = True
        self._clip = clip
        self._depth = depth
        self._saved: list[tuple[GraphicsState, Area]] = []
        self._xs: list[Any] = []
        self._ys: list[Any] = []
        self._path_clips = False
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._first_mark = len(context.marks)

    def painted(self, stream: Any) -> Iterator[Painted]:
        """Yield what the stream paints, in order.

        Raises:
            TooLargeError: There is more of it than any page needs.
            MalformedError: An operator has other operands than it takes.
            pikepdf.PdfError: The stream cannot be read.
        """
        instructions = self._context.instructions(stream, self._depth)
        for instruction in instructions:
            operator = str(instruction.operator)
            handler = _HANDLERS.get(operator)
            try:
                if handler is not None and (objects := handler(self, operator, instruction)) is not None:
                    yield from objects
            except FAULTS_OF_THE_FILE:
                raise
            except BROKEN_PDF_ERRORS as fault:
                # Asked only here, for most operators have what they take; those of a path are used later.
                wrong = wrong_operator(instructions)
                if wrong is None:
                    raise
                raise MalformedError(wrong) from fault
        del self._context.marks[self._first_mark :]

    def add_points(self, _: str, instruction: Any) -> None:
        """Add points to the path; a curve is represented by its control points (8.5.2)."""
        numbers = [*instruction.operands]
        self._xs += numbers[::2]
        self._ys += numbers[1::2]

    def add_rectangle(self, _: str, instruction: Any) -> None:
        """Add a rectangle to the path."""
        x, y, width, height = (float(part) for part in instruction.operands)
        self._xs += (x, x + width)
        self._ys += (y, y + height)

    def clip_to_path(self, *_: Any) -> None:
        """Note that the path clips when it has been painted (8.5.4)."""
        self._path_clips = True

    def end_path(self, operator: str, _: Any) -> Iterator[Painted]:
        """Paint the path."""
        if self._xs:
            area = area_of(self._xs, self._ys, self._state.matrix)
            if operator != "n":
                self._is_shared = True
                yield self._path(operator, area)
                yield from self._patterns(operator, area.within(self._clip))
            if self._path_clips:
                self._clip = self._clip.within(area)
            self._xs, self._ys = [], []
        self._path_clips = False

    def save(self, *_: Any) -> None:
        """Save the graphics state.

        Raises:
            TooLargeError: It is saved more often than any page does.
        """
        if len(self._saved) >= _MOST_SAVED:
            message = "the graphics state is saved without end"
            raise TooLargeError(message)
        self._saved.append((self._state, self._clip))
        self._is_shared = True

    def restore(self, *_: Any) -> None:
        """Restore the graphics state; without a saved one, nothing changes."""
        if self._saved:
            self._state, self._clip = self._saved.pop()
            self._is_shared = True

    def set(self, operator: str, instruction: Any) -> None:
        """Set a part of the graphics state."""
        self._own_state().set(operator, instruction.operands, self._resources)

    def begin_text(self, *_: Any) -> None:
        """Begin a text object (9.4.1)."""
        self._text = self._line = IDENTITY

    def set_text_matrix(self, _: str, instruction: Any) -> None:
        """Set the text matrix."""
        a, b, c, d, e, f = (float(part) for part in instruction.operands)
        self._text = self._line = (a, b, c, d, e, f)

    def move_text(self, operator: str, instruction: Any) -> None:
        """Begin a line at an offset from the beginning of the last one."""
        operands: Any = instruction.operands
        x, y = float(operands[0]), float(operands[1])
        if operator == "TD":
            self._own_state().leading = -y
        self._move_line(x, y)

    def next_line(self, *_: Any) -> None:
        """Begin a line below the last one."""
        self._move_line(0, -self._state.leading)

    def show_text(self, operator: str, instruction: Any) -> Iterator[Painted]:
        """Show text."""
        operands: Any = instruction.operands
        if operator in {"'", '"'}:
            self.next_line()
        if operator == '"':
            state = self._own_state()
            state.word_spacing, state.character_spacing = float(operands[0]), float(operands[1])
        self._is_shared = True
        metrics = self._context.metrics(self._state.font)
        parts = operands[-1] if operator == "TJ" else [operands[-1]]
        shown = shown_text(parts, self._text, self._state, metrics)
        self._text = shown.after
        if shown.codes and self._state.text_mode != _INVISIBLE:
            yield self._shown(shown)
            yield from self._patterns("f", shown.area.within(self._clip))

    def draw_object(self, _: str, instruction: Any) -> Iterator[Painted]:
        """Draw a picture or form (8.8)."""
        self._is_shared = True
        drawn = named(self._resources, "/XObject", instruction.operands[0])
        if not isinstance(drawn, pikepdf.Stream):
            return
        if drawn.get("/Subtype") == "/Image":
            yield self._picture(drawn)
        elif drawn.get("/Subtype") == "/Form":
            yield from self._form(drawn)

    def draw_inline_picture(self, _: str, instruction: Any) -> Iterable[Painted]:
        """Draw an inline image (8.9.7)."""
        self._is_shared = True
        return [self._picture(instruction.operands[0])]

    def paint_shading(self, _: str, instruction: Any) -> Iterable[Painted]:
        """Paint a gradient over the clipping area."""
        self._is_shared = True
        return [self._shading(named(self._resources, "/Shading", instruction.operands[0]), self._clip)]

    def begin_marked(self, _: str, instruction: Any) -> None:
        """Begin marked content."""
        self._context.marks.append(is_tagged(instruction.operands, self._resources))

    def end_marked(self, *_: Any) -> None:
        """End marked content; what another stream began is left open."""
        marks = self._context.marks
        del marks[max(self._first_mark, len(marks) - 1) :]

    def _own_state(self) -> GraphicsState:
        """Return the graphics state to be changed, which nothing else refers to."""
        if self._is_shared:
            self._state, self._is_shared = self._state.saved(), False
        return self._state

    def _move_line(self, x: float, y: float) -> None:
        self._text = self._line = product((1, 0, 0, 1, x, y), self._line)

    def _path(self, operator: str, area: Area) -> Painted:
        scale = scale_of(self._state.matrix)
        strokes = operator in STROKES
        if strokes:
            half = self._state.line_width * scale / 2
            area = Area(area.left - half, area.bottom - half, area.right + half, area.top + half)
        return Painted(
            "path",
            area.within(self._clip).within(self._context.bounds),
            fills=operator in FILLS,
            strokes=strokes,
            state=self._state,
            scale=scale,
            is_marked=self._context.is_marked,
        )

    def _shown(self, shown: ShownText) -> Painted:
        return Painted(
            "text",
            shown.area.within(self._clip),
            fills=self._state.text_mode in {0, 2, 4, 6},
            strokes=self._state.text_mode in {1, 2, 5, 6},
            state=self._state,
            scale=shown.scale,
            codes=shown.codes,
            is_marked=self._context.is_marked,
        )

    def _picture(self, picture: Any) -> Painted:
        pixels, space = picture_of(picture, self._resources)
        return Painted(
            "picture",
            area_of((0, 1), (0, 1), self._state.matrix).within(self._clip).within(self._context.bounds),
            fills=pixels.is_stencil,
            strokes=False,
            state=self._state,
            pixels=pixels,
            space=space,
            is_marked=self._context.is_marked,
        )

    def _shading(self, shading: Any, area: Area) -> Painted:
        space = space_of(shading.get("/ColorSpace"), self._resources) if _has_entries(shading) else None
        return Painted(
            "shading",
            area.within(self._context.bounds),
            fills=False,
            strokes=False,
            state=self._state,
            space=space,
            is_marked=self._context.is_marked,
        )

    def _form(self, form: Any) -> Iterator[Painted]:
        state = self._state.saved()
        state.matrix = product(matrix_of(form), state.matrix)
        clip = self._clip
        if "/BBox" in form:
            bounds = rectangle(form.BBox)
            clip = clip.within(area_of(bounds[::2], bounds[1::2], state.matrix))
        self._context.count_form()
        inner = Interpreter(
            self._context, form.get("/Resources", self._resources), state, clip=clip, depth=self._depth + 1
        )
        yield from inner.painted(form)

    def _patterns(self, operator: str, area: Area) -> Iterator[Painted]:
        """Yield the objects of the patterns that fill or stroke an area (8.7)."""
        state = self._state
        for paint, is_used in ((state.fill, operator in FILLS), (state.stroke, operator in STROKES)):
            if is_used and paint.pattern:
                yield from self._pattern(paint, area)

    def _pattern(self, paint: Paint, area: Area) -> Iterator[Painted]:
        pattern = named(self._resources, "/Pattern", paint.pattern)
        if not _has_entries(pattern) or pattern.objgen in self._context.seen_patterns:
            return
        if pattern.is_indirect:
            self._context.seen_patterns.add(pattern.objgen)
        if "/Shading" in pattern:
            yield self._shading(pattern.Shading, area)
        elif isinstance(pattern, pikepdf.Stream) and pattern.get("/PaintType") == 1:
            resources = pattern.get("/Resources", self._resources)
            state = GraphicsState(matrix_of(pattern), resources)
            is_marked = self._context.is_marked
            inner = Interpreter(self._context, resources, state, clip=EVERYWHERE, depth=self._depth + 1)
            for thing in inner.painted(pattern):
                yield thing._replace(area=area.within(self._context.bounds), is_marked=is_marked)


def _has_entries(value: Any) -> bool:
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Stream))


_HANDLERS: Final[dict[str, Callable[[Interpreter, str, Any], Iterable[Painted] | None]]] = {
    **dict.fromkeys(SETTING, Interpreter.set),
    **dict.fromkeys(("m", "l", "c", "v", "y"), Interpreter.add_points),
    "re": Interpreter.add_rectangle,
    **dict.fromkeys(("W", "W*"), Interpreter.clip_to_path),
    **dict.fromkeys(FILLS | STROKES | {"n"}, Interpreter.end_path),
    "q": Interpreter.save,
    "Q": Interpreter.restore,
    "BT": Interpreter.begin_text,
    "Tm": Interpreter.set_text_matrix,
    **dict.fromkeys(("Td", "TD"), Interpreter.move_text),
    "T*": Interpreter.next_line,
    **dict.fromkeys(TEXT, Interpreter.show_text),
    "Do": Interpreter.draw_object,
    "sh": Interpreter.paint_shading,
    "INLINE IMAGE": Interpreter.draw_inline_picture,
    **dict.fromkeys(("BDC", "BMC"), Interpreter.begin_marked),
    "EMC": Interpreter.end_marked,
}

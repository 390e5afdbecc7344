"""A PDF rewritten for its plates: copies in which each ink is drawn as the light it takes away.

Overprint is simulated (ISO 32000-2, 8.6.7): an object is not drawn on plates that it leaves unchanged.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.colour_spaces import BLACK
from pipeline.pdf.content.graphics_state import FILLS, STROKES, TEXT, GraphicsState
from pipeline.pdf.plates.operators import Plate, draw_picture, instruction_of, painted, touched_inks
from pipeline.pdf.plates.pictures import picture_in_inks
from pipeline.pdf.plates.shadings import inks_along, put_on_plate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.content.colour_spaces import Inks
    from pipeline.pdf.content.graphics_state import Paint

_COLOURS: Final = frozenset(["g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"])
_DEEPEST: Final = 12
_MOST_SAVED: Final = 4096
_MARK: Final = "/OfPlates"
"""A name that only we give: to colour spaces, pictures, and shadings that are done."""

_NONE_LEFT: Final = (False,) * 4
_IGNORED_ENTRIES: Final = ("/CropBox", "/Rotate", "/UserUnit", "/Group")


class _Content(NamedTuple):
    """The rewritten content of a stream.

    Args:
        instructions: Those written so far, for each plate.
        resources: Its resources, in each copy.
        depth: How many forms it is nested in.
    """

    instructions: tuple[list[Any], ...]
    resources: tuple[Any, ...]
    depth: int

    def put(self, instruction: Any) -> None:
        """Add an instruction to every plate."""
        for plate in self.instructions:
            plate.append(instruction)


class Separation:
    """Rewrites copies of one file, each for its inks.

    Args:
        plates: The copies.
    """

    def __init__(self, plates: Sequence[Plate]) -> None:
        """Begin with nothing rewritten."""
        self._plates = tuple(plates)
        self._done: set[Any] = set()
        self._pictures = 0
        self.parts_inks = False
        """Whether an object leaves some inks of a copy unchanged but not all: each ink then needs a copy."""

    def separate(self) -> None:
        """Rewrite every page, and what the pages hold; a page that cannot be read becomes empty."""
        for pages in zip(*(plate.pdf.pages for plate in self._plates), strict=True):
            for page in pages:
                for name in _IGNORED_ENTRIES:
                    if name in page.obj:
                        del page.obj[name]
            try:
                resources = tuple(page.resources for page in pages)
                contents = self._rewritten(pages[0].obj, resources, GraphicsState(), 0, begins=True)
            except BROKEN_PDF_ERRORS:
                contents = [b""] * len(self._plates)
            for plate, page, content in zip(self._plates, pages, contents, strict=True):
                page.obj["/Contents"] = plate.pdf.make_stream(content)

    def _rewritten(
        self, stream: Any, resources: tuple[Any, ...], state: GraphicsState, depth: int, *, begins: bool
    ) -> list[bytes]:
        """Return the content of a stream for each plate.

        Args:
            stream: A page, form, pattern or glyph of the first copy.
            resources: Its resources, in each copy.
            state: The graphics state at its beginning.
            depth: How many forms it is nested in.
            begins: Whether it begins with the initial colour of a page instead of that of `state`.
        """
        content = _Content(tuple([] for _ in self._plates), resources, depth)
        if begins:
            self._put_colour(content, BLACK, is_stroke=False)
            self._put_colour(content, BLACK, is_stroke=True)
        saved: list[GraphicsState] = []
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._put_inline(content, instruction, state)
                continue
            operator = str(instruction.operator)
            if operator == "q" and len(saved) < _MOST_SAVED:
                saved.append(state.saved())
            elif operator == "Q" and saved:
                state = saved.pop()
            with contextlib.suppress(*BROKEN_PDF_ERRORS):
                state.set(operator, instruction.operands, resources[0])
                self._put_operator(content, instruction, operator, state)
        self._separate_resources(resources, depth)
        return [pikepdf.unparse_content_stream(instructions) for instructions in content.instructions]

    def _put_operator(self, content: _Content, instruction: Any, operator: str, state: GraphicsState) -> None:
        operands = instruction.operands
        if operator in _COLOURS:
            self._put_new_colour(content, operands, operator, state)
        elif operator in FILLS | STROKES | TEXT:
            fills = self._leaving(state.fill, state) if state.fill_over else _NONE_LEFT
            strokes = self._leaving(state.stroke, state) if state.stroke_over else _NONE_LEFT
            for instructions, fill, stroke in zip(content.instructions, fills, strokes, strict=False):
                instructions.extend(
                    painted(instruction, operator, state.text_mode, leaves_fill=fill, leaves_stroke=stroke)
                )
        elif operator == "Do":
            self._put_object(content, instruction, state)
        elif operator != "sh" or self._separate_shading(
            _named("/Shading", operands, content.resources), content.resources
        ):
            content.put(instruction)

    def _put_colour(self, content: _Content, inks: Inks, *, is_stroke: bool) -> None:
        for plate, instructions in zip(self._plates, content.instructions, strict=True):
            instructions.append(instruction_of(plate.colour(inks), plate.operator(is_stroke=is_stroke)))

    def _put_new_colour(self, content: _Content, operands: Any, operator: str, state: GraphicsState) -> None:
        is_stroke = operator[0].isupper()
        paint = state.stroke if is_stroke else state.fill
        if not paint.pattern:
            self._put_colour(content, paint.inks, is_stroke=is_stroke)
            return
        space, colour = ("CS", "SCN") if is_stroke else ("cs", "scn")
        base = paint.space.base if paint.space is not None else None
        name = pikepdf.Name(paint.pattern)
        if len(operands) > 1 and base is not None:
            inks = base.inks(tuple(float(part) for part in list(operands)[:-1]))
            for plate, instructions, copy_resources in zip(
                self._plates, content.instructions, content.resources, strict=True
            ):
                _category(copy_resources, "/ColorSpace")[_MARK] = pikepdf.Array(
                    [pikepdf.Name.Pattern, plate.space]
                )
                instructions.append(instruction_of([pikepdf.Name(_MARK)], space))
                instructions.append(instruction_of([*plate.colour(inks), name], colour))
        else:
            content.put(instruction_of([pikepdf.Name.Pattern], space))
            content.put(instruction_of([name], colour))

    def _leaving(self, paint: Paint, state: GraphicsState) -> list[bool]:
        """Return for each plate whether an overprinting colour leaves it unchanged."""
        touched = touched_inks(paint, state)
        self.parts_inks |= any(len({touched[ink] for ink in plate.inks}) > 1 for plate in self._plates)
        return [not any(touched[ink] for ink in plate.inks) for plate in self._plates]

    def _put_inline(self, content: _Content, instruction: Any, state: GraphicsState) -> None:
        """Draw an inline picture, as a picture in the resources."""
        picture = instruction.iimage
        if picture.obj.get("/ImageMask", False):
            self._put_stencil(content, instruction, state)
            return
        with contextlib.suppress(*BROKEN_PDF_ERRORS):
            self._put_picture(content, picture)

    def _put_picture(self, content: _Content, picture: pikepdf.PdfInlineImage) -> None:
        named = self._plates[0].pdf.make_stream(picture.read_raw_bytes())
        for key, value in picture.obj.items():
            named[key] = value
        named["/Subtype"] = pikepdf.Name.Image
        inks = picture_in_inks(named, content.resources[0])
        self._pictures += 1
        name = f"{_MARK}{self._pictures}"
        for plate, copy_resources in zip(self._plates, content.resources, strict=True):
            drawn = plate.pdf.make_stream(b"")
            drawn["/Subtype"] = pikepdf.Name.Image
            draw_picture(drawn, inks, plate)
            _category(copy_resources, "/XObject")[name] = drawn
        content.put(instruction_of([pikepdf.Name(name)], "Do"))

    def _put_stencil(self, content: _Content, instruction: Any, state: GraphicsState) -> None:
        """Draw a stencil mask in the current colour."""
        leaving = self._leaving(state.fill, state) if state.fill_over else _NONE_LEFT
        for instructions, leaves in zip(content.instructions, leaving, strict=False):
            if not leaves:
                instructions.append(instruction)

    def _put_object(self, content: _Content, instruction: Any, state: GraphicsState) -> None:
        """Draw a picture or form; it is rewritten where it occurs first, with the overprint set there."""
        resources = content.resources
        things = _named("/XObject", instruction.operands, resources)
        if not all(isinstance(thing, pikepdf.Stream) for thing in things):
            return
        thing = things[0]
        is_picture = thing.get("/Subtype") == "/Image"
        if is_picture and thing.get("/ImageMask", False):
            self._put_stencil(content, instruction, state)
            return
        if self._is_new(thing):
            if is_picture:
                inks = picture_in_inks(thing, resources[0])
                for plate, one in zip(self._plates, things, strict=True):
                    draw_picture(one, inks, plate)
            elif content.depth < _DEEPEST:
                self._separate_stream(things, resources, state.saved(), content.depth, begins=False)
        content.put(instruction)

    def _separate_stream(
        self,
        things: Sequence[Any],
        outer: tuple[Any, ...],
        state: GraphicsState,
        depth: int,
        *,
        begins: bool,
    ) -> None:
        inner = tuple(
            thing.get("/Resources", copy_resources)
            for thing, copy_resources in zip(things, outer, strict=True)
        )
        try:
            contents = self._rewritten(things[0], inner, state, depth + 1, begins=begins)
        except BROKEN_PDF_ERRORS:
            contents = [b""] * len(things)
        for thing, content in zip(things, contents, strict=True):
            thing.write(content)
            # A group's own colour space would convert what is drawn in it.
            if "/Group" in thing and "/CS" in thing["/Group"]:
                del thing["/Group"]["/CS"]

    def _separate_resources(self, resources: tuple[Any, ...], depth: int) -> None:
        """Rewrite the patterns in the resources of a stream, and the glyphs of its Type 3 fonts."""
        if depth > _DEEPEST:
            return
        for name, patterns in _each("/Pattern", resources):
            if not self._is_new(patterns[0]):
                continue
            if isinstance(patterns[0], pikepdf.Stream):
                begins = patterns[0].get("/PaintType") == 1
                self._separate_stream(patterns, resources, GraphicsState(), depth, begins=begins)
            elif not self._separate_shading([one.get("/Shading") for one in patterns], resources):
                for copy_resources in resources:
                    del copy_resources["/Pattern"][name]
        for _, fonts in _each("/Font", resources):
            if fonts[0].get("/Subtype") == "/Type3" and self._is_new(fonts[0]):
                inner = tuple(
                    font.get("/Resources", copy_resources)
                    for font, copy_resources in zip(fonts, resources, strict=True)
                )
                for _, glyphs in _each("/CharProcs", fonts):
                    self._separate_stream(glyphs, inner, GraphicsState(), depth, begins=False)

    def _separate_shading(self, shadings: Sequence[Any], resources: tuple[Any, ...]) -> bool:
        """Rewrite a gradient; return whether it can be drawn."""
        shading = shadings[0]
        if not isinstance(shading, pikepdf.Dictionary | pikepdf.Stream):
            return False
        # A direct object occurs in one place only, but may be drawn there twice.
        if not self._is_new(shading) or _MARK in shading:
            return _MARK in shading
        inks = inks_along(shading, resources[0])
        if inks is None:
            return False
        for plate, one in zip(self._plates, shadings, strict=True):
            put_on_plate(plate.pdf, one, inks, plate.inks)
            one[_MARK] = True
        return True

    def _is_new(self, thing: Any) -> bool:
        """Return whether an object occurs for the first time; direct objects always count as new."""
        if thing.objgen == (0, 0):
            return True
        is_new = thing.objgen not in self._done
        self._done.add(thing.objgen)
        return is_new


def _named(kind: str, operands: Any, resources: tuple[Any, ...]) -> list[Any]:
    """Return the resource that an operator's operand names, in each copy; None where there is none."""
    found = []
    for copy_resources in resources:
        things = copy_resources.get(kind) if isinstance(copy_resources, pikepdf.Dictionary) else None
        found.append(things.get(str(operands[0])) if isinstance(things, pikepdf.Dictionary) else None)
    return found


def _category(resources: Any, kind: str) -> Any:
    """Return a category of the resources (`/XObject` …), created if missing."""
    if kind not in resources:
        resources[kind] = pikepdf.Dictionary()
    return resources[kind]


def _each(kind: str, resources: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield each name in a category of the resources, with its resource in each copy."""
    first = resources[0].get(kind) if isinstance(resources[0], pikepdf.Dictionary) else None
    for name in list(first.keys()) if isinstance(first, pikepdf.Dictionary) else ():
        things = [copy_resources[kind].get(name) for copy_resources in resources]
        if all(isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) for thing in things):
            yield name, things

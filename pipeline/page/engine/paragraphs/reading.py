"""A paragraph of the engine as one text: where each box begins, and what stands in the way of a plan."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.page.engine.paragraphs.measuring import widths_of
from pipeline.typography.composing.opportunities import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = " \u00a0"
_COLLAPSING = {"normal", "nowrap", "pre-line"}
"""Values of `white-space` with which spaces at a line's end vanish."""


class Piece(NamedTuple):
    """A text box within a paragraph.

    Args:
        path: The index of the box in its parent, of that in its own, down from the paragraph.
        start: The number of its first character in the paragraph's text.
        text: Its text.
        style: Its style.
    """

    path: tuple[int, ...]
    start: int
    text: str
    style: Any

    @property
    def end(self) -> int:
        """The number of the character after its last one."""
        return self.start + len(self.text)


class Paragraph:
    """The text of a paragraph, and what stands before each of its characters.

    Args:
        box: The paragraph's box: an unbroken line, as the engine keeps it.
    """

    def __init__(self, box: Any) -> None:  # noqa: ANN401 - a box of the engine
        """Read the boxes within the paragraph."""
        self.style = box.style
        self.text = ""
        self.pieces: list[Piece] = []
        self.seams: dict[int, bool] = {}
        """Where one box ends and another begins, with whether a line may end there."""
        self.obstacle = -1
        """The last place that no plan can see through, as a float or a picture; -1 where there is none."""
        self.words = 0
        self._points = [Point(0.0, 0.0, 0, 0)]
        self._read(box, ())

    def point(self, at: int) -> Point:
        """Return what stands before a character."""
        return self._points[at]

    def skip_spaces(self, at: int) -> int:
        """Return the number of the first character from a place on that is printed at a line's beginning."""
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    def place_of(self, skip_stack: Any) -> int:  # noqa: ANN401 - nested dictionaries of the engine
        """Return the number of the character that a line begins with, from where the engine resumes."""
        path: list[int] = []
        while skip_stack:
            ((key, skip_stack),) = skip_stack.items()
            path.append(key)
        for piece in self.pieces:
            depth = len(piece.path)
            if tuple(path[:depth]) == piece.path:
                skipped = path[depth] if len(path) > depth else 0
                return piece.start + len(piece.text.encode()[:skipped].decode())
            if piece.path >= tuple(path):
                return piece.start
        return len(self.text)

    def stretches(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield the boxes between two characters, each with its first and last character within them."""
        for piece in self.pieces:
            if piece.start < end and piece.end > start and piece.text:
                yield piece, max(start, piece.start), min(end, piece.end)

    def _read(self, box: Any, path: tuple[int, ...]) -> tuple[Any, Any]:  # noqa: ANN401
        """Read the boxes within a box, as the engine does; returns its first and last character.

        The engine writes True for a space, False for a no-break space beside a box, None for nothing.
        """
        from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load
        from weasyprint.text.line_break import can_break_text  # noqa: PLC0415

        first: Any = None
        last: Any = None
        for index, child in enumerate(box.children):
            here = (*path, index)
            if not child.is_in_normal_flow():
                if child.is_floated():
                    self.obstacle = len(self.text)
                continue
            seam = len(self.text)
            if isinstance(child, boxes.TextBox):
                self._add(child, here)
                begins, ends = (child.text[0], child.text[-1]) if child.text else (None, None)
            elif isinstance(child, boxes.InlineBox):
                self._space(child.style, "left")
                begins, ends = self._read(child, here)
                self._space(child.style, "right")
                if child.is_leader:
                    self.obstacle = len(self.text)
            else:
                self.obstacle = len(self.text)
                begins = ends = "\u2e80"
            if seam:
                self.seams[seam] = self.seams.get(seam, False) or self._may_break(
                    last, begins, box.style["white_space"], child.style["lang"], can_break_text
                )
            first = begins if first is None else first
            last = True if child.trailing_collapsible_space else ends
        return first, last

    @staticmethod
    def _may_break(last: Any, first: Any, white_space: str, language: Any, can_break: Any) -> bool:  # noqa: ANN401
        """Return whether a line may end between two boxes."""
        if last is True:
            last = " "
        elif last is False:
            last = "\u00a0"
        elif white_space in {"pre", "nowrap"}:
            return False
        if last is None or first is None:
            return False
        return first if isinstance(first, bool) else bool(can_break(last + first, language))

    def _add(self, box: Any, path: tuple[int, ...]) -> None:  # noqa: ANN401
        """Add the text of a box."""
        style, text = box.style, box.text
        has_lines = "\n" in text and text != "\n"
        if has_lines or style["direction"] != "ltr" or style["white_space"] not in _COLLAPSING:
            self.obstacle = len(self.text) + len(text)
        self.pieces.append(Piece(path, len(self.text), text, style))
        if not text:
            return
        x, spaces, letters, ligatures = self._points.pop()
        widths = widths_of(text, style)
        for (here, after), character, ligature in zip(
            pairwise(widths.x), text, widths.ligatures, strict=True
        ):
            self._points.append(Point(x + here, spaces, letters, ligatures))
            if character in _SPACES:
                spaces += after - here
            else:
                letters += 1
            ligatures += ligature
        spacing = style["letter_spacing"]
        end = x + widths.x[-1] + (0.0 if spacing == "normal" else spacing)
        self._points.append(Point(end, spaces, letters, ligatures))
        self.text += text

    def _space(self, style: Any, side: str) -> None:  # noqa: ANN401
        """Add the margin, border and padding of a box at one of its sides."""
        width = style[f"border_{side}_width"] or 0.0
        for name in ("margin", "padding"):
            value = style[f"{name}_{side}"]
            if value == "auto":
                continue
            if getattr(value, "unit", "px") == "%":
                self.obstacle = len(self.text)
            else:
                width += getattr(value, "value", value) or 0.0
        last = self._points[-1]
        self._points[-1] = last._replace(x=last.x + width)

"""What the interpreters of one page share: its bounds and fonts, open marks, and how much has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.pdf.content.font_metrics import TypeMetrics
from pipeline.pdf.content.stream_limits import MOST_OPERATORS, TooLargeError, check_content

if TYPE_CHECKING:
    from pipeline.pdf.content.areas import Area

MOST_INSTRUCTIONS: Final = MOST_OPERATORS
"""Of a page, forms counted as often as they are drawn; a dense map has some hundred thousand."""

DEEPEST: Final = 16
"""How many forms and patterns may lie within one another."""

_COST_OF_FORM: Final = 20
"""Instructions that take as long as beginning a form."""


class PageContext:
    """What the interpreters of one page share.

    Args:
        bounds: The page's MediaBox.
        fonts: The metrics of fonts known so far, by font; added to on the way.
    """

    def __init__(self, bounds: Area, fonts: dict[Any, TypeMetrics]) -> None:
        """Begin a page."""
        self.bounds = bounds
        self.marks: list[bool] = []
        """For each open sequence of marked content, whether it is tagged or an artifact."""

        self.seen_patterns: set[tuple[int, int]] = set()
        self._fonts = fonts
        self._count = 0

    @property
    def is_marked(self) -> bool:
        """Whether what is painted now is tagged, or marked as an artifact."""
        return True in self.marks

    def instructions(self, stream: Any, depth: int) -> Any:
        """Parse a stream into instructions.

        Raises:
            TooLargeError: It is nested too deeply, or the page has more instructions than any page needs.
        """
        if depth > DEEPEST:
            message = "forms within forms"
            raise TooLargeError(message)
        check_content(stream)
        instructions = pikepdf.parse_content_stream(stream)
        self._count += len(instructions)
        if self._count > MOST_INSTRUCTIONS:
            message = "too many instructions"
            raise TooLargeError(message)
        return instructions

    def count_form(self) -> None:
        """Count the beginning of a form."""
        self._count += _COST_OF_FORM

    def metrics(self, font: Any) -> TypeMetrics:
        """Return the metrics of a font, or of none."""
        key = font.objgen if font is not None and font.is_indirect else id(font)
        if key not in self._fonts:
            self._fonts[key] = TypeMetrics(font)
        return self._fonts[key]

"""Words wider than their line that nothing parts from what stands before them in it.

The engine breaks such a word only where it begins its line. In bold behind a no-break space, a bracket or
part of a word it is a text of its own within the line, and runs over the edge. Here such a line is set
once more, and words may break wherever it ends. Nor is such a word what makes the column of a table wide.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.layout_rules import mends_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROUNDING: Final = 0.01
"""Pixels by which the width of a line may be off."""


_NO_WORD: Final = re.compile(r"\S{41}")
"""More than any word has that stands whole in the column of a table."""


def least_widths(plain: Any) -> Any:  # noqa: ANN401 - the engine has no types
    """Return the engine's function that measures texts, whose endless words need no more than a letter.

    Args:
        plain: The engine's own.
    """

    @functools.wraps(plain)
    def split_first_line(
        text: str,
        style: Any,  # noqa: ANN401
        context: Any,  # noqa: ANN401
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:  # noqa: ANN401
        starts = is_line_start or (minimum and mends_lines() and _NO_WORD.match(text) is not None)
        return plain(text, style, context, max_width, justification_spacing, starts, minimum)

    return split_first_line


def breaks_words(context: Any) -> bool:  # noqa: ANN401 - the engine has no types
    """Return whether the line that is set may end within a word that does not begin it."""
    return getattr(context, "words_break", False)


def kept_in_measure(
    made: Any,  # noqa: ANN401 - the engine has no types
    again: Callable[[], Any],
    context: Any,  # noqa: ANN401
    measure: float,
    placed: Sequence[list[Any]],
) -> Any:  # noqa: ANN401
    """Return a line as it was made; where it is too wide, as it is with words broken, if that mends it.

    Args:
        made: What the engine returned of it.
        again: Makes the line once more.
        context: The engine's, of the layout.
        measure: The room of the line.
        placed: The lists in which the engine enters what it places besides the line; the last one is of parts
            of the line itself.
    """
    *others, parts = placed
    if any(others) or not _overruns(made[0], context, measure):
        return made
    kept = parts[:]
    parts.clear()
    shapes = context.excluded_shapes.copy()
    context.words_break = True
    try:
        broken = again()
    finally:
        context.words_break = False
    if not any(others) and broken[1] is not None and not _overruns(broken[0], context, measure):
        return broken
    for each in others:
        each.clear()
    parts[:] = kept
    context.excluded_shapes = shapes
    return made


def _overruns(line: Any, context: Any, measure: float) -> bool:  # noqa: ANN401
    if line.width <= measure + _ROUNDING or not line.children:
        return False
    from weasyprint.layout.inline import trailing_whitespace_size  # noqa: PLC0415 - slow to load

    hanging = trailing_whitespace_size(context, line)
    return bool(line.width - hanging > measure + _ROUNDING)

"""Lines whose text fits but for the space at its end.

Where a line of a text fits only without its last space or no-break space, the engine takes it for one that
cannot be broken: it hyphenates the first long word, even where that begins the line, and leaves the line
nearly empty. With this patch such a text is set whole, with its last space hanging over, which the engine
drops; or it is broken where it would be in a line narrower by a space. Of a word of hundreds of letters it is
given the beginning (`paragraphs.long_words`), and one that does not begin its line may be broken in it where
it has no other place (`paragraphs.glued_words`).

Upstream: no issue known for either.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.paragraphs.glued_words import breaks_words, least_widths
from pipeline.page.engine.paragraphs.long_words import given_heads
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.layout_rules import mends_lines

GUARD: Final = Guard(
    "last_spaces",
    VERSION,
    (
        Shape(
            "weasyprint.layout.inline:split_first_line",
            "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)",
        ),
        Shape(
            "weasyprint.layout.preferred:split_first_line",
            "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)",
        ),
        Shape("weasyprint.layout.inline:trailing_whitespace_size", "(context, box)"),
    ),
)

FILLED: Final = 0.75
"""The share of a line from which on it is not worth a second try; a long word may leave that much."""

_SPACE: Final = 0.35
"""The width of a space, at most, in ems."""

_WRAPPING: Final = {"normal", "pre-line"}
"""Values of `white-space` with which lines break and spaces collapse."""


def hang_last_spaces() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import inline, preferred  # noqa: PLC0415 - slow to load

    if hasattr(inline.split_first_line, "__wrapped__"):
        return
    plain = given_heads(inline.split_first_line)
    preferred.split_first_line = least_widths(given_heads(preferred.split_first_line))

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
        may_break = is_line_start or breaks_words(context)

        def split(part: str, width: float | None) -> Any:  # noqa: ANN401
            return plain(part, style, context, width, justification_spacing, may_break, minimum)

        result = split(text, max_width)
        _, length, resume_at, width, *_ = result
        if max_width is None or resume_at is None or minimum:
            return result
        if style["white_space"] not in _WRAPPING or not mends_lines():
            return result
        if width >= FILLED * max_width:
            return result
        if text.endswith(" ") and split(text.rstrip(" "), max_width)[2] is None:
            return split(text, None)
        narrower = split(text.rstrip(" \xa0"), max_width - _SPACE * style["font_size"])
        return narrower if narrower[2] is not None and narrower[1] > length else result

    inline.split_first_line = split_first_line

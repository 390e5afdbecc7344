"""Spaces and letters of a planned line, so that it is as wide as its measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.paragraphs.measuring import widths_of
from pipeline.typography.composing.demerits import TRACKING, ratio, tracking

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS: Final = 1000
"""Letters are spaced in thousandths of the em, as a PDF places them."""

_ROUNDED: Final = 0.25
"""What is drawn is cut to whole thousandths towards nought; with this much more, that is a rounding."""

_LEAST: Final = 0.7
"""The least width of a space, as a share of its natural one; below it readers of PDFs lose the space."""


def fill_line(context: Any, line: Any, measure: float, *, letterspaced: bool) -> None:  # noqa: ANN401 - of the engine
    """Space the letters and the words of a line so that it fills its measure.

    Args:
        context: The engine's context.
        line: The line, with its boxes; they are changed.
        measure: The width it is to have.
        letterspaced: Whether its letters may be spaced.
    """
    from weasyprint.layout import inline  # noqa: PLC0415 - slow to load

    count = inline.count_expandable_spaces(line)
    if not count:
        return
    spaces = count * widths_of("\u00a0", line.style).x[-1]
    spare = measure - line.width
    if letterspaced:
        texts = list(_texts(line))
        letters = TRACKING * (
            sum(len(box.text) * box.style["font_size"] for box in texts) - count * line.style["font_size"]
        )
        steps = round(tracking(ratio(spare, spaces, letters)) * _STEPS)
        if steps:
            lost = _track(context, line, steps)
            spare = measure - line.width + lost
    if spare > 0:
        inline.justify_line(context, line, spare)
    else:
        inline.add_word_spacing(context, line, max(spare, (_LEAST - 1) * spaces) / count, 0)


def _track(context: Any, line: Any, steps: int) -> float:  # noqa: ANN401
    """Space the letters of a line; returns by how much less is drawn than laid out."""
    share = (steps + (_ROUNDED if steps > 0 else -_ROUNDED)) / _STEPS
    moved = lost = 0.0

    def walk(box: Any) -> None:  # noqa: ANN401
        nonlocal moved, lost
        from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load

        if not box.is_in_normal_flow():
            return
        if isinstance(box, boxes.TextBox):
            box.position_x += moved
            if box.text:
                wider = _letterspaced(context, box, share)
                moved += wider
                lost += (share - steps / _STEPS) * box.style["font_size"] * len(box.text)
        elif isinstance(box, boxes.LineBox | boxes.InlineBox):
            before = moved
            box.position_x += moved
            for child in box.children:
                walk(child)
            box.width += moved - before
        else:
            box.translate(moved, 0)

    walk(line)
    *_, last = _texts(line)
    return lost + share * float(last.style["font_size"])


def _letterspaced(context: Any, box: Any, share: float) -> float:  # noqa: ANN401
    """Space the letters of a text box; returns by how much it became wider."""
    from weasyprint.text.line_break import create_layout, line_size  # noqa: PLC0415 - slow to load

    style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = (0.0 if spacing == "normal" else spacing) + share * style["font_size"]
    layout = create_layout(box.text, style, context, None, 0)
    first, _ = layout.get_first_line()
    width, _ = line_size(first, style)
    layout.deactivate()
    wider: float = width - box.width
    box.style, box.pango_layout, box.width = style, layout, width
    return wider


def _texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load

    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)

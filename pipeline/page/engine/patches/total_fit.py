"""Paragraphs composed as a whole: the ends of all their lines are chosen together (Knuth and Plass 1981).

The engine breaks lines one by one, each at the last opportunity that fits, so that two lines in three of a
justified paragraph have spaces over 133 per cent. With this patch a paragraph whose style has the custom
property `--composing: total-fit` is planned: justified, its spaces are shrunk and stretched and its letters
spaced a little, and where spaces would still be over 200 per cent, it is set flush left as a whole; set flush
left, its right edge is evened out. With `--composing: balanced` the lines of a head set flush left are as few
as they can be, and of about one length. A line that does not end where it was planned ends the plan, and the
rest is planned anew. Without that property, nothing changes, but that a line which is too wide for its
measure is set with words broken (`paragraphs.glued_words`).

Upstream: https://github.com/Kozea/WeasyPrint/issues/1192 (text-wrap: pretty; open).
"""

from __future__ import annotations

import functools
from math import inf, isfinite
from typing import Any, Final

from pipeline.page.engine.paragraphs.glued_words import kept_in_measure
from pipeline.page.engine.paragraphs.opportunities import BreakFinder
from pipeline.page.engine.paragraphs.plans import LinePlace, ParagraphPlans
from pipeline.page.engine.paragraphs.spacing import fill_line
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.layout_rules import leaves_lines_unspaced, mends_lines

_INLINE: Final = "weasyprint.layout.inline"
_TEXT: Final = "weasyprint.text.line_break"
_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "total_fit",
    VERSION,
    (
        Shape(
            f"{_INLINE}:split_inline_box",
            "(context, box, position_x, max_x, bottom_space, skip_stack, containing_block, absolute_boxes, "
            "fixed_boxes, line_placeholders, waiting_floats, line_children, first_letter_style, "
            "first_line_style)",
        ),
        Shape(f"{_INLINE}:trailing_whitespace_size", "(context, box)"),
        Shape(f"{_INLINE}:text_align", "(context, line, available_width, last)"),
        Shape(f"{_INLINE}:avoid_collisions", "(context, box, containing_block, outer=True)"),
        Shape(f"{_INLINE}:strut", "(style)"),
        Shape(f"{_INLINE}:justify_line", "(context, line, extra_width)"),
        Shape(f"{_INLINE}:add_word_spacing", "(context, box, justification_spacing, x_advance)"),
        Shape(f"{_INLINE}:count_expandable_spaces", "(box)"),
        Shape(f"{_TEXT}:Layout", "(style, justification_spacing=0, max_width=None)"),
        Shape(f"{_TEXT}:Layout.set_text", "(self, text, justify=False)"),
        Shape(f"{_TEXT}:Layout.get_first_line", "(self)"),
        Shape(f"{_TEXT}:Layout.deactivate", "(self)"),
        Shape(f"{_TEXT}:create_layout", "(text, style, context, max_width, justification_spacing)"),
        Shape(f"{_TEXT}:line_size", "(line, style)"),
        Shape(f"{_TEXT}:get_log_attrs", "(text, lang)"),
        Shape(f"{_TEXT}:can_break_text", "(text, lang)"),
        Shape(f"{_TEXT}:get_next_word_boundaries", "(text, lang)"),
        Shape("weasyprint.text.ffi:FROM_UNITS", "an object of type float"),
        Shape("weasyprint.layout:LayoutContext.excluded_shapes", "an object of type property"),
        Shape("weasyprint.layout:LayoutContext.dictionaries"),
        Shape("weasyprint.layout:LayoutContext.current_page"),
        Shape("weasyprint.layout:LayoutContext.in_column"),
        Shape("weasyprint.layout:LayoutContext.page_bottom"),
        Shape(f"{_BOXES}:Box.copy", "(self)"),
        Shape(f"{_BOXES}:Box.is_in_normal_flow", "(self)"),
        Shape(f"{_BOXES}:Box.trailing_collapsible_space", "an object of type bool"),
        Shape(f"{_BOXES}:TextBox.justification_spacing", "an object of type int"),
    ),
)

PROPERTY: Final = "__composing"
"""The custom property `--composing`, as the engine keeps it."""

_STYLES: Final = ("first_letter_style", "first_line_style")
"""What a line is given last; before are the lists of what is placed with it."""

_WAYS: Final = ("total-fit", "balanced")
_FLUSH_LEFT: Final = {"left", "start"}
_MOST_LINES: Final = 80
"""Of how many lines beside floats the measure is looked up in advance."""


def compose_paragraphs() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load
    from weasyprint.layout import inline  # noqa: PLC0415

    if hasattr(inline.split_inline_box, "__wrapped__"):
        return
    inline.split_inline_box = _by_plan(inline.split_inline_box, boxes.LineBox)
    inline.text_align = _as_planned(inline.text_align)


def _by_plan(plain: Any, line_box: type) -> Any:  # noqa: ANN401 - functions of the engine
    @functools.wraps(plain)
    def split_inline_box(
        context: Any,  # noqa: ANN401
        box: Any,  # noqa: ANN401
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Any,  # noqa: ANN401
        containing_block: Any,  # noqa: ANN401
        *rest: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        aim, is_line = None, isinstance(box, line_box)
        if is_line and _is_composed(box) and not any(rest[-2:]):
            measure = max_x - position_x
            place = functools.partial(_place, context, box, measure, bottom_space, containing_block)
            aim = _plans_of(context, box).line_at(skip_stack, place, measure)
        to = max_x if aim is None else position_x + aim.width
        make = functools.partial(
            plain, context, box, position_x, to, bottom_space, skip_stack, containing_block, *rest
        )
        made = make()
        if is_line and mends_lines():
            # Where the box of a line begins, its indent is not counted.
            room = max_x - box.position_x
            made = kept_in_measure(made, make, context, room, rest[: -len(_STYLES)])
        made[0].planned = None if aim is None else (max_x - box.position_x, aim)
        return made

    return split_inline_box


def _as_planned(plain: Any) -> Any:  # noqa: ANN401
    @functools.wraps(plain)
    def text_align(context: Any, line: Any, available_width: float, last: bool) -> Any:  # noqa: ANN401, FBT001
        planned = getattr(line, "planned", None)
        if planned is None or line.style["text_align_all"] != "justify":
            return plain(context, line, available_width, last)
        # Beside a float the engine looks for the room of a line before its spaces are shrunk, further down.
        measure, aim = planned
        measure = min(measure, available_width)
        if last and line.width <= measure:
            return plain(context, line, measure, last)
        if not leaves_lines_unspaced() and not aim.is_flush:
            fill_line(context, line, measure, letterspaced=not aim.has_ligature)
        return 0

    return text_align


def _is_composed(box: Any) -> bool:  # noqa: ANN401
    """Return whether the style of a paragraph asks for it, and its text may be planned."""
    style = box.style
    if not mends_lines() or _way_of(style) not in _WAYS:
        return False
    return style["text_align_all"] in {"justify", *_FLUSH_LEFT} and style["direction"] == "ltr"


def _way_of(style: Any) -> str:  # noqa: ANN401 - a style of the engine
    """Return what the style of a paragraph asks for."""
    words = [getattr(each, "lower_value", None) for each in style[PROPERTY] or ()]
    return next((word for word in words if word), "")


def _plans_of(context: Any, box: Any) -> ParagraphPlans:  # noqa: ANN401
    """Return the plans of a paragraph, which are kept with its box."""
    plans = getattr(box, "plans", None)
    if plans is None:
        finder = getattr(context, "break_finder", None)
        if finder is None:
            finder = context.break_finder = BreakFinder(context.dictionaries)
        ragged = box.style["text_align_all"] in _FLUSH_LEFT
        is_head = ragged and _way_of(box.style) == "balanced"
        plans = box.plans = ParagraphPlans(box, finder, ragged=ragged, is_head=is_head)
    kept: ParagraphPlans = plans
    return kept


def _place(
    context: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    measure: float,
    bottom_space: float,
    containing_block: Any,  # noqa: ANN401
) -> LinePlace:
    """Return where a line is set: its measure, those of the lines after it, and how many the page takes."""
    from weasyprint.layout import inline  # noqa: PLC0415 - slow to load

    height, _ = inline.strut(box.style)
    measures = [measure, *_measures_after(context, box, height, containing_block, inline)]
    if len(measures) == 1 and box.text_indent:
        measures.append(measure + box.text_indent)
    room = context.page_bottom - bottom_space - box.position_y
    left = max(1, int(room / height + 0.01)) if isfinite(room) and height > 0 else inf
    rounded = tuple(round(each, 3) for each in measures)
    is_right = context.current_page % 2 == 1
    return LinePlace(rounded, left, is_right=is_right, in_column=context.in_column)


def _measures_after(
    context: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    height: float,
    containing_block: Any,  # noqa: ANN401
    inline: Any,  # noqa: ANN401
) -> list[float]:
    """Return the measures of the lines after one, as floats leave them; none where there is no float."""
    shapes = context.excluded_shapes
    if not shapes or height <= 0:
        return []
    lowest = max(shape.position_y + shape.margin_height() for shape in shapes)
    probe = box.copy()
    probe.width, probe.height = 0.0, height
    found: list[float] = []
    while len(found) < _MOST_LINES:
        probe.position_y += height
        _, _, width = inline.avoid_collisions(context, probe, containing_block, outer=False)
        found.append(width)
        if probe.position_y >= lowest:
            break
    return found

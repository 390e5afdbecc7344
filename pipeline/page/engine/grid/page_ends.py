"""No right-hand page ends in the middle of a word: its last line goes to the next page instead.

Lines are planned so that none is divided at the foot of a right-hand page, as long as the spaces of the
paragraph stand it. Where they do not, as with a long name, and where nothing is planned, as in a list, the
engine would leave the word in two over the turned page. With this patch the page ends a line earlier, or with
the paragraph before, where too few lines would stay of this one. Columns are left to the plan: those beside
them would end lower. It is in force where a sheet says `--composing`, whatever its value.

Upstream: `hyphenate-limit-last` (CSS Text 4, 6.3.4) is not implemented; no issue known.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.engine.patches.total_fit import PROPERTY
from pipeline.page.layout_rules import mends_lines

_BLOCK: Final = "weasyprint.layout.block"
_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "page_ends",
    VERSION,
    (
        Shape(
            f"{_BLOCK}:_linebox_layout",
            "(context, box, index, child, new_children, page_is_empty, absolute_boxes, fixed_boxes, "
            "adjoining_margins, bottom_space, position_y, skip_stack, first_letter_style, first_line_style, "
            "draw_bottom_decoration, max_lines)",
        ),
        Shape(f"{_BLOCK}:remove_placeholders", "(context, box_list, absolute_boxes, fixed_boxes)"),
        Shape("weasyprint.layout:LayoutContext.in_column"),
        Shape("weasyprint.layout:LayoutContext.current_page"),
        Shape(f"{_BOXES}:Box.descendants", "(self, placeholders=False)"),
        Shape(f"{_BOXES}:TextBox", "(element_tag, style, element, text)"),
    ),
)

_HYPHENS: Final = ("-", "\u2010", "\u00ad")


def end_right_pages_with_whole_words() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import block  # noqa: PLC0415 - slow to load

    plain = block._linebox_layout  # noqa: SLF001 - guarded above
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def _linebox_layout(
        context: Any,  # noqa: ANN401 - the engine's own, as all others
        box: Any,  # noqa: ANN401
        index: int,
        child: Any,  # noqa: ANN401
        new_children: list[Any],
        *arguments: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        result = plain(context, box, index, child, new_children, *arguments)
        page_is_empty, *apart = arguments[:3]
        abort, stop, resume_at, _, *others = result
        is_right = context.current_page % 2 == 1
        is_asked = mends_lines() and bool(box.style[PROPERTY])
        if abort or not stop or not is_right or context.in_column or not is_asked:
            return result
        kept = _whole(new_children)
        if kept == len(new_children):
            return result
        has_room = kept >= box.style["orphans"]
        if not has_room and page_is_empty:
            return result
        left_over = new_children[kept if has_room else 0 :]
        block.remove_placeholders(context, [each for line in left_over for each in line.children], *apart)
        if not has_room:
            return (True, False, resume_at, result[3], *others)
        del new_children[kept:]
        last = new_children[-1]
        return (abort, stop, {index: last.resume_at}, last.position_y + last.height, *others)

    block._linebox_layout = _linebox_layout  # noqa: SLF001


def _whole(lines: list[Any]) -> int:
    """Return how many lines a page takes so that the last does not end within a word.

    All of them where a note is called in what would go: it stands on the page already.
    """
    kept = len(lines)
    while kept and _is_divided(lines[kept - 1]):
        kept -= 1
    called = any(each.footnote is not None for line in lines[kept:] for each in line.descendants())
    return len(lines) if called else kept


def _is_divided(line: Any) -> bool:  # noqa: ANN401 - a box of the engine
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load

    texts = [each.text for each in line.descendants() if isinstance(each, boxes.TextBox)]
    words = "".join(texts).rstrip()
    return words.endswith(_HYPHENS) and words[-2:-1].isalnum()

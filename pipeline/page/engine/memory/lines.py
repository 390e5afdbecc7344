"""Lines that were set before, and struts, are not set again.

The engine sets a line anew each time its column is laid out: to balance columns, to measure trials of the
pages, for every edition. What a line is depends on its text, its measure, the style and the faces alone; with
this patch it is kept by these. The engine's object for a line has no memory of Pango's by then, and each who
asks is given a copy, so that what is done with it while it is drawn changes no other.

The strut of a style, the height of its lines, is kept by the engine, but under a text that it writes anew
each time; with this patch it is found by the values themselves.

Upstream: no issue known for it.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.memory.signatures import with_signature_of
from pipeline.page.engine.paragraphs.remembered import OF_A_FACE, Memory, text_key
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_TEXT: Final = "weasyprint.text.line_break"
_SPLIT: Final = "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)"

GUARD: Final = Guard(
    "lines",
    VERSION,
    (
        Shape("weasyprint.layout.inline:split_first_line", _SPLIT),
        Shape("weasyprint.layout.preferred:split_first_line", _SPLIT),
        Shape("weasyprint.layout.inline:strut", "(style)"),
        Shape(f"{_TEXT}:Layout", "(style, justification_spacing=0, max_width=None)"),
        Shape(f"{_TEXT}:Layout.deactivate", "(self)"),
        Shape("weasyprint.text.fonts:FontConfiguration.strut_layouts"),
    ),
)

MOST_LINES: Final = 8192
"""Lines that are kept; a bulletin of twenty pages has two thousand, with those that were tried."""

STRUTS: Final = "struts_by_values"
"""The attribute of the engine's font configuration for the struts of its styles."""

_of_a_strut: Final = itemgetter(*OF_A_FACE, "line_height")

memory: Final[Memory[tuple[Any, ...]]] = Memory(MOST_LINES)
"""What the engine returns for a line: its object, its length, where the next begins, and its measures."""


def remember_lines() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import inline, preferred  # noqa: PLC0415 - slow to load

    if getattr(preferred.split_first_line, "remembers", False):
        return
    inline.split_first_line = preferred.split_first_line = _remembering(inline.split_first_line)
    inline.strut = _found_by_values(inline.strut)


def _remembering(plain: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    def split_first_line(
        text: str,
        style: Any,  # noqa: ANN401 - of the engine
        context: Any,  # noqa: ANN401
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> tuple[Any, ...]:
        asked = (max_width, justification_spacing, is_line_start, minimum)
        key: Hashable = (text, text_key(style), *asked)
        layout, *rest = memory.recall(key, lambda: plain(text, style, context, *asked))
        return (_copy(layout), *rest)

    split_first_line.remembers = True  # type: ignore[attr-defined]
    return with_signature_of(plain, split_first_line)


def _copy(layout: Any) -> Any:  # noqa: ANN401 - of the engine
    """Return a copy of a line's object, which has no part of Pango's memory."""
    copy = object.__new__(type(layout))
    copy.__dict__.update(layout.__dict__)
    return copy


def _found_by_values(plain: Callable[[Any], tuple[float, float]]) -> Callable[[Any], tuple[float, float]]:
    def strut(style: Any) -> tuple[float, float]:  # noqa: ANN401 - of the engine
        known = style.font_config.__dict__.setdefault(STRUTS, {})
        key = _of_a_strut(style)
        found: tuple[float, float] | None = known.get(key)
        if found is None:
            found = known[key] = plain(style)
        return found

    return with_signature_of(plain, strut)

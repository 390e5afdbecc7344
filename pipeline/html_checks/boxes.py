"""Whether the box of an element hides what is in it, moves it away or turns its order round.

What cannot be told counts as if it did: a reader of style sheets that passes over what it does not understand
says that all is well where nothing is to be seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.html_checks.lengths import ROOT_SIZE, parsed, pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.html_checks.cascade import Cascaded
    from pipeline.html_checks.views import View

SMALLEST: Final = 8.0
"""Pixels: the least font size at which a text counts as shown."""

_LINES: Final = 1.5
"""Font sizes that a box may be moved from its place."""

_HARMLESS: Final = {
    "content-visibility": {"visible", "auto"},
    "clip": {"auto"},
    "clip-path": {"none"},
    "mask": {"none"},
    "filter": {"none"},
    "mix-blend-mode": {"normal"},
    "background-clip": {"border-box", "padding-box", "content-box"},
    "animation-name": {"none"},
    "scale": {"none", "1"},
    "rotate": {"none"},
    "offset-path": {"none"},
    "zoom": {"1", "normal", "100%"},
    "perspective": {"none"},
    "line-clamp": {"none"},
    "content": {"normal", "none"},
    "order": {"0"},
    "grid-row": {"auto"},
    "grid-row-start": {"auto"},
    "grid-area": {"auto"},
    "direction": {"ltr"},
    "unicode-bidi": {"normal", "embed", "isolate"},
    "writing-mode": {"horizontal-tb"},
    "-webkit-text-security": {"none"},
    "flex-direction": {"row", "column", "row nowrap", "row wrap", "column nowrap", "nowrap", "wrap"},
    "flex-wrap": {"nowrap", "wrap"},
    "counter-reset": {"none"},
    "counter-set": {"none"},
    "counter-increment": {"none"},
    "all": set(),
    "@import": set(),
}
"""Values with which a property hides nothing; with any other it may."""

_DISPLAYS: Final = {
    *(
        "block",
        "inline",
        "inline-block",
        "flex",
        "inline-flex",
        "grid",
        "inline-grid",
        "contents",
        "flow-root",
    ),
    *("list-item", "table", "inline-table"),
}
_OF_TABLES: Final = {
    "table-row": {"tr"},
    "table-cell": {"td", "th"},
    "table-row-group": {"tbody"},
    "table-header-group": {"thead"},
    "table-caption": {"caption"},
}
_STRUCK: Final = frozenset({"s", "del", "strike"})
_WITHIN_LINES: Final = frozenset(
    {"span", "b", "i", "em", "strong", "code", "a", "sub", "sup", "small", "q", "td", "th"}
)
_CLOSED: Final = frozenset({"hidden", "clip"})
_AWAY: Final = re.compile(r"translatey\(-1\d\d%\)")


def box_reason(styles: Cascaded, view: View) -> str:
    """Return the declaration by which a box, or one around it, hides what is in it; empty for none."""
    known = styles.known.get("box")
    if known is None:
        known = (box_reason(styles.around, view) if styles.around else "") or _own_reason(styles, view)
        styles.known["box"] = known
    return str(known)


def is_moved_away(styles: Cascaded) -> bool:
    """Return whether a box lies beyond its place by its whole height, and so covers nothing there."""
    return bool(_AWAY.fullmatch(styles.own("transform", "").replace(" ", "")))


def font_size(styles: Cascaded, view: View) -> float | None:
    """Return the font size of an element in pixels; None where it cannot be told."""
    if "size" not in styles.known:
        around = font_size(styles.around, view) if styles.around else ROOT_SIZE
        written = styles.values.get("font-size", "inherit")
        size = around
        if written != "inherit" and around is not None:
            size = pixels(parsed(written), em=around, percent=around, width=view.width)
        styles.known["size"] = size
    return styles.known["size"]  # type: ignore[return-value]


def length(
    styles: Cascaded, name: str, view: View, value: str = "", percent: float | None = None
) -> float | None:
    """Return a length of an element in pixels; None where it cannot be told, 0 where it is not declared.

    Args:
        styles: Of the element.
        name: The property, which is not inherited.
        view: Where it is looked at.
        value: The value instead of the declared one.
        percent: What a hundred per cent are in pixels.
    """
    written = value or styles.own(name, "0")
    if written in {"auto", "normal", "none"}:
        return 0.0
    size = font_size(styles, view)
    return pixels(parsed(written), em=size or ROOT_SIZE, percent=percent, width=view.width)


def _own_reason(styles: Cascaded, view: View) -> str:
    checks: tuple[Callable[[Cascaded, View], Iterator[str]], ...] = (
        _closed,
        _keywords,
        _displayed,
        _cut,
        _placed,
        _margins,
        _lines,
    )
    return next((reason for check in checks for reason in check(styles, view)), "")


def _closed(styles: Cascaded, _: View) -> Iterator[str]:
    for name in ("hidden", "popover"):
        if name in styles.attributes:
            yield name
    if styles.attributes.get("dir", "ltr") not in {"ltr", "auto"}:
        yield f"dir={styles.attributes['dir']}"
    if styles.tag in _STRUCK:
        yield f"<{styles.tag}>"


def _keywords(styles: Cascaded, _: View) -> Iterator[str]:
    for name, harmless in _HARMLESS.items():
        value = styles.values.get(name)
        if value is not None and value not in harmless and value != "inherit":
            if name == "content" and styles.tag.startswith("::"):
                continue
            yield f"{name}: {value}"
    if "line-through" in styles.own("text-decoration-line"):
        yield "text-decoration: line-through"
    if styles.own("float", "none") != "none" and styles.tag in _WITHIN_LINES:
        yield f"float: {styles.own('float')}"


def _displayed(styles: Cascaded, _: View) -> Iterator[str]:
    display = styles.own("display")
    if display and display not in _DISPLAYS and styles.tag not in _OF_TABLES.get(display, ()):
        yield f"display: {display}"


def _cut(styles: Cascaded, view: View) -> Iterator[str]:
    """Yield what cuts a box: little height or width, or any, where what is beyond is not shown."""
    overflow = set(styles.own("overflow", "visible").split())
    for name in ("height", "max-height", "width", "max-width"):
        written = styles.own(name, "auto")
        if written in {"auto", "none", "100%", "max-content", "min-content", "fit-content"}:
            continue
        size = length(styles, name, view, percent=view.width if "width" in name else None)
        is_narrow = size is not None and size < SMALLEST
        is_cut = bool(overflow & _CLOSED) and (size is None or "height" in name)
        if is_narrow or is_cut:
            yield f"{name}: {written}"
    if overflow & _CLOSED and (
        styles.inherited("white-space") in {"nowrap", "pre"} or styles.own("text-overflow")
    ):
        yield "overflow: hidden"


def _placed(styles: Cascaded, view: View) -> Iterator[str]:
    position = styles.own("position", "static")
    if position != "static":
        if position not in {"relative", "absolute", "fixed", "sticky"}:
            yield f"position: {position}"
        for name in ("top", "right", "bottom", "left"):
            if _is_far(styles, name, view):
                yield f"position: {position}; {name}: {styles.own(name)}"
        if styles.own("z-index", "auto").startswith("-"):
            yield f"z-index: {styles.own('z-index')}"
    for name in ("transform", "translate"):
        written = styles.own(name, "none")
        if written != "none" and any(_is_far(styles, name, view, part) for part in _shifts(name, written)):
            yield f"{name}: {written}"


def _shifts(name: str, written: str) -> Iterator[str]:
    """Yield the lengths that a transformation moves a box by; any other is returned as it is."""
    if name == "translate":
        yield from written.split()
        return
    for token in parsed(written):
        if token.type == "function" and token.lower_name in {"translate", "translatex", "translatey"}:
            inner = "".join(each.serialize() for each in token.arguments)
            yield from inner.split(",")
        else:
            yield "unknown"


def _margins(styles: Cascaded, view: View) -> Iterator[str]:
    for name in ("margin-top", "margin-bottom", "margin-right"):
        written = styles.own(name, "0")
        if "-" in written and _is_far(styles, name, view):
            yield f"{name}: {written}"
    if left_edge(styles, view) < -ROOT_SIZE:
        yield f"margin-left: {styles.own('margin-left')}"
    indent = styles.inherited("text-indent")
    if indent and (_is_far(styles, "text-indent", view, indent.split()[0])):
        yield f"text-indent: {indent}"


def left_edge(styles: Cascaded, view: View) -> float:
    """Return where the contents of a box begin at least, in pixels from the window's edge."""
    known = styles.known.get("left")
    if known is None:
        known = left_edge(styles.around, view) if styles.around else 0.0
        for name in ("margin-left", "padding-left"):
            size = length(styles, name, view, percent=0)
            known = float("-inf") if size is None else known + size
        styles.known["left"] = known
    return known  # type: ignore[return-value]


def _lines(styles: Cascaded, view: View) -> Iterator[str]:
    """Yield what sets signs or lines over one another, or words so that they run together."""
    size = font_size(styles, view) or ROOT_SIZE
    height = styles.inherited("line-height")
    if height and height != "normal" and not styles.tag.startswith("::"):
        tokens = parsed(height)
        number = tokens[0].value if len(tokens) == 1 and tokens[0].type == "number" else None
        lines = (
            number * size if number is not None else pixels(tokens, em=size, percent=size, width=view.width)
        )
        if lines is None or (lines < 0.75 * size and "line-height" in styles.values and size >= SMALLEST):
            yield f"line-height: {height}"
    for name, least, most in (("letter-spacing", -0.15, 1.0), ("word-spacing", -0.1, 3.0)):
        written = styles.inherited(name)
        if written in {"", "normal"}:
            continue
        space = pixels(parsed(written), em=size, percent=size, width=view.width)
        if space is None or not least * size <= space <= most * size:
            yield f"{name}: {written}"


def _is_far(styles: Cascaded, name: str, view: View, value: str = "") -> bool:
    """Return whether a length moves a box by more than a line, or cannot be told."""
    written = (value or styles.own(name, "0")).strip()
    if written in {"0%", "auto"}:
        return False
    size = length(styles, name, view, written)
    limit = _LINES * (font_size(styles, view) or ROOT_SIZE)
    return size is None or abs(size) > limit

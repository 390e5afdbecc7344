"""Where a page is looked at, and what a media query says there (Media Queries Level 4)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import tinycss2

from pipeline.html_checks.lengths import pixels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NARROWEST: Final = 320.0
_USUAL: Final = 1280.0

_MEDIA: Final = frozenset({"all", "screen", "print"})
_OTHER_MEDIA: Final = frozenset(
    {"speech", "tty", "tv", "projection", "handheld", "braille", "embossed", "aural"}
)
_WITH_MEDIUM: Final = re.compile(
    r"(?:(?P<modifier>not|only)\s+)?(?P<medium>(?!not\b|only\b)[a-z-]+)(?:\s+and\s+(?P<rest>.+))?", re.DOTALL
)
_RANGE: Final = re.compile(
    r"(?:(?P<before>[^<>=]+)(?P<first>[<>]=?|=))?\s*width\s*(?:(?P<last>[<>]=?|=)(?P<behind>[^<>=]+))?"
)


class View(NamedTuple):
    """Where a page is looked at.

    Args:
        name: Its name for people.
        width: Of the window, in CSS pixels.
        is_dark: Whether the reader prefers dark colours.
        is_print: Whether it is printed.
        has_sheets: Whether the program applies `<style>`; some programs for mail do not.
    """

    name: str
    width: float = _USUAL
    is_dark: bool = False
    is_print: bool = False
    has_sheets: bool = True


def views_of(queries: Iterable[str]) -> list[View]:
    """Return the views in which a page may look different: every width that a query tells apart.

    Args:
        queries: The media queries of its style sheets.
    """
    ends = sorted({width for query in queries for width in _widths(query) if width > _NARROWEST})
    inner = [(one + other) / 2 for one, other in pairwise(ends)]
    widths = [_NARROWEST, *inner, max(_USUAL, *(end + 1 for end in ends))] if ends else [_USUAL]
    views = []
    for width in widths:
        name = "light" if width >= _USUAL else f"{width:.0f} px"
        views += [View(name, width), View(f"dark, {width:.0f} px", width, is_dark=True)]
    return [*views, View("print", _NARROWEST * 2, is_print=True)]


def holds(query: str, view: View) -> bool | None:
    """Return whether a media query holds in a view; None where it depends on something else."""
    if not query.strip():
        return True
    results = [_one_holds(one, view) for one in query.casefold().split(",")]
    return _any(results)


def _one_holds(query: str, view: View) -> bool | None:
    match = _WITH_MEDIUM.fullmatch(query.strip())
    if match is None:
        return _conditions(query.strip(), view)
    results = [_is_medium(match["medium"], view)]
    if match["rest"]:
        results.append(_conditions(match["rest"], view))
    result = _all(results)
    return (not result) if match["modifier"] == "not" and result is not None else result


def _conditions(text: str, view: View) -> bool | None:
    """Return whether conditions joined by `and` or `or` hold."""
    for joint, joined in ((r"\s+or\s+", _any), (r"\s+and\s+", _all)):
        parts = _split(text, joint)
        if len(parts) > 1:
            return joined([_conditions(part, view) for part in parts])
    return _condition(text, view)


def _is_medium(medium: str, view: View) -> bool | None:
    if medium in _MEDIA:
        return medium == "all" or (medium == "print") is view.is_print
    return False if medium in _OTHER_MEDIA else None


def _condition(text: str, view: View) -> bool | None:
    """Return whether a condition in brackets holds."""
    if text.startswith("not"):
        inner = _condition(text.removeprefix("not").strip(), view)
        return None if inner is None else not inner
    if not (text.startswith("(") and text.endswith(")")):
        return None
    inner_text = text[1:-1].strip()
    if inner_text.startswith(("(", "not")):
        return _conditions(inner_text, view)
    return _feature(inner_text, view)


def _feature(text: str, view: View) -> bool | None:
    name, _, value = (part.strip() for part in text.partition(":"))
    if name == "prefers-color-scheme":
        return {"dark": view.is_dark, "light": not view.is_dark}.get(value)
    if name in {"min-width", "max-width", "min-device-width", "max-device-width"}:
        limit = _length(value)
        if limit is None:
            return None
        return view.width >= limit if name.startswith("min") else view.width <= limit
    if "width" in text and re.search("[<>=]", text):
        return _in_range(text, view.width)
    return None


def _in_range(text: str, width: float) -> bool | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    results: list[bool | None] = []
    if match["first"]:
        results.append(_compared(_length(match["before"]), match["first"], width))
    if match["last"]:
        results.append(_compared(width, match["last"], _length(match["behind"])))
    return _all(results)


def _compared(one: float | None, sign: str, other: float | None) -> bool | None:
    if one is None or other is None:
        return None
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other, "=": one == other}[
        sign
    ]


def _split(text: str, joint: str) -> list[str]:
    """Return the parts of a condition at the joints that are in no brackets."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"\(|\)|{joint}", text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
        elif depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [*parts, text[start:].strip()]


def _widths(query: str) -> Iterator[float]:
    if "width" in query:
        for length in re.findall(r"[\d.]+(?:px|r?em|pt|cm|mm|in)", query):
            width = _length(length)
            if width is not None:
                yield width


def _length(text: str) -> float | None:
    return pixels(tinycss2.parse_component_value_list(text.strip()), em=16, percent=None, width=_USUAL)


def _all(results: list[bool | None]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True


def _any(results: list[bool | None]) -> bool | None:
    if True in results:
        return True
    return None if None in results else False

"""The format of the pages and what their margins leave, as the rules `@page` of a style state them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.models.editions import POINTS_A_MILLIMETRE, TRIM
from pipeline.page.sheets.measures import POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.page.sheets.declarations import Declaration

LEAST: Final = 20
"""Millimetres of a page that its margins must leave, across and down."""

TOLERANCE: Final = 0.2
"""Millimetres: A4 in whole points is that much off."""

_FORMATS: Final = frozenset({"a4", "portrait", "auto", "inherit", "initial", "unset", "revert"})
_SIDES: Final = ("top", "right", "bottom", "left")
_PROPERTIES: Final = frozenset({"margin", "padding"})
_FOUR: Final = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
"""Which value of a shorthand is for which side, by how many there are (CSS Box Model 3, 6.2)."""


class _Kind(NamedTuple):
    """What pages a rule is for: their name, and what else they are, as `left`."""

    name: str
    pseudo: frozenset[str]

    def holds_for(self, page: _Kind) -> bool:
        return self.name in {"", page.name} and self.pseudo <= page.pseudo


class _Taken(NamedTuple):
    """What a declaration takes of a page at one side, in millimetres; None where that is not known here."""

    width: float | None
    declaration: Declaration


def format_findings(declaration: Declaration) -> Iterator[Finding]:
    """Yield that a sheet asks for pages of another format (E460): all that follows has A4 alone."""
    parts = _parts(declaration)
    if declaration.name != "size" or declaration.page is None or _is_computed(parts):
        return
    sides = [_millimetres(part) for part in parts]
    if parts and None not in sides:
        wanted = (sides * 2)[: len(TRIM)]
        is_right = all(abs((is_ or 0) - to_be) <= TOLERANCE for is_, to_be in zip(wanted, TRIM, strict=True))
    else:
        is_right = all(getattr(part, "lower_value", "") in _FORMATS for part in parts)
    if not is_right:
        yield found("E460", declaration.place, found=declaration.shown)


def margin_findings(declarations: Sequence[Declaration], own: frozenset[str]) -> Iterator[Finding]:
    """Yield each declaration whose margins leave too little of a page (E461), once.

    Args:
        declarations: Those of all sheets in the order of the cascade.
        own: The paths of the sheets that are held to it.
    """
    of_pages = [(kind, each) for each in declarations for kind in _kinds_of(each)]
    blamed = set()
    for page in _pages(kind for kind, _ in of_pages):
        taken = _taken_of(page, of_pages)
        for (before, after), whole in zip((("left", "right"), ("top", "bottom")), TRIM, strict=True):
            sides = [side for at, side in taken.items() if at.endswith((before, after))]
            if any(side.width is None for side in sides):
                continue
            left = whole - sum(side.width or 0 for side in sides)
            ours = [side for side in sides if side.declaration.place.path in own]
            if left >= LEAST or not ours:
                continue
            cause = max(ours, key=lambda side: side.width or 0).declaration
            if cause.place not in blamed:
                blamed.add(cause.place)
                yield found("E461", cause.place, found=cause.shown, left=f"{max(0.0, left):.0f}", least=LEAST)


def _kinds_of(declaration: Declaration) -> Iterator[_Kind]:
    if declaration.page is None:
        return
    for selector in declaration.page.split(","):
        name, *pseudo = (part.strip() for part in selector.split(":"))
        yield _Kind(name, frozenset(each.lower() for each in pseudo))


def _pages(kinds: Iterable[_Kind]) -> Iterator[_Kind]:
    """Yield the pages for which rules may differ: each name with each further kind."""
    known = list(kinds)
    names = dict.fromkeys(("", *(kind.name for kind in known)))
    others = dict.fromkeys((frozenset[str](), *(kind.pseudo for kind in known)))
    yield from (_Kind(name, pseudo) for name, pseudo in itertools.product(names, others))


def _taken_of(page: _Kind, of_pages: Sequence[tuple[_Kind, Declaration]]) -> dict[str, _Taken]:
    """Return what each margin and padding takes of a page, by the declarations in force (CSS Page 3, 4.2)."""
    matching = [(kind, each) for kind, each in of_pages if kind.holds_for(page)]
    matching.sort(key=lambda pair: (bool(pair[0].name), len(pair[0].pseudo)))
    taken: dict[str, _Taken] = {}
    for _, each in matching:
        parts = _parts(each)
        name, _, side = each.name.partition("-")
        if name not in _PROPERTIES or len(parts) not in _FOUR:
            continue
        for at, which in zip(_SIDES, _FOUR[len(parts)], strict=True):
            if side in {"", at}:
                taken[f"{name}-{at}"] = _Taken(_width(parts[which], at), each)
    return taken


def _width(part: Any, side: str) -> float | None:  # noqa: ANN401 - the library has no types
    if part.type == "percentage":
        return float(part.value) / 100 * TRIM[side in {"top", "bottom"}]
    return _millimetres(part)


def _millimetres(part: Any) -> float | None:  # noqa: ANN401 - as above
    if part.type == "dimension" and part.lower_unit in POINTS:
        return float(part.value) * POINTS[part.lower_unit] / POINTS_A_MILLIMETRE
    return 0.0 if part.type == "number" and part.value == 0 else None


def _parts(declaration: Declaration) -> list[Any]:
    return [part for part in declaration.value if part.type not in {"whitespace", "comment"}]


def _is_computed(parts: Iterable[Any]) -> bool:
    """Return whether only the engine knows what a value is; its pages are measured when they are laid out."""
    return any(part.type == "function" for part in parts)

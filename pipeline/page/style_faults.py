"""What the sheets of a style of one's own do to the engine, told as a fault of these sheets."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import PressError, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.models.editions import TRIM
from pipeline.page.sheets.own_files import own_files
from pipeline.page.sheets.page_format import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pipeline.findings.finding import Finding
    from pipeline.page.style import Style

_OF_THE_ENGINE: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the engine raises for lengths that no page has, and for values nested without end."""

_OF_SHEETS: Final = re.compile(r"(Parse error at|Error:) |Invalid |Ignored |Un(known|supported) ")
_DECLARATION: Final = re.compile(
    r"Ignored `(?P<name>[^:]+):.*` at (?P<line>\d+):(?P<column>\d+), (.*)\.", re.DOTALL
)
_AT: Final = re.compile(r" at (\d+):(\d+)\b")
_PROBLEMS: Final = {
    "unknown property": N_("there is no such property"),
    "invalid value": N_("the property has no such value"),
    "no value": N_("it has no value"),
}
"""What the engine says of a declaration, in words for people."""

_NOT_READ: Final = N_("it is not understood")


@contextlib.contextmanager
def style_faults(style: Style) -> Iterator[None]:
    """Report what the engine raises in the context as an error of the style, where that is not the program's.

    The program's own styles are held to its tests: there, what the engine raises is a fault of the program.

    Args:
        style: The style that pages are laid out by.

    Raises:
        PressError: The engine cannot lay out pages by the sheets of the style (E453).
    """
    try:
        yield
    except _OF_THE_ENGINE as fault:
        if not own_files(style.files):
            raise
        problem = f"{type(fault).__name__}: {fault}".split("\n")[0].strip(": ")
        raise PressError([found("E453", _place_of(style), problem=problem[:120])]) from fault


def refuse_other_formats(style: Style, sizes: Collection[tuple[float, float]]) -> None:
    """Refuse pages of another format than all that follows the layout has.

    Args:
        style: The style they are laid out by.
        sizes: Width and height of every size that pages have, in millimetres.

    Raises:
        PressError: Pages have another format (E460).
    """
    others = [
        size
        for size in sizes
        if any(abs(is_ - to_be) > TOLERANCE for is_, to_be in zip(size, TRIM, strict=True))
    ]
    if others:
        width, height = max(others)
        raise PressError([found("E460", _place_of(style), found=f"size: {width:.5g}mm {height:.5g}mm")])


def said_of_sheets(style: Style, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with those of the engine (E80) about the house's own sheets told as theirs (E464).

    Args:
        style: The style that pages are laid out by.
        findings: As the press has them.
    """
    own = own_files(style.files)
    sheets = {path: style.sheets[name] for path in own if (name := path.rpartition("/")[2]) in style.sheets}
    if not own:
        return tuple(findings)
    told = (_of_a_sheet(style, sheets, each) if each.code == "E80" else each for each in findings)
    return tuple(with_excerpts(told, sheets))


def _of_a_sheet(style: Style, sheets: dict[str, str], finding: Finding) -> Finding:
    record = dict(finding.values)["record"]
    said = _DECLARATION.fullmatch(record)
    if said is None:
        if not _OF_SHEETS.match(record):
            return finding
        return found("E464", _place_in(style, sheets, record), found=record[:120], problem=_NOT_READ)
    name, line, column = said["name"], int(said["line"]), int(said["column"])
    for path, text in sheets.items():
        lines = text.split("\n")
        if line <= len(lines) and lines[line - 1].startswith(name, column - 1):
            written = record.partition("`")[2].rpartition("`")[0].strip()
            problem = _PROBLEMS.get(said[4], said[4])
            return found("E464", Place(path, line, column, len(name)), found=written[:80], problem=problem)
    return finding


def _place_in(style: Style, sheets: dict[str, str], record: str) -> Place:
    """Return the place that the engine names without its sheet; the style's where the house has several."""
    at = _AT.search(record)
    if at is None or len(sheets) > 1:
        return _place_of(style)
    return Place(next(iter(sheets), _place_of(style).path), int(at[1]), int(at[2]))


def _place_of(style: Style) -> Place:
    return Place(f"styles/{style.plan.name}/{style.plan.version}")

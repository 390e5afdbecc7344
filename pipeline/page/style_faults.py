"""What the sheets of a style of one's own do to the engine, told as a fault of these sheets."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from pipeline.files.workspace import shipped_folder
from pipeline.findings.finding import PressError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        if not _is_own(style):
            raise
        place = Place(f"styles/{style.plan.name}/{style.plan.version}")
        problem = f"{type(fault).__name__}: {fault}".split("\n")[0].strip(": ")
        raise PressError([found("E453", place, problem=problem[:120])]) from fault


def _is_own(style: Style) -> bool:
    shipped = shipped_folder("styles").resolve()
    return any(not path.resolve().is_relative_to(shipped) for path in style.files.values())

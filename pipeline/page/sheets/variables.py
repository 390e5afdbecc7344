"""Variables of a sheet that grow without bounds where they are put in: `--a: var(--b) var(--b)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.page.sheets.declarations import inner_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

    from pipeline.page.sheets.declarations import Declaration

LONGEST: Final = 1_000
"""Parts of a value with all its variables put in; the program's own sheets have eleven."""

_DEEPEST: Final = 30
"""How many variables may name one another in a row."""


def variable_findings(declarations: Sequence[Declaration]) -> Iterator[Finding]:
    """Yield the first declaration that becomes too long when its variables are put in (E462).

    Args:
        declarations: Those of all sheets.
    """
    lengths = _Lengths(declarations)
    for each in declarations:
        if not each.is_too_deep and lengths.of(each.value) > LONGEST:
            yield found("E462", each.place, found=each.shown, most=LONGEST)
            return


class _Lengths:
    """How long values become when their variables are put in; of several meanings of one, the longest counts.

    Args:
        declarations: Those of all sheets.
    """

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self._meanings: dict[str, list[list[Node]]] = {}
        for each in declarations:
            if each.name.startswith("--") and not each.is_too_deep:
                self._meanings.setdefault(each.name, []).append(each.value)
        self._known: dict[str, int] = {}
        self._open: list[str] = []

    def of(self, value: Iterable[Node]) -> int:
        """Return how many parts a value has then; where that is more than the most, any larger number."""
        total, waiting = 0, list(value)
        while waiting and total <= LONGEST:
            part = waiting.pop()
            inner = inner_parts(part)
            name = named_variable(part)
            total += self._of_variable(name) if name else 1
            waiting += inner
        return total

    def _of_variable(self, name: str) -> int:
        if name in self._open:  # The engine takes no variable that names itself.
            return 1
        if len(self._open) == _DEEPEST:
            return LONGEST + 1
        if name not in self._known:
            self._open.append(name)
            self._known[name] = max((self.of(each) for each in self._meanings.get(name, ())), default=1)
            self._open.pop()
        return self._known[name]


def named_variable(part: Node) -> str:
    """Return the variable that a part of a value puts in, or nothing."""
    if part.type != "function" or part.lower_name != "var":
        return ""
    return next((str(each.value) for each in part.arguments if each.type == "ident"), "")

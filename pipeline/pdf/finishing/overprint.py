"""Overprint: objects in black alone overprint, all others knock out.

Otherwise a small misregister would show paper around every letter on a tint. White never overprints, because
it would be invisible (ISO 32000-2, 11.7.4.3: overprint mode 1).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.pdf.finishing.form_streams import forms_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLACK: Final = (0, 0, 0, 1)
_FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "sh"})
_STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
_SETS_SPACE: Final = frozenset({"k", "K", "g", "G", "rg", "RG"})
_SHORT: Final = {"sc": "k", "scn": "k", "SC": "K", "SCN": "K"}
"""The operators that set a colour in the space chosen before, and what says space and colour at once."""

_MATTERS: Final = (
    _FILLS | _STROKES | _TEXT | _SETS_SPACE | _SHORT.keys() | {"cs", "CS", "Tr", "Do", "BI", "INLINE IMAGE"}
)
"""The operators that change what holds here, or paint by it; most only draw a path."""

_NAMES: Final = {
    (False, False): "/KnockOut",
    (True, False): "/FillOver",
    (False, True): "/StrokeOver",
    (True, True): "/AllOver",
}
"""By whether a fill and a stroke overprint."""


class _State(NamedTuple):
    """Part of the graphics state that overprint depends on.

    Args:
        fill: The inks of fills, or None if their colour space is not DeviceCMYK.
        stroke: The same for strokes.
        mode: How text is rendered (ISO 32000-2, 9.3.6).
        over: Whether fills and strokes overprint, as set last.
    """

    fill: tuple[float, ...] | None = None
    stroke: tuple[float, ...] | None = None
    mode: int = 0
    over: tuple[bool, bool] = (False, False)


class _Spaces(NamedTuple):
    """Whether the colour spaces chosen for fills and strokes are of the four inks."""

    fill: bool = False
    stroke: bool = False

    def chosen(self, operator: str, inks: bool) -> _Spaces:  # noqa: FBT001 - set by an operator
        """Return the spaces after an operator; those for strokes are in upper case."""
        return self._replace(stroke=inks) if operator.isupper() else self._replace(fill=inks)

    def short(self, operator: str) -> str:
        """Return the short operator (`k`, `K`) that replaces another; empty if the space is another."""
        if operator.isupper():
            return "K" if self.stroke else ""
        return "k" if self.fill else ""


def overprint_black(pdf: pikepdf.Pdf) -> None:
    """Make objects in black alone overprint, on every page and in every form of a PDF.

    Colours of the space DeviceCMYK are rewritten with the operators k and K.
    """
    states = pikepdf.Dictionary(
        {name: pdf.make_indirect(_graphics_state(*over)) for over, name in _NAMES.items()}
    )
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        page.contents_coalesce()
        resources = page.resources
        page.obj["/Contents"] = pdf.make_stream(_rewritten(page.obj))
        _with_states(resources, states)
        for form in forms_in(resources, seen):
            form.write(_rewritten(form))
            _with_states(form["/Resources"], states)


def _graphics_state(fill: bool, stroke: bool) -> pikepdf.Dictionary:  # noqa: FBT001 - a pair of a table
    return pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, OP=stroke, op=fill, OPM=1)


def _with_states(resources: pikepdf.Object, states: pikepdf.Dictionary) -> None:
    known = resources.get("/ExtGState", pikepdf.Dictionary())
    for name, state in states.items():
        known[name] = state
    resources["/ExtGState"] = known


def _rewritten(stream: Any) -> bytes:
    return pikepdf.unparse_content_stream(list(_instructions(pikepdf.parse_content_stream(stream))))


def _instructions(stream: Any) -> Iterator[Any]:
    """Yield each instruction, preceded where needed by one that sets the overprint for it."""
    state, saved = _State(), []
    for instruction, operator in _short_colours(stream):
        if operator == "q":
            saved.append(state)
        elif operator == "Q":
            state = saved.pop() if saved else _State()
        elif operator in _MATTERS:
            state = _after(state, instruction, operator)
            overprint = _overprint_of(state, operator)
            if overprint is not None and overprint != state.over:
                state = state._replace(over=overprint)
                yield _instruction([pikepdf.Name(_NAMES[overprint])], "gs")
        yield instruction


def _short_colours(stream: Any) -> Iterator[tuple[Any, str]]:
    """Yield each instruction and its operator, with `k` and `K` for DeviceCMYK colours."""
    spaces, saved = _Spaces(), []
    pending = ""
    for instruction in stream:
        operator = str(instruction.operator)
        if pending and _SHORT.get(operator) != pending:
            yield _instruction(_BLACK, pending), pending
        pending = ""
        if operator == "q":
            saved.append(spaces)
        elif operator == "Q":
            spaces = saved.pop() if saved else _Spaces()
        elif operator in {"cs", "CS"}:
            spaces = spaces.chosen(operator, instruction.operands[0] == "/DeviceCMYK")
            pending = spaces.short(operator)
            if pending:
                # Usually a colour follows, and `k` sets the space too. Without one it is black (8.6.8).
                continue
        elif operator in _SETS_SPACE:
            spaces = spaces.chosen(operator, operator in {"k", "K"})
        elif operator in _SHORT and (short := spaces.short(operator)):
            yield _instruction(instruction.operands, short), short
            continue
        yield instruction, operator
    if pending:
        yield _instruction(_BLACK, pending), pending


def _instruction(operands: Any, operator: str) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


def _after(state: _State, instruction: Any, operator: str) -> _State:
    """Return the state after an operator."""
    if operator == "k":
        return state._replace(fill=_inks(instruction.operands))
    if operator == "K":
        return state._replace(stroke=_inks(instruction.operands))
    if operator in {"cs", "scn", "sc", "g", "rg"}:
        return state._replace(fill=None)
    if operator in {"CS", "SCN", "SC", "G", "RG"}:
        return state._replace(stroke=None)
    return state._replace(mode=int(instruction.operands[0])) if operator == "Tr" else state


def _overprint_of(state: _State, operator: str) -> tuple[bool, bool] | None:
    """Return whether fill and stroke are to overprint; None for an operator that paints nothing."""
    before = state.over
    if operator in {"Do", "BI", "sh", "INLINE IMAGE"}:
        return (False, False)
    fills = operator in _FILLS
    strokes = operator in _STROKES
    if operator in _TEXT:
        fills, strokes = state.mode in {0, 2, 4, 6}, state.mode in {1, 2, 5, 6}
    if not (fills or strokes):
        return None
    return (
        state.fill == _BLACK if fills else before[0],
        state.stroke == _BLACK if strokes else before[1],
    )


def _inks(operands: Any) -> tuple[float, ...]:
    return tuple(float(Decimal(part)) for part in operands)

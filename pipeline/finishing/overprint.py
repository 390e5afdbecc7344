"""Black over the colours: what is printed in black alone overprints, everything else knocks out.

A press that is a hair out of register would otherwise show paper around every letter on a tint. White
never overprints, for it would not be seen at all (ISO 32000-2, 11.7.4.3: overprint mode 1).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLACK: Final = (0, 0, 0, 1)
_FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "sh"})
_STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
_NAMES: Final = {
    (False, False): "/KnockOut",
    (True, False): "/FillOver",
    (False, True): "/StrokeOver",
    (True, True): "/AllOver",
}
"""By whether a fill and a stroke overprint."""


class _State(NamedTuple):
    """What a content stream has set.

    Args:
        fill: The inks of fills, or None where they are of another kind.
        stroke: The same of strokes.
        mode: How text is rendered (ISO 32000-2, 9.3.6).
        over: Whether fills and strokes overprint, as it was last set; None where nothing was set yet.
    """

    fill: tuple[float, ...] | None = None
    stroke: tuple[float, ...] | None = None
    mode: int = 0
    over: tuple[bool, bool] | None = None


def overprint_black(pdf: pikepdf.Pdf) -> None:
    """Let what is painted in black alone overprint, on every page and in every form of a PDF.

    Colours of the space DeviceCMYK are written with the operators k and K on the way.
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
        _forms(pdf, resources, states, seen)


def _graphics_state(fill: bool, stroke: bool) -> pikepdf.Dictionary:  # noqa: FBT001 - a pair of a table
    return pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, OP=stroke, op=fill, OPM=1)


def _with_states(resources: pikepdf.Object, states: pikepdf.Dictionary) -> None:
    known = resources.get("/ExtGState", pikepdf.Dictionary())
    for name, state in states.items():
        known[name] = state
    resources["/ExtGState"] = known


def _forms(
    pdf: pikepdf.Pdf, resources: pikepdf.Object, states: pikepdf.Dictionary, seen: set[tuple[int, int]]
) -> None:
    """Rewrite the forms that resources hold, patterns too, each once."""
    held: list[Any] = [*resources.get("/XObject", {}).values(), *resources.get("/Pattern", {}).values()]
    for form in held:
        is_form = form.get("/Subtype") == "/Form" or form.get("/PatternType") == 1
        if not is_form or form.objgen in seen:
            continue
        seen.add(form.objgen)
        form.write(_rewritten(form))
        inner = form.get("/Resources")
        if inner is None:
            inner = form["/Resources"] = pikepdf.Dictionary()
        _with_states(inner, states)
        _forms(pdf, inner, states, seen)


def _rewritten(stream: Any) -> bytes:
    return pikepdf.unparse_content_stream(list(_instructions(pikepdf.parse_content_stream(stream))))


def _instructions(stream: Any) -> Iterator[Any]:
    state, kept = _State(), []
    for operands, operator in _short_colours(stream):
        if operator == "q":
            kept.append(state)
        elif operator == "Q":
            state = kept.pop() if kept else _State()
        else:
            state = _after(state, operands, operator)
            wanted = _wanted(state, operator)
            if wanted is not None and wanted != (state.over or (False, False)):
                state = state._replace(over=wanted)
                yield ([pikepdf.Name(_NAMES[wanted])], pikepdf.Operator("gs"))
        yield (operands, pikepdf.Operator(operator))


def _short_colours(stream: Any) -> Iterator[tuple[Any, str]]:
    """Give each instruction, a colour of four inks with the operators made for it."""
    waiting: dict[str, bool] = {}
    for instruction in stream:
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in {"cs", "CS"} and operands[0] == "/DeviceCMYK":
            # The colour follows, and is written with its own operator.
            waiting[operator] = True
        elif operator in {"scn", "sc"} and waiting.pop("cs", False):
            yield operands, "k"
        elif operator in {"SCN", "SC"} and waiting.pop("CS", False):
            yield operands, "K"
        else:
            yield operands, operator


def _after(state: _State, operands: Any, operator: str) -> _State:
    """Return what is set after an operator."""
    if operator == "k":
        return state._replace(fill=_inks(operands))
    if operator == "K":
        return state._replace(stroke=_inks(operands))
    if operator in {"cs", "scn", "sc", "g", "rg"}:
        return state._replace(fill=None)
    if operator in {"CS", "SCN", "SC", "G", "RG"}:
        return state._replace(stroke=None)
    return state._replace(mode=int(operands[0])) if operator == "Tr" else state


def _wanted(state: _State, operator: str) -> tuple[bool, bool] | None:
    """Return whether fill and stroke are to overprint; None for an operator that paints nothing."""
    before = state.over or (False, False)
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

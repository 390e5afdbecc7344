"""Spot inks: a colour of the house that the print shop mixes, on a plate of its own.

What the pages paint in exactly the process inks of that colour is painted in a Separation space of the ink's
name (ISO 32000-2, 8.6.6.4). Its alternate is those process inks, so that a proof shows the colour, and a shop
that has not ordered the ink can print it from cyan, magenta, yellow and black.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.pdf.finishing.form_streams import forms_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Inks = tuple[float, ...]

_SPACE: Final = "/OfSpot"
_COLOURS: Final = {"k": ("cs", "scn"), "K": ("CS", "SCN")}
_CLOSE: Final = 0.0015
"""By how much a written colour may differ from its ink, as a part of 1."""


class SpotInk(NamedTuple):
    """An ink that is mixed.

    Args:
        name: As the print shop orders it, such as `PANTONE 348 C`.
        inks: Cyan, magenta, yellow and black that stand for it, as parts of 1.
    """

    name: str
    inks: Inks


def separate_spots(pdf: pikepdf.Pdf, spots: Sequence[SpotInk]) -> None:
    """Paint colours in spot inks, on every page and in every form and pattern of a PDF.

    Args:
        pdf: One whose colours are set by the operators k and K.
        spots: The inks.
    """
    spaces = {f"{_SPACE}{at}": (spot, _space(pdf, spot)) for at, spot in enumerate(spots, 1)}
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        page.contents_coalesce()
        content, used = _rewritten(page.obj, spaces)
        if used:
            page.obj["/Contents"] = pdf.make_stream(content)
            _enter(page.resources, used, spaces)
        for form in forms_in(page.resources, seen):
            content, used = _rewritten(form, spaces)
            if used:
                form.write(content)
                _enter(form["/Resources"], used, spaces)


def _space(pdf: pikepdf.Pdf, spot: SpotInk) -> pikepdf.Object:
    """Return the colour space of an ink: from no ink to its process inks (function type 2, 7.10.3)."""
    tint = pikepdf.Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[_number(part) for part in spot.inks], N=1
    )
    name = pikepdf.Name
    # pikepdf escapes what a name may not have, such as its spaces, when it writes the file.
    return pdf.make_indirect(
        pikepdf.Array([name.Separation, pikepdf.Name("/" + spot.name), name.DeviceCMYK, tint])
    )


def _number(part: float) -> Decimal:
    return Decimal(str(round(part, 4)))


def _enter(resources: Any, used: set[str], spaces: Mapping[str, tuple[SpotInk, pikepdf.Object]]) -> None:
    known = resources.get("/ColorSpace", pikepdf.Dictionary())
    for name in sorted(used):
        known[name] = spaces[name][1]
    resources["/ColorSpace"] = known


def _rewritten(stream: Any, spaces: Mapping[str, tuple[SpotInk, pikepdf.Object]]) -> tuple[bytes, set[str]]:
    """Return the content of a stream with its colours in spot inks, and the names of those spaces."""
    used: set[str] = set()
    instructions = list(_instructions(pikepdf.parse_content_stream(stream), spaces, used))
    return (pikepdf.unparse_content_stream(instructions) if used else b""), used


def _instructions(
    stream: Any, spaces: Mapping[str, tuple[SpotInk, pikepdf.Object]], used: set[str]
) -> Iterator[Any]:
    for instruction in stream:
        operator = str(instruction.operator)
        name = _spot_of(instruction.operands, spaces) if operator in _COLOURS else None
        if name is None:
            yield instruction
            continue
        used.add(name)
        choose, paint = _COLOURS[operator]
        yield pikepdf.ContentStreamInstruction([pikepdf.Name(name)], pikepdf.Operator(choose))
        yield pikepdf.ContentStreamInstruction([1], pikepdf.Operator(paint))


def _spot_of(operands: Any, spaces: Mapping[str, tuple[SpotInk, pikepdf.Object]]) -> str | None:
    inks = [float(Decimal(part)) for part in operands]
    for name, (spot, _) in spaces.items():
        if all(abs(one - other) < _CLOSE for one, other in zip(inks, spot.inks, strict=True)):
            return name
    return None

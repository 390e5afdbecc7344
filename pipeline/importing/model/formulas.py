"""Formulas written on one line: those of Word (ECMA-376, 22.1) and of pages (MathML)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

_ROWS: Final = frozenset(
    {"oMath", "e", "num", "den", "sup", "sub", "deg", "fName", "box", "borderBox", "r"}
) | {
    "math",
    "mrow",
    "mstyle",
    "mpadded",
}
_TEXTS: Final = frozenset({"t", "mi", "mn", "mo", "mtext"})
_SILENT: Final = frozenset({"ctrlPr", "rPr", "mspace", "annotation", "annotation-xml"})
_ATOM: Final = re.compile(r"[\w.,]+|[√∛]\(.*\)")
_UNSEEN: Final = re.compile("[\u2061-\u2064\u200b]")
_DIGITS: Final = {
    "sup": str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"),
    "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_MARKS: Final = {"": "", "sup": "^", "sub": "_"}
_ROOTS: Final = {"": "√", "2": "√", "3": "∛", "4": "∜"}


class FormulaPiece(NamedTuple):
    """Words of a formula.

    Args:
        text: The words.
        shift: `sup` or `sub` where they are raised or lowered.
    """

    text: str
    shift: str = ""


class _NoLineError(Exception):
    """A formula has something that no line can say: a matrix, a sum with bounds."""


def formula_pieces(formula: Element) -> list[FormulaPiece]:
    """Return the words of a formula in order; none where it cannot be written on one line.

    Args:
        formula: An `oMath` of Word or a `math` of a page.
    """
    try:
        pieces = list(_pieces(formula))
    except _NoLineError:
        return []
    return _parted(pieces)


def formula_line(formula: Element) -> str:
    """Return a formula as a text, with ^ and _ before what no raised or lowered digits can be written for.

    Args:
        formula: As for `formula_pieces`, of which there may be none: the text is empty then.
    """
    written = ""
    for piece in formula_pieces(formula):
        signs = _DIGITS.get(piece.shift, {})
        if all(ord(sign) in signs for sign in piece.text):
            written += piece.text.translate(signs)
        else:
            written += _MARKS[piece.shift] + piece.text
    return " ".join(written.split())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _pieces(element: Element) -> Iterator[FormulaPiece]:
    name = _name(element)
    if name in _TEXTS:
        yield _text(element, name)
    elif name in _ROWS:
        for child in element:
            yield from _pieces(child)
    elif name in _READERS:
        yield from _READERS[name](element)
    elif name and name not in _SILENT and not name.endswith("Pr"):
        raise _NoLineError


def _text(element: Element, name: str) -> FormulaPiece:
    if len(element):
        raise _NoLineError
    text = element.text or ""
    return FormulaPiece(_UNSEEN.sub("", text if name == "t" else " ".join(text.split())))


def _annotated(element: Element) -> Iterator[FormulaPiece]:
    for child in element[:1]:
        yield from _pieces(child)


def _shifted(element: Element) -> Iterator[FormulaPiece]:
    shift = _name(element)[-3:].lower()
    base, shifted = _parts(element, "e", shift)
    yield from _pieces(base)
    yield FormulaPiece(_flat(shifted), shift)


def _shifted_twice(element: Element) -> Iterator[FormulaPiece]:
    base, lowered, raised = _parts(element, "e", "sub", "sup")
    yield from _pieces(base)
    yield FormulaPiece(_flat(lowered), "sub")
    yield FormulaPiece(_flat(raised), "sup")


def _function(element: Element) -> Iterator[FormulaPiece]:
    for part in _parts(element, "fName", "e"):
        yield from _pieces(part)
        yield FormulaPiece(" ")


def _parts(element: Element, *names: str) -> list[Element]:
    """Return the parts of an element of Word by their names, of MathML by their order."""
    named = {_name(child): child for child in element}
    if all(name in named for name in names):
        return [named[name] for name in names]
    children = [child for child in element if _name(child)]
    if len(children) != len(names) or not _name(element).startswith("m"):
        raise _NoLineError
    return children


def _flat(element: Element) -> str:
    pieces = list(_pieces(element))
    if any(piece.shift for piece in pieces):
        raise _NoLineError
    return "".join(piece.text for piece in pieces).strip()


def _in_brackets(element: Element) -> Iterator[FormulaPiece]:
    pieces = list(_pieces(element))
    if _ATOM.fullmatch("".join(piece.text for piece in pieces).strip()):
        yield from pieces
    else:
        yield FormulaPiece("(")
        yield from pieces
        yield FormulaPiece(")")


def _fraction(element: Element) -> Iterator[FormulaPiece]:
    above, below = _parts(element, "num", "den")
    yield from _in_brackets(above)
    yield FormulaPiece("/")
    yield from _in_brackets(below)


def _root(element: Element) -> Iterator[FormulaPiece]:
    name, degree = _name(element), ""
    if name == "msqrt":
        inner = list(element)
    elif name == "mroot":
        below, above = _parts(element, "e", "deg")
        inner, degree = [below], _flat(above)
    else:
        inner = [each for each in element if _name(each) == "e"]
        degree = "".join(_flat(each) for each in element if _name(each) == "deg")
    if degree not in _ROOTS:
        raise _NoLineError
    pieces = [piece for each in inner for piece in _pieces(each)]
    simple = bool(re.fullmatch(r"\w+", "".join(piece.text for piece in pieces)))
    yield FormulaPiece(_ROOTS[degree] + ("" if simple else "("))
    yield from pieces
    if not simple:
        yield FormulaPiece(")")


def _delimited(element: Element) -> Iterator[FormulaPiece]:
    signs = {"begChr": "(", "sepChr": "|", "endChr": ")"}
    for each in element.iter():
        if _name(each) in signs:
            signs[_name(each)] = next(iter(each.attrib.values()), "")
    yield FormulaPiece(signs["begChr"])
    for number, each in enumerate(each for each in element if _name(each) == "e"):
        if number:
            yield FormulaPiece(signs["sepChr"])
        yield from _pieces(each)
    yield FormulaPiece(signs["endChr"])


_READERS: Final[Mapping[str, Callable[[Element], Iterator[FormulaPiece]]]] = {
    "semantics": _annotated,
    "f": _fraction,
    "mfrac": _fraction,
    **dict.fromkeys(("sSup", "msup", "sSub", "msub"), _shifted),
    **dict.fromkeys(("sSubSup", "msubsup"), _shifted_twice),
    **dict.fromkeys(("rad", "mroot", "msqrt"), _root),
    "d": _delimited,
    "func": _function,
}


def _parted(pieces: list[FormulaPiece]) -> list[FormulaPiece]:
    """Return pieces without empty ones, a fraction set apart from a whole number before it: “3 1/2”.

    That number may stand before the formula.
    """
    kept = [piece for piece in pieces if piece.text]
    for at in range(len(kept) - 1):
        is_apart = at == 0 or (kept[at - 1].text[-1].isdigit() and not kept[at - 1].shift)
        if is_apart and kept[at + 1].text == "/" and kept[at].text[0].isdigit():
            kept[at] = FormulaPiece(f" {kept[at].text}")
    return kept

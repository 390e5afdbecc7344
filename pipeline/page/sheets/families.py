"""The families that the sheets of a style name, and those of them that nobody has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.sheets.variables import named_variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tinycss2.ast import Node

    from pipeline.page.sheets.declarations import Declaration

_KEPT: Final = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_SIZES: Final = re.compile(r"(x{0,2}-)?(small|large)|xxx-large|medium|smaller|larger")
_DEEPEST: Final = 10


class NamedFamilies(NamedTuple):
    """The families that a declaration names, in order.

    Args:
        declaration: The declaration.
        families: The names; empty where it takes over a family that is set elsewhere.
    """

    declaration: Declaration
    families: tuple[str, ...]


def named_families(declarations: Sequence[Declaration], roles: Mapping[str, str]) -> Iterator[NamedFamilies]:
    """Yield what families each declaration of a face names, variables put in.

    Args:
        declarations: Those of the house's sheets.
        roles: The families that the style's own variables stand for.
    """
    meanings: dict[str, list[list[Node]]] = {}
    for each in declarations:
        if each.name.startswith("--"):
            meanings.setdefault(each.name, []).append(each.value)
    for each in declarations:
        if each.name in {"font-family", "font"} and not each.is_face and not each.is_too_deep:
            value = each.value if each.name == "font-family" else _behind_size(each.value)
            names = tuple(_names(value, meanings, roles, _DEEPEST))
            yield NamedFamilies(each, () if "" in names else names)


def _behind_size(value: Iterable[Any]) -> list[Any]:
    """Return what stands behind size and leading in the shorthand `font`; nothing where it has no size."""
    parts = [part for part in value if part.type not in {"whitespace", "comment"}]
    sizes = [at for at, part in enumerate(parts) if _is_size(part)]
    if not sizes:
        return []
    behind = sizes[0] + 1
    if behind < len(parts) and parts[behind] == "/":
        behind += 2
    return parts[behind:]


def _is_size(part: Any) -> bool:  # noqa: ANN401 - the library has no types
    if part.type == "ident":
        return _SIZES.fullmatch(part.lower_value) is not None
    is_calculated = part.type == "function" and part.lower_name in {"calc", "min", "max", "clamp"}
    return part.type in {"dimension", "percentage"} or is_calculated


def _names(
    value: Iterable[Any], meanings: Mapping[str, list[list[Node]]], roles: Mapping[str, str], depth: int
) -> Iterator[str]:
    """Yield the names of a list of families; an empty one for what is not to be known here."""
    words: list[str] = []
    for part in (*value, None):
        if part is None or part == ",":
            if words:
                name = " ".join(words)
                yield "" if name.lower() in _KEPT else name
            words = []
        elif part.type in {"ident", "string"}:
            words.append(part.value)
        elif variable := named_variable(part):
            yield from _of_variable(variable, meanings, roles, depth)
        elif part.type not in {"whitespace", "comment"}:
            yield ""


def _of_variable(
    name: str, meanings: Mapping[str, list[list[Node]]], roles: Mapping[str, str], depth: int
) -> Iterator[str]:
    if name.removeprefix("--") in roles:
        yield roles[name.removeprefix("--")]
    elif depth == 0 or name not in meanings:
        yield ""
    for value in meanings.get(name, ()) if depth else ():
        yield from _names(value, meanings, roles, depth - 1)

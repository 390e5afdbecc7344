"""The declarations of a sheet, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinycss2.ast import Node

DEEPEST: Final = 100
"""How deep brackets and rules may stand within one another; the program's own sheets need five."""

_LONGEST: Final = 60
"""Characters of a declaration that are shown."""


class Declaration(NamedTuple):
    """A declaration of a sheet.

    Args:
        name: The property in small letters; a variable as it is written.
        value: The parts of its value.
        place: Where it stands.
        page: What stands between `@page` and its brackets; None outside of such rules and in their margins.
        is_too_deep: Whether its value has more brackets within one another than any engine reads.
        is_face: Whether it describes a face, and no element.
    """

    name: str
    value: list[Node]
    place: Place
    page: str | None = None
    is_too_deep: bool = False
    is_face: bool = False

    @property
    def shown(self) -> str:
        """The declaration as a message shows it."""
        import tinycss2  # noqa: PLC0415 - only houses with a style of their own need it

        written = "" if self.is_too_deep else " ".join(tinycss2.serialize(self.value).split())
        text = f"{self.name}: {written}"
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class _Rules(NamedTuple):
    """Parts of a sheet that are still to be read, and what they stand in."""

    parts: list[Node]
    page: str | None
    is_face: bool
    depth: int


def declarations_of(text: str, path: str) -> Iterator[Declaration]:
    """Yield the declarations of a sheet, in their order within each rule.

    Args:
        text: The sheet.
        path: Where it lies in a workspace.
    """
    import tinycss2  # noqa: PLC0415 - as above

    waiting = [_Rules(tinycss2.parse_stylesheet(text, skip_comments=True), None, is_face=False, depth=0)]
    while waiting:
        rules = waiting.pop()
        inner = []
        for part in rules.parts:
            if part.type == "declaration":
                place = Place(path, part.source_line, part.source_column, len(part.name))
                name = part.name if part.name.startswith("--") else part.lower_name
                is_deep = _is_too_deep(part.value)
                yield Declaration(name, part.value, place, rules.page, is_deep, rules.is_face)
            elif rules.depth < DEEPEST and getattr(part, "content", None) is not None:
                inner.append(_within(part, rules, tinycss2))
        waiting += reversed(inner)


def _within(rule: Any, outer: _Rules, tinycss2: Any) -> _Rules:  # noqa: ANN401 - the library has no types
    keyword = rule.lower_at_keyword if rule.type == "at-rule" else ""
    page = tinycss2.serialize(rule.prelude).strip() if keyword == "page" else None
    content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
    return _Rules(content, page, keyword == "font-face", outer.depth + 1)


def _is_too_deep(value: Iterable[Node]) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for parts in level for part in parts if (inner := inner_parts(part))]
        if not level:
            return False
    return True


def inner_parts(part: Any) -> list[Node]:  # noqa: ANN401 - the library has no types
    """Return the parts of what stands in brackets, or of a function; none of anything else."""
    inner = getattr(part, "arguments", None)
    return (getattr(part, "content", None) if inner is None else inner) or []


def all_parts(value: Iterable[Node]) -> Iterator[Any]:
    """Yield the parts of a value, and those within its brackets and functions."""
    waiting = list(value)
    while waiting:
        part = waiting.pop()
        yield part
        waiting += inner_parts(part)

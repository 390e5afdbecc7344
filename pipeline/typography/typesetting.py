"""Applies typography to every text of an issue's model."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel

from pipeline.models.text import (
    Code,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    Note,
    NoteCall,
    Paragraph,
    Run,
    Strong,
)
from pipeline.models.values.base import Typeset, fields_marked
from pipeline.models.values.strings import is_web_address
from pipeline.typography.microtypography.setting import set_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.models.issue import Issue

    SetRuns = Callable[[Sequence[str]], tuple[str, ...]]
    """Applies typography to the runs of one paragraph."""

OPAQUE = "\ufffc"
"""Stands among the runs for what is not text: code, a note reference, a break."""

VERBATIM = frozenset({"statement", "disclaimer"})
"""Fields that funders require verbatim."""

T = TypeVar("T")


class _Setters(NamedTuple):
    """What applies typography: to the runs of running text, and to those of lines, heads and cells."""

    running: SetRuns
    lines: SetRuns


def typeset(issue: Issue, *, visible_only: bool = False, as_filed: bool = False) -> Issue:
    """Apply typography to an issue.

    Args:
        issue: As read.
        as_filed: Whether it is laid out by templates of before, and its lines end where they did.
        visible_only: Whether spaces may stay breakable; for a comparison of what is visible.

    Returns:
        The issue with the same letters and digits; applying typography again changes nothing.
    """
    lines = functools.partial(
        set_runs, language=issue.language, visible_only=visible_only, rooms=not as_filed
    )
    running = functools.partial(lines, dates=not as_filed, passages=not as_filed)
    return _set(issue, _Setters(running, lines))


def typeset_blocks(blocks: tuple[Any, ...], language: str) -> tuple[Any, ...]:
    """Apply typography to blocks or to notes; see `typeset`."""
    plain = functools.partial(set_runs, language=language)
    return _set(blocks, _Setters(functools.partial(plain, passages=True), plain))


def line_fields(node: object) -> Iterator[tuple[str, str]]:
    """Yield the one-line texts of a node and of the models it holds, each with its dotted path.

    Paths are those of `Places`: `title`, `partners.countries.0`.
    """
    for name, value in _fields(node):
        if isinstance(value, str):
            if name in fields_marked(type(node), Typeset):
                yield name, value
        elif isinstance(value, BaseModel):
            yield from ((f"{name}.{path}", text) for path, text in line_fields(value))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from ((f"{name}.{index}.{path}", text) for path, text in line_fields(item))


def _set(node: T, setters: _Setters) -> T:
    set_node: T = _set_any(node, setters)
    return set_node


def _set_any(node: Any, setters: _Setters) -> Any:  # noqa: ANN401 - any node
    if isinstance(node, (Paragraph, Heading, Note)):
        runs = setters.lines if isinstance(node, Heading) else setters.running
        children = _set_inlines(node.children, runs)
        return dataclasses.replace(node, children=children)
    if isinstance(node, tuple):
        return _set_tuple(node, setters)
    if not (isinstance(node, BaseModel) or dataclasses.is_dataclass(node)):
        return node
    lines = fields_marked(type(node), Typeset) - VERBATIM
    changed: dict[str, Any] = {}
    for name, value in _fields(node):
        new = setters.lines((value,))[0] if name in lines and isinstance(value, str) else _set(value, setters)
        if new is not value:
            changed[name] = new
    if not changed:
        return node
    if isinstance(node, BaseModel):
        return node.model_copy(update=changed)
    replaced: Any = node
    return dataclasses.replace(replaced, **changed)


def _set_tuple(node: Any, setters: _Setters) -> Any:  # noqa: ANN401 - tuples of any nodes
    if node and isinstance(node[0], Inline):
        return _set_inlines(node, setters.lines)
    items = tuple(_set(item, setters) for item in node)
    return items if any(new is not old for new, old in zip(items, node, strict=True)) else node


def _set_inlines(children: tuple[Inline, ...], typeset_runs: SetRuns) -> tuple[Inline, ...]:
    """Typeset the runs of one paragraph together, so that rules apply across emphasis and links."""
    runs: list[str] = []
    _gather(children, runs.append)
    texts = iter(typeset_runs(runs))
    return _distribute(children, lambda: next(texts))


def _gather(children: tuple[Inline, ...], take: Callable[[str], object]) -> None:
    for child in children:
        match child:
            case Run(text):
                take(text)
            case Emphasis() | Strong():
                _gather(child.children, take)
            case Link():
                if _shows_its_address(child):
                    take(OPAQUE)
                else:
                    _gather(child.children, take)
            case Code() | NoteCall() | LineBreak():
                take(OPAQUE)


def _distribute(children: tuple[Inline, ...], give: Callable[[], str]) -> tuple[Inline, ...]:
    return tuple(_distributed(child, give) for child in children)


def _distributed(child: Inline, give: Callable[[], str]) -> Inline:
    match child:
        case Run():
            return Run(give(), child.place)
        case Emphasis():
            return Emphasis(_distribute(child.children, give))
        case Strong():
            return Strong(_distribute(child.children, give))
        case Link() if not _shows_its_address(child):
            return dataclasses.replace(child, children=_distribute(child.children, give))
        case _:
            give()
            return child


def _shows_its_address(link: Link) -> bool:
    """Return whether the words of a link are its address, which stays unchanged."""
    if len(link.children) != 1 or not isinstance(link.children[0], Run):
        return False
    words = link.children[0].text.strip()
    return words in link.target or is_web_address(words) or "@" in words


def _fields(node: object) -> Iterator[tuple[str, Any]]:
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield name, getattr(node, name)
    elif dataclasses.is_dataclass(node):
        for item in dataclasses.fields(node):
            if item.compare:
                yield item.name, getattr(node, item.name)

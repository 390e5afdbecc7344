"""Words with marks: nested in the model, flat in the editor."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.editor.writing.nodes import (
    BreakNode,
    CodeMark,
    EmphasisMark,
    InlineNode,
    LinkMark,
    LinkTarget,
    NoteAttributes,
    NoteCallNode,
    StrongMark,
    TextNode,
)
from pipeline.findings.place import Place
from pipeline.models.text import Code, Emphasis, Inline, LineBreak, Link, NoteCall, Run, Strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.editor.writing.nodes import Mark

NOWHERE: Final = Place("")
"""The place of what was not read from a file."""

_ORDER: Final = ("link", "strong", "em", "code")


def nodes_of_inlines(inlines: Iterable[Inline]) -> tuple[InlineNode, ...]:
    """Return inlines of the model as the editor holds them: marks in one order, equal neighbours joined."""
    return joined(_flat(inlines, ()))


def _flat(inlines: Iterable[Inline], marks: tuple[Mark, ...]) -> Iterable[InlineNode]:
    for each in inlines:
        match each:
            case Run() | Code() if each.text:
                own = (CodeMark(),) if isinstance(each, Code) else ()
                yield TextNode(text=each.text, marks=_ordered((*marks, *own)))
            case LineBreak():
                yield BreakNode()
            case NoteCall():
                yield NoteCallNode(attrs=NoteAttributes(label=each.label))
            case Emphasis() | Strong() | Link():
                yield from _flat(each.children, (*marks, _mark_of(each)))


def _mark_of(inline: Emphasis | Strong | Link) -> Mark:
    match inline:
        case Emphasis():
            return EmphasisMark()
        case Strong():
            return StrongMark()
        case Link():
            return LinkMark(attrs=LinkTarget(href=inline.target))


def _ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    once = {mark.type: mark for mark in marks}
    return tuple(once[name] for name in _ORDER if name in once)


def joined(nodes: Iterable[InlineNode]) -> tuple[InlineNode, ...]:
    """Return inlines with neighbouring text of the same marks in one node, and marks in one order."""
    ordered = (
        node.model_copy(update={"marks": _ordered(node.marks)}) if isinstance(node, TextNode) else node
        for node in nodes
    )
    result: list[InlineNode] = []
    for marks, group in groupby(ordered, key=lambda node: node.marks if isinstance(node, TextNode) else None):
        if marks is None:
            result += group
        else:
            text = "".join(node.text for node in group if isinstance(node, TextNode))
            result.append(TextNode(text=text, marks=marks))
    return tuple(result)


def inlines_of_nodes(nodes: Sequence[InlineNode]) -> tuple[Inline, ...]:
    """Return inlines of the model: of marks that begin together, the one that lasts longest is outermost."""
    result: list[Inline] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        marks = [mark for mark in _marks_of(node) if not isinstance(mark, CodeMark)]
        if not marks:
            result.append(_leaf(node))
            at += 1
            continue
        ends = {mark.type: _end(nodes, at, mark) for mark in marks}
        mark = max(marks, key=lambda mark: (ends[mark.type], -_ORDER.index(mark.type)))
        inner = [_without(each, mark) for each in nodes[at : ends[mark.type]]]
        result.append(_wrapped(mark, inlines_of_nodes(inner)))
        at = ends[mark.type]
    return tuple(result)


def _marks_of(node: InlineNode) -> tuple[Mark, ...]:
    return node.marks if isinstance(node, TextNode) else ()


def _end(nodes: Sequence[InlineNode], start: int, mark: Mark) -> int:
    """Return the end of a run with a mark; a line break or a call stands within where the mark goes on.

    No call stands within a link, for it is a link itself.
    """
    end = start
    for at in range(start, len(nodes)):
        if isinstance(nodes[at], TextNode):
            if mark not in _marks_of(nodes[at]):
                break
            end = at + 1
        elif isinstance(mark, LinkMark) and isinstance(nodes[at], NoteCallNode):
            break
    return end


def _without(node: InlineNode, mark: Mark) -> InlineNode:
    if not isinstance(node, TextNode):
        return node
    return node.model_copy(update={"marks": tuple(each for each in node.marks if each != mark)})


def _wrapped(mark: Mark, children: tuple[Inline, ...]) -> Inline:
    match mark:
        case EmphasisMark():
            return Emphasis(children)
        case StrongMark():
            return Strong(children)
        case LinkMark():
            return Link(mark.attrs.href, children, NOWHERE)
    message = f"{mark.type} holds text alone"
    raise TypeError(message)


def _leaf(node: InlineNode) -> Inline:
    match node:
        case TextNode():
            return Code(node.text, NOWHERE) if CodeMark() in node.marks else Run(node.text, NOWHERE)
        case BreakNode():
            return LineBreak()
        case NoteCallNode():
            return NoteCall(node.attrs.label, NOWHERE)

"""The normal form of words: what no line shows is left out, and marks begin and end at words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.writing.inlines import joined
from pipeline.editor.writing.nodes import BreakNode, CodeMark, InlineNode, LinkMark, LinkTarget, TextNode
from pipeline.files.text.source import plain_text
from pipeline.reading.markdown.inlines import addresses_in, as_parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.editor.writing.nodes import Mark

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Control characters and what is no character, none of which a text may hold."""

_SPACE: Final = re.compile("[\t\n\r\u2028\u2029]")
_PUNCTUATION: Final = re.compile(r"[^\w\s]|_")


def normal_words(content: Iterable[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words without what no line shows: spaces and breaks at the ends, marks on spaces alone."""
    nodes = [node for each in content for node in _cleaned(each)]
    nodes = _without_outer(list(joined(nodes)))
    return joined(node for each in joined(_trimmed_marks(nodes)) for node in _with_addresses(each))


def _cleaned(node: InlineNode) -> Iterator[InlineNode]:
    if not isinstance(node, TextNode):
        yield node
        return
    text = plain_text(_SPACE.sub(" ", CONTROL.sub("", node.text)))
    marks = tuple(mark for mark in node.marks if not isinstance(mark, LinkMark) or mark.attrs.href.strip())
    if text:
        yield TextNode(text=text, marks=marks)


def _without_outer(nodes: list[InlineNode]) -> list[InlineNode]:
    """Leave out spaces at the ends of each line, and breaks before the first word and behind the last."""
    lines: list[list[InlineNode]] = [[]]
    for node in nodes:
        if isinstance(node, BreakNode):
            lines.append([])
        else:
            lines[-1].append(node)
    stripped = [_stripped(line) for line in lines]
    while stripped and not stripped[0]:
        stripped.pop(0)
    while stripped and not stripped[-1]:
        stripped.pop()
    # Two breaks in a row would be an empty line, which ends the paragraph.
    kept = [line for line in stripped if line]
    result: list[InlineNode] = []
    for line in kept:
        if result:
            result.append(BreakNode())
        result += line
    return result


def _stripped(line: list[InlineNode]) -> list[InlineNode]:
    line = list(line)
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while line and isinstance(line[at], TextNode):
            node = line[at]
            assert isinstance(node, TextNode)  # noqa: S101 - said by the condition
            text = strip(node.text, " ")
            if text:
                line[at] = node.model_copy(update={"text": text})
                break
            line.pop(at)
    return line


def _trimmed_marks(nodes: Sequence[InlineNode]) -> Iterator[InlineNode]:
    """Yield text whose marks begin and end at a word: Markdown has no marks with a space inside of them."""
    for at, node in enumerate(nodes):
        if not isinstance(node, TextNode) or not node.marks:
            yield node
            continue
        before = _marks_at(nodes, at - 1)
        after = _marks_at(nodes, at + 1)
        text = node.text
        left = len(text) - len(text.lstrip(" "))
        right = len(text.rstrip(" "))
        is_code = CodeMark() in node.marks
        if left and not is_code:
            yield from _text(text[:left], _only(node.marks, before))
        if is_code:
            yield node
            continue
        if left < right:
            yield from _text(text[left:right], node.marks)
        if left < right < len(text):
            yield from _text(text[right:], _only(node.marks, after))


def _only(marks: Sequence[Mark], others: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark in others)


def _marks_at(nodes: Sequence[InlineNode], at: int) -> tuple[Mark, ...]:
    node = nodes[at] if 0 <= at < len(nodes) else None
    return node.marks if isinstance(node, TextNode) else ()


def _text(text: str, marks: tuple[Mark, ...]) -> Iterator[InlineNode]:
    if text:
        yield TextNode(text=text, marks=marks)


def _with_addresses(node: InlineNode) -> Iterator[InlineNode]:
    """Yield a text with the web addresses in it as links, as they are read."""
    if not isinstance(node, TextNode) or any(isinstance(mark, LinkMark | CodeMark) for mark in node.marks):
        yield node
        return
    at = 0
    for start, address in addresses_in(node.text):
        yield from _text(node.text[at:start], node.marks)
        link = LinkMark(attrs=LinkTarget(href=address))
        yield TextNode(text=address, marks=(link, *node.marks))
        at = start + len(address)
    yield from _text(node.text[at:], node.marks)


def with_marks_at_words(nodes: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words with signs at the borders of emphasis outside of it, where it could not be read.

    Between a letter and a sign no emphasis begins or ends (CommonMark 0.31, 6.2).
    """
    result: list[InlineNode] = []
    for at, node in enumerate(nodes):
        if not isinstance(node, TextNode) or not node.marks or CodeMark() in node.marks:
            result.append(node)
            continue
        before, after = _marks_at(nodes, at - 1), _marks_at(nodes, at + 1)
        left = len(node.text) - len(_lstripped_signs(node.text))
        right = len(_rstripped_signs(node.text))
        if left >= right:
            shared = _only(node.marks, before) or _only(node.marks, after)
            result.append(node.model_copy(update={"marks": _links(node.marks, shared)}))
            continue
        result += _text(node.text[:left], _links(node.marks, before))
        result += _text(node.text[left:right], node.marks)
        result += _text(node.text[right:], _links(node.marks, after))
    return joined(result)


def _links(marks: Sequence[Mark], others: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if isinstance(mark, LinkMark) or mark in others)


def _lstripped_signs(text: str) -> str:
    at = 0
    while at < len(text) and (_PUNCTUATION.match(text[at]) or text[at].isspace()):
        at += 1
    return text[at:]


def _rstripped_signs(text: str) -> str:
    return _lstripped_signs(text[::-1])[::-1]


def without_marks(nodes: Sequence[InlineNode], *names: str) -> tuple[InlineNode, ...]:
    """Return words without marks of some types."""
    return joined(
        node.model_copy(update={"marks": tuple(mark for mark in node.marks if mark.type not in names)})
        if isinstance(node, TextNode)
        else node
        for node in nodes
    )


def with_parsed_targets(nodes: Sequence[InlineNode]) -> tuple[InlineNode, ...]:
    """Return words whose links lead to addresses as the parser gives them."""
    return joined(
        node.model_copy(update={"marks": tuple(map(_parsed, node.marks))})
        if isinstance(node, TextNode)
        else node
        for node in nodes
    )


def _parsed(mark: Mark) -> Mark:
    return LinkMark(attrs=LinkTarget(href=as_parsed(mark.attrs.href))) if isinstance(mark, LinkMark) else mark

"""Takes links off an article's file, which otherwise stays as it was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from markdown_it.rules_inline import link as read_link

from pipeline.files.text.source import Source
from pipeline.models.issue import composed
from pipeline.models.text import Code, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.inlines import link_target
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.reading.markdown.parser import new_markdown_parser

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from markdown_it.rules_inline import StateInline

    from pipeline.reading.markdown.source.tokens import Token

_LINE_END: Final = re.compile(r"\r\n?|\n")
_SIGN: Final = re.compile(r"([!-/:-@\[-`{-~])")
_BYTE_ORDER_MARK: Final = "\ufeff"


def without_links(text: str, targets: Collection[str]) -> str:
    """Return an article's file without its links to some targets; the words of each link stay.

    All other characters stay, line ends too. The result is read back: where the words of a link would be read
    as other markup, such as `1.` at the start of a line, their signs are escaped.

    Args:
        text: The file; it has no errors.
        targets: As `Link.target` has them.

    Returns:
        The file; as it was where a link cannot be taken off without changing the words of the article.
    """
    links = list(_links(text, {composed(target) for target in targets}))
    said = _said(text)
    as_written = [edit for link in links for edit in link.around]
    escaped = [_Edit(link.around[0].start, link.around[1].end, link.escaped) for link in links]
    results = (_edited(text, edits) for edits in (as_written, escaped))
    for result in results:
        read = _said(result)
        if read.words == said.words and read.code <= said.code:
            return result
    return text


class _Edit(NamedTuple):
    """A part of the file, from its first character to the one behind its last, and what replaces it."""

    start: int
    end: int
    replacement: str


def _edited(text: str, edits: list[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, text[at:]])


class _WrittenLink(NamedTuple):
    """A link in a file.

    Args:
        around: The edits that take off what is written before and behind its words.
        escaped: Its words as Markdown, without marks.
    """

    around: tuple[_Edit, _Edit]
    escaped: str


def _links(text: str, targets: Collection[str]) -> Iterator[_WrittenLink]:
    lines = _lines(text)
    fences = [number for number, (_, line) in enumerate(lines) if line.rstrip() == "---"]
    first = fences[1] + 1
    parser = new_markdown_parser()
    parser.inline.ruler.at("link", _link_with_span)
    opened, row, column = "", -1, 0
    environment: dict[str, Any] = {}
    tokens = parser.parse("\n".join(line for _, line in lines[first:]) + "\n", environment)
    yield from _definitions(environment, [*lines[first:], (len(text), "")], targets)
    for token in tokens:
        if token.type == "inline" and token.map is not None:
            begin, end = token.map
            column = column if begin == row else 0
            is_cell = opened in {"th_open", "td_open"}
            where = _Offsets(token.content, lines[first + begin : first + end], column, is_cell=is_cell)
            row, column = begin, where.end
            yield from _links_in(token.children or (), where, targets)
        opened = token.type


def _definitions(
    environment: dict[str, Any], lines: Sequence[tuple[int, str]], targets: Collection[str]
) -> Iterator[_WrittenLink]:
    """Yield the lines that define the targets of the links taken off (`[name]: target`)."""
    defined = environment.get("references", {}).values()
    for definition in (*defined, *environment.get("duplicate_refs", ())):
        if composed(unquote(definition["href"])) in targets:
            begin, end = definition["map"]
            start, stop = lines[begin][0], lines[end][0]
            yield _WrittenLink((_Edit(start, stop, ""), _Edit(stop, stop, "")), "")


def _links_in(tokens: Sequence[Token], where: _Offsets, targets: Collection[str]) -> Iterator[_WrittenLink]:
    for at, token in enumerate(tokens):
        # An address in angle brackets is a link too, but leads to no article.
        if "span" not in token.meta or composed(target := link_target(token)) not in targets:
            continue
        start, label_end, end = token.meta["span"]
        closing = next(n for n in range(at, len(tokens)) if tokens[n].type == "link_close")
        # A link without words shows its target.
        words = "".join(map(_escaped, tokens[at + 1 : closing])) or _SIGN.sub(r"\\\1", target)
        before = "" if label_end > start + 1 else words
        yield _WrittenLink((where.edit(start, start + 1, before), where.edit(label_end, end)), words)


def _link_with_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Read a link as the parser does, and note in its token where it starts, its words end, and it ends."""
    start, count = state.pos, len(state.tokens)
    if not read_link(state, silent):
        return False
    if not silent:
        opening = next(token for token in state.tokens[count:] if token.type == "link_open")
        label_end = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003 - the parser's own
        opening.meta["span"] = (start, label_end, state.pos)
    return True


class _Offsets:
    """Finds the characters of an inline token's content in the file.

    Args:
        content: The lines of a paragraph, a heading or a cell, without what stands before them in the file.
        lines: The lines of the file from the first of these, each with its offset.
        column: Where to search in the first of them: behind the cells before this one.
        is_cell: Whether it is a cell, whose bars are escaped in the file alone.
    """

    def __init__(self, content: str, lines: Sequence[tuple[int, str]], column: int, *, is_cell: bool) -> None:
        self._content = content
        self._is_cell = is_cell
        self._starts: list[tuple[int, int]] = []
        at = self.end = 0
        for (offset, line), part in zip(lines, content.split("\n"), strict=False):
            written = part.strip().replace("|", "\\|") if is_cell else part.strip()
            found = line.find(written, column)
            self.end = found + len(written)
            self._starts.append((at, offset + found - (len(part) - len(part.lstrip()))))
            at, column = at + len(part) + 1, 0

    def edit(self, start: int, end: int, replacement: str = "") -> _Edit:
        """Return the edit that takes off or replaces a part of the content."""
        return _Edit(self._offset(start), self._offset(end - 1) + 1, replacement)

    def _offset(self, at: int) -> int:
        first, offset = self._starts[bisect_right(self._starts, at, key=itemgetter(0)) - 1]
        bars = self._content.count("|", first, at) if self._is_cell else 0
        return offset + at - first + bars


def _escaped(token: Token) -> str:
    match token.type:
        case "text" | "text_special" | "code_inline":
            return _SIGN.sub(r"\\\1", token.content)
        case "softbreak" | "hardbreak":
            return " "
    return ""


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text, each with its offset."""
    at = len(_BYTE_ORDER_MARK) if text.startswith(_BYTE_ORDER_MARK) else 0
    lines: list[tuple[int, str]] = []
    for end in _LINE_END.finditer(text):
        lines.append((at, text[at : end.start()]))
        at = end.end()
    return [*lines, (at, text[at:])]


class _Said(NamedTuple):
    """What an article says.

    Args:
        words: In order.
        code: How many texts are set as code: a line becomes one where a definition above it is taken off.
    """

    words: list[str]
    code: int


def _said(text: str) -> _Said:
    read = read_manuscript(Source("", "\n".join(line for _, line in _lines(text))))
    runs = [*nodes_of(Run | Code, (read.body, read.notes))]  # type: ignore[arg-type]
    return _Said("".join(run.text for run in runs).split(), sum(isinstance(run, Code) for run in runs))

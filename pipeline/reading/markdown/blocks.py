"""Reads an article's Markdown into blocks with places.

CommonMark 0.31 with tables and footnotes, pictures with attributes, `<!-- page break -->`; other HTML is
an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import (
    Alignment,
    Block,
    Cell,
    Code,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Note,
    Ornament,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)
from pipeline.reading.markdown.inlines import COMMENTS, read_inlines
from pipeline.reading.markdown.line_starts import line_findings
from pipeline.reading.markdown.lists import Item, NumberedList, list_block, list_findings
from pipeline.reading.markdown.parser import markdown_parser
from pipeline.reading.markdown.pictures import read_picture
from pipeline.reading.markdown.references import References
from pipeline.reading.markdown.source_lines import SourceLines
from pipeline.reading.markdown.spans import Span, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

    from pipeline.reading.markdown.positions import Columns

DEEPEST: Final = 10
"""The most levels of nested lists and quotes."""

OPEN_BRACKETS: Final = 30
"""The most open brackets in a paragraph: the parser's time grows with their square."""

TAB: Final = 4
"""The columns from one tab stop to the next (CommonMark 0.31, 2.2)."""

SHORTEST_UNDERLINE: Final = 3
"""Dashes below a line that may be meant as a heading; fewer begin an item, or are a slip."""

LONGEST_HEADING: Final = 100
"""Characters of a line above dashes that may be meant as a heading."""

_PAGE_BREAK = re.compile(r"\s*<!--\s*page\s*break\s*-->\s*", re.IGNORECASE)
_NOTE = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:")
_SEAM = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{0,20}")
"""The name of a language behind the fence of a code block, which nothing here uses."""

_CLOSING = re.compile(r"\s(#+)\s*$")
"""The closing sequence of a heading (CommonMark 0.31, 4.2)."""

_MARGIN = re.compile(r"(?:[\s>]|(?:[-*+]|\d{1,9}[.)])(?=\s))*")
"""What quotations and lists put before the first line of a table."""
_NESTING: Final = {"blockquote_open", "bullet_list_open", "ordered_list_open"}
_SMALLEST_HEADING: Final = 4


@dataclass
class _Open:
    """An open token with the children read so far."""

    token: Token | None
    children: list[Any] = field(default_factory=list)


class BlockReader:
    """Builds blocks from the parser's tokens.

    Args:
        path: The file, relative to the workspace.
        lines: All of its lines.
        first: How many of them come before the text.
    """

    def __init__(self, path: str, lines: list[str], first: int) -> None:
        """Begin with no findings."""
        self.findings: list[Finding] = []
        self._lines = SourceLines(path, lines, first)
        self._level = 1
        self._labels: dict[str, Place] = {}
        self._written: dict[str, tuple[Block, ...]] = {}
        self._lists: list[NumberedList] = []
        self.spans: list[Span] = []

    def read(self, text: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
        """Return the blocks of the text and its notes; errors are added to `findings`."""
        if (opened := self._unclosed_brackets()) is not None:
            self.findings.append(found("E47", opened, limit=OPEN_BRACKETS))
            return (), ()
        references = References()
        environment: dict[str, Any] = {"references": references}
        # The parser fails on a last line without a line end.
        tokens = markdown_parser().parse(text + "\n", environment)
        if (deep := _first_too_deep(tokens)) is not None:
            self.findings.append(found("E47", self._lines.place(deep), limit=DEEPEST))
            return (), ()
        self._find_unused(references.unused(environment.get("duplicate_refs", [])))
        refs = environment.get("footnotes", {}).get("refs", {})
        labels = {label.removeprefix(":"): number for label, number in refs.items()}
        self._find_labels(labels)
        body = self._blocks(tokens)
        notes = self._notes(labels)
        self.findings += list_findings(self._lists)
        for label, number in labels.items():
            if number < 0:
                self.findings.append(found("W03", self._labels.get(label), label=label[:60]))
        return body, notes

    def _unclosed_brackets(self) -> Place | None:
        depth = 0
        for number, line in self._lines.of_text():
            if not line.strip():
                depth = 0
            for match in re.finditer(r"[\[\]]", line):
                depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
                if depth > OPEN_BRACKETS:
                    return Place(self._lines.path, number, match.start() + 1)
        return None

    def _find_unused(self, definitions: Iterable[int]) -> None:
        """Report the definitions of links that no link uses, by their lines in the text, from 0."""
        for line in definitions:
            place = self._lines.place_in_text(line)
            self.findings.append(found("W19", place, found=self._lines[place.line].strip()[:80]))

    def _find_labels(self, labels: dict[str, int]) -> None:
        """Record where each footnote is written; of two with one label the parser keeps the last."""
        for number, line in self._lines.of_text():
            match = _NOTE.match(line)
            if match is None or match[1] not in labels:
                continue
            place = Place(self._lines.path, number, match.start(1) - 1, len(match[1]) + 3)
            if match[1] in self._labels:
                self.findings.append(found("E38", place, found=f"[^{match[1][:60]}]"))
            self._labels.setdefault(match[1], place)

    # blocks

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """Build blocks with a stack of opened tokens."""
        stack, known = [_Open(None)], 0
        for token in tokens:
            opened = token
            if token.nesting == 1:
                stack.append(_Open(token))
            elif token.nesting == -1:
                done = stack.pop()
                opened = done.token or token
                stack[-1].children.extend(self._closed(opened, done.children))
            else:
                stack[-1].children.extend(self._leaf(token))
            if len(stack) == 1:
                self.spans.append(span_of(opened, stack[0].children[known:]))
                known = len(stack[0].children)
        return _only_blocks(stack[0].children)

    def _leaf(self, token: Token) -> list[Any]:
        match token.type:
            case "inline":
                return [token]
            case "hr":
                return [Ornament()]
            case "html_block":
                return self._html_block(token)
            case "code_block" | "fence":
                return self._listing(token)
        return []

    def _closed(self, token: Token, children: list[Any]) -> list[Any]:
        match token.type:
            case "paragraph_open":
                return self._paragraph(children[0]) if children else []
            case "heading_open":
                return self._heading(token, children)
            case "bullet_list_open" | "ordered_list_open":
                return [self._list(token, children)]
            case "footnote_reference_open":
                return self._note(token, children)
            case "list_item_open":
                return [self._item(token, children)]
            case "blockquote_open":
                return [Quote(_only_blocks(children))]
            case "th_open" | "td_open":
                return [(token, children[0] if children else None)]
            case "tr_open":
                return [self._row(token, children)]
            case "table_open":
                (head, alignments), *rows = children
                return [Table(head, tuple(row for row, _ in rows), alignments, self._lines.place(token))]
        return children

    def _list(self, token: Token, items: list[Item]) -> ListBlock:
        if token.type == "bullet_list_open":
            return list_block(items, None)
        numbered = NumberedList(token.level, tuple(items), token.markup)
        self._lists.append(numbered)
        return list_block(items, numbered)

    def _item(self, token: Token, children: list[Any]) -> Item:
        place = self._lines.place(token)
        apart = place.line > 1 and not self._lines[place.line - 1].strip(" \t>")
        return Item(token.info, _only_blocks(children), place, apart)

    def _note(self, token: Token, children: list[Any]) -> list[Any]:
        """Store a note until all references to notes are known."""
        self._written[str(token.meta["label"])] = _only_blocks(children)
        return []

    def _paragraph(self, token: Token) -> list[Block]:
        pieces = [child for child in token.children or [] if not _is_blank(child)]
        if pieces and all(piece.type == "image" for piece in pieces):
            return self._figures(token, pieces)
        self.findings += line_findings(self._lines.written(token))
        children = self._inlines(token)
        return [Paragraph(children)] if children else []

    def _figures(self, token: Token, images: list[Token]) -> list[Block]:
        columns = self._lines.columns(token)
        figures: list[Block] = []
        for image in images:
            picture, findings = read_picture(image, columns.next("!["))
            self.findings += findings
            figures.append(Figure(picture))
        return figures

    def _heading(self, token: Token, children: list[Any]) -> list[Block]:
        level = int(token.tag[1:])
        place = self._lines.place(token)
        words = self._inlines(children[0]) if children else ()
        if not words:
            return []
        if level == 1:
            self.findings.append(found("E43", place))
            return []
        if level > min(self._level + 1, _SMALLEST_HEADING):
            wanted = "#" * min(self._level + 1, _SMALLEST_HEADING)
            before = "#" * self._level if self._level > 1 else "title:"
            self.findings.append(found("E42", place, found="#" * level, before=before, wanted=wanted))
        self._level = level
        if not token.markup.startswith("#") and self._is_hardly_a_heading(token, children[0].content):
            self.findings.append(found("W29", place, found=self._lines[place.line].strip()[:60]))
        closing = _CLOSING.search(self._lines[place.line])
        if closing and token.markup.startswith("#") and closing[1] != token.markup:
            where = Place(self._lines.path, place.line, closing.start(1) + 1, len(closing[1]))
            self.findings.append(found("W22", where, found=closing[1]))
        return [Heading(level, words, place)]

    def _is_hardly_a_heading(self, token: Token, words: str) -> bool:
        """Return whether the line of dashes below a paragraph may be an ornament, or an item."""
        is_sentence = "\n" in words or words.rstrip().endswith((".", ";", ":", ",", "…"))
        underline = self._lines[self._lines.last_number(token)].strip(" \t>")
        return is_sentence or len(words) > LONGEST_HEADING or len(underline) < SHORTEST_UNDERLINE

    def _html_block(self, token: Token) -> list[Block]:
        if _PAGE_BREAK.fullmatch(token.content):
            return [PageBreak()]
        if not COMMENTS.fullmatch(token.content):
            text = " ".join(token.content.split())[:60]
            self.findings.append(found("E41", self._lines.place(token), found=text))
        return []

    def _listing(self, token: Token) -> list[Block]:
        """Keep the lines of a code block; an indented one is reported, for it is mostly unintended (W09)."""
        if token.type == "code_block":
            self.findings.append(found("W09", self._lines.place(token)))
        columns = self._lines.columns(token)
        if token.type == "fence":
            if not _LANGUAGE.fullmatch(info := token.info.strip()):
                self.findings.append(found("W21", columns.peek(info), found=info[:80]))
            columns.turn()
        children: list[Inline] = []
        lines = token.content.rstrip("\n").split("\n")
        for line in lines:
            if children:
                children.append(LineBreak())
            if line.strip():
                children.append(Code(line.expandtabs(TAB), columns.next(line)))
            columns.turn()
        if not any(isinstance(child, Code) for child in children):
            return []
        return [Paragraph(tuple(children), tuple(line.expandtabs(TAB) for line in lines))]

    def _row(
        self, token: Token, cells: list[tuple[Token, Token | None]]
    ) -> tuple[tuple[Cell, ...], tuple[Alignment, ...]]:
        columns = self._lines.columns(token)
        line = _MARGIN.sub("", self._lines[self._lines.number(token)], count=1)
        written = _SEAM.split(line.removeprefix("|").rstrip("| "))
        if surplus := "|".join(written[len(cells) :]).strip("| "):
            # The parser silently drops cells beyond the last column.
            number = self._lines.number(token)
            at = self._lines[number].rfind(surplus)
            place = Place(self._lines.path, number, at + 1, len(surplus))
            self.findings.append(found("E64", place, count=len(written), wanted=len(cells)))
        row = tuple(self._inlines(content, columns) if content else () for _, content in cells)
        return row, tuple(_alignment(opened) for opened, _ in cells)

    def _inlines(self, token: Token, columns: Columns | None = None) -> tuple[Inline, ...]:
        children, findings = read_inlines(token, columns or self._lines.columns(token))
        self.findings += findings
        return children

    # notes

    def _notes(self, labels: dict[str, int]) -> tuple[Note, ...]:
        """Return the notes that the text refers to, in the order of their first references."""
        referenced = sorted((number, label) for label, number in labels.items() if number >= 0)
        notes: list[Note] = []
        for _, label in referenced:
            place = self._labels.get(label, Place(self._lines.path))
            blocks = self._written.get(label, ())
            if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
                self.findings.append(found("E62", place))
            paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
            children = tuple(child for paragraph in paragraphs for child in paragraph.children)
            notes.append(Note(label, children, place))
        return tuple(notes)


def _first_too_deep(tokens: Sequence[Token]) -> Token | None:
    depth = 0
    for token in tokens:
        if token.type in _NESTING:
            depth += 1
        elif token.type.replace("_close", "_open") in _NESTING:
            depth -= 1
        if depth > DEEPEST:
            return token
    return None


def _only_blocks(children: list[Any]) -> tuple[Block, ...]:
    return tuple(child for child in children if isinstance(child, Block))


def _is_blank(token: Token) -> bool:
    if token.type == "html_inline":
        return COMMENTS.fullmatch(token.content) is not None
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())


def _alignment(token: Token) -> Alignment:
    style = str(token.attrGet("style") or "")
    if "center" in style:
        return Alignment.CENTRE
    return Alignment.END if "right" in style else Alignment.START

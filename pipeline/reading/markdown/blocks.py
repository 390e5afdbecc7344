"""Reads an article's Markdown into blocks with places.

CommonMark 0.31 with tables and footnotes, pictures with attributes, `<!-- page break -->`; other HTML is
an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import Finding, found
from pipeline.models.text import (
    Alignment,
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Note,
    Ornament,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)
from pipeline.reading.markdown.code_blocks import read_code
from pipeline.reading.markdown.headings import Headings
from pipeline.reading.markdown.inlines import COMMENTS, read_inlines
from pipeline.reading.markdown.line_starts import line_findings
from pipeline.reading.markdown.lists import Item, NumberedList, list_block, list_findings
from pipeline.reading.markdown.nesting import DEEPEST, OPEN_BRACKETS, first_too_deep, too_many_brackets
from pipeline.reading.markdown.notes import Notes
from pipeline.reading.markdown.parser import markdown_parser
from pipeline.reading.markdown.pictures import read_picture
from pipeline.reading.markdown.references import References
from pipeline.reading.markdown.source.source_lines import SourceLines
from pipeline.reading.markdown.source.spans import Span, span_of
from pipeline.reading.markdown.tables import alignment_of, surplus_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

    from pipeline.reading.markdown.source.positions import Columns

_PAGE_BREAK: Final = re.compile(r"\s*<!--\s*page\s*break\s*-->\s*", re.IGNORECASE)


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
        self._headings = Headings(self._lines)
        self._notes = Notes(self._lines, {})
        self._lists: list[NumberedList] = []
        self.spans: list[Span] = []

    def read(self, text: str) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
        """Return the blocks of the text and its notes; errors are added to `findings`."""
        if (opened := too_many_brackets(self._lines)) is not None:
            self.findings.append(found("E47", opened, limit=OPEN_BRACKETS))
            return (), ()
        references = References()
        environment: dict[str, Any] = {"references": references}
        # The parser fails on a last line without a line end.
        tokens = markdown_parser().parse(text + "\n", environment)
        if (deep := first_too_deep(tokens)) is not None:
            self.findings.append(found("E47", self._lines.place(deep), limit=DEEPEST))
            return (), ()
        self._find_unused(references.unused(environment.get("duplicate_refs", [])))
        refs = environment.get("footnotes", {}).get("refs", {})
        labels = {label.removeprefix(":"): number for label, number in refs.items()}
        self._notes = Notes(self._lines, labels)
        self.findings += self._notes.doubled
        body = self._blocks(tokens)
        notes, findings = self._notes.referred_to()
        self.findings += [*findings, *list_findings(self._lists), *self._notes.unused()]
        return body, notes

    def _find_unused(self, definitions: Iterable[int]) -> None:
        """Report the definitions of links that no link uses, by their lines in the text, from 0."""
        for line in definitions:
            place = self._lines.place_in_text(line)
            self.findings.append(found("W19", place, found=self._lines[place.line].strip()[:80]))

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
                return self._code(token)
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
                self._notes.keep(str(token.meta["label"]), _only_blocks(children))
                return []
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

    def _heading(self, token: Token, children: list[Any]) -> list[Heading]:
        content = children[0].content if children else ""
        words = self._inlines(children[0]) if children else ()
        headings, findings = self._headings.read(token, content, words)
        self.findings += findings
        return headings

    def _html_block(self, token: Token) -> list[Block]:
        if _PAGE_BREAK.fullmatch(token.content):
            return [PageBreak()]
        if not COMMENTS.fullmatch(token.content):
            text = " ".join(token.content.split())[:60]
            self.findings.append(found("E41", self._lines.place(token), found=text))
        return []

    def _code(self, token: Token) -> list[Paragraph]:
        blocks, findings = read_code(token, self._lines)
        self.findings += findings
        return blocks

    def _row(
        self, token: Token, cells: list[tuple[Token, Token | None]]
    ) -> tuple[tuple[Cell, ...], tuple[Alignment, ...]]:
        columns = self._lines.columns(token)
        self.findings += surplus_cells(token, self._lines, len(cells))
        row = tuple(self._inlines(content, columns) if content else () for _, content in cells)
        return row, tuple(alignment_of(opened) for opened, _ in cells)

    def _inlines(self, token: Token, columns: Columns | None = None) -> tuple[Inline, ...]:
        children, findings = read_inlines(token, columns or self._lines.columns(token))
        self.findings += findings
        return children


def _only_blocks(children: list[Any]) -> tuple[Block, ...]:
    return tuple(child for child in children if isinstance(child, Block))


def _is_blank(token: Token) -> bool:
    if token.type == "html_inline":
        return COMMENTS.fullmatch(token.content) is not None
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())

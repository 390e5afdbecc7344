"""Reads the elements of a page into blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.html.blocks import Caption, HtmlBlock, joined_paragraphs, nested_blocks, with_caption
from pipeline.importing.html.elements import (
    BLOCKS,
    HEADINGS,
    HIDDEN,
    NO_TEXT,
    SILENT,
    local_name,
    text_of,
)
from pipeline.importing.html.inlines import (
    HtmlFace,
    HtmlInline,
    HtmlLink,
    append_text,
    inlines_of,
    split_at_breaks,
    with_face_of,
)
from pipeline.importing.html.notes import find_notes
from pipeline.importing.html.numbers import first_number, numbered_list, own_number
from pipeline.importing.html.pictures import Absence, absence_finding, sign_finding
from pipeline.importing.html.tables import alignments_of, captioned_pictures, filled_grid, rows_of
from pipeline.importing.model.incoming_text import IncomingHeading, incoming_figure
from pipeline.importing.model.inlines import Inlines, is_unlinked_text, without_marks, words_in
from pipeline.importing.model.signs import spelt_signs
from pipeline.models.text import (
    Block,
    Code,
    Figure,
    Inline,
    LineBreak,
    ListBlock,
    Note,
    NoteCall,
    Ornament,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_SHORT: Final = 70


_HOST: Final = re.compile(r"[\w+.-]+:\s*(?://)?[^/?#]*")
_OF_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~"
_TAB: Final = 8
"""The columns from one tab stop to the next in a browser (CSS Text 3, 10.2)."""


class HtmlReader:
    """Reads the elements of a page; `read_page` describes which of them count.

    Args:
        name: The name of its file.
        sources: The pictures that come with it, by the `src` of its `img` elements.
        root: Its root element.
        absent: Where pictures are that did not come with it, by their `src`; by default on the web.
    """

    def __init__(
        self,
        name: str,
        sources: Mapping[str, bytes],
        root: Element,
        absent: Mapping[str, Absence] | None = None,
    ) -> None:
        """Read the notes, which stand at the end of an article wherever they are on the page."""
        self._name = name
        self._place = Place(name)
        self._sources = sources
        self._absent = absent
        self._root = root
        self._links = 0
        self.pictures: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self.notes: list[Note] = []
        self.found_notes = find_notes(root)
        self._placed_elsewhere: set[Element] = set(self.found_notes.bodies.values())
        for target, body in self.found_notes.bodies.items():
            self._placed_elsewhere.discard(body)
            words = joined_paragraphs(self._blocks(body, HtmlFace(in_line=True)), self._place)
            self.notes.append(Note(self.found_notes.labels[target], words, self._place))
            self._placed_elsewhere.add(body)

    def blocks(self) -> Iterator[HtmlBlock]:
        """Yield the blocks of the page."""
        yield from self._blocks(self._root, HtmlFace())

    def _blocks(self, element: Element, face: HtmlFace) -> Iterator[HtmlBlock]:
        """Yield the blocks within an element, and its inline content as paragraphs."""
        line: list[HtmlInline] = []
        trailing: list[HtmlBlock] = []
        yield from self._flow(element, face, line, trailing)
        yield from self._closed(line, trailing)

    def _closed(self, line: list[HtmlInline], trailing: list[HtmlBlock]) -> Iterator[HtmlBlock]:
        for part in split_at_breaks(line):
            if inlines := inlines_of(part, self._place):
                yield Paragraph(inlines)
        yield from trailing
        line.clear()
        trailing.clear()

    def _flow(
        self, element: Element, face: HtmlFace, line: list[HtmlInline], trailing: list[HtmlBlock]
    ) -> Iterator[HtmlBlock]:
        append_text(line, element.text, face)
        for child in element:
            tag = local_name(child)
            if not tag or tag in SILENT or child in self._placed_elsewhere:
                pass
            elif HIDDEN.search(child.get("style", "")) or tag in NO_TEXT:
                self._report_unplaced(child, tag)
            elif tag in BLOCKS:
                yield from self._closed(line, trailing)
                yield from self._block(child, tag, face)
            elif tag == "br":
                line.append(LineBreak())
            elif tag == "img":
                trailing.extend(self._picture(child))
            elif tag == "a" and child.get("href") is not None:
                yield from self._link(child, face, line, trailing)
            else:
                # A browser puts the marks of a quotation around it, which the page then sets by its language.
                mark = '"' if tag == "q" and text_of(child).strip() else None
                append_text(line, mark, face)
                yield from self._flow(child, with_face_of(face, tag, child), line, trailing)
                append_text(line, mark, face)
            append_text(line, child.tail, face)

    def _link(
        self, link: Element, face: HtmlFace, line: list[HtmlInline], trailing: list[HtmlBlock]
    ) -> Iterator[HtmlBlock]:
        if label := self.found_notes.labels.get(link.get("href", "")):
            line.append(NoteCall(label, self._place))
        elif not self.found_notes.is_back_link(link):
            yield from self._flow(link, replace(face, link=self._numbered(link)), line, trailing)

    def _numbered(self, link: Element) -> HtmlLink:
        self._links += 1
        # A browser leaves out the ends of lines within an address, and writes a space as %20.
        target = re.sub(r"[\t\r\n\u200b]\s*", "", link.get("href", "")).strip()
        begin = match.end() if (match := _HOST.match(target)) else 0
        host, rest = re.sub(r"\s", "", target[:begin]), target[begin:]
        # An address with some letters encoded and others not would be printed in two ways.
        is_mixed = bool(re.search(r"\s", rest)) or ("%" in rest and not rest.isascii())
        target = host + (quote(rest, safe=_OF_ADDRESSES) if is_mixed else rest)
        return HtmlLink(target, self._links)

    def _report_unplaced(self, element: Element, tag: str) -> None:
        words = " ".join(text_of(element).split())
        if tag in NO_TEXT:
            self.findings.append(
                found("W515", None, name=self._name, found=f"<{tag}> {shortened(words, _SHORT)}")
            )
        elif words:
            self.findings.append(found("W500", None, name=self._name, found=shortened(words, _SHORT)))

    def _block(self, element: Element, tag: str, face: HtmlFace) -> Iterator[HtmlBlock]:
        if tag in HEADINGS:
            yield from self._heading(element, HEADINGS[tag], face)
        elif tag in {"ul", "ol", "menu", "dir"}:
            yield from self._list(element, tag, face)
        elif tag == "table":
            yield from self._table(element, face)
        elif tag == "blockquote":
            if blocks := nested_blocks(self._blocks(element, face)):
                yield Quote(blocks)
        elif tag == "hr":
            yield Ornament()
        elif tag == "figure":
            yield from self._figure(element, face)
        elif tag == "pre":
            yield from self._listing(element)
        else:
            captioned = tag == "p" and "caption" in element.get("class", "").split()
            for block in self._blocks(element, replace(face, bold=True) if tag == "dt" else face):
                yield Caption(block.children) if captioned and isinstance(block, Paragraph) else block

    def _heading(self, element: Element, level: int, face: HtmlFace) -> Iterator[HtmlBlock]:
        titled = "title" in element.get("class", "").split()
        for block in self._blocks(element, face):
            if isinstance(block, Paragraph | IncomingHeading | Caption):
                words = without_marks(block.children, Strong)
                heading = IncomingHeading(level, words, self._place, title=titled)
                yield Paragraph(words) if face.in_line else heading
            else:
                yield block

    def _list(self, element: Element, tag: str, face: HtmlFace) -> Iterator[HtmlBlock]:
        items: list[tuple[Block, ...]] = []
        numbers: list[int] = []

        def append(blocks: tuple[Block, ...], number: int | None = None) -> None:
            items.append(blocks)
            numbers.append(number if number is not None else numbers[-1] + 1 if numbers else first)

        first = first_number(element)
        for words in self._stray(element.text, face):
            append(words)
        for child in element:
            if child in self._placed_elsewhere:
                continue
            listed = child.tag == "li"
            read = self._blocks(child, face) if listed else self._block(child, str(child.tag), face)
            blocks = nested_blocks(read)
            if blocks and not listed and items:
                # Word processors put a nested list beside its item, not into it.
                items[-1] += blocks
            elif blocks:
                append(blocks, own_number(child))
            for words in self._stray(child.tail, face):
                append(words)
        if items:
            yield numbered_list(items, numbers) if tag == "ol" else ListBlock(None, tuple(items))

    def _stray(self, text: str | None, face: HtmlFace) -> list[tuple[Block, ...]]:
        """Return words in a list outside its items as an item of their own."""
        line: list[HtmlInline] = []
        append_text(line, text, face)
        words = inlines_of(line, self._place)
        return [(Paragraph(words),)] if words else []

    def _listing(self, element: Element) -> Iterator[HtmlBlock]:
        text = spelt_signs(text_of(element)).replace("\r\n", "\n").replace("\r", "\n").expandtabs(_TAB)
        lines = [line.rstrip() for line in text.split("\n")]
        while lines and not lines[0]:
            lines.pop(0)
        while lines and not lines[-1]:
            lines.pop()
        inlines: list[Inline] = []
        for line in lines:
            if inlines:
                inlines.append(LineBreak())
            if line:
                inlines.append(Code(line, self._place))
        if inlines:
            yield Paragraph(tuple(inlines), tuple(lines))

    def _figure(self, element: Element, face: HtmlFace) -> Iterator[HtmlBlock]:
        captions = list(element.iter("figcaption"))
        words = " ".join(
            words_in(joined_paragraphs(self._blocks(each, face), self._place)) for each in captions
        ).strip()
        self._placed_elsewhere |= set(captions)
        blocks = list(self._blocks(element, face))
        shown = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Figure)]
        if shown and words:
            at, last = shown[-1]
            blocks[at] = with_caption(last, words)
        elif words:
            blocks.append(Paragraph((Run(words, self._place),)))
        yield from blocks

    # tables

    def _table(self, table: Element, face: HtmlFace) -> Iterator[HtmlBlock]:
        rows = rows_of(table)
        cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
        for caption in table.iter("caption"):
            yield from self._blocks(caption, face)
        nested = next((each for each in table.iter("table") if each is not table), None) is not None
        layout = table.get("role") == "presentation" or (nested and all(len(row) <= 1 for row in cells))
        one_row = len(cells) == 1 and not any(cell.tag == "th" for cell in cells[0])
        if layout or one_row or all(len(row) <= 1 for row in cells):
            for cell in (cell for row in cells for cell in row):
                yield from self._blocks(cell, face)
            return
        if captioned := captioned_pictures(cells):
            for picture, below in captioned:
                yield from self._captioned(picture, below, face)
            return
        trailing: list[HtmlBlock] = []

        def words_of_cell(cell: Element) -> Inlines:
            inner = replace(face, bold=face.bold and cell.tag != "th", in_line=True)
            blocks = list(self._blocks(cell, inner))
            trailing.extend(block for block in blocks if isinstance(block, Figure))
            return joined_paragraphs(blocks, self._place)

        grid, merged = filled_grid(cells, words_of_cell)
        if merged:
            words = " ".join(words_in(cell) for cell in grid[0] if cell)
            self.findings.append(found("W508", None, name=self._name, found=shortened(words, _SHORT)))
        yield Table(grid[0], grid[1:], alignments_of(grid), self._place)
        yield from trailing

    def _captioned(self, picture: Element, caption: Element, face: HtmlFace) -> Iterator[HtmlBlock]:
        """Yield the picture of a cell with the words of the cell below it."""
        words = joined_paragraphs(self._blocks(caption, replace(face, in_line=True)), self._place)
        figures = list(self._blocks(picture, face))
        if len(figures) == 1 and isinstance(figures[0], Figure) and is_unlinked_text(words):
            yield with_caption(figures[0], words_in(words)) if words else figures[0]
        else:
            yield from figures
            if words:
                yield Paragraph(words)

    # pictures

    def _picture(self, image: Element) -> Iterator[HtmlBlock]:
        source = image.get("src", "").strip()
        alternative = " ".join(image.get("alt", "").split())
        caption = " ".join(image.get("title", "").split())
        data = self._sources.get(source)
        if data is None:
            if source and image.get("width") != "1":
                absence = (self._absent or {}).get(source, Absence.ELSEWHERE)
                self.findings.append(absence_finding(self._name, source, absence))
            if alternative:
                self.findings.append(
                    found("W500", None, name=self._name, found=shortened(alternative, _SHORT))
                )
            return
        # In a Word file the size of the file says nothing: it is set to another.
        is_own = self._absent is not None or source.startswith("cid:")
        if (sign := sign_finding(self._name, image, data if is_own else None)) is not None:
            self.findings.append(sign)
            return
        self.pictures[source] = data
        yield incoming_figure(source, self._place, alternative, caption)

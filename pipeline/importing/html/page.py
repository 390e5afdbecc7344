"""Reads HTML into an incoming text."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from pipeline.findings.finding import Finding, IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import shortened
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
    append_text,
    joined_paragraphs,
    split_at_breaks,
    trimmed,
    with_face_of,
)
from pipeline.importing.html.inventory import page_inventory
from pipeline.importing.html.notes import find_notes
from pipeline.importing.html.tables import filled_grid, rows_of
from pipeline.importing.html.tree import parse_html
from pipeline.importing.model.pieces import (
    FlatRun,
    IncomingText,
    Inline,
    Inlines,
    LinkTarget,
    ListPiece,
    Paragraph,
    PicturePiece,
    Piece,
    QuotePiece,
    TablePiece,
    plain,
)
from pipeline.models.text import LineBreak, NoteCall, Ornament

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

LARGEST: Final = 5_000_000
"""The most characters of a page."""

_SHORT: Final = 70
_EMBEDDED_PICTURE: Final = re.compile(
    r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s%]+(?=[\"'])", re.IGNORECASE
)


def read_page(markup: str, name: str, pictures: Mapping[str, bytes] | None = None) -> IncomingText:
    """Read a page.

    What counts: `h1` to `h6` (`class="title"` is the title of the whole); `p` (`class="caption"` stands
    below the picture before it), `blockquote`, `pre`, `hr`, `br`; `ul`, `ol` with `start`, `li`; `table`
    with `tr`, `th`, `td`, `colspan`, `rowspan`; `figure` with `figcaption`; `img` with `src`, `alt`,
    `title`; `b`, `strong`, `i`, `em`, `code`, `sup`, `sub`, `a`. A footnote is `<a id="r1" href="#n1">1</a>`
    in the text and, anywhere behind it, a `p`, `li`, `div`, `aside` or `dd` with `id="n1"` that holds a
    link `href="#r1"` back, dropped where its text is a number or ↑. Bold and italic count in `style` too;
    what `style` hides is a finding (W500), and so are `object`, `math` and `svg` (W515). All other elements
    count for their text alone.

    Args:
        markup: The HTML, which may be invalid.
        name: The name of its file.
        pictures: The pictures that come with it, by the `src` of its `img` elements.

    Returns:
        The pieces with their inventory; scripts and styles are no part of a text.

    Raises:
        IssueError: It is too large (E506) or too deeply nested (E500).
    """
    images = dict(pictures or {})
    # Embedded pictures would make the page too large to parse.
    markup = _EMBEDDED_PICTURE.sub(lambda match: _extracted_picture(match[0], images), markup)
    if len(markup) > LARGEST:
        size, limit = f"{len(markup) / 1e6:.1f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=name, size=size, limit=limit)])
    root = parse_html(markup, name)
    reader = _HtmlReader(name, images, root)
    pieces = tuple(_with_captions(reader.flow(root, HtmlFace())))
    title = next((text_of(each).strip() for each in root.iter("title")), "")
    author = next(
        (e.get("content", "") for e in root.iter("meta") if e.get("name", "").lower() == "author"), ""
    )
    return IncomingText(
        name,
        pieces,
        notes=reader.notes,
        pictures=reader.pictures,
        inventory=tuple(page_inventory(root, reader.found_notes, reader.pictures)),
        findings=tuple(reader.findings),
        title=title,
        author=author,
    )


@dataclass
class _HtmlReader:
    name: str
    sources: dict[str, bytes]
    root: Element
    notes: dict[str, Inlines] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    links: int = 0

    def __post_init__(self) -> None:
        self.found_notes = find_notes(self.root)
        self._placed_elsewhere: set[Element] = set(self.found_notes.bodies.values())
        for target, body in self.found_notes.bodies.items():
            self._placed_elsewhere.discard(body)
            self.notes[self.found_notes.labels[target]] = trimmed(
                joined_paragraphs(self.flow(body, HtmlFace()))
            )
            self._placed_elsewhere.add(body)

    # pieces

    def flow(self, element: Element, face: HtmlFace) -> Iterator[Piece]:
        """Yield the pieces within an element: paragraphs of inline content, and blocks."""
        line: list[Inline] = []
        trailing: list[Piece] = []
        yield from self._flow(element, face, line, trailing)
        yield from self._closed(line, trailing)

    def _closed(self, line: list[Inline], trailing: list[Piece], level: int = 0) -> Iterator[Piece]:
        for part in split_at_breaks(line):
            if inlines := trimmed(part):
                yield Paragraph(inlines, level)
        yield from trailing
        line.clear()
        trailing.clear()

    def _flow(
        self, element: Element, face: HtmlFace, line: list[Inline], trailing: list[Piece]
    ) -> Iterator[Piece]:
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
                yield from self._flow(child, with_face_of(face, tag, child), line, trailing)
            append_text(line, child.tail, face)

    def _link(
        self, link: Element, face: HtmlFace, line: list[Inline], trailing: list[Piece]
    ) -> Iterator[Piece]:
        if label := self.found_notes.labels.get(link.get("href", "")):
            line.append(NoteCall(label, Place(self.name)))
        elif not self.found_notes.is_back_link(link):
            yield from self._flow(link, replace(face, anchor=self._anchor(link)), line, trailing)

    def _anchor(self, link: Element) -> LinkTarget:
        self.links += 1
        target = re.sub(r"[\s\u200b]+", "", link.get("href", ""))
        return LinkTarget(target, self.links)

    def _report_unplaced(self, element: Element, tag: str) -> None:
        words = " ".join(text_of(element).split())
        if tag in NO_TEXT:
            self.findings.append(
                found("W515", None, name=self.name, found=f"<{tag}> {shortened(words, _SHORT)}")
            )
        elif words:
            self.findings.append(found("W500", None, name=self.name, found=shortened(words, _SHORT)))

    def _block(self, element: Element, tag: str, face: HtmlFace) -> Iterator[Piece]:
        if tag in HEADINGS:
            yield from self._heading(element, HEADINGS[tag], face)
        elif tag in {"ul", "ol", "menu", "dir"}:
            yield from self._list(element, tag, face)
        elif tag == "table":
            yield from self._table(element, face)
        elif tag == "blockquote":
            if pieces := tuple(self.flow(element, face)):
                yield QuotePiece(pieces)
        elif tag == "hr":
            yield Ornament()
        elif tag == "figure":
            yield from self._figure(element, face)
        elif tag == "pre":
            yield from self._listing(element)
        else:
            captioned = tag == "p" and "caption" in element.get("class", "").split()
            for piece in self.flow(element, replace(face, bold=True) if tag == "dt" else face):
                yield replace(piece, caption=True) if captioned and isinstance(piece, Paragraph) else piece

    def _heading(self, element: Element, level: int, face: HtmlFace) -> Iterator[Piece]:
        titled = "title" in element.get("class", "").split()
        for piece in self.flow(element, face):
            if isinstance(piece, Paragraph):
                words = tuple(
                    replace(each, bold=False) if isinstance(each, FlatRun) else each for each in piece.inlines
                )
                yield Paragraph(words, level, titled)
            else:
                yield piece

    def _list(self, element: Element, tag: str, face: HtmlFace) -> Iterator[Piece]:
        items: list[tuple[Piece, ...]] = []
        items += self._stray(element.text, face)
        for child in element:
            if child in self._placed_elsewhere:
                continue
            pieces = (
                tuple(self.flow(child, face))
                if child.tag == "li"
                else tuple(self._block(child, str(child.tag), face))
            )
            if pieces and child.tag != "li" and items:
                # Word processors put a nested list beside its item, not into it.
                items[-1] += pieces
            elif pieces:
                items.append(pieces)
            items += self._stray(child.tail, face)
        start = element.get("start", "1")
        number = (int(start) if start.isdecimal() and len(start) < 10 else 1) if tag == "ol" else None  # noqa: PLR2004
        if items:
            yield ListPiece(number, tuple(items))

    def _stray(self, text: str | None, face: HtmlFace) -> list[tuple[Piece, ...]]:
        """Return words in a list outside its items as an item of their own."""
        line: list[Inline] = []
        append_text(line, text, face)
        words = trimmed(line)
        return [(Paragraph(words),)] if words else []

    def _listing(self, element: Element) -> Iterator[Piece]:
        inlines: list[Inline] = []
        for line in text_of(element).strip("\n").split("\n"):
            if inlines:
                inlines.append(LineBreak())
            if line.strip():
                inlines.append(FlatRun(line.strip(), code=True))
        if inlines:
            yield Paragraph(tuple(inlines))

    def _figure(self, element: Element, face: HtmlFace) -> Iterator[Piece]:
        captions = list(element.iter("figcaption"))
        words = " ".join(plain(joined_paragraphs(self.flow(each, face))) for each in captions).strip()
        self._placed_elsewhere |= set(captions)
        pieces = list(self.flow(element, face))
        shown = [at for at, piece in enumerate(pieces) if isinstance(piece, PicturePiece)]
        if shown and words:
            last = pieces[shown[-1]]
            assert isinstance(last, PicturePiece)  # noqa: S101 - it was chosen so
            pieces[shown[-1]] = replace(last, caption=words)
        elif words:
            pieces.append(Paragraph((FlatRun(words),)))
        yield from pieces

    # tables

    def _table(self, table: Element, face: HtmlFace) -> Iterator[Piece]:
        rows = rows_of(table)
        cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
        for caption in table.iter("caption"):
            yield from self.flow(caption, face)
        nested = next((each for each in table.iter("table") if each is not table), None) is not None
        layout = table.get("role") == "presentation" or (nested and all(len(row) <= 1 for row in cells))
        if layout or all(len(row) <= 1 for row in cells):
            for cell in (cell for row in cells for cell in row):
                yield from self.flow(cell, face)
            return
        trailing: list[Piece] = []

        def words_of_cell(cell: Element) -> Inlines:
            pieces = list(self.flow(cell, replace(face, bold=face.bold and cell.tag != "th")))
            trailing.extend(piece for piece in pieces if isinstance(piece, PicturePiece))
            return trimmed(joined_paragraphs(pieces))

        grid, merged = filled_grid(cells, words_of_cell)
        if merged:
            words = " ".join(plain(cell) for cell in grid[0] if cell)
            self.findings.append(found("W508", None, name=self.name, found=shortened(words, _SHORT)))
        yield TablePiece(grid)
        yield from trailing

    # pictures

    def _picture(self, image: Element) -> Iterator[Piece]:
        source = image.get("src", "").strip()
        alternative = " ".join(image.get("alt", "").split())
        caption = " ".join(image.get("title", "").split())
        data = self.sources.get(source)
        if data is None:
            if source and image.get("width") != "1":
                self.findings.append(found("W505", None, name=self.name, found=shortened(source, 100)))
            if alternative:
                self.findings.append(
                    found("W500", None, name=self.name, found=shortened(alternative, _SHORT))
                )
            return
        self.pictures[source] = data
        yield PicturePiece(source, alternative, caption)


def _with_captions(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces with captions joined to their pictures, and without rules that separate nothing."""
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Ornament) and (last is None or isinstance(last, Ornament)):
            continue
        captioned = isinstance(piece, Paragraph) and piece.caption and _is_plain(piece)
        if captioned and isinstance(piece, Paragraph) and isinstance(last, PicturePiece) and not last.caption:
            last = replace(last, caption=piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _is_plain(paragraph: Paragraph) -> bool:
    """Return whether a paragraph has words alone; a caption can have no links and note references."""
    return all(isinstance(each, FlatRun) and each.anchor is None for each in paragraph.inlines)


def _extracted_picture(source: str, images: dict[str, bytes]) -> str:
    """Store a picture embedded in a page, and return its key."""
    try:
        data = base64.b64decode(unquote_to_bytes(source.partition(",")[2]), validate=False)
    except (binascii.Error, ValueError):
        return source[:60]
    name = next((key for key, kept in images.items() if kept == data), f"picture-{len(images) + 1}")
    images[name] = data
    return name

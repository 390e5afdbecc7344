"""HTML → pieces. Word files, Markdown and mail come by this way too, so that there is one reader."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from pipeline.findings.finding import Finding, IssueError, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.incoming.html_tree import parse_html
from pipeline.importing.incoming.pieces import (
    Anchor,
    Arrival,
    Call,
    Grid,
    Inline,
    Inlines,
    Items,
    Kind,
    Paragraph,
    Piece,
    Quoted,
    Rule,
    Said,
    Shown,
    Turn,
    Unit,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

LARGEST: Final = 5_000_000
"""Characters a page may have."""

_SECTIONS: Final = frozenset(
    {"address", "article", "aside", "body", "footer", "header", "main", "nav", "section"}
)
_TABLES: Final = frozenset({"table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_LISTS: Final = frozenset({"dd", "dir", "dl", "dt", "li", "menu", "ol", "ul"})
_FORMS: Final = frozenset({"fieldset", "form", "legend", "option", "select"})
_OTHERS: Final = frozenset(
    {
        "blockquote",
        "center",
        "details",
        "dialog",
        "div",
        "figcaption",
        "figure",
        "hr",
        "html",
        "p",
        "pre",
        "summary",
    }
)
_BLOCKS: Final = _SECTIONS | _TABLES | _LISTS | _FORMS | _OTHERS | {f"h{level}" for level in range(1, 7)}
_SILENT: Final = frozenset(["head", "link", "meta", "noscript", "script", "style", "template", "title"])
_NO_TEXT: Final = frozenset(["audio", "canvas", "embed", "iframe", "math", "object", "svg", "video"])
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_RAISED: Final = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_FIGURES: Final = re.compile(r"[\d+()n-]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BACK: Final = re.compile(r"[↑↩︎\ufe0e\s]*|\[?\d+\]?")
_SHORT: Final = 70
_WITHIN: Final = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s%]+(?=[\"'])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Face:
    bold: bool = False
    italic: bool = False
    code: bool = False
    shift: str = ""
    anchor: Anchor | None = None


def read_page(markup: str, name: str, pictures: Mapping[str, bytes] | None = None) -> Arrival:
    """Read a page.

    Args:
        markup: The HTML, as HTML 5 says it is to be read, whatever its faults.
        name: Of the file it came in.
        pictures: Those that came with it, by the source its `img` elements name.

    Returns:
        The pieces with their inventory; scripts and styles are no part of a text.

    Raises:
        IssueError: It is too large (E506) or too deeply nested (E500).
    """
    held = dict(pictures or {})
    # A picture within the page would make it too large to be read as text.
    markup = _WITHIN.sub(lambda match: _set_apart(match[0], held), markup)
    if len(markup) > LARGEST:
        size, limit = f"{len(markup) / 1e6:.1f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=name, size=size, limit=limit)])
    root = parse_html(markup, name)
    reader = _Reader(name, held, root)
    pieces = tuple(_with_captions(reader.flow(root, _Face())))
    title = next((_text(each).strip() for each in root.iter("title")), "")
    author = next(
        (e.get("content", "") for e in root.iter("meta") if e.get("name", "").lower() == "author"), ""
    )
    return Arrival(
        name,
        pieces,
        reader.notes,
        reader.pictures,
        tuple(reader.inventory()),
        tuple(reader.findings),
        title,
        author,
    )


@dataclass
class _Reader:
    name: str
    sources: dict[str, bytes]
    root: Element
    notes: dict[str, Inlines] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    links: int = 0

    def __post_init__(self) -> None:
        self._dropped: set[Element] = set()
        self._labels: dict[str, str] = {}
        self._find_notes()

    # footnotes

    def _find_notes(self) -> None:
        """Find the notes: what a link leads to, where from there a link leads back to it."""
        parents = {child: parent for parent in self.root.iter() for child in parent}
        by_id = {e.get("id") or e.get("name"): e for e in self.root.iter() if e.get("id") or e.get("name")}
        bodies: dict[str, Element] = {}
        held: dict[Element, tuple[set[str], set[Element]]] = {}
        for call in self.root.iter("a"):
            target = call.get("href", "")
            body = _holder(by_id.get(target[1:]), parents) if target.startswith("#") else None
            if body is None:
                continue
            if body not in held:
                held[body] = ({a.get("href", "")[1:] for a in body.iter("a")}, set(body.iter()))
            backs, within = held[body]
            ids = {e.get("id") or e.get("name") for e in (call, parents.get(call), *call) if e is not None}
            if not ids & backs or call in within:
                continue
            if target not in self._labels:
                self._labels[target] = str(len(self._labels) + 1)
                bodies[target] = body
        self._dropped |= set(bodies.values())
        for target, body in bodies.items():
            self._dropped.discard(body)
            self.notes[self._labels[target]] = self._note(body)
            self._dropped.add(body)

    def _note(self, body: Element) -> Inlines:
        return _trimmed(_joined_paragraphs(list(self.flow(body, _Face()))))

    def _leads_back(self, link: Element) -> bool:
        return (
            bool(self._labels) and link.get("href", "").startswith("#") and bool(_BACK.fullmatch(_text(link)))
        )

    # pieces

    def flow(self, element: Element, face: _Face) -> Iterator[Piece]:
        """Give the pieces within an element: paragraphs of what runs on, blocks where they begin."""
        line: list[Inline] = []
        hung: list[Piece] = []
        yield from self._flow(element, face, line, hung)
        yield from self._closed(line, hung)

    def _closed(self, line: list[Inline], hung: list[Piece], level: int = 0) -> Iterator[Piece]:
        for part in _parted(line):
            if inlines := _trimmed(part):
                yield Paragraph(inlines, level)
        yield from hung
        line.clear()
        hung.clear()

    def _flow(self, element: Element, face: _Face, line: list[Inline], hung: list[Piece]) -> Iterator[Piece]:
        _say(line, element.text, face)
        for child in element:
            tag = _local(child)
            if not tag or tag in _SILENT or child in self._dropped:
                pass
            elif _HIDDEN.search(child.get("style", "")) or tag in _NO_TEXT:
                self._set_aside(child, tag)
            elif tag in _BLOCKS:
                yield from self._closed(line, hung)
                yield from self._block(child, tag, face)
            elif tag == "br":
                line.append(Turn())
            elif tag == "img":
                hung.extend(self._picture(child))
            elif tag == "a" and child.get("href") is not None:
                if (label := self._labels.get(child.get("href", ""))) and child.get("href") is not None:
                    line.append(Call(label))
                elif not self._leads_back(child):
                    yield from self._flow(child, replace(face, anchor=self._anchor(child)), line, hung)
            else:
                yield from self._flow(child, _faced(face, tag, child), line, hung)
            _say(line, child.tail, face)

    def _anchor(self, link: Element) -> Anchor:
        self.links += 1
        target = re.sub(r"[\s\u200b]+", "", link.get("href", ""))
        return Anchor(target, self.links)

    def _set_aside(self, element: Element, tag: str) -> None:
        words = " ".join(_text(element).split())
        if tag in _NO_TEXT:
            self.findings.append(
                found("W515", None, name=self.name, found=f"<{tag}> {shortened(words, _SHORT)}")
            )
        elif words:
            self.findings.append(found("W500", None, name=self.name, found=shortened(words, _SHORT)))

    def _block(self, element: Element, tag: str, face: _Face) -> Iterator[Piece]:
        if tag in _HEADINGS:
            yield from self._heading(element, _HEADINGS[tag], face)
        elif tag in {"ul", "ol", "menu", "dir"}:
            yield from self._list(element, tag, face)
        elif tag == "table":
            yield from self._table(element, face)
        elif tag == "blockquote":
            if pieces := tuple(self.flow(element, face)):
                yield Quoted(pieces)
        elif tag == "hr":
            yield Rule()
        elif tag == "figure":
            yield from self._figure(element, face)
        elif tag == "pre":
            yield from self._listing(element)
        elif tag == "p" and "caption" in element.get("class", "").split():
            for piece in self.flow(element, face):
                yield replace(piece, caption=True) if isinstance(piece, Paragraph) else piece
        elif tag == "dt":
            yield from self.flow(element, replace(face, bold=True))
        else:
            yield from self.flow(element, face)

    def _heading(self, element: Element, level: int, face: _Face) -> Iterator[Piece]:
        titled = "title" in element.get("class", "").split()
        for piece in self.flow(element, face):
            if isinstance(piece, Paragraph):
                words = tuple(
                    replace(each, bold=False) if isinstance(each, Said) else each for each in piece.inlines
                )
                yield Paragraph(words, level, titled)
            else:
                yield piece

    def _list(self, element: Element, tag: str, face: _Face) -> Iterator[Piece]:
        items: list[tuple[Piece, ...]] = []
        items += self._stray(element.text, face)
        for child in element:
            if child in self._dropped:
                continue
            pieces = (
                tuple(self.flow(child, face))
                if child.tag == "li"
                else tuple(self._block(child, str(child.tag), face))
            )
            if pieces and child.tag != "li" and items:
                # Word processors hang a deeper list beside its item, not in it.
                items[-1] += pieces
            elif pieces:
                items.append(pieces)
            items += self._stray(child.tail, face)
        start = element.get("start", "1")
        number = (int(start) if start.isdecimal() and len(start) < 10 else 1) if tag == "ol" else None  # noqa: PLR2004
        if items:
            yield Items(number, tuple(items))

    def _stray(self, text: str | None, face: _Face) -> list[tuple[Piece, ...]]:
        """Return words that stand in a list beside its items as an item of their own."""
        line: list[Inline] = []
        _say(line, text, face)
        words = _trimmed(line)
        return [(Paragraph(words),)] if words else []

    def _listing(self, element: Element) -> Iterator[Piece]:
        inlines: list[Inline] = []
        for line in _text(element).strip("\n").split("\n"):
            if inlines:
                inlines.append(Turn())
            if line.strip():
                inlines.append(Said(line.strip(), code=True))
        if inlines:
            yield Paragraph(tuple(inlines))

    def _figure(self, element: Element, face: _Face) -> Iterator[Piece]:
        captions = list(element.iter("figcaption"))
        words = " ".join(plain(_joined_paragraphs(list(self.flow(each, face)))) for each in captions).strip()
        self._dropped |= set(captions)
        pieces = list(self.flow(element, face))
        shown = [at for at, piece in enumerate(pieces) if isinstance(piece, Shown)]
        if shown and words:
            last = pieces[shown[-1]]
            assert isinstance(last, Shown)  # noqa: S101 - it was chosen so
            pieces[shown[-1]] = replace(last, caption=words)
        elif words:
            pieces.append(Paragraph((Said(words),)))
        yield from pieces

    # tables

    def _table(self, table: Element, face: _Face) -> Iterator[Piece]:
        rows = _rows_of(table)
        cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
        for caption in table.iter("caption"):
            yield from self.flow(caption, face)
        nested = next((each for each in table.iter("table") if each is not table), None) is not None
        layout = table.get("role") == "presentation" or (nested and all(len(row) <= 1 for row in cells))
        if layout or all(len(row) <= 1 for row in cells):
            for cell in (cell for row in cells for cell in row):
                yield from self.flow(cell, face)
            return
        hung: list[Piece] = []
        grid, merged = self._grid(cells, face, hung)
        if merged:
            words = " ".join(plain(cell) for cell in grid[0] if cell)
            self.findings.append(found("W508", None, name=self.name, found=shortened(words, _SHORT)))
        yield Grid(grid)
        yield from hung

    def _grid(
        self, cells: list[list[Element]], face: _Face, hung: list[Piece]
    ) -> tuple[tuple[tuple[Inlines, ...], ...], bool]:
        """Part merged cells: their words stand in the first, the others are empty."""
        filled: dict[tuple[int, int], Inlines] = {}
        merged = False
        for row, each in enumerate(cells):
            column = 0
            for cell in each:
                while (row, column) in filled:
                    column += 1
                across, down = _spans(cell, "colspan"), _spans(cell, "rowspan")
                merged = merged or across > 1 or down > 1
                for y in range(row, min(row + down, len(cells))):
                    for x in range(column, column + across):
                        filled.setdefault((y, x), ())
                pieces = list(self.flow(cell, replace(face, bold=face.bold and cell.tag != "th")))
                hung += [piece for piece in pieces if isinstance(piece, Shown)]
                filled[row, column] = _trimmed(_joined_paragraphs(pieces))
                column += across
        width = max((column for _, column in filled), default=0) + 1
        grid = tuple(tuple(filled.get((row, x), ()) for x in range(width)) for row in range(len(cells)))
        return tuple(row for row in grid if any(row)) or grid, merged

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
        yield Shown(source, alternative, caption)

    # what came

    def inventory(self) -> Iterator[Unit]:
        """Take down everything the page holds, apart from how its pieces were made."""
        notes = set(self._dropped)
        yield from _units(self.root, notes, self._labels)
        for link in self.root.iter("a"):
            target = re.sub(r"[\s\u200b]+", "", link.get("href", ""))
            if target and target not in self._labels and not self._leads_back(link) and _text(link).strip():
                yield Unit(Kind.LINK, target)
        for key in self.pictures:
            yield Unit(Kind.PICTURE, key)
        for image in self.root.iter("img"):
            if (
                (source := image.get("src", "").strip())
                and source not in self.pictures
                and not source.startswith("data:")
            ):
                yield Unit(Kind.PICTURE, source, listed=True)


def _units(root: Element, notes: set[Element], labels: Mapping[str, str]) -> Iterator[Unit]:
    """Give the text of each innermost block, in document order."""
    words: list[str] = []
    kinds = [Kind.PARAGRAPH]
    stack: list[tuple[str, Element | str]] = [("open", root)]
    while stack:
        step, what = stack.pop()
        if isinstance(what, str):
            words.append(what)
            continue
        block = what.tag in _BLOCKS or what.tag == "caption"
        if block and (text := " ".join("".join(words).split())):
            yield Unit(kinds[-1], text)
        if block:
            words = []
        if step == "close":
            if block:
                kinds.pop()
            continue
        if _unseen(what, labels):
            continue
        if block:
            cell = what.tag in {"td", "th"}
            kinds.append(Kind.NOTE if what in notes else Kind.CELL if cell else kinds[-1])
        stack.append(("close", what))
        for child in reversed(what):
            stack += [("text", child.tail or ""), ("open", child)]
        stack.append(("text", " " if what.tag == "br" else what.text or ""))


def _unseen(element: Element, labels: Mapping[str, str]) -> bool:
    """Tell whether an element holds no text of the page, or text that is set aside by name."""
    if not (tag := _local(element)) or tag in _SILENT | _NO_TEXT:
        return True
    if _HIDDEN.search(element.get("style", "")):
        return True
    target = element.get("href") or ""
    mark = element.tag == "a" and target.startswith("#") and bool(labels)
    return mark and (target in labels or _BACK.fullmatch(_text(element)) is not None)


def _holder(element: Element | None, parents: dict[Element, Element]) -> Element | None:
    """Return what holds a whole note, where its mark is only the first word of it."""
    while element is not None and element.tag in {"a", "sup", "span", "b"}:
        element = parents.get(element)
    return element if element is not None and element.tag in {"li", "p", "div", "aside", "dd"} else None


def _rows_of(table: Element) -> list[Element]:
    """Return the rows of a table, without those of tables within it."""
    rows: list[Element] = []
    for part in table:
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in {"tbody", "thead", "tfoot"}:
            rows += [row for row in part if row.tag == "tr"]
    return rows


def _spans(cell: Element, name: str) -> int:
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), 100) if written.isdecimal() and len(written) < 6 else 1  # noqa: PLR2004


def _faced(face: _Face, tag: str, element: Element) -> _Face:
    style = element.get("style", "").replace(" ", "").lower()
    if tag in {"b", "strong"} or "font-weight:bold" in style or "font-weight:700" in style:
        face = replace(face, bold=True)
    if tag in {"i", "em", "cite", "dfn", "var"} or "font-style:italic" in style:
        face = replace(face, italic=True)
    if tag in {"code", "kbd", "samp", "tt"}:
        face = replace(face, code=True)
    if tag in {"sup", "sub"}:
        face = replace(face, shift=tag)
    return face


def _say(line: list[Inline], text: str | None, face: _Face) -> None:
    if not text:
        return
    if face.shift and _FIGURES.fullmatch(text):
        text = text.translate(_RAISED if face.shift == "sup" else _LOWERED)
    text = re.sub(r"[ \t\n\r\f]+", " ", text)
    last = line[-1] if line else None
    made = Said(text, face.bold, face.italic, face.code, face.anchor)
    if isinstance(last, Said) and replace(last, text="") == replace(made, text=""):
        line[-1] = replace(last, text=last.text + text)
    else:
        line.append(made)


def _parted(line: list[Inline]) -> Iterator[list[Inline]]:
    """Part a line at two breaks that follow one another: mail programs end paragraphs so."""
    part: list[Inline] = []
    turns = 0
    for each in line:
        if isinstance(each, Turn):
            turns += 1
        elif isinstance(each, Call) or each.text.strip():
            if turns > 1:
                yield part
                part = []
            turns = 0
        part.append(each)
    yield part


def _trimmed(inlines: list[Inline] | Inlines) -> Inlines:
    """Return the words without spaces and breaks at either end; empty where nothing is said."""
    first, last = 0, len(inlines)
    while first < last and _is_blank(inlines[first]):
        first += 1
    while first < last and _is_blank(inlines[last - 1]):
        last -= 1
    kept = list(inlines[first:last])
    if kept and isinstance(kept[0], Said):
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
    if kept and isinstance(kept[-1], Said):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return (
        tuple(kept)
        if any(isinstance(each, Call) or (isinstance(each, Said) and each.text.strip()) for each in kept)
        else ()
    )


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, Turn) or (isinstance(inline, Said) and not inline.text.strip(" "))


def _joined_paragraphs(pieces: list[Piece]) -> Inlines:
    """Return the words of pieces as one paragraph, for a cell or a note can hold no more."""
    joined: list[Inline] = []
    for piece in pieces:
        within: Inlines = ()
        if isinstance(piece, Paragraph):
            within = piece.inlines
        elif isinstance(piece, Items):
            within = _joined_paragraphs([each for item in piece.items for each in item])
        elif isinstance(piece, Quoted):
            within = _joined_paragraphs(list(piece.pieces))
        elif isinstance(piece, Grid):
            within = _joined_paragraphs([Paragraph(cell) for row in piece.rows for cell in row if cell])
        if joined and within:
            # Notes are called behind the sign that ends a sentence.
            last = next((each.text for each in reversed(joined) if isinstance(each, Said)), "")
            joined.append(Said(" " if last.rstrip().endswith((".", "!", "?", ";", ":", ",")) else "; "))
        joined.extend(within)
    return tuple(joined)


def _with_captions(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Give pieces, captions with their pictures, and rules that part nothing left out."""
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Rule) and (last is None or isinstance(last, Rule)):
            continue
        captioned = isinstance(piece, Paragraph) and piece.caption and _is_plain(piece)
        if captioned and isinstance(piece, Paragraph) and isinstance(last, Shown) and not last.caption:
            last = replace(last, caption=piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _is_plain(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is words alone, without links and calls, which a caption cannot hold."""
    return all(isinstance(each, Said) and each.anchor is None for each in paragraph.inlines)


def _local(element: Element) -> str:
    """Return an element's name without its namespace; that of a remark is empty."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _set_apart(source: str, held: dict[str, bytes]) -> str:
    """Keep a picture that is written within a page, and return the name it is kept by."""
    try:
        data = base64.b64decode(unquote_to_bytes(source.partition(",")[2]), validate=False)
    except (binascii.Error, ValueError):
        return source[:60]
    name = next((key for key, kept in held.items() if kept == data), f"picture-{len(held) + 1}")
    held[name] = data
    return name

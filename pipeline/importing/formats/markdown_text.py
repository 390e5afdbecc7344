"""Reads Markdown and plain text into an incoming text."""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.charsets.settling import SettledText, settled_text
from pipeline.importing.formats.front_matter import part_front_matter
from pipeline.importing.formats.markdown_dialects import plain_markdown
from pipeline.importing.html.page import read_page
from pipeline.importing.model.columns import cells_of, columns_in
from pipeline.importing.model.incoming_text import IncomingHeading
from pipeline.importing.model.inlines import words_in
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.importing.model.words import words_of
from pipeline.models.text import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.html.pictures import Finder
    from pipeline.importing.model.columns import Columns
    from pipeline.importing.model.incoming_text import IncomingBlock, IncomingText

_ADDRESS: Final = re.compile(r"\b(https?://[^\s<>\"“”„«»]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)")
LARGEST: Final = 60_000_000
"""The most bytes of a page with embedded pictures."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_CLOSING: Final = ".,;:!?'’)"
_BULLETS: Final = "-*•·∙▪▫●○◦‣⁃■◆➢➤►▶"
_DRAWN: Final = re.compile(r"\s*([*=_~#•–—-])(?:\s*\1){2,}\s*")
"""A rule that is drawn of signs: “* * *”."""

_ITEM: Final = re.compile(rf"(?P<before>\s*)(?P<sign>[{_BULLETS}–—])\s+(?P<words>\S.*)")
_INDENTED: Final = re.compile(r" {2,}\S|\t\s*\S")
_LIST_BEGINS: Final = "<ul>"
_LIST_ENDS: Final = "</li></ul>"
_LAST_ENDS: Final = re.compile("(?:</li></ul>)+$")
_WIDEST_WRAPPED: Final = 100
"""Letters of the longest lines that programs make: 72 to 80, rarely 100."""

_LONG: Final = 80
_FEWEST_ITEMS: Final = 2
_SHORT: Final = 70


def read_markdown(text: str, name: str, beside: Finder | None = None) -> IncomingText:
    """Read Markdown (CommonMark, with tables, footnotes and lists of terms); its HTML is read as HTML.

    The title of the front matter is the title of the text; fields that mean nothing here are listed (W500),
    and so is what `markdown_dialects` leaves out.

    Args:
        text: The file.
        name: Its name.
        beside: Finds the pictures it refers to.
    """
    front = part_front_matter(text, name)
    body, left_out = plain_markdown(front.body)
    listed = [*(("W500", each) for each in front.others), *left_out]
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    page = read_page(f"<!DOCTYPE html><body>{parser.render(body)}</body>", name, None, beside)
    items = [*page.inventory]
    blocks = page.blocks
    if front.title:
        blocks = _titled(front.title, page)
        if len(blocks) > len(page.blocks):
            items.insert(0, InventoryItem(ItemType.PARAGRAPH, front.title))
    if front.date:
        items.append(InventoryItem(ItemType.PARAGRAPH, front.date.isoformat()))
    return replace(
        page,
        blocks=blocks,
        inventory=tuple(items),
        findings=(
            *(found(code, None, name=name, found=shortened(words, _SHORT)) for code, words in listed),
            *page.findings,
        ),
        author=front.author,
        language=front.language,
        date=front.date,
    )


def _titled(title: str, page: IncomingText) -> tuple[IncomingBlock, ...]:
    """Return the blocks of a text with its title before them; a heading that repeats it is the title."""
    place = Place(page.name)
    first = page.blocks[0] if page.blocks else None
    if isinstance(first, IncomingHeading) and words_of(words_in(first.children)) == words_of(title):
        return (replace(first, title=True), *page.blocks[1:])
    return (IncomingHeading(1, (Run(title, place),), place, title=True), *page.blocks)


def read_plain(text: str, name: str) -> IncomingText:
    """Read plain text: an empty line separates paragraphs, lines with a dash or a bullet are a list.

    Args:
        text: The file.
        name: Its name.
    """
    return read_page(f"<!DOCTYPE html><body>{markup_of(text)}</body>", name)


def markup_of(text: str, *, wrapped: bool = True) -> str:
    """Return plain text as HTML: its paragraphs, lists and addresses.

    Args:
        text: The text.
        wrapped: Whether its lines may have been broken by a program at some width.
    """
    written: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        lines = block.strip("\n").split("\n")
        is_open = bool(written) and written[-1].endswith(_LIST_ENDS)
        within = list(itertools.takewhile(_is_within_item, lines)) if is_open else []
        if within:
            # A further paragraph of the last item of a list, which may go on behind it.
            ends = _LAST_ENDS.search(written[-1])
            at = ends.start() if ends else len(written[-1])
            written[-1] = written[-1][:at] + _paragraph(within, wrapped=wrapped) + written[-1][at:]
        rest = "\n".join(lines[len(within) :])
        further = _block(rest, wrapped=wrapped) if rest.strip() else ""
        if within and further.startswith(_LIST_BEGINS):
            further = further.removeprefix(_LIST_BEGINS)
            written[-1] = written[-1].removesuffix("</ul>")
        written += [further] if further else []
    return "".join(written)


def _block(block: str, *, wrapped: bool) -> str:
    lines = _with_whole_items(block.strip("\n").split("\n"))
    if len(lines) == 1 and _DRAWN.fullmatch(lines[0]):
        return "<hr>"
    items = [_ITEM.match(line) for line in lines]
    if all(items):
        return _list([item for item in items if item])
    if max(map(len, lines)) > _WIDEST_WRAPPED:
        return _unwrapped(lines, items)
    first = next((at for at, item in enumerate(items) if item), 0)
    rest = [item for item in items[first:] if item and item["sign"] in _BULLETS]
    if first and len(rest) == len(lines) - first >= _FEWEST_ITEMS:
        # A line that announces a list stands above it without an empty line.
        return _text(lines[:first], wrapped=wrapped) + _list(rest)
    return _text(lines, wrapped=wrapped)


def _is_within_item(line: str) -> bool:
    return bool(_INDENTED.match(line)) and not _ITEM.match(line)


def _with_whole_items(lines: Sequence[str]) -> list[str]:
    """Return lines with those that continue an item, indented as its words are, joined to it."""
    whole: list[str] = []
    for line in lines:
        item = _ITEM.match(whole[-1]) if whole else None
        if item and item["sign"] in _BULLETS and _is_within_item(line):
            depth = len(line.expandtabs()) - len(line.expandtabs().lstrip())
            if depth >= len(item["before"].expandtabs()) + 2:
                whole[-1] = f"{whole[-1].rstrip()} {line.strip()}"
                continue
        whole.append(line)
    return whole


def _unwrapped(lines: Sequence[str], items: Sequence[re.Match[str] | None]) -> str:
    """Return lines that no program broke: a long one is a paragraph, lines with bullets are a list.

    So Word and LibreOffice save plain text, with a line for each paragraph and none between them.
    """
    written, at = "", 0
    while at < len(lines):
        item = items[at]
        kind = _kind_of(lines[at], item)
        end = at + 1
        while end < len(lines) and kind != "long" and _kind_of(lines[end], items[end]) == kind:
            end += 1
        listed = [each for each in items[at:end] if each] if kind == "item" else []
        is_list = len(listed) >= _FEWEST_ITEMS
        written += _list(listed) if is_list else _text(lines[at:end], wrapped=False)
        at = end
    return written


def _kind_of(line: str, item: re.Match[str] | None) -> str:
    if item and item["sign"] in _BULLETS:
        return "item"
    return "long" if len(line) > _LONG else "short"


def _list(items: Sequence[re.Match[str]]) -> str:
    """Return a list, with those within it by their indentation."""
    written = ""
    open_at: list[int] = []
    for item in items:
        depth = len(item["before"].expandtabs())
        while len(open_at) > 1 and depth < open_at[-1]:
            open_at.pop()
            written += "</li></ul>"
        if not open_at or depth > open_at[-1]:
            open_at.append(depth)
            written += "<ul>"
        else:
            written += "</li>"
        written += f"<li>{_escaped(item['words'])}"
    return written + "</li></ul>" * len(open_at)


def _text(lines: Sequence[str], *, wrapped: bool) -> str:
    """Return lines as a paragraph, and as tables where they stand in columns."""
    written, at = "", 0
    for table in columns_in(lines, narrow=True):
        written += _paragraph(lines[at : table.begin], wrapped=wrapped)
        written += _table(lines[table.begin : table.end], table)
        at = table.end
    return written + _paragraph(lines[at:], wrapped=wrapped)


def _table(lines: Sequence[str], columns: Columns) -> str:
    rows = [cells_of(line, columns.parting) for line in lines]
    rows = [row + [""] * (len(rows[0]) - len(row)) for row in rows]
    written = "" if columns.is_headed else f"<tr>{'<th></th>' * len(rows[0])}</tr>"
    for number, row in enumerate(rows):
        tag = "th" if columns.is_headed and not number else "td"
        written += f"<tr>{''.join(f'<{tag}>{_escaped(cell)}</{tag}>' for cell in row)}</tr>"
    return f"<table>{written}</table>"


def _paragraph(lines: Sequence[str], *, wrapped: bool) -> str:
    if not lines:
        return ""
    # Mail programs wrap lines at some width; a shorter line was ended by its writer.
    widest = max(len(line) for line in lines)
    text = ""
    for line in lines:
        is_broken = wrapped and len(line) > widest - 16 and widest > 50  # noqa: PLR2004
        text += _escaped(line.strip()) + (" " if is_broken else "<br>")
    return f"<p>{text.removesuffix('<br>')}</p>"


def _escaped(text: str) -> str:
    def linked(match: re.Match[str]) -> str:
        address = match[0].rstrip(_CLOSING)
        target = address if "//" in address else f"mailto:{address}"
        rest = match[0][len(address) :]
        return f'<a href="{html.escape(target)}">{html.escape(address)}</a>{html.escape(rest)}'

    pieces: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        pieces += [html.escape(text[at : match.start()]), linked(match)]
        at = match.end()
    return "".join([*pieces, html.escape(text[at:])])


def decoded(data: bytes, name: str, declared: str = "") -> SettledText:
    """Return the text of a file, with what is in doubt about its letters.

    Args:
        data: The file.
        name: Its name.
        declared: The charset it is said to be in; an empty text where none is.

    Raises:
        IssueError: It is too large (E506).
    """
    if len(data) > LARGEST:
        size, limit = f"{len(data) / 1e6:.0f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=name, size=size, limit=limit)])
    text, findings = settled_text(data, name, declared)
    return SettledText(_CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")), findings)

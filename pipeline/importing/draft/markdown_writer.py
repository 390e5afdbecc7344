"""Writes blocks as the Markdown of an article, reading it back so that no character turns into markup."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.editor.writing.markdown import APART, EVERY_SIGN, USUAL_SIGNS, at_line_start, prefixed
from pipeline.editor.writing.markdown import MarkdownWriter as BlockWriter
from pipeline.files.text.source import Source
from pipeline.importing.model.incoming_text import IncomingHeading
from pipeline.importing.model.inlines import (
    Inlines,
    leaves,
    text_of,
    without_marks,
    without_references,
    words_in,
)
from pipeline.models.text import (
    Block,
    Code,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    NoteCall,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Run,
    Strong,
)
from pipeline.models.tree import nodes_of
from pipeline.models.values.strings import is_email_address, is_web_address
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.importing.model.incoming_text import IncomingBlock
    from pipeline.models.text import Note

DEEPEST: Final = 8
"""The most levels of lists and quotes that are written; the reader allows ten."""

_HIGHEST: Final = 2
_MANY: Final = 20
_LOWEST: Final = 4
_COUNTED: Final = re.compile(r"^(?:(?:\d{1,3}|[^\W\d_])(?=[.)])|(?=[-+*#]))")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class MarkdownWriter(BlockWriter):
    """Writes one imported article, as an editor's writer does, but for what came with it.

    Its pictures are those of the import, notes that are not there are no calls, what an issue does not allow
    is left out, and words are read back one paragraph after the other.

    Args:
        pictures: The file name of each picture, by its key.
        notes: The footnotes of the imported text.
    """

    def __init__(self, pictures: Mapping[str, str], notes: Iterable[Note]) -> None:
        super().__init__()
        self._pictures = pictures
        self._notes = {note.label: note.children for note in notes}
        self._referenced: list[str] = []
        self._depth = -1
        self.lost_links: list[tuple[str, str]] = []

    def article(self, blocks: Iterable[IncomingBlock]) -> str:
        """Return the text below the front matter: a line for each paragraph, notes at the end."""
        self._depth = 0
        paragraphs = list(self._parts(_levelled(_with_moved_references(blocks))))
        written: list[str] = []
        for label in self._referenced:
            if label not in written:
                written.append(label)
                note = self._read_back(without_references(self._notes.get(label, ())), turn=" ")
                paragraphs.append(f"[^{label}]: {note or '…'}")
        return "\n\n".join(paragraphs) + "\n" if paragraphs else ""

    def block(self, block: Block) -> str:
        """Return a block; an empty text where nothing is left of it."""
        if isinstance(block, Quote) and self._depth >= DEEPEST:
            return self._blocks(block.children)
        return "" if isinstance(block, PageBreak) else super().block(block)

    def _blocks(self, blocks: Sequence[Block], between: str = "\n\n") -> str:
        self._depth += 1
        written = between.join(self._parts(blocks))
        self._depth -= 1
        return written

    def _parts(self, blocks: Sequence[Block]) -> Iterator[str]:
        before: Block | None = None
        for block in blocks:
            text = self.block(block)
            if text and isinstance(block, ListBlock) and isinstance(before, ListBlock):
                # Without it two adjacent lists would become one.
                yield APART
            if text:
                yield text
                before = block

    def _list(self, block: ListBlock) -> str:
        lines: list[str] = []
        depth = self._depth
        loose = any(_needs_empty_lines(item) for item in block.items)
        for number, item in zip_longest(block.printed_numbers, block.items):
            pictures = [each.picture for each in item if isinstance(each, Figure)]
            others = [each for each in item if not isinstance(each, Figure)]
            inner = self._blocks(others, "\n\n" if loose else "\n")
            marker = "- " if number is None else f"{number}. "
            if inner and depth < DEEPEST:
                lines.append(prefixed(inner, marker, " " * len(marker)))
            elif inner:
                lines.append(inner)
            lines += [f"\n{self._picture(each)}\n" for each in pictures]
        return ("\n\n" if loose or depth >= DEEPEST else "\n").join(lines)

    def _heading(self, inlines: Sequence[Inline]) -> str:
        return self._read_back(inlines, turn=" ")

    def _paragraph(self, inlines: Sequence[Inline]) -> str:
        return self._read_back(inlines)

    def _cell(self, inlines: Sequence[Inline]) -> str:
        return self._read_back(inlines, turn=" ", in_cell=True)

    def _picture(self, picture: Picture) -> str:
        name = self._pictures.get(picture.source)
        if name is None:
            return ""
        caption = f' "{_quoted(picture.caption)}"' if picture.caption else ""
        alternative = "" if picture.alternative == picture.caption else picture.alternative
        return f"![{_escaped(alternative)}]({name}{caption})" + '{credit=""}'

    # words

    def _read_back(self, inlines: Sequence[Inline], turn: str = "\\\n", *, in_cell: bool = False) -> str:
        """Return inlines as Markdown; without emphasis where that could not be read back."""
        if not inlines:
            return ""
        inlines = tuple(inlines)
        plain = without_marks(inlines, Strong, Emphasis, Code)
        self._turn = turn
        for inner, signs, begun in (
            (inlines, USUAL_SIGNS, at_line_start),
            (inlines, USUAL_SIGNS, _not_counted),
            (plain, USUAL_SIGNS, at_line_start),
            (plain, EVERY_SIGN, at_line_start),
        ):
            self._signs = signs
            lines = self.words(inner, in_cell=in_cell).split("\n")
            text = "\n".join(begun(line.lstrip(" \t")) for line in lines)
            if text.count("\\[") > _MANY:
                # The reader refuses so many open brackets.
                text = text.replace("\\[", "&#91;").replace("\\]", "&#93;")
            if _reads_back(text, inner, turn):
                break
        self._referenced += [each.label for each in _references(inlines)]
        return text

    def _inline(self, inline: Inline, *, in_cell: bool) -> str:
        match inline:
            case NoteCall():
                return super()._inline(inline, in_cell=in_cell) if inline.label in self._notes else ""
            case Run() | Code():
                text = _CONTROL.sub("", inline.text.replace("\u2028", " ").replace("\u2029", " "))
                is_code = isinstance(inline, Code) and text.strip() and "`" not in text
                plain = Code(text, inline.place) if is_code else Run(text, inline.place)
                return super()._inline(plain, in_cell=in_cell)
        return super()._inline(inline, in_cell=in_cell)

    def _marked(self, inline: Emphasis | Strong, mark: str, *, in_cell: bool) -> str:
        # Markdown has no marks with a space inside of them.
        before, words, after = _parted(self.words(inline.children, in_cell=in_cell))
        return f"{before}{mark}{words}{mark}{after}" if words else before

    def _link(self, link: Link, *, in_cell: bool) -> str:
        """Return a link with its words as Markdown; the words alone where its target is not allowed."""
        before, text, after = _parted(self.words(link.children, in_cell=in_cell))
        return f"{before}{self._linked(link, text)}{after}" if text else before

    def _linked(self, link: Link, text: str) -> str:
        target, words = usable_target(link.target), words_in(link.children)
        if not target:
            self.lost_links.append((words, link.target))
            return text
        if target in {words, f"mailto:{words}"}:
            return f"<{words}>"
        return f"[{text}](<{target}>)" if re.search(r"[()\s]", target) else f"[{text}]({target})"


def _parted(text: str) -> tuple[str, str, str]:
    """Return the spaces before a text, the text, and those behind it; all of them first where it is empty."""
    words = text.strip(" ")
    if not words:
        return text, "", ""
    return text[: len(text) - len(text.lstrip(" "))], words, text[len(text.rstrip(" ")) :]


def _needs_empty_lines(item: Sequence[Block]) -> bool:
    """Return whether the blocks of an item would be read as one paragraph without empty lines among them."""
    # A list that does not begin with 1 cannot interrupt a paragraph.
    late = any(isinstance(each, ListBlock) and each.start not in {None, 1} for each in item)
    return late or sum(not isinstance(each, ListBlock) for each in item) > 1


def usable_target(target: str) -> str:
    """Return a link's target in a form allowed in an issue, or an empty text where it has none."""
    if is_web_address(target):
        return target
    if target.lower().startswith("mailto:"):
        address = target[7:].partition("?")[0]
        return f"mailto:{address}" if is_email_address(address) else ""
    if re.match(r"www\.[\w-]+\.", target) and is_web_address(f"https://{target}"):
        return f"https://{target}"
    return ""


def _escaped(text: str) -> str:
    return USUAL_SIGNS.sub(lambda match: "\\" + match[0], text)


def _not_counted(line: str) -> str:
    """Return a line that begins no item, though no space follows its number or sign: 20.IV., -Здравей."""
    return at_line_start(_COUNTED.sub(lambda match: f"{match[0]}\\", line, count=1))


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _reads_back(text: str, inlines: Inlines, turn: str) -> bool:
    """Return whether the words of a written paragraph, read back, are those it was written from."""
    notes = "\n\n".join(f"[^{each.label}]: x" for each in _references(inlines))
    table = f"| {text} | x |\n| --- | --- |" if turn == " " and "\\|" in text else text
    read = read_manuscript(Source("", f"---\n---\n{table}\n\n{notes}\n"))
    text_read = "".join(
        " " if isinstance(node, LineBreak) else getattr(node, "text", "")
        for node in nodes_of(Run | Code | LineBreak | NoteCall, read.body)  # type: ignore[arg-type]
    )
    expected = " ".join(_CONTROL.sub("", text_of(inlines)).split())
    if table != text:
        text_read = text_read.removesuffix("x")
    return " ".join(text_read.split()) == expected and not [
        f for f in read.findings if f.code not in {"E62", "W03", "W24"}
    ]


def _references(inlines: Inlines) -> list[NoteCall]:
    return [leaf.inline for leaf in leaves(inlines) if isinstance(leaf.inline, NoteCall)]


def _with_moved_references(blocks: Iterable[IncomingBlock]) -> list[IncomingBlock]:
    """Join a paragraph of note references alone, as left by a title, to the end of the paragraph after it."""
    result: list[IncomingBlock] = []
    waiting: Inlines = ()
    for block in blocks:
        if (
            isinstance(block, Paragraph | IncomingHeading)
            and block.children
            and all(isinstance(each, NoteCall) for each in block.children)
        ):
            waiting += block.children
        elif waiting and isinstance(block, Paragraph):
            result.append(Paragraph((*block.children, *waiting)))
            waiting = ()
        else:
            result.append(block)
    return result + ([Paragraph(waiting)] if waiting else [])


def _levelled(blocks: Sequence[IncomingBlock]) -> list[Block]:
    """Return blocks with headings at levels allowed in an article: from 2 to 4, none skipped."""
    used = sorted({block.level for block in blocks if isinstance(block, IncomingHeading)})
    levels = {level: min(_HIGHEST + at, _LOWEST) for at, level in enumerate(used)}
    result: list[Block] = []
    last = _HIGHEST - 1
    for block in blocks:
        if isinstance(block, IncomingHeading):
            last = min(levels[block.level], last + 1)
            result.append(Heading(last, block.children, block.place))
        else:
            result.append(block)
    return result

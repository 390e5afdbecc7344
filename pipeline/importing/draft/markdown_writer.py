"""Writes blocks as the Markdown of an article, reading it back so that no character turns into markup."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.files.yaml_nodes import Source
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
    Alignment,
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
    Ornament,
    Paragraph,
    Picture,
    Quote,
    Run,
    Strong,
    Table,
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
_SIGNS: Final = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_EVERY_SIGN: Final = re.compile(r"[!-/:-@\[-`{-~]")
_ENDS_IN_A_CALL: Final = re.compile(r"(?<!\\)(?:\\\\)*!$")
_FRONT: Final = re.compile(
    r"(?:#{1,6}|[-+>]|={1,}|~{3,})(?=\s|$|[-=~>])|(?:-{2,}|_{3,})\s*$|>|:?-+:?\s*\||\|"
)
_COUNTED: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_RULES: Final = {Alignment.START: "---", Alignment.CENTRE: ":---:", Alignment.END: "---:"}


class MarkdownWriter:
    """Writes one article.

    Args:
        pictures: The file name of each picture, by its key.
        notes: The footnotes of the imported text.
    """

    def __init__(self, pictures: Mapping[str, str], notes: Iterable[Note]) -> None:
        self._pictures = pictures
        self._notes = {note.label: note.children for note in notes}
        self._referenced: list[str] = []
        self._signs = _SIGNS
        self.lost_links: list[tuple[str, str]] = []

    def article(self, blocks: Iterable[IncomingBlock]) -> str:
        """Return the text below the front matter: a line for each paragraph, notes at the end."""
        paragraphs = list(self._blocks(_levelled(_with_moved_references(blocks)), 0))
        written: list[str] = []
        for label in self._referenced:
            if label not in written:
                written.append(label)
                note = self._words(without_references(self._notes.get(label, ())), turn=" ")
                paragraphs.append(f"[^{label}]: {note or '…'}")
        return "\n\n".join(paragraphs) + "\n" if paragraphs else ""

    def _blocks(self, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        before: Block | None = None
        for block in blocks:
            text = self._block(block, depth)
            if text and isinstance(block, ListBlock) and isinstance(before, ListBlock):
                # Without it two adjacent lists would become one.
                yield "<!-- -->"
            if text:
                yield text
                before = block

    def _block(self, block: Block, depth: int) -> str:
        match block:
            case Paragraph():
                return _code_block(block.lines) if block.lines else self._words(block.children)
            case Heading():
                return f"{'#' * block.level} {self._words(block.children, turn=' ')}"
            case ListBlock():
                return self._list(block, depth)
            case Table():
                return self._table(block)
            case Quote():
                inner = "\n\n".join(self._blocks(block.children, depth + 1))
                return _prefixed(inner, "> ", "> ") if depth < DEEPEST else inner
            case Figure():
                return self._picture(block.picture)
            case Ornament():
                return "***"
        return ""

    def _list(self, block: ListBlock, depth: int) -> str:
        lines: list[str] = []
        loose = any(_needs_empty_lines(item) for item in block.items)
        for number, item in zip_longest(block.printed_numbers, block.items):
            pictures = [each.picture for each in item if isinstance(each, Figure)]
            others = [each for each in item if not isinstance(each, Figure)]
            inner = ("\n\n" if loose else "\n").join(self._blocks(others, depth + 1))
            marker = "- " if number is None else f"{number}. "
            if inner and depth < DEEPEST:
                lines.append(_prefixed(inner, marker, " " * len(marker)))
            elif inner:
                lines.append(inner)
            lines += [f"\n{self._picture(each)}\n" for each in pictures]
        return ("\n\n" if loose or depth >= DEEPEST else "\n").join(lines)

    def _table(self, table: Table) -> str:
        heads, *rows = (
            f"| {' | '.join(self._words(cell, turn=' ', bar=True) for cell in row)} |"
            for row in (table.heads, *table.rows)
        )
        rule = f"| {' | '.join(_RULES[alignment] for alignment in table.alignments)} |"
        return "\n".join((heads, rule, *rows))

    def _picture(self, picture: Picture) -> str:
        name = self._pictures.get(picture.source)
        if name is None:
            return ""
        caption = f' "{_quoted(picture.caption)}"' if picture.caption else ""
        alternative = "" if picture.alternative == picture.caption else picture.alternative
        return f"![{_escaped(alternative)}]({name}{caption})" + '{credit=""}'

    # words

    def _words(self, inlines: Inlines, turn: str = "\\\n", *, bar: bool = False) -> str:
        """Return inlines as Markdown; without emphasis where that could not be read back."""
        if not inlines:
            return ""
        plain = without_marks(inlines, Strong, Emphasis, Code)
        for inner, signs in ((inlines, _SIGNS), (plain, _SIGNS), (plain, _EVERY_SIGN)):
            self._signs = signs
            text = _protected(self._marked(inner, turn))
            if text.count("\\[") > _MANY:
                # The reader refuses so many open brackets.
                text = text.replace("\\[", "&#91;").replace("\\]", "&#93;")
            if bar:
                text = text.replace("|", "\\|")
            if _reads_back(text, inner, turn):
                break
        self._referenced += [each.label for each in _references(inlines)]
        return text

    def _marked(self, inlines: Inlines, turn: str) -> str:
        text = ""
        for each in inlines:
            piece = self._inline(each, turn)
            if piece.startswith("[") and _ENDS_IN_A_CALL.search(text):
                # Otherwise the link behind it would be read as a picture.
                text = f"{text[:-1]}\\!"
            text += piece
        return text

    def _inline(self, inline: Inline, turn: str) -> str:
        if not isinstance(inline, Emphasis | Strong | Link):
            return self._leaf(inline, turn)
        text = self._marked(inline.children, turn)
        words = text.strip(" ")
        if not words:
            return text
        # Markdown has no marks with a space inside of them.
        before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        match inline:
            case Strong():
                return f"{before}**{words}**{after}"
            case Emphasis():
                return f"{before}*{words}*{after}"
            case Link():
                return f"{before}{self._link(inline, words)}{after}"

    def _link(self, link: Link, text: str) -> str:
        """Return a link with its words as Markdown; the words alone where its target is not allowed."""
        target, words = usable_target(link.target), words_in(link.children)
        if not target:
            self.lost_links.append((words, link.target))
            return text
        if target in {words, f"mailto:{words}"}:
            return f"<{words}>"
        return f"[{text}](<{target}>)" if re.search(r"[()\s]", target) else f"[{text}]({target})"

    def _leaf(self, leaf: Run | Code | NoteCall | LineBreak, turn: str) -> str:
        if isinstance(leaf, NoteCall):
            return f"[^{leaf.label}]" if leaf.label in self._notes else ""
        if isinstance(leaf, LineBreak):
            return turn
        text = _CONTROL.sub("", leaf.text.replace("\u2028", " ").replace("\u2029", " "))
        if isinstance(leaf, Code) and text.strip() and "`" not in text:
            return f"`{text}`"
        return _escaped(text, self._signs)


def _needs_empty_lines(item: Sequence[Block]) -> bool:
    """Return whether the blocks of an item would be read as one paragraph without empty lines among them."""
    # A list that does not begin with 1 cannot interrupt a paragraph.
    late = any(isinstance(each, ListBlock) and each.start not in {None, 1} for each in item)
    return late or sum(not isinstance(each, ListBlock) for each in item) > 1


def _code_block(lines: Sequence[str]) -> str:
    """Return lines of code between fences longer than any run of backticks in them."""
    text = _CONTROL.sub("", "\n".join(lines))
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{fence}\n{text}\n{fence}"


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


def _escaped(text: str, signs: re.Pattern[str] = _SIGNS) -> str:
    return signs.sub(lambda match: "\\" + match[0], text)


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _protected(text: str) -> str:
    """Return a paragraph with escapes where the start of a line would be read as another block."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        bare = line.lstrip(" \t")
        if match := _COUNTED.match(bare):
            bare = f"{match[1]}\\{match[2]}{bare[match.end() :]}"
        elif _FRONT.match(bare):
            bare = f"\\{bare}"
        lines[at] = bare
    return "\n".join(lines)


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
        f for f in read.findings if f.code not in {"E62", "W03"}
    ]


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *((others + line).rstrip() if line else others.rstrip() for line in lines[1:])]
    )


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

"""Blocks of the model written as Markdown, so that they are read as the same blocks (CommonMark 0.31)."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.models.text import (
    Alignment,
    Block,
    Code,
    Emphasis,
    Figure,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Measure,
    NoteCall,
    Ornament,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.text import Inline, Picture

APART: Final = "<!-- -->"
"""Stands between two lists that would be read as one."""

USUAL_SIGNS: Final = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
EVERY_SIGN: Final = re.compile(r"[!-/:-@\[-`{-~]")
_ENDS_IN_A_CALL: Final = re.compile(r"(?<!\\)(?:\\\\)*!$")
_FRONT: Final = re.compile(
    r"(?:#{1,6}|[-+>]|={1,}|~{3,})(?=\s|$|[-=~>])|(?:-{2,}|_{3,})\s*$|>|:?-+:?\s*\||\|"
)
_COUNTED: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_RULE: Final = re.compile(r"-(?: -){2,}(?:\n|$)")
_CLOSING: Final = re.compile(r"(?<!#)(#+)$")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x20]*")
_RULES: Final = {Alignment.START: "---", Alignment.CENTRE: ":---:", Alignment.END: "---:"}


class MarkdownWriter:
    """Writes blocks.

    Args:
        every_sign: Escape every sign that could be markup, where escaping the usual ones is not enough.
        bare_addresses: Write addresses that are links by themselves without brackets around them, between
            which the parser would write them in another form.
    """

    def __init__(self, *, every_sign: bool = False, bare_addresses: bool = False) -> None:
        self._signs = EVERY_SIGN if every_sign else USUAL_SIGNS
        self._bare_addresses = bare_addresses
        self._turn = "\\\n"

    def block(self, block: Block) -> str:
        """Return a block, without a line end behind it."""
        match block:
            case Paragraph():
                return code_block(block.lines) if block.lines else self._paragraph(block.children)
            case Heading():
                return f"{'#' * block.level} {self._heading(block.children)}"
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Quote():
                return prefixed(self._blocks(block.children), "> ", "> ")
            case Figure():
                return self._picture(block.picture)
            case Ornament():
                return "***"
            case PageBreak():
                return "<!-- page break -->"

    def note(self, label: str, words: Sequence[Inline]) -> str:
        """Return a footnote."""
        return f"[^{label}]: {protected(self.words(words))}"

    def words(self, inlines: Sequence[Inline], *, in_cell: bool = False) -> str:
        """Return inlines on one line, but for the line breaks in them."""
        text = ""
        for each in inlines:
            piece = self._inline(each, in_cell=in_cell)
            if piece.startswith("[") and _ENDS_IN_A_CALL.search(text):
                # Otherwise the link behind it would be read as a picture.
                text = f"{text[:-1]}\\!"
            text += piece
        return text

    def _paragraph(self, inlines: Sequence[Inline]) -> str:
        return protected(self.words(inlines))

    def _heading(self, inlines: Sequence[Inline]) -> str:
        return _CLOSING.sub(_escape_first, _with_edges(self.words(inlines)))

    def _cell(self, inlines: Sequence[Inline]) -> str:
        return _with_edges(self.words(inlines, in_cell=True))

    def _inline(self, inline: Inline, *, in_cell: bool) -> str:
        match inline:
            case Run():
                text = self._escaped(inline.text)
                return text.replace("|", "\\|") if in_cell and self._signs is USUAL_SIGNS else text
            case Code():
                text = code_span(inline.text)
                return text.replace("|", "\\|") if in_cell else text
            case LineBreak():
                return self._turn
            case NoteCall():
                return f"[^{inline.label}]"
            case Emphasis():
                return self._marked(inline, "*", in_cell=in_cell)
            case Strong():
                return self._marked(inline, "**", in_cell=in_cell)
            case Link():
                return self._link(inline, in_cell=in_cell)

    def _marked(self, inline: Emphasis | Strong, mark: str, *, in_cell: bool) -> str:
        return f"{mark}{self.words(inline.children, in_cell=in_cell)}{mark}"

    def _link(self, link: Link, *, in_cell: bool) -> str:
        target = link.target
        words = link.children[0].text if len(link.children) == 1 and isinstance(link.children[0], Run) else ""
        if words and target in {words, f"mailto:{words}"} and _ADDRESS.fullmatch(target):
            return words if self._bare_addresses else f"<{words}>"
        return f"[{self.words(link.children, in_cell=in_cell)}]({_destination(target)})"

    def _blocks(self, blocks: Sequence[Block], between: str = "\n\n") -> str:
        written: list[str] = []
        before: Block | None = None
        for block in blocks:
            if would_join(before, block):
                written.append(APART)
            written.append(self.block(block))
            before = block
        return between.join(written)

    def _list(self, block: ListBlock) -> str:
        loose = any(map(_needs_empty_lines, block.items))
        lines: list[str] = []
        for number, item in zip_longest(block.printed_numbers, block.items):
            marker = "- " if number is None else f"{number}. "
            inner = self._blocks(item, "\n\n" if loose else "\n")
            lines.append(prefixed(inner, marker, " " * len(marker)) if inner else marker.rstrip())
        if _RULE.match(lines[0]):
            # Dashes of items within items alone on a line would be an ornament.
            lines[0] = f"+{lines[0][1:]}"
            lines[1:] = [f"+{line[1:]}" for line in lines[1:]]
        return ("\n\n" if loose else "\n").join(lines)

    def _table(self, table: Table) -> str:
        heads, *rows = (f"| {' | '.join(map(self._cell, row))} |" for row in (table.heads, *table.rows))
        if not any(table.heads):
            # Without a word in its heads it would be no table.
            heads = f"| {' | '.join(APART for _ in table.heads)} |"
        rule = f"| {' | '.join(_RULES[alignment] for alignment in table.alignments)} |"
        return "\n".join((heads, rule, *rows))

    def _picture(self, picture: Picture) -> str:
        caption = f' "{self._escaped(picture.caption)}"' if picture.caption else ""
        caption = caption[:2] + caption[2:-1].replace('"', '\\"') + caption[-1:] if caption else ""
        source = _destination(picture.source.replace("%", "%25"))
        return f"![{self._escaped(picture.alternative)}]({source}{caption})" + attributes_of(picture)

    def _escaped(self, text: str) -> str:
        return self._signs.sub(_escape_first, text)


def _escape_first(match: re.Match[str]) -> str:
    return "\\" + match[0]


def attributes_of(picture: Picture) -> str:
    """Return the attributes of a picture in braces: its size, credit, consent and focus."""
    written = [] if picture.measure is Measure.TEXT else [f".{picture.measure}"]
    written.append(f'credit="{picture.credit}"')
    if picture.consent is not None:
        written.append(f"consent={picture.consent}")
    if picture.focus is not None:
        written.append('focus="{} {}"'.format(*picture.focus))
    return "{" + " ".join(written) + "}"


def code_block(lines: Sequence[str]) -> str:
    """Return lines of code between fences longer than any run of backticks in them."""
    text = "\n".join(lines)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{fence}\n{text}\n{fence}"


def code_span(text: str) -> str:
    """Return text as it stands between backticks (CommonMark 0.31, 6.1)."""
    fence = "`" * next(count for count in range(1, len(text) + 2) if count not in _runs_in(text))
    touches = text.startswith("`") or text.endswith("`")
    stripped = text.startswith(" ") and text.endswith(" ") and text.strip()
    inner = f" {text} " if touches or stripped else text
    return f"{fence}{inner}{fence}"


def _runs_in(text: str) -> set[int]:
    return {len(run) for run in re.findall("`+", text)}


def protected(text: str) -> str:
    """Return a paragraph with escapes where the start of a line would be read as another block."""
    return "\n".join(map(_protected_line, text.split("\n")))


def _protected_line(line: str) -> str:
    return at_line_start(_with_edges(line))


def at_line_start(line: str) -> str:
    """Return a line of a paragraph, with an escape where it would begin another block."""
    if match := _COUNTED.match(line):
        return f"{match[1]}\\{match[2]}{line[match.end() :]}"
    return f"\\{line}" if _FRONT.match(line) else line


def _with_edges(line: str) -> str:
    """Return a line with its outer spaces that are no plain ones as entities, else they were left out."""
    for at in (0, -1):
        if line and line[at].isspace():
            entity = f"&#{ord(line[at])};"
            line = f"{entity}{line[1:]}" if at == 0 else f"{line[:-1]}{entity}"
    return line


def would_join(before: Block | None, block: Block) -> bool:
    """Return whether a list would be read as more items of the list before it."""
    return (
        isinstance(before, ListBlock)
        and isinstance(block, ListBlock)
        and (before.start is None) == (block.start is None)
    )


def _needs_empty_lines(item: Sequence[Block]) -> bool:
    """Return whether the blocks of an item would be read as one paragraph without empty lines among them."""
    # A list that does not begin with 1, or with an empty item, cannot interrupt a paragraph.
    late = any(
        isinstance(each, ListBlock) and (each.start not in {None, 1} or not each.items[0]) for each in item
    )
    return late or any(not isinstance(each, ListBlock) for each in item[1:])


def prefixed(text: str, first: str, others: str) -> str:
    """Return lines within a list or a quote: behind what the first begins with, and the others."""
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(others + line if line else others.rstrip() for line in lines[1:])])


def _destination(target: str) -> str:
    """Return the address of a link (CommonMark 0.31, 6.3)."""
    if re.fullmatch(r"[^\s<>()\\]+", target):
        return target
    escaped = re.sub(r"[<>\\]", _escape_first, target)
    return f"<{escaped}>"


def writers() -> tuple[MarkdownWriter, ...]:
    """Return the ways to write a block, of which the first is chosen that is read as it is meant."""
    return MarkdownWriter(), MarkdownWriter(bare_addresses=True), MarkdownWriter(every_sign=True)

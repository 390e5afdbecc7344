"""An editor's document written back into an article's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.writing.article_text import (
    ArticleText,
    Piece,
    blocks_read,
    hidden_in,
    labels_in,
    note_named,
    what_is_said,
)
from pipeline.editor.writing.blocks import block_of_node
from pipeline.editor.writing.carrying_over import carried_over
from pipeline.editor.writing.markdown import APART, MarkdownWriter, writers
from pipeline.editor.writing.node_texts import texts_of, words_of
from pipeline.editor.writing.nodes import (
    BulletListNode,
    CodeBlockNode,
    Document,
    OrderedListNode,
    SourceNode,
)
from pipeline.editor.writing.normal_form import comparable, normal, normal_blocks, with_words
from pipeline.editor.writing.normal_words import with_marks_at_words
from pipeline.editor.writing.note_saving import SIMPLIFICATIONS, NoteWriter, called_notes, unwritable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from pipeline.editor.writing.nodes import BlockNode

_LINE_END: Final = re.compile("\r\n|\n|\r")

_FENCE: Final = re.compile(" {0,3}(`{3,}|~{3,})")


class Saved(NamedTuple):
    """An article's new text.

    Args:
        text: The whole file.
        article: The same, read again.
        simplified: Whether marks that Markdown cannot express were left out.
    """

    text: str
    article: ArticleText
    simplified: bool = False


class _Part(NamedTuple):
    """A part of the new text.

    Args:
        text: Its lines.
        piece: The piece it was, or was made of.
        list_type: The type of its node, if that is a list.
        is_source: Whether it is text that is shown as its source.
    """

    text: str
    piece: Piece | None = None
    list_type: str = ""
    is_source: bool = False


def saved(article: ArticleText, document: Document) -> Saved:
    """Return the article's text with an editor's document in it.

    Args:
        article: The text that is there.
        document: What it shall say: `article.document`, as somebody changed it.

    Raises:
        IssueError: It cannot be written so that it is read as it is shown (E600).
    """
    if article.is_source:
        return _saved_source(article, document)
    for carries in (True, False):
        saving = _Saving(article, document, carries=carries)
        text = saving.text()
        again = ArticleText(text, article.path)
        # Text shown as source means what it is read as, which may depend on the rest.
        if what_is_said(again.document_without(saving.source_lines)) == what_is_said(saving.wanted):
            return Saved(text, again, saving.is_simplified)
    raise unwritable(article, "")


def _saved_source(article: ArticleText, document: Document) -> Saved:
    """Return a text that is shown as its source alone, as it was typed."""
    typed = "\n\n".join("".join(texts_of(node)) for node in document.content)
    after = "".join(piece.after for piece in article.pieces) or article.newline
    text = article.front + article.lead + typed.replace("\n", article.newline) + after
    return Saved(text, ArticleText(text, article.path))


class _Saving:
    """One attempt to write a document.

    Args:
        article: The text that is there.
        document: What it shall say.
        carries: Whether changes are carried over onto the text; else changed blocks are written anew.
    """

    def __init__(self, article: ArticleText, document: Document, *, carries: bool) -> None:
        self._article = article
        self._carries = carries
        self._numbers = {piece.name: number for number, piece in enumerate(article.pieces)}
        self._blocks = normal(document).content
        shown_as_source = {
            label for piece in article.pieces if piece.note is None for label in labels_in(piece)
        }
        notes = called_notes(document, self._blocks, shown_as_source)
        self._definitions = tuple(dict.fromkeys((*article.definitions, *map(note_named, notes))))
        self._notes = NoteWriter(article, notes, self._definitions, carries=carries)
        self._said: list[BlockNode] = []
        self.source_lines: list[range] = []
        """The lines, from 0 below the front matter, of what is shown as source."""
        self._is_simplified = False

    @property
    def is_simplified(self) -> bool:
        """Whether marks that Markdown cannot express were left out."""
        return self._is_simplified or self._notes.is_simplified

    @property
    def wanted(self) -> Document:
        """What the text must say, once it is written."""
        return Document(content=tuple(self._said), notes=tuple(self._notes.notes.values()))

    def text(self) -> str:
        """Return the whole file."""
        self._said, self.source_lines = [], []
        parts = self._with_notes(list(self._parts()))
        front = self._article.front
        if front and not front.endswith(("\n", "\r")) and parts:
            front += self._article.newline
        text = self._article.lead
        for at, part in enumerate(parts):
            if part.is_source:
                line = len(_LINE_END.findall(text))
                self.source_lines.append(range(line, line + len(_LINE_END.findall(part.text)) + 1))
            text += part.text + self._gap(part, parts[at + 1] if at + 1 < len(parts) else None)
        return front + text

    # blocks

    def _parts(self) -> Iterator[_Part]:
        used: set[str] = set()
        at = 0
        while at < len(self._blocks):
            node = self._blocks[at]
            piece = self._piece_of(node, used)
            count = len(piece.nodes) if piece else 1
            together = self._blocks[at : at + count]
            if piece is not None and comparable(together) == comparable(normal_blocks(piece.nodes)):
                self._said += (each for each in together if not isinstance(each, SourceNode))
                text = piece.text + self._closing_fence(piece)
            else:
                # Of several pictures on a line, each one that changed gets a line of its own.
                count = 1
                text = self._block(node, piece if piece is not None and len(piece.nodes) == 1 else None)
            if piece is not None:
                used.add(piece.name)
            yield _Part(text, piece, _list_type(node), isinstance(node, SourceNode))
            at += count

    def _closing_fence(self, piece: Piece) -> str:
        """Return the fence that a code block lacks, where it was the last block and went on to the end."""
        opened = _FENCE.match(piece.text)
        if (
            not opened
            or not isinstance(piece.nodes[0], CodeBlockNode)
            or piece.name != self._article.pieces[-1].name
        ):
            return ""
        is_closed = re.search(rf"[\r\n] {{0,3}}{opened[1]}+[ \t]*$", piece.text)
        is_last = self._blocks[-1].attrs.id == piece.name
        return "" if is_closed or is_last else self._article.newline + opened[1]

    def _piece_of(self, node: BlockNode, used: set[str]) -> Piece | None:
        """Return the piece a node was read from; None for a new one, and for a copy."""
        name = (node.attrs.id or "").partition(".")[0]
        number = self._numbers.get(name)
        return None if number is None or name in used else self._article.pieces[number]

    def _block(self, node: BlockNode, piece: Piece | None) -> str:
        if isinstance(node, SourceNode):
            return self._with_line_ends("".join(texts_of(node)))
        node, text = self._written(node)
        self._said.append(node)
        if piece is None or isinstance(piece.nodes[0], SourceNode):
            return self._with_line_ends(text)
        carried = self._carried(piece, node, text)
        if carried is not None:
            return carried
        if not piece.hides:
            return self._with_line_ends(text)
        if piece.remarks is None:
            raise unwritable(self._article, words_of(node))
        return self._with_line_ends("\n\n".join((text, *piece.remarks)))

    def _carried(self, piece: Piece, node: BlockNode, text: str) -> str | None:
        """Return a piece's text with a change carried over; None where it would not be read so."""
        if not self._carries and not piece.hides:
            return None
        [before] = normal_blocks(piece.nodes)
        carried = carried_over(piece.text, MarkdownWriter().block(block_of_node(before)), text)
        keeps_hidden = not piece.hides or self._hidden_in(carried) == self._hidden_in(piece.text)
        return carried if keeps_hidden and self._is_read_as(carried, node) else None

    def _hidden_in(self, text: str) -> Counter[str]:
        return hidden_in(text, self._definitions)

    def _written(self, node: BlockNode) -> tuple[BlockNode, str]:
        """Return a block as it can be written, and its text, which is read as that block.

        Raises:
            IssueError: There is no such text (E600).
        """
        for change in (None, *SIMPLIFICATIONS):
            shown = node if change is None else with_words(node, change)
            for writer in writers():
                text = writer.block(block_of_node(shown))
                if self._is_read_as(text, shown):
                    self._is_simplified |= change not in {None, with_marks_at_words}
                    return shown, text
        raise unwritable(self._article, words_of(node))

    def _is_read_as(self, text: str, node: BlockNode) -> bool:
        return comparable(blocks_read(text, self._definitions)) == comparable((node,))

    # notes

    def _with_notes(self, parts: list[_Part]) -> list[_Part]:
        """Return the parts with the notes, each behind the piece it stood behind, new ones at the end."""
        pieces = self._article.pieces
        last_block = max((at for at, piece in enumerate(pieces) if piece.nodes), default=-1)
        kept = {part.piece.name for part in parts if part.piece is not None}
        end: list[_Part] = []
        for number, piece in enumerate(pieces):
            if piece.name in kept:
                continue
            text = self._notes.text(piece.note, piece) if piece.note is not None else ""
            part = _Part(text or _remark_of(piece), piece if text else None)
            if not part.text:
                continue
            if number > last_block:
                end.append(part)
            else:
                parts.insert(self._behind(parts, number), part)
        known = {piece.note.attrs.label for piece in pieces if piece.note is not None}
        new = (
            self._notes.text(note, None) for label, note in self._notes.notes.items() if label not in known
        )
        return [*parts, *end, *map(_Part, new)]

    def _behind(self, parts: Sequence[_Part], number: int) -> int:
        """Return the position behind the parts that stood before a piece."""
        before = [
            at
            for at, part in enumerate(parts)
            if part.piece is not None and self._numbers[part.piece.name] < number
        ]
        return before[-1] + 1 if before else 0

    # between the parts

    def _gap(self, part: _Part, following: _Part | None) -> str:
        """Return what stands behind a part: what stood there, or an empty line."""
        after = part.piece.after if part.piece is not None else ""
        end = self._article.newline
        are_kept = _is_kept(part) and (following is None or _is_kept(following))
        if self._stood_before(part, following) and (self._carries or are_kept):
            return after
        between = after.rstrip("\r\n") + end if after.strip() else end
        if following is None:
            return between
        between += end
        # A list would go on with the next one's items, or with lines that are indented.
        goes_on = part.list_type == following.list_type or following.text.startswith((" ", "\t"))
        if part.list_type and goes_on:
            between += f"{APART}{end}{end}"
        return between

    def _stood_before(self, part: _Part, following: _Part | None) -> bool:
        pieces = self._article.pieces
        if part.piece is None:
            return False
        number = self._numbers[part.piece.name] + 1
        if following is None:
            return number == len(pieces)
        return following.piece is not None and self._numbers[following.piece.name] == number

    def _with_line_ends(self, text: str) -> str:
        return text.replace("\n", self._article.newline)


def _is_kept(part: _Part) -> bool:
    return part.piece is not None and part.text == part.piece.text


def _list_type(node: BlockNode) -> str:
    return node.type if isinstance(node, BulletListNode | OrderedListNode) else ""


def _remark_of(piece: Piece) -> str:
    """Return what stands behind a piece that is left out, where that is more than empty lines."""
    return piece.after.strip("\r\n") if piece.after.strip() else ""

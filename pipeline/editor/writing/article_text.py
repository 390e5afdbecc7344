"""The text of an article below its front matter, shown to an editor and changed block by block.

Every block keeps the text it was read from. What an editor leaves alone stays as it is, to the last byte;
a change is carried over onto the text that is there. The whole is read again, and is only returned if it
says what the editor's document says.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.writing.blocks import node_of_block
from pipeline.editor.writing.inlines import nodes_of_inlines
from pipeline.editor.writing.node_texts import texts_of
from pipeline.editor.writing.nodes import (
    BlockAttributes,
    Document,
    FigureNode,
    NoteAttributes,
    NoteNode,
    SourceNode,
    TextNode,
)
from pipeline.editor.writing.normal_form import comparable, normal, normal_blocks
from pipeline.editor.writing.normal_words import with_parsed_targets
from pipeline.files.text.source import Source, plain_text
from pipeline.reading.markdown.inlines import COMMENTS
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.editor.writing.nodes import BlockNode, InlineNode
    from pipeline.models.text import Block, Note
    from pipeline.reading.markdown.manuscript import Manuscript

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)

_NOTE: Final = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)

_NOT_SHOWN: Final = frozenset({"E38", "E41", "E43", "E47", "E59", "E61", "E62", "E64"})
"""Findings of text that the model leaves out: such a block is shown as its source."""

_UNREADABLE: Final = frozenset({"E03", "E40", "E47"})
"""Findings of a text of which nothing is read."""

_HIDDEN: Final = frozenset({"W21", "W22"})
"""Findings of text which is left out of a block that can be shown."""


class Piece(NamedTuple):
    """A block of Markdown as it is written.

    Args:
        name: Its number, which the ids of its nodes begin with.
        text: Its lines, without the empty ones behind it.
        after: What stands between it and the next piece: empty lines, comments, addresses of links.
        line: Its first line, from 0 at the first one below the front matter.
        nodes: What an editor shows for it; none for a note.
        note: What it says, if it is a note.
        comments: The comments in it, which are not shown.
        hides_words: Whether that is more than comments, which can stand behind it as well.
    """

    name: str
    text: str
    after: str
    line: int
    nodes: tuple[BlockNode, ...] = ()
    note: NoteNode | None = None
    comments: tuple[str, ...] = ()
    hides_words: bool = False

    @property
    def hides(self) -> bool:
        """Whether something in it is not shown, and would be lost if it were written anew."""
        return bool(self.comments) or self.hides_words

    @property
    def remarks(self) -> tuple[str, ...] | None:
        """The comments within it; None where it hides something else, too, which has no other place."""
        return None if self.hides_words else tuple(map(_plain, self.comments))


class ArticleText:
    """An article's file, parted into the pieces that an editor shows.

    Args:
        text: The whole file as it is, with any line ends; it may begin with a byte order mark.
        path: The file, relative to the workspace, for findings.
    """

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.manuscript = _read(text, path)
        lines = _LINE.findall(text)
        body = self.manuscript.body_line - 1 if self.manuscript.front is not None else 0
        self.front = "".join(lines[:body])
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.lead, self.pieces = self._parted(lines[body:])

    @property
    def document(self) -> Document:
        """What an editor shows."""
        return self.document_without(())

    def document_without(self, lines: Sequence[range]) -> Document:
        """Return what an editor shows but for the pieces on some lines.

        Args:
            lines: From 0 at the first line below the front matter.
        """
        pieces = [piece for piece in self.pieces if not any(piece.line in each for each in lines)]
        blocks = tuple(node for piece in pieces for node in piece.nodes)
        return Document(content=blocks, notes=tuple(each.note for each in pieces if each.note))

    @property
    def definitions(self) -> tuple[str, ...]:
        """The addresses of links, and the notes, that any block may name."""
        between = (self.lead, *(piece.after for piece in self.pieces))
        addresses = (_plain(text).strip("\n") for text in between if text.strip())
        notes = (note_named(label) for piece in self.pieces for label in labels_in(piece))
        return tuple(dict.fromkeys((*addresses, *notes)))

    @property
    def is_source(self) -> bool:
        """Whether nothing of the text can be shown but its source."""
        return not self.manuscript.spans and any(
            each.code in _UNREADABLE for each in self.manuscript.findings
        )

    def _parted(self, lines: list[str]) -> tuple[str, tuple[Piece, ...]]:
        """Return the text before the first piece, and the pieces."""
        manuscript = self.manuscript
        if self.is_source and "".join(lines).strip():
            text = "".join(lines)
            whole = text.rstrip("\r\n")
            return "", (_as_source(Piece("0", whole, text[len(whole) :], 0)),)
        notes = {note.label: note for note in manuscript.notes}
        shown = [
            span for span in manuscript.spans if span.blocks or not _is_comment(lines[span.first : span.last])
        ]
        written = Counter(span.note for span in shown)
        pieces: list[Piece] = []
        lead = "".join(lines[: shown[0].first]) if shown else "".join(lines)
        for number, span in enumerate(shown):
            last = _last_line(lines, span.first, span.last)
            end = shown[number + 1].first if number + 1 < len(shown) else len(lines)
            own = "".join(lines[span.first : last])
            text = own.rstrip("\r\n")
            after = own[len(text) :] + "".join(lines[last:end])
            at = manuscript.body_line
            codes = _codes_in(manuscript, at + span.first, at + last)
            name = str(number)
            hides = _hides_words(text, codes)
            piece = Piece(name, text, after, span.first, hides_words=hides)
            # Of two notes with one label only the last is read.
            is_twice = span.note is not None and written[span.note] > 1
            if is_twice or codes & _NOT_SHOWN:
                pieces.append(_as_source(piece))
            elif span.note is not None:
                pieces.append(_with_comments(_as_note(piece, notes.get(span.note))))
            else:
                pieces.append(_with_comments(_as_blocks(piece, span.blocks)))
        return lead, tuple(pieces)


def _read(text: str, path: str) -> Manuscript:
    return read_manuscript(Source(path, plain_text(text.removeprefix("\ufeff"))))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def labels_in(piece: Piece) -> list[str]:
    """Return the labels of the notes that a piece defines."""
    return [match[1] for match in _NOTE.finditer(piece.text)]


def note_named(label: str) -> str:
    """Return a note of any words, for a text that calls it."""
    return f"[^{label}]: x"


def _is_comment(lines: Sequence[str]) -> bool:
    return COMMENTS.fullmatch("".join(lines)) is not None


def _last_line(lines: Sequence[str], first: int, last: int) -> int:
    """Return the line after the last one of a block that is not empty."""
    last = min(last, len(lines))
    while last > first + 1 and not lines[last - 1].strip():
        last -= 1
    return last


def _codes_in(manuscript: Manuscript, first: int, last: int) -> set[str]:
    """Return the codes of the findings on some lines of the file, the last one not among them."""
    places = ((each.code, each.place) for each in manuscript.findings if each.place is not None)
    return {code for code, place in places if first <= place.line < last}


def _hides_words(text: str, codes: set[str]) -> bool:
    """Return whether a text has words that are not shown: a title of a link, a name behind a fence."""
    return bool(codes & _HIDDEN) or ("W20" in codes and "](" in text)


def _with_comments(piece: Piece) -> Piece:
    return piece._replace(comments=_comments_in(piece.text, (*piece.nodes, piece.note)))


def _comments_in(text: str, nodes: Sequence[object]) -> tuple[str, ...]:
    """Return the comments of a text that are none of the words its nodes show, as code or typed signs are."""
    shown = Counter(
        _letters(comment)
        for node in nodes
        for words in ("".join(texts_of(node)), *_texts_of_picture(node))
        for comment in _COMMENT.findall(words)
    )
    comments = []
    for comment in _COMMENT.findall(text):
        if shown[_letters(comment)]:
            shown[_letters(comment)] -= 1
        else:
            comments.append(comment)
    return tuple(comments)


def _letters(text: str) -> str:
    """Return the letters of a text, which are the same with escapes, and at the beginning of lines."""
    return re.sub(r"[\W_]", "", text)


def _texts_of_picture(node: object) -> tuple[str, ...]:
    if not isinstance(node, FigureNode):
        return ()
    return node.attrs.alternative, node.attrs.caption, node.attrs.credit


def _as_source(piece: Piece) -> Piece:
    content = (TextNode(text=_plain(piece.text)),)
    return piece._replace(nodes=(SourceNode(attrs=BlockAttributes(id=piece.name), content=content),))


def _as_blocks(piece: Piece, blocks: Sequence[Block]) -> Piece:
    nodes = tuple(
        node_of_block(block, f"{piece.name}.{at}" if len(blocks) > 1 else piece.name)
        for at, block in enumerate(blocks)
    )
    is_shown = len(normal_blocks(nodes)) == len(blocks) > 0
    return piece._replace(nodes=nodes) if is_shown else _as_source(piece)


def _as_note(piece: Piece, note: Note | None) -> Piece:
    if note is None:
        return _as_source(piece)
    label = NoteAttributes(label=note.label)
    return piece._replace(note=NoteNode(attrs=label, content=nodes_of_inlines(note.children)))


def what_is_said(document: Document) -> tuple[tuple[BlockNode, ...], dict[str, tuple[InlineNode, ...]]]:
    """Return what a document says: its blocks without ids, and its notes by label."""
    plain = normal(document)
    notes = {note.attrs.label: with_parsed_targets(note.content) for note in plain.notes}
    return comparable(plain.content), notes


def hidden_in(text: str, definitions: Sequence[str]) -> Counter[str]:
    """Return what a text has that no block shows: its comments, and the codes of words left out."""
    manuscript = _read_alone(text, definitions)
    codes = (each.code for each in manuscript.findings)
    nodes = [node_of_block(block) for block in manuscript.body]
    return Counter((*_comments_in(text, nodes), *(code for code in codes if code in {*_HIDDEN, "W20"})))


def blocks_read(text: str, definitions: Sequence[str]) -> Iterator[BlockNode]:
    """Yield the blocks that are read from a text which may name notes and addresses of links.

    Nothing, where the text has something that the model leaves out.
    """
    manuscript = _read_alone(text, definitions)
    if any(each.code in _NOT_SHOWN for each in manuscript.findings):
        return
    yield from normal_blocks(map(node_of_block, manuscript.body))


def _read_alone(text: str, definitions: Sequence[str]) -> Manuscript:
    whole = "\n\n".join((f"---\n---\n{_plain(text)}", *definitions, ""))
    return read_manuscript(Source("", whole))

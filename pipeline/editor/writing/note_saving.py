"""The notes of a document written back into an article's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.editor.writing.article_text import ArticleText, Piece, what_is_said
from pipeline.editor.writing.carrying_over import carried_over
from pipeline.editor.writing.inlines import inlines_of_nodes
from pipeline.editor.writing.markdown import MarkdownWriter, writers
from pipeline.editor.writing.node_texts import labels_called, texts_of
from pipeline.editor.writing.nodes import Document, NoteAttributes, NoteNode
from pipeline.editor.writing.normal_form import normal
from pipeline.editor.writing.normal_words import with_marks_at_words, with_parsed_targets, without_marks
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pipeline.editor.writing.nodes import BlockNode

SIMPLIFICATIONS: Final = (
    with_marks_at_words,
    lambda words: without_marks(words, "em"),
    lambda words: without_marks(words, "strong"),
    lambda words: without_marks(words, "em", "strong"),
    lambda words: without_marks(words, "em", "strong", "code"),
)
"""What is done to words whose marks are not read as they are shown, one after the other."""


def unwritable(article: ArticleText, words: str) -> IssueError:
    """Return the error that some words cannot be written so that they are read as they are shown."""
    return IssueError([found("E600", Place(article.path), words=words[:60])])


class NoteWriter:
    """Writes the notes that a document calls.

    Args:
        article: The text that is there.
        notes: The notes as they shall be, by label; each becomes what it is read as.
        definitions: The addresses of links and the notes that any of them may name.
        carries: Whether changes are carried over onto the text; else changed notes are written anew.
    """

    def __init__(
        self,
        article: ArticleText,
        notes: dict[str, NoteNode],
        definitions: Sequence[str],
        *,
        carries: bool,
    ) -> None:
        self.notes = notes
        self.is_simplified = False
        self._article, self._definitions, self._carries = article, definitions, carries

    def text(self, note: NoteNode, piece: Piece | None) -> str:
        """Return the text of a note as it shall be; nothing where no word calls it any more."""
        wanted = self.notes.get(note.attrs.label)
        if wanted is None:
            return ""
        [shown] = normal(Document(notes=(note,))).notes
        if piece is not None and wanted == shown:
            return piece.text
        return self._new_note(wanted, shown, piece)

    def _new_note(self, wanted: NoteNode, before: NoteNode, piece: Piece | None) -> str:
        label = wanted.attrs.label
        for change in (None, *SIMPLIFICATIONS):
            content = wanted.content if change is None else change(wanted.content)
            shown = wanted.model_copy(update={"content": content})
            for writer in writers():
                text = writer.note(label, inlines_of_nodes(shown.content))
                if piece is not None and (self._carries or piece.hides):
                    old = MarkdownWriter().note(label, inlines_of_nodes(before.content))
                    carried = carried_over(piece.text, old, text)
                    if self._note_is_read_as(carried, shown):
                        self._write(label, shown, change)
                        return carried
                if self._note_is_read_as(text, shown) and not (piece is not None and piece.hides):
                    self._write(label, shown, change)
                    return text.replace("\n", self._article.newline)
        raise unwritable(self._article, "".join(texts_of(wanted.content)))

    def _note_is_read_as(self, text: str, note: NoteNode) -> bool:
        call = f"[^{note.attrs.label}]"
        others = [each for each in self._definitions if not each.startswith(f"{call}:")]
        calls = "".join(each.removesuffix(": x") for each in others if each.startswith("[^"))
        read = ArticleText("\n\n".join(("---\n---", call + calls, text, *others, "")), "").document
        blocks, notes = what_is_said(read)
        return notes.get(note.attrs.label) == with_parsed_targets(note.content) and len(blocks) == 1

    def _write(self, label: str, shown: NoteNode, change: Callable[..., object] | None) -> None:
        self.notes[label] = shown
        self.is_simplified |= change not in {None, with_marks_at_words}


def called_notes(
    document: Document, blocks: Sequence[BlockNode], shown_as_source: Collection[str]
) -> dict[str, NoteNode]:
    """Return the notes that blocks call, by label; one that is nowhere is made.

    Args:
        document: Gives notes.
        blocks: Call them.
        shown_as_source: The labels of notes which the document has as text.
    """
    given = {note.attrs.label: note for note in document.notes}
    called = dict.fromkeys(labels_called(tuple(blocks)))
    notes = [
        given.get(label, NoteNode(attrs=NoteAttributes(label=label)))
        for label in called
        if label not in shown_as_source
    ]
    return {note.attrs.label: note for note in normal(Document(notes=tuple(notes))).notes}

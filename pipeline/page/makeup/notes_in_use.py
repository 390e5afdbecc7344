"""The footnotes of one article while it is being composed, and the names of places that links lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.models.issue import Article, Issue
    from pipeline.models.text import Note


class NotesInUse:
    """The footnotes of one article while it is being composed: the first reference to each has its text."""

    def __init__(self, article: Article, before: int = 0, *, at_end: bool = False) -> None:
        """Number the notes of an article.

        Args:
            article: The article.
            before: How many notes the articles before it have.
            at_end: Whether they stand at the end of the article, and not at the foot of a page.
        """
        self.at_end = at_end
        self.all = article.notes
        self._before = before
        self._notes: dict[str, Note] = {note.label: note for note in article.notes}
        self._order = [note.label for note in article.notes]
        self._taken: set[str] = set()
        self._article = anchor(article.name)

    def take(self, label: str) -> Note | None:
        """Return the note at the first reference to it, and None at later ones."""
        if label in self._taken:
            return None
        self._taken.add(label)
        return self._notes[label]

    def number(self, label: str) -> int:
        """Return the note's number within its article."""
        return self._order.index(label) + 1

    def number_on_page(self, label: str) -> int:
        """Return the note's number on the pages, where the engine counts all notes of an issue."""
        return self._before + self.number(label)

    def call_anchor(self, label: str) -> str:
        """Return the id of the first reference to a note; empty for a later one."""
        return f"{self.anchor(label)}-back" if self.take(label) else ""

    def anchor(self, label: str) -> str:
        """Return the note's id in the document."""
        return f"{self._article}-note-{self.number(label)}"


def notes_of(article: Article, issue: Issue, *, at_end: bool = False) -> NotesInUse:
    """Return the notes of an article of an issue, whose notes the engine counts.

    Args:
        article: The article.
        issue: The issue it is in.
        at_end: Whether they stand at the end of the article, and not at the foot of a page.
    """
    articles = issue.articles
    before = sum(len(other.notes) for other in articles[: articles.index(article)])
    return NotesInUse(article, before, at_end=at_end)


def anchor(name: str) -> str:
    """Return an article's id in the document, from its file name."""
    stem = re.sub(r"[^\w]+", "-", name.removesuffix(".md")).strip("-")
    return f"article-{stem}"

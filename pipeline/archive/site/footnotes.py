"""Footnotes on a page of the site: note references linked with the notes below the article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from pipeline.page.makeup.notes_in_use import anchor
from pipeline.typography import localisation

if TYPE_CHECKING:
    from pipeline.models.issue import Article
    from pipeline.models.text import Inline, Note


class CalledNote(NamedTuple):
    """A note below its article.

    Args:
        id: Its id in the page.
        number: Its number within the article.
        children: Its text.
        calls: The ids of its references in the text, in reading order.
    """

    id: str
    number: int
    children: tuple[Inline, ...]
    calls: tuple[str, ...]


class SiteNotes:
    """The notes of one article; templates get it in place of the `NotesInUse` of printed pages.

    Args:
        article: The article.
        language: The language of the page.
    """

    def __init__(self, article: Article, language: str) -> None:
        """Number the notes of an article."""
        self._notes: dict[str, Note] = {note.label: note for note in article.notes}
        self._order = [note.label for note in article.notes]
        self._article = anchor(article.name)
        self._calls: Counter[str] = Counter()
        self._word = localisation.label("Note", language)

    def take(self, label: str) -> None:
        """Return no note at a reference: the site shows notes below the article."""

    def number(self, label: str) -> Markup:
        """Return a note reference: the note's number, in an element whose id the note links back to."""
        self._calls[label] += 1
        place = self._call(label, self._calls[label])
        return Markup('<span class="call" id="{}"><span class="unseen">{} </span>{}</span>').format(
            place, self._word, self._number(label)
        )

    def anchor(self, label: str) -> str:
        """Return the note's id in the page."""
        return f"{self._article}-note-{self._number(label)}"

    @property
    def called(self) -> tuple[CalledNote, ...]:
        """The notes that are referred to, in order; complete once the article is composed."""
        return tuple(
            CalledNote(
                self.anchor(label),
                self._number(label),
                self._notes[label].children,
                tuple(self._call(label, at) for at in range(1, self._calls[label] + 1)),
            )
            for label in self._order
            if self._calls[label]
        )

    def _number(self, label: str) -> int:
        return self._order.index(label) + 1

    def _call(self, label: str, at: int) -> str:
        return f"{self._article}-call-{self._number(label)}" + (f"-{at}" if at > 1 else "")

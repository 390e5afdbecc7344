"""Splits the pieces of a section into articles: their beginnings and titles, and the lead of the section."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.importing.draft.draft import DraftArticle, DraftSection
from pipeline.importing.draft.phrases import NAMED_PROJECT, NUMBERED
from pipeline.importing.draft.proposals import propose
from pipeline.importing.model.pieces import FlatRun, Paragraph, Piece, QuotePiece
from pipeline.models.text import NoteCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.model.pieces import IncomingText, Inline, Inlines

LONGEST_HEAD: Final = 160
"""The most characters of a bold line that is recognised as a heading."""

_LONGEST_LEAD: Final = 600
_RUN_IN: Final = re.compile(r"\s*(\d{1,2})[.)]\s*(?=\S)")
_ENDED: Final = re.compile(r"\s*[.:–—-]\s*")


class ArticleFinder:
    """Finds the articles of an incoming text.

    Args:
        text: As read.
        language: The language of the text.
        generated: Collects words that the page generates by itself: the numbers of headings.
    """

    def __init__(self, text: IncomingText, language: str, generated: list[str]) -> None:
        self._text = text
        self.language = language
        self._generated = generated

    def section(self, title: str, body: list[Piece]) -> DraftSection:
        """Split a section's text into its lead and its articles."""
        starts = _article_starts(body)
        section = DraftSection(title)
        opening = body[: starts[0]] if starts else []
        if len(opening) == 1 and _may_lead(opening[0]):
            section.lead = plain_of(opening)
        elif opening:
            section.articles.append(self.article(title, opening))
        for start, end in zip(starts, [*starts[1:], len(body)], strict=False):
            head = body[start]
            assert isinstance(head, Paragraph)  # noqa: S101 - likewise
            section.articles.append(self._headed(head, body[start + 1 : end]))
        if not starts and body:
            section.articles.append(self.article(_named_in(body) or title, body))
        return section

    def _headed(self, head: Paragraph, rest: list[Piece]) -> DraftArticle:
        if not (title := _run_in(head.inlines)) or is_bold(head.inlines):
            title, number = unnumbered(head.text)
            self._generated.append(number)
            generated = self.article(title, [*_references_of(head), *rest])
            generated.url = generated.url or next(
                (each.anchor.target for each in head.inlines if isinstance(each, FlatRun) and each.anchor), ""
            )
            return generated
        first = head.inlines[0]
        assert isinstance(first, FlatRun)  # noqa: S101 - a run-in head begins with words
        number = (_RUN_IN.match(first.text) or [""])[0]
        self._generated.append(number)
        words = (replace(first, text=first.text[len(number) :]), *head.inlines[1:])
        return self._with_run_in_head(title, words, rest)

    def _with_run_in_head(self, title: str, words: Inlines, rest: list[Piece]) -> DraftArticle:
        """Return an article with a run-in heading; one that begins a sentence stays in the text too."""
        after = list(words[1:])
        behind = "".join(getattr(each, "text", "") for each in after)
        ended = _ENDED.match(behind)
        if ended and behind[ended.end() :] and not behind[ended.end() :][:1].islower():
            # The heading is a sentence of its own, which becomes the title.
            return self.article(title, [Paragraph(_cut(after, ended.end())), *rest])
        return self.article(title, [Paragraph(words), *rest])

    def articles_of_text(self) -> list[DraftArticle]:
        """Return the articles of a text without sections: one for each highest heading, or one."""
        pieces = list(self._text.pieces)
        titled = [at for at, piece in enumerate(pieces) if isinstance(piece, Paragraph) and piece.title]
        levels = [piece.level for piece in pieces if isinstance(piece, Paragraph) and piece.level]
        first = pieces[0] if pieces else None
        highest = min(levels, default=-1)
        top = [
            at for at, piece in enumerate(pieces) if isinstance(piece, Paragraph) and piece.level == highest
        ]
        if len(top) > 1 and top[0] == 0 and not titled and not self._text.title:
            parts = [
                (pieces[start], pieces[start + 1 : end])
                for start, end in zip(top, [*top[1:], len(pieces)], strict=False)
            ]
            return [self._titled(head, body) for head, body in parts if isinstance(head, Paragraph)]
        if (titled and titled[0] == 0) or (isinstance(first, Paragraph) and first.level and len(top) == 1):
            assert isinstance(first, Paragraph)  # noqa: S101 - its level was read
            return [self._titled(first, pieces[1:])]
        if (
            not self._text.title
            and isinstance(first, Paragraph)
            and is_bold(first.inlines)
            and len(first.text) < LONGEST_HEAD
        ):
            return [self._titled(first, pieces[1:])]
        if not pieces:
            return []
        stem = re.sub(r"[_\s]+", " ", self._text.name.rpartition(".")[0]).strip()
        title = self._text.title or stem or self._text.name
        return [self.article(title[:LONGEST_HEAD], pieces)]

    def _titled(self, head: Paragraph, body: list[Piece]) -> DraftArticle:
        return self.article(head.text, [*_references_of(head), *body])

    def article(self, title: str, pieces: list[Piece]) -> DraftArticle:
        """Return an article of pieces, with the facts of a project proposed from its text."""
        found = DraftArticle(title, self._text, [*pieces], author=self._text.author)
        propose(found, self.language)
        return found


def plain_of(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces on one line."""
    said = (
        piece.text
        if isinstance(piece, Paragraph)
        else plain_of(piece.pieces)
        if isinstance(piece, QuotePiece)
        else ""
        for piece in pieces
    )
    return " ".join(each for each in said if each)


def is_bold(inlines: Inlines) -> bool:
    """Return whether all words are bold and there is no note reference."""
    said = [each for each in inlines if isinstance(each, FlatRun) and each.text.strip()]
    return (
        bool(said)
        and all(each.bold for each in said)
        and not any(isinstance(each, NoteCall) for each in inlines)
    )


def _article_starts(body: list[Piece]) -> list[int]:
    """Return where articles begin: at headings of the highest level, or at numbered run-in headings."""
    levels = [piece.level for piece in body if isinstance(piece, Paragraph) and piece.level]
    if levels:
        highest = min(levels)
        return [
            at for at, piece in enumerate(body) if isinstance(piece, Paragraph) and piece.level == highest
        ]
    run_in = [at for at, piece in enumerate(body) if isinstance(piece, Paragraph) and _run_in(piece.inlines)]
    if run_in:
        return run_in
    bold = [
        at
        for at, piece in enumerate(body)
        if isinstance(piece, Paragraph)
        and is_bold(piece.inlines)
        and len(piece.text) < LONGEST_HEAD
        and not piece.text.endswith((":", "."))
    ]
    return bold if bold and bold[0] == 0 else []


def _run_in(inlines: Inlines) -> str:
    """Return the heading a paragraph begins with, in bold behind a number, or an empty text."""
    first = next((each for each in inlines if isinstance(each, FlatRun) and each.text.strip()), None)
    if first is None or not first.bold or first is not inlines[0]:
        return ""
    match = _RUN_IN.match(first.text)
    return first.text[match.end() :].strip(" .:–—-") if match else ""


def _may_lead(piece: Piece) -> bool:
    if not isinstance(piece, Paragraph) or len(piece.text) > _LONGEST_LEAD:
        return False
    return all(isinstance(each, FlatRun) and each.anchor is None for each in piece.inlines)


def _cut(inlines: list[Inline], count: int) -> Inlines:
    """Return inlines without their first `count` characters."""
    kept: list[Inline] = []
    for each in inlines:
        if isinstance(each, FlatRun) and count > 0:
            taken = min(count, len(each.text))
            count -= taken
            if each.text[taken:]:
                kept.append(replace(each, text=each.text[taken:]))
        elif isinstance(each, FlatRun) or count <= 0:
            kept.append(each)
    return tuple(kept)


def unnumbered(text: str) -> tuple[str, str]:
    """Return a heading without its number, and the number as written."""
    match = NUMBERED.match(text)
    title = text[match.end() :] if match else text
    return title.strip(), match[0] if match else ""


def _references_of(head: Paragraph) -> list[Piece]:
    """Return the note references of a heading as a paragraph, for a title can have none."""
    references = tuple(each for each in head.inlines if isinstance(each, NoteCall))
    return [Paragraph(references)] if references else []


def _named_in(body: list[Piece]) -> str:
    """Return the project that the first paragraph names in bold, or an empty text."""
    first = body[0]
    if not isinstance(first, Paragraph):
        return ""
    for before, each in zip(first.inlines, first.inlines[1:], strict=False):
        if (
            isinstance(each, FlatRun)
            and each.bold
            and isinstance(before, FlatRun)
            and NAMED_PROJECT.search(before.text)
        ):
            return each.text.strip(" .,:;")
    return ""

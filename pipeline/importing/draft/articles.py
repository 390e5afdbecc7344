"""Pieces → articles: where each begins, what its title is, which line leads a section."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.importing.draft.draft import DraftArticle, DraftSection
from pipeline.importing.draft.phrases import NAMED_PROJECT, NUMBERED
from pipeline.importing.draft.proposals import propose
from pipeline.importing.incoming.pieces import FlatRun, Paragraph, Piece, QuotePiece
from pipeline.models.text import NoteCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.incoming.pieces import IncomingText, Inline, Inlines

LONGEST_HEAD: Final = 160
"""Characters a bold line may have to be taken for a head."""

_LONGEST_LEAD: Final = 600
_RUN_IN: Final = re.compile(r"\s*(\d{1,2})[.)]\s*(?=\S)")
_ENDED: Final = re.compile(r"\s*[.:–—-]\s*")


class ArticleFinder:
    """Finds the articles of an incoming text.

    Args:
        text: As it was read.
        language: Of the text.
        made: Takes words that the page makes by itself: the numbers of heads.
    """

    def __init__(self, text: IncomingText, language: str, made: list[str]) -> None:
        self._text = text
        self.language = language
        self._made = made

    def section(self, title: str, body: list[Piece]) -> DraftSection:
        """Part a section's text into its lead and its articles."""
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
            self._made.append(number)
            made = self.article(title, [*_calls_of(head), *rest])
            made.url = made.url or next(
                (each.anchor.target for each in head.inlines if isinstance(each, FlatRun) and each.anchor), ""
            )
            return made
        first = head.inlines[0]
        assert isinstance(first, FlatRun)  # noqa: S101 - a run-in head begins with words
        number = (_RUN_IN.match(first.text) or [""])[0]
        self._made.append(number)
        words = (replace(first, text=first.text[len(number) :]), *head.inlines[1:])
        return self._without_its_head(title, words, rest)

    def _without_its_head(self, title: str, words: Inlines, rest: list[Piece]) -> DraftArticle:
        """Make an article of a run-in head; words that a sentence begins with stay in the sentence."""
        after = list(words[1:])
        behind = "".join(getattr(each, "text", "") for each in after)
        ended = _ENDED.match(behind)
        if ended and behind[ended.end() :] and not behind[ended.end() :][:1].islower():
            # The head is a sentence of its own, and the title says it.
            return self.article(title, [Paragraph(_cut(after, ended.end())), *rest])
        return self.article(title, [Paragraph(words), *rest])

    def articles_of_text(self) -> list[DraftArticle]:
        """Return the articles of a text for a bulletin: one for each head of the highest level, or one."""
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
        return self.article(head.text, [*_calls_of(head), *body])

    def article(self, title: str, pieces: list[Piece]) -> DraftArticle:
        """Make an article of pieces, with what its text seems to say of a project."""
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
    """Return whether all words stand out and no note is referred to."""
    said = [each for each in inlines if isinstance(each, FlatRun) and each.text.strip()]
    return (
        bool(said)
        and all(each.bold for each in said)
        and not any(isinstance(each, NoteCall) for each in inlines)
    )


def _article_starts(body: list[Piece]) -> list[int]:
    """Return where articles begin: at heads of the highest level there is, or at numbered run-in heads."""
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
    """Return the head a paragraph begins with, in bold behind a number, or an empty text."""
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
    """Return the words behind the first so many characters."""
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
    """Return a head without its number, and the number as it is written."""
    match = NUMBERED.match(text)
    title = text[match.end() :] if match else text
    return title.strip(), match[0] if match else ""


def _calls_of(head: Paragraph) -> list[Piece]:
    """Return the calls of notes a head holds, for a title can call none."""
    calls = tuple(each for each in head.inlines if isinstance(each, NoteCall))
    return [Paragraph(calls)] if calls else []


def _named_in(body: list[Piece]) -> str:
    """Return the project the first paragraph names in bold, as its only subject, or an empty text."""
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

"""Recognises a draft in pieces: masthead, sections, articles and closing lines."""

from __future__ import annotations

import itertools
from typing import Final

from pipeline.importing.draft.articles import LONGEST_HEAD, ArticleFinder, is_bold, plain_of, unnumbered
from pipeline.importing.draft.draft import Draft, DraftSection
from pipeline.importing.draft.masthead import is_address_line, is_wordmark, read_contacts, read_masthead_line
from pipeline.importing.draft.phrases import BULLETIN, CONTENTS, EDITORIAL, NUMBERED, draft_text
from pipeline.importing.model.pieces import FlatRun, IncomingText, ListPiece, Paragraph, Piece
from pipeline.importing.model.words import words_of
from pipeline.models.text import Ornament

_CLOSING_LINES: Final = 5
_MOST_LISTED: Final = 40
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def recognise(incoming_text: IncomingText, language: str) -> Draft:
    """Recognise the structure of an imported text.

    A bulletin has a list of contents, or numbered headings behind lines of a masthead; anything else is a
    text for a bulletin, or several of them under headings of one level.

    Args:
        incoming_text: As read.
        language: Its language.

    Returns:
        A draft in which every piece has a place.
    """
    pieces: list[Piece] = [piece for piece in incoming_text.pieces if not isinstance(piece, Ornament)]
    listed, pieces, generated = _contents(pieces)
    heads = _section_heads(pieces, listed)
    before = pieces[: heads[0]] if heads else []
    texts = [piece.text for piece in before if isinstance(piece, Paragraph)]
    draft = Draft(
        whole=bool(heads and (listed or any(BULLETIN.search(text) for text in texts))), generated=generated
    )
    articles = ArticleFinder(incoming_text, language, draft.generated)
    if draft.whole:
        _read_bulletin(pieces, heads, draft, articles)
        return draft
    # Horizontal rules have a meaning within a text, but none between the sections of a bulletin.
    draft.sections.append(DraftSection("", "", articles.articles_of_text()))
    return draft


def _contents(pieces: list[Piece]) -> tuple[list[str], list[Piece], list[str]]:
    """Return the entries of the list of contents, the pieces without it, and the words it generates."""
    for at, piece in enumerate(pieces):
        if not (isinstance(piece, Paragraph) and CONTENTS.fullmatch(piece.text)):
            continue
        end = at + 1
        entries: list[str] = []
        while end < len(pieces) and len(entries) < _MOST_LISTED:
            each = pieces[end]
            if isinstance(each, ListPiece):
                entries += [plain_of(item) for item in each.items]
                end += 1
                break
            if not isinstance(each, Paragraph) or each.level or not NUMBERED.match(each.text):
                break
            entries.append(each.text)
            end += 1
        known = {_folded(other.text) for other in pieces[end:] if isinstance(other, Paragraph)}
        if entries and any(_folded(entry) in known for entry in entries):
            generated = [piece.text, *(entry for entry in entries if _folded(entry) in known)]
            # Entries without a section stay in the text, to be visible.
            kept: list[Piece] = [
                Paragraph((FlatRun(entry),)) for entry in entries if _folded(entry) not in known
            ]
            return [_folded(entry) for entry in entries], [*pieces[:at], *kept, *pieces[end:]], generated
    return [], pieces, []


def _folded(text: str) -> str:
    return " ".join(words_of(NUMBERED.sub("", text, count=1)))


def _section_heads(pieces: list[Piece], listed: list[str]) -> list[int]:
    """Return where sections begin: at headings listed in the contents, else at headings numbered from 1."""
    if listed:
        names = set(listed)
        found: dict[str, int] = {}
        for at, piece in enumerate(pieces):
            if isinstance(piece, Paragraph) and _is_head(piece) and (name := _folded(piece.text)) in names:
                found.setdefault(name, at)
        return sorted(found.values())
    heads: list[int] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Paragraph) and piece.level and (match := NUMBERED.match(piece.text)):
            if match[1] == str(len(heads) + 1) or match[1].upper() == _ROMAN[len(heads)]:
                heads.append(at)
            if len(heads) == len(_ROMAN):
                break
    return heads if len(heads) > 1 else []


def _is_head(paragraph: Paragraph) -> bool:
    return bool(paragraph.level) or (is_bold(paragraph.inlines) and len(paragraph.text) < LONGEST_HEAD)


# a bulletin


def _read_bulletin(pieces: list[Piece], heads: list[int], draft: Draft, articles: ArticleFinder) -> None:
    """Split a bulletin into masthead, sections and closing lines."""
    left = _read_masthead(pieces[: heads[0]], draft, articles.language)
    bounds = [*heads, len(pieces)]
    bodies = [(pieces[start], pieces[start + 1 : end]) for start, end in itertools.pairwise(bounds)]
    closing = _read_closing(bodies[-1][1], draft)
    bodies[-1] = (bodies[-1][0], bodies[-1][1][: len(bodies[-1][1]) - closing])
    if left:
        title = draft_text(EDITORIAL, articles.language)
        draft.sections.append(DraftSection(title, "", [articles.article(title, left)]))
    for head, body in bodies:
        assert isinstance(head, Paragraph)  # noqa: S101 - heads are chosen among paragraphs
        title, number = unnumbered(head.text)
        draft.generated.append(number)
        draft.sections.append(articles.section(title, body))


def _read_masthead(pieces: list[Piece], draft: Draft, language: str) -> list[Piece]:
    """Read the lines before the first section into the masthead; return the others.

    The publisher's name may come after its wordmark, so lines are read twice.
    """
    left: list[Piece] = list(pieces)
    for _ in range(2):
        left = [
            piece
            for piece in left
            if not (
                isinstance(piece, Paragraph)
                and read_masthead_line(piece, draft.masthead, draft.generated, language)
            )
        ]
    return left


def _read_closing(body: list[Piece], draft: Draft) -> int:
    """Read the publisher's lines at the very end, and return the number of their pieces."""
    count, marks = 0, 0
    for piece in reversed(body[-_CLOSING_LINES:]):
        if not isinstance(piece, Paragraph) or piece.level:
            break
        if is_address_line(piece) and read_contacts(piece, draft.masthead, draft.generated):
            count += 1 + marks
            marks = 0
        elif is_wordmark(piece) and count and not draft.masthead.wordmark and not marks:
            draft.masthead.wordmark = piece.text
            count += 1
        else:
            break
    return count

"""Pieces → a draft: which line is the masthead, where sections and articles begin, what is the closing."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.importing.draft.draft import Draft, DraftArticle, DraftSection
from pipeline.importing.draft.masthead import is_address_line, is_wordmark, read_contacts, read_masthead_line
from pipeline.importing.draft.proposals import propose
from pipeline.importing.incoming.pieces import FlatRun, ListPiece, Paragraph, Piece, QuotePiece, words_of
from pipeline.models.text import NoteCall, Ornament

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.incoming.pieces import IncomingText, Inline, Inlines

_CONTENTS: Final = re.compile(r"(?:в този брой|съдържание|в броя|in this issue|contents)\s*:?", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\s*(?:(?:раздел|section|част|part)\s+)?(\d{1,2}|[IVX]{1,4})[.)]\s+(?=\S)", re.IGNORECASE
)
_RUN_IN: Final = re.compile(r"\s*(\d{1,2})[.)]\s*(?=\S)")
_ENDED: Final = re.compile(r"\s*[.:–—-]\s*")
_NAMED_PROJECT: Final = re.compile(r"(?:проект\w*|project)\s*[„“\"«]?\s*$", re.IGNORECASE)
_LONGEST_HEAD: Final = 160
_LONGEST_LEAD: Final = 600
_CLOSING_LINES: Final = 5


def recognise(arrival: IncomingText, language: str) -> Draft:
    """Recognise what an arrival is.

    A bulletin has a list of contents, or numbered heads behind lines of a masthead; all else is a text
    for a bulletin, or several of them under heads of one level.

    Args:
        arrival: As read.
        language: Of its text.

    Returns:
        A draft in which every piece has a place.
    """
    pieces: list[Piece] = [piece for piece in arrival.pieces if not isinstance(piece, Ornament)]
    listed, pieces, made = _contents(pieces)
    heads = _section_heads(pieces, listed)
    before = pieces[: heads[0]] if heads else []
    texts = [piece.text for piece in before if isinstance(piece, Paragraph)]
    masthead_like = any(
        re.search(r"бюлетин|bulletin|newsletter|\b(?:бр\.|брой|issue)\s*№?\s*\d", text, re.IGNORECASE)
        for text in texts
    )
    if heads and (listed or masthead_like):
        return _bulletin(arrival, pieces, heads, made, language)
    draft = Draft(whole=False, made=made)
    # Rules part thoughts within a text; only between the sections of a bulletin do they mean nothing.
    draft.sections.append(DraftSection("", "", _articles_of_text(arrival, language)))
    return draft


def _contents(pieces: list[Piece]) -> tuple[list[str], list[Piece], list[str]]:
    """Take the list of contents out; what it lists and how it is called."""
    for at, piece in enumerate(pieces):
        if not (isinstance(piece, Paragraph) and _CONTENTS.fullmatch(piece.text)):
            continue
        end = at + 1
        entries: list[str] = []
        while end < len(pieces) and len(entries) < 40:  # noqa: PLR2004
            each = pieces[end]
            if isinstance(each, ListPiece):
                entries += [plain_of(item) for item in each.items]
                end += 1
                break
            if not isinstance(each, Paragraph) or each.level or not _NUMBERED.match(each.text):
                break
            entries.append(each.text)
            end += 1
        known = {_folded(other.text) for other in pieces[end:] if isinstance(other, Paragraph)}
        if entries and any(_folded(entry) in known for entry in entries):
            made = [piece.text, *(entry for entry in entries if _folded(entry) in known)]
            # What the contents promise and the text does not keep stays in the text, to be seen.
            kept: list[Piece] = [
                Paragraph((FlatRun(entry),)) for entry in entries if _folded(entry) not in known
            ]
            return [_folded(entry) for entry in entries], [*pieces[:at], *kept, *pieces[end:]], made
    return [], pieces, []


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


def _folded(text: str) -> str:
    return " ".join(words_of(_NUMBERED.sub("", text, count=1)))


def _section_heads(pieces: list[Piece], listed: list[str]) -> list[int]:
    """Return where sections begin: at heads the contents list, else at heads numbered from 1."""
    if listed:
        wanted = set(listed)
        found: dict[str, int] = {}
        for at, piece in enumerate(pieces):
            if isinstance(piece, Paragraph) and _is_head(piece) and (name := _folded(piece.text)) in wanted:
                found.setdefault(name, at)
        return sorted(found.values())
    heads: list[int] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Paragraph) and piece.level and (match := _NUMBERED.match(piece.text)):
            if match[1] == str(len(heads) + 1) or match[1].upper() == _ROMAN[len(heads)]:
                heads.append(at)
            if len(heads) == len(_ROMAN):
                break
    return heads if len(heads) > 1 else []


_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _is_head(paragraph: Paragraph) -> bool:
    return bool(paragraph.level) or (_is_bold(paragraph.inlines) and len(paragraph.text) < _LONGEST_HEAD)


def _is_bold(inlines: Inlines) -> bool:
    said = [each for each in inlines if isinstance(each, FlatRun) and each.text.strip()]
    return (
        bool(said)
        and all(each.bold for each in said)
        and not any(isinstance(each, NoteCall) for each in inlines)
    )


# a bulletin


def _bulletin(
    arrival: IncomingText, pieces: list[Piece], heads: list[int], made: list[str], language: str
) -> Draft:
    draft = Draft(whole=True, made=made)
    left = _read_masthead(pieces[: heads[0]], draft, language)
    bounds = [*heads, len(pieces)]
    bodies = [(pieces[start], pieces[start + 1 : end]) for start, end in itertools.pairwise(bounds)]
    closing = _take_closing(bodies[-1][1], draft)
    bodies[-1] = (bodies[-1][0], bodies[-1][1][: len(bodies[-1][1]) - closing])
    if left:
        title = "Editorial" if language.startswith("en") else "От редакцията"
        draft.sections.append(DraftSection(title, "", [_article(title, left, arrival, language)]))
    for head, body in bodies:
        assert isinstance(head, Paragraph)  # noqa: S101 - heads are chosen among paragraphs
        title, number = _unnumbered(head.text)
        draft.made.append(number)
        draft.sections.append(_section(title, body, arrival, draft, language))
    return draft


def _read_masthead(pieces: list[Piece], draft: Draft, language: str) -> list[Piece]:
    """Take what the lines before the first section say; what is not understood is text.

    The line that names the publisher may come behind its mark, so lines are read twice.
    """
    left: list[Piece] = list(pieces)
    for _ in range(2):
        left = [
            piece
            for piece in left
            if not (
                isinstance(piece, Paragraph)
                and read_masthead_line(piece, draft.masthead, draft.made, language)
            )
        ]
    return left


def _take_closing(body: list[Piece], draft: Draft) -> int:
    """Take the publisher's lines at the very end, and return how many pieces they are."""
    count, marks = 0, 0
    for piece in reversed(body[-_CLOSING_LINES:]):
        if not isinstance(piece, Paragraph) or piece.level:
            break
        if is_address_line(piece) and read_contacts(piece, draft.masthead, draft.made):
            count += 1 + marks
            marks = 0
        elif is_wordmark(piece) and count and not draft.masthead.wordmark and not marks:
            draft.masthead.wordmark = piece.text
            count += 1
        else:
            break
    return count


def _section(
    title: str, body: list[Piece], arrival: IncomingText, draft: Draft, language: str
) -> DraftSection:
    """Part a section's text into its lead and its articles."""
    starts = _article_starts(body)
    section = DraftSection(title)
    opening = body[: starts[0]] if starts else []
    if len(opening) == 1 and _may_lead(opening[0]):
        section.lead = plain_of(opening)
    elif opening:
        section.articles.append(_article(title, opening, arrival, language))
    for start, end in zip(starts, [*starts[1:], len(body)], strict=False):
        head = body[start]
        assert isinstance(head, Paragraph)  # noqa: S101 - likewise
        section.articles.append(_headed(head, body[start + 1 : end], arrival, draft, language))
    if not starts and body:
        section.articles.append(_article(_named_in(body) or title, body, arrival, language))
    return section


def _article_starts(body: list[Piece]) -> list[int]:
    """Return where articles begin: at heads of the highest level there is, or at numbered run-in heads."""
    levels = [piece.level for piece in body if isinstance(piece, Paragraph) and piece.level]
    if levels:
        return [
            at for at, piece in enumerate(body) if isinstance(piece, Paragraph) and piece.level == min(levels)
        ]
    run_in = [at for at, piece in enumerate(body) if isinstance(piece, Paragraph) and _run_in(piece.inlines)]
    if run_in:
        return run_in
    bold = [
        at
        for at, piece in enumerate(body)
        if isinstance(piece, Paragraph)
        and _is_bold(piece.inlines)
        and len(piece.text) < _LONGEST_HEAD
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


def _headed(
    head: Paragraph, rest: list[Piece], arrival: IncomingText, draft: Draft, language: str
) -> DraftArticle:
    if not (title := _run_in(head.inlines)) or _is_bold(head.inlines):
        title, number = _unnumbered(head.text)
        draft.made.append(number)
        made = _article(title, [*_calls_of(head), *rest], arrival, language)
        made.url = made.url or next(
            (each.anchor.target for each in head.inlines if isinstance(each, FlatRun) and each.anchor), ""
        )
        return made
    first = head.inlines[0]
    assert isinstance(first, FlatRun)  # noqa: S101 - a run-in head begins with words
    number = (_RUN_IN.match(first.text) or [""])[0]
    draft.made.append(number)
    words = (replace(first, text=first.text[len(number) :]), *head.inlines[1:])
    return _without_its_head(title, words, rest, arrival, language)


def _without_its_head(
    title: str, words: Inlines, rest: list[Piece], arrival: IncomingText, language: str
) -> DraftArticle:
    """Make an article of a run-in head; where a sentence begins with it, the words stay in the sentence."""
    after = list(words[1:])
    behind = "".join(getattr(each, "text", "") for each in after)
    ended = _ENDED.match(behind)
    if ended and behind[ended.end() :] and not behind[ended.end() :][:1].islower():
        # The head is a sentence of its own, and the title says it.
        return _article(title, [Paragraph(_cut(after, ended.end())), *rest], arrival, language)
    return _article(title, [Paragraph(words), *rest], arrival, language)


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


def _unnumbered(text: str) -> tuple[str, str]:
    match = _NUMBERED.match(text)
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
            and _NAMED_PROJECT.search(before.text)
        ):
            return each.text.strip(" .,:;")
    return ""


# texts for a bulletin


def _articles_of_text(arrival: IncomingText, language: str) -> list[DraftArticle]:
    pieces = list(arrival.pieces)
    titled = [at for at, piece in enumerate(pieces) if isinstance(piece, Paragraph) and piece.title]
    levels = [piece.level for piece in pieces if isinstance(piece, Paragraph) and piece.level]
    first = pieces[0] if pieces else None
    top = [
        at
        for at, piece in enumerate(pieces)
        if isinstance(piece, Paragraph) and levels and piece.level == min(levels)
    ]
    if len(top) > 1 and top[0] == 0 and not titled and not arrival.title:
        parts = [
            (pieces[start], pieces[start + 1 : end])
            for start, end in zip(top, [*top[1:], len(pieces)], strict=False)
        ]
        return [_titled(head, body, arrival, language) for head, body in parts if isinstance(head, Paragraph)]
    if (titled and titled[0] == 0) or (isinstance(first, Paragraph) and first.level and len(top) == 1):
        assert isinstance(first, Paragraph)  # noqa: S101 - its level was read
        return [_titled(first, pieces[1:], arrival, language)]
    if (
        not arrival.title
        and isinstance(first, Paragraph)
        and _is_bold(first.inlines)
        and len(first.text) < _LONGEST_HEAD
    ):
        return [_titled(first, pieces[1:], arrival, language)]
    if not pieces:
        return []
    title = arrival.title or re.sub(r"[_\s]+", " ", arrival.name.rpartition(".")[0]).strip() or arrival.name
    return [_article(title[:_LONGEST_HEAD], pieces, arrival, language)]


def _titled(head: Paragraph, body: list[Piece], arrival: IncomingText, language: str) -> DraftArticle:
    return _article(head.text, [*_calls_of(head), *body], arrival, language)


def _article(title: str, pieces: list[Piece], arrival: IncomingText, language: str) -> DraftArticle:
    made = DraftArticle(title, arrival, [*pieces], author=arrival.author)
    propose(made, language)
    return made

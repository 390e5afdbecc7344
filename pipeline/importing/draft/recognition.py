"""Recognises a draft in the blocks of a text: masthead, sections, articles and closing lines."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from pipeline.findings.place import Place
from pipeline.importing.draft.articles import LONGEST_HEAD, ArticleFinder, plain_of, unnumbered
from pipeline.importing.draft.draft import Draft, DraftSection
from pipeline.importing.draft.masthead import (
    is_address_line,
    is_number_line,
    is_online,
    is_wordmark,
    read_contacts,
    read_masthead_line,
)
from pipeline.importing.draft.phrases import BULLETIN, CONTENTS, EDITORIAL, NUMBERED, draft_text
from pipeline.importing.draft.written_heads import with_heads
from pipeline.importing.model.incoming_text import IncomingBlock, IncomingHeading, IncomingText, TextBlock
from pipeline.importing.model.inlines import is_strong, leaves, words_in
from pipeline.importing.model.words import words_of
from pipeline.models.text import ListBlock, Ornament, Paragraph, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeGuard

_CLOSING_LINES: Final = 5
_MOST_LISTED: Final = 40
_MASTHEAD_LINES: Final = 4
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def recognise(incoming_text: IncomingText, language: str) -> Draft:
    """Recognise the structure of an imported text.

    A bulletin has a list of contents, or numbered headings behind lines of a masthead, or headings of one
    level behind a line with the number of the issue; anything else is a text for a bulletin, or several of
    them under headings of one level.

    Args:
        incoming_text: As read.
        language: Its language.

    Returns:
        A draft in which every block has a place.
    """
    blocks: list[IncomingBlock] = [block for block in incoming_text.blocks if not isinstance(block, Ornament)]
    listed, blocks, generated = _contents(blocks, Place(incoming_text.name))
    if not listed:
        blocks = with_heads(blocks, Place(incoming_text.name))
    heads = _section_heads(blocks, listed)
    before = blocks[: heads[0]] if heads else []
    texts = [words_in(block.children) for block in before if isinstance(block, TextBlock)]
    draft = Draft(
        whole=bool(heads and (listed or any(BULLETIN.search(text) for text in texts))), generated=generated
    )
    articles = ArticleFinder(incoming_text, language, draft.generated)
    if draft.whole:
        _read_bulletin(blocks, heads, draft, articles)
        _read_metadata(incoming_text, draft, language)
        return draft
    # Horizontal rules have a meaning within a text, but none between the sections of a bulletin.
    draft.sections.append(DraftSection("", "", articles.articles_of_text()))
    return draft


def _contents(blocks: list[IncomingBlock], place: Place) -> tuple[list[str], list[IncomingBlock], list[str]]:
    """Return the entries of the list of contents, the blocks without it, and the words it generates."""
    for at, block in enumerate(blocks):
        if not (isinstance(block, TextBlock) and CONTENTS.fullmatch(words_in(block.children))):
            continue
        entries, end = _entries(blocks, at + 1)
        known = {_folded(text) for text in _openings(blocks[end:])}
        if entries and any(_folded(entry) in known for entry in entries):
            generated = [words_in(block.children), *(entry for entry in entries if _folded(entry) in known)]
            # Entries without a section stay in the text, to be visible.
            kept = [Paragraph((Run(entry, place),)) for entry in entries if _folded(entry) not in known]
            return [_folded(entry) for entry in entries], [*blocks[:at], *kept, *blocks[end:]], generated
    return [], blocks, []


def _entries(blocks: list[IncomingBlock], start: int) -> tuple[list[str], int]:
    """Return the entries of a list of contents that begins at a block, and the block behind the last."""
    entries: list[str] = []
    end = start
    while end < len(blocks) and len(entries) < _MOST_LISTED:
        block = blocks[end]
        if isinstance(block, ListBlock):
            return [*entries, *_listed(block)], end + 1
        if not isinstance(block, Paragraph) or not NUMBERED.match(words_in(block.children)):
            break
        entries.append(words_in(block.children))
        end += 1
    return entries, end


def _listed(block: ListBlock) -> Iterator[str]:
    """Yield the entries of a list of contents, those of the lists within it too."""
    for item in block.items:
        if text := plain_of([each for each in item if not isinstance(each, ListBlock)]):
            yield text
        for each in item:
            if isinstance(each, ListBlock):
                yield from _listed(each)


def _openings(blocks: Iterable[IncomingBlock]) -> Iterator[str]:
    """Yield all lines of a text, and the strong words that open a paragraph or an item of a list."""
    for block in blocks:
        if isinstance(block, TextBlock):
            yield words_in(block.children)
            if (first := next(leaves(block.children), None)) is not None and first.is_strong:
                yield first.text
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _openings(item)


def _folded(text: str) -> str:
    return " ".join(words_of(NUMBERED.sub("", text, count=1)))


def _section_heads(blocks: list[IncomingBlock], listed: list[str]) -> list[int]:
    """Return where sections begin: at headings listed in the contents, else at headings numbered from 1."""
    if listed:
        names = set(listed)
        found: dict[str, int] = {}
        for at, block in enumerate(blocks):
            if _is_head(block) and (name := _folded(words_in(block.children))) in names:
                found.setdefault(name, at)
        return sorted(found.values())
    heads: list[int] = []
    for at, block in enumerate(blocks):
        if isinstance(block, IncomingHeading) and (match := NUMBERED.match(words_in(block.children))):
            if match[1] == str(len(heads) + 1) or match[1].upper() == _ROMAN[len(heads)]:
                heads.append(at)
            if len(heads) == len(_ROMAN):
                break
    return heads if len(heads) > 1 else _heads_behind_number(blocks)


def _heads_behind_number(blocks: list[IncomingBlock]) -> list[int]:
    """Return where the headings of one level stand behind a title and a line with the number of an issue."""
    headings = [(at, block.level) for at, block in enumerate(blocks) if isinstance(block, IncomingHeading)]
    if not headings:
        return []
    top = min(level for _, level in headings)
    is_titled = any(
        isinstance(block, IncomingHeading) and block.title for block in blocks[: headings[0][0] + 1]
    )
    if is_titled or (sum(level == top for _, level in headings) == 1 and headings[0][1] == top):
        headings = headings[1:]
        top = min((level for _, level in headings), default=top)
    heads = [at for at, level in headings if level == top]
    before = blocks[: heads[0]] if len(heads) > 1 else []
    lines = [words_in(block.children) for block in before[:_MASTHEAD_LINES] if isinstance(block, TextBlock)]
    return heads if any(map(is_number_line, lines)) else []


def _is_head(block: IncomingBlock) -> TypeGuard[TextBlock]:
    if isinstance(block, Paragraph):
        return is_strong(block.children) and len(words_in(block.children)) < LONGEST_HEAD
    return isinstance(block, IncomingHeading)


# a bulletin


def _read_bulletin(
    blocks: list[IncomingBlock], heads: list[int], draft: Draft, articles: ArticleFinder
) -> None:
    """Split a bulletin into masthead, sections and closing lines."""
    left = _read_masthead(blocks[: heads[0]], draft, articles.language)
    bounds = [*heads, len(blocks)]
    bodies = [(blocks[start], blocks[start + 1 : end]) for start, end in itertools.pairwise(bounds)]
    closing = _read_closing(bodies[-1][1], draft)
    bodies[-1] = (bodies[-1][0], bodies[-1][1][: len(bodies[-1][1]) - closing])
    if left:
        title = draft_text(EDITORIAL, articles.language)
        draft.sections.append(DraftSection(title, "", [articles.article(title, left)]))
    for head, body in bodies:
        assert isinstance(head, TextBlock)  # noqa: S101 - heads are chosen among these
        title, number = unnumbered(words_in(head.children))
        draft.generated.append(number)
        draft.sections.append(articles.section(title, body))


def _read_metadata(incoming_text: IncomingText, draft: Draft, language: str) -> None:
    """Take title and date of a bulletin from what its file says of itself, where the text has none."""
    masthead = draft.masthead
    masthead.date = masthead.date or incoming_text.date
    if incoming_text.title and not masthead.publication and not masthead.title:
        title = Run(incoming_text.title, Place(incoming_text.name))
        read_masthead_line(
            IncomingHeading(1, (title,), title.place, title=True), masthead, draft.generated, language
        )


def _read_masthead(blocks: list[IncomingBlock], draft: Draft, language: str) -> list[IncomingBlock]:
    """Read the lines before the first section into the masthead; return the others.

    The publisher's name may come after its wordmark, so lines are read twice.
    """
    left = list(blocks)
    for _ in range(2):
        left = [
            block
            for block in left
            if not (
                isinstance(block, TextBlock)
                and read_masthead_line(block, draft.masthead, draft.generated, language)
            )
        ]
    return left


def _read_closing(body: list[IncomingBlock], draft: Draft) -> int:
    """Read the publisher's lines at the very end, and return the number of their blocks."""
    count, marks = 0, 0
    texts = [words_in(block.children) for block in body[-_CLOSING_LINES:] if isinstance(block, Paragraph)]
    if not (draft.masthead.email or any(map(is_online, texts))):
        # A street alone is anybody's: of whom the last article tells.
        return 0
    for block in reversed(body[-_CLOSING_LINES:]):
        if not isinstance(block, Paragraph):
            break
        if is_address_line(block) and read_contacts(block, draft.masthead, draft.generated):
            count += 1 + marks
            marks = 0
        elif is_wordmark(block) and count and not draft.masthead.wordmark and not marks:
            draft.masthead.wordmark = words_in(block.children)
            count += 1
        else:
            break
    return count

"""What the page of an issue must say, block by block in its order, and the words of its own beside them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.editions import SCREEN
from pipeline.pdf.law.expected.blocks import Near
from pipeline.pdf.law.expected.facts import bare_address
from pipeline.pdf.law.expected.issue import expected_of
from pipeline.pdf.law.expected.signs import signs_of
from pipeline.pdf.law.expected.text import is_named_by_section
from pipeline.typography.localisation import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.findings.place import Place
    from pipeline.models.issue import Issue
    from pipeline.pdf.law.expected.blocks import Block

    _Titles = dict[tuple[Place | None, str], str]
    """Titles of sections with their numbers, by place and title."""

_LABELS: Final = (
    *("In this issue", "Correction", "When", "Event", "Where", "Budgets", "Project", "Total budget"),
    *("Organisation", "Country", "Website", "Publisher", "Date of issue", "ISSN (print)", "ISSN (online)"),
    "New issues as a feed (Atom)",
)
"""Labels of the page that stand by themselves."""

_WITH_VALUES: Final = (
    "Text: {name}",
    "Picture: {credit}",
    "Photo: {credit}",
    "for {publisher}",
    "Budgets in {currency}",
    "Share of {publisher}",
)
"""Labels with a value, which is a block of its own or words of the publication."""

_PUNCTUATION: Final = (",", "·", "↑")


class PageBlock(NamedTuple):
    """A text that the page must have.

    Args:
        forms: Its signs, in each of the forms it may have.
        words: For people.
        place: Where it was written.
        number: The number beside it, or None.
    """

    forms: tuple[str, ...]
    words: str
    place: Place
    number: int | None


class ExpectedPage(NamedTuple):
    """What a page must say.

    Args:
        anywhere: Texts that stand somewhere on it.
        groups: Rows in order; those of one group in any order.
        furniture: The signs of words that are the page's own, the longest first.
        place: The file of the issue.
    """

    anywhere: list[PageBlock]
    groups: list[list[tuple[PageBlock, ...]]]
    furniture: tuple[str, ...]
    place: Place


def expected_page(issue: Issue, correction: str = "") -> ExpectedPage:
    """Return what the page of an issue must say.

    Args:
        issue: Typeset.
        correction: What its filing corrects; empty for nothing.
    """
    titles = {
        (issue.places.get(f"sections.{index}.title"), section.title): f"{section.number}. {section.title}"
        for index, section in enumerate(issue.sections)
    }
    # The heads of the page's own tables are labels, of which the page has its own.
    blocks = [block for block in expected_of(issue, SCREEN).blocks if not (block.is_label and block.row)]
    cover = [block for block in blocks if block.near is Near.COVER and not block.sequence]
    dated = {article.head.title for article in issue.articles if article.head.presentation.calendar}
    anywhere = [_block(block, {}) for block in cover if _text(block) not in dated]
    ordered = _notes_behind_articles(block for block in blocks if block not in cover)
    groups = [
        list(_rows(group, titles))
        for _, group in groupby(ordered, lambda block: block.sequence.split(" ")[0])
    ]
    groups.append([_foot(issue)])
    place = issue.places.get("title") or issue.articles[0].place
    return ExpectedPage(anywhere, groups, _furniture(issue, correction), place)


def _foot(issue: Issue) -> tuple[PageBlock, ...]:
    """Return the publisher's address at the foot of every page."""
    publisher, places = issue.publication.publisher, issue.publication_places
    own = issue.articles[0].place
    words = {
        "name": publisher.name,
        "address": publisher.address,
        "site": bare_address(publisher.site),
        "email": publisher.email,
        "phone": publisher.phone or "",
    }
    return tuple(
        PageBlock((signs_of(text),), text, places.get(f"publisher.{name}", own), None)
        for name, text in words.items()
        if text
    )


def _rows(blocks: Iterable[Block], titles: _Titles) -> Iterator[tuple[PageBlock, ...]]:
    for _, row in groupby(blocks, lambda block: block.sequence):
        yield tuple(_block(block, titles) for block in row)


def _notes_behind_articles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, the notes of each article behind all else that was written in its file."""
    notes: list[Block] = []
    for block in blocks:
        if notes and block.place.path != notes[0].place.path:
            yield from notes
            notes = []
        if block.note:
            notes.append(block)
        else:
            yield block
    yield from notes


def _block(block: Block, titles: _Titles) -> PageBlock:
    text = _text(block)
    written = [text]
    for index, piece in enumerate(block.pieces):
        before = "".join(each.text for each in block.pieces[:index])
        behind = "".join(each.text for each in block.pieces[index + 1 :])
        written += [before + other + behind for other in piece.others]
    if (block.place, text) in titles:
        written = [titles[block.place, text]]
    forms = tuple(dict.fromkeys(signs for each in written if (signs := signs_of(each))))
    return PageBlock(forms, block.words_from(0, 12), block.place, block.number)


def _text(block: Block) -> str:
    return "".join(piece.text for piece in block.pieces)


def _furniture(issue: Issue, correction: str) -> tuple[str, ...]:
    language, publisher = issue.language, issue.publication.publisher
    names = (publisher.short_name or publisher.name, publisher.name)
    texts = [label(message, language) for message in _LABELS]
    for message in _WITH_VALUES:
        values = {"name": "", "credit": "", "currency": ""}
        texts += [label(message, language, **values, publisher=name) for name in names]
    number = issue.number
    sentence = "This corrected edition of issue {number} replaces the earlier one."
    texts += [label(sentence, language, number=number), correction, *_PUNCTUATION]
    texts += [
        article.head.title
        for section in issue.sections
        for article in section.articles
        if is_named_by_section(article, section)
    ]
    return tuple(sorted({signs for text in texts if (signs := signs_of(text))}, key=len, reverse=True))

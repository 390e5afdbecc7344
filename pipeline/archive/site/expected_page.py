"""What the page of an issue must say, block by block in its order, and the words of its own beside them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.html_checks.addresses import INVISIBLE
from pipeline.models.editions import SCREEN
from pipeline.pdf.law.expected.addresses import bare_address
from pipeline.pdf.law.expected.blocks import Near
from pipeline.pdf.law.expected.issue import CONTENTS, expected_of
from pipeline.pdf.law.expected.signs import signs_of
from pipeline.pdf.law.expected.text import MAIN, is_named_by_section
from pipeline.typography.localisation import file_size, label, language_name, plural_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.findings.place import Place
    from pipeline.models.issue import Issue
    from pipeline.pdf.law.expected.blocks import Block

    _Titles = dict[tuple[Place | None, str], str]
    """Titles of sections with their numbers, by place and title."""

_LABELS_BESIDES_FACTS: Final = (
    *("In this issue", "Correction", "When", "Event", "Where", "Budgets", "Project", "Total budget"),
    *("Organisation", "Country", "Website", "Publisher", "Date of issue", "ISSN (print)", "ISSN (online)"),
    *("New issues as a feed (Atom)", "All issues", "Skip to the text", "PDF", "PDF with its sources"),
    *("Dates for your calendar", "Calendar", "Projects at a glance", "In all", "Back to the text"),
)
"""Labels of the page that stand by themselves; those of facts come from the articles."""

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


class PageForm(NamedTuple):
    """One of the forms that a text may have on the page.

    Args:
        signs: As it is compared.
        starts: The offsets among them at which a word begins behind a space.
        seams: Those at which a word may begin: where words were written apart, such as at a line's end.
    """

    signs: str
    starts: frozenset[int] = frozenset()
    seams: frozenset[int] = frozenset()


class PageBlock(NamedTuple):
    """A text that the page must have.

    Args:
        forms: The forms that it may have.
        words: For people.
        place: Where it was written.
        number: The number beside it, or None.
        is_unnumbered: Whether it may have none.
    """

    forms: tuple[PageForm, ...]
    words: str
    place: Place
    number: int | None = None
    is_unnumbered: bool = False


class Furniture:
    """Words that are the page's own, such as labels.

    Args:
        words: Of the program and of the publication.
        patterns: Signs with figures in them, such as the size of a file.
    """

    def __init__(self, words: Iterable[str], patterns: Iterable[str] = ()) -> None:
        forms = dict.fromkeys(form for text in words if (form := _form((text,))).signs)
        self._words = sorted(forms, key=lambda form: -len(form.signs))
        self._patterns = [re.compile(pattern) for pattern in dict.fromkeys(patterns)]

    def matches(self, signs: str, at: int, starts: frozenset[int]) -> Iterator[str]:
        """Yield the words that stand at an offset of a text.

        Args:
            signs: The text.
            at: The offset.
            starts: Where its words begin.
        """
        for words in self._words:
            if signs.startswith(words.signs, at) and all(at + each in starts for each in words.starts):
                yield words.signs
        yield from (match[0] for pattern in self._patterns if (match := pattern.match(signs, at)))


class ExpectedPage(NamedTuple):
    """What a page must say.

    Args:
        anywhere: Texts that stand somewhere on it.
        groups: Rows in order; those of one group in any order.
        furniture: Words that are the page's own.
        place: The file of the issue.
        is_strict: Whether no other words may stand on it.
    """

    anywhere: list[PageBlock]
    groups: list[list[tuple[PageBlock, ...]]]
    furniture: Furniture
    place: Place
    is_strict: bool


def expected_page(issue: Issue, correction: str = "", *, is_strict: bool = True) -> ExpectedPage:
    """Return what the page of an issue must say.

    Args:
        issue: Typeset.
        correction: What its filing corrects; empty for nothing.
        is_strict: Whether no other words may stand on it: all its templates are the program's.
    """
    titles = {
        (issue.places.get(f"sections.{index}.title"), section.title): f"{section.number}. {section.title}"
        for index, section in enumerate(issue.sections)
    }
    # The heads of the page's own tables are labels, of which the page has its own.
    named = [block for block in expected_of(issue, SCREEN).blocks if not (block.is_label and block.row)]
    blocks = list(_without_second_entries(named))
    cover = [block for block in blocks if block.near is Near.COVER and not block.sequence]
    anywhere = [_block(block, {}) for block in cover]
    ordered = _notes_behind_articles(block for block in blocks if block not in cover)
    groups = [
        list(_rows(group, titles))
        for _, group in groupby(ordered, lambda block: block.sequence.split(" ")[0])
    ]
    groups.append([_foot(issue)])
    place = issue.places.get("title") or issue.articles[0].place
    return ExpectedPage(anywhere, groups, _furniture(issue, correction), place, is_strict)


def _without_second_entries(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out what the contents name again under the calendar: the page's own contents name it once."""
    named: set[tuple[Place, str]] = set()
    for block in blocks:
        entry = (block.place, _text(block))
        if block.near is not Near.COVER or block.sequence != CONTENTS or block.is_label or entry not in named:
            yield block
        if block.sequence == CONTENTS:
            named.add(entry)


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
        PageBlock((_form((text,)),), text, places.get(f"publisher.{name}", own))
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
    pieces = [piece.text for piece in block.pieces]
    written = [pieces]
    for index, piece in enumerate(block.pieces):
        written += [[*pieces[:index], other, *pieces[index + 1 :]] for other in piece.others]
    if (block.place, text) in titles:
        # The point behind the number is read out alone.
        title = titles[block.place, text]
        written = [[title], [title.replace(".", "", 1)]]
    forms = {form.signs: form for each in reversed(written) if (form := _form(each)).signs}
    is_unnumbered = block.sequence == MAIN and not block.note
    return PageBlock(
        tuple(forms.values())[::-1], block.words_from(0, 12), block.place, block.number, is_unnumbered
    )


def _form(pieces: Sequence[str]) -> PageForm:
    """Return the form of a text in pieces."""
    text = "".join(pieces)
    signs = signs_of(text)
    starts, at = set(), 0
    for word in INVISIBLE.sub("", text).split():
        starts.add(at)
        at += len(signs_of(word))
    if at != len(signs):  # Signs that are joined across words cannot be told apart.
        return PageForm(signs, frozenset(), frozenset(range(len(signs))))
    seams, at = set(), 0
    for piece in pieces:
        seams.add(at)
        at += len(signs_of(piece))
    return PageForm(signs, frozenset(starts - {0}), frozenset(seams))


def _text(block: Block) -> str:
    return "".join(piece.text for piece in block.pieces)


def _furniture(issue: Issue, correction: str) -> Furniture:
    language, publication = issue.language, issue.publication
    publisher = publication.publisher
    names = (publisher.short_name or publisher.name, publisher.name)
    texts = [label(message, language) for message in _LABELS_BESIDES_FACTS]
    for message in _WITH_VALUES:
        values = {"name": "", "credit": "", "currency": ""}
        texts += [label(message, language, **values, publisher=name) for name in names]
    currencies = {
        each.budget.total.currency
        for article in issue.articles
        if (each := article.head.presentation.comparison) is not None and each.budget is not None
    }
    texts += [label("Budgets in {currency}", language, currency=currency) for currency in currencies]
    number = issue.number
    sentence = "This corrected edition of issue {number} replaces the earlier one."
    texts += [label(sentence, language, number=number), correction, *_PUNCTUATION]
    texts += [
        article.head.title
        for section in issue.sections
        for article in section.articles
        if is_named_by_section(article, section)
    ]
    texts += [language_name(each, each) for each in publication.languages]
    return Furniture(texts, _extents(language))


def _extents(language: str) -> Iterator[str]:
    """Yield patterns of the size of a file, with and without its pages."""
    sizes = {_pattern(file_size(size, language)) for size in (1000, 99_000, 1_234_567, 123_456_789)}
    pages = {_pattern(plural_label("{n} page", "{n} pages", count, language)) for count in (1, 2, 5, 11, 21)}
    for size in sizes:
        yield from (f"{page},{size}" for page in pages)
        yield size


def _pattern(text: str) -> str:
    return re.sub(r"\d+(?:\\?[.,]\d+)*", r"[\\d.,]+", re.escape(signs_of(text)))

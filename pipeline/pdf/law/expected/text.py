"""What a typeset issue says, block by block, in the order in which it must be read.

Which blocks there are follows from the model alone, not from the templates.
"""

from __future__ import annotations

import itertools
import unicodedata
from typing import TYPE_CHECKING, Final, assert_never

from pipeline.models.kinds.presentation import Body
from pipeline.models.text import (
    Code,
    Emphasis,
    Figure,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Measure,
    NoteCall,
    Ornament,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
)
from pipeline.pdf.law.expected.addresses import address_pieces
from pipeline.pdf.law.expected.blocks import Block, Near, Piece, Reading, block
from pipeline.pdf.law.expected.facts import (
    by_date,
    card_blocks,
    common_blocks,
    common_facts,
    is_in_calendar,
    made_up_facts,
    month_blocks,
    month_of,
    organisation_blocks,
)
from pipeline.pdf.law.expected.plain_words import plain_words
from pipeline.pdf.law.expected.signs import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place
    from pipeline.models import text
    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.kinds.presentation import Fact

MAIN: Final = "main"
"""The sequence of sections, articles and their texts."""


_LONGEST_IN_MARGIN: Final = 1000
"""Signs of a quotation that may stand in the margin, at most, code included."""


def is_named_by_section(article: Article, section: Section) -> bool:
    """Return whether an article's title is not set, since the section has no other and the same title."""
    same = article.head.title.casefold() == section.title.casefold()
    return same and section.articles == (article,)


def section_blocks(issue: Issue, *, on_paper: bool, made_up: bool = False) -> Iterator[Block]:
    """Yield the blocks of all sections with their articles.

    Args:
        issue: Typeset.
        on_paper: Whether the addresses of links are shown.
        made_up: Whether the style makes the pages up.
    """
    for index, section in enumerate(issue.sections):
        for name in ("title", "lead"):
            words = getattr(section, name)
            place = issue.places.get(f"sections.{index}.{name}") or _issue_place(issue)
            anchor = f"section {index}" if name == "title" else ""
            named = (article.name for article in section.articles if is_named_by_section(article, section))
            title_of = next(named, "") if anchor else ""
            yield from block([Piece(words or "", place)], MAIN, anchor=anchor, title_of=title_of)
        for is_calendar, group in itertools.groupby(
            section.articles, key=lambda article: made_up and is_in_calendar(article)
        ):
            articles = list(group)
            if is_calendar:
                articles = by_date(articles)
            common = common_facts(articles) if is_calendar else ()
            yield from common_blocks(articles, common, issue.language)
            months: set[tuple[int, int]] = set()
            for article in articles:
                if is_calendar and month_of(article) not in months:
                    months.add(month_of(article))
                    yield from month_blocks(article, issue.language)
                reader = _ArticleReader(article, issue, on_paper=on_paper, made_up=made_up)
                yield from reader.blocks(section, common)


def filler_blocks(issue: Issue, *, on_paper: bool) -> Iterator[Block]:
    """Yield the blocks of the fillers that were placed: each is read by itself, anywhere in the issue.

    Args:
        issue: Typeset, with the fillers that its pages show and no others.
        on_paper: Whether the addresses of links are shown.
    """
    for filler in issue.fillers:
        reader = _ArticleReader(filler, issue, on_paper=on_paper, made_up=True)
        for one in reader.filler():
            one.sequence, one.near = (
                (f"filler {filler.name}", Near.ANYWHERE) if one.sequence else ("", one.near)
            )
            yield one


def _issue_place(issue: Issue) -> Place:
    return issue.places.get("title") or issue.articles[0].place


class _ArticleReader:
    """Reads one article into blocks.

    Args:
        article: Typeset.
        issue: The issue it is in.
        on_paper: Whether the addresses of links are shown.
        made_up: Whether the style makes the pages up.
    """

    def __init__(self, article: Article, issue: Issue, *, on_paper: bool, made_up: bool) -> None:
        self._article = article
        self._made_up = made_up
        self._credited = ""
        self._issue = issue
        self._on_paper = on_paper
        self._notes = {note.label: note for note in article.notes}
        self._last: Block | None = None
        self._has_logos = made_up and _has_logos(article)

    def blocks(self, section: Section, common: tuple[Fact, ...] = ()) -> Iterator[Block]:
        """Yield all blocks of the article.

        Args:
            section: The section it is in.
            common: Facts that stand once for all events of a calendar.
        """
        article, head = self._article, self._article.head
        place = article.places.get("title", article.place)
        if not is_named_by_section(article, section):
            yield from self._kept(block([Piece(head.title, place)], MAIN, title_of=article.name))
        author = Piece(head.author or "", article.places.get("author", article.place))
        if self._made_up:
            yield from made_up_facts(article, self._issue, common)
            yield from block([author], near=Near.BESIDE, reading=Reading.WITHIN)
        else:
            yield from card_blocks(article, self._issue)
        standfirst = Piece(head.standfirst or "", article.places.get("standfirst", article.place))
        yield from self._kept(block([standfirst], MAIN))
        is_gallery = head.presentation.body is Body.GALLERY
        pictured = [item for item in article.body if is_gallery and isinstance(item, Figure)]
        yield from self._of_blocks(tuple(item for item in article.body if item not in pictured))
        yield from self._of_blocks(tuple(pictured))
        yield from organisation_blocks(article, self._issue.language, MAIN, in_rows=not self._made_up)
        if not self._made_up:
            yield from block([author], reading=Reading.WITHIN)

    def filler(self) -> Iterator[Block]:
        """Yield the blocks of a filler: title, line below it, text."""
        head, place = self._article.head, self._article.place
        for words, name in ((head.title, "title"), (head.standfirst, "standfirst")):
            yield from self._kept(block([Piece(words or "", self._article.places.get(name, place))], MAIN))
        author = Piece(head.author or "", self._article.places.get("author", place))
        yield from block([author], near=Near.BESIDE, reading=Reading.WITHIN, beside=self._last)
        yield from self._of_blocks(self._article.body)

    def _kept(self, blocks: list[Block]) -> list[Block]:
        """Remember the last of some blocks, which notes and pictures in the margin accompany."""
        self._last = blocks[-1] if blocks else self._last
        return blocks

    def _of_blocks(self, blocks: tuple[text.Block, ...]) -> Iterator[Block]:
        for child in blocks:
            match child:
                case Paragraph():
                    yield from self._words(child.children, lines=child.lines)
                case Heading():
                    yield from self._words(child.children)
                case Quote():
                    yield from self._quote(child)
                case ListBlock():
                    yield from self._list(child)
                case Table():
                    yield from self._table(child)
                case Figure():
                    yield from self._picture(child.picture)
                case PageBreak() | Ornament():
                    pass
                case _:
                    assert_never(child)

    def _words(self, children: tuple[text.Inline, ...], **options: object) -> Iterator[Block]:
        """Yield the block of some words, then those of the notes that it is the first to refer to."""
        labels = tuple(_labels(children))
        names = tuple(f"{self._article.name} {label}" for label in labels)
        yield from self._kept(block(self._pieces(children), MAIN, notes=names, **options))
        for label, name in zip(labels, names, strict=True):
            note = self._notes.pop(label, None)
            if note is not None:
                pieces = self._pieces(note.children)
                yield from block(pieces, near=Near.BESIDE, beside=self._last, note=name)

    def _quote(self, child: Quote) -> Iterator[Block]:
        """Yield the blocks of a quotation; a short one may stand in the margin of a page that is made up."""
        floats = self._made_up and _is_short(child)
        for each in self._of_blocks(child.children):
            each.floats = floats and each.sequence == MAIN
            yield each

    def _list(self, child: ListBlock) -> Iterator[Block]:
        numbers = child.printed_numbers or (None,) * len(child.items)
        for number, item in zip(numbers, child.items, strict=True):
            if item and isinstance(item[0], Paragraph):
                yield from self._words(item[0].children, number=number, lines=item[0].lines)
                yield from self._of_blocks(item[1:])
            else:
                yield from self._of_blocks(item)

    def _table(self, table: Table) -> Iterator[Block]:
        name = f"{table.place.path} {table.place.line}"
        for column, cell in enumerate(table.heads):
            yield from self._words(cell, heads=True, row=f"{name} heads", table=name, column=column)
        for index, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                yield from self._words(cell, row=f"{name} {index}", table=name, column=column)

    def _picture(self, picture: text.Picture) -> Iterator[Block]:
        is_free = self._made_up or picture.measure is Measure.MARGIN
        sequence = "" if is_free else MAIN
        caption = Piece(picture.caption or "", picture.place)
        beside = self._last
        yield from block([caption], sequence, near=Near.BESIDE, beside=beside, picture=picture.source)
        if self._made_up and (picture.credit == self._credited or self._has_logos):
            return
        self._credited = picture.credit
        credit = Piece(picture.credit, picture.place)
        yield from block([credit], near=Near.BESIDE, reading=Reading.WITHIN, beside=beside)

    def _pieces(self, children: tuple[text.Inline, ...]) -> Iterator[Piece]:
        for child in children:
            match child:
                case Run() | Code():
                    yield Piece(child.text, child.place)
                case Emphasis() | Strong():
                    yield from self._pieces(child.children)
                case Link():
                    # A file name may be written in decomposed letters.
                    target = unicodedata.normalize("NFC", child.target)
                    yield from (piece._replace(target=target) for piece in self._pieces(child.children))
                    if self._on_paper:
                        yield from address_pieces(child)
                case NoteCall():
                    yield Piece(REFERENCE, child.place)
                case LineBreak():
                    pass
                case _:
                    assert_never(child)


def _has_logos(article: Article) -> bool:
    """Return whether the pictures of a text are the logos of the organisations it lists, one for each.

    On pages that are made up, these stand over the names; nobody is named for a logo.
    """
    organisations = article.head.presentation.organisations
    pictured = [item.picture for item in article.body if isinstance(item, Figure)]
    return (
        len(pictured) == len(organisations)
        and not any(organisation.logo for organisation in organisations)
        and not any(picture.caption for picture in pictured)
    )


def _is_short(quote: Quote) -> bool:
    """Return whether a quotation is of words alone, and few."""
    paragraphs = [child for child in quote.children if isinstance(child, Paragraph) and not child.lines]
    signs = sum(len(plain_words(paragraph.children)) for paragraph in paragraphs)
    return len(paragraphs) == len(quote.children) and signs <= _LONGEST_IN_MARGIN


def _labels(children: tuple[text.Inline, ...]) -> Iterator[str]:
    for child in children:
        match child:
            case NoteCall():
                yield child.label
            case Emphasis() | Strong() | Link():
                yield from _labels(child.children)
            case Run() | Code() | LineBreak():
                pass
            case _:
                assert_never(child)

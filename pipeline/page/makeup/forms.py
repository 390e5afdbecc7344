"""How each article is set, by its kind, length, pictures and place; articles set alike form a run."""

from __future__ import annotations

import itertools
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.kinds.presentation import Body
from pipeline.models.text import Code, Figure, Heading, LineBreak, ListBlock, PageBreak, Paragraph, Run, Table
from pipeline.models.tree import nodes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Cell, Picture
    from pipeline.page.makeup.slots import PictureShape

LONGEST_NOTICE: Final = 220
LONGEST_SHORT: Final = 880
LONGEST_SHORT_PROJECT: Final = 520
LONGEST_EVENT: Final = 900
SHORTEST_FEATURE: Final = 1450
SHORTEST_PROJECT_FEATURE: Final = 2100
"""Letters and figures of a text; about five sixths of its characters."""

_LEAD_PIXELS: Final = 2126
"""The least width in pixels of the photograph that opens a lead: 216 mm at 250 to the inch."""

_LANDSCAPE: Final = 1.2


class Form(StrEnum):
    """How an article is set: one of five weights, as its kind asks, or to fill a page."""

    LEAD = "lead"
    FEATURE = "feature"
    STANDARD = "standard"
    SHORT = "short"
    NOTICE = "notice"
    EVENT = "event"
    GALLERY = "gallery"
    PARTNERS = "partners"
    FILLER = "filler"


_HIGHEST_IN_A_ROW: Final = 45
"""Lines of a notice; a row of notices stands on one page, whole."""

_LETTERS_A_LINE: Final = 26
"""Of a column of notices."""

_WORDS: Final = re.compile(r"\w+")
"""Words; typesetting parts none and joins none."""

_SIDE_BY_SIDE: Final = frozenset({Form.SHORT, Form.NOTICE, Form.EVENT})
"""Forms that stand beside others, so that a page cannot end within them."""

_MOST_COLUMNS: Final = {Form.SHORT: 5, Form.NOTICE: 3}
"""Of a table in a column of 84 and of 54 mm: of more, a column has no room for a word."""

_MOST_LETTERS: Final = 33
_BETWEEN_COLUMNS: Final = 3
"""Letters of the longest words of all columns of a table that 54 mm hold; what stands between two of them."""


class ArticleRun(NamedTuple):
    """Articles of a section that follow one another and are set alike, side by side where they are short."""

    form: Form
    articles: tuple[Article, ...]


def runs_of(section: Section, issue: Issue, pictures: Mapping[str, PictureShape]) -> tuple[ArticleRun, ...]:
    """Divide a section into runs.

    A short piece or a notice that stands alone has no neighbour to stand beside, and is set as a standard
    article; notices among short pieces are set as these. Events of a run are in the order of the calendar.

    Args:
        section: Of the issue.
        issue: Its first article may be the lead.
        pictures: What is known of each picture file, by source.
    """
    forms = _side_by_side(section.articles, [form_of(each, issue, pictures) for each in section.articles])
    runs = []
    for form, group in itertools.groupby(zip(forms, section.articles, strict=True), key=lambda pair: pair[0]):
        articles = tuple(article for _, article in group)
        if form is Form.EVENT:
            runs.append(ArticleRun(form, tuple(sorted(articles, key=_when))))
        elif form in {Form.SHORT, Form.NOTICE} and len(articles) > 1:
            runs.append(ArticleRun(form, articles))
        elif form in {Form.SHORT, Form.NOTICE}:
            runs.append(ArticleRun(Form.STANDARD, articles))
        else:
            runs += [ArticleRun(form, (article,)) for article in articles]
    return tuple(runs)


def _side_by_side(articles: Sequence[Article], forms: Sequence[Form]) -> list[Form]:
    """Return the forms of articles with notices among short pieces set as short pieces.

    Set in turn as the one and the other, they would stand in rows of one or two, or as large as a standard
    article. A weight that the author gave is kept.
    """
    found = list(forms)
    at = 0
    for is_small, group in itertools.groupby(forms, key=lambda form: form in {Form.SHORT, Form.NOTICE}):
        stretch = range(at, at := at + len(list(group)))
        if is_small and any(forms[each] is Form.SHORT for each in stretch):
            for each in stretch:
                found[each] = forms[each] if articles[each].head.weight else Form.SHORT
    return found


def form_of(article: Article, issue: Issue, pictures: Mapping[str, PictureShape]) -> Form:
    """Return how an article is set.

    Args:
        article: Of the issue.
        issue: Its first article is the lead, if it opens with a photograph that is large enough.
        pictures: What is known of each picture file, by source.
    """
    form = _form_of(article, issue, pictures)
    if form in _SIDE_BY_SIDE and any(nodes_of(PageBreak, article.body)):
        return Form.STANDARD
    if form in _SIDE_BY_SIDE and any(_is_wide(table, form) for table in nodes_of(Table, article.body)):
        return Form.STANDARD
    return Form.STANDARD if form is Form.NOTICE and _height_of(article) > _HIGHEST_IN_A_ROW else form


def _is_wide(table: Table, form: Form) -> bool:
    """Return whether a column beside others has no room for a table: words and figures would be parted."""
    if len(table.heads) > _MOST_COLUMNS.get(form, len(table.heads)):
        return True
    columns = zip(table.heads, *table.rows, strict=True)
    return sum(max(map(_longest_word, column)) + _BETWEEN_COLUMNS for column in columns) > _MOST_LETTERS


def _longest_word(cell: Cell) -> int:
    texts = [run.text for run in nodes_of(Run, cell)] + [code.text for code in nodes_of(Code, cell)]
    return max((len(word) for text in texts for word in _WORDS.findall(text)), default=0)


def _height_of(article: Article) -> float:
    """Return about how many lines a text takes in a column: its letters, and what begins a line."""
    blocks = nodes_of((Paragraph, Heading, Table, ListBlock), article.body)
    begun = sum(
        len(each.rows) if isinstance(each, Table) else len(each.lines) if isinstance(each, Paragraph) else 1
        for each in blocks
    )
    paragraphs = sum(1 for _ in nodes_of(Paragraph, article.body))
    breaks = sum(1 for _ in nodes_of(LineBreak, article.body))
    return begun + paragraphs + breaks + length_of(article) / _LETTERS_A_LINE


def _form_of(article: Article, issue: Issue, pictures: Mapping[str, PictureShape]) -> Form:
    shown = article.head.presentation
    by_kind = {Body.GALLERY: Form.GALLERY}.get(shown.body)
    if by_kind or shown.organisations:
        return by_kind or Form.PARTNERS
    if article.head.weight is not None:
        return Form(article.head.weight)
    if shown.calendar is not None and length_of(article) <= LONGEST_EVENT:
        return Form.EVENT
    if article is issue.articles[0] and _opens_large(article, pictures):
        return Form.LEAD
    return _by_length(article, is_first=article is issue.articles[0])


def _by_length(article: Article, *, is_first: bool) -> Form:
    length = length_of(article)
    has_tables = any(isinstance(block, Table) for block in article.body)
    is_project = article.head.presentation.comparison is not None
    figures = figures_of(article)
    shortest = SHORTEST_PROJECT_FEATURE if is_project else SHORTEST_FEATURE
    if length > shortest and (figures or is_project or is_first) and not has_tables:
        return Form.FEATURE
    if has_tables or article.head.standfirst:
        return Form.STANDARD
    if length <= LONGEST_NOTICE and not figures and not is_project:
        return Form.NOTICE
    return Form.SHORT if length <= (LONGEST_SHORT_PROJECT if is_project else LONGEST_SHORT) else Form.STANDARD


def length_of(article: Article) -> int:
    """Return the number of letters and figures of an article's text, which typesetting does not change."""
    texts = [run.text for run in nodes_of(Run, article.body)]
    texts += [code.text for code in nodes_of(Code, article.body)]
    return sum(sign.isalnum() for text in texts for sign in text)


def figures_of(article: Article) -> tuple[Figure, ...]:
    """Return the pictures of an article, in order."""
    return tuple(block for block in article.body if isinstance(block, Figure))


def logos_of(article: Article) -> tuple[Picture | None, ...]:
    """Return the logo of each organisation that an article lists.

    They are those its organisations name, else the pictures of its text, where there is one for each and none
    has a caption: a logo stands over the name, and a caption would not be set.
    """
    if any(article.logos):
        return article.logos
    pictured = tuple(figure.picture for figure in figures_of(article))
    are_logos = len(pictured) == len(article.logos) and not any(picture.caption for picture in pictured)
    return pictured if are_logos else article.logos


def _opens_large(article: Article, pictures: Mapping[str, PictureShape]) -> bool:
    known = (pictures.get(figure.picture.source) for figure in figures_of(article)[:1])
    return any(
        shape is not None
        and shape.is_photograph
        and shape.pixels >= _LEAD_PIXELS
        and shape.proportion >= _LANDSCAPE
        for shape in known
    )


def _when(article: Article) -> tuple[str, str, str]:
    entry = article.head.presentation.calendar
    assert entry is not None  # noqa: S101 - an event has one
    return entry.start.date.isoformat(), str(entry.start.time or ""), article.name

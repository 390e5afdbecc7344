"""What a change of the plan would do to the pages: tried beside them, on an issue that no file says."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.preview.changes import CoverChange, OrderChange, WeightChange, WidthChange
from pipeline.desk.preview.shown import ArticleMeasure, Outcome
from pipeline.findings.finding import IssueError, found
from pipeline.models.kinds.common_head import Weight
from pipeline.models.text import Figure, Measure
from pipeline.models.tree import nodes_of
from pipeline.page.makeup.forms import runs_of
from pipeline.page.makeup.notes_in_use import anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.desk.preview.changes import PlanChange
    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Block
    from pipeline.page.engine.preview.laid_out import LaidOut
    from pipeline.page.makeup.slots import PictureShape

_PIXELS_A_POINT: Final = 4 / 3


class Measured(NamedTuple):
    """What is known of laid-out pages.

    Args:
        empty: Lines that each page leaves empty at its foot.
        articles: What each article takes of them.
    """

    empty: tuple[int, ...]
    articles: tuple[ArticleMeasure, ...]


def changed_issue(issue: Issue, changes: Sequence[PlanChange]) -> Issue:
    """Return an issue as it would be.

    Args:
        issue: As read or typeset.
        changes: What would be changed, in order.

    Raises:
        IssueError: A change names what is not there (E653).
    """
    for change in changes:
        issue = _changed(issue, change)
    # A section without articles is none.
    return dataclasses.replace(issue, sections=tuple(each for each in issue.sections if each.articles))


def _changed(issue: Issue, change: PlanChange) -> Issue:
    if isinstance(change, CoverChange) and not change.article:
        return dataclasses.replace(issue, cover=None, cover_article=None)
    if change.article not in {article.name for article in issue.articles}:
        raise _missing(change.article)
    if isinstance(change, CoverChange):
        return _covered(issue, change.article)
    if isinstance(change, OrderChange):
        return _reordered(issue, change)
    if isinstance(change, WeightChange):
        if change.weight is not None and change.weight not in set(Weight):
            raise _missing(change.weight)
        weight = Weight(change.weight) if change.weight is not None else None
        return _with_article(issue, change.article, lambda article: _weighted(article, weight))
    return _with_article(issue, change.article, lambda article: _widened(article, change))


def _covered(issue: Issue, name: str) -> Issue:
    article = next(each for each in issue.articles if each.name == name)
    figure = next(nodes_of(Figure, article.body), None)
    # A copy, for pictures are told apart by identity: the cover prints it at another width.
    picture = dataclasses.replace(figure.picture) if figure is not None else None
    return dataclasses.replace(issue, cover=picture, cover_article=name)


def _weighted(article: Article, weight: Weight | None) -> Article:
    return dataclasses.replace(article, head=article.head.model_copy(update={"weight": weight}))


def _widened(article: Article, change: WidthChange) -> Article:
    if change.measure not in set(Measure):
        raise _missing(change.measure)
    measure = Measure(change.measure)
    figures = [block for block in article.body if isinstance(block, Figure)]
    meant = [
        figure
        for number, figure in enumerate(figures)
        if figure.picture.source == change.source and change.position in {None, number}
    ]
    if not meant:
        raise _missing(change.source)

    def widened(block: Block) -> Block:
        if not any(block is figure for figure in meant):
            return block
        assert isinstance(block, Figure)  # noqa: S101 - these alone are meant
        return dataclasses.replace(block, picture=dataclasses.replace(block.picture, measure=measure))

    return dataclasses.replace(article, body=tuple(map(widened, article.body)))


def _with_article(issue: Issue, name: str, changed: Callable[[Article], Article]) -> Issue:
    def within(section: Section) -> Section:
        articles = tuple(changed(each) if each.name == name else each for each in section.articles)
        return dataclasses.replace(section, articles=articles)

    return dataclasses.replace(issue, sections=tuple(map(within, issue.sections)))


def _reordered(issue: Issue, change: OrderChange) -> Issue:
    if change.section not in {section.number for section in issue.sections}:
        raise _missing(str(change.section))
    moved = next(article for article in issue.articles if article.name == change.article)
    sections = []
    for section in issue.sections:
        articles = [article for article in section.articles if article is not moved]
        if section.number == change.section:
            articles.insert(max(0, change.position), moved)
        sections.append(dataclasses.replace(section, articles=tuple(articles)))
    return dataclasses.replace(issue, sections=tuple(sections))


def _missing(name: str) -> IssueError:
    return IssueError([found("E653", None, wanted=name)])


def automatic_weights(issue: Issue, pictures: Mapping[str, PictureShape]) -> dict[str, str]:
    """Return how each article is set where the program chooses, by its name.

    Where the author chose a weight, it is what would be chosen without it, all others as they are.

    Args:
        issue: As read or typeset.
        pictures: What is known of each picture file, by source.
    """
    weights = _weights(issue, pictures)
    for article in issue.articles:
        if article.head.weight is not None:
            freed = _with_article(issue, article.name, lambda each: _weighted(each, None))
            weights[article.name] = _weights(freed, pictures)[article.name]
    return weights


def _weights(issue: Issue, pictures: Mapping[str, PictureShape]) -> dict[str, str]:
    return {
        article.name: run.form.value
        for section in issue.sections
        for run in runs_of(section, issue, pictures)
        for article in run.articles
    }


def article_measures(laid: LaidOut, issue: Issue, leading: float) -> list[ArticleMeasure]:
    """Return what each article takes of laid-out pages, in order of the issue.

    Args:
        laid: The pages.
        issue: As they show it.
        leading: The distance of two lines of running text, in points.
    """
    extents: dict[str, dict[int, tuple[float, float]]] = {}
    for number, page in enumerate(laid.pages, 1):
        for drawn in page.drawn.flow:
            on_pages = extents.setdefault(drawn.around.article, {})
            top, bottom = on_pages.get(number, (drawn.area.top, drawn.area.bottom))
            on_pages[number] = min(top, drawn.area.top), max(bottom, drawn.area.bottom)
    measures = []
    for article in issue.articles:
        on_pages = extents.get(anchor(article.name), {})
        if on_pages:
            height = sum(bottom - top for top, bottom in on_pages.values())
            lines = round(height / (leading * _PIXELS_A_POINT))
            measures.append(ArticleMeasure(article.name, min(on_pages), max(on_pages), lines))
    return measures


def outcome_of(changes: Sequence[PlanChange], before: Measured, after: Measured) -> Outcome:
    """Return what changes do.

    Args:
        changes: They.
        before: The pages as they are.
        after: The pages with the changes.
    """
    known = {each.name: each for each in before.articles}
    lines = {each.name: each.lines - known[each.name].lines for each in after.articles if each.name in known}
    moved = tuple(
        (each.name, each.first_page)
        for each in after.articles
        if each.name in known and known[each.name].first_page != each.first_page
    )
    return Outcome(
        sum(lines.get(name, 0) for name in {change.article for change in changes}),
        len(before.empty),
        len(after.empty),
        moved,
        _empty(before),
        _empty(after),
    )


def _empty(measured: Measured) -> int:
    """Return how many lines the pages of articles leave empty at their feet, but for the last of them."""
    first = min((each.first_page for each in measured.articles), default=1)
    last = max((each.last_page for each in measured.articles), default=1)
    return sum(measured.empty[first - 1 : last - 1])

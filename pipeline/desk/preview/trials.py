"""What a change of the plan would do to the pages: tried beside them, on an issue that no file says."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from pipeline.desk.preview.changes import OrderChange, PlanChange, WeightChange, WidthChange
from pipeline.desk.preview.shown import ArticleMeasure, Outcome
from pipeline.findings.finding import IssueError, found
from pipeline.models.kinds.common_head import Weight
from pipeline.models.text import Figure, Measure
from pipeline.page.makeup.notes_in_use import anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Block
    from pipeline.page.engine.preview.laid_out import LaidOut

_PIXELS_A_POINT: Final = 4 / 3


def changed_issue(issue: Issue, change: PlanChange) -> Issue:
    """Return an issue as it would be.

    Args:
        issue: As read or typeset.
        change: What would be changed.

    Raises:
        IssueError: The change names what is not there (E653).
    """
    if change.article not in {article.name for article in issue.articles}:
        raise _missing(change.article)
    if isinstance(change, OrderChange):
        return _reordered(issue, change)
    if isinstance(change, WeightChange):
        if change.weight is not None and change.weight not in set(Weight):
            raise _missing(change.weight)
        weight = Weight(change.weight) if change.weight is not None else None
        return _with_article(issue, change.article, lambda article: _weighted(article, weight))
    return _with_article(issue, change.article, lambda article: _widened(article, change))


def _weighted(article: Article, weight: Weight | None) -> Article:
    return dataclasses.replace(article, head=article.head.model_copy(update={"weight": weight}))


def _widened(article: Article, change: WidthChange) -> Article:
    if change.measure not in set(Measure):
        raise _missing(change.measure)
    measure = Measure(change.measure)

    def widened(block: Block) -> Block:
        if not isinstance(block, Figure) or block.picture.source != change.source:
            return block
        return dataclasses.replace(block, picture=dataclasses.replace(block.picture, measure=measure))

    body = tuple(map(widened, article.body))
    if body == article.body and not any(
        isinstance(block, Figure) and block.picture.source == change.source for block in body
    ):
        raise _missing(change.source)
    return dataclasses.replace(article, body=body)


def _with_article(issue: Issue, name: str, changed: Callable[[Article], Article]) -> Issue:
    def within(section: Section) -> Section:
        articles = tuple(changed(each) if each.name == name else each for each in section.articles)
        return dataclasses.replace(section, articles=articles)

    return dataclasses.replace(issue, sections=tuple(map(within, issue.sections)))


def _reordered(issue: Issue, change: OrderChange) -> Issue:
    if not 1 <= change.section <= len(issue.sections):
        raise _missing(str(change.section))
    moved = next(article for article in issue.articles if article.name == change.article)
    sections = []
    for section in issue.sections:
        articles = [article for article in section.articles if article is not moved]
        if section.number == change.section:
            articles.insert(max(0, change.position), moved)
        if articles:
            sections.append(dataclasses.replace(section, articles=tuple(articles)))
    return dataclasses.replace(issue, sections=tuple(sections))


def _missing(name: str) -> IssueError:
    return IssueError([found("E653", None, wanted=name)])


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


def outcome_of(
    change: PlanChange,
    before: tuple[LaidOut, Sequence[ArticleMeasure]],
    after: tuple[LaidOut, Sequence[ArticleMeasure]],
) -> Outcome:
    """Return what a change does.

    Args:
        change: It.
        before: The pages as they are, with the measures of their articles.
        after: The pages with the change, likewise.
    """
    known = {each.name: each for each in before[1]}
    lines = {each.name: each.lines - known[each.name].lines for each in after[1] if each.name in known}
    moved = tuple(
        (each.name, each.first_page)
        for each in after[1]
        if each.name in known and known[each.name].first_page != each.first_page
    )
    return Outcome(
        lines.get(change.article, 0),
        len(before[0].pages),
        len(after[0].pages),
        moved,
        _empty(*before),
        _empty(*after),
    )


def _empty(laid: LaidOut, measures: Sequence[ArticleMeasure]) -> int:
    """Return how many lines the pages of articles leave empty at their feet, but for the last of them."""
    first = min((each.first_page for each in measures), default=1)
    last = max((each.last_page for each in measures), default=1)
    return sum(page.fill.free for page in laid.pages[first - 1 : last - 1])

"""The closing pages, from the facts of a whole issue: calendar, table of budgets, timeline, map."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markupsafe import Markup

from pipeline.models.values.codes import TERRITORIES
from pipeline.models.values.facts import Money
from pipeline.page.figures.bar_lengths import BudgetBar, bar_width, budget_bars
from pipeline.page.figures.drawing import (
    POINTS_A_MILLIMETRE,
    ROLES,
    TOKENS,
    FigureStyle,
    Palette,
    ProjectFacts,
)
from pipeline.page.figures.partner_map import FRAME, codes_of, partner_map
from pipeline.page.figures.rings import Box
from pipeline.page.figures.timeline import timeline
from pipeline.page.style import head_measure
from pipeline.typography import localisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Article, Issue
    from pipeline.models.values.facts import Moment
    from pipeline.page.figures.drawing import DrawnFigure
    from pipeline.page.style import Style


_NARROW: Final = Box(0, 0, 114 * POINTS_A_MILLIMETRE, 62 * POINTS_A_MILLIMETRE)
"""The map beside its title, in points: four columns of six."""


class BudgetRow(NamedTuple):
    """A row of the table of budgets, its bar as HTML."""

    title: str
    total: str
    share: str
    bar: Markup


class BudgetTable(NamedTuple):
    """The budgets in one currency."""

    title: str
    header: tuple[str, ...]
    rows: tuple[BudgetRow, ...]


class DrawnPart(NamedTuple):
    """A figure of the closing pages; a narrow one leaves room for its title beside it."""

    title: str
    svg: Markup
    is_narrow: bool = False


class ContentsEntry(NamedTuple):
    """A closing part in the table of contents."""

    anchor: str
    title: str
    within: str


class Closing(NamedTuple):
    """The closing parts of an issue; those it has no facts for are empty."""

    calendar: tuple[Article, ...]
    budgets: tuple[BudgetTable, ...]
    drawn: tuple[DrawnPart, ...]
    entries: tuple[ContentsEntry, ...]


def closing_parts(issue: Issue, style: Style, edition: Edition) -> Closing:
    """Return the closing parts of an issue; each figure needs at least two projects to compare."""
    language = issue.language
    projects = [
        ProjectFacts(article.head.title, compared.budget, compared.period, compared.partners)
        for article in issue.articles
        if (compared := article.head.presentation.comparison) is not None
    ]
    budgets = _budgets([facts for facts in projects if facts.budget], issue)
    drawn = tuple(_figures(projects, issue, style, edition))
    dated = [
        (article, entry.start)
        for article in issue.articles
        if (entry := article.head.presentation.calendar) is not None
    ]
    calendar = tuple(article for article, _ in sorted(dated, key=_when))
    entries = []
    if calendar:
        titles = " · ".join(article.head.title for article in calendar)
        entries.append(ContentsEntry("calendar", localisation.label("Calendar", language), titles))
    if budgets or drawn:
        parts = [table.title for table in budgets] + [part.title for part in drawn]
        title = localisation.label("Projects at a glance", language)
        entries.append(ContentsEntry("at-a-glance", title, " · ".join(parts)))
    return Closing(calendar, budgets, drawn, tuple(entries))


def _when(dated: tuple[Article, Moment]) -> tuple[Any, ...]:
    """Return the sort key of an entry of the calendar: whole days come before times of the same day."""
    article, start = dated
    return (start.date, start.time is not None, start.time or 0, article.name)


def _figures(
    projects: Sequence[ProjectFacts], issue: Issue, style: Style, edition: Edition
) -> Iterator[DrawnPart]:
    names = ROLES if style.plan.takes_identity else TOKENS
    palette = Palette(*(style.colour(name, edition) for name in names))
    family = style.plan.families["head"]
    # Format 1 has one face of figures, which is set in its own forms.
    language = issue.language if style.plan.takes_identity else ""
    figure_style = FigureStyle(palette, family, head_measure(style), language)
    dated = [facts for facts in projects if facts.period]
    if len(dated) > 1:
        yield _part(timeline(dated, issue.date, issue.language, figure_style))
    placed = [facts for facts in projects if facts.partners and facts.partners.countries]
    if len(set(codes_of(placed)) - TERRITORIES) > 1:
        home = issue.publication.country
        is_narrow = style.plan.is_made_up
        frame = _NARROW if is_narrow else FRAME
        yield _part(partner_map(placed, home, issue.language, figure_style, frame), is_narrow=is_narrow)


def _part(figure: DrawnFigure, *, is_narrow: bool = False) -> DrawnPart:
    return DrawnPart(figure.title, Markup(figure.svg), is_narrow)  # noqa: S704 - drawn by us, its texts escaped


def _budgets(projects: Sequence[ProjectFacts], issue: Issue) -> tuple[BudgetTable, ...]:
    """Return a table for each currency; amounts in two currencies are never added or compared."""
    by_currency: dict[str, list[ProjectFacts]] = defaultdict(list)
    for facts in projects:
        if facts.budget:
            by_currency[facts.budget.total.currency].append(facts)
    language = issue.language
    label = localisation.label
    publisher = issue.publication.publisher.short_name or issue.publication.publisher.name
    tables = []
    for currency, group in by_currency.items():
        if len(group) < 2:  # noqa: PLR2004 - nothing to compare
            continue
        title = label("Budgets", language)
        if len(by_currency) > 1:
            title = label("Budgets in {currency}", language, currency=currency)
        header = (
            label("Project", language),
            label("Total budget", language),
            label("Share of {publisher}", language, publisher=publisher),
        )
        rows = [_budget_row(bar, language) for bar in budget_bars(group)]
        total = sum((facts.budget.total.amount for facts in group if facts.budget), Decimal(0))
        shares = [facts.budget.share.amount for facts in group if facts.budget and facts.budget.share]
        rows.append(
            BudgetRow(
                label("In all", language),
                localisation.money(_sum(total, currency), language),
                localisation.money(_sum(sum(shares, Decimal(0)), currency), language),
                Markup(""),
            )
        )
        tables.append(BudgetTable(title, header, tuple(rows)))
    return tuple(tables)


def _sum(amount: Decimal, currency: str) -> Money:
    """Return a sum of amounts, which may be more than one amount can be."""
    return Money.model_construct(amount=amount, currency=currency)


def _budget_row(bar: BudgetBar, language: str) -> BudgetRow:
    budget = bar.facts.budget
    assert budget is not None  # noqa: S101 - bars are drawn of budgets only
    cut = (
        Markup('<span class="cut" style="left:{}%"></span>').format(bar.break_at)
        if bar.break_at
        else Markup("")
    )
    boxes = Markup(
        '<span class="bars"><span class="bar" style="{}"></span>'
        '<span class="bar share-of" style="{}"></span>{}</span>'
    ).format(
        bar_width(bar.length, budget.total.amount),
        bar_width(bar.share_length, budget.share.amount if budget.share else Decimal(0)),
        cut,
    )
    share = localisation.money(budget.share, language) if budget.share else "–"
    return BudgetRow(bar.facts.title, localisation.money(budget.total, language), share, boxes)

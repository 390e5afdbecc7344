"""Fits a whole issue: local trials first, then the whole again only where they changed something."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.models.publication import PageCount
from pipeline.page.composition import PART_TEMPLATE, Part, compose_html
from pipeline.page.engine.press import lay_out
from pipeline.page.fitting.judging import GOOD, Ruler, cost_of_changes, page_cost
from pipeline.page.fitting.refining import House, refined
from pipeline.page.fitting.search import Search
from pipeline.page.fitting.stretches import stretches_of
from pipeline.page.heading_levels import with_level_headings
from pipeline.page.makeup.fitting import UNFITTED, Fitting, rearranged
from pipeline.page.makeup.issue_makeup import issue_makeup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page.engine.fetching import Asset
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.engine.press import PrintedDocument
    from pipeline.page.makeup.issue_makeup import IssueMakeUp
    from pipeline.page.marks import PrintedPicture
    from pipeline.page.style import Style

    Press = Callable[[Fitting, Callable[[LayoutMeasures], bool]], PrintedDocument]
    """Prints the whole issue by some decisions; draws it only where its second argument says so."""

_MOST_LAYOUTS: Final = 6
"""Of the whole issue, at most; each that follows from the one before settles sides, fillers or pages."""

_PIXELS_A_POINT: Final = 4 / 3

_PAGE: Final = 4.0
"""What a page more counts against lines left empty."""


class Sources(NamedTuple):
    """What the pages of an edition are composed of.

    Args:
        issue: Typeset.
        edition: Which edition.
        style: A style whose pages are made up.
        pictures: Every picture the issue names, by its source.
        files: The files that pages may fetch.
    """

    issue: Issue
    edition: Edition
    style: Style
    pictures: Mapping[str, PrintedPicture]
    files: Mapping[str, Asset]


class Fitted(NamedTuple):
    """An issue printed on fitted pages.

    Args:
        fitting: What was decided.
        printed: The document.
        trials: How many runs were laid out alone to find out.
    """

    fitting: Fitting
    printed: PrintedDocument
    trials: int = 0


def can_be_fitted(style: Style) -> bool:
    """Return whether the pages of a style can be fitted: it makes them up, and can set a part of them alone."""
    return style.plan.is_made_up and PART_TEMPLATE in style.templates


class MakerUp:
    """Fills the pages of an edition.

    Args:
        sources: What they are composed of.
        press: Prints the whole issue.
    """

    def __init__(self, sources: Sources, press: Press) -> None:
        self._sources = sources
        self._press = press
        self._shapes = {source: each.shape for source, each in sources.pictures.items()}
        rhythm = sources.style.plan.page
        leading = rhythm.leading * _PIXELS_A_POINT
        self._ruler = Ruler(leading, rhythm.top * _PIXELS_A_POINT, rhythm.lines * leading)
        self._cache: dict[Any, Any] = {}

    def is_final(self, measures: LayoutMeasures) -> bool:
        """Return whether pages are well filled as they are, before anything is decided."""
        return not self._is_wrong(measures) and self._refined(UNFITTED, measures) == UNFITTED

    def fitted(self, first: PrintedDocument) -> Fitted:
        """Return the issue printed so that its pages are filled, as far as can be.

        Args:
            first: The issue as printed before anything was decided; it is drawn only where it is final.
        """
        if first.pdf:
            return Fitted(UNFITTED, first)
        fitting, printed, trials = self._after_search(first)
        for _ in range(_MOST_LAYOUTS):
            following = self._refined(fitting, printed.measures)
            if following == fitting:
                break
            fitting = following
            printed = self._press(fitting, self._settles(fitting))
        if not printed.pdf:
            printed = self._press(fitting, lambda _: True)
        return Fitted(fitting, printed, trials)

    def _after_search(self, first: PrintedDocument) -> tuple[Fitting, PrintedDocument, int]:
        """Return what local trials lead to; what was printed first, where the whole is no better for it."""
        search = Search(first.measures, self._ruler, self._lay_out)
        fitting = search.fitted(stretches_of(self._makeup(UNFITTED), self._shapes), UNFITTED)
        if fitting != UNFITTED:
            printed = self._press(fitting, self._settles(fitting))
            if self._cost(printed.measures, fitting) < self._cost(first.measures, UNFITTED):
                return fitting, printed, search.trials
        return UNFITTED, first, search.trials

    def _settles(self, fitting: Fitting) -> Callable[[LayoutMeasures], bool]:
        """Return whether nothing follows from pages laid out by some decisions, so that they are drawn."""
        return lambda measures: self._refined(fitting, measures) == fitting

    def _refined(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting:
        return refined(fitting, self._makeup(fitting), measures, self._house, self._ruler)

    def _makeup(self, fitting: Fitting) -> IssueMakeUp:
        issue = with_level_headings(rearranged(self._sources.issue, fitting))
        return issue_makeup(issue, self._shapes, fitting)

    def _pages(self, measures: LayoutMeasures) -> range:
        """Return the numbers of the pages of runs, without the last page of all."""
        first = min((extent.page for extent in measures.runs.values()), default=1)
        return range(first, len(measures.fills))

    def _is_wrong(self, measures: LayoutMeasures) -> bool:
        return any(page_cost(measures, page, self._ruler) > GOOD for page in self._pages(measures))

    def _cost(self, measures: LayoutMeasures, fitting: Fitting) -> float:
        """Return what is wrong with the pages of runs; the first page and the last are not asked."""
        wrong = sum(page_cost(measures, page, self._ruler) for page in self._pages(measures))
        return wrong + _PAGE * len(measures.fills) + cost_of_changes(fitting)

    def _lay_out(self, fitting: Fitting, runs: tuple[str, ...], above: float) -> LayoutMeasures:
        """Lay some runs out alone."""
        issue, edition, style, pictures, files = self._sources
        part = Part(runs, round(above, 2))
        html = compose_html(issue, edition, style, pictures, fitting=fitting, part=part)
        return lay_out(html, edition, files, style.plan.page, pictures=self._cache)

    @functools.cached_property
    def _house(self) -> House:
        issue = self._sources.issue
        pages = issue.publication.pages or PageCount.ANY
        return House(pages, self._heights_of_fillers() if issue.fillers else {})

    def _heights_of_fillers(self) -> dict[str, float]:
        """Return the height of each filler in pixels: all are laid out together, one under the other."""
        issue = self._sources.issue
        last = issue.articles[-1].name
        heights = {}
        for filler in issue.fillers:
            fitting = UNFITTED._replace(fillers=((last, filler.name),))
            runs = self._makeup(fitting).sections[-1].runs
            measures = self._lay_out(fitting, (runs[-1].name,), 0.0)
            extent = measures.runs[runs[-1].name]
            if extent.page == extent.last_page:
                heights[filler.name] = extent.bottom - extent.top
        return heights

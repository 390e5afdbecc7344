"""Goes through a stretch from page to page, and tries other decisions where one is badly filled.

Where nothing was changed before, the pages of the whole layout are taken; after a change, the runs that
follow are laid out alone from where they now begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.page.fitting.judging import GOOD, WORTH, cost_of_changes, cost_of_holes, page_cost
from pipeline.page.fitting.measures_of_parts import pages_from, with_pages_from
from pipeline.page.fitting.options import options_for
from pipeline.page.fitting.tail_trials import TailTrials

if TYPE_CHECKING:
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.fitting.stretch_pages import StretchPages
    from pipeline.page.fitting.trials import Trials
    from pipeline.page.fitting.windows import Window
    from pipeline.page.makeup.fitting import Fitting

_MOST_OPTIONS: Final = 7
"""Of one page."""

_MOST_OF_A_PAGE: Final = 3
"""Decisions that better the pages of a window, one after the other, before the next page is turned to."""


class StretchWalk:
    """Goes through a stretch from page to page.

    Args:
        pages: Those of the stretch, before anything is decided; they are kept as they become.
        trials: Lays runs out.
        ruler: The rhythm of the pages.
        may_lower: Whether photographs may be made lower.
    """

    def __init__(self, pages: StretchPages, trials: Trials, ruler: Ruler, *, may_lower: bool) -> None:
        self._pages = pages
        self._trials = trials
        self._ruler = ruler
        self._may_lower = may_lower
        self._tail = TailTrials(pages, trials, ruler, may_lower=may_lower)

    def fitted(self, fitting: Fitting) -> Fitting:
        """Return decisions that fill the pages of the stretch."""
        fitting = self._tail.without_tail(fitting, self._pages.measures)
        at, judged, is_changed = 0, 0, False
        measures = self._pages.measures
        while at < len(self._pages.stretch):
            window = self._pages.window(at)
            if is_changed:
                measures = self._trials.tried(fitting, window.runs, window.above)
            else:
                whole, first = self._pages.measures, self._pages.starts[at].page
                measures = pages_from(whole, first, first - 1 + len(whole.fills))
            page, bettered = judged, 0
            while (
                page := self._next_bad(measures, window, after=page)
            ) and not self._trials.is_over_for_pages:
                better = self._better(fitting, window, measures, page)
                if better is not None:
                    fitting, measures = better
                    is_changed = True
                    bettered += 1
                    # One decision may leave a page badly filled that a second one mends.
                    page -= bettered < _MOST_OF_A_PAGE
            if is_changed:
                shift = self._pages.starts[at].page - 1
                self._pages.measures = with_pages_from(self._pages.measures, measures, shift)
            self._pages.note_starts(at, window, measures)
            if window.is_end:
                break
            at, judged = self._pages.after(at, window, measures)
        shift = self._pages.starts[at].page - 1
        self._pages.count = shift + window.last_page(measures)
        self._pages.measures = self._pages.to_end(self._pages.measures)
        if is_changed:
            fitting = self._tail.relaxed(self._tail.without_tail(fitting, self._pages.measures))
        return fitting

    def _next_bad(self, measures: LayoutMeasures, window: Window, *, after: int) -> int:
        """Return the number of the next page that is badly filled, or 0."""
        pages = (page for page in window.judged(measures) if page > after)
        return next((page for page in pages if page_cost(measures, page, self._ruler) > GOOD), 0)

    def _better(
        self, fitting: Fitting, window: Window, measures: LayoutMeasures, page: int
    ) -> tuple[Fitting, LayoutMeasures] | None:
        """Return better decisions for a page, with the pages that come of them, or None."""
        present = self._trials.tried(fitting, window.runs, window.above)
        best, least = None, self._cost(present, window, fitting) - WORTH
        is_last = window.is_end and not window.is_open and page == window.judged(measures)[-1]
        options = options_for(
            page, window.runs, measures, fitting, is_last=is_last, may_lower=self._may_lower
        )
        for number, option in enumerate(options):
            if number == _MOST_OPTIONS or self._trials.is_over_for_pages:
                break
            tried = self._trials.tried(option, window.runs, window.above)
            cost = self._cost(tried, window, option)
            if cost < least:
                best, least = (option, tried), cost
            if best is not None and self._is_good(best[1], window, page):
                break
        return best

    def _is_good(self, measures: LayoutMeasures, window: Window, page: int) -> bool:
        """Return whether a page and those before it are well filled."""
        pages = (each for each in window.judged(measures) if each <= page)
        return all(page_cost(measures, each, self._ruler) <= GOOD for each in pages)

    def _cost(self, measures: LayoutMeasures, window: Window, fitting: Fitting) -> float:
        """Return what is wrong with the pages of a window; with its last, the holes that its runs leave."""
        pages = window.judged(measures)
        wrong = sum(page_cost(measures, page, self._ruler) for page in pages)
        if not window.is_end:
            wrong += cost_of_holes(measures, window.last_page(measures), self._ruler)
        return wrong + cost_of_changes(fitting)

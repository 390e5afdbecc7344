"""Trials for the last page of a stretch: it is saved, filled with more of the text, or begins a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.page.fitting.judging import WORTH, cost_of_changes, cost_of_holes, cost_of_pages
from pipeline.page.fitting.measures_of_parts import with_pages_from
from pipeline.page.fitting.tails import MOST_ON_TAIL, longer, relaxed, shorter
from pipeline.page.fitting.windows import Start

if TYPE_CHECKING:
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.fitting.stretch_pages import StretchPages
    from pipeline.page.fitting.trials import Trials
    from pipeline.page.makeup.fitting import Fitting


class TailTrials:
    """Betters the end of a stretch.

    Args:
        pages: Those of the stretch, which go on from what is found better.
        trials: Lays runs out.
        ruler: The rhythm of the pages.
        may_lower: Whether photographs may be made lower.
    """

    def __init__(self, pages: StretchPages, trials: Trials, ruler: Ruler, *, may_lower: bool) -> None:
        self._pages = pages
        self._trials = trials
        self._ruler = ruler
        self._may_lower = may_lower

    def without_tail(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting:
        """Save the last page of the stretch where it is nearly empty, if lower photographs can."""
        last = measures.fills[self._pages.count - 1]
        if self._pages.count == 1 or last.lines > MOST_ON_TAIL:
            return fitting
        slack = sum(fill.free for fill in measures.fills[: self._pages.count - 1])
        for tried in shorter(self._pages.stretch, fitting, last.lines + 1, slack=slack):
            if self._trials.is_over or not self._may_lower:
                break
            start = self._pages.starts[tried.first_run]
            runs = self._pages.stretch[tried.first_run :]
            made = self._trials.tried(tried.fitting, runs, start.above)
            pages = start.page - 1 + max(extent.last_page for extent in made.runs.values())
            if pages < self._pages.count:
                self._pages.take(with_pages_from(measures, made, start.page - 1), pages, tried.first_run)
                return tried.fitting
        if self._pages.is_open:
            return fitting
        fuller = self._with_fuller_tail(fitting, measures)
        return self._with_fresh_section(fitting, measures) if fuller is None else fuller

    def relaxed(self, fitting: Fitting) -> Fitting:
        """Return decisions by which what was made lower is less so, where that leaves fewer holes."""
        before = self._pages.to_end(self._pages.measures)
        if not any(cost_of_holes(before, page, self._ruler) for page in range(1, self._pages.count + 1)):
            return fitting
        least, best = cost_of_pages(before, self._ruler, is_open=self._pages.is_open), None
        for tried in relaxed(self._pages.stretch, fitting):
            if self._trials.is_over:
                break
            start = self._pages.starts[tried.first_run]
            made = self._trials.tried(tried.fitting, self._pages.stretch[tried.first_run :], start.above)
            whole = with_pages_from(before, made, start.page - 1)
            cost = cost_of_pages(whole, self._ruler, is_open=self._pages.is_open)
            if len(whole.fills) == self._pages.count and cost < least:
                best, least = (whole, tried), cost
        if best is None:
            return fitting
        self._pages.take(best[0], self._pages.count, best[1].first_run)
        return best[1].fitting

    def _with_fuller_tail(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting | None:
        """Return decisions by which the last page is filled with more of the text, if it is better for it."""
        before = self._pages.to_end(measures)
        least = cost_of_pages(before, self._ruler) + cost_of_changes(fitting) - WORTH
        best = None
        for tried in longer(self._pages.stretch, fitting):
            if self._trials.is_over:
                break
            start = self._pages.starts[tried.first_run]
            made = self._trials.tried(tried.fitting, self._pages.stretch[tried.first_run :], start.above)
            whole = with_pages_from(before, made, start.page - 1)
            cost = cost_of_pages(whole, self._ruler) + cost_of_changes(tried.fitting)
            if len(whole.fills) == self._pages.count and cost < least:
                best, least = (whole, tried), cost
        if best is None:
            return None
        self._pages.take(best[0], self._pages.count, best[1].first_run)
        return best[1].fitting

    def _with_fresh_section(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting:
        """Begin the last section on the last page, where that is better than a few of its lines there."""
        stretch, starts = self._pages.stretch, self._pages.starts
        sections = [at for at in range(1, len(stretch)) if stretch[at].begins_section]
        if not sections or starts[sections[-1]].page != self._pages.count - 1 or self._trials.is_over:
            return fitting
        first = sections[-1]
        fresh = fitting._replace(fresh=fitting.fresh | {stretch[first].section})
        made = self._trials.tried(fresh, stretch[first:], 0.0)
        lines = round(starts[first].above / self._ruler.leading)
        above = measures.fills[self._pages.count - 2]
        above = above._replace(lines=lines, free=above.lines + above.free - lines)
        fills = (*measures.fills[: self._pages.count - 2], above)
        tried = with_pages_from(measures._replace(fills=fills), made, self._pages.count - 1)
        before = self._pages.to_end(measures)
        if cost_of_pages(tried, self._ruler) >= cost_of_pages(before, self._ruler):
            return fitting
        starts[first] = Start(self._pages.count, 0.0)
        self._pages.take(tried, len(tried.fills), first)
        return fresh

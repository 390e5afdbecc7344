"""Local trials: where a page is badly filled, the runs about it are laid out alone, with other decisions.

Stretches are gone through from page to page. Where nothing was changed before, the pages of the whole layout
are taken; after a change, the runs that follow are laid out alone from where they now begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.fitting.judging import GOOD, cost_of_changes, page_cost, pages_from
from pipeline.page.fitting.options import options_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.fitting.stretches import RunPlan
    from pipeline.page.makeup.fitting import Fitting

    Try = Callable[[Fitting, tuple[str, ...], float], LayoutMeasures]
    """Lays runs out alone, by name, below so many pixels that are taken of their first page."""

MOST_TRIALS: Final = 40
"""Trials of one issue, at most."""

_MOST_OPTIONS: Final = 9
"""Of one page."""

_WORTH: Final = 0.5
"""By how much a decision must better the pages to be taken."""

_FAR: Final = 2.2
"""Pages that runs laid out together must reach."""


class _Window(NamedTuple):
    """Runs that are laid out together.

    Args:
        runs: In order.
        above: How much of the first page is taken, in pixels.
        is_end: Whether they end the stretch.
    """

    runs: tuple[RunPlan, ...]
    above: float
    is_end: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its runs."""
        return tuple(run.name for run in self.runs)

    def judged(self, measures: LayoutMeasures) -> range:
        """Return the numbers of the pages that can be judged: those that all their runs are known of."""
        last = max(extent.last_page for extent in measures.runs.values())
        return range(1, last + 1 if self.is_end else last)


class Search:
    """Finds decisions that fill the pages of an issue.

    Args:
        whole: The issue as laid out before anything is decided.
        ruler: The rhythm of its pages.
        lay_out: Lays runs out alone.
    """

    def __init__(self, whole: LayoutMeasures, ruler: Ruler, lay_out: Try) -> None:
        self._whole = whole
        self._ruler = ruler
        self._lay_out = lay_out
        self.trials = 0

    def fitted(self, stretches: Sequence[Sequence[RunPlan]], fitting: Fitting) -> Fitting:
        """Return the decisions that fill the pages of some stretches best, as far as was tried.

        Args:
            stretches: All of an issue.
            fitting: What was decided before.
        """
        for stretch in stretches:
            extents = [self._whole.runs[run.name] for run in stretch]
            pages = range(extents[0].page, extents[-1].last_page + 1)
            if any(page_cost(self._whole, page, self._ruler) > GOOD for page in pages):
                fitting = self._fitted_stretch(stretch, fitting)
        return fitting

    def _fitted_stretch(self, stretch: Sequence[RunPlan], fitting: Fitting) -> Fitting:
        at, above, judged, is_changed = 0, 0.0, 0, False
        while at < len(stretch):
            window = self._window(stretch, at, above)
            if is_changed:
                measures = self._tried(fitting, window)
            else:
                extents = [self._whole.runs[name] for name in window.names]
                measures = pages_from(
                    self._only(window), extents[0].page, max(extent.last_page for extent in extents)
                )
            page = judged
            while (page := self._next_bad(measures, window, after=page)) and self.trials < MOST_TRIALS:
                better = self._better(fitting, window, measures, page)
                if better is not None:
                    fitting, measures = better
                    is_changed = True
            at, above, judged = self._after(stretch, at, window, measures)
        return fitting

    def _only(self, window: _Window) -> LayoutMeasures:
        """Return the measures of the whole issue with the runs of a window alone."""
        runs = {name: self._whole.runs[name] for name in window.names}
        return self._whole._replace(runs=runs)

    def _next_bad(self, measures: LayoutMeasures, window: _Window, *, after: int) -> int:
        """Return the number of the next page that is badly filled, or 0."""
        pages = (page for page in window.judged(measures) if page > after)
        return next((page for page in pages if page_cost(measures, page, self._ruler) > GOOD), 0)

    def _better(
        self, fitting: Fitting, window: _Window, measures: LayoutMeasures, page: int
    ) -> tuple[Fitting, LayoutMeasures] | None:
        """Return better decisions for a page, with the pages that come of them, or None."""
        best, least = None, self._cost(measures, window, fitting) - _WORTH
        is_last = window.is_end and page == window.judged(measures)[-1]
        options = options_for(page, window.runs, measures, fitting, is_last=is_last)
        for number, option in enumerate(options):
            if number == _MOST_OPTIONS or self.trials >= MOST_TRIALS:
                break
            tried = self._tried(option, window)
            cost = self._cost(tried, window, option)
            if cost < least:
                best, least = (option, tried), cost
            if self._is_good(tried, window, page):
                break
        return best

    def _is_good(self, measures: LayoutMeasures, window: _Window, page: int) -> bool:
        """Return whether a page and those before it are well filled."""
        pages = (each for each in window.judged(measures) if each <= page)
        return all(page_cost(measures, each, self._ruler) <= GOOD for each in pages)

    def _cost(self, measures: LayoutMeasures, window: _Window, fitting: Fitting) -> float:
        pages = window.judged(measures)
        return sum(page_cost(measures, page, self._ruler) for page in pages) + cost_of_changes(fitting)

    def _tried(self, fitting: Fitting, window: _Window) -> LayoutMeasures:
        self.trials += 1
        return self._lay_out(fitting, window.names, window.above)

    def _window(self, stretch: Sequence[RunPlan], at: int, above: float) -> _Window:
        """Return the runs from one on that reach over the next page, as long as they are now."""
        reached, end = above / self._ruler.height, at
        while end < len(stretch) and (reached < _FAR or end == at):
            reached += self._length(stretch[end])
            end += 1
        # The next begins the foot of the last page, or does not: it decides whether that is full.
        return _Window(tuple(stretch[at:end]), above, is_end=end == len(stretch))

    def _length(self, run: RunPlan) -> float:
        """Return the length of a run in pages."""
        extent = self._whole.runs[run.name]
        return extent.last_page - extent.page + (extent.bottom - extent.top) / self._ruler.height

    def _after(
        self, stretch: Sequence[RunPlan], at: int, window: _Window, measures: LayoutMeasures
    ) -> tuple[int, float, int]:
        """Return where the next window begins: its first run, what is taken above it, and its pages judged."""
        end = at + len(window.runs)
        if window.is_end:
            return end, 0.0, 0
        last = max(extent.last_page for extent in measures.runs.values())
        following = next(
            (each for each in range(at + 1, end) if measures.runs[stretch[each].name].last_page == last), end
        )
        above = self._above(stretch, following, measures)
        if following == end:
            return end, above, 0
        return following, above, last - measures.runs[stretch[following].name].page

    def _above(self, stretch: Sequence[RunPlan], at: int, measures: LayoutMeasures) -> float:
        """Return how much of a page is taken above a run, in pixels."""
        before = measures.runs[stretch[at - 1].name]
        extent = measures.runs.get(stretch[at].name)
        if extent is None:
            return max(0.0, before.bottom - self._ruler.top)
        if extent.page > before.last_page:
            return 0.0
        edge = before.bottom if stretch[at].begins_section else extent.top
        return max(0.0, edge - self._ruler.top)

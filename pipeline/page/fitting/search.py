"""Local trials: where a page is badly filled, the runs about it are laid out alone, with other decisions.

Stretches are gone through from page to page. Where nothing was changed before, the pages of the whole layout
are taken; after a change, the runs that follow are laid out alone from where they now begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.fitting.judging import GOOD, cost_of_changes, cost_of_holes, page_cost, pages_from
from pipeline.page.fitting.options import options_for
from pipeline.page.fitting.tails import MOST_ON_TAIL, longer, relaxed, shorter, with_pages_from
from pipeline.page.fitting.windows import Start, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.fitting.stretches import RunPlan
    from pipeline.page.makeup.fitting import Fitting

    Try = Callable[[Fitting, tuple[str, ...], float], LayoutMeasures]
    """Lays runs out alone, by name, below so many pixels that are taken of their first page."""

MOST_TRIALS: Final = 46
"""Trials of one issue, at most."""

_KEPT_FOR_TAILS: Final = 7
"""Trials that are kept for nearly empty last pages: a page that is saved is worth most."""

_MOST_OPTIONS: Final = 7
"""Of one page."""

_MOST_OF_A_PAGE: Final = 3
"""Decisions that better the pages of a window, one after the other, before the next page is turned to."""

_WORTH: Final = 0.5
"""By how much a decision must better the pages to be taken."""

_FAR: Final = 2.2
"""Pages that runs laid out together must reach."""


class Found(NamedTuple):
    """What local trials lead to.

    Args:
        fitting: The decisions.
        pages: How many pages each stretch will have.
    """

    fitting: Fitting
    pages: list[int]


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
        self._made: dict[tuple[str, tuple[str, ...], float], LayoutMeasures] = {}
        self.trials = 0

    def found(
        self, stretches: Sequence[Sequence[RunPlan]], fitting: Fitting, *, is_closed: bool = False
    ) -> Found:
        """Return the decisions that fill the pages of some stretches best, as far as was tried.

        Args:
            stretches: All of an issue.
            fitting: What was decided before.
            is_closed: Whether what ends the issue goes on where the last one ends.
        """
        pages = []
        for number, stretch in enumerate(stretches, 1):
            extents = [self._whole.runs[run.name] for run in stretch]
            first, last = extents[0].page, extents[-1].last_page
            count = last - first + 1
            if any(page_cost(self._whole, page, self._ruler) > GOOD for page in range(first, last + 1)):
                runs = {run.name: self._whole.runs[run.name] for run in stretch}
                base = pages_from(self._whole._replace(runs=runs), first, last)
                is_open = is_closed and number == len(stretches)
                fitting, count = self._best_walk(stretch, base, fitting, is_open=is_open)
            pages.append(count)
        return Found(fitting, pages)

    def _best_walk(
        self, stretch: Sequence[RunPlan], base: LayoutMeasures, before: Fitting, *, is_open: bool
    ) -> tuple[Fitting, int]:
        """Return the best decisions for a stretch, and its pages; what saves a page comes first."""
        count = len(base.fills)
        ways = [(_cost_of(base, self._ruler, is_open=is_open) + cost_of_changes(before), before, count)]
        for may_lower in (True, False):
            walk = _Walk(stretch, base, self, self._ruler, may_lower=may_lower, is_open=is_open)
            fitting = walk.fitted(before)
            cost = _cost_of(walk.measures, self._ruler, is_open=is_open) + cost_of_changes(fitting)
            ways.append((cost, fitting, walk.pages))
            if walk.pages < count or ways[-1][0] <= GOOD:
                break
        _, fitting, pages = min(ways, key=lambda way: (way[2], way[0]))
        return fitting, pages

    @property
    def is_over(self) -> bool:
        """Whether enough was tried."""
        return self.trials >= MOST_TRIALS

    @property
    def is_over_for_pages(self) -> bool:
        """Whether enough was tried to better single pages."""
        return self.trials >= MOST_TRIALS - _KEPT_FOR_TAILS

    def tried(self, fitting: Fitting, runs: Sequence[RunPlan], above: float) -> LayoutMeasures:
        """Lay some runs out alone; what was laid out before is remembered."""
        key = (repr(fitting), tuple(run.name for run in runs), above)
        if key not in self._made:
            self.trials += 1
            self._made[key] = self._lay_out(fitting, key[1], above)
        return self._made[key]


class _Walk:
    """Goes through a stretch from page to page.

    Args:
        stretch: Its runs.
        base: Its pages, before anything is decided.
        search: Lays runs out.
        ruler: The rhythm of the pages.
        may_lower: Whether photographs may be made lower.
        is_open: Whether something else goes on where the stretch ends.
    """

    def __init__(
        self,
        stretch: Sequence[RunPlan],
        base: LayoutMeasures,
        search: Search,
        ruler: Ruler,
        *,
        may_lower: bool,
        is_open: bool,
    ) -> None:
        self._may_lower = may_lower
        self._is_open = is_open
        self._stretch = stretch
        self.measures = base
        """Its pages, as far as they are known."""
        self._search = search
        self._ruler = ruler
        self._starts = [Start(1, 0.0)]
        for at in range(1, len(stretch)):
            self._starts.append(Start(base.runs[stretch[at].name].page, self._above(at, base)))
        self.pages = base.runs[stretch[-1].name].last_page

    def fitted(self, fitting: Fitting) -> Fitting:
        """Return decisions that fill the pages of the stretch."""
        fitting = self._without_tail(fitting, self.measures)
        at, judged, is_changed = 0, 0, False
        measures = self.measures
        while at < len(self._stretch):
            window = self._window(at)
            if is_changed:
                measures = self._search.tried(fitting, window.runs, window.above)
            else:
                shift = self._starts[at].page
                measures = pages_from(self.measures, shift, shift - 1 + len(self.measures.fills))
            page, bettered = judged, 0
            while (
                page := self._next_bad(measures, window, after=page)
            ) and not self._search.is_over_for_pages:
                better = self._better(fitting, window, measures, page)
                if better is not None:
                    fitting, measures = better
                    is_changed = True
                    bettered += 1
                    # One decision may leave a page badly filled that a second one mends.
                    page -= bettered < _MOST_OF_A_PAGE
            if is_changed:
                shift = self._starts[at].page - 1
                self.measures = with_pages_from(self.measures, measures, shift)
            self._note_starts(at, window, measures)
            if window.is_end:
                break
            at, judged = self._after(at, window, measures)
        shift = self._starts[at].page - 1
        self.pages = shift + window.last_page(measures)
        self.measures = self.measures._replace(fills=self.measures.fills[: self.pages])
        if is_changed:
            fitting = self._relaxed(self._without_tail(fitting, self.measures))
        return fitting

    def _without_tail(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting:
        """Save the last page of the stretch where it is nearly empty, if lower photographs can."""
        last = measures.fills[self.pages - 1]
        if self.pages == 1 or last.lines > MOST_ON_TAIL:
            return fitting
        slack = sum(fill.free for fill in measures.fills[: self.pages - 1])
        for tried in shorter(self._stretch, fitting, last.lines + 1, slack=slack):
            if self._search.is_over or not self._may_lower:
                break
            start = self._starts[tried.first_run]
            runs = self._stretch[tried.first_run :]
            made = self._search.tried(tried.fitting, runs, start.above)
            pages = start.page - 1 + max(extent.last_page for extent in made.runs.values())
            if pages < self.pages:
                self._take(with_pages_from(measures, made, start.page - 1), pages, tried.first_run)
                return tried.fitting
        if self._is_open:
            return fitting
        fuller = self._with_fuller_tail(fitting, measures)
        return self._with_fresh_section(fitting, measures) if fuller is None else fuller

    def _relaxed(self, fitting: Fitting) -> Fitting:
        """Return decisions by which what was made lower is less so, where that leaves fewer holes."""
        before = self.measures._replace(fills=self.measures.fills[: self.pages])
        if not any(cost_of_holes(before, page, self._ruler) for page in range(1, self.pages + 1)):
            return fitting
        least, best = _cost_of(before, self._ruler, is_open=self._is_open), None
        for tried in relaxed(self._stretch, fitting):
            if self._search.is_over:
                break
            start = self._starts[tried.first_run]
            made = self._search.tried(tried.fitting, self._stretch[tried.first_run :], start.above)
            whole = with_pages_from(before, made, start.page - 1)
            cost = _cost_of(whole, self._ruler, is_open=self._is_open)
            if len(whole.fills) == self.pages and cost < least:
                best, least = (whole, tried), cost
        if best is None:
            return fitting
        self._take(best[0], self.pages, best[1].first_run)
        return best[1].fitting

    def _take(self, measures: LayoutMeasures, pages: int, first_run: int) -> None:
        """Go on from pages that were laid out anew from a run on."""
        self.pages, self.measures = pages, measures
        for at in range(first_run + 1, len(self._stretch)):
            extent = measures.runs[self._stretch[at].name]
            self._starts[at] = Start(extent.page, self._above(at, measures))

    def _with_fuller_tail(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting | None:
        """Return decisions by which the last page is filled with more of the text, if it is better for it."""
        before = measures._replace(fills=measures.fills[: self.pages])
        least = _cost_of(before, self._ruler) + cost_of_changes(fitting) - _WORTH
        best = None
        for tried in longer(self._stretch, fitting):
            if self._search.is_over:
                break
            start = self._starts[tried.first_run]
            made = self._search.tried(tried.fitting, self._stretch[tried.first_run :], start.above)
            whole = with_pages_from(before, made, start.page - 1)
            cost = _cost_of(whole, self._ruler) + cost_of_changes(tried.fitting)
            if len(whole.fills) == self.pages and cost < least:
                best, least = (whole, tried), cost
        if best is None:
            return None
        self._take(best[0], self.pages, best[1].first_run)
        return best[1].fitting

    def _with_fresh_section(self, fitting: Fitting, measures: LayoutMeasures) -> Fitting:
        """Begin the last section on the last page, where that is better than a few of its lines there."""
        ahead = range(1, len(self._stretch))
        sections = [at for at in ahead if self._stretch[at].begins_section]
        if not sections or self._starts[sections[-1]].page != self.pages - 1 or self._search.is_over:
            return fitting
        first = sections[-1]
        fresh = fitting._replace(fresh=fitting.fresh | {self._stretch[first].section})
        made = self._search.tried(fresh, self._stretch[first:], 0.0)
        lines = round(self._starts[first].above / self._ruler.leading)
        above = measures.fills[self.pages - 2]
        above = above._replace(lines=lines, free=above.lines + above.free - lines)
        fills = (*measures.fills[: self.pages - 2], above)
        tried = with_pages_from(measures._replace(fills=fills), made, self.pages - 1)
        before = measures._replace(fills=measures.fills[: self.pages])
        if _cost_of(tried, self._ruler) >= _cost_of(before, self._ruler):
            return fitting
        self._starts[first] = Start(self.pages, 0.0)
        self._take(tried, len(tried.fills), first)
        return fresh

    def _next_bad(self, measures: LayoutMeasures, window: Window, *, after: int) -> int:
        """Return the number of the next page that is badly filled, or 0."""
        pages = (page for page in window.judged(measures) if page > after)
        return next((page for page in pages if page_cost(measures, page, self._ruler) > GOOD), 0)

    def _better(
        self, fitting: Fitting, window: Window, measures: LayoutMeasures, page: int
    ) -> tuple[Fitting, LayoutMeasures] | None:
        """Return better decisions for a page, with the pages that come of them, or None."""
        present = self._search.tried(fitting, window.runs, window.above)
        best, least = None, self._cost(present, window, fitting) - _WORTH
        is_last = window.is_end and not window.is_open and page == window.judged(measures)[-1]
        options = options_for(
            page, window.runs, measures, fitting, is_last=is_last, may_lower=self._may_lower
        )
        for number, option in enumerate(options):
            if number == _MOST_OPTIONS or self._search.is_over_for_pages:
                break
            tried = self._search.tried(option, window.runs, window.above)
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

    def _window(self, at: int) -> Window:
        """Return the runs from one on that reach over the next page, as long as they are now."""
        above = self._starts[at].above
        reached, end = above / self._ruler.height, at
        ends = [self.measures.runs[run.name].last_page for run in self._stretch[at:]]
        # The page that the first ends on is judged in this window, with all that stands on it.
        while end < len(self._stretch) and (reached < _FAR or ends[max(end - at - 1, 0)] <= ends[0]):
            reached += self._length(self._stretch[end])
            end += 1
        return Window(
            tuple(self._stretch[at:end]), above, is_end=end == len(self._stretch), is_open=self._is_open
        )

    def _length(self, run: RunPlan) -> float:
        """Return the length of a run in pages."""
        extent = self.measures.runs[run.name]
        return extent.last_page - extent.page + (extent.bottom - extent.top) / self._ruler.height

    def _note_starts(self, at: int, window: Window, measures: LayoutMeasures) -> None:
        """Note where the runs of a window begin now, and the one after them."""
        shift = self._starts[at].page - 1
        for each in range(at + 1, at + len(window.runs)):
            extent = measures.runs[self._stretch[each].name]
            self._starts[each] = Start(shift + extent.page, self._above(each, measures))
        end = at + len(window.runs)
        if end < len(self._stretch):
            extent = measures.runs[self._stretch[end - 1].name]
            self._starts[end] = Start(shift + extent.last_page, max(0.0, extent.bottom - self._ruler.top))

    def _after(self, at: int, window: Window, measures: LayoutMeasures) -> tuple[int, int]:
        """Return the run that the next window begins with, and how many of its pages are judged already."""
        end = at + len(window.runs)
        last = window.last_page(measures)
        ahead = range(at + 1, end)
        following = next(
            (each for each in ahead if measures.runs[self._stretch[each].name].last_page == last), end
        )
        if following == end:
            return end, 0
        return following, last - measures.runs[self._stretch[following].name].page

    def _above(self, at: int, measures: LayoutMeasures) -> float:
        """Return how much of its page is taken above a run, in pixels."""
        before = measures.runs[self._stretch[at - 1].name]
        extent = measures.runs[self._stretch[at].name]
        if extent.page > before.last_page:
            return 0.0
        edge = before.bottom if self._stretch[at].begins_section else extent.top
        return max(0.0, edge - self._ruler.top)


def _cost_of(measures: LayoutMeasures, ruler: Ruler, *, is_open: bool = False) -> float:
    """Return what is wrong with all pages of a stretch; the last is not asked where it is open."""
    return sum(page_cost(measures, page, ruler) for page in range(1, len(measures.fills) + (not is_open)))

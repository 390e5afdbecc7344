"""Local trials: where a page is badly filled, the runs about it are laid out alone, with other decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.page.fitting.judging import GOOD, cost_of_changes, cost_of_pages, page_cost
from pipeline.page.fitting.measures_of_parts import pages_from
from pipeline.page.fitting.stretch_pages import StretchPages
from pipeline.page.fitting.stretch_walk import StretchWalk
from pipeline.page.fitting.trials import Trials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.fitting.stretches import RunPlan
    from pipeline.page.fitting.trials import Try
    from pipeline.page.makeup.fitting import Fitting


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
        self._trials = Trials(lay_out)

    @property
    def trials(self) -> int:
        """How many trials were made."""
        return self._trials.made

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
        ways = [(cost_of_pages(base, self._ruler, is_open=is_open) + cost_of_changes(before), before, count)]
        for may_lower in (True, False):
            pages = StretchPages(stretch, base, self._ruler, is_open=is_open)
            fitting = StretchWalk(pages, self._trials, self._ruler, may_lower=may_lower).fitted(before)
            cost = cost_of_pages(pages.measures, self._ruler, is_open=is_open) + cost_of_changes(fitting)
            ways.append((cost, fitting, pages.count))
            if pages.count < count or ways[-1][0] <= GOOD:
                break
        _, fitting, count = min(ways, key=lambda way: (way[2], way[0]))
        return fitting, count

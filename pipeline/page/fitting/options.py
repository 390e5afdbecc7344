"""What a maker-up tries where a page is badly filled, the least change first."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from pipeline.page.fitting.judging import MOST_EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.stretches import Adjustable, RunPlan
    from pipeline.page.makeup.fitting import Fitting

_LOWER: Final = (2, 6, 12)
"""Lines by which photographs are made lower, in turn."""

_MOST_ORDERS: Final = 6
"""Orders of short pieces that are tried, at most."""


def options_for(
    page: int,
    runs: Sequence[RunPlan],
    measures: LayoutMeasures,
    fitting: Fitting,
    *,
    is_last: bool,
    may_lower: bool,
) -> Iterator[Fitting]:
    """Yield decisions that might mend a page.

    Args:
        page: Its number.
        runs: The runs that stand on it, and before and after.
        measures: Where they stand.
        fitting: What is decided already.
        is_last: Whether nothing follows that could fill it.
        may_lower: Whether photographs may be made lower.
    """
    adjustable = [each for run in runs for each in run.adjustable]
    here = [each for each in adjustable if measures.pictures.get(each.name) == page]
    before = [each for each in adjustable if measures.pictures.get(each.name, page) < page]
    after = [each for each in adjustable if measures.pictures.get(each.name) == page + 1][:1]
    free = measures.fills[page - 1].free
    if may_lower and not is_last:
        yield from _lowered([*here, *after], fitting)
    yield from _moved([*after, *here], runs, fitting)
    if free > MOST_EMPTY:
        yield from _raised(here, free, fitting)
        yield from _raised([*here, *before], free, fitting)
    for each in (*here, *after):
        if each.may_go_across and each.place not in fitting.across:
            yield fitting._replace(across=fitting.across | {each.place})
    if may_lower and is_last:
        yield from _lowered([*before, *here], fitting)
    yield from _reordered(page, runs, measures, fitting)


def _lowered(pictures: Sequence[Adjustable], fitting: Fitting) -> Iterator[Fitting]:
    """Yield decisions with lower photographs; each step that changes something."""
    before = fitting
    for lines in _LOWER:
        lowered = fitting
        for each in pictures:
            now = fitting.heights.get(each.place, 0)
            wanted = max(-each.play.lower, now - lines)
            if each.play.lower and wanted != now:
                lowered = lowered.with_height(each.place, wanted)
        if lowered not in (before, fitting):
            yield lowered
        before = lowered


def _raised(pictures: Sequence[Adjustable], free: int, fitting: Fitting) -> Iterator[Fitting]:
    """Yield decisions with higher photographs, so that these fill a page with so many free lines."""
    raised, left = fitting, float(free)
    for each in sorted(pictures, key=lambda each: each.columns):
        now = fitting.heights.get(each.place, 0)
        room = each.play.higher - now
        lines = min(room, int(left * each.columns))
        if lines > 0:
            raised = raised.with_height(each.place, now + lines)
            left -= lines / each.columns
    if raised != fitting:
        yield raised


def _moved(figures: Sequence[Adjustable], runs: Sequence[RunPlan], fitting: Fitting) -> Iterator[Fitting]:
    quotes = [each for run in runs for each in run.adjustable if each.moves and not any(each.play)]
    for each, blocks in itertools.product(dict.fromkeys((*figures, *quotes)), (1, 2)):
        if blocks <= each.moves and fitting.later.get(each.place, 0) != blocks:
            yield fitting.with_move(each.place, blocks)


def _reordered(
    page: int, runs: Sequence[RunPlan], measures: LayoutMeasures, fitting: Fitting
) -> Iterator[Fitting]:
    """Yield other orders of short pieces that stand on a page, or begin on the next, where they are free."""
    for run in runs:
        extent = measures.runs.get(run.name)
        if len(run.free) < 2 or extent is None or not extent.page - 1 <= page <= extent.last_page:  # noqa: PLR2004
            continue
        orders = itertools.permutations(run.free)
        for names in itertools.islice(orders, 1, 1 + _MOST_ORDERS):
            others = tuple(group for group in fitting.order if set(group) != set(names))
            yield fitting._replace(order=(*others, names))

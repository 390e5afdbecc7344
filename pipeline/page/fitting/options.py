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
_MUCH_LOWER: Final = (6,)
"""Lines by which photographs are made lower, in turn; those of the pages before likewise."""

_LONGER_BESIDE: Final = 4 * 14 * 4 / 3
"""CSS pixels by which a margin is longer than its text, or columns end apart, where pictures go up."""

_LIFTS: Final = (2, 1, 4, 3)
"""Paragraphs before which a picture is set, in turn."""

_LIFTED_LOWER: Final = 2
"""Lines by which a picture that goes up is lower, where it would else not fit above: and the most paragraphs
before which it is set then."""

_SET_IN: Final = (0, -4)
"""Lines by which a picture that is set to the text is lower, in turn."""

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
    if measures.apart_on(page) > _LONGER_BESIDE:
        yield from _lifted(here, fitting, may_lower=may_lower)
    if free > MOST_EMPTY:
        yield from _set_in(after, fitting)
    if may_lower and not is_last:
        yield from _lowered([*here, *after], fitting)
        if free > MOST_EMPTY and before:
            yield from _lowered([*before, *here, *after], fitting, _MUCH_LOWER)
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


def _lifted(pictures: Sequence[Adjustable], fitting: Fitting, *, may_lower: bool) -> Iterator[Fitting]:
    """Yield decisions with a picture of a page further up in its article, with those directly behind it."""
    for at, blocks in itertools.product(range(len(pictures)), _LIFTS):
        lifted = _with_lift(pictures, at, blocks, fitting)
        if lifted is not None:
            yield lifted
    for at, blocks in itertools.product(range(len(pictures)), _LIFTS[:_LIFTED_LOWER] if may_lower else ()):
        lifted, picture = _with_lift(pictures, at, blocks, fitting), pictures[at]
        if lifted is not None and fitting.heights.get(picture.place, 0) >= _LIFTED_LOWER - picture.play.lower:
            yield lifted.with_height(picture.place, fitting.heights.get(picture.place, 0) - _LIFTED_LOWER)


def _with_lift(pictures: Sequence[Adjustable], at: int, blocks: int, fitting: Fitting) -> Fitting | None:
    """Return decisions with a picture before so many more paragraphs; None where it may not go there."""
    picture = pictures[at]
    if blocks > picture.lifts or fitting.later.get(picture.place, 0) <= -blocks:
        return None
    lifted = fitting.with_move(picture.place, -blocks)
    for each in itertools.takewhile(lambda other: other.follows, pictures[at + 1 :]):
        lifted = lifted.with_move(each.place, -blocks)
    return lifted


def _set_in(pictures: Sequence[Adjustable], fitting: Fitting) -> Iterator[Fitting]:
    """Yield decisions with the picture that opens the next page set to the text, so that it fits here."""
    for each, lines in itertools.product(pictures, _SET_IN):
        if each.inner and each.inner not in fitting.off_spine:
            inner = fitting._replace(off_spine=fitting.off_spine | {each.inner})
            yield inner.with_height(each.place, lines) if lines else inner


def _lowered(
    pictures: Sequence[Adjustable], fitting: Fitting, steps: Sequence[int] = _LOWER
) -> Iterator[Fitting]:
    """Yield decisions with lower photographs; each step that changes something."""
    before = fitting
    for lines in steps:
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

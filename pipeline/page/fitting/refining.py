"""What follows from where the pages of a whole issue fall: sides, fillers, the number of pages."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.publication import PageCount
from pipeline.page.fitting.judging import MOST_EMPTY
from pipeline.page.makeup.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.makeup.fitting import Fitting
    from pipeline.page.makeup.issue_makeup import IssueMakeUp, MadeUpRun

SHEET: Final = 4
"""Pages on a sheet that is folded once."""

_AIR: Final = 2.0
"""Lines between a filler and what stands above it."""


class House(NamedTuple):
    """What a house asks of the number of pages, and what it has to fill them.

    Args:
        pages: How many there may be.
        fillers: The height of each filler in pixels, by name, in the order of the files.
    """

    pages: PageCount
    fillers: Mapping[str, float]


def refined(
    fitting: Fitting, makeup: IssueMakeUp, measures: LayoutMeasures, house: House, ruler: Ruler
) -> Fitting:
    """Return decisions with what follows from where the pages fall; the same where nothing does.

    Args:
        fitting: What was decided.
        makeup: The issue made up by it.
        measures: The whole issue laid out by it.
        house: What the house asks for.
        ruler: The rhythm of the pages.
    """
    pages = {name: extent.page for name, extent in measures.runs.items()}
    turned = _held(sided(fitting, makeup, pages), makeup, measures)
    if turned != fitting:
        return turned
    fitted = _without_unfit(fitting, makeup, measures)
    if fitted != fitting:
        return fitted
    # A filler takes room that is free, and moves nothing.
    return _counted(_filled(fitting, makeup, measures, house, ruler), measures, house)


def sided(fitting: Fitting, makeup: IssueMakeUp, pages: Mapping[str, int]) -> Fitting:
    """Keep pictures off the spine of left pages, and spreads off two pages that do not face each other.

    Args:
        fitting: What was decided.
        makeup: The issue made up by it.
        pages: The page that each run begins on, by name.
    """
    off_spine, in_rows = set(fitting.off_spine), set(fitting.in_rows)
    for section in makeup.sections:
        for run in section.runs:
            made, page = run.articles[0], pages[run.name]
            if run.gallery is not None and run.gallery.is_spread and page % 2:
                in_rows.add(made.article.name)
            if made.opening is not None and made.slots[made.opening.place].name == "outer" and not page % 2:
                off_spine.add(made.article.name)
    return fitting._replace(off_spine=frozenset(off_spine), in_rows=frozenset(in_rows))


def _held(fitting: Fitting, makeup: IssueMakeUp, measures: LayoutMeasures) -> Fitting:
    """Keep galleries off spreads whose field does not hold all of their head, which would fill a page."""
    runs = [run for section in makeup.sections for run in section.runs]
    in_rows = set(fitting.in_rows)
    for before, run in zip([None, *runs], runs, strict=False):
        if run.gallery is None or not run.gallery.is_spread:
            continue
        extent = measures.runs[run.name]
        follows = before is None or extent.page - measures.runs[before.name].last_page <= 1
        if not follows or extent.last_page - extent.page > 1:
            in_rows.add(run.articles[0].article.name)
    return fitting._replace(in_rows=frozenset(in_rows))


def _filled(
    fitting: Fitting, makeup: IssueMakeUp, measures: LayoutMeasures, house: House, ruler: Ruler
) -> Fitting:
    """Put the highest filler that fits at the foot of each page that has room for one."""
    used = {name for _, name in fitting.fillers} | fitting.unfit
    left = {name: height for name, height in house.fillers.items() if name not in used}
    fillers = list(fitting.fillers)
    for page, run in _last_of_pages(makeup, measures):
        foot = ruler.top + ruler.height - measures.runs[run.name].bottom
        room = foot - _AIR * ruler.leading
        fitting_in = [name for name, height in left.items() if height <= room]
        if measures.fills[page - 1].free > MOST_EMPTY and fitting_in and run.form is not Form.FILLER:
            name = max(fitting_in, key=lambda each: left[each])
            del left[name]
            fillers.append((run.articles[-1].article.name, name))
    return fitting._replace(fillers=tuple(fillers))


def _without_unfit(fitting: Fitting, makeup: IssueMakeUp, measures: LayoutMeasures) -> Fitting:
    """Take fillers away that stand on another page than what they were put under."""
    runs = [run for section in makeup.sections for run in section.runs]
    unfit = {
        run.articles[0].article.name
        for before, run in itertools.pairwise(runs)
        if run.form is Form.FILLER
        and measures.runs[run.name].last_page > measures.runs[before.name].last_page
    }
    if not unfit:
        return fitting
    fillers = tuple((after, name) for after, name in fitting.fillers if name not in unfit)
    return fitting._replace(fillers=fillers, unfit=fitting.unfit | unfit)


def _last_of_pages(makeup: IssueMakeUp, measures: LayoutMeasures) -> Iterator[tuple[int, MadeUpRun]]:
    """Yield each page that a run ends on with nothing after it, and that run.

    The last page is not among them, nor the one that the comparison of projects begins on: what follows there
    is not in any run.
    """
    runs = [run for section in makeup.sections for run in section.runs]
    for run, following in itertools.pairwise(runs):
        is_spread = run.gallery is not None and run.gallery.is_spread
        ends, begins = measures.runs[run.name].last_page, measures.runs[following.name].page
        if begins > ends and not is_spread:
            yield ends, run


def _counted(fitting: Fitting, measures: LayoutMeasures, house: House) -> Fitting:
    """Bring the pages to whole sheets: the colophon becomes the back cover, notes stand before it."""
    count = len(measures.fills)
    if house.pages is not PageCount.MULTIPLE_OF_4 or not count % SHEET:
        return fitting
    if not fitting.back_cover:
        return fitting._replace(back_cover=True)
    return fitting._replace(notes=fitting.notes + -count % SHEET)

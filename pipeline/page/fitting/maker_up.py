"""Fits a whole issue: local trials first, then the whole again only where they changed something."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.publication import PageCount
from pipeline.page.composition.html import PART_TEMPLATE, Part, compose_part
from pipeline.page.composition.issue_values import sheets_of
from pipeline.page.engine.trial_press import trial_press
from pipeline.page.fitting.advice import Advice, advice
from pipeline.page.fitting.judging import GOOD, Ruler, cost_of_changes, page_cost
from pipeline.page.fitting.refining import House, refined, sided
from pipeline.page.fitting.search import Search
from pipeline.page.fitting.stretches import stretches_of
from pipeline.page.heading_levels import with_level_headings
from pipeline.page.makeup.fitting import UNFITTED, Fitting, rearranged
from pipeline.page.makeup.issue_makeup import issue_makeup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page.engine.fetching import Asset
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.engine.press import PrintedDocument
    from pipeline.page.fitting.stretches import RunPlan
    from pipeline.page.makeup.issue_makeup import IssueMakeUp
    from pipeline.page.marks import PrintedPicture
    from pipeline.page.style import Style

    Press = Callable[[Fitting, Callable[[LayoutMeasures], bool]], PrintedDocument]
    """Prints the whole issue by some decisions; draws it only where its second argument says so."""

_MOST_LAYOUTS: Final = 6
"""Of the whole issue, at most; each that follows from the one before settles sides, fillers or pages."""

_PIXELS_A_POINT: Final = 4 / 3

_PAGE: Final = 4.0
_ALONE: Final = 20.0
"""What a page more counts against lines left empty, and a last page that holds the colophon alone."""

_COLOPHON: Final = "colophon"
"""The name by which the template of a style knows it, as it does those of runs."""


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
        advice: What would help where pages still end early.
    """

    fitting: Fitting
    printed: PrintedDocument
    trials: int = 0
    advice: tuple[Advice, ...] = ()


def _ends_alone(measures: LayoutMeasures) -> bool:
    """Return whether the colophon stands on a last page of its own."""
    last = len(measures.fills)
    others = (extent for name, extent in measures.runs.items() if name != _COLOPHON)
    known = measures.runs.get(_COLOPHON)
    return known is not None and known.page == last and all(extent.last_page < last for extent in others)


def can_be_fitted(style: Style) -> bool:
    """Return whether the pages of a style can be fitted: it makes them up, and can set parts alone."""
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

    def is_final(self, measures: LayoutMeasures) -> bool:
        """Return whether pages are well filled as they are, before anything is decided.

        Templates of a house's own style may not name their runs: such pages stay as they are.
        """
        if not self._knows_runs(measures):
            return True
        return not self._is_wrong(measures) and self._refined(UNFITTED, measures) == UNFITTED

    def fitted(self, first: PrintedDocument, known: Fitting | None = None) -> Fitted:
        """Return the issue printed so that its pages are filled, as far as can be.

        Args:
            first: The issue as printed before anything was decided; it is drawn only where it is final.
            known: What was decided for an edition with the same pages, by which it is printed already.
        """
        if first.is_final:
            return self._with_advice(known or UNFITTED, first, 0)
        fitting, printed, trials = self._after_search(first)
        for _ in range(_MOST_LAYOUTS):
            following = self._refined(fitting, printed.measures)
            if following == fitting:
                break
            fitting = following
            printed = self._press(fitting, self._settles(fitting))
        if not printed.is_final:
            printed = self._press(fitting, lambda _: True)
        return self._with_advice(fitting, printed, trials)

    def _knows_runs(self, measures: LayoutMeasures) -> bool:
        names = {run.name for section in self._makeup(UNFITTED).sections for run in section.runs}
        return names <= measures.runs.keys()

    def _with_advice(self, fitting: Fitting, printed: PrintedDocument, trials: int) -> Fitted:
        if not self._knows_runs(printed.measures):
            return Fitted(fitting, printed, trials)
        help_for = tuple(advice(self._makeup(fitting), printed.measures))
        return Fitted(fitting, printed, trials, help_for)

    def _after_search(self, first: PrintedDocument) -> tuple[Fitting, PrintedDocument, int]:
        """Return what local trials lead to; what was printed first, where the whole is no better for it."""
        makeup = self._makeup(UNFITTED)
        stretches = stretches_of(makeup, self._shapes)
        with self._trials() as lay_out:
            search = Search(first.measures, self._ruler, lay_out)
            found = search.found(stretches, UNFITTED, is_closed=True)
        fitting = sided(found.fitting, makeup, _pages_ahead(first.measures, stretches, found.pages))
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
        lonely = _ALONE if _ends_alone(measures) and not fitting.back_cover else 0.0
        return wrong + lonely + _PAGE * len(measures.fills) + cost_of_changes(fitting)

    @contextlib.contextmanager
    def _trials(self) -> Iterator[Callable[[Fitting, tuple[str, ...], float], LayoutMeasures]]:
        """Yield what lays some runs out alone, by name, below so many pixels taken of their first page."""
        issue, edition, style, pictures, files = self._sources

        with trial_press(sheets_of(issue, edition, style), files, style.plan.page) as press:

            def lay_out(fitting: Fitting, runs: tuple[str, ...], above: float) -> LayoutMeasures:
                part = Part(runs, round(above, 2))
                html = compose_part(issue, edition, style, pictures, fitting, part)
                return press.measures(html)

            yield lay_out

    @functools.cached_property
    def _house(self) -> House:
        issue = self._sources.issue
        pages = issue.publication.pages or PageCount.ANY
        return House(pages, self._heights_of_fillers() if issue.fillers else {})

    def _heights_of_fillers(self) -> dict[str, float]:
        """Return the height of each filler in pixels; one that is no part of a page has none."""
        last = self._sources.issue.articles[-1].name
        heights = {}
        with self._trials() as lay_out:
            for filler in self._sources.issue.fillers:
                fitting = UNFITTED._replace(fillers=((last, filler.name),))
                run = self._makeup(fitting).sections[-1].runs[-1]
                extent = lay_out(fitting, (run.name,), 0.0).runs[run.name]
                if extent.page == extent.last_page:
                    heights[filler.name] = extent.bottom - extent.top
        return heights


def _pages_ahead(
    whole: LayoutMeasures, stretches: Sequence[Sequence[RunPlan]], counts: Sequence[int]
) -> dict[str, int]:
    """Return the page that each run will begin on, as far as is known before the whole is laid out again."""
    pages: dict[str, int] = {}
    shift = 0
    for stretch, count in zip(stretches, counts, strict=True):
        extents = [whole.runs[run.name] for run in stretch]
        pages |= {run.name: extent.page + shift for run, extent in zip(stretch, extents, strict=True)}
        shift += count - (extents[-1].last_page - extents[0].page + 1)
    return pages

"""Windows: runs of a stretch that are laid out together, and where runs begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.stretches import RunPlan


class Start(NamedTuple):
    """Where a run begins: the page of its stretch, from 1, and how much of that is taken, in pixels."""

    page: int
    above: float


class Window(NamedTuple):
    """Runs that are laid out together.

    Args:
        runs: In order.
        above: How much of the first page is taken, in pixels.
        is_end: Whether they end the stretch.
        is_open: Whether something else goes on where the stretch ends, so that its last page is not judged.
    """

    runs: tuple[RunPlan, ...]
    above: float
    is_end: bool
    is_open: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its runs."""
        return tuple(run.name for run in self.runs)

    def last_page(self, measures: LayoutMeasures) -> int:
        """Return the number of the page that its runs end on."""
        return max(measures.runs[run.name].last_page for run in self.runs)

    def judged(self, measures: LayoutMeasures) -> range:
        """Return the numbers of the pages that can be judged: those that all their runs are known of."""
        return range(1, self.last_page(measures) + (1 if self.is_end and not self.is_open else 0))

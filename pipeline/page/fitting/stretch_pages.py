"""The pages of a stretch as far as they are known, and where its runs begin on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.page.fitting.windows import Start, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.judging import Ruler
    from pipeline.page.fitting.stretches import RunPlan

_FAR: Final = 2.2
"""Pages that runs laid out together must reach."""


class StretchPages:
    """Pages that are laid out anew in part, again and again.

    Args:
        stretch: Its runs.
        base: Its pages, before anything is decided.
        ruler: The rhythm of the pages.
        is_open: Whether something else goes on where the stretch ends.
    """

    def __init__(
        self, stretch: Sequence[RunPlan], base: LayoutMeasures, ruler: Ruler, *, is_open: bool
    ) -> None:
        self.stretch = stretch
        self.is_open = is_open
        self.measures = base
        """Those of its pages, as far as they are known."""
        self._ruler = ruler
        self.starts = [Start(1, 0.0)]
        """Where each run begins."""
        for at in range(1, len(stretch)):
            self.starts.append(Start(base.runs[stretch[at].name].page, self._above(at, base)))
        self.count = base.runs[stretch[-1].name].last_page
        """How many pages it has."""

    def to_end(self, measures: LayoutMeasures) -> LayoutMeasures:
        """Return measures as far as the last page of the stretch."""
        return measures._replace(fills=measures.fills[: self.count])

    def take(self, measures: LayoutMeasures, pages: int, first_run: int) -> None:
        """Go on from pages that were laid out anew from a run on."""
        self.count, self.measures = pages, measures
        for at in range(first_run + 1, len(self.stretch)):
            extent = measures.runs[self.stretch[at].name]
            self.starts[at] = Start(extent.page, self._above(at, measures))

    def window(self, at: int) -> Window:
        """Return the runs from one on that reach over the next page, as long as they are now."""
        above = self.starts[at].above
        reached, end = above / self._ruler.height, at
        ends = [self.measures.runs[run.name].last_page for run in self.stretch[at:]]
        # The page that the first ends on is judged in this window, with all that stands on it.
        while end < len(self.stretch) and (reached < _FAR or ends[max(end - at - 1, 0)] <= ends[0]):
            reached += self._length(self.stretch[end])
            end += 1
        return Window(
            tuple(self.stretch[at:end]), above, is_end=end == len(self.stretch), is_open=self.is_open
        )

    def _length(self, run: RunPlan) -> float:
        """Return the length of a run in pages."""
        extent = self.measures.runs[run.name]
        return extent.last_page - extent.page + (extent.bottom - extent.top) / self._ruler.height

    def note_starts(self, at: int, window: Window, measures: LayoutMeasures) -> None:
        """Note where the runs of a window begin now, and the one after them."""
        shift = self.starts[at].page - 1
        for each in range(at + 1, at + len(window.runs)):
            extent = measures.runs[self.stretch[each].name]
            self.starts[each] = Start(shift + extent.page, self._above(each, measures))
        end = at + len(window.runs)
        if end < len(self.stretch):
            extent = measures.runs[self.stretch[end - 1].name]
            self.starts[end] = Start(shift + extent.last_page, max(0.0, extent.bottom - self._ruler.top))

    def after(self, at: int, window: Window, measures: LayoutMeasures) -> tuple[int, int]:
        """Return the run that the next window begins with, and how many of its pages are judged already."""
        end = at + len(window.runs)
        last = window.last_page(measures)
        ahead = range(at + 1, end)
        following = next(
            (each for each in ahead if measures.runs[self.stretch[each].name].last_page == last), end
        )
        if following == end:
            return end, 0
        return following, last - measures.runs[self.stretch[following].name].page

    def _above(self, at: int, measures: LayoutMeasures) -> float:
        """Return how much of its page is taken above a run, in pixels."""
        before = measures.runs[self.stretch[at - 1].name]
        extent = measures.runs[self.stretch[at].name]
        if extent.page > before.last_page:
            return 0.0
        edge = before.bottom if self.stretch[at].begins_section else extent.top
        return max(0.0, edge - self._ruler.top)

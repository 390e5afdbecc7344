"""What a layout gives: its pages, what is drawn on them, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.page.engine.page_measures import LayoutMeasures, measures_of

if TYPE_CHECKING:
    from pipeline.findings.finding import Finding
    from pipeline.page.engine.drawn_boxes import DrawnPage
    from pipeline.page.engine.layout_faults import LayoutFault
    from pipeline.page.engine.page_boxes import PageFill
    from pipeline.page.engine.page_measures import PageMeasures
    from pipeline.page.engine.preview.places import Extent
    from pipeline.page.engine.preview.styling import Styled


@dataclass(slots=True)
class LaidPage:
    """A page laid out.

    Args:
        page: The engine's.
        drawn: What is drawn on it.
        fill: How full it is.
        measures: Where runs and pictures stand on it.
        extents: Where the elements of its texts stand.
    """

    page: Any
    drawn: DrawnPage
    fill: PageFill
    measures: PageMeasures
    extents: list[Extent]


@dataclass(slots=True)
class LaidOut:
    """A document laid out.

    Args:
        pages: All pages; those kept from the layout before are the same objects.
        styled: The document.
        overruns: The classes of the elements that the first page cannot hold.
        faults: The faults of the layout, as a reader would see them.
        findings: The messages of the engine's log.
        made: The indices of the pages laid out now.
    """

    pages: list[LaidPage]
    styled: Styled
    overruns: frozenset[str]
    faults: tuple[LayoutFault, ...]
    findings: tuple[Finding, ...]
    made: tuple[int, ...]

    @property
    def fills(self) -> tuple[PageFill, ...]:
        """How full each page is."""
        return tuple(each.fill for each in self.pages)

    def measures(self) -> LayoutMeasures:
        """Measure where runs and pictures stand."""
        return measures_of([each.measures for each in self.pages], self.fills, self.faults)

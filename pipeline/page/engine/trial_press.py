"""Lays out parts of an issue to measure them; nothing is drawn.

Many parts of one issue have the same sheets, faces and pictures, which are read once.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from pipeline.page.engine.drawn_boxes import drawn_pages
from pipeline.page.engine.engine_log import collected_records
from pipeline.page.engine.faces import faces_of_one_page
from pipeline.page.engine.fetching import fetcher_of
from pipeline.page.engine.garbage import collector_paused
from pipeline.page.engine.layout_faults import layout_faults
from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.memory.frames import with_room
from pipeline.page.engine.page_boxes import fill_of, reorder_continued_cards
from pipeline.page.engine.page_measures import LayoutMeasures, measures_of, measures_of_page
from pipeline.page.layout_rules import lines_unspaced, rules_of
from pipeline.page.style import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.page.engine.fetching import Asset
    from pipeline.page.identity.style_file import PageRhythm


class TrialPress:
    """Lays out documents that have their sheets in common.

    Args:
        sheets: The texts of the sheets, in the order of the cascade.
        assets: The files that documents may fetch, by the path below the origin.
        rhythm: The page's lines and leading.
        faces: The engine's font configuration.
    """

    def __init__(
        self,
        sheets: Sequence[str],
        assets: Mapping[str, Asset],
        rhythm: PageRhythm,
        faces: Any,  # noqa: ANN401 - of the engine
    ) -> None:
        self._engine = load_engine()
        self._faces = faces
        self._assets = assets
        self._rhythm = rhythm
        self._pictures: dict[Any, Any] = {}
        self._counters = _counter_style()
        self._sheets = [
            self._engine.CSS(
                string=sheet,
                base_url=ORIGIN,
                url_fetcher=fetcher_of(assets),
                font_config=faces,
                counter_style=self._counters,
            )
            for sheet in sheets
        ]

    @with_room
    def measures(self, html: str) -> LayoutMeasures:
        """Lay out a document without sheets, and measure its pages.

        Args:
            html: The document; whatever it fetches lies below `style.ORIGIN`.
        """
        with rules_of(html), lines_unspaced():
            document = self._engine.HTML(
                string=html, base_url=ORIGIN, url_fetcher=fetcher_of(self._assets)
            ).render(
                font_config=self._faces,
                counter_style=self._counters,
                stylesheets=self._sheets,
                cache=self._pictures,
            )
            reorder_continued_cards(document.pages)
            faults = layout_faults(drawn_pages(document.pages), self._rhythm.leading)
            fills = tuple(fill_of(page, self._rhythm) for page in document.pages)
            return measures_of([measures_of_page(each) for each in document.pages], fills, faults)


@contextlib.contextmanager
def trial_press(
    sheets: Sequence[str], assets: Mapping[str, Asset], rhythm: PageRhythm
) -> Iterator[TrialPress]:
    """Yield a press for trials; see `TrialPress`."""
    load_engine()
    with collector_paused(), collected_records(), faces_of_one_page() as faces:
        yield TrialPress(sheets, assets, rhythm, faces)


def _counter_style() -> Any:  # noqa: ANN401 - of the engine
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415 - slow to load

    return CounterStyle()

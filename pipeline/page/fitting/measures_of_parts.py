"""Measures of some pages: taken out of those of a document, or put in the place of what was there."""

from __future__ import annotations

from pipeline.page.engine.page_measures import LayoutMeasures, RunExtent


def pages_from(measures: LayoutMeasures, first: int, last: int) -> LayoutMeasures:
    """Return the measures of some pages of a document, numbered from 1.

    Args:
        measures: Of the document.
        first: The number of the first page.
        last: The number of the last page.
    """
    shift = first - 1
    return LayoutMeasures(
        measures.fills[shift:last],
        {
            name: RunExtent(extent.page - shift, extent.top, extent.last_page - shift, extent.bottom)
            for name, extent in measures.runs.items()
        },
        {name: page - shift for name, page in measures.pictures.items()},
        {page - shift: lines for page, lines in measures.holes.items()},
        {page - shift: apart for page, apart in measures.unevenness.items()},
    )


def with_pages_from(base: LayoutMeasures, made: LayoutMeasures, shift: int) -> LayoutMeasures:
    """Return the measures of a stretch whose last runs were laid out anew.

    Args:
        base: Of the stretch.
        made: Of the runs laid out, whose first page is that which they begin on.
        shift: How many pages of the stretch stand before that.
    """
    kept = {page: lines for page, lines in base.holes.items() if page <= shift}
    uneven = {page: apart for page, apart in base.unevenness.items() if page <= shift}
    # The first page was measured with what stands above, which was not laid out again.
    above = {run: apart for run, apart in base.unevenness.get(shift + 1, {}).items() if run not in made.runs}
    made_uneven = {page + shift: apart for page, apart in made.unevenness.items()}
    made_uneven[shift + 1] = above | made_uneven.get(shift + 1, {})
    return base._replace(
        fills=(*base.fills[:shift], *made.fills),
        runs=base.runs
        | {
            name: extent._replace(page=extent.page + shift, last_page=extent.last_page + shift)
            for name, extent in made.runs.items()
        },
        pictures=base.pictures | {name: page + shift for name, page in made.pictures.items()},
        holes=kept | {page + shift: lines for page, lines in made.holes.items()},
        unevenness=uneven | made_uneven,
    )

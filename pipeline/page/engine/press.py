"""Turns HTML into a PDF: one document is laid out, drawn, checked for what it fetched, and measured."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.findings.finding import Finding, PressError, found
from pipeline.page.engine.centred_pictures import centre_pictures
from pipeline.page.engine.cover_boxes import cover_overruns
from pipeline.page.engine.drawn_boxes import drawn_pages
from pipeline.page.engine.engine_log import collected_records, log_findings
from pipeline.page.engine.faces import faces_of_one_page, refuse_visible_faces
from pipeline.page.engine.fetching import Asset, fetcher_of
from pipeline.page.engine.filled_pages import fill_contents_pages, fill_last_page
from pipeline.page.engine.garbage import collector_paused
from pipeline.page.engine.layout_faults import LayoutFault, layout_faults
from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.memory.frames import with_room
from pipeline.page.engine.memory.written_files import files_of
from pipeline.page.engine.page_boxes import (
    PageFill,
    fill_of,
    renew_places,
    reorder_continued_cards,
    sizes_of,
)
from pipeline.page.engine.page_measures import NO_MEASURES, LayoutMeasures, measures_of, measures_of_page
from pipeline.page.engine.patches.pdf_ua_claim import claim_pdf_ua
from pipeline.page.layout_rules import rules_of
from pipeline.page.style import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.models.editions import Edition
    from pipeline.page.identity.style_file import PageRhythm


class PrintedDocument(NamedTuple):
    """A printed document.

    Args:
        pdf: The file.
        fills: How full each page is, in order; the cover counts as full.
        findings: The messages of the engine's log.
        overruns: The classes of the elements that the first page cannot hold.
        faults: The faults of the layout, as a reader would see them.
        measures: Where its runs and pictures stand.
        laid_out: Pages that are kept to be drawn one by one, and are not in a file; or None.
        others: The files of the same pages by further standards, by standard, as far as these allow.
        sizes: Width and height of every size that pages have, in millimetres.
    """

    pdf: bytes
    fills: tuple[PageFill, ...]
    findings: tuple[Finding, ...]
    overruns: frozenset[str] = frozenset()
    faults: tuple[LayoutFault, ...] = ()
    measures: LayoutMeasures = NO_MEASURES
    laid_out: object = None
    others: Mapping[str, bytes] = MappingProxyType({})
    sizes: frozenset[tuple[float, float]] = frozenset()

    @property
    def is_final(self) -> bool:
        """Whether these are the pages that are wanted, and not laid out only to be measured."""
        return bool(self.pdf) or self.laid_out is not None


def print_pdf(
    html: str,
    edition: Edition,
    assets: Mapping[str, Asset],
    identifier: bytes,
    rhythm: PageRhythm,
    *,
    draws_overruns: bool = True,
    draws: Callable[[LayoutMeasures], bool] = lambda _: True,
) -> PrintedDocument:
    """Turn a page's HTML into a PDF.

    Args:
        html: The whole document; whatever it fetches lies below `style.ORIGIN`.
        edition: The edition, which determines the PDF standard.
        assets: The files it may fetch, by the path below the origin.
        identifier: The file identifier (ISO 32000-2, 14.4), computed from the content.
        rhythm: The page's lines and leading, by which its fill is measured.
        draws_overruns: Whether the PDF is drawn even where the first page cannot hold its contents or its
            greeting; if not, the result has no PDF then, but names what overruns.
        draws: Returns whether pages of these measures are drawn; if not, the result has measures and no PDF.

    Raises:
        PressError: Faces of the machine are visible (E82), or something was fetched that the
            issue does not own (E81).
        EngineChangedError: The engine is not the one our patches were written for.
    """
    return print_editions(
        *(html, (edition,), assets, identifier, rhythm), draws_overruns=draws_overruns, draws=draws
    )


@with_room
def print_editions(
    html: str,
    editions: Sequence[Edition],
    assets: Mapping[str, Asset],
    identifier: bytes,
    rhythm: PageRhythm,
    *,
    draws_overruns: bool = True,
    draws: Callable[[LayoutMeasures], bool] = lambda _: True,
) -> PrintedDocument:
    """Turn a page's HTML into the PDFs of editions that differ in their standards alone.

    What is laid out once is written by each standard, as if it were printed for it.

    Args:
        html: As of `print_pdf`, as are all others.
        editions: The edition, and those whose files are among the `others` of the result.
        assets: As above.
        identifier: As above.
        rhythm: As above.
        draws_overruns: As above.
        draws: As above.

    Raises:
        PressError: As above.
        EngineChangedError: As above.
    """
    edition, standards = editions[0], [each.standard for each in editions]
    refuse_visible_faces()
    weasyprint = load_engine()
    fetcher = fetcher_of(assets)
    options: dict[str, Any] = {"pdf_variant": edition.standard, "pdf_tags": edition.accessible}
    pdf, others = b"", dict[str, bytes]()
    with (
        collector_paused(),
        rules_of(html),
        collected_records() as records,
        faces_of_one_page() as faces,
    ):
        document = weasyprint.HTML(string=html, base_url=ORIGIN, url_fetcher=fetcher).render(
            font_config=faces, **options
        )
        overruns = cover_overruns(document.pages[0])
        if overruns and not draws_overruns:
            return PrintedDocument(b"", (), (), overruns)
        reorder_continued_cards(document.pages)
        centre_pictures(document.pages)
        fill_contents_pages(document.pages)
        fill_last_page(document.pages)
        renew_places(document.pages)
        faults = tuple(layout_faults(drawn_pages(document.pages), rhythm.leading))
        fills = tuple(fill_of(page, rhythm) for page in document.pages)
        measures = measures_of([measures_of_page(each) for each in document.pages], fills, faults)
        if draws(measures):
            if edition.accessible:
                claim_pdf_ua(document.metadata)
            files = files_of(document, standards, identifier, tagged=edition.accessible)
            _, pdf = next(files)
            # What the engine says of the pages, it would say again of each.
            said = log_findings(records)
            others = dict(files)
        else:
            said = log_findings(records)
    if fetcher.denied:
        raise PressError([found("E81", None, name=name) for name in dict.fromkeys(fetcher.denied)])
    return PrintedDocument(
        pdf, fills, said, overruns, faults, measures, others=others, sizes=sizes_of(document.pages)
    )

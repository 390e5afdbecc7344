"""The pages of one issue in one edition, kept laid out in the resident process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from pipeline.desk.preview.blocks import written_blocks
from pipeline.desk.preview.current_issue import hindering
from pipeline.desk.preview.decisions import decided_for
from pipeline.desk.preview.requests import ShowAnswer, ShowRequest
from pipeline.desk.preview.shown import PageShown, PlaceOnPage
from pipeline.desk.preview.trials import Measured, article_measures
from pipeline.desk.production.edition_pages import printed_pages
from pipeline.desk.production.layout_findings import fill_findings, fitting_findings, layout_findings
from pipeline.findings.finding import in_order, with_excerpts
from pipeline.models.editions import EDITIONS, Edition
from pipeline.page.engine.press import PrintedDocument
from pipeline.page.engine.preview.drawing import drawn_page, key_of
from pipeline.page.engine.preview.places import places_of_elements
from pipeline.page.engine.preview.resident_layout import ResidentLayout
from pipeline.page.fitting.maker_up import can_be_fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.desk.preview.current_issue import CurrentIssue
    from pipeline.desk.preview.decisions import Decisions
    from pipeline.desk.production.edition_pages import EditionPages, Printer
    from pipeline.desk.production.page_assets import PageAssets
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.findings.finding import Finding
    from pipeline.page.engine.fetching import Asset
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.engine.preview.laid_out import LaidOut, LaidPage
    from pipeline.page.identity.style_file import PageRhythm

_MILLIMETRE: Final = 96 / 25.4


class IssuePages:
    """Lays out one issue in one edition, again and again.

    Args:
        issue: The issue.
        edition: The name of the edition.
        after_page: Called with the number of each page that is laid out; see `paginate`.
    """

    def __init__(
        self, issue: CurrentIssue, edition: str, after_page: Callable[[int], None] = lambda _: None
    ) -> None:
        """Lay out nothing yet."""
        self._issue = issue
        self._after_page = after_page
        named = EDITIONS[edition]
        # Marks and slug are added when a file is finished: here a page ends with its bleed.
        self._edition = named._replace(sheet=named.bleed)
        self._layout: ResidentLayout | None = None
        self._drawn: list[tuple[LaidPage, str]] = []
        self.layouts = 0

    def show(self, request: ShowRequest) -> ShowAnswer:
        """Lay the issue out as its files are now, and draw the pages that changed.

        Raises:
            IssueError: The files have errors.
            PressError: The pages cannot be laid out.
        """
        valid = self._issue.valid(as_readable=request.as_readable)
        prepared, assets = self._issue.prepared(valid), self._issue.assets(valid, self._edition)
        pages = self.pages_of(prepared, assets, request.decisions, fills=request.fills)
        laid = cast("LaidOut", pages.printed.laid_out)
        shown, drawn = self._shown(laid, request.known)
        decisions = decided_for(prepared.typeset, *prepared.decided[self._edition.carries_links])
        findings = self._findings(prepared, assets, pages)
        return ShowAnswer(
            shown,
            tuple(_places(laid, pages)),
            drawn,
            decisions,
            findings,
            is_whole=not hindering(prepared.valid.findings),
            is_slow_to_fill=can_be_fitted(prepared.valid.style),
        )

    def measured(self, prepared: PreparedIssue, decisions: Decisions | None) -> Measured:
        """Lay an issue out, draw nothing, and return what its articles take of its pages.

        Args:
            prepared: The issue, typeset.
            decisions: What was decided to fill the pages.
        """
        return self._measured(prepared, decisions, self._print)

    def _measured(self, prepared: PreparedIssue, decisions: Decisions | None, printer: Printer) -> Measured:
        assets = self._issue.assets(prepared.valid, self._edition)
        pages = self.pages_of(prepared, assets, decisions, printer)
        laid = cast("LaidOut", pages.printed.laid_out)
        rhythm = prepared.valid.style.plan.page
        empty = tuple(page.fill.free for page in laid.pages)
        return Measured(empty, tuple(article_measures(laid, pages.issue, rhythm.leading)))

    def tried(
        self, prepared: PreparedIssue, decisions: Decisions | None, go_on: Callable[[], None] = lambda: None
    ) -> Measured:
        """Lay out a changed issue beside the present one, which was measured before, and measure it.

        Args:
            prepared: The issue as it would be, typeset.
            decisions: What was decided to fill the pages.
            go_on: Called again and again; what it raises breaks the work off.
        """

        def beside(
            html: str,
            edition: Edition,  # noqa: ARG001 - of one edition alone
            assets: Mapping[str, Asset],
            identifier: bytes,  # noqa: ARG001 - no file is written
            rhythm: PageRhythm,  # noqa: ARG001 - that of the present issue
            *,
            draws_overruns: bool = True,
            draws: Callable[[LayoutMeasures], bool] = lambda _: True,
        ) -> PrintedDocument:
            """Lay a document out beside the present one, in place of `print_pdf`."""
            assert self._layout is not None  # noqa: S101 - the present one was measured before
            return self._printed(
                self._layout.tried(html, assets, go_on), draws, draws_overruns=draws_overruns
            )

        return self._measured(prepared, decisions, beside)

    def pages_of(
        self,
        prepared: PreparedIssue,
        assets: PageAssets,
        decisions: Decisions | None,
        printer: Printer | None = None,
        *,
        fills: bool = True,
    ) -> EditionPages:
        """Lay out the pages.

        Args:
            prepared: The issue.
            assets: The files of its pages.
            decisions: What is kept of what was decided before, or None.
            printer: Lays out a document; that of the present issue when left out.
            fills: Whether pages about which nothing was decided are filled.
        """
        if decisions is not None:
            prepared.decided[self._edition.carries_links] = decisions.for_issue(prepared.typeset)
        printer = printer or self._print
        return printed_pages(prepared, self._edition, assets, printer=printer, fills=fills)

    def close(self) -> None:
        """Free what the layout holds."""
        if self._layout is not None:
            self._layout.close()
            self._layout = None

    def _print(
        self,
        html: str,
        edition: Edition,  # noqa: ARG002 - of one edition alone
        assets: Mapping[str, Asset],
        identifier: bytes,  # noqa: ARG002 - no file is written
        rhythm: PageRhythm,
        *,
        draws_overruns: bool = True,
        draws: Callable[[LayoutMeasures], bool] = lambda _: True,
    ) -> PrintedDocument:
        """Lay a document out and keep its pages, in place of `print_pdf`."""
        if self._layout is not None and self._layout.rhythm != rhythm:
            # Another style was chosen.
            self.close()
        if self._layout is None:
            self._layout = ResidentLayout(rhythm, self._after_page)
        self.layouts += 1
        return self._printed(self._layout.lay_out(html, assets), draws, draws_overruns=draws_overruns)

    @staticmethod
    def _printed(
        laid: LaidOut, draws: Callable[[LayoutMeasures], bool], *, draws_overruns: bool
    ) -> PrintedDocument:
        if laid.overruns and not draws_overruns:
            return PrintedDocument(b"", (), (), laid.overruns)
        measures = laid.measures()
        kept = laid if draws(measures) else None
        return PrintedDocument(b"", laid.fills, laid.findings, laid.overruns, laid.faults, measures, kept)

    def _shown(
        self, laid: LaidOut, held: frozenset[str] | None
    ) -> tuple[tuple[PageShown, ...], dict[str, bytes]]:
        """Draw the pages that were not drawn before, or that the asker does not have."""
        known = {id(page): key for page, key in self._drawn if held is None or key in held}
        drawn: dict[str, bytes] = {}
        keys: list[tuple[LaidPage, str]] = []
        for page in laid.pages:
            key = known.get(id(page))
            if key is None:
                pdf = drawn_page(page, laid.styled, None)
                key = key_of(pdf)
                drawn[key] = pdf
            keys.append((page, key))
        self._drawn = keys
        shown = tuple(
            PageShown(
                number,
                key,
                round(page.page.width / _MILLIMETRE, 2),
                round(page.page.height / _MILLIMETRE, 2),
                round(page.page.bleed["left"] / _MILLIMETRE, 2),
                is_left=number % 2 == 0,
            )
            for number, (page, key) in enumerate(keys, 1)
        )
        return shown, drawn

    def _findings(
        self, prepared: PreparedIssue, assets: PageAssets, pages: EditionPages
    ) -> tuple[Finding, ...]:
        valid, printed = prepared.valid, pages.printed
        about_pages = [
            *layout_findings(pages.issue, printed.faults, is_draft=True),
            *fitting_findings(pages.issue, pages.fitted),
            *fill_findings(valid.issue, printed.fills, [each.page for each in pages.fitted.advice]),
        ]
        found = (*valid.findings, *assets.findings, *printed.findings, *about_pages)
        return tuple(in_order(with_excerpts(found, valid.reading.sources)))


def _places(laid: LaidOut, pages: EditionPages) -> list[PlaceOnPage]:
    places = places_of_elements(laid.styled.root, written_blocks(pages.issue))
    found = []
    for number, page in enumerate(laid.pages, 1):
        for element, x, y, w, h in page.extents:
            place = places.get(element)
            if place is not None and place.line:
                found.append(PlaceOnPage(number, x, y, w, h, place.path, place.line))
    return found

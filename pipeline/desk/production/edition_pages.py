"""The pages of an edition: composed, printed, fitted. Whatever makes pages of an issue makes them here."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipeline.desk.production.printed_pictures import printed_widths
from pipeline.page.composition.html import compose_html
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.engine.cover_boxes import MAY_OVERRUN
from pipeline.page.engine.press import print_editions, print_pdf
from pipeline.page.fitting.maker_up import Fitted, MakerUp, Sources, can_be_fitted
from pipeline.page.makeup.fitting import UNFITTED, rearranged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.desk.production.page_assets import PageAssets
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page.cover_plan import CoverPlan
    from pipeline.page.engine.fetching import Asset
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.engine.press import PrintedDocument
    from pipeline.page.identity.style_file import PageRhythm
    from pipeline.page.makeup.fitting import Fitting


class Printer(Protocol):
    """Prints a document; see `print_pdf`, which is one."""

    def __call__(
        self,
        html: str,
        edition: Edition,
        assets: Mapping[str, Asset],
        identifier: bytes,
        rhythm: PageRhythm,
        *,
        draws_overruns: bool = True,
        draws: Callable[[LayoutMeasures], bool] = ...,
    ) -> PrintedDocument:
        """Print the document."""


class TwinPrinter:
    """Prints an edition, and with it those to come whose pages are the same but for the standard of the file.

    Args:
        prepared: The issue; what is printed for later editions is entered in it.
        edition: Which edition.
    """

    def __init__(self, prepared: PreparedIssue, edition: Edition) -> None:
        self._kept = prepared.printed
        ordered = prepared.request.editions
        later = ordered[ordered.index(edition) + 1 :] if edition in ordered else ()
        drawings = all(
            prepared.valid.pictures[source].is_drawing for source in printed_widths(prepared.valid, edition)
        )
        # Photographs have as many pixels as each edition needs.
        self._editions = (edition, *(other for other in later if drawings and _are_twins(edition, other)))

    def __call__(
        self,
        html: str,
        edition: Edition,
        assets: Mapping[str, Asset],
        identifier: bytes,
        rhythm: PageRhythm,
        *,
        draws_overruns: bool = True,
        draws: Callable[[LayoutMeasures], bool] = lambda _: True,
    ) -> PrintedDocument:
        """Return what was printed with an earlier edition, or print the document."""
        kept = self._kept.pop((edition.standard, identifier), None)
        if kept is not None:
            return kept
        printed = print_editions(
            *(html, self._editions, assets, identifier, rhythm), draws_overruns=draws_overruns, draws=draws
        )
        for standard, pdf in printed.others.items():
            self._kept[standard, identifier] = printed._replace(pdf=pdf, others={})
        return printed


def _are_twins(edition: Edition, other: Edition) -> bool:
    """Return whether two editions have the same pages, where neither has photographs."""
    own = ("name", "suffix", "standard", "picture_ppi", "carries_sources", "mailed")
    return edition._replace(**{name: getattr(other, name) for name in own}) == other


class EditionPages(NamedTuple):
    """The pages of an edition.

    Args:
        printed: The printed document.
        identifier: Of the file.
        issue: Typeset, as the pages show it.
        fitted: What was decided to fill them.
    """

    printed: PrintedDocument
    identifier: bytes
    issue: Issue
    fitted: Fitted


def printed_pages(
    prepared: PreparedIssue,
    edition: Edition,
    assets: PageAssets,
    composed: Callable[[], None] = lambda: None,
    printer: Printer = print_pdf,
    *,
    fills: bool = True,
) -> EditionPages:
    """Compose and print; where the first page cannot hold its contents, again with a page of their own.

    Args:
        prepared: The issue; what is decided is entered in it.
        edition: Which edition.
        assets: The files of its pages.
        composed: Called once, when the first document is composed.
        printer: Prints a document.
        fills: Whether the pages are filled, where the style can be and nothing was decided before.
    """
    style, before = prepared.valid.style, ""
    # Only what is printed for a link makes the pages of one edition differ from those of another.
    plan, known = prepared.decided.get(edition.carries_links, (WHOLE_COVER, None))
    begun = False
    while True:
        press = _Press(prepared, edition, assets, plan, printer)
        may_fit = can_be_fitted(style) and (fills or known is not None)
        maker_up = MakerUp(press.sources, press.print) if may_fit else None
        html = press.html(known or UNFITTED)
        if not begun:
            composed()
            begun = True
        # A style's own templates may know no such page: then a further plan changes nothing.
        is_last = html == before or plan == plan.after(MAY_OVERRUN)
        draws = maker_up.is_final if maker_up is not None and known is None else _always
        printed = press.print(known or UNFITTED, draws, draws_overruns=is_last or known is not None)
        if is_last or not printed.overruns or known is not None:
            break
        plan, before = plan.after(printed.overruns), html
    fitted = maker_up.fitted(printed, known) if maker_up is not None else Fitted(UNFITTED, printed)
    prepared.decided[edition.carries_links] = (plan, fitted.fitting)
    issue = rearranged(prepared.typeset, fitted.fitting)
    return EditionPages(fitted.printed, press.identifier(fitted.fitting), issue, fitted)


def _always(_: LayoutMeasures) -> bool:
    return True


class _Press:
    """Composes and prints an edition by decisions of the maker-up.

    Args:
        prepared: The issue.
        edition: Which edition.
        assets: The files of its pages.
        plan: What of the first page's content has a page of its own.
        printer: Prints a document.
    """

    def __init__(
        self,
        prepared: PreparedIssue,
        edition: Edition,
        assets: PageAssets,
        plan: CoverPlan,
        printer: Printer,
    ) -> None:
        self._draft = prepared.request.draft
        self._plan = plan
        self._printer = printer
        self._composed: tuple[Fitting, str] | None = None
        self.sources = Sources(prepared.typeset, edition, prepared.valid.style, assets.pictures, assets.files)

    def html(self, fitting: Fitting) -> str:
        """Return the document; that of the decisions asked for last is kept."""
        if self._composed is None or self._composed[0] != fitting:
            issue, edition, style, pictures, _ = self.sources
            html = compose_html(
                issue, edition, style, pictures, draft=self._draft, cover_plan=self._plan, fitting=fitting
            )
            self._composed = (fitting, html)
        return self._composed[1]

    def identifier(self, fitting: Fitting) -> bytes:
        """Return the file identifier, which follows from the content."""
        return _identifier(self.html(fitting), self.sources.files)

    def print(
        self,
        fitting: Fitting,
        draws: Callable[[LayoutMeasures], bool],
        *,
        draws_overruns: bool = True,
    ) -> PrintedDocument:
        """Print the document; see `print_pdf`."""
        return self._printer(
            self.html(fitting),
            self.sources.edition,
            self.sources.files,
            identifier=self.identifier(fitting),
            rhythm=self.sources.style.plan.page,
            draws_overruns=draws_overruns,
            draws=draws,
        )


def _identifier(html: str, assets: Mapping[str, Asset]) -> bytes:
    """Derive the file identifier from the content, so that equal content gives equal bytes."""
    digest = hashlib.sha256(html.encode())
    for name in sorted(assets):
        digest.update(name.encode() + hashlib.sha256(assets[name].data).digest())
    return digest.digest()[:16]

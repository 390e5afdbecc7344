"""A layout that stays in memory: an edit of a document lays out only what it can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import PressError, found
from pipeline.page.engine.centred_pictures import centre_pictures
from pipeline.page.engine.cover_boxes import cover_overruns
from pipeline.page.engine.drawn_boxes import drawn_pages
from pipeline.page.engine.engine_log import collected_records, log_findings
from pipeline.page.engine.faces import refuse_visible_faces
from pipeline.page.engine.filled_pages import fill_contents_pages, fill_last_page
from pipeline.page.engine.garbage import collector_paused
from pipeline.page.engine.layout_faults import layout_faults
from pipeline.page.engine.memory.frames import with_room
from pipeline.page.engine.page_boxes import fill_of, renew_places, reorder_continued_cards
from pipeline.page.engine.page_measures import measures_of_page
from pipeline.page.engine.preview import drawing, pagination, styling
from pipeline.page.engine.preview.across import Present, paginate_across, paths_of
from pipeline.page.engine.preview.laid_out import LaidOut, LaidPage
from pipeline.page.engine.preview.pagination import Paginated, paginate
from pipeline.page.engine.preview.places import extents_on
from pipeline.page.engine.preview.resumption import resume
from pipeline.page.engine.preview.states import UnsafeError
from pipeline.page.engine.preview.styling import Styled, Styling
from pipeline.page.layout_rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from xml.etree import ElementTree as ET

    from pipeline.page.engine.fetching import Asset
    from pipeline.page.identity.style_file import PageRhythm


GUARDS: Final = (styling.GUARD, pagination.GUARD, drawing.GUARD)
"""Of all modules here that use names of the engine."""


class ResidentLayout:
    """Lays one document out again and again, as it is edited.

    Args:
        rhythm: The page's lines and leading.
        after_page: Called after each page of a whole layout with its number; see `paginate`.
    """

    def __init__(self, rhythm: PageRhythm, after_page: Callable[[int], None] = lambda _: None) -> None:
        """Check that the engine is the one this was written for."""
        refuse_visible_faces()
        self._files: dict[str, Asset] = {}
        self._styling = Styling(self._files)
        for guard in GUARDS:
            guard.check()
        self.rhythm = rhythm
        self._after_page = after_page
        self._laid: LaidOut | None = None
        self._paginated: Paginated | None = None
        self._paths: dict[ET.Element, list[int]] = {}

    @with_room
    def lay_out(self, html: str, assets: Mapping[str, Asset], *, afresh: bool = False) -> LaidOut:
        """Lay the document out.

        Args:
            html: The document as it is now.
            assets: The files it may fetch, by path below the origin.
            afresh: Whether nothing is kept of the layout before but its numbers of pages.

        Raises:
            PressError: Something was fetched that the issue does not own (E81).
        """
        is_same = self._take_files(assets)
        before, paginated = self._laid, self._paginated
        # Where anything goes wrong, the next layout begins anew: styles of the tree may be half replaced.
        self._laid = self._paginated = None
        self._styling.fetcher.denied.clear()
        with collector_paused(), rules_of(html), collected_records() as records:
            may_resume = is_same and not afresh and before is not None and not before.findings
            styled = self._styling.styled(html, before.styled if before is not None and may_resume else None)
            if before is not None and paginated is not None and styled.changed == []:
                laid, result = self._unchanged(before), paginated
            else:
                result = self._paginate(styled, paginated)
                laid = self._judged(styled, result, before)
            laid.findings = log_findings(records)
        if denied := self._styling.fetcher.denied:
            raise PressError([found("E81", None, name=name) for name in dict.fromkeys(denied)])
        self._laid, self._paginated = laid, result
        return laid

    @with_room
    def tried(
        self, html: str, assets: Mapping[str, Asset], go_on: Callable[[], None] = lambda: None
    ) -> LaidOut:
        """Lay another document out, to be measured; the present one stays as it is.

        Args:
            html: The document to be tried.
            assets: The files it may fetch; those of the present one.
            go_on: Called again and again; what it raises breaks the work off.

        Raises:
            PressError: Something was fetched that the issue does not own (E81).
        """
        laid, paginated = self._laid, self._paginated
        if laid is None or paginated is None or laid.findings or not self._take_files(assets):
            self._laid = self._paginated = None
            return self.lay_out(html, assets, afresh=True)
        self._styling.fetcher.denied.clear()
        with collector_paused(), rules_of(html), collected_records() as records:
            go_on()
            styled = self._styling.styled(html, None)
            go_on()
            context, root = self._styling.context_of(styled)
            go_on()
            try:
                present = Present(laid.styled, paginated, self._paths)
                result = paginate_across(context, root, styled, present, go_on)
            except UnsafeError:
                context, root = self._styling.context_of(styled)
                result = paginate(context, root, styled, paginated, lambda _: go_on())
            tried = self._judged(styled, result, laid)
            tried.findings = log_findings(records)
        if denied := self._styling.fetcher.denied:
            raise PressError([found("E81", None, name=name) for name in dict.fromkeys(denied)])
        return tried

    def close(self) -> None:
        """Free the faces."""
        self._laid = self._paginated = None
        self._styling.close()

    def _take_files(self, assets: Mapping[str, Asset]) -> bool:
        """Take the files, and return whether those that were there before are the same."""
        changed = [name for name, asset in self._files.items() if assets.get(name) != asset]
        if changed:
            self._styling.pictures.clear()
        self._files.clear()
        self._files.update(assets)
        return not changed

    @staticmethod
    def _unchanged(before: LaidOut) -> LaidOut:
        return LaidOut(before.pages, before.styled, before.overruns, before.faults, before.findings, ())

    def _paginate(self, styled: Styled, before: Paginated | None) -> Paginated:
        context, root = self._styling.context_of(styled)
        self._paths = paths_of(root, styled)
        if styled.changed is not None and before is not None:
            try:
                return resume(context, root, styled, before)
            except UnsafeError:
                # What was begun has left its traces in context and boxes.
                context, root = self._styling.context_of(styled)
        return paginate(context, root, styled, before, self._after_page)

    def _judged(self, styled: Styled, result: Paginated, before: LaidOut | None) -> LaidOut:
        from weasyprint.document import Page  # noqa: PLC0415 - slow to load

        made = set(result.made)
        known = before.pages if before is not None else []
        pages = [Page(box) if index in made else known[index].page for index, box in enumerate(result.pages)]
        overruns = cover_overruns(pages[0])
        for first, last in _stretches(result.made):
            # A card is continued from the page before.
            reorder_continued_cards(pages[max(0, first - 1) : last + 1])
        anew = [pages[index] for index in result.made]
        centre_pictures(anew)
        if 1 in made:
            fill_contents_pages(pages)
        if len(pages) - 1 in made:
            fill_last_page(pages)
        renew_places(anew)
        laid = [
            self._page(page, index) if index in made else known[index] for index, page in enumerate(pages)
        ]
        faults = tuple(layout_faults([each.drawn for each in laid], self.rhythm.leading))
        return LaidOut(laid, styled, overruns, faults, (), tuple(result.made))

    def _page(self, page: Any, index: int) -> LaidPage:  # noqa: ANN401
        (drawn,) = drawn_pages([page])
        drawn.number = index + 1
        return LaidPage(page, drawn, fill_of(page, self.rhythm), measures_of_page(page), extents_on(page))


def _stretches(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of indices that follow one another."""
    found: list[tuple[int, int]] = []
    for index in indices:
        if found and index == found[-1][1] + 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found

"""Pages tried for another order, other weights or another cover: only what these can reach is laid out.

The document of a trial is another one, with elements of its own. What stands before the first difference and
behind the last one is known by its text, so the pages of the present layout stand for it: they are measured
here, never drawn, and the present layout stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.page.engine.preview.pagination import Paginated, finish
from pipeline.page.engine.preview.resumption import joins, start_of
from pipeline.page.engine.preview.states import (
    UnsafeError,
    articles_on,
    as_done,
    hands_over,
    last_values,
    page_of_anchors,
    path_to,
    runs_along,
    seed,
    set_strings,
    strings_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree import ElementTree as ET

    from pipeline.page.engine.preview.chunks import Chunks
    from pipeline.page.engine.preview.styling import Styled


class Present(NamedTuple):
    """The present layout, as a trial begins with it.

    Args:
        styled: Its document.
        paginated: Its pages.
        paths: Where the box of each of its articles stands in the tree, by article.
    """

    styled: Styled
    paginated: Paginated
    paths: Mapping[ET.Element, list[int]]


def paths_of(root: Any, styled: Styled) -> dict[ET.Element, list[int]]:  # noqa: ANN401 - of the engine
    """Return where the box of each article stands in a tree of boxes; without those that have none."""
    found = {}
    for article in styled.articles:
        try:
            found[article] = path_to(root, article)
        except UnsafeError:
            continue
    return found


def paginate_across(
    context: Any,  # noqa: ANN401
    root: Any,  # noqa: ANN401
    styled: Styled,
    present: Present,
    after_page: Callable[[], None] = lambda: None,
) -> Paginated:
    """Lay out the pages that differences to the present document can reach.

    Args:
        context: The engine's layout context, new.
        root: The tree of boxes of the document.
        styled: The document.
        present: The present layout.
        after_page: Called after each page; what it raises breaks the work off.

    Raises:
        UnsafeError: The whole must be laid out.
    """
    return _Across(context, root, styled, present, after_page).paginated()


class _Across:
    """Goes from the present pages to those of another document.

    Args:
        context: The engine's layout context, new.
        root: The tree of boxes of the document.
        styled: The document.
        present: The present layout.
        after_page: Called after each page.
    """

    def __init__(
        self,
        context: Any,  # noqa: ANN401
        root: Any,  # noqa: ANN401
        styled: Styled,
        present: Present,
        after_page: Callable[[], None],
    ) -> None:
        self._context, self._root, self._styled = context, root, styled
        self._after_page = after_page
        self._before = present.paginated
        then, now = present.styled, styled
        lead, trail = _alike(now.chunks, then.chunks)
        if trail and present.paths.get(then.articles[-trail]) != _path(root, now.articles[-trail]):
            # Behind another number of runs nothing is found again where it stood.
            trail = 0
        if lead and present.paths.get(then.articles[0]) != _path(root, now.articles[0]):
            raise UnsafeError
        if not self._before.is_whole or len(self._before.pages) < 2:  # noqa: PLR2004 - a page and one more
            raise UnsafeError
        behind = len(now.articles) - trail
        ahead = zip(then.articles[:lead], now.articles[:lead], strict=True)
        after = zip(then.articles[len(then.articles) - trail :], now.articles[behind:], strict=True)
        self._now = {**dict(ahead), **dict(after)}
        self._behind = set(then.articles[len(then.articles) - trail :])
        self._changed = now.articles[lead:behind]
        self._is_front_same = now.chunks.rest[0] == then.chunks.rest[0]
        self._pages: list[Any] = []
        self._made: list[int] = []
        self._strings: list[list[tuple[str, str]]] = []
        self._articles: list[list[ET.Element]] = []
        self._handed: list[bool] = []

    def paginated(self) -> Paginated:
        """Lay out, and return the pages."""
        before, context = self._before, self._context
        start = start_of(before, set(self._now))
        if start and before.maker[start][1]["break"] == "any":
            # What changed may share a row with what stands before it.
            start -= 1
        seed(context, before.anchors, len(before.pages))
        context.rendered_notes = []
        context.page_maker = []
        index = 0
        if not self._is_front_same:
            index = self._front(start)
        self._keep(index, start)
        joined = self._lay_out(start)
        if joined is not None:
            self._keep(joined, len(before.pages), is_last=True)
        pages = len(self._pages)
        result = Paginated(
            self._pages,
            context.page_maker,
            self._strings,
            self._articles,
            self._handed[:pages],
            self._made,
            is_whole=True,
        )
        result.anchors = page_of_anchors(result.maker)
        set_strings(context, self._strings)
        for number in self._made:
            finish(context, self._pages[number], number, ())
        return result

    def _front(self, start: int) -> int:
        """Lay out the pages before the first article, and return the index of the first that is kept.

        Raises:
            UnsafeError: They end otherwise than they did.
        """
        before = self._before
        first = next(index for index, articles in enumerate(before.articles) if articles)
        if first > start:
            raise UnsafeError
        self._begin_at(0)
        for index in range(first):
            if self._page(index) is None or self._handed[-1] or before.handed_over[index + 1]:
                raise UnsafeError
        if first and self._context.page_maker[first][:4] != before.maker[first][:4]:
            raise UnsafeError
        return first

    def _keep(self, first: int, end: int, *, is_last: bool = False) -> None:
        """Take pages of the present layout, and the states of the engine at each and behind the last."""
        before, maker = self._before, self._context.page_maker
        if first == end and not is_last and maker:
            return
        self._pages += before.pages[first:end]
        self._strings += before.strings[first:end]
        kept = before.articles[first:end]
        self._articles += [[self._now[each] for each in articles] for articles in kept]
        self._handed[first:] = before.handed_over[first : end + 1]
        maker[first:] = [as_done(each) for each in before.maker[first : end + 1]]

    def _begin_at(self, index: int) -> None:
        """Begin with a page as the present layout began with it."""
        self._context.page_maker[index:] = [as_done(self._before.maker[index])]
        self._handed[index:] = [self._before.handed_over[index]]

    def _lay_out(self, start: int) -> int | None:
        """Lay out from a page on, and return the index of the page from which all are as they were."""
        before, context = self._before, self._context
        paths = [path_to(self._root, element) for element in self._changed]
        self._begin_at(start)
        index = start
        while True:
            resumed_at = self._page(index)
            index += 1
            if resumed_at is None:
                return None
            if self._handed[-1] or index >= len(before.pages):
                continue
            is_as_before = joins(context.page_maker[index], before, index, paths, self._behind)
            if is_as_before and last_values(self._strings) == last_values(before.strings[:index]):
                return index

    def _page(self, index: int) -> Any:  # noqa: ANN401
        """Lay out a page, and return where the next begins; None behind the last.

        Raises:
            UnsafeError: Something is handed on that states do not have.
        """
        from weasyprint.layout import page as layout  # noqa: PLC0415 - slow to load

        context = self._context
        context.page_maker[index][-1]["anchors"] = []
        page, resumed_at = layout.remake_page(index, context, self._root, self._styled.html)
        self._pages.append(page)
        self._made.append(index)
        self._strings.append(strings_of(context, page, index))
        self._articles.append(articles_on(page))
        if context.reported_footnotes or runs_along(context) or page.fixed_boxes:
            raise UnsafeError
        self._handed.append(hands_over(context))
        self._after_page()
        return resumed_at


def _path(root: Any, element: ET.Element) -> list[int] | None:  # noqa: ANN401
    try:
        return path_to(root, element)
    except UnsafeError:
        return None


def _alike(now: Chunks, then: Chunks) -> tuple[int, int]:
    """Return how many articles at the beginning, and how many at the end, stand as they stood.

    What stands around them is the same, too, but for what is ahead of the first. Of each the one beside a
    difference counts to it, as rules may look at neighbours.
    """
    most = min(len(now.articles), len(then.articles))
    lead = 0
    while lead < most and now.articles[lead] == then.articles[lead]:
        if lead and now.rest[lead] != then.rest[lead]:
            break
        lead += 1
    trail = 0
    while trail < most - lead and now.articles[-1 - trail] == then.articles[-1 - trail]:
        if now.rest[-1 - trail] != then.rest[-1 - trail]:
            break
        trail += 1
    return max(lead - 1, 0), max(trail - 1, 0)

"""Pages laid out anew from the first that an edit can reach, and kept from the first that it cannot.

Where only articles changed, a layout begins at the last page that is surely as it was, with the state that
the engine was in there, and ends as soon as a page begins at the same place, in the same state, as a page of
before: that one and all after it are kept.

What is laid out again is laid out by the engine itself, from one state of its own to the next. Where anything
is handed over from page to page that is not in this state – a note, an element that stands in the margins –,
the whole is laid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.page.engine.preview.pagination import Paginated, finish, moved_anchors
from pipeline.page.engine.preview.states import (
    UnsafeError,
    anchors_named,
    articles_on,
    as_done,
    hands_over,
    last_values,
    page_of_anchors,
    path_to,
    runs_along,
    seed,
    set_strings,
    steps_of,
    strings_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree import ElementTree as ET

    from pipeline.page.engine.preview.styling import Styled


def resume(context: Any, root: Any, styled: Styled, before: Paginated) -> Paginated:  # noqa: ANN401
    """Lay out the pages that changed articles can reach.

    Args:
        context: The engine's layout context, new.
        root: The tree of its boxes.
        styled: The document, with the articles that changed.
        before: The layout before, of the same document with these articles as they were.

    Raises:
        UnsafeError: The whole must be laid out.
    """
    from weasyprint.layout import page as layout  # noqa: PLC0415 - slow to load

    changed = [styled.articles[index] for index in styled.changed or ()]
    if not before.is_whole or not changed or len(before.pages) < 2:  # noqa: PLR2004 - a page and one more
        raise UnsafeError
    kept_articles = set(styled.articles) - set(changed)
    start = start_of(before, kept_articles)
    total = len(before.pages)
    seed(context, before.anchors, total)
    context.rendered_notes = []
    notes = context.footnotes.copy()
    context.page_maker = [as_done(each) for each in before.maker[: start + 1]]
    context.page_maker[start][-1]["anchors"] = []
    paths = [path_to(root, element) for element in changed]
    pages, made, joined = list(before.pages[:start]), [], None
    strings, articles = before.strings[:start], before.articles[:start]
    handed = before.handed_over[: start + 1]
    index = start
    while joined is None:
        page, resumed_at = layout.remake_page(index, context, root, styled.html)
        pages.append(page)
        made.append(index)
        strings.append(strings_of(context, page, index))
        articles.append(articles_on(page))
        index += 1
        if context.reported_footnotes or runs_along(context) or page.fixed_boxes:
            raise UnsafeError
        if resumed_at is None:
            break
        handed.append(hands_over(context))
        if handed[-1] or index >= total:
            continue
        if joins(context.page_maker[index], before, index, paths, kept_articles):
            is_known = last_values(strings) == last_values(before.strings[:index])
            joined = index if is_known else None
    if joined is None and len(pages) != total and any(each[-1]["pages_wanted"] for each in before.maker):
        raise UnsafeError
    if joined is not None:
        pages += before.pages[joined:]
        strings += before.strings[joined:]
        articles += before.articles[joined:]
        handed = [*handed[:joined], *before.handed_over[joined:]]
        anchors = list(before.maker[joined][-1]["anchors"])
        context.page_maker[joined][-1].update(content_changed=False, anchors=anchors)
        context.page_maker[joined + 1 :] = [as_done(each) for each in before.maker[joined + 1 :]]
    result = Paginated(
        pages, context.page_maker, strings, articles, handed[: len(pages)], made, is_whole=True
    )
    result.anchors = page_of_anchors(result.maker)
    set_strings(context, strings)
    for number in made:
        finish(context, pages[number], number, ())
    _remake_pages_naming(notes, context, root, styled, result, moved_anchors(before.anchors, result.anchors))
    return result


def start_of(before: Paginated, kept: set[ET.Element]) -> int:
    """Return the index of the page to begin with: the one on which the text before a changed article ends.

    Args:
        before: The layout before.
        kept: The articles that did not change.

    Raises:
        UnsafeError: It is not known where that is.
    """
    changed_on = [
        index for index, articles in enumerate(before.articles) if any(each not in kept for each in articles)
    ]
    if not changed_on:
        raise UnsafeError
    start = changed_on[0]
    is_forced = before.maker[start][1]["break"] != "any"
    begins_with_others = before.articles[start][0] in kept
    # What begins a page may come to stand on the one before, unless it was told to begin a page.
    if start and not begins_with_others and not is_forced:
        start -= 1
    while start and before.handed_over[start]:
        start -= 1
    return start


def joins(
    state: Any,  # noqa: ANN401
    before: Paginated,
    index: int,
    paths: Sequence[Sequence[int]],
    kept: set[ET.Element],
) -> bool:
    """Return whether a page begins as the page of before with its number, behind all that changed.

    Args:
        state: The engine's at the start of the page.
        before: The layout before.
        index: Of the page, from 0.
        paths: Where in the tree of boxes each changed article stands.
        kept: The articles that did not change.
    """
    resumed_at, following, is_right, counters, _ = state
    known = before.maker[index]
    if before.handed_over[index] or (resumed_at, following, is_right) != known[:3] or counters != known[3]:
        return False
    if any(each not in kept for articles in before.articles[index:] for each in articles):
        return False
    at = steps_of(resumed_at)
    return all(at > list(path) and at[: len(path)] != list(path) for path in paths)


def _remake_pages_naming(
    notes: Sequence[Any],
    context: Any,  # noqa: ANN401
    root: Any,  # noqa: ANN401
    styled: Styled,
    result: Paginated,
    moved: set[str],
) -> None:
    """Lay out again the pages that name the number of a page on which something stands that moved.

    Raises:
        UnsafeError: Such a page then ends elsewhere.
    """
    if not moved:
        return
    from weasyprint.layout import page as layout  # noqa: PLC0415 - slow to load

    seed(context, result.anchors, len(result.pages))
    for index, page in enumerate(result.pages):
        if not moved.intersection(anchors_named(context, page)):
            continue
        if result.handed_over[index]:
            raise UnsafeError
        following = context.page_maker[index + 1]
        anchors = list(context.page_maker[index][-1]["anchors"])
        context.page_maker[index][-1]["anchors"] = []
        # A note is taken from the list when it is set, and this page may set it again.
        context.footnotes = list(notes)
        # Nothing is handed over to it: what the page laid out last left over belongs elsewhere.
        context.broken_out_of_flow, context.reported_footnotes = {}, []
        again, resumed_at = layout.remake_page(index, context, root, styled.html)
        if hands_over(context) or resumed_at != following[0]:
            raise UnsafeError
        context.page_maker[index + 1] = following
        context.page_maker[index][-1].update(content_changed=False, anchors=anchors)
        result.pages[index] = again
        result.made = sorted({*result.made, index})
        finish(context, again, index, ())

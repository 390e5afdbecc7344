"""Pages laid out anew from the first that an edit can reach, and kept from the first that it cannot.

The engine lays a document out from its first page to its last, and again where a number in the contents
turned out to be another. Here a layout begins with the numbers of the layout before, so that mostly one pass
is enough; and where only articles changed, it begins at the last page that is surely as it was, with the
state that the engine was in there, and ends as soon as a page begins at the same place, in the same state, as
a page of before: that one and all after it are kept.

What is laid out again is laid out by the engine itself, from one state of its own to the next. Where anything
is handed over from page to page that is not in this state – a note, an element that stands in the margins –,
the whole is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
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
    from collections.abc import Callable, Mapping, Sequence
    from xml.etree import ElementTree as ET

    from pipeline.page.engine.preview.styling import Styled

GUARD: Final = Guard(
    "pagination",
    VERSION,
    (
        Shape("weasyprint.layout:initialize_page_maker", "(context, root_box)"),
        Shape("weasyprint.layout:layout_document", "(html, root_box, context, max_loops=8)"),
        Shape("weasyprint.layout:layout_fixed_boxes", "(context, pages, containing_page)"),
        Shape("weasyprint.layout.page:remake_page", "(index, context, root_box, html)"),
        Shape("weasyprint.layout.page:make_margin_boxes", "(context, page, state)"),
        Shape("weasyprint.layout.background:layout_backgrounds", "(page, get_image_from_uri)"),
        Shape("weasyprint.layout:LayoutContext.string_set"),
        Shape("weasyprint.layout:LayoutContext.running_elements"),
        Shape("weasyprint.layout:LayoutContext.broken_out_of_flow"),
        Shape("weasyprint.layout:LayoutContext.reported_footnotes"),
        Shape("weasyprint.layout:LayoutContext.rendered_notes"),
        Shape("weasyprint.css.targets:TargetCollector.target_lookup_items"),
        Shape("weasyprint.css.targets:TargetCollector.counter_lookup_items"),
        Shape("weasyprint.css.targets:TargetLookupItem.cached_page_counter_values"),
        Shape("weasyprint.css.targets:CounterLookupItem.cached_page_counter_values"),
    ),
)

_MOST_PASSES: Final = 8
"""As the engine has it."""


@dataclass(slots=True)
class Paginated:
    """Pages laid out, and the states of the engine between them.

    Args:
        pages: The engine's boxes of pages, with what stands in their margins.
        maker: The engine's state at the start of each page, and at the end.
        strings: The named strings that each page sets, in order.
        articles: The articles that stand on each page, in order of the document.
        handed_over: Whether something is handed over to each page from the one before.
        made: The indices of the pages that were laid out now; the others are kept from before.
        is_whole: Whether nothing is handed over that states do not have.
    """

    pages: list[Any]
    maker: list[Any]
    strings: list[list[tuple[str, str]]]
    articles: list[list[ET.Element]]
    handed_over: list[bool]
    made: list[int]
    is_whole: bool
    anchors: dict[str, int] = field(default_factory=dict)


def paginate(
    context: Any,  # noqa: ANN401
    root: Any,  # noqa: ANN401
    styled: Styled,
    before: Paginated | None,
    after_page: Callable[[], None] = lambda: None,
) -> Paginated:
    """Lay out a whole document.

    Args:
        context: The engine's layout context, new.
        root: The tree of its boxes.
        styled: The document.
        before: An earlier layout, whose page numbers are taken for granted first.
        after_page: Called after each page; what it raises breaks the work off.
    """
    from weasyprint import layout  # noqa: PLC0415 - slow to load

    layout.initialize_page_maker(context, root)
    total = 0
    if before is not None:
        total = len(before.pages)
        seed(context, before.anchors, total)
        context.page_maker[0][3][1]["pages"] = [total]
    notes = context.footnotes.copy()
    pages: list[Any] = []
    expected = before.anchors if before is not None else None
    for turn in range(_MOST_PASSES):
        if turn:
            context.footnotes = notes.copy()
        counted = total
        former, pages = pages, []
        for page in layout.make_all_pages(context, root, styled.html, former):
            pages.append(page)
            after_page()
        total = len(pages)
        for *_, state, _ in context.page_maker:
            state[1]["pages"] = [total]
        if expected is not None:
            expected = _renumber(context, pages, expected)
        remakes = [remake for *_, remake in context.page_maker]
        is_counted = any(remake["pages_wanted"] for remake in remakes) and counted != total
        if not is_counted and not any(remake["content_changed"] for remake in remakes):
            break
    handed = context.__dict__.get("handed_over", {})
    made = Paginated(
        pages,
        context.page_maker,
        [],
        [articles_on(page) for page in pages],
        [any(handed.get(index, ())) for index in range(len(pages))],
        list(range(len(pages))),
        is_whole=not runs_along(context) and not any(page.fixed_boxes for page in pages),
    )
    made.strings = [strings_of(context, page, index) for index, page in enumerate(pages)]
    set_strings(context, made.strings)
    for index, page in enumerate(pages):
        finish(context, page, index, pages)
    made.anchors = page_of_anchors(made.maker)
    return made


def _renumber(context: Any, pages: Sequence[Any], expected: Mapping[str, int]) -> dict[str, int]:  # noqa: ANN401
    """Have the pages laid out again that name a page on which an anchor was expected, and does not stand.

    Of anchors that a style takes from an attribute the engine itself finds out only in its first pass.
    """
    anchors = page_of_anchors(context.page_maker)
    moved = _moved(expected, anchors)
    if moved:
        seed(context, anchors, len(pages))
        for index, page in enumerate(pages):
            if moved.intersection(anchors_named(context, page)):
                context.page_maker[index][-1]["content_changed"] = True
    return anchors


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
    _remake_pages_naming(notes, context, root, styled, result, _moved(before.anchors, result.anchors))
    return result


def start_of(before: Paginated, kept: set[ET.Element]) -> int:
    """Return the index of the page to begin with: the one on which the text before a changed article ends.

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
    """Return whether a page begins as the page of before with its number, behind all that changed."""
    resumed_at, following, is_right, counters, _ = state
    known = before.maker[index]
    if before.handed_over[index] or (resumed_at, following, is_right) != known[:3] or counters != known[3]:
        return False
    if any(each not in kept for articles in before.articles[index:] for each in articles):
        return False
    at = steps_of(resumed_at)
    return all(at > list(path) and at[: len(path)] != list(path) for path in paths)


def finish(context: Any, page: Any, index: int, pages: Sequence[Any]) -> None:  # noqa: ANN401
    """Set what stands in the margins of a page, and lay out its grounds, as the engine does it in the end."""
    from weasyprint import layout  # noqa: PLC0415 - slow to load
    from weasyprint.layout.background import layout_backgrounds  # noqa: PLC0415 - slow to load

    root, notes, note_area = page.children
    root.children = [
        *layout.layout_fixed_boxes(context, pages[:index], page),
        *root.children,
        *layout.layout_fixed_boxes(context, pages[index + 1 :], page),
    ]
    context.current_page = index + 1
    page.children = (
        root,
        *(area for area in (notes, note_area) if area.children),
        *layout.make_margin_boxes(context, page, context.page_maker[index + 1][3]),
    )
    layout_backgrounds(page, context.get_image_from_uri)


def _moved(before: Mapping[str, int], after: Mapping[str, int]) -> set[str]:
    """Return the anchors that stand on another page now."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


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

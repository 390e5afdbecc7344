"""A whole document laid out page by page, with the states of the engine between its pages.

The engine lays a document out from its first page to its last, and again where a number in the contents
turned out to be another. Here a layout begins with the numbers of the layout before, so that mostly one pass
is enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape
from pipeline.page.engine.preview.states import (
    anchors_named,
    articles_on,
    page_of_anchors,
    runs_along,
    seed,
    set_strings,
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
        anchors: The index of the page on which each anchor stands, by its name.
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
    after_page: Callable[[int], None] = lambda _: None,
) -> Paginated:
    """Lay out a whole document.

    Args:
        context: The engine's layout context, new.
        root: The tree of its boxes.
        styled: The document.
        before: An earlier layout, whose page numbers are taken for granted first.
        after_page: Called after each page with its number, from 1, which begins anew with each pass; what it
            raises breaks the work off.
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
            after_page(len(pages))
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
    moved = moved_anchors(expected, anchors)
    if moved:
        seed(context, anchors, len(pages))
        for index, page in enumerate(pages):
            if moved.intersection(anchors_named(context, page)):
                context.page_maker[index][-1]["content_changed"] = True
    return anchors


def finish(context: Any, page: Any, index: int, pages: Sequence[Any]) -> None:  # noqa: ANN401
    """Set what stands in the margins of a page, and lay out its grounds, as the engine does it in the end.

    Args:
        context: The engine's layout context.
        page: Its box of the page; changed in place.
        index: Of the page, from 0.
        pages: All pages, whose fixed boxes stand on each; none where no page has any.
    """
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


def moved_anchors(before: Mapping[str, int], after: Mapping[str, int]) -> set[str]:
    """Return the anchors that stand on another page now."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}

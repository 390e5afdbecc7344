"""Continuations handed over from one page to the next, kept between the engine's passes.

The engine lays pages out in passes: a later one lays out again only those pages whose counters (the numbers
in the contents, in the calendar) have become known. Continuations – the rest of a float that does not fit on
its page, a footnote – are handed over only while pages are laid out one after the other: where the next page
is laid out again alone, the float or the note is lost. With this patch each page gets the continuations that
the page before it last handed over, and nothing is handed over that does not begin on the page before.

Pages after the end of the text, which footnotes alone fill, are laid out in the first pass and dropped in the
next, with their notes: there the last page of the text is up to date, and hands nothing over. With this patch
each pass lays that page and those after it out again, and they have the margins of the others. A page behind
one that continuations alone fill has its margins too, not those of the first page.

Where what follows cannot begin on a page, the engine looks for an earlier break in what stands there already.
In a box of several columns it has lost where each part stands in the text, and fails on a part that spans the
columns. With this patch it breaks before or after such a box, not within it.

Upstream: no issue known for these. https://github.com/Kozea/WeasyPrint/issues/2459 and the pull request 2473,
both open, are about split floats whose rest is lost for another reason.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

GUARD: Final = Guard(
    "repagination",
    VERSION,
    (
        Shape("weasyprint.layout.page:remake_page", "(index, context, root_box, html)"),
        Shape("weasyprint.layout.page:make_all_pages", "(context, root_box, html, pages)"),
        Shape("weasyprint.layout:LayoutContext.broken_out_of_flow"),
        Shape("weasyprint.layout:LayoutContext.reported_footnotes"),
        Shape("weasyprint.formatting_structure.boxes:PageBox.descendants", "(self, placeholders=False)"),
        Shape(
            "weasyprint.layout.block:find_earlier_page_break",
            "(context, children, absolute_boxes, fixed_boxes)",
        ),
        Shape("weasyprint.formatting_structure.boxes:LineBox", "(element_tag, style, element, children)"),
        Shape("weasyprint.formatting_structure.boxes:Box.is_in_normal_flow", "(self)"),
    ),
)

_HANDED_OVER: Final = "handed_over"
"""The attribute of a layout context for the continuations of each page, by the page's index."""


def keep_continuations() -> None:
    """Patch the engine to hand over continuations in every pass; a second call does nothing."""
    import weasyprint.layout  # noqa: PLC0415 - slow to load
    from weasyprint.layout import page as layout  # noqa: PLC0415 - likewise

    plain = layout.remake_page
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def remake_page(index: int, context: Any, *arguments: object) -> Any:  # noqa: ANN401 - the engine's own
        kept = context.__dict__.setdefault(_HANDED_OVER, {0: ({}, [])})
        if index in kept:
            floats, notes = kept[index]
            context.broken_out_of_flow, context.reported_footnotes = dict(floats), list(notes)
        result = plain(index, context, *arguments)
        _drop_unbegun(result[0], context.broken_out_of_flow)
        handed = (dict(context.broken_out_of_flow), list(context.reported_footnotes))
        before = kept.get(index + 1, handed)
        kept[index + 1] = handed
        begins_at, following, *_, state = context.page_maker[index + 1]
        if begins_at is not None and begins_at == context.page_maker[index][0]:
            # Only continuations were laid out, and the engine takes the next page for the document's first.
            following["page"] = context.page_maker[index][1]["page"]
        if begins_at is not None and _boxes(*handed) != _boxes(*before):
            # The next page begins at the same place in the text, but with other continuations.
            state["content_changed"] = True
        return result

    layout.remake_page = remake_page
    plain_pass = layout.make_all_pages

    @functools.wraps(plain_pass)
    def make_all_pages(context: Any, root_box: Any, *arguments: Any) -> Any:  # noqa: ANN401 - likewise
        # A page without text is of the kind that the root asks for: that of the body, not the engine's own.
        root_box.style["page"] = root_box.children[0].style["page"]
        _lay_out_notes_behind_the_text_again(context)
        return plain_pass(context, root_box, *arguments)

    weasyprint.layout.make_all_pages = make_all_pages
    _break_outside_of_columns()


def _break_outside_of_columns() -> None:
    """Patch the engine not to look for an earlier break among columns."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415 - slow to load
    from weasyprint.layout import block  # noqa: PLC0415 - likewise

    plain = block.find_earlier_page_break

    @functools.wraps(plain)
    def find_earlier_page_break(context: Any, children: Any, *arguments: Any) -> Any:  # noqa: ANN401
        of_lines = bool(children) and isinstance(children[0], boxes.LineBox)
        if not of_lines and any(
            child.is_in_normal_flow() and not hasattr(child, "index") for child in children
        ):
            # Only the parts of a box of columns have no place among the children of the box.
            return None
        return plain(context, children, *arguments)

    block.find_earlier_page_break = find_earlier_page_break


def _lay_out_notes_behind_the_text_again(context: Any) -> None:  # noqa: ANN401 - likewise
    """Have the last page of the text laid out in this pass if it hands notes over, and those behind it."""
    kept = context.__dict__.get(_HANDED_OVER, {})
    pages = context.page_maker
    for index in range(len(pages) - 1):
        ends_text = pages[index + 1][0] is None
        _, notes = kept.get(index + 1, ((), ()))
        if ends_text and (notes or (index > 0 and pages[index][0] is None)):
            pages[index][-1]["content_changed"] = True


def _drop_unbegun(page: Any, floats: dict[Any, tuple[Any, ...]]) -> None:  # noqa: ANN401 - likewise
    """Drop continuations of boxes that do not begin on the page as it was finally laid out.

    Where a heading cannot keep the following lines with it, the engine moves the article to the next page
    after laying out its card, and hands over the rest of that card as well: it would appear twice.

    Args:
        page: The engine's box of the page.
        floats: The continuations of the page, by box; changed in place.
    """
    begun = {id(box) for box in page.descendants(placeholders=True)}
    for box in [box for box in floats if id(box) not in begun]:
        del floats[box]


def _boxes(floats: dict[Any, tuple[Any, ...]], notes: list[Any]) -> list[int]:
    """Return the identities of the boxes handed over; the boxes laid out of them are new each time."""
    return [id(parts[0]) for parts in floats.values()] + [id(note) for note in notes]

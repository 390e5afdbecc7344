"""What one page hands over to the next, kept between the engine's passes.

The engine lays pages out in passes: a later one lays out again only those pages whose counters (the
numbers in the contents, in the calendar) have become known. What a page hands over – the rest of a float
that does not fit above its foot, a footnote – it hands over only while it lays out the pages one after the
other: where the next page is laid out again alone, the float or the note is on no page at all. Here each
page is given what the page before it last handed over, and nothing is handed over that does not begin on
the page before.

Upstream: no issue known for it. https://github.com/Kozea/WeasyPrint/issues/2459 and the pull request 2473,
both open, are about parted floats whose rest is lost for another reason.
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
        Shape("weasyprint.layout:LayoutContext.broken_out_of_flow"),
        Shape("weasyprint.layout:LayoutContext.reported_footnotes"),
        Shape("weasyprint.formatting_structure.boxes:PageBox.descendants", "(self, placeholders=False)"),
    ),
)

_HANDED_OVER: Final = "handed_over"
"""Under which name a layout keeps what each page was handed, by the page's index."""


def keep_continuations() -> None:
    """Have the engine hand over the rest of what a page began, in every pass; a second call does nothing."""
    from weasyprint.layout import page as layout  # noqa: PLC0415 - slow to load

    plain = layout.remake_page
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def remake_page(index: int, context: Any, *arguments: object) -> Any:  # noqa: ANN401 - the engine's own
        kept = context.__dict__.setdefault(_HANDED_OVER, {})
        if index in kept:
            floats, notes = kept[index]
            context.broken_out_of_flow, context.reported_footnotes = dict(floats), list(notes)
        result = plain(index, context, *arguments)
        _drop_unbegun(result[0], context.broken_out_of_flow)
        handed = (dict(context.broken_out_of_flow), list(context.reported_footnotes))
        before = kept.get(index + 1, handed)
        kept[index + 1] = handed
        begins_at, *_, state = context.page_maker[index + 1]
        if begins_at is not None and _boxes(*handed) != _boxes(*before):
            # The next page begins at the same place in the text, yet not with the same things.
            state["content_changed"] = True
        return result

    layout.remake_page = remake_page


def _drop_unbegun(page: Any, floats: dict[Any, tuple[Any, ...]]) -> None:  # noqa: ANN401 - likewise
    """Hand over only what begins on the page as it was laid out in the end.

    Where a head does not keep its lines with it, the engine moves the article to the next page after it
    has laid out the card once, and hands over the rest of that card as well: it would be there twice.

    Args:
        page: The engine's box of the page.
        floats: What the page hands over, by box; changed in place.
    """
    begun = {id(box) for box in page.descendants(placeholders=True)}
    for box in [box for box in floats if id(box) not in begun]:
        del floats[box]


def _boxes(floats: dict[Any, tuple[Any, ...]], notes: list[Any]) -> list[int]:
    """Identify the boxes of the document that are handed over; what was laid out of them is new each time."""
    return [id(parts[0]) for parts in floats.values()] + [id(note) for note in notes]

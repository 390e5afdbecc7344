"""The name of an article above its card, where the card is continued on the page after its head.

A card that does not fit above the foot of its page is continued on the next, away from the head of its
article. The template writes the article's name into every card; with this patch it is laid out only in a card
that is continued as a whole, and takes no room in any other.

Upstream: CSS has no such thing.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BOXES: Final = "weasyprint.formatting_structure.boxes"

GUARD: Final = Guard(
    "named_cards",
    VERSION,
    (
        Shape(
            "weasyprint.layout.page:make_page",
            "(context, root_box, page_type, resume_at, page_number, page_state)",
        ),
        Shape("weasyprint.layout:LayoutContext.broken_out_of_flow"),
        Shape(f"{_BOXES}:ParentBox.copy_with_children", "(self, new_children)"),
        Shape(f"{_BOXES}:ParentBox.children"),
        Shape(f"{_BOXES}:Box.element"),
    ),
)

_NAMES: Final = "names_of_cards"
"""The attribute of a layout context for the boxes of names, by the identity of the card's box."""

_ALL_BUT_THE_PEG: Final[Mapping[int, None]] = {1: None}
"""Where a card is resumed that is continued as a whole: at its second part."""


def name_continued_cards() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.layout import page as layout  # noqa: PLC0415 - slow to load

    plain = layout.make_page
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def make_page(context: Any, root_box: Any, *arguments: Any) -> Any:  # noqa: ANN401 - the engine's own
        if _NAMES not in context.__dict__:
            context.__dict__[_NAMES] = dict(_detached_names(root_box))
        names = context.__dict__[_NAMES]
        for key, continued in list(context.broken_out_of_flow.items()):
            card, resume_at = continued[0], continued[-1]
            if id(card) in names and resume_at == _ALL_BUT_THE_PEG:
                context.broken_out_of_flow[key] = (_named(card, names), *continued[1:])
        return plain(context, root_box, *arguments)

    layout.make_page = make_page


def _detached_names(box: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """Take the names out of the cards below a box; yield each with the identity of its card."""
    children: Any = getattr(box, "children", ())
    if box.element_tag == "aside" and len(children) > 1 and getattr(children[1], "children", ()):
        first, *others = children[1].children
        if _is_name(first):
            children[1].children = others
            yield id(box), first
        return
    for child in children:
        yield from _detached_names(child)


def _is_name(box: Any) -> bool:  # noqa: ANN401
    return hasattr(box.element, "get") and box.element.get("class") == "of"


def _named(card: Any, names: dict[int, Any]) -> Any:  # noqa: ANN401
    """Return a copy of a card with its name first."""
    peg, whole, *others = card.children
    with_name = whole.copy_with_children([names[id(card)], *whole.children])
    return card.copy_with_children([peg, with_name, *others])

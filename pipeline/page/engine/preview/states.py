"""The engine's states between pages, and what pages set and name: read, copied, and put into a new layout."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree import ElementTree as ET


class UnsafeError(Exception):
    """The pages cannot be laid out in part."""


def steps_of(resumed_at: Mapping[int, Any] | None) -> list[int]:
    """Return the indices of the boxes in one another at which a page begins."""
    steps = []
    while resumed_at:
        step, resumed_at = next(iter(resumed_at.items()))
        steps.append(step)
    return steps


_HOLDERS: Final = {"html", "body", "main", "section", "div"}
"""Elements that articles stand in."""


def path_to(box: Any, element: ET.Element) -> list[int]:  # noqa: ANN401
    """Return the indices of the boxes in one another that lead to the first box of an element.

    Raises:
        UnsafeError: It has no box.
    """
    path = _path_below(box, element)
    if path is None:
        raise UnsafeError
    return path


def _path_below(box: Any, element: ET.Element) -> list[int] | None:  # noqa: ANN401
    for index, child in enumerate(getattr(box, "children", ())):
        if child.element is element:
            return [index]
        if child.element is not None and child.element.tag not in _HOLDERS:
            continue
        path = _path_below(child, element)
        if path is not None:
            return [index, *path]
    return None


def as_done(state: Any) -> Any:  # noqa: ANN401
    """Return a state of the engine with nothing left to do."""
    resumed_at, following, is_right, counters, remake = state
    done = {
        "content_changed": False,
        "pages_wanted": remake["pages_wanted"],
        "anchors": list(remake["anchors"]),
        "content_lookups": [],
    }
    return resumed_at, dict(following), is_right, copy.deepcopy(counters), done


def hands_over(context: Any) -> bool:  # noqa: ANN401
    """Return whether the page laid out last has something to go on with on the next."""
    return bool(context.broken_out_of_flow or context.reported_footnotes)


def runs_along(context: Any) -> bool:  # noqa: ANN401
    """Return whether an element of the text stands in the margins of pages."""
    return any(boxes for pages in context.running_elements.values() for boxes in pages.values())


def seed(context: Any, anchors: Mapping[str, int], total: int) -> None:  # noqa: ANN401
    """Tell the engine the page of each anchor as it was, which saves a pass to find out."""
    targets = context.target_collector
    for name, item in targets.target_lookup_items.items():
        index = anchors.get(name)
        if index is not None and item.state == "up-to-date":
            item.cached_page_counter_values = {"pages": [total], "page": [index + 1]}
            item.page_maker_index = index
    for (_, token), item in targets.counter_lookup_items.items():
        if token == "content" and item.missing_target_counters:  # noqa: S105 - of a style
            item.parse_again({})


def page_of_anchors(maker: Sequence[Any]) -> dict[str, int]:
    """Return the index of the page on which each anchor stands, from the states of all pages."""
    found: dict[str, int] = {}
    for index, (*_, remake) in enumerate(maker):
        for name in remake["anchors"]:
            found.setdefault(name, index)
    return found


def articles_on(page: Any) -> list[ET.Element]:  # noqa: ANN401
    """Return the articles that stand on a page, in order."""
    found: dict[ET.Element, None] = {}
    for box in page.descendants(placeholders=True):
        if box.element_tag == "article":
            found.setdefault(box.element)
    return list(found)


def strings_of(context: Any, page: Any, index: int) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the named strings that a page sets, with the numbers of pages they name."""
    counters = context.page_maker[index + 1][3][1]
    found: list[tuple[str, str]] = []
    for box in page.descendants():
        if box.missing_link:
            for (link, token), item in context.target_collector.counter_lookup_items.items():
                if box.missing_link == link and token not in {"content", "bookmark-label"}:
                    item.parse_again(counters)
        if box.string_set and box.string_set != "none":
            found += box.string_set
    return found


def set_strings(context: Any, strings: Sequence[Sequence[tuple[str, str]]]) -> None:  # noqa: ANN401
    """Enter the named strings of all pages where margins look them up."""
    context.string_set.clear()
    for index, named in enumerate(strings):
        for name, text in named:
            context.string_set[name][index + 1].append(text)


def last_values(strings: Sequence[Sequence[tuple[str, str]]]) -> dict[str, str]:
    """Return the last value of each named string."""
    return {name: text for named in strings for name, text in named}


def anchors_named(context: Any, page: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the anchors whose page numbers a page gives."""
    naming = {
        link.element: item.missing_target_counters
        for (link, token), item in context.target_collector.counter_lookup_items.items()
        if token == "content"  # noqa: S105 - of a style
    }
    for box in page.descendants(placeholders=True):
        if box.missing_link is not None:
            element = box.missing_link.element
            # The engine does not say which anchor it is where a style takes it from an attribute.
            yield from (name or element.get("href", "").removeprefix("#") for name in naming.get(element, ()))

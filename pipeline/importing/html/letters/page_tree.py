"""Where the elements of a page stand, while some of them are taken off.

To look for an element among its siblings takes time in proportion to their number, and for each of them its
square. So it is known of each which stands before it and which behind.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element


class PageTree:
    """The elements of a page.

    Args:
        body: The element that holds them.
    """

    def __init__(self, body: Element) -> None:
        """Enter where each stands."""
        self._body = body
        self._parents = {child: parent for parent in body.iter() for child in parent}
        self._behind = {one: other for parent in body.iter() for one, other in pairwise(parent)}
        self._before = {other: one for one, other in self._behind.items()}
        self._gone: set[Element] = set()

    def parent(self, element: Element) -> Element | None:
        """Return what an element stood in from the start; None for what holds them all."""
        return self._parents.get(element)

    def is_there(self, element: Element) -> bool:
        """Return whether neither an element nor anything it stands in was taken off."""
        at: Element | None = element
        while at is not None and at is not self._body:
            if at in self._gone:
                return False
            at = self._parents.get(at)
        return at is not None

    def is_taken_off(self, element: Element) -> bool:
        """Return whether an element was taken off by itself."""
        return element in self._gone

    def before(self, element: Element) -> Iterator[Element]:
        """Yield the siblings before an element that are left, the nearest first."""
        at = self._before.get(element)
        while at is not None:
            yield at
            at = self._before.get(at)

    def behind(self, element: Element) -> Iterator[Element]:
        """Yield the siblings behind an element that are left, in order."""
        at = self._behind.get(element)
        while at is not None:
            yield at
            at = self._behind.get(at)

    def take_off(self, elements: Iterable[Element]) -> None:
        """Learn that elements were taken off the page."""
        for element in elements:
            self._gone.add(element)
            before, behind = self._before.get(element), self._behind.get(element)
            if before is not None:
                _enter(self._behind, before, behind)
            if behind is not None:
                _enter(self._before, behind, before)


def _enter(table: dict[Element, Element], element: Element, other: Element | None) -> None:
    if other is None:
        table.pop(element, None)
    else:
        table[element] = other

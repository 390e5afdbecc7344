"""Which articles leave a page nearly empty, so that lower photographs in them might save it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_SAVED: Final = 18
"""Lines on a page that lower photographs on the pages before it can make room for, at most."""


def loose_articles(fills: Sequence[tuple[int, int]], articles: Sequence[Collection[str]]) -> frozenset[str]:
    """Return the `id`s of the articles on pages nearly empty, and on those before them.

    Args:
        fills: How many lines each page holds, and how many are free.
        articles: The `id`s of the articles on each page.
    """
    loose: set[str] = set()
    for page, (lines, free) in enumerate(fills):
        if 0 < page < len(fills) - 1 and lines <= MOST_SAVED and free > lines:
            loose |= {*articles[page], *articles[page - 1]}
    return frozenset(loose - {""})

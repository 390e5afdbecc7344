"""The lines at the head and at the foot of pages that hold running heads."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

_CUT: Final = "…"

_OUTER: Final = 3
"""Lines at the head and at the foot of a page among which its running heads and its slug are."""


def running_lines(fragments: Sequence[Fragment], running: frozenset[str]) -> frozenset[tuple[int, int]]:
    """Return the lines of running heads, by page and baseline: among the first and last of a page.

    A text may have the same words as a running head, even at the head of a page. The running head is what
    stands at the same height on most pages; of several on one page, the outermost.

    Args:
        fragments: Of all pages.
        running: The signs of running heads.
    """
    lines: dict[int, set[int]] = defaultdict(set)
    for fragment in fragments:
        lines[fragment.page].add(round(fragment.baseline))
    outer = {page: {*sorted(found)[:_OUTER], *sorted(found)[-_OUTER:]} for page, found in lines.items()}
    known: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for fragment in fragments:
        line = round(fragment.baseline)
        if line in outer[fragment.page] and _is_running(fragment.signs, running):
            known[fragment.signs].add((fragment.page, line))
    return frozenset(line for found in known.values() for line in _at_one_height(found, lines))


def _is_running(signs: str, running: frozenset[str]) -> bool:
    """Return whether signs are a running head, or the beginning of one that is cut for want of room."""
    if signs in running:
        return True
    return signs.endswith(_CUT) and any(head.startswith(signs.rstrip(_CUT)) for head in running)


def _at_one_height(found: set[tuple[int, int]], lines: dict[int, set[int]]) -> set[tuple[int, int]]:
    """Return the lines at the height at which most pages have the words; of two such, the outer one."""
    heights = Counter(line for _, line in found)

    def rank(height: int) -> tuple[int, int]:
        beyond = min(
            min(sum(other > line for other in lines[page]), sum(other < line for other in lines[page]))
            for page, line in found
            if line == height
        )
        # Whole points: two pages may differ by one.
        return -sum(heights[height + away] for away in (-1, 0, 1)), beyond

    height = min(heights, key=rank)
    return {(page, line) for page, line in found if abs(line - height) <= 1}

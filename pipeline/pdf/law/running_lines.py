"""The lines at the head and at the foot of pages that hold running heads."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.pdf.law.drawn_text import Fragment

_OUTER: Final = 3
"""Lines at the head and at the foot of a page among which its running heads and its slug are."""


def running_lines(fragments: Sequence[Fragment], running: frozenset[str]) -> frozenset[tuple[int, int]]:
    """Return the lines of running heads, by page and baseline: among the first and last of a page.

    Args:
        fragments: Of all pages.
        running: The signs of running heads.
    """
    lines: dict[int, set[int]] = defaultdict(set)
    for fragment in fragments:
        lines[fragment.page].add(round(fragment.baseline))
    outer = {page: {*sorted(found)[:_OUTER], *sorted(found)[-_OUTER:]} for page, found in lines.items()}
    known = ((fragment.page, round(fragment.baseline)) for fragment in fragments if fragment.signs in running)
    return frozenset((page, line) for page, line in known if line in outer[page])

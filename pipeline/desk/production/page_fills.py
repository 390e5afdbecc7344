"""Findings on how full the pages of an edition are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.findings.finding import Finding
    from pipeline.models.issue import Issue
    from pipeline.page.engine.page_boxes import PageFill

FEWEST_ON_LAST: Final = 3
"""The last page holds at least a third of its lines."""

MOST_SHORT: Final = 4
"""Lines by which any other page may end short."""

FILL_CODES: Final = frozenset({"W05", "W06"})
"""The codes of these findings; editions differ in them by a line or so."""


def fill_findings(issue: Issue, fills: Sequence[PageFill]) -> list[Finding]:
    """Return a warning for each page that ends short (W06), and for a last page nearly empty (W05).

    Args:
        issue: The issue.
        fills: How many lines each page has room for and has free, in order.
    """
    place = Place(f"{issue.folder}/issue.yaml")
    findings = [
        found("W06", place, page=number, lines=fill.free)
        for number, fill in enumerate(fills[:-1], 1)
        if fill.free > MOST_SHORT
    ]
    last = fills[-1]
    total = last.lines + last.free
    if len(fills) > 1 and last.lines * FEWEST_ON_LAST < total:
        missing = -(-total // FEWEST_ON_LAST) - last.lines
        findings.append(found("W05", place, page=len(fills), lines=last.lines, fill=missing))
    return findings

"""Rows of tables: cells that the parser leaves out, and how a column is set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import Alignment

if TYPE_CHECKING:
    from pipeline.reading.markdown.source.source_lines import SourceLines
    from pipeline.reading.markdown.source.tokens import Token

_SEAM: Final = re.compile(r"(?<!\\)\|")
_MARGIN: Final = re.compile(r"(?:[\s>]|(?:[-*+]|\d{1,9}[.)])(?=\s))*")
"""What quotations and lists put before the first line of a table."""


def surplus_cells(token: Token, lines: SourceLines, count: int) -> list[Finding]:
    """Find the cells of a row beyond the last column, which the parser silently drops (E64).

    Args:
        token: The opening token of the row.
        lines: Of the file.
        count: How many cells the parser has read.
    """
    number = lines.number(token)
    line = _MARGIN.sub("", lines[number], count=1)
    written = _SEAM.split(line.removeprefix("|").rstrip("| "))
    surplus = "|".join(written[count:]).strip("| ")
    if not surplus:
        return []
    place = Place(lines.path, number, lines[number].rfind(surplus) + 1, len(surplus))
    return [found("E64", place, count=len(written), wanted=count)]


def alignment_of(cell: Token) -> Alignment:
    """Return how the column of a cell is set, by its opening token."""
    style = str(cell.attrGet("style") or "")
    if "center" in style:
        return Alignment.CENTRE
    return Alignment.END if "right" in style else Alignment.START

"""What is wrong with the sheets of a house's own style, and the faces that these name.

The engine says little of a sheet: it leaves out what it does not know, takes another face, fails at a length
that no page has, or goes on for hours. So what a house has written is read before pages are laid out by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings.finding import with_excerpts
from pipeline.page.sheets.declarations import declarations_of
from pipeline.page.sheets.measures import measure_findings
from pipeline.page.sheets.own_files import OwnSheets
from pipeline.page.sheets.page_format import format_findings, margin_findings
from pipeline.page.sheets.sheet_faces import sheet_faces
from pipeline.page.sheets.variables import variable_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.page.identity.style_file import StyleSheet
    from pipeline.page.sheets.declarations import Declaration


def held_sheets(
    sheets: Mapping[str, str],
    own: frozenset[str],
    plan: StyleSheet,
    fonts: Sequence[Path],
    language: str,
) -> OwnSheets:
    """Hold the sheets of a house to what pages can be laid out by.

    Args:
        sheets: The text of each sheet of the style, by its path in a workspace, in the order of the cascade.
        own: The paths of those that are the house's own.
        plan: The style, with the families of the house.
        fonts: Folders of faces, the workspace's own first.
        language: The language of the issue.
    """
    of_pages = {path for path in sheets if path.rpartition("/")[2] in plan.stylesheets}
    read = [each for path, text in sheets.items() if path in own for each in declarations_of(text, path)]
    ours = [each for each in read if each.place.path in of_pages]
    faces = sheet_faces(ours, plan, fonts, language)
    findings = [
        *(finding for each in ours for finding in [*format_findings(each)] or measure_findings(each)),
        *variable_findings(read),
        *faces.findings,
    ]
    if any(each.page is not None for each in ours):
        findings += margin_findings([*_of_pages(sheets, of_pages, ours, own)], own)
    return OwnSheets(faces.faces, tuple(with_excerpts(findings, sheets)))


def _of_pages(
    sheets: Mapping[str, str], of_pages: set[str], ours: Sequence[Declaration], own: frozenset[str]
) -> Iterator[Declaration]:
    """Yield the declarations of all sheets of pages, in the order of the cascade."""
    for path in (path for path in sheets if path in of_pages):
        if path in own:
            yield from (each for each in ours if each.place.path == path)
        else:
            yield from declarations_of(sheets[path], path)

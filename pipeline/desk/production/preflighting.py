"""Checks of finished PDFs, which are only read: preflight of any file, and the law of the page of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.production.printed_pictures import picture_path
from pipeline.files.bounded_process import Bounds, PastBoundsError, in_bounds
from pipeline.files.owned_files import load, named_file
from pipeline.findings.finding import Finding, IssueError, found, in_order, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.records import as_record, from_record
from pipeline.findings.translatable import N_
from pipeline.models.press_plan import PressPlan
from pipeline.page.layout_rules import are_of_today
from pipeline.page.pictures.metadata.cleaning import carried
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.page.style import ORIGIN
from pipeline.pdf.content.sound_pages import NONE_KNOWN
from pipeline.pdf.preflight.families import not_judged
from pipeline.pdf.preflight.preflight import findings_of
from pipeline.reading.publication import press_plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.desk.production.page_assets import PageAssets
    from pipeline.desk.production.prepared_issue import PreparedIssue
    from pipeline.files.workspace import Workspace
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.content.sound_pages import FilePages

LARGEST_PDF: Final = 300_000_000
"""Bytes; a bulletin of a hundred pages with photographs at 300 ppi stays below."""


_LEAST: Final = Bounds(seconds=15, memory=500_000_000)
_MOST: Final = Bounds(seconds=600, memory=4_000_000_000)
_SECONDS_A_MEGABYTE: Final = 2.0
_MEMORY_A_BYTE: Final = 8
_PAST: Final = {
    "time": N_("it takes more time than it may"),
    "memory": N_("it takes more memory than it may"),
    "fault": N_("the library that reads it broke down"),
}


class PreflightResult(NamedTuple):
    """What preflight found in a PDF.

    Args:
        findings: What is wrong or doubtful, by page and place.
        condition: The printing condition it was checked for; None for editions that are not printed.
        not_judged: The families of its standards' rules that preflight does not judge, as messages.
    """

    findings: tuple[Finding, ...]
    condition: PrintingCondition | None
    not_judged: tuple[str, ...]


def preflight_file(path: Path, name: str, edition: Edition, workspace: Workspace | None) -> PreflightResult:
    """Check a PDF as one of the editions.

    Args:
        path: The file.
        name: As findings name it.
        edition: Whose rules apply.
        workspace: The workspace whose publication names the paper; None for coated paper.

    Raises:
        IssueError: The file cannot be read (E01, E03, E08, E89), or the publication's settings for print
            have errors.
    """
    condition = printing_condition(workspace) if edition.in_ink else None
    # Only whether it can be read: what is in it is read by a process of its own.
    if isinstance(first := named_file(path, name, 0), Finding):
        raise IssueError([first])
    size = path.stat().st_size
    if size > LARGEST_PDF:
        shown, limit = f"{size / 1e6:.0f} MB", f"{LARGEST_PDF / 1e6:.0f} MB"
        raise IssueError([found("E03", Place(name), size=shown, limit=limit)])
    findings: list[Finding] = []
    try:
        request = _Request(path.absolute(), edition, condition)
        findings.extend(map(from_record, in_bounds(found_in_file, request, _bounds(size))))
    except PastBoundsError as fault:
        findings.append(found("E128", None, problem=_PAST[fault.by]))
    return PreflightResult(with_file_name(name, findings), condition, not_judged(edition))


class _Request(NamedTuple):
    """A file to be checked, by another process."""

    path: Path
    edition: Edition
    condition: PrintingCondition | None


def found_in_file(request: _Request) -> Iterator[dict[str, Any]]:
    """Yield the records of what preflight finds in a file: the work of the process of its own."""
    data = load(request.path, LARGEST_PDF)
    for finding in findings_of(data, request.edition, request.condition):
        yield as_record(finding)


def _bounds(size: int) -> Bounds:
    """Return what checking a file may take: with photographs, a page for print takes a second and 80 MB."""
    return Bounds(
        seconds=min(_LEAST.seconds + _SECONDS_A_MEGABYTE * size / 1e6, _MOST.seconds),
        memory=min(_LEAST.memory + _MEMORY_A_BYTE * size, _MOST.memory),
    )


def printing_condition(workspace: Workspace | None) -> PrintingCondition:
    """Return what the press files of a workspace are printed for; coated paper where there is none.

    Raises:
        IssueError: The publication's settings for print have errors.
    """
    if workspace is None:
        return condition_of(PressPlan(), None)
    return condition_of(press_plan_of(workspace), workspace.issues)


def with_file_name(name: str, findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings about a PDF with its name as their place, in the order of its pages."""
    return tuple(in_order(replace(finding, place=Place(name)) for finding in findings))


def law_findings(
    prepared: PreparedIssue,
    edition: Edition,
    pdf: bytes,
    assets: PageAssets,
    issue: Issue,
    known: FilePages = NONE_KNOWN,
) -> tuple[Finding, ...]:
    """Hold a finished PDF against the issue.

    What was published is built as it was: nothing is asked of what is built again, or with old templates.

    Args:
        prepared: The issue.
        edition: Which edition the file is.
        pdf: The file.
        assets: Its pictures as they were given to the engine.
        issue: Typeset, as the maker-up rearranged it.
        known: The pages of the file, and what is known of such pages.
    """
    valid = prepared.valid
    if prepared.request.is_rebuild or not are_of_today(valid.style.templates):
        return ()
    from pipeline.pdf.law.law import law_of_the_page  # noqa: PLC0415 - not needed for what was filed

    findings = law_of_the_page(
        issue,
        pdf,
        edition,
        _words_in_drawings(prepared),
        made_up=valid.style.plan.is_made_up,
        pictures={
            source: assets.files[picture.url.removeprefix(ORIGIN)].data
            for source, picture in assets.pictures.items()
            if not valid.pictures[source].is_drawing
        },
        known=known,
    )
    return tuple(with_excerpts(findings, valid.reading.sources))


def _words_in_drawings(prepared: PreparedIssue) -> Iterator[str]:
    """Yield the texts of the issue's SVG drawings."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - few issues have drawings

    valid = prepared.valid
    for source, picture in valid.pictures.items():
        if picture.is_drawing:
            root = ET.fromstring(carried(picture_path(valid, source)))  # noqa: S314 - examined before
            yield from root.itertext()

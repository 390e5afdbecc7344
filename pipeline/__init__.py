"""A press for bulletins: plain files in, typeset PDFs out.

The names below are the public interface; docs/api.md describes them with examples. Importing the package
loads none of its modules: each is imported when a name from it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.desk.intake.checking import check
    from pipeline.desk.production.build_request import BuildRequest
    from pipeline.desk.production.building import BuildResult, build
    from pipeline.desk.production.checked_issue import CheckedIssue, ValidIssue, check_issue
    from pipeline.desk.production.page_assets import PageAssets, page_assets_of
    from pipeline.files.workspace import Workspace, find_workspace
    from pipeline.findings.finding import (
        ArchiveError,
        BulletinError,
        DeliveryError,
        Finding,
        IssueError,
        PressError,
        Severity,
        errors,
    )
    from pipeline.findings.wording.wording import in_words
    from pipeline.models.editions import ARCHIVE, EDITIONS, PRESS, SCREEN, Edition
    from pipeline.page.composition.html import compose_html
    from pipeline.page.engine.faces import isolate_faces
    from pipeline.page.engine.press import print_pdf
    from pipeline.pdf.finishing.finish import FinishingPlan, finish
    from pipeline.pdf.finishing.tags import NoteWords
    from pipeline.pdf.preflight.preflight import preflight
    from pipeline.reading.issue_reader import Reading, read_issue
    from pipeline.typography.typesetting import typeset

__all__ = [
    "ARCHIVE",
    "EDITIONS",
    "PRESS",
    "SCREEN",
    "ArchiveError",
    "BuildRequest",
    "BuildResult",
    "BulletinError",
    "CheckedIssue",
    "DeliveryError",
    "Edition",
    "Finding",
    "FinishingPlan",
    "IssueError",
    "NoteWords",
    "PageAssets",
    "PressError",
    "Reading",
    "Severity",
    "ValidIssue",
    "Workspace",
    "build",
    "check",
    "check_issue",
    "compose_html",
    "errors",
    "find_workspace",
    "finish",
    "in_words",
    "isolate_faces",
    "page_assets_of",
    "preflight",
    "print_pdf",
    "read_issue",
    "typeset",
]

_NAMES = {
    "pipeline.findings.finding": (
        "ArchiveError",
        "BulletinError",
        "DeliveryError",
        "Finding",
        "IssueError",
        "PressError",
        "Severity",
        "errors",
    ),
    "pipeline.findings.wording.wording": ("in_words",),
    "pipeline.models.editions": (
        "ARCHIVE",
        "EDITIONS",
        "Edition",
        "PRESS",
        "SCREEN",
    ),
    "pipeline.files.workspace": (
        "Workspace",
        "find_workspace",
    ),
    "pipeline.reading.issue_reader": (
        "Reading",
        "read_issue",
    ),
    "pipeline.typography.typesetting": ("typeset",),
    "pipeline.page.composition.html": ("compose_html",),
    "pipeline.page.engine.faces": ("isolate_faces",),
    "pipeline.page.engine.press": ("print_pdf",),
    "pipeline.pdf.finishing.finish": (
        "FinishingPlan",
        "finish",
    ),
    "pipeline.pdf.finishing.tags": ("NoteWords",),
    "pipeline.pdf.preflight.preflight": ("preflight",),
    "pipeline.desk.intake.checking": ("check",),
    "pipeline.desk.production.build_request": ("BuildRequest",),
    "pipeline.desk.production.building": (
        "BuildResult",
        "build",
    ),
    "pipeline.desk.production.checked_issue": (
        "CheckedIssue",
        "ValidIssue",
        "check_issue",
    ),
    "pipeline.desk.production.page_assets": (
        "PageAssets",
        "page_assets_of",
    ),
}
"""The public names of each module, in the order of the steps from files to a PDF."""

_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds under this name
    """Import a public name when it is first used (PEP 562).

    Raises:
        AttributeError: It is no public name.
    """
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})

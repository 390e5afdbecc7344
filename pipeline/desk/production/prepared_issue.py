"""An issue read, checked and typeset: what all its editions are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.production.checked_issue import ValidIssue, check_issue
from pipeline.page.layout_rules import are_of_today
from pipeline.typography.typesetting import typeset

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.production.build_request import BuildRequest
    from pipeline.desk.production.step_timer import StepTimer
    from pipeline.files.lock import Lock
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page.cover_plan import CoverPlan
    from pipeline.page.engine.press import PrintedDocument
    from pipeline.page.makeup.fitting import Fitting


class PreparedIssue(NamedTuple):
    """An issue that is ready for composition.

    Args:
        request: What is to be built of it.
        lock: The files, program and libraries it is built from.
        valid: The issue as read, with its style.
        typeset: The same issue with its texts typeset.
        decided: What of the first page is set apart, and how pages are fitted, by whether links are kept:
            editions with the same words on their pages are laid out the same. Filled as they are built.
        printed: Files of pages that were printed for a later edition with an earlier one, by the standard and
            the identifier, which follows from all that is on them. Taken out as they are needed.
    """

    request: BuildRequest
    lock: Lock
    valid: ValidIssue
    typeset: Issue
    decided: dict[bool, tuple[CoverPlan, Fitting]]
    printed: dict[tuple[str, bytes], PrintedDocument]

    def pdf_name(self, edition: Edition) -> str:
        """Return the file name of an edition's PDF."""
        return f"{self.request.stem}{edition.suffix}.pdf"

    def heading_font(self, weight: int) -> Path:
        """Return the font file of the upright heading face that comes nearest to a weight (CSS: 1–1000)."""
        style = self.valid.style
        family = style.plan.families["head"]
        faces = [face for face in style.plan.faces if face.family == family and not face.italic]
        return style.faces[min(faces, key=lambda face: abs(face.weight - weight)).file]


def prepare_issue(request: BuildRequest, lock: Lock, timer: StepTimer) -> PreparedIssue:
    """Read, check and typeset an issue.

    Args:
        request: What is to be built.
        lock: What it is built from.
        timer: Notified as each step ends.

    Raises:
        IssueError: The files have errors.
    """
    checked = check_issue(request.folder, request.workspace, request.language)
    valid = checked.filed() if request.is_rebuild else checked.valid()
    timer.finished("reading")
    set_issue = typeset(valid.issue, as_filed=not are_of_today(valid.style.templates))
    timer.finished("typography")
    return PreparedIssue(request, lock, valid, set_issue, {}, {})

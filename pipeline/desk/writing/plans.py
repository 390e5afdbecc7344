"""The plan of an issue opened and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import Plan, PlanResult
    from pipeline.files.workspace import Workspace


def open_plan(workspace: Workspace, issue: str) -> Plan:
    """Open the plan of an issue.

    Raises:
        IssueError: There is none, or it cannot be read as YAML.
    """
    raise NotImplementedError


def save_plan(
    workspace: Workspace, issue: str, base: Version, changes: Sequence[PlanChange], hand: str
) -> PlanResult:
    """Save changes of a plan, all or none.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        base: The version the changes were made to.
        changes: In order.
        hand: Who makes them, for the history.

    Raises:
        IssueError: They cannot be saved; nothing was written but the history.
        PressError: The disk or the system refuses.
    """
    raise NotImplementedError

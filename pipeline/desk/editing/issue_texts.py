"""`issue.<language>.yaml` opened and saved: what another language says instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.desk.writing.heads import with_fields
from pipeline.desk.writing.results import Conflict, SavedSettings, Settings
from pipeline.desk.writing.shown import merging
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import read_fields
from pipeline.models.issue import IssueTexts
from pipeline.reading.model_files import model_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.results import SettingsResult
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value


def texts_path(issue: str, language: str) -> str:
    """Return the file of an issue's texts in another language, relative to the workspace."""
    return f"{ISSUES}/{issue}/issue.{language}.yaml"


def open_issue_texts(workspace: Workspace, issue: str, language: str) -> Settings:
    """Open the texts; there may be none yet.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        language: One of the publication's languages.

    Raises:
        IssueError: They cannot be read as YAML, or another program is still writing them (E602).
    """
    file = TextFile(workspace, texts_path(issue, language))
    return _opened(file.name, *file.opened(is_needed=False))


def save_issue_texts(
    workspace: Workspace,
    issue: str,
    language: str,
    base: Version,
    changes: Mapping[Field, Value],
    hand: str,
) -> SettingsResult:
    """Save changes of the texts, all or none; the file is made where it is missing.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        language: One of the publication's languages.
        base: The version the changes were made to.
        changes: New values by the path of the field; None takes it out.
        hand: Who makes them, for the history.

    Raises:
        IssueError: They cannot be saved; nothing was written but the history.
        PressError: The disk or the system refuses.
    """
    file = TextFile(workspace, texts_path(issue, language))

    def changed(text: str) -> str:
        return with_fields(text if text.strip() else "format: 1\n", file.name, changes)

    result = file.saved(base, changed, merging(changes), hand)
    if isinstance(result, Conflict):
        return result
    return SavedSettings(_opened(file.name, result.text, result.version), result.merged)


def _opened(name: str, text: str, version: Version) -> Settings:
    if not text.strip():
        return Settings(version, {})
    fields = YamlEditor(text, name).value(())
    findings = model_in(read_fields(text.encode(), name), IssueTexts).findings
    return Settings(version, fields if isinstance(fields, dict) else {}, tuple(findings))

"""`publication.yaml` and `house.yaml` opened and saved, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pipeline.desk.writing.heads import with_fields
from pipeline.desk.writing.results import Conflict, SavedSettings, Settings
from pipeline.desk.writing.shown import merging
from pipeline.desk.writing.text_saving import TextFile
from pipeline.editor.house_style.model import House
from pipeline.editor.house_style.reader import HOUSE
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import read_fields
from pipeline.models.publication import Publication
from pipeline.reading.model_files import model_in
from pipeline.reading.publication import first_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.results import SettingsResult
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value
    from pipeline.findings.finding import Finding

Which = Literal["publication", "house"]

SETTINGS: Final[Mapping[str, str]] = {"publication": PUBLICATION, "house": HOUSE}
"""The files, relative to the workspace."""


def open_settings(workspace: Workspace, which: Which) -> Settings:
    """Open the settings; those of a house may not be there yet.

    Raises:
        IssueError: They cannot be read as YAML, or another program is still writing them (E602).
    """
    file = TextFile(workspace, SETTINGS[which])
    text, version = file.opened(is_needed=which != "house")
    return _opened(workspace, which, text, version)


def save_settings(
    workspace: Workspace, which: Which, base: Version, changes: Mapping[Field, Value], hand: str
) -> SettingsResult:
    """Save changes of settings, all or none.

    Args:
        workspace: The workspace.
        which: Those of the publication or of the house; the latter's file is made where it is missing.
        base: The version the changes were made to.
        changes: New values by the path of the field; None takes it out.
        hand: Who makes them, for the history.

    Raises:
        IssueError: They cannot be saved; nothing was written but the history.
        PressError: The disk or the system refuses.
    """
    file = TextFile(workspace, SETTINGS[which])

    def changed(text: str) -> str:
        begun = text if text.strip() else "format: 1\n"
        return with_fields(begun, file.name, changes)

    result = file.saved(base, changed, merging(changes), hand)
    if isinstance(result, Conflict):
        return result
    return SavedSettings(_opened(workspace, which, result.text, result.version), result.merged)


def _opened(workspace: Workspace, which: Which, text: str, version: Version) -> Settings:
    name = SETTINGS[which]
    fields = YamlEditor(text, name).value(())
    return Settings(version, fields if isinstance(fields, dict) else {}, _findings(workspace, which, text))


def _findings(workspace: Workspace, which: Which, text: str) -> tuple[Finding, ...]:
    read = read_fields(text.encode(), SETTINGS[which])
    if which == "house":
        return tuple(model_in(read, House).findings) if text.strip() else ()
    return tuple(model_in(read, Publication, first_language(workspace)).findings)

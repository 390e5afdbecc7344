"""`publication.yaml` and `house.yaml` opened and saved, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.results import Settings, SettingsResult
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value

Which = Literal["publication", "house"]


def open_settings(workspace: Workspace, which: Which) -> Settings:
    """Open the settings; those of a house may not be there yet.

    Raises:
        IssueError: They cannot be read as YAML.
    """
    raise NotImplementedError


def save_settings(
    workspace: Workspace, which: Which, base: Version, changes: Mapping[Field, Value], hand: str
) -> SettingsResult:
    """Save changes of settings, all or none; None takes a field out.

    Raises:
        IssueError: They cannot be saved; nothing was written but the history.
        PressError: The disk or the system refuses.
    """
    raise NotImplementedError

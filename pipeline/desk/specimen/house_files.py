"""Files of the house beside publication.yaml: logos, and the profile of the print shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace

PICTURES: Final = (".svg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
PROFILES: Final = (".icc", ".icm")


def house_files(workspace: Workspace) -> Iterator[Path]:
    """Yield the logos and profiles beside publication.yaml and below, but nothing of an issue."""
    issues = set(workspace.issue_folders())
    for path in sorted(workspace.issues.rglob("*")):
        is_of_look = path.suffix.lower() in (*PICTURES, *PROFILES)
        if is_of_look and path.is_file() and not issues & set(path.parents):
            yield path

"""Files of the house that arrive: logos, and the profile of the print shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.desk.intake.picture_arrival import take_picture
from pipeline.desk.specimen.house_files import PROFILES
from pipeline.files.names import fitting_name
from pipeline.files.owned_files import hold_within
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import IssueError, found

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

LOGO_FOLDER: Final = "logos"
_PROFILE_FOLDER: Final = "profiles"
_IS_PROFILE: Final = slice(36, 40)
"""Where a profile says that it is one (ICC.1:2022, 7.2.11)."""


def take_house_file(workspace: Workspace, name: str, data: bytes) -> str:
    """Put a logo or the profile of a print shop among the files of the house.

    Args:
        workspace: The workspace.
        name: What it was called where it came from.
        data: The file; of a picture what it tells besides its picture is left out.

    Returns:
        Its path below issues/, as publication.yaml names it.

    Raises:
        IssueError: It is no picture that a page could have (E03, E55, E56, E58, E60), or a profile of other
            inks than the four (E74).
        PressError: It cannot be written (E83).
    """
    hold_within(workspace.root, workspace.issues / LOGO_FOLDER)
    if data[_IS_PROFILE] != b"acsp" and not name.lower().endswith(PROFILES):
        return take_picture(workspace.issues, name, data, LOGO_FOLDER).source
    from pipeline.page.pictures.inks import description_of  # noqa: PLC0415 - Pillow loads only for a profile

    if description_of(data) is None:
        raise IssueError([found("E74", None, name=name)])
    folder = workspace.issues / _PROFILE_FOLDER
    hold_within(workspace.root, folder)
    present = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    same = next((each for each, path in present.items() if path.is_file() and path.read_bytes() == data), "")
    kept = same or fitting_name(f"{name.rpartition('.')[0] or name}.icc".lower(), [*present])
    if not same:
        write_atomically(folder / kept, data)
    return f"{_PROFILE_FOLDER}/{kept}"
